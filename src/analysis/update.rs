//! What dated evidence does to the answers: item by item, alone and in the order of dates.
//!
//! All answers come from the same draws under different weights, so that what two of them share cancels in the error of
//! their difference.

use super::Failure;
use super::chances::Chances;
use super::learned::LearnedSummary;
use super::void::{VoidSummary, witnesses};
use crate::distribution::Cache;
use crate::math::elementary;
use crate::model::Model;
use crate::program::{Aim, Ask, QueryId, World, WorldId, compile};
use crate::scenario::Date;
use crate::simulation::{Estimates, Plan, Settings, Watch, simulate};
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
    pub learned: LearnedSummary,
    /// Draws that were left out.
    pub void: VoidSummary,
}

/// An outcome; in a model without outcomes, an event or a state.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Its name; of a state, the factor's and the state's with a full stop between.
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
pub fn update(model: &Model, settings: &Settings, cache: &Cache, watch: &Watch) -> Result<Updates, Failure> {
    let active = model.active();
    let order: Vec<usize> = model.timeline().into_iter().filter(|at| active[*at]).collect();
    let sets = sets(active.len(), &order);
    let chances = Chances::of(model, |_| true).probabilities();
    let (ask, asked) = asked(model, &chances, &sets, order.len());
    let witnesses = asked.witnesses;
    let program = compile(&ask, cache, &watch.limits())?;
    let sampled = simulate(&program, settings, watch)?;
    let told = Told {
        sets: asked.sets,
        learned: asked.learned,
        estimates: &sampled.estimates(),
        count: order.len(),
    };
    let answers = told.answers(model, &chances);
    let items: Vec<Item> =
        order.iter().enumerate().map(|(step, at)| told.item(model, step, *at, &sets)).collect();
    Ok(Updates {
        plan: sampled.plan(),
        exact: program.is_exact(),
        reached: sampled.reached,
        answers,
        timeline: told.timeline(model, &order),
        learned: told.learned(),
        items,
        void: VoidSummary::of(told.sets[0].world, &witnesses, &sampled.sampling),
    })
}

/// What is asked of one set of items.
struct Set {
    world: WorldId,
    answers: Vec<QueryId>,
}

struct Asked {
    sets: Vec<Set>,
    /// How much as probable all items are as what was learned without them.
    learned: QueryId,
    witnesses: super::void::Witnesses,
}

/// Every set of items is a world; the first and the last are to be precise, and each is compared with the one before it and
/// with the first.
fn asked<'m>(model: &'m Model, chances: &Chances, sets: &[Vec<bool>], count: usize) -> (Ask<'m>, Asked) {
    let mut ask = Ask::new();
    let mut all: Vec<Set> = Vec::new();
    for active in sets {
        let world = ask.world(World { active: active.clone(), ..World::of(model) });
        all.push(Set { world, answers: chances.ask(&mut ask, world, model) });
    }
    for at in 1..all.len() {
        for before in [at - 1, 0] {
            for (own, base) in all[at].answers.iter().zip(&all[before].answers) {
                ask.compare(&[*base, *own]);
            }
        }
    }
    for query in all[0].answers.iter().chain(&all[all.len() - 1].answers) {
        ask.aim(Aim::Probability(*query));
    }
    let learned = ask.evidence_ratio(all[count].world, all[0].world);
    let witnesses = witnesses(&mut ask, all[0].world, model);
    (ask, Asked { sets: all, learned, witnesses })
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
    sets: Vec<Set>,
    learned: QueryId,
    estimates: &'a Estimates<'a>,
    /// How many items there are.
    count: usize,
}

impl Told<'_> {
    /// How many answers there are.
    fn width(&self) -> usize {
        self.sets[0].answers.len()
    }

    /// The ratio of an answer in a set.
    fn query(&self, set: usize, answer: usize) -> QueryId {
        self.sets[set].answers[answer]
    }

    fn probabilities(&self, set: usize) -> Vec<Estimate> {
        (0..self.width()).map(|at| self.estimates.probability(self.query(set, at))).collect()
    }

    fn answers(&self, model: &Model, chances: &Chances) -> Vec<Answer> {
        let (prior, posterior) = (self.probabilities(0), self.probabilities(self.count));
        let change = |at: usize| {
            let parts = [(1.0, self.query(self.count, at)), (-1.0, self.query(0, at))];
            self.estimates.combination(0.0, &parts)
        };
        let names = chances.all().iter().enumerate();
        names
            .map(|(at, one)| Answer {
                id: one.id(model),
                label: one.label(model),
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
        if self.estimates.is_same(queries[0], queries[1]) {
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
        self.estimates.effective_draws(self.sets[set].world).unwrap_or((f64::INFINITY, 1.0))
    }

    fn learned(&self) -> LearnedSummary {
        let probability = self.estimates.probability(self.learned);
        LearnedSummary::of(self.sets[self.count].world, self.estimates, probability, 1.0)
    }
}
