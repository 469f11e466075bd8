//! Floor 3: what a scenario means.
//!
//! [`build`] takes a [`Document`](crate::scenario::Document), the contents of the files that it names and any overrides, and gives a [`Model`]:
//! every name resolved, every kind right, every constant possible, the order of computation known. Nothing in a
//! model can be invalid any more; what can still go wrong goes wrong in single draws, which are then void.

mod bounds;
mod build;
mod category;
mod chance;
mod claim;
mod conflict;
mod copula;
mod correlation;
mod elicit;
mod evaluate;
mod event;
mod evidence;
mod factor;
mod family;
mod form;
mod given;
mod id;
mod level;
mod meanless;
mod mistakes;
mod names;
mod neutral;
mod order;
mod outcome;
mod outcomes;
mod overrides;
mod quantity;
mod quotes;
mod resolve;
mod rules;
mod shape;
mod states;
mod support;
mod term;
mod theories;
mod theory;
mod variants;

pub use build::build;
pub use category::{Category, State};
pub use claim::{Claim, ClaimTest, Condition, Measure, Move, Probability};
pub use copula::Correlated;
pub use evaluate::{Definition, Quantile, World, within};
pub use event::{Event, Product};
pub use evidence::{Evidence, Selection};
pub use factor::{Derived, Factor};
pub use id::{CategoryId, DerivedId, EventId, FactorId, OutcomeId, QuantityId, TheoryId, Variable};
pub use level::{level, normal};
pub use outcome::{Outcome, Outcomes, Weight, softmax};
pub use quantity::{Mixing, Quantity};
pub use shape::Shape;
pub use term::{Lookup, Term, TermKind};
pub use theory::Theory;
pub use variants::build_variant;

use crate::diagnostic::Span;
use crate::scenario::Header;

/// A scenario understood: valid by construction.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Title, question, dates, source.
    pub header: Header,
    /// What is not known, in the order of the file.
    pub factors: Vec<Factor>,
    /// What is not known and is one of several things, in the order of the file.
    pub categories: Vec<Category>,
    /// What follows from it.
    pub derived: Vec<Derived>,
    /// What happens or not, by chance.
    pub events: Vec<Event>,
    /// The answers.
    pub outcomes: Vec<Outcome>,
    /// The theories of how the outcome is decided; a file without any has a single one that has no name.
    pub theories: Vec<Theory>,
    /// Every place where a distribution draws, in the order of the file.
    pub quantities: Vec<Quantity>,
    /// How many dimensions the design has: quantities cut by overrides keep theirs.
    pub dimensions: usize,
    /// Factors, derived values and events, each after all that it depends on.
    pub order: Vec<Variable>,
    /// What was learned: propositions that hold.
    pub given: Vec<Term>,
    /// The correlations in force: those of factors that no override has cut out.
    pub correlations: Vec<Correlated>,
    /// What was reported; of it counts what is active.
    pub evidence: Vec<Evidence>,
    /// What the source says of the result.
    pub claims: Vec<Claim>,
    /// How expressions that allow more than one reading were read.
    pub readings: Vec<Reading>,
}

/// How an expression was read, such as an interval as a beta.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Where.
    pub span: Span,
    /// The reading in words.
    pub text: String,
}

impl Model {
    /// The formula of a variable; of a factor with states, that of the probability of its first state.
    pub fn formula(&self, variable: Variable) -> &Term {
        match variable {
            Variable::Factor(id) => &self.factors[id.0].value,
            Variable::Derived(id) => &self.derived[id.0].value,
            Variable::Event(id) => &self.events[id.0].probability,
            Variable::Category(id) => &self.categories[id.0].probabilities[0],
        }
    }

    /// All formulas of a variable: of a factor with states, those of the probabilities of its states.
    pub fn formulas(&self, variable: Variable) -> Vec<&Term> {
        match variable {
            Variable::Category(id) => self.categories[id.0].probabilities.iter().collect(),
            _ => vec![self.formula(variable)],
        }
    }

    /// The name of a variable.
    pub fn name(&self, variable: Variable) -> &str {
        match variable {
            Variable::Factor(id) => &self.factors[id.0].name,
            Variable::Derived(id) => &self.derived[id.0].name,
            Variable::Event(id) => &self.events[id.0].name,
            Variable::Category(id) => &self.categories[id.0].name,
        }
    }

    /// What people call a variable: its label, else its name in words.
    pub fn label(&self, variable: Variable) -> &str {
        match variable {
            Variable::Factor(id) => &self.factors[id.0].label,
            Variable::Derived(id) => &self.derived[id.0].label,
            Variable::Event(id) => &self.events[id.0].label,
            Variable::Category(id) => &self.categories[id.0].label,
        }
    }

    /// How the outcome is decided, by the first theory: the only one of an ordinary file.
    pub fn form(&self) -> &Outcomes {
        &self.theories[0].form
    }

    /// Whether the file names theories.
    pub fn has_theories(&self) -> bool {
        self.theories.iter().any(|one| !one.name.is_empty())
    }

    /// The theory that is the right one for certain, if one is.
    pub fn only_theory(&self) -> Option<TheoryId> {
        let mut possible = (0..self.theories.len()).filter(|at| self.theories[*at].weight > 0.0);
        possible.next().filter(|_| possible.next().is_none()).map(TheoryId)
    }

    /// The title, or "Untitled scenario".
    pub fn title(&self) -> &str {
        self.header.title.as_deref().unwrap_or("Untitled scenario")
    }
}

/// A label, or a name with spaces for underscores.
fn label(label: &Option<String>, name: &str) -> String {
    label.clone().unwrap_or_else(|| name.replace('_', " "))
}
