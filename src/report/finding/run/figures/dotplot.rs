//! Chance as things that can be counted.

use super::wording;
use crate::analysis::derived::DerivedFinding;
use crate::analysis::run::RunFinding;
use crate::chart::{DotGroup, FutureDots, QuantileDots};
use crate::report::finding::run::answers::by_probability;
use crate::report::number::general;
use crate::report::wrapping::plain;
use crate::session::Facts;

/// As many futures as are drawn.
const FUTURES: usize = 100;
/// As few quantiles as still show a shape.
const FEWEST: usize = 20;

/// The outcomes as 100 futures, each as many as it is probable; `None` without outcomes.
pub fn dotplot(finding: &RunFinding, facts: &Facts) -> Option<FutureDots> {
    let shares: Vec<f64> = finding.outcomes.iter().map(|one| one.probability.value).collect();
    let counts = largest_remainder(&shares, FUTURES)?;
    let leader = *by_probability(finding).first()?;
    let title = format!(
        "“{}” comes true in {} of 100 futures",
        plain(&finding.outcomes[leader].short),
        counts[leader]
    );
    let group = |(one, count): (&crate::analysis::outcomes::OutcomeFinding, usize)| DotGroup {
        label: plain(&one.short),
        count,
    };
    let subtitle = "Each dot is one future of a hundred that are equally probable";
    Some(FutureDots {
        wording: wording(facts, title, subtitle),
        groups: finding.outcomes.iter().zip(counts).map(group).collect(),
    })
}

/// The percentiles that a dotplot of so many dots is made of: 100 (k − ½) / n.
pub fn levels(count: usize) -> Vec<f64> {
    (0..count).map(|at| 100.0 * (at as f64 + 0.5) / count as f64).collect()
}

/// A derived value as dots that are equally probable; `None` unless its percentiles at the [`levels`] of at least 20 dots were
/// asked for.
pub fn quantity_dotplot(one: &DerivedFinding, facts: &Facts) -> Option<QuantileDots> {
    let found = &one.percentiles;
    let is_level =
        |(found, level): (&crate::analysis::spread::Percentile, f64)| (found.percent - level).abs() < 1e-9;
    if found.len() < FEWEST || !found.iter().zip(levels(found.len())).all(is_level) {
        return None;
    }
    let unit = one.unit.as_deref().map(plain).unwrap_or_default();
    let behind = if unit.is_empty() { String::new() } else { format!("\u{a0}{unit}") };
    let [low, high] = [one.spread.p05, one.spread.p95].map(general);
    let title = format!("“{}” lies between {low} and {high}{behind} nine times in ten", plain(&one.label));
    let subtitle = format!("Each dot is one of {} values that are equally probable", found.len());
    Some(QuantileDots {
        wording: wording(facts, title, &subtitle),
        values: found.iter().map(|one| one.value).collect(),
        unit,
    })
}

/// Whole numbers that add to `whole` and lie within 1 of their shares of it (Hamilton's method); `None` if these are no shares.
fn largest_remainder(shares: &[f64], whole: usize) -> Option<Vec<usize>> {
    let sum: f64 = shares.iter().sum();
    if shares.iter().any(|share| !(*share >= 0.0)) || !(sum > 0.0 && sum.is_finite()) {
        return None;
    }
    let exact: Vec<f64> = shares.iter().map(|share| share / sum * whole as f64).collect();
    let mut counts: Vec<usize> = exact.iter().map(|one| *one as usize).collect();
    let rest = |at: &usize| exact[*at] - exact[*at].floor();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| rest(b).total_cmp(&rest(a)));
    let missing = whole.saturating_sub(counts.iter().sum());
    order.iter().take(missing).for_each(|at| counts[*at] += 1);
    Some(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn futures_add_to_a_hundred_and_keep_their_quota() {
        assert_eq!(largest_remainder(&[0.491, 0.489, 0.020], 100), Some(vec![49, 49, 2]));
        assert_eq!(largest_remainder(&[1.0 / 3.0; 3], 100), Some(vec![34, 33, 33]));
        for count in [1, 7, 300] {
            let shares: Vec<f64> = (1..=count).map(|at| 1.0 / f64::from(at)).collect();
            let sum: f64 = shares.iter().sum();
            let counts = largest_remainder(&shares, 100).unwrap();
            assert_eq!(counts.iter().sum::<usize>(), 100);
            let is_near = |(share, count): (&f64, &usize)| (100.0 * share / sum - *count as f64).abs() < 1.0;
            assert!(shares.iter().zip(&counts).all(is_near));
        }
        assert!(
            [&[][..], &[f64::NAN], &[-1.0, 2.0], &[0.0]]
                .iter()
                .all(|odd| largest_remainder(odd, 100).is_none())
        );
    }

    #[test]
    fn levels_are_the_middles_of_equal_parts() {
        assert_eq!(levels(4), [12.5, 37.5, 62.5, 87.5]);
    }
}
