//! Why there is no answer at a place.

use schemars::JsonSchema;
use serde::Serialize;

/// Why there is no answer at a place.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Gap {
    /// What was learned can't be there.
    Impossible,
    /// What was learned leaves too few draws there.
    Rare,
    /// Too many draws give no number there.
    Void,
    /// Time ran out before it was looked at.
    Late,
}

impl Gap {
    /// As in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Gap::Impossible => "impossible",
            Gap::Rare => "rare",
            Gap::Void => "void",
            Gap::Late => "late",
        }
    }

    /// In a word or two.
    pub fn words(self) -> &'static str {
        match self {
            Gap::Impossible => "impossible",
            Gap::Rare => "too rare",
            Gap::Void => "no number",
            Gap::Late => "not looked at",
        }
    }
}
