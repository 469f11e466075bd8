//! `update`, `--evidence` and `--until`.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::desk::{Desk, SMALL};

const ITEMS: &str = "\n[[evidence]]\nid = \"ships\"\ndate = 2024-02-13\npublisher = \"A, B\"\ntext = \"Ships | went\"\n\
                     likelihood = { a = \"likely\", b = \"unlikely\", c = \"unlikely\" }\n\
                     [[evidence]]\ndate = 2024-05-04\nlikelihood_ratio = { b = 3 }\n";

fn desk() -> Desk {
    Desk::with(&format!("{SMALL}{ITEMS}"))
}

fn update(desk: &Desk, flags: &[&str]) -> Value {
    let said = desk.run(&[&["update", "x.toml", "--format", "json", "-n", "4096"], flags].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

#[test]
fn evidence_is_off_unless_asked_for() {
    let plain = Desk::with(SMALL).json(&["-n", "4096"]);
    let off = desk().json(&["-n", "4096"]);
    assert_eq!((&plain["outcomes"], &off["evidence"]), (&off["outcomes"], &Value::Null));
    assert_eq!(off["run"]["evidence"], json!([]));
    let on = desk().json(&["-n", "4096", "--evidence", "all"]);
    assert_eq!(on["run"]["evidence"], json!(["ships", "evidence_2"]));
    assert_eq!(on["evidence"]["relative"], json!(true));
    assert_ne!(on["outcomes"], off["outcomes"]);
    let until = desk().json(&["-n", "4096", "--until", "2024-03-31"]);
    assert_eq!(until["outcomes"], desk().json(&["-n", "4096", "--evidence", "ships"])["outcomes"]);
    let said = desk().run(&["run", "x.toml", "--evidence", "ships,evidence_2"]);
    assert!(said.out.contains("Given the evidence ships, evidence_2"), "{}", said.out);
}

#[test]
fn an_update_ends_where_the_run_does() {
    let desk = desk();
    let (answer, run) = (update(&desk, &[]), desk.json(&["-n", "4096", "--evidence", "all"]));
    let plain = desk.json(&["-n", "4096"]);
    for k in 0..3 {
        let close =
            |one: &Value, other: &Value| (one.as_f64().unwrap() - other.as_f64().unwrap()).abs() < 1e-12;
        assert!(close(&answer["answers"][k]["posterior"]["value"], &run["outcomes"][k]["probability"]));
        assert!(close(&answer["answers"][k]["prior"]["value"], &plain["outcomes"][k]["probability"]));
        assert!(close(
            &answer["timeline"][1]["probabilities"][k]["value"],
            &run["outcomes"][k]["probability"]
        ));
    }
    assert_eq!(answer["items"][0]["id"], json!("ships"));
    let only = update(&desk, &["--only", "ships", "--until", "2024-12-31"]);
    assert_eq!(only["items"].as_array().unwrap().len(), 1);
    assert_eq!(only["answers"], update(&desk, &["--until", "2024-02-13"])["answers"]);
}

#[test]
fn every_form_says_it() {
    let desk = desk();
    let text = desk.run(&["update", "x.toml"]);
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    assert!(text.out.lines().all(|line| line.width() <= 80), "{}", text.out);
    assert!(text.out.contains("2024-02-13 Ships | went") && text.out.contains("Added by, in points"));
    let full = desk.run(&["update", "x.toml", "-v"]).out;
    assert!(full.contains("2024-02-13 A, B: Ships | went") && full.contains("effective draws"), "{full}");
    let markdown = desk.run(&["update", "x.toml", "--format", "markdown"]).out;
    assert!(markdown.contains("Ships \\| went"), "{markdown}");
    let csv = desk.run(&["update", "x.toml", "--format", "csv"]).out;
    let rows = csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).count();
    assert_eq!(rows, 3);
    for name in ["prior", "std_error", "posterior", "posterior_std_error", "change_low", "words"] {
        assert!(csv.lines().next().unwrap().split(',').any(|one| one == name), "{name}: {csv}");
    }
    let check = desk.run(&["check", "x.toml", "--evidence", "all", "--format", "json"]);
    let check: Value = serde_json::from_str(&check.out).unwrap();
    assert_eq!(check["evidence"], json!(["ships", "evidence_2"]));
}

#[test]
fn what_is_not_there_is_said() {
    let desk = desk();
    let refused = |desk: &Desk, flags: &[&str], part: &str| {
        let said = desk.run(flags);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
        assert!(said.err.contains(part), "{}", said.err);
    };
    refused(&desk, &["run", "x.toml", "--evidence", "shipps"], "did you mean `ships`?");
    refused(&desk, &["update", "x.toml", "--until", "2023-02-30"], "YYYY-MM-DD");
    refused(&Desk::with(SMALL), &["update", "x.toml"], "error[no-evidence]");
    let early = desk.run(&["run", "x.toml", "--until", "2020-01-01", "-n", "1024"]);
    assert_eq!(early.code, 0);
    assert!(early.err.contains("warning[no-evidence]"), "{}", early.err);
}

#[test]
fn shards_carry_the_evidence() {
    let desk = desk();
    for (shard, part) in [("1/2", "one.part"), ("2/2", "two.part")] {
        let flags =
            ["run", "x.toml", "-n", "16384", "--shard", shard, "--part", part, "--until", "2024-03-31"];
        assert_eq!(desk.run(&flags).code, 0);
    }
    let said = desk.run(&["merge", "x.toml", "one.part", "two.part", "--format", "json"]);
    let merged: Value = serde_json::from_str(&said.out).unwrap();
    let whole = desk.json(&["-n", "16384", "--until", "2024-03-31"]);
    assert_eq!((&merged["outcomes"], &merged["evidence"]), (&whole["outcomes"], &whole["evidence"]));
    assert_eq!(merged["run"]["evidence"], json!(["ships"]));
}
