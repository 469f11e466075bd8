//! Why a command ends without an answer.

use std::fmt::Display;
use std::path::Path;

use crate::diagnostic::Diagnostic;
pub use crate::session::Failure;

/// A file or folder that could not be read or written.
pub fn file(verb: &str, path: &Path, reason: impl Display, hint: &str) -> Failure {
    let message = format!("can't {verb} `{}`: {reason}", path.display());
    Failure::plain(Diagnostic::error("file", message).hint(hint))
}
