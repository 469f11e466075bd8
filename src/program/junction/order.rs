//! In which order variables are summed over: of orders that keep tables small, the best.

use std::collections::BTreeSet;

use super::room::Counted;

/// Tables that have fewer values together need no second order.
const SMALL: f64 = 16_384.0;

/// Tables that have fewer values together need no third order.
const LARGE: f64 = (1 << 22) as f64;

/// An order, and with each variable those that are joined with it when it is summed over.
pub(super) struct Order {
    /// The variables, the first first.
    pub(super) variables: Vec<usize>,
    /// For each variable of the order, what it leaves, ascending.
    pub(super) left: Vec<Vec<usize>>,
    /// The values of all tables together.
    pub(super) cost: f64,
}

/// What an order takes next.
#[derive(Clone, Copy)]
enum Rule {
    /// What joins the fewest that are not joined yet (min-fill), of these what makes the smallest table.
    Fill,
    /// What makes the smallest table (min-weight; Kjærulff 1990).
    Weight,
    /// The same as the first, where to join two counts as many as they have combinations of states (weighted min-fill; Koller & Friedman
    /// 2009, "Probabilistic graphical models", section 9.4.3.2).
    WeightedFill,
}

/// The best of some orders for tables with these scopes.
pub(super) fn order(counts: &[usize], scopes: &[Vec<Counted>]) -> Order {
    let joined = joined(counts.len(), scopes);
    let by_fill = Elimination::new(counts, joined.clone(), Rule::Fill).run();
    if by_fill.cost < SMALL {
        return by_fill;
    }
    let by_weight = Elimination::new(counts, joined.clone(), Rule::Weight).run();
    let best = cheaper(by_fill, by_weight);
    if best.cost < LARGE {
        return best;
    }
    let by_weighted = Elimination::new(counts, joined.clone(), Rule::WeightedFill).run();
    let best = cheaper(best, by_weighted);
    // Of what is as regular as a grid, a front that goes through it leaves less than what looks best at each step.
    let front = breadth_first(&joined);
    let by_front =
        [front.iter().rev().copied().collect(), front].map(|one| in_order(counts, joined.clone(), one));
    by_front.into_iter().fold(best, cheaper)
}

/// The best of some orders in which some variables come before all others.
pub(super) fn order_after(counts: &[usize], scopes: &[Vec<Counted>], first: &[bool]) -> Order {
    if !first.contains(&true) {
        return order(counts, scopes);
    }
    let joined = joined(counts.len(), scopes);
    let by = |rule| Elimination::new(counts, joined.clone(), rule).run_after(first);
    let [by_fill, by_weight, by_weighted] = [Rule::Fill, Rule::Weight, Rule::WeightedFill].map(by);
    [by_weight, by_weighted].into_iter().fold(by_fill, cheaper)
}

/// The one that takes fewer values; of two that take as many the first.
fn cheaper(a: Order, b: Order) -> Order {
    if b.cost < a.cost { b } else { a }
}

/// The variables part by part, each part from an end of it outwards (Cuthill & McKee 1969): from what is farthest from its first.
fn breadth_first(joined: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut is_done = vec![false; joined.len()];
    for start in 0..joined.len() {
        if is_done[start] {
            continue;
        }
        let end = outwards(joined, start, &mut is_done.clone()).pop().unwrap_or(start);
        order.extend(outwards(joined, end, &mut is_done));
    }
    order
}

/// What can be reached from a variable, the nearest first; of these what is joined with the fewest.
fn outwards(joined: &[Vec<usize>], start: usize, is_done: &mut [bool]) -> Vec<usize> {
    let (mut found, mut next) = (vec![start], 0);
    is_done[start] = true;
    while let Some(one) = found.get(next) {
        let mut around: Vec<usize> = joined[*one].iter().copied().filter(|other| !is_done[*other]).collect();
        around.sort_by_key(|other| joined[*other].len());
        around.iter().for_each(|other| is_done[*other] = true);
        found.extend(around);
        next += 1;
    }
    found
}

/// What is left by an order that is given.
fn in_order(counts: &[usize], mut joined: Vec<Vec<usize>>, variables: Vec<usize>) -> Order {
    let mut order = Order { variables: Vec::new(), left: Vec::new(), cost: 0.0 };
    for variable in variables {
        let own = std::mem::take(&mut joined[variable]);
        order.cost += own.iter().chain([&variable]).map(|one| counts[*one] as f64).product::<f64>();
        for one in &own {
            joined[*one].retain(|other| *other != variable);
            own.iter().filter(|other| *other != one).for_each(|other| insert(&mut joined[*one], *other));
        }
        order.variables.push(variable);
        order.left.push(own);
    }
    order
}

/// For each variable those that share a table with it, ascending.
fn joined(count: usize, scopes: &[Vec<Counted>]) -> Vec<Vec<usize>> {
    let mut joined = vec![Vec::new(); count];
    for scope in scopes {
        for (one, _) in scope {
            joined[*one].extend(scope.iter().map(|(other, _)| *other).filter(|other| other != one));
        }
    }
    joined.iter_mut().for_each(|own: &mut Vec<usize>| {
        own.sort_unstable();
        own.dedup();
    });
    joined
}

struct Elimination<'a> {
    counts: &'a [usize],
    joined: Vec<Vec<usize>>,
    rule: Rule,
    /// By cost; each variable that is left, once.
    queue: BTreeSet<(u64, u64, usize)>,
    /// What a variable counts, where two are joined that were not.
    unit: Vec<u64>,
    /// For each variable how much those count that are joined with it.
    around: Vec<u64>,
    /// For each variable how much those pairs count that are joined with it and not with each other.
    missing: Vec<u64>,
    cost_of: Vec<(u64, u64)>,
}

impl<'a> Elimination<'a> {
    fn new(counts: &'a [usize], joined: Vec<Vec<usize>>, rule: Rule) -> Elimination<'a> {
        let unit: Vec<u64> = match rule {
            Rule::WeightedFill => counts.iter().map(|one| *one as u64).collect(),
            Rule::Fill | Rule::Weight => vec![1; counts.len()],
        };
        let around = joined.iter().map(|own| own.iter().map(|one| unit[*one]).sum()).collect();
        let (queue, missing) = (BTreeSet::new(), vec![0; counts.len()]);
        let cost_of = vec![(0, 0); counts.len()];
        let mut new = Elimination { counts, joined, rule, queue, unit, around, missing, cost_of };
        for variable in 0..counts.len() {
            new.missing[variable] = new.missing_of(variable);
        }
        new
    }

    fn run(self) -> Order {
        let all = vec![true; self.counts.len()];
        self.run_after(&all)
    }

    /// An order in which some come before all others.
    fn run_after(mut self, first: &[bool]) -> Order {
        let mut order = Order { variables: Vec::new(), left: Vec::new(), cost: 0.0 };
        for is_first in [true, false] {
            for variable in (0..first.len()).filter(|one| first[*one] == is_first) {
                let cost = self.cost(variable);
                self.cost_of[variable] = cost;
                self.queue.insert((cost.0, cost.1, variable));
            }
            self.take(&mut order);
        }
        order
    }

    /// Takes all that wait.
    fn take(&mut self, order: &mut Order) {
        while let Some((_, _, variable)) = self.queue.pop_first() {
            order.cost += self.weight(variable);
            let own = std::mem::take(&mut self.joined[variable]);
            match self.missing[variable] {
                0 => self.leave(variable, &own),
                _ => self.fill(variable, &own),
            }
            order.variables.push(variable);
            order.left.push(own);
        }
    }

    /// Takes away a variable that leaves nothing to be joined: each that was joined with it has it and those it lacked less, so that a
    /// variable with thousands around it is not looked at anew for each of them.
    fn leave(&mut self, variable: usize, own: &[usize]) {
        let among: u64 = own.iter().map(|one| self.unit[*one]).sum();
        for one in own {
            let mine = &mut self.joined[*one];
            if let Ok(place) = mine.binary_search(&variable) {
                mine.remove(place);
            }
            self.around[*one] -= self.unit[variable];
            // All others of `own` are joined with this one.
            let others = self.around[*one] - (among - self.unit[*one]);
            self.missing[*one] -= self.unit[variable] * others;
            self.replace(*one);
        }
    }

    /// Joins all that a variable leaves.
    fn fill(&mut self, variable: usize, own: &[usize]) {
        let mut touched: BTreeSet<usize> = own.iter().copied().collect();
        for one in own {
            let mine = &mut self.joined[*one];
            mine.retain(|other| *other != variable);
            self.around[*one] -= self.unit[variable];
        }
        for (at, one) in own.iter().enumerate() {
            for other in &own[at + 1..] {
                if self.joined[*one].binary_search(other).is_err() {
                    touched.extend(common(&self.joined[*one], &self.joined[*other]));
                    insert(&mut self.joined[*one], *other);
                    insert(&mut self.joined[*other], *one);
                    self.around[*one] += self.unit[*other];
                    self.around[*other] += self.unit[*one];
                }
            }
        }
        for one in touched {
            self.missing[one] = self.missing_of(one);
            self.replace(one);
        }
    }

    /// Gives a variable its place by what it costs now.
    fn replace(&mut self, one: usize) {
        let (cost, old) = (self.cost(one), self.cost_of[one]);
        if cost != old && self.queue.remove(&(old.0, old.1, one)) {
            self.cost_of[one] = cost;
            self.queue.insert((cost.0, cost.1, one));
        }
    }

    /// How many values the table has that a variable is summed out of.
    fn weight(&self, variable: usize) -> f64 {
        let own = self.joined[variable].iter().chain([&variable]);
        own.map(|one| self.counts[*one] as f64).product()
    }

    fn cost(&self, variable: usize) -> (u64, u64) {
        let weight = self.weight(variable).min(1e18) as u64;
        match self.rule {
            Rule::Fill | Rule::WeightedFill => (self.missing[variable], weight),
            Rule::Weight => (weight, self.missing[variable]),
        }
    }

    fn missing_of(&self, variable: usize) -> u64 {
        let own = &self.joined[variable];
        let squares: u64 = own.iter().map(|one| self.unit[*one].pow(2)).sum();
        let all = self.around[variable].pow(2) - squares;
        let known: u64 =
            own.iter().map(|one| self.unit[*one] * shared(&self.joined[*one], own, &self.unit)).sum();
        (all - known) / 2
    }
}

fn insert(sorted: &mut Vec<usize>, one: usize) {
    if let Err(place) = sorted.binary_search(&one) {
        sorted.insert(place, one);
    }
}

fn common(a: &[usize], b: &[usize]) -> Vec<usize> {
    a.iter().filter(|one| b.binary_search(one).is_ok()).copied().collect()
}

/// How much counts what two ascending lists have in common: those of the shorter are looked up in the longer.
fn shared(a: &[usize], b: &[usize], unit: &[u64]) -> u64 {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.iter().filter(|one| long.binary_search(one).is_ok()).map(|one| unit[*one]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, unit, word};

    /// The orders of random graphs when every cost is counted anew before each choice.
    fn counted_anew(counts: &[usize], scopes: &[Vec<Counted>], rule: Rule) -> Vec<usize> {
        let mut elimination = Elimination::new(counts, joined(counts.len(), scopes), rule);
        let mut order = Vec::new();
        while order.len() < counts.len() {
            let left: Vec<usize> = (0..counts.len()).filter(|one| !order.contains(one)).collect();
            for one in &left {
                elimination.missing[*one] = elimination.missing_of(*one);
            }
            let next =
                left.into_iter().min_by_key(|one| (elimination.cost(*one), *one)).expect("one is left");
            let own = std::mem::take(&mut elimination.joined[next]);
            elimination.fill(next, &own);
            order.push(next);
        }
        order
    }

    #[test]
    fn costs_that_are_kept_are_those_that_are_counted() {
        for seed in 0..300 {
            let number = |at: u64, end: usize| (word(Key::new(seed), at) % end as u64) as usize;
            let size = 3 + number(0, 20);
            let counts: Vec<usize> = (0..size).map(|one| 2 + number(100 + one as u64, 3)).collect();
            let scope = |at: u64| {
                let own: BTreeSet<usize> = (0..3).map(|k| number(1000 + 3 * at + k, size)).collect();
                own.into_iter().map(|one| (one, counts[one])).collect()
            };
            let scopes: Vec<Vec<Counted>> = (0..size as u64).map(scope).collect();
            for rule in [Rule::Fill, Rule::Weight, Rule::WeightedFill] {
                let found = Elimination::new(&counts, joined(size, &scopes), rule).run().variables;
                assert_eq!(found, counted_anew(&counts, &scopes, rule), "{seed}");
            }
        }
    }

    #[test]
    fn what_lists_share_is_counted() {
        let lists: [&[usize]; 4] = [&[], &[3], &[1, 3, 5, 9], &[0, 3, 4, 5, 7]];
        for a in lists {
            for b in lists {
                let units: Vec<u64> = (1..=10).collect();
                let truth: u64 = a.iter().filter(|one| b.contains(one)).map(|one| units[*one]).sum();
                assert_eq!(shared(a, b, &units), truth, "{a:?} {b:?}");
            }
        }
    }

    /// A chordal graph has an order that joins nothing anew, and what joins the fewest finds it (Rose 1970, "Triangulated graphs and the
    /// elimination process", J. Math. Anal. Appl. 32). What makes the smallest table begins between the two cliques here.
    #[test]
    fn of_a_chordal_graph_nothing_is_joined_anew() {
        let counts = [2; 9];
        let scope = |all: &[usize]| all.iter().map(|one| (*one, 2)).collect::<Vec<Counted>>();
        let scopes = [scope(&[0, 1, 2, 3]), scope(&[3, 4]), scope(&[4, 5]), scope(&[5, 6, 7, 8])];
        let joined = joined(counts.len(), &scopes);
        let anew = |order: &Order| {
            let pairs = order.left.iter().flat_map(|own| own.iter().map(move |one| (one, own)));
            pairs
                .map(|(one, own)| own.iter().filter(|two| *two > one && !joined[*one].contains(two)).count())
                .sum()
        };
        let by_rule = |rule| Elimination::new(&counts, joined.clone(), rule).run();
        let counted: [usize; 3] =
            [Rule::Fill, Rule::Weight, Rule::WeightedFill].map(|rule| anew(&by_rule(rule)));
        assert_eq!(counted, [0, 1, 0]);
        // Of a clique of four the first three leave 2^4, 2^3 and 2^2 values, of a link one leaves 2^2, and the last of all 2.
        assert_eq!(order(&counts, &scopes).cost, 2.0 * (16.0 + 8.0 + 4.0) + 2.0 * 4.0 + 2.0);
    }

    /// A front goes through a grid with as many open as there are in a row; what joins the fewest leaves more.
    #[test]
    fn grids_are_gone_through_by_a_front() {
        let side = 16;
        let at = |row: usize, column: usize| (side * row + column, 2);
        let scope = |one: usize| {
            let (row, column) = (one / side, one % side);
            let own = [Some(at(row, column)), (row > 0).then(|| at(row - 1, column))];
            let all = own.into_iter().chain([(column > 0).then(|| at(row, column - 1))]);
            all.flatten().collect::<BTreeSet<Counted>>().into_iter().collect()
        };
        let scopes: Vec<Vec<Counted>> = (0..side * side).map(scope).collect();
        let counts = vec![2; side * side];
        let most = |order: &Order| order.left.iter().map(Vec::len).max();
        // The parents of each are together with it, so that diagonals are what a front is made of.
        let found = order(&counts, &scopes);
        assert!(most(&found) <= Some(side + 1), "{:?}", most(&found));
        let by_fill = Elimination::new(&counts, joined(counts.len(), &scopes), Rule::Fill).run();
        assert!(most(&by_fill) > Some(side + 1) && found.cost < by_fill.cost);
    }

    /// Of large networks the cheaper order is taken, now by one rule, now by the other.
    #[test]
    fn the_cheaper_order_is_taken() {
        let mut taken = [0; 3];
        for seed in 0..60 {
            let number = |at: u64, end: f64| (unit(word(Key::new(seed), at)) * end) as usize;
            let counts: Vec<usize> = (0..24).map(|at| 2 + number(at, 8.0)).collect();
            let scope = |one: u64| {
                let pair = BTreeSet::from([number(2 * one, 24.0), number(2 * one + 1, 24.0)]);
                pair.into_iter().map(|at| (at, counts[at])).collect::<Vec<Counted>>()
            };
            let pairs = 45 + 12 * (seed % 2);
            let scopes: Vec<Vec<Counted>> = (100..100 + pairs).map(scope).collect();
            let joined = joined(counts.len(), &scopes);
            let cost = |rule| Elimination::new(&counts, joined.clone(), rule).run().cost;
            let [fill, weight, weighted] = [Rule::Fill, Rule::Weight, Rule::WeightedFill].map(cost);
            let least = if fill < SMALL { fill } else { fill.min(weight) };
            let found = order(&counts, &scopes).cost;
            let is_best = if least < LARGE { found == least } else { found <= least.min(weighted) };
            assert!(is_best, "{found} {least} {weighted}");
            taken[2] += usize::from(least >= LARGE && found == weighted && weighted < least);
            if fill >= SMALL {
                taken[usize::from(weight < fill)] += usize::from(weight != fill);
            }
        }
        assert!(taken.iter().all(|count| *count > 0), "{taken:?}");
    }
}
