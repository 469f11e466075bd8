//! Finite models against brute force: every combination of states, by the model's own definition.

mod common;

use std::fmt::Write;

use foretell::diagnostic::{SourceFile, SourceId};
use foretell::model::{Definition, Model, OutcomeId, Term, World};
use foretell::program::{CompileError, compile};
use foretell::random::{Key, unit, word};
use foretell::simulation::{Rule, Settings, Summary, Watch, simulate};
use foretell::{design::Kind, model, scenario};

/// A stream of choices for one random model.
struct Choices {
    key: Key,
    next: u64,
}

impl Choices {
    fn unit(&mut self) -> f64 {
        self.next += 1;
        unit(word(self.key, self.next))
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n - 1)
    }

    /// Shares with two decimals that sum to 1, of which some are 0.
    fn shares(&mut self, n: usize) -> Vec<f64> {
        let raw: Vec<f64> = (0..n).map(|_| if self.unit() < 0.15 { 0.0 } else { self.unit() }).collect();
        let sum: f64 = raw.iter().sum();
        if sum == 0.0 { vec![1.0 / n as f64; n] } else { raw.iter().map(|one| one / sum).collect() }
    }
}

/// A variable of a random model: its name, and its states (`None` for an event).
type Node = (String, Option<Vec<String>>);

fn condition(node: &Node, choices: &mut Choices) -> String {
    match node {
        (name, None) => {
            if choices.unit() < 0.5 {
                name.clone()
            } else {
                format!("not {name}")
            }
        }
        (name, Some(states)) => {
            let state = &states[choices.below(states.len())];
            let sign = if choices.unit() < 0.7 { "==" } else { "!=" };
            format!("{name} {sign} {state}")
        }
    }
}

/// A finite model of events, tables, causes and factors with states, and three outcomes.
fn random_model(seed: u64) -> (String, Vec<Node>) {
    let mut choices = Choices { key: Key::new(seed), next: 0 };
    let mut text = String::new();
    let mut nodes: Vec<Node> = Vec::new();
    for index in 0..3 + choices.below(4) {
        let mut parents: Vec<Node> = Vec::new();
        for _ in 0..choices.below(4).min(nodes.len()) {
            let one = nodes[choices.below(nodes.len())].clone();
            if !parents.contains(&one) {
                parents.push(one);
            }
        }
        let name = format!("v{index}");
        if choices.unit() < 0.5 {
            let states: Vec<String> = (0..2 + choices.below(2)).map(|at| format!("S{at}")).collect();
            category(&mut text, &name, &states, &parents, &mut choices);
            nodes.push((name, Some(states)));
        } else {
            event(&mut text, &name, &parents, &mut choices);
            nodes.push((name, None));
        }
    }
    outcomes(&mut text, &nodes, &mut choices);
    (text, nodes)
}

/// Every combination of states of the parents, as the inside of a `when`.
fn combinations(parents: &[Node]) -> Vec<String> {
    parents.iter().fold(vec![String::new()], |known, (name, states)| {
        let own: Vec<String> = match states {
            None => vec![format!("{name} = false"), format!("{name} = true")],
            Some(states) => states.iter().map(|state| format!("{name} = \"{state}\"")).collect(),
        };
        let join = |before: &String, one: &String| match before.is_empty() {
            true => one.clone(),
            false => format!("{before}, {one}"),
        };
        known.iter().flat_map(|before| own.iter().map(move |one| join(before, one))).collect()
    })
}

fn category(text: &mut String, name: &str, states: &[String], parents: &[Node], choices: &mut Choices) {
    let list: Vec<String> = states.iter().map(|state| format!("\"{state}\"")).collect();
    let _ = writeln!(text, "[factors.{name}]\nstates = [{}]", list.join(", "));
    let shares = |choices: &mut Choices| {
        let shares = choices.shares(states.len());
        let entries: Vec<String> =
            states.iter().zip(shares).map(|(state, share)| format!("{state} = {share}")).collect();
        format!("probabilities = {{ {} }}", entries.join(", "))
    };
    if parents.is_empty() {
        let _ = writeln!(text, "{}", shares(choices));
        return;
    }
    let _ = writeln!(text, "table = [");
    let rows = combinations(parents);
    let last = rows.len() - 1;
    for (at, row) in rows.iter().enumerate() {
        let when = if at == last { "else = true".into() } else { format!("when = {{ {row} }}") };
        let _ = writeln!(text, "  {{ {when}, {} }},", shares(choices));
    }
    let _ = writeln!(text, "]");
}

fn event(text: &mut String, name: &str, parents: &[Node], choices: &mut Choices) {
    let _ = writeln!(text, "[events.{name}]");
    let _ = match parents {
        [] => writeln!(text, "probability = {}", choices.unit()),
        [only] => {
            let condition = condition(only, choices);
            writeln!(text, "probability = 'if {condition} then {} else {}'", choices.unit(), choices.unit())
        }
        _ if choices.unit() < 0.5 => {
            let gate = if choices.unit() < 0.5 { ("noisy_or", "leak") } else { ("noisy_and", "ceiling") };
            let causes: Vec<String> = parents
                .iter()
                .map(|one| format!("'{}' = {}", condition(one, choices), choices.unit()))
                .collect();
            let limit = choices.unit();
            writeln!(text, "{} = {{ {} = {limit}, causes = {{ {} }} }}", gate.0, gate.1, causes.join(", "))
        }
        _ => {
            let rows: Vec<String> = combinations(parents)
                .iter()
                .map(|row| format!("  {{ when = {{ {row} }}, probability = {} }},", choices.unit()))
                .collect();
            writeln!(text, "table = [\n{}\n]", rows.join("\n"))
        }
    };
}

fn outcomes(text: &mut String, nodes: &[Node], choices: &mut Choices) {
    if choices.unit() < 0.4 {
        let (a, b) = (condition(&nodes[0], choices), condition(&nodes[nodes.len() - 1], choices));
        let _ = writeln!(text, "[outcomes.a]\nwhen = '{a} and {b}'");
        let _ = writeln!(text, "[outcomes.b]\nwhen = 'not ({a}) and {b}'\n[outcomes.c]\nelse = true");
        return;
    }
    for outcome in ["a", "b", "c"] {
        let (name, states) = &nodes[choices.below(nodes.len())];
        let weight = 4.0 * choices.unit() - 2.0;
        let entry = match states {
            None => format!("{name} = {weight}"),
            Some(states) => format!("{name} = {{ {} = {weight} }}", states[choices.below(states.len())]),
        };
        let _ = writeln!(text, "[outcomes.{outcome}]\nweights = {{ {entry} }}");
    }
}

/// A model with what was set and learned.
fn understood(text: &str, set: &[String], given: &[String]) -> Model {
    let (mut document, found) = scenario::parse(&SourceFile::new("random.toml", text));
    assert!(!found.has_errors(), "{text}\n{found:?}");
    document.given = given
        .iter()
        .map(|one| {
            scenario::parse_given(&SourceFile::new("--given", one), SourceId(1)).expect("a proposition")
        })
        .collect();
    let overrides: Vec<_> = set
        .iter()
        .map(|one| scenario::parse_override(&SourceFile::new("--set", one), SourceId(1)).expect("a value"))
        .collect();
    let (model, found) = model::build(&document, &Default::default(), &overrides);
    assert!(!found.has_errors(), "{text}\n{found:?}");
    model.expect("a sound model")
}

/// Probabilities by going through every combination of states: of what was learned, of each outcome, each event and each
/// state.
fn enumerated(model: &Model) -> (f64, Vec<f64>) {
    let counts: Vec<usize> = model.categories.iter().map(|one| one.states.len()).collect();
    let mut states = vec![0; counts.len()];
    let width = model.outcomes.len() + model.events.len() + counts.iter().sum::<usize>();
    let (mut total, mut sums) = (0.0, vec![0.0; width]);
    loop {
        for bits in 0..1usize << model.events.len() {
            let happens: Vec<bool> = (0..model.events.len()).map(|at| bits >> at & 1 == 1).collect();
            let definition =
                Definition::new(model, &[], World { happens: &happens, states: &states, theory: 0 });
            let chance = definition.chance();
            for k in 0..model.outcomes.len() {
                let holds = |term: &Term| definition.value(&settled(term, OutcomeId(k))) == 1.0;
                if chance == 0.0 || !model.given.iter().all(holds) {
                    continue;
                }
                let weight = chance * definition.outcome(OutcomeId(k));
                total += weight;
                let events = happens.iter().map(|one| f64::from(u8::from(*one)));
                let of = |(state, count): (&usize, &usize)| -> Vec<f64> {
                    (0..*count).map(|at| f64::from(u8::from(at == *state))).collect()
                };
                let of_states = states.iter().zip(&counts).flat_map(of);
                let of_outcomes = (0..model.outcomes.len()).map(|at| f64::from(u8::from(at == k)));
                for (sum, truth) in sums.iter_mut().zip(of_outcomes.chain(events).chain(of_states)) {
                    *sum += weight * truth;
                }
            }
        }
        let Some(at) = (0..counts.len()).find(|at| states[*at] + 1 < counts[*at]) else { break };
        states[at] += 1;
        states[..at].fill(0);
    }
    (total, sums.iter().map(|sum| sum / total).collect())
}

fn settled(term: &Term, outcome: OutcomeId) -> Term {
    use foretell::model::TermKind;
    let mut settled = term.clone();
    settled.replace(&mut |one| match one.kind {
        TermKind::Outcome(id) => Some(TermKind::Constant(f64::from(u8::from(id == outcome)))),
        _ => None,
    });
    settled
}

fn summary(model: &Model) -> Result<Summary, CompileError> {
    let program = compile(model, &[])?;
    let settings = Settings { kind: Kind::Sobol, seed: 1, threads: 1, rule: Rule::Draws(64) };
    Ok(simulate(model, &program, &settings, &Watch::default()).expect("nobody interrupts").summary)
}

fn answers(found: &Summary) -> Vec<f64> {
    let outcomes = found.outcomes.iter().map(|one| one.probability);
    let events = found.events.iter().map(|one| one.probability);
    let states = found.categories.iter().flat_map(|one| &one.states).map(|one| one.probability);
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
        match summary(&model) {
            Err(CompileError::Impossible { .. }) => {
                assert_eq!(weight, 0.0, "{text}\n{given:?} {set:?}");
                impossible += 1;
            }
            Err(other) => panic!("{other:?}"),
            Ok(found) => {
                assert!(found.exact);
                let learned = found.learned.map_or(1.0, |one| one.probability.value);
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
