//! Variables taken out one after the other, each with the tables that it stood in (bucket elimination; Dechter 1999, "Bucket elimination: a
//! unifying framework for reasoning", Artificial Intelligence 113). Gone through backwards, they give a sample of all variables where sums
//! were taken, and the most probable combination (most probable explanation; Pearl 1988) where the greatest values were.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

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

/// What becomes of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// It is taken out, and then told.
    Told,
    /// It is summed over before all others.
    First,
    /// It is left in all tables to the end, and summed over whenever one is told.
    Left,
}

/// A table; of what is left of a variable that was taken out, with that variable.
type Held = (Option<usize>, Rc<Table>);

/// An order in which variables are taken out.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    counts: Vec<usize>,
    order: Vec<usize>,
    /// The first so many of the order are summed over whatever is done with the others, and not told.
    hidden: usize,
    /// What is left to the end.
    left: Vec<Counted>,
    /// The values of all tables together.
    pub(crate) cost: f64,
}

/// The variables of a way, each with the tables that it was taken out of.
pub(crate) struct Buckets {
    /// The last first; those that are told.
    told: Vec<Bucket>,
    left: Vec<Counted>,
    /// What remains of everything: one number.
    pub(crate) whole: Table,
}

/// A variable that is told.
struct Bucket {
    variable: Counted,
    /// Its tables; of what was left of another variable with that variable.
    tables: Vec<(Option<usize>, Table)>,
    /// What all that was taken out before it, and stood with nothing else, says of what is left.
    before: Arc<Table>,
}

impl Way {
    /// A way through the variables of tables with these scopes. `counts` are the numbers of states by position.
    pub(crate) fn new(counts: Vec<usize>, scopes: &[Vec<Counted>], part: impl Fn(usize) -> Part) -> Way {
        let first: Vec<bool> = (0..counts.len()).map(|one| part(one) == Part::First).collect();
        let is_left = |one: &Counted| part(one.0) == Part::Left;
        let all: BTreeSet<Counted> = scopes.iter().flatten().copied().collect();
        let left: Vec<Counted> = all.iter().copied().filter(is_left).collect();
        let others = |own: &Vec<Counted>| own.iter().copied().filter(|one| !is_left(one)).collect();
        let others: Vec<Vec<Counted>> = scopes.iter().map(others).collect();
        let Order { mut variables, cost, .. } = order_after(&counts, &others, &first);
        let held: BTreeSet<usize> = others.iter().flatten().map(|(one, _)| *one).collect();
        variables.retain(|one| held.contains(one));
        let hidden = variables.iter().filter(|one| first[**one]).count();
        let cost = cost * size(&left) as f64;
        Way { counts, order: variables, hidden, left, cost }
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
        let end = way.order.len();
        let mut place = vec![end; way.counts.len()];
        way.order.iter().enumerate().for_each(|(at, one)| place[*one] = at);
        let first = |scope: &[Counted]| scope.iter().map(|(one, _)| place[*one]).min().unwrap_or(end);
        let mut open: Vec<Vec<Held>> = vec![Vec::new(); end + 1];
        for table in tables {
            open[first(&table.scope)].push((None, Rc::new(table.scaled())));
        }
        allow(&way.left, size(&way.left), limits)?;
        let mut before = Arc::new(of_left(&tables_of(&open[end]), way));
        let mut told = Vec::new();
        for (at, variable) in way.order.iter().enumerate() {
            let variable = (*variable, way.counts[*variable]);
            let from = std::mem::take(&mut open[at]);
            let take = if at < way.hidden { Take::Sum } else { take };
            let message = Rc::new(taken_out(&tables_of(&from), variable, take, limits)?);
            if at >= way.hidden {
                let tables = from.into_iter().map(|(from, one)| (from, Rc::unwrap_or_clone(one))).collect();
                told.push(Bucket { variable, tables, before: before.clone() });
            }
            match first(&message.scope) {
                to if to == end => before = Arc::new(of_left(&[Rc::new((*before).clone()), message], way)),
                to => open[to].push((Some(variable.0), message)),
            }
        }
        told.reverse();
        let whole = Table::new(Vec::new(), vec![before.values.iter().sum()]);
        let whole = Table { exponent: before.exponent, ..whole };
        Ok(Buckets { told, left: way.left.clone(), whole })
    }

    /// Puts every variable that is told into one of its states: `choose` takes one by their weights, given the states of those before it.
    /// Nothing where it takes none.
    pub(crate) fn walk(
        &self,
        states: &mut [usize],
        mut choose: impl FnMut(usize, Vec<f64>) -> Option<usize>,
    ) -> Option<()> {
        let mut told = Told { after: vec![1.0; size(&self.left)], open: Vec::new() };
        for bucket in &self.told {
            let (variable, count) = bucket.variable;
            let beside = told.beside(bucket);
            // What some of its tables say in a state, by what is left.
            let mut say = |state: usize, is_in: &dyn Fn(Option<usize>) -> bool| -> Vec<f64> {
                states[variable] = state;
                let each = (0..beside.len()).map(|at| {
                    self.put(at, states);
                    let own = bucket.tables.iter().filter(|(from, _)| is_in(*from));
                    own.map(|(_, one)| one.at(states)).fold(1.0, product)
                });
                each.collect()
            };
            let mut weight = |state: usize| {
                let own = say(state, &|_| true);
                own.iter().zip(&beside).map(|(own, beside)| product(*own, *beside)).sum()
            };
            let state = choose(variable, (0..count).map(&mut weight).collect())?;
            if !self.left.is_empty() {
                told.add(bucket, |is_in| say(state, is_in));
            }
            states[variable] = state;
        }
        Some(())
    }

    /// Puts what is left into the combination at a position.
    fn put(&self, mut at: usize, states: &mut [usize]) {
        for (one, count) in self.left.iter().rev() {
            states[*one] = at % count;
            at /= count;
        }
    }
}

/// What is known of what is left, by its combinations, while variables are told.
struct Told {
    /// What the tables of those that are told say of it.
    after: Vec<f64>,
    /// What they hold of those that are not told yet, by variable.
    open: Vec<(usize, Vec<f64>)>,
}

impl Told {
    /// What all but a variable's own tables say, once that is told no more by what was left of it.
    fn beside(&mut self, bucket: &Bucket) -> Vec<f64> {
        self.open.retain(|(of, _)| *of != bucket.variable.0);
        let own = self.after.iter().zip(&bucket.before.values).enumerate();
        own.map(|(at, (after, before))| {
            let open = self.open.iter().map(|(_, values)| values[at]).fold(1.0, product);
            product(product(*after, *before), open)
        })
        .collect()
    }

    /// Takes in a variable that is told; `say` tells what some of its tables say.
    fn add(&mut self, bucket: &Bucket, mut say: impl FnMut(&dyn Fn(Option<usize>) -> bool) -> Vec<f64>) {
        let own = say(&|from| from.is_none());
        self.after.iter_mut().zip(own).for_each(|(after, own)| *after = product(*after, own));
        let most = self.after.iter().fold(0.0f64, |most, one| most.max(one.abs()));
        self.after.iter_mut().for_each(|one| *one /= most);
        for of in bucket.tables.iter().filter_map(|(from, _)| *from) {
            self.open.push((of, say(&|from| from == Some(of))));
        }
    }
}

fn tables_of(all: &[Held]) -> Vec<Rc<Table>> {
    all.iter().map(|(_, one)| one.clone()).collect()
}

/// The product of tables by what is left.
fn of_left(tables: &[Rc<Table>], way: &Way) -> Table {
    let is_void = tables.iter().flat_map(|one| &one.values).any(|one| !one.is_finite());
    match is_void {
        true => by_scope(tables, way.left.clone(), (usize::MAX, 1), sum_beside_voids),
        false => sum_product(tables, way.left.clone(), None),
    }
}

/// The most probable state; of several the first.
pub(crate) fn most(weights: &[f64]) -> Option<usize> {
    let best = weights.iter().enumerate().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    (*best.1 > 0.0).then_some(best.0)
}

/// The table that is left when a variable is taken out of some.
fn taken_out(tables: &[Rc<Table>], variable: Counted, take: Take, limits: &Limits) -> Result<Table, Refusal> {
    let mut scope = union_of(tables);
    let work = size(&scope);
    scope.retain(|one| *one != variable);
    allow(&scope, work, limits)?;
    let is_void = tables.iter().flat_map(|one| &one.values).any(|one| !one.is_finite());
    Ok(match take {
        Take::Sum if is_void => by_scope(tables, scope, variable, sum_beside_voids),
        Take::Sum => sum_product(tables, scope, Some(variable)),
        Take::Most => by_scope(tables, scope, variable, |tables, at, steps, count| {
            inner(tables, at, steps, count, f64::max)
        }),
    })
}

fn sum_beside_voids(tables: &[Rc<Table>], at: &[usize], steps: &[usize], count: usize) -> f64 {
    let in_state = |state: usize| {
        let values = tables.iter().zip(at).zip(steps).map(|((one, at), step)| one.values[at + state * step]);
        values.fold(1.0, product)
    };
    (0..count).map(in_state).sum()
}

/// As in the engine: what can't be is 0, whatever stands beside it.
pub(crate) fn product(a: f64, b: f64) -> f64 {
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

    fn filled(seed: u64, take: Take, other: Part) -> Buckets {
        let tables = tables(seed);
        let scopes: Vec<Vec<Counted>> = tables.iter().map(|one| one.scope.clone()).collect();
        let way = Way::new(COUNTS.to_vec(), &scopes, |one| if one == 0 { other } else { Part::Told });
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
        for seed in 0..100 {
            let other = if seed % 2 == 0 { Part::First } else { Part::Left };
            let (buckets, all) = (filled(seed, Take::Sum, other), enumerated(seed));
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
                assert!(chosen.is_some() && states[1..] == wanted[1..]);
                assert!((share - weight / whole).abs() < 1e-13, "{seed}: {wanted:?}");
            }
        }
    }

    #[test]
    fn the_most_probable_combination_is_that_of_all() {
        for seed in 0..200 {
            let (buckets, all) = (filled(seed, Take::Most, Part::First), enumerated(seed));
            let (best, weight) = all.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a }).expect("some");
            let mut states = [0; 5];
            assert!(buckets.walk(&mut states, |_, weights| most(&weights)).is_some());
            let own = buckets.whole.numbers(0).next().expect("one number");
            assert!(
                states[1..] == best[1..] && (own - weight).abs() < 1e-13 * weight,
                "{seed}: {states:?} {best:?}"
            );
        }
    }

    /// What nothing allows leaves no walk, and what is void beside a 0 does not matter.
    #[test]
    fn what_can_t_be_leaves_no_walk() {
        let way = Way::new(vec![2, 2], &[vec![(0, 2), (1, 2)], vec![(1, 2)]], |_| Part::Told);
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
