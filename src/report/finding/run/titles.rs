//! Titles of pictures: what was found, in words.

use super::answers::by_probability;
use super::drivers::{end, felt};
use super::theories::rivals;
use crate::analysis::drivers::Shape;
use crate::analysis::run::RunFinding;
use crate::analysis::theories::TheoryFinding;
use crate::report::number::{estimate, percent};
use crate::report::wrapping::plain;

fn quoted(label: &str) -> String {
    format!("“{}”", plain(label))
}

/// Which outcome is most probable, if the draws can tell and the printed figures show it.
pub fn leader(finding: &RunFinding, decimals: usize) -> String {
    let share = |at: usize| estimate(&finding.outcomes[at].probability, decimals);
    let label = |at: usize| quoted(&finding.outcomes[at].short);
    let overlap = |a: usize, b: usize| {
        let [a, b] = [a, b].map(|at| finding.outcomes[at].probability.interval);
        a.0 <= b.1
    };
    match by_probability(finding)[..] {
        [first, second, ..] if share(first) == share(second) => {
            let (one, other) = (first.min(second), first.max(second));
            format!("{} and {} lead together, at {}", label(one), label(other), share(one))
        }
        [first, second, ..] if overlap(first, second) => {
            let shares = format!("{} and {}", share(first), share(second));
            format!("{} and {} are too close to tell, at {shares}", label(first), label(second))
        }
        [first, ..] => format!("{} is most probable, at {}", label(first), share(first)),
        [] => "No outcomes".into(),
    }
}

/// The outcome of which theories say the most different things; `None` unless several can be right.
pub fn most_disputed(finding: &RunFinding, decimals: usize) -> Option<String> {
    let rivals = rivals(finding);
    let value =
        |one: &TheoryFinding, at: usize| one.outcomes.get(at).map_or(f64::NAN, |one| one.probability.value);
    let ends = |at: usize| {
        let by = |a: &&&TheoryFinding, b: &&&TheoryFinding| value(a, at).total_cmp(&value(b, at));
        Some((*rivals.iter().min_by(by)?, *rivals.iter().max_by(by)?))
    };
    let width = |at: usize| ends(at).map_or(0.0, |(low, high)| value(high, at) - value(low, at));
    let at = (0..finding.outcomes.len()).max_by(|a, b| width(*a).total_cmp(&width(*b)))?;
    let (low, high) = ends(at)?;
    let share = |one: &TheoryFinding| {
        one.outcomes.get(at).map(|one| estimate(&one.probability, decimals).replace(' ', "\u{a0}"))
    };
    let (lowest, highest) = (share(low)?, share(high)?);
    if lowest == highest {
        return Some("The theories agree on every outcome".into());
    }
    let (low, high) = (quoted(&low.label), quoted(&high.label));
    Some(format!(
        "The theories differ most on {}: {lowest} if {low}, {highest} if {high}",
        quoted(&finding.outcomes[at].short)
    ))
}

/// The outcome that is most probable in most of the first draws.
pub fn most_often(finding: &RunFinding) -> String {
    let shares = &finding.drivers.shares;
    let draws = shares.first().map_or(0, Vec::len);
    let mut wins = vec![0usize; shares.len()];
    for draw in 0..draws {
        let value = |at: &usize| shares[*at][draw];
        if let Some(best) = (0..shares.len()).max_by(|a, b| value(a).total_cmp(&value(b))) {
            wins[best] += 1;
        }
    }
    let most = finding.outcomes.iter().zip(wins).max_by_key(|(_, wins)| *wins);
    match most {
        Some((outcome, wins)) if draws > 0 => {
            let share = percent(wins as f64 / draws as f64, 0);
            format!("{} is the most probable of the three in {share} of the draws", quoted(&outcome.short))
        }
        _ => "No draws".into(),
    }
}

/// The driver that takes away the largest share of any outcome's variance; `None` if nothing moves any.
pub fn strongest(finding: &RunFinding, decimals: usize) -> Option<String> {
    let drivers = |one| felt(finding, one, decimals).map(move |driver| (one, driver));
    let all = finding.outcomes.iter().flat_map(drivers);
    // Of equal ones the first.
    let (outcome, driver) = all.reduce(|a, b| if b.1.share.value > a.1.share.value { b } else { a })?;
    let whole = |words: String| words.replace(' ', "\u{a0}");
    let [low, high] = [driver.low, driver.high].map(|value| whole(estimate(&end(driver, value), decimals)));
    let (factor, outcome) = (quoted(&driver.label), quoted(&outcome.short));
    let between = match driver.shape {
        Some(Shape::Hill | Shape::Valley) => {
            let turn = driver.effect() + 0.5 * (driver.low + driver.high);
            format!("{} between its ends, {low} and {high} at them", whole(percent(turn, decimals)))
        }
        _ => format!("from {low} to {high}"),
    };
    Some(format!("{outcome} depends most on {factor}: {between}"))
}

/// The variant that moves any probability most, if the draws can tell that one moves any; `None` if none was run.
pub fn farthest(finding: &RunFinding, decimals: usize) -> Option<String> {
    let found = &finding.variants;
    let all = found.variants.iter().flat_map(|variant| {
        found.base.iter().zip(&variant.answers).map(move |(base, answer)| (variant, base, answer))
    });
    let chances = all.filter(|(_, base, _)| !base.is_mean);
    let farthest =
        chances.max_by(|(.., a), (.., b)| a.difference.value.abs().total_cmp(&b.difference.value.abs()));
    let (variant, base, answer) = farthest?;
    let [from, to] = [&base.value, &answer.value].map(|one| estimate(one, decimals));
    let (low, high) = answer.difference.interval;
    Some(match from != to && low * high > 0.0 {
        true => {
            let (variant, answer) = (quoted(&variant.facts.label), quoted(&base.label));
            format!("{variant} moves {answer} most: from {from} to {to}")
        }
        false => "No variant moves any probability as far as the draws can tell".into(),
    })
}
