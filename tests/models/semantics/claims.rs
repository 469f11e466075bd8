//! Claims, and what has no mean.

use crate::common::{model, model_with, number, run, settings};
use foretell::analysis::claims::{Agreement, CheckFinding};
use foretell::analysis::derived::DerivedFinding;
use foretell::design::Kind;
use foretell::simulation::Rule;

fn verdicts(text: &str, kind: Kind, seed: u64, claims: &[&str]) -> CheckFinding {
    let text =
        claims.iter().fold(text.to_string(), |text, one| format!("{text}\n[[claims]]\nexpect = '{one}'\n"));
    crate::common::verdicts(&model(&text), settings(kind, seed, Rule::Draws(1 << 14)))
}

fn answers(text: &str, kind: Kind, seed: u64, claims: &[&str]) -> Vec<Agreement> {
    verdicts(text, kind, seed, claims).claims.into_iter().map(|one| one.agreement).collect()
}

use Agreement::{Agrees, CannotTell, Disagrees};

/// P(a) = 0.55, P(b) = 0.3, P(c) = 0.15, exactly.
const EXACT: &str = "
    [outcomes.a]
    base = 0.55
    [outcomes.b]
    base = 0.3
    [outcomes.c]
    base = 0.15
";

#[track_caller]
fn assert_answers(text: &str, expected: &[(&str, Agreement)]) {
    for kind in Kind::ALL {
        for (claim, answer) in expected {
            assert_eq!(answers(text, kind, 1, &[claim]), [*answer], "{claim} under {kind:?}");
        }
    }
}

#[test]
fn exact_claims_are_told_even_at_the_bound() {
    assert_answers(
        EXACT,
        &[
            ("P(a) == 0.55", Agrees),
            ("P(a) > 0.55", Disagrees),
            ("P(a) >= 55%", Agrees),
            ("P(a) != 0.55", Disagrees),
            ("P(b) == 2 * P(c)", Agrees),
            ("P(a) - P(b) < 0.2", Disagrees),
            ("P(a or b) == 0.85", Agrees),
            ("P(a | not c) < 0.64", Disagrees),
            ("P(outcome == a) > P(outcome != a)", Agrees),
            ("rank: a > b > c", Agrees),
            ("rank: a > c > b", Disagrees),
            // ICD 203: likely is 55–80 %, unlikely 20–45 %, very unlikely 5–20 %.
            ("P(a) is likely", Agrees),
            ("P(b) is likely", Disagrees),
            ("P(b) is unlikely", Agrees),
            ("P(a) is at least likely", Agrees),
            ("P(b) is at least likely", Disagrees),
            ("P(a) is at most likely", Agrees),
            ("P(c) is at most unlikely", Agrees),
            ("P(c) is very unlikely", Agrees),
            ("P(a) is at most unlikely", Disagrees),
            ("not (P(a) is likely and P(b) is unlikely)", Disagrees),
            ("P(a) > 0.6 or P(b) > 0.2", Agrees),
        ],
    );
}

/// P(up) = E[x] = 1/2 over x ~ uniform(0, 1) where y does nothing and z raises what x lowers.
const SAMPLED: &str = "
    [factors]
    x = { value = 'uniform(0, 1)' }
    y = { value = 'normal(0, 1)' }
    z = { value = 'bernoulli(0.5)' }
    w = { value = 'x + normal(0, 1)' }
    [derived]
    d = { value = '2 * x' }
    [events]
    e = { probability = 'x' }
    f = { probability = 'if x * x > z then 0.7 else 0.2' }
    [outcomes.up]
    when = 'e'
    [outcomes.mid]
    when = 'not e and f'
    [outcomes.low]
    else = true
";

#[test]
fn sampled_claims_follow_the_truth() {
    // P(mid) = E[(1 − x)(0.7 or 0.2)]: 0.7 if z = 0 (as x² > 0), 0.2 if z = 1: 0.225. P(e | x > 0.5) = 0.75.
    assert_answers(
        SAMPLED,
        &[
            ("P(up) > 0.49", Agrees),
            ("P(up) > 0.51", Disagrees),
            ("P(mid) < 0.24", Agrees),
            ("P(mid) < 0.21", Disagrees),
            ("P(e | x > 0.5) > 0.74", Agrees),
            ("P(up | x > 0.5) > 0.76", Disagrees),
            ("rank: up > low > mid", Agrees),
            ("rank: mid > up", Disagrees),
        ],
    );
}

#[test]
fn what_is_at_the_bound_cannot_be_told_and_logic_has_three_values() {
    for kind in Kind::ALL {
        let bound = "P(up) > 0.5";
        let told = [
            (bound.to_string(), CannotTell),
            (format!("not {bound}"), CannotTell),
            (format!("{bound} and P(up) > 0.4"), CannotTell),
            (format!("{bound} and P(up) > 0.6"), Disagrees),
            (format!("{bound} or P(up) > 0.4"), Agrees),
            (format!("{bound} or P(up) > 0.6"), CannotTell),
            (format!("not ({bound} or P(up) > 0.4)"), Disagrees),
        ];
        for (claim, answer) in told {
            assert_eq!(answers(SAMPLED, kind, 1, &[&claim]), [answer], "{claim} under {kind:?}");
        }
    }
}

#[test]
fn causes_move_outcomes_as_interventions_do() {
    assert_answers(
        SAMPLED,
        &[
            ("raises: x -> up", Agrees),
            ("lowers: x -> up", Disagrees),
            ("raises: e -> up", Agrees),
            ("lowers: e -> low", Agrees),
            ("raises: f -> mid", Agrees),
            ("lowers: z -> mid", Agrees),
            // What does nothing neither raises nor lowers, and what follows from a cause is not a cause.
            ("raises: y -> up", Disagrees),
            ("lowers: y -> up", Disagrees),
            ("raises: d -> up", Disagrees),
            ("raises: w -> up", Disagrees),
            ("raises: f -> up", Disagrees),
        ],
    );
}

#[test]
fn a_cause_that_turns_round_is_neither() {
    // P(up) is 1 − (2x − 1)²: it rises and falls again.
    let text = "[factors]
        x = { value = 'uniform(0, 1)' }
        y = { value = 'normal(0, 1)' }
        [events]
        e = { probability = '1 - (2 * x - 1)^2' }
        [outcomes.up]
        when = 'e and y > -1'
        [outcomes.down]
        else = true";
    assert_answers(text, &[("raises: x -> up", Disagrees), ("lowers: x -> up", Disagrees)]);
}

#[test]
fn claims_that_cannot_hold_together_are_named_and_no_others() {
    let conflicts = |claims: &[&str]| {
        let mut found = verdicts(EXACT, Kind::Sobol, 1, claims).conflicts;
        found.sort();
        found
    };
    assert_eq!(conflicts(&["P(c) > 0.1", "P(a) > 0.5", "P(b) > 0.5"]), [[1, 2]]);
    assert_eq!(conflicts(&["P(b) < 0.2", "P(c) > 0.5", "P(b) > 0.3", "P(a) > 0.6"]), [[0, 2], [1, 3]]);
    assert_eq!(conflicts(&["P(a) > 0.4", "P(c) >= 0", "P(b) > 0.4", "P(c) > 0.2"]), [[0, 2, 3]]);
    assert_eq!(conflicts(&["P(a) is likely", "P(b) is likely"]), [[0, 1]]);
    assert_eq!(conflicts(&["rank: a > b", "rank: b > c", "rank: c > a"]), [[0, 1, 2]]);
    assert_eq!(conflicts(&["P(a) > P(b)", "P(a) > 0.5", "P(b) < 0.4"]), Vec::<Vec<usize>>::new());
    assert_eq!(conflicts(&["P(a | not c) > 0.9", "P(b) > 0.2", "P(c) > 0.4"]), [[0, 1]]);
}

#[test]
fn an_override_is_judged_with_the_model() {
    let text = format!("{SAMPLED}\n[[claims]]\nexpect = 'P(up) > 0.8'\n");
    let model = model_with(&text, &["x=0.9"]);
    let found = crate::common::verdicts(&model, settings(Kind::Sobol, 1, Rule::default()));
    assert_eq!(found.claims[0].agreement, Agrees);
}

// What has no mean.

#[test]
fn what_is_made_of_a_law_without_a_mean_has_none() {
    let text = "[factors]
        x = { value = 'cauchy(0, 1)' }
        y = { value = '3 - x / 2' }
        n = { value = 'normal(1, 1)' }
        [derived]
        line = { value = '2 * y + 1' }
        chain = { value = '-line' }
        bounded = { value = 'min(max(x, 0), 1)' }
        other = { value = '2 * n + 1' }
        [outcomes.a]
        weights = { n = 1 }
        [outcomes.b]";
    let run = run(&model(text), Kind::Sobol, 1, Rule::Draws(1 << 12));
    let found = &run.finding;
    let means = |one: &DerivedFinding| -> Vec<bool> {
        let all = one.by_outcome.iter().map(|given| given.mean).chain([one.mean]);
        all.map(|mean| mean.value.is_finite()).chain([one.sd.is_finite()]).collect()
    };
    // The controls are the last two: a value that keeps a mean, and one of another law.
    let expected = [[false; 4], [false; 4], [true; 4], [true; 4]];
    assert_eq!(found.derived.iter().map(means).collect::<Vec<_>>(), expected);
    assert!(found.derived.iter().all(|one| one.spread.p50.is_finite()) && !run.course.exact);
    assert_eq!([0, 1, 2].map(|at: usize| number(found, at).mean.value.is_finite()), [false, false, true]);
}
