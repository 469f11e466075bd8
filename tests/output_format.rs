//! What programs read: every answer fits its schema, and `docs/output-format.md` describes every key.
//!
//! The tables of the document are written by this test: `just bless`.

#![allow(clippy::disallowed_methods)]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use foretell::analysis::claims::{Check, CheckFinding};
use foretell::analysis::compare::CompareFinding;
use foretell::analysis::decide::DecideFinding;
use foretell::analysis::discover::{Discover, DiscoverFinding, Looking, Wanted};
use foretell::analysis::explain::ExplainFinding;
use foretell::analysis::flip::{FlipFinding, Flips};
use foretell::analysis::influence::{Influence, InfluenceFinding};
use foretell::analysis::information::{Information, InformationFinding};
use foretell::analysis::joint::{Aspect, Joint};
use foretell::analysis::run::{Run, RunFinding};
use foretell::analysis::sensitivity::{Sensitivity, SensitivityFinding};
use foretell::analysis::sweep::SweepFinding;
use foretell::analysis::update::{Update, UpdateFinding};
use foretell::analysis::worlds::WorldsFinding;
use foretell::diagnostic::{Diagnostics, SourceFile};
use foretell::model::{EventId, Model};
use foretell::report::form::{json, schema};
use foretell::report::mistakes::Mistakes;
use foretell::report::written::Written;
use foretell::session::{Answer, Case, Changes, Comparison, Failure, Session};
use foretell::simulation::{Rule, Settings};
use serde::Serialize;
use serde_json::{Map, Value};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn value(answer: &impl Serialize) -> Value {
    serde_json::from_slice(&json::render(answer)).expect("JSON")
}

fn schema_of<T: schemars::JsonSchema>() -> Value {
    value(&schema::of::<T>())
}

// Whether a value fits a schema.

/// Words of a schema that only explain, or narrow a number that fits anyway.
const WORDS: [&str; 6] = ["$schema", "title", "description", "format", "minimum", "maximum"];

/// Everything in a value that the schema does not allow; also keys that it does not name.
fn misfits(value: &Value, schema: &Value, root: &Value, path: &str) -> Vec<String> {
    let Some(rules) = schema.as_object() else { return Vec::new() };
    let mut found = Vec::new();
    for (word, rule) in rules {
        match word.as_str() {
            "$ref" => found.extend(misfits(value, resolve(rule, root), root, path)),
            "type" => found.extend((!has_type(value, rule)).then(|| format!("{path}: no {rule}"))),
            "const" => found.extend((value != rule).then(|| format!("{path}: not {rule}"))),
            "enum" => {
                let all = rule.as_array().expect("a list");
                found.extend((!all.contains(value)).then(|| format!("{path}: none of {rule}")));
            }
            "anyOf" | "oneOf" => {
                let each = rule.as_array().expect("a list").iter();
                let worst = each.map(|one| misfits(value, one, root, path)).min_by_key(Vec::len);
                found.extend(worst.unwrap_or_default());
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                found.extend(items.flat_map(|(at, one)| misfits(one, rule, root, &format!("{path}[{at}]"))));
            }
            "prefixItems" => {
                let rules = rule.as_array().expect("a list");
                let items = value.as_array().into_iter().flatten().zip(rules).enumerate();
                found.extend(
                    items.flat_map(|(at, (one, rule))| misfits(one, rule, root, &format!("{path}[{at}]"))),
                );
            }
            "minItems" | "maxItems" => {
                let (count, bound) =
                    (value.as_array().map(Vec::len), rule.as_u64().expect("a number") as usize);
                let fits = count
                    .is_none_or(|count| if word == "minItems" { count >= bound } else { count <= bound });
                found.extend((!fits).then(|| format!("{path}: {word} {bound}")));
            }
            "required" => {
                let names = rule.as_array().expect("a list").iter().filter_map(Value::as_str);
                let missing = names.filter(|name| value.is_object() && value.get(name).is_none());
                found.extend(missing.map(|name| format!("{path}.{name}: missing")));
            }
            "properties" | "additionalProperties" | "$defs" => {}
            other => assert!(WORDS.contains(&other), "{path}: `{other}` is not understood"),
        }
    }
    found.extend(keys(value, rules, root, path));
    found
}

/// Misfits of the keys of an object.
fn keys(value: &Value, rules: &Map<String, Value>, root: &Value, path: &str) -> Vec<String> {
    let (known, others) = (rules.get("properties"), rules.get("additionalProperties"));
    let Some(object) = value.as_object().filter(|_| known.is_some() || others.is_some()) else {
        return Vec::new();
    };
    let misfit = |(name, inner): (&String, &Value)| {
        let path = format!("{path}.{name}");
        match known.and_then(|known| known.get(name)).or(others) {
            Some(rule) => misfits(inner, rule, root, &path),
            None => vec![format!("{path}: not in the schema")],
        }
    };
    object.iter().flat_map(misfit).collect()
}

fn resolve<'s>(reference: &Value, root: &'s Value) -> &'s Value {
    let path = reference.as_str().expect("a reference").trim_start_matches('#');
    root.pointer(path).expect("a definition")
}

fn has_type(value: &Value, rule: &Value) -> bool {
    let is = |name: &Value| match name.as_str().expect("a type") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    };
    rule.as_array().map_or_else(|| is(rule), |all| all.iter().any(is))
}

#[track_caller]
fn assert_fits(what: &str, value: &Value, schema: &Value) {
    let found = misfits(value, schema, schema, "");
    assert!(found.is_empty(), "{what}: {found:#?}");
}

// The answers of every scenario.

fn scenarios() -> Vec<PathBuf> {
    let folders = ["scenarios", "scenarios/reference"].map(root);
    let files = folders.iter().flat_map(|one| std::fs::read_dir(one).expect("a folder"));
    let mut paths: Vec<PathBuf> = files.map(|one| one.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    assert!(paths.len() > 8, "the scenarios were not found");
    paths
}

fn open(path: &Path) -> Session<'static> {
    let text = std::fs::read_to_string(path).expect("a scenario");
    let folder = path.parent().expect("a folder").to_path_buf();
    let read =
        move |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    Session::open(SourceFile::new(path.display().to_string(), text), read).expect("a text")
}

fn settings() -> Settings {
    Settings { threads: 1, rule: Rule::Draws(4096), ..Settings::default() }
}

/// A case that compares all variants where the file has some.
fn with_variants(session: &Session<'static>, evidence: &[&str]) -> Option<(Value, bool)> {
    let ask = |all_variants: bool| -> Result<Value, Failure> {
        let evidence = evidence.iter().map(|one| one.to_string()).collect();
        let case = session.case(&Changes { all_variants, evidence, ..Changes::default() })?;
        let joint = two_things(&case.model);
        let run = Run { percents: vec![1.0, 99.0], all_variants, joint, ..Run::default() };
        Ok(value(&case.answer(&run, &settings())?))
    };
    ask(true).map(|value| (value, true)).or_else(|_| ask(false).map(|value| (value, false))).ok()
}

/// The first two things of a model that have states, told jointly, if there are two.
fn two_things(model: &Model) -> Vec<Joint> {
    let events = (0..model.events.len()).map(|at| Aspect::event(model, EventId(at)));
    let outcome = (!model.outcomes.is_empty()).then(|| Aspect::outcome(model));
    let of: Vec<Aspect> = events.chain(outcome).take(2).collect();
    (of.len() == 2).then_some(Joint { of }).into_iter().collect()
}

#[test]
fn every_run_fits_its_schema() {
    let schema = schema_of::<Answer<RunFinding>>();
    let (mut with_evidence, mut compared, mut joint) = (0, 0, 0);
    for path in scenarios() {
        let session = open(&path);
        let (found, has_variants) = with_variants(&session, &[]).expect("a run");
        joint += usize::from(found.get("joint").is_some());
        compared += usize::from(has_variants);
        assert_fits(&path.display().to_string(), &found, &schema);
        if let Some((found, _)) = with_variants(&session, &["all"]) {
            with_evidence += 1;
            assert_fits(&path.display().to_string(), &found, &schema);
        }
    }
    assert!(with_evidence > 0 && compared > 0 && joint > 3, "no scenario with evidence, variants or events");
}

#[test]
fn every_check_and_update_fits_its_schema() {
    let (check, update) = (schema_of::<Answer<CheckFinding>>(), schema_of::<Answer<UpdateFinding>>());
    let mut updated = 0;
    for path in scenarios() {
        let (session, name) = (open(&path), path.display().to_string());
        let case: Case = session.case(&Changes::default()).expect("a sound scenario");
        for is_tested in [true, false] {
            let found = case.answer(&Check { is_tested, ..Check::default() }, &settings()).expect("verdicts");
            assert_fits(&name, &value(&found), &check);
        }
        let all = Changes { evidence: vec!["all".into()], ..Changes::default() };
        if let Ok(case) = session.case(&all) {
            updated += 1;
            assert_fits(&name, &value(&case.answer(&Update, &settings()).expect("an update")), &update);
        }
    }
    assert!(updated > 0, "no scenario with evidence");
}

#[test]
fn every_sensitivity_fits_its_schema() {
    let schema = schema_of::<Answer<SensitivityFinding>>();
    let question = Sensitivity { shapley: true, structure: Some(0.2), ..Sensitivity::default() };
    let mut answered = 0;
    for path in scenarios() {
        let (session, name) = (open(&path), path.display().to_string());
        let case: Case = session.case(&Changes::default()).expect("a sound scenario");
        let settings = Settings { rule: Rule::Draws(1 << 10), ..settings() };
        // Of more inputs than can be told within a second, the plain question.
        let found =
            case.answer(&question, &settings).or_else(|_| case.answer(&Sensitivity::default(), &settings));
        assert_fits(&name, &value(&found.expect("an answer")), &schema);
        answered += 1;
    }
    assert!(answered > 5);
}

#[test]
fn what_to_find_out_fits_its_schema() {
    let schema = schema_of::<Answer<InformationFinding>>();
    for path in scenarios() {
        let (session, name) = (open(&path), path.display().to_string());
        let case: Case = session.case(&Changes::default()).expect("a sound scenario");
        let Ok(question) = Information::about(&case.model, None) else { continue };
        let settings = Settings { rule: Rule::Draws(1 << 10), ..settings() };
        assert_fits(&name, &value(&case.answer(&question, &settings).expect("an answer")), &schema);
    }
}

#[test]
fn what_would_change_an_answer_fits_its_schema() {
    let schema = schema_of::<Answer<FlipFinding>>();
    let path = scenarios().into_iter().find(|path| path.ends_with("vladivostok-2023.toml")).expect("a file");
    let session = open(&path);
    let case: Case = session.case(&Changes::default()).expect("a sound scenario");
    let settings = Settings { rule: Rule::Draws(1 << 10), ..settings() };
    let question = Flips { has_envelope: true, ..Flips::default() };
    assert_fits("flip", &value(&case.answer(&question, &settings).expect("an answer")), &schema);
}

#[test]
fn every_network_fits_its_schema() {
    let schema = schema_of::<Answer<InfluenceFinding>>();
    for path in scenarios() {
        let (session, name) = (open(&path), path.display().to_string());
        let case: Case = session.case(&Changes::default()).expect("a sound scenario");
        let settings = Settings { rule: Rule::Draws(1 << 10), ..settings() };
        assert_fits(&name, &value(&case.answer(&Influence, &settings).expect("an answer")), &schema);
    }
}

#[test]
fn every_box_fits_its_schema() {
    let schema = schema_of::<Answer<DiscoverFinding>>();
    let question = Discover {
        of: Wanted::Likeliest,
        by: Vec::new(),
        looking: Looking { boxes: 2, ..Looking::default() },
    };
    let settings = Settings { rule: Rule::Draws(1 << 10), ..settings() };
    let mut answered = 0;
    for path in scenarios() {
        let (session, name) = (open(&path), path.display().to_string());
        let case: Case = session.case(&Changes::default()).expect("a sound scenario");
        // A file may have nothing that happens.
        if let Ok(answer) = case.answer(&question, &settings) {
            assert_fits(&name, &value(&answer), &schema);
            answered += 1;
        }
    }
    assert!(answered > 8, "{answered}");
}

#[test]
fn every_sweep_fits_its_schema() {
    let schema = schema_of::<Answer<SweepFinding>>();
    let session = open(&root("scenarios/vladivostok-2023.toml"));
    let given = Changes { given: vec!["china_approval > 0.3".into()], ..Changes::default() };
    let words: [(&[&str], Option<&str>); 3] = [
        (&["china_approval=0:1:6"], None),
        (&["weight_of_pattern=0:6:6"], Some("trade_demand")),
        (&["china_approval=0:1:4", "trade_demand=0:1:3"], None),
    ];
    for changes in [Changes::default(), given] {
        for (vary, also) in words {
            let mut case: Case = session.case(&changes).expect("a sound scenario");
            let vary: Vec<String> = vary.iter().map(|one| one.to_string()).collect();
            let sweep = case.sweep(&vary, also, &[]).expect("sound words");
            assert_fits("sweep", &value(&case.answer(&sweep, &settings()).expect("a sweep")), &schema);
        }
    }
}

#[test]
fn every_comparison_fits_its_schema() {
    let schema = schema_of::<Answer<CompareFinding>>();
    let paths: Vec<PathBuf> = scenarios().into_iter().take(4).collect();
    for (one, other) in paths.iter().flat_map(|one| paths.iter().map(move |other| (one, other))) {
        let mut first = open(one);
        let text = std::fs::read_to_string(other).expect("a scenario");
        let second =
            first.beside(SourceFile::new(other.display().to_string(), text), |name| Err(name.into()));
        let second = second.expect("a text");
        let comparison = Comparison::of_files(&first, &second, &Changes::default());
        let found = comparison.and_then(|one| one.answer(&[], &settings())).expect("a comparison");
        assert_fits(&format!("{} {}", one.display(), other.display()), &value(&found), &schema);
    }
}

#[test]
fn what_is_no_answer_fits_its_schema() {
    let written = schema_of::<Written>();
    assert_fits("new", &value(&Written::template("budget.toml")), &written);
    assert_fits("import", &value(&Written::network("asia.toml", 8, 8)), &written);
    let text = "[factors.oil]\nvalue = 'beta(2, 5'\n[outcomes.up]\nweight = {}\n";
    let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
    let Err(Failure::No(sources, list)) = session.case(&Changes::default()) else { panic!("mistakes") };
    let mistakes = value(&Mistakes::of(&list, &sources));
    assert!(mistakes["mistakes"].as_array().is_some_and(|all| all.len() >= 2));
    assert_fits("mistakes", &mistakes, &schema_of::<Mistakes>());
    assert_fits("none", &value(&Mistakes::of(&Diagnostics::new(), &sources)), &schema_of::<Mistakes>());
}

#[test]
fn a_misfit_would_be_seen() {
    let schema = schema_of::<Answer<RunFinding>>();
    let case = open(&root("scenarios/vladivostok-2023.toml"));
    let case = case.case(&Changes::default()).expect("a sound scenario");
    let sound = value(&case.answer(&Run::default(), &settings()).expect("a run"));
    let count = |change: &dyn Fn(&mut Value)| {
        let mut changed = sound.clone();
        change(&mut changed);
        misfits(&changed, &schema, &schema, "").len()
    };
    assert_eq!(count(&|_| {}), 0);
    assert_eq!(count(&|one| one["outcomes"][0]["probability"] = "high".into()), 1);
    assert_eq!(count(&|one| one["outcomes"][1]["p05"] = true.into()), 1);
    assert_eq!(count(&|one| one["run"]["haste"] = 1.into()), 1);
    assert_eq!(count(&|one| drop(one["outcomes"][0].as_object_mut().unwrap().remove("interval"))), 1);
    assert_eq!(count(&|one| one["outcomes"][0]["interval"] = serde_json::json!([0.1])), 1);
    assert_eq!(count(&|one| one["drivers"] = Value::Null), 1);
}

// The document.

/// The rows of a schema: path, type, meaning.
fn rows(schema: &Value, root: &Value, path: &str, found: &mut Vec<[String; 3]>) {
    let schema = schema.get("$ref").map_or(schema, |reference| resolve(reference, root));
    for one in ["anyOf", "oneOf"].iter().filter_map(|word| schema[word].as_array()).flatten() {
        rows(one, root, path, found);
    }
    if schema["items"].is_object() {
        rows(&schema["items"], root, &format!("{path}[]"), found);
    }
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let target = inner.get("$ref").map_or(inner, |reference| resolve(reference, root));
        let meaning = [inner, target].iter().find_map(|one| one["description"].as_str()).unwrap_or_default();
        let is_required =
            schema["required"].as_array().is_some_and(|all| all.contains(&name.as_str().into()));
        let kind = kind(inner, root) + if is_required { "" } else { " or missing" };
        let row = [path.clone(), kind, meaning.replace('\n', " ")];
        if !found.contains(&row) {
            found.push(row);
        }
        rows(inner, root, &path, found);
    }
}

/// A type in words.
fn kind(schema: &Value, root: &Value) -> String {
    let schema = schema.get("$ref").map_or(schema, |reference| resolve(reference, root));
    if let Some(all) = ["anyOf", "oneOf"].iter().find_map(|word| schema[word].as_array()) {
        let mut kinds: Vec<String> = all.iter().map(|one| kind(one, root)).collect();
        kinds.dedup();
        return kinds.join(" or ");
    }
    let word = |name: &Value| match name.as_str().unwrap_or("string") {
        "array" => "list".to_string(),
        "boolean" => "true or false".into(),
        "string" => "text".into(),
        "integer" => "whole number".into(),
        other => other.to_string(),
    };
    match &schema["type"] {
        Value::Array(all) => all.iter().map(word).collect::<Vec<_>>().join(" or "),
        one => word(one),
    }
}

/// A table of the document: the keys that `skip` does not name.
fn table(schema: &Value, skip: &[&str], only: &[&str]) -> String {
    let mut found = Vec::new();
    rows(schema, schema, "", &mut found);
    let first = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_string();
    found.retain(|[path, ..]| !skip.contains(&first(path).as_str()));
    found.retain(|[path, ..]| only.is_empty() || only.contains(&first(path).as_str()));
    let mut text = String::from("| key | type | meaning |\n|:--|:--|:--|\n");
    for [path, kind, meaning] in found {
        let _ = writeln!(text, "| `{path}` | {kind} | {meaning} |");
    }
    text
}

/// What stands around the finding in every answer.
const FACTS: [&str; 6] = ["foretell", "scenario", "run", "void", "warnings", "readings"];

/// The tables by the names of their places in the document.
fn tables() -> Vec<(&'static str, String)> {
    let run = schema_of::<Answer<RunFinding>>();
    vec![
        ("facts", table(&run, &[], &FACTS)),
        ("run", table(&run, &FACTS, &[])),
        ("check", table(&schema_of::<Answer<CheckFinding>>(), &FACTS, &[])),
        ("update", table(&schema_of::<Answer<UpdateFinding>>(), &FACTS, &[])),
        ("voi", table(&schema_of::<Answer<InformationFinding>>(), &FACTS, &[])),
        ("discover", table(&schema_of::<Answer<DiscoverFinding>>(), &FACTS, &[])),
        ("flip", table(&schema_of::<Answer<FlipFinding>>(), &FACTS, &[])),
        ("influence", table(&schema_of::<Answer<InfluenceFinding>>(), &FACTS, &[])),
        ("decide", table(&schema_of::<Answer<DecideFinding>>(), &FACTS, &[])),
        ("sensitivity", table(&schema_of::<Answer<SensitivityFinding>>(), &FACTS, &[])),
        ("explain", table(&schema_of::<Answer<ExplainFinding>>(), &FACTS, &[])),
        ("worlds", table(&schema_of::<Answer<WorldsFinding>>(), &FACTS, &[])),
        ("sweep", table(&schema_of::<Answer<SweepFinding>>(), &FACTS, &[])),
        ("compare", table(&schema_of::<Answer<CompareFinding>>(), &FACTS, &[])),
        ("written", table(&schema_of::<Written>(), &[], &[])),
        ("mistakes", table(&schema_of::<Mistakes>(), &[], &[])),
    ]
}

/// The document with the tables at their places.
fn with_tables(document: &str) -> String {
    tables().into_iter().fold(document.to_string(), |text, (name, table)| {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("no place for {name}"));
        let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("no end of {name}"));
        format!("{before}{start}\n{table}\n{end}{after}")
    })
}

#[test]
fn the_document_describes_every_key() {
    let path = root("docs/output-format.md");
    let document = std::fs::read_to_string(&path).expect("a file of the project");
    let wanted = with_tables(&document);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &wanted).expect("the document can be written");
        return;
    }
    let differs = document.lines().zip(wanted.lines()).find(|(is, should)| is != should);
    assert!(document == wanted, "`just bless` writes the tables of docs/output-format.md: {differs:?}");
}

#[test]
fn descriptions_are_for_every_language() {
    for schema in [schema_of::<Mistakes>(), schema_of::<Written>(), schema_of::<Answer<RunFinding>>()] {
        assert!(!schema.to_string().contains("```"), "{schema:#}");
    }
}

#[test]
fn every_key_has_its_meaning() {
    for (name, table) in tables() {
        for row in table.lines().skip(2) {
            assert!(!row.ends_with("|  |"), "{name}: {row}");
        }
    }
}
