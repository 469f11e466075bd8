//! `run --joint`: what is printed and written, shards, and what is refused.

use serde_json::{Value, json};

use crate::desk::{Desk, EXACT, SMALL};

fn told(desk: &Desk, flags: &[&str]) -> String {
    let said = desk.run(&[&["run", "x.toml"], flags].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

#[test]
fn json_has_cells_and_margins_by_name() {
    let answer = Desk::with(SMALL).json(&["-n", "4096", "--joint", "storm,outcome", "--joint", "x > 0.5, a"]);
    let tables = answer["joint"].as_array().unwrap();
    assert_eq!(tables.len(), 2);
    assert_eq!(tables[0]["of"][0]["id"], json!("storm"));
    assert_eq!(tables[0]["of"][1]["states"][0], json!({ "id": "a", "label": "The first" }));
    let cells = tables[0]["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 6);
    assert_eq!(cells[5]["states"], json!(["false", "c"]));
    for key in ["probability", "std_error", "interval", "exact", "conditional", "beyond_independence"] {
        assert!(cells[0].get(key).is_some(), "{key}");
    }
    assert_eq!(tables[0]["margins"][0]["states"], json!(["true", null]));
    assert_eq!(tables[0]["margins"][0]["probability"], answer["events"][0]["probability"]);
    assert_eq!(tables[1]["of"][0]["label"], json!("How strong x is > 0.5"));
    // A control: without the flag there is no such key.
    assert_eq!(Desk::with(SMALL).json(&["-n", "64"]).get("joint"), None);
}

#[test]
fn the_answer_stands_first_in_a_sentence() {
    let text = SMALL.replace("label = \"The first\"", "label = \"The first\"\nshort = \"First\"");
    let desk = Desk::with(&text);
    let said = told(&desk, &["-n", "4096", "--joint", "x > 0.5,outcome", "-q"]);
    assert!(said.starts_with("If “How strong x is > 0.5”, “The first” has "), "{said}");
    assert!(said.contains("; if not, ") && said.contains("altogether"), "{said}");
    let said = told(&desk, &["-n", "4096", "--joint", "outcome,x > 0.5", "-q"]);
    assert!(
        said.starts_with("“How strong x is > 0.5” has ") && said.contains(" if “The first”, and "),
        "{said}"
    );
    let three = told(&desk, &["-n", "4096", "--joint", "storm,outcome,x > 0.5", "-v"]);
    assert!(three.contains("Given") && three.contains("all three together"), "{three}");
    assert!(three.contains(" if “How strong x is > 0.5” and not “storm”, and "), "{three}");
}

#[test]
fn what_says_nothing_is_said_to_say_nothing() {
    let text = "[events.a]\nprobability = 0.3\n[events.b]\nprobability = 0.6\n";
    let said = told(&Desk::with(text), &["--joint", "a,b", "-q"]);
    assert!(said.starts_with("“a” says nothing of “b”."), "{said}");
    let little = text.replace("probability = 0.6", "probability = 'if a then 0.6 else 0.60001'");
    let said = told(&Desk::with(&little), &["--joint", "a,b", "-q"]);
    assert!(said.starts_with("“a” says next to nothing of “b”."), "{said}");
    let told_apart = text.replace("probability = 0.6", "probability = 'if a then 0.6 else 0.5'");
    let said = told(&Desk::with(&told_apart), &["--joint", "a,b", "-q"]);
    assert!(said.starts_with("If “a”, “b” has 60.0 %; if not, 50.0 %."), "{said}");
}

/// A row for each cell, with a proposition that `--given` takes.
#[test]
fn rows_can_be_learned() {
    let desk = Desk::with(&format!("[events.e]\nprobability = 0.25\n{EXACT}"));
    let said = told(&desk, &["--joint", "e,outcome,not e or a", "--format", "csv"]);
    let mut lines = said.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert!(head.ends_with(&["beyond_independence_low", "beyond_independence_high"]), "{head:?}");
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 2 + 8);
    assert!(rows.iter().all(|row| row.len() == head.len()), "{said}");
    assert_eq!(rows[2][0], "e and outcome == a and (not e or a)");
    for row in rows[2..].iter().filter(|row| row[2] != "0") {
        let given = desk.json(&["--given", row[0]]);
        let learned = given["evidence"]["probability"].as_f64().unwrap();
        assert!((learned - row[2].parse::<f64>().unwrap()).abs() < 1e-12, "{row:?}");
    }
}

#[test]
fn every_form_and_the_folder_have_it() {
    let desk = Desk::with(&format!("{SMALL}\n[variants.strong]\nset = {{ x = 0.9 }}\n"));
    let flags = ["-n", "4096", "--joint", "storm,outcome", "--joint", "storm,a,x > 0.5", "--all-variants"];
    let said = told(&desk, &[&flags[..], &["-o", "out"]].concat());
    assert!(said.contains("Excess") && said.contains("strong"), "{said}");
    let names = desk.names("out");
    for name in ["charts/joint.svg", "charts/joint-2.png", "result.csv"] {
        assert!(names.iter().any(|one| one == name), "{names:?}");
    }
    let markdown = told(&desk, &[&flags[..], &["--format", "markdown"]].concat());
    assert!(markdown.contains("| Together"), "{markdown}");
    let values = desk.read("out/result.csv");
    let widths: Vec<usize> = values.lines().map(|line| line.matches(',').count()).collect();
    assert!(widths.iter().all(|one| *one == widths[0]), "{values}");
    assert!(values.contains(",,storm and outcome == a,"), "{values}");
}

#[test]
fn flags_that_change_the_scenario_change_the_table() {
    let desk = Desk::with(&format!("{SMALL}\n[variants.strong]\nset = {{ x = 0.9 }}\n"));
    let first = |flags: &[&str]| {
        let answer = desk.json(&[&["-n", "4096", "--joint", "storm,a"], flags].concat());
        answer["joint"][0]["cells"][0]["probability"].as_f64().unwrap()
    };
    let plain = first(&[]);
    assert_eq!(first(&["--variant", "strong"]), first(&["--set", "x=0.9"]));
    for flags in [&["--variant", "strong"][..], &["--given", "x > 0.6"], &["--set", "x=0.1"]] {
        assert!((first(flags) - plain).abs() > 1e-4, "{flags:?}");
    }
}

#[test]
fn shards_hold_the_table() {
    let desk = Desk::with(SMALL);
    let flags = ["-n", "50000", "--joint", "storm,outcome", "--joint", "x > 0.5,a"];
    for shard in ["1/2", "2/2"] {
        let part = format!("{}.part", &shard[..1]);
        let said = desk.run(&[&["run", "x.toml", "--shard", shard, "--part", &part], &flags[..]].concat());
        assert_eq!(said.code, 0, "{}", said.err);
    }
    let merged = desk.run(&["merge", "x.toml", "2.part", "1.part", "--format", "json"]);
    assert_eq!(merged.code, 0, "{}", merged.err);
    let timeless = |text: &str| {
        let mut value: Value = serde_json::from_str(text).unwrap();
        value["run"]["elapsed_seconds"] = Value::Null;
        value
    };
    let whole = told(&desk, &[&flags[..], &["--format", "json"]].concat());
    assert_eq!(timeless(&merged.out), timeless(&whole));
    assert_eq!(timeless(&whole)["joint"].as_array().map(Vec::len), Some(2));
    let other = ["run", "x.toml", "--shard", "2/2", "--part", "2.part", "-n", "50000", "--joint", "storm,b"];
    assert_eq!(desk.run(&other).code, 0);
    let refused = desk.run(&["merge", "x.toml", "2.part", "1.part"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--joint"), "{}", refused.err);
}

/// Twelve states each.
fn many(count: usize) -> String {
    let states: Vec<String> = (0..12).map(|at| format!("\"s{at}\"")).collect();
    let shares: Vec<String> = (0..12).map(|at| format!("s{at} = {}", 1.0 / 12.0)).collect();
    let factor = |at: usize| {
        format!(
            "[factors.f{at}]\nstates = [{}]\nprobabilities = {{ {} }}\n",
            states.join(", "),
            shares.join(", ")
        )
    };
    (0..count).map(factor).collect()
}

#[test]
fn hostile_flags_are_answered_with_what_to_write() {
    let desk = Desk::with(SMALL);
    let cases = [
        ("", "nothing stands here"),
        ("storm", "two or three things"),
        ("storm,", "single commas"),
        (",storm", "single commas"),
        ("storm,,a", "single commas"),
        ("storm,storm", "stands twice"),
        ("storm,a,b,c", "at most 3 things"),
        ("storm,x", "'x > 0.500'"),
        ("storm,both", "is a number"),
        ("storm,strom", "did you mean `storm`?"),
        ("storm,outcom", "did you mean `outcome`?"),
        ("storm,theory", "no `[theories]`"),
        ("storm,nothing_like_it", "no factor with states, event or outcome is called `nothing_like_it`"),
        ("storm,0.5", "must be true or false"),
        ("storm,x > ", "error"),
        ("storm,(x > 0.5", "error"),
        ("storm,normal(0, 1) > 0", "a distribution can't stand in a proposition"),
        ("storm,x == 0.5", "write an interval"),
        ("storm,P(a) > 0.5", "error"),
        ("storm;a", "error"),
        ("storm,\u{1b}[1m", "error"),
        ("中国,storm", "error"),
    ];
    for (flag, words) in cases {
        let said = desk.run(&["run", "x.toml", "--joint", flag, "--no-charts"]);
        let told = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{flag}: {}", said.err);
        assert!(told.contains(words) && told.contains("--joint"), "{flag}: {}", said.err);
    }
    assert!(desk.names(".").iter().all(|name| !name.starts_with("output")));
}

#[test]
fn tables_have_a_size() {
    let desk = Desk::with(&many(3));
    let refused = desk.run(&["run", "x.toml", "--joint", "f0,f1,f2"]);
    let told = refused.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(refused.code, 2);
    assert!(told.contains("at most 400 cells, and this one would have 1728"), "{told}");
    assert!(told.contains("'f2 == s0'"), "{told}");
    let fits = desk.json(&["--joint", "f0,f1,f2 == s0"]);
    assert_eq!(fits["joint"][0]["cells"].as_array().map(Vec::len), Some(288));
    let nine = ["--joint", "f0,f1"].repeat(9);
    let refused = desk.run(&[&["run", "x.toml"], &nine[..]].concat());
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("at most 8 joint tables"), "{}", refused.err);
}

#[test]
fn a_file_without_outcomes_has_no_outcome_to_tell() {
    let refused =
        Desk::with("[events.a]\nprobability = 0.5\n").run(&["run", "x.toml", "--joint", "a,outcome"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("the file has no outcomes"), "{}", refused.err);
}
