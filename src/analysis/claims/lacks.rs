//! By how much claims fail in other models of the same file.

use super::asked::{Asking, Test};
use super::finding::Comparison;
use super::judge::Judge;
use crate::analysis::{Failure, Study};
use crate::expression::Comparison as Sign;
use crate::model::Model;
use crate::program::{Ask, World, WorldId};
use crate::simulation::{Rule, Settings, Void, simulate_on};

/// As many models as are compiled at once.
const AT_ONCE: usize = 24;

/// By how much the comparison fails that fails most: negative if all hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::analysis) struct Lack {
    pub(in crate::analysis) value: f64,
    /// Its standard error.
    pub(in crate::analysis) error: f64,
    /// What it is less than in the file itself, on the same draws.
    pub(in crate::analysis) gain: f64,
}

impl Lack {
    /// What comparisons say; NaN of a claim that asks for two numbers to be equal.
    fn of(all: &[Comparison]) -> Lack {
        let one = |one: &Comparison| {
            let sign = match one.sign {
                Sign::Less | Sign::LessOrEqual => 1.0,
                Sign::Greater | Sign::GreaterOrEqual => -1.0,
                Sign::Equal | Sign::NotEqual => f64::NAN,
            };
            Lack { value: sign * one.difference.value, error: one.difference.std_error, gain: 0.0 }
        };
        let none = Lack { value: f64::NEG_INFINITY, error: 0.0, gain: 0.0 };
        all.iter().map(one).fold(none, |worst, one| if one.value > worst.value { one } else { worst })
    }
}

/// What some claims lack in each model, by so many draws, which all have in common with the file itself; nothing of a model that has no answer.
///
/// # Errors
/// An interruption.
pub(in crate::analysis) fn lacks(
    study: &Study,
    models: &[Model],
    claims: &[usize],
    draws: u64,
) -> Result<Vec<Option<Vec<Lack>>>, Failure> {
    let mut all = Vec::new();
    for some in models.chunks(AT_ONCE) {
        match at_once(study, some, claims, draws) {
            Ok(found) => all.extend(found),
            Err(Failure::Interrupted) => return Err(Failure::Interrupted),
            Err(_) if some.len() > 1 => {
                for one in some {
                    all.extend(lacks(study, std::slice::from_ref(one), claims, draws)?);
                }
            }
            Err(_) => all.push(None),
        }
    }
    Ok(all)
}

fn at_once(
    study: &Study,
    models: &[Model],
    claims: &[usize],
    draws: u64,
) -> Result<Vec<Option<Vec<Lack>>>, Failure> {
    let mut ask = Ask::new();
    let mut asked: Vec<(WorldId, Vec<Test>)> = Vec::new();
    for model in std::iter::once(study.model).chain(models) {
        let world = ask.world(World { may_be_impossible: true, ..study.world_of(model) });
        let mut asking = Asking::new(model, &mut ask, world);
        let tests = claims.iter().map(|at| asking.test(study, &model.claims[*at]));
        asked.push((world, tests.collect::<Result<_, _>>()?));
    }
    let program = study.compile(&ask)?;
    let settings = Settings { rule: Rule::Draws(draws), ..study.settings };
    let sampled = simulate_on(study.level, &program, &settings, study.watch)?;
    let judge = Judge { estimates: sampled.estimates(), critical: 0.0 };
    let most = Void::MOST * sampled.sampling.plan().draws() as f64;
    let found = |(world, tests): &(WorldId, Vec<Test>)| {
        let is_sound =
            program.learned(*world).is_possible && sampled.sampling.void(*world).draws as f64 <= most;
        is_sound.then(|| tests.iter().map(|test| Lack::of(&judge.test(test).1)).collect::<Vec<Lack>>())
    };
    let own = found(&asked[0]);
    let beside = |mut all: Vec<Lack>| {
        let own = own.as_ref()?;
        all.iter_mut().zip(own).for_each(|(one, own)| one.gain = own.value - one.value);
        Some(all)
    };
    Ok(asked[1..].iter().map(|one| found(one).and_then(beside)).collect())
}
