//! What a file of draws says of itself.

use serde::Serialize;
use serde_json::Value;

use crate::analysis::draws::{DrawColumn, DrawColumns};
use crate::session::{CONTRACT, Facts, RunFacts, ScenarioFacts};

/// What a file of draws says of itself: which scenario, drawn how, and what each column holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawsMetadata {
    scenario: ScenarioFacts,
    run: RunFacts,
}

/// How it stands in JSON.
#[derive(Serialize)]
struct Form<'a> {
    foretell: u32,
    scenario: &'a ScenarioFacts,
    run: &'a RunFacts,
    columns: serde_json::Map<String, Value>,
}

impl DrawsMetadata {
    /// That of the draws behind an answer. Seconds on the clock are left out, so that the same draws are the same bytes.
    pub fn of(facts: &Facts) -> DrawsMetadata {
        DrawsMetadata {
            scenario: facts.scenario.clone(),
            run: RunFacts { elapsed_seconds: None, ..facts.run.clone() },
        }
    }

    /// It as JSON on one line.
    pub(super) fn json(&self, columns: &DrawColumns) -> String {
        let entry =
            |column: &DrawColumn| (column.name.clone(), serde_json::to_value(column).unwrap_or_default());
        let form = Form {
            foretell: CONTRACT,
            scenario: &self.scenario,
            run: &self.run,
            columns: columns.columns().iter().map(entry).collect(),
        };
        serde_json::to_string(&form).unwrap_or_default()
    }
}
