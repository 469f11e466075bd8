//! Brute force, and what is shown.

use super::{probabilities, run, shares};
use crate::common::finite::{Choices, settled};
use crate::common::{Found, understood};
use foretell::analysis::Failure;
use foretell::design::Kind;
use foretell::model::{Definition, Model, OutcomeId, Term, World};
use foretell::program::{CompileError, Obstacle};
use foretell::random::Key;
use std::fmt::Write;
use std::process::Command;

fn condition(choices: &mut Choices) -> String {
    let all = ["e", "f", "s == A", "s != B", "not f"];
    all[choices.below(all.len())].into()
}

fn random_model(choices: &mut Choices) -> String {
    let (p, q) = (choices.unit(), 0.5 * choices.unit());
    let mut text = format!(
        "[factors.s]\nstates = ['A', 'B', 'C']\nprobabilities = {{ A = {q}, B = 0.25, C = {} }}\n[events.e]\nprobability = {p}\n\
         [events.f]\nprobability = 'if s == A or e then {} else {}'\n[outcomes.a]\n[outcomes.b]\n[outcomes.c]\n",
        0.75 - q,
        choices.unit(),
        choices.unit()
    );
    let count = 2 + choices.below(2);
    let raw: Vec<f64> = (0..count).map(|_| 0.1 + choices.unit()).collect();
    let sum: f64 = raw.iter().sum();
    for (at, weight) in raw.iter().enumerate() {
        let _ = writeln!(text, "[theories.t{at}]\nweight = {}", weight / sum);
        let form = choices.below(3);
        let (one, other) = (condition(choices), condition(choices));
        for outcome in ["a", "b", "c"] {
            let decided = match (form, outcome) {
                (0, "a") => format!("when = '{one} and {other}'"),
                (0, "b") => format!("when = 'not ({one}) and {other}'"),
                (0, _) => "else = true".into(),
                (1, _) => {
                    format!("weights = {{ e = {}, s = {{ B = {} }} }}", choices.unit(), -choices.unit())
                }
                _ => format!("score = 'if {} then {} else 0'", condition(choices), 2.0 * choices.unit()),
            };
            let _ = writeln!(text, "[theories.t{at}.outcomes.{outcome}]\n{decided}");
        }
    }
    text
}

/// By going through every theory and every combination of states: the probability of what was learned, then, given that, of
/// each outcome, of each theory, and for each outcome E[p²] with p given theory and state of the factor.
fn enumerated(model: &Model) -> (f64, Vec<f64>, Vec<f64>, Vec<f64>) {
    let (outcomes, theories) = (model.outcomes.len(), model.theories.len());
    let mut joint = vec![vec![vec![0.0; outcomes]; 3]; theories];
    for (theory, by_state) in joint.iter_mut().enumerate() {
        for (state, by_outcome) in by_state.iter_mut().enumerate() {
            for bits in 0..4usize {
                let (happens, states) = ([bits & 1 == 1, bits & 2 == 2], [state]);
                let world = World { happens: &happens, states: &states, theory };
                let definition = Definition::new(model, &[], world);
                for (k, sum) in by_outcome.iter_mut().enumerate() {
                    let holds = |term: &Term| definition.value(&settled(term, OutcomeId(k))) == 1.0;
                    if definition.chance() > 0.0 && model.given.iter().all(holds) {
                        *sum += definition.chance() * definition.outcome(OutcomeId(k));
                    }
                }
            }
        }
    }
    let cells = || joint.iter().flatten();
    let total: f64 = cells().flatten().sum();
    let of_outcome = (0..outcomes).map(|k| cells().map(|one| one[k]).sum::<f64>() / total).collect();
    let of_theory = joint.iter().map(|one| one.iter().flatten().sum::<f64>() / total).collect();
    let square = |k: usize| {
        let known = cells().filter(|one| one.iter().sum::<f64>() > 0.0);
        known.map(|one| one[k] * one[k] / one.iter().sum::<f64>()).sum::<f64>() / total
    };
    (total, of_outcome, of_theory, (0..outcomes).map(square).collect())
}

#[test]
fn elimination_agrees_with_enumeration_over_theories() {
    let (mut compared, mut moved) = (0, 0);
    for seed in 0..200 {
        let mut choices = Choices { key: Key::new(seed).named("theories"), next: 0 };
        let text = random_model(&mut choices);
        let given = match choices.below(4) {
            0 => vec![],
            1 => vec![format!("outcome == a or {}", condition(&mut choices))],
            2 => vec![format!("theory != t0 or {}", condition(&mut choices)), "outcome != c".into()],
            _ => vec![condition(&mut choices)],
        };
        let given: Vec<&str> = given.iter().map(String::as_str).collect();
        let model = understood(&text, &[], &given);
        let (total, outcomes, theories, squares) = enumerated(&model);
        let found = match run(&model, Kind::Sobol) {
            Ok(found) => found,
            Err(Failure::Compile(CompileError { why: Obstacle::Impossible { .. }, .. }, None)) => {
                assert_eq!(total, 0.0, "{text}\n{given:?}");
                continue;
            }
            Err(other) => panic!("{other:?}"),
        };
        let Found { finding: found, course, .. } = found;
        let learned = found.evidence.map_or(1.0, |one| one.probability.value);
        assert!(course.exact && (learned - total).abs() < 1e-12, "{text}\n{given:?}");
        for (one, other) in probabilities(&found).iter().zip(&outcomes) {
            assert!((one - other).abs() < 1e-12, "{text}\n{given:?}: {one} {other}");
        }
        for (one, other) in found.theories.iter().zip(&theories) {
            assert!((one.posterior.value - other).abs() < 1e-12, "{text}\n{given:?}: {one:?} {other}");
            moved += usize::from((one.weight - other).abs() > 1e-3);
        }
        for (at, outcome) in found.outcomes.iter().enumerate() {
            let total = outcomes[at] * (1.0 - outcomes[at]);
            if total > 1e-9 {
                let chance = (outcomes[at] - squares[at]) / total;
                assert!((shares(outcome)[0].value - chance).abs() < 1e-9, "{text}\n{given:?}");
            }
        }
        compared += 1;
    }
    assert!(compared > 150 && moved > 50, "{compared} {moved}");
}

// What is shown.

#[test]
fn every_output_shows_each_theory() {
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/vladivostok-2023-theories.toml");
    let shown = |format: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_foretell"));
        command.args(["run", scenario, "--draws", "4096", "--no-charts", "--format", format]).args(more);
        let folder = std::env::temp_dir().join("foretell-theories");
        if format == "text" {
            command.arg("-o").arg(folder);
        }
        String::from_utf8(command.output().expect("foretell runs").stdout).expect("text")
    };
    let json: serde_json::Value = serde_json::from_str(&shown("json", &[])).expect("JSON");
    let theories = json["theories"].as_array().expect("theories");
    assert_eq!(
        (theories.len(), &theories[1]["id"], &theories[1]["label"]),
        (2, &"staged".into(), &"Beijing first".into())
    );
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    for (at, outcome) in json["outcomes"].as_array().expect("outcomes").iter().enumerate() {
        let mixed: f64 = theories
            .iter()
            .map(|one| number(&one["weight"]) * number(&one["outcomes"][at]["probability"]))
            .sum();
        assert!((number(&outcome["probability"]) - mixed).abs() < 1e-12);
        let shares = ["chance", "factors", "theories"].map(|part| number(&outcome["variance"][part]));
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
    let text = shown("text", &["--given", "deal", "-v"]);
    for word in [
        "What each theory says",
        "Each theory by itself",
        "Weight given what was learned",
        "Where uncertainty comes from",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    assert!(shown("markdown", &[]).contains("| All weighed at once | Beijing first | All theories |"));
    assert!(
        shown("csv", &[])
            .lines()
            .next()
            .is_some_and(|line| line.ends_with("words,theory_weighed,theory_staged"))
    );
    // A theory by itself has no rivals to be shown beside.
    assert!(!shown("text", &["--set", "theory=staged"]).contains("What each theory says"));
}
