//! `compare`: two files, a file and its past, a file and its what-ifs.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::desk::{Desk, EXACT, SMALL};

fn desk() -> Desk {
    let desk = Desk::with(SMALL);
    desk.put(
        "y.toml",
        &SMALL
            .replace("x = 2.0", "x = 3.0")
            .replace("base = 0.5", "base = 0.4")
            .replace("base = 0.3", "base = 0.4"),
    );
    desk
}

fn compare(desk: &Desk, arguments: &[&str]) -> Value {
    let said = desk.run(&[&["compare", "--format", "json", "-n", "4096"], arguments].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

/// What is said where the arguments or files are wrong.
fn refused(desk: &Desk, arguments: &[&str]) -> String {
    let said = desk.run(&[&["compare"], arguments].concat());
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    assert!(said.err.starts_with("error") && said.err.contains("hint"), "{}", said.err);
    said.err
}

#[test]
fn the_first_screen_begins_with_the_answer() {
    let said = desk().run(&["compare", "x.toml", "y.toml"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let text = said.out.replace('\n', " ");
    assert!(text.contains("Moving from x.toml to y.toml, “The second”"), "{text}");
    for part in ["What each edit adds", "The first (weights.x)", "Sampling error", "-v shows"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let full = desk().run(&["compare", "x.toml", "y.toml", "-v"]).out.replace('\n', " ");
    for part in ["What each edit adds", "outcomes.a.weights.x", "2.0", "3.0", "need each other"] {
        assert!(full.contains(part), "{part}: {full}");
    }
    let quiet = desk().run(&["compare", "x.toml", "y.toml", "-q"]);
    assert!(quiet.out.starts_with("Moving from") && quiet.out.lines().count() < 14, "{}", quiet.out);
}

#[test]
fn data_holds_it_all() {
    let found = compare(&desk(), &["x.toml", "y.toml"]);
    assert_eq!((&found["before"]["name"], &found["after"]["name"]), (&json!("x.toml"), &json!("y.toml")));
    assert_ne!(found["before"]["file_hash"], found["after"]["file_hash"]);
    assert_eq!(found["attribution"]["method"], json!("exact"));
    let addresses: Vec<&Value> =
        found["edits"].as_array().unwrap().iter().map(|one| &one["addresses"]).collect();
    assert_eq!(addresses, [&json!(["outcomes.a.base", "outcomes.b.base"]), &json!(["outcomes.a.weights.x"])]);
    let change = &found["edits"][1]["changes"][0];
    assert_eq!((&change["before"]["text"], &change["after"]["text"]), (&json!("2.0"), &json!("3.0")));
    assert!(change["after"]["place"].as_str().unwrap().starts_with("y.toml:"));
    let csv = desk().run(&["compare", "x.toml", "y.toml", "--format", "csv", "-n", "4096"]).out;
    assert!(csv.starts_with("answer,label,edit,old,new,before,std_error,"), "{csv}");
    assert!(csv.lines().count() > 4 * 3, "{csv}");
}

#[test]
fn flags_say_the_same_of_both() {
    let found = compare(&desk(), &["x.toml", "y.toml", "--set", "x=0.25", "--of", "a,both"]);
    assert_eq!(found["run"]["overrides"], json!(["x=0.25"]));
    let ids: Vec<&Value> = found["answers"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, [&json!("a"), &json!("both")]);
    let given = compare(&desk(), &["x.toml", "y.toml", "--given", "storm"]);
    assert_eq!(given["run"]["given"], json!(["storm"]));
    let threads = |number: &str| desk().run(&["compare", "x.toml", "y.toml", "--threads", number]).out;
    assert_eq!(threads("1"), threads("3"));
    assert!(refused(&desk(), &["x.toml", "y.toml", "--of", "bith"]).contains("did you mean `both`?"));
    assert!(refused(&desk(), &["x.toml", "y.toml", "--set", "q=1"]).contains("--set"));
    let exact = Desk::with(EXACT);
    exact.put("y.toml", &EXACT.replace("0.6", "0.7").replace("0.4", "0.3"));
    let found = compare(&exact, &["x.toml", "y.toml", "--exact", "require"]);
    assert_eq!(found["answers"][0]["difference_exact"], json!(true));
    assert!(refused(&desk(), &["x.toml", "y.toml", "--exact", "require"]).contains("can't be exact"));
}

#[test]
fn a_file_beside_itself_moves_nothing() {
    let said = desk().run(&["compare", "x.toml", "x.toml"]);
    assert!(said.out.contains("The files say the same: no answer moves."), "{}", said.out);
    let found = compare(&desk(), &["x.toml", "x.toml"]);
    assert_eq!(
        (&found["same"], &found["edits"], &found["attribution"]),
        (&json!(true), &json!([]), &Value::Null)
    );
    for one in found["answers"].as_array().unwrap() {
        assert_eq!((&one["difference"], &one["difference_std_error"]), (&json!(0.0), &json!(0.0)));
    }
}

#[test]
fn a_file_beside_its_what_ifs() {
    let desk = Desk::with(&format!(
        "{SMALL}[variants.high]\nset = {{ x = 0.9 }}\n[variants.low]\nset = {{ x = 0.1 }}\n"
    ));
    let found = compare(&desk, &["x.toml", "--variant", "high"]);
    assert_eq!(found["after"]["name"], json!("the variant high"));
    assert_eq!(found["edits"][0]["addresses"], json!(["x"]));
    let both = compare(&desk, &["x.toml", "--variant", "high", "--variant", "low"]);
    assert_eq!(both["edits"][0]["changes"][0]["before"]["text"], json!("0.9"));
    let words = refused(&desk, &["x.toml", "--variant", "hihg"]);
    assert!(words.contains("did you mean `high`?"), "{words}");
}

#[test]
fn a_folder_holds_every_form_and_the_picture() {
    let desk = desk();
    let said = desk.run(&["compare", "x.toml", "y.toml", "-o", "out"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let expected = [
        "charts/compare.png",
        "charts/compare.svg",
        "compare.csv",
        "compare.json",
        "compare.md",
        "manifest.json",
    ];
    assert_eq!(desk.names("out"), expected);
    assert!(desk.read("out/charts/compare.svg").contains("The first (weights.x)"));
    // What is read is never written over.
    std::fs::copy(desk.path("y.toml"), desk.path("out/compare.csv")).unwrap();
    refused(&desk, &["x.toml", "out/compare.csv", "-o", "out"]);
}

#[test]
fn what_can_not_be_compared_is_told() {
    let desk = desk();
    assert!(refused(&desk, &["x.toml"]).contains("one file alone"));
    assert!(refused(&desk, &["-", "-"]).contains("read twice"));
    assert!(refused(&desk, &["x.toml", "z.toml"]).contains("can't read `z.toml`: no such file"));
    desk.put("net.bif", "network unknown {\n}\nvariable a {\n  type discrete [ 2 ] { yes, no };\n}\n");
    assert!(refused(&desk, &["x.toml", "net.bif"]).contains("net.bif:1:"));
    desk.put(
        "circle.toml",
        "[derived.p]\nvalue = 'q'\n[derived.q]\nvalue = 'p'\n[outcomes.a]\n[outcomes.b]\n",
    );
    assert!(refused(&desk, &["x.toml", "circle.toml"]).contains("depends on itself"));
    desk.put("bytes.toml", "");
    std::fs::write(desk.path("bytes.toml"), [0xff, 0xfe, 0x00]).unwrap();
    assert!(refused(&desk, &["x.toml", "bytes.toml"]).contains("not UTF-8"));
    let said = desk.run(&["compare", "x.toml", "circle.toml", "--format", "json"]);
    let mistakes: Value = serde_json::from_str(&said.out).unwrap();
    assert!(mistakes["mistakes"].as_array().is_some_and(|all| !all.is_empty()));
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]);
    let done = git.args(arguments).current_dir(folder).output().expect("git");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn has_git() -> bool {
    Command::new("git").arg("--version").output().is_ok_and(|one| one.status.success())
}

#[test]
fn a_file_beside_its_past() {
    if !has_git() {
        return;
    }
    let desk = Desk::new();
    let file = |scale: &str| {
        format!("[factors.x]\nvalue = 'empirical(\"x.csv\", \"v\")'\n[derived.d]\nvalue = '{scale} * x'\n")
    };
    desk.put("deep/x.toml", &file("2"));
    desk.put("deep/x.csv", "v\n1\n2\n3\n");
    let top = desk.path("");
    git(&top, &["init", "-q"]);
    git(&top, &["add", "."]);
    git(&top, &["commit", "-q", "-m", "first"]);
    desk.put("deep/x.toml", &file("3"));
    let found = compare(&desk, &["HEAD:deep/x.toml", "deep/x.toml"]);
    assert_eq!(found["edits"][0]["addresses"], json!(["derived.d.value"]));
    assert_eq!(found["before"]["name"], json!("HEAD:deep/x.toml"));
    assert!(found["answers"][0]["difference"].as_f64().unwrap() > 1.0);
    // Attachments are those of the revision.
    desk.put("deep/x.csv", "v\n1\n2\n9\n");
    let found = compare(&desk, &["HEAD:deep/x.toml", "deep/x.toml"]);
    let addresses: Vec<&Value> =
        found["edits"].as_array().unwrap().iter().map(|one| &one["addresses"]).collect();
    assert_eq!(addresses, [&json!(["derived.d.value"]), &json!(["x.csv"])]);
    // From a folder below, and with a path from there.
    for name in ["HEAD:deep/x.toml", "HEAD:x.toml", "HEAD:./x.toml"] {
        let said = desk
            .command(&["compare", name, "x.toml", "-q", "-n", "64"])
            .current_dir(desk.path("deep"))
            .output()
            .unwrap();
        assert!(said.status.success(), "{name}: {}", String::from_utf8_lossy(&said.stderr));
    }
    for (name, part) in [
        ("HAED:deep/x.toml", "git knows no revision `HAED`"),
        ("HEAD:deep/y.toml", "no such file at the revision `HEAD`"),
        ("HEAD:deep", "no such file at the revision `HEAD`"),
        ("--output=z:deep/x.toml", "git knows no revision"),
    ] {
        let words = refused(&desk, &["deep/x.toml", "--", name]);
        assert!(words.contains(part), "{name}: {words}");
    }
    assert!(!desk.path("z").exists());
    // A file that is called so is read.
    if cfg!(unix) {
        desk.put("HEAD:deep/x.toml", SMALL);
        let found = compare(&desk, &["HEAD:deep/x.toml", "HEAD:deep/x.toml"]);
        assert_eq!(found["answers"][0]["id"], json!("a"));
    }
}

#[test]
fn without_git_or_a_repository_it_is_told() {
    let desk = desk();
    let said =
        desk.command(&["compare", "HEAD:x.toml", "x.toml"]).env("PATH", desk.path("")).output().unwrap();
    let words = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.status.code() == Some(2) && words.contains("there is no git on this machine"), "{words}");
    if has_git() {
        let said = desk
            .command(&["compare", "HEAD:x.toml", "x.toml"])
            .env("GIT_CEILING_DIRECTORIES", "/")
            .output()
            .unwrap();
        assert_eq!(said.status.code(), Some(2));
        let words = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(words.contains("this folder is in no git repository"), "{words}");
    }
}
