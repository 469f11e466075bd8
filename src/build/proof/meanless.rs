//! Values of which it is known that they have no mean.

use std::collections::BTreeSet;

use crate::expression::{Binary, Unary};
use crate::model::{Model, Quantity, Term, TermKind, Variable, constant};

impl Model {
    /// The variables without a mean, as far as can be seen: draws of a law without one, such as Cauchy's, and what is made
    /// of them by adding a constant or multiplying by one. The mean of their draws says nothing.
    pub fn without_mean(&self) -> BTreeSet<Variable> {
        let mut found = BTreeSet::new();
        for variable in &self.order {
            if lacks_mean(self.formula(*variable), &self.quantities, &found) {
                found.insert(*variable);
            }
        }
        found
    }
}

fn lacks_mean(term: &Term, quantities: &[Quantity], known: &BTreeSet<Variable>) -> bool {
    let lacks = |term: &Term| lacks_mean(term, quantities, known);
    let is_number = |term: &Term| constant(term).is_some();
    let is_scale = |term: &Term| constant(term).is_some_and(|scale| scale != 0.0 && scale.is_finite());
    match &term.kind {
        TermKind::Variable(variable) => known.contains(variable),
        TermKind::Draw(id) => quantities[id.0].shape.fixed().is_some_and(|law| !law.mean().is_finite()),
        TermKind::Unary(Unary::Negate, inner) => lacks(inner),
        TermKind::Binary(Binary::Add | Binary::Subtract, a, b) => {
            (lacks(a) && is_number(b)) || (is_number(a) && lacks(b))
        }
        TermKind::Binary(Binary::Multiply, a, b) => (lacks(a) && is_scale(b)) || (is_scale(a) && lacks(b)),
        TermKind::Binary(Binary::Divide, a, b) => lacks(a) && is_scale(b),
        _ => false,
    }
}
