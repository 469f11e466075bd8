//! The scenarios on other subjects: a central bank's decision, talks after an election, ships that go round the Cape. Each
//! agrees with what it claims, is moved by evidence and what-ifs as it says, and gives the numbers that can be worked out by hand.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "cli")]

use std::process::{Command, Output};

use serde_json::Value;

const FED: &str = "scenarios/fed-2024.toml";
const NETHERLANDS: &str = "scenarios/netherlands-2023.toml";
const RED_SEA: &str = "scenarios/red-sea-2023.toml";
const DRAFT: &str = "docs/tutorial/draft.toml";
const CUT: &str = "docs/tutorial/cut.toml";

fn path(file: &str) -> String {
    format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn foretell(verb: &str, scenario: &str, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_foretell"));
    command.args([verb, &path(scenario), "--format", "json"]).args(more).output().expect("foretell runs")
}

fn answer(verb: &str, scenario: &str, more: &[&str]) -> Value {
    serde_json::from_slice(&foretell(verb, scenario, more).stdout).expect("JSON")
}

/// An ordinary run on draws that are quickly done.
fn run(scenario: &str, more: &[&str]) -> Value {
    answer("run", scenario, &[more, &["-n", "16384"]].concat())
}

/// What a list of an answer has under a name.
fn of<'a>(found: &'a Value, list: &str, name: &str) -> &'a Value {
    let all = found[list].as_array().expect("a list");
    all.iter().find(|one| one["id"] == name).unwrap_or_else(|| panic!("no {name} in {list}"))
}

fn probability(found: &Value, outcome: &str) -> f64 {
    of(found, "outcomes", outcome)["probability"].as_f64().expect("a probability")
}

fn mean(found: &Value, derived: &str) -> f64 {
    of(found, "derived", derived)["mean"].as_f64().expect("a mean")
}

fn near(found: f64, wanted: f64, most: f64) {
    assert!((found - wanted).abs() <= most, "{found} is not {wanted}");
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Shares in the proportions of what they are multiplied by.
fn bayes<const N: usize>(prior: [f64; N], likelihood: [f64; N]) -> [f64; N] {
    let joint: [f64; N] = std::array::from_fn(|at| prior[at] * likelihood[at]);
    joint.map(|one| one / joint.iter().sum::<f64>())
}

// What each file claims.

#[test]
fn every_file_agrees_with_what_it_claims() {
    for (scenario, claims) in [(FED, 11), (NETHERLANDS, 10), (RED_SEA, 11), (CUT, 5)] {
        let found = foretell("check", scenario, &[]);
        let told: Value = serde_json::from_slice(&found.stdout).expect("JSON");
        assert_eq!(found.status.code(), Some(0), "{scenario}: {told}");
        assert_eq!((&told["agree"], &told["cannot_tell"]), (&claims.into(), &0.into()), "{scenario}");
        assert_eq!(told["warnings"], Value::Array(Vec::new()), "{scenario}");
        assert_eq!(run(scenario, &[])["warnings"], Value::Array(Vec::new()), "{scenario}");
    }
}

/// The tutorial's first draft has two mistakes, and both are found; its blocks are those of its two files.
#[test]
fn the_draft_of_the_tutorial_is_found_out() {
    let found = foretell("check", DRAFT, &[]);
    let told: Value = serde_json::from_slice(&found.stdout).expect("JSON");
    let claims = told["claims"].as_array().expect("claims");
    let failed: Vec<&Value> = claims.iter().filter(|one| one["verdict"] == "disagrees").collect();
    assert_eq!((found.status.code(), failed.len()), (Some(1), 2), "{told}");

    let read = |file: &str| std::fs::read_to_string(path(file)).expect("a file of the project");
    let (draft, cut, tutorial) = (read(DRAFT), read(CUT), read("docs/tutorial.md"));
    let blocks: Vec<&str> =
        tutorial.split("```toml\n").skip(1).filter_map(|one| one.split("```").next()).collect();
    assert!(blocks.len() > 5, "the blocks were not found");
    assert!(blocks.iter().all(|one| draft.contains(one) || cut.contains(one)), "{blocks:?}");
    let rest = blocks.iter().fold(draft.clone(), |rest, one| rest.replace(one, ""));
    assert_eq!(rest.trim(), "", "the tutorial leaves out a part of the draft");
}

#[test]
fn outcomes_stand_in_the_order_that_was_expected_then() {
    let orders: [(&str, &[&str]); 3] = [
        (FED, &["quarter", "half", "hold", "larger"]),
        (NETHERLANDS, &["distance", "none", "ordinary", "without_pvv"]),
        (RED_SEA, &["weeks", "months", "cape", "divided"]),
    ];
    for (scenario, order) in orders {
        let found = run(scenario, &[]);
        let falling: Vec<f64> = order.iter().map(|name| probability(&found, name)).collect();
        assert!(falling.is_sorted_by(|a, b| a > b), "{scenario}: {falling:?}");
    }
}

// By hand.

/// Four reports about the escort, of which one is reliable in four of five cases: Bayes's rule on three states.
#[test]
fn reports_about_the_escort_follow_bayes() {
    let reliable = |likelihood: [f64; 3], r: f64| {
        likelihood.map(|one| r * one + (1.0 - r) * likelihood.iter().sum::<f64>() / 3.0)
    };
    let reports = [[0.8, 0.6, 0.5], reliable([0.7, 0.35, 0.1], 0.8), [0.05, 0.5, 0.8], [0.03, 0.3, 0.6]];
    let wanted = reports.into_iter().fold([0.30, 0.45, 0.25], bayes);
    let found = run(RED_SEA, &["--evidence", "guardian,maersk_returns,hangzhou,rubymar"]);
    let protection = of(&found, "factors", "protection");
    assert_eq!(protection["exact"], true, "{protection}");
    for (state, wanted) in ["holds", "leaks", "fails"].into_iter().zip(wanted) {
        near(protection["states"][state].as_f64().expect("a probability"), wanted, 1e-12);
    }
}

/// The first of three waits at constant rates ends the diversion; the lag held at a fortnight, 46 days are left of 60.
#[test]
fn rates_of_the_three_waits_add() {
    let held = ["--set", "ceasefire_mean=400", "--set", "deterrence_mean=900", "--set", "return_lag=14"];
    let found = answer("run", RED_SEA, &[&held[..], &["-n", "262144"]].concat());
    let within = |days: f64| {
        let escorts = [(0.30, 30.0), (0.45, 250.0), (0.25, 2000.0)];
        let back = |(share, mean): (f64, f64)| {
            share * (1.0 - (-days * (1.0 / 400.0 + 1.0 / 900.0 + 1.0 / mean)).exp())
        };
        escorts.into_iter().map(back).sum::<f64>()
    };
    near(probability(&found, "weeks"), within(46.0), 1e-3);
    near(probability(&found, "months"), within(183.0) - within(46.0), 1e-3);
    near(probability(&found, "divided") + probability(&found, "cape"), 1.0 - within(183.0), 1e-3);
}

#[test]
fn the_way_round_the_cape_is_that_of_a_chart() {
    let found = run(RED_SEA, &["--set", "speed=16", "--set", "fuel_price=620"]);
    let days = (13_800.0 - 10_600.0) / (24.0 * 16.0);
    near(mean(&found, "extra_days"), days, 1e-9);
    near(mean(&found, "extra_fuel"), 100.0 * days * 620.0 / 1e6, 1e-9);
    near(mean(&found, "cost_per_box"), 100.0 * days * 620.0 / 7000.0, 1e-9);
}

/// Evidence about the outcome multiplies its odds by the ratio of likelihoods, whatever the factors are.
#[test]
fn a_report_about_the_decision_follows_bayes() {
    let names = ["hold", "quarter", "half", "larger"];
    let of_all = |found: &Value| names.map(|name| probability(found, name));
    let before = of_all(&run(FED, &[]));
    let after = of_all(&run(FED, &["--evidence", "prices_report"]));
    let wanted = bayes(before, [0.5, 0.5, 0.25, 0.1]);
    for (after, wanted) in after.into_iter().zip(wanted) {
        near(after, wanted, 1e-4);
    }
}

#[test]
fn what_the_reports_of_august_come_to_is_what_was_published() {
    let found = run(FED, &["--variant", "as_published"]);
    near(mean(&found, "sahm"), 0.57, 1e-9);
    near(mean(&found, "jobs_over_three_months"), 145.0, 1e-9);
    near(mean(&found, "real_rate"), 5.33 - 3.2, 1e-9);
    let turmoil = of(&found, "events", "turmoil")["probability"].as_f64().expect("a probability");
    near(turmoil, 1.0 - (-0.7_f64 * 19.0 / 365.25).exp(), 1e-12);
}

/// With all that is not known held, the theory of steps is a tree of three events.
#[test]
fn steps_are_a_tree_of_events() {
    let held = [
        "theory=steps",
        "vvd=joins",
        "nsc_trust=0.5",
        "wilders_yields=0.6",
        "pvv_in_polls=42",
        "centre_open=0.2",
        "formation_days=200",
    ];
    let flags: Vec<&str> = held.iter().flat_map(|one| ["--set", one]).collect();
    let found = run(NETHERLANDS, &flags);
    let (baseline, premier) = (logistic(-1.6 + 1.5 + 1.2), logistic(-2.6 + 1.5 + 0.4));
    near(probability(&found, "ordinary"), baseline * premier, 1e-9);
    near(probability(&found, "distance"), baseline * (1.0 - premier), 1e-9);
    near(probability(&found, "without_pvv"), (1.0 - baseline) * 0.18, 1e-9);
    near(probability(&found, "none"), (1.0 - baseline) * 0.82, 1e-9);
    // The 301st day is too late.
    let late: Vec<&str> = flags
        .iter()
        .map(|one| if *one == "formation_days=200" { "formation_days=301" } else { one })
        .collect();
    near(probability(&run(NETHERLANDS, &late), "none"), 1.0, 0.0);
}

#[test]
fn seats_are_those_of_the_election() {
    let seats = |vvd: &str| {
        let found = run(NETHERLANDS, &["--set", vvd]);
        (mean(&found, "seats"), mean(&found, "senate_gap"))
    };
    assert_eq!((seats("vvd=joins"), seats("vvd=stays_out")), ((88.0, 8.0), (64.0, 18.0)));
}

// What evidence and what-ifs do.

/// How probable an outcome is before, and after each day on which something was reported.
fn way(scenario: &str, outcome: &str) -> Vec<f64> {
    let found = answer("update", scenario, &["-n", "16384"]);
    let value = |one: &Value| one["value"].as_f64().expect("a value");
    let before = value(&of(&found, "answers", outcome)["prior"]);
    let days = found["timeline"].as_array().expect("days").iter();
    std::iter::once(before).chain(days.map(|day| value(of(day, "probabilities", outcome)))).collect()
}

#[test]
fn evidence_moves_each_file_towards_what_happened() {
    // Openings, jobs and prices, the papers, an opinion, the eve.
    let half = way(FED, "half");
    let rises: Vec<bool> = half.windows(2).map(|pair| pair[1] > pair[0]).collect();
    assert_eq!(rises, [true, true, false, true, true, true], "{half:?}");
    assert!(half[0] < 0.4 && half[6] > 0.6, "{half:?}");

    // The freezer, the walk-out, the report, no premier, the accord.
    let distance = way(NETHERLANDS, "distance");
    assert!(distance.is_sorted_by(|a, b| a < b) && distance[5] > 0.9, "{distance:?}");
    let none = way(NETHERLANDS, "none");
    assert!(none[2] > none[0] && none[5] < 0.1, "{none:?}");

    // First hope, then none.
    let weeks = way(RED_SEA, "weeks");
    assert!(weeks[2] > weeks[0] + 0.1 && weeks[3] < weeks[0] && *weeks.last().unwrap() < 0.01, "{weeks:?}");
    let (divided, cape) = (way(RED_SEA, "divided"), way(RED_SEA, "cape"));
    assert!(divided[0] + cape[0] < 0.25, "{divided:?} {cape:?}");
    assert!(divided.last().unwrap() + cape.last().unwrap() > 0.8, "{divided:?} {cape:?}");
}

#[test]
fn what_ifs_move_as_their_names_say() {
    let changes = |scenario: &str| {
        let found = run(scenario, &["--all-variants"]);
        move |variant: &str, outcome: &str| {
            of(of(&found, "variants", variant), "outcomes", outcome)["difference"]
                .as_f64()
                .expect("a difference")
        }
    };
    let fed = changes(FED);
    assert!(fed("bad_jobs", "half") > 0.2 && fed("chair_insures", "half") > 0.1);
    assert!(fed("hot_prices", "half") < -0.1 && fed("as_published", "half") < -0.1);
    assert!(fed("hot_prices", "hold") > 0.0);

    let netherlands = changes(NETHERLANDS);
    assert!(netherlands("vvd_joins", "ordinary") > 0.03 && netherlands("trust", "ordinary") > 0.1);
    assert!(netherlands("trust", "none") < -0.1 && netherlands("empty_chest", "none") > 0.03);

    let red_sea = changes(RED_SEA);
    assert!(red_sea("tight_escort", "weeks") > 0.3 && red_sea("no_truce", "cape") > 0.05);
    for outcome in ["weeks", "months", "divided", "cape"] {
        near(red_sea("covid_market", outcome), 0.0, 0.0);
    }
    let rate = |more: &[&str]| mean(&run(RED_SEA, more), "rate_peak");
    assert!(rate(&["--variant", "covid_market"]) > 1.5 * rate(&[]));
}
