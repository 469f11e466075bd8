//! What a question is.

use super::answered::Answered;
use super::round::{Round, Topic};
use super::{Failure, Study};

/// A question that is put to a model: it asks, looks at draws, as often as it must, and says what it found.
///
/// `examples/own_question.rs` defines one outside of this crate. A question that one round of draws answers is a [`Topic`].
pub trait Question {
    /// What it finds: plain data, with [`Serialize`](serde::Serialize) and [`JsonSchema`](schemars::JsonSchema) where it is to
    /// be printed.
    type Finding;

    /// Whether draws are what it measures by, so that there have to be enough of them to tell an error; else they are what it tells.
    fn measures(&self) -> bool {
        true
    }

    /// Answers it.
    ///
    /// # Errors
    /// What is asked can't be computed, or somebody interrupts.
    fn answer(&self, study: &Study) -> Result<Answered<Self::Finding>, Failure>;
}

impl<T: Topic> Question for T {
    type Finding = T::Finding;

    fn answer(&self, study: &Study) -> Result<Answered<T::Finding>, Failure> {
        Round::compile(self, study)?.draw()
    }
}
