//! Tables that are written as texts say what the same rows say.

use foretell::diagnostic::{SourceFile, SourceId};
use foretell::scenario::{self, Bearing, Tree};

use foretell::design::Kind;

use crate::common::{model_with, summary};

/// What both files begin with.
const HEAD: &str = r#"
[factors.mood]
states = ["calm", "tense"]
probabilities = { calm = 0.6 }
[events.storm]
probability = 0.2
[factors.unity]
value = 'beta(2, 3)'
"#;

const TEXTS: &str = r#"
[factors.china]
states = ["refuses", "tolerates", "approves"]
table = '''
# Beijing, by the weather
storm mood       | tolerates refuses approves
true  *          | 30%       20%     50%
false calm,tense | 1/3       .3333   0.3333   # rounded
'''
[factors.japan]
states = ["refuses", "approves"]
table = """
china     | approves
approves  | 9/10
else      | 0.25"""
[events.deal]
table = '''
china     storm | probability
approves  *     | 7e-1
refuses   true  | 1/10
else            | 5%
'''
"#;

const ROWS: &str = r#"
[factors.china]
states = ["refuses", "tolerates", "approves"]
table = [
  { when = { storm = true }, probabilities = { tolerates = 0.3, refuses = 0.2, approves = 0.5 } },
  { when = { storm = false, mood = ["calm", "tense"] }, probabilities = { tolerates = '1/3', refuses = 0.3333, approves = 0.3333 } },
]
[factors.japan]
states = ["refuses", "approves"]
table = [
  { when = { china = "approves" }, probabilities = { approves = '9/10' } },
  { else = true, probabilities = { approves = 0.25 } },
]
[events.deal]
table = [
  { when = { china = "approves" }, probability = 0.7 },
  { when = { china = "refuses", storm = true }, probability = '1/10' },
  { else = true, probability = 0.05 },
]
"#;

const TAIL: &str = r#"
[outcomes.war]
weights = { china = { approves = 2 }, unity = -1 }
[outcomes.peace]
weights = { deal = 1.5, japan = { refuses = -1 } }
"#;

fn file(middle: &str) -> String {
    format!("{HEAD}{middle}{TAIL}")
}

/// The probabilities, to the last bit.
fn probabilities(middle: &str, set: &[&str]) -> Vec<u64> {
    let model = model_with(&file(middle), set);
    let found = summary(&model, Kind::Sobol, 1, 4096);
    found.outcomes.iter().map(|one| one.probability.value.to_bits()).collect()
}

#[test]
fn a_text_and_its_rows_are_one_model() {
    let [text, rows] = [TEXTS, ROWS].map(|middle| probabilities(middle, &[]));
    assert_eq!(text, rows);
    let other = TEXTS.replace("| 7e-1", "| 7.1e-1");
    assert_ne!(text, probabilities(&other, &[]));
}

#[test]
fn every_number_of_a_text_can_be_set() {
    for set in [
        vec!["factors.china.table.1.probabilities.refuses=0.4"],
        vec![
            "factors.china.table.2.probabilities.approves=0.1",
            "factors.japan.table.2.probabilities.refuses=0.5",
        ],
        vec!["factors.china.probabilities.refuses=0.4"],
        vec!["events.deal.table.2.probability=0.9"],
        vec!["events.deal.table.3.probability=0.1 + 0.1 * unity"],
        vec!["deal=0.3", "china=approves"],
    ] {
        let [text, rows] = [TEXTS, ROWS].map(|middle| probabilities(middle, &set));
        assert_eq!(text, rows, "{set:?}");
        assert_ne!(text, probabilities(TEXTS, &[]), "{set:?}");
    }
}

#[test]
fn every_number_of_a_text_is_among_those_of_the_file() {
    let numbers = |middle: &str| {
        let (document, faults) = scenario::parse(&SourceFile::new("x.toml", file(middle)));
        assert!(faults.is_empty(), "{faults:?}");
        let mut all: Vec<(String, u64)> =
            document.numbers().into_iter().map(|one| (one.address, one.value.to_bits())).collect();
        all.sort();
        all
    };
    let [text, rows] = [TEXTS, ROWS].map(numbers);
    assert_eq!(text, rows);
    assert!(text.iter().any(|(address, _)| address == "events.deal.table.1.probability"));
}

#[test]
fn a_text_and_its_rows_are_no_edit_of_each_other() {
    let tree = |middle: &str| Tree::read(&SourceFile::new("x.toml", file(middle)), SourceId::FILE);
    assert_eq!(tree(TEXTS).edits(&tree(ROWS), &Bearing::default()), []);
    let edits = tree(&TEXTS.replace("| 5%", "| 6%")).edits(&tree(ROWS), &Bearing::default());
    let said: Vec<(&str, Option<&str>)> = edits
        .iter()
        .map(|one| (one.address.as_str(), one.before.as_ref().map(|part| part.text.as_str())))
        .collect();
    assert_eq!(said, [("events.deal.table.3.probability", Some("6%"))]);
}
