//! What a scenario file says, section by section, with the place of everything.

use std::collections::{BTreeMap, BTreeSet};

use super::{Date, EvidenceEntry, Override};
use crate::diagnostic::Span;
use crate::expression::{Claim, Expr, Ident, Node};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A scenario file, read but not yet understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// `[scenario]`.
    pub header: Header,
    /// `[factors.*]` with numbers, in the order of the file, as all lists here.
    pub factors: Vec<Factor>,
    /// `[factors.*]` with states.
    pub categories: Vec<Category>,
    /// `[derived.*]`.
    pub derived: Vec<Derived>,
    /// `[events.*]`.
    pub events: Vec<Event>,
    /// `[outcomes.*]`.
    pub outcomes: Vec<Outcome>,
    /// `[models.*]`: theories of what decides the outcome.
    pub theories: Vec<Theory>,
    /// `[[correlations]]`.
    pub correlations: Vec<Correlation>,
    /// `[[claims]]`.
    pub claims: Vec<ClaimEntry>,
    /// `[[evidence]]`.
    pub evidence: Vec<EvidenceEntry>,
    /// `[variants.*]`.
    pub variants: Vec<Variant>,
    /// What was learned, each as by `--given`: propositions that hold. A file has none.
    pub given: Vec<Expr>,
    /// Files that the scenario names, by the path as written.
    pub attachments: BTreeMap<String, Attachment>,
    /// Addresses of what stands in the file but could not be read: it is not missing, and its error is told already.
    pub unreadable: BTreeSet<String>,
}

/// `[scenario]`: what the file is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// The title.
    pub title: Option<String>,
    /// The question that the outcomes answer.
    pub question: Option<String>,
    /// What was known when.
    pub as_of: Option<Located<Date>>,
    /// When the question resolves.
    pub by: Option<Located<Date>>,
    /// The text that the file encodes.
    pub source: Source,
    /// A remark.
    pub note: Option<String>,
}

/// The text that the file encodes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it appeared.
    pub date: Option<Located<Date>>,
    /// Where it appeared.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// A file with its words, for checking quotes.
    pub text: Option<Located<String>>,
}

/// Where an element comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The place in the source, such as "second scenario".
    pub place: Option<String>,
    /// Whether the source says it.
    pub kind: Option<OriginKind>,
    /// What the source says there, in own words.
    pub note: Option<String>,
    /// Its very words, checked against the source's text if there is one.
    pub quote: Option<Located<String>>,
}

/// Who answers for an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginKind {
    /// The source says so.
    Stated,
    /// It follows from what the source says.
    Inferred,
    /// The analyst supplies it.
    Analyst,
}

impl OriginKind {
    /// All kinds.
    pub const ALL: [OriginKind; 3] = [OriginKind::Stated, OriginKind::Inferred, OriginKind::Analyst];

    /// As written in the file.
    pub fn name(self) -> &'static str {
        match self {
            OriginKind::Stated => "stated",
            OriginKind::Inferred => "inferred",
            OriginKind::Analyst => "analyst",
        }
    }
}

/// An expression of the file and its address, by which `--set` and its like can replace it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Such as `factors.china_approval.value`.
    pub address: String,
    /// What it says.
    pub expr: Expr,
}

/// `[factors.*]`: something not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// The values that it can take.
    pub range: Option<Located<(f64, f64)>>,
    /// The point at which its weights say nothing.
    pub neutral: Option<Located<f64>>,
    /// What is known of it; `None` if it could not be read.
    pub value: Option<Value>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// `[derived.*]`: a quantity computed from others.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
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
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// The ways to say how probable an event is.
#[derive(Clone, Debug, PartialEq)]
pub enum EventChance {
    /// `probability`.
    Plain(Value),
    /// `table`: a probability for each combination of states of what it depends on.
    Table(Vec<Row>),
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
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// The ways to say how probable states are.
#[derive(Clone, Debug, PartialEq)]
pub enum CategoryChance {
    /// `probabilities`.
    Plain(Shares),
    /// `table`: probabilities for each combination of states of what it depends on.
    Table(Vec<Row>),
}

/// Probabilities by the names of states.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// State and probability.
    pub entries: Vec<(Ident, Value)>,
    /// Where they stand.
    pub span: Span,
}

/// A row of a conditional table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The states that it is for; `None` for `else = true`.
    pub when: Option<Vec<Choice>>,
    /// The probabilities; for an event that of its happening, under the name `true`.
    pub shares: Shares,
    /// Where it stands.
    pub span: Span,
}

/// Some states of a parent, as in `china = ["tolerates", "approves"]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The parent.
    pub parent: Ident,
    /// Its states; `true` and `false` for an event.
    pub states: Vec<Ident>,
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
    /// `else = true`: whatever no other rule takes.
    pub otherwise: Option<Span>,
    /// Where it comes from.
    pub origin: Option<Origin>,
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

/// `[models.*]`: one theory of what decides the outcome.
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

/// `[[correlations]]`: two factors that are not independent.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// The factors.
    pub between: [Ident; 2],
    /// Which correlation is given.
    pub kind: CorrelationKind,
    /// Its value, in (−1, 1).
    pub value: Located<f64>,
    /// The degrees of freedom of a t copula, from 1 to 1000, if one is asked for.
    pub degrees: Option<Located<f64>>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// Which correlation a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrelationKind {
    /// Spearman's correlation of the ranks.
    Rank,
    /// Pearson's correlation of the underlying normals.
    Pearson,
}

impl CorrelationKind {
    /// All kinds.
    pub const ALL: [CorrelationKind; 2] = [CorrelationKind::Rank, CorrelationKind::Pearson];

    /// Its key in the file.
    pub fn key(self) -> &'static str {
        match self {
            CorrelationKind::Rank => "rank",
            CorrelationKind::Pearson => "pearson",
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

/// Something read, and how it would be written after a flag.
#[derive(Clone, Debug, PartialEq)]
pub struct Written<T> {
    /// The text.
    pub text: String,
    /// What it says.
    pub value: T,
}

/// A file that the scenario names.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// Where it is named first.
    pub span: Span,
}

/// The contents of attachments, by the path as written; an error is the reason why a file could not be read.
pub type Attachments = BTreeMap<String, Result<String, String>>;

impl Document {
    /// Every expression with an address, in the order of the file.
    pub fn values(&self) -> Vec<&Value> {
        let factors = self.factors.iter().filter_map(|one| one.value.as_ref());
        let derived = self.derived.iter().filter_map(|one| one.value.as_ref());
        let categories = self.categories.iter().flat_map(Category::values);
        let events = self.events.iter().flat_map(Event::values);
        let outcomes = self.outcomes.iter().flat_map(Outcome::values);
        let mut all: Vec<&Value> =
            factors.chain(categories).chain(derived).chain(events).chain(outcomes).collect();
        all.extend(self.theories.iter().flat_map(Theory::values));
        all.sort_by_key(|value| value.expr.span);
        all
    }

    pub(super) fn list_attachments(&self) -> BTreeMap<String, Attachment> {
        let mut found = BTreeMap::new();
        if let Some(text) = &self.header.source.text {
            found.insert(text.value.clone(), Attachment { span: text.span });
        }
        for value in self.values() {
            for (path, attachment) in attachments_of(&value.expr) {
                found.entry(path).or_insert(attachment);
            }
        }
        for change in self.variants.iter().flat_map(|one| &one.set) {
            for (path, attachment) in change.value.attachments() {
                found.entry(path).or_insert(attachment);
            }
        }
        found
    }
}

/// Files named in an expression, as in `empirical("prices.csv", "usd")`.
pub(super) fn attachments_of(expr: &Expr) -> BTreeMap<String, Attachment> {
    let mut found = BTreeMap::new();
    expr.walk(&mut |node| {
        if let Node::Call(name, arguments) = &node.node
            && name.text == "empirical"
            && let Some(first) = arguments.first()
            && let Node::Text(path) = &first.value.node
        {
            found.entry(path.clone()).or_insert(Attachment { span: first.value.span });
        }
    });
    found
}

impl Shares {
    /// Their expressions.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.entries.iter().map(|(_, value)| value)
    }
}

impl Category {
    /// Its expressions.
    pub fn values(&self) -> Vec<&Value> {
        match &self.chance {
            Some(CategoryChance::Plain(shares)) => shares.values().collect(),
            Some(CategoryChance::Table(rows)) => rows.iter().flat_map(|row| row.shares.values()).collect(),
            None => Vec::new(),
        }
    }
}

impl Event {
    /// Its expressions.
    pub fn values(&self) -> Vec<&Value> {
        match &self.chance {
            Some(EventChance::Plain(value)) => vec![value],
            Some(EventChance::Table(rows)) => rows.iter().flat_map(|row| row.shares.values()).collect(),
            Some(EventChance::Noisy(noisy)) => {
                noisy.limit.iter().chain(noisy.causes.iter().map(|(_, strength)| strength)).collect()
            }
            None => Vec::new(),
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
