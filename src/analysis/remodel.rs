//! A model with other numbers in the file.

use super::Failure;
use crate::model::{FactorId, Model};
use crate::scenario::Override;

/// By how much a factor is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// The factor.
    pub factor: FactorId,
    /// What is added, in its own unit.
    pub by: f64,
    /// The ends of its range.
    pub ends: (f64, f64),
}

/// Who makes a study's model again with other numbers in the file: whoever has the document.
pub trait Remodel: Sync {
    /// The model under what it is under already, and then under these changes.
    ///
    /// # Errors
    /// Numbers that can't stand there, as [`Failure::Unfit`]; an interruption.
    fn remodel(&self, changes: &[Override]) -> Result<Model, Failure>;

    /// The same with factors moved: each has what it had and so much more, cut off at the ends of its range.
    ///
    /// # Errors
    /// As of [`remodel`](Remodel::remodel).
    fn shifted(&self, shifts: &[Shift]) -> Result<Model, Failure>;

    /// Every number that the file states and nothing has replaced, with its address.
    fn numbers(&self) -> Vec<(String, f64)>;
}
