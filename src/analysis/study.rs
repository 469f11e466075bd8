//! What a question has at hand: a model with its variants, how draws are made, and what may be used up on the way.

use super::Failure;
use super::remodel::Remodel;
use super::variant::Variant;
use crate::diagnostic::Sources;
use crate::distribution::Cache;
use crate::math::instruction_set::InstructionSet;
use crate::model::Model;
use crate::program::{Ask, Program, States, World, compile};
use crate::simulation::{Sampled, Settings, Watch, simulate_on};

/// What a question has at hand.
#[derive(Clone, Copy)]
pub struct Study<'m> {
    /// The model.
    pub model: &'m Model,
    /// Its variants, to be compared with it.
    pub variants: &'m [Variant],
    /// The texts that the model came from, for the places of what is found.
    pub sources: &'m Sources,
    /// Who makes the model again with other numbers, if anybody does.
    pub remodel: Option<&'m dyn Remodel>,
    /// SHA-256, in hexadecimal digits, over the file and its attachments.
    pub file_hash: &'m str,
    /// How draws are made, and when they are enough.
    pub settings: Settings,
    /// What becomes of states and events.
    pub states: States,
    /// The instructions that every loop uses: the same bits on each level.
    pub level: InstructionSet,
    /// Tables and fits, shared by all programs.
    pub cache: &'m Cache,
    /// Who looks on, and may interrupt.
    pub watch: &'m Watch,
}

impl<'m> Study<'m> {
    /// The world as file and flags have it.
    pub fn world(&self) -> World<'m> {
        self.world_of(self.model)
    }

    /// The same of a variant's model.
    pub(super) fn world_of(&self, model: &'m Model) -> World<'m> {
        World { states: self.states, ..World::of(model) }
    }

    /// The program of what is asked.
    ///
    /// # Errors
    /// See [`compile`].
    pub fn compile(&self, ask: &Ask) -> Result<Program, Failure> {
        Ok(compile(ask, self.cache, &self.watch.limits())?)
    }

    /// Draws from a program until the settings' rule is met.
    ///
    /// # Errors
    /// An interruption.
    pub fn simulate<'p>(&self, program: &'p Program) -> Result<Sampled<'p>, Failure> {
        Ok(simulate_on(self.level, program, &self.settings, self.watch)?)
    }
}
