//! Rows of conditional tables.

use super::value::Value;
use crate::diagnostic::Span;
use crate::expression::Ident;

/// Probabilities by the names of states.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// State and probability.
    pub entries: Vec<(Ident, Value)>,
    /// Where they stand.
    pub span: Span,
}

/// A row of a conditional table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The states that it is for; `None` for `else = true`.
    pub when: Option<Vec<Choice>>,
    /// The probabilities; for an event that of its happening, under the name `true`.
    pub shares: Shares,
    /// Where it stands.
    pub span: Span,
}

/// Some states of a parent, as in `china = ["tolerates", "approves"]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The parent.
    pub parent: Ident,
    /// Its states; `true` and `false` for an event.
    pub states: Vec<Ident>,
}

impl Shares {
    /// The address of their table; `None` if it is empty.
    pub fn path(&self) -> Option<&str> {
        let (state, value) = self.entries.first()?;
        value.address.strip_suffix(&state.text)?.strip_suffix('.')
    }

    /// Their expressions.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.entries.iter().map(|(_, value)| value)
    }
}
