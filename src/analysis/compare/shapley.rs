//! Which scenarios an edit's share is made of: Shapley values.
//!
//! The share of an edit is the mean, over the orders in which the edits can be done, of what it adds when its turn comes (Shapley
//! 1953, "A value for n-person games"). In each order these sum to the whole move, and so do the means.

use super::blocks::{Blocks, Joining};
use super::finding::{Attribution, Method};
use super::pool::{FIRST, Pool, SECOND};
use crate::analysis::Failure;
use crate::random::{Key, Permutation};

/// As many edits are shared out over all orders: 2⁸ scenarios.
const MOST_EXACT: usize = 8;

/// As many scenarios as are looked at in drawn orders, unless fewer pairs of orders than the least would come of it.
const MODELS: usize = 256;
const FEWEST_PAIRS: usize = 8;

/// As many edits as have a share of their own: of more, neighbours in the file are gathered.
const MOST_TOLD: usize = 48;

/// A sum of what scenarios say: each, by where it stands in the pool, with its factor.
pub(super) type Sum = Vec<(usize, f64)>;

/// The shares of all edits.
pub(super) struct Shares {
    pub blocks: Blocks,
    /// Of each block, its share over all orders, or over each drawn order and its reverse.
    pub sums: Vec<Vec<Sum>>,
    pub attribution: Attribution,
}

impl Shares {
    /// What the shares of so many edits are made of.
    ///
    /// Once `is_late` says so, all are taken as one: the shares of each would take too long.
    ///
    /// # Errors
    /// See [`Pool::find`].
    pub fn new(
        pool: &mut Pool,
        edits: usize,
        seed: u64,
        is_late: &dyn Fn() -> bool,
    ) -> Result<Shares, Failure> {
        let mut joining = Joining::new(pool, edits, is_late)?;
        let gathered = joining.gather(MOST_TOLD);
        loop {
            if is_late() {
                joining.gather(1);
            }
            let found = match joining.blocks.len() {
                1 => Some(vec![vec![vec![(SECOND, 1.0), (FIRST, -1.0)]]]),
                2..=MOST_EXACT => exact(&mut joining)?,
                _ => sampled(&mut joining, seed)?,
            };
            // Where blocks were joined on the way, all begins anew.
            if let Some(sums) = found {
                return Ok(Shares::of(joining.blocks, sums, gathered));
            }
        }
    }

    fn of(blocks: Blocks, sums: Vec<Vec<Sum>>, gathered: bool) -> Shares {
        let mut models: Vec<usize> = sums.iter().flatten().flatten().map(|one| one.0).collect();
        models.sort_unstable();
        models.dedup();
        let count = blocks.len();
        let (method, permutations) = match count <= MOST_EXACT {
            true => (Method::Exact, (1..=count as u64).product()),
            false => (Method::Sampled, 2 * sums[0].len() as u64),
        };
        Shares {
            blocks,
            sums,
            attribution: Attribution { method, models: models.len(), permutations, gathered },
        }
    }
}

/// The shares over all orders: a scenario with s of n edits done comes before an edit's turn in s! (n − 1 − s)! of n! orders.
/// Nothing if blocks had to be joined.
fn exact(joining: &mut Joining) -> Result<Option<Vec<Vec<Sum>>>, Failure> {
    let count = joining.blocks.len();
    let mut sums = vec![Sum::new(); count];
    let factorial = |n: usize| (1..=n).map(|one| one as f64).product::<f64>();
    let weight = |done: usize| factorial(done) * factorial(count - 1 - done) / factorial(count);
    for set in 0..1usize << count {
        let done: Vec<bool> = (0..count).map(|at| set >> at & 1 == 1).collect();
        let Some(place) = joining.find(&done)?.filter(|_| !joining.is_late()) else { return Ok(None) };
        let size = set.count_ones() as usize;
        for (at, sum) in sums.iter_mut().enumerate() {
            sum.push((place, if done[at] { weight(size - 1) } else { -weight(size) }));
        }
    }
    Ok(Some(sums.into_iter().map(|sum| vec![sum]).collect()))
}

/// The shares over drawn orders, each with its reverse (Mitchell, Cooper, Frank & Holmes 2022, "Sampling permutations for Shapley
/// value estimation", JMLR 23, section 2.3): what two edits do together is then shared out as over all orders. Nothing if blocks
/// had to be joined.
fn sampled(joining: &mut Joining, seed: u64) -> Result<Option<Vec<Vec<Sum>>>, Failure> {
    let count = joining.blocks.len();
    let pairs = (MODELS / (2 * (count - 1))).max(FEWEST_PAIRS);
    let key = Key::new(seed).named("compare");
    let mut sums = vec![Vec::new(); count];
    for pair in 0..pairs {
        let shuffle = Permutation::new(key.numbered(pair as u64), count as u64);
        let order: Vec<usize> = (0..count).map(|at| shuffle.at(at as u64) as usize).collect();
        let mut own = vec![Sum::new(); count];
        for order in [order.clone(), order.into_iter().rev().collect()] {
            if !add(joining, &order, &mut own)? {
                return Ok(None);
            }
        }
        sums.iter_mut().zip(own).for_each(|(all, own)| all.push(own));
    }
    Ok(Some(sums))
}

/// Adds what each block adds in one order of two; whether there is a scenario at each step.
fn add(joining: &mut Joining, order: &[usize], sums: &mut [Sum]) -> Result<bool, Failure> {
    let mut done = vec![false; order.len()];
    let mut before = FIRST;
    for at in order {
        done[*at] = true;
        let Some(after) = joining.find(&done)?.filter(|_| !joining.is_late()) else { return Ok(false) };
        sums[*at].extend([(after, 0.5), (before, -0.5)]);
        before = after;
    }
    Ok(true)
}
