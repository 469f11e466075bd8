//! The command line as a function: it says what the command says, and nothing on a terminal or a disk.

use std::collections::BTreeMap;
use std::path::PathBuf;

use foretell::cli::{Call, Input, Reply, verbs};
use foretell::session::Failure;
use serde_json::{Value, json};

use crate::desk::{Desk, SMALL};

fn held(text: &str) -> BTreeMap<PathBuf, Input> {
    BTreeMap::from([("x.toml".into(), Input::text("x.toml", text))])
}

fn asked(text: &str, words: &[&str]) -> Result<Reply, Failure> {
    Call::new(words.iter().copied(), held(text))?.run()
}

fn codes(asked: Result<Reply, Failure>) -> Vec<&'static str> {
    match asked {
        Err(Failure::No(_, list)) => list.iter().map(|one| one.code).collect(),
        other => panic!("{other:?}"),
    }
}

/// An answer but for the seconds that it took.
fn timeless(json: &[u8]) -> Value {
    let mut answer: Value = serde_json::from_slice(json).unwrap();
    answer["run"]["elapsed_seconds"] = json!(null);
    answer
}

#[test]
fn every_form_is_what_the_command_prints() {
    let desk = Desk::with(SMALL);
    let words = ["check", "x.toml", "-n", "4096"];
    let reply = asked(SMALL, &words).unwrap();
    let printed = |format: &str| desk.run(&[&words[..], &["--format", format]].concat()).out.into_bytes();
    assert_eq!(timeless(&reply.json), timeless(&printed("json")));
    assert_eq!(reply.text, printed("text"));
    assert_eq!(reply.csv, printed("csv"));
    assert_eq!(reply.markdown, printed("markdown"));
    assert!(reply.agrees && reply.output.is_empty());
    let doubted = asked(&SMALL.replace("raises: x -> a", "lowers: x -> a"), &words).unwrap();
    assert!(!doubted.agrees && doubted.text != reply.text);
}

#[test]
fn what_goes_to_standard_output_is_kept() {
    let drawn =
        asked(SMALL, &["plot", "x.toml", "answer", "-n", "1024", "--form", "svg", "-o", "-"]).unwrap();
    assert!(drawn.output.starts_with(b"<svg"));
    let started = asked("", &["new", "-"]).unwrap();
    assert!(String::from_utf8_lossy(&started.output).contains("[outcomes."));
    let schema = asked("", &["schema", "run"]).unwrap();
    assert!(schema.output.starts_with(b"{"));
}

#[test]
fn what_is_wrong_is_a_failure_and_no_exit() {
    assert_eq!(codes(asked(SMALL, &["run", "x.toml", "--sede", "1"])), ["arguments"]);
    assert_eq!(codes(asked(SMALL, &["run", "x.toml", "--format", "json", "--set", "z=1"])), ["unknown-name"]);
    assert_eq!(codes(asked(SMALL, &["run", "y.toml", "--format", "json"])), ["file"]);
}

#[test]
fn a_call_that_is_stopped_says_so() {
    let call = || Call::new(["run", "x.toml", "-n", "1024", "--format", "json"], held(SMALL)).unwrap();
    let stopped = call();
    stopped.interrupt().stop();
    assert_eq!(stopped.run(), Err(Failure::Interrupted));
    assert!(call().run().is_ok());
}

#[test]
fn a_text_reads_what_is_held_or_lies_in_its_folder_and_nothing_else() {
    let text = "[factors.x]\nrange = [0, 100]\nvalue = 'empirical(\"past.csv\", \"x\")'\n[outcomes.a]\nweights = { x = 1 }\n[outcomes.b]\n";
    let rows: String = (1..60).map(|at| format!("{at}\n")).collect();
    let desk = Desk::with(text);
    desk.put("past.csv", &format!("x\n{rows}"));
    let words = ["influence", "x.toml", "-n", "1024"];
    let ask = |input: Input| Call::new(words, BTreeMap::from([("x.toml".into(), input)])).unwrap().run();
    let loose = Input::text("x.toml", text);
    let said = ask(loose.clone()).unwrap_err().to_string();
    assert!(said.contains("name its folder"), "{said}");
    let beside = Input { folder: Some(desk.path("")), ..loose.clone() };
    let carried =
        Input { attachments: BTreeMap::from([("past.csv".into(), Ok(format!("x\n{rows}")))]), ..loose };
    let printed = timeless(desk.run(&[&words[..], &["--format", "json"]].concat()).out.as_bytes());
    for input in [beside, carried] {
        assert_eq!(timeless(&ask(input).unwrap().json), printed);
    }
}

#[test]
fn the_grammar_has_every_verb_and_its_flags() {
    let help = Desk::new().run(&["--help"]).out;
    let verbs = verbs();
    assert!(verbs.len() > 15);
    for verb in &verbs {
        assert!(
            help.lines().any(|line| line.trim_start().starts_with(&verb.name)),
            "{} is in no help",
            verb.name
        );
    }
    let sweep = verbs.iter().find(|one| one.name == "sweep").unwrap();
    let word = |name: &str| sweep.words.iter().find(|one| one.name == name).unwrap();
    assert!(word("file").has_place && word("file").is_required && !word("vary").has_place);
    assert!(word("vary").is_repeated && !word("also").is_repeated && !word("no-charts").has_value);
    assert!(word("memory").has_value && word("design").choices.contains(&"sobol".to_string()));
    assert_eq!((word("seed").default.as_deref(), word("draws").default.as_deref()), (Some("1"), None));
}
