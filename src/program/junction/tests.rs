//! The sums of random networks against enumeration, and of large ones against closed forms.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::room::Counted;
use super::table::sum_product;
use super::*;
use crate::random::{Key, unit, word};

/// A tree of any size.
fn new(counts: Vec<usize>, tables: Vec<Table>, limits: &Limits) -> Result<Junction, Refusal> {
    let mut room = f64::INFINITY;
    Junction::within(&mut room, counts, tables, limits)
}

struct Numbers(u64, u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.1 += 1;
        unit(word(Key::new(self.0), self.1))
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() * end as f64) as usize
    }
}

/// A random network: each variable has up to three parents before it, and some probabilities are 0; with findings, hard and soft, and
/// now and then a table that is no one's and has negative numbers.
fn network(numbers: &mut Numbers, size: usize) -> (Vec<usize>, Vec<Table>) {
    let counts: Vec<usize> = (0..size).map(|_| 2 + numbers.below(2)).collect();
    let mut tables = Vec::new();
    for at in 0..size {
        let parents: BTreeSet<usize> = (0..numbers.below(4).min(at)).map(|_| numbers.below(at)).collect();
        let scope: Vec<Counted> = parents.into_iter().chain([at]).map(|one| (one, counts[one])).collect();
        let mut values: Vec<f64> =
            (0..super::room::size(&scope)).map(|_| (numbers.next() - 0.15).max(0.0)).collect();
        for row in values.chunks_mut(counts[at]) {
            row[0] += 0.01;
            let total: f64 = row.iter().sum();
            row.iter_mut().for_each(|one| *one /= total);
        }
        tables.push(Table { head: Some(at), ..Table::new(scope, values) });
    }
    for _ in 0..numbers.below(3) {
        let at = numbers.below(size);
        let state = numbers.below(counts[at]);
        let is_hard = numbers.next() < 0.5;
        let value = |one: usize| if one == state { 1.0 } else { 0.3 * f64::from(u8::from(!is_hard)) };
        tables.push(Table::new(vec![(at, counts[at])], (0..counts[at]).map(value).collect()));
    }
    if numbers.next() < 0.3 {
        let pair = [numbers.below(size), numbers.below(size)];
        let scope: Vec<Counted> = BTreeSet::from(pair).into_iter().map(|one| (one, counts[one])).collect();
        let values = (0..super::room::size(&scope)).map(|_| numbers.next() - 0.5).collect();
        tables.push(Table::new(scope, values));
    }
    (counts, tables)
}

/// The sum over all states, one by one.
fn enumerated(counts: &[usize], tables: &[Table], targets: &[usize]) -> Vec<f64> {
    let all: Vec<Counted> = counts.iter().copied().enumerate().collect();
    let tables: Vec<Rc<Table>> = tables.iter().cloned().map(Rc::new).collect();
    let whole = sum_product(&tables, all, None);
    let mut found = vec![0.0; targets.iter().map(|one| counts[*one]).product()];
    for (at, value) in whole.numbers(0).enumerate() {
        let state =
            |variable: usize| at / counts[variable + 1..].iter().product::<usize>() % counts[variable];
        found[targets.iter().fold(0, |place, one| place * counts[*one] + state(*one))] += value;
    }
    found
}

fn joint(junction: &mut Junction, targets: &[usize]) -> Vec<f64> {
    junction.joint(targets, &Limits::none()).unwrap().numbers(0).collect()
}

#[test]
fn random_networks_are_as_enumerated() {
    for seed in 0..400 {
        let mut numbers = Numbers(seed, 0);
        let size = 2 + numbers.below(8);
        let (counts, tables) = network(&mut numbers, size);
        let mut junction = new(counts.clone(), tables.clone(), &Limits::none()).unwrap();
        let mut asked: Vec<Vec<usize>> = (0..size).map(|one| vec![one]).collect();
        asked.push(Vec::new());
        asked.push((0..3).map(|_| numbers.below(size)).collect::<BTreeSet<usize>>().into_iter().collect());
        for targets in asked {
            let found = joint(&mut junction, &targets);
            let truth = enumerated(&counts, &tables, &targets);
            assert_eq!(found.len(), truth.len());
            assert_near(&found, &truth, seed);
            if targets.len() > 1 && targets.iter().all(|one| !junction.all.known.contains_key(one)) {
                let found = junction
                    .given
                    .by_state(&junction.all, &targets, &Limits::none())
                    .unwrap()
                    .expect("small trees");
                assert_near(&found.numbers(0).collect::<Vec<f64>>(), &truth, seed);
            }
        }
    }
}

fn assert_near(found: &[f64], truth: &[f64], seed: u64) {
    let is_near = |(one, other): (&f64, &f64)| (one - other).abs() < 1e-13;
    assert!(found.iter().zip(truth).all(is_near), "{seed}: {found:?} {truth:?}");
}

#[test]
fn what_is_far_apart_is_told_by_either_way() {
    let (length, last) = (200, 199);
    let mut junction = new(vec![2; length], chain(length, 0.99), &Limits::none()).unwrap();
    for at in 0..last {
        // Each step keeps 0.98 of the difference between the states.
        let same = (1.0 + 0.98f64.powi((last - at) as i32)) / 4.0;
        let truth = [same, 0.5 - same, 0.5 - same, same];
        assert_near(&joint(&mut junction, &[at, last]), &truth, at as u64);
        let tables = junction.all.marginal(&[at, last], &Limits::none()).unwrap();
        let flat = sum_product(&tables, vec![(at, 2), (last, 2)], None);
        assert_near(&flat.numbers(0).collect::<Vec<f64>>(), &truth, at as u64);
    }
    assert!(junction.all.is_far(&[0, last]) && !junction.all.is_far(&[190, last]));
    // Far apart and rarer than any number.
    let mut tables = chain(length, 0.5);
    tables.extend((0..length).map(|at| Table::new(vec![(at, 2)], vec![1e-10, 3e-10])));
    let mut junction = new(vec![2; length], tables, &Limits::none()).unwrap();
    let whole = junction.joint(&[], &Limits::none()).unwrap();
    let far = junction.joint(&[0, last], &Limits::none()).unwrap();
    let shares: Vec<f64> = far.numbers(-whole.exponent).map(|one| one / whole.values[0]).collect();
    let truth = [1.0, 3.0, 3.0, 9.0].map(|one| one / 16.0);
    assert!(shares.iter().zip(truth).all(|(one, other)| (one - other).abs() < 1e-12), "{shares:?}");
}

#[test]
fn what_hangs_on_one_is_told_of_each() {
    // One cause of many, each with its own probabilities, some of them seen.
    let count = 1_000;
    let p = |at: usize| 0.2 + 0.5 * (at as f64 / count as f64);
    let leaf = |at: usize| Table {
        head: Some(at),
        ..Table::new(vec![(0, 2), (at, 2)], vec![1.0 - p(at), p(at), 0.5, 0.5])
    };
    let mut tables = vec![Table { head: Some(0), ..Table::new(vec![(0, 2)], vec![0.5, 0.5]) }];
    tables.extend((1..count).map(leaf));
    let seen = |at: usize| Table::new(vec![(at, 2)], vec![0.0, 1.0]);
    tables.extend((1..count).step_by(100).map(seen));
    // A second witness of each, so that all hang on the one.
    tables.extend((1..count).map(|at| Table::new(vec![(at, 2)], vec![1.0, 1.5])));
    let mut junction = new(vec![2; count], tables, &Limits::none()).unwrap();
    assert!(junction.all.tree.clusters.iter().all(|one| one.below.len() <= 8));
    let whole = junction.joint(&[], &Limits::none()).unwrap();
    let says = |at: usize| match at % 100 {
        1 => [1.5 * p(at), 0.75],
        _ => [1.0 + 0.5 * p(at), 1.25],
    };
    let log: f64 = (1..count).map(|at| libm::log(says(at)[0] / says(at)[1])).sum();
    let first = 1.0 / (1.0 + libm::exp(-log));
    for at in 1..count {
        let own = junction.joint(&[at], &Limits::none()).unwrap();
        let found: Vec<f64> = own.numbers(-whole.exponent).map(|one| one / whole.values[0]).collect();
        let so = first * (1.5 * p(at) / says(at)[0]) + (1.0 - first) * (0.75 / says(at)[1]);
        assert_near(&found, &[1.0 - so, so], at as u64);
    }
}

/// A chain in which each next state is as before with probability p.
fn chain(length: usize, p: f64) -> Vec<Table> {
    let first = Table { head: Some(0), ..Table::new(vec![(0, 2)], vec![0.5, 0.5]) };
    let next = |at: usize| {
        let values = vec![p, 1.0 - p, 1.0 - p, p];
        Table { head: Some(at), ..Table::new(vec![(at - 1, 2), (at, 2)], values) }
    };
    [first].into_iter().chain((1..length).map(next)).collect()
}

#[test]
fn what_is_rarer_than_any_number_is_told() {
    let mut tables = chain(300, 0.5);
    // Every state has been seen by a witness who is mistaken but once in 1e10, and says 1.
    tables.extend((0..300).map(|at| Table::new(vec![(at, 2)], vec![1e-10, 1e-10 * 3.0])));
    let mut junction = new(vec![2; 300], tables, &Limits::none()).unwrap();
    let whole = junction.joint(&[], &Limits::none()).unwrap();
    // (2e-10)^300.
    let log = libm::log2(whole.values[0]) + f64::from(whole.exponent);
    assert!((log - 300.0 * libm::log2(2e-10)).abs() < 1e-9, "{log}");
    let own = junction.joint(&[150], &Limits::none()).unwrap();
    let ratio: Vec<f64> = own.numbers(-whole.exponent).map(|one| one / whole.values[0]).collect();
    assert!((ratio[0] - 0.25).abs() < 1e-12 && (ratio[1] - 0.75).abs() < 1e-12, "{ratio:?}");
    assert_eq!(joint(&mut junction, &[]), [0.0]);
}

#[test]
fn long_chains_end_where_they_must() {
    let mut tables = chain(20_000, 0.9);
    tables.push(Table::new(vec![(0, 2)], vec![0.0, 1.0]));
    let mut junction = new(vec![2; 20_000], tables, &Limits::none()).unwrap();
    let third = joint(&mut junction, &[2]);
    // (1 + 0.8²) / 2 of what was learned, whose probability is a half.
    assert!((third[1] - 0.41).abs() < 1e-12, "{third:?}");
    let far = joint(&mut junction, &[0, 19_999]);
    assert!((far[3] - 0.25).abs() < 1e-12 && far[0] == 0.0, "{far:?}");
}

#[test]
fn clusters_that_are_too_large_are_named() {
    let size = 40;
    let pairs = (0..size).flat_map(|one| (0..one).map(move |other| (other, one)));
    let tables: Vec<Table> =
        pairs.map(|(a, b)| Table::new(vec![(a, 2), (b, 2)], vec![1.0, 2.0, 3.0, 4.0])).collect();
    let refused = new(vec![2; size], tables.clone(), &Limits::none()).err();
    assert_eq!(refused, Some(Refusal::TooLarge((0..size).collect())));
    let few = || tables[..45].to_vec();
    let stopping = Limits { stop: std::sync::Arc::new(|| true), ..Limits::none() };
    assert_eq!(new(vec![2; 10], few(), &stopping).err(), Some(Refusal::Interrupted));
    // Summing over one of ten takes a table of 2^9 numbers.
    let small = |memory: u64| new(vec![2; 10], few(), &Limits { memory, ..Limits::none() }).err();
    assert_eq!(small(8 << 9), None);
    assert_eq!(small((8 << 9) - 1), Some(Refusal::Memory(8 << 9)));
}

#[test]
fn what_nothing_depends_on_costs_nothing() {
    // Forty leaves of one cause, each with a table of its own: without findings none is looked at.
    let mut tables = vec![Table { head: Some(0), ..Table::new(vec![(0, 2)], vec![0.25, 0.75]) }];
    let leaf = |at: usize| Table {
        head: Some(at),
        ..Table::new(vec![(0, 2), (at, 2)], vec![0.1, 0.9, f64::NAN, f64::NAN])
    };
    tables.extend((1..40).map(leaf));
    let mut junction = new(vec![2; 40], tables, &Limits::none()).unwrap();
    assert_eq!(joint(&mut junction, &[0]), [0.25, 0.75]);
    assert!(joint(&mut junction, &[7])[0].is_nan());
}

#[test]
fn scaled_tables_have_the_same_numbers_and_a_moderate_greatest() {
    // 1, 3 and 2^51 times the least of all numbers, 2^−1074.
    let least = f64::from_bits(1);
    for (values, scaled, exponent) in [
        ([least, 3.0 * least], [0.5, 1.5], -1073),
        ([least, f64::MIN_POSITIVE / 2.0], [libm::exp2(-51.0), 1.0], -1023),
        ([0.25, -3.0], [0.125, -1.5], 1),
        ([0.0, 0.0], [0.0, 0.0], 0),
        ([1.0, f64::INFINITY], [1.0, f64::INFINITY], 0),
    ] {
        let found = Table::new(vec![(0, 2)], values.to_vec()).scaled();
        assert_eq!((&found.values[..], found.exponent), (&scaled[..], exponent), "{values:?}");
        assert_eq!(found.numbers(0).collect::<Vec<f64>>(), values);
    }
}

/// What is the same for all states, a power of two, is no digit of any number but counts for the whole.
#[test]
fn powers_of_two_that_all_states_share_count() {
    let mut tables = vec![Table { head: Some(0), ..Table::new(vec![(0, 2)], vec![0.25, 0.75]) }];
    tables.push(Table { head: Some(1), ..Table::new(vec![(0, 2), (1, 2)], vec![0.5, 0.5, 0.125, 0.875]) });
    tables.push(Table::new(vec![(1, 2)], vec![0.25, 0.25]));
    let mut junction = new(vec![2; 2], tables, &Limits::none()).unwrap();
    assert_eq!(joint(&mut junction, &[]), [0.25]);
    assert_eq!(joint(&mut junction, &[0]), [0.0625, 0.1875]);
}
