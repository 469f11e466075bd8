//! The same network from every format.

use super::{fixtures, read};
use foretell::interchange::{Format, Network, decoded, scenario_text};

/// A network of the fixtures.
fn file(name: &str) -> Network {
    let bytes = std::fs::read(fixtures().join(name)).expect("a fixture");
    let text = decoded(name, &bytes, None).expect("text");
    let (network, _, shown) = read(name, &text);
    network.unwrap_or_else(|| panic!("{shown}"))
}

/// Two, three and four states, and numbers of which no other order sums to 1: a file that is read in another order is refused or
/// differs.
#[test]
fn every_format_tells_the_same() {
    let expected = file("same/harbour.bif");
    for name in ["harbour.xml", "harbour.net", "harbour-old.net", "harbour.xdsl", "harbour.dne"] {
        let mut found = file(&format!("same/{name}"));
        for variable in &mut found.variables {
            // What people call it is its name here, where it is said.
            let label = variable.label.take().unwrap_or_default();
            assert!(label.is_empty() || label == variable.name, "{name}: {label}");
        }
        assert_eq!(found, expected, "{name}");
        assert_eq!(scenario_text(&found, "x.bif"), scenario_text(&expected, "x.bif"));
    }
    // A comparison that could not fail would be none: parents the other way round.
    let text = std::fs::read_to_string(fixtures().join("same/harbour.xdsl")).expect("a fixture");
    let (other, _, _) = read("harbour.xdsl", &text.replace("Storm Load", "Load Storm"));
    assert_ne!(other.map(|one| one.variables[2].clone()), Some(expected.variables[2].clone()));
}

/// A format that is not named by the ending is known by the text.
#[test]
fn texts_tell_their_format() {
    for (name, format) in [
        ("harbour.bif", Format::Bif),
        ("harbour.xml", Format::Xmlbif),
        ("harbour.net", Format::Hugin),
        ("harbour-old.net", Format::Hugin),
        ("harbour.xdsl", Format::Xdsl),
        ("harbour.dne", Format::Netica),
    ] {
        let text = std::fs::read_to_string(fixtures().join("same").join(name)).expect("a fixture");
        for name in [name, "stdin", "x.txt"] {
            assert_eq!(Format::of(name, &text), format, "{name}");
        }
    }
}

/// Names that are none in a scenario survive as labels, whatever signs are in them.
#[test]
fn names_survive_as_labels() {
    let text = scenario_text(&file("same/harbour.xml"), "harbour.xml");
    for line in [
        "[factors.storm]\nlabel = \"Storm\"\nstates = [\"Yes\", \"no\"]\nstate_labels = { Yes = \"Yes!\" }\n",
        "states = [\"lt_5\", \"s_5_10\", \"ge_10\"]\nstate_labels = { lt_5 = \"<5\", s_5_10 = \"5-10\", ge_10 = \">=10\" }\n",
        "states = [\"s_0\", \"s_1\", \"a_b\", \"very_long\"]\nstate_labels = { s_0 = \"0\", s_1 = \"1\", a_b = \"a(b)\", very_long = \"very long\" }\n",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

/// What a state of the child has in one combination of the parents' states.
fn chance(network: &Network, name: &str, parents: &[usize], state: usize) -> f64 {
    let variable = network.variables.iter().find(|one| one.name == name).expect("a variable");
    variable.table.row(network.row(variable, parents))[state]
}

#[test]
fn geniees_other_nodes_are_read_as_what_they_state() {
    let text = std::fs::read_to_string(fixtures().join("kinds/kinds.xdsl")).expect("a fixture");
    let (network, found, shown) = read("kinds.xdsl", &text);
    let network = network.expect("a network");
    assert_eq!(found.counts(), (0, 1), "{shown}");
    assert!(shown.contains("`Cost` is left out") && shown.contains("`equation`"), "{shown}");
    let on: Vec<f64> = (0..6).map(|at| chance(&network, "Alarm", &[at / 2, at % 2], 1)).collect();
    assert_eq!(on, [0.0, 0.0, 1.0, 0.0, 1.0, 1.0]);
    // By hand: strengths `2 1 0` give the first distribution to much rain, and the last, which is certain, to none.
    let rain = [[0.0, 0.0, 1.0], [0.1, 0.2, 0.7], [0.3, 0.4, 0.3]];
    let leak = [[0.8, 0.15, 0.05], [0.0, 0.0, 1.0]];
    let always = [0.01, 0.02, 0.97];
    for (a, b) in (0..6).map(|at| (at / 2, at % 2)) {
        let mut expected = [0.0; 3];
        for (x, y, z) in (0..27).map(|at| (at / 9, at / 3 % 3, at % 3)) {
            expected[x.min(y).min(z)] += rain[a][x] * leak[b][y] * always[z];
        }
        for (state, expected) in expected.into_iter().enumerate() {
            assert!((chance(&network, "Water", &[a, b], state) - expected).abs() < 1e-15, "{a} {b} {state}");
        }
    }
    let (network, _, shown) =
        read("kinds.xdsl", &text.replace("<parents>Rain</parents>", "").replace("2 1 0 0 1", "2 1 1 0 1"));
    assert!(network.is_none() && shown.contains("the order of a parent's states is not whole"), "{shown}");
}

#[test]
fn neticas_other_nodes_are_read_as_what_they_state() {
    let text = std::fs::read_to_string(fixtures().join("kinds/kinds.dne")).expect("a fixture");
    let (network, found, shown) = read("kinds.dne", &text);
    let network = network.expect("a network");
    assert_eq!(found.counts(), (0, 3), "{shown}");
    for part in [
        "`Note` is left out",
        "`Depth` is left out",
        "an equation without a table",
        "`evidence of Leak` is left out",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let on: Vec<f64> = (0..6).map(|at| chance(&network, "Alarm", &[at / 2, at % 2], 1)).collect();
    assert_eq!(on, [0.0, 0.0, 1.0, 0.0, 1.0, 1.0]);
    let text = scenario_text(&network, "kinds.dne");
    for line in [
        "[factors.rain]\nlabel = \"Rain in a day\"\nstates = [\"lt_0_5\", \"s_0_5_to_10\", \"ge_10\"]\n",
        "state_labels = { lt_0_5 = \"<0.5\", s_0_5_to_10 = \"0.5 to 10\", ge_10 = \">=10\" }\n",
        "states = [\"s0\", \"s1\"]\nstate_labels = { s1 = \"No leak\" }\n",
        "states = [\"off\", \"on\"]\nstate_labels = { off = \"Silent\" }\n",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}
