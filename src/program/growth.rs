//! How a program grows with its model, counted: nothing may grow faster than the text.

#[path = "../../tests/common/large.rs"]
mod large;

use super::{Ask, Program, World, compile};
use crate::diagnostic::SourceFile;
use crate::distribution::Cache;
use crate::limits::Limits;
use crate::model::{FactorId, OutcomeId, Variable};
use crate::{build, scenario};

fn compiled(text: &str) -> Program {
    let (document, _) = scenario::parse(&SourceFile::new("large.toml", text));
    let (model, found) = build::build(&document, &Default::default(), &[]);
    assert!(!found.has_errors(), "{found:?}");
    let model = model.expect("a sound scenario");
    let mut ask = Ask::new();
    let world = ask.world(World::of(&model));
    for id in (0..model.outcomes.len()).map(OutcomeId) {
        ask.outcome(world, id);
        ask.belief(world, id);
    }
    for id in (0..model.factors.len()).map(FactorId) {
        ask.value(world, model.term_of(Variable::Factor(id)));
    }
    compile(&ask, &Cache::new(), &Limits::none()).expect("few events")
}

/// What compiling and running a program take: nodes asked for and made, operations, columns, outputs, inputs and tables.
fn counts(program: &Program) -> [usize; 7] {
    [
        program.graph.requests,
        program.graph.nodes.len(),
        program.len(),
        program.slots,
        program.output_count(),
        program.inputs().len(),
        program.missing_tables().len(),
    ]
}

/// Whether each count grows by twice as much from the second model to the third, which is twice as large, as from the
/// first to the second, give or take a hundredth.
fn is_linear(grown: &[[usize; 7]; 3]) -> [bool; 7] {
    std::array::from_fn(|at| {
        let [small, middle, large] = grown.map(|counts| counts[at] as f64);
        small < middle && ((large - middle) / (middle - small) - 2.0).abs() < 0.02
    })
}

/// Multiples of the lengths of everything that the text repeats, each twice the one before it, because long sums are halved
/// again and again.
const SIZES: [usize; 3] = [600, 1200, 2400];

#[test]
fn programs_grow_with_their_factors() {
    let grown = SIZES.map(|factors| counts(&compiled(&large::scenario(factors))));
    assert_eq!(is_linear(&grown), [true; 7], "{grown:?}");
    let grown = SIZES.map(|factors| counts(&compiled(&large::betas(factors))));
    assert_eq!(is_linear(&grown), [true; 7], "{grown:?}");
}

#[test]
fn programs_grow_with_their_factors_where_events_matter() {
    let text = |factors| {
        let text = large::scenario(factors).replace("sqrt(", "(if quake then 1 else 2) * sqrt(");
        format!("{text}[events]\nquake = {{ probability = 'f0' }}\n")
    };
    let grown = SIZES.map(|factors| counts(&compiled(&text(factors))));
    assert_eq!(is_linear(&grown), [true; 7], "{grown:?}");
}

#[test]
fn a_growth_with_the_square_would_be_seen() {
    let square = SIZES.map(|factors| [100 * factors + factors * factors / 100; 7]);
    assert_eq!(is_linear(&square), [false; 7]);
}
