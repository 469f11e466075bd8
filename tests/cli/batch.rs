//! Batch systems say which share a process makes; the scripts of `docs/scale-out.md` do what they say.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "cli")]

use crate::desk::{Desk, SMALL, Said};
use crate::shards::{FLAGS, assert_refused, merge, said, timeless};

const VARIABLES: [&str; 6] = [
    "SLURM_ARRAY_TASK_ID",
    "AWS_BATCH_JOB_ARRAY_INDEX",
    "JOB_COMPLETION_INDEX",
    "PARALLEL_SEQ",
    "OMPI_COMM_WORLD_RANK",
    "PMI_RANK",
];

/// A process of a batch system, of which only these variables are set.
fn task(desk: &Desk, set: &[(&str, String)], arguments: &[&str]) -> Said {
    let mut command = desk.command(arguments);
    for name in VARIABLES {
        command.env_remove(name);
    }
    Said::of(command.envs(set.iter().cloned()).output().unwrap())
}

#[test]
fn the_processes_of_a_system_make_the_run() {
    let desk = Desk::with(SMALL);
    std::fs::create_dir(desk.path("parts")).unwrap();
    let whole = said(&desk, &[&["run", "x.toml", "--format", "json"], &FLAGS[..]].concat());
    let made = [&["run", "x.toml", "--shard", "auto", "--part", "parts"], &FLAGS[..]].concat();
    for at in 0..4 {
        let set = [("AWS_BATCH_JOB_ARRAY_INDEX", at.to_string()), ("AWS_BATCH_JOB_ARRAY_SIZE", "4".into())];
        let done = task(&desk, &set, &made);
        let words = format!("Shard {}/4 by AWS Batch: AWS_BATCH_JOB_ARRAY_INDEX={at}", at + 1);
        assert!(done.code == 0 && done.err.starts_with(&words), "{}", done.err);
    }
    assert_eq!(desk.names("parts"), ["1-of-4.part", "2-of-4.part", "3-of-4.part", "4-of-4.part"]);
    let merged = merge(&desk, &["parts".into()], &["--format", "json"]);
    assert_eq!(timeless(&merged.out), timeless(&whole.out));
    let refused = task(&desk, &[], &made);
    assert_refused(&refused, &["`--shard auto` finds no batch system", "SLURM_ARRAY_TASK_ID"]);
    let two = [("JOB_COMPLETION_INDEX", "1".into()), ("PARALLEL_SEQ", "1".into())];
    assert_refused(&task(&desk, &two, &made), &["more than one batch system", "Kubernetes", "GNU parallel"]);
    assert_refused(&task(&desk, &two[..1], &made), &["Kubernetes does not say how many", "auto/N"]);
}

// The scripts of the page.

const PAGE: &str = include_str!("../../docs/scale-out.md");

/// The code under a heading, in a language, with as many draws as a test has time for.
fn script(heading: &str, language: &str) -> String {
    let section = PAGE.split(&format!("### {heading}\n")).nth(1).expect("a section");
    let section = section.split("\n### ").next().unwrap();
    let code = section.split(&format!("```{language}\n")).nth(1).expect("a script");
    code.split("```").next().unwrap().replace("1e9", "65536")
}

/// A folder with the scenario of the page, and the command and what stands for others on the path.
fn site() -> (Desk, String) {
    let desk = Desk::new();
    desk.put("budget.toml", SMALL);
    desk.put("bin/aws", "#!/bin/sh\nmkdir -p parts\ncat > \"parts/${4##*/}\"\n");
    // It runs one command after the other, each with its number.
    desk.put(
        "bin/parallel",
        "#!/bin/bash\nshift\nwhile [ \"$1\" != ::: ]; do words+=(\"$1\"); shift; done\nshift\n\
         for one in \"$@\"; do export PARALLEL_SEQ=$((PARALLEL_SEQ + 1)); \"${words[@]}\" || exit; done\n",
    );
    for name in ["bin/aws", "bin/parallel"] {
        make_executable(&desk.path(name));
    }
    let own = std::path::Path::new(env!("CARGO_BIN_EXE_foretell")).parent().unwrap().display().to_string();
    let path = format!("{}:{own}:{}", desk.path("bin").display(), std::env::var("PATH").unwrap_or_default());
    (desk, path)
}

#[cfg(unix)]
fn make_executable(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn make_executable(_: &std::path::Path) {}

#[cfg(unix)]
fn shell(desk: &Desk, path: &str, set: &[(&str, String)], program: &[&str]) -> Said {
    let mut command = std::process::Command::new(program[0]);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.args(&program[1..]).current_dir(desk.path("")).env("PATH", path).envs(set.iter().cloned());
    let done = Said::of(command.output().unwrap());
    assert_eq!(done.code, 0, "{program:?}: {}", done.err);
    done
}

/// What is merged in the end is the whole run.
#[track_caller]
fn assert_is_the_run(desk: &Desk, merged: &str) {
    let one = said(desk, &["run", "budget.toml", "--format", "json", "-n", "65536"]);
    assert_eq!(timeless(merged), timeless(&one.out));
}

fn merged(desk: &Desk) -> String {
    said(desk, &["merge", "budget.toml", "parts/", "--format", "json"]).out
}

#[test]
#[cfg(unix)]
fn the_script_for_slurm_makes_the_run() {
    let (desk, path) = site();
    desk.put("draw.sh", &script("Slurm", "bash"));
    for id in 1..=16 {
        let numbers = [("ID", id), ("MIN", 1), ("MAX", 16), ("COUNT", 16)];
        let set = numbers.map(|(name, value)| (format!("SLURM_ARRAY_TASK_{name}"), value.to_string()));
        let set: Vec<(&str, String)> =
            set.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let done = shell(&desk, &path, &set, &["bash", "draw.sh"]);
        assert!(done.err.contains(&format!("Shard {id}/16 by Slurm")), "{}", done.err);
    }
    assert_is_the_run(&desk, &merged(&desk));
}

#[test]
#[cfg(unix)]
fn the_job_for_kubernetes_makes_the_run() {
    let (desk, path) = site();
    let job = script("Kubernetes", "yaml");
    let command = job.split("command: ").nth(1).unwrap().lines().next().unwrap();
    let words: Vec<String> = serde_json::from_str(command).unwrap();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert!(job.contains("completions: 16") && words.contains(&"auto/16"));
    for index in 0..16 {
        shell(&desk, &path, &[("JOB_COMPLETION_INDEX", index.to_string())], &words);
    }
    assert_is_the_run(&desk, &merged(&desk));
}

#[test]
#[cfg(unix)]
fn the_command_for_aws_batch_makes_the_run() {
    let (desk, path) = site();
    let command = script("AWS Batch", "bash");
    for index in 0..16 {
        let set =
            [("AWS_BATCH_JOB_ARRAY_INDEX", index.to_string()), ("AWS_BATCH_JOB_ARRAY_SIZE", "16".into())];
        shell(&desk, &path, &set, &["bash", "-c", &command]);
    }
    assert_eq!(desk.names("parts").len(), 16);
    assert_is_the_run(&desk, &merged(&desk));
}

#[test]
#[cfg(unix)]
fn the_script_for_parallel_makes_the_run() {
    let (desk, path) = site();
    let done = shell(&desk, &path, &[], &["bash", "-c", &script("GNU parallel", "bash")]);
    assert!(done.err.contains("Shard 16/16 by GNU parallel"), "{}", done.err);
    assert_is_the_run(&desk, &merged(&desk));
}

#[test]
#[cfg(unix)]
fn the_makefile_makes_the_run_and_only_what_is_missing() {
    let (desk, path) = site();
    desk.put("Makefile", &script("make", "make"));
    // Where there is no make, nothing can be tried.
    if std::process::Command::new("make").arg("--version").output().is_err() {
        return;
    }
    shell(&desk, &path, &[], &["make", "-j2"]);
    assert_is_the_run(&desk, &desk.read("answer.json"));
    std::fs::remove_file(desk.path("parts/5.part")).unwrap();
    let again = shell(&desk, &path, &[], &["make"]);
    assert!(again.out.contains("--shard 5/16") && !again.out.contains("--shard 4/16"), "{}", again.out);
    assert_is_the_run(&desk, &desk.read("answer.json"));
}
