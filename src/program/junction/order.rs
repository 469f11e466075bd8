//! In which order variables are summed over: of orders that keep tables small, the best.

use std::collections::BTreeSet;

use super::room::Counted;

/// Tables that have fewer values together need no second order.
const SMALL: f64 = 16_384.0;

/// An order, and with each variable those that are joined with it when it is summed over.
pub(super) struct Order {
    /// The variables, the first first.
    pub(super) variables: Vec<usize>,
    /// For each variable of the order, what it leaves, ascending.
    pub(super) left: Vec<Vec<usize>>,
    /// The values of all tables together.
    cost: f64,
}

/// What an order takes next.
#[derive(Clone, Copy)]
enum Rule {
    /// What joins the fewest that are not joined yet (min-fill), of these what makes the smallest table.
    Fill,
    /// What makes the smallest table (min-weight; Kjærulff 1990).
    Weight,
}

/// The best of some orders for tables with these scopes.
pub(super) fn order(counts: &[usize], scopes: &[Vec<Counted>]) -> Order {
    let joined = joined(counts.len(), scopes);
    let by_fill = Elimination::new(counts, joined.clone(), Rule::Fill).run();
    if by_fill.cost < SMALL {
        return by_fill;
    }
    let by_weight = Elimination::new(counts, joined, Rule::Weight).run();
    if by_weight.cost < by_fill.cost { by_weight } else { by_fill }
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
    cost_of: Vec<(u64, u64)>,
}

impl<'a> Elimination<'a> {
    fn new(counts: &'a [usize], joined: Vec<Vec<usize>>, rule: Rule) -> Elimination<'a> {
        let mut new =
            Elimination { counts, joined, rule, queue: BTreeSet::new(), cost_of: vec![(0, 0); counts.len()] };
        for variable in 0..counts.len() {
            let cost = new.cost(variable);
            new.cost_of[variable] = cost;
            new.queue.insert((cost.0, cost.1, variable));
        }
        new
    }

    fn run(mut self) -> Order {
        let mut order = Order { variables: Vec::new(), left: Vec::new(), cost: 0.0 };
        while let Some((_, _, variable)) = self.queue.pop_first() {
            order.cost += self.weight(variable);
            let own = std::mem::take(&mut self.joined[variable]);
            self.fill(variable, &own);
            order.variables.push(variable);
            order.left.push(own);
        }
        order
    }

    /// Joins all that a variable leaves.
    fn fill(&mut self, variable: usize, own: &[usize]) {
        let mut touched: BTreeSet<usize> = own.iter().copied().collect();
        for one in own {
            let mine = &mut self.joined[*one];
            mine.retain(|other| *other != variable);
        }
        for (at, one) in own.iter().enumerate() {
            for other in &own[at + 1..] {
                if self.joined[*one].binary_search(other).is_err() {
                    touched.extend(common(&self.joined[*one], &self.joined[*other]));
                    insert(&mut self.joined[*one], *other);
                    insert(&mut self.joined[*other], *one);
                }
            }
        }
        for one in touched {
            let (cost, old) = (self.cost(one), self.cost_of[one]);
            if cost != old && self.queue.remove(&(old.0, old.1, one)) {
                self.cost_of[one] = cost;
                self.queue.insert((cost.0, cost.1, one));
            }
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
            Rule::Fill => (self.missing(variable), weight),
            Rule::Weight => (weight, self.missing(variable)),
        }
    }

    /// How many of those that are joined with a variable are not joined with each other.
    fn missing(&self, variable: usize) -> u64 {
        let own = &self.joined[variable];
        let all = own.len() * own.len().saturating_sub(1);
        let known: usize = own.iter().map(|one| shared(&self.joined[*one], own)).sum();
        ((all - known) / 2) as u64
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

/// How many two ascending lists have in common.
fn shared(a: &[usize], b: &[usize]) -> usize {
    let (mut i, mut j, mut found) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j, found) = (i + 1, j + 1, found + 1);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lists_share_is_counted() {
        let lists: [&[usize]; 4] = [&[], &[3], &[1, 3, 5, 9], &[0, 3, 4, 5, 7]];
        for a in lists {
            for b in lists {
                let truth = a.iter().filter(|one| b.contains(one)).count();
                assert_eq!(shared(a, b), truth, "{a:?} {b:?}");
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
        let counted: [usize; 2] = [Rule::Fill, Rule::Weight].map(|rule| anew(&by_rule(rule)));
        assert_eq!(counted, [0, 1]);
        // Of a clique of four the first three leave 2^4, 2^3 and 2^2 values, of a link one leaves 2^2, and the last of all 2.
        assert_eq!(order(&counts, &scopes).cost, 2.0 * (16.0 + 8.0 + 4.0) + 2.0 * 4.0 + 2.0);
    }

    /// Of large networks the cheaper order is taken, now by one rule, now by the other.
    #[test]
    fn the_cheaper_order_is_taken() {
        use crate::random::{Key, unit, word};
        let mut cheaper = [0; 2];
        for seed in 0..60 {
            let number = |at: u64, end: f64| (unit(word(Key::new(seed), at)) * end) as usize;
            let counts: Vec<usize> = (0..24).map(|at| 2 + number(at, 8.0)).collect();
            let scope = |one: u64| {
                let pair = BTreeSet::from([number(2 * one, 24.0), number(2 * one + 1, 24.0)]);
                pair.into_iter().map(|at| (at, counts[at])).collect::<Vec<Counted>>()
            };
            let scopes: Vec<Vec<Counted>> = (100..145).map(scope).collect();
            let joined = joined(counts.len(), &scopes);
            let cost = |rule| Elimination::new(&counts, joined.clone(), rule).run().cost;
            let [fill, weight] = [Rule::Fill, Rule::Weight].map(cost);
            assert_eq!(order(&counts, &scopes).cost, if fill < SMALL { fill } else { fill.min(weight) });
            if fill >= SMALL {
                cheaper[usize::from(weight < fill)] += usize::from(weight != fill);
            }
        }
        assert!(cheaper.iter().all(|count| *count > 0), "{cheaper:?}");
    }
}
