//! Stories: shifts, combinations and the nearest world against closed forms; single draws against their own digits.

#![allow(clippy::disallowed_methods)]

use crate::common;

use foretell::analysis::explain::{Explain, ExplainFinding, Followed, StepKind};
use foretell::analysis::run::Run;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::{Rule, Settings};

fn asked(text: &str, draw: Option<(u64, u32)>, settings: &Settings) -> ExplainFinding {
    let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
    let case = session.case(&Changes::default()).expect("a sound scenario");
    case.answer(&Explain { draw }, settings).expect("an answer").finding
}

fn scenario(name: &str) -> String {
    let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a file of the project")
}

const HALVES: &str = "[factors.x]\nvalue = 'normal(0, 1)'\n[factors.y]\nvalue = 'normal(3, 2)'\n\
    [outcomes.up]\nwhen = 'x > 0.5'\n[outcomes.down]\nelse = true\n";

/// E[x | x > c] = φ(c) / Φ(−c).
fn upper_mean(c: f64) -> f64 {
    let density = (-0.5 * c * c).exp() / (2.0 * std::f64::consts::PI).sqrt();
    density / foretell::math::special::normal_cdf(-c)
}

#[test]
fn shifts_are_those_of_a_cut_normal() {
    let found = asked(HALVES, None, &common::settings(Kind::Sobol, 1, Rule::Draws(1 << 15)));
    let [up, down] = &found.outcomes[..] else { panic!("two outcomes") };
    let share = foretell::math::special::normal_cdf(-0.5);
    for (story, expected) in [(up, upper_mean(0.5)), (down, -upper_mean(0.5) * share / (1.0 - share))] {
        let x = story.shifts.iter().find(|one| one.id == "x").expect("x shifts");
        let z = (x.shift.value - expected) / x.shift.std_error;
        assert!(z.abs() < 4.0 && x.shift.std_error < 0.01, "{x:?} for {expected}");
        assert_eq!(story.shifts[0].id, "x");
        // A negative control: what has no part in it does not shift.
        let y = story.shifts.iter().find(|one| one.id == "y").expect("y varies");
        assert!(y.shift.value.abs() < 4.0 * y.shift.std_error.max(1e-4), "{y:?}");
    }
    let variance = up.variance.expect("a variance");
    // Once x is known, nothing is left to chance.
    assert!(variance.chance.value < 1e-9 && (variance.factors.value - 1.0).abs() < 1e-9);
}

/// Intervals of 90 % hold the truth as often as they say, for independent draws of 400 seeds.
#[test]
fn intervals_of_shifts_cover() {
    let expected = upper_mean(0.5);
    let covers = |seed: u64| {
        let found = asked(HALVES, None, &common::settings(Kind::Independent, seed, Rule::Draws(1024)));
        let x = found.outcomes[0].shifts.iter().find(|one| one.id == "x").expect("x shifts").shift.0;
        x.interval.0 <= expected && expected <= x.interval.1
    };
    let count = (1..=400).filter(|seed| covers(*seed)).count() as f64;
    let z = (count - 360.0) / (400.0f64 * 0.9 * 0.1).sqrt();
    assert!(z.abs() < 4.0, "{count} of 400");
}

#[test]
fn the_nearest_world_lies_at_the_border() {
    let found = asked(HALVES, None, &Settings::default());
    let nearest = found.nearest.expect("the runner-up wins somewhere");
    assert_eq!((nearest.leader.id.as_str(), nearest.runner_up.id.as_str()), ("down", "up"));
    // The border is 0.5 deviations from the middle, and only x has a part in it.
    let distance = nearest.distance.expect("a distance");
    assert!((0.5..0.502).contains(&distance) && nearest.numbers == 1, "{distance}");
    let share = foretell::math::special::normal_cdf(-0.5);
    assert!((nearest.share - share).abs() < 0.001, "{}", nearest.share);
    assert!(nearest.world.numbers.0[0].1.value > 0.5);
}

/// A finite model, recounted over all states by hand.
#[test]
fn a_finite_story_is_exact() {
    let text = "[events.a]\nprobability = 0.3\n[events.b]\nprobability = 'if a then 0.8 else 0.1'\n\
        [outcomes.up]\nbase = 0.4\nweights = { a = 1.5, b = -0.5 }\n[outcomes.down]\nbase = 0.6\n";
    let found = asked(text, None, &Settings::default());
    let chance = |a: bool, b: bool| {
        let own = if a { 0.3 } else { 0.7 };
        let p: f64 = if a { 0.8 } else { 0.1 };
        own * if b { p } else { 1.0 - p }
    };
    let up = |a: bool, b: bool| {
        let score = 0.4f64.ln() + if a { 1.5 } else { 0.0 } - if b { 0.5 } else { 0.0 };
        score.exp() / (score.exp() + 0.6)
    };
    let all = [(false, false), (false, true), (true, false), (true, true)];
    for (at, story) in found.outcomes.iter().enumerate() {
        let share =
            |(a, b): &(bool, bool)| chance(*a, *b) * if at == 0 { up(*a, *b) } else { 1.0 - up(*a, *b) };
        let total: f64 = all.iter().map(share).sum();
        let given: f64 = all.iter().filter(|(a, _)| *a).map(share).sum::<f64>() / total;
        let tilt = story.tilts.iter().find(|one| one.id == "a").expect("a is told");
        assert!(tilt.given.exact && (tilt.given.value - given).abs() < 1e-12);
        assert!((tilt.difference.value - (given - 0.3)).abs() < 1e-12);
        let best = all.iter().max_by(|x, y| share(x).total_cmp(&share(y))).expect("four");
        let combination = story.combination.as_ref().expect("states");
        let states: Vec<&str> = combination.states.iter().map(|one| one.state.as_str()).collect();
        assert_eq!(states, [best.0.to_string(), best.1.to_string()]);
        assert!(combination.counted_among.is_none() && combination.probability.exact);
        assert!((combination.probability.value - share(best) / total).abs() < 1e-12);
    }
}

/// exp(score) / Σ exp(score), from the printed base, weights, values and neutral points alone.
fn recomputed(draw: &Followed) -> Vec<f64> {
    let score = |one: &foretell::analysis::explain::ScoreOf| {
        let terms = one.weights.iter().map(|own| own.weight * (own.value - own.neutral));
        one.base.map_or_else(
            || one.formula.as_ref().and_then(|formula| formula.value).unwrap_or(f64::NEG_INFINITY),
            |base| base.ln() + terms.sum::<f64>(),
        )
    };
    let scores: Vec<f64> = draw.scores.iter().map(score).collect();
    let total: f64 = scores.iter().map(|one| one.exp()).sum();
    scores.iter().map(|one| one.exp() / total).collect()
}

/// What is printed of a draw, put into formulas by another way, gives what is printed of their values.
#[test]
fn the_digits_of_a_draw_give_its_probabilities() {
    let names = [
        "vladivostok-2023",
        "vladivostok-2023-stages",
        "vladivostok-2023-theories",
        "netherlands-2023",
        "red-sea-2023",
        "fed-2024",
    ];
    let mut scored = 0;
    for name in names {
        let text = scenario(name);
        for number in [1, 2, 13] {
            let found = asked(&text, Some((number, 1)), &Settings::default()).draw.expect("a draw");
            if found.by_scores {
                scored += 1;
                for (one, p) in found.scores.iter().zip(recomputed(&found)) {
                    assert!((one.probability - p).abs() < 1e-12, "{name}: {} for {p}", one.probability);
                }
            }
            let outcome = found.outcome.as_ref().expect("outcomes");
            for (state, score) in outcome.states.iter().zip(&found.scores) {
                assert!((state.probability - score.probability).abs() < 1e-12, "{name}: {}", state.id);
            }
            formulas_give_their_values(name, &found);
        }
    }
    assert!(scored >= 6, "{scored}");
}

/// Each formula with its values, as a scenario of its own.
fn formulas_give_their_values(name: &str, found: &Followed) {
    // A state by its name, and what depends on the file's own dates, mean nothing in another file.
    let is_number = |text: &str| !["==", "!=", "by_date"].iter().any(|one| text.contains(one));
    let mut text = String::new();
    let mut expected = Vec::new();
    for step in &found.steps {
        for (given, is_value) in step.given.iter().map(|one| (one, step.kind != StepKind::States)) {
            let Some(value) = given.value.filter(|_| is_value && is_number(&given.put_in)) else { continue };
            text.push_str(&format!("[derived.v{}]\nvalue = '''{}'''\n", expected.len(), given.put_in));
            expected.push((step.id.clone(), given.put_in.clone(), value));
        }
    }
    assert!(!expected.is_empty());
    let session = Session::open(SourceFile::new("v.toml", text), |_| Err(String::new())).expect("a text");
    let case = session.case(&Changes::default()).unwrap_or_else(|_| panic!("{name}: {expected:?}"));
    let told = case.answer(&Run::default(), &Settings::default()).expect("an answer").finding;
    for (one, (id, put_in, value)) in told.derived.iter().zip(&expected) {
        let distance = (one.mean.value - value).abs();
        assert!(
            distance <= 1e-9 * value.abs().max(1.0),
            "{name}: {id} = {put_in}: {} for {value}",
            one.mean.value
        );
    }
}

/// Draws that give no world, and files without outcomes, are said so.
#[test]
fn what_cannot_be_explained_is_said() {
    let text = "[factors.x]\nvalue = 'normal(0, 1)'\n[derived.y]\nvalue = 'x + 1'\n";
    let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
    let case = session.case(&Changes::default()).expect("sound");
    assert!(case.answer(&Explain::default(), &Settings::default()).is_err());
    let found = case.answer(&Explain { draw: Some((1, 1)) }, &Settings::default()).expect("a draw").finding;
    let draw = found.draw.expect("a draw");
    let value =
        |id: &str| draw.steps.iter().find(|one| one.id == id).and_then(|one| one.value).expect("a number");
    assert_eq!(value("y"), value("x") + 1.0);
    assert!(case.answer(&Explain { draw: Some((1, 2)) }, &Settings::default()).is_ok());
}

/// What is printed as the most probable combination can be given, and is as probable with the outcome as it is told: by Bayes' rule from a
/// run that learns it.
#[test]
fn what_comes_with_an_outcome_can_be_given() {
    let mut seen = 0;
    for name in ["vladivostok-2023-stages", "netherlands-2023", "fed-2024", "red-sea-2023"] {
        let settings = common::settings(Kind::Sobol, 1, Rule::Draws(1 << 15));
        let text = scenario(name);
        for story in &asked(&text, None, &settings).outcomes {
            let Some(combination) = &story.combination else { continue };
            let session = Session::open(SourceFile::new("x.toml", &text), |_| Err(String::new())).unwrap();
            let given = vec![combination.expression.clone()];
            let case = session.case(&Changes { given, ..Changes::default() });
            let case = case.unwrap_or_else(|_| panic!("{name}: {}", combination.expression));
            let settings = common::settings(Kind::Sobol, 2, Rule::Draws(1 << 15));
            let run = case.answer(&Run::default(), &settings).expect("an answer").finding;
            let learned = run.evidence.expect("something was learned").probability;
            let then = run.outcomes.iter().find(|one| one.id == story.id).expect("the outcome").probability;
            let expected = then.value * learned.value / story.probability.value;
            let share = |one: &foretell::statistics::Estimate| one.std_error / one.value.max(1e-12);
            let relative = share(&then).hypot(share(&learned)).hypot(share(&story.probability));
            let error = (expected * relative).hypot(combination.probability.std_error);
            let z = (combination.probability.value - expected) / error.max(1e-9);
            assert!(z.abs() < 5.0, "{name} {}: {combination:?} and {expected}", story.id);
            seen += 1;
        }
    }
    assert!(seen > 6, "{seen}");
}

/// What was learned rules outcomes out: nothing is told of these, and what stays as it was is no sign of anything.
#[test]
fn of_what_cannot_be_nothing_is_told() {
    let text = "[events.a]\nprobability = 0.1\n[events.b]\nprobability = 0.3\n[events.c]\nprobability = 'if a then 0.7 else 0.6'\n\
        [outcomes.up]\nwhen = 'a or b'\n[outcomes.down]\nelse = true\n";
    let given = Changes { given: vec!["outcome == up".into()], ..Changes::default() };
    let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
    let case = session.case(&given).expect("sound");
    let found = case.answer(&Explain::default(), &Settings::default()).expect("stories").finding;
    let [up, down] = &found.outcomes[..] else { panic!("two") };
    assert!(down.combination.is_none() && up.combination.is_some(), "{:?}", down.combination);
    assert!(up.tilts.iter().all(|one| one.difference.value == 0.0), "{:?}", up.tilts);
}
