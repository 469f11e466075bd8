//! The definition of a model's arithmetic: one draw, one formula at a time. Every faster way of computing must
//! agree with this one bit for bit.

use super::id::Variable;
use super::level;
use super::quantity::Quantity;
use super::term::{Term, TermKind};
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
        other => leaf(other)?,
    })
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

/// One draw of a model: every variable's value, given a uniform for every dimension and a state for every event.
pub struct Definition<'a> {
    model: &'a Model,
    uniforms: &'a [f64],
    quantile: &'a Quantile<'a>,
    factors: Vec<f64>,
    derived: Vec<f64>,
    /// The probability of each event, given what it depends on.
    chances: Vec<f64>,
    happens: &'a [bool],
}

impl<'a> Definition<'a> {
    /// Computes every variable in dependency order. `uniforms` has one number in (0, 1) for each of the model's
    /// dimensions, `happens` one truth for each event.
    pub fn new(model: &'a Model, uniforms: &'a [f64], happens: &'a [bool]) -> Definition<'a> {
        Definition::with(model, uniforms, happens, &|quantity, parameters, u| {
            quantity.shape.quantile(parameters, u)
        })
    }

    /// As [`new`](Definition::new), with a quantile function of the caller's, such as a program's tables.
    pub fn with(
        model: &'a Model,
        uniforms: &'a [f64],
        happens: &'a [bool],
        quantile: &'a Quantile<'a>,
    ) -> Definition<'a> {
        let mut draw = Definition {
            model,
            uniforms,
            quantile,
            factors: vec![f64::NAN; model.factors.len()],
            derived: vec![f64::NAN; model.derived.len()],
            chances: vec![f64::NAN; model.events.len()],
            happens,
        };
        for variable in &model.order {
            let value = draw.value(model.formula(*variable));
            match *variable {
                Variable::Factor(id) => draw.factors[id.0] = value,
                Variable::Derived(id) => draw.derived[id.0] = value,
                Variable::Event(id) => draw.chances[id.0] = value,
            }
        }
        draw
    }

    /// The value of a formula in this draw.
    pub fn value(&self, term: &Term) -> f64 {
        evaluate(term, &|leaf| Some(self.leaf(leaf))).unwrap_or(f64::NAN)
    }

    /// The value of a variable: of an event 1 if it happens in this draw.
    pub fn variable(&self, variable: Variable) -> f64 {
        match variable {
            Variable::Factor(id) => self.factors[id.0],
            Variable::Derived(id) => self.derived[id.0],
            Variable::Event(id) => f64::from(u8::from(self.happens[id.0])),
        }
    }

    /// The probability of the joint state of all events, given the factors.
    pub fn chance(&self) -> f64 {
        self.chances
            .iter()
            .zip(self.happens)
            .map(|(chance, happens)| if *happens { *chance } else { 1.0 - chance })
            .product()
    }

    /// The probability of an outcome, given the factors and the state of the events.
    pub fn outcome(&self, id: OutcomeId) -> f64 {
        self.model.form.probability(id, &|term| self.value(term))
    }

    fn leaf(&self, leaf: &TermKind) -> f64 {
        match leaf {
            TermKind::Variable(variable) => self.variable(*variable),
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
