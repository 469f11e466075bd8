//! By how much claims fail in other models of the same file.

use super::asked::{Asking, Test};
use super::finding::{Comparison, Verdict};
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
}

impl Lack {
    /// What a verdict says; NaN of a claim that asks for two numbers to be equal.
    pub(in crate::analysis) fn of(verdict: &Verdict) -> Lack {
        Lack::of_all(&verdict.comparisons)
    }

    fn of_all(all: &[Comparison]) -> Lack {
        let one = |one: &Comparison| {
            let sign = match one.sign {
                Sign::Less | Sign::LessOrEqual => 1.0,
                Sign::Greater | Sign::GreaterOrEqual => -1.0,
                Sign::Equal | Sign::NotEqual => f64::NAN,
            };
            Lack { value: sign * one.difference.value, error: one.difference.std_error }
        };
        let none = Lack { value: f64::NEG_INFINITY, error: 0.0 };
        all.iter().map(one).fold(none, |worst, one| if one.value > worst.value { one } else { worst })
    }
}

/// What some claims lack in each model, by so many draws, which all have in common; nothing of a model that has no answer.
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
    for model in models {
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
        is_sound.then(|| tests.iter().map(|test| Lack::of_all(&judge.test(test).1)).collect())
    };
    Ok(asked.iter().map(found).collect())
}
