//! Decisions from the document to the model.

use super::builder::Builder;
use super::chances::unknown_state;
use super::names::Meaning;
use crate::diagnostic::{Diagnostic, Span, list};
use crate::expression::Ident;
use crate::model::{Alternative, Decision, Group, Named, OutcomeId, Term, TermKind, Trial, Variable};
use crate::scenario::{self, Payoff, PayoffPart, Sense};

impl Builder<'_> {
    /// All decisions, if all are sound.
    pub(super) fn decisions(&mut self) -> Option<Vec<Decision>> {
        let document = self.document;
        let entries = document.decisions.iter().enumerate();
        let found: Vec<Option<Decision>> = entries
            .map(|(at, entry)| {
                if let Some(first) = document.decisions[..at].iter().find(|one| one.id.text == entry.id.text)
                {
                    self.report(twice(&entry.id, first.id.span));
                }
                self.decision(entry)
            })
            .collect();
        found.into_iter().collect()
    }

    fn decision(&mut self, entry: &scenario::Decision) -> Option<Decision> {
        let is_lost = self.document.unreadable.contains(&format!("decisions.{}.options", entry.id.text));
        if entry.options.len() < 2 && !is_lost {
            self.report(too_few(entry));
        }
        let options: Vec<Option<Alternative>> =
            entry.options.iter().map(|one| self.alternative(one)).collect();
        let trials: Vec<Option<Trial>> = entry
            .trials
            .iter()
            .map(|one| {
                let named = Named::new(&one.name.text, one.label.as_deref(), one.short.as_deref());
                let cost = one.cost.as_ref().map_or(0.0, |cost| cost.value);
                Some(Trial { named, of: self.known(&one.of)?, cost })
            })
            .collect();
        let groups: Vec<Option<Group>> = entry
            .groups
            .iter()
            .map(|one| {
                Some(Group { named: Named::new(&one.name.text, None, None), of: self.known(&one.of)? })
            })
            .collect();
        Some(Decision {
            named: Named::new(&entry.id.text, entry.label.as_deref(), None),
            unit: entry.unit.clone(),
            is_cost: entry.sense == Sense::Minimize,
            options: options.into_iter().collect::<Option<_>>()?,
            trials: trials.into_iter().collect::<Option<_>>()?,
            groups: groups.into_iter().collect::<Option<_>>()?,
            origin: entry.origin.clone(),
            span: entry.span,
        })
    }

    /// What names stand for, each once.
    fn known(&mut self, names: &[Ident]) -> Option<Vec<Variable>> {
        let mut found = Vec::new();
        for name in names {
            match self.resolver.names.get(&name.text) {
                Some(Meaning::Variable(variable)) => found.push(variable),
                _ => {
                    let admits = |named| matches!(named, Meaning::Variable(_));
                    let problem =
                        self.resolver.names.unknown(name, "a factor, derived value or event", admits);
                    self.report(problem);
                }
            }
        }
        let is_whole = found.len() == names.len();
        found.sort();
        found.dedup();
        is_whole.then_some(found)
    }

    fn alternative(&mut self, option: &Payoff) -> Option<Alternative> {
        let named = Named::new(&option.name.text, option.label.as_deref(), option.short.as_deref());
        let payoff = match option.parts.first()? {
            PayoffPart { name: None, value, .. } => self.terms.get(&value.address).cloned()?,
            PayoffPart { name: Some(first), state: None, .. } => self.by_outcome(option, first)?,
            PayoffPart { name: Some(first), state: Some(_), .. } => self.by_state(option, first)?,
        };
        Some(Alternative { named, payoff })
    }

    /// A payoff for each outcome.
    fn by_outcome(&mut self, option: &Payoff, first: &Ident) -> Option<Term> {
        let outcomes = &self.document.outcomes;
        let keys: Vec<&str> = outcomes.iter().map(|one| one.name.text.as_str()).collect();
        let stray = option.parts.iter().filter_map(|part| part.name.as_ref().map(|name| (part, name)));
        let strays: Vec<Diagnostic> = stray
            .filter(|(part, name)| part.state.is_some() || !keys.contains(&name.text.as_str()))
            .map(|(_, name)| no_outcome(name, &keys))
            .collect();
        let has_strays = !strays.is_empty();
        strays.into_iter().for_each(|one| self.report(one));
        let value = |key: &str| {
            option.parts.iter().find(|part| part.name.as_ref().is_some_and(|name| name.text == key))
        };
        let rows = self.rows(&keys, value, first.span, has_strays)?;
        let is_so = |at: usize| Term::outcome(OutcomeId(at), outcomes[at].name.span);
        Some(cases(rows, is_so))
    }

    /// A payoff for each state of a factor.
    fn by_state(&mut self, option: &Payoff, first: &Ident) -> Option<Term> {
        let Some(Meaning::Variable(Variable::Category(id))) = self.resolver.names.get(&first.text) else {
            let admits = |named| matches!(named, Meaning::Variable(Variable::Category(_)));
            let problem = self.resolver.names.unknown(first, "a factor with states", admits);
            self.report(problem);
            return None;
        };
        let category = &self.document.categories[id.0];
        let keys: Vec<&str> = category.states.iter().map(|one| one.text.as_str()).collect();
        let other = option.parts.iter().filter_map(|part| part.name.as_ref().map(|name| (name, &part.state)));
        let strays: Vec<Diagnostic> = other
            .filter_map(|(name, state)| match state {
                Some(state) if name.text == first.text => {
                    (!keys.contains(&state.text.as_str())).then(|| unknown_state(&first.text, state, &keys))
                }
                _ => Some(second(name, first)),
            })
            .collect();
        let has_strays = !strays.is_empty();
        strays.into_iter().for_each(|one| self.report(one));
        let value = |key: &str| {
            option.parts.iter().find(|part| part.state.as_ref().is_some_and(|state| state.text == key))
        };
        let rows = self.rows(&keys, value, first.span, has_strays)?;
        Some(cases(rows, |at| Term::is(id, at, first.span)))
    }

    /// The payoff under each key, none of which may be missing.
    fn rows<'p>(
        &mut self,
        keys: &[&str],
        value: impl Fn(&str) -> Option<&'p PayoffPart>,
        span: Span,
        has_strays: bool,
    ) -> Option<Vec<Term>> {
        let missing: Vec<&str> = keys.iter().copied().filter(|key| value(key).is_none()).collect();
        if !missing.is_empty() && !has_strays {
            self.report(incomplete(&missing, span));
        }
        let term = |key: &&str| self.terms.get(&value(key)?.value.address).cloned();
        keys.iter().map(term).collect()
    }
}

/// The row of the case that is so: the cases exclude and exhaust each other.
fn cases(mut rows: Vec<Term>, is_so: impl Fn(usize) -> Term) -> Term {
    let last = rows.pop().unwrap_or_else(|| Term::constant(f64::NAN, Span::default()));
    let nested = |rest: Term, (at, row): (usize, Term)| {
        let span = row.span;
        Term { kind: TermKind::If(Box::new([is_so(at), row, rest])), span }
    };
    rows.into_iter().enumerate().rev().fold(last, nested)
}

fn twice(id: &Ident, first: Span) -> Diagnostic {
    Diagnostic::error("decision", format!("two decisions are called `{}`", id.text))
        .at(id.span, "used again")
        .at(first, "used first")
        .hint("call one of them something else")
}

fn too_few(entry: &scenario::Decision) -> Diagnostic {
    let error = Diagnostic::error("decision", format!("`decisions.{}` leaves no choice", entry.id.text));
    let error = match entry.options.first() {
        Some(only) => error.at(only.name.span, "the only option"),
        None => error.at(entry.span, "no options"),
    };
    error.hint("add another, as in `[decisions.options.wait]` with `payoff = 0` below it")
}

fn no_outcome(name: &Ident, outcomes: &[&str]) -> Diagnostic {
    let error = Diagnostic::error("decision", format!("no outcome is called `{}`", name.text));
    let error = error.at(name.span, "a payoff is for each outcome, or for each state of one factor");
    error.hint(match outcomes {
        [] => "the file has no outcomes: give one expression, or a table of states, as in `{ oil = { dry = -70, wet = 50 } }`".into(),
        _ => format!("the outcomes are {}", list(outcomes.iter().copied(), "and")),
    })
}

fn second(name: &Ident, first: &Ident) -> Diagnostic {
    Diagnostic::error("decision", "a payoff by states is of one factor")
        .at(name.span, "something else")
        .at(first.span, "the first")
        .hint("give an expression, as in `payoff = 'if a == x then 10 else 20 * b'`")
}

fn incomplete(missing: &[&str], span: Span) -> Diagnostic {
    let named = list(missing.iter().copied(), "and");
    Diagnostic::error("decision", format!("no payoff for {named}"))
        .at(span, "a payoff for each, or one expression")
        .hint(format!("say what it pays, as in `{} = 0`", missing[0]))
}
