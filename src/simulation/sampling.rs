//! Draws that grow: taken up to some number, looked at, and taken further if that was not enough.

use std::ops::Range;

use super::engine::{Interrupted, prepare, run};
use super::estimates::Estimates;
use super::kept::Kept;
use super::layout::Layout;
use super::plan::Plan;
use super::tally::{Tally, Void};
use super::watch::Watch;
use crate::design::Kind;
use crate::program::{Program, WorldId};

/// A tally that can be looked at and continued.
pub struct Sampling<'a> {
    program: &'a Program,
    plan: Plan,
    layout: Layout,
    collected: (Tally, Kept),
}

impl<'a> Sampling<'a> {
    /// Without draws yet. `plan` gives design, seed, replicates and threads; its number of draws is where the first look
    /// will be.
    pub fn new(program: &'a Program, plan: Plan) -> Sampling<'a> {
        Sampling::laid_out(program, plan, Layout::of(program))
    }

    /// As [`new`](Sampling::new), with inputs in columns of the caller's.
    pub fn laid_out(program: &'a Program, plan: Plan, layout: Layout) -> Sampling<'a> {
        prepare(program, &plan);
        let collected = (Tally::new(program, &plan), Kept::new(program, &plan));
        Sampling { program, plan: Plan { draws_per_replicate: 0, ..plan }, layout, collected }
    }

    /// The draws of `plan`, all of which were `collected` elsewhere.
    pub(super) fn collected(program: &'a Program, plan: Plan, collected: (Tally, Kept)) -> Sampling<'a> {
        Sampling { program, plan, layout: Layout::of(program), collected }
    }

    /// Takes the draws up to `draws_per_replicate`. Sobol points and independent draws continue; a Latin hypercube, whose
    /// strata depend on their number, starts anew.
    ///
    /// # Errors
    /// [`Interrupted`], if `watch` was told so.
    pub fn grow(&mut self, draws_per_replicate: u64, watch: &Watch) -> Result<(), Interrupted> {
        let done = self.plan.draws_per_replicate;
        let grown = Plan { draws_per_replicate, ..self.plan };
        let continues = self.plan.kind != Kind::LatinHypercube && done.is_multiple_of(super::BLOCK);
        if !continues && done > 0 {
            *self = Sampling::laid_out(self.program, grown, self.layout.clone());
        }
        let start = if continues { done } else { 0 };
        self.collected.0.prepare(&grown);
        run(self.program, &grown, &self.layout, &grown.from(start), &mut self.collected, watch)?;
        self.plan = grown;
        Ok(())
    }

    /// What the draws are draws of.
    pub fn program(&self) -> &'a Program {
        self.program
    }

    /// How the draws so far were made.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What they say, with errors told from the replicates `judges`.
    pub fn estimates(&self, judges: Range<usize>) -> Estimates<'_> {
        Estimates::new(self.program, &self.collected.0, &self.collected.1, judges)
    }

    /// The draws that were left out of a world.
    pub fn void(&self, world: WorldId) -> Void {
        self.collected.0.void(world)
    }

    /// The uniform of every input in one draw.
    pub fn uniforms(&self, replicate: u32, index: u64) -> Vec<f64> {
        let columns = self.layout.columns(self.program, &self.plan.design(), replicate);
        columns.iter().map(|column| column.at(index)).collect()
    }

    /// Whether so many draws were void in the first world that nothing should be said of the rest.
    pub fn is_void(&self) -> bool {
        let void = self.program.worlds().next().map_or(0, |world| self.void(world).draws);
        void as f64 > Void::MOST * self.plan.draws().max(1) as f64
    }

    /// The first draws, whole.
    pub fn kept(&self) -> &Kept {
        &self.collected.1
    }
}
