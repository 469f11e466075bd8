//! What a program answers, by handles, as plain data.

/// Position of an output of a program: a column of its draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Output(pub usize);

/// A world that was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorldId(pub(super) usize);

/// A ratio of expectations that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QueryId(pub(super) usize);

/// The distribution of a quantity that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpreadId(pub(super) usize);

/// The distribution of an outcome's probability over what is not known, that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BeliefId(pub(super) usize);

/// The value of a formula in the draws that are kept whole, that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ValueId(pub(super) usize);

/// The value of a formula jointly with the outcomes in the draws that are kept whole, that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JointId(pub(super) usize);

/// The chance variables of a world, one by one, that were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NetworkId(pub(super) usize);

/// Worlds whose draws are looked at together: a draw that is void in one of them is void for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CompanyId(pub(super) usize);

impl CompanyId {
    /// That of the world that was asked about first.
    pub const FIRST: CompanyId = CompanyId(0);

    /// The company at a position of [`Program::companies`](super::Program::companies).
    pub fn at(position: usize) -> CompanyId {
        CompanyId(position)
    }

    /// Its position in [`Program::companies`](super::Program::companies).
    pub fn position(self) -> usize {
        self.0
    }
}

impl BeliefId {
    /// Its position among the beliefs that were asked for.
    pub fn position(self) -> usize {
        self.0
    }
}

impl WorldId {
    /// Its position among the worlds that were asked about.
    pub fn position(self) -> usize {
        self.0
    }
}

/// A ratio of expectations: E(numerator) / E(weight), or E(numerator) if there is no weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Query {
    /// The column above.
    pub numerator: Output,
    /// The column below.
    pub weight: Option<Output>,
}

/// The values of a variable in a draw: one for each state of the events that it depends on, with the probability of
/// that state where there are several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Value and probability.
    pub states: Vec<(Output, Option<Output>)>,
}

impl Spread {
    /// The only value, if chance has no part in it.
    pub fn single(&self) -> Option<Output> {
        match self.states[..] {
            [(output, None)] => Some(output),
            _ => None,
        }
    }
}

/// One of the states that decide a formula's value in a draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointState {
    /// The value in it.
    pub value: Output,
    /// The probability of the state and of what was learned.
    pub weight: Output,
    /// The probability of each outcome together with both.
    pub outcomes: Vec<Output>,
}

impl JointState {
    /// All columns.
    pub fn outputs(&self) -> impl Iterator<Item = Output> + '_ {
        [self.value, self.weight].into_iter().chain(self.outcomes.iter().copied())
    }
}

/// What was learned in a world, as far as the program knows before the first draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The probability of what was learned, given the factors, as far as the draws are not confined to it; `None` if
    /// nothing else was learned.
    pub weight: Option<Output>,
    /// All sums of this world, `weight` among them, are 2 to this power times what they stand for: so that what is rarer than any number
    /// is told. Ratios are what they are.
    pub power: i32,
    /// The probability of that part of what was learned to which all draws are confined; 1 if there is none.
    pub confined_to: f64,
    /// Whether anything was learned.
    pub is_conditional: bool,
    /// Whether it can be.
    pub is_possible: bool,
}

/// What a rule of precision looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// A probability.
    Probability(QueryId),
    /// The mean of a quantity, as a share of its standard deviation.
    Mean(SpreadId),
    /// The distribution of a quantity that may have no mean: it has to be drawn, but has no error to be made small.
    Values(SpreadId),
}
