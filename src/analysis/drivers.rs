//! What drives each outcome: how its probability differs between the lowest and the highest fifth of each factor.
//!
//! The numbers come from the run's first draws and are means given the factor, so that a factor that is correlated
//! with others, or feeds into them, is seen with all that comes with it.

use super::ranking::Ranking;
use super::summary::CategorySummary;
use super::void::Witnesses;
use crate::model::{Model, OutcomeId, Outcomes, Term, TheoryId, Variable};
use crate::program::{Ask, Output, Program, ValueId, WorldId};
use crate::simulation::Kept;
use crate::statistics::Estimate;

/// As many groups as independent draws are cut into for the error.
const GROUPS: usize = 8;

/// The drivers of every outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Drivers {
    /// How many draws entered: the first of the run.
    pub draws: u64,
    /// For each outcome, its drivers, strongest first.
    pub outcomes: Vec<Vec<Driver>>,
}

/// What one uncertain quantity does to an outcome's probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// The factor's name, or the address of an uncertain weight or base.
    pub id: String,
    /// In words.
    pub label: String,
    /// The outcome's probability when the factor is in its lowest fifth.
    pub low: f64,
    /// The outcome's probability when the factor is in its highest fifth.
    pub high: f64,
    /// `high` − `low`.
    pub swing: Estimate,
    /// The rank correlation (Spearman 1904) of factor and probability.
    pub correlation: f64,
}

/// A weight or a base that may not be known.
pub(super) struct Weight {
    /// The theory that it belongs to; `None` if it stands in `[outcomes]`.
    theory: Option<TheoryId>,
    outcome: OutcomeId,
    /// What it weighs; `None` for the base.
    variable: Option<Variable>,
    /// The state that it weighs, of a factor with states.
    state: Option<usize>,
    value: ValueId,
}

/// Asks for the values of all weights and bases that are no plain numbers.
pub(super) fn weights<'m>(ask: &mut Ask<'m>, world: WorldId, model: &'m Model) -> Vec<Weight> {
    let mut found = Vec::new();
    let mut is_shared_done = false;
    for (at, theory) in model.theories.iter().enumerate().filter(|(_, one)| one.weight > 0.0) {
        // Theories that share a form share its weights.
        if theory.is_own || !is_shared_done {
            let id = theory.is_own.then_some(TheoryId(at));
            weights_of(ask, world, id, &theory.form, &mut found);
            is_shared_done |= !theory.is_own;
        }
    }
    found
}

fn weights_of(
    ask: &mut Ask,
    world: WorldId,
    theory: Option<TheoryId>,
    form: &Outcomes,
    found: &mut Vec<Weight>,
) {
    let Outcomes::Weighted { bases, weights, .. } = form else { return };
    for (index, (base, own)) in bases.iter().zip(weights).enumerate() {
        let own = own.iter().map(|one| (Some(one.variable), one.state, &one.value));
        let all = std::iter::once((None, None, base)).chain(own);
        let open = all.filter(|(_, _, term): &(_, _, &Term)| term.as_constant().is_none());
        found.extend(open.map(|(variable, state, term)| Weight {
            theory,
            outcome: OutcomeId(index),
            variable,
            state,
            value: ask.value(world, term.clone()),
        }));
    }
}

/// What may drive an outcome.
pub(super) struct Candidates<'a> {
    pub(super) model: &'a Model,
    pub(super) factors: &'a Witnesses,
    pub(super) weights: &'a [Weight],
}

/// Finds the drivers in draws that were kept: of the outcomes whose probabilities are `shares`, among the candidates and the
/// factors with states.
pub(super) fn find(
    candidates: &Candidates,
    program: &Program,
    kept: &Kept,
    shares: &[Output],
    categories: &[CategorySummary],
) -> Drivers {
    let groups = kept.groups(GROUPS);
    let candidates = candidates.all(program);
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
    for (at, list) in outcomes.iter_mut().enumerate() {
        list.extend(categories.iter().filter_map(|category| by_state(category, at)));
    }
    for list in &mut outcomes {
        list.sort_by(|a, b| b.swing.value.abs().total_cmp(&a.swing.value.abs()));
    }
    Drivers { draws: kept.len() as u64, outcomes }
}

/// What the state of a factor does to an outcome: from the state in which it is least probable to that in which it is most.
fn by_state(category: &CategorySummary, outcome: usize) -> Option<Driver> {
    let swing = category.swings.get(outcome)?;
    let label = |at: usize| &category.states[at].label;
    Some(Driver {
        id: category.id.clone(),
        label: format!("{}: {} / {}", category.label, label(swing.states.0), label(swing.states.1)),
        low: swing.ends.0,
        high: swing.ends.1,
        swing: swing.difference,
        // States have no order.
        correlation: f64::NAN,
    })
}

/// Something uncertain whose value was kept.
struct Candidate {
    id: String,
    label: String,
    output: Output,
}

impl Candidates<'_> {
    /// Factors that vary and do not depend on events, and uncertain weights.
    fn all(&self, program: &Program) -> Vec<Candidate> {
        let model = self.model;
        let factors = self.factors.iter().zip(&model.factors).filter_map(|((name, id), factor)| {
            Some(Candidate {
                id: name.clone(),
                label: factor.named.label.clone(),
                output: program.value(*id)?,
            })
        });
        let weights =
            self.weights.iter().filter_map(|weight| weight.candidate(model, program.value(weight.value)?));
        factors.chain(weights).collect()
    }
}

impl Weight {
    fn candidate(&self, model: &Model, output: Output) -> Option<Candidate> {
        let outcome = &model.outcomes[self.outcome.0];
        let (path, what) = match self.variable {
            Some(variable) => {
                let (path, label) = weighed(model, variable, self.state);
                (format!("weights.{path}"), format!("weight of {label}"))
            }
            None => ("base".into(), "base".into()),
        };
        let theory = self.theory.map(|id| &model.theories[id.0]);
        let (before, under) = theory.map_or((String::new(), String::new()), |one| {
            (format!("theories.{}.", one.named.id), format!(" under “{}”", one.named.label))
        });
        Some(Candidate {
            id: format!("{before}outcomes.{}.{path}", outcome.named.id),
            label: format!("{what} for “{}”{under}", outcome.named.label),
            output,
        })
    }
}

/// The name and the label of what a weight weighs.
fn weighed(model: &Model, variable: Variable, state: Option<usize>) -> (String, String) {
    let (name, label) = (model.name(variable), model.label(variable));
    match (variable, state) {
        (Variable::Category(id), Some(at)) => {
            let state = &model.categories[id.0].states[at];
            (format!("{name}.{}", state.named.id), format!("{label}: {}", state.named.label))
        }
        _ => (name.into(), label.into()),
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
        id: candidate.id.clone(),
        label: candidate.label.clone(),
        low: mean(&lows),
        high: mean(&highs),
        swing: Estimate::from_replicates(&swings),
        correlation: mean(&correlations),
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
