//! Rules that decide the outcome: whether they exclude and exhaust each other, as far as that can be decided.

use std::collections::BTreeSet;

use super::id::{EventId, Variable};
use super::outcome::Outcome;
use super::quantity::Quantity;
use super::term::{Term, TermKind};
use super::{Event, evaluate, order};
use crate::diagnostic::Diagnostic;

/// As many states of events as are looked at: more are left to the run.
const MOST_EVENTS: usize = 16;

/// Looks at every state of the events that the rules name. Rules over anything else (comparisons of factors) are
/// left to the run, where a gap or an overlap makes a draw void. States that the events' own probabilities rule out
/// are passed over.
pub(super) fn check(
    rules: &[Option<Term>],
    outcomes: &[Outcome],
    events: &[Event],
    quantities: &[Quantity],
) -> Vec<Diagnostic> {
    let mut named = BTreeSet::new();
    for rule in rules.iter().flatten() {
        for (variable, _) in order::mentions(rule, quantities) {
            match variable {
                Variable::Event(id) => named.insert(id),
                _ => return Vec::new(),
            };
        }
    }
    let named: Vec<EventId> = named.into_iter().collect();
    if named.len() > MOST_EVENTS {
        return Vec::new();
    }
    (0..1usize << named.len())
        .find_map(|state| fault(rules, outcomes, events, &named, state))
        .into_iter()
        .collect()
}

/// What is wrong in one state, if anything.
fn fault(
    rules: &[Option<Term>],
    outcomes: &[Outcome],
    events: &[Event],
    named: &[EventId],
    state: usize,
) -> Option<Diagnostic> {
    let happens = |id: EventId| named.iter().position(|one| *one == id).map(|bit| state >> bit & 1 == 1);
    let leaf = |kind: &TermKind| match kind {
        TermKind::Variable(Variable::Event(id)) => happens(*id).map(f64::from),
        _ => None,
    };
    let impossible = named.iter().any(|id| {
        let chance = evaluate::evaluate(&events[id.0].probability, &leaf);
        matches!((chance, happens(*id)), (Some(0.0), Some(true)) | (Some(1.0), Some(false)))
    });
    if impossible {
        return None;
    }
    let holds =
        |rule: &Option<Term>| rule.as_ref().is_some_and(|rule| evaluate::evaluate(rule, &leaf) == Some(1.0));
    let holding: Vec<usize> = (0..rules.len()).filter(|index| holds(&rules[*index])).collect();
    let has_else = rules.iter().any(Option::is_none);
    let example = describe(events, named, &happens);
    match holding[..] {
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
            let span = |index: usize| rules[index].as_ref().map_or(outcomes[index].span, |rule| rule.span);
            let (a, b) = (&outcomes[first].name, &outcomes[second].name);
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

fn describe(events: &[Event], named: &[EventId], happens: &impl Fn(EventId) -> Option<bool>) -> String {
    if named.is_empty() {
        return "nothing is known".into();
    }
    let states: Vec<String> = named
        .iter()
        .map(|id| {
            let name = &events[id.0].name;
            if happens(*id) == Some(true) { format!("`{name}`") } else { format!("not `{name}`") }
        })
        .collect();
    states.join(" and ")
}
