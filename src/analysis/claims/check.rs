//! All claims of a model, checked.

use super::asked::{Asked, Test};
use super::judge::{Looked, look};
use super::steps::steps;
use super::verdict::{Verdict, Verdicts};
use crate::analysis::{Failure, consistency};
use crate::distribution::Cache;
use crate::model::{ClaimTest, Model};
use crate::program::compile;
use crate::simulation::{Settings, Watch};

/// Checks every claim of a model. `settings` gives design, seed and threads, and with its rule the most draws.
///
/// # Errors
/// A claim that depends on too many events, or an interruption.
pub fn check(model: &Model, settings: &Settings, cache: &Cache, watch: &Watch) -> Result<Verdicts, Failure> {
    let mut asked = Asked::new(model);
    for claim in &model.claims {
        let test = match &claim.test {
            ClaimTest::Condition(condition) => Test::Condition(asked.condition(condition)),
            ClaimTest::Move(movement) => {
                let steps = steps(model, movement.cause, settings, cache, watch)?;
                Test::All(asked.movement(movement, &steps))
            }
        };
        asked.tests.push(test);
    }
    for test in &asked.tests {
        test.differences().iter().for_each(|one| {
            asked.ask.compare(&one.parts.iter().map(|(_, query)| *query).collect::<Vec<_>>());
        });
    }
    let program = compile(&asked.ask, cache, &watch.limits())?;
    let Looked { answers, draws, void, effective_draws } = look(&program, &asked, settings, watch)?;
    let claims = model
        .claims
        .iter()
        .zip(answers)
        .map(|(claim, (agreement, comparisons))| Verdict {
            text: claim.text.clone(),
            written: claim.written.clone(),
            span: claim.span,
            agreement,
            comparisons,
        })
        .collect();
    Ok(Verdicts { claims, draws, void, effective_draws, conflicts: consistency::conflicts(model) })
}
