//! Draws that gave no number.

use crate::diagnostic::Span;
use crate::model::{FactorId, Model, Variable};
use crate::program::{Ask, ValueId, WorldId};
use crate::simulation::{self, Sampling};

/// Draws that gave no number in a world and were left out of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Void {
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

impl Void {
    /// The share of void draws above which an answer is refused.
    pub const MOST: f64 = simulation::Void::MOST;

    /// The share of void draws.
    pub fn share(&self, draws: u64) -> f64 {
        self.draws as f64 / draws.max(1) as f64
    }

    /// Whether they are too many among so many draws.
    pub fn is_too_many(&self, draws: u64) -> bool {
        self.share(draws) > Void::MOST
    }

    /// The void draws of a world.
    pub(super) fn of(world: WorldId, witnesses: &Witnesses, sampling: &Sampling) -> Void {
        let simulation::Void { draws, first } = sampling.void(world);
        let Some((replicate, index)) = first else { return Void::default() };
        let uniforms = sampling.uniforms(replicate, index);
        let program = sampling.program();
        let values = program.evaluate_one(&uniforms);
        let value = |id: ValueId| program.value(id).map_or(f64::NAN, |output| values[output.0]);
        Void {
            draws,
            place: program.fault(world, &uniforms).map(|fault| fault.span),
            example: witnesses.iter().map(|(name, id)| (name.clone(), value(*id))).collect(),
        }
    }
}
