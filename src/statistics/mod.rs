//! Floor 1: mergeable accumulators and estimates with their errors.
//!
//! Float sums ([`Moments`], [`Comoments`]) are folded along one fixed binary tree ([`Tree`]), so that any division of
//! the work gives the same bytes. [`Histogram`]s hold integers and merge in any order.

mod comoments;
mod estimate;
mod histogram;
mod moderating;
mod moments;
mod nested;
mod probability_grid;
mod tail;
mod tree;
mod value_grid;

pub use comoments::{Comoments, Pairs};
pub use estimate::{Estimate, INTERVAL_LEVEL, NORMAL, jackknife_variance, student_t_quantile};
pub use histogram::{Grid, Histogram};
pub use moderating::moderating;
pub use moments::{Moments, sum};
pub use nested::{LEVELS, Nested};
pub use probability_grid::ProbabilityGrid;
pub use tail::Tail;
pub use tree::{Merge, Misaligned, Tree};
pub use value_grid::ValueGrid;

/// A histogram of probabilities, fine near 0 and near 1.
pub type ProbabilityHistogram = Histogram<ProbabilityGrid>;
/// A histogram of any finite values, fine near its origin.
pub type ValueHistogram = Histogram<ValueGrid>;
