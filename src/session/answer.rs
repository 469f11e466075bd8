//! What a question found, with the facts of the run.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::facts::{Facts, Reading, RunFacts, ScenarioFacts, VoidFacts};
use crate::diagnostic::Diagnostics;

/// The version of what an answer looks like as JSON: keys are only ever added.
pub const CONTRACT: u32 = 2;

/// What a question found, with the facts of the run.
///
/// As JSON it is the facts and the finding, side by side: numbers to full precision, those that do not exist null, lists in the
/// order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<F> {
    /// What the answer was made from, and how.
    pub facts: Facts,
    /// What was found.
    pub finding: F,
    /// What the reader should know, as messages about the texts of the case.
    pub messages: Diagnostics,
}

impl<F> Answer<F> {
    /// The answer with the seconds on the clock that it took; `None` where it is kept.
    pub fn timed(mut self, seconds: Option<f64>) -> Answer<F> {
        self.facts.run.elapsed_seconds = seconds;
        self
    }
}

/// What a question found, with the facts of the run.
#[derive(JsonSchema, Serialize)]
struct Form<'a, F> {
    /// The version of this contract.
    foretell: u32,
    /// What was asked about.
    scenario: Cow<'a, ScenarioFacts>,
    /// How the answer was made.
    run: Cow<'a, RunFacts>,
    #[serde(flatten)]
    finding: F,
    /// Draws that gave no number and were left out.
    void: Cow<'a, VoidFacts>,
    /// What the reader should know, each in a sentence.
    warnings: &'a [String],
    /// How expressions that allow more than one reading were read.
    readings: &'a [Reading],
}

impl<F: Serialize> Serialize for Answer<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts = &self.facts;
        Form {
            foretell: CONTRACT,
            scenario: Cow::Borrowed(&facts.scenario),
            run: Cow::Borrowed(&facts.run),
            finding: &self.finding,
            void: Cow::Borrowed(&facts.void),
            warnings: &facts.warnings,
            readings: &facts.readings,
        }
        .serialize(serializer)
    }
}

impl<F: JsonSchema> JsonSchema for Answer<F> {
    fn schema_name() -> Cow<'static, str> {
        F::schema_name().replace("Finding", "Answer").into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Form::<F>::json_schema(generator)
    }
}
