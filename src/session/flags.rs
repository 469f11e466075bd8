//! Values of flags, each of which is a text of its own in messages.

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, SourceId, Sources};

/// Reads each value of a flag, under a source of its own.
pub(super) fn flags<T>(
    flag: &str,
    values: &[String],
    sources: &mut Sources,
    found: &mut Diagnostics,
    parse: impl Fn(&SourceFile, SourceId) -> Result<T, Diagnostic>,
) -> Vec<T> {
    let mut read = Vec::new();
    for text in values {
        let source = SourceFile::new(flag, text);
        let id = sources.add(source.clone());
        match parse(&source, id) {
            Ok(one) => read.push(one),
            Err(problem) => found.push(problem),
        }
    }
    read
}
