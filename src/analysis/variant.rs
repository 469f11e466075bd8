//! A variant of a file.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Model;
use crate::scenario;

/// A variant of a file: what it says of itself, and its model.
#[derive(Clone, Debug)]
pub struct Variant {
    /// What it says of itself.
    pub facts: VariantFacts,
    /// What the file means in it.
    pub model: Model,
}

/// What a variant says of itself.
#[derive(Clone, Debug, Default, JsonSchema, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VariantFacts {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What is made so in it, as NAME=VALUE.
    pub set: Vec<String>,
    /// What is learned in it, as propositions.
    pub given: Vec<String>,
    /// The addresses of exclusive shares that were rescaled in it, as others of the same whole were set.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rescaled: Vec<String>,
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
