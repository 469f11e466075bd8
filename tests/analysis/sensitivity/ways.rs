//! Each thing moved is the run in which it is held; what is learned, theories, groups, and what is refused.

use super::{answer, assert_near, index, moved, of, shapley};
use crate::common::{model, model_with, run, understood};
use foretell::analysis::sensitivity::{LeverKind, Method, Others, Sensitivity};
use foretell::design::Kind;
use foretell::simulation::Rule;

const WEIGHTED: &str = "
    [factors]
    x = { value = 'beta(2, 3)' }
    y = { value = 'normal(0, 1)' }
    [events.e]
    probability = 'logistic(y)'
    [outcomes.a]
    weights = { x = 2, e = -1 }
    [outcomes.b]
    weights = { y = '0.5 to 1.5' }
    [outcomes.c]";

#[test]
fn a_lever_is_the_run_in_which_it_is_held() {
    let whole = model(WEIGHTED);
    let found = moved(&whole, &Sensitivity::default(), Kind::Sobol, 5, 1 << 12);
    for lever in &answer(&found, "a").levers {
        for level in &lever.levels {
            let value = match lever.kind {
                LeverKind::Percentiles => format!("{}={:?}", lever.id, level.at.expect("a number")),
                _ => format!("{}={}", lever.id, u8::from(level.id == "true")),
            };
            let held = run(&model_with(WEIGHTED, &[&value]), Kind::Sobol, 5, Rule::Draws(1 << 12));
            let own = held.finding.outcomes[0].probability.0;
            assert_eq!(level.value.value.to_bits(), own.value.to_bits(), "{value}");
        }
    }
    // A negative control: the run as it is.
    let plain = run(&whole, Kind::Sobol, 5, Rule::Draws(1 << 12)).finding.outcomes[0].probability.value;
    assert!(
        answer(&found, "a").levers.iter().flat_map(|one| &one.levels).all(|one| one.value.value != plain)
    );
}

#[test]
fn with_all_else_at_its_median_nothing_is_drawn() {
    let question = Sensitivity { others: Others::Median, ..of("a") };
    let found = moved(&model(WEIGHTED), &question, Kind::Sobol, 5, 1 << 12);
    let levers = &answer(&found, "a").levers;
    let factors = levers.iter().filter(|one| one.kind == LeverKind::Percentiles);
    assert!(
        factors.clone().all(|one| one.levels.iter().all(|level| level.value.exact)) && factors.count() >= 2
    );
}

#[test]
fn a_u_shape_shows_at_the_median() {
    let text = "[factors]\nx = { value = 'normal(0, 1)' }\n[derived]\ny = { value = 'x ^ 2' }\nw = { value = 'y + x * 0' }";
    let found = moved(&model(text), &of("y"), Kind::Sobol, 1, 1 << 12);
    let lever = &answer(&found, "y").levers[0];
    assert!(
        lever.turns() && lever.swing.value.abs() < 1e-9 && (lever.reach - 1.6448536f64.powi(2)).abs() < 1e-6,
        "{lever:?}"
    );
}

/// What goes straight up doesn't turn; what moves an answer by 0.0003, whose draws leave 2/√4096 open, is not felt.
#[test]
fn a_line_does_not_turn_and_little_is_not_felt() {
    let text = "[factors]\nx = { value = 'normal(0, 1)' }\nz = { value = 'normal(0, 1)' }\n[derived]\ny = { value = '2 * x + z / 10000' }";
    let found = moved(&model(text), &of("y"), Kind::Independent, 1, 1 << 12);
    let lever = |id: &str| answer(&found, "y").levers.iter().find(|one| one.id == id);
    let straight = lever("x").expect("a lever");
    assert!(straight.is_felt() && !straight.turns(), "{straight:?}");
    assert!((straight.reach / (4.0 * 1.6448536) - 1.0).abs() < 1e-4, "{straight:?}");
    let slight = lever("z").expect("a lever");
    assert!(!slight.is_felt() && !slight.turns() && slight.reach < 1e-3, "{slight:?}");
}

#[test]
fn what_narrows_one_uniform_leaves_indices_and_what_ties_makes_groups() {
    let text = "[factors]\nx = { value = 'uniform(0, 1)' }\ny = { value = 'uniform(0, 1)' }\nz = { value = 'uniform(0, 1)' }\n\
                [derived]\nsum = { value = 'x + y + z' }";
    // x is uniform on (½, 1): a variance of 1/48 beside two of 1/12.
    let found = moved(&understood(text, &[], &["x > 0.5"]), &of("sum"), Kind::Sobol, 2, 1 << 14);
    assert_near(index(answer(&found, "sum"), "x")[0], 1.0 / 9.0, 4.0, "a narrowed factor");
    assert!(found.notes.is_empty());
    // x > y is 1 − |difference|: Var(x + y | x > y) = 1/18 + 1/18 + 2/36 = 1/6, as without it; z is apart.
    let found = moved(&understood(text, &[], &["x > y"]), &of("sum"), Kind::Sobol, 2, 1 << 14);
    let sum = answer(&found, "sum");
    assert_near(index(sum, "x & y")[0], 2.0 / 3.0, 4.0, "the tied ones");
    assert_near(index(sum, "z")[1], 1.0 / 3.0, 4.0, "the one apart");
    assert_eq!(found.notes.len(), 1);
}

#[test]
fn which_theory_is_right_is_an_input() {
    // y given the theory: 0.5 + 0.4 x − 0.2, or 0.5 − 0.4 x + 0.2, by scores that are exact logits.
    let text = "
        [factors.x]
        value = 'uniform(0, 1)'
        [events.one]
        probability = '0.3 + 0.4 * x'
        [events.two]
        probability = '0.8 - 0.4 * x'
        [theories.up]
        weight = 0.75
        outcomes.a = { when = 'one' }
        outcomes.b = { else = true }
        [theories.down]
        weight = 0.25
        outcomes.a = { when = 'two' }
        outcomes.b = { else = true }
        [outcomes]
        a = {}
        b = {}";
    let model = model(text);
    let found = moved(&model, &Sensitivity { shapley: true, ..of("a") }, Kind::Sobol, 1, 1 << 14);
    let a = answer(&found, "a");
    // p = 0.3 + 0.4 x with ¾, 0.8 − 0.4 x with ¼. Given x: 0.425 + 0.2 x. Given the theory: 0.5 or 0.6.
    let within = 0.16 / 12.0;
    let between = 0.75 * 0.25 * 0.01;
    let (variance, of_x) = (within + between, 0.04 / 12.0);
    assert_near(index(a, "x")[0], of_x / variance, 4.0, "x alone");
    assert_near(index(a, "x")[1], within / variance, 4.0, "x in all");
    assert_near(index(a, "theory")[0], between / variance, 4.0, "theory alone");
    assert_near(index(a, "theory")[1], 1.0 - of_x / variance, 4.0, "theory in all");
    assert_near(shapley(a, "x"), 0.5 * (of_x + within) / variance, 4.0, "the share of x");
    assert_near(shapley(a, "theory"), 1.0 - 0.5 * (of_x + within) / variance, 4.0, "the share of the theory");
}

#[test]
fn what_has_no_variance_or_nothing_unknown_says_so() {
    let text = "[factors]\nx = { value = 'student_t(1.5, 0, 1)' }\n[derived]\ny = { value = 'x + 1' }\nk = { value = '2' }\n[events.e]\nprobability = 0.3";
    let found = moved(&model(text), &Sensitivity::default(), Kind::Sobol, 1, 1 << 12);
    assert!(
        answer(&found, "y").indices.is_empty()
            && answer(&found, "y").without.as_deref().is_some_and(|why| why.contains("heavy"))
    );
    assert!(answer(&found, "e").without.is_some());
    let found =
        moved(&model("[events.e]\nprobability = 0.3"), &Sensitivity::default(), Kind::Sobol, 1, 1 << 12);
    assert_eq!((found.method, found.answers.len()), (Method::None, 1));
}

#[test]
fn hundreds_of_factors_are_screened() {
    let factors: String = (1..=200).map(|at| format!("x{at} = {{ value = 'uniform(0, 1)' }}\n")).collect();
    let all: Vec<String> = (6..=200).map(|at| format!("x{at}")).collect();
    let terms = format!("10 * x1 + 20 * x2 + 30 * x3 + 5 * x4 * x5 + 0.001 * mean({})", all.join(", "));
    let text = format!("[factors]\n{factors}[derived]\ny = {{ value = '{terms}' }}");
    let found = moved(&model(&text), &of("y"), Kind::Sobol, 1, 1 << 12);
    assert_eq!(found.method, Method::Screened);
    let all = &answer(&found, "y").screening;
    let names: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(&names[..3], ["x3", "x2", "x1"]);
    // The elementary effect of what only adds up is its coefficient, and does not vary.
    assert!((all[0].strength.value - 30.0).abs() < 1e-9 && all[0].deviation < 1e-6, "{:?}", all[0]);
    let product = all.iter().find(|one| one.id == "x4").expect("x4 does something");
    // 5 x5: a mean of 2.5, and a deviation of 5 / √12.
    assert_near(product.strength.0, 2.5, 5.0, "a product");
    assert!(product.deviation > 1.0);
}

#[test]
fn numbers_of_the_file_are_moved_by_a_share_of_themselves() {
    let question = Sensitivity { structure: Some(0.2), ..of("a") };
    let found = moved(&model(WEIGHTED), &question, Kind::Sobol, 5, 1 << 12);
    let one =
        answer(&found, "a").structure.iter().find(|one| one.id == "outcomes.a.weights.x").expect("a weight");
    assert_eq!(one.between, [1.6, 2.4]);
    let held =
        run(&model_with(WEIGHTED, &["outcomes.a.weights.x=2.4"]), Kind::Sobol, 5, Rule::Draws(1 << 12));
    assert_eq!(one.more.value.to_bits(), held.finding.outcomes[0].probability.value.to_bits());
}

#[test]
fn shares_from_the_ordinary_run_are_right_under_every_design() {
    let text = "[factors]\nx = { value = 'uniform(0, 1)' }\ny = { value = 'uniform(0, 1)' }\n[derived]\ns = { value = 'x + 2 * y' }";
    let model = model(text);
    for kind in Kind::ALL {
        for seed in 1..=8 {
            let found = moved(&model, &of("s"), kind, seed, 1 << 14);
            for goes in &answer(&found, "s").associations {
                let truth = if goes.id == "x" { 0.2 } else { 0.8 };
                assert_near(goes.share.0, truth, 4.0, &format!("{kind:?} {seed}: the share of {}", goes.id));
                assert!(goes.share.std_error < 0.05, "{goes:?}");
            }
        }
    }
}
