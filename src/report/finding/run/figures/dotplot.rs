//! Chance as things that can be counted.

use crate::analysis::derived::DerivedFinding;
use crate::analysis::run::RunFinding;
use crate::chart::{DotGroup, Figure, FutureDots, QuantileDots};
use crate::report::finding::bars::middles;
use crate::report::finding::quantities::nine_in_ten;
use crate::report::finding::run::answers::by_probability;
use crate::report::finding::telling::most_telling;
use crate::report::finding::wording::{facts_of, wording};
use crate::report::prose::{named, quoted};
use crate::report::wrapping::plain;
use crate::session::Facts;

/// As many futures as are drawn.
const FUTURES: usize = 100;
/// As many outcomes have dots of their own.
const GROUPS: usize = 12;
/// As many values of a quantity are drawn (Kay et al. 2016: 20 to 100).
const DOTS: usize = 50;

/// The dots of what is asked: of the first derived value if one was asked for by name or there are no outcomes, else of the
/// outcomes.
pub fn dots(finding: &RunFinding, facts: &Facts) -> Option<Box<dyn Figure + Send + Sync>> {
    let is_quantity = finding.outcomes.is_empty() || !finding.wanted.of.is_empty();
    let quantity = || finding.derived.iter().find_map(|one| quantity_dotplot(one, facts));
    match is_quantity.then(quantity).flatten() {
        Some(one) => Some(Box::new(one)),
        None => dotplot(finding, facts).map(|one| Box::new(one) as _),
    }
}

/// The outcomes as 100 futures, each as many as it is probable; `None` without outcomes.
pub fn dotplot(finding: &RunFinding, facts: &Facts) -> Option<FutureDots> {
    let shares: Vec<f64> = finding.outcomes.iter().map(|one| one.probability.value).collect();
    let counts = largest_remainder(&shares, FUTURES)?;
    let facts = &facts_of(facts, finding.outcomes.iter().map(|one| &one.probability.0));
    let leader = *by_probability(finding).first()?;
    let title = format!(
        "{} comes true in {} of 100 futures",
        quoted(&finding.outcomes[leader].short),
        counts[leader]
    );
    let sizes: Vec<f64> = counts.iter().map(|count| *count as f64).collect();
    let kept = most_telling(&sizes, GROUPS);
    let group = |at: &usize| DotGroup { label: named(&finding.outcomes[*at].short), count: counts[*at] };
    let rest = DotGroup {
        label: format!("{} others together", counts.len() - kept.len()),
        count: FUTURES - kept.iter().map(|at| counts[*at]).sum::<usize>(),
    };
    let has_rest = kept.len() < counts.len();
    let subtitle = "Each dot is one future of a hundred that are equally probable";
    Some(FutureDots {
        wording: wording(facts, title, subtitle),
        groups: kept.iter().map(group).chain(has_rest.then_some(rest)).collect(),
        has_rest,
    })
}

/// A derived value as dots that are equally probable; `None` if it does not vary.
pub fn quantity_dotplot(one: &DerivedFinding, facts: &Facts) -> Option<QuantileDots> {
    let values = middles(&one.histogram, DOTS);
    let unit = one.unit.as_deref().map(plain).filter(|unit| !unit.is_empty());
    let title = format!("{}: {}", named(&one.label), nine_in_ten(one));
    let subtitle = format!("Each dot is one of {DOTS} values that are equally probable");
    let varies = values.first() < values.last();
    varies.then_some(QuantileDots { wording: wording(facts, title, &subtitle), values, unit })
}

/// Whole numbers that add to `whole` and lie within 1 of their shares of it (Hamilton's method); `None` if these are no shares.
fn largest_remainder(shares: &[f64], whole: usize) -> Option<Vec<usize>> {
    let sum: f64 = shares.iter().sum();
    let is_share = |share: &f64| *share >= 0.0;
    if !shares.iter().all(is_share) || sum <= 0.0 || !sum.is_finite() {
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
}
