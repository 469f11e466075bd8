//! What can be said of a variable's values before the run: all of them, if they are finitely many and known; else
//! where they lie.

use crate::design::{Column, Design, Kind, Place};
use crate::distribution::{Discrete, Distribution};
use crate::math::instruction_set::InstructionSet;
use crate::program::{Arena, Output, Program, Spread};
use crate::statistics::{ValueGrid, moderating};

/// How far probabilities may be from a sum of 1.
const ROUNDING: f64 = 1e-9;

/// Draws that tell where values lie.
const DRAWS: usize = 64;

/// The distribution of a spread into which no draw enters: its values and their probabilities are constants.
pub(super) fn known(program: &Program, spread: &Spread) -> Option<Distribution> {
    let (values, weights): (Vec<f64>, Vec<f64>) = known_states(program, spread)?.into_iter().unzip();
    Discrete::new(&values, &weights).ok().map(Distribution::from)
}

/// As [`constant_states`], but given what was learned in the world, not joint with it.
pub(super) fn known_states(program: &Program, spread: &Spread) -> Option<Vec<(f64, f64)>> {
    let mut states = constant_states(program, spread)?;
    let total: f64 = states.iter().map(|(_, weight)| weight).sum();
    if (total - 1.0).abs() > ROUNDING {
        states.iter_mut().for_each(|(_, weight)| *weight /= total);
    }
    Some(states)
}

/// The values of a spread and their probabilities, if all are constants.
pub fn constant_states(program: &Program, spread: &Spread) -> Option<Vec<(f64, f64)>> {
    let constants = |(value, weight): &(Output, Option<Output>)| {
        Some((program.constant(*value)?, weight.map_or(Some(1.0), |weight| program.constant(weight))?))
    };
    spread.states.iter().map(constants).collect()
}

/// For each spread, the cells that suit its values, and their scale. They follow from the program alone, never from a run's seed or
/// draws, so that tallies of one program agree on them.
pub(super) fn sizes(program: &Program, spreads: &[&Spread], level: InstructionSet) -> Vec<(ValueGrid, f64)> {
    if spreads.is_empty() {
        return Vec::new();
    }
    let design = Design { kind: Kind::Independent, seed: 0, points_per_replicate: DRAWS as u64 };
    let place = |key| Place { replicate: 0, copy: 0, dimension: 0, name: key };
    let columns: Vec<Column> =
        program.inputs().iter().map(|input| design.column(place(&input.key))).collect();
    let mut arena = Arena::on(level, program);
    program.evaluate(&mut arena, DRAWS, |input, out| columns[input].fill_on(level, 0, out));
    let size = |spread: &&Spread| {
        let values = spread.states.iter().flat_map(|(value, _)| program.output(&arena, *value));
        let values: Vec<f64> = values.copied().collect();
        let grid = ValueGrid::suiting(&values);
        (grid, moderating(values.iter().map(|value| (value - grid.origin()).abs())))
    };
    spreads.iter().map(size).collect()
}
