//! Numbers for the things of a model: positions in its lists.

/// Position of a factor in [`Model::factors`](super::Model::factors).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactorId(pub usize);

/// Position of a derived value in [`Model::derived`](super::Model::derived).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DerivedId(pub usize);

/// Position of an event in [`Model::events`](super::Model::events).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId(pub usize);

/// Position of an outcome in [`Model::outcomes`](super::Model::outcomes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutcomeId(pub usize);

/// Position of an uncertain quantity in [`Model::quantities`](super::Model::quantities).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuantityId(pub usize);

/// Position of a factor with states in [`Model::categories`](super::Model::categories).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CategoryId(pub usize);

/// Position of a theory in [`Model::theories`](super::Model::theories).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TheoryId(pub usize);

/// Anything with a value of its own that an expression can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Variable {
    /// A factor.
    Factor(FactorId),
    /// A derived value.
    Derived(DerivedId),
    /// An event, 1 if it happens.
    Event(EventId),
    /// A factor with states. It has no number: expressions compare it with its states.
    Category(CategoryId),
}
