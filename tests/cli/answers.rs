//! What is printed.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use unicode_width::UnicodeWidthStr;

use crate::desk::{Desk, EXACT, RULED, SMALL};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Checks that all keys of the contract are there; more may be.
#[track_caller]
fn assert_contract(value: &Value, contract: &[&str]) {
    let keys = keys(value);
    let missing: Vec<&&str> = contract.iter().filter(|key| !keys.contains(key)).collect();
    assert!(missing.is_empty(), "{missing:?} of {keys:?}");
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[test]
fn json_keeps_its_contract() {
    let answer = Desk::with(SMALL).json(&["-n", "4096"]);
    let top = [
        "foretell",
        "scenario",
        "run",
        "outcomes",
        "factors",
        "derived",
        "events",
        "drivers",
        "evidence",
        "correlations",
        "theories",
        "void",
        "warnings",
        "readings",
    ];
    assert_eq!(keys(&answer), top);
    assert_eq!(answer["foretell"], json!(2));
    assert_eq!(answer["evidence"], Value::Null);
    assert_eq!(answer["warnings"], json!([]));
    let run = ["draws", "seed", "design", "replicates", "exact", "elapsed_seconds", "version", "file_hash"];
    assert_contract(&answer["run"], &run);
    assert_eq!(answer["run"]["draws"], json!(4096));
    assert_eq!(answer["run"]["replicates"], json!(8));
    assert!(answer["run"]["elapsed_seconds"].as_f64().unwrap() > 0.0);
    let outcome = [
        "id",
        "label",
        "probability",
        "std_error",
        "interval",
        "interval_level",
        "exact",
        "p05",
        "p50",
        "p95",
        "words",
    ];
    assert_contract(&answer["outcomes"][0], &outcome);
    assert_contract(&answer["factors"][0], &["id", "mean", "sd", "p05", "p50", "p95"]);
    assert_contract(&answer["derived"][0], &["id", "mean", "sd", "p05", "p50", "p95", "by_outcome"]);
    assert_contract(&answer["derived"][0]["by_outcome"][0], &["id", "mean", "std_error"]);
    assert_contract(&answer["events"][0], &["id", "probability", "std_error"]);
    let driver = ["outcome", "factor", "label", "low", "high", "swing", "std_error", "correlation"];
    assert_contract(&answer["drivers"][0], &driver);
    assert_eq!(keys(&answer["void"]), ["draws", "place", "example"]);
    assert_eq!(ids(&answer["outcomes"]), ["a", "b", "c"]);
    assert_eq!(ids(&answer["factors"]), ["x", "y"]);
    assert_eq!(ids(&answer["derived"][0]["by_outcome"]), ["a", "b", "c"]);
}

#[test]
fn correlations_are_shown_as_asked_for_and_as_reached() {
    let text = "[factors]\noil = { value = 'beta(2, 5)' }\ngas = { value = 'normal(oil, 1)' }\n\
                coal = { value = 'gamma(2, 1)' }\n\
                [[correlations]]\nbetween = [\"gas\", \"oil\"]\nrank = 0.6\ndegrees = 4\n\
                [[correlations]]\nbetween = [\"oil\", \"coal\"]\npearson = -0.3\n\
                [outcomes.a]\nweights = { oil = 1, gas = 2 }\n[outcomes.b]\n";
    let desk = Desk::with(text);
    let answer = desk.json(&["-n", "4096"]);
    let first = &answer["correlations"][0];
    assert_contract(first, &["between", "kind", "asked", "reached", "std_error", "degrees"]);
    assert_eq!((&first["between"], &first["kind"]), (&json!(["gas", "oil"]), &json!("rank")));
    assert_eq!((&first["asked"], &first["degrees"]), (&json!(0.6), &json!(4.0)));
    let error = first["std_error"].as_f64().unwrap();
    // Student's t with 7 degrees of freedom exceeds 9 with probability 4e-5.
    assert!((first["reached"].as_f64().unwrap() - 0.6).abs() < 9.0 * error && error < 0.01, "{first}");
    assert_eq!(answer["correlations"][1]["kind"], json!("pearson"));
    let rest = desk.json(&["-n", "4096", "--set", "oil=0.5"]);
    assert_eq!(rest["correlations"], json!([]));
}

/// P(x < 0.3) for a uniform x, and the law of total expectation.
#[test]
fn answers_are_right() {
    let answer = Desk::with(RULED).json(&["-n", "100000", "--design", "independent"]);
    let low = &answer["outcomes"][0];
    let (value, error) = (low["probability"].as_f64().unwrap(), low["std_error"].as_f64().unwrap());
    let theory = (0.3f64 * 0.7 / 1e5).sqrt();
    assert!((error / theory - 1.0).abs() < 0.02 && (value - 0.3).abs() < 5.0 * theory, "{value} ± {error}");
    let answer = Desk::with(SMALL).json(&[]);
    let total: f64 = (0..3)
        .map(|k| {
            let share = answer["outcomes"][k]["probability"].as_f64().unwrap();
            share * answer["derived"][0]["by_outcome"][k]["mean"].as_f64().unwrap()
        })
        .sum();
    assert!((total - answer["derived"][0]["mean"].as_f64().unwrap()).abs() < 1e-12);
}

#[test]
fn what_nothing_was_drawn_for_is_exact() {
    let desk = Desk::with(EXACT);
    let answer = desk.json(&[]);
    assert_eq!(answer["run"]["exact"], json!(true));
    assert_eq!(answer["outcomes"][0]["std_error"], json!(0.0));
    assert!((answer["outcomes"][0]["probability"].as_f64().unwrap() - 0.6).abs() < 1e-15);
    let said = desk.run(&["run", "x.toml"]);
    assert!(said.out.contains("60.0 %") && said.out.contains("Exact: no draw entered"), "{}", said.out);
}

/// A probability that was sampled is never shown as certain.
#[test]
fn sampled_numbers_are_never_certain() {
    let rare = RULED.replace("x < 0.3", "x < 0.0000001");
    for format in ["text", "markdown"] {
        let said = Desk::with(&rare).run(&["run", "x.toml", "-n", "1024", "--format", format]);
        let plain = said.out.replace('\\', "");
        assert!(plain.contains("<0.1 %") && plain.contains(">99.9 %"), "{plain}");
        assert!(!plain.contains(" 0.0 %") && !plain.contains("100 %") && !plain.contains("100.0"), "{plain}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let desk = Desk::with(SMALL);
    for design in ["independent", "lhs", "sobol"] {
        let answer = |threads: &str| {
            let mut answer = desk.json(&["-n", "200000", "--design", design, "--threads", threads]);
            answer["run"]["elapsed_seconds"] = Value::Null;
            serde_json::to_string(&answer).unwrap()
        };
        let one = answer("1");
        assert!(one.contains(&format!("\"{design}\"")));
        assert!(["2", "7"].iter().all(|threads| answer(threads) == one), "{design}");
    }
    let seeded = |seed: &str| desk.json(&["-n", "4096", "--seed", seed])["outcomes"].to_string();
    assert_eq!(seeded("5"), seeded("5"));
    assert_ne!(seeded("5"), seeded("6"));
}

#[test]
fn the_hash_is_that_of_the_file_and_its_attachments() {
    let desk = Desk::with(
        "[factors.p]\nvalue = 'empirical(\"b.csv\", \"v\")'\n[factors.q]\nvalue = 'empirical(\"a.csv\", \"v\")'\n[outcomes.a]\n[outcomes.b]\n",
    );
    desk.put("a.csv", "v\n1\n2\n");
    desk.put("b.csv", "v\n3\n4\n");
    let mut digest = Sha256::new();
    ["x.toml", "a.csv", "b.csv"].iter().for_each(|name| digest.update(desk.read(name)));
    let expected: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(desk.json(&["-n", "1024"])["run"]["file_hash"], json!(expected));
}

#[test]
fn standard_input_is_a_file_too() {
    let desk = Desk::with(SMALL);
    let said = desk.run_with_input(&["run", "-", "--format", "json", "-n", "4096"], SMALL);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(answer["outcomes"], desk.json(&["-n", "4096"])["outcomes"]);
    assert_eq!(desk.run_with_input(&["run", "-", "-n", "1024"], SMALL).code, 0);
    assert!(desk.path("output/stdin/result.json").is_file());
}

#[test]
fn values_can_be_set() {
    let desk = Desk::with(SMALL);
    let answer = desk.json(&["-n", "4096", "--set", "x=0.25", "--set", "y=uniform(0.5, 1)"]);
    assert_eq!(answer["factors"][0]["mean"], json!(0.25));
    assert_eq!(answer["run"]["overrides"], json!(["x=0.25", "y=uniform(0.5, 1)"]));
    let said = desk.run(&["run", "x.toml", "--set", "x=0.25"]);
    assert!(said.out.contains("With x=0.25 in place of the file's"), "{}", said.out);
    assert!(desk.read("output/x/report.md").contains("x=0.25"));
}

#[test]
fn text_fits_eighty_columns() {
    let long =
        "A label that is longer than any table could ever bear, with 中国的知识和同意 and µ ".repeat(3);
    let scenario =
        SMALL.replace("The first", &long).replace("How strong x is", &long).replace("x helps a", &long);
    let scenario = scenario.replace("A small scenario", &long).replace("Which of three?", &long);
    let desk = Desk::with(&scenario);
    for arguments in [&["run", "x.toml"][..], &["run", "x.toml", "-v"], &["check", "x.toml", "-v"]] {
        let said = desk.run(arguments);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.out.lines().all(|line| line.width() <= 80), "{}", said.out);
    }
}

#[test]
fn detail_is_asked_for() {
    let desk = Desk::with(SMALL);
    let [brief, normal, full] = [&["run", "x.toml", "-q"][..], &["run", "x.toml"], &["run", "x.toml", "-v"]]
        .map(|flags| desk.run(flags));
    assert!(brief.out.lines().count() < normal.out.lines().count());
    assert!(!normal.out.contains("SD") && full.out.contains("SD"));
    assert_eq!(brief.err, "");
    for part in ["Moved most by", "In words", "P5–P95", "storm", "32 768 draws", "-v shows"] {
        assert!(normal.out.contains(part), "{part}: {}", normal.out);
    }
    for part in ["What pushes hardest", "P50", "storm", "32 768 draws"] {
        assert!(full.out.contains(part), "{part}: {}", full.out);
    }
}

#[test]
fn colour_is_for_terminals_or_on_demand() {
    let desk = Desk::with(SMALL);
    let coloured = |flags: &[&str], variables: &[(&str, &str)]| {
        let arguments: Vec<&str> = ["run", "x.toml"].iter().chain(flags).copied().collect();
        let output = desk.command(&arguments).envs(variables.iter().copied()).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn labels_cannot_speak_to_the_terminal() {
    let said = Desk::with(&SMALL.replace("The first", "\\u001b[31mred\\u001b[0m")).run(&["run", "x.toml"]);
    assert!(said.out.contains("[31mred") && !said.out.contains('\u{1b}'), "{}", said.out);
}

#[test]
fn csv_is_a_tidy_table() {
    let desk = Desk::with(&SMALL.replace("The first", "One, \\\"two\\\""));
    let said = desk.run(&["run", "x.toml", "--format", "csv", "-n", "4096"]);
    let mut reader = csv::Reader::from_reader(said.out.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(&rows[0][1], "One, \"two\"");
    let answer = desk.json(&["-n", "4096"]);
    assert_eq!(rows[0][2].parse::<f64>().unwrap(), answer["outcomes"][0]["probability"].as_f64().unwrap());
}

#[test]
fn every_draw_can_be_had() {
    let desk = Desk::with(SMALL);
    for (design, asked, made) in
        [("independent", "1000", 1000), ("lhs", "1001", 1008), ("sobol", "1000", 1024)]
    {
        let answer = desk.json(&["-n", asked, "--design", design, "--draws-out", "draws.csv"]);
        assert_eq!(answer["run"]["draws"], json!(made));
        let text = desk.read("draws.csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let column = reader.headers().unwrap().iter().position(|name| name == "a").unwrap();
        let values: Vec<f64> = reader.records().map(|row| row.unwrap()[column].parse().unwrap()).collect();
        assert_eq!(values.len(), made);
        let mean = values.iter().sum::<f64>() / made as f64;
        assert!((mean - answer["outcomes"][0]["probability"].as_f64().unwrap()).abs() < 1e-12);
    }
    assert!(desk.names(".").iter().all(|name| !name.contains(".foretell-")));
}

#[test]
fn help_shows_examples() {
    let desk = Desk::new();
    for arguments in [
        &["--help"][..],
        &["run", "--help"],
        &["check", "--help"],
        &["new", "--help"],
        &["merge", "--help"],
        &["import", "--help"],
        &["simulate", "--help"],
    ] {
        let said = desk.run(arguments);
        assert_eq!(said.code, 0);
        let examples = said.out.split("Examples:").nth(1).unwrap_or_default().matches("foretell ").count();
        assert!(examples >= 3, "{}", said.out);
    }
    let said = desk.run(&["--version"]);
    assert_eq!((said.code, said.out.trim()), (0, concat!("foretell ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn a_new_scenario_checks_and_runs() {
    let desk = Desk::new();
    let said = desk.run(&["new", "first"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("foretell run first.toml"), "{}", said.out);
    let said = desk.run(&["check", "first.toml"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    let said = desk.run(&["run", "first.toml"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(desk.path("output/first/charts/answer.png").is_file());
    desk.put("first.toml", "mine");
    let said = desk.run(&["new", "first.toml"]);
    assert_eq!((said.code, desk.read("first.toml").as_str()), (2, "mine"));
    assert!(said.err.contains("exists"), "{}", said.err);
}

/// The command that follows one draw has the flags of the answer that offers it, and follows a draw of that answer.
#[test]
fn a_command_to_copy_keeps_its_flags() {
    let desk = Desk::with(SMALL);
    let said = desk.run(&["worlds", "x.toml", "--given", "x > 0.3", "--set", "y=0.4", "--seed", "5"]);
    let text = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let command = text.split('`').find(|one| one.starts_with("foretell explain")).expect("a command");
    assert!(command.ends_with("--set y=0.4 --given 'x > 0.3' --seed 5"), "{command}");
    let draw = command.split_whitespace().nth(4).expect("a draw");
    let arguments = ["--set", "y=0.4", "--given", "x > 0.3", "--seed", "5"];
    let json = |verb: &[&str]| -> Value {
        let said = desk.run(&[verb, &arguments[..], &["--format", "json"]].concat());
        serde_json::from_str(&said.out).expect("data")
    };
    let followed = json(&["explain", "x.toml", "--draw", draw]);
    let worlds = json(&["worlds", "x.toml"]);
    assert_eq!(followed["draw"]["world"], worlds["futures"][0]);
    // Without flags there are none.
    let plain = desk.run(&["worlds", "x.toml"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain.contains(&format!("--draw {}`", 1)), "{plain}");
}

/// What happens in every world goes with no outcome more than with another.
#[test]
fn a_difference_of_nothing_has_no_direction() {
    let desk =
        Desk::with("[events.e]\nprobability = 1\n[outcomes.a]\nwhen = 'e'\n[outcomes.b]\nelse = true\n");
    let said = desk.run(&["explain", "x.toml"]).out;
    assert!(
        said.contains("Nothing can be told to set the outcomes apart") && !said.contains("goes without"),
        "{said}"
    );
}
