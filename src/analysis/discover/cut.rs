//! Where a peel cuts a column: near the wanted share, at the roundest number there, so that the bound that is printed is the bound.

use super::rows::{Rows, Sums};

/// A cut that takes rows off one end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cut {
    /// The bound of what stays, which is included.
    pub(super) bound: f64,
    /// What goes.
    pub(super) lost: Sums,
}

/// How far the share that is taken off may be from the wanted one for the sake of a round bound.
const SLACK: (f64, f64) = (0.5, 1.5);

/// The cut that takes about `wanted` of the weight off the first of some rows, which stand in the order of their values, ascending
/// or descending; equal values go together. `None` if nothing would be left.
pub(super) fn cut(
    rows: &Rows,
    values: &[f64],
    order: impl Iterator<Item = usize>,
    wanted: f64,
) -> Option<Cut> {
    let groups = groups(rows, values, order, wanted);
    let own = groups.iter().position(|one| one.sums.weight >= wanted)?;
    let least = groups[own].sums.weight;
    let in_slack = |one: &&Group| (SLACK.0 * least..=SLACK.1 * least).contains(&one.sums.weight);
    // The last group is what stays.
    let last = groups.len().checked_sub(2).filter(|last| own <= *last)?;
    let first = groups[..=own].iter().rev().take_while(in_slack).count().max(1);
    let more = groups[own..=last].iter().take_while(in_slack).count().max(1);
    let (from, to) = (own + 1 - first, own + more - 1);
    let (outer, inner, near) = (groups[from].value, groups[to + 1].value, groups[own + 1].value);
    let bound = roundest(outer, inner, near).unwrap_or(near);
    let is_lost = |one: &&Group| if inner > outer { one.value < bound } else { one.value > bound };
    let lost = groups.iter().take_while(is_lost).last()?.sums;
    Some(Cut { bound, lost })
}

/// All rows up to a value.
struct Group {
    value: f64,
    sums: Sums,
}

/// The first rows by their values, each with all before it, as far as a cut may go and one farther.
fn groups(rows: &Rows, values: &[f64], order: impl Iterator<Item = usize>, wanted: f64) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut end = f64::INFINITY;
    for at in order {
        match groups.last_mut() {
            Some(last) if last.value == values[at] => last.sums = last.sums.with(rows, at),
            Some(last) if last.sums.weight > end => break,
            last => {
                let sums = last.map(|one| one.sums).unwrap_or_default();
                if sums.weight >= wanted && end == f64::INFINITY {
                    end = SLACK.1 * sums.weight;
                }
                groups.push(Group { value: values[at], sums: sums.with(rows, at) });
            }
        }
    }
    groups
}

/// The number with the fewest digits beyond `outer` up to `inner`, which it may be; of several that nearest to `near`. `None` if only
/// all digits would do.
pub(super) fn roundest(outer: f64, inner: f64, near: f64) -> Option<f64> {
    let is_between = |one: &f64| match inner > outer {
        true => outer < *one && *one <= inner,
        false => inner <= *one && *one < outer,
    };
    if is_between(&0.0) {
        return Some(0.0);
    }
    let size = outer.abs().max(inner.abs());
    let exponent: i32 = format!("{size:e}").rsplit('e').next()?.parse().ok()?;
    let rounded = |power: i32| -> Option<f64> {
        let unit: f64 = format!("1e{power}").parse().ok()?;
        let steps = (near / unit).round();
        // Read as it would be written, so that it is the double of its digits.
        let candidates = [0.0, 1.0, -1.0].map(|step| format!("{:.0}e{power}", steps + step));
        let numbers = candidates.iter().filter_map(|one| one.parse::<f64>().ok());
        numbers.filter(|one| one.is_finite()).find(is_between)
    };
    (0..16).find_map(|digit| rounded(exponent - digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_the_roundest_numbers_that_there_are() {
        assert_eq!(roundest(0.6123, 0.6271, 0.618), Some(0.62));
        assert_eq!(roundest(0.6271, 0.6123, 0.618), Some(0.62));
        assert_eq!(roundest(-0.01, 0.02, 0.005), Some(0.0));
        assert_eq!(roundest(2.0, 3.0, 3.0), Some(3.0));
        assert_eq!(roundest(3.0, 2.0, 2.0), Some(2.0));
        assert_eq!(roundest(-1241.0, -1187.0, -1200.3), Some(-1200.0));
        assert_eq!(roundest(1.0, 1.0f64.next_up(), 1.0f64.next_up()), None);
        assert_eq!(roundest(9.7e299, 1.4e300, 1.2e300), Some(1e300));
    }

    fn rows(values: &[f64]) -> Rows {
        let target = values.iter().map(|one| f64::from(*one > 3.0)).collect();
        Rows { fields: Vec::new(), weights: vec![1.0; values.len()], target }
    }

    #[test]
    fn equal_values_go_together_and_something_stays() {
        let values = [1.0, 1.0, 1.0, 2.0, 5.0, 5.0];
        let rows = rows(&values);
        let low = cut(&rows, &values, 0..6, 1.0).unwrap();
        assert_eq!((low.bound, low.lost.weight, low.lost.hits), (2.0, 3.0, 0.0));
        let high = cut(&rows, &values, (0..6).rev(), 1.0).unwrap();
        assert_eq!((high.bound, high.lost.weight, high.lost.hits), (2.0, 2.0, 2.0));
        let same = [4.0; 5];
        assert_eq!(cut(&self::rows(&same), &same, 0..5, 1.0), None);
    }
}
