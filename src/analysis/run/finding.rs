//! What the draws of a run say.

use std::collections::BTreeSet;

use super::places::{CategoryAsked, DerivedAsked, OutcomeAsked, Places, TheoryAsked};
use super::question::Question;
use crate::analysis::learned::LearnedSummary;
use crate::analysis::summary::{
    CategorySummary, DerivedSummary, EventSummary, FactorSummary, OutcomeSummary, Percentile, Percentiles,
    StateSummary, Summary, Swing, TheorySummary,
};
use crate::analysis::variance::{self, VarianceShares};
use crate::analysis::void::VoidSummary;
use crate::expression::scale;
use crate::model::{EventId, FactorId, Variable};
use crate::program::{Program, QueryId, SpreadId, States, WorldId};
use crate::simulation::{Belief, Estimates, Sampled};
use crate::statistics::Estimate;

pub(super) struct Finding<'a> {
    pub(super) question: &'a Question<'a>,
    pub(super) program: &'a Program,
    pub(super) places: &'a Places,
    pub(super) sampled: &'a Sampled<'a>,
    pub(super) estimates: &'a Estimates<'a>,
}

impl Finding<'_> {
    pub(super) fn summary(&self) -> Summary {
        let (model, places) = (self.question.model, self.places);
        let meanless = model.without_mean();
        let lacking = places.chances.lacking(&meanless);
        Summary {
            plan: self.sampled.plan(),
            exact: self.program.is_exact(),
            outcomes: self.outcomes(),
            theories: (0..places.theories.len()).map(|at| self.theory(at)).collect(),
            factors: places.factors.iter().map(|(id, spread)| self.factor(*id, *spread, &meanless)).collect(),
            derived: places.derived.iter().map(|one| self.derived(one, &meanless)).collect(),
            categories: places
                .categories
                .iter()
                .filter(|one| one.is_wanted)
                .map(|one| self.category(one))
                .collect(),
            events: places.events.iter().map(|(id, query)| self.event(*id, *query)).collect(),
            learned: self.learned(),
            variants: places
                .variants
                .iter()
                .map(|one| one.find(self.sampled, &places.chances, &places.base, &lacking))
                .collect(),
            void: VoidSummary::of(places.world, &places.witnesses, &self.sampled.sampling),
        }
    }

    fn outcomes(&self) -> Vec<OutcomeSummary> {
        let places = self.places;
        let all = places.outcomes.iter().enumerate();
        all.map(|(at, asked)| self.outcome(at, asked, self.variance(at))).collect()
    }

    fn variance(&self, at: usize) -> Option<VarianceShares> {
        let places = self.places;
        let outcome = &places.outcomes[at];
        let theories = places.theories.iter().enumerate().map(|(of, theory)| variance::ByTheory {
            weight: self.question.model.theories[of].weight,
            outcome: theory.outcomes[at],
            is_possible: self.program.learned(theory.world).is_possible,
        });
        let parts = variance::Parts {
            outcome: outcome.probability,
            belief: outcome.belief,
            theories: theories.collect(),
        };
        variance::shares(&parts, self.program, self.sampled.sampling.kept())
    }

    fn outcome(&self, at: usize, asked: &OutcomeAsked, variance: Option<VarianceShares>) -> OutcomeSummary {
        let outcome = &self.question.model.outcomes[at];
        let probability = self.estimates.probability(asked.probability);
        let belief = self.estimates.belief(asked.belief);
        let (spread, percentiles) = self.told(None, |level| belief.quantile(level));
        let with_error = |one: Percentile| Percentile {
            std_error: if belief.is_known() { Some(0.0) } else { belief.quantile_error(one.percent / 100.0) },
            ..one
        };
        let error = |level| belief.quantile_error(level);
        let spread_error = match [error(0.05), error(0.5), error(0.95)] {
            [Some(p05), Some(p50), Some(p95)] => Some(Percentiles { p05, p50, p95 }),
            _ => None,
        };
        OutcomeSummary {
            id: outcome.named.id.clone(),
            label: outcome.named.label.clone(),
            words: scale::words(probability.value),
            histogram: percentage_points(&belief),
            probability,
            spread,
            percentiles: percentiles.into_iter().map(with_error).collect(),
            spread_error,
            variance,
        }
    }

    fn theory(&self, at: usize) -> TheorySummary {
        let theory = &self.question.model.theories[at];
        let asked = &self.places.theories[at];
        let is_possible = self.program.learned(asked.world).is_possible;
        let outcomes = asked.outcomes.iter().filter(|_| is_possible);
        TheorySummary {
            id: theory.named.id.clone(),
            label: theory.named.label.clone(),
            weight: theory.weight,
            posterior: if is_possible { self.posterior(theory.weight, asked) } else { Estimate::exact(0.0) },
            outcomes: outcomes.map(|query| self.estimates.probability(*query)).collect(),
        }
    }

    /// Bayes' theorem: weight × P(learned | theory) / P(learned).
    fn posterior(&self, weight: f64, asked: &TheoryAsked) -> Estimate {
        let has_weight = |world: WorldId| self.program.learned(world).weight.is_some();
        match has_weight(asked.world) && has_weight(self.places.world) {
            true => self.estimates.combination(0.0, &[(weight, asked.evidence)]).within(0.0, 1.0),
            false => Estimate::exact(weight),
        }
    }

    fn factor(&self, id: FactorId, spread: Option<SpreadId>, meanless: &BTreeSet<Variable>) -> FactorSummary {
        let factor = &self.question.model.factors[id.0];
        let (name, label) = (factor.named.id.clone(), factor.named.label.clone());
        let (mean, sd, (spread, percentiles)) = match (spread, &factor.distribution) {
            (None, Some(known)) => {
                (known.mean(), known.sd(), self.told(Some(0.0), |level| known.quantile(level)))
            }
            (None, None) => (f64::NAN, f64::NAN, self.told(None, |_| f64::NAN)),
            (Some(spread), _) => {
                let (mean, sd, told) = self.quantity(spread, meanless.contains(&Variable::Factor(id)));
                (mean.value, sd, told)
            }
        };
        FactorSummary { id: name, label, mean, sd, spread, percentiles }
    }

    fn derived(&self, asked: &DerivedAsked, meanless: &BTreeSet<Variable>) -> DerivedSummary {
        let derived = &self.question.model.derived[asked.id.0];
        let is_meanless = meanless.contains(&Variable::Derived(asked.id));
        let (mean, sd, (spread, percentiles)) = self.quantity(asked.spread, is_meanless);
        // Of a value without a mean, it is not known under which outcomes it has one.
        let given =
            |query: &QueryId| if is_meanless { Estimate::unknown() } else { self.estimates.query(*query) };
        DerivedSummary {
            id: derived.named.id.clone(),
            label: derived.named.label.clone(),
            mean,
            sd,
            spread,
            percentiles,
            by_outcome: asked.by_outcome.iter().map(given).collect(),
        }
    }

    /// Mean, deviation and percentiles of a quantity.
    fn quantity(&self, spread: SpreadId, is_meanless: bool) -> (Estimate, f64, Told) {
        let is_drawn = !self.is_known(spread);
        let told = self.told((!is_drawn).then_some(0.0), |level| self.estimates.quantile(spread, level));
        let (mean, sd) = if is_meanless && is_drawn {
            (Estimate::unknown(), f64::NAN)
        } else {
            self.estimates.mean(spread)
        };
        (mean, sd, told)
    }

    /// The three percentiles that are always told, and those that were asked for.
    fn told(&self, std_error: Option<f64>, quantile: impl Fn(f64) -> f64) -> Told {
        let three = Percentiles { p05: quantile(0.05), p50: quantile(0.5), p95: quantile(0.95) };
        let asked =
            |percent: &f64| Percentile { percent: *percent, value: quantile(percent / 100.0), std_error };
        (three, self.question.percents.iter().map(asked).collect())
    }

    fn is_known(&self, spread: SpreadId) -> bool {
        let program = self.program;
        crate::simulation::constant_states(program, program.spread(spread)).is_some()
    }

    fn category(&self, asked: &CategoryAsked) -> CategorySummary {
        let category = &self.question.model.categories[asked.id.0];
        let state = |(state, query): (&crate::model::State, &QueryId)| StateSummary {
            id: state.named.id.clone(),
            label: state.named.label.clone(),
            probability: self.estimates.probability(*query),
        };
        let wanted = self.places.factors.iter().map(|(id, _)| &self.question.model.factors[id.0]);
        CategorySummary {
            id: category.named.id.clone(),
            label: category.named.label.clone(),
            after: wanted.filter(|factor| factor.span < category.span).count(),
            states: category.states.iter().zip(&asked.states).map(state).collect(),
            swings: (0..self.question.model.outcomes.len())
                .filter_map(|outcome| self.swing(asked, outcome))
                .collect(),
        }
    }

    pub(super) fn swings(&self) -> Vec<CategorySummary> {
        self.places.categories.iter().map(|one| self.category(one)).collect()
    }

    fn swing(&self, asked: &CategoryAsked, outcome: usize) -> Option<Swing> {
        // A factor that is in one state for certain, or whose states are drawn, has no swing.
        let program = self.program;
        let is_open =
            |query: &QueryId| !matches!(program.constant(program.query(*query).numerator), Some(0.0 | 1.0));
        let is_summed = self.question.states == States::Summed;
        if !is_summed || !asked.states.iter().any(is_open) {
            return None;
        }
        let value = |state: usize| self.estimates.query(asked.by_state[state][outcome]).value;
        // A state that can't be tells nothing.
        let known = (0..asked.by_state.len()).filter(|state| value(*state).is_finite());
        let mut order: Vec<usize> = known.collect();
        order.sort_by(|a, b| value(*a).total_cmp(&value(*b)));
        let (low, high) = (*order.first()?, *order.last()?);
        let ends = [(1.0, asked.by_state[high][outcome]), (-1.0, asked.by_state[low][outcome])];
        Some(Swing {
            states: (low, high),
            ends: (value(low), value(high)),
            difference: self.estimates.combination(0.0, &ends),
        })
    }

    fn event(&self, id: EventId, query: QueryId) -> EventSummary {
        let event = &self.question.model.events[id.0];
        let probability = self.estimates.probability(query);
        EventSummary { id: event.named.id.clone(), label: event.named.label.clone(), probability }
    }

    fn learned(&self) -> Option<LearnedSummary> {
        let places = self.places;
        let learned = self.program.learned(places.world);
        if !learned.is_conditional && self.question.model.evidence.iter().all(|one| !one.active) {
            return None;
        }
        let evidence = self.estimates.probability(places.evidence);
        Some(LearnedSummary::of(places.world, self.estimates, evidence, learned.confined_to))
    }
}

/// Percentiles: the three that are always told, and those that were asked for.
type Told = (Percentiles, Vec<Percentile>);

/// The share of draws in each percentage point.
fn percentage_points(belief: &Belief) -> Vec<(f64, f64, f64)> {
    let ends = |at: usize| (at as f64 / 100.0, (at + 1) as f64 / 100.0);
    let cell = |(at, share)| (ends(at).0, ends(at).1, share);
    belief.shares(100).into_iter().enumerate().map(cell).collect()
}
