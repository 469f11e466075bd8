//! What comes from outside: replacements of a file's values, as by `--set NAME=VALUE`, and what was learned, as by
//! `--given EXPR`.

use super::value::Override;
use crate::diagnostic::{Diagnostic, Excerpt, SourceFile, SourceId};
use crate::expression::{self, Expr, Ident, Node, scale};

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
    let Some((name, value)) = split(&file.text) else {
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
    let expr = match word(&address, &value) {
        Some(word) => word,
        None => expression::parse(&value)?,
    };
    Ok(Override { address, expr })
}

/// A word of the verbal scale where one can stand: likelihoods are the only numbers that may be written so.
pub(super) fn word(address: &Ident, value: &Excerpt) -> Option<Expr> {
    let word = value.content().trim().trim_matches(['"', '\'']);
    let is_word = address.text.starts_with("evidence.") && scale::band(word).is_some();
    is_word.then(|| Expr { node: Node::Text(word.into()), span: value.whole() })
}

/// Name and value, at the first `=` that is no part of a comparison: conditions of causes are parts of addresses.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let is_compared =
        |at: usize| text[..at].ends_with(['=', '<', '>', '!']) || text[at + 1..].starts_with('=');
    let single = text.match_indices('=').find(|(at, _)| !is_compared(*at));
    match single {
        Some((at, _)) => Some((&text[..at], &text[at + 1..])),
        None => text.split_once('='),
    }
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
