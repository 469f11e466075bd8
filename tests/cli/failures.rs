//! When the answer is no, or is left open.

use serde_json::{Value, json};

use crate::desk::{Desk, EXACT, RULED, SMALL};

/// Runs, expects exit code 2 and that all of `parts` are said on standard error and nothing on standard output.
#[track_caller]
fn assert_refused(desk: &Desk, arguments: &[&str], parts: &[&str]) {
    let said = desk.run(arguments);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{arguments:?}: {}", said.err);
    for part in parts {
        assert!(said.err.contains(part), "{part:?} is not in: {}", said.err);
    }
}

#[test]
fn files_that_cannot_be_read_are_explained() {
    let desk = Desk::with(SMALL);
    assert_refused(&desk, &["run", "none.toml"], &["error[file]", "none.toml", "no such file", "hint"]);
    assert_refused(&desk, &["check", "."], &["error[file]", "folder"]);
    std::fs::write(desk.path("bytes.toml"), b"a = 1\n\xff\xfe").unwrap();
    assert_refused(&desk, &["run", "bytes.toml"], &["not UTF-8 text (line 2)"]);
    assert_refused(&desk, &["new", "no/such/folder"], &["no such folder", "hint"]);
}

#[test]
fn mistakes_are_shown_where_they_stand() {
    let desk = Desk::with(&SMALL.replace("x * y", "x * yy").replace("beta(2, 3)", "beta(-2, 3)"));
    for verb in ["run", "check"] {
        assert_refused(&desk, &[verb, "x.toml"], &["x.toml:9:15", "x.toml:13:14", "yy", "did you mean `y`?"]);
    }
    assert!(!desk.path("output").exists());
    desk.put("broken.toml", "[factors\n");
    assert_refused(&desk, &["run", "broken.toml"], &["error[toml-syntax]", "broken.toml:1:"]);
}

#[test]
fn mistakes_in_flags_are_shown_under_their_own_text() {
    let desk = Desk::with(SMALL);
    assert_refused(&desk, &["run", "x.toml", "--set", "xx=1"], &["--set:1:1", "xx=1", "did you mean `x`?"]);
    assert_refused(&desk, &["run", "x.toml", "--set", "x=beta("], &["--set:1:", "x=beta("]);
    assert_refused(&desk, &["run", "x.toml", "--set", "x"], &["--set:1:1", "NAME=VALUE"]);
    let both = ["check", "x.toml", "--set", "xx=1", "--set", "zz=1"];
    assert_refused(&desk, &both, &["xx=1", "zz=1"]);
}

/// With this many draws, whatever is not refused beforehand is not refused within a lifetime.
const FOR_EVER: [&str; 2] = ["-n", "1e12"];

#[test]
fn arguments_are_looked_at_before_anything_is_drawn() {
    let desk = Desk::with(SMALL);
    let wrong: [(&[&str], &[&str]); 9] = [
        (&["--of", "x,stromm"], &["error[unknown-name]", "--of:1:1", "did you mean `storm`?"]),
        (&["--of", "one", "--of", "two"], &["called `one`", "called `two`"]),
        (&["--of", "stromm", "--shard", "1/2", "--part", "one.part"], &["--of"]),
        (&["--variant", "boom"], &["error[unknown-variant]", "--variant:1:1"]),
        (&["--all-variants"], &["error[unknown-variant]"]),
        (&["--evidence", "ships"], &["error[no-evidence]"]),
        (&["--given", "xx > 0.5"], &["--given:1:1", "did you mean `x`?"]),
        (&["--set", "xx=1"], &["--set:1:1", "did you mean `x`?"]),
        (&["--shard", "3/2", "--part", "one.part"], &["I from 1 to N"]),
    ];
    for (flags, parts) in wrong {
        let arguments = [&["run", "x.toml"], flags, &FOR_EVER].concat();
        assert_refused(&desk, &arguments, parts);
        assert_eq!(desk.names("."), ["x.toml"]);
    }
}

#[test]
fn bad_values_of_flags_are_explained() {
    let desk = Desk::with(SMALL);
    let wrong: [(&[&str], &str); 9] = [
        (&["-n", "0"], "whole number"),
        (&["-n", "many"], "whole number"),
        (&["-n", "-5"], "whole number"),
        (&["--precision", "0"], "standard error"),
        (&["--precision", "nan"], "standard error"),
        (&["--design", "grid"], "sobol"),
        (&["--threads", "0"], "1..=1024"),
        (&["--seed", "-1"], "--seed"),
        (&["--format", "xml"], "markdown"),
    ];
    for (flags, part) in wrong {
        let arguments: Vec<&str> = ["run", "x.toml"].iter().chain(flags).copied().collect();
        assert_refused(&desk, &arguments, &[part]);
    }
    assert_refused(&desk, &["run"], &["<FILE>"]);
    assert_refused(&desk, &["fly"], &["fly"]);
}

#[test]
fn claims_decide_the_exit_code() {
    let claim = |expect: &str| format!("{RULED}[[claims]]\ntext = \"So it is said\"\nexpect = '{expect}'\n");
    let agrees = Desk::with(&claim("P(low) < 0.4")).run(&["check", "x.toml"]);
    assert_eq!(agrees.code, 0);
    assert!(
        agrees.out.contains("✓ So it is said") && agrees.out.contains("Its one claim agrees."),
        "{}",
        agrees.out
    );
    let desk = Desk::with(&claim("P(low) > 0.4"));
    let disagrees = desk.run(&["check", "x.toml"]);
    assert_eq!(disagrees.code, 1);
    assert!(disagrees.out.contains("✗ So it is said") && disagrees.out.contains("10.0"), "{}", disagrees.out);
    assert_eq!(desk.run(&["check", "x.toml", "--no-sampling"]).code, 0);
    let open = Desk::with(&claim("P(low) > 0.3")).run(&["check", "x.toml", "-n", "16384"]);
    assert_eq!(open.code, 0);
    assert!(open.out.contains("? So it is said") && open.out.contains("too close to tell"), "{}", open.out);
    assert!(open.err.contains("warning[open-claim]"), "{}", open.err);
    let held = Desk::with(SMALL).run(&["check", "x.toml", "--set", "x=0.5"]);
    assert_eq!(held.code, 0);
    assert!(
        held.err.contains("its cause has a single value") && !held.err.contains("--draws"),
        "{}",
        held.err
    );
    let none = Desk::with(EXACT).run(&["check", "x.toml"]);
    assert_eq!((none.code, none.err.as_str()), (0, ""));
    assert!(none.out.contains("x.toml is sound") && none.out.contains("no claims"), "{}", none.out);
}

#[test]
fn verdicts_can_be_read_by_programs() {
    let claims = "[[claims]]\nexpect = 'P(low) > 0.4'\n[[claims]]\nexpect = 'P(low) < 0.2'\n";
    let said = Desk::with(&format!("{RULED}{claims}")).run(&["check", "x.toml", "--format", "json"]);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(said.code, 1);
    assert_eq!(
        (&answer["agree"], &answer["disagree"], &answer["cannot_tell"]),
        (&json!(0), &json!(2), &json!(0))
    );
    assert_eq!(answer["claims"][0]["verdict"], json!("disagrees"));
    assert_eq!(answer["claims"][0]["expect"], json!("P(low) > 0.4"));
    let comparison = &answer["claims"][0]["comparisons"][0];
    let (size, error) =
        (comparison["difference"].as_f64().unwrap(), comparison["std_error"].as_f64().unwrap());
    assert!((size + 0.1).abs() < 5.0 * error, "{size} ± {error}");
    assert_eq!(answer["conflicts"], json!([[0, 1]]));
    assert_eq!(answer["claims"][0]["place"], json!("x.toml:8:11"));
}

#[test]
fn readings_are_told_on_demand() {
    let desk = Desk::with(&SMALL.replace("beta(2, 3)", "0.2 to 0.7"));
    assert!(!desk.run(&["check", "x.toml"]).out.contains("x.toml:9:10"));
    for verb in ["check", "run"] {
        let said = desk.run(&[verb, "x.toml", "-v"]);
        assert!(said.out.contains("x.toml:9:10") && said.out.contains("beta"), "{}", said.out);
    }
}

#[test]
fn void_draws_are_shown_and_many_are_refused() {
    let scenario = |formula: &str| RULED.to_string() + &format!("[derived.d]\nvalue = '{formula}'\n");
    let many = Desk::with(&scenario("sqrt(x - 0.5)"));
    assert_refused(&many, &["run", "x.toml"], &["error[void-draws]", "x.toml:8:", "x = 0."]);
    assert!(!many.path("output").exists());
    let few = Desk::with(&scenario("ln(x - 0.0005)"));
    let said = few.run(&["run", "x.toml", "-n", "65536"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("warning[void-draws]") && said.err.contains("x = "), "{}", said.err);
    assert!(said.out.contains("left out"), "{}", said.out);
    let answer = few.json(&["-n", "65536"]);
    let void = &answer["void"];
    let share = void["draws"].as_f64().unwrap() / 65536.0;
    assert!((share - 0.0005).abs() < 5.0 * (0.0005f64 / 65536.0).sqrt(), "{share}");
    assert!(void["place"].as_str().unwrap().starts_with("x.toml:8:"));
    assert!(void["example"]["x"].as_f64().unwrap() < 0.0005);
    assert_eq!(answer["warnings"].as_array().unwrap().len(), 1);
}

#[test]
fn a_precision_that_is_not_reached_is_a_warning() {
    let desk = Desk::with(RULED);
    let flags = ["--design", "independent", "--precision", "0.0001", "-n", "20000"];
    let answer = desk.json(&flags);
    assert_eq!(answer["run"]["target_reached"], json!(false));
    assert!(answer["run"]["draws"].as_u64().unwrap() <= 20000);
    assert!(answer["warnings"][0].as_str().unwrap().contains("precision"), "{answer}");
    let answer = desk.json(&["--precision", "0.001"]);
    assert_eq!(answer["run"]["target_reached"], json!(true));
    assert!(answer["outcomes"][0]["std_error"].as_f64().unwrap() <= 0.001);
}

#[test]
fn too_many_states_are_refused() {
    let events: String = (0..40).map(|k| format!("[events.e{k}]\nprobability = 0.5\n")).collect();
    let weights: Vec<String> = (0..40).map(|k| format!("e{k} = 0.1")).collect();
    let text = format!("{events}[outcomes.a]\nweights = {{ {} }}\n[outcomes.b]\n", weights.join(", "));
    for verb in ["run", "check"] {
        let asked = [verb, "x.toml", "--exact", "require"];
        assert_refused(&Desk::with(&text), &asked, &["error[too-many-states]", "40 names"]);
    }
    // Unless some may be drawn, which is said, also of other questions.
    let report = "[[evidence]]\nid = 'r'\ndate = 2024-01-01\nabout = 'e0'\nlikelihood_ratio = { true = 3 }\n";
    let desk = Desk::with(&format!("{text}{report}"));
    for asked in [&["update", "x.toml"][..], &["sweep", "x.toml", "--vary", "e0=0:1:2"]] {
        let said = desk.run(&[asked, &["-n", "1024", "--format", "json"]].concat());
        assert_eq!(said.code, 0, "{asked:?}: {}", said.err);
        assert!(said.out.contains("were drawn"), "{asked:?}: {}", said.out);
    }
    let answer = Desk::with(&text).json(&["-n", "4096"]);
    assert!(answer["warnings"][0].as_str().unwrap().contains("were drawn"), "{answer}");
    // Of forty events, k happen with the probability of so many heads, and each raises the score by 0.1.
    let found = &answer["outcomes"][0];
    let number = |name: &str| found[name].as_f64().unwrap();
    let log_odds = |k: f64| 1.0 / (1.0 + (-0.1 * k).exp());
    let share =
        |k: u32| (0..k).fold(1.0, |all, i| all * f64::from(40 - i) / f64::from(i + 1)) / 2f64.powi(40);
    let truth: f64 = (0..=40).map(|k| share(k) * log_odds(f64::from(k))).sum();
    assert!((number("probability") - truth).abs() < 4.5 * number("std_error"), "{found} {truth}");
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let desk = Desk::with(SMALL);
    let mut child = desk.command(&["run", "x.toml", "--format", "json"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let desk = Desk::with(SMALL);
    let output = desk.command(&["run", "x.toml", "--format", "json"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("standard output"));
}

#[test]
fn mistakes_can_be_read_by_programs() {
    let desk = Desk::with(&SMALL.replace("beta(2, 3)", "bta(2, 3)"));
    let mistakes = |arguments: &[&str]| -> Value {
        let said = desk.run(arguments);
        assert_eq!(said.code, 2, "{}", said.out);
        assert!(said.err.contains("error"), "{}", said.err);
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}", said.out))
    };
    for verb in ["run", "check", "update"] {
        let found = mistakes(&[verb, "x.toml", "--format", "json"]);
        let first = &found["mistakes"][0];
        assert_eq!((&first["code"], &first["severity"]), (&json!("unknown-function"), &json!("error")));
        assert_eq!((&first["spans"][0]["file"], &first["spans"][0]["line"]), (&json!("x.toml"), &json!(9)));
        assert!(first["hints"][0].as_str().is_some_and(|hint| hint.contains("beta")), "{found}");
    }
    let missing = mistakes(&["run", "y.toml", "--format=json"]);
    assert_eq!((&missing["foretell"], &missing["mistakes"][0]["code"]), (&json!(2), &json!("file")));
    let wrong = mistakes(&["run", "x.toml", "--format", "json", "--percentiles", "0"]);
    assert_eq!(wrong["mistakes"][0]["code"], json!("arguments"));
    // Whoever did not ask for it gets none.
    assert_eq!(desk.run(&["run", "x.toml"]).out, "");
    assert_eq!(desk.run(&["run", "x.toml", "--format", "csv"]).out, "");
}

#[test]
fn mistakes_are_never_written_into_what_is_read() {
    let desk = Desk::with(&SMALL.replace("beta(2, 3)", "bta(2, 3)"));
    let before = desk.files(".");
    for arguments in [
        &["run", "x.toml", "--format", "json"][..],
        &["check", "x.toml", "--format", "json"],
        &["update", "x.toml", "--format", "json"],
        &["run", "x.toml", "--format", "json", "--percentiles", "0"],
    ] {
        let to = std::fs::OpenOptions::new().append(true).open(desk.path("x.toml")).unwrap();
        let done = desk.command(arguments).stdout(to).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        assert!(before == desk.files("."), "{arguments:?} changed something");
    }
}

#[test]
fn every_verb_speaks_every_form() {
    let evidence = "[[evidence]]\ndate = 2024-02-01\nlikelihood = { a = 0.5, b = 0.2, c = 0.1 }\n";
    let desk = Desk::with(&format!("{SMALL}{evidence}"));
    std::fs::write(desk.path("rain.bif"), "network n {\n}\nvariable rain {\n type discrete [ 2 ] { yes, no };\n}\nprobability ( rain ) {\n table 0.2, 0.8;\n}\n").unwrap();
    for shard in ["1/2", "2/2"] {
        let part = shard.replace('/', "-");
        assert_eq!(desk.run(&["run", "x.toml", "-n", "4096", "--shard", shard, "--part", &part]).code, 0);
    }
    let verbs: [&[&str]; 5] = [
        &["run", "x.toml", "-n", "4096"],
        &["check", "x.toml"],
        &["update", "x.toml"],
        &["merge", "x.toml", "1-2", "2-2"],
        &["import", "rain.bif", "--force"],
    ];
    for (verb, arguments) in verbs.iter().map(|all| (all[0], *all)).chain([("new", &["new"][..])]) {
        for format in ["text", "json", "csv", "markdown"] {
            let name = format!("fresh-{format}");
            let name = if verb == "new" { vec![name.as_str()] } else { Vec::new() };
            let said = desk.run(&[arguments, &name, &["--format", format]].concat());
            assert!(said.code == 0 && !said.out.is_empty(), "{verb} {format}: {}", said.err);
            match format {
                "json" => assert_eq!(serde_json::from_str::<Value>(&said.out).unwrap()["foretell"], json!(2)),
                "csv" => {
                    let mut reader = csv::Reader::from_reader(said.out.as_bytes());
                    let rows = reader.records().map(Result::unwrap).count();
                    assert!(rows > 0, "{verb}: {}", said.out);
                }
                _ => assert!(said.out.contains(' '), "{verb} {format}: {}", said.out),
            }
        }
    }
    for verb in [
        "run",
        "check",
        "update",
        "sensitivity",
        "influence",
        "voi",
        "flip",
        "decide",
        "discover",
        "experiments",
        "explain",
        "worlds",
        "sweep",
        "merge",
        "new",
        "import",
        "mistakes",
    ] {
        let schema: Value = serde_json::from_str(&desk.run(&["schema", verb]).out).unwrap();
        assert_eq!(schema["type"], json!("object"), "{verb}");
    }
}

#[test]
fn a_check_and_an_update_are_written_into_folders() {
    let evidence = "[[evidence]]\ndate = 2024-02-01\nlikelihood = { a = 0.5, b = 0.2, c = 0.1 }\n";
    let desk = Desk::with(&format!("{SMALL}{evidence}"));
    for verb in ["check", "update"] {
        let said = desk.run(&[verb, "x.toml", "-o", verb, "--format", "csv"]);
        assert_eq!(said.code, 0, "{}", said.err);
        let read =
            |ending: &str| std::fs::read_to_string(desk.path(&format!("{verb}/{verb}.{ending}"))).unwrap();
        assert_eq!(read("csv"), said.out);
        let kept: Value = serde_json::from_str(&read("json")).unwrap();
        assert_eq!(kept["run"]["elapsed_seconds"], Value::Null);
        assert!(read("md").starts_with("## "), "{}", read("md"));
        assert!(desk.path(&format!("{verb}/manifest.json")).exists());
    }
    assert!(desk.path("update/charts/evidence.svg").exists());
    assert_eq!(desk.run(&["update", "x.toml", "-o", "update", "--no-charts"]).code, 0);
    assert!(!desk.path("update/charts").exists());
}

#[test]
fn programs_read_one_document() {
    let desk = Desk::with(SMALL);
    // That this picture is wanted is known once there is an answer.
    desk.put("out/charts/ternary.svg", "in the way");
    let late = desk.run(&["run", "x.toml", "--format", "json", "-o", "out"]);
    assert_eq!(late.code, 2, "{}", late.err);
    let answer: Value = serde_json::from_str(&late.out).unwrap();
    assert!(answer["outcomes"].is_array() && late.err.contains("error"), "{}", late.err);
    // Where standard output is for the draws, mistakes are read from standard error.
    let broken = Desk::with(&SMALL.replace("beta(2, 3)", "bta(2, 3)"));
    let said = broken.run(&["run", "x.toml", "--draws-out", "-", "--format", "json"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    let mistakes: Value = serde_json::from_str(&said.err).unwrap();
    assert_eq!(mistakes["mistakes"][0]["code"], json!("unknown-function"));
}

#[test]
fn mistakes_are_not_written_into_files_that_only_flags_name() {
    let desk = Desk::with(SMALL);
    std::fs::write(desk.path("q.csv"), "usd\n5\n6\n").unwrap();
    let set = "x=empirical(\"q.csv\", \"usd\")";
    for more in ["--given=zz > 1", "--set=nobody=1", "--set=x=empirical(\"q.csv\", \"nope\")"] {
        let arguments = ["run", "x.toml", "--format", "json", "--set", set, more];
        let to = std::fs::OpenOptions::new().append(true).open(desk.path("q.csv")).unwrap();
        let done = desk.command(&arguments).stdout(to).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{more}");
        assert_eq!(desk.read("q.csv"), "usd\n5\n6\n", "{more}");
    }
}
