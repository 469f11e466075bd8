//! A file's variants beside the file itself, on the same draws.

use super::chances::Chances;
use super::learned::LearnedSummary;
use super::void::{VoidSummary, Witnesses, witnesses};
use crate::model::Model;
use crate::program::{Aim, Ask, QueryId, World, WorldId};
use crate::simulation::Sampled;
use crate::statistics::Estimate;

/// One variant.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantSummary {
    /// What was learned in it, if anything was.
    pub learned: Option<LearnedSummary>,
    /// Each answer of the file in it.
    pub chances: Vec<Changed>,
    /// Draws that gave no number in it. They are left out of it and of the differences, and of nothing else; where they are
    /// too many, its answers are NaN.
    pub void: VoidSummary,
}

/// An answer in a variant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Changed {
    /// A probability, or the mean of a derived value.
    pub value: Estimate,
    /// What it is more than in the file itself, with the error on common draws.
    pub difference: Estimate,
}

/// What is asked of one variant.
pub(super) struct Asked {
    world: WorldId,
    answers: Vec<QueryId>,
    /// Means that do not exist.
    lacking: Vec<bool>,
    evidence: QueryId,
    is_conditional: bool,
    witnesses: Witnesses,
}

/// Asks for a variant's answers, to be compared with `base`, which are those of the file itself.
pub(super) fn ask<'m>(
    ask: &mut Ask<'m>,
    world: World<'m>,
    model: &'m Model,
    chances: &Chances,
    base: &[QueryId],
) -> Asked {
    let world = ask.world(world);
    let answers = chances.ask(ask, world, model);
    for (at, (own, base)) in answers.iter().zip(base).enumerate() {
        ask.compare(&[*base, *own]);
        if chances.is_probability(at) {
            ask.aim(Aim::Probability(*own));
        }
    }
    Asked {
        world,
        answers,
        lacking: chances.lacking(&model.without_mean()),
        evidence: ask.evidence(world),
        is_conditional: !model.given.is_empty(),
        witnesses: witnesses(ask, world, model),
    }
}

impl Asked {
    /// What was found, beside the answers `base` of the file itself, of which those `without` are means that do not exist.
    pub(super) fn find(
        &self,
        sampled: &Sampled,
        chances: &Chances,
        base: &[QueryId],
        without: &[bool],
    ) -> VariantSummary {
        let estimates = sampled.estimates();
        let program = sampled.sampling.program();
        let void = VoidSummary::of(self.world, &self.witnesses, &sampled.sampling);
        let is_refused = void.share(sampled.plan().draws()) > VoidSummary::MOST;
        let changed = |(at, (own, base)): (usize, (&QueryId, &QueryId))| {
            let nothing = Estimate::unknown();
            if is_refused || self.lacking[at] {
                return Changed { value: nothing, difference: nothing };
            }
            let difference = estimates.difference(*own, *base);
            match chances.is_probability(at) {
                true => {
                    Changed { value: estimates.probability(*own), difference: difference.within(-1.0, 1.0) }
                }
                false if without[at] => Changed { value: estimates.query(*own), difference: nothing },
                false => Changed { value: estimates.query(*own), difference },
            }
        };
        let learned = || {
            let confined_to = program.learned(self.world).confined_to;
            LearnedSummary::of(self.world, &estimates, estimates.probability(self.evidence), confined_to)
        };
        VariantSummary {
            learned: self.is_conditional.then(learned),
            chances: self.answers.iter().zip(base).enumerate().map(changed).collect(),
            void,
        }
    }
}
