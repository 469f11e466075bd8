//! A run's question with its program, and what comes out.

use super::finding::Finding;
use super::places::Places;
use super::question::Question;
use crate::analysis::drivers::{self, Drivers};
use crate::analysis::summary::Summary;
use crate::distribution::Cache;
use crate::limits::Limits;
use crate::math::instruction_set::InstructionSet;
use crate::program::{CompileError, Output, Program, compile};
use crate::simulation::{Interrupted, Sampled, Settings, Watch, simulate_on};

/// What a run found.
#[derive(Clone, Debug)]
pub struct Run {
    /// The answers.
    pub summary: Summary,
    /// What moves each outcome.
    pub drivers: Drivers,
    /// For each outcome, its probability in the first draws; as often as what was learned gives them weight.
    pub shares: Vec<Vec<f64>>,
    /// Whether the target was reached; true where there was none.
    pub reached: bool,
}

impl<'m> Question<'m> {
    /// The program that answers, and where its answers are.
    ///
    /// # Errors
    /// See [`compile`]. The first world is the file itself, the last ones are the variants.
    pub fn compile(&self, cache: &Cache, limits: &Limits) -> Result<Asked<'m>, CompileError> {
        let (ask, places) = self.ask();
        let program = compile(&ask, cache, limits)?;
        Ok(Asked { question: self.clone(), program, places })
    }
}

/// A run's question with its program.
pub struct Asked<'m> {
    question: Question<'m>,
    program: Program,
    places: Places,
}

impl Asked<'_> {
    /// The program that answers.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Draws until the settings' rule is met, and says what came out.
    ///
    /// # Errors
    /// [`Interrupted`], if `watch` was told so.
    pub fn run(&self, settings: &Settings, watch: &Watch) -> Result<Run, Interrupted> {
        self.run_on(InstructionSet::best(), settings, watch)
    }

    /// As [`run`](Asked::run), with every loop on a chosen level: the same bits on each.
    ///
    /// # Errors
    /// [`Interrupted`], if `watch` was told so.
    pub fn run_on(
        &self,
        level: InstructionSet,
        settings: &Settings,
        watch: &Watch,
    ) -> Result<Run, Interrupted> {
        Ok(self.find(&simulate_on(level, &self.program, settings, watch)?))
    }

    /// What the draws say.
    pub fn find(&self, sampled: &Sampled) -> Run {
        let (places, program) = (&self.places, &self.program);
        let estimates = sampled.estimates();
        let finding = Finding { question: &self.question, program, places, sampled, estimates: &estimates };
        let summary = finding.summary();
        let shares: Vec<Output> =
            places.outcomes.iter().map(|one| program.query(one.probability).numerator).collect();
        let kept = sampled.sampling.kept();
        let resampled;
        let kept = match program.learned(places.world).weight {
            // Without outcomes nothing looks at what was kept.
            Some(weight) if !shares.is_empty() => {
                resampled = kept.clone().resampled(weight, &shares);
                &resampled
            }
            _ => kept,
        };
        let candidates = drivers::Candidates {
            model: self.question.model,
            factors: &places.witnesses,
            weights: &places.weights,
        };
        let swings = finding.swings();
        Run {
            drivers: drivers::find(&candidates, program, kept, &shares, &swings),
            shares: shares.iter().map(|output| kept.column(*output).to_vec()).collect(),
            reached: sampled.reached,
            summary,
        }
    }
}
