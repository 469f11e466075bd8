//! Draws that give no number.

use crate::common::{asked, assert_near, model, run, run_of};
use foretell::design::{Kind, Place};
use foretell::simulation::{Plan, Rule};

const DRAWS: u64 = 1 << 14;

/// Runs `text`, whose first factor is `x ~ uniform(low, high)`, and counts the draws whose x is void.
#[track_caller]
fn assert_void(text: &str, (low, high): (f64, f64), place: &str, is_void: impl Fn(f64) -> bool) {
    let model = model(text);
    let asked = asked(&model);
    for kind in Kind::ALL {
        let plan = Plan::new(kind, 6, DRAWS, 8, 1);
        let mut void = Vec::new();
        for replicate in 0..plan.replicates {
            let column =
                plan.design().column(Place { replicate, copy: 0, dimension: 0, name: "factors.x.value" });
            let values = (0..plan.draws_per_replicate).map(|at| low + (high - low) * column.at(at));
            void.extend(values.filter(|x| is_void(*x)));
        }
        let found = run_of(&asked, kind, 6, Rule::Draws(DRAWS)).course.void();
        assert!(!void.is_empty());
        assert_eq!(found.draws, void.len() as u64, "{kind:?}");
        let span = found.place.expect("a place");
        assert_eq!(&text[span.range()], place, "{kind:?}");
        assert_eq!(found.example[0].0, "x");
        assert!(
            (found.example[0].1 - void[0]).abs() < 1e-12,
            "{kind:?}: {:?} for {}",
            found.example,
            void[0]
        );
    }
}

fn with_x(low: f64, high: f64, rest: &str) -> String {
    format!("[factors]\nx = {{ value = 'uniform({low}, {high})' }}\n{rest}")
}

const EVEN: &str = "\n[outcomes.a]\nscore = 'd'\n[outcomes.b]\nscore = 0\n";

#[test]
fn operations_that_give_no_number_are_counted_at_their_place() {
    let derived =
        |formula: &str| with_x(-1.0, 3.0, &format!("[derived]\nd = {{ value = '{formula}' }}{EVEN}"));
    assert_void(&derived("2 + sqrt(x)"), (-1.0, 3.0), "sqrt(x)", |x| x < 0.0);
    assert_void(&derived("ln(x) * 2"), (-1.0, 3.0), "ln(x)", |x| x < 0.0);
    assert_void(&derived("1 - 4 / floor(x)"), (-1.0, 3.0), "4 / floor(x)", |x| (0.0..1.0).contains(&x));
    assert_void(&derived("logit(x / 2)"), (-1.0, 3.0), "logit(x / 2)", |x| !(0.0..=2.0).contains(&x));
    assert_void(&derived("x ^ 0.5 + 1"), (-1.0, 3.0), "x ^ 0.5", |x| x < 0.0);
    assert_void(&derived("if sqrt(x) > 1 then 1 else 2"), (-1.0, 3.0), "sqrt(x)", |x| x < 0.0);
}

#[test]
fn what_is_no_number_is_blamed_before_what_is_infinite() {
    // The score −∞ of an outcome that can't happen is sound; the other score is not.
    let scores = "[outcomes.a]\nscore = 'ln(x - x)'\n[outcomes.b]\nscore = 'sqrt(x)'\n";
    assert_void(&with_x(-1.0, 3.0, scores), (-1.0, 3.0), "sqrt(x)", |x| x < 0.0);
}

#[test]
fn impossible_parameters_are_counted_at_their_place() {
    let text = with_x(
        -1.0,
        3.0,
        "y = { value = '1 + normal(0, x)' }\n[outcomes.a]\nweights = { y = 1 }\n[outcomes.b]\n",
    );
    assert_void(&text, (-1.0, 3.0), "normal(0, x)", |x| x <= 0.0);
    let text = with_x(
        0.0,
        1.0,
        "y = { value = 'uniform(0.25, x)' }\n[outcomes.a]\nweights = { y = 1 }\n[outcomes.b]\n",
    );
    assert_void(&text, (0.0, 1.0), "uniform(0.25, x)", |x| x <= 0.25);
}

#[test]
fn values_beyond_their_range_are_counted_at_their_place() {
    let text = with_x(
        0.0,
        1.0,
        "y = { range = [0, 0.75], value = 'x * x' }\n[outcomes.a]\nweights = { y = 1 }\n[outcomes.b]\n",
    );
    assert_void(&text, (0.0, 1.0), "x * x", |x| x * x > 0.75);
    let text = with_x(
        -1.0,
        3.0,
        "[events]\ne = { probability = 'x / 2' }\n[outcomes.a]\nwhen = 'e'\n[outcomes.b]\nelse = true\n",
    );
    assert_void(&text, (-1.0, 3.0), "x / 2", |x| !(0.0..=2.0).contains(&x));
}

#[test]
fn gaps_and_overlaps_of_rules_are_counted() {
    let rules = |a: &str, b: &str| {
        with_x(0.0, 1.0, &format!("[outcomes.a]\nwhen = '{a}'\n[outcomes.b]\nwhen = '{b}'\n"))
    };
    // Rare, and of a square, so that only draws show it.
    let inside = |x: f64| x * x >= 0.36 && x * x <= 0.3612;
    assert_void(&rules("x * x < 0.36", "x * x > 0.3612"), (0.0, 1.0), "a", inside);
    assert_void(&rules("x * x <= 0.3612", "x * x >= 0.36"), (0.0, 1.0), "a", inside);
}

#[test]
fn a_branch_not_taken_makes_nothing_void() {
    let text = with_x(-1.0, 3.0, &format!("[derived]\nd = {{ value = 'if x > 0 then ln(x) else 1' }}{EVEN}"));
    for kind in Kind::ALL {
        assert_eq!(run(&model(&text), kind, 6, Rule::Draws(DRAWS)).course.void().draws, 0);
    }
}

#[test]
fn sound_draws_are_those_that_the_condition_leaves() {
    // x is uniform(0, 3) among the sound draws: E[√x] = 2√3/3, and 1/4 of all draws are void.
    let text = with_x(
        -1.0,
        3.0,
        "[derived]\nd = { value = 'sqrt(x)' }\n[outcomes.a]\nwhen = 'd > 1'\n[outcomes.b]\nelse = true\n",
    );
    for kind in Kind::ALL {
        let found = run(&model(&text), kind, 2, Rule::Draws(DRAWS));
        assert_near("mean", *found.finding.derived[0].mean, 2.0 / 3f64.sqrt(), 0.005);
        assert_near("a", *found.finding.outcomes[0].probability, 2.0 / 3.0, 0.005);
        let z = (found.course.void().draws as f64 / DRAWS as f64 - 0.25) / (0.1875 / DRAWS as f64).sqrt();
        assert!(z.abs() < 5.0);
    }
}

#[test]
fn a_model_void_in_every_draw_claims_nothing() {
    let text = with_x(0.0, 1.0, &format!("[derived]\nd = {{ value = 'ln(-1 - x)' }}{EVEN}"));
    for kind in Kind::ALL {
        for rule in [
            Rule::Draws(2048),
            Rule::Until { target: foretell::simulation::Target::HalfWidth(0.01), most: 1 << 15 },
        ] {
            let model = model(&text);
            let found = run(&model, kind, 2, rule);
            assert_eq!(found.course.void().draws, found.course.plan.draws());
            let found = found.finding;
            assert!(
                found.outcomes.iter().all(|one| !one.probability.exact && !one.probability.value.is_finite())
            );
        }
    }
}
