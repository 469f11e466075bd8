//! Which column of the design each input of a program reads.

use std::collections::BTreeSet;

use crate::design::{Column, Design, Place};
use crate::program::{Input, Program};

/// A coordinate of the design for each input, in their order. An input's key names its random numbers; where two inputs have the
/// same dimension, they must not matter for each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    seats: Vec<Seat>,
}

/// Where one input sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The dimension of the design.
    pub dimension: u32,
    /// The copy of the quantity: two copies are independent, if their dimensions differ.
    pub copy: u32,
}

impl Layout {
    /// Every input in the dimension that its model gives it.
    pub fn of(program: &Program) -> Layout {
        let seat = |input: &Input| Seat {
            dimension: u32::try_from(input.dimension).unwrap_or(u32::MAX),
            copy: input.copy,
        };
        Layout { seats: program.inputs().iter().map(seat).collect() }
    }

    /// The inputs without gaps, in the order of their dimensions, and their second copies in as many dimensions behind: paired
    /// columns of one design, for what is drawn twice.
    pub fn paired(program: &Program) -> Layout {
        let name = |input: &Input| (input.dimension, input.key.clone());
        let names: BTreeSet<(usize, String)> = program.inputs().iter().map(name).collect();
        let place = |input: &Input| names.iter().position(|one| *one == name(input)).unwrap_or(0);
        let seat = |input: &Input| {
            let dimension = place(input) + input.copy as usize * names.len();
            Seat { dimension: u32::try_from(dimension).unwrap_or(u32::MAX), copy: input.copy }
        };
        Layout { seats: program.inputs().iter().map(seat).collect() }
    }

    /// The inputs of a program in seats of the caller's, which is asked for each by its position.
    pub fn with(program: &Program, seat: impl Fn(usize) -> Seat) -> Layout {
        Layout { seats: (0..program.inputs().len()).map(seat).collect() }
    }

    /// Where an input sits.
    pub fn seat(&self, input: usize) -> Seat {
        self.seats[input]
    }

    /// The columns of uniforms of all inputs in one replicate.
    pub fn columns(&self, program: &Program, design: &Design, replicate: u32) -> Vec<Column> {
        let column = |(input, seat): (&Input, &Seat)| {
            let Seat { dimension, copy } = *seat;
            design.column(Place { replicate, copy, dimension, name: &input.key })
        };
        program.inputs().iter().zip(&self.seats).map(column).collect()
    }
}
