//! What is to happen: an outcome, an event or a state.

use crate::analysis::Chance;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{CategoryId, EventId, Model, OutcomeId, Variable};

/// What is to happen, as it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// The outcome that is most probable; in a file without outcomes, event or state.
    #[default]
    Likeliest,
    /// The outcome or the event of a name.
    Named(String),
    /// A factor with states, and one of these.
    State(String, String),
}

impl Wanted {
    /// A name as it is written: that of an outcome or an event, or a factor's and a state's with `=` or a full stop between.
    pub fn written(name: &str) -> Wanted {
        match name.split_once(['=', '.']) {
            Some((factor, state)) => Wanted::State(factor.trim().into(), state.trim().into()),
            None => Wanted::Named(name.into()),
        }
    }
}

/// What may be meant.
///
/// # Errors
/// No such thing is in the file.
pub(super) fn meant(wanted: &Wanted, model: &Model) -> Result<Vec<Chance>, Diagnostic> {
    match wanted {
        Wanted::Likeliest => Some(all(model)).filter(|all| !all.is_empty()).ok_or_else(nothing),
        Wanted::Named(name) => named(name, model).map(|one| vec![one]),
        Wanted::State(factor, state) => self::state(factor, state, model).map(|one| vec![one]),
    }
}

/// The outcomes, or in a model without any its events, or its states.
fn all(model: &Model) -> Vec<Chance> {
    let outcomes = outcomes(model).collect::<Vec<Chance>>();
    let events = || events(model).collect::<Vec<Chance>>();
    let states = || (0..model.categories.len()).flat_map(|at| states(model, CategoryId(at))).collect();
    [outcomes, events(), states()].into_iter().find(|all| !all.is_empty()).unwrap_or_default()
}

fn outcomes(model: &Model) -> impl Iterator<Item = Chance> {
    (0..model.outcomes.len()).map(|at| Chance::Outcome(OutcomeId(at)))
}

fn events(model: &Model) -> impl Iterator<Item = Chance> {
    (0..model.events.len()).map(|at| Chance::Event(EventId(at)))
}

fn states(model: &Model, id: CategoryId) -> impl Iterator<Item = Chance> + use<> {
    (0..model.categories[id.0].states.len()).map(move |at| Chance::State(id, at))
}

fn named(name: &str, model: &Model) -> Result<Chance, Diagnostic> {
    let mut known = outcomes(model).chain(events(model));
    if let Some(found) = known.find(|one| one.id(model) == name) {
        return Ok(found);
    }
    let message = format!("no outcome or event is called `{name}`");
    let category = model.categories.iter().find(|one| one.named.id == name);
    let hint = match (category, near(name, outcomes(model).chain(events(model)).map(|one| one.id(model)))) {
        (Some(one), _) => {
            format!("`{name}` has states: name one of them, as in --state {name}={}", one.states[0].named.id)
        }
        (_, Some(near)) => format!("did you mean `{near}`?"),
        _ => "name an outcome or an event as it stands in the file, or a state with --state".into(),
    };
    Err(Diagnostic::error("unknown-name", message).hint(hint))
}

fn state(factor: &str, state: &str, model: &Model) -> Result<Chance, Diagnostic> {
    let ids = || model.categories.iter().map(|one| one.named.id.clone());
    let unknown = |message: String, near: Option<String>| {
        let hint = near.map_or_else(
            || "write a factor with states and one of them, as in --state sky=clear".into(),
            |near| format!("did you mean `{near}`?"),
        );
        Diagnostic::error("unknown-name", message).hint(hint)
    };
    let Some(at) = model.categories.iter().position(|one| one.named.id == factor) else {
        return Err(unknown(format!("no factor with states is called `{factor}`"), near(factor, ids())));
    };
    let own = &model.categories[at].states;
    let found = own.iter().position(|one| one.named.id == state);
    found.map(|state| Chance::State(CategoryId(at), state)).ok_or_else(|| {
        let near = near(state, own.iter().map(|one| one.named.id.clone()));
        unknown(format!("no state of `{factor}` is called `{state}`"), near)
    })
}

fn near(name: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let known: Vec<String> = known.collect();
    did_you_mean(name, known.iter().map(String::as_str)).map(String::from)
}

fn nothing() -> Diagnostic {
    Diagnostic::error("no-outcome", "the file has no outcome, event or factor with states")
        .hint("give it `[outcomes.*]`")
}

/// The variable whose state is asked about; none of an outcome.
pub(super) fn variable(of: Chance) -> Option<Variable> {
    match of {
        Chance::Event(id) => Some(Variable::Event(id)),
        Chance::State(id, _) => Some(Variable::Category(id)),
        Chance::Outcome(_) | Chance::Mean(_) => None,
    }
}
