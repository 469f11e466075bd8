//! An example of values: one draw of a model inside bounds, with states that can be there.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::affine::{affine, draws, scaled};
use super::facts::{Fact, Facts};
use super::support::Hull;
use crate::distribution::{Distribution, Truncated, Univariate};
use crate::model::{CategoryId, EventId, FactorId, QuantityId, Term, TermKind, Variable, evaluate};
use crate::random::{Key, unit, word};

/// Uniform numbers of one attempt: halves in the first, so that the first example is of the middle.
struct Uniforms {
    attempt: u64,
    taken: Cell<u64>,
}

impl Uniforms {
    fn next(&self) -> f64 {
        let index = self.taken.replace(self.taken.get() + 1);
        if self.attempt == 0 { 0.5 } else { unit(word(Key::new(0).numbered(self.attempt), index)) }
    }
}

/// Values and states of the variables in `order` inside what is known, with some factors `held` at values; `None` if this
/// attempt finds none.
pub(super) fn witness<'m>(
    known: &Facts<'m>,
    order: &[Variable],
    held: &BTreeMap<FactorId, f64>,
    attempt: u64,
) -> Option<Facts<'m>> {
    let uniforms = Uniforms { attempt, taken: Cell::new(0) };
    let mut point = known.clone();
    for variable in order {
        let formula = known.model.formula(*variable);
        let fact = match *variable {
            Variable::Factor(id) => at(match (held.get(&id), known.of(*variable)) {
                (Some(value), _) => *value,
                (None, Fact::Within(bounds)) => factor(&point, formula, bounds, &uniforms)?,
                (None, Fact::State(_)) => return None,
            }),
            Variable::Derived(_) => at(point.value(formula)?),
            Variable::Event(id) => at(event(&point, id, &uniforms)?),
            Variable::Category(id) => Fact::State(Some(state(&point, id, &uniforms)?)),
        };
        point.know(*variable, fact);
    }
    Some(point)
}

fn at(value: f64) -> Fact {
    Fact::Within((value, value))
}

/// Whether the event happens, 1 or 0: as it is known, if that can be.
fn event(point: &Facts, id: EventId, uniforms: &Uniforms) -> Option<f64> {
    let chance = point.value(&point.model.events[id.0].probability)?;
    let happens = match point.of(Variable::Event(id)) {
        Fact::Within((low, high)) if low == high => low == 1.0,
        _ => uniforms.next() < chance,
    };
    let can_be = if happens { chance > 0.0 } else { chance < 1.0 };
    can_be.then_some(f64::from(u8::from(happens)))
}

/// The state that a factor is in: the one that is known, if that can be.
fn state(point: &Facts, id: CategoryId, uniforms: &Uniforms) -> Option<usize> {
    let shares = &point.model.categories[id.0].probabilities;
    if let Fact::State(Some(state)) = point.of(Variable::Category(id)) {
        return (point.value(&shares[state])? > 0.0).then_some(state);
    }
    let mut left = uniforms.next();
    for (state, share) in shares.iter().enumerate() {
        let share = point.value(share)?;
        if left < share {
            return Some(state);
        }
        left -= share;
    }
    None
}

/// A value of a factor inside bounds. One that is an affine map of one draw is drawn there; any other is drawn freely, and may
/// miss them.
fn factor(point: &Facts, formula: &Term, bounds: Hull, uniforms: &Uniforms) -> Option<f64> {
    let formula = match reduced(point, formula)? {
        Term { kind: TermKind::Within(inner, ..), .. } => *inner,
        other => other,
    };
    let own = affine(&formula).and_then(|(id, scale, shift)| scaled(&law(point, id)?, scale, shift));
    let value = match own {
        Some(law) => Truncated::new(law, bounds.0, bounds.1).ok()?.quantile(uniforms.next()),
        None => evaluate(&formula, &|leaf| match leaf {
            TermKind::Draw(id) => Some(law(point, *id)?.quantile(uniforms.next())),
            _ => None,
        })?,
    };
    (bounds.0 <= value && value <= bounds.1).then_some(value)
}

/// What a quantity is distributed like at a point.
fn law(point: &Facts, id: QuantityId) -> Option<Distribution> {
    let shape = &point.model.quantities[id.0].shape;
    let values: Option<Vec<f64>> = shape.parameters().into_iter().map(|one| point.value(one)).collect();
    shape.distribution(&mut values?.into_iter())
}

/// A formula with numbers in place of all but its draws, and without the branches that are not taken.
fn reduced(point: &Facts, term: &Term) -> Option<Term> {
    let inner = |term: &Term| reduced(point, term).map(Box::new);
    if !draws(term) {
        return Some(Term::constant(point.value(term)?, term.span));
    }
    let kind = match &term.kind {
        TermKind::Unary(operation, one) => TermKind::Unary(*operation, inner(one)?),
        TermKind::Binary(operation, a, b) => TermKind::Binary(*operation, inner(a)?, inner(b)?),
        TermKind::Compare(comparison, a, b) => TermKind::Compare(*comparison, inner(a)?, inner(b)?),
        TermKind::Within(one, low, high) => TermKind::Within(inner(one)?, *low, *high),
        TermKind::If(parts) if !draws(&parts[0]) => {
            let holds = point.value(&parts[0])? != 0.0;
            return reduced(point, &parts[if holds { 1 } else { 2 }]);
        }
        other => other.clone(),
    };
    Some(Term { kind, span: term.span })
}
