//! Sums over the states of variables whose tables are numbers: any joint distribution from one pass over a junction tree (Lauritzen &
//! Spiegelhalter 1988; Shafer & Shenoy 1990).

mod order;
mod room;
mod table;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::limits::Limits;
use order::order;
pub(crate) use room::Refusal;
use room::{Counted, allow, size};
pub(crate) use table::{Table, times_power};
use table::{eliminate, sum_product};
use tree::Tree;

/// Variables whose tables are numbers, with what was learned of them.
pub(crate) struct Junction {
    counts: Vec<usize>,
    /// The states that are known.
    known: BTreeMap<usize, usize>,
    tree: Tree,
    /// The product of what no variable has a part in.
    constant: Table,
    /// For each cluster what it says to the one above it.
    up: Vec<Vec<Rc<Table>>>,
    /// What the one above it says to each cluster, as far as it was asked for.
    down: Vec<Option<Vec<Rc<Table>>>>,
    /// What the whole part under each top is, where it is not 1.
    tops: BTreeMap<usize, Table>,
}

impl Junction {
    /// A tree for all of some tables.
    pub(crate) fn new(counts: Vec<usize>, tables: Vec<Table>, limits: &Limits) -> Result<Junction, Refusal> {
        let (known, tables) = settled(tables);
        let tables: Vec<Rc<Table>> = tables
            .into_iter()
            .map(|one| Rc::new(if one.head.is_some() { one } else { one.scaled() }))
            .collect();
        let scopes: Vec<Vec<Counted>> = tables.iter().map(|one| one.scope.clone()).collect();
        let order = order(&counts, &scopes);
        let tree = Tree::new(&order, &counts, &tables);
        // A message has no more values than what is gone through to make it: of one, no more is asked here.
        let largest = tree.largest(&counts);
        allow(&[], size(&largest), limits)
            .map_err(|why| named(why, largest.iter().map(|(one, _)| *one).collect()))?;
        let constants: Vec<Rc<Table>> = tables.iter().filter(|one| one.scope.is_empty()).cloned().collect();
        let count = tree.clusters.len();
        let mut junction = Junction {
            counts,
            known,
            tree,
            constant: sum_product(&constants, Vec::new(), None),
            up: vec![Vec::new(); count],
            down: vec![None; count],
            tops: BTreeMap::new(),
        };
        junction.collect(limits)?;
        Ok(junction)
    }

    /// All messages upwards.
    fn collect(&mut self, limits: &Limits) -> Result<(), Refusal> {
        for at in (0..self.tree.clusters.len()).rev() {
            let cluster = &self.tree.clusters[at];
            let tables = self.said_to(at, None);
            let shared = &cluster.shared;
            let found = eliminate(tables, |one| shared.binary_search(&one).is_ok(), limits)?;
            if cluster.above.is_none() {
                let whole = sum_product(&found, Vec::new(), None);
                if !whole.is_nothing() {
                    self.tops.insert(at, whole);
                }
            } else {
                self.up[at] = found;
            }
        }
        Ok(())
    }

    /// The tables of a cluster, and what those below say, one left out.
    fn said_to(&self, at: usize, left_out: Option<usize>) -> Vec<Rc<Table>> {
        let cluster = &self.tree.clusters[at];
        let below = cluster.below.iter().filter(|one| Some(**one) != left_out);
        cluster.tables.iter().chain(below.flat_map(|one| &self.up[*one])).cloned().collect()
    }

    /// What is said downwards to a cluster.
    fn heard(&mut self, at: usize, limits: &Limits) -> Result<Vec<Rc<Table>>, Refusal> {
        let unknown: Vec<usize> = self.tree.way_up(at).take_while(|one| self.down[*one].is_none()).collect();
        for one in unknown.into_iter().rev() {
            let found = match self.tree.clusters[one].above {
                None => Vec::new(),
                Some(above) => {
                    let mut tables = self.said_to(above, Some(one));
                    tables.extend(self.down[above].iter().flatten().cloned());
                    let shared = &self.tree.clusters[one].shared;
                    eliminate(tables, |one| shared.binary_search(&one).is_ok(), limits)?
                }
            };
            self.down[one] = Some(found);
        }
        Ok(self.down[at].clone().unwrap_or_default())
    }

    /// The joint distribution of some variables with all that was learned: by their states, in their order.
    pub(crate) fn joint(&mut self, targets: &[usize], limits: &Limits) -> Result<Table, Refusal> {
        let open: Vec<usize> = targets.iter().copied().filter(|one| !self.known.contains_key(one)).collect();
        let mut tables = vec![Rc::new(self.constant.clone())];
        let mut tops: BTreeSet<usize> = self.tops.keys().copied().collect();
        for (top, own) in self.by_part(&open) {
            tops.remove(&top);
            let around = self.around(&own, limits)?;
            tables.extend(eliminate(around, |one| own.contains(&one), limits)?);
        }
        tables.extend(tops.iter().map(|top| Rc::new(self.tops[top].clone())));
        let scope: Vec<Counted> = open.iter().map(|one| (*one, self.counts[*one])).collect();
        allow(&scope, size(&scope), limits)?;
        Ok(self.spread_out(sum_product(&tables, scope, None), targets))
    }

    /// Variables by the top of the part of the tree that holds them.
    fn by_part(&self, open: &[usize]) -> BTreeMap<usize, Vec<usize>> {
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for variable in open {
            let top = self.tree.way_up(self.tree.home[*variable]).last();
            top.into_iter().for_each(|top| parts.entry(top).or_default().push(*variable));
        }
        parts
    }

    /// All that bears on some variables of one part: the tables of the smallest subtree that holds them, and what is said to it.
    fn around(&mut self, variables: &[usize], limits: &Limits) -> Result<Vec<Rc<Table>>, Refusal> {
        let clusters = self.subtree(variables);
        let mut found = Vec::new();
        for at in &clusters {
            let cluster = &self.tree.clusters[*at];
            found.extend(cluster.tables.iter().cloned());
            let below = cluster.below.iter().filter(|one| !clusters.contains(one));
            found.extend(below.flat_map(|one| &self.up[*one]).cloned());
        }
        if let Some(top) = clusters.first() {
            found.extend(self.heard(*top, limits)?);
        }
        Ok(found)
    }

    /// The smallest subtree that holds some variables, its top first.
    fn subtree(&self, variables: &[usize]) -> BTreeSet<usize> {
        let clusters = &self.tree.clusters;
        let holds_all =
            |at: &usize| variables.iter().all(|one| clusters[*at].variables.binary_search(one).is_ok());
        let homes: BTreeSet<usize> = variables.iter().map(|one| self.tree.home[*one]).collect();
        if let Some(one) = homes.iter().find(|at| holds_all(at)) {
            return BTreeSet::from([*one]);
        }
        let mut open = homes;
        let mut found = BTreeSet::new();
        // Whatever comes last in the order of clusters has the others above it or beside it.
        while open.len() > 1 {
            let Some(last) = open.pop_last() else { break };
            found.insert(last);
            open.extend(clusters[last].above);
        }
        found.extend(open);
        found
    }

    /// With the states that are known put back: 0 in all others.
    fn spread_out(&self, table: Table, targets: &[usize]) -> Table {
        let scope: Vec<Counted> = targets.iter().map(|one| (*one, self.counts[*one])).collect();
        if table.scope.len() == scope.len() {
            return table;
        }
        let is_so = |one: &Counted| {
            let state = self.known.get(&one.0).copied();
            let value = |at: usize| f64::from(u8::from(state == Some(at)));
            state.map(|_| Rc::new(Table::new(vec![*one], (0..one.1).map(value).collect())))
        };
        let mut tables: Vec<Rc<Table>> = scope.iter().filter_map(is_so).collect();
        tables.push(Rc::new(table));
        sum_product(&tables, scope, None)
    }
}

/// Tables cut down to the states that are known because nothing else can be, until no more are.
fn settled(mut tables: Vec<Table>) -> (BTreeMap<usize, usize>, Vec<Table>) {
    let mut known = BTreeMap::new();
    let mut holders: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, table) in tables.iter().enumerate() {
        table.scope.iter().for_each(|(one, _)| holders.entry(*one).or_default().push(at));
    }
    let mut open: Vec<usize> = (0..tables.len()).collect();
    while let Some(at) = open.pop() {
        let Some((variable, state)) = tables[at].only_state() else { continue };
        known.insert(variable, state);
        for holder in holders.remove(&variable).unwrap_or_default() {
            tables[holder] = tables[holder].sliced(variable, state);
            open.push(holder);
        }
    }
    (known, tables)
}

/// A refusal of these variables where it names none.
fn named(why: Refusal, variables: Vec<usize>) -> Refusal {
    match why {
        Refusal::TooLarge(_) => Refusal::TooLarge(variables),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, unit, word};

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
                (0..super::size(&scope)).map(|_| (numbers.next() - 0.15).max(0.0)).collect();
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
            let scope: Vec<Counted> =
                BTreeSet::from(pair).into_iter().map(|one| (one, counts[one])).collect();
            let values = (0..super::size(&scope)).map(|_| numbers.next() - 0.5).collect();
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
            let mut junction = Junction::new(counts.clone(), tables.clone(), &Limits::none()).unwrap();
            let mut asked: Vec<Vec<usize>> = (0..size).map(|one| vec![one]).collect();
            asked.push(Vec::new());
            asked
                .push((0..3).map(|_| numbers.below(size)).collect::<BTreeSet<usize>>().into_iter().collect());
            for targets in asked {
                let found = joint(&mut junction, &targets);
                let truth = enumerated(&counts, &tables, &targets);
                assert_eq!(found.len(), truth.len());
                for (one, other) in found.iter().zip(&truth) {
                    assert!((one - other).abs() < 1e-13, "{seed} {targets:?}: {found:?} {truth:?}");
                }
            }
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
        let mut junction = Junction::new(vec![2; 300], tables, &Limits::none()).unwrap();
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
        let mut junction = Junction::new(vec![2; 20_000], tables, &Limits::none()).unwrap();
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
        let refused = Junction::new(vec![2; size], tables.clone(), &Limits::none()).err();
        assert_eq!(refused, Some(Refusal::TooLarge((0..size).collect())));
        let few = || tables[..45].to_vec();
        let stopping = Limits { stop: std::sync::Arc::new(|| true), ..Limits::none() };
        assert_eq!(Junction::new(vec![2; 10], few(), &stopping).err(), Some(Refusal::Interrupted));
        // Summing over one of ten takes a table of 2^9 numbers.
        let small =
            |memory: u64| Junction::new(vec![2; 10], few(), &Limits { memory, ..Limits::none() }).err();
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
        let mut junction = Junction::new(vec![2; 40], tables, &Limits::none()).unwrap();
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
        tables
            .push(Table { head: Some(1), ..Table::new(vec![(0, 2), (1, 2)], vec![0.5, 0.5, 0.125, 0.875]) });
        tables.push(Table::new(vec![(1, 2)], vec![0.25, 0.25]));
        let mut junction = Junction::new(vec![2; 2], tables, &Limits::none()).unwrap();
        assert_eq!(joint(&mut junction, &[]), [0.25]);
        assert_eq!(joint(&mut junction, &[0]), [0.0625, 0.1875]);
    }
}
