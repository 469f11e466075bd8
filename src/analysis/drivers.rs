//! What drives each outcome: how its probability differs between the lowest and the highest fifth of each factor.
//!
//! The numbers come from the run's first draws and are means given the factor, so that a factor that is correlated
//! with others, or feeds into them, is seen with all that comes with it.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::Study;
use super::estimated::Swing;
use super::ranking::Ranking;
use super::round::{Inquiry, Told, Topic};
use super::swings::{StateSwing, SwingsAsked};
use super::void::{Witnesses, witnesses};
use super::weights::{Weight, weights};
use crate::model::{DerivedId, Model, OutcomeId, Variable};
use crate::program::{Aim, Output, Program, QueryId, ValueId};
use crate::simulation::Kept;
use crate::statistics::Estimate;

/// As many groups as independent draws are cut into for the error.
const GROUPS: usize = 8;

/// What drives each outcome?
#[derive(Clone, Copy, Debug, Default)]
pub struct Drivers<'a> {
    /// Of events and derived values, those that are wanted, by name; all if there are none. Factors are wanted always.
    pub of: &'a [String],
}

/// What drives the outcomes.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
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

/// What one uncertain quantity does to an outcome's probability.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Driver {
    /// The outcome's name.
    pub outcome: String,
    /// The name of a factor or an event, or the address of an uncertain weight or base.
    #[serde(rename = "factor")]
    pub id: String,
    /// In words.
    pub label: String,
    /// Between what its two ends are.
    pub kind: DriverKind,
    /// The outcome's probability when the factor is in its lowest fifth, in the state where the outcome is least probable, or
    /// where the event does not happen.
    #[schemars(with = "Option<f64>")]
    pub low: f64,
    /// The outcome's probability when the factor is in its highest fifth, in the state where the outcome is most probable, or
    /// where the event happens.
    #[schemars(with = "Option<f64>")]
    pub high: f64,
    /// `high` − `low`.
    #[serde(flatten)]
    pub swing: Swing,
    /// The rank correlation (Spearman 1904) of factor and probability; null for events and states.
    #[schemars(with = "Option<f64>")]
    pub correlation: f64,
}

/// Between what a driver's two ends are.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DriverKind {
    /// The lowest and the highest fifth of a value.
    Fifths,
    /// An event that does not happen and one that does.
    Event,
    /// Two states of a factor.
    States,
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
    factors: Witnesses,
    derived: Vec<(DerivedId, ValueId)>,
    weights: Vec<Weight>,
    swings: SwingsAsked,
}

impl Topic for Drivers<'_> {
    type Asked = DriversAsked;
    type Finding = DriversFinding;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> DriversAsked {
        let model = study.model;
        let is_wanted = |name: &str| self.of.is_empty() || self.of.iter().any(|one| one == name);
        let outcome = |at: usize| {
            let query = inquiry.ask.outcome(inquiry.world, OutcomeId(at));
            inquiry.ask.keep(query);
            inquiry.ask.aim(Aim::Probability(query));
            query
        };
        DriversAsked {
            outcomes: (0..model.outcomes.len()).map(outcome).collect(),
            factors: witnesses(&mut inquiry.ask, inquiry.world, model),
            derived: derived(inquiry, model, is_wanted),
            weights: weights(inquiry, model),
            swings: SwingsAsked::ask(model, inquiry, is_wanted),
        }
    }

    fn find(&self, asked: &DriversAsked, told: &Told) -> DriversFinding {
        let (program, kept) = (told.program, told.kept());
        let shares: Vec<Output> = asked.outcomes.iter().map(|one| program.query(*one).numerator).collect();
        let learned = program.learned(told.world).weight.map(|weight| kept.column(weight));
        let draws = Draws { kept, weights: learned.filter(|weights| !weights.is_empty()) };
        let mut lists = draws.by_value(&asked.candidates(told.model(), program), &shares);
        for (at, list) in lists.iter_mut().enumerate() {
            let swings = asked.swings.find(at, told);
            list.extend(swings.iter().map(|swing| by_state(told.model(), swing)));
            list.sort_by(|a, b| b.swing.value.abs().total_cmp(&a.swing.value.abs()));
        }
        DriversFinding {
            drivers: named(told.model(), lists),
            draws: kept.len() as u64,
            shares: draws.shares(program.learned(told.world).weight, &shares),
        }
    }
}

/// The draws that were kept, with what each weighs under what was learned.
struct Draws<'k> {
    kept: &'k Kept,
    weights: Option<&'k [f64]>,
}

/// Asks for the values of derived values; nobody looks at them in a model without outcomes.
fn derived(
    inquiry: &mut Inquiry,
    model: &Model,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<(DerivedId, ValueId)> {
    let all = if model.outcomes.is_empty() { 0 } else { model.derived.len() };
    let wanted = (0..all).map(DerivedId).filter(|id| is_wanted(&model.derived[id.0].named.id));
    let value = |id| (id, inquiry.ask.value(inquiry.world, model.term_of(Variable::Derived(id))));
    wanted.map(value).collect()
}

/// All drivers in one list, each with the name of its outcome.
fn named(model: &Model, lists: Vec<Vec<Driver>>) -> Vec<Driver> {
    let all = model.outcomes.iter().zip(lists).flat_map(|(outcome, list)| {
        list.into_iter().map(|one| Driver { outcome: outcome.named.id.clone(), ..one })
    });
    all.collect()
}

impl Draws<'_> {
    /// For each outcome what the candidates do to it, by their values. Each outcome's column is joint with what was learned.
    fn by_value(&self, candidates: &[Candidate], shares: &[Output]) -> Vec<Vec<Driver>> {
        let groups = self.kept.groups(GROUPS);
        let rankings = |values: &[f64]| -> Vec<Ranking> {
            groups.iter().map(|group| Ranking::of(&values[group.clone()])).collect()
        };
        // Each outcome is ranked once, not once a candidate.
        let shares: Vec<&[f64]> = shares.iter().map(|output| self.kept.column(*output)).collect();
        let ranked: Vec<Vec<Ranking>> = shares.iter().map(|share| rankings(&self.given(share))).collect();
        let mut outcomes = vec![Vec::new(); shares.len()];
        for candidate in candidates.iter().filter(|_| !shares.is_empty()) {
            let values = self.kept.column(candidate.output);
            if values.is_empty() {
                continue;
            }
            let orders = rankings(values);
            for ((list, joint), ranked) in outcomes.iter_mut().zip(&shares).zip(&ranked) {
                let parts = groups.iter().map(|group| Part {
                    joint: &joint[group.clone()],
                    weights: self.weights.map(|weights| &weights[group.clone()]),
                });
                list.push(driver(candidate, &orders, parts.zip(ranked)));
            }
        }
        outcomes
    }

    /// The probability in each draw, given what was learned.
    fn given<'a>(&self, joint: &'a [f64]) -> Cow<'a, [f64]> {
        match self.weights {
            Some(weights) => joint.iter().zip(weights).map(|(joint, weight)| joint / weight).collect(),
            None => joint.into(),
        }
    }

    /// For each outcome its probability in the draws, as often as what was learned gives them weight.
    fn shares(&self, weight: Option<Output>, shares: &[Output]) -> Vec<Vec<f64>> {
        let column = |kept: &Kept| shares.iter().map(|output| kept.column(*output).to_vec()).collect();
        match weight.filter(|_| self.weights.is_some() && !shares.is_empty()) {
            Some(weight) => column(&self.kept.clone().resampled(weight, shares)),
            None => column(self.kept),
        }
    }
}

/// An outcome in a group of draws: its probability jointly with what was learned, and that of what was learned.
struct Part<'k> {
    joint: &'k [f64],
    weights: Option<&'k [f64]>,
}

/// What a state does to an outcome: from the one in which it is least probable to that in which it is most; from an event
/// that does not happen to one that does.
fn by_state(model: &Model, swing: &StateSwing) -> Driver {
    let (kind, label) = match swing.of {
        Variable::Category(id) => {
            let category = &model.categories[id.0];
            let [low, high] = [swing.states.0, swing.states.1].map(|at| &category.states[at].named.label);
            (DriverKind::States, format!("{}: {low} / {high}", category.named.label))
        }
        other => (DriverKind::Event, model.label(other).into()),
    };
    Driver {
        outcome: String::new(),
        id: model.name(swing.of).into(),
        label,
        kind,
        low: swing.ends.0,
        high: swing.ends.1,
        swing: Swing(swing.difference),
        // States have no order.
        correlation: f64::NAN,
    }
}

/// Something uncertain whose value was kept.
struct Candidate {
    id: String,
    label: String,
    output: Output,
}

impl DriversAsked {
    /// Factors and derived values that vary and do not depend on events, and uncertain weights.
    fn candidates(&self, model: &Model, program: &Program) -> Vec<Candidate> {
        let factors = self.factors.iter().zip(&model.factors).filter_map(|((name, id), factor)| {
            Some((name.clone(), factor.named.label.clone(), program.value(*id)?))
        });
        let weights = self.weights.iter().filter_map(|weight| weight.described(model, program));
        let derived = self.derived.iter().filter_map(|(id, value)| {
            let named = &model.derived[id.0].named;
            Some((named.id.clone(), named.label.clone(), program.value(*value)?))
        });
        factors
            .chain(derived)
            .chain(weights)
            .map(|(id, label, output)| Candidate { id, label, output })
            .collect()
    }
}

/// `parts` are an outcome in each group, and its ranking.
fn driver<'a>(
    candidate: &Candidate,
    orders: &[Ranking],
    parts: impl Iterator<Item = (Part<'a>, &'a Ranking)>,
) -> Driver {
    let mut lows = Vec::new();
    let mut highs = Vec::new();
    let mut correlations = Vec::new();
    for (ranking, (part, ranked)) in orders.iter().zip(parts) {
        let (low, high) = match part.weights {
            Some(weights) => ranking.weighted_fifths(part.joint, weights),
            None => ranking.fifths(part.joint),
        };
        lows.push(low);
        highs.push(high);
        correlations.push(match part.weights {
            Some(weights) => ranking.weighted_correlation(ranked, weights),
            None => ranking.correlation(ranked),
        });
    }
    let swings: Vec<f64> = lows.iter().zip(&highs).map(|(low, high)| high - low).collect();
    Driver {
        outcome: String::new(),
        id: candidate.id.clone(),
        label: candidate.label.clone(),
        kind: DriverKind::Fifths,
        low: mean(&lows),
        high: mean(&highs),
        swing: Swing(Estimate::from_replicates(&swings)),
        correlation: mean(&correlations),
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
