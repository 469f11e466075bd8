//! What was learned, checked.

use super::builder::Builder;
use super::place::{Place, Randomness};
use super::proof::affine;
use crate::diagnostic::{Diagnostic, Hint};
use crate::expression::Comparison;
use crate::model::{FactorId, Term, TermKind, Variable};
use crate::scenario::Document;

impl Builder<'_> {
    /// What was learned: propositions over anything, the outcome too.
    pub(super) fn given(&mut self) -> Option<Vec<Term>> {
        let place =
            Place { address: "given", randomness: Randomness::No("what was learned"), outcomes: true };
        let document = self.document;
        let terms: Vec<Option<Term>> = document
            .given
            .iter()
            .map(|expr| {
                let term = self.resolver.truth(expr, &place)?;
                let problem = pointless(&term, &|id| self.is_continuous(id), document);
                problem.map_or(Some(term), |problem| {
                    self.report(problem);
                    None
                })
            })
            .collect();
        terms.into_iter().collect()
    }

    /// Whether a factor takes each of its values with probability 0.
    pub(super) fn is_continuous(&self, id: FactorId) -> bool {
        let drawn = self.term(Variable::Factor(id)).and_then(affine::affine);
        let law = drawn.and_then(|(id, ..)| self.resolver.quantities[id.0].shape.fixed());
        law.is_some_and(|law| !law.has_atoms())
    }
}

/// The error of an equality that has no probability: of a factor that takes any value between others.
fn pointless(
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
                    format!("that `{name}` is exactly one number has probability 0"),
                )
                .at(one.span, "nothing can be learned from this")
                .hint(
                    Hint::new(format!("learn an interval: write `{name} > {low} and {name} < {high}`"))
                        .edit(one.span, format!("{name} > {low} and {name} < {high}")),
                )
                .hint(format!(
                    "to make it so instead of learning it, set it, as with `--set {name}={value}`"
                )),
            );
        }
    });
    found
}
