//! The sections of a document, with the place of everything.

use super::date::Date;
use super::facts::Origin;
use super::grid::Grid;
use super::opening::Opening;
use super::range::Range;
use super::row::{Row, Shares};
use super::value::{Located, Override, Value, Written};
use crate::diagnostic::Span;
use crate::expression::{Claim, Expr, Ident, scale};

/// `[factors.*]`: something not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// What it is measured in.
    pub unit: Option<String>,
    /// The values that it can take.
    pub range: Option<Range>,
    /// The point at which its weights say nothing.
    pub neutral: Option<Located<f64>>,
    /// What is known of it; `None` if it could not be read.
    pub value: Option<Value>,
    /// What finding it out costs, above 0.
    pub cost: Option<f64>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where more can be said of it.
    pub opening: Option<Opening>,
}

/// `[derived.*]`: a quantity computed from others.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// What it is measured in.
    pub unit: Option<String>,
    /// The formula; `None` if it could not be read.
    pub value: Option<Value>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// `[events.*]`: something that happens or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// What decides how probable it is; `None` if it could not be read.
    pub chance: Option<EventChance>,
    /// What finding it out costs, above 0.
    pub cost: Option<f64>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// The ways to say how probable an event is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventChance {
    /// `probability`.
    Plain(Value),
    /// `table`: a probability for each combination of states of what it depends on.
    Table(Vec<Row>),
    /// `table` as a text.
    Grid(Grid),
    /// `noisy_or` or `noisy_and`: many causes that work apart from each other.
    Noisy(Noisy),
}

/// `[factors.*]` with `states`: something not known that is one of several things.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// Its states, exclusive and exhaustive.
    pub states: Vec<Ident>,
    /// What people call the states, by their names.
    pub state_labels: Vec<(Ident, String)>,
    /// How probable each state is; `None` if that could not be read.
    pub chance: Option<CategoryChance>,
    /// What finding it out costs, above 0.
    pub cost: Option<f64>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// The ways to say how probable states are.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CategoryChance {
    /// `probabilities`.
    Plain(Shares),
    /// `table`: probabilities for each combination of states of what it depends on.
    Table(Vec<Row>),
    /// `table` as a text.
    Grid(Grid),
}

/// `noisy_or` or `noisy_and`.
#[derive(Clone, Debug, PartialEq)]
pub struct Noisy {
    /// Which of them.
    pub gate: Gate,
    /// `leak` of an or, `ceiling` of an and.
    pub limit: Option<Value>,
    /// Each cause and its strength.
    pub causes: Vec<(Expr, Value)>,
    /// Where it stands.
    pub span: Span,
}

/// How causes work together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Gate {
    /// Each cause that holds may bring the event about.
    Or,
    /// Each cause that does not hold may prevent it.
    And,
}

/// `[outcomes.*]`: one of the exclusive answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// What pictures call it, if that is shorter.
    pub short: Option<String>,
    /// How one will know that it came true.
    pub resolves: Option<String>,
    /// Share when every factor stands at its neutral point.
    pub base: Option<Value>,
    /// What raises and lowers it.
    pub weights: Vec<Weight>,
    /// A score in place of base and weights.
    pub score: Option<Value>,
    /// The condition under which it is the outcome.
    pub when: Option<Value>,
    /// Its condition as it stands in the file.
    pub rule: Option<Rule>,
    /// `else = true`: whatever no other rule takes.
    pub otherwise: Option<Span>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// A condition as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// From its key to the end of its value.
    pub entry: Span,
    /// Where the text between the quotes stands.
    pub inner: Span,
    /// That text, where it can be repeated between other quotes.
    pub text: Option<String>,
}

/// One entry of an outcome's `weights`.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    /// The factor, derived value or event.
    pub name: Ident,
    /// The state of a factor with states.
    pub state: Option<Ident>,
    /// Change in log-odds per unit, or in that state.
    pub value: Value,
}

/// `[theories.*]`: one theory of what decides the outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Theory {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// How probable it is that this theory is the right one.
    pub weight: Option<Value>,
    /// What decides each outcome under it; empty if that stands in `[outcomes.*]`. Labels and resolutions stand there only.
    pub outcomes: Vec<Outcome>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// `[[correlations]]`: two factors or events that are not independent.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// Its position in the file, from 1.
    pub position: usize,
    /// Their names.
    pub between: [Ident; 2],
    /// Which correlation is given.
    pub kind: CorrelationKind,
    /// Where that is said: its key.
    pub key: Span,
    /// Its value, in (−1, 1).
    pub value: Located<f64>,
    /// The degrees of freedom of a t copula, from 1 to 1000, if one is asked for.
    pub degrees: Option<Located<f64>>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// Which correlation a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CorrelationKind {
    /// Spearman's correlation: of the ranks.
    Rank,
    /// Pearson's correlation: of the values.
    Pearson,
    /// Kendall's correlation: how much more often two draws differ in the same direction than in opposite ones.
    Kendall,
    /// The correlation of the underlying normals.
    Normal,
}

impl CorrelationKind {
    /// All kinds.
    pub const ALL: [CorrelationKind; 4] =
        [CorrelationKind::Rank, CorrelationKind::Pearson, CorrelationKind::Kendall, CorrelationKind::Normal];

    /// Its key in the file.
    pub fn key(self) -> &'static str {
        match self {
            CorrelationKind::Rank => "rank",
            CorrelationKind::Pearson => "pearson",
            CorrelationKind::Kendall => "kendall",
            CorrelationKind::Normal => "normal",
        }
    }
}

/// `[[claims]]`: what the source says about the result.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimEntry {
    /// In own words.
    pub text: Option<String>,
    /// As a test; `None` if it could not be read.
    pub expect: Option<Claim>,
    /// The test as written.
    pub written: String,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where it stands.
    pub span: Span,
}

/// `[variants.*]`: a named what-if.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// What is made so, each as by `--set`.
    pub set: Vec<Written<Override>>,
    /// What is learned, each as by `--given`.
    pub given: Vec<Written<Expr>>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// `[[evidence]]`: a dated report.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceEntry {
    /// Its name: that of the file, or `evidence_1` and so on by position.
    pub id: Ident,
    /// When it became known; `None` if that could not be read.
    pub date: Option<Located<Date>>,
    /// What was learned, in own words.
    pub text: Option<String>,
    /// Who reported it.
    pub publisher: Option<String>,
    /// Where the report can be read.
    pub url: Option<String>,
    /// What its likelihoods are about; the outcome if nothing is named.
    pub about: Option<Ident>,
    /// How probable the report is under each answer; `None` if that could not be read.
    pub likelihood: Option<Likelihood>,
    /// The probability that the report says anything.
    pub reliability: Option<Located<f64>>,
    /// Earlier items that share a cause with it.
    pub depends_on: Vec<Ident>,
    /// The share of what it says that these have said.
    pub overlap: Option<Located<f64>>,
    /// What finding it out costs, above 0.
    pub cost: Option<f64>,
    /// Where the likelihoods come from.
    pub origin: Option<Origin>,
    /// Where it begins.
    pub span: Span,
}

/// `likelihood` or `likelihood_ratio`.
#[derive(Clone, Debug, PartialEq)]
pub struct Likelihood {
    /// Whether only proportions are given; what is not named then counts 1.
    pub is_ratio: bool,
    /// The numbers, by outcome, state, or truth.
    pub entries: Vec<(Ident, NumberOrWord)>,
    /// Where they stand.
    pub span: Span,
}

/// A number, or a word of the verbal scale.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberOrWord {
    /// The number; of a word, the middle of its band.
    pub number: Located<f64>,
    /// The word, if it is one.
    pub word: Option<&'static scale::Band>,
}

impl NumberOrWord {
    /// A number.
    pub fn number(value: f64, span: Span) -> NumberOrWord {
        NumberOrWord { number: Located { value, span }, word: None }
    }
}

impl Likelihood {
    /// Its key in the file.
    pub fn key(&self) -> &'static str {
        if self.is_ratio { "likelihood_ratio" } else { "likelihood" }
    }
}

impl Correlation {
    /// The address of what the file says of it under `key`.
    pub fn address(&self, key: &str) -> String {
        format!("correlations.{}.{key}", self.position)
    }
}

impl Category {
    /// Its table, if that is written as a text.
    pub fn grid(&self) -> Option<&Grid> {
        match &self.chance {
            Some(CategoryChance::Grid(grid)) => Some(grid),
            _ => None,
        }
    }

    /// Its expressions, but for the numbers of a [`Grid`].
    pub fn values(&self) -> Vec<&Value> {
        match &self.chance {
            Some(CategoryChance::Plain(shares)) => shares.values().collect(),
            Some(CategoryChance::Table(rows)) => rows.iter().flat_map(|row| row.shares.values()).collect(),
            Some(CategoryChance::Grid(_)) | None => Vec::new(),
        }
    }
}

impl Event {
    /// Its table, if that is written as a text.
    pub fn grid(&self) -> Option<&Grid> {
        match &self.chance {
            Some(EventChance::Grid(grid)) => Some(grid),
            _ => None,
        }
    }

    /// Its expressions, but for the numbers of a [`Grid`].
    pub fn values(&self) -> Vec<&Value> {
        match &self.chance {
            Some(EventChance::Plain(value)) => vec![value],
            Some(EventChance::Table(rows)) => rows.iter().flat_map(|row| row.shares.values()).collect(),
            Some(EventChance::Noisy(noisy)) => {
                noisy.limit.iter().chain(noisy.causes.iter().map(|(_, strength)| strength)).collect()
            }
            Some(EventChance::Grid(_)) | None => Vec::new(),
        }
    }
}

impl Theory {
    /// Its expressions.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.weight.iter().chain(self.outcomes.iter().flat_map(Outcome::values))
    }
}

impl Outcome {
    /// Its expressions.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let single = [&self.base, &self.score, &self.when].into_iter().flatten();
        single.chain(self.weights.iter().map(|weight| &weight.value))
    }
}
