//! Functions of the language brought down to operations.

use crate::diagnostic::Span;
use crate::distribution::Family;
use crate::expression::{Binary, COMPOSITE_FAMILIES, Function, Unary};
use crate::model::{Term, TermKind};

/// Whether a name calls a distribution.
pub(super) fn is_family(name: &str) -> bool {
    Family::from_name(name).is_some() || COMPOSITE_FAMILIES.contains(&name)
}

/// A function brought down to operations.
pub(super) fn lower(function: Function, terms: Vec<Term>, span: Span, years: f64) -> Term {
    let mut terms = terms.into_iter();
    let count = terms.len() as f64;
    let Some(first) = terms.next() else { return Term::constant(f64::NAN, span) };
    let fold = |first: Term, rest: std::vec::IntoIter<Term>, operation| {
        Term::join(std::iter::once(first).chain(rest).collect(), operation, |_| span)
    };
    let one = |operation| Term { kind: TermKind::Unary(operation, Box::new(first.clone())), span };
    match function {
        Function::Min => fold(first, terms, Binary::Min),
        Function::Max => fold(first, terms, Binary::Max),
        Function::Abs => one(Unary::Abs),
        Function::Sqrt => one(Unary::Sqrt),
        Function::Exp => one(Unary::Exp),
        Function::Ln => one(Unary::Ln),
        Function::Log10 => one(Unary::Log10),
        Function::Pow => fold(first, terms, Binary::Power),
        // clamp(x, low, high) = min(max(x, low), high)
        Function::Clamp => match (terms.next(), terms.next()) {
            (Some(low), Some(high)) => first.binary(Binary::Max, low, span).binary(Binary::Min, high, span),
            _ => Term::constant(f64::NAN, span),
        },
        Function::Logistic => one(Unary::Logistic),
        Function::Logit => one(Unary::Logit),
        Function::Mean => {
            fold(first, terms, Binary::Add).binary(Binary::Divide, Term::constant(count, span), span)
        }
        Function::Geomean => geomean(first, terms, count, span),
        Function::Floor => one(Unary::Floor),
        Function::Ceil => one(Unary::Ceil),
        Function::Round => one(Unary::Round),
        Function::ByDate => {
            first.binary(Binary::Multiply, Term::constant(years, span), span).unary(Unary::Saturate)
        }
    }
}

/// Two values by the square root of their product, which is exact at the ends; more by the mean of their logarithms. A
/// negative value is void, two of them too.
fn geomean(first: Term, mut rest: std::vec::IntoIter<Term>, count: f64, span: Span) -> Term {
    match rest.len() {
        0 => first,
        1 => match rest.next() {
            Some(second) => {
                let first = Term { kind: TermKind::Within(Box::new(first), 0.0, f64::INFINITY), span };
                first.binary(Binary::Multiply, second, span).unary(Unary::Sqrt)
            }
            None => first,
        },
        _ => Term::join(
            std::iter::once(first).chain(rest).map(|one| one.unary(Unary::Ln)).collect(),
            Binary::Add,
            |_| span,
        )
        .binary(Binary::Divide, Term::constant(count, span), span)
        .unary(Unary::Exp),
    }
}
