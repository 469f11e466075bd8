//! The words around each picture.

use crate::chart::Wording;
use crate::report::prose;
use crate::report::wrapping::plain;
use crate::session::Facts;

/// The words around a picture: `what` is shown, and under which conditions; what is asked, when, and how it was answered.
pub fn wording(facts: &Facts, title: String, what: &str) -> Wording {
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
pub fn noted(wording: Wording, note: Option<String>) -> Wording {
    let parts: Vec<String> = [wording.caption].into_iter().chain(note).collect();
    Wording { caption: parts.join(" · "), ..wording }
}
