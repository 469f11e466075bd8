//! A document, its attachments and its overrides, to a model.

use std::collections::BTreeMap;

use super::bounds;
use super::copula::Group;
use super::form::{self, Form};
use super::id::{DerivedId, EventId, FactorId, Variable};
use super::names::{Named, Names};
use super::outcome::{self, Outcome, Outcomes, Weight};
use super::resolve::{Draws, Place, Resolver};
use super::support::{self, Hull};
use super::term::{Term, TermKind};
use super::{Derived, Event, Factor, Model, claim, evaluate, factor, label, order, overrides, quotes, rules};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::expression::{Expr, Ident};
use crate::scenario::{self, Attachments, Document, Override, Value};

/// Understands a document. If [parsing](scenario::parse) found no error, the model is there exactly if no error is among
/// the diagnostics; if it did, what this says of the rest of the file holds all the same.
///
/// `attachments` holds the contents of the files that the document and the overrides name; `overrides` replace
/// values by their address, later ones winning. Neutral points and default ranges always come from the file itself,
/// so that an override moves the result and not the yardstick.
///
/// ```
/// use foretell::diagnostic::SourceFile;
/// use foretell::{model, scenario};
/// let file = SourceFile::new("x.toml", "[outcomes.up]\nbase = 0.6\n[outcomes.down]\nbase = 0.4\n");
/// let (document, _) = scenario::parse(&file);
/// let (model, problems) = model::build(&document, &Default::default(), &[]);
/// assert!(problems.is_empty() && model.is_some());
/// ```
pub fn build(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
) -> (Option<Model>, Diagnostics) {
    let mut found = Diagnostics::new();
    let names = Names::collect(document, &mut found);
    let mut resolver = Resolver::new(&names, attachments, document);
    resolver.found = found;
    let builder = Builder { document, overrides, resolver, terms: BTreeMap::new() };
    builder.run()
}

/// Which part of the document a value belongs to.
#[derive(Clone, Copy)]
enum Slot<'a> {
    Factor(&'a scenario::Factor),
    Formula(&'static str),
    Chance,
    Signed,
    Score,
    Rule,
}

pub(super) struct Builder<'a> {
    pub(super) document: &'a Document,
    pub(super) overrides: &'a [Override],
    pub(super) resolver: Resolver<'a>,
    /// Every value, by its address.
    pub(super) terms: BTreeMap<String, Term>,
}

impl<'a> Builder<'a> {
    fn run(mut self) -> (Option<Model>, Diagnostics) {
        self.check_attachments();
        let slots = self.slots();
        for (slot, value) in &slots {
            if let Some(term) = self.resolve(*slot, &value.address, &value.expr) {
                self.terms.insert(value.address.clone(), term);
            }
        }
        let faults = form::check(self.document, &self.terms);
        let is_sound = faults.is_empty();
        self.resolver.found.extend(faults);
        let claims: Vec<_> =
            self.document.claims.iter().map(|entry| claim::resolve(&mut self.resolver, entry)).collect();
        let addresses: BTreeMap<&str, Slot> =
            slots.iter().map(|(slot, value)| (value.address.as_str(), *slot)).collect();
        let groups = self.groups();
        let changes = self.changes(&addresses);
        let model = self.model(changes, &groups, claims.into_iter().flatten().collect(), is_sound);
        let mut found = self.resolver.found;
        if ["factors", "derived", "events", "outcomes"]
            .iter()
            .any(|lost| self.document.unreadable.contains(*lost))
        {
            found.retain(|one| one.code != "unknown-name");
        }
        found.sort();
        (model.filter(|_| !found.has_errors()), found)
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.resolver.found.push(diagnostic);
    }

    // Reading.

    fn check_attachments(&mut self) {
        let Some(text) = &self.document.header.source.text else { return };
        if let Some(content) = self.resolver.attachment(&text.value, text.span) {
            self.resolver.found.extend(quotes::check(self.document, content));
        }
    }

    /// Every value with what it is, in the order of the file, which is the order of dimensions.
    fn slots(&self) -> Vec<(Slot<'a>, &'a Value)> {
        let document = self.document;
        let factors =
            document.factors.iter().filter_map(|one| Some((Slot::Factor(one), one.value.as_ref()?)));
        let derived = document
            .derived
            .iter()
            .filter_map(|one| Some((Slot::Formula("a derived value"), one.value.as_ref()?)));
        let events = document.events.iter().filter_map(|one| Some((Slot::Chance, one.probability.as_ref()?)));
        let outcomes = document.outcomes.iter().flat_map(|one| {
            let base = one.base.iter().map(|value| (Slot::Signed, value));
            let weights = one.weights.iter().map(|weight| (Slot::Signed, &weight.value));
            let score = one.score.iter().map(|value| (Slot::Score, value));
            let rule = one.when.iter().map(|value| (Slot::Rule, value));
            base.chain(weights).chain(score).chain(rule).collect::<Vec<_>>()
        });
        let mut slots: Vec<_> = factors.chain(derived).chain(events).chain(outcomes).collect();
        slots.sort_by_key(|(_, value)| value.expr.span);
        slots
    }

    fn resolve(&mut self, slot: Slot, address: &str, expr: &Expr) -> Option<Term> {
        let place = |draws| Place { address, draws, outcomes: false };
        match slot {
            Slot::Factor(factor) => {
                let range = factor.range.as_ref().map(|range| range.value);
                self.resolver.number(expr, &place(Draws::Factor(range)))
            }
            Slot::Formula(what) => self.resolver.number(expr, &place(Draws::No(what))),
            Slot::Chance => self.resolver.chance(expr, &place(Draws::No("the probability of an event"))),
            Slot::Signed => self.resolver.number(expr, &place(Draws::Signed)),
            Slot::Score => self.resolver.number(expr, &place(Draws::No("a score"))),
            Slot::Rule => self.resolver.truth(expr, &place(Draws::No("a rule"))),
        }
    }

    /// The overrides' terms, by address.
    fn changes(&mut self, addresses: &BTreeMap<&str, Slot>) -> BTreeMap<String, Term> {
        let mut changes = BTreeMap::new();
        for change in self.overrides {
            match overrides::address(&change.address, self.resolver.names, self.document) {
                Err(problem) => self.report(problem),
                Ok(address) => {
                    let slot = addresses.get(address.as_str()).copied();
                    let term = slot.and_then(|slot| self.resolve(slot, &address, &change.expr));
                    if address.ends_with(".base")
                        && let Some(value) = term.as_ref().and_then(evaluate::constant)
                    {
                        self.resolver.found.extend(form::not_positive(value, change.expr.span));
                    }
                    changes.extend(term.map(|term| (address, term)));
                }
            }
        }
        changes
    }

    // Meaning.

    /// Every part is looked at, whatever is wrong with the others.
    fn model(
        &mut self,
        changes: BTreeMap<String, Term>,
        groups: &[Group],
        claims: Vec<super::Claim>,
        is_sound: bool,
    ) -> Option<Model> {
        let file_order = self.order();
        let hulls = self.hulls(&file_order);
        let ranges = self.ranges(&hulls);
        let neutrals = self.neutrals(&file_order, &ranges);
        self.terms.extend(changes);
        let correlations = self.couple(groups);
        let order = if self.overrides.is_empty() { file_order } else { self.order() };
        let hulls = self.hulls(&order);
        let factors = self.factors(&hulls, &ranges, &neutrals);
        let derived = self.derived(&neutrals);
        let events = self.events(&hulls);
        let outcomes = self.outcomes();
        let form = self.form(&neutrals, &outcomes, events.as_deref(), is_sound);
        Some(Model {
            header: self.document.header.clone(),
            factors: factors?,
            derived: derived?,
            events: events?,
            outcomes,
            form: form?,
            quantities: std::mem::take(&mut self.resolver.quantities),
            dimensions: self.resolver.register.len(),
            order,
            correlations,
            claims,
            readings: std::mem::take(&mut self.resolver.readings),
        })
    }

    /// The address of a variable's formula.
    fn address(&self, variable: Variable) -> String {
        match variable {
            Variable::Factor(id) => format!("factors.{}.value", self.document.factors[id.0].name.text),
            Variable::Derived(id) => format!("derived.{}.value", self.document.derived[id.0].name.text),
            Variable::Event(id) => format!("events.{}.probability", self.document.events[id.0].name.text),
        }
    }

    pub(super) fn term(&self, variable: Variable) -> Option<&Term> {
        self.terms.get(&self.address(variable))
    }

    fn variables(&self) -> impl Iterator<Item = Variable> + use<> {
        let factors = (0..self.document.factors.len()).map(|i| Variable::Factor(FactorId(i)));
        let derived = (0..self.document.derived.len()).map(|i| Variable::Derived(DerivedId(i)));
        factors.chain(derived).chain((0..self.document.events.len()).map(|i| Variable::Event(EventId(i))))
    }

    /// The order of computation; circles are reported and cut.
    fn order(&mut self) -> Vec<Variable> {
        let formulas: BTreeMap<Variable, &Term> =
            self.variables().filter_map(|one| Some((one, self.term(one)?))).collect();
        let (order, circles) = order::order(&formulas, &self.resolver.quantities);
        let document = self.document;
        for path in circles {
            let error = order::cycle(&path, |variable| match variable {
                Variable::Factor(id) => document.factors[id.0].name.text.clone(),
                Variable::Derived(id) => document.derived[id.0].name.text.clone(),
                Variable::Event(id) => document.events[id.0].name.text.clone(),
            });
            self.report(error);
        }
        order
    }

    /// Bounds of every variable's formula.
    fn hulls(&self, order: &[Variable]) -> BTreeMap<Variable, Hull> {
        let mut hulls = BTreeMap::new();
        for variable in order {
            if let Some(term) = self.term(*variable) {
                let found = self.hull(term, &hulls);
                hulls.insert(*variable, found);
            }
        }
        hulls
    }

    fn hull(&self, term: &Term, hulls: &BTreeMap<Variable, Hull>) -> Hull {
        let line = (f64::NEG_INFINITY, f64::INFINITY);
        support::hull(term, &|leaf| match leaf {
            TermKind::Variable(Variable::Event(_)) | TermKind::Outcome(_) => (0.0, 1.0),
            TermKind::Variable(variable) => hulls.get(variable).copied().unwrap_or(line),
            TermKind::Draw(id) => {
                let shape = &self.resolver.quantities[id.0].shape;
                support::shape(shape, &|parameter| self.hull(parameter, hulls))
            }
            _ => line,
        })
    }

    fn ranges(&self, hulls: &BTreeMap<Variable, Hull>) -> Vec<(f64, f64)> {
        let range = |(index, factor): (usize, &scenario::Factor)| match &factor.range {
            Some(range) => range.value,
            None => hulls
                .get(&Variable::Factor(FactorId(index)))
                .map_or((0.0, 1.0), |hull| support::default_range(*hull)),
        };
        self.document.factors.iter().enumerate().map(range).collect()
    }

    /// The neutral point of every variable that has one.
    fn neutrals(&self, order: &[Variable], ranges: &[(f64, f64)]) -> BTreeMap<Variable, f64> {
        let mut neutrals = BTreeMap::new();
        for variable in order {
            let value = match variable {
                Variable::Factor(id) => {
                    let declared = self.document.factors[id.0].neutral.as_ref();
                    Some(
                        declared
                            .map_or_else(|| support::default_neutral(ranges[id.0]), |neutral| neutral.value),
                    )
                }
                Variable::Event(_) => Some(0.0),
                Variable::Derived(_) => self.term(*variable).and_then(|term| {
                    evaluate::evaluate(term, &|leaf| match leaf {
                        TermKind::Variable(variable) => neutrals.get(variable).copied(),
                        _ => None,
                    })
                }),
            };
            neutrals.extend(value.map(|value| (*variable, value)));
        }
        neutrals
    }

    fn factors(
        &mut self,
        hulls: &BTreeMap<Variable, Hull>,
        ranges: &[(f64, f64)],
        neutrals: &BTreeMap<Variable, f64>,
    ) -> Option<Vec<Factor>> {
        let indices = 0..self.document.factors.len();
        let factors: Vec<_> =
            indices.map(|index| self.factor(index, hulls, ranges[index], neutrals)).collect();
        factors.into_iter().collect()
    }

    fn factor(
        &mut self,
        index: usize,
        hulls: &BTreeMap<Variable, Hull>,
        range: (f64, f64),
        neutrals: &BTreeMap<Variable, f64>,
    ) -> Option<Factor> {
        let factor = &self.document.factors[index];
        let variable = Variable::Factor(FactorId(index));
        if let Some(declared) = &factor.neutral
            && !(range.0..=range.1).contains(&declared.value)
        {
            self.report(bounds::outside("the neutral point", declared.value, range, declared.span));
        }
        let term = self.term(variable)?.clone();
        let distribution = factor::affine(&term).and_then(|(id, scale, shift)| {
            factor::scaled(self.resolver.quantities[id.0].shape.fixed()?, scale, shift)
        });
        let value = match &factor.range {
            Some(declared) => {
                let hull = *hulls.get(&variable)?;
                let checked = bounds::inside(term, hull, declared.value, distribution.is_some());
                checked.map_err(|problem| self.report(problem)).ok()?
            }
            None => term,
        };
        Some(Factor {
            name: factor.name.text.clone(),
            label: label(&factor.label, &factor.name.text),
            range,
            neutral: *neutrals.get(&variable)?,
            value,
            distribution,
            origin: factor.origin.clone(),
        })
    }

    fn derived(&self, neutrals: &BTreeMap<Variable, f64>) -> Option<Vec<Derived>> {
        let one = |(index, derived): (usize, &scenario::Derived)| {
            let variable = Variable::Derived(DerivedId(index));
            Some(Derived {
                name: derived.name.text.clone(),
                label: label(&derived.label, &derived.name.text),
                neutral: *neutrals.get(&variable)?,
                value: self.term(variable)?.clone(),
                origin: derived.origin.clone(),
            })
        };
        self.document.derived.iter().enumerate().map(one).collect()
    }

    fn events(&mut self, hulls: &BTreeMap<Variable, Hull>) -> Option<Vec<Event>> {
        let indices = 0..self.document.events.len();
        let events: Vec<_> = indices.map(|index| self.event(index, hulls)).collect();
        events.into_iter().collect()
    }

    fn event(&mut self, index: usize, hulls: &BTreeMap<Variable, Hull>) -> Option<Event> {
        let variable = Variable::Event(EventId(index));
        let (term, hull) = (self.term(variable)?.clone(), *hulls.get(&variable)?);
        let event = &self.document.events[index];
        Some(Event {
            name: event.name.text.clone(),
            label: label(&event.label, &event.name.text),
            probability: bounds::probability(term, hull).map_err(|problem| self.report(problem)).ok()?,
            origin: event.origin.clone(),
        })
    }

    // Outcomes.

    fn outcomes(&self) -> Vec<Outcome> {
        let one = |outcome: &scenario::Outcome| Outcome {
            name: outcome.name.text.clone(),
            label: label(&outcome.label, &outcome.name.text),
            resolves: outcome.resolves.clone(),
            origin: outcome.origin.clone(),
            span: outcome.name.span,
        };
        self.document.outcomes.iter().map(one).collect()
    }

    fn form(
        &mut self,
        neutrals: &BTreeMap<Variable, f64>,
        outcomes: &[Outcome],
        events: Option<&[Event]>,
        is_sound: bool,
    ) -> Option<Outcomes> {
        let document = self.document;
        match form::of(document) {
            Form::Rules => {
                let rules: Option<Vec<Option<Term>>> = document
                    .outcomes
                    .iter()
                    .map(|one| match &one.when {
                        Some(value) => self.terms.get(&value.address).cloned().map(Some),
                        None => Some(None),
                    })
                    .collect();
                let rules = rules?;
                if is_sound && let Some(events) = events {
                    let faults = rules::check(&rules, outcomes, events, &self.resolver.quantities);
                    self.resolver.found.extend(faults);
                }
                Some(Outcomes::Ruled(rules))
            }
            Form::Scores => {
                let score = |one: &scenario::Outcome| self.terms.get(&one.score.as_ref()?.address).cloned();
                Some(Outcomes::Scored(document.outcomes.iter().map(score).collect::<Option<_>>()?))
            }
            Form::Weights => self.weighted(neutrals),
        }
    }

    fn weighted(&mut self, neutrals: &BTreeMap<Variable, f64>) -> Option<Outcomes> {
        let document = self.document;
        let equal = 1.0 / document.outcomes.len() as f64;
        let mut bases = Vec::new();
        let mut weights = Vec::new();
        for outcome in &document.outcomes {
            let base = match &outcome.base {
                Some(value) => self.terms.get(&value.address).cloned(),
                None => Some(Term::constant(equal, outcome.name.span)),
            };
            let own: Vec<Option<Weight>> =
                outcome.weights.iter().map(|weight| self.weight(weight, neutrals)).collect();
            bases.push(base);
            weights.push(own.into_iter().collect::<Option<Vec<Weight>>>());
        }
        let bases: Vec<Term> = bases.into_iter().collect::<Option<_>>()?;
        let weights: Vec<Vec<Weight>> = weights.into_iter().collect::<Option<_>>()?;
        let scores = bases.iter().zip(&weights).map(|(base, own)| outcome::score(base, own)).collect();
        Some(Outcomes::Weighted { bases, weights, scores })
    }

    fn weight(&mut self, weight: &scenario::Weight, neutrals: &BTreeMap<Variable, f64>) -> Option<Weight> {
        let Some(Named::Variable(variable)) = self.resolver.names.get(&weight.name.text) else {
            let admits = |named| matches!(named, Named::Variable(_));
            let problem = self.resolver.names.unknown(
                &Ident { text: weight.name.text.clone(), span: weight.name.span },
                "a factor, derived value or event",
                admits,
            );
            self.report(problem);
            return None;
        };
        let value = self.terms.get(&weight.value.address).cloned()?;
        Some(Weight { variable, neutral: *neutrals.get(&variable)?, value })
    }
}
