//! What is no part of a run, or of another run or build, is refused with its reason.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "cli")]

use crate::common;
use crate::desk::{Desk, RULED, SMALL};
use crate::shards::{FLAGS, assert_refused, merge, part, parts};
use foretell::analysis::run::RunFinding;
use foretell::design::Kind;
use foretell::model::Model;
use foretell::simulation::{Assembly, BUILD, Header, Part, PartError, Shard, Watch, simulate_shard};
use sha2::{Digest, Sha256};

#[test]
fn parts_of_other_runs_are_refused() {
    let others: [(&[&str], &str); 4] = [
        (&["-n", "65536", "--seed", "2"], "its seed differs from that of `1-2.part`: 2 and 1"),
        (&["-n", "65536", "--design", "lhs"], "its design differs from that of `1-2.part`: lhs and sobol"),
        (&["-n", "131072"], "its number of draws differs from that of `1-2.part`"),
        (
            &["-n", "65536", "--set", "y=0.5"],
            "its --variant, --set, --given, --evidence, --joint or --of differs from that of `1-2.part`: `--set y=0.5` and none",
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
pub fn forged(sound: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
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
pub fn model(text: &str) -> Model {
    let file = foretell::diagnostic::SourceFile::new("x.toml", text);
    let (document, _) = foretell::scenario::parse(&file);
    foretell::build::build(&document, &Default::default(), &[]).0.unwrap()
}

pub fn header(draws: u64, kind: Kind, shard: Shard) -> Header {
    Header {
        version: "1".into(),
        build: BUILD.into(),
        machine: String::new(),
        scenario: String::new(),
        overrides: Vec::new(),
        seed: 1,
        kind,
        draws,
        shards: shard.into(),
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
    assert_eq!(put(&[4, 2, 1, 3]), Ok(()));
    assert_eq!(put(&[1, 3, 4]), Err("shards 2 of 4 are missing".into()));
    assert_eq!(put(&[3, 4]), Err("shards 1–2 of 4 are missing".into()));
    assert_eq!(put(&[3, 2]), Err("shards 1, 4 of 4 are missing".into()));
    assert_eq!(put(&[]), Err("shards 1–4 of 4 are missing".into()));
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
pub const RICH: &str = "[factors.x]\nvalue = 'normal(1, 0.4)'\n[factors.m]\nstates = ['good', 'bad']\nprobabilities = { good = 0.3, bad = 0.7 }\n\
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
pub fn forged_probabilities_are_refused_with_a_reason() {
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
