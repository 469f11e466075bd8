//! Comparisons: of numbers, of truths, of factors with their states, of the outcome and the theory with their names.

use super::kind::Kind;
use super::mistakes::misplaced;
use super::names::Meaning;
use super::place::Place;
use super::resolver::{Resolved, Resolver};
use super::truths::counted;
use super::{mistakes, theory_word};
use crate::diagnostic::{Diagnostic, Hint, Span};
use crate::expression::{Comparison, Expr, Ident, Node, Unary};
use crate::model::{CategoryId, Term, TermKind, Variable};

impl Resolver<'_> {
    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        a: &Expr,
        b: &Expr,
        place: &Place,
        span: Span,
    ) -> Resolved {
        if !place.outcomes
            && let Some(outcome) = [a, b].into_iter().find(|one| one.node == Node::Outcome)
        {
            self.found.push(misplaced(outcome));
            return None;
        }
        if place.outcomes && (a.node == Node::Outcome || b.node == Node::Outcome) {
            return self.compare_outcome(comparison, a, b, place, span);
        }
        for (one, other) in [(a, b), (b, a)] {
            if self.is_old_theory(one) {
                self.found.push(theory_word::called_model(one.span, other));
                return None;
            }
            if self.is_theory(one) {
                if !place.outcomes {
                    return self.any(one, place);
                }
                let term = theory_word::compare(self.document, comparison, other, span);
                return Some((term.map_err(|problem| self.found.push(problem)).ok()?, Kind::Truth));
            }
            if let Some(id) = self.category(one) {
                return self.compare_state(comparison, id, other, span);
            }
        }
        let (left, right) = (self.any(a, place), self.any(b, place));
        let ((left, one), (right, other)) = (left?, right?);
        // Of a factor with states the comparison is told above.
        let count = |term, kind| if kind == Kind::Truth && one != other { counted(term) } else { term };
        let (left, right) = (count(left, one), count(right, other));
        let kind = TermKind::Compare(comparison, Box::new(left), Box::new(right));
        Some((Term { kind, span }, Kind::Truth))
    }

    /// `outcome == name`.
    fn compare_outcome(
        &mut self,
        comparison: Comparison,
        a: &Expr,
        b: &Expr,
        place: &Place,
        span: Span,
    ) -> Resolved {
        let other = if a.node == Node::Outcome { b } else { a };
        let Node::Name(text) = &other.node else {
            self.found.push(misplaced(if a.node == Node::Outcome { a } else { b }));
            return None;
        };
        let name = Ident { text: text.clone(), span: other.span };
        let Some(Meaning::Outcome(_)) = self.names.get(text) else {
            self.found
                .push(self.names.unknown(&name, "an outcome", |named| matches!(named, Meaning::Outcome(_))));
            return None;
        };
        let (term, kind) = self.name(&name, place)?;
        match comparison {
            Comparison::Equal => Some((Term { span, ..term }, kind)),
            Comparison::NotEqual => Some((term.unary(Unary::Not), kind)),
            _ => {
                self.found.push(
                    Diagnostic::error("wrong-type", "outcomes have no order")
                        .at(span, "neither more nor less")
                        .hint(
                            Hint::new(format!("write `outcome == {text}` or `outcome != {text}`"))
                                .edit(span, format!("outcome == {text}")),
                        ),
                );
                None
            }
        }
    }

    /// Whether an expression is the word that format 1 has for the theory that is right, in a file with theories.
    fn is_old_theory(&self, expr: &Expr) -> bool {
        let is_word = matches!(&expr.node, Node::Name(name) if name == theory_word::OLD);
        is_word && !self.document.theories.is_empty() && self.names.get(theory_word::OLD).is_none()
    }

    /// Whether an expression is the word for the theory that is right.
    fn is_theory(&self, expr: &Expr) -> bool {
        !self.document.theories.is_empty()
            && matches!(&expr.node, Node::Name(name) if name == theory_word::WORD)
    }

    /// The factor with states that an expression names.
    fn category(&self, expr: &Expr) -> Option<CategoryId> {
        match &expr.node {
            Node::Name(name) => match self.names.get(name) {
                Some(Meaning::Variable(Variable::Category(id))) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }

    /// `china == approves`.
    fn compare_state(
        &mut self,
        comparison: Comparison,
        id: CategoryId,
        other: &Expr,
        span: Span,
    ) -> Resolved {
        let category = &self.document.categories[id.0];
        let at = match &other.node {
            Node::Name(name) => category.states.iter().position(|state| state.text == *name),
            _ => None,
        };
        let Some(state) = at else {
            self.found.push(mistakes::not_a_state(category, other));
            return None;
        };
        let term = Term { kind: TermKind::Is(id, state), span };
        match comparison {
            Comparison::Equal => Some((term, Kind::Truth)),
            Comparison::NotEqual => Some((term.unary(Unary::Not), Kind::Truth)),
            _ => {
                self.found.push(mistakes::no_order(category, state, span));
                None
            }
        }
    }
}
