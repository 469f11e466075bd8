//! What a formula depends on directly.

use super::id::Variable;
use super::quantity::Quantity;
use super::term::{Term, TermKind};
use crate::diagnostic::Span;

/// The variables that a formula names directly, also in the parameters of what it draws, with the place of each, in the order of the text.
pub fn mentions(term: &Term, quantities: &[Quantity]) -> Vec<(Variable, Span)> {
    let mut found = Vec::new();
    term.walk(&mut |one| match &one.kind {
        TermKind::Variable(variable) => found.push((*variable, one.span)),
        TermKind::Is(id, _) => found.push((Variable::Category(*id), one.span)),
        TermKind::Table(lookup) => found.extend(lookup.parents.iter().map(|(parent, _)| (*parent, one.span))),
        TermKind::Draw(id) => {
            for parameter in quantities[id.0].shape.parameters() {
                found.extend(mentions(parameter, quantities));
            }
        }
        _ => {}
    });
    found
}
