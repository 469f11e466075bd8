//! What is said where time ran out.

use crate::diagnostic::Diagnostic;

/// The warning that something was not done any more, as in "the shares were told".
pub(super) fn out_of_time(undone: &str) -> Diagnostic {
    Diagnostic::warning("time", format!("time ran out before {undone}"))
        .hint("what is told stands; allow more with --max-time")
}
