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
    VARIABLES.iter().for_each(|name| drop(command.env_remove(name)));
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
