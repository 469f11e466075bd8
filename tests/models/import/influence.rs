//! What is decided, and what that pays.

use super::{fixtures, read};
use foretell::interchange::scenario_text;

fn written(name: &str) -> (String, String) {
    let text = std::fs::read_to_string(fixtures().join("diagrams").join(name)).expect("a fixture");
    let (network, _, shown) = read(name, &text);
    (scenario_text(&network.unwrap_or_else(|| panic!("{shown}")), name), shown)
}

const PORT: &str = r#"
[factors.weather]
label = "Weather"
states = ["calm", "rough", "storm"]
probabilities = { calm = 0.5, rough = 0.3, storm = 0.2 }

[factors.forecast]
label = "Forecast"
states = ["good", "bad"]
table = '''
weather | good bad
calm    | 0.9  0.1
rough   | 0.4  0.6
storm   | 0.05 0.95
'''

[[decisions]]
id = "sail"
label = "When to sail?"

[decisions.options.now]
payoff = '(if weather == calm then 100 else if weather == rough then 20 else -250) + -2'

[decisions.options.later]
payoff = '(if weather == calm then 60 else if weather == rough then 35 else 0.5) + -14'

[decisions.tests.known]
label = "What is known before"
of = ["forecast"]
"#;

#[test]
fn a_decision_with_what_it_pays_stands_as_one() {
    for name in ["port.xdsl", "port.net", "port.dne", "port.xmlbif"] {
        let (text, shown) = written(name);
        assert_eq!(shown, "", "{name}");
        let (_, rest) = text.split_once("title = \"A port\"\n").expect("a title");
        // XMLBIF has no labels.
        let rest = rest.replace("label = \"Sail\"", "label = \"When to sail?\"");
        assert_eq!(rest, PORT, "{name}");
    }
}

/// A decision that moves chances is set, and what is gained is told as a mean.
#[test]
fn a_decision_that_moves_chances_stands_as_a_factor() {
    let (text, shown) = written("dike.net");
    assert!(shown.contains("warning[network-decision]") && shown.contains("`Dike`"), "{shown}");
    let third = 1.0 / 3.0;
    for part in [
        format!("[factors.dike]\nlabel = \"Dike\"\nstates = [\"raise\", \"leave\", \"breach\"]\nprobabilities = {{ raise = {third}, leave = {third}, breach = {third} }}\n"),
        "[derived.damage]\nlabel = \"Damage\"\nvalue = 'if flood == yes then (if dike == raise then -500 else if dike == leave then -500 else -450) else (if dike == raise then 0 else if dike == leave then 0 else 0)'\n".into(),
        "[derived.works]\nlabel = \"What the works cost\"\nvalue = 'if dike == raise then -30 else if dike == leave then 0 else -4'\n".into(),
    ] {
        assert!(text.contains(&part), "{part} is not in\n{text}");
    }
}
