//! What is known of a sound file, and what became of its claims.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::estimated::Margin;
use crate::analysis::second_opinion::SecondOpinion;
use crate::diagnostic::Span;
use crate::expression::Comparison as Sign;
use crate::model::Model;

/// What is known of a sound file.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CheckFinding {
    /// SHA-256, in hexadecimal digits, over the file and its attachments.
    pub file_hash: String,
    /// How many of each kind the file has.
    pub counts: Counts,
    /// Whether its claims were tested.
    pub tested: bool,
    /// Draws that the last look took; 0 if nothing had to be drawn, null if claims were not tested.
    pub draws: Option<u64>,
    /// How many claims the model agrees with.
    pub agree: usize,
    /// How many it disagrees with.
    pub disagree: usize,
    /// How many are too close to tell.
    pub cannot_tell: usize,
    /// One for each claim, in the order of the file.
    pub claims: Vec<Verdict>,
    /// Claims that cannot hold together, whatever the model: sets of positions in `claims`.
    pub conflicts: Vec<Vec<usize>>,
    /// The items of evidence that count, by their ids.
    pub evidence: Vec<String>,
    /// Every answer of a run a second time, by plain simulation; null if that was not asked for.
    pub second_opinion: Option<SecondOpinion>,
}

/// How many of each kind a file has.
#[derive(Clone, Copy, Debug, Default, JsonSchema, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Factors, with numbers or with states.
    pub factors: usize,
    /// Derived values.
    pub derived_values: usize,
    /// Events.
    pub events: usize,
    /// Outcomes.
    pub outcomes: usize,
    /// Claims.
    pub claims: usize,
    /// Theories that have names.
    pub theories: usize,
    /// Correlations.
    pub correlations: usize,
    /// Items of evidence.
    pub items_of_evidence: usize,
    /// Variants.
    pub variants: usize,
}

impl Counts {
    /// Those of a model whose file has so many `variants`.
    pub(super) fn of(model: &Model, variants: usize) -> Counts {
        Counts {
            factors: model.factors.len() + model.categories.len(),
            derived_values: model.derived.len(),
            events: model.events.len(),
            outcomes: model.outcomes.len(),
            claims: model.claims.len(),
            theories: model.theories.iter().filter(|one| !one.named.id.is_empty()).count(),
            correlations: model.correlations.len(),
            items_of_evidence: model.evidence.len(),
            variants,
        }
    }
}

/// What became of one claim.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// The claim in words.
    pub text: String,
    /// The test as written.
    #[serde(rename = "expect")]
    pub written: String,
    /// What came out.
    #[serde(rename = "verdict")]
    pub agreement: Agreement,
    /// `file:line:column` where it stands.
    pub place: String,
    /// The numbers behind it, one for each comparison.
    pub comparisons: Vec<Comparison>,
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
}

/// What can be said of a claim.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    /// The model agrees.
    Agrees,
    /// The model disagrees.
    Disagrees,
    /// The difference is too small to tell with these draws.
    #[serde(rename = "cannot tell")]
    CannotTell,
}

/// One comparison inside a claim.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// What is compared, in words, such as `P(sanctioned) − 30 %`.
    pub what: String,
    /// The sign that the claim asks for.
    #[serde(skip)]
    pub sign: Sign,
    /// Left side minus right side.
    #[serde(flatten)]
    pub difference: Margin,
    /// What came out.
    #[serde(rename = "verdict")]
    pub agreement: Agreement,
}
