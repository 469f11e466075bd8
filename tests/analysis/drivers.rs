//! Drivers: what they say of an outcome is what runs say that learn the same directly.

#![allow(clippy::disallowed_methods)]

use crate::common;

use foretell::analysis::drivers::{Driver, DriverKind};
use foretell::analysis::run::{Run, RunFinding};
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::Rule;
use foretell::statistics::Estimate;

/// `x` has its fifths at 0.2 and 0.8; `rain` is no factor, and moves the outcomes most; `sum` follows from two factors.
const TEXT: &str = "[factors]\nx = { value = 'uniform(0, 1)' }\ny = { value = 'normal(0, 1)' }\n\
    sky = { states = [\"clear\", \"grey\"], probabilities = { clear = 0.3, grey = 0.7 } }\n\
    [derived.sum]\nvalue = 'x + y'\n\
    [events.rain]\nprobability = 'logistic(2 * x - 1)'\n\
    [outcomes.a]\nweights = { x = 1, sum = 0.5, rain = 4, sky = { grey = 0.4 } }\n[outcomes.b]\n[outcomes.c]\nweights = { y = -1 }\n\
    [[evidence]]\ndate = 2024-02-01\nlikelihood = { a = 0.9, b = 0.3, c = 0.5 }\n";

fn run(given: &[&str], evidence: bool, draws: u64, kind: Kind) -> RunFinding {
    let session = Session::open(SourceFile::new("x.toml", TEXT), |_| Err(String::new())).expect("a text");
    let changes = Changes {
        given: given.iter().map(|one| one.to_string()).collect(),
        evidence: if evidence { vec!["all".into()] } else { Vec::new() },
        ..Changes::default()
    };
    let case = session.case(&changes).expect("a sound scenario");
    case.answer(&Run::default(), &common::settings(kind, 1, Rule::Draws(draws))).expect("a run").finding
}

fn driver<'f>(found: &'f RunFinding, outcome: &str, id: &str) -> &'f Driver {
    let all = &found.drivers.drivers;
    let is_it = |one: &&Driver| one.outcome == outcome && one.id == id;
    all.iter().find(is_it).unwrap_or_else(|| panic!("{id} does not drive {outcome}"))
}

/// Whether the ends of a driver and their difference are those of two direct runs, by the error of the difference.
#[track_caller]
fn assert_ends(what: &str, found: &Driver, low: &Estimate, high: &Estimate) {
    let error = (found.swing.std_error.powi(2) + low.std_error.powi(2) + high.std_error.powi(2)).sqrt();
    assert!(error < 0.01, "{what}: {error}");
    for (is, should) in [(found.low, low), (found.high, high)] {
        assert!((is - should.value).abs() < 5.0 * error, "{what}: {is} for {should:?}, ± {error}");
    }
    let swing = high.value - low.value;
    assert!((found.swing.value - swing).abs() < 5.0 * error, "{what}: {:?} for {swing}", found.swing);
}

#[test]
fn ends_are_those_of_runs_that_learn_the_same() {
    for (learned, evidence) in [(&[][..], false), (&["sum > 0.5"][..], false), (&[], true), (&["rain"], true)]
    {
        let found = run(learned, evidence, 1 << 16, Kind::Sobol);
        let direct = |more: &str| run(&[learned, &[more]].concat(), evidence, 1 << 16, Kind::Sobol);
        let fifths = ["x < 0.2", "x > 0.8"].map(direct);
        let events =
            ["not rain", "rain"].iter().filter(|_| !learned.contains(&"rain")).map(|one| direct(one));
        let events: Vec<RunFinding> = events.collect();
        for (at, outcome) in ["a", "b", "c"].iter().enumerate() {
            let what = format!("{outcome} given {learned:?}, {evidence}");
            let [low, high] = [0, 1].map(|end| *fifths[end].outcomes[at].probability);
            // What was learned moves the fifths of x, unless nothing was.
            if learned.is_empty() && !evidence {
                assert_ends(&what, driver(&found, outcome, "x"), &low, &high);
            }
            if let [without, with] = &events[..] {
                let rain = driver(&found, outcome, "rain");
                assert_eq!(rain.kind, DriverKind::Event);
                let [without, with] = [without, with].map(|one| *one.outcomes[at].probability);
                assert_ends(&what, rain, &without, &with);
            }
        }
    }
}

/// The weighted fifths of a factor that what was learned moves, from a run that is told where they are.
#[test]
fn fifths_are_those_of_what_is_known_then() {
    let learned = ["sum > 0.5"];
    let found = run(&learned, true, 1 << 16, Kind::Sobol);
    let percents = Run { percents: vec![20.0, 80.0], ..Run::default() };
    let session = Session::open(SourceFile::new("x.toml", TEXT), |_| Err(String::new())).expect("a text");
    let changes = Changes {
        given: learned.iter().map(|one| one.to_string()).collect(),
        evidence: vec!["all".into()],
        ..Changes::default()
    };
    let case = session.case(&changes).expect("a sound scenario");
    let settings = common::settings(Kind::Sobol, 1, Rule::Draws(1 << 16));
    let told = case.answer(&percents, &settings).expect("a run").finding;
    let x = told.numbers().find(|one| one.id == "x").expect("a factor");
    let [low, high] = [0, 1].map(|at| x.percentiles[at].value);
    assert!(low > 0.25 && high > 0.8, "what was learned says nothing of x: {low}, {high}");
    let [below, above] = [format!("x < {low}"), format!("x > {high}")]
        .map(|more| run(&[learned[0], &more], true, 1 << 16, Kind::Sobol));
    for (at, outcome) in ["a", "b", "c"].iter().enumerate() {
        let [below, above] = [&below, &above].map(|one| one.outcomes[at].probability);
        let found = driver(&found, outcome, "x");
        // The percentiles are read off a grid.
        for (is, should) in [(found.low, below), (found.high, above)] {
            assert!((is - should.value).abs() < 0.01, "{outcome}: {is} for {should:?}");
        }
    }
}

#[test]
fn what_was_learned_is_certain_and_moved_by_nothing() {
    let found = run(&["outcome == a"], false, 1 << 14, Kind::Sobol);
    for one in found.drivers.of("a") {
        assert!((one.low - 1.0).abs() < 1e-12 && (one.high - 1.0).abs() < 1e-12, "{one:?}");
    }
    for one in found.drivers.of("b") {
        assert_eq!((one.low, one.high), (0.0, 0.0), "{one:?}");
    }
    assert!(found.drivers.shares[0].iter().all(|share| (share - 1.0).abs() < 1e-12));
}

/// What the rules exclude is 0 exactly, however much else is drawn; what they leave open is not.
#[test]
fn what_rules_make_impossible_is_known() {
    let text = "[factors]\nx = { value = 'poisson(2)' }\ny = { value = 'normal(0, 1)' }\n\
                [events.aid]\nprobability = 'logistic(y)'\n[events.war]\nprobability = 'logistic(1 - y)'\n\
                [outcomes.calm]\nwhen = 'not war'\n[outcomes.famine]\nwhen = 'war and not aid and x > 1'\n[outcomes.want]\nelse = true\n";
    for (given, is_known) in [("aid", true), ("not aid", false)] {
        let found = common::summary(&common::understood(text, &[], &[given]), Kind::Sobol, 1, 1 << 11);
        let famine = *found.outcomes[1].probability;
        assert_eq!((famine.exact, famine.value == 0.0), (is_known, is_known), "{given}: {famine:?}");
    }
}

/// Fifty things that do nothing are looked at in each run: in one run of twenty, something among them passes for a driver.
#[test]
fn what_does_nothing_is_seldom_told_to_do_something() {
    let factors: String = (0..10).map(|at| format!("x{at} = {{ value = 'uniform(0, 1)' }}\n")).collect();
    let events: String = (0..4).map(|at| format!("[events.e{at}]\nprobability = 0.4\n")).collect();
    let text = format!(
        "[factors]\n{factors}y = {{ value = 'uniform(0, 1)' }}\n{events}\
         [outcomes.a]\nwhen = 'y < 0.3'\n[outcomes.b]\nwhen = 'y > 0.6'\n[outcomes.c]\nelse = true\n"
    );
    let model = common::model(&text);
    let mut false_runs = 0;
    for seed in 0..60 {
        let found = common::summary(&model, Kind::Sobol, seed, 1 << 12);
        let is_told = |one: &Driver| one.effect() != 0.0;
        false_runs += usize::from(found.drivers.drivers.iter().any(|one| one.id != "y" && is_told(one)));
        // What does something is told.
        assert!(is_told(driver(&found, "a", "y")) && driver(&found, "a", "y").effect() < -0.9);
    }
    // 3 of 60 are expected at most; 9 and more have a probability of 0.2 %.
    assert!(false_runs < 9, "{false_runs}");
}

#[test]
fn two_outcomes_with_one_formula_are_driven_alike() {
    let text = "[factors]\nx = { value = 'uniform(0, 1)' }\ny = { value = 'uniform(0, 1)' }\n\
                [outcomes.a]\nweights = { x = 1 }\n[outcomes.b]\nweights = { x = 1 }\n[outcomes.c]\n";
    let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
    let changes = Changes { given: vec!["x + y > 1".into()], ..Changes::default() };
    let case = session.case(&changes).expect("a sound scenario");
    let settings = common::settings(Kind::Sobol, 1, Rule::Draws(1 << 14));
    let found = case.answer(&Run::default(), &settings).expect("a run").finding;
    let totals = (0..found.drivers.shares[0].len())
        .map(|at| found.drivers.shares.iter().map(|one| one[at]).sum::<f64>());
    totals.for_each(|total| assert!((total - 1.0).abs() < 1e-9, "{total}"));
    let [a, b] = ["a", "b"].map(|one| driver(&found, one, "x"));
    assert_eq!((a.low, a.high), (b.low, b.high));
}

/// An event that moves an outcome more than any factor leads its drivers, and has an error under every design.
#[test]
fn the_strongest_driver_is_named_first_whatever_it_is() {
    for kind in Kind::ALL {
        let found = run(&[], false, 1 << 14, kind);
        let first = found.drivers.of("a").next().expect("a driver");
        assert_eq!((first.id.as_str(), first.kind), ("rain", DriverKind::Event));
        for one in &found.drivers.drivers {
            assert!(one.swing.std_error.is_finite(), "{}: {one:?}", kind.name());
        }
        let ids: Vec<&str> = found.drivers.of("a").map(|one| one.id.as_str()).collect();
        assert!(["x", "y", "sum", "sky", "rain"].iter().all(|id| ids.contains(id)), "{ids:?}");
    }
}

/// What shares a cause with an outcome, but leads to none, is no driver unless it is asked for by name; nor is what no theory uses
/// that may be right.
#[test]
fn what_leads_to_no_outcome_drives_none() {
    let text = "[factors]\nx = { value = 'uniform(0, 1)' }\nalong = { value = 'uniform(0, 1)' }\n\
        [derived.inner]\nvalue = 'x^2'\n[derived.mixed]\nvalue = 'inner + (if cause then 1 else 0)'\n\
        [derived.cost]\nvalue = '100 * x'\n[derived.beside]\nvalue = 'cost + (if effect then 1 else 0)'\n\
        [events.cause]\nprobability = 0.5\n[events.effect]\nprobability = 'x'\n\
        [[correlations]]\nbetween = [\"x\", \"along\"]\nrank = 0.8\n\
        [outcomes.a]\nwhen = 'mixed > 0.7'\n[outcomes.b]\nelse = true\n";
    let drivers = |of: &[&str]| {
        let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
        let case = session.case(&Changes::default()).expect("a sound scenario");
        let run = Run { of: of.iter().map(|one| one.to_string()).collect(), ..Run::default() };
        let found =
            case.answer(&run, &common::settings(Kind::Sobol, 1, Rule::Draws(1 << 12))).expect("a run");
        let mut names: Vec<String> = found.finding.drivers.of("a").map(|one| one.id.clone()).collect();
        names.sort();
        names
    };
    assert_eq!(drivers(&[]), ["along", "cause", "mixed", "x"]);
    assert_eq!(drivers(&["beside"]), ["along", "beside", "x"]);
}
