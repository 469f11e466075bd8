//! Keyed shuffles that are computed, not stored.

use super::{Key, word};

/// The longest sequence that a [`Permutation`] shuffles: 2^40.
pub const LARGEST_PERMUTATION: u64 = 1 << 40;

/// Rounds of one pass: fewer leave pairs of neighbours visibly dependent.
const ROUNDS: usize = 8;
/// Below this length a second pass follows, since small grids mix slowly.
const SHORT: u64 = 64;
const LOW_32: u64 = 0xFFFF_FFFF;

/// A shuffle of `0..n` in constant memory: any element's place is computed from the key alone.
///
/// A Feistel network over a grid of `rows × columns ≥ n` cells, about square (Black & Rogaway 2002, "Ciphers with
/// arbitrary finite domains", CT-RSA, section 5, "generalized Feistel"): each round adds a keyed hash of one
/// coordinate to the other, so every round and hence the whole is a bijection of the grid. A place beyond `n` is sent
/// through again until it falls inside ("cycle walking", section 4 there); fewer than one cell in √n is beyond.
///
/// ```
/// use foretell::random::{Key, Permutation};
///
/// let shuffle = Permutation::new(Key::new(1), 5);
/// let mut places: Vec<u64> = (0..5).map(|i| shuffle.at(i)).collect();
/// places.sort();
/// assert_eq!(places, [0, 1, 2, 3, 4]);
/// ```
#[derive(Clone, Debug)]
pub struct Permutation {
    length: u64,
    rows: u32,
    columns: u32,
    per_column: f64,
    first_pass: [u32; ROUNDS],
    second_pass: [u32; ROUNDS],
}

impl Permutation {
    /// The shuffle of `0..length` that `key` names. A length outside `1..=`[`LARGEST_PERMUTATION`] is taken as the
    /// nearest bound.
    pub fn new(key: Key, length: u64) -> Permutation {
        let length = length.clamp(1, LARGEST_PERMUTATION);
        // The square root, rounded up: a single row would only be rotated. Both sides are at most 2^20.
        let rows = (length - 1).isqrt() + 1;
        let columns = length.div_ceil(rows);
        let pass =
            |number: usize| std::array::from_fn(|round| word(key, (number * ROUNDS + round) as u64) as u32);
        Permutation {
            length,
            rows: rows as u32,
            columns: columns as u32,
            per_column: 1.0 / columns as f64,
            first_pass: pass(0),
            second_pass: pass(1),
        }
    }

    /// The number of elements.
    #[inline(always)]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The place of element `index`, which is taken modulo the length.
    #[inline(always)]
    pub fn at(&self, index: u64) -> u64 {
        self.walk(self.step(index % self.length))
    }

    /// Fills `out` with the places of the elements `start`, `start + 1`, …: [`Permutation::at`] of each.
    #[inline(always)]
    pub fn fill(&self, start: u64, out: &mut [u64]) {
        let mut next = start % self.length;
        let mut rest = out;
        while !rest.is_empty() {
            let count = rest.len().min((self.length - next) as usize);
            let (run, later) = rest.split_at_mut(count);
            self.fill_run(next, run);
            (next, rest) = (0, later);
        }
    }

    /// As [`fill`](Permutation::fill), short of the end: dull loops, which are compiled for the caller's instruction set.
    #[inline(always)]
    fn fill_run(&self, start: u64, run: &mut [u64]) {
        for (index, place) in (start..).zip(run.iter_mut()) {
            *place = self.pass(index, &self.first_pass);
        }
        if self.length < SHORT {
            for place in run.iter_mut() {
                *place = self.pass(*place, &self.second_pass);
            }
        }
        let mut greatest = 0;
        for place in run.iter() {
            greatest = if *place > greatest { *place } else { greatest };
        }
        if greatest >= self.length {
            self.walk_all(run);
        }
    }

    /// Rare and long: apart, so that it does not weigh on the loops.
    #[cold]
    #[inline(never)]
    fn walk_all(&self, run: &mut [u64]) {
        for place in run {
            *place = self.walk(*place);
        }
    }

    /// Sends a place beyond the length through the network until it falls inside.
    #[inline(always)]
    fn walk(&self, mut place: u64) -> u64 {
        while place >= self.length {
            place = self.step(place);
        }
        place
    }

    /// The network, a bijection of `0..rows·columns`.
    #[inline(always)]
    fn step(&self, cell: u64) -> u64 {
        let once = self.pass(cell, &self.first_pass);
        if self.length < SHORT { self.pass(once, &self.second_pass) } else { once }
    }

    /// One pass through the rounds, free of branches and divisions. Factors are of 32 bits and products of 64, the
    /// one multiplication that all vector units have.
    #[inline(always)]
    fn pass(&self, cell: u64, round_keys: &[u32; ROUNDS]) -> u64 {
        let (rows, columns) = (u64::from(self.rows), u64::from(self.columns));
        let mut row = self.row_of(cell);
        let mut column = cell - row * columns;
        for keys in round_keys.chunks_exact(2) {
            row = add_modulo(row, below(rows, hash(column, keys[0])), rows);
            column = add_modulo(column, below(columns, hash(row, keys[1])), columns);
        }
        row * columns + column
    }

    /// `cell / columns` by floating point, so that whole columns of cells are divided at once.
    ///
    /// `(cell + ½) / columns` lies at least `½ / columns ≥ 2^−22` from any whole number and is below 2^21, so an
    /// error of three roundings (2^−30) does not move it across one; where numbers are spaced by 1, the sum of
    /// 1.5 × 2^52 and a number ½ lower is the quotient rounded down.
    #[inline(always)]
    fn row_of(&self, cell: u64) -> u64 {
        const TWO_TO_52: f64 = 4_503_599_627_370_496.0;
        let middle = f64::from_bits(TWO_TO_52.to_bits() | cell) - (TWO_TO_52 - 0.5);
        let shifted = (middle * self.per_column - 0.5) + 1.5 * TWO_TO_52;
        shifted.to_bits() & LOW_32
    }
}

/// A keyed hash of 32 bits to 32 bits: a multiplication whose halves are folded on each other, and another.
#[inline(always)]
fn hash(x: u64, key: u32) -> u64 {
    let product = ((x & LOW_32) ^ u64::from(key)) * 0x7465_1ED5;
    let folded = (product ^ (product >> 32)) & LOW_32;
    (folded * 0xC2B2_AE3D) & LOW_32
}

/// `hash · bound / 2^32`, rounded down: a number below `bound` (Lemire 2019), where both are below 2^32.
#[inline(always)]
fn below(bound: u64, hash: u64) -> u64 {
    (hash * bound) >> 32
}

/// `a + b` modulo `modulus`, for `a` and `b` below it: the sign of the difference says whether to add it back.
#[inline(always)]
fn add_modulo(a: u64, b: u64, modulus: u64) -> u64 {
    let reduced = (a + b).wrapping_sub(modulus);
    reduced.wrapping_add(modulus & 0u64.wrapping_sub(reduced >> 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_shuffled_onto_itself() {
        for length in (1..200).chain([255, 256, 257, 1000, 4095, 4096, 4097, 65_536, 99_991]) {
            let shuffle = Permutation::new(Key::new(7).numbered(length), length);
            let mut seen = vec![false; length as usize];
            for i in 0..length {
                let place = shuffle.at(i) as usize;
                assert!(!std::mem::replace(&mut seen[place], true), "{place} twice among {length}");
            }
        }
    }

    #[test]
    fn long_permutations_stay_inside_and_do_not_repeat() {
        for length in [(1 << 32) + 1, 999_999_999_989, LARGEST_PERMUTATION - 1, LARGEST_PERMUTATION] {
            let shuffle = Permutation::new(Key::new(8), length);
            let indices = (0..20_000).chain(length - 20_000..length);
            let mut places: Vec<u64> = indices.map(|i| shuffle.at(i)).collect();
            assert!(places.iter().all(|&place| place < length));
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len(), 40_000);
        }
    }

    #[test]
    fn rows_are_exact_quotients() {
        for length in [1, 2, 3, 7, 1_000_003, LARGEST_PERMUTATION - 12_345, LARGEST_PERMUTATION] {
            let shuffle = Permutation::new(Key::new(0), length);
            let (rows, columns) = (u64::from(shuffle.rows), u64::from(shuffle.columns));
            let last = rows * columns - 1;
            for row in [0, rows / 3, rows / 2, rows - 1] {
                let first = row * columns;
                for cell in [first.saturating_sub(1), first, first + columns / 2, last] {
                    assert_eq!(shuffle.row_of(cell), cell / columns);
                }
            }
        }
    }

    #[test]
    fn a_filled_column_is_the_places_one_by_one_at_every_split() {
        let shuffle = Permutation::new(Key::new(4), 77);
        let expected: Vec<u64> = (30..230).map(|i| shuffle.at(i)).collect();
        for split in 0..=200 {
            let mut places = vec![0; 200];
            shuffle.fill(30, &mut places[..split]);
            shuffle.fill(30 + split as u64, &mut places[split..]);
            assert_eq!(places, expected);
        }
    }

    #[test]
    fn lengths_out_of_range_are_clamped() {
        assert_eq!(Permutation::new(Key::new(1), 0).at(5), 0);
        assert_eq!(Permutation::new(Key::new(1), u64::MAX).length(), LARGEST_PERMUTATION);
    }

    /// The standardised chi-squared statistic of `counts` against equal shares: (X² − ν) / √(2ν).
    fn standardised_chi_squared(counts: &[u32]) -> f64 {
        let total: u32 = counts.iter().sum();
        let expected = f64::from(total) / counts.len() as f64;
        let statistic: f64 = counts.iter().map(|&c| (f64::from(c) - expected).powi(2) / expected).sum();
        let freedom = (counts.len() - 1) as f64;
        (statistic - freedom) / (2.0 * freedom).sqrt()
    }

    /// Counts, over keys, of the ordered places of elements `i` and `j`.
    fn places_of_pair(length: u64, i: u64, j: u64, keys: u64, place: impl Fn(u64, u64) -> u64) -> Vec<u32> {
        let mut counts = vec![0; (length * (length - 1)) as usize];
        for key in 0..keys {
            let (a, b) = (place(key, i), place(key, j));
            counts[(a * (length - 1) + b - u64::from(b > a)) as usize] += 1;
        }
        counts
    }

    #[test]
    fn pairs_of_elements_go_to_every_pair_of_places_equally_often() {
        let keyed = |length| {
            move |key, i| Permutation::new(Key::new(11).numbered(length).numbered(key), length).at(i)
        };
        for length in [2, 3, 4, 5, 7, 8, 9, 12, 17, 50, 64, 65, 101] {
            let keys = 100 * length * (length - 1);
            for (i, j) in [(0, 1), (0, length - 1), (length / 2, length / 2 - 1)] {
                let z = standardised_chi_squared(&places_of_pair(length, i, j, keys, keyed(length)));
                assert!(z.abs() < 5.0, "length {length}, pair {i}, {j}: z = {z}");
            }
        }
        // Rotations also send every single element everywhere, but the statistic sees that they keep distances.
        let rotated = |key, i| (i + word(Key::new(3), key)) % 8;
        assert!(standardised_chi_squared(&places_of_pair(8, 0, 3, 5600, rotated)) > 5.0);
    }

    #[test]
    fn all_orders_of_four_and_five_are_equally_likely() {
        for length in [3u64, 4, 5] {
            let orders = (1..=length).product::<u64>() as usize;
            let mut counts = std::collections::BTreeMap::<Vec<u64>, u32>::new();
            for key in 0..200 * orders as u64 {
                let shuffle = Permutation::new(Key::new(12).numbered(key), length);
                *counts.entry((0..length).map(|i| shuffle.at(i)).collect()).or_default() += 1;
            }
            assert_eq!(counts.len(), orders);
            let counts: Vec<u32> = counts.into_values().collect();
            assert!(standardised_chi_squared(&counts).abs() < 5.0);
        }
    }
}
