//! Intervals of the levels of a distribution.

use crate::distribution::Distribution;
use crate::expression::Comparison;
use crate::math::special::Tails;

/// The levels between two points. Each point is both of its tails, so that no digit is lost however far out it lies on either
/// side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    /// The probabilities below the lower point and from it on.
    pub(super) below: Tails,
    /// The probabilities through the upper point and beyond it.
    pub(super) through: Tails,
}

impl Interval {
    /// All levels.
    pub(super) const WHOLE: Interval = Interval { below: Tails::BOTTOM, through: Tails::TOP };

    /// The levels at which a law's quantile function satisfies a comparison; `None` if they are no interval.
    pub(super) fn of(law: &Distribution, comparison: Comparison, bound: f64) -> Option<Interval> {
        let below = law.tails_below(bound);
        let up_to = law.tails(bound);
        let whole = Interval::WHOLE;
        match comparison {
            Comparison::Less => Some(Interval { through: below, ..whole }),
            Comparison::LessOrEqual => Some(Interval { through: up_to, ..whole }),
            Comparison::Greater => Some(Interval { below: up_to, ..whole }),
            Comparison::GreaterOrEqual => Some(Interval { below, ..whole }),
            Comparison::Equal if is_below(below, up_to) && law.has_atoms() => {
                Some(Interval { below, through: up_to })
            }
            Comparison::Equal | Comparison::NotEqual => None,
        }
    }

    /// What both hold.
    pub(super) fn and(self, other: Interval) -> Interval {
        let below = if is_below(self.below, other.below) { other.below } else { self.below };
        let through = if is_below(other.through, self.through) { other.through } else { self.through };
        Interval { below, through }
    }

    /// The levels counted from the top.
    pub(super) fn mirrored(self) -> Interval {
        Interval { below: self.through.swapped(), through: self.below.swapped() }
    }

    /// Whether all of it lies above the median.
    pub(super) fn is_upper(self) -> bool {
        self.below.lower > 0.5
    }

    /// Whether it holds nothing.
    pub(super) fn is_empty(self) -> bool {
        !is_below(self.below, self.through)
    }
}

/// Whether a point lies below another, by whichever tails tell them apart.
fn is_below(one: Tails, other: Tails) -> bool {
    one.lower < other.lower || one.upper > other.upper
}
