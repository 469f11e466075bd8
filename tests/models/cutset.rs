//! Networks that are too large to be summed over: some states are drawn, and the errors count it. The truth is known where each
//! probability is linear in what it depends on, as expectations then follow from expectations.

use crate::common::{EVERYTHING, compiled, run_of, study, understood};
use foretell::analysis::Failure;
use foretell::analysis::run::RunFinding;
use foretell::design::Kind;
use foretell::model::Model;
use foretell::program::{CompileError, Obstacle, States};
use foretell::simulation::Rule;
use foretell::statistics::Estimate;

/// So many on each side that a front through them has more states than can be looked at together.
const SIDE: usize = 26;

/// Events on a grid, each of which makes those below and to the right of it more probable.
fn grid(first: f64) -> String {
    let mut text = format!("[events.e0_0]\nprobability = {first}\n");
    for (row, column) in (0..SIDE * SIDE).skip(1).map(|at| (at / SIDE, at % SIDE)) {
        let formula = match (row, column) {
            (0, _) => format!("0.2 + 0.5 * e0_{}", column - 1),
            (_, 0) => format!("0.2 + 0.5 * e{}_0", row - 1),
            _ => format!("0.1 + 0.3 * e{}_{column} + 0.45 * e{row}_{}", row - 1, column - 1),
        };
        text += &format!("[events.e{row}_{column}]\nprobability = '{formula}'\n");
    }
    let last = SIDE - 1;
    text + &format!("[outcomes.a]\nwhen = 'e{last}_{last}'\n[outcomes.b]\nelse = true\n")
}

/// How probable each event is, row by row.
fn truth(first: f64) -> Vec<f64> {
    let mut all = vec![first];
    for at in 1..SIDE * SIDE {
        all.push(match (at / SIDE, at % SIDE) {
            (0, _) => 0.2 + 0.5 * all[at - 1],
            (_, 0) => 0.2 + 0.5 * all[at - SIDE],
            _ => 0.1 + 0.3 * all[at - SIDE] + 0.45 * all[at - 1],
        });
    }
    all
}

fn found(model: &Model, seed: u64, draws: u64) -> (RunFinding, Vec<String>) {
    let asked = EVERYTHING.compile(&foretell::analysis::Study { states: States::Cut, ..study(model) });
    let asked = asked.expect("a program");
    let found = run_of(&asked, Kind::Sobol, seed, Rule::Draws(draws));
    assert!(!found.course.exact);
    (found.finding, found.course.drawn.clone())
}

fn distance(found: Estimate, truth: f64) -> f64 {
    (found.value - truth) / found.std_error.max(1e-12)
}

#[test]
fn what_is_too_large_to_be_summed_over_is_told_with_its_error() {
    let model = understood::<&str>(&grid(0.4), &[], &[]);
    let (found, drawn) = found(&model, 1, 4096);
    assert!(!drawn.is_empty() && drawn.len() < SIDE * SIDE, "{drawn:?}");
    let (last, all) = (found.outcomes[0].probability, truth(0.4));
    assert!(last.std_error > 0.0 && distance(*last, all[SIDE * SIDE - 1]).abs() < 4.5, "{last:?}");
    let far = found.events.iter().zip(&all).map(|(event, truth)| distance(*event.probability, *truth).abs());
    // The greatest of 676 normal distances is beyond 5 once in 2,600 times.
    assert!(far.fold(0.0, f64::max) < 5.0);
    // The error is told from the draws: of a twentieth of it, not all would be within.
    let near = |event: f64, truth: f64, error: f64| (event - truth).abs() < 5.0 * error / 20.0;
    let all_near =
        found.events.iter().zip(&all).all(|(event, truth)| {
            near(event.probability.value, *truth, event.probability.std_error.max(1e-12))
        });
    assert!(!all_near);
    // What comes first is exact: one hard answer does not hide the others.
    assert!(found.events[0].probability.exact && found.events[1].probability.exact);
}

#[test]
fn what_is_learned_at_the_end_changes_what_is_believed_of_the_beginning() {
    let last = format!("e{0}_{0}", SIDE - 1);
    let model = understood::<&str>(&grid(0.4), &[], &[&format!("not {last}")]);
    let (found, _) = found(&model, 2, 4096);
    let end = SIDE * SIDE - 1;
    let not = |first: f64| 1.0 - truth(first)[end];
    let first = 0.4 * not(1.0) / not(0.4);
    assert!(distance(*found.events[0].probability, first).abs() < 4.5, "{:?} {first}", found.events[0]);
}

#[test]
fn whoever_wants_exact_answers_is_told_what_stands_in_the_way() {
    let model = understood::<&str>(&grid(0.4), &[], &[]);
    let Err(Failure::Compile(CompileError { why: Obstacle::TooManyStates { names, .. }, .. }, _)) =
        compiled(&model)
    else {
        panic!("the grid was summed over")
    };
    assert!(names.len() > 20, "{names:?}");
}
