//! What formulas say of an expectation given what is known: sums and products are taken apart into factors that what is known decides,
//! and rests that are independent of it, whose expectation is a number.

use std::collections::BTreeSet;

use super::bearing::{Named as Thing, named};
use crate::expression::{Binary, Unary};
use crate::model::{Model, Term, TermKind, Variable};

/// As many parts as a payoff is taken apart into.
const MOST: usize = 16;

/// What is known.
pub(super) struct Given<'a> {
    model: &'a Model,
    things: &'a BTreeSet<Thing>,
    /// All that hangs together with it; `None` where what was learned may join anything.
    joined: Option<BTreeSet<Thing>>,
}

/// A product: what is known decides the factor, and is independent of the rest; 1 where there is none.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) factor: Term,
    pub(super) rest: Option<Term>,
}

impl<'a> Given<'a> {
    pub(super) fn new(things: &'a BTreeSet<Thing>, model: &'a Model) -> Given<'a> {
        let is_blank = model.given.is_empty() && !model.active().contains(&true);
        let joined = is_blank.then(|| joined(things.clone(), model));
        Given { model, things, joined }
    }

    /// Whether what is known decides a value.
    pub(super) fn tells(&self, term: &Term) -> bool {
        !draws(term) && named(term, self.model).into_iter().all(|one| self.tells_of(one))
    }

    fn tells_of(&self, thing: Thing) -> bool {
        let follows = |variable: Variable| match variable {
            Variable::Factor(_) | Variable::Derived(_) => self.tells(self.model.formula(variable)),
            _ => false,
        };
        self.things.contains(&thing) || matches!(thing, Thing::Variable(variable) if follows(variable))
    }

    /// Whether a value is independent of what is known.
    fn is_apart(&self, term: &Term) -> bool {
        let own = joined(named(term, self.model), self.model);
        self.joined.as_ref().is_some_and(|all| all.is_disjoint(&own))
    }

    /// A value as a sum of parts; `None` where it isn't one.
    pub(super) fn parts(&self, term: &Term) -> Option<Vec<Part>> {
        let one = |factor: &Term, rest: Option<&Term>| {
            Some(vec![Part { factor: factor.clone(), rest: rest.cloned() }])
        };
        if self.tells(term) {
            return one(term, None);
        }
        if self.is_apart(term) {
            return one(&Term::constant(1.0, term.span), Some(term));
        }
        let found = match &term.kind {
            TermKind::Variable(Variable::Derived(id)) => {
                let formula = &self.model.derived[id.0].value;
                // A draw in it has no name by which another part would be known to hang on it.
                if draws(formula) { None } else { self.parts(formula) }
            }
            TermKind::Unary(Unary::Negate, a) => Some(negated(self.parts(a)?)),
            TermKind::Binary(Binary::Add, a, b) => Some([self.parts(a)?, self.parts(b)?].concat()),
            TermKind::Binary(Binary::Subtract, a, b) => {
                Some([self.parts(a)?, negated(self.parts(b)?)].concat())
            }
            TermKind::Binary(Binary::Multiply, a, b) => Some(product(&self.parts(a)?, &self.parts(b)?)),
            TermKind::If(parts) => self.choice(parts),
            _ => None,
        };
        found.filter(|all| all.len() <= MOST)
    }

    /// A choice by what is known, or by what is independent of it.
    fn choice(&self, [condition, then, other]: &[Term; 3]) -> Option<Vec<Part>> {
        let choice = |condition: &Term, then: &Term, other: &Term| -> Term {
            let parts = [condition.clone(), then.clone(), other.clone()];
            Term { kind: TermKind::If(Box::new(parts)), span: condition.span }
        };
        match &condition.kind {
            _ if self.tells(condition) || self.is_apart(condition) => {}
            TermKind::Unary(Unary::Not, not) => return self.parts(&choice(not, other, then)),
            TermKind::Binary(Binary::And, a, b) => {
                return self.parts(&choice(a, &choice(b, then, other), other));
            }
            TermKind::Binary(Binary::Or, a, b) => {
                return self.parts(&choice(a, then, &choice(b, then, other)));
            }
            _ => return None,
        }
        // What is not chosen may be void, which a part of its own would be in every draw.
        if !(is_total(then) && is_total(other)) {
            return None;
        }
        let nothing = Term::constant(0.0, condition.span);
        let is_told = self.tells(condition);
        let whole = Term::constant(1.0, condition.span);
        let guarded = |all: Vec<Part>, is_then: bool| {
            let guard = |value: &Term| match is_then {
                true => choice(condition, value, &nothing),
                false => choice(condition, &nothing, value),
            };
            let part = |Part { factor, rest }: Part| match is_told {
                true => Part { factor: guard(&factor), rest },
                false => Part { factor, rest: Some(guard(rest.as_ref().unwrap_or(&whole))) },
            };
            all.into_iter().map(part).collect::<Vec<Part>>()
        };
        Some([guarded(self.parts(then)?, true), guarded(self.parts(other)?, false)].concat())
    }
}

fn negated(parts: Vec<Part>) -> Vec<Part> {
    parts.into_iter().map(|one| Part { factor: one.factor.unary(Unary::Negate), ..one }).collect()
}

fn product(left: &[Part], right: &[Part]) -> Vec<Part> {
    let times = |a: &Term, b: &Term| a.clone().binary(Binary::Multiply, b.clone(), a.span);
    let both = |(a, b): (&Part, &Part)| Part {
        factor: times(&a.factor, &b.factor),
        rest: match (&a.rest, &b.rest) {
            (Some(a), Some(b)) => Some(times(a, b)),
            (one, other) => one.clone().or_else(|| other.clone()),
        },
    };
    left.iter().flat_map(|a| right.iter().map(move |b| (a, b))).map(both).collect()
}

/// Whether a value may change by a step as what it is made of moves a little.
pub(super) fn jumps(term: &Term, model: &Model) -> bool {
    let mut found = false;
    term.walk(&mut |one| {
        found |= match &one.kind {
            TermKind::Compare(..) | TermKind::If(..) => true,
            TermKind::Unary(Unary::Floor | Unary::Ceil | Unary::Round, _) => true,
            TermKind::Variable(variable) => jumps(model.formula(*variable), model),
            _ => false,
        }
    });
    found
}

/// Whether something is drawn right in a formula.
fn draws(term: &Term) -> bool {
    let mut found = false;
    term.walk(&mut |one| found |= matches!(one.kind, TermKind::Draw(_)));
    found
}

/// Whether a formula of numbers always gives a number, as far as its own operations go.
fn is_total(term: &Term) -> bool {
    let mut found = true;
    term.walk(&mut |one| {
        found &= match &one.kind {
            TermKind::Unary(operation, _) => matches!(
                operation,
                Unary::Negate | Unary::Not | Unary::Abs | Unary::Floor | Unary::Ceil | Unary::Round
            ),
            TermKind::Binary(operation, ..) => !matches!(operation, Binary::Divide | Binary::Power),
            TermKind::Within(..) => false,
            _ => true,
        }
    });
    found
}

/// All that some things hang together with: what decides them, and what is correlated with any of it.
fn joined(mut all: BTreeSet<Thing>, model: &Model) -> BTreeSet<Thing> {
    let mixed: Vec<Variable> =
        model.correlations.iter().filter(|one| one.degrees.is_some()).flat_map(|one| one.between).collect();
    let mut open: Vec<Thing> = all.iter().copied().collect();
    while let Some(one) = open.pop() {
        let next: BTreeSet<Thing> = match one {
            Thing::Variable(variable) => {
                let sources = model.formulas(variable).into_iter().flat_map(|term| named(term, model));
                let pairs = model.correlations.iter().map(|one| one.between);
                let partners = pairs.filter(|pair| pair.contains(&variable)).flatten();
                // All t copulas may share what mixes them.
                let mixed = mixed.iter().copied().filter(|_| mixed.contains(&variable));
                sources.chain(partners.chain(mixed).map(Thing::Variable)).collect()
            }
            Thing::Outcome | Thing::Theory => {
                let forms = model.theories.iter().flat_map(|one| one.form.terms());
                forms.flat_map(|term| named(term, model)).chain([Thing::Outcome, Thing::Theory]).collect()
            }
        };
        open.extend(next.into_iter().filter(|one| all.insert(*one)));
    }
    all
}
