//! What dated evidence does to the answers: item by item, alone and in the order of dates.
//!
//! All answers come from the same draws under different weights, so that what two of them share cancels in the error of
//! their difference.

use super::Failure;
use crate::math::elementary;
use crate::model::Model;
use crate::program::{Program, Query, compile_updates};
use crate::scenario::Date;
use crate::simulation::{Estimates, Learned, Plan, Sampled, Settings, VoidSummary, Watch, sample};
use crate::statistics::Estimate;

/// What the active evidence of a model does to its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Updates {
    /// How the draws were made.
    pub plan: Plan,
    /// Whether no draw entered any answer.
    pub exact: bool,
    /// Whether the wanted precision was reached.
    pub reached: bool,
    /// What the evidence bears on.
    pub answers: Vec<Answer>,
    /// The items that count, by date.
    pub items: Vec<Item>,
    /// The probabilities at the end of each day on which there was an item, by date.
    pub timeline: Vec<Point>,
    /// How probable all items are together, as a share of the most that they could be, and how much the draws weigh under
    /// them.
    pub learned: Learned,
    /// Draws that were left out.
    pub void: VoidSummary,
}

/// An outcome; in a model without outcomes, an event or a state.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Its name; of a state, `factor=state`.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its probability before the evidence.
    pub prior: Estimate,
    /// Its probability after all of it.
    pub posterior: Estimate,
    /// By how much that is more.
    pub change: Estimate,
}

/// What one item does. Lists follow the answers'.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its position in the model.
    pub at: usize,
    /// What it counts by state, as shares of the largest, beside those that come before it.
    pub likelihood: Vec<f64>,
    /// Whether it counts less because an earlier item shares its cause.
    pub is_tempered: bool,
    /// By how much it raises the log-odds of each answer against all others, after the items before it.
    pub added: Vec<Estimate>,
    /// The same by itself.
    pub alone: Vec<Estimate>,
    /// The probabilities after it and all before it.
    pub after: Vec<Estimate>,
}

/// The answers at the end of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The day.
    pub date: Date,
    /// The items of that day, by their positions in [`Updates::items`].
    pub items: Vec<usize>,
    /// The probability of each answer.
    pub probabilities: Vec<Estimate>,
    /// (ΣW)² / ΣW² over the draws' weights W; infinite where all weigh the same.
    pub effective_draws: f64,
}

/// Shows what the active evidence of a model does.
///
/// # Errors
/// Evidence that is impossible or depends on too many states, or an interruption.
pub fn update(model: &Model, settings: &Settings, watch: &Watch) -> Result<Updates, Failure> {
    let active = model.active();
    let order: Vec<usize> = model.timeline().into_iter().filter(|at| active[*at]).collect();
    let sets = sets(active.len(), &order);
    let program = compile_updates(model, &sets)?;
    let Sampled { sampling, judges, reached } = sample(model, &program, settings, watch)?;
    let told = Told { program: &program, estimates: sampling.estimates(judges), count: order.len() };
    let answers = told.answers(model);
    let exact = answers.iter().all(|one| one.prior.exact && one.posterior.exact);
    let is_drawn = !program.inputs().is_empty();
    let items: Vec<Item> =
        order.iter().enumerate().map(|(step, at)| told.item(model, step, *at, &sets)).collect();
    Ok(Updates {
        plan: if is_drawn { *sampling.plan() } else { Plan { draws_per_replicate: 0, ..*sampling.plan() } },
        exact,
        reached,
        answers,
        timeline: told.timeline(model, &order),
        learned: told.learned(),
        items,
        void: sampling.void(),
    })
}

/// Which items count: none, the first, the first two, and so on to all; then each by itself.
fn sets(width: usize, order: &[usize]) -> Vec<Vec<bool>> {
    let of = |members: &[usize]| (0..width).map(|at| members.contains(&at)).collect();
    let grown = (0..=order.len()).map(|count| of(&order[..count]));
    let alone = order.iter().map(|at| of(&[*at]));
    // The last is the whole again, so that the precision of its answers is looked at.
    grown.chain(alone).chain([of(order)]).collect()
}

struct Told<'a> {
    program: &'a Program,
    estimates: Estimates<'a>,
    /// How many items there are.
    count: usize,
}

impl Told<'_> {
    /// How many answers there are.
    fn width(&self) -> usize {
        self.program.answers.updates[0].values.len()
    }

    /// The ratio of an answer in a set.
    fn query(&self, set: usize, answer: usize) -> Query {
        self.program.answers.updates[set].query(answer)
    }

    fn probabilities(&self, set: usize) -> Vec<Estimate> {
        (0..self.width()).map(|at| self.estimates.probability(self.query(set, at))).collect()
    }

    fn answers(&self, model: &Model) -> Vec<Answer> {
        let (prior, posterior) = (self.probabilities(0), self.probabilities(self.count));
        let change = |at: usize| {
            let parts = [(1.0, self.query(self.count, at)), (-1.0, self.query(0, at))];
            self.estimates.combination(0.0, &parts)
        };
        names(model)
            .into_iter()
            .enumerate()
            .map(|(at, (id, label))| Answer {
                id,
                label,
                prior: prior[at],
                posterior: posterior[at],
                change: change(at),
            })
            .collect()
    }

    fn item(&self, model: &Model, step: usize, at: usize, sets: &[Vec<bool>]) -> Item {
        let all = |one: usize, other: usize| -> Vec<Estimate> {
            (0..self.width()).map(|answer| self.log_odds(one, other, answer)).collect()
        };
        let likelihood = model.likelihood(at, &sets[step + 1]);
        let is_tempered = likelihood != model.likelihood(at, &sets[self.count + 1 + step]);
        Item {
            at,
            likelihood,
            is_tempered,
            added: all(step, step + 1),
            alone: all(0, self.count + 1 + step),
            after: self.probabilities(step + 1),
        }
    }

    /// The change in an answer's log-odds from one set to another. Its error follows from those of the two probabilities
    /// by the slope of the logit, 1 / (p (1 − p)) (the delta method).
    fn log_odds(&self, before: usize, after: usize, answer: usize) -> Estimate {
        let queries = [self.query(before, answer), self.query(after, answer)];
        if queries[0] == queries[1] {
            return Estimate::exact(0.0);
        }
        let [p, q] = queries.map(|query| self.estimates.query(query).value);
        let value = elementary::logit(q) - elementary::logit(p);
        let slope = |p: f64| 1.0 / (p * (1.0 - p));
        let parts = [(slope(q), queries[1]), (-slope(p), queries[0])];
        let linear = self.estimates.combination(0.0, &parts);
        if linear.exact {
            return Estimate::exact(value);
        }
        let half = linear.half_width();
        let interval = (value - half, value + half);
        Estimate { value, interval, ..linear }
    }

    /// The answers after the last item of each day.
    fn timeline(&self, model: &Model, order: &[usize]) -> Vec<Point> {
        let day = |step: usize| model.evidence[order[step]].date;
        let ends = (0..order.len()).filter(|step| step + 1 == order.len() || day(step + 1) != day(*step));
        let point = |last: usize| Point {
            date: day(last),
            items: (0..order.len()).filter(|step| day(*step) == day(last)).collect(),
            probabilities: self.probabilities(last + 1),
            effective_draws: self.effective(last + 1).0,
        };
        ends.map(point).collect()
    }

    /// The effective draws in a set, and the least share of weight of a replicate.
    fn effective(&self, set: usize) -> (f64, f64) {
        let weight = self.program.answers.updates[set].weight;
        weight.and_then(|weight| self.estimates.effective_draws(weight)).unwrap_or((f64::INFINITY, 1.0))
    }

    fn learned(&self) -> Learned {
        let [before, after] = [0, self.count].map(|set| self.program.answers.updates[set].weight);
        let probability = match after.filter(|_| before != after) {
            Some(numerator) => self.estimates.probability(Query { numerator, weight: before }),
            None => Estimate::exact(1.0),
        };
        let (effective_draws, least) = self.effective(self.count);
        Learned { probability, effective_draws, is_missed: least.is_nan() || least <= 0.0 }
    }
}

/// Name and label of each answer, in the order of [`Update::values`](crate::program::Update::values).
fn names(model: &Model) -> Vec<(String, String)> {
    if !model.outcomes.is_empty() {
        return model.outcomes.iter().map(|one| (one.name.clone(), one.label.clone())).collect();
    }
    let events = model.events.iter().map(|one| (one.name.clone(), one.label.clone()));
    let states = model.categories.iter().flat_map(|one| {
        let state = |state: &crate::model::State| {
            (format!("{}={}", one.name, state.name), format!("{}: {}", one.label, state.label))
        };
        one.states.iter().map(state).collect::<Vec<_>>()
    });
    events.chain(states).collect()
}
