//! What the tests of whole models share: texts to models, runs, and the comparison with a known answer.
#![allow(dead_code)]

pub mod columns;
pub mod finite;

use foretell::analysis::run::{Asked, Question, Run};
use foretell::analysis::summary::Summary;
use foretell::build;
use foretell::design::Kind;
use foretell::diagnostic::{SourceFile, SourceId, Sources, Style, render_all};
use foretell::distribution::Cache;
use foretell::limits::Limits;
use foretell::model::{ClaimTest, Model};
use foretell::program::{Ask, CompileError, Program, QueryId, World, compile};
use foretell::scenario;
use foretell::simulation::{Rule, Settings, Watch, simulate};
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
    let (model, more) = build::build(&document, &Default::default(), &overrides);
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

/// A question about everything in a model, with its program.
pub fn compiled(model: &Model) -> Result<Asked<'_>, CompileError> {
    Question::of(model).compile(&Cache::new(), &Limits::none())
}

/// The same of a model that has few enough states, and in which what was learned is possible.
pub fn asked(model: &Model) -> Asked<'_> {
    compiled(model).expect("a program")
}

pub fn settings(kind: Kind, seed: u64, rule: Rule) -> Settings {
    Settings { kind, seed, threads: 1, rule }
}

/// A run of everything in a model.
pub fn run(model: &Model, kind: Kind, seed: u64, rule: Rule) -> Run {
    run_of(&asked(model), kind, seed, rule)
}

/// A run of a program that may serve many.
pub fn run_of(asked: &Asked, kind: Kind, seed: u64, rule: Rule) -> Run {
    asked.run(&settings(kind, seed, rule), &Watch::new()).expect("a run to its end")
}

/// What a run of a fixed number of draws found.
pub fn summary(model: &Model, kind: Kind, seed: u64, draws: u64) -> Summary {
    run(model, kind, seed, Rule::Draws(draws)).summary
}

/// The probabilities that the claims of a model compare, asked of the model as it is and each compared with all.
pub fn questions(model: &Model) -> (Program, Vec<QueryId>) {
    let mut ask = Ask::new();
    let world = ask.world(World::of(model));
    let mut queries = Vec::new();
    for claim in &model.claims {
        let ClaimTest::Condition(condition) = &claim.test else { continue };
        for (_, probability) in condition.measures().iter().flat_map(|one| &one.parts) {
            let what = probability.what.clone();
            queries.push(match probability.given.clone() {
                Some(given) => ask.conditional(world, what, given),
                None => ask.probability(world, what),
            });
        }
    }
    ask.compare(&queries);
    (program(&ask), queries)
}

/// What is asked, compiled.
pub fn program(ask: &Ask) -> Program {
    compile(ask, &Cache::new(), &Limits::none()).expect("a program")
}

/// A text with one claim `PROBABILITY >= 0` for each of `asked`.
pub fn with_claims(text: &str, asked: &[&str]) -> String {
    let text = text.split("[[claims]]").next().unwrap_or_default();
    asked.iter().fold(text.to_string(), |text, one| format!("{text}\n[[claims]]\nexpect = '{one} >= 0'\n"))
}

/// What several probabilities, asked of a text, come to.
pub fn ask(text: &str, asked: &[&str], kind: Kind, seed: u64, draws: u64) -> Vec<Estimate> {
    let model = model(&with_claims(text, asked));
    let (program, queries) = questions(&model);
    let sampled = simulate(&program, &settings(kind, seed, Rule::Draws(draws)), &Watch::new());
    let sampled = sampled.expect("a run to its end");
    queries.into_iter().map(|query| sampled.estimates().probability(query)).collect()
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
