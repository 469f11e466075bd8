//! What it does to the outcomes in which state a factor is, and whether an event happens: summed out, in all draws.

use super::conditional::LEAST_VARIANCE;
use super::driver::{Driver, DriverKind, Level};
use super::states_share::{StatesShare, Variance, share_of};
use crate::analysis::estimated::{Probability, Share, Swing};
use crate::analysis::round::{Inquiry, Told};
use crate::model::{CategoryId, EventId, Model, OutcomeId, Term, Variable};
use crate::program::QueryId;
use crate::statistics::Estimate;

/// What is asked to see it.
pub(super) enum ByState {
    States(StatesAsked),
    Event(EventAsked),
}

impl ByState {
    /// Those that `is_wanted` says so of. Nothing is asked in a model without outcomes.
    pub(super) fn ask(
        model: &Model,
        inquiry: &mut Inquiry,
        is_wanted: impl Fn(Variable) -> bool,
    ) -> Vec<ByState> {
        let count = |all: usize| if model.outcomes.is_empty() { 0 } else { all };
        let categories = (0..count(model.categories.len())).map(CategoryId);
        let categories = categories.filter(|id| is_wanted(Variable::Category(*id)));
        let mut all: Vec<ByState> =
            categories.map(|id| ByState::States(StatesAsked::ask(model, inquiry, id))).collect();
        let events = (0..count(model.events.len())).map(EventId);
        let events = events.filter(|id| is_wanted(Variable::Event(*id)));
        all.extend(events.map(|id| ByState::Event(EventAsked::ask(model, inquiry, id))));
        all
    }

    /// What it is asked of.
    pub(super) fn variable(&self) -> Variable {
        match self {
            ByState::States(one) => Variable::Category(one.id),
            ByState::Event(one) => Variable::Event(one.id),
        }
    }

    /// What it does to an outcome.
    pub(super) fn find(&self, outcome: usize, told: &Told) -> Option<Driver> {
        match self {
            ByState::States(one) => one.find(outcome, told),
            ByState::Event(one) => one.find(outcome, told),
        }
    }

    /// Whether it may be one thing or another.
    pub(super) fn is_open(&self, told: &Told) -> bool {
        match self {
            ByState::States(one) => one.is_open(told),
            ByState::Event(one) => is_open(one.happens, told),
        }
    }
}

/// Whether something may be so and may not be so.
fn is_open(query: QueryId, told: &Told) -> bool {
    !matches!(told.program.constant(told.program.query(query).numerator), Some(0.0 | 1.0))
}

/// What is asked of a factor with states.
pub(super) struct StatesAsked {
    id: CategoryId,
    /// The probability of each state.
    states: Vec<QueryId>,
    outcomes: Vec<QueryId>,
    /// For each state, the probability of each outcome in it.
    by_state: Vec<Vec<QueryId>>,
}

impl StatesAsked {
    fn ask(model: &Model, inquiry: &mut Inquiry, id: CategoryId) -> StatesAsked {
        let category = &model.categories[id.0];
        let mut asked = StatesAsked { id, states: Vec::new(), outcomes: Vec::new(), by_state: Vec::new() };
        for state in (0..category.states.len()).map(|at| Term::is(id, at, category.span)) {
            asked.states.push(inquiry.ask.probability(inquiry.world, state.clone()));
            let outcome = |what: Term| inquiry.ask.conditional(inquiry.world, what, state.clone());
            asked.by_state.push(outcomes(model).map(outcome).collect());
        }
        asked.outcomes = outcomes(model).map(|what| inquiry.ask.probability(inquiry.world, what)).collect();
        for (outcome, own) in asked.outcomes.iter().enumerate() {
            let given = asked.by_state.iter().map(|state| state[outcome]);
            let all: Vec<QueryId> = given.chain(asked.states.iter().copied()).chain([*own]).collect();
            inquiry.ask.compare(&all);
        }
        asked
    }

    fn is_open(&self, told: &Told) -> bool {
        self.states.iter().any(|query| is_open(*query, told))
    }

    fn find(&self, outcome: usize, told: &Told) -> Option<Driver> {
        let category = &told.model().categories[self.id.0];
        let given: Vec<Estimate> =
            self.by_state.iter().map(|state| told.estimates.probability(state[outcome])).collect();
        // A state that can't be tells nothing.
        let possible: Vec<usize> = (0..given.len()).filter(|at| given[*at].value.is_finite()).collect();
        let by = |a: &&usize, b: &&usize| given[**a].value.total_cmp(&given[**b].value);
        let (low, high) = (*possible.iter().min_by(by)?, *possible.iter().max_by(by)?);
        if !self.is_open(told) {
            return None;
        }
        let ends = [(1.0, self.by_state[high][outcome]), (-1.0, self.by_state[low][outcome])];
        let level = |at: &usize| Level {
            id: category.states[*at].named.id.clone(),
            label: category.states[*at].named.label.clone(),
            probability: Probability(given[*at]),
        };
        let [lowest, highest] = [low, high].map(|at| &category.states[at].named.label);
        Some(Driver {
            outcome: String::new(),
            id: category.named.id.clone(),
            label: format!("{}: {lowest} / {highest}", category.named.label),
            name: category.named.label.clone(),
            kind: DriverKind::States,
            low: given[low].value,
            high: given[high].value,
            swing: Swing(told.estimates.combination(0.0, &ends)),
            // States have no order.
            correlation: f64::NAN,
            share: Share(self.share(outcome, &possible, told)),
            shape: None,
            levels: possible.iter().map(level).collect(),
            is_told: true,
        })
    }

    fn share(&self, outcome: usize, possible: &[usize], told: &Told) -> Estimate {
        let states = possible.iter().map(|at| (self.states[*at], self.by_state[*at][outcome]));
        let own = self.outcomes[outcome];
        let p = told.estimates.query(own).value;
        StatesShare { states: states.collect(), own, of: Variance::chance(p) }.estimate(told)
    }
}

/// What is asked of an event.
pub(super) struct EventAsked {
    id: EventId,
    happens: QueryId,
    outcomes: Vec<QueryId>,
    /// The probability of each outcome if it happens.
    given: Vec<QueryId>,
}

impl EventAsked {
    fn ask(model: &Model, inquiry: &mut Inquiry, id: EventId) -> EventAsked {
        let (world, event) = (inquiry.world, model.term_of(Variable::Event(id)));
        let happens = inquiry.ask.probability(world, event.clone());
        let mut asked = EventAsked { id, happens, outcomes: Vec::new(), given: Vec::new() };
        for what in outcomes(model) {
            let own = inquiry.ask.probability(world, what.clone());
            let given = inquiry.ask.conditional(world, what, event.clone());
            inquiry.ask.compare(&[own, given, happens]);
            asked.outcomes.push(own);
            asked.given.push(given);
        }
        asked
    }

    /// With q = P(event), r = P(outcome | event) and p = P(outcome), the law of total probability gives P(outcome | no event) =
    /// r₀ = (p − q r) / (1 − q), the difference d = r − r₀ = (r − p) / (1 − q), and the share q (r − p)² / ((1 − q) p (1 − p)).
    /// Their errors follow from their slopes (the delta method).
    fn find(&self, outcome: usize, told: &Told) -> Option<Driver> {
        let queries = [self.happens, self.given[outcome], self.outcomes[outcome]];
        let [happens, given, own] = queries;
        let [q, r, p] = queries.map(|query| told.estimates.query(query).value);
        if !(is_open(self.happens, told) && q > 0.0 && q < 1.0) {
            return None;
        }
        if told.estimates.is_same(happens, own) {
            return Some(self.driver(told, [0.0, 1.0].map(Estimate::exact), [1.0, 1.0].map(Estimate::exact)));
        }
        let by = 1.0 / (1.0 - q);
        let error = |parts: [f64; 3]| {
            told.estimates.combination(0.0, &[(parts[0], happens), (parts[1], given), (parts[2], own)])
        };
        let slope = (p - r) * by * by;
        let without = moved(((p - q * r) * by).clamp(0.0, 1.0), error([slope, -q * by, by])).within(0.0, 1.0);
        let swing = moved(r - without.value, error([-slope, by, -by])).within(-1.0, 1.0);
        let variance = p * (1.0 - p);
        let share = q * by * (r - p) * (r - p) / variance;
        let inner = 2.0 * q * by * (r - p) / variance;
        let linear = error([share * (1.0 / q + by), inner, -inner - share * (1.0 - 2.0 * p) / variance]);
        let excess = q * by * error([0.0, 1.0, -1.0]).std_error.powi(2) / variance;
        let share = share_of(share, excess, variance > LEAST_VARIANCE, &linear);
        Some(self.driver(told, [without, told.estimates.probability(given)], [swing, share]))
    }

    fn driver(&self, told: &Told, [without, with]: [Estimate; 2], [swing, share]: [Estimate; 2]) -> Driver {
        let named = &told.model().events[self.id.0].named;
        let level = |(id, label, estimate): (&str, &str, Estimate)| Level {
            id: id.into(),
            label: label.into(),
            probability: Probability(estimate),
        };
        Driver {
            outcome: String::new(),
            id: named.id.clone(),
            label: named.label.clone(),
            name: named.label.clone(),
            kind: DriverKind::Event,
            low: without.value,
            high: with.value,
            swing: Swing(swing),
            correlation: f64::NAN,
            share: Share(share),
            shape: None,
            levels: [("false", "without it", without), ("true", "with it", with)].map(level).to_vec(),
            is_told: true,
        }
    }
}

fn outcomes(model: &Model) -> impl Iterator<Item = Term> + '_ {
    model.outcomes.iter().enumerate().map(|(at, outcome)| Term::outcome(OutcomeId(at), outcome.span))
}

/// An estimate with the error of another.
fn moved(value: f64, of: Estimate) -> Estimate {
    if of.exact {
        return Estimate::exact(value);
    }
    let half = of.half_width();
    Estimate { value, interval: (value - half, value + half), ..of }
}
