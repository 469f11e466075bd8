//! The triangle of three outcomes.

use super::words::wording;
use crate::analysis::run::RunFinding;
use crate::chart::{Ternary, TriangleBins};
use crate::report::finding::run::titles;
use crate::report::number::whole;
use crate::report::wrapping::plain;
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
    let title = titles::most_often(finding);
    Some(Ternary {
        wording: wording(facts, title, "Where the draws lie among the three outcomes"),
        labels: three.map(|one| plain(&one.short)),
        values: three.map(|one| whole(one.probability.value)),
        mean: three.map(|one| one.probability.value),
        draws,
    })
}
