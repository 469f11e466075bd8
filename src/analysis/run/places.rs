//! Where the answers to a run's question are.

use crate::analysis::chances::Chances;
use crate::analysis::drivers;
use crate::analysis::variants;
use crate::analysis::void::Witnesses;
use crate::model::{CategoryId, DerivedId, EventId, FactorId};
use crate::program::{BeliefId, QueryId, SpreadId, WorldId};

/// Where the answers to a run's question are.
pub(super) struct Places {
    pub(super) world: WorldId,
    pub(super) evidence: QueryId,
    pub(super) outcomes: Vec<OutcomeAsked>,
    pub(super) theories: Vec<TheoryAsked>,
    pub(super) events: Vec<(EventId, QueryId)>,
    pub(super) categories: Vec<CategoryAsked>,
    /// A simple factor's numbers are known; others are tallied.
    pub(super) factors: Vec<(FactorId, Option<SpreadId>)>,
    pub(super) derived: Vec<DerivedAsked>,
    pub(super) witnesses: Witnesses,
    pub(super) weights: Vec<drivers::Weight>,
    pub(super) chances: Chances,
    /// The answers of the file itself that variants are compared with.
    pub(super) base: Vec<QueryId>,
    pub(super) variants: Vec<variants::Asked>,
}

pub(super) struct OutcomeAsked {
    pub(super) probability: QueryId,
    pub(super) belief: BeliefId,
}

pub(super) struct TheoryAsked {
    pub(super) world: WorldId,
    pub(super) outcomes: Vec<QueryId>,
    pub(super) evidence: QueryId,
}

pub(super) struct CategoryAsked {
    pub(super) id: CategoryId,
    pub(super) is_wanted: bool,
    pub(super) states: Vec<QueryId>,
    /// For each state, the probability of each outcome in it.
    pub(super) by_state: Vec<Vec<QueryId>>,
}

pub(super) struct DerivedAsked {
    pub(super) id: DerivedId,
    pub(super) spread: SpreadId,
    pub(super) by_outcome: Vec<QueryId>,
}
