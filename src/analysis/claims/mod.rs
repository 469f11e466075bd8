//! Whether a model agrees with what its source claims.
//!
//! Every claim comes down to signs of differences, each estimated on common draws with the error of the difference. The
//! draws are looked at when there are 2^14, 2^15, … of them; the j-th look spends 0.05 · 2^−j of a total chance of error
//! of 5 %, shared among the comparisons (Bonferroni), so that looking again does not make error more likely.

mod asked;
mod check;
mod judge;
mod steps;
mod verdict;
mod wording;

pub use check::check;
pub use verdict::{Agreement, Comparison, Verdict, Verdicts};
