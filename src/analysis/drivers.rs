//! What drives each outcome: how its probability differs between the lowest and the highest fifth of each factor.
//!
//! The numbers come from the run's first draws and are means given the factor, so that a factor that is correlated
//! with others, or feeds into them, is seen with all that comes with it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Study;
use super::estimated::Swing;
use super::ranking::Ranking;
use super::round::{Inquiry, Told, Topic};
use super::states::{StateSwing, SwingsAsked};
use super::void::{Witnesses, witnesses};
use super::weights::{Weight, weights};
use crate::model::{CategoryId, Model, OutcomeId};
use crate::program::{Aim, Output, Program, QueryId};
use crate::simulation::Kept;
use crate::statistics::Estimate;

/// As many groups as independent draws are cut into for the error.
const GROUPS: usize = 8;

/// What drives each outcome?
#[derive(Clone, Copy, Debug, Default)]
pub struct Drivers;

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
    /// The factor's name, or the address of an uncertain weight or base.
    #[serde(rename = "factor")]
    pub id: String,
    /// In words.
    pub label: String,
    /// The outcome's probability when the factor is in its lowest fifth, or in the state where it is least probable.
    #[schemars(with = "Option<f64>")]
    pub low: f64,
    /// The outcome's probability when the factor is in its highest fifth, or in the state where it is most probable.
    #[schemars(with = "Option<f64>")]
    pub high: f64,
    /// `high` − `low`.
    #[serde(flatten)]
    pub swing: Swing,
    /// The rank correlation (Spearman 1904) of factor and probability; null for states, which have no order.
    #[schemars(with = "Option<f64>")]
    pub correlation: f64,
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
    weights: Vec<Weight>,
    swings: SwingsAsked,
}

impl Topic for Drivers {
    type Asked = DriversAsked;
    type Finding = DriversFinding;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> DriversAsked {
        let model = study.model;
        let outcome = |at: usize| {
            let query = inquiry.ask.outcome(inquiry.world, OutcomeId(at));
            inquiry.ask.keep(query);
            inquiry.ask.aim(Aim::Probability(query));
            query
        };
        DriversAsked {
            outcomes: (0..model.outcomes.len()).map(outcome).collect(),
            factors: witnesses(&mut inquiry.ask, inquiry.world, model),
            weights: weights(inquiry, model),
            swings: SwingsAsked::ask(model, inquiry),
        }
    }

    fn find(&self, asked: &DriversAsked, told: &Told) -> DriversFinding {
        let program = told.program;
        let shares: Vec<Output> = asked.outcomes.iter().map(|one| program.query(*one).numerator).collect();
        let resampled;
        let kept = match program.learned(told.world).weight {
            // Without outcomes nothing looks at what was kept.
            Some(weight) if !shares.is_empty() => {
                resampled = told.kept().clone().resampled(weight, &shares);
                &resampled
            }
            _ => told.kept(),
        };
        let mut lists = by_value(&asked.candidates(told.model(), program), kept, &shares);
        for (at, list) in lists.iter_mut().enumerate() {
            let swings = asked.swings.find(at, told);
            list.extend(swings.into_iter().map(|(id, swing)| by_state(told.model(), id, &swing)));
            list.sort_by(|a, b| b.swing.value.abs().total_cmp(&a.swing.value.abs()));
        }
        DriversFinding {
            drivers: named(told.model(), lists),
            draws: kept.len() as u64,
            shares: shares.iter().map(|output| kept.column(*output).to_vec()).collect(),
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

/// For each outcome what the candidates do to it, by their values in the draws that were kept.
fn by_value(candidates: &[Candidate], kept: &Kept, shares: &[Output]) -> Vec<Vec<Driver>> {
    let groups = kept.groups(GROUPS);
    let rankings = |values: &[f64]| -> Vec<Ranking> {
        groups.iter().map(|group| Ranking::of(&values[group.clone()])).collect()
    };
    // Each outcome is ranked once, not once a candidate.
    let shares: Vec<&[f64]> = shares.iter().map(|output| kept.column(*output)).collect();
    let ranked: Vec<Vec<Ranking>> = shares.iter().map(|share| rankings(share)).collect();
    let mut outcomes = vec![Vec::new(); shares.len()];
    for candidate in candidates.iter().filter(|_| !shares.is_empty()) {
        let values = kept.column(candidate.output);
        if values.is_empty() {
            continue;
        }
        let orders = rankings(values);
        for ((list, probabilities), ranked) in outcomes.iter_mut().zip(&shares).zip(&ranked) {
            let parts = groups.iter().map(|group| &probabilities[group.clone()]);
            list.push(driver(candidate, &orders, parts.zip(ranked)));
        }
    }
    outcomes
}

/// What the state of a factor does to an outcome: from the state in which it is least probable to that in which it is most.
fn by_state(model: &Model, id: CategoryId, swing: &StateSwing) -> Driver {
    let category = &model.categories[id.0];
    let label = |at: usize| &category.states[at].named.label;
    Driver {
        outcome: String::new(),
        id: category.named.id.clone(),
        label: format!("{}: {} / {}", category.named.label, label(swing.states.0), label(swing.states.1)),
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
    /// Factors that vary and do not depend on events, and uncertain weights.
    fn candidates(&self, model: &Model, program: &Program) -> Vec<Candidate> {
        let factors = self.factors.iter().zip(&model.factors).filter_map(|((name, id), factor)| {
            Some((name.clone(), factor.named.label.clone(), program.value(*id)?))
        });
        let weights = self.weights.iter().filter_map(|weight| weight.described(model, program));
        factors.chain(weights).map(|(id, label, output)| Candidate { id, label, output }).collect()
    }
}

/// `parts` are an outcome's probabilities in each group, and their ranking.
fn driver<'a>(
    candidate: &Candidate,
    orders: &[Ranking],
    parts: impl Iterator<Item = (&'a [f64], &'a Ranking)>,
) -> Driver {
    let mut lows = Vec::new();
    let mut highs = Vec::new();
    let mut correlations = Vec::new();
    for (ranking, (probabilities, ranked)) in orders.iter().zip(parts) {
        let (low, high) = ranking.fifths(probabilities);
        lows.push(low);
        highs.push(high);
        correlations.push(ranking.correlation(ranked));
    }
    let swings: Vec<f64> = lows.iter().zip(&highs).map(|(low, high)| high - low).collect();
    Driver {
        outcome: String::new(),
        id: candidate.id.clone(),
        label: candidate.label.clone(),
        low: mean(&lows),
        high: mean(&highs),
        swing: Swing(Estimate::from_replicates(&swings)),
        correlation: mean(&correlations),
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
