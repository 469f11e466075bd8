//! The nearest of many draws in which one outcome is more probable than another.

use std::collections::BTreeSet;

use super::drawing::Drawing;
use super::place::Place;
use crate::analysis::Failure;
use crate::design::Kind;
use crate::math::special::normal_quantile;
use crate::model::OutcomeId;
use crate::program::Query;
use crate::simulation::{Batch, Collector, Plan};

/// As many draws are looked at, where their number does not change them.
const DRAWS: u64 = 1 << 16;

/// What was found of two outcomes.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Flip {
    /// The nearest draw in which the second is ahead, if there is one.
    pub(in crate::analysis) best: Option<Flipped>,
    /// The weight of the draws in which it is, and of all.
    pub(in crate::analysis) won: f64,
    pub(in crate::analysis) all: f64,
    /// How many draws were looked at.
    pub(in crate::analysis) among: u64,
    /// How many inputs have a part in either outcome.
    pub(in crate::analysis) inputs: usize,
}

/// A draw in which the second outcome is ahead.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Flipped {
    /// Its number.
    pub(in crate::analysis) draw: u64,
    /// The square of its distance from the middle.
    pub(in crate::analysis) square: f64,
    /// How probable each of the two is in it.
    pub(in crate::analysis) first: f64,
    pub(in crate::analysis) second: f64,
}

impl Drawing<'_> {
    /// The draw nearest to the middle in which the second outcome is more probable than the first. Distances are those of the
    /// standard normals that a draw is made of (Hasofer & Lind 1974), of which those that bear on neither don't count.
    pub(in crate::analysis) fn nearest(&self, first: OutcomeId, second: OutcomeId) -> Result<Flip, Failure> {
        let [first, second] = [first, second].map(|id| self.program.query(self.outcomes[id.0]));
        let outputs = [Some(first.numerator), Some(second.numerator), first.weight];
        let inputs: BTreeSet<usize> =
            outputs.into_iter().flatten().flat_map(|one| self.program.inputs_of(one)).collect();
        let inputs: Vec<usize> = inputs.into_iter().collect();
        let is_fixed = self.plan(1).kind == Kind::LatinHypercube;
        let plan = self.plan(if is_fixed { 1 } else { DRAWS });
        let found = Flip { inputs: inputs.len(), ..Flip::default() };
        let mut looking = Looking { drawing: self, plan, first, second, inputs, found };
        if looking.found.inputs > 0 {
            self.run(&plan, plan.draws_per_replicate, &mut looking)?;
        }
        Ok(looking.found)
    }
}

struct Looking<'a> {
    drawing: &'a Drawing<'a>,
    plan: Plan,
    first: Query,
    second: Query,
    inputs: Vec<usize>,
    found: Flip,
}

impl Flip {
    fn add(&mut self, other: Flip) {
        self.won += other.won;
        self.all += other.all;
        self.among += other.among;
        self.best = match (self.best, other.best) {
            (Some(a), Some(b)) => Some(if b.square < a.square { b } else { a }),
            (a, b) => a.or(b),
        };
    }
}

impl Collector for Looking<'_> {
    type Part = Flip;

    fn part(&self, _: u64) -> Flip {
        Flip::default()
    }

    fn observe(&self, part: &mut Flip, batch: &Batch) {
        let draws = batch.sound(self.drawing.program.alone(self.drawing.world));
        let [first, second] = [self.first, self.second].map(|one| draws.column(one.numerator));
        let weights = self.first.weight.map(|one| draws.column(one));
        let layout = &self.drawing.layout;
        let uniforms = layout.columns(self.drawing.program, &self.plan.design(), batch.replicate);
        for (at, index) in draws.indices().enumerate() {
            let weight = weights.as_ref().map_or(1.0, |all| all[at]);
            let is_won = weight > 0.0 && second[at] > first[at];
            let square = |_: &()| {
                let normal = |input: &usize| normal_quantile(uniforms[*input].at(index));
                self.inputs.iter().map(normal).map(|one| one * one).sum::<f64>()
            };
            let best = is_won.then_some(()).as_ref().map(square).map(|square| Flipped {
                draw: Place { replicate: batch.replicate, index }.draw(&self.plan),
                square,
                first: first[at] / weight,
                second: second[at] / weight,
            });
            let won = if is_won { weight } else { 0.0 };
            part.add(Flip { best, won, all: weight, among: 1, inputs: 0 });
        }
    }

    fn end_block(&self, _: &mut Flip) {}

    fn collect(&mut self, _: u32, part: Flip) {
        self.found.add(part);
    }
}
