//! Draws that grow: taken up to some number, looked at, and taken further if that was not enough.

use std::ops::Range;

use super::engine::{Interrupted, prepare, run};
use super::estimates::Estimates;
use super::kept::Kept;
use super::pilot;
use super::plan::Plan;
use super::summary::VoidSummary;
use super::tally::Tally;
use super::watch::Watch;
use crate::design::{Kind, Place};
use crate::model::{Model, Variable};
use crate::program::{Input, Program, Spread};

/// A tally that can be looked at and continued.
pub struct Sampling<'a> {
    model: &'a Model,
    program: &'a Program,
    plan: Plan,
    collected: (Tally, Kept),
}

impl<'a> Sampling<'a> {
    /// Without draws yet. `plan` gives design, seed, replicates and threads; its number of draws is where the first look
    /// will be.
    pub fn new(model: &'a Model, program: &'a Program, plan: Plan) -> Sampling<'a> {
        prepare(program, &plan);
        let collected = (Tally::new(model, program, &plan), Kept::new(program, &plan));
        Sampling { model, program, plan: Plan { draws_per_replicate: 0, ..plan }, collected }
    }

    /// The draws of `plan`, all of which were `collected` elsewhere.
    pub(super) fn collected(
        model: &'a Model,
        program: &'a Program,
        plan: Plan,
        collected: (Tally, Kept),
    ) -> Sampling<'a> {
        Sampling { model, program, plan, collected }
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
            *self = Sampling::new(self.model, self.program, grown);
        }
        let start = if continues { done } else { 0 };
        run(self.program, &grown, &grown.from(start), &mut self.collected, watch)?;
        self.plan = grown;
        Ok(())
    }

    /// How the draws so far were made.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What they say, with errors told from the replicates `judges`.
    pub fn estimates(&self, judges: Range<usize>) -> Estimates<'_> {
        Estimates::new(self.program, &self.collected.0, judges)
    }

    /// A percentile of a derived value, or of a factor without a known distribution.
    pub fn quantile(&self, variable: Variable, level: f64) -> Option<f64> {
        let answers = &self.program.answers;
        let spread = match variable {
            Variable::Factor(id) => &answers.factors[id.0],
            Variable::Derived(id) => &answers.derived[id.0],
            Variable::Event(_) | Variable::Category(_) => return None,
        };
        if let Some(known) = pilot::known(self.program, spread) {
            return Some(known.quantile(level));
        }
        let tally = self.tally();
        let at = tally.layout.spreads.iter().position(|(one, ..)| *one == variable)?;
        Some(tally.values[at].quantile(level))
    }

    /// The draws that were left out, with the first of them as an example.
    pub fn void(&self) -> VoidSummary {
        let Some((replicate, index)) = self.tally().first_void else { return VoidSummary::default() };
        let design = self.plan.design();
        let uniform = |input: &Input| {
            let place = Place { replicate, copy: 0, dimension: input.dimension as u32, name: &input.key };
            design.column(place).at(index)
        };
        let uniforms: Vec<f64> = self.program.inputs().iter().map(uniform).collect();
        let values = self.program.evaluate_one(&uniforms);
        let value = |spread: &Spread| match spread.states[..] {
            [(output, None)] => values[output.0],
            _ => f64::NAN,
        };
        let names = self.model.factors.iter().map(|factor| factor.name.clone());
        VoidSummary {
            draws: self.tally().void,
            place: self.program.fault(&uniforms).map(|fault| fault.span),
            example: names.zip(self.program.answers.factors.iter().map(value)).collect(),
        }
    }

    /// Whether so many draws were void that nothing should be said of the rest.
    pub fn is_void(&self) -> bool {
        self.tally().void as f64 > VoidSummary::MOST * self.plan.draws().max(1) as f64
    }

    pub(super) fn tally(&self) -> &Tally {
        &self.collected.0
    }

    pub(super) fn kept(&self) -> &Kept {
        &self.collected.1
    }

    pub(super) fn into_kept(self) -> Kept {
        self.collected.1
    }
}
