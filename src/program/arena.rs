//! The columns that a program works on, and its run over one batch.

use super::route::Route;
use super::schedule::{Addend, Operand, Step};
use super::{Output, Program, kernel};
use crate::distribution::fill_triangular;
use crate::expression::Unary;
use crate::math::instruction_set::InstructionSet;

/// The most draws in a batch: so few that the columns in use stay in the first-level caches.
pub const BATCH: usize = 1024;

/// One thread's columns. A column is moved out while it is written, so that reading others at the same time is safe.
#[derive(Clone, Debug)]
pub struct Arena {
    level: InstructionSet,
    columns: Vec<Vec<f64>>,
    /// What a draw's parameters are, and the levels of a batch of normals: room that is used again.
    parameters: Vec<f64>,
    levels: Vec<f64>,
    length: usize,
}

impl Arena {
    /// Columns enough for `program`, worked on with the machine's widest instructions.
    pub fn new(program: &Program) -> Arena {
        Arena::on(InstructionSet::best(), program)
    }

    /// Columns enough for `program`, worked on with the instructions of a level: the same bits on each.
    pub fn on(level: InstructionSet, program: &Program) -> Arena {
        Arena {
            level,
            columns: vec![vec![0.0; BATCH]; program.slots],
            parameters: Vec::new(),
            levels: Vec::new(),
            length: 0,
        }
    }

    /// The level that its columns are worked on with.
    pub fn level(&self) -> InstructionSet {
        self.level
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

    /// Writes several columns while others may be read.
    fn write_several<const N: usize>(&mut self, out: [usize; N], work: impl FnOnce(&Arena, [&mut [f64]; N])) {
        let mut columns = out.map(|index| std::mem::take(&mut self.columns[index]));
        work(self, columns.each_mut().map(|column| &mut column[..self.length]));
        for (index, column) in out.into_iter().zip(columns) {
            self.columns[index] = column;
        }
    }
}

impl Program {
    /// Runs the program over a batch of at most [`BATCH`] draws. `fill` writes the uniforms of an input, each in
    /// (0, 1), in the order of the batch.
    pub fn evaluate(&self, arena: &mut Arena, length: usize, mut fill: impl FnMut(usize, &mut [f64])) {
        arena.length = length.min(BATCH);
        let level = arena.level;
        for step in &self.steps {
            match step {
                Step::Fill { out, value } => arena.write(*out, |_, column| column.fill(*value)),
                Step::Input { out, input } => arena.write(*out, |_, column| fill(*input, column)),
                Step::Quantile { out, shape, from, parameters } => {
                    self.quantile(arena, *out, *shape, *from, parameters);
                }
                Step::Unary { out, operation, a } => {
                    arena.write(*out, |arena, column| {
                        kernel::unary(level, *operation, column, arena.column(*a))
                    });
                }
                Step::Binary { out, operation, a, b } => arena.write(*out, |arena, column| {
                    kernel::binary(level, *operation, column, arena.read(*a), arena.read(*b));
                }),
                Step::Compare { out, comparison, a, b } => arena.write(*out, |arena, column| {
                    kernel::compare(level, *comparison, column, arena.read(*a), arena.read(*b));
                }),
                Step::Select { out, condition, one, other } => arena.write(*out, |arena, column| {
                    kernel::select(
                        level,
                        column,
                        arena.column(*condition),
                        arena.read(*one),
                        arena.read(*other),
                    );
                }),
                Step::Within { out, a, low, high } => arena.write(*out, |arena, column| {
                    kernel::within(level, column, arena.column(*a), *low, *high);
                }),
                Step::WeightedSum { out, start, terms } => weighted_sum(arena, *out, *start, terms),
                Step::Softmax { shares, scores, work } => softmax(arena, shares, scores, *work),
            }
        }
    }

    /// The values of an output in the batch that was evaluated last.
    pub fn output<'a>(&self, arena: &'a Arena, output: Output) -> &'a [f64] {
        arena.column(self.outputs[output.0].1)
    }

    fn quantile(&self, arena: &mut Arena, out: usize, shape: usize, from: usize, parameters: &[Operand]) {
        let (mut levels, mut values) =
            (std::mem::take(&mut arena.levels), std::mem::take(&mut arena.parameters));
        arena.write(out, |arena, column| {
            let mut from = arena.column(from);
            let mut route = self.routes.get(shape);
            if let Route::Level(next) = route {
                levels.resize(from.len(), 0.0);
                kernel::unary(arena.level, Unary::NormalLevel, &mut levels, from);
                (from, route) = (&levels, next);
            }
            match route {
                Route::Table(table) => table.fill_on(arena.level, from, column),
                Route::NormalTable(table) => table.fill_on(arena.level, from, column),
                Route::Triangular(triangular) => fill_triangular(arena.level, triangular, from, column),
                Route::Shape(_) | Route::Level(_) => {
                    for (index, (out, from)) in column.iter_mut().zip(from).enumerate() {
                        values.clear();
                        values.extend(parameters.iter().map(|one| arena.read(*one).at(index)));
                        *out = route.draw(&values, *from);
                    }
                }
            }
        });
        (arena.levels, arena.parameters) = (levels, values);
    }
}

fn weighted_sum(arena: &mut Arena, out: usize, start: f64, terms: &[Addend]) {
    arena.write(out, |arena, sum| {
        let part = |&Addend { column, weight, neutral }: &Addend| kernel::Part {
            column: arena.column(column),
            weight,
            neutral,
        };
        kernel::weighted_sum(arena.level, sum, start, terms, part);
    });
}

/// As [`model::softmax`](crate::model::softmax), column by column, or in one pass for up to four outcomes.
fn softmax(arena: &mut Arena, shares: &[usize], scores: &[Operand], [largest, sum]: [usize; 2]) {
    let level = arena.level;
    match (shares, scores) {
        (&[a, b], &[Operand::Column(x), Operand::Column(y)]) => {
            arena.write_several([a, b], |arena, out| {
                kernel::softmax_two(level, out, [x, y].map(|score| arena.column(score)));
            });
        }
        (&[a, b, c], &[Operand::Column(x), Operand::Column(y), Operand::Column(z)]) => {
            arena.write_several([a, b, c], |arena, out| {
                kernel::softmax_three(level, out, [x, y, z].map(|score| arena.column(score)));
            });
        }
        (
            &[a, b, c, d],
            &[Operand::Column(w), Operand::Column(x), Operand::Column(y), Operand::Column(z)],
        ) => {
            arena.write_several([a, b, c, d], |arena, out| {
                kernel::softmax_four(level, out, [w, x, y, z].map(|score| arena.column(score)));
            });
        }
        _ => softmax_in_passes(arena, shares, scores, [largest, sum]),
    }
}

fn softmax_in_passes(arena: &mut Arena, shares: &[usize], scores: &[Operand], [largest, sum]: [usize; 2]) {
    let level = arena.level;
    arena.write(largest, |_, column| column.fill(f64::NEG_INFINITY));
    arena.write(sum, |_, column| column.fill(0.0));
    for score in scores {
        arena.write(largest, |arena, column| kernel::raise(level, column, arena.read(*score)));
    }
    for (share, score) in shares.iter().zip(scores) {
        arena.write_several([*share, sum], |arena, [share, sum]| {
            kernel::power_above(level, share, sum, arena.read(*score), arena.column(largest));
        });
    }
    arena.write(sum, |_, column| kernel::invert(level, column));
    for share in shares {
        arena.write(*share, |arena, column| kernel::multiply_by(level, column, arena.column(sum)));
    }
}
