//! Draws that gave no number.

use crate::diagnostic::Span;
use crate::model::{FactorId, Model, Variable};
use crate::program::{Ask, ValueId, WorldId};
use crate::simulation::{Sampling, Void};

/// Draws that gave no number in a world and were left out of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VoidSummary {
    /// How many.
    pub draws: u64,
    /// The formula that first gave no number in the first of them.
    pub place: Option<Span>,
    /// The factors' values in it, by name; NaN for what chance has a part in.
    pub example: Vec<(String, f64)>,
}

/// The factors of a world, by name, whose values tell where draws fail.
pub(super) type Witnesses = Vec<(String, ValueId)>;

/// Asks for the values of all factors.
pub(super) fn witnesses(ask: &mut Ask, world: WorldId, model: &Model) -> Witnesses {
    let factors = model.factors.iter().enumerate();
    let value = |(at, factor): (usize, &crate::model::Factor)| {
        let value = ask.value(world, model.term_of(Variable::Factor(FactorId(at))));
        (factor.named.id.clone(), value)
    };
    factors.map(value).collect()
}

impl VoidSummary {
    /// The share of void draws above which a run is refused.
    pub const MOST: f64 = Void::MOST;

    /// The share of void draws.
    pub fn share(&self, draws: u64) -> f64 {
        self.draws as f64 / draws.max(1) as f64
    }

    /// The void draws of a world.
    pub(super) fn of(world: WorldId, witnesses: &Witnesses, sampling: &Sampling) -> VoidSummary {
        let Void { draws, first } = sampling.void(world);
        let Some((replicate, index)) = first else { return VoidSummary::default() };
        let uniforms = sampling.uniforms(replicate, index);
        let program = sampling.program();
        let values = program.evaluate_one(&uniforms);
        let value = |id: ValueId| program.value(id).map_or(f64::NAN, |output| values[output.0]);
        VoidSummary {
            draws,
            place: program.fault(world, &uniforms).map(|fault| fault.span),
            example: witnesses.iter().map(|(name, id)| (name.clone(), value(*id))).collect(),
        }
    }
}
