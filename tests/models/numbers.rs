//! Every number that a file states has an address; what is set there is what stands there.

#![allow(clippy::disallowed_methods)]

#[path = "../common/json.rs"]
mod json;

use std::path::PathBuf;

use foretell::build;
use foretell::design::Kind;
use foretell::diagnostic::{SourceFile, SourceId, Sources, Style, render_all};
use foretell::math::instruction_set::InstructionSet;
use foretell::model::{Model, Selection};
use foretell::scenario::{self, Document, Number};
use foretell::session::{Case, Changes, Session};
use foretell::simulation::{Rule, Settings};

/// The model of a text under some flags, or every message.
fn understood(sources: &Sources, set: &[String]) -> Result<Model, String> {
    let (document, mut found) = scenario::parse(sources.file());
    let mut all = sources.clone();
    let mut overrides = Vec::new();
    for one in set {
        let flag = SourceFile::new("--set", one.as_str());
        let id = all.add(flag.clone());
        match scenario::parse_override(&flag, id) {
            Ok(one) => overrides.push(one),
            Err(problem) => found.push(problem),
        }
    }
    let (model, more) = build::build(&document, &Default::default(), &overrides);
    found.extend(more);
    let model = model.map(listening);
    model.filter(|_| !found.has_errors()).ok_or_else(|| render_all(&found, &all, Style::Plain))
}

/// The model with all evidence, so that its numbers count, and without how expressions were read, which is told with places.
fn listening(mut model: Model) -> Model {
    model.select(&Selection::default());
    model.readings.clear();
    model
}

/// A text, to be asked about models that are made of it.
fn session(sources: &Sources) -> Session<'static> {
    Session::open(sources.file().clone(), |name| Err(format!("no {name} here"))).expect("a text")
}

/// The text as it stands, whose model others take the place of.
fn case<'s>(session: &'s Session) -> Case<'s> {
    session.case(&Changes::default()).expect("a sound scenario")
}

/// The JSON of a run, which does not say what was set.
fn answer(model: &Model, case: &mut Case) -> String {
    case.model = model.clone();
    let settings = Settings { kind: Kind::Sobol, seed: 1, threads: 1, rule: Rule::Draws(512) };
    let found = json::answer(case, InstructionSet::best(), &settings);
    // Where a draw failed is told by the text of the session: in an edited one the place has moved.
    let mut found: serde_json::Value = serde_json::from_str(&found).expect("JSON");
    found["void"]["place"] = serde_json::Value::Null;
    found.to_string()
}

fn file(path: PathBuf) -> Sources {
    let text = std::fs::read_to_string(&path).expect("a scenario");
    Sources::new(SourceFile::new("scenario.toml", text))
}

fn shipped() -> Vec<Sources> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let of =
        |folder: PathBuf| std::fs::read_dir(folder).expect("a folder").map(|one| one.expect("a file").path());
    let all = of(folder.clone()).chain(of(folder.join("reference")));
    let mut paths: Vec<PathBuf> =
        all.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    paths.sort();
    paths.into_iter().map(file).collect()
}

fn document(sources: &Sources) -> Document {
    scenario::parse(sources.file()).0
}

/// Values near by that may be possible where a number stands.
fn others(one: &Number) -> Vec<f64> {
    let value = one.value;
    vec![0.9 * value + 0.01, 1.1 * value, 0.5 * value, value + 1.0, value - 1.0, 1.0 - value]
}

#[test]
fn a_number_set_to_itself_changes_no_byte_and_to_another_value_does() {
    let (mut count, mut bound) = (0, 0);
    for sources in shipped() {
        let (document, session) = (document(&sources), session(&sources));
        let mut case = case(&session);
        let model = understood(&sources, &[]).expect("a sound scenario");
        let base = answer(&model, &mut case);
        for number in document.numbers() {
            let address = &number.address;
            let itself = format!("{address}={}", sources.text(number.span));
            let same = understood(&sources, &[itself]).unwrap_or_else(|why| panic!("{address}: {why}"));
            assert!(answer(&same, &mut case) == base, "{address} moves by being set to itself");
            // What a decision pays and costs bears on what is best to do, and on nothing else.
            if address.starts_with("decisions.") {
                continue;
            }
            let mut sound = others(&number)
                .into_iter()
                .filter_map(|value| understood(&sources, &[format!("{address}={value}")]).ok());
            let Some(first) = sound.next() else {
                // One of several that must sum to 1.
                bound += 1;
                continue;
            };
            let moved = [first].into_iter().chain(sound).any(|other| answer(&other, &mut case) != base);
            assert!(moved, "{address} of {} has no effect", document.header.title.as_deref().unwrap_or(""));
            count += 1;
        }
    }
    assert!(count > 150, "only {count} numbers were found");
    // Of the probabilities of the two `discrete` of the scenario of the Fed those that rounding lets no other value take.
    assert_eq!(bound, 6);
}

const WHOLE: &str = "
    [factors.level]
    value = '0.2 to 0.6'
    range = [0, 0.9]
    neutral = 0.4
    [factors.shock]
    value = 'mixture(normal(0, 1), truncate(normal(5, 2), 1, 9), [0.3, 70%])'
    [factors.mood]
    states = ['calm', 'tense', 'wild']
    table = [
        { when = { storm = true }, probabilities = { calm = 0.2, tense = '0.3 + 0.1 * level' } },
        { else = true, probabilities = { calm = 0.5, tense = 0.25, wild = 0.25 } },
    ]
    [derived.pull]
    value = 'if shock > 2 then -0.5 * level - 2^-1 else 0.25'
    [events.storm]
    probability = '30%'
    [events.loss.noisy_or]
    leak = 0.01
    causes = { storm = 0.3, 'shock >= 2 and level < 0.5' = '0.2 * level' }
    [outcomes.up]
    base = 0.5
    weights = { pull = 1.5, level = 0.3, mood = { tense = -1 } }
    [outcomes.down]
    base = 0.5
    weights = { loss = '0.5 to 2' }
    [theories.one]
    weight = 0.25
    [theories.other]
    weight = '3 / 4'
    [[correlations]]
    between = ['level', 'shock']
    rank = 0.5
    degrees = 4
    [[evidence]]
    id = 'report'
    date = 2024-01-01
    likelihood = { up = 60e-2, down = 'very unlikely' }
    reliability = 0.8
    [[evidence]]
    date = 2024-02-01
    about = 'storm'
    likelihood_ratio = { true = 3 }
    depends_on = ['report']
    overlap = 0.5
";

fn sources(text: &str) -> Sources {
    Sources::new(SourceFile::new("whole.toml", text))
}

#[test]
fn numbers_stand_in_the_order_of_the_file_with_their_texts() {
    let sources = sources(WHOLE);
    let numbers = document(&sources).numbers();
    let listed: Vec<String> = numbers
        .iter()
        .map(|one| format!("{} {} {}", one.address, one.value, sources.text(one.span)))
        .collect();
    let expected = [
        "factors.level.value@1 0.2 0.2",
        "factors.level.value@2 0.6 0.6",
        "factors.level.range@1 0 0",
        "factors.level.range@2 0.9 0.9",
        "factors.level.neutral 0.4 0.4",
        "factors.shock.value@1 0 0",
        "factors.shock.value@2 1 1",
        "factors.shock.value@3 5 5",
        "factors.shock.value@4 2 2",
        "factors.shock.value@5 1 1",
        "factors.shock.value@6 9 9",
        "factors.shock.value@7 0.3 0.3",
        "factors.shock.value@8 0.7 70%",
        "factors.mood.table.1.probabilities.calm 0.2 0.2",
        "factors.mood.table.1.probabilities.tense@1 0.3 0.3",
        "factors.mood.table.1.probabilities.tense@2 0.1 0.1",
        "factors.mood.table.2.probabilities.calm 0.5 0.5",
        "factors.mood.table.2.probabilities.tense 0.25 0.25",
        "factors.mood.table.2.probabilities.wild 0.25 0.25",
        "derived.pull.value@1 2 2",
        "derived.pull.value@2 -0.5 -0.5",
        "derived.pull.value@3 2 2",
        "derived.pull.value@4 -1 -1",
        "derived.pull.value@5 0.25 0.25",
        "events.storm.probability 0.3 30%",
        "events.loss.noisy_or.leak 0.01 0.01",
        "events.loss.noisy_or.causes.storm 0.3 0.3",
        "events.loss.noisy_or.causes.shock >= 2 and level < 0.5@1 0.2 0.2",
        "outcomes.up.base 0.5 0.5",
        "outcomes.up.weights.pull 1.5 1.5",
        "outcomes.up.weights.level 0.3 0.3",
        "outcomes.up.weights.mood.tense -1 -1",
        "outcomes.down.base 0.5 0.5",
        "outcomes.down.weights.loss@1 0.5 0.5",
        "outcomes.down.weights.loss@2 2 2",
        "theories.one.weight 0.25 0.25",
        "theories.other.weight@1 3 3",
        "theories.other.weight@2 4 4",
        "correlations.1.rank 0.5 0.5",
        "correlations.1.degrees 4 4",
        "evidence.report.likelihood.up 0.6 60e-2",
        "evidence.report.likelihood.down 0.125 'very unlikely'",
        "evidence.report.reliability 0.8 0.8",
        "evidence.evidence_2.likelihood_ratio.true 3 3",
        "evidence.evidence_2.overlap 0.5 0.5",
    ];
    assert_eq!(listed, expected);
}

#[test]
fn every_kind_of_number_moves_the_model_and_itself_does_not() {
    let sources = sources(WHOLE);
    let session = session(&sources);
    let mut case = case(&session);
    let base = answer(&understood(&sources, &[]).expect("sound"), &mut case);
    for number in document(&sources).numbers() {
        let set = |value: String| understood(&sources, &[format!("{}={value}", number.address)]);
        let same = set(sources.text(number.span).into()).unwrap_or_else(|why| panic!("{why}"));
        assert!(answer(&same, &mut case) == base, "{}", number.address);
        let moves = |value: f64| set(value.to_string()).is_ok_and(|one| answer(&one, &mut case) != base);
        assert!(others(&number).into_iter().any(moves), "{} has no effect", number.address);
    }
}

/// Whether two ways to set something give the same answer, to the last bit.
#[track_caller]
fn alike(one: &[&str], other: &[&str]) {
    let sources = sources(WHOLE);
    let session = session(&sources);
    let mut case = case(&session);
    let mut answer = |set: &[&str]| {
        let set: Vec<String> = set.iter().map(|one| one.to_string()).collect();
        answer(&understood(&sources, &set).unwrap_or_else(|why| panic!("{why}")), &mut case)
    };
    assert!(answer(one) == answer(other), "{one:?} and {other:?} differ");
    assert!(answer(one) != answer(&[]), "{one:?} has no effect");
}

#[test]
fn a_number_is_replaced_where_it_stands() {
    alike(&["pull@2=-0.75"], &["pull=if shock > 2 then -0.75 * level - 2^-1 else 0.25"]);
    alike(
        &["pull@2=-0.75", "derived.pull.value@5=level"],
        &["pull=if shock > 2 then -0.75 * level - 2^-1 else level"],
    );
    alike(
        &["pull@2=9 - 8 * level", "pull@3=3"],
        &["pull=if shock > 2 then (9 - 8 * level) * level - 3^-1 else 0.25"],
    );
    alike(&["storm@1=0.4"], &["storm=0.4"]);
    alike(&["pull@2=4", "pull@2=-0.75"], &["pull@2=-0.75"]);
    // Later flags win, and a number is one of what stands there by then.
    alike(&["pull@2=4", "pull=0.1 * level"], &["pull=0.1 * level"]);
    alike(&["pull=0.1 * level", "pull@1=0.3"], &["pull=0.3 * level"]);
    // Numbers of one value are judged together.
    alike(
        &["shock@5=10", "shock@6=12"],
        &["shock=mixture(normal(0, 1), truncate(normal(5, 2), 10, 12), [0.3, 70%])"],
    );
    alike(&["events.storm.state=true"], &["storm=1"]);
}

#[test]
fn a_number_that_is_no_expression_is_replaced_as_if_the_file_said_so() {
    for sources in shipped().into_iter().chain([sources(WHOLE)]) {
        let (document, session) = (document(&sources), session(&sources));
        let mut case = case(&session);
        let constants: Vec<String> = document.constants().into_iter().map(|(address, ..)| address).collect();
        let is_constant = |one: &&Number| {
            constants
                .iter()
                .any(|address| one.address == *address || one.address.starts_with(&format!("{address}@")))
        };
        for number in document.numbers().iter().filter(is_constant) {
            for value in others(number) {
                let mut text = sources.file().text.to_string();
                text.replace_range(number.span.range(), &value.to_string());
                let edited = Sources::new(SourceFile::new("scenario.toml", text));
                let edited = understood(&edited, &[]).map(|model| answer(&model, &mut case));
                let set = understood(&sources, &[format!("{}={value}", number.address)]);
                let set = set.map(|model| answer(&model, &mut case));
                assert!(set.is_ok() == edited.is_ok(), "{} = {value}: {set:?}, {edited:?}", number.address);
                assert!(set.is_err() || set == edited, "{} = {value}", number.address);
            }
        }
    }
}

#[test]
fn constants_are_replaced_together_and_by_the_last_word() {
    let whole = "factors.level.range=[0.1, 0.8]";
    alike(&["factors.level.range@1=0.1", "factors.level.range@2=0.8"], &[whole]);
    alike(&["factors.level.range=[5, 6]", whole], &[whole]);
    // The first by itself would fall.
    alike(&["factors.level.range@1=1", "factors.level.range@1=0.1"], &["factors.level.range@1=0.1"]);
    alike(&["factors.level.neutral@1=50%"], &["factors.level.neutral=0.5"]);
    alike(
        &["evidence.report.likelihood.down=very likely"],
        &["evidence.report.likelihood.down=\"very likely\""],
    );
    alike(&["evidence.report.likelihood.down=likely"], &["evidence.report.likelihood.down='likely'"]);
}

#[test]
fn a_constant_is_held_to_the_rules_of_the_file() {
    let sources = sources(WHOLE);
    let refused = |set: &str, says: &[&str]| {
        let why = understood(&sources, &[set.into()]).expect_err(set);
        for one in says.iter().chain(&["--set:1:"]) {
            assert!(why.contains(one), "{set} is answered\n{why}");
        }
    };
    refused("factors.level.range@2=-1", &["[range]", "goes from 0 to -1", "set a number above 0"]);
    refused("factors.level.range@1=1", &["[range]", "set a number below 0.9"]);
    refused("factors.level.range=[1, 0]", &["[range]", "write `[0, 1]`"]);
    refused("factors.level.range=3", &["two numbers", "factors.level.range@2=1"]);
    refused("factors.level.range@3=3", &["states 2 numbers only", "`factors.level.range@2` is 0.9"]);
    refused("factors.level.neutral@0=0.1", &["counted from 1"]);
    refused("factors.level.neutral=5", &["the neutral point"]);
    refused("factors.level.neutral=beta(2, 5)", &["must be a number", "expressions stand in values only"]);
    refused("factors.shock.neutral=0", &["the file has no `factors.shock.neutral`"]);
    refused("correlations.1.rank=1", &["between -1 and 1"]);
    refused("correlations.1.rnk=0.4", &["did you mean `correlations.1.rank`?"]);
    refused("correlations.1.degrees=0.5", &["between 1 and 1000"]);
    refused("evidence.report.likelihood.up=30", &["write `0.3`"]);
    refused("evidence.report.likelihood.down=likly", &["did you mean \"likely\"?"]);
    refused("evidence.report.reliability=likely", &["must be a number"]);
    refused("evidence.evidence_2.likelihood_ratio.true=-1", &["never negative"]);
    refused("evidence.evidence_2.overlap=2", &["between 0 and 1"]);
}

#[test]
fn a_variant_sets_constants() {
    let set = "'factors.level.range' = [0.1, 0.8], correlations.1.rank = -0.2, \
               evidence.report.likelihood = { up = 0.4, down = 'likely' }";
    let text = format!("{WHOLE}\n[variants.other]\nset = {{ {set} }}\n");
    let sources = sources(&text);
    let session = session(&sources);
    let mut case = case(&session);
    let (document, found) = scenario::parse(sources.file());
    assert!(found.is_empty(), "{}", render_all(&found, &sources, Style::Plain));
    let (model, found) = build::build_variant(&document, &Default::default(), &[], &document.variants[0]);
    assert!(found.is_empty(), "{}", render_all(&found, &sources, Style::Plain));
    let model = listening(model.expect("a model"));
    let flags = [
        "factors.level.range=[0.1, 0.8]",
        "correlations.1.rank=-0.2",
        "evidence.report.likelihood.up=0.4",
        "evidence.report.likelihood.down=likely",
    ];
    let flags = understood(&sources, &flags.map(String::from)).unwrap_or_else(|why| panic!("{why}"));
    assert!(answer(&model, &mut case) == answer(&flags, &mut case));
}

#[test]
fn a_variant_sets_numbers_by_quoted_keys() {
    let text =
        format!("{WHOLE}\n[variants.weaker]\nset = {{ 'derived.pull.value@2' = -0.7, 'pull@5' = 0.3 }}\n");
    let sources = sources(&text);
    let session = session(&sources);
    let mut case = case(&session);
    let document = document(&sources);
    let (model, found) = build::build_variant(&document, &Default::default(), &[], &document.variants[0]);
    assert!(found.is_empty(), "{}", render_all(&found, &sources, Style::Plain));
    let model = listening(model.expect("a model"));
    let flags = understood(&sources, &["pull@2=-0.7".into(), "pull@5=0.3".into()]).expect("sound");
    assert!(answer(&model, &mut case) == answer(&flags, &mut case));
    for twice in
        ["'pull@2' = 1, 'derived.pull.value@2' = 2", "pull = 1, 'pull@2' = 2", "'pull@2' = 2, pull = 1"]
    {
        let text = format!("{WHOLE}\n[variants.weaker]\nset = {{ {twice} }}\n");
        let file = SourceFile::new("whole.toml", text);
        let (document, _) = scenario::parse(&file);
        let (_, found) = build::build_variant(&document, &Default::default(), &[], &document.variants[0]);
        assert!(found.iter().any(|one| one.code == "set-twice"), "{twice} passes");
    }
}

#[test]
fn an_unknown_number_is_told_with_those_that_there_are() {
    let sources = sources(WHOLE);
    let refused = |set: &str, says: &[&str]| {
        let why = understood(&sources, &[set.into()]).expect_err(set);
        for one in says {
            assert!(why.contains(one), "{set} is answered\n{why}");
        }
    };
    refused("pull@9=1", &["unknown-number", "states 5 numbers only", "`derived.pull.value@5` is 0.25"]);
    refused("pull@0=1", &["unknown-number", "counted from 1"]);
    refused("pull@two=1", &["unknown-number", "counted from 1"]);
    refused("storm@2=1", &["states one number only", "`events.storm.probability@1` is 0.3"]);
    refused("loss@1=0.5", &["`events.loss.probability` states no number"]);
    refused("theory@1=one", &["states no number"]);
    refused("pul@2=1", &["did you mean `pull`?"]);
    refused("events.storm.state=0.5", &["happens or does not"]);
}

#[test]
fn a_condition_with_a_comparison_is_part_of_an_address() {
    let flag =
        |text: &str| scenario::parse_override(&SourceFile::new("--set", text), SourceId(1)).expect("a value");
    let change = flag("events.loss.noisy_or.causes.shock >= 2 and level < 0.5@1 = 0.3");
    assert_eq!(change.address.text, "events.loss.noisy_or.causes.shock >= 2 and level < 0.5@1");
    assert_eq!(flag("a=beta(p5 = 0.1, p95 = 0.2)").address.text, "a");
    assert_eq!(flag("a=if b == c then 1 else 2").address.text, "a");
}
