//! Addresses: which value of the file a name from outside means.

use super::id::Variable;
use super::names::{Named, Names};
use super::theories;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::expression::Ident;
use crate::scenario::Document;

/// The full address that `written` means; a bare name means its value.
///
/// # Errors
/// An address that the file does not have.
pub(super) fn address(written: &Ident, names: &Names, document: &Document) -> Result<String, Diagnostic> {
    let full = match names.get(&written.text) {
        Some(Named::Variable(Variable::Factor(_))) => format!("factors.{}.value", written.text),
        Some(Named::Variable(Variable::Derived(_))) => format!("derived.{}.value", written.text),
        Some(Named::Variable(Variable::Event(_))) => {
            return Ok(format!("events.{}.probability", written.text));
        }
        Some(Named::Variable(Variable::Category(_))) => return Ok(format!("factors.{}.state", written.text)),
        Some(Named::Outcome(_)) => return Err(outcome(written)),
        None if is_of_theories(&written.text, document) => return Ok(written.text.clone()),
        None => written.text.clone(),
    };
    let known: Vec<&str> = document.values().into_iter().map(|value| value.address.as_str()).collect();
    if known.contains(&full.as_str()) || document.unreadable.contains(&full) {
        Ok(full)
    } else {
        Err(unknown(written, names, &known))
    }
}

/// Whether it is the weight of a theory, or which theory is right.
fn is_of_theories(written: &str, document: &Document) -> bool {
    document.theories.iter().any(|one| written == theories::WORD || written == theories::address(one))
}

fn outcome(written: &Ident) -> Diagnostic {
    let name = &written.text;
    Diagnostic::error(
        "override",
        format!("`{name}` is an outcome: it follows from the factors and can't be set"),
    )
    .at(written.span, "an outcome")
    .hint(format!("set what it depends on, or a part of it such as `outcomes.{name}.base`"))
}

fn unknown(written: &Ident, names: &Names, known: &[&str]) -> Diagnostic {
    if !written.text.contains('.') {
        let admits = |named| matches!(named, Named::Variable(_));
        return names.unknown(written, "a factor, derived value or event", admits);
    }
    let hint = match did_you_mean(&written.text, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "addresses look like `factors.NAME.value` or `outcomes.NAME.weights.NAME`".into(),
    };
    Diagnostic::error("unknown-name", format!("the file has no `{}`", written.text))
        .at(written.span, "no such address")
        .hint(hint)
}
