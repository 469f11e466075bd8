//! Why a command ends without an answer.

use std::fmt::Display;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Sources};
use crate::limits::Exceeded;
use crate::simulation::Interrupted;

/// Nothing was done; or nothing that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The file, the arguments or the machine said no.
    No(Box<Sources>, Diagnostics),
    /// Ctrl-C, SIGTERM or SIGHUP.
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

    /// A file or folder that could not be read or written.
    pub fn file(verb: &str, path: &Path, reason: impl Display, hint: &str) -> Failure {
        let message = format!("can't {verb} `{}`: {reason}", path.display());
        Failure::plain(Diagnostic::error("file", message).hint(hint))
    }
}

impl From<Exceeded> for Failure {
    fn from(limit: Exceeded) -> Failure {
        match limit {
            Exceeded::Stopped => Failure::Interrupted,
            Exceeded::Memory { .. } => {
                let message = format!("the scenario {limit}");
                Failure::plain(
                    Diagnostic::error("memory", message).hint("make its tables and its groups smaller"),
                )
            }
        }
    }
}

impl From<Interrupted> for Failure {
    fn from(_: Interrupted) -> Failure {
        Failure::Interrupted
    }
}
