//! A future in a few sentences.

use crate::analysis::worlds::{Called, FutureFinding, NumberCalled, Ranked, WorldsFinding};
use crate::report::finding::together::{chance, together};
use crate::report::number::{general, whole, with_unit};
use crate::report::prose::{capitalised, listed, quoted};
use crate::report::wrapping::plain;

/// Beyond these shares of all futures on one side, a number is worth naming.
const NAMED: f64 = 0.75;

/// As many numbers as a story names on a screen.
pub(super) const FEW: usize = 2;

/// As many things that happen or not as a story names.
pub(super) const EVENTS: usize = 4;

/// What the futures come to together.
pub(super) fn lead(found: &WorldsFinding) -> String {
    let futures = found.futures.len();
    let count = |at: usize| {
        found.futures.iter().filter(|one| one.outcome.as_ref().is_some_and(|own| own.at == at)).count()
    };
    let mut counts: Vec<(usize, usize)> = (0..found.outcomes.len()).map(|at| (at, count(at))).collect();
    counts.retain(|(_, count)| *count > 0);
    counts.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
    let of = if futures == 1 { "One future".into() } else { format!("{futures} futures") };
    let name = |at: usize| quoted(&found.outcomes[at].short);
    match &counts[..] {
        [] => format!("{of}, each as probable as any other."),
        [(only, _)] if futures == 1 => format!("{of}: {}.", name(*only)),
        [(only, _)] => format!("All of {of} end with {}.", name(*only)),
        all => {
            let parts: Vec<String> =
                all.iter().map(|(at, count)| format!("{count} with {}", name(*at))).collect();
            format!(
                "Of {of}, {} {} {}.",
                all[0].1,
                if all[0].1 == 1 { "ends" } else { "end" },
                tail(&parts, all[0].1)
            )
        }
    }
}

/// The most probable of all combinations, if it is known, of which as many states are named.
pub(super) fn most_probable(found: &WorldsFinding, most: usize) -> Option<String> {
    let one = found.most_probable.as_ref()?;
    Some(format!("Most probable of all together ({}): {}.", chance(&one.probability), together(one, most)))
}

/// The parts of a list of which the first has its number told already.
fn tail(parts: &[String], first: usize) -> String {
    listed(parts).replacen(&format!("{first} "), "", 1)
}

/// What is the case, what happens, which outcome follows, how probable it was, how typical all of it is.
pub(super) fn story(found: &WorldsFinding, future: &FutureFinding, most: usize, things: usize) -> String {
    let outcome = future.outcome.as_ref().map(|one| {
        format!(
            "{}: {} probable in this world.",
            quoted(&found.outcomes[one.at].short),
            whole(one.probability)
        )
    });
    let draw = format!("(Draw {}.)", future.number());
    let parts = outcome.into_iter().chain(told(found, future, most, things));
    parts.chain([typical(future.typical), draw]).collect::<Vec<_>>().join(" ")
}

/// What is the case, and what happens.
pub(super) fn told(found: &WorldsFinding, future: &FutureFinding, most: usize, things: usize) -> Vec<String> {
    let parts = [numbers(found, future, most), states(found, future, things), events(found, future, things)];
    parts.into_iter().flatten().collect()
}

/// The numbers farthest from what is usual.
fn numbers(found: &WorldsFinding, future: &FutureFinding, most: usize) -> Option<String> {
    let mut all: Vec<(&NumberCalled, &Ranked)> =
        found.numbers.iter().zip(future.numbers.0.iter().map(|(_, one)| one)).collect();
    let distance = |one: &Ranked| one.beside[0].max(one.beside[1]);
    all.retain(|(_, one)| distance(one) >= NAMED);
    // On a screen, what follows from factors is not said beside them.
    if most <= FEW && all.iter().any(|(called, _)| !called.is_derived) {
        all.retain(|(called, _)| !called.is_derived);
    }
    all.sort_by(|a, b| distance(b.1).total_cmp(&distance(a.1)));
    let said: Vec<String> = all.into_iter().take(most).map(|(called, one)| level(called, one)).collect();
    (!said.is_empty()).then(|| format!("{}.", capitalised(&said.join("; "))))
}

/// "China's approval: high (0.81, higher than in 9 of 10 worlds)".
fn level(called: &NumberCalled, one: &Ranked) -> String {
    let is_high = one.percentile > 0.5;
    let share = one.beside[usize::from(!is_high)];
    let word = match (share, is_high) {
        (share, true) if share >= 0.95 => "very high",
        (share, false) if share >= 0.95 => "very low",
        (_, true) => "high",
        (_, false) => "low",
    };
    let side = if is_high { "higher" } else { "lower" };
    let value = with_unit(&general(one.value), called.unit.as_deref());
    format!("{}: {word} ({value}, {side} than in {})", plain(&called.called.short), worlds(share))
}

/// A share of at least three quarters, as a count of worlds that never overstates it.
fn worlds(share: f64) -> String {
    let of = |size: f64| (share * size + 1e-9).floor();
    match share {
        share if share < 0.9 => format!("{} of 10 worlds", of(10.0)),
        share if share < 0.99 => format!("{} of 100 worlds", of(100.0)),
        _ => format!("{} of 1000 worlds", of(1000.0)),
    }
}

fn states(found: &WorldsFinding, future: &FutureFinding, most: usize) -> Option<String> {
    let state = |(called, (_, state)): (&Called, &(String, crate::analysis::worlds::InState))| {
        format!("{}: {}", plain(&called.short), plain(&called.states[state.at]))
    };
    let theory = future.theory.as_ref().and_then(|id| found.theories.iter().find(|one| one.id == *id));
    let theory = theory.map(|one| format!("the right theory: {}", plain(&one.short)));
    let said: Vec<String> =
        found.states.iter().zip(&future.states.0).map(state).take(most).chain(theory).collect();
    (!said.is_empty()).then(|| format!("{}.", capitalised(&said.join("; "))))
}

/// What happens and what does not, the most surprising first.
fn events(found: &WorldsFinding, future: &FutureFinding, most: usize) -> Option<String> {
    let mut all: Vec<(&Called, bool, f64)> = found
        .events
        .iter()
        .zip(&future.events.0)
        .map(|(called, (_, one))| {
            (called, one.happens, if one.happens { one.probability } else { 1.0 - one.probability })
        })
        .collect();
    all.sort_by(|a, b| a.2.total_cmp(&b.2));
    all.truncate(most);
    let side = |wanted: bool| {
        let own = all.iter().filter(|one| one.1 == wanted);
        own.map(|(called, _, chance)| format!("{} ({})", quoted(&called.short), whole(*chance))).collect()
    };
    let (yes, no): (Vec<String>, Vec<String>) = (side(true), side(false));
    let said = [(yes, "happens", "happen"), (no, "does not happen", "do not happen")];
    let parts: Vec<String> = said
        .into_iter()
        .filter(|(names, ..)| !names.is_empty())
        .map(|(names, one, many)| {
            format!("{} {}.", listed(&names), if names.len() == 1 { one } else { many })
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn typical(share: f64) -> String {
    let word = match share {
        share if share >= 0.5 => "A typical world",
        share if share >= 0.1 => "A less typical world",
        share if share >= 0.01 => "An unusual world",
        _ => "A very unusual world",
    };
    format!("{word}: {} of all are less typical.", whole(share))
}
