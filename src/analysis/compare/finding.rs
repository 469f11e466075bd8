//! What two files say otherwise and what follows from it, as plain data.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::analysis::estimated::{Difference, Figure};
use crate::statistics::Estimate;

/// What two scenarios say otherwise, how far each answer is from the one to the other, and which edit moved it.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CompareFinding {
    /// The first scenario.
    pub before: Compared,
    /// The second scenario.
    pub after: Compared,
    /// Whether nothing that bears on an answer is said otherwise.
    pub same: bool,
    /// The answers of both, in the order of the first, then those that only the second has.
    pub answers: Vec<ComparedAnswer>,
    /// What they say otherwise: each edit, or edits together that need each other.
    pub edits: Vec<EditFinding>,
    /// Edits that can change no number: labels, sources, claims, what-ifs that are not run, evidence that does not count.
    pub words: Vec<Change>,
    /// How answers' moves were shared out among the edits; null where there are none.
    pub attribution: Option<Attribution>,
}

/// One of two scenarios.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Compared {
    /// What it is called: the file, or the variant of it.
    pub name: String,
    /// What people call it: of files with different titles its own title, else its name; of a variant its label.
    pub label: String,
    /// SHA-256, in hexadecimal digits, over the file and its attachments in the order of their paths.
    pub file_hash: String,
}

/// An answer in both scenarios.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ComparedAnswer {
    /// Its name; of a state, the factor's and the state's with a full stop between.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What it is.
    pub measure: Measure,
    /// What a mean is measured in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What it is in the first scenario; null if that does not have it.
    pub before: Option<Figure>,
    /// What it is in the second scenario; null if that does not have it.
    pub after: Option<Figure>,
    /// By how much it is more in the second, with the error on common draws; null unless both have it.
    #[serde(flatten, serialize_with = "as_difference")]
    #[schemars(with = "Difference")]
    pub difference: Estimate,
}

fn as_difference<S: Serializer>(difference: &Estimate, serializer: S) -> Result<S::Ok, S::Error> {
    Difference(*difference).serialize(serializer)
}

/// What an answer is.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Measure {
    /// A probability, 0 to 1.
    Probability,
    /// The mean of a derived value, in its own unit.
    Mean,
}

/// An edit, or edits that need each other.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EditFinding {
    /// The addresses of what is said otherwise.
    pub addresses: Vec<String>,
    /// What is said otherwise: several where one without the others makes no scenario.
    pub changes: Vec<Change>,
    /// Its share of each answer's move, in the order of the answers that both scenarios have. The shares of all edits sum to
    /// the move.
    pub effects: Vec<Effect>,
}

/// One thing that two files say otherwise.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// Its address.
    pub address: String,
    /// What people call it; of what is no value with what of it is meant. Null for what has no name of its own.
    pub label: Option<String>,
    /// What became of it.
    pub kind: ChangeKind,
    /// What the first scenario says; null if nothing.
    pub before: Option<Said>,
    /// What the second scenario says; null if nothing.
    pub after: Option<Said>,
}

/// What became of something.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChangeKind {
    /// Only the second scenario has it.
    Added,
    /// Only the first scenario has it.
    Removed,
    /// They say different things.
    Changed,
}

/// What a scenario says somewhere.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Said {
    /// The text.
    pub text: String,
    /// `file:line:column` where it stands.
    pub place: String,
}

/// An edit's share of an answer's move.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// The share.
    #[serde(flatten)]
    pub value: Figure,
    /// The answer's name.
    pub id: String,
}

/// How moves were shared out: by Shapley values.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Attribution {
    /// Over all orders of the edits, or over some.
    pub method: Method,
    /// How many scenarios were looked at, with some of the edits done.
    pub models: usize,
    /// How many orders of the edits the shares are means over.
    pub permutations: u64,
    /// Whether edits were gathered with their neighbours in the file, as they are too many to be told apart.
    pub gathered: bool,
}

/// Over which orders of the edits shares are means.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Method {
    /// All.
    Exact,
    /// Drawn ones, each with its reverse.
    Sampled,
}
