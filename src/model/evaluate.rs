//! The definition of a model's arithmetic: one draw, one formula at a time. Every faster way of computing must
//! agree with this one bit for bit, but where a table stands for a quantile at Φ of a normal.

use super::id::{CategoryId, Variable};
use super::level;
use super::quantity::Quantity;
use super::term::{Lookup, Term, TermKind};
use super::{Model, OutcomeId};
use crate::expression::operation::select;

/// The values of a formula without names or draws; `None` if it has any.
pub(super) fn constant(term: &Term) -> Option<f64> {
    evaluate(term, &|_| None)
}

/// Evaluates a term; `leaf` gives the values of variables, draws and outcomes.
pub(super) fn evaluate(term: &Term, leaf: &impl Fn(&TermKind) -> Option<f64>) -> Option<f64> {
    Some(match &term.kind {
        TermKind::Constant(value) => *value,
        TermKind::Unary(operation, one) => operation.apply(evaluate(one, leaf)?),
        TermKind::Binary(operation, a, b) => operation.apply(evaluate(a, leaf)?, evaluate(b, leaf)?),
        TermKind::Compare(comparison, a, b) => comparison.apply(evaluate(a, leaf)?, evaluate(b, leaf)?),
        TermKind::If(parts) => {
            let [condition, one, other] = &**parts;
            select(evaluate(condition, leaf)?, evaluate(one, leaf)?, evaluate(other, leaf)?)
        }
        TermKind::Within(one, low, high) => within(evaluate(one, leaf)?, *low, *high),
        TermKind::Table(lookup) => {
            evaluate(lookup.row(|parent| state(parent, lookup, leaf).ok_or(())).ok()?, leaf)?
        }
        other => leaf(other)?,
    })
}

/// The state that a parent of a table is in.
fn state(parent: Variable, lookup: &Lookup, leaf: &impl Fn(&TermKind) -> Option<f64>) -> Option<usize> {
    match parent {
        Variable::Category(id) => {
            let (_, count) = lookup.parents.iter().find(|(one, _)| *one == parent)?;
            (0..*count).find(|state| leaf(&TermKind::Is(id, *state)) == Some(1.0))
        }
        event => Some(usize::from(leaf(&TermKind::Variable(event))? == 1.0)),
    }
}

/// `value` if it lies in [low, high], else void. A rounding error beyond an end, of one part in 10^12 of the
/// interval's ends, is taken as the end.
#[inline(always)]
pub fn within(value: f64, low: f64, high: f64) -> f64 {
    let slack = 1e-12
        * (if low.is_finite() { low.abs() } else { 0.0 }).max(if high.is_finite() {
            high.abs()
        } else {
            0.0
        });
    let inside = value >= low - slack && value <= high + slack;
    let clamped = if value < low {
        low
    } else if value > high {
        high
    } else {
        value
    };
    if inside { clamped } else { f64::NAN }
}

/// The value of a quantity, given the values of its parameters and a uniform.
pub type Quantile<'a> = dyn Fn(&Quantity, &[f64], f64) -> f64 + 'a;

/// One draw of a model: every variable's value, given a uniform for every dimension and a state for every event and every
/// factor with states.
pub struct Definition<'a> {
    model: &'a Model,
    uniforms: &'a [f64],
    quantile: &'a Quantile<'a>,
    factors: Vec<f64>,
    derived: Vec<f64>,
    /// The probability of each event, given what it depends on.
    chances: Vec<f64>,
    world: World<'a>,
    /// The probability of each state of each factor with states.
    shares: Vec<Vec<f64>>,
}

/// The states of everything that is decided by chance.
#[derive(Clone, Copy, Debug, Default)]
pub struct World<'a> {
    /// Whether each event happens.
    pub happens: &'a [bool],
    /// The state of each factor with states.
    pub states: &'a [usize],
    /// Position of the theory that is the right one.
    pub theory: usize,
}

impl<'a> Definition<'a> {
    /// Computes every variable in dependency order. `uniforms` has one number in (0, 1) for each of the model's
    /// dimensions.
    pub fn new(model: &'a Model, uniforms: &'a [f64], world: World<'a>) -> Definition<'a> {
        Definition::with(model, uniforms, world, &|quantity, parameters, u| {
            quantity.shape.quantile(parameters, u)
        })
    }

    /// As [`new`](Definition::new), with a quantile function of the caller's, such as a program's tables.
    pub fn with(
        model: &'a Model,
        uniforms: &'a [f64],
        world: World<'a>,
        quantile: &'a Quantile<'a>,
    ) -> Definition<'a> {
        let mut draw = Definition {
            model,
            uniforms,
            quantile,
            factors: vec![f64::NAN; model.factors.len()],
            derived: vec![f64::NAN; model.derived.len()],
            chances: vec![f64::NAN; model.events.len()],
            world,
            shares: vec![Vec::new(); model.categories.len()],
        };
        for variable in &model.order {
            if let Variable::Category(id) = *variable {
                let shares = &model.categories[id.0].probabilities;
                draw.shares[id.0] = shares.iter().map(|share| draw.value(share)).collect();
                continue;
            }
            let value = draw.value(model.formula(*variable));
            match *variable {
                Variable::Factor(id) => draw.factors[id.0] = value,
                Variable::Derived(id) => draw.derived[id.0] = value,
                Variable::Event(id) => draw.chances[id.0] = value,
                Variable::Category(_) => {}
            }
        }
        draw
    }

    /// The value of a formula in this draw.
    pub fn value(&self, term: &Term) -> f64 {
        evaluate(term, &|leaf| Some(self.leaf(leaf))).unwrap_or(f64::NAN)
    }

    /// The value of a variable: of an event 1 if it happens in this draw, of a factor with states NaN.
    pub fn variable(&self, variable: Variable) -> f64 {
        match variable {
            Variable::Factor(id) => self.factors[id.0],
            Variable::Derived(id) => self.derived[id.0],
            Variable::Event(id) => f64::from(u8::from(self.world.happens[id.0])),
            Variable::Category(_) => f64::NAN,
        }
    }

    /// Whether a factor with states is in this one.
    fn is(&self, id: CategoryId, state: usize) -> f64 {
        f64::from(u8::from(self.world.states[id.0] == state))
    }

    /// The probability of the joint state of all that chance decides, given the other factors.
    pub fn chance(&self) -> f64 {
        let events = self.chances.iter().zip(self.world.happens);
        let events = events.map(|(chance, happens)| if *happens { *chance } else { 1.0 - chance });
        let states = self.shares.iter().zip(self.world.states).map(|(shares, state)| shares[*state]);
        events.chain(states).product::<f64>() * self.model.theories[self.world.theory].weight
    }

    /// The probability of an outcome, given the factors, the state of the events and the theory.
    pub fn outcome(&self, id: OutcomeId) -> f64 {
        self.model.theories[self.world.theory].form.probability(id, &|term| self.value(term))
    }

    fn leaf(&self, leaf: &TermKind) -> f64 {
        match leaf {
            TermKind::Variable(variable) => self.variable(*variable),
            TermKind::Is(id, state) => self.is(*id, *state),
            TermKind::Theory(id) => f64::from(u8::from(self.world.theory == id.0)),
            TermKind::Draw(id) => {
                let quantity = &self.model.quantities[id.0];
                let parameters: Vec<f64> =
                    quantity.shape.parameters().into_iter().map(|one| self.value(one)).collect();
                let u =
                    level::level(self.model, quantity, self.quantile, &|dimension| self.uniforms[dimension]);
                (self.quantile)(quantity, &parameters, u)
            }
            _ => f64::NAN,
        }
    }
}
