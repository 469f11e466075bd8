//! What claims ask: differences of probabilities, each with the sign that it must have.

use super::steps::steps;
use super::wording::{describe, step};
use crate::analysis::round::Inquiry;
use crate::analysis::{Failure, Study};
use crate::expression::Comparison as Sign;
use crate::model::{Claim, ClaimTest, Condition, Measure, Model, Move, Probability, Term};
use crate::program::{Ask, Held, QueryId, Setting, Unholdable, WorldId};

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
    pub(super) inquiry: Inquiry<'m>,
    pub(super) tests: Vec<Test>,
}

/// Asks what claims of one model want to know.
pub(super) struct Asking<'a, 'm> {
    model: &'m Model,
    ask: &'a mut Ask<'m>,
    /// The world as it is.
    world: WorldId,
    /// The worlds in which a cause is made so.
    made: Vec<(Setting, WorldId)>,
    known: Vec<(Probability, WorldId, QueryId)>,
}

impl<'m> Asked<'m> {
    /// All that some claims ask, each comparison's parts on common draws.
    pub(super) fn new(study: &Study<'m>, claims: &[&Claim]) -> Result<Asked<'m>, Failure> {
        let mut inquiry = Inquiry::new(study);
        let mut asking = Asking::new(study.model, &mut inquiry.ask, inquiry.world);
        let tests = claims.iter().map(|claim| asking.test(study, claim));
        let tests = tests.collect::<Result<_, Failure>>()?;
        Ok(Asked { inquiry, tests })
    }
}

impl<'a, 'm> Asking<'a, 'm> {
    pub(super) fn new(model: &'m Model, ask: &'a mut Ask<'m>, world: WorldId) -> Asking<'a, 'm> {
        Asking { model, ask, world, made: Vec::new(), known: Vec::new() }
    }

    /// What one claim asks; `study` says how draws are made, if it takes any to know what.
    pub(super) fn test(&mut self, study: &Study, claim: &Claim) -> Result<Test, Failure> {
        let test = match &claim.test {
            ClaimTest::Condition(condition) => Test::Condition(self.condition(condition)),
            ClaimTest::Move(movement) => {
                let own = Study { model: self.model, ..*study };
                Test::All(self.movement(movement, &steps(&own, movement.cause)?)?)
            }
        };
        for one in test.differences() {
            self.ask.compare(&one.parts.iter().map(|(_, query)| *query).collect::<Vec<_>>());
        }
        Ok(test)
    }

    /// The query for a probability; what is asked twice is one query.
    fn query(&mut self, probability: &Probability, world: WorldId) -> QueryId {
        let is_it = |(one, of, _): &&(Probability, WorldId, QueryId)| one == probability && *of == world;
        if let Some((_, _, query)) = self.known.iter().find(is_it) {
            return *query;
        }
        let query = match &probability.given {
            Some(given) => self.ask.conditional(world, probability.what.clone(), given.clone()),
            None => self.ask.probability(world, probability.what.clone()),
        };
        self.known.push((probability.clone(), world, query));
        query
    }

    fn made(&mut self, setting: Setting) -> WorldId {
        if let Some((_, world)) = self.made.iter().find(|(one, _)| *one == setting) {
            return *world;
        }
        let world = self.ask.world(crate::program::World::made(self.model, setting.clone()));
        self.made.push((setting, world));
        world
    }

    fn condition(&mut self, condition: &Condition) -> Logic {
        match condition {
            Condition::Compare(measure, sign) => Logic::One(self.measure(measure, *sign)),
            Condition::And(a, b) => Logic::And(Box::new(self.condition(a)), Box::new(self.condition(b))),
            Condition::Or(a, b) => Logic::Or(Box::new(self.condition(a)), Box::new(self.condition(b))),
            Condition::Not(one) => Logic::Not(Box::new(self.condition(one))),
        }
    }

    fn measure(&mut self, measure: &Measure, sign: Sign) -> Difference {
        let base = self.world;
        let parts = measure
            .parts
            .iter()
            .map(|(factor, probability)| (*factor, self.query(probability, base)))
            .collect();
        Difference { what: describe(self.model, measure), sign, constant: measure.constant, parts }
    }

    /// The outcome's probability at each step of the cause, minus that at the step before.
    fn movement(&mut self, movement: &Move, steps: &[f64]) -> Result<Vec<Difference>, Unholdable> {
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
