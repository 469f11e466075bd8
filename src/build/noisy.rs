//! Events with many causes that work apart from each other.

use super::chances::ChanceReader;
use crate::expression::{Binary, Unary};
use crate::model::{Product, Term, TermKind};
use crate::scenario::{Gate, Noisy};

impl ChanceReader<'_> {
    /// The probability of an event with many causes. `conditions` are those of the causes, in their order.
    ///
    /// A noisy or (Pearl 1988, section 4.3.2): P(not e) = (1 − leak) Π over causes that hold (1 − strength). A noisy and
    /// (Díez & Druzdzel 2006): P(e) = ceiling Π over causes that do not hold strength.
    pub(super) fn noisy(&mut self, noisy: &Noisy, conditions: &[Term]) -> Option<(Term, Product)> {
        let span = noisy.span;
        let one = Term::constant(1.0, span);
        let limit = match &noisy.limit {
            Some(value) => {
                let term = self.term(value)?;
                self.chance(term)?
            }
            None => Term::constant(if noisy.gate == Gate::Or { 0.0 } else { 1.0 }, span),
        };
        let mut parts = vec![match noisy.gate {
            Gate::Or => limit.unary(Unary::Not),
            Gate::And => limit,
        }];
        for (condition, (_, strength)) in conditions.iter().zip(&noisy.causes) {
            let strength = self.term(strength)?;
            let strength = self.chance(strength)?;
            let (holds, lacks) = match noisy.gate {
                Gate::Or => (strength.unary(Unary::Not), one.clone()),
                Gate::And => (one.clone(), strength),
            };
            let place = condition.span;
            let kind = TermKind::If(Box::new([condition.clone(), holds, lacks]));
            parts.push(Term { kind, span: place });
        }
        let product = Term::join(parts.clone(), Binary::Multiply, |_| span);
        let probability = match noisy.gate {
            Gate::Or => product.unary(Unary::Not),
            Gate::And => product,
        };
        Some((probability, Product { happens: noisy.gate == Gate::And, parts }))
    }
}
