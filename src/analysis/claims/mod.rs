//! Whether a model agrees with what its source claims.
//!
//! Every claim comes down to signs of differences, each estimated on common draws with the error of the difference. The
//! draws are looked at when there are 2^14, 2^15, … of them; the j-th look spends 0.05 · 2^−j of a total chance of error
//! of 5 %, shared among the comparisons (Bonferroni), so that looking again does not make error more likely.

mod asked;
mod finding;
mod judge;
mod lacks;
mod question;
mod steps;
mod wording;

pub use finding::{Agreement, CheckFinding, Comparison, Counts, Verdict};
pub(in crate::analysis) use lacks::{Lack, lacks};
pub use question::Check;
pub(in crate::analysis) use question::{tested, tested_of};
