//! What drives each outcome: how its probability differs between the fifths of each value and the states of what has states,
//! ranked by how much of the question is settled by knowing it.
//!
//! What values do comes from the run's first draws, what states do from all. Both are means given the driver, so that a
//! factor that is correlated with others, or feeds into them, is seen with all that comes with it.

mod by_state;
mod by_value;
pub(in crate::analysis) mod candidates;
mod cells;
mod conditional;
mod driver;
mod order;
pub(in crate::analysis) mod states_share;
mod sums;
mod upstream;
pub(in crate::analysis) mod weights;

use schemars::JsonSchema;
use serde::Serialize;

pub(in crate::analysis) use driver::told;
pub use driver::{Driver, DriverKind, Level, Shape};

use super::Study;
use super::round::{Inquiry, Told, Topic};
use crate::model::{Model, OutcomeId, Variable};
use crate::program::{Aim, Output, QueryId};
use by_state::ByState;
use by_value::Draws;
use candidates::Candidate;

/// What drives each outcome?
#[derive(Clone, Copy, Debug, Default)]
pub struct Drivers<'a> {
    /// Of events and derived values, those that are wanted, by name; all that may drive an outcome if there are none. Factors
    /// that may are wanted always.
    pub of: &'a [String],
}

/// What drives the outcomes.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DriversFinding {
    /// For each outcome in the order of the file its drivers, strongest first.
    pub drivers: Vec<Driver>,
    /// How many draws entered: the first of the run.
    #[serde(skip)]
    pub draws: u64,
    /// For each outcome, its probability in these draws; as often as what was learned gives them weight.
    #[serde(skip)]
    pub shares: Vec<Vec<f64>>,
}

impl DriversFinding {
    /// The drivers of an outcome, strongest first.
    pub fn of<'a>(&'a self, outcome: &'a str) -> impl Iterator<Item = &'a Driver> {
        self.drivers.iter().filter(move |one| one.outcome == outcome)
    }
}

/// What is asked to find drivers.
pub struct DriversAsked {
    outcomes: Vec<QueryId>,
    candidates: Vec<Candidate>,
    by_state: Vec<ByState>,
}

impl Drivers<'_> {
    /// Whether a variable of a model is asked about.
    fn wanted<'s>(&'s self, model: &'s Model) -> impl Fn(Variable) -> bool + 's {
        let drivers = upstream::drivers(model);
        let is_named = |one: Variable| self.of.iter().any(|name| name == model.name(one));
        move |one: Variable| match one {
            Variable::Derived(_) | Variable::Event(_) if !self.of.is_empty() => is_named(one),
            _ => drivers.contains(&one) || is_named(one),
        }
    }
}

impl DriversAsked {
    /// Whether what is called so is among them.
    pub(super) fn has(&self, name: &str, model: &Model) -> bool {
        let candidates = self.candidates.iter().filter_map(Candidate::variable);
        let mut all = candidates.chain(self.by_state.iter().map(ByState::variable));
        all.any(|one| model.name(one) == name)
    }
}

impl Topic for Drivers<'_> {
    type Asked = DriversAsked;
    type Finding = DriversFinding;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> DriversAsked {
        let (model, is_wanted) = (study.model, self.wanted(study.model));
        let outcome = |at: usize| {
            let query = inquiry.ask.outcome(inquiry.world, OutcomeId(at));
            inquiry.ask.keep(query);
            inquiry.ask.aim(Aim::Probability(query));
            query
        };
        DriversAsked {
            outcomes: (0..model.outcomes.len()).map(outcome).collect(),
            candidates: Candidate::ask(model, inquiry, &is_wanted),
            by_state: ByState::ask(model, inquiry, &is_wanted),
        }
    }

    fn find(&self, asked: &DriversAsked, told: &Told) -> DriversFinding {
        let (program, kept) = (told.program, told.kept());
        let shares: Vec<Output> = asked.outcomes.iter().map(|one| program.query(*one).numerator).collect();
        let weight = program.learned(told.world).weight;
        // Only what is wanted is looked at: what else was asked makes no finding less sure.
        let is_wanted = self.wanted(told.model());
        let candidates = asked.candidates.iter().filter(|one| one.variable().is_none_or(&is_wanted));
        let candidates: Vec<&Candidate> = candidates.collect();
        let by_state: Vec<&ByState> = asked.by_state.iter().filter(|one| is_wanted(one.variable())).collect();
        let is_open = |of: Variable| by_state.iter().any(|one| one.variable() == of && one.is_open(told));
        let looked = shares.len() * (candidates.len() + by_state.len());
        let draws = Draws::new(program, kept, &shares, weight, looked);
        let mut lists = vec![Vec::new(); shares.len()];
        for one in Candidate::varying(&candidates, told, is_open) {
            for (list, (found, correlation)) in lists.iter_mut().zip(draws.told(&one)) {
                list.push(Driver::by_value(&one.id, &one.label, &found, correlation));
            }
        }
        for (at, list) in lists.iter_mut().enumerate() {
            let found = by_state.iter().filter_map(|one| one.find(at, told));
            list.extend(found.map(|one| one.among(looked)));
            // What is certain is driven by nothing.
            let rank = |one: &Driver| if one.share.value.is_nan() { -1.0 } else { one.share.value };
            list.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
        }
        DriversFinding {
            drivers: named(told.model(), lists),
            draws: kept.len() as u64,
            shares: draws.shares(weight, &shares),
        }
    }
}

/// All drivers in one list, each with the name of its outcome.
fn named(model: &Model, lists: Vec<Vec<Driver>>) -> Vec<Driver> {
    let all = model.outcomes.iter().zip(lists).flat_map(|(outcome, list)| {
        list.into_iter().map(|one| Driver { outcome: outcome.named.id.clone(), ..one })
    });
    all.collect()
}
