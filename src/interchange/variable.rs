//! Variables of a network.

use super::blocks::StateBlock;
use super::distribution::ConditionalTable;

/// A variable with its states.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// As the file writes it.
    pub name: String,
    /// What people call it, if the file says so.
    pub label: Option<String>,
    /// At least one.
    pub states: Vec<State>,
    /// Indices of the variables that it depends on.
    pub parents: Vec<usize>,
    /// The probabilities of its states.
    pub table: ConditionalTable,
}

/// A state of a variable, or an option of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// As the file writes it.
    pub name: String,
    /// What people call it, if the file says so.
    pub label: Option<String>,
}

impl State {
    pub(super) fn of(block: &StateBlock) -> State {
        State { name: block.name.text.clone(), label: block.label.clone() }
    }
}
