//! Floor 1: mergeable accumulators and estimates with their errors.
//!
//! Float sums ([`Moments`], [`Comoments`]) are folded along one fixed binary tree ([`Tree`]), so that any division of
//! the work gives the same bytes. [`Histogram`]s hold integers and merge in any order.

mod comoments;
mod estimate;
mod histogram;
mod moments;
mod probability_grid;
mod tree;
mod value_grid;

pub use comoments::{Comoments, Pairs};
pub use estimate::{Estimate, INTERVAL_LEVEL, student_t_quantile};
pub use histogram::{Grid, Histogram};
pub use moments::{Moments, sum};
pub use probability_grid::ProbabilityGrid;
pub use tree::{Merge, Misaligned, Tree};
pub use value_grid::ValueGrid;

/// A histogram of probabilities, fine near 0 and near 1.
pub type ProbabilityHistogram = Histogram<ProbabilityGrid>;
/// A histogram of any finite values, fine near its origin.
pub type ValueHistogram = Histogram<ValueGrid>;
