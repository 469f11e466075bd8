//! What was learned, checked.

use super::id::{FactorId, Variable};
use super::term::{Term, TermKind};
use crate::diagnostic::Diagnostic;
use crate::expression::Comparison;
use crate::scenario::Document;

/// The error of an equality that has no probability: of a factor that takes any value between others.
pub(super) fn pointless(
    term: &Term,
    is_continuous: &impl Fn(FactorId) -> bool,
    document: &Document,
) -> Option<Diagnostic> {
    let mut found = None;
    term.walk(&mut |one| {
        let TermKind::Compare(Comparison::Equal, a, b) = &one.kind else { return };
        let (TermKind::Variable(Variable::Factor(id)), Some(value)) = (&a.kind, b.as_constant()) else {
            return;
        };
        let name = &document.factors[id.0].name.text;
        if is_continuous(*id) {
            let (low, high) = (value - 0.05 * value.abs().max(1.0), value + 0.05 * value.abs().max(1.0));
            found = Some(
                Diagnostic::error(
                    "point-evidence",
                    format!("`{name}` hits a single value with probability 0"),
                )
                .at(one.span, "nothing can be learned from this")
                .hint(format!("write an interval: `{name} > {low} and {name} < {high}`"))
                .hint(format!("to make it so instead of learning it, write `--set {name}={value}`")),
            );
        }
    });
    found
}
