//! The columns that a program works on, and its run over one batch.

use super::schedule::{Operand, Step};
use super::{Output, Program, kernel};

/// The most draws in a batch: so few that the columns in use stay in the first-level caches.
pub const BATCH: usize = 512;

/// One thread's columns. A column is moved out while it is written, so that reading others at the same time is safe.
#[derive(Clone, Debug)]
pub struct Arena {
    columns: Vec<Vec<f64>>,
    parameters: Vec<f64>,
    length: usize,
}

impl Arena {
    /// Columns enough for `program`.
    pub fn new(program: &Program) -> Arena {
        Arena { columns: vec![vec![0.0; BATCH]; program.slots], parameters: Vec::new(), length: 0 }
    }

    fn read(&self, operand: Operand) -> kernel::Source<'_> {
        match operand {
            Operand::Column(index) => kernel::Source::Column(&self.columns[index][..self.length]),
            Operand::Constant(value) => kernel::Source::Constant(value),
        }
    }

    fn column(&self, index: usize) -> &[f64] {
        &self.columns[index][..self.length]
    }

    /// Writes one column while others may be read.
    fn write(&mut self, out: usize, work: impl FnOnce(&Arena, &mut [f64])) {
        let mut column = std::mem::take(&mut self.columns[out]);
        work(self, &mut column[..self.length]);
        self.columns[out] = column;
    }
}

impl Program {
    /// Runs the program over a batch of at most [`BATCH`] draws. `fill` writes the uniforms of an input, each in
    /// (0, 1), in the order of the batch.
    pub fn evaluate(&self, arena: &mut Arena, length: usize, mut fill: impl FnMut(usize, &mut [f64])) {
        arena.length = length.min(BATCH);
        for step in &self.steps {
            match step {
                Step::Fill { out, value } => arena.write(*out, |_, column| column.fill(*value)),
                Step::Input { out, input } => arena.write(*out, |_, column| fill(*input, column)),
                Step::Quantile { out, shape, uniform, parameters } => {
                    self.quantile(arena, *out, *shape, *uniform, parameters);
                }
                Step::Unary { out, operation, a } => {
                    arena.write(*out, |arena, column| kernel::unary(*operation, column, arena.column(*a)));
                }
                Step::Binary { out, operation, a, b } => arena.write(*out, |arena, column| {
                    kernel::binary(*operation, column, arena.read(*a), arena.read(*b));
                }),
                Step::Compare { out, comparison, a, b } => arena.write(*out, |arena, column| {
                    kernel::compare(*comparison, column, arena.read(*a), arena.read(*b));
                }),
                Step::Select { out, condition, one, other } => arena.write(*out, |arena, column| {
                    kernel::select(column, arena.column(*condition), arena.read(*one), arena.read(*other));
                }),
                Step::Within { out, a, low, high } => arena.write(*out, |arena, column| {
                    kernel::within(column, arena.column(*a), *low, *high);
                }),
                Step::Softmax { shares, scores, work } => softmax(arena, shares, scores, *work),
            }
        }
    }

    /// The values of an output in the batch that was evaluated last.
    pub fn output<'a>(&self, arena: &'a Arena, output: Output) -> &'a [f64] {
        arena.column(self.outputs[output.0].1)
    }

    fn quantile(&self, arena: &mut Arena, out: usize, shape: usize, uniform: usize, parameters: &[Operand]) {
        let shape = &self.shapes[shape];
        let mut values = std::mem::take(&mut arena.parameters);
        arena.write(out, |arena, column| {
            let uniforms = arena.column(uniform);
            for (index, (out, u)) in column.iter_mut().zip(uniforms).enumerate() {
                values.clear();
                values.extend(parameters.iter().map(|one| arena.read(*one).at(index)));
                *out = shape.quantile(&values, *u);
            }
        });
        arena.parameters = values;
    }
}

/// As [`model::softmax`](crate::model::softmax), column by column.
fn softmax(arena: &mut Arena, shares: &[usize], scores: &[Operand], [largest, sum]: [usize; 2]) {
    arena.write(largest, |_, column| column.fill(f64::NEG_INFINITY));
    arena.write(sum, |_, column| column.fill(0.0));
    for score in scores {
        arena.write(largest, |arena, column| kernel::raise(column, arena.read(*score)));
    }
    for (share, score) in shares.iter().zip(scores) {
        arena.write(*share, |arena, column| {
            kernel::power_above(column, arena.read(*score), arena.column(largest));
        });
        arena.write(sum, |arena, column| kernel::accumulate(column, arena.column(*share)));
    }
    for share in shares {
        arena.write(*share, |arena, column| kernel::divide(column, arena.column(sum)));
    }
}
