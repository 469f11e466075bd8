//! The words around each picture.

use crate::chart::Wording;
use crate::report::prose;
use crate::session::Facts;
use crate::statistics::Estimate;

/// The words around a picture: `what` is shown, and under which conditions; what is asked, when, and how it was answered.
pub fn wording(facts: &Facts, title: String, what: &str) -> Wording {
    let subtitle = under(what, prose::supposed(&facts.run));
    Wording { title, subtitle, caption: prose::caption(facts) }
}

/// What is shown, and under which conditions.
pub fn under(what: &str, conditions: Vec<String>) -> String {
    if conditions.is_empty() {
        return what.into();
    }
    let first = what.strip_suffix('.').unwrap_or(what).to_string();
    [first].into_iter().chain(conditions).collect::<Vec<_>>().join("; ")
}

/// The facts of a picture that shows these estimates: exact if no draw entered any of them.
pub fn facts_of<'e>(facts: &Facts, shown: impl IntoIterator<Item = &'e Estimate>) -> Facts {
    Facts { run: prose::sampling::seen(&facts.run, shown), ..facts.clone() }
}

/// The same with one more thing in the caption.
pub fn noted(wording: Wording, note: Option<String>) -> Wording {
    let parts: Vec<String> = [wording.caption].into_iter().chain(note).collect();
    Wording { caption: parts.join(" · "), ..wording }
}
