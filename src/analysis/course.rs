//! How the draws of an answer went: how many they are, and in each world that counts how many had to be left out and how much
//! they weigh.

use super::learned::Learned;
use super::void::{Void, Witnesses, witnesses};
use crate::model::Model;
use crate::program::{Ask, Program, QueryId, WorldId};
use crate::simulation::{Estimates, Plan, Sampled};

/// How the draws of an answer went.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// How they were made.
    pub plan: Plan,
    /// Whether no draw entered the answer.
    pub exact: bool,
    /// Whether the wanted precision was reached; true where none was asked for.
    pub reached: bool,
    /// What is farthest from the wanted precision, if it was not reached.
    pub missed: Option<Missed>,
    /// How they went in the file itself, and then in each variant that was looked at.
    pub worlds: Vec<WorldCourse>,
    /// The events and factors, by name, whose states were drawn somewhere because all states together are too many to be summed over.
    pub drawn: Vec<String>,
}

/// What is not as precise as wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Missed {
    /// Its name.
    pub name: String,
    /// Whether it is a mean; else it is a probability.
    pub is_mean: bool,
}

/// How the draws went in one world.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorldCourse {
    /// The variant that it is, by position; `None` for the file itself.
    pub variant: Option<usize>,
    /// Draws that gave no number in it.
    pub void: Void,
    /// What was learned in it, if anything was.
    pub learned: Option<Learned>,
}

impl Course {
    /// The draws that gave no number in the file itself.
    pub fn void(&self) -> Void {
        self.worlds.first().map(|one| one.void.clone()).unwrap_or_default()
    }

    /// What was learned in the file itself, if anything was.
    pub fn learned(&self) -> Option<Learned> {
        self.worlds.first().and_then(|one| one.learned)
    }
}

/// What is asked of a world to tell how its draws went.
pub(super) struct Watched {
    pub(super) world: WorldId,
    pub(super) variant: Option<usize>,
    evidence: QueryId,
    witnesses: Witnesses,
    /// Whether evidence of the file counts: its probability is then relative.
    is_relative: bool,
    is_conditional: bool,
}

impl Watched {
    pub(super) fn ask(ask: &mut Ask, world: WorldId, model: &Model, variant: Option<usize>) -> Watched {
        let is_relative = model.evidence.iter().any(|one| one.active);
        Watched {
            world,
            variant,
            evidence: ask.evidence(world),
            witnesses: witnesses(ask, world, model),
            is_relative,
            is_conditional: !model.given.is_empty() || is_relative,
        }
    }

    pub(super) fn find(&self, sampled: &Sampled, estimates: &Estimates, program: &Program) -> WorldCourse {
        WorldCourse {
            variant: self.variant,
            void: Void::of(self.world, &self.witnesses, &sampled.sampling),
            learned: self.learned(sampled, estimates, program),
        }
    }

    fn learned(&self, sampled: &Sampled, estimates: &Estimates, program: &Program) -> Option<Learned> {
        let learned = program.learned(self.world);
        (learned.is_conditional || self.is_conditional).then(|| {
            let evidence = estimates.probability(self.evidence).scaled(learned.confined_to);
            Learned::of(self.world, estimates, evidence, &sampled.plan(), self.is_relative)
        })
    }
}
