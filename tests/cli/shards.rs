//! Parts of a run merge to the bytes of the whole run, and what can't be merged is refused with its reason.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "cli")]

use crate::common;
use crate::desk::{Desk, EXACT, RULED, SMALL, Said};
use foretell::analysis::run::RunFinding;
use foretell::design::Kind;
use foretell::model::Model;
use foretell::simulation::{Assembly, BUILD, Header, Part, PartError, Shard, Watch, simulate_shard};
use sha2::{Digest, Sha256};

/// Some draws give no number, few enough for an answer.
const VOID: &str = "[factors.x]\nvalue = 'normal(3.4, 1)'\n[derived.root]\nvalue = 'sqrt(x)'\n\
    [outcomes.a]\nscore = 'root'\n[outcomes.b]\nscore = '0.5'\n";

/// Some 200,000 draws: more blocks than one thread takes at a time, and a last one cut short.
const DRAWS: &str = "200001";

fn said(desk: &Desk, arguments: &[&str]) -> Said {
    let said = desk.run(arguments);
    assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
    said
}

/// Makes one part.
fn part(desk: &Desk, shard: &str, flags: &[&str]) -> String {
    let name = format!("{}.part", shard.replace('/', "-"));
    let made = said(desk, &[&["run", "x.toml", "--shard", shard, "--part", &name], flags].concat());
    assert_eq!((made.out.as_str(), made.err.lines().count()), ("", 1), "{}", made.err);
    name
}

/// Makes all parts, from the last to the first.
fn parts(desk: &Desk, count: usize, flags: &[&str]) -> Vec<String> {
    (1..=count).rev().map(|number| part(desk, &format!("{number}/{count}"), flags)).collect()
}

fn merge(desk: &Desk, parts: &[String], flags: &[&str]) -> Said {
    let mut arguments = vec!["merge", "x.toml"];
    arguments.extend(parts.iter().map(String::as_str));
    arguments.extend(flags);
    desk.run(&arguments)
}

/// An answer as JSON without the time on the clock.
fn timeless(json: &str) -> String {
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

// What is refused.

#[track_caller]
fn assert_refused(said: &Said, words: &[&str]) {
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    // Long messages are broken into lines.
    let told = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
    words.iter().for_each(|word| assert!(told.contains(word), "{word}:\n{}", said.err));
}

const FLAGS: [&str; 4] = ["-n", "65536", "--design", "sobol"];

#[test]
fn parts_of_other_runs_are_refused() {
    let others: [(&[&str], &str); 4] = [
        (&["-n", "65536", "--seed", "2"], "its seed differs from that of `1-2.part`: 2 and 1"),
        (&["-n", "65536", "--design", "lhs"], "its design differs from that of `1-2.part`: lhs and sobol"),
        (&["-n", "131072"], "its number of draws differs from that of `1-2.part`"),
        (
            &["-n", "65536", "--set", "y=0.5"],
            "its --variant, --set, --given, --evidence or --joint differs from that of `1-2.part`: `--set y=0.5` and none",
        ),
    ];
    for (flags, words) in others {
        let desk = Desk::with(SMALL);
        let mixed = [part(&desk, "1/2", &FLAGS), part(&desk, "2/2", flags)];
        assert_refused(&merge(&desk, &mixed, &[]), &["`2-2.part`", words]);
    }
}

#[test]
fn parts_of_another_file_or_attachment_are_refused() {
    let desk = Desk::with(SMALL);
    let all = parts(&desk, 2, &FLAGS);
    desk.put("x.toml", &SMALL.replace("beta(2, 3)", "beta(2, 4)"));
    assert_refused(&merge(&desk, &all, &[]), &["made from another file than `x.toml`"]);
    let mixed = [part(&desk, "1/2", &FLAGS), all[0].clone()];
    assert_refused(&merge(&desk, &mixed, &[]), &["`2-2.part`", "its scenario differs"]);
    let desk = Desk::with(RULED);
    desk.put("day.csv", "usd\n0.1\n0.5\n");
    let flags = ["-n", "9000", "--set", "x=empirical(\"day.csv\", \"usd\")"];
    let all = parts(&desk, 2, &flags);
    assert_eq!(merge(&desk, &all, &["--format", "csv"]).code, 0);
    desk.put("day.csv", "usd\n0.1\n0.2\n");
    assert_refused(&merge(&desk, &all, &[]), &["or from other attachments"]);
}

#[test]
fn gaps_and_overlaps_are_refused() {
    let desk = Desk::with(SMALL);
    let mut all = parts(&desk, 5, &FLAGS);
    assert_eq!(all.remove(3), "2-5.part");
    // 16 blocks, 2 a replicate: share 2 has blocks 3 to 5.
    let words = "draws from 4 096 of replicate 1 to 8 191 of replicate 2 are missing";
    assert_refused(&merge(&desk, &all, &[]), &[words, "run shard 2/5"]);
    all.remove(0);
    assert_refused(&merge(&desk, &all, &[]), &["and others, are missing", "run shard 2/5, 5/5"]);
    let twice = [part(&desk, "1/2", &FLAGS), part(&desk, "2/2", &FLAGS), part(&desk, "1/2", &FLAGS)];
    let words = ["`1-2.part`: its shard 1/2 holds draws of shard 1/2", "leave one of the two out"];
    assert_refused(&merge(&desk, &twice, &[]), &words);
    let crossed = [part(&desk, "1/2", &FLAGS), part(&desk, "2/5", &FLAGS)];
    assert_refused(&merge(&desk, &crossed, &[]), &["holds draws of shard"]);
    let one = [part(&desk, "1/16", &FLAGS)];
    assert_refused(&merge(&desk, &one, &[]), &["draws from 4 096 of replicate 0", "14/16, 15/16, 16/16"]);
    let most: Vec<String> = [1, 3, 4]
        .map(|number| part(&desk, &format!("{number}/4"), &["-n", "30000", "--design", "independent"]))
        .into();
    assert_refused(&merge(&desk, &most, &[]), &["draws 8 192 to 16 383 of replicate 0 are missing", "2/4"]);
}

#[test]
fn damaged_and_foreign_files_are_refused() {
    let desk = Desk::with(RULED);
    let name = part(&desk, "1/1", &["-n", "1000", "--design", "independent"]);
    let sound = std::fs::read(desk.path(&name)).unwrap();
    let refused = |bytes: &[u8], words: &str| {
        std::fs::write(desk.path("bad"), bytes).unwrap();
        assert_refused(&merge(&desk, &["bad".into()], &[]), &["can't merge `bad`", words]);
    };
    for at in [20, sound.len() / 2, sound.len() - 1] {
        let mut bytes = sound.clone();
        bytes[at] ^= 1;
        refused(&bytes, "damaged or cut short");
        refused(&sound[..at], "damaged or cut short");
    }
    refused(&[&sound[..], &[0]].concat(), "damaged or cut short");
    refused(b"", "it is no part of a run");
    refused(RULED.as_bytes(), "it is no part of a run");
    assert_refused(&merge(&desk, &["none".into()], &[]), &["can't read `none`: no such file"]);
}

/// A part whose content was changed on purpose, with the digest that belongs to it.
fn forged(sound: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut content = sound[..sound.len() - 32].to_vec();
    change(&mut content);
    let digest = Sha256::digest(&content);
    content.extend(digest);
    content
}

#[test]
fn parts_of_another_version_are_refused() {
    let desk = Desk::with(RULED);
    let name = part(&desk, "1/1", &["-n", "1000"]);
    let sound = std::fs::read(desk.path(&name)).unwrap();
    let own = env!("CARGO_PKG_VERSION").as_bytes();
    let at = sound.windows(own.len()).position(|bytes| bytes == own).unwrap();
    std::fs::write(desk.path("bad"), forged(&sound, |content| content[at] = b'7')).unwrap();
    assert_refused(&merge(&desk, &["bad".into()], &[]), &["it was made by foretell 7.", "with one version"]);
    std::fs::write(desk.path("bad"), forged(&sound, |content| content[14] = 99)).unwrap();
    assert_refused(&merge(&desk, &["bad".into()], &[]), &["another version of foretell wrote it"]);
}

#[test]
fn parts_of_another_build_are_refused() {
    let desk = Desk::with(RULED);
    let name = part(&desk, "1/1", &["-n", "1000"]);
    let sound = std::fs::read(desk.path(&name)).unwrap();
    let at = sound.windows(BUILD.len()).position(|bytes| bytes == BUILD.as_bytes()).unwrap();
    let other = if BUILD.starts_with('0') { b'1' } else { b'0' };
    std::fs::write(desk.path("bad"), forged(&sound, |content| content[at] = other)).unwrap();
    let words = ["another build made it", &BUILD[..12], "one and the same program"];
    assert_refused(&merge(&desk, &["bad".into()], &[]), &words);
}

/// A model that a text describes.
fn model(text: &str) -> Model {
    let file = foretell::diagnostic::SourceFile::new("x.toml", text);
    let (document, _) = foretell::scenario::parse(&file);
    foretell::build::build(&document, &Default::default(), &[]).0.unwrap()
}

fn header(draws: u64, kind: Kind, shard: Shard) -> Header {
    Header {
        version: "1".into(),
        build: BUILD.into(),
        scenario: String::new(),
        overrides: Vec::new(),
        seed: 1,
        kind,
        draws,
        shard,
    }
}

#[test]
fn a_library_is_told_of_gaps_overlaps_and_other_runs() {
    let model = model(RULED);
    let asked = common::asked(&model);
    let shard = |number| Shard::new(number, 4).unwrap();
    let made = |header: &Header| simulate_shard(asked.program(), header, 1, &Watch::new()).unwrap();
    let own = |number| header(65_536, Kind::Sobol, shard(number));
    let parts: Vec<Vec<u8>> = (1..=4).map(|number| made(&own(number))).collect();
    let put = |numbers: &[usize]| {
        let mut assembly = Assembly::new(asked.program(), &own(1));
        for number in numbers {
            assembly.add(&Part::open(&parts[number - 1]).unwrap()).map_err(|error| error.to_string())?;
        }
        assembly.finish().map(drop).map_err(|missing| missing.to_string())
    };
    assert_eq!(put(&[1, 2, 3, 4]), Ok(()));
    assert_eq!(put(&[1, 3, 4]), Err("draws before it are missing: shard 2/4".into()));
    assert_eq!(put(&[3, 4]), Err("draws before it are missing: shard 1/4, 2/4".into()));
    assert_eq!(put(&[1, 2]), Err("shard 3/4, 4/4".into()));
    assert_eq!(put(&[]), Err("shard 1/4, 2/4, 3/4, 4/4".into()));
    assert_eq!(put(&[1, 2, 2]), Err("its draws are there already".into()));
    let others = [
        Header { seed: 2, ..own(2) },
        Header { draws: 131_072, ..own(2) },
        Header { kind: Kind::LatinHypercube, ..own(2) },
    ];
    for other in others {
        let mut assembly = Assembly::new(asked.program(), &own(1));
        assembly.add(&Part::open(&parts[0]).unwrap()).unwrap();
        assert_eq!(assembly.add(&Part::open(&made(&other)).unwrap()), Err(PartError::Run));
    }
}

/// What is found from one part that is all of a run.
fn found(asked: &common::Asked, bytes: &[u8]) -> Result<RunFinding, PartError> {
    let part = Part::open(bytes)?;
    let mut assembly = Assembly::new(asked.program(), &part.header);
    assembly.add(&part)?;
    Ok(asked.find(&assembly.finish().map_err(PartError::Gap)?).finding)
}

fn assert_is_an_answer(found: &RunFinding, what: &str) {
    let sum: f64 = found.outcomes.iter().map(|one| one.probability.0.value).sum();
    assert!((sum - 1.0).abs() < 1e-8, "{what}: the outcomes' sum is {sum}");
    for one in &found.outcomes {
        let spread = [one.spread.p05, one.spread.p50, one.spread.p95];
        let all = spread.into_iter().chain([one.probability.0.value]);
        assert!(all.into_iter().all(|value| (-1e-8..=1.0 + 1e-8).contains(&value)), "{what}: {one:?}");
    }
}

/// Void draws, learned evidence, an event, states.
const RICH: &str = "[factors.x]\nvalue = 'normal(1, 0.4)'\n[factors.m]\nstates = ['good', 'bad']\nprobabilities = { good = 0.3, bad = 0.7 }\n\
    [derived.root]\nvalue = 'sqrt(x)'\n[events.storm]\nprobability = '0.2 + 0.1 * (x > 1)'\n\
    [outcomes.a]\nbase = 0.6\nweights = { root = 1, storm = -1 }\n[outcomes.b]\nbase = 0.4\n";

#[test]
fn no_forged_content_gives_an_answer_that_is_none() {
    for (text, draws, kind) in
        [(RULED, 600, Kind::Independent), (SMALL, 512, Kind::Independent), (RICH, 512, Kind::Sobol)]
    {
        let model = model(text);
        let asked = common::asked(&model);
        let header = header(draws, kind, Shard::new(1, 1).unwrap());
        let sound = simulate_shard(asked.program(), &header, 1, &Watch::new()).unwrap();
        assert_is_an_answer(&found(&asked, &sound).unwrap(), "the control");
        let end = sound.len() - 32;
        let (mut taken, mut refused) = (0, 0);
        let mut try_with = |at: usize, value: u8| {
            let bytes = forged(&sound, |content| content[at] ^= value);
            match found(&asked, &bytes) {
                Ok(answer) => {
                    taken += 1;
                    assert_is_an_answer(&answer, &format!("byte {at} of {end} changed by {value:#x}"));
                }
                Err(_) => refused += 1,
            }
            // Without the digest that belongs to it, no change is taken.
            let mut bytes = sound.clone();
            bytes[at] ^= value;
            assert!(found(&asked, &bytes).is_err());
        };
        // Every byte of the header and the sums, which come first; of the rest, in which most values are as good as any other, some.
        let first = end.min(1500);
        (0..first).for_each(|at| [1 << (at % 8), 0x40, 0xff].iter().for_each(|value| try_with(at, *value)));
        (first..end).step_by((end / 400).max(1)).for_each(|at| try_with(at, 0x80 >> (at % 8)));
        assert!(refused > 1000 && taken > 0, "{refused} refused, {taken} taken");
        for at in (14..end).step_by(97) {
            assert!(found(&asked, &forged(&sound, |content| content.truncate(at))).is_err(), "cut at {at}");
        }
        assert!(found(&asked, &forged(&sound, |content| content.push(0))).is_err());
    }
}

/// Changes a number of a part wherever it stands in it as eight bytes.
fn with_number(sound: &[u8], old: f64, new: f64) -> Vec<u8> {
    forged(sound, |content| {
        let (old, new) = (old.to_le_bytes(), new.to_le_bytes());
        let at = content.windows(8).position(|bytes| bytes == old).expect("the number is there");
        content[at..at + 8].copy_from_slice(&new);
    })
}

#[test]
fn forged_probabilities_are_refused_with_a_reason() {
    let desk = Desk::with(RULED);
    let name = part(&desk, "1/1", &["-n", "1000", "--design", "independent"]);
    let sound = std::fs::read(desk.path(&name)).unwrap();
    let low =
        desk.json(&["-n", "1000", "--design", "independent"])["outcomes"][0]["probability"].as_f64().unwrap();
    for (value, words) in [
        (low + 0.186, "do not add up"),
        (1.2, "none that its formula can have"),
        (f64::NAN, "none that its formula can have"),
        (-0.1, "none that its formula can have"),
    ] {
        std::fs::write(desk.path("bad"), with_number(&sound, low, value)).unwrap();
        let said = merge(&desk, &["bad".into()], &[]);
        assert_refused(&said, &["can't merge `bad`", "can't have come from draws", words, "make it again"]);
    }
    assert_eq!(merge(&desk, &[name], &["--format", "csv"]).code, 0);
}

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
