//! States of everything that has any, in words.

use crate::analysis::combination::{Combination, StateOf};
use crate::report::number::{estimate, general, whole};
use crate::report::prose::{listed, quoted};
use crate::report::wrapping::plain;
use crate::statistics::Estimate;

/// As rare a combination has its probability in percent: of hundreds of states, even the most probable one is rarer.
const LEAST: f64 = 1e-6;

/// How probable a combination is.
pub fn chance(probability: &Estimate) -> String {
    match probability.value {
        value if value < LEAST => general(value),
        value if value < 0.01 => whole(value),
        _ => estimate(probability, 0),
    }
}

/// The states of a combination, of which as many are named.
pub fn together(one: &Combination, most: usize) -> String {
    let state = |own: &StateOf| match (own.is_event, own.state.as_str()) {
        (true, "true") => quoted(&own.label),
        (true, _) => format!("not {}", quoted(&own.label)),
        _ => format!("{}: {}", plain(&own.label), plain(&own.state_label)),
    };
    let mut all: Vec<String> = one.states.iter().map(state).take(most).collect();
    match one.states.len().saturating_sub(most) {
        0 => {}
        1 => all.push("one more state".into()),
        more => all.push(format!("{more} more states")),
    }
    listed(&all)
}
