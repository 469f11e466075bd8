//! What a page opens with.

use super::titles;
use crate::analysis::run::RunFinding;
use crate::report::page::Page;
use crate::report::prose::{self, capitalised};
use crate::session::Facts;

/// The answer in one sentence.
pub fn opening(page: &mut Page, finding: &RunFinding) {
    if let Some(text) = titles::headline(finding) {
        page.sentence(text + ".");
    }
}

/// The question, its dates, what is set and what is learned.
pub fn lead(finding: &RunFinding, facts: &Facts) -> Vec<String> {
    let learned = finding.evidence.as_ref().and_then(|learned| prose::learned(learned, &facts.run));
    let parts =
        [prose::dates(&facts.scenario), prose::chosen(&facts.run), prose::overrides(&facts.run), learned];
    let said = parts.into_iter().flatten().map(|part| capitalised(&part));
    facts.scenario.question.clone().into_iter().chain(said).collect()
}
