//! A document, its attachments and its overrides, to a model.

use std::collections::BTreeMap;

use super::bounds;
use super::copula::Group;
use super::event::Product;
use super::form;
use super::id::{CategoryId, DerivedId, EventId, FactorId, TheoryId, Variable};
use super::names::Names;
use super::resolve::{Draws, Place, Resolver};
use super::support::{self, Hull};
use super::term::{Term, TermKind};
use super::{
    Derived, Event, Factor, Model, claim, evaluate, factor, label, order, overrides, quotes, rules, theories,
};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::expression::Expr;
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
    let builder = Builder {
        document,
        overrides,
        resolver,
        terms: BTreeMap::new(),
        causes: BTreeMap::new(),
        chances: BTreeMap::new(),
        products: BTreeMap::new(),
        held: BTreeMap::new(),
        held_theory: None,
    };
    builder.run()
}

/// Which part of the document a value belongs to.
#[derive(Clone, Copy)]
enum Slot<'a> {
    Factor(&'a scenario::Factor),
    State(CategoryId),
    Theory,
    Share,
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
    /// The conditions of causes, by event.
    pub(super) causes: BTreeMap<EventId, Vec<Term>>,
    /// The probabilities of events and of states that tables, causes or several values give.
    pub(super) chances: BTreeMap<Variable, Vec<Term>>,
    /// Events with many causes, as products.
    pub(super) products: BTreeMap<EventId, Product>,
    /// Factors with states that an override holds in one of them.
    pub(super) held: BTreeMap<CategoryId, usize>,
    /// The theory that an override takes for the only one.
    pub(super) held_theory: Option<TheoryId>,
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
        self.read_causes();
        let faults = self.read_chances();
        let has_chances = faults.is_empty();
        self.resolver.found.extend(faults);
        let faults = form::check(self.document, &self.terms);
        let is_sound = faults.is_empty();
        self.resolver.found.extend(faults);
        let claims: Vec<_> =
            self.document.claims.iter().map(|entry| claim::resolve(&mut self.resolver, entry)).collect();
        let given = self.given();
        let evidence = self.evidence();
        let addresses = self.addresses(&slots);
        let groups = self.groups();
        let changes = self.changes(&addresses);
        let model =
            self.model(changes, &groups, claims.into_iter().flatten().collect(), is_sound && has_chances);
        let model = model.and_then(|model| Some(Model { given: given?, evidence: evidence?, ..model }));
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
        let categories = document.categories.iter().flat_map(|one| one.values());
        let events = document.events.iter().flat_map(|one| one.values());
        let chances = categories.chain(events).map(|value| (Slot::Chance, value));
        let shares = document.theories.iter().filter_map(|one| Some((Slot::Share, one.weight.as_ref()?)));
        let own = document.theories.iter().flat_map(|one| &one.outcomes);
        let outcomes = document.outcomes.iter().chain(own).flat_map(|one| {
            let base = one.base.iter().map(|value| (Slot::Signed, value));
            let weights = one.weights.iter().map(|weight| (Slot::Signed, &weight.value));
            let score = one.score.iter().map(|value| (Slot::Score, value));
            let rule = one.when.iter().map(|value| (Slot::Rule, value));
            base.chain(weights).chain(score).chain(rule).collect::<Vec<_>>()
        });
        let mut slots: Vec<_> = factors.chain(derived).chain(chances).chain(outcomes).chain(shares).collect();
        slots.sort_by_key(|(_, value)| value.expr.span);
        slots
    }

    /// What can be replaced from outside: every value, the probability of every event, the state of every factor that has
    /// states, the weight of every theory, and which theory is right.
    fn addresses(&self, slots: &[(Slot<'a>, &'a Value)]) -> BTreeMap<String, Slot<'a>> {
        let values = slots.iter().map(|(slot, value)| (value.address.clone(), *slot));
        let events = self.variables().filter(|one| matches!(one, Variable::Event(_)));
        let events = events.map(|one| (self.address(one), Slot::Chance));
        let states = (0..self.document.categories.len()).map(CategoryId);
        let states = states.map(|id| (self.address(Variable::Category(id)), Slot::State(id)));
        let theories = self.document.theories.iter();
        let shares = theories.clone().map(|one| (theories::address(one), Slot::Share));
        let which = theories.take(1).map(|_| (theories::WORD.to_string(), Slot::Theory));
        events.chain(states).chain(shares).chain(which).chain(values).collect()
    }

    fn resolve(&mut self, slot: Slot, address: &str, expr: &Expr) -> Option<Term> {
        let place = |draws| Place { address, draws, outcomes: false };
        match slot {
            Slot::Factor(factor) => {
                let range = factor.range.as_ref().map(|range| range.value);
                self.resolver.number(expr, &place(Draws::Factor(range)))
            }
            // The state or the theory that an override holds is no formula.
            Slot::State(_) | Slot::Theory => None,
            Slot::Share => self.share(expr, &place(Draws::No("the weight of a model"))),
            Slot::Formula(what) => self.resolver.number(expr, &place(Draws::No(what))),
            Slot::Chance => self.resolver.chance(expr, &place(Draws::No("the probability of an event"))),
            Slot::Signed => self.resolver.number(expr, &place(Draws::Signed)),
            Slot::Score => self.resolver.number(expr, &place(Draws::No("a score"))),
            Slot::Rule => self.resolver.truth(expr, &place(Draws::No("a rule"))),
        }
    }

    /// A share that is known before the run.
    fn share(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        let term = self.resolver.number(expr, place)?;
        if evaluate::constant(&term).is_none() {
            self.report(
                Diagnostic::error("not-constant", "the weight of a model must be a constant")
                    .at(expr.span, "depends on other quantities")
                    .hint("write a number such as `0.6`: what a model says of the factors goes into its outcomes"),
            );
            return None;
        }
        Some(term)
    }

    /// The overrides' terms, by address.
    fn changes(&mut self, addresses: &BTreeMap<String, Slot>) -> BTreeMap<String, Term> {
        let mut changes = BTreeMap::new();
        for change in self.overrides {
            match overrides::address(&change.address, self.resolver.names, self.document) {
                Err(problem) => self.report(problem),
                Ok(address) => {
                    let slot = addresses.get(&address).copied();
                    if let Some(Slot::State(id)) = slot {
                        self.hold(id, &change.expr);
                        continue;
                    }
                    if let Some(Slot::Theory) = slot {
                        self.hold_theory(&change.expr);
                        continue;
                    }
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
        self.check_neutrals(&ranges, &neutrals);
        self.terms.extend(changes);
        if !self.overrides.is_empty() {
            let faults = self.read_chances();
            // What is wrong with the file is told already.
            let is_new = self.resolver.found.iter().all(|one| !faults.contains(one));
            self.resolver.found.extend(faults.into_iter().filter(|_| is_new));
        }
        let correlations = self.couple(groups);
        let order = if self.overrides.is_empty() { file_order } else { self.order() };
        let hulls = self.hulls(&order);
        let factors = self.factors(&hulls, &ranges, &neutrals);
        let categories = self.categories();
        let derived = self.derived(&neutrals);
        let events = self.events(&hulls);
        let outcomes = self.outcomes();
        let theories = self.theories(&neutrals, &outcomes);
        let (factors, categories, derived, events) = (factors?, categories?, derived?, events?);
        let theories = theories?;
        if is_sound {
            let finite = rules::Finite {
                events: &events,
                categories: &categories,
                derived: &derived,
                quantities: &self.resolver.quantities,
            };
            let faults = self.check_rules(&finite, &theories, &outcomes);
            self.resolver.found.extend(faults);
        }
        Some(Model {
            header: self.document.header.clone(),
            factors,
            categories,
            derived,
            events,
            outcomes,
            theories,
            quantities: std::mem::take(&mut self.resolver.quantities),
            dimensions: self.resolver.register.len(),
            order,
            given: Vec::new(),
            correlations,
            evidence: Vec::new(),
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
            Variable::Category(id) => format!("factors.{}.state", self.document.categories[id.0].name.text),
        }
    }

    pub(super) fn term(&self, variable: Variable) -> Option<&Term> {
        let chance = || self.chances.get(&variable).and_then(|terms| terms.first());
        self.terms.get(&self.address(variable)).or_else(chance)
    }

    /// All formulas of a variable: one for each state of a factor with states.
    fn formulas(&self, variable: Variable) -> Vec<&Term> {
        match variable {
            Variable::Category(_) => self.chances.get(&variable).into_iter().flatten().collect(),
            _ => self.term(variable).into_iter().collect(),
        }
    }

    fn variables(&self) -> impl Iterator<Item = Variable> + use<> {
        let factors = (0..self.document.factors.len()).map(|i| Variable::Factor(FactorId(i)));
        let derived = (0..self.document.derived.len()).map(|i| Variable::Derived(DerivedId(i)));
        let events = (0..self.document.events.len()).map(|i| Variable::Event(EventId(i)));
        let categories = (0..self.document.categories.len()).map(|i| Variable::Category(CategoryId(i)));
        factors.chain(derived).chain(events).chain(categories)
    }

    /// The order of computation; circles are reported and cut.
    fn order(&mut self) -> Vec<Variable> {
        let formulas: BTreeMap<Variable, Vec<&Term>> = self
            .variables()
            .map(|one| (one, self.formulas(one)))
            .filter(|(_, formulas)| !formulas.is_empty())
            .collect();
        let (order, circles) = order::order(&formulas, &self.resolver.quantities);
        let document = self.document;
        for path in circles {
            let error = order::cycle(&path, |variable| match variable {
                Variable::Factor(id) => document.factors[id.0].name.text.clone(),
                Variable::Derived(id) => document.derived[id.0].name.text.clone(),
                Variable::Event(id) => document.events[id.0].name.text.clone(),
                Variable::Category(id) => document.categories[id.0].name.text.clone(),
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
            TermKind::Variable(Variable::Event(_))
            | TermKind::Is(..)
            | TermKind::Outcome(_)
            | TermKind::Theory(_) => (0.0, 1.0),
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
                Variable::Category(_) => None,
                Variable::Derived(_) => self.term(*variable).and_then(|term| {
                    evaluate::evaluate(term, &|leaf| match leaf {
                        TermKind::Variable(variable) => neutrals.get(variable).copied(),
                        // At neutral no state is singled out.
                        TermKind::Is(..) => Some(0.0),
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
        let drawn = factor::affine(&term).map(|(id, scale, _)| (id, scale));
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
            drawn,
            origin: factor.origin.clone(),
            span: factor.name.span,
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
            product: self.products.get(&EventId(index)).cloned(),
            origin: event.origin.clone(),
        })
    }
}
