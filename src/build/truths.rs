//! Which derived values are true or false, as their formulas say: a truth stays one under its name, and counts 1 or 0 where a
//! number is wanted.

use std::collections::BTreeMap;

use super::address;
use super::names::{Meaning, Names};
use crate::expression::{Binary, Expr, Node, Unary};
use crate::model::{DerivedId, Term, TermKind, Variable};
use crate::scenario::{Document, Override};

/// The derived values that are truths.
#[derive(Clone, Debug, Default)]
pub(super) struct Truths {
    is_truth: Vec<bool>,
}

impl Truths {
    /// Those of a document after some overrides.
    ///
    /// A value is a truth unless some branch of its formula is a number, or the name of a derived value that is none: what is no
    /// truth is passed on from name to name, each once.
    pub(super) fn of(document: &Document, names: &Names, overrides: &[Override]) -> Truths {
        let mut formulas: BTreeMap<String, &Expr> = document
            .derived
            .iter()
            .filter_map(|one| Some((format!("derived.{}.value", one.name.text), &one.value.as_ref()?.expr)))
            .collect();
        for change in overrides.iter().filter(|one| !one.address.text.contains('@')) {
            if let Ok(target) = address::find(&change.address, names, document)
                && let Some(formula) = formulas.get_mut(&target.value)
            {
                *formula = &change.expr;
            }
        }
        let mut is_truth = vec![true; document.derived.len()];
        let mut used_by: Vec<Vec<usize>> = vec![Vec::new(); document.derived.len()];
        let mut open = Vec::new();
        for (at, derived) in document.derived.iter().enumerate() {
            let mut named = Vec::new();
            let formula = formulas.get(&format!("derived.{}.value", derived.name.text));
            if formula.is_some_and(|formula| branches(formula, names, &mut named)) {
                named.into_iter().for_each(|id| used_by[id.0].push(at));
            } else {
                is_truth[at] = false;
                open.push(at);
            }
        }
        while let Some(number) = open.pop() {
            for at in std::mem::take(&mut used_by[number]) {
                if std::mem::replace(&mut is_truth[at], false) {
                    open.push(at);
                }
            }
        }
        Truths { is_truth }
    }

    /// Whether a derived value is one.
    pub(super) fn holds(&self, id: DerivedId) -> bool {
        self.is_truth.get(id.0).copied().unwrap_or(false)
    }

    /// Whether an expression is one.
    pub(super) fn says(&self, expr: &Expr, names: &Names) -> bool {
        let mut named = Vec::new();
        branches(expr, names, &mut named) && named.into_iter().all(|id| self.holds(id))
    }
}

/// Whether an expression is a truth if the derived values that it then names are.
fn branches(expr: &Expr, names: &Names, named: &mut Vec<DerivedId>) -> bool {
    match &expr.node {
        Node::Truth(_) | Node::Compare(..) => true,
        Node::Unary(operation, _) => *operation == Unary::Not,
        Node::Binary(operation, ..) => matches!(operation, Binary::And | Binary::Or),
        Node::If(parts) => parts[1..].iter().all(|one| branches(one, names, named)),
        Node::Name(name) => match names.get(name) {
            Some(Meaning::Variable(Variable::Derived(id))) => {
                named.push(id);
                true
            }
            Some(meaning) => matches!(meaning, Meaning::Variable(Variable::Event(_)) | Meaning::Outcome(_)),
            None => false,
        },
        _ => false,
    }
}

/// A truth as a number: 1 or 0.
pub(super) fn counted(term: Term) -> Term {
    let span = term.span;
    match term.kind {
        TermKind::Constant(_) => term,
        _ => {
            let parts = [term, Term::constant(1.0, span), Term::constant(0.0, span)];
            Term { kind: TermKind::If(Box::new(parts)), span }
        }
    }
}
