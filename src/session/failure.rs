//! Why a scenario gives no answer.

use std::fmt;

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Sources, Style, render_all};
use crate::limits::Exceeded;
use crate::simulation::Interrupted;

/// Nothing was done; or nothing that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The file, the changes or the machine said no: the messages, and the texts that they are about.
    No(Box<Sources>, Diagnostics),
    /// Somebody interrupted.
    Interrupted,
}

impl Failure {
    /// One message that is about no place in a text.
    pub fn plain(message: Diagnostic) -> Failure {
        Failure::about(Sources::new(SourceFile::new("", "")), message)
    }

    /// One message about the texts.
    pub fn about(sources: Sources, message: Diagnostic) -> Failure {
        let mut list = Diagnostics::new();
        list.push(message);
        Failure::No(Box::new(sources), list)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Failure::No(sources, list) => f.write_str(render_all(list, sources, Style::Plain).trim_end()),
            Failure::Interrupted => Interrupted.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Exceeded> for Failure {
    fn from(limit: Exceeded) -> Failure {
        match limit {
            Exceeded::Stopped => Failure::Interrupted,
            Exceeded::Memory { .. } => {
                let message = format!("the scenario {limit}");
                let hint = "make its tables and its groups smaller, or allow more with --memory SIZE";
                Failure::plain(Diagnostic::error("memory", message).hint(hint))
            }
        }
    }
}

impl From<Interrupted> for Failure {
    fn from(_: Interrupted) -> Failure {
        Failure::Interrupted
    }
}
