//! The answers under small changes of the numbers that the file states: often it is a weight, not a factor, that decides.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::chances::Chances;
use crate::analysis::estimated::{Figure, Swing};
use crate::analysis::{Failure, Study};
use crate::model::{Model, Outcomes};
use crate::program::{Ask, Held, QueryId, Setting, World};
use crate::simulation::{Rule, Settings, simulate_on};

/// What an answer becomes as one number of the file is a little less and a little more.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Nudged {
    /// The number's address.
    pub id: String,
    /// What it is in the file.
    pub at: f64,
    /// What it is put at: less, and more.
    pub between: [f64; 2],
    /// The answer with less.
    pub less: Figure,
    /// The answer with more.
    pub more: Figure,
    /// What the answer is more with more than with less.
    #[serde(flatten)]
    pub swing: Swing,
}

/// For each answer what the numbers of the file do to it when each is moved by a share of itself, greatest first.
///
/// # Errors
/// See [`compile`](crate::program::compile); an interruption.
pub(super) fn nudged(
    study: &Study,
    chances: &Chances,
    share: f64,
    draws: u64,
) -> Result<Vec<Vec<Nudged>>, Failure> {
    let model = study.model;
    let mut ask = Ask::new();
    let mut asked: Vec<(Held, f64, [f64; 2], [Vec<QueryId>; 2])> = Vec::new();
    for (held, value) in stated(model) {
        let ends = ends(held, value, share);
        let settings = ends.map(|end| Setting::new().hold(model, held, end).ok());
        let [Some(less), Some(more)] = settings else { continue };
        let queries = [less, more].map(|setting| {
            let world = World { setting, may_be_impossible: true, ..study.world() };
            let id = ask.world(world);
            chances.ask(&mut ask, id, model)
        });
        queries[0].iter().zip(&queries[1]).for_each(|(less, more)| ask.compare(&[*less, *more]));
        asked.push((held, value, ends, queries));
    }
    let program = study.compile(&ask)?;
    let settings = Settings { rule: Rule::Draws(draws), ..study.settings };
    let sampled = simulate_on(study.level, &program, &settings, study.watch)?;
    let estimates = sampled.estimates();
    let of_answer = |answer: usize| {
        let value = |query: QueryId| match chances.is_probability(answer) {
            true => estimates.probability(query),
            false => estimates.query(query),
        };
        let one = |(held, at, between, [less, more]): &(Held, f64, [f64; 2], [Vec<QueryId>; 2])| Nudged {
            id: held.address(model),
            at: *at,
            between: *between,
            less: value(less[answer]).into(),
            more: value(more[answer]).into(),
            swing: estimates.difference(more[answer], less[answer]).into(),
        };
        let mut all: Vec<Nudged> = asked.iter().map(one).collect();
        all.retain(|one| one.swing.value != 0.0);
        all.sort_by(|a, b| b.swing.value.abs().total_cmp(&a.swing.value.abs()));
        all
    };
    Ok((0..chances.all().len()).map(of_answer).collect())
}

/// The numbers of the file that can be held: bases, weights, probabilities, shares.
fn stated(model: &Model) -> Vec<(Held, f64)> {
    let value = |held: &Held| match *held {
        Held::Variable(_) => None,
        Held::Probability(id) => model.events[id.0].probability.as_constant(),
        Held::Share(id, state) => model.categories[id.0].probabilities[state].as_constant(),
        Held::Theory(id) => Some(model.theories[id.0].weight),
        Held::Base(theory, outcome) => match &model.theories[theory.0].form {
            Outcomes::Weighted { bases, .. } => bases[outcome.0].as_constant(),
            _ => None,
        },
        Held::Weight(theory, outcome, at) => match &model.theories[theory.0].form {
            Outcomes::Weighted { weights, .. } => weights[outcome.0][at].value.as_constant(),
            _ => None,
        },
    };
    let all = Held::all(model).into_iter();
    all.filter_map(|held| Some((held, value(&held)?))).filter(|(_, value)| *value != 0.0).collect()
}

/// What a number is put at.
fn ends(held: Held, value: f64, share: f64) -> [f64; 2] {
    let ends = [value * (1.0 - share), value * (1.0 + share)];
    match held {
        Held::Weight(..) | Held::Variable(_) => ends,
        // A probability is moved by a share of what is nearer, it or its complement, so that it stays one.
        _ => {
            let step = share * value.min(1.0 - value);
            [value - step, value + step]
        }
    }
}
