//! Why a question has no answer.

use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::program::{CompileError, Unholdable};
use crate::simulation::Interrupted;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Failure {
    /// The model, or one of its variants by position, can't be compiled with what is asked of it.
    Compile(CompileError, Option<usize>),
    /// Something can't be held at the value at which the question wants to look.
    Unholdable(Unholdable),
    /// The question can't be put to this model: the message says why.
    Unfit(Box<Diagnostic>),
    /// The run was told to end.
    Interrupted,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Failure::Compile(error, _) => error.fmt(f),
            Failure::Unholdable(error) => error.fmt(f),
            Failure::Unfit(message) => f.write_str(&message.message),
            Failure::Interrupted => Interrupted.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Interrupted> for Failure {
    fn from(_: Interrupted) -> Failure {
        Failure::Interrupted
    }
}

impl From<Diagnostic> for Failure {
    fn from(message: Diagnostic) -> Failure {
        Failure::Unfit(Box::new(message))
    }
}

impl From<Unholdable> for Failure {
    fn from(error: Unholdable) -> Failure {
        Failure::Unholdable(error)
    }
}

impl From<CompileError> for Failure {
    fn from(error: CompileError) -> Failure {
        Failure::Compile(error, None)
    }
}
