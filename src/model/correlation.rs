//! `[[correlations]]` to members of copulas.

use super::build::Builder;
use super::copula::{self, Member, Pair};
use super::factor;
use super::id::{FactorId, Variable};
use super::names::Named;
use super::term::{Term, TermKind};
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::Ident;

impl<'a> Builder<'a> {
    /// The correlations of the file, checked against the file alone.
    pub(super) fn pairs(&mut self) -> Vec<Pair<'a>> {
        let mut pairs: Vec<Pair> = Vec::new();
        for given in &self.document.correlations {
            let [Some(a), Some(b)] = [0, 1].map(|at| self.correlated(&given.between[at])) else { continue };
            let again = pairs.iter().find(|pair| pair.factors == [a, b] || pair.factors == [b, a]);
            let pair = Pair::new([a, b], given);
            if a == b {
                self.report(with_itself(&pair));
            } else if let Some(first) = again.map(Pair::span) {
                self.report(given_twice(&pair, first));
            } else {
                pairs.push(pair);
            }
        }
        for group in copula::groups(&pairs) {
            let members: Vec<Member> = group.iter().filter_map(|factor| self.member(*factor)).collect();
            self.resolver.found.extend(copula::contradiction(&pairs, &group, &members));
        }
        pairs
    }

    /// The factor of this name, if it can be correlated.
    fn correlated(&mut self, name: &Ident) -> Option<FactorId> {
        let Some(Named::Variable(Variable::Factor(id))) = self.resolver.names.get(&name.text) else {
            let admits = |named| matches!(named, Named::Variable(Variable::Factor(_)));
            let problem = self.resolver.names.unknown(name, "a factor", admits);
            self.report(problem);
            return None;
        };
        // What is wrong with a formula that could not be read is told already.
        let term = self.term(Variable::Factor(id))?;
        if self.member(id).is_some() {
            return Some(id);
        }
        let problem = not_correlated(&name.text, name.span, term.span);
        self.report(problem);
        None
    }

    /// The member of a copula that a factor is, if it is simple and continuous.
    fn member(&self, factor: FactorId) -> Option<Member> {
        let (quantity, scale, shift) = factor::affine(self.term(Variable::Factor(factor))?)?;
        let drawn = &self.resolver.quantities[quantity.0];
        let distribution = factor::scaled(drawn.shape.fixed()?, scale, shift)?;
        let sign = if scale < 0.0 { -1.0 } else { 1.0 };
        let member = Member { factor, quantity, dimension: drawn.dimension, sign };
        (!distribution.has_atoms()).then_some(member)
    }

    /// Draws each group from correlated normals. An override without a draw cuts its factor out of the group.
    pub(super) fn couple(&mut self, pairs: &[Pair]) {
        for group in copula::groups(pairs) {
            let mut members = Vec::new();
            for factor in group {
                match (self.member(factor), self.term(Variable::Factor(factor))) {
                    (Some(member), _) => members.push(member),
                    (None, Some(term)) if draws(term) => {
                        let name = &self.document.factors[factor.0].name;
                        let problem = not_correlated(&name.text, term.span, name.span);
                        self.report(problem);
                    }
                    _ => {}
                }
            }
            for (quantity, normals) in copula::normals(pairs, members) {
                self.resolver.quantities[quantity.0].normals = normals;
            }
        }
    }
}

/// Whether a formula has a draw of its own.
fn draws(term: &Term) -> bool {
    let mut found = false;
    term.walk(&mut |one| found |= matches!(one.kind, TermKind::Draw(_)));
    found
}

fn not_correlated(name: &str, place: Span, other: Span) -> Diagnostic {
    Diagnostic::error("correlation", format!("`{name}` can't be correlated"))
        .at(place, "needs one continuous distribution with constant parameters")
        .at(other, format!("what `{name}` is"))
        .hint("correlate factors such as `beta(2, 5)` or `1 - 0.5 * beta(2, 5)`; let others depend on these")
}

fn with_itself(pair: &Pair) -> Diagnostic {
    Diagnostic::error("correlation", format!("`{}` can't be correlated with itself", pair.names()[0].text))
        .at(pair.span(), "the same factor twice")
        .hint("name two factors, as in `between = [\"a\", \"b\"]`")
}

fn given_twice(pair: &Pair, first: Span) -> Diagnostic {
    let [a, b] = pair.names();
    let message = format!("the correlation of `{}` and `{}` is given twice", a.text, b.text);
    Diagnostic::error("correlation", message)
        .at(pair.span(), "the second")
        .at(first, "the first")
        .hint("remove one of the two")
}
