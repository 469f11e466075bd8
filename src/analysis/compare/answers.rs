//! The answers of two models, matched by what they are and what they are called.

use super::finding::Measure;
use crate::analysis::chances::{Chance, Chances};
use crate::model::Model;

/// An answer that one of two models has, or both.
#[derive(Clone, Debug)]
pub(super) struct Matched {
    pub id: String,
    pub label: String,
    pub measure: Measure,
    pub unit: Option<String>,
    kind: Kind,
    pub before: bool,
    pub after: bool,
}

/// What has a name: the same name may be an event's in one model and an outcome's in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Outcome,
    State,
    Event,
    Derived,
}

fn kind(chance: Chance) -> Kind {
    match chance {
        Chance::Outcome(_) => Kind::Outcome,
        Chance::State(..) => Kind::State,
        Chance::Event(_) => Kind::Event,
        Chance::Mean(_) => Kind::Derived,
    }
}

impl Matched {
    /// The answers of both models, of which `of` names some; all if it names none. What both have is called as the second has it.
    pub fn all(before: &Model, after: &Model, of: &[String]) -> Vec<Matched> {
        let mut all: Vec<Matched> = wanted(before, of).map(|one| Matched::of(one, before, true)).collect();
        for chance in wanted(after, of) {
            let new = Matched::of(chance, after, false);
            match all.iter_mut().find(|one| one.is(chance, after)) {
                Some(known) => *known = Matched { before: true, ..new },
                None => all.push(new),
            }
        }
        all
    }

    fn of(chance: Chance, model: &Model, is_before: bool) -> Matched {
        let kind = kind(chance);
        Matched {
            unit: model.unit(&chance.id(model)).map(String::from),
            id: chance.id(model),
            label: chance.label(model),
            measure: if kind == Kind::Derived { Measure::Mean } else { Measure::Probability },
            kind,
            before: is_before,
            after: !is_before,
        }
    }

    fn is(&self, chance: Chance, model: &Model) -> bool {
        self.kind == kind(chance) && self.id == chance.id(model)
    }

    /// Whether both models have it.
    pub fn is_common(&self) -> bool {
        self.before && self.after
    }

    /// Its position among the answers of a model, if that has it.
    pub fn position(&self, chances: &Chances, model: &Model) -> Option<usize> {
        chances.all().iter().position(|one| self.is(*one, model))
    }
}

/// The answers that are asked for.
fn wanted(model: &Model, of: &[String]) -> impl Iterator<Item = Chance> {
    let all: Vec<Chance> = Chances::of(model, |_| true).all().to_vec();
    all.into_iter().filter(move |one| of.is_empty() || of.contains(&owner(*one, model)))
}

/// The name that an answer is asked for by: of a state, the factor's.
fn owner(chance: Chance, model: &Model) -> String {
    match chance {
        Chance::State(id, _) => model.categories[id.0].named.id.clone(),
        other => other.id(model),
    }
}

/// All names that answers of a model can be asked for by.
pub(super) fn names(model: &Model) -> Vec<String> {
    let mut names: Vec<String> =
        Chances::of(model, |_| true).all().iter().map(|one| owner(*one, model)).collect();
    names.dedup();
    names
}
