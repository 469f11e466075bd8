//! What an answer was made from, and how.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::estimated::{ByName, finite};
use crate::analysis::{Course, Void};
use crate::design::Kind;
use crate::diagnostic::{Diagnostic, Sources};
use crate::model::Model;
use crate::scenario::Source;
use crate::simulation::{Rule, Target};

/// What an answer was made from, and how.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Facts {
    /// The scenario in its own words.
    pub scenario: ScenarioFacts,
    /// How the answer was made.
    pub run: RunFacts,
    /// Draws that were left out.
    pub void: VoidFacts,
    /// How expressions that allow more than one reading were read.
    pub readings: Vec<Reading>,
    /// What the reader should know, each in a sentence.
    pub warnings: Vec<String>,
}

/// The scenario in its own words.
#[derive(Clone, Debug, Default, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScenarioFacts {
    /// The file as the user named it.
    pub file: String,
    /// Its title.
    pub title: String,
    /// The question that the outcomes answer.
    pub question: Option<String>,
    /// What was known when, as YYYY-MM-DD.
    pub as_of: Option<String>,
    /// When the question resolves, as YYYY-MM-DD.
    pub by: Option<String>,
    /// The text that the file encodes.
    pub source: SourceFacts,
}

/// The text that a file encodes.
#[derive(Clone, Debug, Default, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SourceFacts {
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it appeared, as YYYY-MM-DD.
    pub date: Option<String>,
    /// Where it appeared.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// How an answer was made.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunFacts {
    /// Draws in all.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
    /// The kind of design: `independent`, `lhs` or `sobol`.
    #[serde(serialize_with = "as_name")]
    #[schemars(with = "String")]
    pub design: Kind,
    /// Independent randomisations.
    pub replicates: u32,
    /// Whether no draw entered any answer.
    pub exact: bool,
    /// Seconds on the clock; null in whatever is kept.
    pub elapsed_seconds: Option<f64>,
    /// The version of foretell.
    pub version: &'static str,
    /// SHA-256, in hexadecimal digits, over the file and its attachments in the order of their paths.
    pub file_hash: String,
    /// Whether the wanted precision was reached; true where none was asked for.
    #[serde(rename = "target_reached")]
    pub reached: bool,
    /// Values that replaced the file's, as NAME=VALUE.
    pub overrides: Vec<String>,
    /// What was learned, as propositions.
    pub given: Vec<String>,
    /// The items of evidence that count, by their ids.
    pub evidence: Vec<String>,
    /// The variants that were run in place of the file.
    #[serde(rename = "variants")]
    pub chosen: Vec<String>,
    /// What people call these.
    #[serde(skip)]
    pub chosen_labels: Vec<String>,
    /// The addresses of exclusive shares that were rescaled, as others of the same whole were replaced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rescaled: Vec<String>,
    /// Decimals of a percentage that the wanted precision makes right, at least one.
    #[serde(skip)]
    pub decimals: usize,
}

/// Draws that gave no number.
#[derive(Clone, Debug, Default, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VoidFacts {
    /// How many.
    pub draws: u64,
    /// `file:line:column` of the formula that first failed in the first of them.
    pub place: Option<String>,
    /// The factors' values in it; null for what chance has a part in.
    pub example: Option<ByName<Option<f64>>>,
}

/// How an expression was read that allows more than one reading.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reading {
    /// `file:line:column` where it stands.
    pub place: String,
    /// How it was read.
    pub text: String,
    /// Whether numbers were divided by their sum.
    #[serde(skip)]
    pub is_rounding: bool,
}

fn as_name<S: serde::Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}

impl ScenarioFacts {
    /// What a model says of itself.
    pub(super) fn of(model: &Model, sources: &Sources) -> ScenarioFacts {
        let header = &model.header;
        ScenarioFacts {
            file: sources.file().name.clone(),
            title: model.title().into(),
            question: header.question.clone(),
            as_of: header.as_of.as_ref().map(|date| date.value.to_string()),
            by: header.by.as_ref().map(|date| date.value.to_string()),
            source: SourceFacts::of(&header.source),
        }
    }
}

impl SourceFacts {
    fn of(source: &Source) -> SourceFacts {
        SourceFacts {
            title: source.title.clone(),
            author: source.author.clone(),
            date: source.date.as_ref().map(|date| date.value.to_string()),
            publisher: source.publisher.clone(),
            url: source.url.clone(),
        }
    }
}

impl RunFacts {
    /// What is to be said of a course of draws over a model.
    pub(super) fn of(model: &Model, course: &Course, rule: Rule, file_hash: &str) -> RunFacts {
        RunFacts {
            draws: course.plan.draws(),
            seed: course.plan.seed,
            design: course.plan.kind,
            replicates: course.plan.replicates,
            exact: course.exact,
            elapsed_seconds: None,
            version: env!("CARGO_PKG_VERSION"),
            file_hash: file_hash.into(),
            reached: course.reached,
            overrides: Vec::new(),
            given: Vec::new(),
            evidence: model.evidence.iter().filter(|one| one.active).map(|one| one.id.clone()).collect(),
            chosen: Vec::new(),
            chosen_labels: Vec::new(),
            rescaled: model.rescaled.clone(),
            decimals: decimals(rule),
        }
    }
}

impl VoidFacts {
    /// Draws that were left out, with their place as text.
    pub(super) fn of(void: &Void, sources: &Sources) -> VoidFacts {
        let example = || void.example.iter().map(|(name, value)| (name.clone(), finite(*value))).collect();
        VoidFacts {
            draws: void.draws,
            place: void.place.map(|span| sources.place(span)),
            example: (void.draws > 0).then(|| ByName(example())),
        }
    }
}

impl Reading {
    /// All of a model's.
    pub(super) fn all(model: &Model, sources: &Sources) -> Vec<Reading> {
        let reading = |one: &crate::model::Reading| Reading {
            place: sources.place(one.span),
            text: one.text.clone(),
            is_rounding: one.is_rounding,
        };
        model.readings.iter().map(reading).collect()
    }
}

/// A message in one line, with its place.
pub(super) fn sentence(message: &Diagnostic, sources: &Sources) -> String {
    match message.span() {
        Some(span) => format!("{} ({})", message.message, sources.place(span)),
        None => message.message.clone(),
    }
}

/// The decimals of a percentage that a rule makes right: the most of which half a step is at least the target's
/// half-width, but at least one.
fn decimals(rule: Rule) -> usize {
    let half_width = match rule {
        Rule::Draws(_) => return 1,
        Rule::Until { target: Target::HalfWidth(half_width), .. } => half_width,
        // The 90 % interval of a normal estimate.
        Rule::Until { target: Target::StandardError(error), .. } => 1.645 * error,
    };
    (2..=9).take_while(|places| 100.0 * half_width <= 0.5 * 10f64.powi(-places)).last().unwrap_or(1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_follow_the_precision() {
        let until = |target| Rule::Until { target, most: 1 };
        assert_eq!(decimals(Rule::default()), 1);
        assert_eq!(decimals(Rule::Draws(10)), 1);
        assert_eq!(decimals(until(Target::StandardError(0.01))), 1);
        assert_eq!(decimals(until(Target::StandardError(0.00003))), 2);
        assert_eq!(decimals(until(Target::HalfWidth(0.000005))), 3);
    }
}
