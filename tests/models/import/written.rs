//! What is written.

use super::networks::{alarm, network, random};
use super::{Numbers, Read, asia, factors, fixtures, read};
use foretell::interchange::{Network, scenario_text};

fn names(variable: &foretell::interchange::Variable) -> Vec<String> {
    variable.states.iter().map(|state| state.name.clone()).collect()
}

/// What the written file should say of a network.
fn expected(network: &Network) -> Vec<Read> {
    let one = |variable: &foretell::interchange::Variable| {
        let mut numbers = Numbers::new();
        let keyed = variable.table.rows.iter().map(|(row, numbers)| {
            let states = network.parent_states(variable, *row);
            let pairs = variable.parents.iter().zip(states);
            (
                pairs.map(|(parent, state)| network.variables[*parent].states[state].name.clone()).collect(),
                numbers,
            )
        });
        let keyed: Vec<(Vec<String>, &Vec<f64>)> = keyed.collect();
        let otherwise = variable.table.otherwise.iter().map(|numbers| (Vec::new(), numbers));
        for (when, row) in keyed.into_iter().chain(otherwise) {
            for (state, value) in variable.states.iter().zip(row) {
                numbers.insert([when.as_slice(), std::slice::from_ref(&state.name)].concat(), *value);
            }
        }
        Read { label: variable.name.clone(), states: names(variable), numbers }
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
table = '''
snow_fall | is_true is_false
lt_5      | 1e-5    0.99999
HEAVY     | 0.6     0.4
else      | 0.1     0.9
'''
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
