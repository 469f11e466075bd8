//! One draw of a model, as its formulas define it.

use super::evaluate::evaluate;
use super::id::{CategoryId, OutcomeId, Variable};
use super::level::{Quantile, level, shares as given};
use super::model::Model;
use super::term::{Term, TermKind};

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
                let shares = shares.iter().map(|share| draw.value(share)).collect();
                draw.shares[id.0] = draw.given(*variable, shares);
                continue;
            }
            let value = draw.value(model.formula(*variable));
            match *variable {
                Variable::Factor(id) => draw.factors[id.0] = value,
                Variable::Derived(id) => draw.derived[id.0] = value,
                Variable::Event(id) => {
                    draw.chances[id.0] = draw.given(*variable, vec![1.0 - value, value])[1]
                }
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

    /// The probabilities of a variable's states, given the drawn normals of its copula if it is in one.
    fn given(&self, variable: Variable, shares: Vec<f64>) -> Vec<f64> {
        match self.model.latent(variable) {
            Some(latent) => {
                given(self.model, latent, &shares, self.quantile, &|dimension| self.uniforms[dimension])
            }
            None => shares,
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
                let u = level(self.model, quantity, self.quantile, &|dimension| self.uniforms[dimension]);
                (self.quantile)(quantity, &parameters, u)
            }
            _ => f64::NAN,
        }
    }
}
