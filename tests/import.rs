//! Networks of other programs: what is read, what is written, and that nothing that is written in a file makes reading
//! panic. The reading of the written file is tested by the `toml` crate, which knows nothing of foretell.

#![allow(clippy::disallowed_methods)]

mod common;
#[path = "common/networks.rs"]
mod networks;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::Found;
use foretell::analysis::Failure;
use foretell::analysis::run::RunFinding;
use foretell::analysis::states::StatesFinding;
use foretell::design::Kind;
use foretell::diagnostic::SourceId;
use foretell::diagnostic::{Diagnostics, SourceFile, Sources, Style, render_all};
use foretell::interchange::{self, Network, scenario_text};
use foretell::simulation::Rule;
use foretell::{build, scenario};
use networks::{Chance, alarm, brute_force, network, random};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}

fn asia() -> String {
    std::fs::read_to_string(fixtures().join("asia.bif")).expect("the network")
}

/// Reads a text to its end, its messages rendered as they would be shown and their places checked.
fn read(name: &str, text: &str) -> (Option<Network>, Diagnostics, String) {
    let sources = Sources::new(SourceFile::new(name, text));
    let (network, found) = interchange::read(sources.file());
    let text = &sources.file().text;
    for label in found.iter().flat_map(|one| &one.labels) {
        assert!(text.get(label.span.range()).is_some(), "{name}: a place outside the text");
    }
    assert_eq!(
        network.is_none(),
        found.has_errors(),
        "{name}: a network in spite of errors, or none without a reason"
    );
    let shown = render_all(&found, &sources, Style::Plain);
    (network, found, shown)
}

/// The table of a distribution as numbers keyed by the states of parents and child.
type Numbers = BTreeMap<Vec<String>, f64>;

/// A factor of a scenario file: label, states with their labels, parents, numbers.
#[derive(Debug, PartialEq)]
struct Read {
    label: String,
    states: Vec<String>,
    numbers: Numbers,
}

fn texts(value: Option<&toml::Value>) -> Vec<String> {
    let list = value.and_then(toml::Value::as_array).into_iter().flatten();
    list.filter_map(|one| one.as_str().map(String::from)).collect()
}

fn number(value: &toml::Value) -> f64 {
    value.as_float().expect("a float")
}

/// Factors by name, with every state replaced by its label.
fn factors(text: &str) -> Vec<(String, Read)> {
    let root: toml::Table = text.parse().expect("sound TOML");
    let Some(factors) = root["factors"].as_table() else { panic!("no factors") };
    let label = |name: &str, state: &str| -> String {
        let labels = factors[name].get("state_labels").and_then(|labels| labels.get(state));
        labels.and_then(toml::Value::as_str).unwrap_or(state).into()
    };
    let one = |(name, table): (&String, &toml::Value)| {
        let mut numbers = Numbers::new();
        let mut put = |when: Vec<String>, probabilities: &toml::Value| {
            for (state, value) in probabilities.as_table().expect("probabilities") {
                let key = [when.as_slice(), &[label(name, state)]].concat();
                assert!(numbers.insert(key, number(value)).is_none(), "{name}: twice");
            }
        };
        if let Some(probabilities) = table.get("probabilities") {
            put(Vec::new(), probabilities);
        }
        for row in table.get("table").and_then(toml::Value::as_array).into_iter().flatten() {
            let when = row.get("when").and_then(toml::Value::as_table).into_iter().flatten();
            let when = when.map(|(parent, state)| label(parent, state.as_str().expect("a state"))).collect();
            put(when, &row["probabilities"]);
        }
        let states = texts(table.get("states")).iter().map(|state| label(name, state)).collect();
        let shown = table.get("label").and_then(toml::Value::as_str).unwrap_or(name);
        (name.clone(), Read { label: shown.into(), states, numbers })
    };
    factors.iter().map(one).collect()
}

/// What the written file should say of a network.
fn expected(network: &Network) -> Vec<Read> {
    let one = |variable: &foretell::interchange::Variable| {
        let mut numbers = Numbers::new();
        let keyed = variable.table.rows.iter().map(|(row, numbers)| {
            let states = network.parent_states(variable, *row);
            let pairs = variable.parents.iter().zip(states);
            (pairs.map(|(parent, state)| network.variables[*parent].states[state].clone()).collect(), numbers)
        });
        let keyed: Vec<(Vec<String>, &Vec<f64>)> = keyed.collect();
        let otherwise = variable.table.otherwise.iter().map(|numbers| (Vec::new(), numbers));
        for (when, row) in keyed.into_iter().chain(otherwise) {
            for (state, value) in variable.states.iter().zip(row) {
                numbers.insert([when.as_slice(), std::slice::from_ref(state)].concat(), *value);
            }
        }
        Read { label: variable.name.clone(), states: variable.states.clone(), numbers }
    };
    network.variables.iter().map(one).collect()
}

#[test]
fn a_small_network_is_written_to_the_letter() {
    let text = r#"network "Late trains" { }
variable Snow-Fall { type discrete [3] { <5, 5-20, HEAVY }; }
variable in { type discrete [2] { true, false }; }
probability (Snow-Fall) { table 0.7 0.2 0.1; }
probability (in | Snow-Fall) { (HEAVY) 0.6, 0.4; (<5) 1e-5, 0.99999; default 0.1, 0.9; }"#;
    let expected = r#"# Imported from trains.bif by `foretell import`.
foretell = 2

[scenario]
title = "Late trains"

[factors.snow_fall]
label = "Snow-Fall"
states = ["lt_5", "s_5_20", "HEAVY"]
state_labels = { lt_5 = "<5", s_5_20 = "5-20" }
probabilities = { lt_5 = 0.7, s_5_20 = 0.2, HEAVY = 0.1 }

[factors.in_level]
label = "in"
states = ["is_true", "is_false"]
state_labels = { is_true = "true", is_false = "false" }
table = [
  { when = { snow_fall = "lt_5" }, probabilities = { is_true = 1e-5, is_false = 0.99999 } },
  { when = { snow_fall = "HEAVY" }, probabilities = { is_true = 0.6, is_false = 0.4 } },
  { else = true, probabilities = { is_true = 0.1, is_false = 0.9 } },
]
"#;
    assert_eq!(scenario_text(&network(text), "trains.bif"), expected);
}

/// The example of the documentation.
#[test]
fn the_documents_show_what_is_written() {
    let document =
        std::fs::read_to_string(fixtures().join("../../../docs/scenario-format.md")).expect("a document");
    let (_, rest) = document.split_once("```bif\n").expect("a network");
    let (text, rest) = rest.split_once("```").expect("its end");
    let (_, rest) = rest.split_once("```toml\n").expect("a scenario");
    let (expected, _) = rest.split_once("```").expect("its end");
    assert_eq!(scenario_text(&network(text), "trains.bif"), expected);
}

#[test]
fn what_is_written_reads_back_as_the_network() {
    let mut texts: Vec<String> = (0..200).map(|seed| random(seed, 1 + (seed as usize % 12))).collect();
    texts.extend([asia(), alarm(1)]);
    for text in texts {
        let network = network(&text);
        let written = factors(&scenario_text(&network, "x.bif"));
        let read: Vec<Read> = written.into_iter().map(|(_, one)| one).collect();
        assert_eq!(read, expected(&network));
    }
}

#[test]
fn hostile_names_are_written_as_sound_toml() {
    let names =
        ["a\\b", "quote'", "é\u{1}", "#x", "[", "a b", "A B", "a_b", "normal", "P", "", "\u{7f}", "=", "{}"];
    let states: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let shares = ["0.0625"; 12].join(", ") + ", 0.125, 0.125";
    let mut text = "network \"a \\\\ b\" {}\n".to_string();
    for name in names {
        let list = states.join(", ");
        text += &format!("variable \"{name}\" {{ type discrete [ {} ] {{ {list} }}; }}\n", names.len());
        text += &format!("probability ( \"{name}\" ) {{ table {shares}; }}\n");
    }
    let network = network(&text);
    let written = factors(&scenario_text(&network, "x\n.bif"));
    for (name, _) in &written {
        assert_eq!(*name, foretell::scenario::snake_case(name), "not a sound name");
    }
    let read: Vec<Read> = written.into_iter().map(|(_, one)| one).collect();
    assert_eq!(read, expected(&network));
}

#[test]
fn alarm_has_its_size() {
    let network = network(&alarm(1));
    let parents: usize = network.variables.iter().map(|one| one.parents.len()).sum();
    let parameters: usize =
        network.variables.iter().map(|one| one.table.rows.len() * (one.states.len() - 1)).sum();
    assert_eq!((network.variables.len(), parents, parameters), (37, 46, 509));
}

/// The state of the first name, for the chest clinic: "yes", "true", "abnormal".
fn first_states(network: &Network, evidence: &[(&str, usize)]) -> BTreeMap<String, f64> {
    let index = |name: &str| network.variables.iter().position(|one| one.name == name).expect("a variable");
    let evidence: Vec<(usize, usize)> = evidence.iter().map(|(name, state)| (index(name), *state)).collect();
    let (_, found) = brute_force(network, &evidence);
    network.variables.iter().zip(found).map(|(one, states)| (one.name.clone(), states[0])).collect()
}

#[test]
fn the_chest_clinic_gives_its_textbook_values() {
    let network = network(&asia());
    let prior = first_states(&network, &[]);
    for (name, expected) in [
        ("VisitToAsia", 0.01),
        ("Tuberculosis", 0.0104),
        ("Smoking", 0.5),
        ("LungCancer", 0.055),
        ("Bronchitis", 0.45),
        ("Either", 0.064_828),
        ("X-ray", 0.110_290_04),
        ("Dyspnoea", 0.435_970_6),
    ] {
        assert!((prior[name] - expected).abs() < 1e-12, "{name}: {}", prior[name]);
    }
    // A visitor to Asia with dyspnoea, then with a normal X-ray: Lauritzen & Spiegelhalter's example.
    let visitor = [("VisitToAsia", 0), ("Dyspnoea", 0)];
    let posterior = first_states(&network, &visitor);
    for (name, expected) in [("Tuberculosis", 0.0878), ("LungCancer", 0.0995), ("Bronchitis", 0.8114)] {
        assert!((posterior[name] - expected).abs() < 5e-5, "{name}: {}", posterior[name]);
    }
    // By hand, without the network: Bayes' rule over tuberculosis alone, given a visit.
    let dyspnoea = |either: bool, bronchitis: bool| match (either, bronchitis) {
        (true, true) => 0.9,
        (true, false) => 0.7,
        (false, true) => 0.8,
        (false, false) => 0.1,
    };
    let mut sums = [0.0; 2];
    for (smoking, cancer, bronchitis) in (0..8).map(|bits| (bits & 1, bits & 2, bits & 4)) {
        let (p_cancer, p_bronchitis) = if smoking == 1 { (0.1, 0.6) } else { (0.01, 0.3) };
        let one = |is: bool, p: f64| if is { p } else { 1.0 - p };
        let chance = 0.5 * one(cancer > 0, p_cancer) * one(bronchitis > 0, p_bronchitis);
        sums[0] += 0.05 * chance * dyspnoea(true, bronchitis > 0);
        sums[1] += 0.95 * chance * dyspnoea(cancer > 0, bronchitis > 0);
    }
    assert!((posterior["Tuberculosis"] - sums[0] / (sums[0] + sums[1])).abs() < 1e-13);
}

/// In `table`, the variables vary in the order in which they are written, the first slowest.
#[test]
fn a_table_runs_over_the_child_slowest_and_the_last_parent_fastest() {
    let start = "variable A { type discrete [2] { a0, a1 }; } variable B { type discrete [3] { b0, b1, b2 }; }
                 variable C { type discrete [2] { c0, c1 }; }
                 probability (A) { table 0.5 0.5; } probability (B) { table 0.2 0.3 0.5; } probability (C | A, B) ";
    let whole = "{ table 0.1, 0.2, 0.3, 0.4, 0.5, 0.6,  0.9, 0.8, 0.7, 0.6, 0.5, 0.4; }";
    let rows = "{ (a0, b0) 0.1, 0.9; (a0, b1) 0.2, 0.8; (a0, b2) 0.3, 0.7;
                  (a1, b0) 0.4, 0.6; (a1, b1) 0.5, 0.5; (a1, b2) 0.6, 0.4; }";
    assert_eq!(network(&format!("{start}{whole}")), network(&format!("{start}{rows}")));
    let other = "{ table 0.1, 0.9, 0.2, 0.8, 0.3, 0.7, 0.4, 0.6, 0.5, 0.5, 0.6, 0.4; }";
    let (_, found, shown) = read("order.bif", &format!("{start}{other}"));
    assert!(found.has_errors() && shown.contains("the child varies slowest"), "{shown}");
}

#[test]
fn few_decimals_are_normalised_and_counted() {
    let text = |numbers: &str| {
        format!("variable A {{ type discrete [3] {{ x, y, z }}; }} probability (A) {{ table {numbers}; }}")
    };
    let (network, found, shown) = read("thirds.bif", &text("0.3333, 0.3333, 0.3333"));
    let network = network.expect("a network");
    assert_eq!((network.normalised, found.counts()), (1, (0, 1)));
    assert!(shown.contains("1 row of probabilities does not sum to 1"), "{shown}");
    assert!((network.variables[0].table.row(0).iter().sum::<f64>() - 1.0).abs() < 1e-15);
    let (network, found, _) = read("rough.bif", &text("0.33, 0.33, 0.335"));
    assert_eq!((network.map(|one| one.normalised), found.counts()), (Some(1), (0, 2)));
    let (network, _, shown) = read("wrong.bif", &text("0.33, 0.33, 0.31"));
    assert!(network.is_none() && shown.contains("error[bif-sum]"), "{shown}");
    let (network, found, _) = read("exact.bif", &text("0.1, 0.2, 0.7"));
    assert_eq!(network.map(|one| one.variables[0].table.row(0).to_vec()), Some(vec![0.1, 0.2, 0.7]));
    assert!(found.is_empty());
}

/// Each `bad/NAME.bif` shows the messages of `NAME.txt`; `UPDATE_FIXTURES=1` writes them.
#[test]
fn every_mistake_shows_its_message() {
    let mut codes = String::new();
    let mut wrong = Vec::new();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(fixtures().join("bad"))
        .expect("a folder")
        .map(|one| one.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "bif"));
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a fixture");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (_, found, shown) = read(&name, &text);
        for one in found.iter().filter(|one| one.code != "bif-normalised") {
            let is_placed = !one.labels.is_empty() || one.code == "bif-empty";
            assert!(is_placed && !one.hints.is_empty(), "{name}: no place or no hint: {}", one.message);
        }
        codes += &shown;
        let expected = path.with_extension("txt");
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            std::fs::write(&expected, &shown).expect("a fixture can be written");
        } else if std::fs::read_to_string(&expected).ok().as_deref() != Some(&shown) {
            wrong.push(format!("== {name} shows\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "UPDATE_FIXTURES=1 accepts these:\n{}", wrong.join("\n"));
    let document =
        std::fs::read_to_string(fixtures().join("../../../docs/scenario-format.md")).expect("a document");
    for code in [
        "syntax",
        "empty",
        "unknown",
        "duplicate",
        "count",
        "number",
        "sum",
        "missing",
        "cycle",
        "more",
        "normalised",
    ] {
        assert!(codes.contains(&format!("[bif-{code}]")), "no fixture shows bif-{code}");
        assert!(document.contains(&format!("`bif-{code}`")), "bif-{code} is not described");
    }
}

#[test]
fn whatever_is_cut_off_is_read_to_its_end() {
    let text = asia();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        read("cut.bif", &text[..end]);
        read("cut.bif", &text[end..]);
    }
}

#[test]
fn whatever_is_changed_is_read_to_its_end() {
    let pieces = [
        "",
        "{",
        "}",
        "(",
        ")",
        ";",
        "|",
        ",",
        "\"",
        "/*",
        "*/",
        "//",
        "[",
        "]",
        "table",
        "default",
        "probability",
        "variable",
        "network",
        "property",
        "-1",
        "1e999",
        "nan",
        "yes",
        "VisitToAsia",
        "é",
        "\u{0}",
        "0",
        "[ 99999999999999999999 ]",
    ];
    let text = asia();
    let mut chance = Chance(7);
    for _ in 0..4000 {
        let mut changed = text.clone();
        for _ in 0..1 + chance.below(4) {
            let start = chance.below(changed.len());
            let end = (start + chance.below(12)).min(changed.len());
            if changed.is_char_boundary(start) && changed.is_char_boundary(end) {
                changed.replace_range(start..end, pieces[chance.below(pieces.len())]);
            }
        }
        let (network, _, _) = read("changed.bif", &changed);
        if let Some(network) = network {
            factors(&scenario_text(&network, "changed.bif"));
        }
    }
}

/// Deep chains, many parents and huge defaults cost no more than the text is long.
#[test]
fn large_networks_are_read_quickly() {
    let mut chain =
        "variable N0 { type discrete [2] { no, yes }; } probability (N0 | N29999) { default 0.5, 0.5; }"
            .to_string();
    for index in 1..30_000 {
        let before = index - 1;
        chain += &format!(
            "variable N{index} {{ type discrete [2] {{ no, yes }}; }} probability (N{index} | N{before}) {{ default 0.5, 0.5; }}\n"
        );
    }
    let (network, _, shown) = read("chain.bif", &chain);
    assert!(network.is_none() && shown.contains("error[bif-cycle]"));
    let mistakes = chain.replace("| N", "| M").replace("0.5, 0.5", "0.5");
    let (_, found, shown) = read("mistakes.bif", &mistakes);
    assert!(found.iter().count() == 51 && shown.contains("29950 more problems"), "{shown}");
    for (parents, is_sound) in [(60, true), (64, false)] {
        let mut text = String::new();
        let names: Vec<String> = (0..parents).map(|index| format!("N{index}")).collect();
        for name in &names {
            text += &format!(
                "variable {name} {{ type discrete [2] {{ no, yes }}; }} probability ({name}) {{ table 0.5, 0.5; }}\n"
            );
        }
        text += "variable X { type discrete [2] { no, yes }; }\n";
        text += &format!("probability (X | {}) {{ default 0.5, 0.5; }}", names.join(", "));
        assert_eq!(read("wide.bif", &text).0.is_some(), is_sound);
    }
}

/// A written file as a model, with what was learned: variables by their position, each with its state.
fn run(network: &Network, evidence: &[(usize, usize)]) -> Result<Found, Failure> {
    let text = scenario_text(network, "test.bif");
    let (mut document, found) = scenario::parse(&SourceFile::new("test.toml", text.as_str()));
    assert!(!found.has_errors(), "{found:?}");
    let given = |(variable, state): &(usize, usize)| {
        let category = &document.categories[*variable];
        format!("{} == {}", category.name.text, category.states[*state].text)
    };
    let given: Vec<String> = evidence.iter().map(given).collect();
    document.given = given
        .iter()
        .map(|one| {
            scenario::parse_given(&SourceFile::new("--given", one), SourceId(1)).expect("a proposition")
        })
        .collect();
    let (model, found) = build::build(&document, &Default::default(), &[]);
    assert!(!found.has_errors(), "{found:?}");
    let model = model.expect("a sound model");
    let asked = common::compiled(&model)?;
    assert!(asked.program().inputs().is_empty(), "nothing is drawn");
    Ok(common::run_of(&asked, Kind::Sobol, 1, Rule::default()))
}

fn shares(found: &RunFinding) -> Vec<Vec<f64>> {
    let states = |one: &StatesFinding| one.states.iter().map(|state| state.probability.value).collect();
    found.states().map(states).collect()
}

#[test]
fn imported_networks_answer_as_brute_force_does() {
    let mut compared = 0;
    for seed in 0..60 {
        let text = if seed == 0 { asia() } else { random(seed, 3 + (seed as usize) % 6) };
        let network = network(&text);
        let mut chance = Chance(seed);
        let evidence: Vec<(usize, usize)> = (0..chance.below(3))
            .map(|_| {
                let variable = chance.below(network.variables.len());
                (variable, chance.below(network.variables[variable].states.len()))
            })
            .collect();
        let (total, expected) = brute_force(&network, &evidence);
        let found = match run(&network, &evidence) {
            Ok(found) => found,
            Err(_) => {
                assert_eq!(total, 0.0);
                continue;
            }
        };
        assert!(found.course.exact);
        let found = found.finding;
        let learned = found.evidence.map_or(1.0, |one| one.probability.value);
        assert!((learned - total).abs() < 1e-12);
        for (one, other) in shares(&found).iter().flatten().zip(expected.iter().flatten()) {
            assert!((one - other).abs() < 1e-12, "{text}\n{evidence:?}: {one} {other}");
            compared += 1;
        }
    }
    assert!(compared > 500, "{compared}");
}

/// Too large to enumerate: what must hold of any answer is Bayes' rule, P(a | b) P(b) = P(b | a) P(a).
#[test]
fn a_network_of_alarms_size_is_answered_exactly() {
    let network = network(&alarm(7));
    let whole = shares(&run(&network, &[]).expect("possible").finding);
    assert_eq!(whole.len(), 37);
    for states in &whole {
        assert!((states.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
    for (a, b) in [(0, 36), (5, 30), (20, 10), (12, 33)] {
        let given_b = shares(&run(&network, &[(b, 1)]).expect("possible").finding);
        let given_a = shares(&run(&network, &[(a, 0)]).expect("possible").finding);
        let (left, right) = (given_b[a][0] * whole[b][1], given_a[b][1] * whole[a][0]);
        assert!((left - right).abs() < 1e-12, "{a} {b}: {left} {right}");
    }
}
