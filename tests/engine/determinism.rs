//! The same bytes: for any threads, from run to run, and for every quantity that an edit of the file does not touch.

#![allow(clippy::disallowed_methods)]

use crate::common::{Found, asked, columns::Columns, model, model_with, reference, run, settings};
use foretell::design::Kind;
use foretell::model::Model;
use foretell::simulation::{Plan, Rule, Target, Watch};

const TEXT: &str = "
    [factors]
    a = { value = 'normal(0, 1)' }
    b = { value = 'uniform(0, 1)' }
    c = { value = 'normal(if shock then 1 else 0, 0.5 + b)' }
    [derived]
    d = { value = 'sqrt(b) * a + c' }
    [events]
    shock = { probability = 'b' }
    [outcomes.up]
    base = 0.4
    weights = { a = 1, d = 'normal(0.5, 0.1)' }
    [outcomes.same]
    base = 0.3
    [outcomes.down]
    base = 0.3
    weights = { c = -0.7, shock = 0.5 }
";

/// A run with the number of threads left out, to the last bit: the shortest decimal that reads back as the same number.
fn bits(run: &Found) -> String {
    let mut run = run.clone();
    run.course.plan.threads = 0;
    format!("{run:?}")
}

fn assert_same(one: &Found, other: &Found) {
    assert_eq!(bits(one), bits(other));
}

/// The probabilities of the outcomes in the first draws.
fn shares(run: &Found) -> &[Vec<f64>] {
    &run.finding.drivers.shares
}

fn on_threads(model: &Model, kind: Kind, rule: Rule, threads: usize) -> Found {
    let settings = foretell::simulation::Settings { threads, ..settings(kind, 11, rule) };
    asked(model).draw_by(&settings, &Watch::new()).expect("a run to its end")
}

#[test]
fn threads_change_nothing() {
    let model = model(TEXT);
    let half_width = |width| Rule::Until { target: Target::HalfWidth(width), most: 1 << 18 };
    // 600,000 draws are more than one wave of blocks on seven threads, with a last block cut short.
    for kind in Kind::ALL {
        for rule in [Rule::Draws(600_001), Rule::Draws(5), half_width(0.002), half_width(0.0005)] {
            let one = on_threads(&model, kind, rule, 1);
            for threads in [2, 7] {
                assert_same(&one, &on_threads(&model, kind, rule, threads));
            }
        }
    }
}

#[test]
fn threads_change_nothing_where_factors_are_correlated() {
    let text = format!("{TEXT}\n[[correlations]]\nbetween = ['a', 'b']\nrank = -0.6\n");
    let (correlated, plain) = (model(&text), model(TEXT));
    for kind in Kind::ALL {
        let one = on_threads(&correlated, kind, Rule::Draws(300_001), 1);
        for threads in [2, 7] {
            assert_same(&one, &on_threads(&correlated, kind, Rule::Draws(300_001), threads));
        }
        // The control: the correlation matters.
        assert_ne!(bits(&one), bits(&on_threads(&plain, kind, Rule::Draws(300_001), 1)));
    }
}

#[test]
fn void_draws_are_the_same_on_any_threads() {
    let text = "[factors]
        x = { value = 'normal(1, 1)' }
        [derived]
        root = { value = 'sqrt(x)' }
        [outcomes.a]
        score = 'root'
        [outcomes.b]
        score = '0.5'";
    let model = model(text);
    for kind in Kind::ALL {
        let one = on_threads(&model, kind, Rule::Draws(200_000), 1);
        assert!(one.course.void().draws > 20_000);
        for threads in [2, 7] {
            assert_same(&one, &on_threads(&model, kind, Rule::Draws(200_000), threads));
        }
    }
}

#[test]
fn two_runs_are_equal_and_other_seeds_and_designs_are_not() {
    let model = model(TEXT);
    let of = |kind, seed| run(&model, kind, seed, Rule::Draws(4096));
    for kind in Kind::ALL {
        assert_same(&of(kind, 1), &of(kind, 1));
        assert_ne!(shares(&of(kind, 1)), shares(&of(kind, 2)));
        for other in Kind::ALL.into_iter().filter(|other| *other != kind) {
            assert_ne!(shares(&of(kind, 1)), shares(&of(other, 1)));
        }
    }
}

#[test]
fn a_run_that_stops_by_itself_is_a_prefix_of_a_longer_one() {
    // Not of a Latin hypercube, whose strata depend on their number.
    let model = model(TEXT);
    for kind in [Kind::Independent, Kind::Sobol] {
        let until = |width| Rule::Until { target: Target::HalfWidth(width), most: 1 << 18 };
        let (short, long) = (run(&model, kind, 5, until(0.02)), run(&model, kind, 5, until(0.00002)));
        assert!(short.course.plan.draws() < long.course.plan.draws());
        assert_eq!(shares(&short), shares(&long));
    }
}

/// The draws of a factor, by name: for each state of chance that it depends on.
fn draws(model: &Model, kind: Kind, name: &str) -> Vec<Vec<f64>> {
    let at = model.factors.iter().position(|factor| factor.named.id == name).expect("a factor");
    let columns = Columns::of(model);
    let outputs: Vec<_> = columns.factors[at].states.iter().map(|(value, _)| *value).collect();
    columns.draws(&Plan::new(kind, 3, 2048, 8, 1), &outputs)
}

/// Asserts that the factors `names` have the same draws in two models, and that there are any.
fn assert_unmoved(one: &Model, other: &Model, names: &[&str], kinds: &[Kind]) {
    for kind in kinds {
        for name in names {
            let (mine, theirs) = (draws(one, *kind, name), draws(other, *kind, name));
            assert!(!mine[0].is_empty());
            assert_eq!(mine, theirs, "{name} under {kind:?}");
        }
    }
}

const KEYED: [Kind; 2] = [Kind::Independent, Kind::LatinHypercube];

#[test]
fn an_appended_factor_moves_no_other() {
    let appended = TEXT.replace("    [derived]", "    z = { value = 'normal(5, 1)' }\n    [derived]");
    // Under `sobol` the new factor stands before the uncertain weight, whose dimension moves; factors keep theirs.
    assert_unmoved(&model(TEXT), &model(&appended), &["a", "b", "c"], &Kind::ALL);
}

#[test]
fn an_inserted_factor_moves_no_other_where_draws_are_keyed_by_name() {
    let inserted = TEXT.replace("    a = {", "    z = { value = 'normal(5, 1)' }\n    a = {");
    assert_unmoved(&model(TEXT), &model(&inserted), &["a", "b", "c"], &KEYED);
    // The control: under `sobol` dimensions follow the file, and the same comparison sees them move.
    let (one, other) = (model(TEXT), model(&inserted));
    assert_ne!(draws(&one, Kind::Sobol, "b"), draws(&other, Kind::Sobol, "b"));
}

#[test]
fn order_does_not_matter_where_draws_are_keyed_by_name() {
    let (a, b) = ("a = { value = 'normal(0, 1)' }", "b = { value = 'uniform(0, 1)' }");
    let swapped = TEXT.replace(a, "@").replace(b, a).replace('@', b);
    assert_ne!(swapped, TEXT);
    assert_unmoved(&model(TEXT), &model(&swapped), &["a", "b", "c"], &KEYED);
}

#[test]
fn labels_move_nothing() {
    let labelled = TEXT
        .replace("a = { value", "a = { label = 'first', value")
        .replace("base = 0.4", "label = 'Up'\nbase = 0.4");
    let (one, other) = (model(TEXT), model(&labelled));
    for kind in Kind::ALL {
        let (one, other) = (run(&one, kind, 3, Rule::Draws(2048)), run(&other, kind, 3, Rule::Draws(2048)));
        assert_eq!(shares(&one), shares(&other));
        let unlabelled = bits(&other)
            .replace("label: \"first\"", "label: \"a\"")
            .replace("name: \"first\"", "name: \"a\"")
            .replace("label: \"Up\", short: \"Up\"", "label: \"up\", short: \"up\"")
            .replace("weight of first for", "weight of a for")
            .replace("for “Up”", "for “up”");
        assert_eq!(bits(&one), unlabelled);
    }
}

#[test]
fn a_changed_prior_moves_only_what_depends_on_it() {
    let changed = TEXT.replace("'normal(0, 1)'", "'normal(2, 0.5) + uniform(0, 1)'");
    // `a` is drawn twice over now, so that under `sobol` the dimensions after it move.
    assert_unmoved(&model(TEXT), &model(&changed), &["b", "c"], &KEYED);
    let changed = TEXT.replace("'normal(0, 1)'", "'normal(2, 0.5)'");
    assert_unmoved(&model(TEXT), &model(&changed), &["b", "c"], &Kind::ALL);
    assert_unmoved(&model(TEXT), &model_with(TEXT, &["a=normal(2, 0.5)"]), &["b", "c"], &Kind::ALL);
    assert_unmoved(&model(&changed), &model_with(TEXT, &["a=normal(2, 0.5)"]), &["a", "b", "c"], &Kind::ALL);
}

#[test]
fn a_quantity_that_is_cut_keeps_its_dimension() {
    assert_unmoved(&model(TEXT), &model_with(TEXT, &["a=0.25"]), &["b", "c"], &Kind::ALL);
    let cut = "outcomes.up.weights.d=1";
    assert_unmoved(&model(TEXT), &model_with(TEXT, &[cut]), &["a", "b", "c"], &Kind::ALL);
    // An override that draws where nothing drew takes a dimension after all others.
    assert_unmoved(
        &model(TEXT),
        &model_with(TEXT, &["outcomes.down.weights.c=normal(0, 1)"]),
        &["a", "b", "c"],
        &Kind::ALL,
    );
}

#[test]
fn claims_do_not_move_draws() {
    let asked = format!("{TEXT}\n[[claims]]\nexpect = 'P(up | shock) > 0.1'\n");
    assert_unmoved(&model(TEXT), &model(&asked), &["a", "b", "c"], &Kind::ALL);
}

#[test]
fn reference_problems_are_the_same_from_run_to_run() {
    for name in ["softmax-normals", "uniform-events", "hierarchy"] {
        let model = model(&reference(name));
        for kind in Kind::ALL {
            assert_same(&run(&model, kind, 1, Rule::Draws(2048)), &run(&model, kind, 1, Rule::Draws(2048)));
        }
    }
}
