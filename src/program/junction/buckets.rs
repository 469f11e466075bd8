//! Variables taken out one after the other, each with the tables that it stood in (bucket elimination; Dechter 1999, "Bucket elimination: a
//! unifying framework for reasoning", Artificial Intelligence 113). Gone through backwards, they give a sample of all variables where sums
//! were taken, and the most probable combination (most probable explanation; Pearl 1988) where the greatest values were.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::order::{Order, order_after};
use super::room::{Counted, Refusal, allow, size};
use super::table::{Table, by_scope, inner, sum_product, union_of};
use crate::limits::Limits;

/// How a variable is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Take {
    /// By the sum over its states.
    Sum,
    /// By the greatest value of any.
    Most,
}

/// An order in which variables are taken out.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    counts: Vec<usize>,
    order: Vec<usize>,
    /// The first so many of the order are summed over whatever is done with the others, and not told.
    hidden: usize,
    /// The values of all tables together.
    pub(crate) cost: f64,
}

/// The variables of a way, each with the tables that it was taken out of.
pub(crate) struct Buckets {
    /// The last first; those that are told.
    told: Vec<(Counted, Vec<Table>)>,
    /// What is left of everything: one number.
    pub(crate) whole: Table,
}

impl Way {
    /// A way through the variables of tables with these scopes, first through those that are not told, among which may be such as have no
    /// probabilities of their own. `counts` are the numbers of states by position.
    pub(crate) fn new(counts: Vec<usize>, scopes: &[Vec<Counted>], is_told: impl Fn(usize) -> bool) -> Way {
        let first: Vec<bool> = (0..counts.len()).map(|one| !is_told(one)).collect();
        let Order { mut variables, cost, .. } = order_after(&counts, scopes, &first);
        let held: BTreeSet<usize> = scopes.iter().flatten().map(|(one, _)| *one).collect();
        variables.retain(|one| held.contains(one));
        let hidden = variables.iter().filter(|one| first[**one]).count();
        Way { counts, order: variables, hidden, cost }
    }
}

impl Buckets {
    /// Takes out all variables of a way.
    ///
    /// # Errors
    /// A table that would be too large; the limits.
    pub(crate) fn fill(
        way: &Way,
        tables: Vec<Table>,
        take: Take,
        limits: &Limits,
    ) -> Result<Buckets, Refusal> {
        let mut open: Vec<Vec<Rc<Table>>> = vec![Vec::new(); way.order.len() + 1];
        let mut place = vec![way.order.len(); way.counts.len()];
        way.order.iter().enumerate().for_each(|(at, one)| place[*one] = at);
        let first =
            |scope: &[Counted]| scope.iter().map(|(one, _)| place[*one]).min().unwrap_or(way.order.len());
        for table in tables {
            open[first(&table.scope)].push(Rc::new(table.scaled()));
        }
        let mut told = Vec::new();
        for (at, variable) in way.order.iter().enumerate() {
            let counted = (*variable, way.counts[*variable]);
            let own = std::mem::take(&mut open[at]);
            let mut scope = union_of(&own);
            let work = size(&scope);
            scope.retain(|one| *one != counted);
            allow(&scope, work, limits)?;
            let take = if at < way.hidden { Take::Sum } else { take };
            let to = first(&scope);
            open[to].push(Rc::new(taken_out(&own, scope, counted, take)));
            if at >= way.hidden {
                told.push((counted, own.into_iter().map(Rc::unwrap_or_clone).collect()));
            }
        }
        told.reverse();
        let whole = sum_product(&open[way.order.len()], Vec::new(), None);
        Ok(Buckets { told, whole })
    }

    /// Puts every variable that is told into one of its states: `choose` takes one by their weights, given the states of those before it.
    /// Nothing where it takes none.
    pub(crate) fn walk(
        &self,
        states: &mut [usize],
        mut choose: impl FnMut(usize, Vec<f64>) -> Option<usize>,
    ) -> Option<()> {
        for ((variable, count), tables) in &self.told {
            let weight = |state| {
                states[*variable] = state;
                tables.iter().map(|one| one.at(states)).fold(1.0, product)
            };
            let weights = (0..*count).map(weight).collect();
            states[*variable] = choose(*variable, weights)?;
        }
        Some(())
    }
}

/// The most probable state; of several the first.
pub(crate) fn most(weights: &[f64]) -> Option<usize> {
    let best = weights.iter().enumerate().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    (*best.1 > 0.0).then_some(best.0)
}

/// The table that is left when a variable is taken out of some.
fn taken_out(tables: &[Rc<Table>], scope: Vec<Counted>, variable: Counted, take: Take) -> Table {
    let is_void = tables.iter().flat_map(|one| &one.values).any(|one| !one.is_finite());
    match take {
        Take::Sum if is_void => by_scope(tables, scope, variable, sum_beside_voids),
        Take::Sum => sum_product(tables, scope, Some(variable)),
        Take::Most => by_scope(tables, scope, variable, |tables, at, steps, count| {
            inner(tables, at, steps, count, f64::max)
        }),
    }
}

fn sum_beside_voids(tables: &[Rc<Table>], at: &[usize], steps: &[usize], count: usize) -> f64 {
    let in_state = |state: usize| {
        let values = tables.iter().zip(at).zip(steps).map(|((one, at), step)| one.values[at + state * step]);
        values.fold(1.0, product)
    };
    (0..count).map(in_state).sum()
}

/// As in the engine: what can't be is 0, whatever stands beside it.
fn product(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, unit, word};

    const COUNTS: [usize; 5] = [2, 3, 2, 2, 3];

    /// Tables by chance, of which those of the first variable are signed as are those between an event and its causes: so that what is left
    /// of it is the product's complement.
    fn tables(seed: u64) -> Vec<Table> {
        let number = |at: u64| unit(word(Key::new(seed), at));
        let table = |at: u64, scope: &[usize]| {
            let scope: Vec<Counted> = scope.iter().map(|one| (*one, COUNTS[*one])).collect();
            let values = (0..size(&scope)).map(|one| number(100 * at + one as u64)).collect();
            Table::new(scope, values)
        };
        let cause = |at: u64, variable: usize| {
            let count = COUNTS[variable];
            let own = (0..count).flat_map(|one| [number(100 * at + one as u64), 1.0]);
            Table::new(vec![(variable, count), (0, 2)], own.collect())
        };
        let signs = Table::new(vec![(0, 2), (2, 2)], vec![-1.0, 1.0, 1.0, 0.0]);
        vec![
            signs,
            cause(1, 1),
            cause(2, 3),
            table(3, &[1]),
            table(4, &[1, 3]),
            table(5, &[3, 4]),
            table(6, &[2, 4]),
        ]
    }

    fn filled(seed: u64, take: Take) -> Buckets {
        let tables = tables(seed);
        let scopes: Vec<Vec<Counted>> = tables.iter().map(|one| one.scope.clone()).collect();
        let way = Way::new(COUNTS.to_vec(), &scopes, |one| one != 0);
        Buckets::fill(&way, tables, take, &Limits::none()).expect("small tables")
    }

    /// Every combination of the states of those that are told, with the sum over the other.
    fn enumerated(seed: u64) -> Vec<([usize; 5], f64)> {
        let tables = tables(seed);
        let all = (0..COUNTS.iter().product::<usize>()).map(|at| {
            COUNTS.iter().scan(at, |left, count| Some(std::mem::replace(left, *left / count) % count))
        });
        let states: Vec<Vec<usize>> = all.map(Iterator::collect).collect();
        let told = states.iter().filter(|one| one[0] == 0);
        let weight = |one: &[usize]| tables.iter().map(|table| table.at(one)).product::<f64>();
        told.map(|one| {
            let own: [usize; 5] = one[..].try_into().expect("five");
            let other = [1, own[1], own[2], own[3], own[4]];
            (own, weight(&own) + weight(&other))
        })
        .collect()
    }

    #[test]
    fn a_walk_takes_every_combination_as_often_as_it_is_probable() {
        for seed in 0..50 {
            let (buckets, all) = (filled(seed, Take::Sum), enumerated(seed));
            let whole: f64 = all.iter().map(|one| one.1).sum();
            let own = buckets.whole.numbers(0).next().expect("one number");
            assert!((own - whole).abs() < 1e-13 * whole, "{seed}");
            for (wanted, weight) in all {
                let (mut states, mut share) = ([0; 5], 1.0);
                let chosen = buckets.walk(&mut states, |one, weights| {
                    assert!(weights.iter().all(|one| *one > -1e-15), "{weights:?}");
                    share *= weights[wanted[one]] / weights.iter().sum::<f64>();
                    Some(wanted[one])
                });
                assert!(chosen.is_some() && states == wanted);
                assert!((share - weight / whole).abs() < 1e-13, "{seed}: {wanted:?}");
            }
        }
    }

    #[test]
    fn the_most_probable_combination_is_that_of_all() {
        for seed in 0..200 {
            let (buckets, all) = (filled(seed, Take::Most), enumerated(seed));
            let (best, weight) = all.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a }).expect("some");
            let mut states = [0; 5];
            assert!(buckets.walk(&mut states, |_, weights| most(&weights)).is_some());
            let own = buckets.whole.numbers(0).next().expect("one number");
            assert!(states == best && (own - weight).abs() < 1e-13 * weight, "{seed}: {states:?} {best:?}");
        }
    }

    /// What nothing allows leaves no walk, and what is void beside a 0 does not matter.
    #[test]
    fn what_can_t_be_leaves_no_walk() {
        let way = Way::new(vec![2, 2], &[vec![(0, 2), (1, 2)], vec![(1, 2)]], |_| true);
        let fill = |first: [f64; 4], second: [f64; 2]| {
            let tables = vec![
                Table::new(vec![(0, 2), (1, 2)], first.to_vec()),
                Table::new(vec![(1, 2)], second.to_vec()),
            ];
            Buckets::fill(&way, tables, Take::Sum, &Limits::none()).expect("small tables")
        };
        let walk = |buckets: Buckets| {
            let mut states = [0; 2];
            buckets.walk(&mut states, |_, weights| most(&weights)).map(|()| states)
        };
        assert_eq!(walk(fill([0.0, 0.3, 0.0, 0.4], [0.5, 0.0])), None);
        assert_eq!(walk(fill([0.1, f64::NAN, 0.2, f64::NAN], [0.5, 0.0])), Some([1, 0]));
    }
}
