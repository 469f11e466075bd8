//! Rules that decide the outcome: whether they exclude and exhaust each other, as far as that can be decided.

use std::collections::BTreeSet;

use super::mentions::mentions;
use crate::diagnostic::Diagnostic;
use crate::expression::Binary;
use crate::limits::Meter;
use crate::model::{Category, Derived, Event, Outcome, Quantity, Term, TermKind, Variable, evaluate};

/// As many combinations of states as are looked at: more are left to the run.
const MOST_STATES: usize = 1 << 16;

/// What is decided by finitely many states.
pub(crate) struct Finite<'a> {
    pub(crate) events: &'a [Event],
    pub(crate) categories: &'a [Category],
    pub(crate) derived: &'a [Derived],
    pub(crate) quantities: &'a [Quantity],
    pub(crate) meter: &'a Meter,
}

/// Events and factors with states, each with the number of its states.
type Deciders = Vec<(Variable, usize)>;

impl Finite<'_> {
    /// Looks at every combination of states that the rules depend on, through derived values too. Rules over anything else
    /// (comparisons of factors) are left to the run, where a gap or an overlap makes a draw void. Combinations that the
    /// probabilities rule out are passed over.
    pub(crate) fn check(&self, rules: &[Option<Term>], outcomes: &[Outcome]) -> Vec<Diagnostic> {
        let mut found = BTreeSet::new();
        for rule in rules.iter().flatten() {
            if !self.collect(rule, &mut found) {
                return Vec::new();
            }
        }
        let named: Deciders = found.into_iter().map(|one| (one, self.count(one))).collect();
        let size = named.iter().try_fold(1usize, |size, (_, count)| size.checked_mul(*count));
        let Some(size) = size.filter(|size| *size <= MOST_STATES) else { return Vec::new() };
        let states = (0..size).take_while(|_| self.meter.goes_on());
        states.into_iter().find_map(|at| self.fault(rules, outcomes, &named, at)).into_iter().collect()
    }

    fn count(&self, variable: Variable) -> usize {
        match variable {
            Variable::Category(id) => self.categories[id.0].states.len(),
            _ => 2,
        }
    }

    /// Adds what a formula depends on; false if that is not finite.
    fn collect(&self, term: &Term, found: &mut BTreeSet<Variable>) -> bool {
        let mut draws = false;
        term.walk(&mut |one| draws |= matches!(one.kind, TermKind::Draw(_)));
        !draws
            && mentions(term, self.quantities).into_iter().all(|(variable, _)| match variable {
                Variable::Event(_) | Variable::Category(_) => {
                    found.insert(variable);
                    true
                }
                Variable::Derived(id) => self.collect(&self.derived[id.0].value, found),
                Variable::Factor(_) => false,
            })
    }

    /// The value of a formula in a combination of states; `None` if it depends on more.
    fn value(&self, term: &Term, state: &impl Fn(Variable) -> Option<usize>) -> Option<f64> {
        evaluate(term, &|kind| match kind {
            TermKind::Variable(event @ Variable::Event(_)) => state(*event).map(|at| at as f64),
            TermKind::Is(id, at) => state(Variable::Category(*id)).map(|own| f64::from(u8::from(own == *at))),
            TermKind::Variable(Variable::Derived(id)) => self.value(&self.derived[id.0].value, state),
            _ => None,
        })
    }

    /// Whether a rule holds. Most rules are conjunctions of which an early part fails.
    fn holds(&self, rule: &Term, state: &impl Fn(Variable) -> Option<usize>) -> bool {
        match &rule.kind {
            TermKind::Binary(Binary::And, a, b) => self.holds(a, state) && self.holds(b, state),
            _ => self.value(rule, state) == Some(1.0),
        }
    }

    fn is_impossible(&self, named: &Deciders, state: &impl Fn(Variable) -> Option<usize>) -> bool {
        named.iter().any(|(variable, _)| match *variable {
            Variable::Event(id) => {
                let chance = self.value(&self.events[id.0].probability, state);
                matches!((chance, state(*variable)), (Some(0.0), Some(1)) | (Some(1.0), Some(0)))
            }
            Variable::Category(id) => {
                let share = state(*variable).map(|at| &self.categories[id.0].probabilities[at]);
                share.and_then(|share| self.value(share, state)) == Some(0.0)
            }
            _ => false,
        })
    }

    /// What is wrong in one combination, if anything.
    fn fault(
        &self,
        rules: &[Option<Term>],
        outcomes: &[Outcome],
        named: &Deciders,
        at: usize,
    ) -> Option<Diagnostic> {
        let mut states = Vec::with_capacity(named.len());
        let mut left = at;
        for (_, count) in named {
            states.push(left % count);
            left /= count;
        }
        // Few names: looking through them is quicker than a map.
        let state = |variable: Variable| {
            let place = named.iter().position(|(one, _)| *one == variable)?;
            Some(states[place])
        };
        if self.is_impossible(named, &state) {
            return None;
        }
        let holds = |rule: &Option<Term>| rule.as_ref().is_some_and(|rule| self.holds(rule, &state));
        let holding: Vec<usize> = (0..rules.len()).filter(|index| holds(&rules[*index])).collect();
        let has_else = rules.iter().any(Option::is_none);
        if holding.len() == 1 || (holding.is_empty() && has_else) {
            return None;
        }
        explain(rules, outcomes, &holding, &self.describe(named, &state))
    }

    fn describe(&self, named: &Deciders, state: &impl Fn(Variable) -> Option<usize>) -> String {
        if named.is_empty() {
            return "nothing is known".into();
        }
        let one = |(variable, _): &(Variable, usize)| match *variable {
            Variable::Event(id) if state(*variable) == Some(1) => format!("`{}`", self.events[id.0].named.id),
            Variable::Event(id) => format!("not `{}`", self.events[id.0].named.id),
            Variable::Category(id) => {
                let category = &self.categories[id.0];
                let at = state(*variable).unwrap_or(0);
                format!("`{} == {}`", category.named.id, category.states[at].named.id)
            }
            _ => String::new(),
        };
        named.iter().map(one).collect::<Vec<_>>().join(" and ")
    }
}

/// The gap or the overlap, if there is one.
fn explain(
    rules: &[Option<Term>],
    outcomes: &[Outcome],
    holding: &[usize],
    example: &str,
) -> Option<Diagnostic> {
    let has_else = rules.iter().any(Option::is_none);
    match holding {
        [] if !has_else => {
            let error = Diagnostic::error("rules-gap", format!("no outcome's rule holds when {example}"));
            let last = outcomes.last()?;
            Some(
                error
                    .at(last.span, "the rules leave a gap")
                    .hint("give one outcome `else = true`, or widen a rule"),
            )
        }
        [first, second, ..] => {
            let (first, second) = (*first, *second);
            let span = |index: usize| rules[index].as_ref().map_or(outcomes[index].span, |rule| rule.span);
            let (a, b) = (&outcomes[first].named.id, &outcomes[second].named.id);
            Some(
                Diagnostic::error("rules-overlap", format!("`{a}` and `{b}` both hold when {example}"))
                    .at(span(second), format!("`{b}` holds"))
                    .at(span(first), format!("`{a}` holds too"))
                    .hint(format!("outcomes exclude each other: add `and not (…)` to `{b}`")),
            )
        }
        _ => None,
    }
}
