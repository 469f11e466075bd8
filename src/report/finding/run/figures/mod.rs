//! The pictures of a run, one a file.

mod answer;
mod dotplot;
mod drivers;
mod ternary;
mod theories;
mod variants;

pub use answer::answer;
pub use dotplot::dots;
pub use drivers::drivers;
pub use ternary::{says_something, ternary};
pub use theories::theories;
pub use variants::variants;

use crate::analysis::run::RunFinding;
use crate::report::page::Page;
use crate::session::Facts;

/// Adds every picture that the finding can fill and that says something.
pub fn add(page: &mut Page, finding: &RunFinding, facts: &Facts) {
    answer(finding, facts).map(|one| page.figure("answer", one));
    theories(finding, facts).map(|one| page.figure("theories", one));
    ternary(finding, facts).filter(|_| says_something(finding)).map(|one| page.figure("ternary", one));
    drivers(finding, facts).map(|one| page.figure("drivers", one));
    variants(finding, facts).map(|one| page.figure("variants", one));
}
