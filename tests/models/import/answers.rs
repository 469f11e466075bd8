//! Answers of imported networks.

use super::asia;
use super::networks::{Chance, alarm, brute_force, network, random};
use crate::common::Found;
use foretell::analysis::Failure;
use foretell::analysis::run::RunFinding;
use foretell::analysis::states::StatesFinding;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::diagnostic::SourceId;
use foretell::interchange::{Network, scenario_text};
use foretell::simulation::Rule;
use foretell::{build, scenario};
use std::collections::BTreeMap;

/// The state of the first name, for the chest clinic: "yes", "true", "abnormal".
fn first_states(network: &Network, evidence: &[(&str, usize)]) -> BTreeMap<String, f64> {
    let index = |name: &str| network.variables.iter().position(|one| one.name == name).expect("a variable");
    let evidence: Vec<(usize, usize)> = evidence.iter().map(|(name, state)| (index(name), *state)).collect();
    let (_, found) = brute_force(network, &evidence);
    network.variables.iter().zip(found).map(|(one, states)| (one.name.clone(), states[0])).collect()
}

#[test]
fn the_chest_clinic_gives_its_textbook_values() {
    let network = network(&asia());
    let prior = first_states(&network, &[]);
    for (name, expected) in [
        ("VisitToAsia", 0.01),
        ("Tuberculosis", 0.0104),
        ("Smoking", 0.5),
        ("LungCancer", 0.055),
        ("Bronchitis", 0.45),
        ("Either", 0.064_828),
        ("X-ray", 0.110_290_04),
        ("Dyspnoea", 0.435_970_6),
    ] {
        assert!((prior[name] - expected).abs() < 1e-12, "{name}: {}", prior[name]);
    }
    // A visitor to Asia with dyspnoea, then with a normal X-ray: Lauritzen & Spiegelhalter's example.
    let visitor = [("VisitToAsia", 0), ("Dyspnoea", 0)];
    let posterior = first_states(&network, &visitor);
    for (name, expected) in [("Tuberculosis", 0.0878), ("LungCancer", 0.0995), ("Bronchitis", 0.8114)] {
        assert!((posterior[name] - expected).abs() < 5e-5, "{name}: {}", posterior[name]);
    }
    // By hand, without the network: Bayes' rule over tuberculosis alone, given a visit.
    let dyspnoea = |either: bool, bronchitis: bool| match (either, bronchitis) {
        (true, true) => 0.9,
        (true, false) => 0.7,
        (false, true) => 0.8,
        (false, false) => 0.1,
    };
    let mut sums = [0.0; 2];
    for (smoking, cancer, bronchitis) in (0..8).map(|bits| (bits & 1, bits & 2, bits & 4)) {
        let (p_cancer, p_bronchitis) = if smoking == 1 { (0.1, 0.6) } else { (0.01, 0.3) };
        let one = |is: bool, p: f64| if is { p } else { 1.0 - p };
        let chance = 0.5 * one(cancer > 0, p_cancer) * one(bronchitis > 0, p_bronchitis);
        sums[0] += 0.05 * chance * dyspnoea(true, bronchitis > 0);
        sums[1] += 0.95 * chance * dyspnoea(cancer > 0, bronchitis > 0);
    }
    assert!((posterior["Tuberculosis"] - sums[0] / (sums[0] + sums[1])).abs() < 1e-13);
}

/// A written file as a model, with what was learned: variables by their position, each with its state.
fn run(network: &Network, evidence: &[(usize, usize)]) -> Result<Found, Failure> {
    let text = scenario_text(network, "test.bif");
    let (mut document, found) = scenario::parse(&SourceFile::new("test.toml", text.as_str()));
    assert!(!found.has_errors(), "{found:?}");
    let given = |(variable, state): &(usize, usize)| {
        let category = &document.categories[*variable];
        format!("{} == {}", category.name.text, category.states[*state].text)
    };
    let given: Vec<String> = evidence.iter().map(given).collect();
    document.given = given
        .iter()
        .map(|one| {
            scenario::parse_given(&SourceFile::new("--given", one), SourceId(1)).expect("a proposition")
        })
        .collect();
    let (model, found) = build::build(&document, &Default::default(), &[]);
    assert!(!found.has_errors(), "{found:?}");
    let model = model.expect("a sound model");
    let asked = crate::common::compiled(&model)?;
    assert!(asked.program().inputs().is_empty(), "nothing is drawn");
    Ok(crate::common::run_of(&asked, Kind::Sobol, 1, Rule::default()))
}

fn shares(found: &RunFinding) -> Vec<Vec<f64>> {
    let states = |one: &StatesFinding| one.states.iter().map(|state| state.probability.value).collect();
    found.states().map(states).collect()
}

#[test]
fn imported_networks_answer_as_brute_force_does() {
    let mut compared = 0;
    for seed in 0..60 {
        let text = if seed == 0 { asia() } else { random(seed, 3 + (seed as usize) % 6) };
        let network = network(&text);
        let mut chance = Chance(seed);
        let evidence: Vec<(usize, usize)> = (0..chance.below(3))
            .map(|_| {
                let variable = chance.below(network.variables.len());
                (variable, chance.below(network.variables[variable].states.len()))
            })
            .collect();
        let (total, expected) = brute_force(&network, &evidence);
        let found = match run(&network, &evidence) {
            Ok(found) => found,
            Err(_) => {
                assert_eq!(total, 0.0);
                continue;
            }
        };
        assert!(found.course.exact);
        let found = found.finding;
        let learned = found.evidence.map_or(1.0, |one| one.probability.value);
        assert!((learned - total).abs() < 1e-12);
        for (one, other) in shares(&found).iter().flatten().zip(expected.iter().flatten()) {
            assert!((one - other).abs() < 1e-12, "{text}\n{evidence:?}: {one} {other}");
            compared += 1;
        }
    }
    assert!(compared > 500, "{compared}");
}

/// Too large to enumerate: what must hold of any answer is Bayes' rule, P(a | b) P(b) = P(b | a) P(a).
#[test]
fn a_network_of_alarms_size_is_answered_exactly() {
    let network = network(&alarm(7));
    let whole = shares(&run(&network, &[]).expect("possible").finding);
    assert_eq!(whole.len(), 37);
    for states in &whole {
        assert!((states.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
    for (a, b) in [(0, 36), (5, 30), (20, 10), (12, 33)] {
        let given_b = shares(&run(&network, &[(b, 1)]).expect("possible").finding);
        let given_a = shares(&run(&network, &[(a, 0)]).expect("possible").finding);
        let (left, right) = (given_b[a][0] * whole[b][1], given_a[b][1] * whole[a][0]);
        assert!((left - right).abs() < 1e-12, "{a} {b}: {left} {right}");
    }
}
