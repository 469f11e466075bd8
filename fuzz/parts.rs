//! Parts of a run, changed by chance and put together in any number and order: refused, or the sums of the whole run.

use foretell::analysis::run::RunFinding;
use foretell::design::Kind;
use foretell::model::Model;
use foretell::simulation::{Assembly, BUILD, Header, Part, PartError, Shard, Watch, simulate_shard};
use sha2::{Digest, Sha256};

use crate::common::{Asked, asked, model};
use crate::networks::Chance;
use crate::reading::RULED;
use crate::scenarios::assert_is_an_answer;
use crate::walk::walk;

/// Void draws, something learned, an event, states, a correlation.
const RICH: &str = "
    [factors]
    x = { value = 'normal(1, 0.4)' }
    y = { value = 'gamma(2, 1)' }
    m = { states = ['good', 'bad'], probabilities = { good = 0.3, bad = 0.7 } }
    [[correlations]]
    between = ['x', 'y']
    rank = 0.7
    [derived.root]
    value = 'sqrt(x) + y'
    [events.storm]
    probability = '0.2 + 0.1 * (x > 1)'
    [outcomes.a]
    base = 0.6
    weights = { root = 1, storm = -1 }
    [outcomes.b]
    base = 0.4
    [[evidence]]
    id = 'report'
    date = 2024-01-01
    about = 'storm'
    likelihood_ratio = { true = 3 }
";

/// The bytes of a digest, which every part ends with.
const DIGEST: usize = 32;

/// A run in parts, and what is found in all of them.
struct Parts<'m> {
    asked: Asked<'m>,
    header: Header,
    all: Vec<Vec<u8>>,
    whole: RunFinding,
}

fn header(draws: u64, kind: Kind, shard: Shard) -> Header {
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

impl<'m> Parts<'m> {
    fn of(model: &'m Model, draws: u64, kind: Kind, count: u64) -> Parts<'m> {
        let asked = asked(model);
        let shard = |number| header(draws, kind, Shard::new(number, count).expect("a shard"));
        let made =
            |number| simulate_shard(asked.program(), &shard(number), 1, &Watch::new()).expect("a part");
        let all: Vec<Vec<u8>> = (1..=count).map(made).collect();
        let header = shard(1);
        let whole =
            found(&asked, &header, &all.iter().map(Vec::as_slice).collect::<Vec<_>>()).expect("all parts");
        Parts { asked, header, all, whole }
    }
}

/// What is found in some parts.
fn found(asked: &Asked, header: &Header, parts: &[&[u8]]) -> Result<RunFinding, PartError> {
    let mut assembly = Assembly::new(asked.program(), header);
    for bytes in parts {
        assembly.add(&Part::open(bytes)?)?;
    }
    Ok(asked.find(&assembly.finish().map_err(PartError::Gap)?).finding)
}

/// Every digit of a finding.
fn digits(found: &RunFinding) -> String {
    format!("{found:?}")
}

#[test]
fn parts() {
    let models = [model(RULED), model(RICH)];
    let mut runs = Vec::new();
    for model in &models {
        runs.push(Parts::of(model, 600, Kind::Independent, 1));
        runs.push(Parts::of(model, 40_000, Kind::Independent, 4));
        runs.push(Parts::of(model, 512, Kind::Sobol, 2));
    }
    walk("parts", 5_000, |chance| {
        let run = &runs[chance.below(runs.len())];
        match chance.below(3) {
            0 => assert_gathered(run, chance),
            1 => assert_damage_is_seen(run, chance),
            _ => assert_forged(run, chance),
        }
    });
}

/// Some parts in some order: the whole run if it is each of them once, and refused if not.
fn assert_gathered(run: &Parts, chance: &mut Chance) {
    let whole: Vec<usize> = (0..run.all.len()).collect();
    let mut order = whole.clone();
    match chance.below(4) {
        0 => drop(order.remove(chance.below(whole.len()))),
        1 => order.insert(chance.below(whole.len()), chance.below(whole.len())),
        2 => (1..order.len()).for_each(|at| order.swap(at, chance.below(at + 1))),
        _ => {}
    }
    let parts: Vec<&[u8]> = order.iter().map(|at| run.all[*at].as_slice()).collect();
    let mut sorted = order.clone();
    sorted.sort_unstable();
    match found(&run.asked, &run.header, &parts) {
        Ok(one) => {
            assert_eq!(sorted, whole, "taken for the whole");
            assert_eq!(digits(&one), digits(&run.whole), "{order:?}");
        }
        Err(why) => assert_ne!(sorted, whole, "refused: {why}"),
    }
}

/// The parts with one of them changed.
fn with<'p>(run: &'p Parts, at: usize, changed: &'p [u8]) -> Vec<&'p [u8]> {
    run.all
        .iter()
        .enumerate()
        .map(|(part, bytes)| if part == at { changed } else { bytes.as_slice() })
        .collect()
}

/// A part that was changed on its way is refused.
fn assert_damage_is_seen(run: &Parts, chance: &mut Chance) {
    let at = chance.below(run.all.len());
    let mut bytes = run.all[at].clone();
    changes(&mut bytes, chance);
    let result = found(&run.asked, &run.header, &with(run, at, &bytes));
    assert_eq!(result.is_ok(), bytes == run.all[at], "part {at} of {}", run.all.len());
}

/// A part that was changed on purpose, with the digest that belongs to it, gives an answer that draws can give, or is refused.
fn assert_forged(run: &Parts, chance: &mut Chance) {
    let at = chance.below(run.all.len());
    let mut bytes = run.all[at][..run.all[at].len() - DIGEST].to_vec();
    changes(&mut bytes, chance);
    let digest = Sha256::digest(&bytes);
    bytes.extend(digest);
    if let Ok(answer) = found(&run.asked, &run.header, &with(run, at, &bytes)) {
        assert_is_an_answer(&answer);
    }
}

/// Numbers at which something ends, as parts hold them.
const LIMITS: [u64; 10] = [
    0,
    1,
    u64::MAX,
    1 << 63,
    0x7ff0_0000_0000_0000,
    0xfff0_0000_0000_0000,
    0x7ff8_0000_0000_0000,
    0x3ff0_0000_0000_0000,
    0xbff0_0000_0000_0000,
    0x7fef_ffff_ffff_ffff,
];

/// One to three changes: of bits, of bytes, of numbers; cuts and additions.
fn changes(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..=chance.below(3) {
        // Half of the places are in the header and the sums, which come first.
        let places = if chance.below(2) == 0 { bytes.len().min(1500) } else { bytes.len() };
        let at = chance.below(places.max(1)).min(bytes.len());
        let to = (at + 8).min(bytes.len());
        match chance.below(6) {
            0 => bytes[at..to.min(at + 1)].iter_mut().for_each(|one| *one ^= 1 << chance.below(8)),
            1 => bytes[at..to.min(at + 1)].fill(chance.below(256) as u8),
            2 | 3 if to == at + 8 => {
                bytes[at..to].copy_from_slice(&LIMITS[chance.below(LIMITS.len())].to_le_bytes());
            }
            4 => drop(bytes.drain(at..to)),
            5 => bytes.truncate(at),
            _ => bytes.insert(at, chance.below(256) as u8),
        }
    }
}
