//! Numbers of a model that can be held, by their addresses.

use std::fmt;

use crate::diagnostic::{did_you_mean, list};
use crate::model::{
    CategoryId, DerivedId, EventId, FactorId, Model, OutcomeId, Outcomes, TheoryId, Variable, Weight,
};

/// A number of a model that can be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Held {
    /// The value of a factor or a derived value; of an event 0 or 1, of a factor with states the position of the state.
    /// It is cut from its causes.
    Variable(Variable),
    /// The probability of an event.
    Probability(EventId),
    /// The probability of a state. Those of the other states keep their proportions.
    Share(CategoryId, usize),
    /// The base of an outcome under a theory (the only one of an ordinary file), and under all that are decided by the same part
    /// of the file. Those of the others keep their proportions.
    Base(TheoryId, OutcomeId),
    /// A weight of an outcome under a theory, by its position; also under all that are decided by the same part of the file.
    Weight(TheoryId, OutcomeId, usize),
    /// How probable a theory is. The others keep their proportions.
    Theory(TheoryId),
}

/// An address that stands for nothing that can be held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownNumber {
    /// What was written.
    pub address: String,
    /// The addresses near by, nearest first; none if nothing is.
    pub near: Vec<String>,
}

impl fmt::Display for UnknownNumber {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "nothing that can be held has the address `{}`", self.address)?;
        match self.near.is_empty() {
            true => f.write_str("; addresses look like `factors.NAME.value` or `outcomes.NAME.base`"),
            false => write!(f, "; did you mean {}?", list(self.near.iter().map(String::as_str), "or")),
        }
    }
}

impl std::error::Error for UnknownNumber {}

/// As many addresses as are near by.
const MOST_NEAR: usize = 3;

impl Held {
    /// Everything that can be held in a model.
    pub fn all(model: &Model) -> Vec<Held> {
        let factors = (0..model.factors.len()).map(|at| Variable::Factor(FactorId(at)));
        let categories = (0..model.categories.len()).map(|at| Variable::Category(CategoryId(at)));
        let derived = (0..model.derived.len()).map(|at| Variable::Derived(DerivedId(at)));
        let events = (0..model.events.len()).map(|at| Variable::Event(EventId(at)));
        let variables = factors.chain(categories).chain(derived).chain(events).map(Held::Variable);
        let probabilities = (0..model.events.len()).map(|at| Held::Probability(EventId(at)));
        let states = model.categories.iter().enumerate();
        let shares = states
            .flat_map(|(at, one)| (0..one.states.len()).map(move |state| Held::Share(CategoryId(at), state)));
        let theories = (0..model.theories.len()).map(TheoryId);
        let forms = theories.clone().filter(|one| model.source_of_form(*one) == *one);
        let of_outcomes = forms.flat_map(|theory| of_outcomes(model, theory));
        let weights = theories.filter(|_| model.has_theories()).map(Held::Theory);
        variables.chain(probabilities).chain(shares).chain(of_outcomes).chain(weights).collect()
    }

    /// What stands under an address, such as `outcomes.a.weights.x`; a bare name means its value, which is the probability of an
    /// event and the state of a factor with states, as after `--set`.
    ///
    /// ```
    /// use foretell::diagnostic::SourceFile;
    /// use foretell::program::Held;
    /// let file = SourceFile::new("x.toml", "[factors.oil]\nvalue = 'beta(2, 5)'\n[events.war]\nprobability = 'oil'\n");
    /// let (document, _) = foretell::scenario::parse(&file);
    /// let model = foretell::build::build(&document, &Default::default(), &[]).0.unwrap();
    /// let held = Held::find(&model, "war").unwrap();
    /// assert_eq!(held.address(&model), "events.war.probability");
    /// assert_eq!(Held::find(&model, "wra").unwrap_err().near, ["war"]);
    /// ```
    ///
    /// # Errors
    /// An address of nothing that can be held: also of formulas, such as scores and rules, and of numbers in them.
    pub fn find(model: &Model, address: &str) -> Result<Held, UnknownNumber> {
        let all = Held::all(model);
        let is_meant = |one: &&Held| one.address(model) == address || one.name(model) == Some(address);
        all.iter().find(is_meant).copied().ok_or_else(|| unknown(model, &all, address))
    }

    /// Its address in the file, by which `--set` replaces it.
    pub fn address(self, model: &Model) -> String {
        let outcomes = |theory: TheoryId, outcome: OutcomeId| {
            let name = &model.outcomes[outcome.0].named.id;
            match model.theories[theory.0].is_own {
                true => format!("theories.{}.outcomes.{name}", model.theories[theory.0].named.id),
                false => format!("outcomes.{name}"),
            }
        };
        match self {
            Held::Variable(variable) => {
                let name = model.name(variable);
                match variable {
                    Variable::Factor(_) => format!("factors.{name}.value"),
                    Variable::Derived(_) => format!("derived.{name}.value"),
                    Variable::Event(_) => format!("events.{name}.state"),
                    Variable::Category(_) => format!("factors.{name}.state"),
                }
            }
            Held::Probability(id) => format!("events.{}.probability", model.events[id.0].named.id),
            Held::Share(id, state) => {
                let category = &model.categories[id.0];
                format!("factors.{}.probabilities.{}", category.named.id, category.states[state].named.id)
            }
            Held::Base(theory, outcome) => format!("{}.base", outcomes(theory, outcome)),
            Held::Weight(theory, outcome, at) => {
                let own = weights(model, theory).get(outcome.0).and_then(|own| own.get(at));
                let name = own.map(|one| weighted(model, one)).unwrap_or_default();
                format!("{}.weights.{name}", outcomes(theory, outcome))
            }
            Held::Theory(id) => format!("theories.{}.weight", model.theories[id.0].named.id),
        }
    }

    /// The bare name that means it.
    fn name(self, model: &Model) -> Option<&str> {
        match self {
            // An event's name means its probability.
            Held::Variable(Variable::Event(_)) => None,
            Held::Variable(variable) => Some(model.name(variable)),
            Held::Probability(id) => Some(&model.events[id.0].named.id),
            _ => None,
        }
    }

    /// Whether what is correlated is correlated otherwise once it is held, as the correlation of the normals follows from it: a model
    /// with it in its place is then built again.
    pub fn moves_correlations(self, model: &Model) -> bool {
        match self {
            Held::Probability(id) => model.latent(Variable::Event(id)).is_some(),
            Held::Share(id, _) => model.latent(Variable::Category(id)).is_some(),
            _ => false,
        }
    }

    /// Whether it is a share of a whole, 0 to 1.
    pub fn is_share(self) -> bool {
        matches!(self, Held::Probability(_) | Held::Share(..) | Held::Base(..) | Held::Theory(_))
    }

    /// Whether a model has such a number.
    pub(super) fn is_in(self, model: &Model) -> bool {
        let has_theory = |theory: TheoryId| theory.0 < model.theories.len();
        match self {
            Held::Variable(Variable::Factor(id)) => id.0 < model.factors.len(),
            Held::Variable(Variable::Derived(id)) => id.0 < model.derived.len(),
            Held::Variable(Variable::Category(id)) => id.0 < model.categories.len(),
            Held::Variable(Variable::Event(id)) | Held::Probability(id) => id.0 < model.events.len(),
            Held::Share(id, state) => model.categories.get(id.0).is_some_and(|one| state < one.states.len()),
            Held::Base(theory, outcome) => has_theory(theory) && outcome.0 < weights(model, theory).len(),
            Held::Weight(theory, outcome, at) => {
                has_theory(theory) && weights(model, theory).get(outcome.0).is_some_and(|own| at < own.len())
            }
            Held::Theory(theory) => model.has_theories() && has_theory(theory),
        }
    }

    /// The same, of the theory that stands for all that are decided by the same part of the file.
    pub(super) fn of_file(self, model: &Model) -> Held {
        match self {
            Held::Base(theory, outcome) => Held::Base(model.source_of_form(theory), outcome),
            Held::Weight(theory, outcome, at) => Held::Weight(model.source_of_form(theory), outcome, at),
            other => other,
        }
    }
}

/// The bases and weights under a theory.
fn of_outcomes(model: &Model, theory: TheoryId) -> Vec<Held> {
    let own = weights(model, theory).iter().enumerate();
    let one = |(at, own): (usize, &Vec<Weight>)| {
        let outcome = OutcomeId(at);
        let weights = (0..own.len()).map(move |weight| Held::Weight(theory, outcome, weight));
        std::iter::once(Held::Base(theory, outcome)).chain(weights)
    };
    own.flat_map(one).collect()
}

fn weights(model: &Model, theory: TheoryId) -> &[Vec<Weight>] {
    match &model.theories[theory.0].form {
        Outcomes::Weighted { weights, .. } => weights,
        _ => &[],
    }
}

/// What a weight weighs, as its address has it.
fn weighted(model: &Model, weight: &Weight) -> String {
    let name = model.name(weight.variable);
    match (weight.variable, weight.state) {
        (Variable::Category(id), Some(state)) => {
            format!("{name}.{}", model.categories[id.0].states[state].named.id)
        }
        _ => name.into(),
    }
}

fn unknown(model: &Model, all: &[Held], address: &str) -> UnknownNumber {
    let mut names: Vec<String> = match address.contains('.') {
        true => all.iter().map(|one| one.address(model)).collect(),
        false => all.iter().filter_map(|one| one.name(model)).map(String::from).collect(),
    };
    let mut near: Vec<String> = Vec::new();
    while let Some(one) = did_you_mean(address, names.iter().map(String::as_str)).map(String::from)
        && near.len() < MOST_NEAR
    {
        names.retain(|name| *name != one);
        near.push(one);
    }
    UnknownNumber { address: address.into(), near }
}
