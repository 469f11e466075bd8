//! Finite models, against enumeration.

use super::*;

/// P(burglary, earthquake, alarm, john, mary) by the chain rule, with the numbers of Russell & Norvig (1995).
fn alarm([burglary, earthquake, alarm, john, mary]: [bool; 5]) -> f64 {
    let p = |happens: bool, p: f64| if happens { p } else { 1.0 - p };
    let rings = match (burglary, earthquake) {
        (true, true) => 0.95,
        (true, false) => 0.94,
        (false, true) => 0.29,
        (false, false) => 0.001,
    };
    let calls = |who: bool, rare: f64, often: f64| p(who, if alarm { often } else { rare });
    p(burglary, 0.001)
        * p(earthquake, 0.002)
        * p(alarm, rings)
        * calls(john, 0.05, 0.9)
        * calls(mary, 0.01, 0.7)
}

const NAMES: [&str; 5] = ["burglary", "earthquake", "alarm", "john", "mary"];

/// The cells of some of the five, given that some hold.
fn alarms(of: &[usize], given: &[usize], cells: &[Vec<usize>]) -> Vec<f64> {
    let worlds = (0..32usize).map(|bits| [0, 1, 2, 3, 4].map(|at| bits >> at & 1 == 1));
    let worlds: Vec<[bool; 5]> = worlds.filter(|world| given.iter().all(|at| world[*at])).collect();
    let total: f64 = worlds.iter().map(|world| alarm(*world)).sum();
    let cell = |states: &Vec<usize>| {
        let is_in = |world: &&[bool; 5]| of.iter().zip(states).all(|(at, state)| world[*at] == (*state == 0));
        worlds.iter().filter(is_in).map(|world| alarm(*world)).sum::<f64>() / total
    };
    cells.iter().map(cell).collect()
}

#[test]
fn the_burglar_alarm_is_as_the_chain_rule_has_it() {
    for given in [&[][..], &[3], &[3, 4], &[2]] {
        let learned: Vec<&str> = given.iter().map(|at| NAMES[*at]).collect();
        let model = understood(&reference("burglar-alarm"), &[], &learned);
        for of in [&[0, 1][..], &[3, 4], &[2, 3], &[0, 3, 1], &[3, 4, 2]] {
            let all: Vec<Aspect> = of.iter().map(|at| event(&model, NAMES[*at])).collect();
            let run = exactly(&model, &all);
            let table = &run.joint[0];
            let truth = alarms(of, given, &cells(table));
            assert_table(&format!("{of:?} given {given:?}"), table, &truth);
        }
    }
}

/// A control: another alarm is told from this one.
#[test]
fn another_alarm_has_another_table() {
    let text = reference("burglar-alarm").replace("probability = 0.29", "probability = 0.30");
    let model = model(&text);
    let run = exactly(&model, &[event(&model, "earthquake"), event(&model, "john")]);
    let table = &run.joint[0];
    let truth = alarms(&[1, 3], &[], &cells(table));
    let apart = table.cells.iter().zip(&truth).map(|(cell, truth)| (cell.probability.value - truth).abs());
    assert!(apart.fold(0.0, f64::max) > 1e-6);
}

#[test]
fn random_finite_models_are_as_enumerated() {
    let mut tables = 0;
    for seed in 0..40 {
        let (text, _) = random_model(seed);
        let model = model(&text);
        let all = aspects(&model);
        let pairs = (0..all.len() - 1).map(|at| vec![all[at].clone(), all[at + 1].clone()]);
        let triples = (0..all.len() - 2).map(|at| [at + 2, at, at + 1].map(|at| all[at].clone()).to_vec());
        let joints: Vec<Joint> = pairs.chain(triples).map(|of| Joint { of }).collect();
        let run = found(&model, &joints, Kind::Sobol, Rule::default());
        assert!(run.course.exact, "{seed}");
        for (joint, table) in joints.iter().zip(&run.finding.joint) {
            assert_table(&format!("model {seed}"), table, &enumerated(&model, joint, &cells(table)));
            tables += 1;
        }
    }
    assert!(tables > 200);
}

#[test]
fn evidence_conditions_every_cell() {
    let text = "[factors.mood]\nstates = [\"calm\", \"tense\"]\nprobabilities = { calm = 0.6, tense = 0.4 }\n\
                [events.deal]\nprobability = 'if mood == calm then 0.7 else 0.2'\n\
                [outcomes.yes]\nwhen = 'deal'\n[outcomes.no]\nelse = true\n\
                [[evidence]]\ndate = 2024-01-01\nid = \"ships\"\nlikelihood = { yes = 0.8, no = 0.2 }\n";
    let mut model = model(text);
    model.evidence[0].active = true;
    let run = exactly(&model, &[category(&model, "mood"), event(&model, "deal")]);
    // Each cell times its likelihood, over their sum.
    let raw = [0.6 * 0.7 * 0.8, 0.6 * 0.3 * 0.2, 0.4 * 0.2 * 0.8, 0.4 * 0.8 * 0.2];
    let sum: f64 = raw.iter().sum();
    assert_table("evidence", &run.joint[0], &raw.map(|one| one / sum));
    // A control: without it the cells are others.
    model.evidence[0].active = false;
    let before = exactly(&model, &[category(&model, "mood"), event(&model, "deal")]);
    assert_exact("before", before.joint[0].cells[0].probability.0, 0.42);
}

#[test]
fn what_is_certain_and_what_can_not_be_is_said_so() {
    let text = "[events.rain]\nprobability = 0.3\n[events.wet]\nprobability = 'if rain then 1 else 0'\n\
                [events.never]\nprobability = 0\n";
    let model = model(text);
    let run = exactly(&model, &[event(&model, "rain"), event(&model, "wet")]);
    let [both, dry, odd, none] = [0, 1, 2, 3].map(|at| &run.joint[0].cells[at]);
    assert_eq!([both, dry, odd, none].map(|one| one.probability.value), [0.3, 0.0, 0.0, 0.7]);
    assert_eq!([both, dry, odd, none].map(|one| one.conditional.value), [1.0, 0.0, 0.0, 1.0]);
    assert!((both.beyond_independence.value - 0.21).abs() < 1e-15);
    let run = exactly(&model, &[event(&model, "never"), event(&model, "wet")]);
    let never = &run.joint[0].cells[0];
    assert!(never.probability.exact && never.probability.value == 0.0 && never.conditional.value.is_nan());
    assert_eq!(never.beyond_independence.value, 0.0);
}
