//! How much it matters for each outcome in which state a factor is, and whether an event happens.

use super::round::{Inquiry, Told};
use crate::model::{CategoryId, EventId, Model, OutcomeId, Term, Variable};
use crate::program::{QueryId, States};
use crate::statistics::Estimate;

/// How much it matters for an outcome in which state something is.
pub(super) struct StateSwing {
    /// A factor with states, or an event.
    pub(super) of: Variable,
    /// Positions of the states in which a factor makes the outcome least and most probable; an event does not happen, and
    /// happens.
    pub(super) states: (usize, usize),
    /// The outcome's probability in these states.
    pub(super) ends: (f64, f64),
    /// The difference.
    pub(super) difference: Estimate,
}

/// What is asked to see it.
pub(super) struct SwingsAsked(Vec<SwingAsked>);

enum SwingAsked {
    States(StatesAsked),
    Event(EventAsked),
}

impl SwingsAsked {
    /// Of events, those of which `is_wanted` says so by their names. Nothing is asked in a model without outcomes.
    pub(super) fn ask(model: &Model, inquiry: &mut Inquiry, is_wanted: impl Fn(&str) -> bool) -> SwingsAsked {
        let count = |all: usize| if model.outcomes.is_empty() { 0 } else { all };
        let categories = (0..count(model.categories.len())).map(CategoryId);
        let mut all: Vec<SwingAsked> =
            categories.map(|id| SwingAsked::States(StatesAsked::ask(model, inquiry, id))).collect();
        let events = (0..count(model.events.len())).map(EventId);
        let events = events.filter(|id| is_wanted(&model.events[id.0].named.id));
        all.extend(events.map(|id| SwingAsked::Event(EventAsked::ask(model, inquiry, id))));
        SwingsAsked(all)
    }

    /// How much each matters for an outcome.
    pub(super) fn find(&self, outcome: usize, told: &Told) -> Vec<StateSwing> {
        // What is drawn has no swing.
        let all = self.0.iter().filter(|_| told.study.states == States::Summed);
        let find = |one: &SwingAsked| match one {
            SwingAsked::States(one) => one.find(outcome, told),
            SwingAsked::Event(one) => one.find(outcome, told),
        };
        all.filter_map(find).collect()
    }
}

/// Whether something may be so and may not be so.
fn is_open(query: QueryId, told: &Told) -> bool {
    !matches!(told.program.constant(told.program.query(query).numerator), Some(0.0 | 1.0))
}

/// What is asked of a factor with states.
struct StatesAsked {
    id: CategoryId,
    /// The probability of each state.
    states: Vec<QueryId>,
    /// For each state, the probability of each outcome in it.
    by_state: Vec<Vec<QueryId>>,
}

impl StatesAsked {
    fn ask(model: &Model, inquiry: &mut Inquiry, id: CategoryId) -> StatesAsked {
        let category = &model.categories[id.0];
        let mut asked = StatesAsked { id, states: Vec::new(), by_state: Vec::new() };
        for state in (0..category.states.len()).map(|at| Term::is(id, at, category.span)) {
            asked.states.push(inquiry.ask.probability(inquiry.world, state.clone()));
            let outcomes = model.outcomes.iter().enumerate();
            let outcome = |(at, outcome): (usize, &crate::model::Outcome)| {
                let what = Term::outcome(OutcomeId(at), outcome.span);
                inquiry.ask.conditional(inquiry.world, what, state.clone())
            };
            asked.by_state.push(outcomes.map(outcome).collect());
        }
        for outcome in 0..model.outcomes.len() {
            let all: Vec<QueryId> = asked.by_state.iter().map(|state| state[outcome]).collect();
            inquiry.ask.compare(&all);
        }
        asked
    }

    fn find(&self, outcome: usize, told: &Told) -> Option<StateSwing> {
        if !self.states.iter().any(|query| is_open(*query, told)) {
            return None;
        }
        let value = |state: usize| told.estimates.query(self.by_state[state][outcome]).value;
        // A state that can't be tells nothing.
        let mut order: Vec<usize> =
            (0..self.by_state.len()).filter(|state| value(*state).is_finite()).collect();
        order.sort_by(|a, b| value(*a).total_cmp(&value(*b)));
        let (low, high) = (*order.first()?, *order.last()?);
        let ends = [(1.0, self.by_state[high][outcome]), (-1.0, self.by_state[low][outcome])];
        Some(StateSwing {
            of: Variable::Category(self.id),
            states: (low, high),
            ends: (value(low), value(high)),
            difference: told.estimates.combination(0.0, &ends),
        })
    }
}

/// What is asked of an event.
struct EventAsked {
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
        for (at, outcome) in model.outcomes.iter().enumerate() {
            let what = || Term::outcome(OutcomeId(at), outcome.span);
            let own = inquiry.ask.probability(world, what());
            let given = inquiry.ask.conditional(world, what(), event.clone());
            inquiry.ask.compare(&[own, given, happens]);
            asked.outcomes.push(own);
            asked.given.push(given);
        }
        asked
    }

    /// With q = P(event), r = P(outcome | event) and p = P(outcome), the law of total probability gives P(outcome | no event) =
    /// (p − q r) / (1 − q), and the difference d = (r − p) / (1 − q). Its error follows from its slopes: 1 / (1 − q) in r, the
    /// opposite in p, and d / (1 − q) in q (the delta method).
    fn find(&self, outcome: usize, told: &Told) -> Option<StateSwing> {
        let queries = [self.happens, self.given[outcome], self.outcomes[outcome]];
        let [q, r, p] = queries.map(|query| told.estimates.query(query).value);
        if !(is_open(self.happens, told) && q > 0.0 && q < 1.0) {
            return None;
        }
        let without = ((p - q * r) / (1.0 - q)).clamp(0.0, 1.0);
        let slope = 1.0 / (1.0 - q);
        let [happens, given, own] = queries;
        let parts = [(slope, given), (-slope, own), ((r - p) * slope * slope, happens)];
        let linear = told.estimates.combination(0.0, &parts);
        let value = r - without;
        let difference = match linear.exact {
            true => Estimate::exact(value),
            false => {
                let half = linear.half_width();
                Estimate { value, interval: (value - half, value + half), ..linear }.within(-1.0, 1.0)
            }
        };
        Some(StateSwing { of: Variable::Event(self.id), states: (0, 1), ends: (without, r), difference })
    }
}
