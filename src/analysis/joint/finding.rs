//! What is found of how things go together.

use schemars::JsonSchema;
use serde::Serialize;

use super::aspect::{Aspect, State};
use crate::analysis::estimated::{BeyondIndependence, Conditional, Probability};

/// The probabilities of all combinations of the states of two or three things.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct JointFinding {
    /// The things, in the order in which they were named.
    pub of: Vec<AspectFinding>,
    /// Every combination of their states, the last one's states changing fastest.
    pub cells: Vec<CellFinding>,
    /// The sums over the states of some of the things.
    pub margins: Vec<MarginFinding>,
}

/// One of the things.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AspectFinding {
    /// Its name: of the outcome `outcome`, of the theory `theory`, of a proposition what was written.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// Its states; of what is so or not `true` and `false`.
    pub states: Vec<StateName>,
    /// Whether it is so or not.
    #[serde(skip)]
    pub is_truth: bool,
}

/// What a state is called.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StateName {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// What it is called where the thing is not named beside it.
    #[serde(skip)]
    pub phrase: String,
}

/// One combination of states.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CellFinding {
    /// The states, by their names, in the order of the things.
    pub states: Vec<String>,
    /// Their positions among the states of each.
    #[serde(skip)]
    pub at: Vec<usize>,
    /// The probability of all of them together.
    #[serde(flatten)]
    pub probability: Probability,
    /// The probability of the second thing's state given those of the others; null where these can't be.
    #[serde(flatten)]
    pub conditional: Conditional,
    /// By how much all of them together are more probable than if the things were independent.
    #[serde(flatten)]
    pub beyond_independence: BeyondIndependence,
}

/// A sum of cells.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MarginFinding {
    /// The states, by their names, in the order of the things; null for a thing whose states are summed over.
    pub states: Vec<Option<String>>,
    /// Their positions among the states of each.
    #[serde(skip)]
    pub at: Vec<Option<usize>>,
    /// The probability of those that are named.
    #[serde(flatten)]
    pub probability: Probability,
}

impl JointFinding {
    /// The cell at a position for each of the things.
    pub fn cell(&self, at: &[usize]) -> Option<&CellFinding> {
        self.cells.iter().find(|one| one.at == at)
    }

    /// The sum over the things that have no position.
    pub fn margin(&self, at: &[Option<usize>]) -> Option<&MarginFinding> {
        self.margins.iter().find(|one| one.at == at)
    }

    /// The states of the third thing, by position; where there are two things, none once.
    pub fn panels(&self) -> Vec<Option<usize>> {
        match self.of.get(2) {
            Some(third) => (0..third.states.len()).map(Some).collect(),
            None => vec![None],
        }
    }
}

impl AspectFinding {
    pub(super) fn of(aspect: &Aspect) -> AspectFinding {
        let state = |one: &State| StateName {
            id: one.named.id.clone(),
            label: one.named.label.clone(),
            short: one.named.short.clone().unwrap_or_else(|| one.named.label.clone()),
            phrase: one.phrase.clone(),
        };
        AspectFinding {
            id: aspect.named.id.clone(),
            label: aspect.named.label.clone(),
            short: aspect.named.short.clone().unwrap_or_else(|| aspect.named.label.clone()),
            states: aspect.states.iter().map(state).collect(),
            is_truth: aspect.is_truth,
        }
    }
}
