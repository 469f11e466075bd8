//! `compare`: what two files say otherwise, how far answers move, and which edit moved them.

#![allow(clippy::disallowed_methods)]

mod groups;
mod matching;
mod shares;

use std::collections::BTreeMap;

use foretell::analysis::compare::{ChangeKind, CompareFinding, ComparedAnswer, Method};
use foretell::analysis::run::Run;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Answer, Changes, Comparison, Failure, Session};
use foretell::simulation::{Rule, Settings};

fn none(name: &str) -> Result<String, String> {
    Err(format!("no {name} here"))
}

fn settings(draws: u64, seed: u64) -> Settings {
    Settings { seed, threads: 1, rule: Rule::Draws(draws), ..Settings::default() }
}

/// Two texts, compared.
fn attempt(
    before: &str,
    after: &str,
    changes: &Changes,
    settings: &Settings,
) -> Result<Answer<CompareFinding>, Failure> {
    let mut first = Session::open(SourceFile::new("old.toml", before), none)?;
    let second = first.beside(SourceFile::new("new.toml", after), none)?;
    Comparison::of_files(&first, &second, changes)?.answer(&[], settings)
}

#[track_caller]
fn compared(before: &str, after: &str, settings: &Settings) -> CompareFinding {
    let answer = attempt(before, after, &Changes::default(), settings);
    answer.unwrap_or_else(|why| panic!("{why}")).finding
}

/// The exact probability of each outcome of a finite model.
fn exact(text: &str) -> Vec<f64> {
    let session = Session::open(SourceFile::new("x.toml", text), none).expect("a text");
    let case = session.case(&Changes::default()).unwrap_or_else(|why| panic!("{text}\n{why}"));
    let run = case.answer(&Run::default(), &settings(1, 1)).expect("a run").finding;
    run.outcomes.iter().map(|one| one.probability.value).collect()
}

fn answer<'f>(found: &'f CompareFinding, id: &str) -> &'f ComparedAnswer {
    found.answers.iter().find(|one| one.id == id).expect("an answer")
}

/// The share of an edit, by the first of its addresses, in an answer's move.
fn share(found: &CompareFinding, address: &str, id: &str) -> f64 {
    let edit = found.edits.iter().find(|one| one.addresses[0] == address);
    let edit = edit.unwrap_or_else(|| panic!("no {address} among {:?}", addresses(found)));
    edit.effects.iter().find(|one| one.id == id).expect("an effect").value.value
}

fn addresses(found: &CompareFinding) -> Vec<Vec<String>> {
    found.edits.iter().map(|one| one.addresses.clone()).collect()
}

/// How far shares are from the move that they sum to.
fn gap(found: &CompareFinding) -> f64 {
    let common = found.answers.iter().filter(|one| one.before.is_some() && one.after.is_some()).enumerate();
    let one = |(at, answer): (usize, &ComparedAnswer)| {
        let sum: f64 = found.edits.iter().map(|edit| edit.effects[at].value.value).sum();
        (sum - answer.difference.value).abs()
    };
    common.map(one).fold(0.0, f64::max)
}

/// Four numbers that work together, and two outcomes.
fn finite(storm: f64, strikes: f64, weight: f64, pull: f64) -> String {
    format!(
        "[events.storm]\nprobability = {storm}\n[events.strike]\nprobability = 'if storm then {strikes} else 0.1'\n\
         [outcomes.late]\nscore = 'if strike then (if storm then {weight} else {pull}) else 0'\n[outcomes.early]\nscore = 0\n"
    )
}

/// The mean, over all orders of some edits, of what each adds when its turn comes.
fn over_all_orders(count: usize, value: &dyn Fn(&[bool]) -> f64) -> Vec<f64> {
    fn orders(left: &[usize]) -> Vec<Vec<usize>> {
        if left.is_empty() {
            return vec![Vec::new()];
        }
        let with = |first: &usize| {
            let rest: Vec<usize> = left.iter().copied().filter(|one| one != first).collect();
            orders(&rest).into_iter().map(move |rest| [vec![*first], rest].concat()).collect::<Vec<_>>()
        };
        left.iter().flat_map(with).collect()
    }
    let all = orders(&(0..count).collect::<Vec<_>>());
    let mut sums = vec![0.0; count];
    for order in &all {
        let mut done = vec![false; count];
        for at in order {
            let before = value(&done);
            done[*at] = true;
            sums[*at] += value(&done) - before;
        }
    }
    sums.into_iter().map(|sum| sum / all.len() as f64).collect()
}

const DRAWN: &str = "
    [factors.x]
    value = 'uniform(0, 1)'
    [factors.y]
    value = 'beta(2, 3)'
    [derived.square]
    value = 'x * x'
    [outcomes.up]
    weights = { x = 2, y = 1 }
    [outcomes.down]
";

#[test]
fn a_file_says_the_same_as_itself() {
    let same = |before: &str, after: &str| {
        let found = compared(before, after, &settings(1 << 12, 1));
        assert!(found.same && found.edits.is_empty() && found.attribution.is_none(), "{found:?}");
        for one in &found.answers {
            let difference = one.difference;
            assert_eq!((difference.value, difference.std_error, difference.exact), (0.0, 0.0, true));
            assert_eq!(one.before, one.after);
        }
        found.words.len()
    };
    assert_eq!(same(DRAWN, DRAWN), 0);
    // Comments, blanks, the order of sections, and how numbers and texts are written say nothing.
    let otherwise = "# so\noutcomes = { up.weights = { y = 1.0, x = 0x2 }, down = {} }\n\
                     [derived]\nsquare.value = \"x*x\"\n[factors]\ny = { value = 'beta( 2,3 )' }\nx.value = \"uniform(0, 1)\"\n";
    assert_eq!(same(DRAWN, otherwise), 0);
    // Words are told, and move nothing.
    let worded = DRAWN
        .replace("[derived.square]", "[derived.square]\nlabel = 'The square'\nsource = { where = 'there' }");
    assert_eq!(same(DRAWN, &worded), 2);
    let claimed =
        format!("{DRAWN}\n[[claims]]\nexpect = 'P(up) > 0.1'\n[variants.high]\nset = {{ x = 1 }}\n");
    assert_eq!(same(DRAWN, &claimed), 2);
    // Whereas a number counts.
    assert!(!compared(DRAWN, &DRAWN.replace("y = 1", "y = 1.5"), &settings(1 << 12, 1)).same);
}

#[test]
fn answers_of_the_first_are_those_of_a_run() {
    let after = DRAWN.replace("[factors.x]", "[factors.w]\nvalue = 'normal(0, 1)'\n[factors.x]");
    let after = after.replace("x = 2", "x = 2, w = 0.3");
    let found = compared(DRAWN, &after, &settings(1 << 12, 3));
    let session = Session::open(SourceFile::new("x.toml", DRAWN), none).expect("a text");
    let run =
        session.case(&Changes::default()).expect("sound").answer(&Run::default(), &settings(1 << 12, 3));
    let run = run.expect("a run").finding;
    let before = answer(&found, "up").before.expect("the first has it");
    assert_eq!(before.value.to_bits(), run.outcomes[0].probability.value.to_bits());
}
