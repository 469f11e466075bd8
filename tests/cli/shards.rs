//! Parts of a run merge to the bytes of the whole run.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "cli")]

use crate::desk::{Desk, EXACT, RULED, SMALL, Said};

/// Some draws give no number, few enough for an answer.
const VOID: &str = "[factors.x]\nvalue = 'normal(3.4, 1)'\n[derived.root]\nvalue = 'sqrt(x)'\n\
    [outcomes.a]\nscore = 'root'\n[outcomes.b]\nscore = '0.5'\n";

/// Some 200,000 draws: more blocks than one thread takes at a time, and a last one cut short.
const DRAWS: &str = "200001";

pub fn said(desk: &Desk, arguments: &[&str]) -> Said {
    let said = desk.run(arguments);
    assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
    said
}

/// Makes one part.
pub fn part(desk: &Desk, shard: &str, flags: &[&str]) -> String {
    let name = format!("{}.part", shard.replace('/', "-"));
    let made = said(desk, &[&["run", "x.toml", "--shard", shard, "--part", &name], flags].concat());
    assert_eq!((made.out.as_str(), made.err.lines().count()), ("", 1), "{}", made.err);
    name
}

/// Makes all parts, from the last to the first.
pub fn parts(desk: &Desk, count: usize, flags: &[&str]) -> Vec<String> {
    (1..=count).rev().map(|number| part(desk, &format!("{number}/{count}"), flags)).collect()
}

pub fn merge(desk: &Desk, parts: &[String], flags: &[&str]) -> Said {
    let mut arguments = vec!["merge", "x.toml"];
    arguments.extend(parts.iter().map(String::as_str));
    arguments.extend(flags);
    desk.run(&arguments)
}

/// An answer as JSON without the time on the clock.
pub fn timeless(json: &str) -> String {
    json.lines().filter(|line| !line.contains("\"elapsed_seconds\"")).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn assert_whole(text: &str, count: usize, flags: &[&str]) {
    let desk = Desk::with(text);
    let whole = said(&desk, &[&["run", "x.toml", "--format", "json"], flags].concat());
    let merged = merge(&desk, &parts(&desk, count, flags), &["--format", "json"]);
    assert_eq!(merged.code, 0, "{}", merged.err);
    assert_eq!(timeless(&merged.out), timeless(&whole.out));
    assert_eq!(merged.err, whole.err);
}

#[test]
fn five_shards_are_the_whole_run_under_every_design() {
    for design in ["independent", "lhs", "sobol"] {
        assert_whole(SMALL, 5, &["-n", DRAWS, "--design", design, "--seed", "7"]);
    }
}

/// Two correlated factors.
const CORRELATED: &str = "[factors]\nx = { value = 'beta(2, 3)' }\ny = { value = 'gamma(2, 1)' }\n\
    [[correlations]]\nbetween = ['x', 'y']\nrank = 0.7\n\
    [outcomes.a]\nscore = 'x * y'\n[outcomes.b]\nscore = '0.5'\n";

#[test]
fn five_shards_of_correlated_factors_are_the_whole_run_in_any_order() {
    for design in ["independent", "lhs", "sobol"] {
        let desk = Desk::with(CORRELATED);
        let flags = ["-n", DRAWS, "--design", design];
        let whole =
            timeless(&said(&desk, &[&["run", "x.toml", "--format", "json"], &flags[..]].concat()).out);
        let mut parts = parts(&desk, 5, &flags);
        for turn in 0..6 {
            let merged = merge(&desk, &parts, &["--format", "json"]);
            assert_eq!(timeless(&merged.out), whole, "{design}: {parts:?}");
            if turn == 2 { parts.reverse() } else { parts.rotate_left(turn % 3 + 1) }
        }
        // The control: without the correlation the answer is another.
        let plain = Desk::with(&CORRELATED.replace("rank = 0.7", "rank = 0"));
        let answers = [&desk, &plain].map(|desk| desk.json(&flags)["outcomes"].clone());
        assert_ne!(answers[0], answers[1]);
    }
}

#[test]
fn threads_of_shards_change_nothing() {
    let desk = Desk::with(SMALL);
    for threads in ["1", "2"] {
        let made = part(&desk, "2/3", &["-n", DRAWS, "--threads", threads]);
        std::fs::rename(desk.path(&made), desk.path(threads)).unwrap();
    }
    assert_eq!(std::fs::read(desk.path("1")).unwrap(), std::fs::read(desk.path("2")).unwrap());
}

#[test]
fn more_shards_than_blocks_are_the_whole_run() {
    for design in ["independent", "sobol"] {
        assert_whole(RULED, 13, &["-n", "9000", "--design", design]);
    }
    assert_whole(EXACT, 3, &["-n", "9000"]);
}

#[test]
fn void_draws_are_those_of_the_whole_run() {
    for design in ["independent", "lhs", "sobol"] {
        assert_whole(VOID, 5, &["-n", DRAWS, "--design", design]);
    }
    // The control: there are void draws.
    assert!(Desk::with(VOID).json(&["-n", DRAWS])["void"]["draws"].as_u64().unwrap() > 0);
}

#[test]
fn overrides_are_those_of_the_parts() {
    assert_whole(SMALL, 3, &["-n", "50000", "--set", "x=normal(0.5, 0.1)", "--set", "y=0.25"]);
}

#[test]
fn every_form_and_every_file_is_that_of_the_whole_run() {
    let desk = Desk::with(SMALL);
    let flags = ["-n", "30000"];
    let whole = said(&desk, &[&["run", "x.toml", "-o", "whole", "-v"], &flags[..]].concat());
    let parts = parts(&desk, 4, &flags);
    let merged = merge(&desk, &parts, &["-o", "merged", "-v"]);
    assert_eq!(merged.out, whole.out);
    assert_eq!(desk.files("merged"), desk.files("whole"));
    assert!(desk.names("merged").len() > 6);
    for format in ["csv", "markdown"] {
        let whole = said(&desk, &[&["run", "x.toml", "--format", format], &flags[..]].concat());
        assert_eq!(merge(&desk, &parts, &["--format", format]).out, whole.out);
    }
}

#[test]
fn shards_can_be_cut_finer() {
    let desk = Desk::with(SMALL);
    let flags = ["-n", "100000", "--format", "json"];
    let whole = said(&desk, &[&["run", "x.toml"], &flags[..]].concat());
    let mixed: Vec<String> =
        ["1/2", "4/4", "3/4"].iter().map(|shard| part(&desk, shard, &flags[..2])).collect();
    assert_eq!(timeless(&merge(&desk, &mixed, &flags[2..]).out), timeless(&whole.out));
}

#[track_caller]
pub fn assert_refused(said: &Said, words: &[&str]) {
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    // Long messages are broken into lines.
    let told = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
    words.iter().for_each(|word| assert!(told.contains(word), "{word}:\n{}", said.err));
}

pub const FLAGS: [&str; 4] = ["-n", "65536", "--design", "sobol"];

#[test]
fn no_sound_part_is_refused() {
    let folders = ["scenarios", "scenarios/reference"].map(|folder| std::fs::read_dir(folder).unwrap());
    let shipped: Vec<_> = folders.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    let mut count = 0;
    for path in shipped.iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml")) {
        let desk = Desk::new();
        let whole = |shard: &str| {
            let path = path.canonicalize().unwrap();
            desk.run(&["run", path.to_str().unwrap(), "-n", "9000", "--shard", shard, "--part", &shard[..1]])
        };
        for shard in ["1/2", "2/2"] {
            assert_eq!(whole(shard).code, 0, "{}", path.display());
        }
        let path = path.canonicalize().unwrap();
        let said = desk.run(&["merge", path.to_str().unwrap(), "1", "2", "--format", "csv"]);
        assert_eq!(said.code, 0, "{}: {}", path.display(), said.err);
        count += 1;
    }
    assert!(count >= 10, "{count}");
}

#[test]
fn shards_need_a_fixed_number_of_draws_and_a_part() {
    let desk = Desk::with(SMALL);
    let shard = ["run", "x.toml", "--shard", "1/2", "--part", "p"];
    for more in [&[][..], &["--precision", "0.01"], &["-n", "1000", "--precision", "0.01"]] {
        assert_refused(&desk.run(&[&shard[..], more].concat()), &["fixed beforehand", "--draws N"]);
    }
    for more in [["--format", "csv"], ["-o", "out"], ["--draws-out", "d.csv"]] {
        assert_refused(
            &desk.run(&[&shard[..], &["-n", "1000"], &more[..]].concat()),
            &["cannot be used with"],
        );
    }
    for half in [["--shard", "1/2"], ["--part", "p"]] {
        assert_refused(&desk.run(&[&["run", "x.toml", "-n", "1000"], &half[..]].concat()), &["required"]);
    }
    assert_eq!(desk.names(""), ["x.toml"]);
    let none = desk.run(&[&shard[..5], &["no/folder/p", "-n", "1000"]].concat());
    assert_refused(&none, &["can't write `no/folder/p`"]);
}
