//! The word for the theory that is right, and the names that it is compared with.

use crate::diagnostic::{Diagnostic, Hint, Span, did_you_mean, list};
use crate::expression::{Comparison, Expr, Ident, Node, Unary};
use crate::model::{Term, TermKind, TheoryId};
use crate::scenario::{self, Document};

/// The word that stands for the theory that is right.
pub(super) const WORD: &str = "theory";

/// What it is called in format 1.
pub(super) const OLD: &str = "model";

/// The error of a comparison as in format 1, of the theory with what is written as `other`.
pub(super) fn called_model(span: Span, other: &Expr) -> Diagnostic {
    let hint = match &other.node {
        Node::Name(name) => Hint::new(format!("write `theory`, as in `theory == {name}`")).edit(span, WORD),
        _ => "the word is `theory`, and is compared with the name of one".into(),
    };
    Diagnostic::error("format-version", "the theory that is right is called `theory`, not `model`")
        .at(span, "as in format 1")
        .hint(hint)
}

/// What to write for an address as in format 1, in a file with theories: `model`, or one that begins with `models.`.
pub(super) fn renamed(document: &Document, written: &Ident) -> Option<Diagnostic> {
    let new = match written.text.strip_prefix("models.") {
        Some(rest) => format!("theories.{rest}"),
        None if written.text == OLD => WORD.into(),
        None => return None,
    };
    let error = Diagnostic::error("format-version", format!("`{}` is called `{new}`", written.text));
    let place = written.span.of_name(&written.text);
    let hint = place.map_or_else(|| format!("set `{new}`").into(), |place| Hint::write(place, new.as_str()));
    let error = error.at(written.span, "as in format 1").hint(hint);
    (!document.theories.is_empty()).then_some(error)
}

/// Where the weight of a theory stands, or would stand.
pub(super) fn address(theory: &scenario::Theory) -> String {
    format!("theories.{}.weight", theory.name.text)
}

/// The theory that an expression names.
///
/// # Errors
/// It names none.
pub(super) fn named(document: &Document, written: &Expr) -> Result<TheoryId, Diagnostic> {
    let names = || document.theories.iter().map(|one| one.name.text.as_str());
    let text = match &written.node {
        Node::Name(text) => text.as_str(),
        _ => "",
    };
    if let Some(at) = names().position(|one| one == text) {
        return Ok(TheoryId(at));
    }
    let message = match text {
        "" => "`theory` can be compared with the names of theories only".into(),
        _ => format!("no theory is called `{text}`"),
    };
    let hint = match did_you_mean(text, names()) {
        Some(near) => Hint::meant(written.span, text, near),
        None => format!("the theories are {}", list(names(), "and")).into(),
    };
    Err(Diagnostic::error("unknown-theory", message).at(written.span, "not among `[theories]`").hint(hint))
}

/// `theory == realist`.
///
/// # Errors
/// It is compared with no theory, or by size.
pub(super) fn compare(
    document: &Document,
    comparison: Comparison,
    other: &Expr,
    span: Span,
) -> Result<Term, Diagnostic> {
    let id = named(document, other)?;
    let term = Term { kind: TermKind::Theory(id), span };
    match comparison {
        Comparison::Equal => Ok(term),
        Comparison::NotEqual => Ok(term.unary(Unary::Not)),
        _ => {
            let name = &document.theories[id.0].name.text;
            Err(Diagnostic::error("wrong-type", "theories have no order")
                .at(span, "neither more nor less")
                .hint(
                    Hint::new(format!("write `theory == {name}` or `theory != {name}`"))
                        .edit(span, format!("theory == {name}")),
                ))
        }
    }
}

/// The error of the word for the theory that is right where it is compared with nothing, or where nothing may depend on it.
pub(super) fn misplaced(span: Span, first: &scenario::Theory, is_proposition: bool) -> Diagnostic {
    let hint = match is_proposition {
        true => format!("compare it with a theory, as in `theory == {}`", first.name.text),
        false => {
            "what a theory says of the factors goes into its outcomes; compare it in claims and with --given"
                .into()
        }
    };
    Diagnostic::error("misplaced", "`theory` can't stand here").at(span, "has no value here").hint(hint)
}
