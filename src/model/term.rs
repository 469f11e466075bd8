//! Expressions whose names are resolved and whose kinds are right.

use super::id::{CategoryId, OutcomeId, QuantityId, TheoryId, Variable};
use crate::diagnostic::Span;
use crate::expression::{Binary, Comparison, Unary};

/// A formula of the model and the place it came from. Truths are 1 and 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it is.
    pub kind: TermKind,
    /// Where it was written.
    pub span: Span,
}

/// What a term can be.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TermKind {
    /// A constant.
    Constant(f64),
    /// The value of a factor, a derived value or an event.
    Variable(Variable),
    /// Whether a factor with states is in this one of them.
    Is(CategoryId, usize),
    /// The formula of the row that the states of some parents choose.
    Table(Box<Lookup>),
    /// Whether this is the outcome; in propositions only.
    Outcome(OutcomeId),
    /// Whether this theory is the right one; in propositions only.
    Theory(TheoryId),
    /// A draw of an uncertain quantity.
    Draw(QuantityId),
    /// An operation on one value.
    Unary(Unary, Box<Term>),
    /// An operation on two values.
    Binary(Binary, Box<Term>, Box<Term>),
    /// A comparison.
    Compare(Comparison, Box<Term>, Box<Term>),
    /// Condition, then, else.
    If(Box<[Term; 3]>),
    /// The value if it lies in [low, high], else void.
    Within(Box<Term>, f64, f64),
}

/// A formula for each combination of states of some events and factors with states.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    /// What decides the row, each with its number of states; an event has two, the first of which is that it does not
    /// happen.
    pub parents: Vec<(Variable, usize)>,
    /// A formula for each combination, the last parent's states changing fastest.
    pub rows: Vec<Term>,
}

impl Lookup {
    /// The row of a combination of states, which `state` gives for each parent.
    pub fn row<E>(&self, mut state: impl FnMut(Variable) -> Result<usize, E>) -> Result<&Term, E> {
        let mut at = 0;
        for (parent, count) in &self.parents {
            at = at * count + state(*parent)?;
        }
        Ok(&self.rows[at])
    }
}

impl Term {
    /// A constant.
    pub fn constant(value: f64, span: Span) -> Term {
        Term { kind: TermKind::Constant(value), span }
    }

    /// Whether this is the outcome.
    pub fn outcome(id: OutcomeId, span: Span) -> Term {
        Term { kind: TermKind::Outcome(id), span }
    }

    /// Whether a factor is in a state.
    pub fn is(id: CategoryId, state: usize, span: Span) -> Term {
        Term { kind: TermKind::Is(id, state), span }
    }

    /// `operation` applied to this term.
    pub fn unary(self, operation: Unary) -> Term {
        let span = self.span;
        Term { kind: TermKind::Unary(operation, Box::new(self)), span }
    }

    /// `operation` applied to this term and another; the result carries `span`.
    pub fn binary(self, operation: Binary, other: Term, span: Span) -> Term {
        Term { kind: TermKind::Binary(operation, Box::new(self), Box::new(other)), span }
    }

    /// Terms joined by an operation that does not mind the grouping: one after the other if they are few, else by
    /// halves, so that the depth of the result grows with the logarithm of their number. The result of joining up to a
    /// term carries the span that `span` gives for it. NaN for no terms.
    pub fn join(mut terms: Vec<Term>, operation: Binary, span: impl Fn(&Term) -> Span + Copy) -> Term {
        const FEW: usize = 8;
        if terms.len() > FEW {
            let right = terms.split_off(terms.len().div_ceil(2));
            let place = right.last().map(span).unwrap_or_default();
            return Term::join(terms, operation, span).binary(
                operation,
                Term::join(right, operation, span),
                place,
            );
        }
        let joined = terms.into_iter().reduce(|sum, one| {
            let place = span(&one);
            sum.binary(operation, one, place)
        });
        joined.unwrap_or_else(|| Term::constant(f64::NAN, Span::default()))
    }

    /// Its value, if it is a plain number.
    pub fn as_constant(&self) -> Option<f64> {
        match self.kind {
            TermKind::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// The terms directly below.
    pub fn children(&self) -> Vec<&Term> {
        match &self.kind {
            TermKind::Constant(_)
            | TermKind::Variable(_)
            | TermKind::Is(..)
            | TermKind::Outcome(_)
            | TermKind::Theory(_)
            | TermKind::Draw(_) => vec![],
            TermKind::Table(lookup) => lookup.rows.iter().collect(),
            TermKind::Unary(_, one) | TermKind::Within(one, ..) => vec![one],
            TermKind::Binary(_, a, b) | TermKind::Compare(_, a, b) => vec![a, b],
            TermKind::If(parts) => parts.iter().collect(),
        }
    }

    /// Visits this term and all below it, parents first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Term)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// Replaces the kind of every term for which `change` gives a new one; what is put in is not looked at again.
    pub fn replace(&mut self, change: &mut impl FnMut(&Term) -> Option<TermKind>) {
        if let Some(kind) = change(self) {
            self.kind = kind;
            return;
        }
        match &mut self.kind {
            TermKind::Constant(_)
            | TermKind::Variable(_)
            | TermKind::Is(..)
            | TermKind::Outcome(_)
            | TermKind::Theory(_)
            | TermKind::Draw(_) => {}
            TermKind::Table(lookup) => lookup.rows.iter_mut().for_each(|row| row.replace(change)),
            TermKind::Unary(_, one) | TermKind::Within(one, ..) => one.replace(change),
            TermKind::Binary(_, a, b) | TermKind::Compare(_, a, b) => {
                a.replace(change);
                b.replace(change);
            }
            TermKind::If(parts) => parts.iter_mut().for_each(|part| part.replace(change)),
        }
    }
}
