//! `sweep`.

use serde_json::{Value, json};

use crate::desk::{Desk, EXACT, SMALL};

fn sweep(desk: &Desk, flags: &[&str]) -> Value {
    let said = desk.run(&[&["sweep", "x.toml", "--format", "json", "-n", "1024"], flags].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    serde_json::from_str(&said.out).expect("JSON")
}

/// P(a) = x: level with b at a half, exactly.
const LINE: &str = "[factors.x]\nrange = [0, 1]\nvalue = 0.75\n[events.e]\nprobability = 'x'\n\
                    [outcomes.a]\nlabel = \"The first\"\nwhen = 'e'\n[outcomes.b]\nelse = true\n";

#[test]
fn the_first_sentence_says_who_leads_where() {
    let desk = Desk::with(LINE);
    let said = desk.run(&["sweep", "x.toml", "--vary", "x=0:1"]);
    assert!(said.out.contains("“b” leads until x is 0.500, then “The first”."), "{}", said.out);
    assert!(said.out.contains("0.75 (file)") && said.out.contains("exact"), "{}", said.out);
    // No change of the lead, and where it is smallest.
    let said = desk.run(&["sweep", "x.toml", "--vary", "x=0.6:1"]);
    assert!(said.out.contains("“The first” leads at every value of x from 0.6 to 1."), "{}", said.out);
    assert!(said.out.contains("smallest at x = 0.6: 20 points before “b”."), "{}", said.out);
}

#[test]
fn json_is_flat() {
    let found = sweep(&Desk::with(LINE), &["--vary", "x=0:1:3"]);
    assert_eq!(found["axes"][0]["values"], json!([0.0, 0.5, 0.75, 1.0]));
    assert_eq!(found["axes"][0]["own"], json!(0.75));
    let crossing = &found["crossings"][0];
    assert_eq!(
        (&crossing["from"], &crossing["to"], &crossing["exact"]),
        (&json!("b"), &json!("a"), &json!(true))
    );
    assert!((crossing["at"].as_f64().unwrap() - 0.5).abs() < 1e-12);
    assert_eq!(found["points"][2]["values"][0]["value"], json!(0.75));
    assert_eq!(found["points"][2]["leads"], json!("a"));
    assert_eq!(found["run"]["exact"], json!(true));
    let found = sweep(&Desk::with(SMALL), &["--vary", "x=0:1:3", "--vary", "y=0:1:4"]);
    assert_eq!(found["cells"].as_array().map(Vec::len), Some(12));
    assert_eq!(found["cells"][5]["at"], json!([0.5, 1.0 / 3.0]));
    assert_eq!(found["points"], json!([]));
}

#[test]
fn csv_has_a_line_for_each_answer_at_each_value() {
    let desk = Desk::with(SMALL);
    let said = desk.run(&["sweep", "x.toml", "--vary", "x=0:1:5", "--format", "csv", "-n", "512"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines.len(), 1 + 5 * 3, "{}", said.out);
    assert!(lines[0].starts_with("at,also,leads,gap,id,label,value,std_error,"), "{}", lines[0]);
    let map = ["sweep", "x.toml", "--vary", "x=0:1:2", "--vary", "y=0:1:2", "--format", "csv", "-n", "512"];
    let map = desk.run(&map).out;
    assert!(map.starts_with("at,at_second,also,") && map.lines().count() == 1 + 4 * 3, "{map}");
}

#[test]
fn every_flag_of_a_question_works() {
    let desk = Desk::with(&format!("{SMALL}[variants.strong]\nset = {{ y = 0.9 }}\n"));
    for flags in [
        &["--given", "y > 0.5"][..],
        &["--set", "y=0.2"],
        &["--variant", "strong"],
        &["--seed", "7", "--design", "lhs"],
        &["--of", "storm,both"],
        &["--also", "y"],
        &["--also", "storm"],
    ] {
        let base = sweep(&desk, &["--vary", "x=0:1:3"]);
        let other = sweep(&desk, &[&["--vary", "x=0:1:3"], flags].concat());
        assert_ne!(base["points"], other["points"], "{flags:?}");
    }
    let precise = sweep(&desk, &["--vary", "x=0:1:3", "--precision", "0.01"]);
    assert!(precise["points"][0]["values"][0]["std_error"].as_f64().unwrap() <= 0.01);
    assert_eq!(precise["run"]["target_reached"], json!(true));
    let refused = desk.run(&["sweep", "x.toml", "--vary", "x=0:1:3", "--exact", "require"]);
    assert!(refused.code == 2 && refused.err.contains("error[not-exact]"), "{}", refused.err);
    assert_eq!(
        Desk::with(EXACT)
            .run(&["sweep", "x.toml", "--vary", "outcomes.a.base=0.1:0.9", "--exact", "require"])
            .code,
        0
    );
}

#[test]
fn one_thread_and_seven_print_the_same() {
    let desk = Desk::with(SMALL);
    let print = |threads: &str| {
        desk.run(&[
            "sweep",
            "x.toml",
            "--vary",
            "x=0:1",
            "--also",
            "y",
            "--format",
            "csv",
            "--threads",
            threads,
        ])
        .out
    };
    assert!(print("1") == print("7"));
}

#[test]
fn a_sweep_is_written_into_a_folder_with_its_picture() {
    let desk = Desk::with(SMALL);
    for (folder, flags) in [
        ("areas", &["--vary", "x=0:1:11"][..]),
        ("facets", &["--vary", "x=0:1:11", "--also", "y"]),
        ("lines", &["--vary", "x=0:1:11", "--of", "both,storm"]),
        ("map", &["--vary", "x=0:1:5", "--vary", "y=0:1:5"]),
    ] {
        let said = desk.run(&[&["sweep", "x.toml", "-n", "512", "-o", folder], flags].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        for name in
            ["sweep.json", "sweep.csv", "sweep.md", "charts/sweep.png", "charts/sweep.svg", "manifest.json"]
        {
            assert!(desk.path(&format!("{folder}/{name}")).exists(), "{folder}/{name}");
        }
    }
}

#[test]
fn gaps_are_told_and_no_error() {
    let said =
        Desk::with(SMALL).run(&["sweep", "x.toml", "--vary", "x=0:1:5", "--given", "x > 0.3", "-n", "512"]);
    assert_eq!(said.code, 0);
    assert!(said.err.contains("2 of 5 values have no answer"), "{}", said.err);
    assert!(said.out.contains("impossible"), "{}", said.out);
}

#[test]
fn mistakes_are_shown_under_the_flag() {
    let desk = Desk::with(SMALL);
    let said = desk.run(&["sweep", "x.toml", "--vary", "x=0:2"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--vary:1:5") && said.err.contains("a number from 0 to 1"), "{}", said.err);
    let said = desk.run(&["sweep", "x.toml"]);
    assert!(said.code == 2 && said.err.contains("--vary"), "{}", said.err);
}
