//! Networks of more tables than are multiplied as they come, whose answers come from one tree.

#![allow(clippy::disallowed_methods)]

use crate::common::finite::Choices;
use crate::common::{self, compiled, understood};
use foretell::analysis::Failure;
use foretell::analysis::run::RunFinding;
use foretell::design::Kind;
use foretell::model::Model;
use foretell::program::{CompileError, Obstacle};
use foretell::random::Key;
use foretell::simulation::Rule;

fn summary(model: &Model) -> Result<RunFinding, Failure> {
    Ok(common::run_of(&compiled(model)?, Kind::Sobol, 1, Rule::Draws(64)).finding)
}

/// A random network of so many events: for each its parents, and its probability in each of their states.
fn random_events(size: usize, choices: &mut Choices) -> Vec<(Vec<usize>, Vec<f64>)> {
    let event = |at: usize| {
        let mut parents: Vec<usize> = (0..choices.below(3).min(at)).map(|_| choices.below(at)).collect();
        parents.sort_unstable();
        parents.dedup();
        let probabilities = (0..1 << parents.len()).map(|_| 0.02 + 0.96 * choices.unit()).collect();
        (parents, probabilities)
    };
    (0..size).map(event).collect()
}

fn events_text(events: &[(Vec<usize>, Vec<f64>)]) -> String {
    fn formula(parents: &[usize], probabilities: &[f64]) -> String {
        let Some((first, rest)) = parents.split_first() else { return probabilities[0].to_string() };
        let (not, so) = probabilities.split_at(probabilities.len() / 2);
        format!("if e{first} then ({}) else ({})", formula(rest, so), formula(rest, not))
    }
    let line = |(at, (parents, probabilities)): (usize, &(Vec<usize>, Vec<f64>))| {
        format!("[events.e{at}]\nprobability = '{}'\n", formula(parents, probabilities))
    };
    events.iter().enumerate().map(line).collect()
}

/// More events than are multiplied as they come, with two findings: all answers come from one tree.
#[test]
fn trees_of_many_events_agree_with_enumeration() {
    const SIZE: usize = 19;
    let mut moved = 0;
    for seed in 0..12 {
        let mut choices = Choices { key: Key::new(seed).named("tree"), next: 0 };
        let events = random_events(SIZE, &mut choices);
        let findings: Vec<(usize, bool)> =
            (0..2).map(|_| (choices.below(SIZE), choices.unit() < 0.5)).collect();
        let given: Vec<String> =
            findings.iter().map(|(at, is_so)| format!("{}e{at}", if *is_so { "" } else { "not " })).collect();
        let (mut whole, mut each, mut before) = (0.0, [0.0; SIZE], [0.0; SIZE]);
        for state in 0..1usize << SIZE {
            let is_so = |at: usize| state >> at & 1 == 1;
            let factor = |(at, (parents, probabilities)): (usize, &(Vec<usize>, Vec<f64>))| {
                let row = parents.iter().fold(0, |row, one| 2 * row + usize::from(is_so(*one)));
                if is_so(at) { probabilities[row] } else { 1.0 - probabilities[row] }
            };
            let p: f64 = events.iter().enumerate().map(factor).product();
            let holds = findings.iter().all(|(at, truth)| is_so(*at) == *truth);
            whole += if holds { p } else { 0.0 };
            for at in (0..SIZE).filter(|at| is_so(*at)) {
                before[at] += p;
                each[at] += if holds { p } else { 0.0 };
            }
        }
        let found = match summary(&understood(&events_text(&events), &[], &given)) {
            Ok(found) => found,
            Err(_) if whole == 0.0 => continue,
            Err(other) => panic!("{other:?}"),
        };
        let learned = found.evidence.expect("findings").probability.value;
        assert!((learned - whole).abs() < 1e-12, "{seed}: {learned} {whole}");
        for (at, event) in found.events.iter().enumerate() {
            assert!(event.probability.exact);
            assert!((event.probability.value - each[at] / whole).abs() < 1e-12, "{seed} {at}");
            moved += usize::from((before[at] - each[at] / whole).abs() > 1e-6);
        }
    }
    // What takes no notice of findings is told apart.
    assert!(moved > 50, "{moved}");
}

/// Eighty independent events of which each is one in 100,000, all seen: 1e-400 is less than any number.
#[test]
fn what_was_learned_may_be_rarer_than_any_number() {
    let rare: String = (0..80).map(|at| format!("[events.e{at}]\nprobability = 0.00001\n")).collect();
    let text = format!("{rare}[events.after]\nprobability = 'if e0 then 0.7 else 0.2'\n");
    let given: Vec<String> = (0..80).map(|at| format!("e{at}")).collect();
    let found = summary(&understood(&text, &[], &given)).expect("possible");
    let after = found.events.iter().find(|one| one.id == "after").expect("an event").probability;
    assert!(after.exact && (after.value - 0.7).abs() < 1e-12, "{after:?}");
}

/// Of eight findings two contradict each other.
#[test]
fn findings_that_can_not_be_are_named_by_the_fewest() {
    let idle: String = (0..20).map(|at| format!("[events.i{at}]\nprobability = 0.5\n")).collect();
    let text =
        format!("{idle}[events.a]\nprobability = 0.5\n[events.b]\nprobability = 'if a then 1 else 0.2'\n");
    let given = ["i3", "not i4", "not b", "i7", "i8", "a", "i9", "not i10"];
    let model = understood(&text, &[], &given);
    match summary(&model) {
        Err(Failure::Compile(CompileError { why: Obstacle::Impossible { parts }, .. }, None)) => {
            assert_eq!(parts, [model.given[2].span, model.given[5].span]);
        }
        other => panic!("{other:?}"),
    }
}

/// Nodes and weights on [0, 1] that integrate polynomials of degree 13 exactly (Gauss-Legendre; Abramowitz & Stegun 1964, table 25.4).
const GAUSS: [(f64, f64); 7] = [
    (-0.949_107_912_342_758_5, 0.129_484_966_168_869_7),
    (-0.741_531_185_599_394_4, 0.279_705_391_489_276_7),
    (-0.405_845_151_377_397_2, 0.381_830_050_505_118_9),
    (0.0, 0.417_959_183_673_469_4),
    (0.405_845_151_377_397_2, 0.381_830_050_505_118_9),
    (0.741_531_185_599_394_4, 0.279_705_391_489_276_7),
    (0.949_107_912_342_758_5, 0.129_484_966_168_869_7),
];

/// Events whose probabilities are lines in a factor that is evenly spread over [0, 1]: what is asked is a ratio of polynomials in it, which
/// quadrature integrates exactly.
struct Lines {
    events: Vec<(Vec<usize>, Vec<f64>)>,
    /// The same at the other end.
    ends: Vec<Vec<f64>>,
    findings: Vec<(usize, bool)>,
}

const EVENTS: usize = 11;

impl Lines {
    fn random(seed: u64) -> Lines {
        let mut choices = Choices { key: Key::new(seed).named("lines"), next: 0 };
        let events = random_events(EVENTS, &mut choices);
        let ends = events.iter().map(|(_, one)| one.iter().map(|_| 0.02 + 0.96 * choices.unit()).collect());
        let ends = ends.collect();
        let findings = (0..2).map(|at| (EVENTS / 2 + 3 * at, choices.unit() < 0.5)).collect();
        Lines { events, ends, findings }
    }

    fn text(&self) -> String {
        fn formula(parents: &[usize], rows: &[String]) -> String {
            let Some((first, rest)) = parents.split_first() else { return rows[0].clone() };
            let (not, so) = rows.split_at(rows.len() / 2);
            format!("if e{first} then ({}) else ({})", formula(rest, so), formula(rest, not))
        }
        let line = |(at, (parents, from)): (usize, &(Vec<usize>, Vec<f64>))| {
            let rows =
                from.iter().zip(&self.ends[at]).map(|(from, to)| format!("{from} * (1 - x) + {to} * x"));
            format!("[events.e{at}]\nprobability = '{}'\n", formula(parents, &rows.collect::<Vec<_>>()))
        };
        let events: String = self.events.iter().enumerate().map(line).collect();
        format!("[factors.x]\nvalue = 'uniform(0, 1)'\n{events}")
    }

    fn given(&self) -> Vec<String> {
        let sign = |is_so| if is_so { "" } else { "not " };
        self.findings.iter().map(|(at, is_so)| format!("{}e{at}", sign(*is_so))).collect()
    }

    /// How probable the findings are where the factor is `x`, and each event with them.
    fn at(&self, x: f64) -> (f64, [f64; EVENTS]) {
        let (mut whole, mut each) = (0.0, [0.0; EVENTS]);
        for state in 0..1usize << EVENTS {
            let is_so = |at: usize| state >> at & 1 == 1;
            let factor = |(at, (parents, from)): (usize, &(Vec<usize>, Vec<f64>))| {
                let row = parents.iter().fold(0, |row, one| 2 * row + usize::from(is_so(*one)));
                let p = from[row] * (1.0 - x) + self.ends[at][row] * x;
                if is_so(at) { p } else { 1.0 - p }
            };
            if self.findings.iter().any(|(at, truth)| is_so(*at) != *truth) {
                continue;
            }
            let p: f64 = self.events.iter().enumerate().map(factor).product();
            whole += p;
            (0..EVENTS).filter(|at| is_so(*at)).for_each(|at| each[at] += p);
        }
        (whole, each)
    }

    fn integrated(&self) -> (f64, [f64; EVENTS]) {
        GAUSS.iter().fold((0.0, [0.0; EVENTS]), |(whole, each), (node, weight)| {
            let (own, parts) = self.at((1.0 + node) / 2.0);
            (whole + weight / 2.0 * own, std::array::from_fn(|at| each[at] + weight / 2.0 * parts[at]))
        })
    }
}

/// Where the factor is held, answers are those of enumeration to 1e-12; where it is drawn, those of quadrature within five of their errors.
#[test]
fn what_depends_on_a_continuous_factor_agrees_with_quadrature() {
    let (mut compared, mut told_apart) = (0, 0);
    for seed in 0..100 {
        let lines = Lines::random(seed);
        let (text, given) = (lines.text(), lines.given());
        let x = (seed as f64 + 0.5) / 100.0;
        let held = summary(&understood(&text, &[format!("x={x}")], &given)).expect("possible");
        let (whole, each) = lines.at(x);
        for (at, event) in held.events.iter().enumerate() {
            assert!((event.probability.value - each[at] / whole).abs() < 1e-12, "{seed} {at}");
        }
        if seed % 5 != 0 {
            continue;
        }
        let model = understood(&text, &[], &given);
        let drawn = common::run(&model, Kind::Sobol, seed, Rule::Draws(1 << 13)).finding;
        let (whole, each) = lines.integrated();
        for (at, event) in drawn.events.iter().enumerate() {
            let found = event.probability;
            if lines.findings.iter().all(|(one, _)| *one != at) {
                common::assert_near(&format!("{seed}, e{at}"), *found, each[at] / whole, 1e-3);
                // The factor at its middle in place of all of it is noticed.
                let (middle, parts) = lines.at(0.5);
                told_apart += usize::from((found.value - parts[at] / middle).abs() > 5.0 * found.std_error);
                compared += 1;
            }
        }
    }
    assert!(compared > 150 && told_apart > 100, "{compared} {told_apart}");
}
