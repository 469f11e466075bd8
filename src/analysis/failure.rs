//! Why a question has no answer.

use crate::program::CompileError;
use crate::simulation::Interrupted;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The model can't be compiled with what is asked of it.
    Compile(CompileError),
    /// The run was told to end.
    Interrupted,
}

impl From<Interrupted> for Failure {
    fn from(_: Interrupted) -> Failure {
        Failure::Interrupted
    }
}

impl From<CompileError> for Failure {
    fn from(error: CompileError) -> Failure {
        Failure::Compile(error)
    }
}
