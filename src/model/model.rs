//! A scenario understood.

use super::category::Category;
use super::claim::Claim;
use super::correlation::Correlated;
use super::decision::Decision;
use super::event::Event;
use super::evidence::Evidence;
use super::factor::{Derived, Factor};
use super::id::{TheoryId, Variable};
use super::latent::Latent;
use super::named::Named;
use super::outcome::{Outcome, Outcomes};
use super::quantity::Quantity;
use super::term::{Term, TermKind};
use super::theory::Theory;
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
    /// The correlations in force: those of what no override has cut out.
    pub correlations: Vec<Correlated>,
    /// What was reported; of it counts what is active.
    pub evidence: Vec<Evidence>,
    /// What is to be decided.
    pub decisions: Vec<Decision>,
    /// What the source says of the result.
    pub claims: Vec<Claim>,
    /// The addresses of shares that were rescaled, as others of the same whole were replaced.
    pub rescaled: Vec<String>,
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
    /// Whether numbers were divided by their sum.
    pub is_rounding: bool,
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

    /// The normal of a variable that is in a copula and is decided by chance.
    pub fn latent(&self, variable: Variable) -> Option<&Latent> {
        match variable {
            Variable::Event(id) => self.events[id.0].latent.as_ref(),
            Variable::Category(id) => self.categories[id.0].latent.as_ref(),
            Variable::Factor(_) | Variable::Derived(_) => None,
        }
    }

    /// What a variable is called.
    pub fn named(&self, variable: Variable) -> &Named {
        match variable {
            Variable::Factor(id) => &self.factors[id.0].named,
            Variable::Derived(id) => &self.derived[id.0].named,
            Variable::Event(id) => &self.events[id.0].named,
            Variable::Category(id) => &self.categories[id.0].named,
        }
    }

    /// The value of a variable as a formula; of an event whether it happens.
    pub fn term_of(&self, variable: Variable) -> Term {
        Term { kind: TermKind::Variable(variable), span: self.formula(variable).span }
    }

    /// The name of a variable.
    pub fn name(&self, variable: Variable) -> &str {
        &self.named(variable).id
    }

    /// What finding a variable out costs, if the file says so.
    pub fn cost(&self, variable: Variable) -> Option<f64> {
        match variable {
            Variable::Factor(id) => self.factors[id.0].cost,
            Variable::Derived(_) => None,
            Variable::Event(id) => self.events[id.0].cost,
            Variable::Category(id) => self.categories[id.0].cost,
        }
    }

    /// What people call a variable: its label, else its name in words.
    pub fn label(&self, variable: Variable) -> &str {
        &self.named(variable).label
    }

    /// How the outcome is decided, by the first theory: the only one of an ordinary file.
    pub fn form(&self) -> &Outcomes {
        &self.theories[0].form
    }

    /// The theory that stands for all that are decided by the same part of the file: itself if it has outcomes of its own, else
    /// the first that has none.
    pub fn source_of_form(&self, theory: TheoryId) -> TheoryId {
        match self.theories[theory.0].is_own {
            true => theory,
            false => TheoryId(self.theories.iter().position(|one| !one.is_own).unwrap_or(theory.0)),
        }
    }

    /// How probable each theory is.
    pub fn weights_of_theories(&self) -> Vec<Term> {
        self.theories.iter().map(|one| Term::constant(one.weight, one.span)).collect()
    }

    /// Whether the file names theories.
    pub fn has_theories(&self) -> bool {
        self.theories.iter().any(|one| !one.named.id.is_empty())
    }

    /// The theory that is the right one for certain, if one is.
    pub fn only_theory(&self) -> Option<TheoryId> {
        let mut possible = (0..self.theories.len()).filter(|at| self.theories[*at].weight > 0.0);
        possible.next().filter(|_| possible.next().is_none()).map(TheoryId)
    }

    /// What the factor or derived value of a name is measured in, if the file says so.
    pub fn unit(&self, name: &str) -> Option<&str> {
        let factors = self.factors.iter().map(|one| (&one.named.id, &one.unit));
        let mut all = factors.chain(self.derived.iter().map(|one| (&one.named.id, &one.unit)));
        all.find(|(id, _)| *id == name).and_then(|(_, unit)| unit.as_deref())
    }

    /// The title, or "Untitled scenario".
    pub fn title(&self) -> &str {
        self.header.title.as_deref().unwrap_or("Untitled scenario")
    }
}
