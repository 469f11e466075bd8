//! The words around each picture.

use crate::chart::Wording;
use crate::report::prose;
use crate::report::wrapping::plain;
use crate::session::Facts;
use crate::statistics::Estimate;

/// The words around a picture: `what` is shown, and under which conditions; what is asked, when, and how it was answered.
pub fn wording(facts: &Facts, title: String, what: &str) -> Wording {
    let (scenario, run) = (&facts.scenario, &facts.run);
    let about = scenario.question.as_ref().unwrap_or(&scenario.title).clone();
    let conditions = [prose::chosen(run), prose::overrides(run), prose::conditions(run)];
    let conditions = conditions.into_iter().flatten().map(|one| plain(&one));
    let made = [scenario.file.clone(), prose::draws(run), format!("foretell {}", run.version)];
    let caption: Vec<String> = [about].into_iter().chain(prose::dates(scenario)).chain(made).collect();
    Wording {
        title,
        subtitle: [what.to_string()].into_iter().chain(conditions).collect::<Vec<_>>().join("; "),
        caption: plain(&caption.join(" · ")),
    }
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
