//! A place to look at, and what is seen there.

use std::collections::BTreeMap;

use super::gap::Gap;
use crate::analysis::void::Void;
use crate::statistics::Estimate;

/// A place: the value of each axis, and of what is held besides.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) at: Vec<f64>,
    pub(super) also: Option<f64>,
}

/// What is seen at a place.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Each answer.
    pub(super) values: Vec<Estimate>,
    /// What the first answer of a pair is more than the second, on the same draws.
    pub(super) margins: BTreeMap<(usize, usize), Estimate>,
    /// Why there is no answer, if there is none.
    pub(super) gap: Option<Gap>,
    /// Draws that gave no number.
    pub(super) void: Void,
}

/// Differences of probabilities that are nothing but rounding.
const ROUNDING: f64 = 1e-12;

impl Seen {
    /// What is seen of so many answers at a place that is not looked at any more.
    pub(super) fn late(answers: usize) -> Seen {
        let values = vec![Estimate::unknown(); answers];
        Seen { values, margins: BTreeMap::new(), gap: Some(Gap::Late), void: Void::default() }
    }

    /// The most probable answer; of equal ones `before`, which led so far, or else the first.
    pub(super) fn lead(&self, before: Option<usize>) -> Option<usize> {
        if self.gap.is_some() || self.values.iter().any(|one| one.value.is_nan()) {
            return None;
        }
        let best = self.values.iter().map(|one| one.value).fold(f64::NEG_INFINITY, f64::max);
        let is_best = |at: &usize| self.values[*at].value >= best - ROUNDING;
        before.filter(is_best).or_else(|| (0..self.values.len()).find(is_best))
    }

    /// The answer that comes next.
    pub(super) fn second(&self, lead: usize) -> Option<usize> {
        let others = (0..self.values.len()).filter(|at| *at != lead);
        // Of equal ones the first.
        others.reduce(|best, one| if self.values[one].value > self.values[best].value { one } else { best })
    }

    /// What one answer is more than another.
    pub(super) fn margin(&self, one: usize, other: usize) -> Estimate {
        let found = self.margins.get(&(one.min(other), one.max(other))).copied();
        let found = found.unwrap_or_else(Estimate::unknown);
        if one <= other { found } else { negated(found) }
    }
}

fn negated(estimate: Estimate) -> Estimate {
    let Estimate { value, interval: (low, high), .. } = estimate;
    Estimate { value: -value, interval: (-high, -low), ..estimate }
}
