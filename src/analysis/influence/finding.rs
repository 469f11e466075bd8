//! What is found of a model's network.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::correlations::Reached;
use crate::analysis::estimated::{Figure, Share};

/// A model as a network.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InfluenceFinding {
    /// Factors, derived values, events, which theory is right, and outcomes: each after all that leads to it.
    pub nodes: Vec<Node>,
    /// What enters what directly, in the order of what it leads to.
    pub links: Vec<Link>,
    /// What is drawn together without one leading to the other.
    pub correlations: Vec<Reached>,
}

/// One thing in it.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Node {
    /// Its name; `theories` for which theory is right.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// What it is.
    pub kind: NodeKind,
    /// What a number is measured in.
    #[serde(skip)]
    pub unit: Option<String>,
    /// The mean of a number; the probability of an event, an outcome, or the most probable state. Null where draws don't tell it.
    pub value: Figure,
    /// The most probable state or theory, of what has states.
    pub state: Option<String>,
}

/// What a thing is.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum NodeKind {
    /// A number that is not known.
    Factor,
    /// Something not known that is in one of several states.
    States,
    /// A value that follows from others.
    Derived,
    /// Something that happens or not.
    Event,
    /// Which theory is right.
    Theories,
    /// An answer.
    Outcome,
}

/// Something that enters something else directly.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Link {
    /// The name of what enters.
    pub from: String,
    /// The name of what it enters.
    pub to: String,
    /// The share of the variance of `to` that goes away once `from` is known: of its value, or of whether it happens, comes true or is
    /// in which state. Null where `to` is certain or has no variance that can be told.
    #[serde(flatten)]
    pub share: Share,
    /// In which direction `to` goes as `from` rises, happens or is so.
    pub sign: Sign,
    /// The position of `from` among the nodes.
    #[serde(skip)]
    pub start: usize,
    /// The position of `to` among the nodes.
    #[serde(skip)]
    pub end: usize,
}

/// In which direction something works.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Sign {
    /// Up.
    Raises,
    /// Down.
    Lowers,
    /// Up and down, or one of the two has states without an order.
    Mixed,
    /// The draws can't tell that it does anything.
    Untold,
}
