//! Parts merge in any order and any tree to the same bytes, and what is missing is named with the command that makes it.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "cli")]

use crate::common;
use crate::desk::{Desk, SMALL, Said};
use crate::parts::{RICH, forged, header, model};
use crate::shards::{FLAGS, assert_refused, merge, part, parts, said, timeless};
use foretell::design::Kind;
use foretell::math::instruction_set::InstructionSet;
use foretell::random::{Key, word};
use foretell::simulation::{
    Assembly, Header, Missing, Part, Shard, Shards, Watch, simulate_shard, simulate_shard_on,
};
use std::process::Stdio;

// In the library.

/// The parts of a run, made at once.
struct Made<'m> {
    asked: common::Asked<'m>,
    header: Header,
    parts: Vec<Vec<u8>>,
}

impl<'m> Made<'m> {
    fn of(model: &'m foretell::model::Model, (kind, draws): (Kind, u64), count: u64) -> Made<'m> {
        let asked = common::asked(model);
        let own = |number| header(draws, kind, Shard::new(number, count).unwrap());
        let parts = (1..=count)
            .map(|number| simulate_shard(asked.program(), &own(number), 1, &Watch::new()).unwrap());
        let parts = parts.collect();
        Made { asked, header: own(1), parts }
    }

    fn assembly(&self, parts: &[&[u8]]) -> Assembly<'_> {
        let mut assembly = Assembly::new(self.asked.program(), &self.header);
        parts.iter().for_each(|part| assembly.add(&Part::open(part).unwrap()).unwrap());
        assembly
    }

    fn merged(&self, parts: &[&[u8]]) -> Vec<u8> {
        self.assembly(parts).part().unwrap()
    }

    fn found(&self, parts: &[&[u8]]) -> Result<String, Missing> {
        Ok(format!("{:?}", self.asked.find(&self.assembly(parts).finish()?).finding))
    }

    /// Merges two or three at a time, chosen by chance, until one is left.
    fn in_a_tree(&self, seed: u64) -> Vec<u8> {
        let mut open = self.parts.clone();
        let mut turn = 0;
        while open.len() > 1 {
            let mut take = || {
                turn += 1;
                let at = word(Key::new(seed), turn) % open.len() as u64;
                open.swap_remove(at as usize)
            };
            let mut taken = vec![take(), take()];
            if seed.is_multiple_of(2) && !open.is_empty() {
                turn += 1;
                taken.push(open.swap_remove((word(Key::new(seed), turn) % open.len() as u64) as usize));
            }
            let taken: Vec<&[u8]> = taken.iter().map(Vec::as_slice).collect();
            open.push(self.merged(&taken));
        }
        open.remove(0)
    }
}

#[test]
fn any_tree_over_any_number_of_parts_gives_the_bytes_of_one_merge_and_of_one_run() {
    let model = model(RICH);
    for kind in [Kind::Independent, Kind::Sobol, Kind::LatinHypercube] {
        // Ten to sixteen blocks, so that some of twenty shares have none.
        let whole = Made::of(&model, (kind, 40_001), 1).found_all();
        for count in 1..=20 {
            let made = Made::of(&model, (kind, 40_001), count);
            let all: Vec<&[u8]> = made.parts.iter().map(Vec::as_slice).collect();
            let flat = made.merged(&all);
            for seed in [2 * count, 2 * count + 1] {
                let tree = made.in_a_tree(seed);
                assert_eq!(tree, flat, "{kind:?} {count} {seed}");
                assert_eq!(made.found(&[&tree]), Ok(whole.clone()));
            }
            // The control: without one of them, that one is missed by name.
            let left_out = (word(Key::new(count), 0) % count) as usize;
            let is_empty = Shard::new(left_out as u64 + 1, count).unwrap().blocks(&plan(&made)).is_empty();
            let rest = [&all[..left_out], &all[left_out + 1..]].concat();
            match made.found(&rest) {
                Ok(answer) => assert!(is_empty && answer == whole),
                Err(missing) => {
                    assert!(!is_empty);
                    assert_eq!(missing.shards.to_string(), format!("{} of {count}", left_out + 1));
                }
            }
        }
    }
}

impl Made<'_> {
    fn found_all(&self) -> String {
        let all: Vec<&[u8]> = self.parts.iter().map(Vec::as_slice).collect();
        self.found(&all).unwrap()
    }
}

fn plan(made: &Made) -> foretell::simulation::Plan {
    made.header.plan(made.asked.program(), 1)
}

#[test]
fn a_merged_part_is_the_part_that_is_made_of_its_shares_at_once() {
    let model = model(RICH);
    for kind in [Kind::Independent, Kind::Sobol] {
        let made = Made::of(&model, (kind, 100_001), 7);
        for numbers in [&[1, 2, 3][..], &[2, 5], &[1, 4, 5, 7]] {
            let each: Vec<Shard> = numbers.iter().map(|number| Shard::new(*number, 7).unwrap()).collect();
            let shards = Shards::of(each).unwrap();
            let own = Header { shards, ..made.header.clone() };
            let at_once = simulate_shard(made.asked.program(), &own, 1, &Watch::new()).unwrap();
            let chosen: Vec<&[u8]> =
                numbers.iter().map(|number| &made.parts[*number as usize - 1][..]).collect();
            assert_eq!(made.merged(&chosen), at_once, "{numbers:?}");
            // It takes little more than its largest part, not the sum of all.
            let sum: usize = chosen.iter().map(|part| part.len()).sum();
            assert!(at_once.len() < sum, "{} of {sum}", at_once.len());
        }
    }
}

#[test]
fn parts_of_every_instruction_set_are_twins() {
    let model = model(RICH);
    let made = Made::of(&model, (Kind::Sobol, 40_000), 2);
    let whole = made.found_all();
    for level in InstructionSet::all() {
        let own = simulate_shard_on(level, made.asked.program(), &made.header, 1, &Watch::new()).unwrap();
        let (own, first) = (Part::open(&own).unwrap(), Part::open(&made.parts[0]).unwrap());
        assert!(own.header.machine.ends_with(level.name()));
        assert!(own.is_twin_of(&first));
        let mut assembly = Assembly::new(made.asked.program(), &made.header);
        assembly.add(&own).unwrap();
        assembly.add(&Part::open(&made.parts[1]).unwrap()).unwrap();
        assert_eq!(format!("{:?}", made.asked.find(&assembly.finish().unwrap()).finding), whole);
    }
    // The control: another share is no twin.
    assert!(!Part::open(&made.parts[0]).unwrap().is_twin_of(&Part::open(&made.parts[1]).unwrap()));
}

// By the command.

const JSON: [&str; 2] = ["--format", "json"];

fn whole(desk: &Desk) -> String {
    timeless(&said(desk, &[&["run", "x.toml"], &FLAGS[..], &JSON].concat()).out)
}

#[track_caller]
fn assert_merges(desk: &Desk, given: &[&str]) -> String {
    let done = merge(desk, &given.iter().map(|one| one.to_string()).collect::<Vec<_>>(), &JSON);
    assert_eq!(done.code, 0, "{given:?}: {}", done.err);
    assert_eq!(timeless(&done.out), whole(desk), "{given:?}");
    done.err
}

#[test]
fn parts_merge_in_a_tree() {
    let desk = Desk::with(SMALL);
    parts(&desk, 6, &FLAGS);
    let made = |given: &[&str], name: &str| {
        let done = said(&desk, &[&["merge", "x.toml"], given, &["--part", name]].concat());
        assert_eq!(done.out, "");
        done.err
    };
    let told = made(&["4-6.part", "1-6.part"], "a");
    assert!(told.contains("Shards 1, 4 of 6") && told.contains("of 65 536, written to a"), "{told}");
    made(&["2-6.part", "6-6.part"], "b");
    made(&["3-6.part", "5-6.part", "a"], "c");
    assert_merges(&desk, &["c", "b"]);
    made(&["c", "b"], "tree");
    made(&["*.part"], "flat");
    assert_eq!(std::fs::read(desk.path("tree")).unwrap(), std::fs::read(desk.path("flat")).unwrap());
    assert_merges(&desk, &["tree"]);
    assert_refused(&merge(&desk, &["c".into()], &[]), &["shards 2, 6 of 6 are missing"]);
    let some = desk.run(&["merge", "x.toml", "c", "--part", "d", "--format", "csv"]);
    assert_refused(&some, &["cannot be used with"]);
}

#[test]
fn parts_are_found_in_folders_by_patterns_and_on_standard_input() {
    let desk = Desk::with(SMALL);
    std::fs::create_dir(desk.path("parts")).unwrap();
    for shard in ["2/3", "1,3/3"] {
        let made =
            said(&desk, &[&["run", "x.toml", "--shard", shard, "--part", "parts"], &FLAGS[..]].concat());
        assert_eq!(made.out, "");
    }
    assert_eq!(desk.names("parts"), ["1,3-of-3.part", "2-of-3.part"]);
    assert_merges(&desk, &["parts"]);
    assert_merges(&desk, &["parts/*.part"]);
    assert_merges(&desk, &["p?rts/2*.part", "parts/1,3-of-3.part"]);
    let bytes = |name: &str| std::fs::read(desk.path(name)).unwrap();
    let all = [bytes("parts/2-of-3.part"), bytes("parts/1,3-of-3.part")].concat();
    let over = |arguments: &[&str], input: &[u8]| {
        let mut child = desk.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        // Who refuses before reading has closed it.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input);
        Said::of(child.wait_with_output().unwrap())
    };
    let done = over(&[&["merge", "x.toml", "-"], &JSON[..]].concat(), &all);
    assert_eq!((done.code, timeless(&done.out)), (0, whole(&desk)), "{}", done.err);
    std::fs::write(desk.path("all"), &all).unwrap();
    assert_merges(&desk, &["all"]);
    // Over standard output it has the same bytes.
    let made = [&["run", "x.toml", "--shard", "2/3", "--part", "-"], &FLAGS[..]].concat();
    let output = desk.command(&made).output().unwrap();
    assert_eq!(output.stdout, bytes("parts/2-of-3.part"));
    assert!(String::from_utf8(output.stderr).unwrap().contains("written to standard output"));
    assert_refused(&over(&["merge", "x.toml", "-"], b""), &["`standard input`: it is no part"]);
    assert_refused(&over(&["merge", "x.toml", "-"], &[&all[..], b"x"].concat()), &["damaged or cut short"]);
    assert_refused(&over(&["merge", "-", "-"], &all), &["read once"]);
    assert_refused(
        &merge(&desk, &["none/*.part".into()], &[]),
        &["no file has such a name", "a pattern in quotes"],
    );
    std::fs::create_dir(desk.path("empty")).unwrap();
    assert_refused(&merge(&desk, &["empty".into()], &[]), &["a folder without parts"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_gets_no_part() {
    let desk = Desk::with(SMALL);
    let own = env!("CARGO_BIN_EXE_foretell");
    let command = format!("{own} run x.toml -n 5000 --shard 1/2 --part -");
    let mut script = std::process::Command::new("script");
    script.args(["-qec", &command, "/dev/null"]).current_dir(desk.path("")).stdin(Stdio::null());
    // Where there is no `script`, nothing plays a terminal.
    let Ok(output) = script.output() else { return };
    let told = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("standard output is a terminal") && !told.contains("foretell part"), "{told}");
}

#[test]
fn the_same_part_twice_is_taken_once_and_another_one_refused() {
    let desk = Desk::with(SMALL);
    parts(&desk, 3, &FLAGS);
    std::fs::copy(desk.path("2-3.part"), desk.path("copy.part")).unwrap();
    let told = assert_merges(&desk, &["*.part"]);
    assert!(told.contains("`copy.part` given twice with the same content, taken once"), "{told}");
    assert!(assert_merges(&desk, &["*.part", "1-3.part"]).contains("`copy.part` and 1 more given twice"));
    // Made on another machine it is the same, and it is said that this is of no matter.
    let sound = std::fs::read(desk.path("2-3.part")).unwrap();
    let machine = Header::this_machine();
    let at = sound.windows(machine.len()).position(|bytes| bytes == machine.as_bytes()).unwrap();
    std::fs::write(desk.path("copy.part"), forged(&sound, |content| content[at] = b'X')).unwrap();
    assert!(assert_merges(&desk, &["*.part"]).contains("given twice"));
    let told = assert_merges(&desk, &["1-3.part", "3-3.part", "copy.part"]);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("which give the same bits: X"), "{told}");
    // One digit more, and one of the two is wrong.
    let last = sound.len() - 33;
    std::fs::write(desk.path("copy.part"), forged(&sound, |content| content[last - 7] ^= 1)).unwrap();
    let words = ["its content is not that of `2-3.part`, and both are shards 2 of 3", "leave both out"];
    assert_refused(&merge(&desk, &["*.part".into()], &[]), &words);
}

#[test]
fn draws_that_are_there_twice_are_refused() {
    let desk = Desk::with(SMALL);
    for crossed in ["2/5", "1-2/4"] {
        let name = part(&desk, "1/2", &FLAGS);
        let made = [&["run", "x.toml", "--shard", crossed, "--part", "other"], &FLAGS[..]].concat();
        said(&desk, &made);
        let words = ["with draws in common", "leave one of the two out"];
        assert_refused(&merge(&desk, &[name, "other".into()], &[]), &words);
    }
}

/// The command that a message names, as words.
fn named_command(err: &str) -> Vec<String> {
    let told = err.split_whitespace().collect::<Vec<_>>().join(" ");
    let command = told.split('`').find(|text| text.starts_with("foretell run")).expect("a command");
    command.split(' ').skip(1).map(|word| word.trim_matches('\'').to_string()).collect()
}

#[test]
fn what_is_missing_is_named_with_the_command_that_makes_it() {
    let flags = ["-n", "65536", "--seed", "7", "--design", "lhs", "--set", "x=beta(2,4)"];
    let desk = Desk::with(SMALL);
    parts(&desk, 16, &flags);
    for number in [3, 7, 8, 9] {
        std::fs::remove_file(desk.path(&format!("{number}-16.part"))).unwrap();
    }
    let refused = merge(&desk, &["*.part".into()], &[]);
    assert_refused(&refused, &["shards 3, 7–9 of 16 are missing: 16 384 draws", "makes what is missing"]);
    let command = named_command(&refused.err);
    said(&desk, &command.iter().map(String::as_str).collect::<Vec<_>>());
    let done = merge(&desk, &["*.part".into()], &JSON);
    let one = said(&desk, &[&["run", "x.toml"], &flags[..], &JSON].concat());
    assert_eq!((done.code, timeless(&done.out)), (0, timeless(&one.out)), "{}", done.err);
    // Parts of several sizes are missed in the size that fits.
    let mixed = ["1/2", "4/4"].map(|shard| part(&desk, shard, &FLAGS));
    assert_refused(&merge(&desk, &mixed, &[]), &["shard 3 of 4 is missing", "--shard 3/4"]);
    let odd = ["run", "x.toml", "-n", "400000", "--design", "independent", "--shard"];
    let numbers: Vec<String> = (1..90).step_by(2).map(|number| number.to_string()).collect();
    let shares = format!("{}/90", numbers.join(","));
    said(&desk, &[&odd[..], &[&shares, "--part", "odd"]].concat());
    assert_refused(
        &merge(&desk, &["odd".into()], &[]),
        &["38, 40, … of 90 are missing", "makes the first of them"],
    );
}

// Of which only some is told.

/// A shipped scenario, and the names of what it holds.
fn shipped(name: &str) -> (Desk, Vec<String>) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let desk = Desk::with(&std::fs::read_to_string(format!("{folder}/{name}.toml")).unwrap());
    let answer = desk.json(&["-n", "1000"]);
    let each = ["factors", "derived", "events"].map(|kind| answer[kind].as_array().unwrap().clone());
    let names = each.iter().flatten().map(|one| one["id"].as_str().unwrap().to_string());
    (desk, names.collect())
}

const FEW: [&str; 2] = ["-n", "20000"];

/// The files of a folder, without the time on the clock.
fn kept(desk: &Desk, folder: &str) -> Vec<(String, Vec<u8>)> {
    let timed = |(name, bytes): (String, Vec<u8>)| match name.ends_with(".json") {
        true => (name, timeless(&String::from_utf8(bytes).unwrap()).into_bytes()),
        false => (name, bytes),
    };
    desk.files(folder).into_iter().map(timed).collect()
}

#[test]
fn parts_of_what_is_named_are_the_run_that_tells_only_that() {
    for name in ["red-sea-2023", "vladivostok-2023", "fed-2024"] {
        let (desk, names) = shipped(name);
        let last = names.last().unwrap();
        for of in [last.clone(), format!("{last},{}", names[0])] {
            let flags = [&FEW[..], &["--of", &of]].concat();
            let all = parts(&desk, 3, &flags);
            for asked in [&JSON[..], &["--format", "csv"]] {
                let one = said(&desk, &[&["run", "x.toml"], &flags[..], asked].concat());
                for told in [asked.to_vec(), [asked, &["--of", &of]].concat()] {
                    let done = merge(&desk, &all, &told);
                    assert_eq!((done.code, &done.err), (0, &one.err), "{name} {of}");
                    assert_eq!(timeless(&done.out), timeless(&one.out), "{name} {of}");
                }
            }
            said(&desk, &[&["run", "x.toml", "-o", "one"], &flags[..]].concat());
            assert_eq!(merge(&desk, &all, &["-o", "merged", "--of", &of]).code, 0);
            assert_eq!(kept(&desk, "merged"), kept(&desk, "one"), "{name} {of}");
        }
    }
}

#[test]
fn parts_of_everything_tell_some_as_a_run_does_but_for_drivers_that_nobody_asked_for() {
    let (mut same, mut untold) = (0, 0);
    for name in ["red-sea-2023", "vladivostok-2023", "fed-2024"] {
        let (desk, names) = shipped(name);
        let all = parts(&desk, 2, &FEW);
        for of in names {
            let flags = [&JSON[..], &["--of", &of]].concat();
            let done = merge(&desk, &all, &flags);
            let one = said(&desk, &[&["run", "x.toml"], &FEW[..], &flags].concat());
            if timeless(&done.out) == timeless(&one.out) {
                assert_eq!((done.code, done.err), (0, one.err), "{name} {of}");
                same += 1;
                continue;
            }
            let warning = format!("`{of}` leads to no outcome");
            assert!(done.err.contains(&warning) && done.err.contains(&format!("--of {of}")), "{}", done.err);
            let without = |out: &str| {
                let mut answer: serde_json::Value = serde_json::from_str(out).unwrap();
                let drivers = answer["drivers"].as_array_mut().unwrap();
                drivers.retain(|one| one["factor"] != of.as_str());
                // Fewer drivers were looked at.
                drivers.iter_mut().for_each(|one| one["shape"] = serde_json::Value::Null);
                answer["warnings"] = serde_json::Value::Null;
                answer["run"]["elapsed_seconds"] = serde_json::Value::Null;
                answer
            };
            assert_eq!(without(&done.out), without(&one.out), "{name} {of}");
            untold += 1;
        }
    }
    assert!(same > 50 && untold > 5, "{same} and {untold}");
}

#[test]
fn parts_of_what_is_named_tell_nothing_else() {
    let desk = Desk::with(SMALL);
    let flags = [&FEW[..], &["--of", "x,both"]].concat();
    let first = part(&desk, "1/2", &flags);
    let refused = merge(&desk, std::slice::from_ref(&first), &[]);
    assert_refused(&refused, &["shard 2 of 2 is missing", "--of both --of x"]);
    let command = named_command(&refused.err);
    said(&desk, &command.iter().map(String::as_str).collect::<Vec<_>>());
    let both = [first.clone(), "missing.part".into()];
    // Labels, and another order, are the same.
    let turned = [&FEW[..], &["--of", "both", "--of", "How strong x is"]].concat();
    assert_eq!(merge(&desk, &[first.clone(), part(&desk, "2/2", &turned)], &["-q"]).code, 0);
    let some = merge(&desk, &both, &[&JSON[..], &["--of", "both"]].concat());
    let one = said(&desk, &[&["run", "x.toml", "--of", "both"], &FEW[..], &JSON].concat());
    assert_eq!(timeless(&some.out), timeless(&one.out));
    let stranger = merge(&desk, &both, &["--of", "storm"]);
    assert_refused(&stranger, &["it tells nothing of `storm`", "--of both,x"]);
    let mixed = [first, part(&desk, "2/2", &FEW)];
    assert_refused(&merge(&desk, &mixed, &[]), &["--joint or --of differs", "`--of both`, `--of x`"]);
}
