//! The triangle of three outcomes.

use crate::analysis::run::RunFinding;
use crate::chart::{Ternary, TriangleBins};
use crate::report::finding::run::answers::by_probability;
use crate::report::finding::wording::wording;
use crate::report::number::{percent, whole};
use crate::report::prose::{named, quoted};
use crate::session::Facts;

/// How many parts a side of the triangle has.
const TRIANGLE: usize = 25;
/// An outcome whose 95th percentile lies below this is probable nowhere.
const SOMEWHERE: f64 = 0.1;

/// Whether the triangle tells more than the answer does: each of the outcomes is probable somewhere.
pub fn says_something(finding: &RunFinding) -> bool {
    finding.outcomes.iter().all(|one| one.spread.p95 >= SOMEWHERE)
}

/// Where the first draws lie among three outcomes; `None` for any other number of outcomes, or without draws.
pub fn ternary(finding: &RunFinding, facts: &Facts) -> Option<Ternary> {
    let ([a, b, c], [first, second, third]) = (&finding.outcomes[..], &finding.drivers.shares[..]) else {
        return None;
    };
    if first.is_empty() {
        return None;
    }
    let mut draws = TriangleBins::new(TRIANGLE);
    for ((p, q), r) in first.iter().zip(second).zip(third) {
        draws.add([*p, *q, *r], 1.0);
    }
    let three = [a, b, c];
    let title = most_often(finding);
    Some(Ternary {
        wording: wording(facts, title, "Where the draws lie among the three outcomes"),
        labels: three.map(|one| named(&one.short)),
        values: three.map(|one| whole(one.probability.value)),
        mean: three.map(|one| one.probability.value),
        draws,
    })
}

/// In how many of the first draws each of the two leading outcomes is ahead, in the order in which they lead altogether.
fn most_often(finding: &RunFinding) -> String {
    let wins = wins(&finding.drivers.shares);
    let draws: usize = wins.iter().sum();
    let said = |at: usize| {
        let share = percent(wins[at] as f64 / draws as f64, 0).replace(' ', "\u{a0}");
        (quoted(&finding.outcomes[at].short), share)
    };
    match by_probability(finding)[..] {
        [first, second, ..] if draws > 0 => {
            let [(one, ahead), (other, behind)] = [first, second].map(said);
            format!("{one} is ahead in {ahead} of the draws, {other} in {behind}")
        }
        _ => "No draws".into(),
    }
}

/// In how many draws each is the most probable.
fn wins(shares: &[Vec<f64>]) -> Vec<usize> {
    let mut wins = vec![0; shares.len()];
    for draw in 0..shares.first().map_or(0, Vec::len) {
        let value = |at: &usize| shares[*at][draw];
        if let Some(best) = (0..shares.len()).max_by(|a, b| value(a).total_cmp(&value(b))) {
            wins[best] += 1;
        }
    }
    wins
}
