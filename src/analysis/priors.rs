//! What does the file state of each thing that is not known, and what of it is left once something was learned?
//!
//! What is stated is the model's own law, exact where the file gives one; a factor that is a formula of others is drawn.

use schemars::JsonSchema;
use serde::Serialize;

use super::round::{Inquiry, Told, Topic};
use super::spread::{BARS, Percentiles};
use super::stated::is_conditional;
use super::study::Study;
use crate::diagnostic::Span;
use crate::model::{CategoryId, FactorId, Named, Term, Variable};
use crate::program::{Aim, QueryId, SpreadId, World, WorldId};

/// What does the file state of each thing that is not known?
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Priors {
    /// The factors that are wanted, by name; all if there are none.
    pub of: Vec<String>,
}

/// What the file states of what is not known, in its order.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PriorsFinding {
    /// The factors.
    pub factors: Vec<Prior>,
}

/// What is stated of one factor.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Prior {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What can be said of it.
    #[serde(flatten)]
    pub kind: PriorKind,
}

/// A number or one of several states.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum PriorKind {
    /// A number.
    Number {
        /// The value at which it says nothing.
        neutral: f64,
        /// What it is measured in.
        unit: Option<String>,
        /// As the file has it.
        prior: Law,
        /// Once something was learned.
        posterior: Option<Law>,
    },
    /// One of several states.
    States {
        /// The states, in the order of the file.
        states: Vec<StatePrior>,
    },
}

/// How a number lies.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Law {
    /// Whether no draw entered it.
    pub exact: bool,
    /// Its percentiles.
    #[serde(flatten)]
    pub spread: Percentiles,
    /// Its values as bars, [from, to, probability]: single values, with both ends the same, where there are at most 100; else equal
    /// parts from P0.5 to P99.5, or to an end that is near.
    pub histogram: Vec<(f64, f64, f64)>,
}

/// One state.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StatePrior {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its probability as the file has it.
    pub prior: f64,
    /// Its probability once something was learned.
    pub posterior: Option<f64>,
}

/// What was asked.
pub struct PriorsAsked {
    numbers: Vec<NumberAsked>,
    states: Vec<StatesAsked>,
}

struct NumberAsked {
    id: FactorId,
    /// Where the file gives no law of it.
    prior: Option<SpreadId>,
    posterior: Option<SpreadId>,
}

struct StatesAsked {
    id: CategoryId,
    prior: Vec<QueryId>,
    posterior: Option<Vec<QueryId>>,
}

impl Topic for Priors {
    type Asked = PriorsAsked;
    type Finding = PriorsFinding;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> PriorsAsked {
        let model = study.model;
        let is_wanted = |named: &Named| self.of.is_empty() || self.of.contains(&named.id);
        let learned = inquiry.world;
        // In it, what was learned is unsaid.
        let stated = is_conditional(model).then(|| {
            let active = vec![false; model.evidence.len()];
            inquiry.ask.world(World { learned: Vec::new(), active, ..study.world() })
        });
        let (before, after) = (stated.unwrap_or(learned), stated.map(|_| learned));
        let factors = (0..model.factors.len()).map(FactorId);
        let numbers = factors.filter(|id| is_wanted(&model.factors[id.0].named)).map(|id| {
            let term = model.term_of(Variable::Factor(id));
            let is_formula = model.factors[id.0].distribution.is_none();
            let mut ask = |world| {
                let spread = inquiry.ask.spread(world, term.clone());
                inquiry.ask.aim(Aim::Values(spread));
                spread
            };
            NumberAsked { id, prior: is_formula.then(|| ask(before)), posterior: after.map(&mut ask) }
        });
        let numbers = numbers.collect();
        let categories = (0..model.categories.len()).map(CategoryId);
        let states = categories.filter(|id| is_wanted(&model.categories[id.0].named)).map(|id| {
            let category = &model.categories[id.0];
            let mut ask = |world: WorldId| -> Vec<QueryId> {
                let state = |at| {
                    let query = inquiry.ask.probability(world, Term::is(id, at, category.span));
                    inquiry.ask.aim(Aim::Probability(query));
                    query
                };
                (0..category.states.len()).map(state).collect()
            };
            StatesAsked { id, prior: ask(before), posterior: after.map(ask) }
        });
        PriorsAsked { numbers, states: states.collect() }
    }

    fn find(&self, asked: &PriorsAsked, told: &Told) -> PriorsFinding {
        let numbers = asked.numbers.iter().map(|one| one.find(told));
        let mut all: Vec<(Span, Prior)> =
            numbers.chain(asked.states.iter().map(|one| one.find(told))).collect();
        all.sort_by_key(|(span, _)| *span);
        PriorsFinding { factors: all.into_iter().map(|(_, one)| one).collect() }
    }
}

fn drawn(id: SpreadId, told: &Told) -> Law {
    let spread = Percentiles::of(|level| told.estimates.quantile(id, level));
    Law { exact: told.estimates.is_known(id), spread, histogram: told.estimates.bars(id, BARS) }
}

impl NumberAsked {
    fn find(&self, told: &Told) -> (Span, Prior) {
        let factor = &told.model().factors[self.id.0];
        let stated = factor.distribution.as_ref().map(|law| Law {
            exact: true,
            spread: Percentiles::of(|level| law.quantile(level)),
            histogram: law.bars(BARS),
        });
        let drawn_prior = self.prior.map(|id| drawn(id, told));
        let nothing = Law { exact: false, spread: Percentiles::of(|_| f64::NAN), histogram: Vec::new() };
        let kind = PriorKind::Number {
            neutral: factor.neutral,
            unit: factor.unit.clone(),
            prior: stated.or(drawn_prior).unwrap_or(nothing),
            posterior: self.posterior.map(|id| drawn(id, told)),
        };
        (factor.span, Prior::of(&factor.named, kind))
    }
}

impl StatesAsked {
    fn find(&self, told: &Told) -> (Span, Prior) {
        let category = &told.model().categories[self.id.0];
        let value = |id: &QueryId| told.estimates.probability(*id).value;
        let state = |(at, state): (usize, &crate::model::State)| StatePrior {
            id: state.named.id.clone(),
            label: state.named.label.clone(),
            prior: value(&self.prior[at]),
            posterior: self.posterior.as_ref().map(|all| value(&all[at])),
        };
        let states = category.states.iter().enumerate().map(state).collect();
        (category.span, Prior::of(&category.named, PriorKind::States { states }))
    }
}

impl Prior {
    fn of(named: &Named, kind: PriorKind) -> Prior {
        Prior { id: named.id.clone(), label: named.label.clone(), kind }
    }
}
