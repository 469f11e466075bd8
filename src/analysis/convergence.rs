//! How did the answers settle as draws were added?
//!
//! The looks before the last are at the first draws of the same replicates under the same seed: scrambled Sobol points and
//! independent draws are nested, so that each look holds those before it. The last is the run's own answer.

use schemars::JsonSchema;
use serde::Serialize;

use super::answered::Answered;
use super::chances::{Chance, Chances};
use super::estimated::Figure;
use super::question::Question;
use super::round::{Inquiry, Round, Told, Topic};
use super::run::{Run, RunAsked};
use super::{Failure, Study};
use crate::design::Kind;
use crate::program::QueryId;
use crate::simulation::{Plan, Sampled, Sampling};
use crate::statistics::Estimate;

/// The draws of the first look.
pub const FIRST: u64 = 1 << 6;

/// How did the answers settle as draws were added?
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Convergence {
    /// The outcomes, events, derived values and factors with states that are wanted, by name; if there are none, the outcomes, or in
    /// a file without any its states and events, or the means of its derived values.
    pub of: Vec<String>,
}

/// How the answers settled.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ConvergenceFinding {
    /// The answers.
    pub answers: Vec<Settled>,
    /// What they were after so many draws, ascending; the last are the run's own. One alone where no draw enters any.
    pub looks: Vec<Look>,
}

/// One answer.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Settled {
    /// Its name; of a state, the factor's and the state's with a full stop between.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Whether it is the mean of a derived value; else it is a probability.
    pub is_mean: bool,
    /// What a mean is measured in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// The answers after some draws.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Look {
    /// How many draws.
    pub draws: u64,
    /// Each answer, in their order.
    pub answers: Vec<Figure>,
}

impl Question for Convergence {
    type Finding = ConvergenceFinding;

    fn answer(&self, study: &Study) -> Result<Answered<ConvergenceFinding>, Failure> {
        let topic = Whole { run: Run::default(), chances: self.chances(study)? };
        let round = Round::compile(&topic, study)?;
        let Answered { finding: last, course, doubts } = round.draw()?;
        let mut looks = Vec::new();
        let plan = course.plan;
        // Without draws there is nothing before the answer.
        for each in steps(&plan) {
            let mut sampling = Sampling::new(round.program(), Plan { draws_per_replicate: each, ..plan });
            sampling.grow(each, study.watch)?;
            let judges = if plan.kind == Kind::Independent { 0..0 } else { 0..plan.replicates as usize };
            let sampled = Sampled { sampling, judges, reached: true, missed: None };
            looks.push(Look::of(sampled.plan().draws(), round.find(&sampled).finding));
        }
        looks.push(Look::of(plan.draws(), last));
        let settled = |one: &Chance| Settled {
            id: one.id(study.model),
            label: one.label(study.model),
            is_mean: matches!(one, Chance::Mean(_)),
            unit: match one {
                Chance::Mean(id) => study.model.derived[id.0].unit.clone(),
                _ => None,
            },
        };
        let answers = topic.chances.all().iter().map(settled).collect();
        Ok(Answered { finding: ConvergenceFinding { answers, looks }, course, doubts })
    }
}

/// The draws of each replicate in the looks before the last.
fn steps(plan: &Plan) -> impl Iterator<Item = u64> {
    let (last, first) = (plan.draws_per_replicate, FIRST.div_ceil(u64::from(plan.replicates)));
    std::iter::successors(Some(first), |each| each.checked_mul(2)).take_while(move |each| *each < last)
}

impl Convergence {
    fn chances(&self, study: &Study) -> Result<Chances, Failure> {
        if !self.of.is_empty() {
            return Ok(Chances::every(study.model, &self.of)?);
        }
        let all = Chances::of(study.model, |_| true);
        let probabilities = all.clone().probabilities();
        Ok(if probabilities.all().is_empty() { all } else { probabilities })
    }
}

impl Look {
    fn of(draws: u64, answers: Vec<Estimate>) -> Look {
        Look { draws, answers: answers.into_iter().map(Figure).collect() }
    }
}

/// A run, and its answers alone: what else is asked keeps the rule by which it stops.
struct Whole {
    run: Run,
    chances: Chances,
}

impl Topic for Whole {
    type Asked = (RunAsked, Vec<QueryId>);
    type Finding = Vec<Estimate>;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> (RunAsked, Vec<QueryId>) {
        let run = self.run.ask(study, inquiry);
        let world = inquiry.world;
        (run, self.chances.ask(&mut inquiry.ask, world, study.model))
    }

    fn find(&self, (_, queries): &(RunAsked, Vec<QueryId>), told: &Told) -> Vec<Estimate> {
        let one = |(at, query): (usize, &QueryId)| match self.chances.is_probability(at) {
            true => told.estimates.probability(*query),
            false => told.estimates.query(*query),
        };
        queries.iter().enumerate().map(one).collect()
    }
}
