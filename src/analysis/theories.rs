//! What does each theory say by itself, and how probable is it to be the right one?

use schemars::JsonSchema;
use serde::Serialize;

use super::Study;
use super::estimated::{Posterior, Probability};
use super::round::{Inquiry, Told};
use super::variance::ByTheory;
use crate::model::{OutcomeId, TheoryId};
use crate::program::{Aim, QueryId, WorldId};
use crate::statistics::Estimate;

/// One theory by itself.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TheoryFinding {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// How probable it is that it is right, before anything was learned.
    pub weight: f64,
    /// The same given what was learned.
    #[serde(flatten)]
    pub posterior: Posterior,
    /// Each outcome under it; of a theory that can't be right, without numbers.
    pub outcomes: Vec<UnderTheory>,
    /// Whether it can be right.
    #[serde(skip)]
    pub is_possible: bool,
}

/// An outcome under a theory.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnderTheory {
    /// The outcome's name.
    pub id: String,
    /// Its probability if the theory is right.
    #[serde(flatten)]
    pub probability: Probability,
}

/// What was asked of the theories.
pub(super) struct TheoriesAsked(Vec<TheoryAsked>);

struct TheoryAsked {
    world: WorldId,
    outcomes: Vec<QueryId>,
    /// How much more probable what was learned is under it.
    evidence: QueryId,
}

impl TheoriesAsked {
    pub(super) fn ask<'m>(study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> TheoriesAsked {
        let count = if study.model.has_theories() { study.model.theories.len() } else { 0 };
        TheoriesAsked((0..count).map(|at| TheoryAsked::ask(study, inquiry, TheoryId(at))).collect())
    }

    pub(super) fn find(&self, told: &Told) -> Vec<TheoryFinding> {
        (0..self.0.len()).map(|at| self.one(at, told)).collect()
    }

    fn one(&self, at: usize, told: &Told) -> TheoryFinding {
        let (theory, asked) = (&told.model().theories[at], &self.0[at]);
        let is_possible = asked.is_possible(told);
        let under = |(outcome, query): (&crate::model::Outcome, &QueryId)| UnderTheory {
            id: outcome.named.id.clone(),
            probability: Probability(match is_possible {
                true => told.estimates.probability(*query),
                false => Estimate::unknown(),
            }),
        };
        TheoryFinding {
            id: theory.named.id.clone(),
            label: theory.named.label.clone(),
            weight: theory.weight,
            posterior: Posterior(match is_possible {
                true => asked.posterior(theory.weight, told),
                false => Estimate::exact(0.0),
            }),
            outcomes: told.model().outcomes.iter().zip(&asked.outcomes).map(under).collect(),
            is_possible,
        }
    }

    /// What each says of an outcome, for the shares of its variance.
    pub(super) fn parts(&self, outcome: usize, told: &Told) -> Vec<ByTheory> {
        let all = told.model().theories.iter().zip(&self.0);
        all.map(|(theory, asked)| ByTheory {
            weight: theory.weight,
            outcome: asked.outcomes[outcome],
            is_possible: asked.is_possible(told),
        })
        .collect()
    }
}

impl TheoryAsked {
    fn ask<'m>(study: &Study<'m>, inquiry: &mut Inquiry<'m>, id: TheoryId) -> TheoryAsked {
        let (base, ask) = (inquiry.world, &mut inquiry.ask);
        let world = ask.world(study.world().under(id));
        let mut outcome = |at: usize| {
            let query = ask.outcome(world, OutcomeId(at));
            ask.keep(query);
            ask.aim(Aim::Probability(query));
            query
        };
        let outcomes = (0..study.model.outcomes.len()).map(&mut outcome).collect();
        let evidence = ask.evidence_ratio(world, base);
        ask.keep(evidence);
        TheoryAsked { world, outcomes, evidence }
    }

    fn is_possible(&self, told: &Told) -> bool {
        told.program.learned(self.world).is_possible
    }

    /// Bayes' theorem: weight × P(learned | theory) / P(learned).
    fn posterior(&self, weight: f64, told: &Told) -> Estimate {
        let has_weight = |world: WorldId| told.program.learned(world).weight.is_some();
        match has_weight(self.world) && has_weight(told.world) {
            true => told.estimates.combination(0.0, &[(weight, self.evidence)]).within(0.0, 1.0),
            false => Estimate::exact(weight),
        }
    }
}
