//! Elementary effects (Morris 1991): what each of very many inputs does, for the price of two evaluations a draw.
//!
//! Where an input is drawn from its uniform u, the elementary effect on an answer Y is (Y(u + ½) − Y(u)) / ½ with u below ½ and all
//! else as it is drawn. The mean of its absolute value, μ* (Campolongo, Cariboni & Saltelli 2007), says how much the input does; its
//! mean μ in which direction; its deviation σ how much that depends on the others, or on u.

use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Input;
use super::paired::{REPLICATES, worlds};
use crate::analysis::chances::Chances;
use crate::analysis::estimated::Figure;
use crate::analysis::{Failure, Study};
use crate::program::{Ask, CompanyId, Half, Output, Program, QueryId, World};
use crate::simulation::{Batch, Collector, Layout, Plan, Settings, run};
use crate::statistics::Estimate;

/// Draws in a replicate.
const EACH: u64 = 16;

/// What one input does to an answer.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Screened {
    /// The name of a factor, the address of a weight or base; of several that depend on each other, all names.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The mean of the absolute elementary effect, μ*: inputs are ranked by it.
    pub strength: Figure,
    /// The mean elementary effect, μ.
    pub direction: Figure,
    /// The deviation of the elementary effect, σ.
    pub deviation: f64,
}

/// The elementary effects of all inputs on every answer, greatest first.
///
/// # Errors
/// See [`compile`](crate::program::compile); an interruption.
pub(super) fn screened(
    study: &Study,
    chances: &Chances,
    inputs: &[Input],
) -> Result<Vec<Vec<Screened>>, Failure> {
    let screening = Screening::compile(study, chances, inputs)?;
    let Settings { kind, seed, threads, .. } = study.settings;
    let plan =
        Plan { kind, seed, replicates: REPLICATES, draws_per_replicate: EACH, threads, level: study.level };
    let mut found = Effects { screening: &screening, sums: vec![Vec::new(); REPLICATES as usize] };
    run(
        &screening.program,
        &plan,
        &Layout::paired(&screening.program),
        &plan.whole(),
        &mut found,
        study.watch,
    )?;
    let answers = chances.all().len();
    Ok((0..answers).map(|answer| found.of(answer, inputs)).collect())
}

/// A program that draws each input from both halves.
struct Screening {
    program: Program,
    company: CompanyId,
    theories: Vec<f64>,
    /// For each input and answer, under each theory: below and above.
    ends: Vec<Vec<Vec<[Output; 2]>>>,
}

impl Screening {
    fn compile(study: &Study, chances: &Chances, inputs: &[Input]) -> Result<Screening, Failure> {
        let plain = worlds(study, study.model);
        let mut ask = Ask::new();
        let mut asked: Vec<Vec<[Vec<QueryId>; 2]>> = Vec::new();
        for input in inputs {
            let mut pairs = Vec::new();
            for (_, world) in &plain {
                pairs.push([Half::Lower, Half::Upper].map(|half| {
                    let halves = input.keys().map(|key| (key.clone(), half)).collect();
                    let id = ask.world(World { halves, ..world.clone() });
                    chances.ask(&mut ask, id, study.model)
                }));
            }
            asked.push(pairs);
        }
        let program = study.compile(&ask)?;
        let column = |query: QueryId| program.query(query).numerator;
        let of_answer = |pairs: &Vec<[Vec<QueryId>; 2]>, answer: usize| -> Vec<[Output; 2]> {
            pairs.iter().map(|[below, above]| [column(below[answer]), column(above[answer])]).collect()
        };
        let answers = chances.all().len();
        let of_input = |pairs| (0..answers).map(|answer| of_answer(pairs, answer)).collect();
        Ok(Screening {
            ends: asked.iter().map(of_input).collect(),
            theories: plain.iter().map(|one| one.0).collect(),
            company: program.company(&program.queries().collect::<Vec<QueryId>>()),
            program,
        })
    }
}

/// Of each replicate the sums of each answer and input: of effects, of their absolute values, of their squares; and the number of
/// draws at the end.
struct Effects<'s> {
    screening: &'s Screening,
    sums: Vec<Vec<f64>>,
}

impl Collector for Effects<'_> {
    type Part = Vec<f64>;

    fn part(&self, _: u64) -> Vec<f64> {
        let pairs: usize = self.screening.ends.iter().map(Vec::len).sum();
        vec![0.0; 3 * pairs + 1]
    }

    fn observe(&self, part: &mut Vec<f64>, batch: &Batch) {
        let draws = batch.sound(self.screening.company);
        let theories = &self.screening.theories;
        let pairs = self.screening.ends.iter().flatten();
        for (sums, ends) in part.chunks_exact_mut(3).zip(pairs) {
            let columns: Vec<_> = ends.iter().map(|one| one.map(|output| draws.column(output))).collect();
            for at in 0..draws.len() {
                let mean = theories
                    .iter()
                    .zip(&columns)
                    .map(|(share, [below, above])| share * (above[at] - below[at]));
                let effect = 2.0 * mean.sum::<f64>();
                sums[0] += effect;
                sums[1] += effect.abs();
                sums[2] += effect * effect;
            }
        }
        part[self.count_at()] += draws.len() as f64;
    }

    fn end_block(&self, _: &mut Vec<f64>) {}

    fn collect(&mut self, replicate: u32, part: Vec<f64>) {
        self.sums[replicate as usize] = part;
    }
}

impl Effects<'_> {
    fn count_at(&self) -> usize {
        3 * self.screening.ends.iter().map(Vec::len).sum::<usize>()
    }

    /// Those on an answer.
    fn of(&self, answer: usize, inputs: &[Input]) -> Vec<Screened> {
        let answers = self.screening.ends.first().map_or(0, Vec::len);
        let one = |(at, input): (usize, &Input)| {
            let first = 3 * (at * answers + answer);
            let means = |which: usize| -> Vec<f64> {
                let own = self.sums.iter().filter(|one| !one.is_empty());
                own.map(|one| one[first + which] / one[self.count_at()]).collect()
            };
            let [direction, strength, square] =
                [0, 1, 2].map(|which| Estimate::from_replicates(&means(which)));
            Screened {
                id: input.id(),
                label: input.label(),
                strength: strength.into(),
                deviation: (square.value - direction.value * direction.value).max(0.0).sqrt(),
                direction: direction.into(),
            }
        };
        let mut all: Vec<Screened> = inputs.iter().enumerate().map(one).collect();
        all.retain(|one| one.strength.value > 0.0);
        all.sort_by(|a, b| b.strength.value.total_cmp(&a.strength.value));
        all
    }
}
