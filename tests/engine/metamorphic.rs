//! Changes of a model that must change its answers in a known way, or not at all.

#![allow(clippy::disallowed_methods)]

use crate::common::{assert_near, columns::Columns, compiled, model, model_with, run, summary};
use foretell::analysis::Failure;
use foretell::analysis::run::RunFinding;
use foretell::design::Kind;
use foretell::model::Model;
use foretell::program::{CompileError, MOST_STATES, Obstacle};
use foretell::simulation::{Plan, Rule};

const DRAWS: u64 = 4096;

const TEXT: &str = "
    [factors]
    a = { value = 'normal(0, 1)' }
    b = { value = 'uniform(0, 1)' }
    c = { range = [0, 10], value = 'uniform(2, 7)' }
    [events]
    e = { probability = 'b' }
    [outcomes.up]
    base = 0.5
    weights = { a = 1.5, b = -2, e = 0.7 }
    [outcomes.same]
    base = 0.2
    weights = { c = 0.25 }
    [outcomes.down]
    base = 0.3
    weights = { a = -0.5 }
";

fn probabilities(summary: &RunFinding) -> Vec<f64> {
    summary.outcomes.iter().map(|one| one.probability.value).collect()
}

/// Asserts that two models give the same probabilities under every design, up to rounding; `order` says where in the
/// second model the outcomes of the first stand.
#[track_caller]
fn assert_alike(one: &Model, other: &Model, order: &[usize]) {
    for kind in Kind::ALL {
        let (one, other) = (summary(one, kind, 3, DRAWS), summary(other, kind, 3, DRAWS));
        let (mine, theirs) = (probabilities(&one), probabilities(&other));
        for (at, place) in order.iter().enumerate() {
            assert!(
                (mine[at] - theirs[*place]).abs() < 1e-12,
                "{kind:?} {at}: {} and {}",
                mine[at],
                theirs[*place]
            );
            let (a, b) = (&one.outcomes[at].probability, &other.outcomes[*place].probability);
            assert!((a.std_error - b.std_error).abs() < 1e-12);
        }
    }
}

#[track_caller]
fn assert_differ(one: &Model, other: &Model) {
    let (one, other) = (summary(one, Kind::Sobol, 3, DRAWS), summary(other, Kind::Sobol, 3, DRAWS));
    assert!((probabilities(&one)[0] - probabilities(&other)[0]).abs() > 1e-4);
}

/// `TEXT` with `from` replaced, which must be there.
fn edited(from: &str, to: &str) -> String {
    assert!(TEXT.contains(from));
    TEXT.replace(from, to)
}

/// `text` with other bases.
fn rebased(text: &str, bases: &[f64]) -> String {
    let old = ["base = 0.5\n", "base = 0.2\n", "base = 0.3\n"];
    let parts: Vec<String> = bases.iter().map(|base| format!("base = {base} # new\n")).collect();
    old.iter().zip(parts).fold(text.to_string(), |text, (old, new)| text.replace(old, &new))
}

#[test]
fn a_weight_of_zero_changes_nothing() {
    let one = model(TEXT);
    assert_alike(&one, &model(&edited("c = 0.25", "c = 0.25, a = 0, e = 0")), &[0, 1, 2]);
    assert_differ(&one, &model(&edited("c = 0.25", "c = 0.25, a = 0.1")));
}

#[test]
fn probabilities_sum_to_one() {
    for kind in Kind::ALL {
        let sum: f64 = probabilities(&summary(&model(TEXT), kind, 1, DRAWS)).iter().sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
}

#[test]
fn answers_follow_outcomes_where_they_stand() {
    let (head, outcomes) = TEXT.split_once("[outcomes.up]").expect("outcomes");
    let parts: Vec<&str> = outcomes.split("[outcomes.").collect();
    let moved = format!("{head}[outcomes.{}[outcomes.up]{}[outcomes.{}", parts[2], parts[0], parts[1]);
    assert_alike(&model(TEXT), &model(&moved), &[1, 2, 0]);
}

#[test]
fn equal_shifts_of_all_scores_change_nothing() {
    let scores = |shift: &str| {
        let text = "[factors]
            a = { value = 'normal(0, 1)' }
            [outcomes.x]
            score = 'a + SHIFT'
            [outcomes.y]
            score = '0.3 + SHIFT'
            [outcomes.z]
            score = '-a * a + SHIFT'";
        model(&text.replace("SHIFT", shift))
    };
    for shift in ["3", "-700", "1000 * a", "exp(a)"] {
        assert_alike(&scores("0"), &scores(shift), &[0, 1, 2]);
    }
}

#[test]
fn a_certain_event_is_no_event() {
    let certain = |probability: &str| model_with(TEXT, &[&format!("e={probability}")]);
    // With e the score of `up` has 0.7 more: as a base of 0.5 e^0.7 in place of 0.5, made to sum to 1 again.
    let sum = 0.5 * 0.7f64.exp() + 0.5;
    let bases: Vec<f64> = [0.5 * 0.7f64.exp(), 0.2, 0.3].iter().map(|base| base / sum).collect();
    let without = rebased(&edited(", e = 0.7", ""), &bases);
    for yes in ["1", "1 - 0", "if 2 > 1 then 1 else 0", "min(1, 1 + b)"] {
        assert_alike(&certain(yes), &model(&without), &[0, 1, 2]);
    }
    for no in ["0", "0 * 3", "0 * b"] {
        assert_alike(&certain(no), &model(&edited(", e = 0.7", "")), &[0, 1, 2]);
    }
}

#[test]
fn an_event_split_into_parts_is_the_same_event() {
    // e as `first or second`, where second is only looked at without first: p = q + (1 − q)(p − q)/(1 − q).
    let split = "[events]
        first = { probability = 'b / 2' }
        second = { probability = 'if first then 0.5 else (b / 2) / (1 - b / 2)' }
        [derived]
        happened = { value = 'if first or second then 1 else 0' }";
    let text =
        TEXT.replace("[events]\n    e = { probability = 'b' }", split).replace("e = 0.7", "happened = 0.7");
    let found = model(&text);
    // The neutral point of a derived value is its value at neutral events, which is 0, as is an event's.
    assert_alike(&model(TEXT), &found, &[0, 1, 2]);
}

#[test]
fn setting_a_root_is_the_expectation_given_its_value() {
    // Law of total expectation with b on a grid of midpoints: Σ P(up | do(b)) / n is P(up) but for the grid's error, which is
    // below 1/(24 n²) times the second derivative's bound; for a cut root, doing is seeing.
    let grid = 64;
    for kind in Kind::ALL {
        let each = (0..grid).map(|at| {
            let b = (f64::from(at) + 0.5) / f64::from(grid);
            summary(&model_with(TEXT, &[&format!("b={b}")]), kind, 3, DRAWS).outcomes[0].probability
        });
        let mean = each.map(|one| one.value).sum::<f64>() / f64::from(grid);
        let whole = summary(&model(TEXT), kind, 4, 1 << 14).outcomes[0].probability;
        // The estimate of the grid has an error of its own, which is that of a: at most as large at a quarter of the draws.
        let error = whole.std_error * 5f64.sqrt() * if kind == Kind::Sobol { 8.0 } else { 2.0 };
        assert!(
            (mean - whole.value).abs() < 5.0 * error + 1e-4,
            "{kind:?}: {mean} and {} ± {error}",
            whole.value
        );
    }
}

#[test]
fn a_shift_of_the_neutral_point_is_a_change_of_the_bases() {
    // w (x − n) = w (x − m) + w (m − n): moving n from 5 to 2 multiplies the base of `same` by e^(0.25·3).
    let moved = edited("c = { range", "c = { neutral = 2, range");
    let factor = 0.75f64.exp();
    let sum = 0.5 + 0.2 * factor + 0.3;
    let bases = [0.5 / sum, 0.2 * factor / sum, 0.3 / sum];
    assert_alike(&model(&moved), &model(&rebased(TEXT, &bases)), &[0, 1, 2]);
    assert_differ(&model(TEXT), &model(&moved));
}

#[test]
fn overriding_with_the_same_value_changes_nothing() {
    let one = model(TEXT);
    for same in ["a=normal(0, 1)", "outcomes.up.weights.b=-2", "e=b", "outcomes.up.base=0.5"] {
        let other = model_with(TEXT, &[same]);
        for kind in Kind::ALL {
            assert_eq!(
                probabilities(&summary(&one, kind, 3, DRAWS)),
                probabilities(&summary(&other, kind, 3, DRAWS))
            );
        }
    }
    // An override moves the result and not the yardstick: the neutral point of b stays at ½ though its prior does not.
    let moved = model_with(TEXT, &["b=uniform(5, 9)", "e=0.5"]);
    assert_eq!(moved.factors[1].neutral, 0.5);
}

#[test]
fn a_certain_factor_is_its_value() {
    // The narrower the prior, the nearer to a constant: a ~ normal(0.4, 10⁻⁹) and a = 0.4.
    let narrow = model_with(TEXT, &["a=normal(0.4, 1e-9)"]);
    let cut = model_with(TEXT, &["a=0.4"]);
    for kind in Kind::ALL {
        let (one, other) = (summary(&narrow, kind, 3, DRAWS), summary(&cut, kind, 3, DRAWS));
        for (one, other) in probabilities(&one).into_iter().zip(probabilities(&other)) {
            assert!((one - other).abs() < 1e-8);
        }
    }
}

#[test]
fn scaling_a_factor_and_its_weight_changes_nothing() {
    let scaled = edited("'normal(0, 1)'", "'8 * normal(0, 1)'")
        .replace("a = 1.5", "a = 0.1875")
        .replace("a = -0.5", "a = -0.0625");
    assert_alike(&model(TEXT), &model(&scaled), &[0, 1, 2]);
}

/// `count` events of probability ½, all of which decide the outcome, and `idle` more that do not.
fn many_events(count: usize, idle: usize) -> Model {
    let events: String = (0..count + idle).map(|at| format!("e{at} = {{ probability = 0.5 }}\n")).collect();
    let all: Vec<String> = (0..count).map(|at| format!("e{at}")).collect();
    model(&format!(
        "[events]\n{events}[outcomes.all]\nwhen = '{}'\n[outcomes.not_all]\nelse = true\n",
        all.join(" and ")
    ))
}

#[test]
fn as_many_events_as_can_be_enumerated_are_and_more_are_refused_by_name() {
    let found = summary(&many_events(12, 0), Kind::Sobol, 1, 64);
    assert_eq!(MOST_STATES, 1 << 12);
    assert!(found.outcomes[0].probability.exact);
    assert_eq!(found.outcomes[0].probability.value, 0.5f64.powi(12));
    let many = many_events(13, 0);
    let Err(Failure::Compile(error, None)) = compiled(&many) else {
        panic!("thirteen events were enumerated")
    };
    let CompileError { why: Obstacle::TooManyStates { names, answer }, .. } = error else {
        panic!("{error:?}")
    };
    assert_eq!(names, (0..13).map(|at| format!("e{at}")).collect::<Vec<_>>());
    assert_eq!(answer, "the outcome");
}

#[test]
fn events_that_do_not_matter_for_an_answer_do_not_count() {
    let run = run(&many_events(12, 30), Kind::Sobol, 1, Rule::Draws(64));
    let found = &run.finding;
    assert_eq!(found.outcomes[0].probability.value, 0.5f64.powi(12));
    assert_eq!(found.events.len(), 42);
    assert!(run.course.exact && found.events.iter().all(|event| event.probability.value == 0.5));
    // A certain event and one that is cut do not count either.
    let mut text = String::from("[events]\n");
    (0..13).for_each(|at| text.push_str(&format!("e{at} = {{ probability = 0.5 }}\n")));
    let all: Vec<String> = (0..13).map(|at| format!("e{at}")).collect();
    text.push_str(&format!(
        "[outcomes.all]\nwhen = '{}'\n[outcomes.not_all]\nelse = true\n",
        all.join(" and ")
    ));
    assert!(compiled(&model_with(&text, &["e4=1"])).is_ok());
    assert!(compiled(&model_with(&text, &["e4=0.9"])).is_err());
}

#[test]
fn what_depends_on_a_value_that_is_set_follows_and_its_causes_do_not() {
    let text = "[factors]
        cause = { value = 'normal(0, 1)' }
        middle = { value = 'normal(cause, 1)' }
        effect = { value = 'normal(middle, 1)' }
        [outcomes.up]
        when = 'effect > 1'
        [outcomes.down]
        else = true";
    let whole = model(text);
    let cut = model_with(text, &["middle=1"]);
    for kind in Kind::ALL {
        let found = run(&cut, kind, 2, Rule::Draws(1 << 14)).finding;
        // effect is normal(1, 1) now, and cause what it was, draw by draw.
        assert_near("up", *found.outcomes[0].probability, 0.5, 0.51 / 128.0);
        let causes = |model: &Model| {
            let columns = Columns::of(model);
            let cause = columns.factors[0].single().expect("a number");
            columns.draws(&Plan::new(kind, 2, 1 << 14, 8, 1), &[cause])
        };
        assert_eq!(causes(&whole), causes(&cut));
    }
}
