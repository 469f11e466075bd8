//! A variant of a file and what a run found of it.

use crate::analysis::variants::VariantSummary;
use crate::model::Model;
use crate::scenario;

/// What a variant says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VariantFacts {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What is made so in it, as NAME=VALUE.
    pub set: Vec<String>,
    /// The addresses of exclusive shares that were rescaled in it, as others of the same whole were set.
    pub rescaled: Vec<String>,
    /// What is learned in it, as propositions.
    pub given: Vec<String>,
}

/// A variant and what a run found of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What it says of itself.
    pub facts: VariantFacts,
    /// What was found; probabilities in the order of [`Report::compared`](super::Report::compared).
    pub found: VariantSummary,
}

impl VariantFacts {
    /// Those of a variant of a file, which makes this model.
    pub fn of(variant: &scenario::Variant, model: Option<&Model>) -> VariantFacts {
        let name = &variant.name.text;
        VariantFacts {
            id: name.clone(),
            label: variant.label.clone().unwrap_or_else(|| name.replace('_', " ")),
            set: variant.set.iter().map(|one| one.text.clone()).collect(),
            rescaled: model.map(|one| one.rescaled.clone()).unwrap_or_default(),
            given: variant.given.iter().map(|one| one.text.clone()).collect(),
        }
    }
}
