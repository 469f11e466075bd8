//! What comes from outside: replacements of a file's values, as by `--set NAME=VALUE`, and what was learned, as by
//! `--given EXPR`.

use super::document::{Attachment, attachments_of};
use super::table::verbal;
use crate::diagnostic::{Diagnostic, Excerpt, SourceFile, SourceId};
use crate::expression::{self, Expr, Ident};

/// A new expression for an address. A bare name means its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// Such as `china_approval` or `outcomes.sanctioned.weights.inertia`.
    pub address: Ident,
    /// What stands there now.
    pub expr: Expr,
}

impl Override {
    /// Files that the new expression names.
    pub fn attachments(&self) -> Vec<(String, Attachment)> {
        attachments_of(&self.expr).into_iter().collect()
    }
}

/// Reads `NAME=VALUE`; `file` is the text of the flag, registered under `id`.
///
/// # Errors
/// A flag without `=`, or a value that can't be read.
///
/// ```
/// use foretell::diagnostic::{SourceFile, SourceId};
/// let flag = SourceFile::new("--set", "china_approval=beta(8, 2)");
/// let change = foretell::scenario::parse_override(&flag, SourceId(1)).unwrap();
/// assert_eq!(change.address.text, "china_approval");
/// ```
pub fn parse_override(file: &SourceFile, id: SourceId) -> Result<Override, Diagnostic> {
    let whole = Excerpt::verbatim(id, 0, file.text.as_str());
    let Some((name, value)) = file.text.split_once('=') else {
        return Err(Diagnostic::error("override", "a value to set needs a name and a value")
            .at(whole.whole(), "there is no `=` in it")
            .hint("write NAME=VALUE, as in china_approval=0.9"));
    };
    let start = name.len() - name.trim_start().len();
    let trimmed = name.trim();
    let address = Ident { text: trimmed.into(), span: whole.span(start..start + trimmed.len()) };
    if trimmed.is_empty() {
        return Err(Diagnostic::error("override", "a value to set needs a name")
            .at(whole.span(0..1), "no name before the `=`")
            .hint("write NAME=VALUE, as in china_approval=0.9"));
    }
    let value = Excerpt::verbatim(id, name.len() + 1, value);
    if let Some(problem) = verbal(&value) {
        return Err(problem);
    }
    let expr = expression::parse(&value)?;
    Ok(Override { address, expr })
}

/// Reads a proposition that is known to hold, to be put into [`Document::given`](super::Document::given); `file` is the text
/// of the flag, registered under `id`.
///
/// # Errors
/// A proposition that can't be read.
///
/// ```
/// use foretell::diagnostic::{SourceFile, SourceId};
/// let flag = SourceFile::new("--given", "trade_demand > 0.6 and not deal");
/// assert!(foretell::scenario::parse_given(&flag, SourceId(1)).is_ok());
/// ```
pub fn parse_given(file: &SourceFile, id: SourceId) -> Result<Expr, Diagnostic> {
    expression::parse(&Excerpt::verbatim(id, 0, file.text.as_str()))
}
