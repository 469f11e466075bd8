//! Answers about models as JSON.

use foretell::analysis::run::Run;
use foretell::analysis::{Question, Study};
use foretell::diagnostic::Diagnostics;
use foretell::math::instruction_set::InstructionSet;
use foretell::report::form::json;
use foretell::session::{Answer, Case};
use foretell::simulation::Settings;

/// The JSON of a run of a case's model, by every loop on one set; whatever the draws are worth.
pub fn answer(case: &Case, set: InstructionSet, settings: &Settings) -> String {
    let study = Study { level: set, ..case.study(settings) };
    let answered = Run::default().answer(&study).expect("a run to its end");
    let messages = Diagnostics::new();
    let facts = case.facts(&answered.course, settings, &messages);
    assert!(answered.course.plan.level == set);
    let answer = Answer { facts, finding: answered.finding, messages };
    String::from_utf8(json::render(&answer)).expect("UTF-8")
}
