//! What is written.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::desk::{Desk, EXACT, RULED, SMALL};

const FILES: [&str; 10] = [
    "charts/answer.png",
    "charts/answer.svg",
    "charts/drivers.png",
    "charts/drivers.svg",
    "charts/ternary.png",
    "charts/ternary.svg",
    "manifest.json",
    "report.md",
    "result.csv",
    "result.json",
];

#[test]
fn a_run_writes_its_folder() {
    let desk = Desk::with(SMALL);
    let said = desk.run(&["run", "x.toml"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("output/x"), "{}", said.err);
    assert_eq!(desk.names("output/x"), FILES);
    assert_eq!(
        desk.names("."),
        ["x.toml"]
            .into_iter()
            .map(String::from)
            .chain(FILES.map(|name| format!("output/x/{name}")))
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    let manifest: Value = serde_json::from_str(&desk.read("output/x/manifest.json")).unwrap();
    assert_eq!(manifest["files"].as_array().unwrap().len(), FILES.len() - 1);
    for name in FILES.iter().filter(|name| **name != "manifest.json") {
        let bytes = std::fs::read(desk.path(&format!("output/x/{name}"))).unwrap();
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(manifest["hashes"][name], json!(hash), "{name}");
    }
    for (name, bytes) in desk.files("output/x/charts") {
        assert!(bytes.starts_with(if name.ends_with("png") { b"\x89PNG" } else { b"<svg" }), "{name}");
    }
    let report = desk.read("output/x/report.md");
    for part in ["## A small scenario", "| The first |", "[^foretell-x]: x.toml", "seed 1", "SHA-256"] {
        assert!(report.contains(part), "{part}: {report}");
    }
}

#[test]
fn running_again_changes_no_byte() {
    let desk = Desk::with(SMALL);
    desk.run(&["run", "x.toml"]);
    let first = desk.files("output/x");
    desk.run(&["run", "x.toml", "--threads", "2"]);
    assert!(first == desk.files("output/x"));
    let result: Value = serde_json::from_str(&desk.read("output/x/result.json")).unwrap();
    assert_eq!(result["run"]["elapsed_seconds"], Value::Null);
    let mut shown = desk.json(&[]);
    shown["run"]["elapsed_seconds"] = Value::Null;
    assert_eq!(shown, result);
}

#[test]
fn only_foretells_own_files_are_replaced() {
    let desk = Desk::with(SMALL);
    desk.run(&["run", "x.toml", "-o", "out"]);
    desk.put("out/notes.txt", "mine");
    desk.put("out/charts/sketch.png", "mine");
    assert_eq!(desk.run(&["run", "x.toml", "-o", "out", "--no-charts"]).code, 0);
    let left = ["charts/sketch.png", "manifest.json", "notes.txt", "report.md", "result.csv", "result.json"];
    assert_eq!(desk.names("out"), left);
    assert_eq!(desk.read("out/notes.txt"), "mine");
    desk.put("new/report.md", "mine");
    let said = desk.run(&["run", "x.toml", "-o", "new"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("report.md") && said.err.contains("hint"), "{}", said.err);
    assert_eq!(desk.names("new"), ["report.md"]);
    assert_eq!(desk.read("new/report.md"), "mine");
}

#[test]
fn the_old_folder_stands_when_the_answer_is_no() {
    let desk = Desk::with(SMALL);
    desk.run(&["run", "x.toml"]);
    let before = desk.files("output");
    desk.put("x.toml", &SMALL.replace("x * y", "sqrt(x - 0.5)"));
    assert_eq!(desk.run(&["run", "x.toml"]).code, 2);
    desk.put("x.toml", "[outcomes.a]\n");
    assert_eq!(desk.run(&["run", "x.toml"]).code, 2);
    assert!(before == desk.files("output"));
}

#[test]
fn folders_that_cannot_be_written_are_explained() {
    let desk = Desk::with(SMALL);
    desk.put("file", "mine");
    for folder in ["file", "file/below"] {
        let said = desk.run(&["run", "x.toml", "-n", "1e12", "-o", folder]);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        assert!(said.err.contains("error[file]") && said.err.contains("--output"), "{}", said.err);
    }
    assert_eq!(desk.read("file"), "mine");
    assert_eq!(desk.names("."), ["file", "x.toml"]);
    let said = desk.run(&["run", "x.toml", "--no-charts", "--draws-out", "no/such/draws.csv"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("draws.csv"), "{}", said.err);
}

#[test]
fn taken_names_are_found_before_the_run() {
    let desk = Desk::with(SMALL);
    let names = ["report.md", "result.json", "result.csv", "manifest.json", "charts/answer.svg"];
    for (number, name) in names.into_iter().enumerate() {
        let folder = format!("taken-{number}");
        desk.put(&format!("{folder}/{name}"), "mine");
        let before = desk.files(".");
        let said = desk.run(&["run", "x.toml", "-n", "1e12", "-o", &folder]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
        assert!(said.err.contains(name) && said.err.contains("did not write it"), "{}", said.err);
        assert!(before == desk.files("."));
    }
    desk.put("updates/update.csv", "mine");
    let said = desk.run(&["update", "x.toml", "-o", "updates"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    assert_eq!(desk.names("updates"), ["update.csv"]);
}

#[test]
fn programs_get_no_folder_unless_they_ask() {
    let desk = Desk::with(SMALL);
    for format in ["json", "csv", "markdown"] {
        assert_eq!(desk.run(&["run", "x.toml", "--format", format]).code, 0);
        assert!(!desk.path("output").exists());
    }
    assert_eq!(desk.run(&["run", "x.toml", "--format", "json", "-o", "deep/out"]).code, 0);
    assert_eq!(desk.names("deep/out"), FILES);
    assert_eq!(desk.run(&["run", "x.toml", "-o", "."]).code, 0);
    assert!(desk.path("result.json").is_file() && desk.read("x.toml") == SMALL);
}

#[test]
fn charts_that_make_no_sense_are_left_out() {
    let desk = Desk::with(EXACT);
    let said = desk.run(&["run", "x.toml"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!desk.names("output/x").contains(&"charts/ternary.png".into()));
    assert!(!desk.names("output/x").contains(&"charts/drivers.png".into()));
    let outcomes: String = (0..30).map(|k| format!("[outcomes.o{k}]\n")).collect();
    desk.put("many.toml", &format!("[factors.x]\nvalue = 'beta(2, 2)'\n{outcomes}"));
    assert_eq!(desk.run(&["run", "many.toml"]).code, 0);
    assert_eq!(desk.json(&["-n", "1024"])["run"]["exact"], json!(true));
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_half_written() {
    let desk = Desk::with(RULED);
    desk.run(&["run", "x.toml"]);
    let before = desk.files(".");
    for signal in ["-INT", "-TERM", "-HUP"] {
        let child = desk.command(&["run", "x.toml", "-n", "1e12"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(500));
        let sent =
            std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(130), &b""[..]), "{signal}");
        assert!(before == desk.files("."), "{signal}");
        // By the command itself or in its place, but once.
        assert_eq!(String::from_utf8_lossy(&output.stderr), "interrupted: nothing was written\n", "{signal}");
    }
}

#[test]
fn each_verb_keeps_to_its_own_files_in_a_folder() {
    let evidence = "[[evidence]]\ndate = 2024-02-01\nlikelihood = { a = 0.5, b = 0.2, c = 0.1 }\n";
    let desk = Desk::with(&format!("{SMALL}{evidence}"));
    let exists = |name: &str| desk.path(&format!("out/{name}")).exists();
    for verb in ["run", "check", "update"] {
        assert_eq!(desk.run(&[verb, "x.toml", "-o", "out"]).code, 0);
    }
    let all =
        ["result.json", "report.md", "charts/answer.svg", "check.md", "update.csv", "charts/evidence.png"];
    assert!(all.iter().all(|name| exists(name)), "{:?}", desk.files("out"));
    // What a verb leaves out this time goes, and what is another's stays.
    assert_eq!(desk.run(&["run", "x.toml", "-o", "out", "--no-charts"]).code, 0);
    assert!(!exists("charts/answer.svg") && exists("charts/evidence.png") && exists("check.json"));
    let manifest: Value = serde_json::from_str(&desk.read("out/manifest.json")).unwrap();
    assert_eq!(manifest["answers"]["check"], serde_json::json!(["check.json", "check.csv", "check.md"]));
    assert_eq!(manifest["files"].as_array().unwrap().len(), 3 + 3 + 5);
    // Nor does one write over what another wrote under a name of its own.
    std::fs::write(desk.path("out/notes.txt"), "mine").unwrap();
    assert_eq!(desk.run(&["update", "x.toml", "-o", "out"]).code, 0);
    assert_eq!(desk.read("out/notes.txt"), "mine");
}
