//! Random finite models, and their answers by brute force: every combination of states, by the model's own definition.

use std::collections::BTreeMap;
use std::fmt::Write;

use foretell::model::{Definition, Model, OutcomeId, Term, World};
use foretell::random::{Key, unit, word};

/// A stream of choices for one random model.
pub struct Choices {
    pub key: Key,
    pub next: u64,
}

impl Choices {
    pub fn unit(&mut self) -> f64 {
        self.next += 1;
        unit(word(self.key, self.next))
    }

    pub fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n - 1)
    }

    /// Shares with two decimals that sum to 1, of which some are 0.
    pub fn shares(&mut self, n: usize) -> Vec<f64> {
        let raw: Vec<f64> = (0..n).map(|_| if self.unit() < 0.15 { 0.0 } else { self.unit() }).collect();
        let sum: f64 = raw.iter().sum();
        if sum == 0.0 { vec![1.0 / n as f64; n] } else { raw.iter().map(|one| one / sum).collect() }
    }
}

/// A variable of a random model: its name, and its states (`None` for an event).
pub type Node = (String, Option<Vec<String>>);

pub fn condition(node: &Node, choices: &mut Choices) -> String {
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
pub fn random_model(seed: u64) -> (String, Vec<Node>) {
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

/// Probabilities by going through every combination of states: of what was learned, of each outcome, each event and each
/// state.
pub fn enumerated(model: &Model) -> (f64, Vec<f64>) {
    enumerated_with(model, &[])
}

/// The same, each combination weighed by likelihoods: of the outcome, or of the states of the variable with that name.
pub fn enumerated_with(model: &Model, likelihoods: &[(Option<String>, Vec<f64>)]) -> (f64, Vec<f64>) {
    let counts: Vec<usize> = model.categories.iter().map(|one| one.states.len()).collect();
    let width = model.outcomes.len() + model.events.len() + counts.iter().sum::<usize>();
    let (mut total, mut sums) = (0.0, vec![0.0; width]);
    for_each_world(model, |happens, states, k, chance| {
        let told = likelihoods.iter().map(|(about, values)| match about {
            None => values[k],
            Some(name) => values[state_of(model, name, happens, states)],
        });
        let weight = chance * told.product::<f64>();
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
    });
    (total, sums.iter().map(|sum| sum / total).collect())
}

/// How probable the most probable combination of states and events is, with each outcome and with any, each time as a share of what was
/// learned.
pub fn most_probable(model: &Model) -> (Vec<f64>, f64) {
    let mut weights: BTreeMap<(Vec<bool>, Vec<usize>), Vec<f64>> = BTreeMap::new();
    for_each_world(model, |happens, states, k, chance| {
        let own = weights.entry((happens.to_vec(), states.to_vec()));
        own.or_insert_with(|| vec![0.0; model.outcomes.len()])[k] += chance;
    });
    let total: f64 = weights.values().flatten().sum();
    let greatest =
        |of: &dyn Fn(&[f64]) -> f64| weights.values().map(|one| of(one) / total).fold(0.0, f64::max);
    let by_outcome = (0..model.outcomes.len()).map(|k| greatest(&|one: &[f64]| one[k]));
    (by_outcome.collect(), greatest(&|one: &[f64]| one.iter().sum()))
}

/// Calls `each` with every combination that what was learned allows: whether each event happens, the state of each factor, the outcome, and how
/// probable all of it is.
fn for_each_world(model: &Model, mut each: impl FnMut(&[bool], &[usize], usize, f64)) {
    let counts: Vec<usize> = model.categories.iter().map(|one| one.states.len()).collect();
    let mut states = vec![0; counts.len()];
    loop {
        for bits in 0..1usize << model.events.len() {
            let happens: Vec<bool> = (0..model.events.len()).map(|at| bits >> at & 1 == 1).collect();
            let definition =
                Definition::new(model, &[], World { happens: &happens, states: &states, theory: 0 });
            let chance = definition.chance();
            for k in 0..model.outcomes.len() {
                let holds = |term: &Term| definition.value(&settled(term, OutcomeId(k))) == 1.0;
                if chance != 0.0 && model.given.iter().all(holds) {
                    each(&happens, &states, k, chance * definition.outcome(OutcomeId(k)));
                }
            }
        }
        let Some(at) = (0..counts.len()).find(|at| states[*at] + 1 < counts[*at]) else { break };
        states[at] += 1;
        states[..at].fill(0);
    }
}

/// A formula with its truth in place of what it says of the outcome.
pub fn settled(term: &Term, outcome: OutcomeId) -> Term {
    use foretell::model::TermKind;
    let mut settled = term.clone();
    settled.replace(&mut |one| match one.kind {
        TermKind::Outcome(id) => Some(TermKind::Constant(f64::from(u8::from(id == outcome)))),
        _ => None,
    });
    settled
}

/// The state of a factor with states, or of an event (0 or 1).
fn state_of(model: &Model, name: &str, happens: &[bool], states: &[usize]) -> usize {
    match model.categories.iter().position(|one| one.named.id == name) {
        Some(at) => states[at],
        None => {
            let at = model.events.iter().position(|one| one.named.id == name).expect("an event");
            usize::from(happens[at])
        }
    }
}
