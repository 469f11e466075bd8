//! What a run found, as plain data.

use std::collections::BTreeSet;
use std::ops::Range;

use super::estimates::Estimates;
use super::pilot;
use super::plan::Plan;
use super::sampling::Sampling;
use super::variance::{self, VarianceShares};
use super::variants::{self, VariantSummary};
use crate::diagnostic::Span;
use crate::expression::scale;
use crate::model::{DerivedId, FactorId, Model, Variable};
use crate::program::{ByTheory, Output, Program, Query, Spread};
use crate::statistics::{Estimate, ProbabilityHistogram};

/// The answers of a run. Lists follow the model's.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How the draws were made.
    pub plan: Plan,
    /// Whether no draw entered any answer.
    pub exact: bool,
    /// The probability of each outcome, and its spread.
    pub outcomes: Vec<OutcomeSummary>,
    /// Each theory by itself, if the file names any.
    pub theories: Vec<TheorySummary>,
    /// Each factor.
    pub factors: Vec<FactorSummary>,
    /// Each derived value.
    pub derived: Vec<DerivedSummary>,
    /// Each factor with states.
    pub categories: Vec<CategorySummary>,
    /// Each event.
    pub events: Vec<EventSummary>,
    /// What was learned, if anything was.
    pub learned: Option<Learned>,
    /// The answers to the questions that the program was compiled with, in their order.
    pub questions: Vec<Estimate>,
    /// Each variant that the program was compiled with.
    pub variants: Vec<VariantSummary>,
    /// Draws that were left out.
    pub void: VoidSummary,
}

/// Three percentiles of a spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentiles {
    /// 5th percentile.
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
}

/// One outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its probability: the mean, over what is not known, of the probability given what is not known.
    pub probability: Estimate,
    /// The spread: percentiles of the probability given what is not known.
    pub spread: Percentiles,
    /// Standard errors of these percentiles, if the design has replicates to tell them from.
    pub spread_error: Option<Percentiles>,
    /// Where the variance of whether it comes true comes from, if it has any and that can be told.
    pub variance: Option<VarianceShares>,
    /// The verbal scale's words for the probability.
    pub words: &'static str,
    /// The distribution of the probability over draws, by percentage points: (lower end, upper end, share of draws).
    pub histogram: Vec<(f64, f64, f64)>,
}

/// One theory by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct TheorySummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// How probable it is that it is right, before anything was learned.
    pub weight: f64,
    /// The same given what was learned.
    pub posterior: Estimate,
    /// The probability of each outcome under it; empty if it can't be right.
    pub outcomes: Vec<Estimate>,
}

/// One factor.
#[derive(Clone, Debug, PartialEq)]
pub struct FactorSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its mean; NaN where none exists.
    pub mean: f64,
    /// Its standard deviation; NaN where none exists.
    pub sd: f64,
    /// Its percentiles.
    pub spread: Percentiles,
}

/// One derived value.
#[derive(Clone, Debug, PartialEq)]
pub struct DerivedSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its mean; NaN where it is known that none exists.
    pub mean: Estimate,
    /// Its standard deviation.
    pub sd: f64,
    /// Its percentiles.
    pub spread: Percentiles,
    /// Its mean given each outcome.
    pub by_outcome: Vec<Estimate>,
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The probability that it happens.
    pub probability: Estimate,
}

/// One factor with states.
#[derive(Clone, Debug, PartialEq)]
pub struct CategorySummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// How many factors with numbers come before it in the file.
    pub after: usize,
    /// Its states.
    pub states: Vec<StateSummary>,
    /// For each outcome, how much the state matters; nothing if there is one state only.
    pub swings: Vec<Swing>,
}

/// How much it matters for an outcome in which state a factor is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// Positions of the states in which the outcome is least and most probable.
    pub states: (usize, usize),
    /// Its probability in these states.
    pub ends: (f64, f64),
    /// The difference.
    pub difference: Estimate,
}

/// One state of a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct StateSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The probability that the factor is in it.
    pub probability: Estimate,
}

/// What was learned, and how well the draws tell what follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Learned {
    /// The probability of what was learned.
    pub probability: Estimate,
    /// (ΣW)² / ΣW² over the draws' weights W; infinite where all draws weigh the same.
    pub effective_draws: f64,
    /// Whether no draw of some replicate has any weight.
    pub is_missed: bool,
}

impl Learned {
    /// The fewest effective draws from which anything is said.
    pub const FEWEST: f64 = 100.0;

    /// Whether the draws are too few to say what follows from what was learned.
    pub fn is_too_rare(&self) -> bool {
        self.effective_draws < Learned::FEWEST || self.is_missed
    }
}

/// Draws that gave no number and were left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VoidSummary {
    /// How many.
    pub draws: u64,
    /// The formula that first gave no number in the first of them.
    pub place: Option<Span>,
    /// The factors' values in it, by name.
    pub example: Vec<(String, f64)>,
}

impl VoidSummary {
    /// The share of void draws above which a run is refused.
    pub const MOST: f64 = 0.001;

    /// The share of void draws.
    pub fn share(&self, draws: u64) -> f64 {
        self.draws as f64 / draws.max(1) as f64
    }
}

/// The answers of the draws so far. Errors are told from the replicates `judges`.
pub(super) fn summarize(
    model: &Model,
    program: &Program,
    sampling: &Sampling,
    judges: Range<usize>,
) -> Summary {
    let estimates = sampling.estimates(judges);
    let summarizer = Summarizer { model, program, sampling, estimates, meanless: model.without_mean() };
    let variances = variance::shares(model, program, sampling.kept());
    let outcomes: Vec<OutcomeSummary> =
        variances.into_iter().enumerate().map(|(at, variance)| summarizer.outcome(at, variance)).collect();
    let theories: Vec<TheorySummary> =
        (0..program.answers.theories.len()).map(|at| summarizer.theory(at)).collect();
    let derived: Vec<DerivedSummary> = (0..model.derived.len()).map(|at| summarizer.derived(at)).collect();
    let events: Vec<EventSummary> = (0..model.events.len()).map(|at| summarizer.event(at)).collect();
    let categories: Vec<CategorySummary> =
        (0..model.categories.len()).map(|at| summarizer.category(at)).collect();
    let variants = variants::summarize(program, &summarizer.estimates);
    let exact = outcomes.iter().all(|one| one.probability.exact)
        && categories.iter().flat_map(|one| &one.states).all(|one| one.probability.exact)
        && theories.iter().flat_map(|one| &one.outcomes).all(|one| one.exact)
        && derived.iter().all(|one| one.mean.exact)
        && events.iter().all(|one| one.probability.exact)
        && variants.iter().flat_map(|one| &one.chances).all(|one| one.difference.exact);
    Summary {
        plan: *sampling.plan(),
        exact,
        factors: (0..model.factors.len()).map(|at| summarizer.factor(at)).collect(),
        questions: program
            .answers
            .questions
            .iter()
            .map(|one| summarizer.estimates.probability(*one))
            .collect(),
        void: sampling.void(),
        variants,
        outcomes,
        theories,
        learned: summarizer.learned(),
        derived,
        categories,
        events,
    }
}

struct Summarizer<'a> {
    model: &'a Model,
    program: &'a Program,
    sampling: &'a Sampling<'a>,
    estimates: Estimates<'a>,
    /// Variables that have no mean.
    meanless: BTreeSet<Variable>,
}

impl Summarizer<'_> {
    fn outcome(&self, at: usize, variance: Option<VarianceShares>) -> OutcomeSummary {
        let outcome = &self.model.outcomes[at];
        let answers = &self.program.answers;
        let probability = self.estimates.probability(answers.probability(answers.outcomes[at]));
        let (spread, spread_error) = self.estimates.percentiles(at);
        OutcomeSummary {
            id: outcome.name.clone(),
            label: outcome.label.clone(),
            words: scale::words(probability.value),
            histogram: percentage_points(&self.estimates.histogram(at)),
            probability,
            spread,
            spread_error,
            variance,
        }
    }

    fn theory(&self, at: usize) -> TheorySummary {
        let theory = &self.model.theories[at];
        let answers = &self.program.answers;
        let own = &answers.theories[at];
        let under =
            |output: &Output| self.estimates.probability(Query { numerator: *output, weight: own.weight });
        TheorySummary {
            id: theory.name.clone(),
            label: theory.label.clone(),
            weight: theory.weight,
            posterior: self.posterior(theory.weight, own),
            outcomes: own.outcomes.iter().map(under).collect(),
        }
    }

    /// Bayes' theorem: weight × P(learned | theory) / P(learned).
    fn posterior(&self, weight: f64, own: &ByTheory) -> Estimate {
        match (own.weight, self.program.answers.weight) {
            _ if own.outcomes.is_empty() => Estimate::exact(0.0),
            (Some(numerator), below @ Some(_)) => {
                let ratio = Query { numerator, weight: below };
                self.estimates.combination(0.0, &[(weight, ratio)]).within(0.0, 1.0)
            }
            _ => Estimate::exact(weight),
        }
    }

    /// A simple factor's numbers are known; others are tallied.
    fn factor(&self, at: usize) -> FactorSummary {
        let factor = &self.model.factors[at];
        let (id, label) = (factor.name.clone(), factor.label.clone());
        if let Some(known) = factor.distribution.as_ref().filter(|_| !self.program.answers.is_conditional) {
            let spread = percentiles(|level| known.quantile(level));
            return FactorSummary { id, label, mean: known.mean(), sd: known.sd(), spread };
        }
        let (mean, sd, spread) =
            self.tallied(Variable::Factor(FactorId(at)), &self.program.answers.factors[at]);
        FactorSummary { id, label, mean: mean.value, sd, spread }
    }

    fn derived(&self, at: usize) -> DerivedSummary {
        let derived = &self.model.derived[at];
        let answers = &self.program.answers;
        let (mean, sd, spread) = self.tallied(Variable::Derived(DerivedId(at)), &answers.derived[at]);
        let given = |(numerator, weight): (&Output, &Output)| {
            self.estimates.query(Query { numerator: *numerator, weight: Some(*weight) })
        };
        let by_outcome = answers.by_outcome[at].iter().zip(&answers.outcomes);
        // Of a value without a mean, it is not known under which outcomes it has one.
        let by_outcome = match self.meanless.contains(&Variable::Derived(DerivedId(at))) {
            true => by_outcome.map(|_| no_mean()).collect(),
            false => by_outcome.map(given).collect(),
        };
        DerivedSummary {
            id: derived.name.clone(),
            label: derived.label.clone(),
            mean,
            sd,
            spread,
            by_outcome,
        }
    }

    fn category(&self, at: usize) -> CategorySummary {
        let category = &self.model.categories[at];
        let answers = &self.program.answers;
        let state = |(state, output): (&crate::model::State, &Output)| StateSummary {
            id: state.name.clone(),
            label: state.label.clone(),
            probability: self.estimates.probability(answers.probability(*output)),
        };
        CategorySummary {
            id: category.name.clone(),
            label: category.label.clone(),
            after: self.model.factors.iter().filter(|factor| factor.span < category.span).count(),
            states: category.states.iter().zip(&answers.categories[at]).map(state).collect(),
            swings: (0..self.model.outcomes.len()).filter_map(|outcome| self.swing(at, outcome)).collect(),
        }
    }

    fn swing(&self, category: usize, outcome: usize) -> Option<Swing> {
        let answers = &self.program.answers;
        let query = |state: usize| Query {
            numerator: answers.by_state[category][state][outcome],
            weight: Some(answers.categories[category][state]),
        };
        let value = |state: usize| self.estimates.query(query(state)).value;
        // A state that can't be tells nothing.
        let known = (0..answers.by_state[category].len()).filter(|state| value(*state).is_finite());
        let mut order: Vec<usize> = known.collect();
        order.sort_by(|a, b| value(*a).total_cmp(&value(*b)));
        let (low, high) = (*order.first()?, *order.last()?);
        Some(Swing {
            states: (low, high),
            ends: (value(low), value(high)),
            difference: self.estimates.combination(0.0, &[(1.0, query(high)), (-1.0, query(low))]),
        })
    }

    fn learned(&self) -> Option<Learned> {
        let answers = &self.program.answers;
        if !answers.is_conditional && self.model.evidence.iter().all(|one| !one.active) {
            return None;
        }
        Some(self.estimates.learned(answers.weight, answers.confined_to))
    }

    fn event(&self, at: usize) -> EventSummary {
        let event = &self.model.events[at];
        let answers = &self.program.answers;
        let probability = self.estimates.probability(answers.probability(answers.events[at]));
        EventSummary { id: event.name.clone(), label: event.label.clone(), probability }
    }

    /// A factor without a known distribution, or a derived value.
    fn tallied(&self, variable: Variable, spread: &Spread) -> (Estimate, f64, Percentiles) {
        if let Some(known) = pilot::known(self.program, spread) {
            return (Estimate::exact(known.mean()), known.sd(), percentiles(|level| known.quantile(level)));
        }
        let tally = self.sampling.tally();
        match tally.layout.spreads.iter().position(|(one, ..)| *one == variable) {
            Some(at) => {
                let is_meanless = self.meanless.contains(&variable);
                let (mean, sd) = if is_meanless { (no_mean(), f64::NAN) } else { self.estimates.spread(at) };
                (mean, sd, percentiles(|level| tally.values[at].quantile(level)))
            }
            None => (Estimate::exact(f64::NAN), f64::NAN, percentiles(|_| f64::NAN)),
        }
    }
}

/// The estimate of a mean that does not exist.
fn no_mean() -> Estimate {
    Estimate::from_error(f64::NAN, f64::INFINITY, 1)
}

fn percentiles(quantile: impl Fn(f64) -> f64) -> Percentiles {
    Percentiles { p05: quantile(0.05), p50: quantile(0.5), p95: quantile(0.95) }
}

/// The share of draws in each percentage point.
fn percentage_points(histogram: &ProbabilityHistogram) -> Vec<(f64, f64, f64)> {
    let shares = histogram.shares(0.0, 1.0, 100);
    shares
        .into_iter()
        .enumerate()
        .map(|(at, share)| (at as f64 / 100.0, (at + 1) as f64 / 100.0, share))
        .collect()
}
