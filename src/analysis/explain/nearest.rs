//! The nearest world in which the runner-up wins.

use super::finding::{Leader, NearestFinding};
use crate::analysis::Failure;
use crate::analysis::futures::{Drawing, Future, Reference};
use crate::analysis::worlds::FutureFinding;
use crate::model::{Model, OutcomeId};

/// The nearest of the draws in which the outcome at `second` is more probable than the one at `first`; where no number has a part in
/// either, the densest of some futures.
pub(super) fn nearest(
    drawing: &Drawing,
    futures: &[Future],
    reference: &Reference,
    [first, second]: [usize; 2],
    model: &Model,
) -> Result<Option<NearestFinding>, Failure> {
    let leader = |at: usize, probability: f64| {
        let named = &model.outcomes[at].named;
        let short = named.short.clone().unwrap_or_else(|| named.label.clone());
        Leader { id: named.id.clone(), short, probability }
    };
    let flip = drawing.nearest(OutcomeId(first), OutcomeId(second))?;
    if flip.inputs == 0 {
        let is_won = |one: &&Future| {
            let chances = one.outcomes(model);
            chances[second] > chances[first]
        };
        let won: Vec<&Future> = futures.iter().filter(is_won).collect();
        let densest = won.iter().copied().reduce(|a, b| if b.log_density > a.log_density { b } else { a });
        let Some(one) = densest else { return Ok(None) };
        let Some(one) = drawing.one(one.draw, one.copy)? else { return Ok(None) };
        let chances = one.outcomes(model);
        return Ok(Some(NearestFinding {
            leader: leader(first, chances[first]),
            runner_up: leader(second, chances[second]),
            distance: None,
            numbers: 0,
            share: won.len() as f64 / futures.len() as f64,
            among: futures.len() as u64,
            world: FutureFinding::of(&one, reference, model),
        }));
    }
    let Some(best) = flip.best else { return Ok(None) };
    let Some(world) = drawing.one(best.draw, 1)? else { return Ok(None) };
    Ok(Some(NearestFinding {
        leader: leader(first, best.first),
        runner_up: leader(second, best.second),
        distance: Some(best.square.sqrt()),
        numbers: flip.inputs,
        share: flip.won / flip.all,
        among: flip.among,
        world: FutureFinding::of(&world, reference, model),
    }))
}
