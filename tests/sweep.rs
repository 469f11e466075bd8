//! Numbers that go from one value to another: each point is the run with that number set, to the last bit, and the lead changes
//! where algebra says that it does.

#![allow(clippy::disallowed_methods)]

use std::path::Path;

use foretell::analysis::run::{Run, RunFinding};
use foretell::analysis::sweep::{Crossing, Gap, Hold, Point, SweepFinding};
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Failure, Session};
use foretell::simulation::{Rule, Settings};
use foretell::statistics::Estimate;

fn open(text: &str) -> Session<'static> {
    Session::open(SourceFile::new("test.toml", text), |name| Err(format!("no {name} here"))).expect("a text")
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|one| one.to_string()).collect()
}

fn settings(kind: Kind, seed: u64, draws: u64) -> Settings {
    Settings { kind, seed, threads: 1, rule: Rule::Draws(draws) }
}

/// A sweep in the words of its flags.
#[derive(Clone, Default)]
struct Words<'a> {
    vary: &'a [&'a str],
    also: Option<&'a str>,
    of: &'a [&'a str],
    changes: Changes,
}

impl Words<'_> {
    fn ask(&self, text: &str, settings: &Settings) -> Result<SweepFinding, Failure> {
        let session = open(text);
        let mut case = session.case(&self.changes)?;
        let sweep = case.sweep(&texts(self.vary), self.also, &texts(self.of))?;
        Ok(case.answer(&sweep, settings)?.finding)
    }

    #[track_caller]
    fn found(&self, text: &str, settings: &Settings) -> SweepFinding {
        self.ask(text, settings).unwrap_or_else(|why| panic!("{why}"))
    }

    /// What is wrong with the words.
    #[track_caller]
    fn refused(&self, text: &str) -> String {
        let found = self.ask(text, &settings(Kind::Sobol, 1, 64));
        found.expect_err("words that are wrong").to_string()
    }
}

/// A sweep of one number.
#[track_caller]
fn along(text: &str, vary: &str, settings: &Settings) -> SweepFinding {
    Words { vary: &[vary], ..Words::default() }.found(text, settings)
}

fn run(text: &str, changes: &Changes, settings: &Settings) -> RunFinding {
    let session = open(text);
    let case = session.case(changes).unwrap_or_else(|why| panic!("{why}"));
    case.answer(&Run::default(), settings).unwrap_or_else(|why| panic!("{why}")).finding
}

/// Every answer of a run by its name.
fn answers(found: &RunFinding) -> Vec<(String, Estimate)> {
    let outcomes = found.outcomes.iter().map(|one| (one.id.clone(), *one.probability));
    let states = found.states().flat_map(|factor| {
        let name = |state: &str| format!("{}.{state}", factor.id);
        factor.states.iter().map(move |one| (name(&one.id), *one.probability)).collect::<Vec<_>>()
    });
    let events = found.events.iter().map(|one| (one.id.clone(), *one.probability));
    let derived = found.derived.iter().map(|one| (one.id.clone(), *one.mean));
    outcomes.chain(states).chain(events).chain(derived).collect()
}

/// To the last bit: the shortest decimals that read back as the same numbers.
fn bits(estimate: &Estimate) -> String {
    format!("{estimate:?}")
}

/// Checks that a point of a sweep is what a run found.
#[track_caller]
fn assert_same(found: &SweepFinding, point: &Point, run: &RunFinding, what: &str) {
    let answers = answers(run);
    for (swept, value) in found.answers.iter().zip(&point.answers) {
        let own = answers.iter().find(|(id, _)| *id == swept.id).expect("an answer of the run");
        assert_eq!(bits(value), bits(&own.1), "{what}: {}", swept.id);
    }
}

/// Factors that depend on each other, states, events, theories' worth of outcomes, derived values, evidence and a variant.
const WHOLE: &str = r#"
[factors.x]
value = 'uniform(0, 1)'
range = [0, 1]
[factors.y]
value = 'normal(0.2, 1)'
[factors.z]
value = 'normal(0, 1)'
[factors.level]
value = 0.4
neutral = 1
range = [0, 2]
[factors.mood]
states = ["calm", "tense", "wild"]
probabilities = { calm = 0.5, tense = 0.3, wild = 0.2 }
[[correlations]]
between = ["y", "z"]
normal = 0.5
[derived.d]
value = '0.3 * x + 0.5 * y * level'
[events.e]
probability = 'if mood == calm then 0.2 + 0.6 * x else 0.5'
[events.f]
probability = 0.35
[outcomes.up]
base = 0.5
weights = { x = 1.5, d = 0.4, e = 0.7, f = 1, level = 0.5 }
[outcomes.same]
base = 0.3
weights = { z = 'normal(0.5, 0.1)' }
[outcomes.down]
base = 0.2
weights = { y = -0.5, mood = { calm = 0.4, tense = -0.3 } }
[[evidence]]
id = "seen"
date = 2024-01-01
text = "A report"
likelihood = { up = 0.8, same = 0.5, down = 0.2 }
reliability = 0.9
[variants.harsh]
set = { x = 0.8 }
given = ['y > 0']
"#;

/// An address and one of its values: numbers that worlds hold, and numbers for which the model is built again.
const ADDRESSES: [(&str, f64); 17] = [
    ("x", 0.25),
    ("y", 1.5),
    ("level", 1.25),
    ("d", 0.5),
    ("f", 0.625),
    ("e", 0.375),
    ("outcomes.up.weights.x", -1.0),
    ("outcomes.down.weights.mood.tense", 0.5),
    ("outcomes.same.weights.z", 0.25),
    ("outcomes.up.base", 0.625),
    ("factors.mood.probabilities.calm", 0.25),
    ("derived.d.value@1", 0.75),
    ("factors.y.value@2", 1.5),
    ("factors.level.neutral", 0.5),
    ("correlations.1.normal", -0.25),
    ("evidence.seen.likelihood.down", 0.5),
    ("factors.x.range@2", 1.5),
];

fn set(address: &str, value: f64, changes: &Changes) -> Changes {
    let mut changes = changes.clone();
    changes.set.push(format!("{address}={value}"));
    changes
}

/// Theories of both forms, states by a table, and events and states in a copula.
const READINGS: &str = r#"
[factors.x]
value = 'uniform(0, 1)'
[factors.mood]
states = ["calm", "tense", "wild"]
probabilities = { calm = 0.5, tense = 0.3, wild = 0.2 }
[factors.reply]
states = ["yes", "no", "silence"]
table = [
  { when = { mood = "calm" }, probabilities = { yes = 0.5, no = 0.25, silence = 0.25 } },
  { else = true, probabilities = { yes = 0.125, no = 0.375, silence = 0.5 } },
]
[events.e]
probability = '0.2 + 0.5 * x'
[events.g]
probability = 0.4
[[correlations]]
between = ["x", "mood"]
normal = 0.4
[[correlations]]
between = ["x", "g"]
normal = -0.3
[outcomes.a]
[outcomes.b]
[theories.plain]
weight = 0.5
[theories.plain.outcomes.a]
base = 0.6
weights = { x = 1, e = 0.5, reply = { yes = 1, silence = 0.25 } }
[theories.plain.outcomes.b]
base = 0.4
weights = { mood = { wild = 1 } }
[theories.ruled]
weight = 0.5
[theories.ruled.outcomes.a]
when = 'e and not g'
[theories.ruled.outcomes.b]
else = true
"#;

const OF_READINGS: [(&str, f64); 9] = [
    ("x", 0.75),
    ("g", 0.25),
    ("e", 0.5),
    ("theories.plain.weight", 0.875),
    ("theories.plain.outcomes.a.base", 0.25),
    ("theories.plain.outcomes.a.weights.x", -1.0),
    ("factors.mood.probabilities.tense", 0.5),
    ("factors.reply.probabilities.no", 0.5),
    ("correlations.1.normal", -0.5),
];

#[test]
fn a_point_is_so_under_theories_tables_and_copulas() {
    let settings = settings(Kind::Sobol, 5, 2000);
    for given in [&[][..], &["e or x > 0.2"]] {
        let changes = Changes { given: texts(given), ..Changes::default() };
        for (address, value) in OF_READINGS {
            let vary = through(address, value) + ":2";
            let words = Words { vary: &[&vary], changes: changes.clone(), ..Words::default() };
            let found = words.found(READINGS, &settings);
            let [first, last] = &found.points[..] else { panic!("{address}: {:?}", found.points) };
            assert_same(&found, last, &run(READINGS, &set(address, value, &changes), &settings), address);
            assert_ne!(bits(&first.answers[0]), bits(&last.answers[0]), "{address} moves nothing");
        }
    }
}

/// The flags of a sweep of an address through a value.
fn through(address: &str, value: f64) -> String {
    format!("{address}={}:{value}", value - 0.125)
}

#[track_caller]
fn assert_points(kind: Kind, changes: &Changes, of: &[&str]) {
    let settings = settings(kind, 5, 3000);
    for (address, value) in ADDRESSES {
        // A cut x can't be learned of.
        let vary = through(address, value) + ":3";
        let words = Words { vary: &[&vary], of, changes: changes.clone(), ..Words::default() };
        let found = words.found(WHOLE, &settings);
        let last = found.points.last().expect("points");
        assert_eq!((last.at, last.gap), (value, None), "{address}");
        let alone = run(WHOLE, &set(address, value, changes), &settings);
        assert_same(&found, last, &alone, &format!("{address} {kind:?}"));
        // The control: the number says something, to some answer.
        let first = &found.points[0];
        let moves = first.answers.iter().zip(&last.answers).any(|(a, b)| bits(a) != bits(b));
        let says_nothing = !of.is_empty()
            || address.starts_with("evidence") && changes.evidence.is_empty()
            || address.starts_with("correlations") && !changes.set.is_empty();
        assert!(moves || says_nothing, "{address} moves nothing");
    }
}

#[test]
fn a_point_is_the_run_with_the_number_set() {
    for kind in Kind::ALL {
        assert_points(kind, &Changes::default(), &[]);
    }
}

#[test]
fn a_point_is_so_under_whatever_else_is_changed() {
    let given = Changes { given: texts(&["z > -0.5", "not e or f"]), ..Changes::default() };
    let evidence = Changes { evidence: texts(&["all"]), ..Changes::default() };
    let variant = Changes { variants: texts(&["harsh"]), ..Changes::default() };
    let set = Changes { set: texts(&["outcomes.same.base=0.25", "z=0.3"]), ..Changes::default() };
    for changes in [given, evidence, variant, set] {
        let texts = ADDRESSES.map(|(address, _)| address);
        let is_beaten = |address: &str| changes.set.iter().any(|one| one.starts_with(&format!("{address}=")));
        assert!(!texts.iter().any(|address| is_beaten(address)));
        assert_points(Kind::Sobol, &changes, &[]);
    }
}

#[test]
fn a_point_is_so_for_every_kind_of_answer() {
    for of in [&["e", "f"][..], &["mood"], &["d"], &["up"], &["d", "e", "mood", "down"]] {
        assert_points(Kind::Sobol, &Changes::default(), of);
    }
}

#[test]
fn at_what_it_is_in_the_file_a_point_is_the_run() {
    let settings = settings(Kind::Sobol, 3, 3000);
    let base = run(WHOLE, &Changes::default(), &settings);
    let own = [
        ("level=0:1", 0.4),
        ("f=0.1:0.9", 0.35),
        ("outcomes.up.base=0.1:0.9:7", 0.5),
        ("outcomes.up.weights.d=-1:1:4", 0.4),
        ("factors.mood.probabilities.wild=0.1:0.4:5", 0.2),
        ("derived.d.value@2=0:1:4", 0.5),
        ("correlations.1.normal=-0.3:0.9:4", 0.5),
    ];
    for (vary, value) in own {
        let found = along(WHOLE, vary, &settings);
        let point = found.points.iter().find(|one| one.at == value).expect("a point at the file's own value");
        assert_eq!(found.axes[0].own, Some(value), "{vary}");
        assert_same(&found, point, &base, vary);
        let ascends = found.points.windows(2).all(|pair| pair[0].at < pair[1].at);
        assert!(ascends, "{vary}");
    }
    // What flags set is what it is.
    let changes = Changes { set: texts(&["level=0.7"]), ..Changes::default() };
    let found = Words { vary: &["level=0:1:3"], changes, ..Words::default() }.found(WHOLE, &settings);
    assert_eq!(found.axes[0].own, Some(0.7));
    // A distribution is no number.
    assert_eq!(along(WHOLE, "x=0:1:3", &settings).axes[0].own, None);
}

#[test]
fn states_and_happenings_are_taken_one_by_one() {
    let settings = settings(Kind::Sobol, 5, 2000);
    let found = along(WHOLE, "mood=calm:wild", &settings);
    assert_eq!(found.axes[0].states, ["calm", "tense", "wild"]);
    for (point, state) in found.points.iter().zip(["calm", "tense", "wild"]) {
        let changes = Changes { set: vec![format!("mood={state}")], ..Changes::default() };
        assert_same(&found, point, &run(WHOLE, &changes, &settings), state);
    }
    let found = along(WHOLE, "events.e.state=false:true", &settings);
    for (point, state) in found.points.iter().zip(["false", "true"]) {
        let changes = Changes { set: vec![format!("events.e.state={state}")], ..Changes::default() };
        assert_same(&found, point, &run(WHOLE, &changes, &settings), state);
    }
    assert!(found.crossings.is_empty());
}

#[test]
fn facets_are_runs_with_both_set() {
    let settings = settings(Kind::Sobol, 5, 2000);
    let cases = [("e", "e=true", 1.0), ("mood", "mood=wild", 2.0), ("level=0.5,1.5", "level=1.5", 1.5)];
    for (also, by_hand, value) in cases {
        let found =
            Words { vary: &["x=0:0.5:3"], also: Some(also), ..Words::default() }.found(WHOLE, &settings);
        let point =
            found.points.iter().find(|one| one.also == Some(value) && one.at == 0.5).expect("a point");
        let by_hand = by_hand.replace("e=true", "events.e.state=true");
        let changes = Changes { set: vec![by_hand, "x=0.5".into()], ..Changes::default() };
        assert_same(&found, point, &run(WHOLE, &changes, &settings), also);
    }
    // The percentiles of a uniform number.
    let found = Words { vary: &["y=0:1:3"], also: Some("x"), ..Words::default() }.found(WHOLE, &settings);
    let levels = found.also.expect("something held besides").values;
    assert!(levels.iter().zip([0.05, 0.5, 0.95]).all(|(a, b)| (a - b).abs() < 1e-12), "{levels:?}");
}

#[test]
fn cells_of_a_map_are_runs_with_both_set() {
    let settings = settings(Kind::Sobol, 5, 2000);
    let vary = ["x=0:1:3", "derived.d.value@1=-1:1:3"];
    let found = Words { vary: &vary, ..Words::default() }.found(WHOLE, &settings);
    assert_eq!(found.cells.len(), 9);
    let changes = Changes { set: texts(&["x=0.5", "derived.d.value@1=1"]), ..Changes::default() };
    let alone = run(WHOLE, &changes, &settings);
    let cell = found.cells.iter().find(|one| one.at == [0.5, 1.0]).expect("a cell");
    for (value, own) in cell.answers.iter().zip(&alone.outcomes) {
        assert_eq!(bits(value), bits(&own.probability));
    }
    let mut shares: Vec<f64> = cell.answers.iter().map(|one| one.value).collect();
    shares.sort_by(f64::total_cmp);
    assert!((cell.lead.value - (shares[2] - shares[1])).abs() < 1e-12);
    let whole: f64 = found.areas.iter().map(|one| one.share).sum();
    assert!((whole - 1.0).abs() < 1e-12);
}

#[test]
fn threads_change_nothing() {
    let one = settings(Kind::Sobol, 5, 1 << 14);
    let seven = Settings { threads: 7, ..one };
    for vary in ["x=0:1", "derived.d.value@1=-1:1:11"] {
        assert_eq!(along(WHOLE, vary, &one), along(WHOLE, vary, &seven));
    }
}

// Where the lead changes.

/// P(up) = 0.2 + 0.6 p against 1 − P(up): level at p = 0.5; with three, see each test.
const FINITE: &str = r#"
[events.spark]
probability = 0.25
[events.fire]
probability = 'if spark then 0.8 else 0.2'
[outcomes.burns]
when = 'fire'
[outcomes.stands]
else = true
"#;

#[test]
fn the_lead_of_a_finite_model_changes_where_algebra_says() {
    let settings = Settings::default();
    // 0.2 + 0.6 p = 1/2 at p = 1/2; by the other numbers: 0.25 a + 0.15 = 1/2 nowhere, 0.2 + 0.75 b = 1/2 at b = 0.4.
    for vary in ["spark=0.1:0.93", "spark=0.1:0.93:2", "spark=0.1:0.93:3"] {
        let found = along(FINITE, vary, &settings);
        let [change] = &found.crossings[..] else { panic!("{:?}", found.crossings) };
        assert!(change.exact && (change.at - 0.5).abs() < 1e-12, "{change:?}");
        assert!(change.interval[0] <= 0.5 + 1e-12 && change.interval[1] >= 0.5 - 1e-12);
        assert_eq!((change.from.as_str(), change.to.as_str()), ("stands", "burns"));
        let leads: Vec<&str> = found.leads.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(leads, ["stands", "burns"]);
    }
    // Where both are equal at a value that is looked at; who is level at an end overtakes nobody.
    let found = along(FINITE, "spark=0:1:3", &settings);
    assert!((found.crossings[0].at - 0.5).abs() < 1e-12);
    let (from, to) = (&found.leads[0], &found.leads[1]);
    assert!((from.to - 0.5).abs() < 1e-12 && from.to == to.from && to.to == 1.0);
    for vary in ["spark=0:0.5:3", "spark=0.5:1:3"] {
        let found = along(FINITE, vary, &settings);
        assert!(found.crossings.is_empty() && found.leads.len() == 1, "{vary}");
    }
    let found = along(FINITE, "events.fire.probability@2=0:1", &settings);
    assert!((found.crossings[0].at - 0.4).abs() < 1e-12 && found.crossings[0].exact);
    let found = along(FINITE, "events.fire.probability@1=0:1", &settings);
    assert!(found.crossings.is_empty());
    let closest = found.closest.expect("a lead");
    // 1 − 2 (0.25 + 0.15) at the end.
    assert!((closest.at[0] - 1.0).abs() < 1e-12 && (closest.lead.value - 0.2).abs() < 1e-12, "{closest:?}");
}

/// Three weights on a line: score_a = 2 x, score_b = 0, score_c = 4 x − 3, from equal bases: b until 0, a until 1.5, then c.
const THREE: &str = r#"
[factors.x]
range = [-2, 4]
neutral = 0
value = 0
[outcomes.a]
weights = { x = 2 }
[outcomes.b]
[outcomes.c]
score_shift = 0
"#;

#[test]
fn third_leaders_are_found_between_two_values() {
    let text = THREE
        .replace("[outcomes.c]\nscore_shift = 0\n", "[outcomes.c]\nweights = { x = 4, low = -3 }\n")
        + "[factors.low]\nrange = [0, 2]\nneutral = 0\nvalue = 1\n";
    // With two values, at neither of which `a` leads.
    for vary in ["x=-1.9:3.9:2", "x=-1.9:3.9:3", "x=-1.9:3.9"] {
        let found = along(&text, vary, &Settings::default());
        let at: Vec<f64> = found.crossings.iter().map(|one| one.at).collect();
        assert!(at.len() == 2 && at[0].abs() < 1e-11 && (at[1] - 1.5).abs() < 1e-11, "{vary}: {at:?}");
        let leads: Vec<&str> = found.leads.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(leads, ["b", "a", "c"], "{vary}");
    }
}

#[test]
fn a_jump_is_enclosed_as_well() {
    let text = "
        [factors.x]
        range = [0, 1]
        value = 0.5
        [events.e]
        probability = 'if x < 0.37 then 0.1 else 0.9'
        [outcomes.yes]
        when = 'e'
        [outcomes.no]
        else = true";
    let found = along(text, "x=0:1:11", &Settings::default());
    assert!((found.crossings[0].at - 0.37).abs() < 1e-12, "{:?}", found.crossings);
}

#[test]
fn equals_never_overtake_each_other() {
    let text = "
        [factors.x]
        value = 'uniform(0, 1)'
        [factors.w]
        value = 1
        range = [0, 4]
        [outcomes.a]
        weights = { x = 'w' }
        [outcomes.b]
        weights = { x = 'w' }";
    let found = along(text, "w=0:4", &settings(Kind::Sobol, 1, 4096));
    assert!(found.crossings.is_empty() && found.leads.len() == 1);
}

/// P(a) = E[logistic(w (x − 0.5) + v)] over a uniform x: even at v = 0 whatever the slope; with x's mean moved to m by a triangle it
/// is where `ROOT` says.
const LOGISTIC: &str = "
    [factors.x]
    value = 'uniform(0, 1)'
    [factors.v]
    range = [-2, 2]
    neutral = 0
    value = 1
    [outcomes.a]
    weights = { v = 1, x = 3 }
    [outcomes.b]
    [factors.y]
    value = 'normal(0, 1)'
    [derived.never]
    value = 'y'";

/// E[logistic(v + 3 (x − 1/2))] over x is (ln(1 + e^(v + 1.5)) − ln(1 + e^(v − 1.5))) / 3, which is 1/2 at v = 0.
#[test]
fn the_lead_changes_at_the_closed_form_within_its_interval() {
    // By symmetry the curve is even at 0; a design that is not symmetric has it elsewhere, and says how far.
    let mut covered = 0;
    let seeds = 400;
    let mut scores = Vec::new();
    for seed in 0..seeds {
        let found = along(LOGISTIC, "v=-1.9:2:14", &settings(Kind::Independent, seed, 1000));
        let [change] = &found.crossings[..] else { panic!("{:?}", found.crossings) };
        assert!(!change.exact && change.interval[1] - change.interval[0] < 0.5, "{change:?}");
        covered += usize::from(change.interval[0] <= 0.0 && 0.0 <= change.interval[1]);
        scores.push(change.at / ((change.interval[1] - change.interval[0]) / (2.0 * 1.645)));
    }
    // Binomial: 0.9 with a standard error of √(0.09 / 400).
    let share = covered as f64 / seeds as f64;
    assert!((share - 0.9).abs() < 4.0 * (0.09f64 / seeds as f64).sqrt(), "{share}");
    // The errors are of the size that is told: the variance of 400 standard scores is 1 ± √(2/399).
    let variance = scores.iter().map(|one| one * one).sum::<f64>() / seeds as f64;
    assert!((variance - 1.0).abs() < 4.0 * (2.0f64 / (seeds as f64 - 1.0)).sqrt(), "{variance}");
    // The control: an interval of half the width would be seen to cover too little.
    let narrow = scores.iter().filter(|one| one.abs() <= 0.5 * 1.645).count() as f64 / seeds as f64;
    assert!((narrow - 0.9).abs() > 4.0 * (0.09f64 / seeds as f64).sqrt(), "{narrow}");
}

#[test]
fn replicates_cover_too() {
    let (mut covered, seeds) = (0, 400);
    for seed in 0..seeds {
        let found = along(LOGISTIC, "v=-1.9:2:5", &settings(Kind::LatinHypercube, seed, 512));
        let [change]: &[Crossing] = &found.crossings[..] else { panic!("{:?}", found.crossings) };
        covered += usize::from(change.interval[0] <= 0.0 && 0.0 <= change.interval[1]);
        assert!(change.at.abs() < 0.1);
    }
    // Never too narrow; a stratified design may say more than it has to.
    let share = covered as f64 / f64::from(seeds as u32);
    assert!(share > 0.9 - 4.0 * (0.09f64 / f64::from(seeds as u32)).sqrt(), "{share}");
}

#[test]
fn the_place_is_as_narrow_as_is_said_on_the_draws_at_hand() {
    // The same draws in a run on either side of the place: the lead has changed there, within 1e-4 of the range.
    let settings = settings(Kind::Sobol, 9, 1024);
    let found = along(LOGISTIC, "v=-1.9:2:7", &settings);
    let at = found.crossings[0].at;
    let lead = |v: f64| {
        let changes = Changes { set: vec![format!("v={v}")], ..Changes::default() };
        let found = run(LOGISTIC, &changes, &settings);
        found.outcomes[0].probability.value - found.outcomes[1].probability.value
    };
    let width = 1e-4 * 3.9;
    assert!(lead(at - width) < 0.0 && lead(at + width) > 0.0);
}

// Gaps.

#[test]
fn what_can_t_be_learned_is_a_gap() {
    let changes = Changes { given: texts(&["x > 0.5"]), ..Changes::default() };
    let words = Words { vary: &["x=0:1:11"], changes, ..Words::default() };
    let settings = settings(Kind::Sobol, 1, 4096);
    let found = words.found(WHOLE, &settings);
    for point in &found.points {
        let expected = (point.at <= 0.5).then_some(Gap::Impossible);
        assert_eq!(point.gap, expected, "{}", point.at);
        assert_eq!(point.leads.is_none(), expected.is_some());
    }
    assert!(found.leads.iter().all(|one| one.from >= 0.6));
    // Nowhere at all is a refusal.
    let changes = Changes { given: texts(&["x > 0.5"]), ..Changes::default() };
    let refused = Words { vary: &["x=0:0.4:3"], changes, ..Words::default() }.refused(WHOLE);
    assert!(refused.contains("no answer at any value"), "{refused}");
}

#[test]
fn what_gives_no_number_is_a_gap() {
    let text = "
        [factors.x]
        value = 'uniform(0, 1)'
        [factors.k]
        range = [0, 1]
        value = 0
        [derived.d]
        value = 'sqrt(x - k)'
        [events.e]
        probability = 'd'";
    let found = along(text, "k=0:0.5:3", &settings(Kind::Sobol, 1, 1024));
    let gaps: Vec<Option<Gap>> = found.points.iter().map(|one| one.gap).collect();
    assert_eq!(gaps, [None, Some(Gap::Void), Some(Gap::Void)]);
}

// Words.

#[test]
fn mistakes_teach() {
    let one = |vary: &str| Words { vary: &[vary], ..Words::default() }.refused(WHOLE);
    for (vary, code, hint) in [
        ("moood=0:1", "unknown-name", "did you mean `mood`?"),
        ("factors.x.valu=0:1", "unknown-name", "did you mean `factors.x.value`?"),
        ("x", "vary", "write ADDRESS=FROM:TO"),
        ("x=1:0", "vary", "write the lesser value first, as in x=0:1"),
        ("x=0.5:0.5", "vary", "write the lesser value first"),
        ("x=0:1:1", "vary", "a whole number from 2 to 10 000"),
        ("x=0:1:10001", "vary", "a whole number from 2 to 10 000"),
        ("x=0:1:2.5", "vary", "a whole number from 2 to 10 000"),
        ("x=0:nan", "vary", "not a finite number"),
        ("x=0:inf", "vary", "not a finite number"),
        ("x=0:2", "range", "a number from 0 to 1"),
        ("f=-1:1", "range", "a probability, from 0 to 1"),
        ("outcomes.up.base=0:1", "range", "a share above 0 and below 1"),
        ("mood=calm:wyld", "unknown-state", "`calm`, `tense` or `wild`"),
        ("mood=wild:calm", "vary", "the states are `calm`, `tense` and `wild`"),
        ("mood=calm:wild:3", "vary", "leave the number out"),
        ("up=0:1", "override", "is an outcome"),
        ("derived.d.value@7=0:1", "unknown-number", "states 2 numbers only"),
        ("correlations.1.normal=0:2", "correlation", "this is about correlations.1.normal=2"),
        ("factors.y.value@2=-1:1", "", "this is about factors.y.value@2=-1"),
    ] {
        let said = one(vary);
        assert!(said.contains(&format!("error[{code}")) && said.contains(hint), "{vary}: {said}");
        assert!(said.contains("--vary:1:"), "{vary}: {said}");
    }
}

#[test]
fn mistakes_of_flags_together_teach() {
    let refused = |vary: &[&str], also: Option<&str>, of: &[&str]| {
        Words { vary, also, of, ..Words::default() }.refused(WHOLE)
    };
    for (vary, also, of, hint) in [
        (&["x=0:1", "factors.x.value=0:1"][..], None, &[][..], "is varied twice"),
        (&["x=0:1", "y=0:1", "z=0:1"], None, &[], "one number or two"),
        (&[], None, &[], "one number or two"),
        (&["x=0:1:200", "y=0:1:200"], None, &[], "40 000 values are too many"),
        (&["x=0:1", "y=0:1"], Some("z"), &[], "no room for what is held besides"),
        (&["x=0:1"], Some("x"), &[], "can't be held besides"),
        (&["x=0:1"], Some("level"), &[], "write the values, as in --also level="),
        (&["x=0:1"], Some("level=5"), &[], "it must be a number from 0 to 2"),
        (&["x=0:1"], Some("nobody"), &[], "not defined in this file"),
        (&["x=0:1"], None, &["upp"], "did you mean `up`?"),
        (&["x=0:1", "y=0:1"], None, &["e"], "none has to come true"),
    ] {
        let said = refused(vary, also, of);
        assert!(said.contains(hint), "{vary:?} {also:?} {of:?}: {said}");
    }
}

#[test]
fn nothing_that_is_written_breaks_it() {
    let hostile = [
        "",
        "=",
        "==",
        ":",
        "x=:",
        "x=::",
        "=0:1",
        "x==0:1",
        "x=0:1=2",
        "x@=0:1",
        "x@0=0:1",
        "x@99=0:1",
        "x=0:1e999",
        "x=-0:1",
        "x=0:1:99999999999999999999",
        "é=0:1",
        "x=é:ü",
        "x=0:1:é",
        " x = 0 : 1 : 3 ",
        "x=0x1:1",
        "x=1_0:2_0",
        "x=10%:90%:3",
        "..=0:1",
        "factors.=0:1",
        "theory=0:1",
        "outcomes.up=0:1",
        "x=0:1:-3",
        "\u{0}=0:1",
        "x=0:1\n",
        "correlations.1.normal=-1:1:3",
        "y=-1e308:1e308:3",
        "y=0:5e-324:3",
    ];
    for vary in hostile {
        for also in [None, Some(vary)] {
            let words = Words { vary: &[vary], also, ..Words::default() };
            // An answer or a refusal, but no panic.
            let _ = words.ask(WHOLE, &settings(Kind::Sobol, 1, 64)).map(|found| found.points.len());
        }
    }
}

#[test]
fn numbers_that_can_be_held_are_not_built_again() {
    let session = open(WHOLE);
    let mut case = session.case(&Changes::default()).expect("a sound text");
    for (address, value) in ADDRESSES {
        let sweep = case.sweep(&[through(address, value)], None, &[]).expect("a sweep");
        let is_held = matches!(sweep.axes[0].hold, Hold::Setting(_));
        let is_part = address.contains('@')
            || address.contains("neutral")
            || address.contains("seen")
            || address.starts_with("correlations");
        assert_eq!(is_held, !is_part, "{address}");
    }
}

#[test]
fn the_article_s_lead_changes_with_approval() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/vladivostok-2023.toml");
    let text = std::fs::read_to_string(path).expect("the article");
    let found = along(&text, "china_approval=0:1", &Settings::default());
    let [change] = &found.crossings[..] else { panic!("{:?}", found.crossings) };
    assert_eq!((change.from.as_str(), change.to.as_str()), ("perfunctory", "sanctioned"));
    assert!(change.interval[0] <= change.at && change.at <= change.interval[1]);
    assert!(change.interval[1] - change.interval[0] < 0.005, "{change:?}");
}
