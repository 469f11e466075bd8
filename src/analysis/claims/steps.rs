//! The values that a cause is set to, to see which way an outcome moves.

use crate::analysis::{Failure, Study};
use crate::model::Variable;
use crate::program::{Ask, World};
use crate::simulation::{FEWEST, Plan, REPLICATES, Sampling};

/// The percentiles at which a cause is set to see which way an outcome moves.
const STEPS: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];

/// The values that a cause is set to: percentiles, or false and true for an event.
pub(super) fn steps(study: &Study, cause: Variable) -> Result<Vec<f64>, Failure> {
    let model = study.model;
    let known = match cause {
        Variable::Event(_) => return Ok(vec![0.0, 1.0]),
        // States in the order of the file.
        Variable::Category(id) => {
            return Ok((0..model.categories[id.0].states.len()).map(|at| at as f64).collect());
        }
        Variable::Factor(id) => model.factors[id.0].distribution.as_ref(),
        Variable::Derived(_) => None,
    };
    let mut steps: Vec<f64> = match known {
        Some(distribution) => STEPS.iter().map(|level| distribution.quantile(*level)).collect(),
        None => {
            let mut ask = Ask::new();
            let world = ask.world(World::of(model));
            let spread = ask.spread(world, model.term_of(cause));
            let program = study.compile(&ask)?;
            let settings = &study.settings;
            let plan = Plan::new(settings.kind, settings.seed, FEWEST, REPLICATES, settings.threads);
            let mut sampling = Sampling::new(&program, plan);
            sampling.grow(plan.draws_per_replicate, study.watch)?;
            let estimates = sampling.estimates(0..0);
            STEPS.iter().map(|level| estimates.quantile(spread, *level)).collect()
        }
    };
    steps.dedup();
    Ok(steps)
}
