//! What the tests of whole models share: texts to models, runs, and the comparison with a known answer.
#![allow(dead_code)]

pub mod columns;
pub mod finite;

use std::sync::LazyLock;

use foretell::analysis::claims::{Check, CheckFinding};
use foretell::analysis::factors::NumberFinding;
use foretell::analysis::run::{Run, RunFinding};
use foretell::analysis::{Answered, Failure, Question, Round, Study};
use foretell::analysis::{Variant, VariantFacts};
use foretell::build;
use foretell::design::Kind;
use foretell::diagnostic::{SourceFile, Sources, Style, render_all};
use foretell::distribution::Cache;
use foretell::limits::Limits;
use foretell::math::instruction_set::InstructionSet;
use foretell::model::{ClaimTest, Model};
use foretell::program::{Ask, Program, QueryId, States, World, compile};
use foretell::scenario;
use foretell::simulation::{Rule, Sampled, Settings, Watch, simulate};
use foretell::statistics::Estimate;

/// The model of a text with some values replaced, each `NAME=VALUE`, and with what was learned; every message if there is an
/// error.
pub fn built<T: AsRef<str>>(text: &str, set: &[T], given: &[T]) -> Result<Model, String> {
    let file = SourceFile::new("test.toml", text);
    let (mut document, mut found) = scenario::parse(&file);
    let mut sources = Sources::new(file);
    let mut flag = |name: &str, value: &T| {
        let flag = SourceFile::new(name, value.as_ref());
        (sources.add(flag.clone()), flag)
    };
    let set = set.iter().map(|one| flag("--set", one)).collect::<Vec<_>>();
    let given = given.iter().map(|one| flag("--given", one)).collect::<Vec<_>>();
    let set: Vec<_> =
        set.iter().map(|(id, one)| scenario::parse_override(one, *id).expect("a sound override")).collect();
    document.given =
        given.iter().map(|(id, one)| scenario::parse_given(one, *id).expect("a proposition")).collect();
    let (model, more) = build::build(&document, &Default::default(), &set);
    found.extend(more);
    model.filter(|_| !found.has_errors()).ok_or_else(|| render_all(&found, &sources, Style::Plain))
}

/// The same model; panics with every message if there is an error.
#[track_caller]
pub fn understood<T: AsRef<str>>(text: &str, set: &[T], given: &[T]) -> Model {
    built(text, set, given).unwrap_or_else(|why| panic!("{text}\n{why}"))
}

/// The model of a text with some values replaced.
#[track_caller]
pub fn model_with(text: &str, changes: &[&str]) -> Model {
    understood(text, changes, &[])
}

/// The model of a text.
#[track_caller]
pub fn model(text: &str) -> Model {
    model_with(text, &[])
}

/// The model of a text, and its variants.
pub fn with_variants(text: &str) -> (Model, Vec<Variant>) {
    let (document, _) = scenario::parse(&SourceFile::new("test.toml", text));
    let variant = |one: &scenario::Variant| {
        let (model, found) = build::build_variant(&document, &Default::default(), &[], one);
        let facts = VariantFacts::of(one, model.as_ref());
        Variant { facts, model: model.unwrap_or_else(|| panic!("{found:?}")) }
    };
    (model(text), document.variants.iter().map(variant).collect())
}

/// The text of a reference problem.
pub fn reference(name: &str) -> String {
    let path = format!("{}/scenarios/reference/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a reference problem")
}

/// A quarter of a circle, of probability π/4: rough in two directions, so that the error of a stratified design varies from seed
/// to seed.
pub const QUARTER: &str = "
    [factors]
    x = { value = 'uniform(0, 1)' }
    y = { value = 'uniform(0, 1)' }
    [outcomes.inside]
    when = 'x * x + y * y < 1'
    [outcomes.outside]
    else = true";

static CACHE: LazyLock<Cache> = LazyLock::new(Cache::new);
static WATCH: LazyLock<Watch> = LazyLock::new(Watch::new);
static SOURCES: LazyLock<Sources> = LazyLock::new(|| Sources::new(SourceFile::new("test.toml", "")));

/// A run of everything.
pub static EVERYTHING: Run =
    Run { of: Vec::new(), percents: Vec::new(), all_variants: false, joint: Vec::new() };

/// The same with every variant beside the file itself.
static WITH_VARIANTS: Run =
    Run { of: Vec::new(), percents: Vec::new(), all_variants: true, joint: Vec::new() };

/// What was found in a run, and how.
pub type Found = Answered<RunFinding>;

/// A model to put questions to, by the default settings on one thread.
pub fn study(model: &Model) -> Study<'_> {
    Study {
        model,
        variants: &[],
        sources: &SOURCES,
        remodel: None,
        file_hash: "",
        settings: settings(Kind::Sobol, 1, Rule::default()),
        states: States::Summed,
        level: InstructionSet::best(),
        cache: &CACHE,
        watch: &WATCH,
    }
}

/// A question about everything in a model, with its program.
pub type Asked<'m> = Round<'static, 'm, Run>;

/// A question about everything in a model, with its program.
pub fn compiled(model: &Model) -> Result<Asked<'_>, Failure> {
    EVERYTHING.compile(&study(model))
}

/// The same of a model that has few enough states, and in which what was learned is possible.
pub fn asked(model: &Model) -> Asked<'_> {
    compiled(model).expect("a program")
}

/// The same with states and events drawn.
pub fn drawn(model: &Model) -> Asked<'_> {
    EVERYTHING.compile(&Study { states: States::Drawn, ..study(model) }).expect("a program")
}

/// The same with variants beside it.
pub fn beside<'m>(model: &'m Model, variants: &'m [Variant]) -> Asked<'m> {
    WITH_VARIANTS.compile(&Study { variants, ..study(model) }).expect("a program")
}

/// What a question finds in a model, and how.
pub fn answered<Q: Question>(question: &Q, model: &Model, settings: Settings) -> Answered<Q::Finding> {
    question.answer(&Study { settings, ..study(model) }).expect("an answer")
}

/// The verdicts on a model's claims.
pub fn verdicts(model: &Model, settings: Settings) -> CheckFinding {
    answered(&Check::default(), model, settings).finding
}

pub fn settings(kind: Kind, seed: u64, rule: Rule) -> Settings {
    Settings { kind, seed, threads: 1, rule }
}

/// A run of everything in a model.
pub fn run(model: &Model, kind: Kind, seed: u64, rule: Rule) -> Found {
    run_of(&asked(model), kind, seed, rule)
}

/// A run of a program that may serve many.
pub fn run_of(asked: &Round<Run>, kind: Kind, seed: u64, rule: Rule) -> Found {
    asked.draw_by(&settings(kind, seed, rule), &Watch::new()).expect("a run to its end")
}

/// What a run of a fixed number of draws found.
pub fn summary(model: &Model, kind: Kind, seed: u64, draws: u64) -> RunFinding {
    run(model, kind, seed, Rule::Draws(draws)).finding
}

/// A factor of a run that is a number, by its position among them.
pub fn number(found: &RunFinding, at: usize) -> &NumberFinding {
    found.numbers().nth(at).expect("a number")
}

/// Draws of a program.
pub fn sample<'p>(program: &'p Program, settings: &Settings) -> Sampled<'p> {
    simulate(program, settings, &Watch::new()).expect("a run to its end")
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

/// Whether what was learned in a model is known to give every draw the same weight.
pub fn weighs_all_alike(model: &Model) -> bool {
    let mut ask = Ask::new();
    let world = ask.world(World::of(model));
    ask.evidence(world);
    let program = program(&ask);
    program.learned(world).weight.is_none_or(|weight| program.constant(weight).is_some())
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
    let sampled = sample(&program, &settings(kind, seed, Rule::Draws(draws)));
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
