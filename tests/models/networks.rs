//! Finite models against brute force: every combination of states, by the model's own definition.

#![allow(clippy::disallowed_methods)]

use std::fmt::Write;

use crate::common::finite::{Choices, condition, enumerated, random_model};
use crate::common::{self, Found, compiled, number, understood};
use foretell::analysis::Failure;
use foretell::analysis::run::RunFinding;
use foretell::design::Kind;
use foretell::model::Model;
use foretell::program::{CompileError, Obstacle};
use foretell::random::Key;
use foretell::simulation::Rule;

fn run(model: &Model) -> Result<Found, Failure> {
    Ok(common::run_of(&compiled(model)?, Kind::Sobol, 1, Rule::Draws(64)))
}

fn summary(model: &Model) -> Result<RunFinding, Failure> {
    Ok(run(model)?.finding)
}

fn answers(found: &RunFinding) -> Vec<f64> {
    let outcomes = found.outcomes.iter().map(|one| one.probability);
    let events = found.events.iter().map(|one| one.probability);
    let states = found.states().flat_map(|one| &one.states).map(|one| one.probability);
    outcomes
        .chain(events)
        .chain(states)
        .map(|one| {
            assert!(one.exact);
            one.value
        })
        .collect()
}

#[test]
fn elimination_agrees_with_enumeration_on_random_models_with_evidence_and_interventions() {
    let (mut compared, mut impossible, mut wrong) = (0, 0, 0);
    for seed in 0..400 {
        let (text, nodes) = random_model(seed);
        let mut choices = Choices { key: Key::new(seed).named("asked"), next: 0 };
        let mut given = Vec::new();
        for _ in 0..choices.below(3) {
            let one = condition(&nodes[choices.below(nodes.len())], &mut choices);
            let other = condition(&nodes[choices.below(nodes.len())], &mut choices);
            given.push(match choices.below(4) {
                0 => format!("{one} or {other}"),
                1 => format!("{one} and {other}"),
                2 => format!("outcome == a or {one}"),
                _ => one,
            });
        }
        let set: Vec<String> = match choices.below(3) {
            0 => {
                let (name, states) = &nodes[choices.below(nodes.len())];
                let value = states.as_ref().map_or("true".into(), |states| states[0].clone());
                vec![format!("{name}={value}")]
            }
            _ => Vec::new(),
        };
        let model = understood(&text, &set, &given);
        let (weight, expected) = enumerated(&model);
        match run(&model) {
            Err(Failure::Compile(CompileError { why: Obstacle::Impossible { .. }, .. }, None)) => {
                assert_eq!(weight, 0.0, "{text}\n{given:?} {set:?}");
                impossible += 1;
            }
            Err(other) => panic!("{other:?}"),
            Ok(Found { finding: found, course, .. }) => {
                assert!(course.exact);
                let learned = found.evidence.map_or(1.0, |one| one.probability.value);
                assert!((learned - weight).abs() < 1e-12, "{text}\n{given:?} {set:?}: {learned} {weight}");
                for (one, other) in answers(&found).iter().zip(&expected) {
                    assert!((one - other).abs() < 1e-12, "{text}\n{given:?} {set:?}: {one} {other}");
                }
                compared += 1;
                // Taking an intervention for evidence is noticed.
                if let [one] = &set[..] {
                    let (name, value) = one.split_once('=').expect("a value");
                    let learned = if value == "true" { name.into() } else { format!("{name} == {value}") };
                    let other = understood(&text, &[], &[given.clone(), vec![learned]].concat());
                    let differs =
                        enumerated(&other).1.iter().zip(&expected).any(|(a, b)| (a - b).abs() > 1e-12);
                    wrong += usize::from(differs);
                }
            }
        }
    }
    assert!(compared > 300 && impossible > 0 && wrong > 30, "{compared} {impossible} {wrong}");
}

/// The same models with their states drawn: |z| < 5 for every answer, and the largest |z| of answers that are off by a
/// hundredth is far above.
#[test]
fn elimination_agrees_with_drawing_the_states() {
    let (mut compared, mut largest, mut planted) = (0, 0.0f64, 0.0f64);
    for seed in 0..40 {
        let (text, nodes) = random_model(seed);
        let mut choices = Choices { key: Key::new(seed).named("drawn"), next: 0 };
        let given = vec![condition(&nodes[choices.below(nodes.len())], &mut choices)];
        let model = understood(&text, &[], &given);
        let (weight, expected) = enumerated(&model);
        if weight < 0.05 {
            continue;
        }
        let found =
            common::run_of(&common::drawn(&model), Kind::Independent, seed, Rule::Draws(1 << 15)).finding;
        let estimates = found.outcomes.iter().map(|one| one.probability);
        for (one, exact) in estimates.zip(&expected) {
            if one.std_error > 1e-6 {
                let z = |value: f64| ((one.value - value) / one.std_error).abs();
                largest = largest.max(z(*exact));
                planted = planted.max(z(exact + 0.01));
                compared += 1;
            }
        }
    }
    assert!(compared > 50 && largest < 5.0 && planted > 5.0, "{compared} {largest} {planted}");
}

/// The probability of an outcome.
fn outcome(text: &str, set: &[&str], given: &[&str], name: &str) -> f64 {
    let found = summary(&understood(text, set, given)).expect("possible");
    let outcome = found.outcomes.iter().find(|one| one.id == name).expect("an outcome");
    assert!(outcome.probability.exact);
    outcome.probability.value
}

#[track_caller]
fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
}

/// Simpson's paradox with the numbers of the kidney-stone trial (Charig et al. 1986): the treatment that is better for small
/// stones and for large ones looks worse among those who got it, because it was given for large stones.
#[test]
fn simpsons_paradox_is_told_apart() {
    let text = "[events.large]\nprobability = '343 / 700'\n\
        [events.open_surgery]\nprobability = 'if large then 263 / 343 else 87 / 357'\n\
        [outcomes.cured]\n\
        score = 'logit(if open_surgery then (if large then 192 / 263 else 81 / 87) else (if large then 55 / 80 else 234 / 270))'\n\
        [outcomes.ill]\nscore = 0\n";
    let seen = |given: &str| outcome(text, &[], &[given], "cured");
    assert_close(seen("open_surgery"), 273.0 / 350.0);
    assert_close(seen("not open_surgery"), 289.0 / 350.0);
    let made = |set: &str| outcome(text, &[set], &[], "cured");
    // Σ P(size) P(cured | treatment, size), Pearl's (2009) adjustment by the back door.
    assert_close(made("open_surgery=true"), 343.0 / 700.0 * 192.0 / 263.0 + 357.0 / 700.0 * 81.0 / 87.0);
    assert_close(made("open_surgery=false"), 343.0 / 700.0 * 55.0 / 80.0 + 357.0 / 700.0 * 234.0 / 270.0);
    assert!(seen("open_surgery") < seen("not open_surgery"));
    assert!(made("open_surgery=true") > made("open_surgery=false"));
}

/// Pearl's (2009, section 3.3) front door: an unseen cause of smoking and of cancer, and tar between the two. What smoking does
/// can be told from what is seen alone.
#[test]
fn the_front_door_formula_gives_what_an_intervention_does() {
    let text = "[events.gene]\nprobability = 0.4\n\
        [events.smoking]\nprobability = 'if gene then 0.8 else 0.3'\n\
        [events.tar]\nprobability = 'if smoking then 0.9 else 0.05'\n\
        [outcomes.cancer]\nscore = 'logit(if tar then (if gene then 0.7 else 0.35) else (if gene then 0.5 else 0.1))'\n\
        [outcomes.health]\nscore = 0\n";
    let event = |given: &str, name: &str| {
        let model = understood(text, &[], &[given]);
        let found = summary(&model).expect("possible");
        found.events.iter().find(|one| one.id == name).expect("an event").probability.value
    };
    let smoking = event("smoking or not smoking", "smoking");
    let of = |truth: bool, name: &str| if truth { name.to_string() } else { format!("not {name}") };
    for smokes in [true, false] {
        let mut expected = 0.0;
        for tar in [true, false] {
            let has_tar = event(&of(smokes, "smoking"), "tar");
            let within: f64 = [true, false]
                .into_iter()
                .map(|other| {
                    let share = if other { smoking } else { 1.0 - smoking };
                    let given = format!("{} and {}", of(other, "smoking"), of(tar, "tar"));
                    share * outcome(text, &[], &[&given], "cancer")
                })
                .sum();
            expected += if tar { has_tar } else { 1.0 - has_tar } * within;
        }
        let made = outcome(text, &[&format!("smoking={smokes}")], &[], "cancer");
        assert_close(made, expected);
        let seen = outcome(text, &[], &[&of(smokes, "smoking")], "cancer");
        assert!((made - seen).abs() > 0.01);
    }
}

#[test]
fn evidence_gives_the_same_at_once_in_parts_and_in_any_order() {
    let mut compared = 0;
    for seed in 0..60 {
        let (text, nodes) = random_model(seed);
        let mut choices = Choices { key: Key::new(seed).named("chain"), next: 0 };
        let parts: Vec<String> =
            (0..3).map(|_| condition(&nodes[choices.below(nodes.len())], &mut choices)).collect();
        let turned: Vec<String> = parts.iter().rev().cloned().collect();
        let joined = vec![parts.join(" and ")];
        let [one, two, three] =
            [&parts, &turned, &joined].map(|given| summary(&understood(&text, &[], given)));
        let Ok(one) = one else {
            assert!(two.is_err() && three.is_err());
            continue;
        };
        for other in [two.expect("possible"), three.expect("possible")] {
            for (a, b) in answers(&one).iter().zip(answers(&other)) {
                assert!((a - b).abs() < 1e-12, "{text}\n{parts:?}");
            }
        }
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}

/// A tree of stages, and the same question as nested conditions.
#[test]
fn a_tree_of_events_is_a_nested_condition() {
    let stages = "[events.talks]\nprobability = 0.7\n[events.deal]\nprobability = 'if talks then 0.4 else 0.05'\n\
        [events.kept]\nprobability = 'if deal then 0.6 else 0'\n";
    let tree = format!(
        "{stages}[outcomes.lasting]\nwhen = 'deal and kept'\n[outcomes.broken]\nwhen = 'deal and not kept'\n\
         [outcomes.nothing]\nelse = true\n"
    );
    let nested = "[derived.deal]\nvalue = '0.7 * 0.4 + 0.3 * 0.05'\n[events.lasts]\nprobability = 'deal * 0.6'\n\
         [events.breaks]\nprobability = 'if lasts then 0 else deal * 0.4 / (1 - deal * 0.6)'\n\
         [outcomes.lasting]\nwhen = 'lasts'\n[outcomes.broken]\nwhen = 'breaks'\n[outcomes.nothing]\nelse = true\n";
    for name in ["lasting", "broken", "nothing"] {
        assert_close(outcome(&tree, &[], &[], name), outcome(nested, &[], &[], name));
    }
    assert_close(outcome(&tree, &[], &[], "lasting"), 0.295 * 0.6);
}

/// Evidence on a factor costs no draws, however rare it is.
#[test]
fn rare_evidence_on_a_factor_confines_the_draws() {
    let text = "[factors.x]\nvalue = 'normal(0, 1)'\n[derived.twice]\nvalue = '2 * x'\n\
         [outcomes.up]\nscore = 'x'\n[outcomes.down]\nscore = 0\n";
    let bound = 4.753424308822899f64;
    let model = understood(text, &[], &[format!("x > {bound}")]);
    let found = common::summary(&model, Kind::Sobol, 1, 1 << 14);
    let learned = found.evidence.expect("something was learned");
    assert!((learned.probability.value / 1e-6 - 1.0).abs() < 1e-9);
    assert!(learned.effective_draws == f64::from(1 << 14) && common::weighs_all_alike(&model));
    // E[x | x > c] = φ(c) / P for a normal.
    let expected = 2.0 * (-bound * bound / 2.0).exp() / std::f64::consts::TAU.sqrt() / 1e-6;
    let mean = found.derived[0].mean;
    assert!(
        (mean.value - expected).abs() < 5.0 * mean.std_error && mean.std_error < 1e-3,
        "{mean:?} {expected}"
    );
    assert_close(2.0 * number(&found, 0).mean.value, mean.value);
}

/// In a copula the members are confined one after the other: P(both above) is that of the bivariate normal law.
#[test]
fn evidence_on_correlated_factors_is_that_of_the_normal_law() {
    // Sheppard's formula holds of every elliptical law, the t copula's too.
    for (rho, degrees) in
        [(-0.9f64, ""), (-0.3, ""), (0.0, ""), (0.5, ""), (0.95, ""), (0.6, "degrees = 4\n")]
    {
        let text = format!(
            "[factors]\nx = {{ value = 'uniform(0, 1)' }}\ny = {{ value = '2 - uniform(0, 1)' }}\n\
             [[correlations]]\nbetween = [\"x\", \"y\"]\nnormal = {rho}\n{degrees}\
             [outcomes.a]\nscore = 'x'\n[outcomes.b]\nscore = 'y'\n"
        );
        let model = understood(&text, &[], &["x > 0.5 and y > 1.5"]);
        let found = common::summary(&model, Kind::Sobol, 3, 1 << 14);
        let learned = found.evidence.expect("something was learned").probability;
        // Sheppard (1899): P(both above their medians) = 1/4 + asin(ρ) / 2π.
        let expected = 0.25 + rho.asin() / (2.0 * std::f64::consts::PI);
        assert!(
            (learned.value - expected).abs() <= 5.0 * learned.std_error + 1e-9,
            "{rho}: {learned:?} {expected}"
        );
        assert!(rho == 0.0 || (learned.value - 0.25).abs() > 5.0 * learned.std_error);
    }
}

/// The reference problems say their answers in their heads.
#[test]
fn reference_problems_have_their_known_answers() {
    let text = common::reference("seeing-and-doing");
    assert_close(outcome(&text, &[], &["open_surgery"], "cured"), 273.0 / 350.0);
    assert_close(outcome(&text, &[], &["not open_surgery"], "cured"), 289.0 / 350.0);
    let made = |set: &str| outcome(&text, &[set], &[], "cured");
    assert_close(made("open_surgery=true"), 357.0 / 700.0 * 81.0 / 87.0 + 343.0 / 700.0 * 192.0 / 263.0);
    assert_close(made("open_surgery=false"), 357.0 / 700.0 * 234.0 / 270.0 + 343.0 / 700.0 * 55.0 / 80.0);
    let alarm = common::reference("burglar-alarm");
    let found = summary(&understood(&alarm, &[], &["john and mary"])).expect("possible");
    assert_close(found.events[0].probability.value, 0.284_171_835_364_393);
    assert_close(found.evidence.expect("something was learned").probability.value, 0.002_084_100_239);
}

/// The example of docs/scenario-format.md, section "What was learned".
#[test]
fn the_retreat_of_the_documentation_is_as_it_says() {
    let text = "[events.storm]\nprobability = 0.3\n[events.retreat]\nprobability = 'if storm then 0.8 else 0.1'\n\
        [events.defeat]\nprobability = 'if storm then 0.6 else 0.1'\n[outcomes.lost]\nwhen = 'defeat'\n[outcomes.held]\nelse = true\n";
    assert_close(outcome(text, &[], &[], "lost"), 0.25);
    assert_close(outcome(text, &["retreat=true"], &[], "lost"), 0.25);
    let learned = outcome(text, &[], &["retreat"], "lost");
    assert_close(learned, (0.24 * 0.6 + 0.07 * 0.1) / 0.31);
    assert_eq!(format!("{:.1}", 100.0 * learned), "48.7");
    assert!(std::fs::read_to_string("docs/scenario-format.md").unwrap_or_default().contains("48.7 %"));
}

/// Ten factors with four states are a million combinations: the probability is summed, the spread is drawn.
#[test]
fn a_spread_over_too_many_states_is_drawn() {
    let mut text = String::new();
    let mut sum = String::from("0");
    for at in 0..10 {
        let _ = writeln!(
            text,
            "[factors.f{at}]\nstates = [\"a\", \"b\", \"c\", \"d\"]\nprobabilities = {{ a = 0.4, b = 0.3, c = 0.2 }}\n\
             [events.e{at}]\nprobability = 'if f{at} == a then 0.1 else if f{at} == b then 0.3 else 0.6'"
        );
        let _ = write!(sum, " or e{at}");
    }
    let any = sum.trim_start_matches("0 or ");
    let _ = writeln!(text, "[outcomes.yes]\nwhen = '{any}'\n[outcomes.no]\nelse = true");
    let model = understood::<&str>(&text, &[], &[]);
    let found = common::summary(&model, Kind::Sobol, 1, 1 << 14);
    let no = &found.outcomes[1];
    // Each event stays away with 0.4 · 0.9 + 0.3 · 0.7 + 0.3 · 0.4 = 0.69.
    assert!(no.probability.exact);
    assert_close(no.probability.value, 0.69f64.powi(10));
    assert!(no.spread_error.is_some() && no.spread.p05 < no.spread.p50 && no.spread.p50 < no.spread.p95);
    // By enumeration of all 3^10 states. Percentiles are read from cells that are at most 1/64 of their distance from 0
    // wide.
    let mut law = vec![(1.0f64, 1.0)];
    for _ in 0..10 {
        let each = |(value, share): (f64, f64)| {
            [(0.4, 0.9), (0.3, 0.7), (0.3, 0.4)].map(|(one, stay)| (value * stay, share * one))
        };
        law = law.into_iter().flat_map(each).collect();
    }
    law.sort_by(|a, b| a.0.total_cmp(&b.0));
    let error = no.spread_error.expect("drawn");
    let levels =
        [(0.05, no.spread.p05, error[0]), (0.5, no.spread.p50, error[1]), (0.95, no.spread.p95, error[2])];
    for (level, found, error) in levels {
        let mut passed = 0.0;
        let reaches = |(_, share): &&(f64, f64)| {
            passed += share;
            passed >= level
        };
        let expected = law.iter().find(reaches).expect("shares sum to 1").0;
        assert!(
            (found - expected).abs() <= 5.0 * error + expected / 64.0,
            "{level}: {found} {expected} {error}"
        );
    }
}

/// A table of numbers may have more rows than a formula may have states.
#[test]
fn a_table_of_thousands_of_numbers_is_summed() {
    const STATES: usize = 80;
    let states: Vec<String> = (0..STATES).map(|at| format!("\"s{at}\"")).collect();
    let each = 1.0 / STATES as f64;
    let shares: Vec<String> = (0..STATES - 1).map(|at| format!("s{at} = {each}")).collect();
    let mut text = String::new();
    for name in ["a", "b"] {
        let _ = writeln!(
            text,
            "[factors.{name}]\nstates = [{}]\nprobabilities = {{ {} }}",
            states.join(", "),
            shares.join(", ")
        );
    }
    // Both in the same state: one in eighty.
    let same: Vec<String> = (0..STATES)
        .map(|at| format!("{{ when = {{ a = \"s{at}\", b = \"s{at}\" }}, probabilities = {{ yes = 1 }} }}"))
        .collect();
    let _ = writeln!(
        text,
        "[factors.same]\nstates = [\"yes\", \"no\"]\ntable = [ {}, {{ else = true, probabilities = {{ yes = 0 }} }} ]",
        same.join(", ")
    );
    let found = summary(&understood::<&str>(&text, &[], &[])).expect("possible");
    let yes = found.states().nth(2).expect("three factors").states[0].probability;
    assert!(yes.exact);
    assert_close(yes.value, each);
}

/// A chain of events in numbers, and one that a draw has a part in: what is asked of both is not in the tree of the numbers.
#[test]
fn a_tree_of_numbers_stands_beside_what_is_drawn() {
    let mut text = String::from("[factors.x]\nvalue = 'uniform(0, 1)'\n[events.e0]\nprobability = 0.5\n");
    let last = 19;
    for at in 1..=last {
        let before = at - 1;
        write!(text, "[events.e{at}]\nprobability = 'if e{before} then 0.9 else 0.2'\n").unwrap();
    }
    write!(text, "[events.late]\nprobability = 'if e{last} then x else 0.1'\n").unwrap();
    write!(text, "[outcomes.a]\nwhen = 'late and e{last}'\n[outcomes.b]\nelse = true\n").unwrap();
    let found =
        common::run(&understood::<&str>(&text, &[], &[]), Kind::Sobol, 1, Rule::Draws(1 << 12)).finding;
    // 2/3 is what the chain settles at; each step leaves 0.7 of the distance.
    let chain = |at: i32| 2.0 / 3.0 - (2.0 / 3.0 - 0.5) * 0.7f64.powi(at);
    for (at, event) in found.events.iter().take(last + 1).enumerate() {
        assert!(event.probability.exact, "{at}");
        assert_close(event.probability.value, chain(at as i32));
    }
    let end = chain(last as i32);
    for (estimate, truth) in [
        (found.outcomes[0].probability.0, end * 0.5),
        (found.events[last + 1].probability.0, end * 0.5 + (1.0 - end) * 0.1),
    ] {
        assert!(
            !estimate.exact && (estimate.value - truth).abs() < 5.0 * estimate.std_error + 1e-12,
            "{estimate:?} {truth}"
        );
        assert!(estimate.std_error < 1e-3);
    }
}
