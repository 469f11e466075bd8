//! Networks of other programs: what is read, what is written, and that nothing that is written in a file makes reading
//! panic. The reading of the written file is tested by the `toml` crate, which knows nothing of foretell.

#![allow(clippy::disallowed_methods)]

mod answers;
mod formats;
mod hostile;
mod influence;
#[path = "../../common/networks.rs"]
mod networks;
mod written;

use foretell::diagnostic::{Diagnostics, SourceFile, Sources, Style, render_all};
use foretell::interchange::{self, Format, Network};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}

fn asia() -> String {
    std::fs::read_to_string(fixtures().join("asia.bif")).expect("the network")
}

/// Reads a text to its end, its messages rendered as they would be shown and their places checked.
fn read(name: &str, text: &str) -> (Option<Network>, Diagnostics, String) {
    let sources = Sources::new(SourceFile::new(name, text));
    let (network, found) = interchange::read(sources.file(), Format::of(name, text));
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
        let mut put = |when: Vec<String>, probabilities: Vec<(&str, f64)>| {
            for (state, value) in probabilities {
                let key = [when.as_slice(), &[label(name, state)]].concat();
                assert!(numbers.insert(key, value).is_none(), "{name}: twice");
            }
        };
        if let Some(probabilities) = table.get("probabilities").and_then(toml::Value::as_table) {
            put(
                Vec::new(),
                probabilities.iter().map(|(state, value)| (state.as_str(), number(value))).collect(),
            );
        }
        let rows = table.get("table").and_then(toml::Value::as_str).unwrap_or_default();
        let mut rows = rows.lines().map(|line| line.split_once('|').expect("a bar"));
        if let Some((parents, columns)) = rows.next() {
            let parents: Vec<&str> = parents.split_whitespace().collect();
            for (when, row) in rows {
                let states = when.split_whitespace().filter(|one| *one != "else").zip(&parents);
                let when = states.map(|(state, parent)| label(parent, state)).collect();
                let row = columns.split_whitespace().zip(row.split_whitespace());
                put(when, row.map(|(state, value)| (state, value.parse().expect("a number"))).collect());
            }
        }
        let states = texts(table.get("states")).iter().map(|state| label(name, state)).collect();
        let shown = table.get("label").and_then(toml::Value::as_str).unwrap_or(name);
        (name.clone(), Read { label: shown.into(), states, numbers })
    };
    factors.iter().map(one).collect()
}
