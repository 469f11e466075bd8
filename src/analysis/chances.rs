//! The answers of a file: its outcomes, or in a file without outcomes its states and events; and its derived values.

use super::tails::Tails;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{CategoryId, DerivedId, EventId, Model, OutcomeId, Term, Variable};
use crate::program::{Ask, QueryId, WorldId};

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Chance {
    /// An outcome's probability.
    Outcome(OutcomeId),
    /// The probability of a state.
    State(CategoryId, usize),
    /// The probability of an event.
    Event(EventId),
    /// The mean of a derived value.
    Mean(DerivedId),
}

/// A name that is no answer's.
fn unknown(name: &str, known: &[&str], model: &Model) -> Diagnostic {
    let message = format!("no outcome, event, derived value or factor with states is called `{name}`");
    let hint = match did_you_mean(name, known.iter().copied()) {
        _ if model.factors.iter().any(|one| one.named.id == name) => {
            format!("`{name}` is a factor: it moves answers, and is none itself")
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => "give names as they stand in the file".into(),
    };
    Diagnostic::error("unknown-name", message).hint(hint)
}

/// Some answers of a file, which variants and evidence are compared in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chances(Vec<Chance>);

impl Chances {
    /// The outcomes of a model, or in a model without outcomes its states and events; and its derived values. Of all but
    /// outcomes those of which `is_wanted` says so by their names.
    pub fn of(model: &Model, is_wanted: impl Fn(&str) -> bool) -> Chances {
        let mut all: Vec<Chance> =
            (0..model.outcomes.len()).map(|at| Chance::Outcome(OutcomeId(at))).collect();
        if all.is_empty() {
            let states = model.categories.iter().enumerate();
            for (at, category) in states.filter(|(_, one)| is_wanted(&one.named.id)) {
                all.extend((0..category.states.len()).map(|state| Chance::State(CategoryId(at), state)));
            }
            let events = model.events.iter().enumerate().filter(|(_, one)| is_wanted(&one.named.id));
            all.extend(events.map(|(at, _)| Chance::Event(EventId(at))));
        }
        let derived = model.derived.iter().enumerate().filter(|(_, one)| is_wanted(&one.named.id));
        all.extend(derived.map(|(at, _)| Chance::Mean(DerivedId(at))));
        Chances(all)
    }

    /// The outcomes, events and derived values of a model, of which those called `of` if any are; a model that has none of them
    /// is asked for its states, as any is that is asked for them by name.
    ///
    /// # Errors
    /// A name that is none of these.
    pub fn every(model: &Model, of: &[String]) -> Result<Chances, Diagnostic> {
        let all = Chances::of_all(model, &[]).0.into_iter();
        let states = (0..model.categories.len()).map(|at| Chance::State(CategoryId(at), 0));
        let known: Vec<Chance> = all.chain(states).collect();
        let known: Vec<&str> = known.iter().map(|one| one.variable_id(model)).collect();
        match of.iter().find(|name| !known.contains(&name.as_str())) {
            Some(stranger) => Err(unknown(stranger, &known, model)),
            None => Ok(Chances::of_all(model, of)),
        }
    }

    fn of_all(model: &Model, of: &[String]) -> Chances {
        let is_wanted = |name: &str| of.is_empty() || of.iter().any(|one| one == name);
        let outcomes = (0..model.outcomes.len()).map(|at| Chance::Outcome(OutcomeId(at)));
        let events = (0..model.events.len()).map(|at| Chance::Event(EventId(at)));
        let derived = (0..model.derived.len()).map(|at| Chance::Mean(DerivedId(at)));
        let mut all: Vec<Chance> = outcomes.chain(events).chain(derived).collect();
        let has_states = all.is_empty() || !of.is_empty();
        let states = model.categories.iter().enumerate();
        for (at, category) in states.filter(|_| has_states) {
            all.extend((0..category.states.len()).map(|state| Chance::State(CategoryId(at), state)));
        }
        all.retain(|one| is_wanted(one.variable_id(model)));
        Chances(all)
    }

    /// Those that are probabilities.
    pub fn probabilities(self) -> Chances {
        Chances(self.0.into_iter().filter(|one| !matches!(one, Chance::Mean(_))).collect())
    }

    /// All answers, in order.
    pub fn all(&self) -> &[Chance] {
        &self.0
    }

    /// Whether the answer at a position is a probability.
    pub fn is_probability(&self, at: usize) -> bool {
        !matches!(self.0[at], Chance::Mean(_))
    }

    /// Of each, whether it is known to be a mean that does not exist.
    pub(super) fn lacking(&self, model: &Model) -> Vec<bool> {
        let tails = Tails::of(model);
        let lacks =
            |one: &Chance| matches!(one, Chance::Mean(id) if tails.lacks_mean(Variable::Derived(*id)));
        self.0.iter().map(lacks).collect()
    }

    /// Asks for all of them in a world.
    pub fn ask(&self, ask: &mut Ask, world: WorldId, model: &Model) -> Vec<QueryId> {
        let has_means = self.0.iter().any(|one| matches!(one, Chance::Mean(_)));
        let tails = has_means.then(|| Tails::of(model));
        let query = |one: &Chance| match *one {
            Chance::Mean(id) => {
                let variable = Variable::Derived(id);
                let query = ask.expectation(world, model.term_of(variable), None);
                if let Some(index) = tails.as_ref().and_then(|tails| tails.index(variable)) {
                    ask.expects_index(query, index);
                }
                query
            }
            one => ask.probability(world, one.proposition(model)),
        };
        self.0.iter().map(query).collect()
    }

    /// The same, given that something holds.
    pub fn ask_given(&self, ask: &mut Ask, world: WorldId, model: &Model, given: &Term) -> Vec<QueryId> {
        let query = |one: &Chance| match *one {
            Chance::Mean(id) => {
                ask.expectation(world, model.term_of(Variable::Derived(id)), Some(given.clone()))
            }
            one => ask.conditional(world, one.proposition(model), given.clone()),
        };
        self.0.iter().map(query).collect()
    }
}

impl Chance {
    /// That it is so; of a mean, the quantity itself.
    pub fn proposition(self, model: &Model) -> Term {
        match self {
            Chance::Outcome(id) => Term::outcome(id, model.outcomes[id.0].span),
            Chance::State(id, at) => Term::is(id, at, model.categories[id.0].span),
            Chance::Event(id) => model.term_of(Variable::Event(id)),
            Chance::Mean(id) => model.term_of(Variable::Derived(id)),
        }
    }

    /// Its name: of a state, the factor's and the state's with a full stop between.
    pub fn id(self, model: &Model) -> String {
        match self {
            Chance::Outcome(id) => model.outcomes[id.0].named.id.clone(),
            Chance::State(id, at) => {
                let category = &model.categories[id.0];
                format!("{}.{}", category.named.id, category.states[at].named.id)
            }
            Chance::Event(id) => model.events[id.0].named.id.clone(),
            Chance::Mean(id) => model.derived[id.0].named.id.clone(),
        }
    }

    /// The name of what it is of.
    pub(super) fn variable_id(self, model: &Model) -> &str {
        match self {
            Chance::Outcome(id) => &model.outcomes[id.0].named.id,
            Chance::State(id, _) => &model.categories[id.0].named.id,
            Chance::Event(id) => &model.events[id.0].named.id,
            Chance::Mean(id) => &model.derived[id.0].named.id,
        }
    }

    /// What people call it.
    pub fn label(self, model: &Model) -> String {
        match self {
            Chance::Outcome(id) => model.outcomes[id.0].named.label.clone(),
            Chance::State(id, at) => {
                let category = &model.categories[id.0];
                format!("{}: {}", category.named.label, category.states[at].named.label)
            }
            Chance::Event(id) => model.events[id.0].named.label.clone(),
            Chance::Mean(id) => model.derived[id.0].named.label.clone(),
        }
    }

    /// What pictures call it.
    pub fn short(self, model: &Model) -> String {
        let named = match self {
            Chance::Outcome(id) => &model.outcomes[id.0].named,
            Chance::Event(id) => &model.events[id.0].named,
            Chance::Mean(id) => &model.derived[id.0].named,
            Chance::State(..) => return self.label(model),
        };
        named.short.clone().unwrap_or_else(|| named.label.clone())
    }
}
