//! The words around a picture.

use crate::chart::Wording;
use crate::report::prose;
use crate::report::wrapping::plain;
use crate::session::Facts;

/// A title; below it what is shown, and what was asked; at the foot where it comes from.
pub fn wording(facts: &Facts, title: String, what: &str) -> Wording {
    let scenario = &facts.scenario;
    let about = plain(scenario.question.as_deref().unwrap_or(&scenario.title));
    let parts: Vec<String> = [what.into(), about].into_iter().chain(prose::dates(scenario)).collect();
    Wording { title, subtitle: parts.join(" · "), caption: plain(&prose::provenance(facts)) }
}
