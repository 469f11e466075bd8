//! What is looked at: the answers of a file.

use super::finding::Kind;
use crate::analysis::chances::{Chance, Chances};
use crate::model::{CategoryId, EventId, FactorId, Model, OutcomeId, Variable};

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The probability of something.
    Chance(Chance),
    /// The mean of a quantity.
    Mean(Variable),
}

/// All answers that are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Looks {
    pub(super) all: Vec<Look>,
    /// Whether they exclude each other and are all that can be, so that one of them leads.
    pub(super) is_whole: bool,
}

impl Looks {
    /// The answers of these names; without any, the outcomes, or in a file without outcomes its states, events and derived
    /// values.
    pub(super) fn of(model: &Model, of: &[String]) -> Looks {
        let all: Vec<Look> = match of {
            [] if model.outcomes.is_empty() => {
                Chances::of(model, |_| true).all().iter().map(|one| Look::from(*one)).collect()
            }
            [] => outcomes(model).collect(),
            names => names.iter().flat_map(|name| named(model, name)).collect(),
        };
        Looks { is_whole: is_whole(model, &all), all }
    }
}

impl From<Chance> for Look {
    fn from(chance: Chance) -> Look {
        match chance {
            Chance::Mean(id) => Look::Mean(Variable::Derived(id)),
            other => Look::Chance(other),
        }
    }
}

impl Look {
    pub(super) fn id(self, model: &Model) -> String {
        match self {
            Look::Chance(chance) => chance.id(model),
            Look::Mean(variable) => model.name(variable).into(),
        }
    }

    pub(super) fn label(self, model: &Model) -> String {
        match self {
            Look::Chance(chance) => chance.label(model),
            Look::Mean(variable) => model.label(variable).into(),
        }
    }

    /// What pictures and sentences call it.
    pub(super) fn short(self, model: &Model) -> String {
        match self {
            Look::Chance(Chance::Outcome(id)) => {
                let named = &model.outcomes[id.0].named;
                named.short.clone().unwrap_or_else(|| named.label.clone())
            }
            Look::Chance(Chance::State(id, at)) => model.categories[id.0].states[at].named.label.clone(),
            other => other.label(model),
        }
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Look::Chance(Chance::Outcome(_)) => Kind::Outcome,
            Look::Chance(Chance::State(..)) => Kind::State,
            Look::Chance(Chance::Event(_)) => Kind::Event,
            Look::Chance(Chance::Mean(_)) | Look::Mean(_) => Kind::Mean,
        }
    }
}

fn outcomes(model: &Model) -> impl Iterator<Item = Look> {
    (0..model.outcomes.len()).map(|at| Look::Chance(Chance::Outcome(OutcomeId(at))))
}

/// What a name stands for: of a factor with states, all of them.
fn named(model: &Model, name: &str) -> Vec<Look> {
    let position = |mut names: Box<dyn Iterator<Item = &str> + '_>| names.position(|one| one == name);
    if let Some(at) = position(Box::new(model.outcomes.iter().map(|one| one.named.id.as_str()))) {
        return vec![Look::Chance(Chance::Outcome(OutcomeId(at)))];
    }
    let variable = model.order.iter().find(|variable| model.name(**variable) == name);
    match variable.copied() {
        Some(Variable::Category(id)) => states(model, id).collect(),
        Some(Variable::Event(id @ EventId(_))) => vec![Look::Chance(Chance::Event(id))],
        Some(variable @ (Variable::Derived(_) | Variable::Factor(FactorId(_)))) => vec![Look::Mean(variable)],
        None => Vec::new(),
    }
}

fn states(model: &Model, id: CategoryId) -> impl Iterator<Item = Look> {
    (0..model.categories[id.0].states.len()).map(move |at| Look::Chance(Chance::State(id, at)))
}

fn is_whole(model: &Model, all: &[Look]) -> bool {
    let whole = |own: Vec<Look>| own.len() > 1 && own == all;
    whole(outcomes(model).collect())
        || (0..model.categories.len()).any(|at| whole(states(model, CategoryId(at)).collect()))
}
