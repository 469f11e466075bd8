//! What the tests of whole models share: texts to models, runs, and the comparison with a known answer.
#![allow(dead_code)]

pub mod finite;

use foretell::design::Kind;
use foretell::diagnostic::{SourceFile, SourceId, Sources, Style, render_all};
use foretell::model::{self, ClaimTest, Model, Probability};
use foretell::program::{Program, Question, Setting, compile};
use foretell::scenario;
use foretell::simulation::{Rule, Run, Settings, Summary, Watch, simulate};
use foretell::statistics::Estimate;

/// The model of a text with some values replaced, each `NAME=VALUE`; panics with every message if there is an error.
pub fn model_with(text: &str, changes: &[&str]) -> Model {
    let file = SourceFile::new("test.toml", text);
    let (document, mut found) = scenario::parse(&file);
    let mut sources = Sources::new(file);
    let mut overrides = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        let flag = SourceFile::new("--set", *change);
        overrides.push(scenario::parse_override(&flag, SourceId(at as u16 + 1)).expect("a sound override"));
        sources.add(flag);
    }
    let (model, more) = model::build(&document, &Default::default(), &overrides);
    found.extend(more);
    model
        .filter(|_| !found.has_errors())
        .unwrap_or_else(|| panic!("{}", render_all(&found, &sources, Style::Plain)))
}

/// The model of a text.
pub fn model(text: &str) -> Model {
    model_with(text, &[])
}

/// The text of a reference problem.
pub fn reference(name: &str) -> String {
    let path = format!("{}/scenarios/reference/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a reference problem")
}

/// An ordinary program.
pub fn program(model: &Model) -> Program {
    compile(model, &[]).expect("a program")
}

pub fn settings(kind: Kind, seed: u64, rule: Rule) -> Settings {
    Settings { kind, seed, threads: 1, rule }
}

/// A run of an ordinary program.
pub fn run(model: &Model, kind: Kind, seed: u64, rule: Rule) -> Run {
    run_of(model, &program(model), kind, seed, rule)
}

/// A run of any program.
pub fn run_of(model: &Model, program: &Program, kind: Kind, seed: u64, rule: Rule) -> Run {
    simulate(model, program, &settings(kind, seed, rule), &Watch::new()).expect("a run to its end")
}

/// What a run of a fixed number of draws found.
pub fn summary(model: &Model, kind: Kind, seed: u64, draws: u64) -> Summary {
    run(model, kind, seed, Rule::Draws(draws)).summary
}

/// The probabilities that the claims of `text` compare, as questions, together with the model.
pub fn questions(text: &str) -> (Model, Vec<Question>) {
    let model = model(text);
    let asked =
        |probability: &Probability| Question { probability: probability.clone(), setting: Setting::new() };
    let mut found = Vec::new();
    for claim in &model.claims {
        if let ClaimTest::Condition(condition) = &claim.test {
            found.extend(condition.measures().iter().flat_map(|one| &one.parts).map(|(_, one)| asked(one)));
        }
    }
    (model, found)
}

/// A text with one claim `PROBABILITY >= 0` for each of `asked`.
pub fn with_claims(text: &str, asked: &[&str]) -> String {
    let text = text.split("[[claims]]").next().unwrap_or_default();
    asked.iter().fold(text.to_string(), |text, one| format!("{text}\n[[claims]]\nexpect = '{one} >= 0'\n"))
}

/// What several probabilities, asked of a text, come to.
pub fn ask(text: &str, asked: &[&str], kind: Kind, seed: u64, draws: u64) -> Vec<Estimate> {
    let (model, questions) = questions(&with_claims(text, asked));
    let program = compile(&model, &questions).expect("a program");
    run_of(&model, &program, kind, seed, Rule::Draws(draws)).summary.questions
}

/// Whether an estimate lies within 5 of its standard errors of the truth, and its error is no larger than `most`, so that
/// the comparison says something.
#[track_caller]
pub fn assert_near(what: &str, estimate: Estimate, truth: f64, most: f64) {
    let z = (estimate.value - truth) / estimate.std_error;
    assert!(!estimate.exact, "{what}: exact");
    assert!(estimate.std_error <= most, "{what}: error {} over {most}", estimate.std_error);
    assert!(z.abs() < 5.0, "{what}: {} is {z} errors from {truth}", estimate.value);
}

/// Whether an estimate is exact and right up to rounding.
#[track_caller]
pub fn assert_exact(what: &str, estimate: Estimate, truth: f64) {
    assert!(estimate.exact && estimate.std_error == 0.0, "{what}: not exact: {estimate:?}");
    assert!((estimate.value - truth).abs() < 1e-13, "{what}: {} for {truth}", estimate.value);
}
