//! What claims ask: differences of probabilities, each with the sign that it must have.

use super::wording::{describe, step};
use crate::analysis::Study;
use crate::analysis::round::Inquiry;
use crate::expression::Comparison as Sign;
use crate::model::{Condition, Measure, Model, Move, Probability, Term};
use crate::program::{Held, QueryId, Setting, Unholdable, WorldId};

/// A difference to be estimated: constant + Σ factor × question.
pub(super) struct Difference {
    pub(super) what: String,
    pub(super) sign: Sign,
    pub(super) constant: f64,
    pub(super) parts: Vec<(f64, QueryId)>,
}

pub(super) enum Test {
    Condition(Logic),
    /// All differences must have their sign; none at all can't be told.
    All(Vec<Difference>),
}

pub(super) enum Logic {
    One(Difference),
    And(Box<Logic>, Box<Logic>),
    Or(Box<Logic>, Box<Logic>),
    Not(Box<Logic>),
}

/// What all claims ask.
pub(super) struct Asked<'m> {
    pub(super) model: &'m Model,
    /// The world as it is is the first one.
    pub(super) inquiry: Inquiry<'m>,
    /// The worlds in which a cause is made so.
    made: Vec<(Setting, WorldId)>,
    known: Vec<(Probability, WorldId, QueryId)>,
    pub(super) tests: Vec<Test>,
}

impl<'m> Asked<'m> {
    pub(super) fn new(study: &Study<'m>) -> Asked<'m> {
        let inquiry = Inquiry::new(study);
        Asked { model: study.model, inquiry, made: Vec::new(), known: Vec::new(), tests: Vec::new() }
    }

    /// The query for a probability; what is asked twice is one query.
    fn query(&mut self, probability: &Probability, world: WorldId) -> QueryId {
        let is_it = |(one, of, _): &&(Probability, WorldId, QueryId)| one == probability && *of == world;
        if let Some((_, _, query)) = self.known.iter().find(is_it) {
            return *query;
        }
        let query = match &probability.given {
            Some(given) => self.inquiry.ask.conditional(world, probability.what.clone(), given.clone()),
            None => self.inquiry.ask.probability(world, probability.what.clone()),
        };
        self.known.push((probability.clone(), world, query));
        query
    }

    fn made(&mut self, setting: Setting) -> WorldId {
        if let Some((_, world)) = self.made.iter().find(|(one, _)| *one == setting) {
            return *world;
        }
        let world = self.inquiry.ask.world(crate::program::World::made(self.model, setting.clone()));
        self.made.push((setting, world));
        world
    }

    pub(super) fn condition(&mut self, condition: &Condition) -> Logic {
        match condition {
            Condition::Compare(measure, sign) => Logic::One(self.measure(measure, *sign)),
            Condition::And(a, b) => Logic::And(Box::new(self.condition(a)), Box::new(self.condition(b))),
            Condition::Or(a, b) => Logic::Or(Box::new(self.condition(a)), Box::new(self.condition(b))),
            Condition::Not(one) => Logic::Not(Box::new(self.condition(one))),
        }
    }

    fn measure(&mut self, measure: &Measure, sign: Sign) -> Difference {
        let base = self.inquiry.world;
        let parts = measure
            .parts
            .iter()
            .map(|(factor, probability)| (*factor, self.query(probability, base)))
            .collect();
        Difference { what: describe(self.model, measure), sign, constant: measure.constant, parts }
    }

    /// The outcome's probability at each step of the cause, minus that at the step before.
    pub(super) fn movement(&mut self, movement: &Move, steps: &[f64]) -> Result<Vec<Difference>, Unholdable> {
        let model = self.model;
        let outcome = &model.outcomes[movement.outcome.0];
        let probability = Probability { what: Term::outcome(movement.outcome, outcome.span), given: None };
        let mut places = Vec::new();
        for step in steps {
            let setting = Setting::new().hold(model, Held::Variable(movement.cause), *step)?;
            let world = self.made(setting);
            places.push(self.query(&probability, world));
        }
        let sign = if movement.rises { Sign::Greater } else { Sign::Less };
        let cause = model.name(movement.cause);
        let differences = (1..steps.len()).map(|at| Difference {
            what: format!(
                "P({}) at {cause} = {} − at {}",
                outcome.named.id,
                step(model, movement.cause, steps[at]),
                step(model, movement.cause, steps[at - 1])
            ),
            sign,
            constant: 0.0,
            parts: vec![(1.0, places[at]), (-1.0, places[at - 1])],
        });
        Ok(differences.collect())
    }
}

impl Test {
    /// How many comparisons it makes.
    pub(super) fn len(&self) -> usize {
        match self {
            Test::Condition(logic) => logic.differences().len(),
            Test::All(differences) => differences.len(),
        }
    }

    pub(super) fn differences(&self) -> Vec<&Difference> {
        match self {
            Test::Condition(logic) => logic.differences(),
            Test::All(differences) => differences.iter().collect(),
        }
    }
}

impl Logic {
    pub(super) fn differences(&self) -> Vec<&Difference> {
        match self {
            Logic::One(difference) => vec![difference],
            Logic::And(a, b) | Logic::Or(a, b) => {
                a.differences().into_iter().chain(b.differences()).collect()
            }
            Logic::Not(one) => one.differences(),
        }
    }
}
