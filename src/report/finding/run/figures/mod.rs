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
use crate::chart::Wording;
use crate::report::page::Page;
use crate::report::prose;
use crate::report::wrapping::plain;
use crate::session::Facts;

/// Adds every picture that the finding can fill and that says something.
pub fn add(page: &mut Page, finding: &RunFinding, facts: &Facts) {
    answer(finding, facts).map(|one| page.figure("answer", one));
    theories(finding, facts).map(|one| page.figure("theories", one));
    ternary(finding, facts).filter(|_| says_something(finding)).map(|one| page.figure("ternary", one));
    drivers(finding, facts).map(|one| page.figure("drivers", one));
    variants(finding, facts).map(|one| page.figure("variants", one));
}

/// The words around a picture: `what` is shown, and under which conditions; what is asked, when, and how it was answered.
pub(super) fn wording(facts: &Facts, title: String, what: &str) -> Wording {
    let (scenario, run) = (&facts.scenario, &facts.run);
    let about = plain(scenario.question.as_deref().unwrap_or(&scenario.title));
    let conditions = [prose::chosen(run), prose::overrides(run), prose::conditions(run)];
    let subtitle: Vec<String> = [Some(what.to_string())].into_iter().chain(conditions).flatten().collect();
    let made = [prose::draws(run), format!("foretell {}", run.version)];
    let caption =
        [about].into_iter().chain(prose::dates(scenario)).chain([plain(&scenario.file)]).chain(made);
    Wording {
        title,
        subtitle: plain(&subtitle.join("; ")),
        caption: plain(&caption.collect::<Vec<_>>().join(" · ")),
    }
}

/// The same with one more thing in the caption.
fn noted(wording: Wording, note: Option<String>) -> Wording {
    let parts: Vec<String> = [wording.caption].into_iter().chain(note).collect();
    Wording { caption: parts.join(" · "), ..wording }
}
