//! Numbers that go from one value to another: each point is the run with that number set, to the last bit, and the lead changes
//! where algebra says that it does.

#![allow(clippy::disallowed_methods)]

mod gaps;
mod lead;
mod points;
mod words;

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
