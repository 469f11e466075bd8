//! A model with other numbers in the file.

use super::Failure;
use crate::model::Model;
use crate::scenario::Override;

/// Who makes a study's model again with other numbers in the file: whoever has the document.
pub trait Remodel: Sync {
    /// The model under what it is under already, and then under these changes.
    ///
    /// # Errors
    /// Numbers that can't stand there, as [`Failure::Unfit`]; an interruption.
    fn remodel(&self, changes: &[Override]) -> Result<Model, Failure>;

    /// Every number that the file states and nothing has replaced, with its address.
    fn numbers(&self) -> Vec<(String, f64)>;
}
