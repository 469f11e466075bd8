//! Sums of columns over the draws of each cell.

use std::ops::Range;

use super::cells::{BINS, Cells};
use crate::kernel;
use crate::math::instruction_set::InstructionSet;

/// As many columns as are added up at once.
const LANES: usize = 4;

/// One draw's numbers in them, or one cell's sums.
type Lanes = [f64; LANES];

/// Columns of draws, some beside each other.
pub(super) struct Rows(Vec<Vec<Lanes>>);

impl Rows {
    pub(super) fn of(columns: &[&[f64]]) -> Rows {
        let nothing = vec![0.0; columns.first().map_or(0, |column| column.len())];
        let beside = |some: &[&[f64]]| {
            let [a, b, c, d]: [&[f64]; LANES] =
                std::array::from_fn(|lane| some.get(lane).copied().unwrap_or(&nothing));
            let rows = a.iter().zip(b).zip(c).zip(d);
            rows.map(|(((a, b), c), d)| [*a, *b, *c, *d]).collect()
        };
        Rows(columns.chunks(LANES).map(beside).collect())
    }
}

/// Sums of columns by cell.
#[derive(Clone)]
pub(super) struct Sums(Vec<Vec<Lanes>>);

/// Some sums of every column.
pub(super) struct Columns<const N: usize>(Vec<[Lanes; N]>);

impl<const N: usize> Columns<N> {
    /// Those of one column.
    pub(super) fn of(&self, column: usize) -> [f64; N] {
        let some = &self.0[column / LANES];
        std::array::from_fn(|at| some[at][column % LANES])
    }

    /// The sums of both.
    pub(super) fn plus(mut self, other: Columns<N>) -> Columns<N> {
        let pairs = self.0.iter_mut().flatten().zip(other.0.iter().flatten());
        pairs.for_each(|(mine, more)| plus(mine, more, 1.0));
        self
    }
}

impl Sums {
    /// The sums of rows over the cells into which one of several columns was dealt, in each group of draws.
    pub(super) fn grouped(rows: &Rows, dealt: &Cells, column: usize, groups: &[Range<usize>]) -> Vec<Sums> {
        let (level, bins) = (InstructionSet::best(), &dealt.bins[column]);
        let sum = |some: &Vec<Lanes>, group: &Range<usize>| {
            let mut sums = vec![[0.0; LANES]; dealt.count];
            add(level, &some[group.clone()], &bins[group.clone()], &dealt.of_bin, &mut sums);
            sums
        };
        groups.iter().map(|group| Sums(rows.0.iter().map(|some| sum(some, group)).collect())).collect()
    }

    /// Each row as a cell of its own.
    pub(super) fn single(rows: Rows) -> Sums {
        Sums(rows.0)
    }

    /// The sums over the draws of all.
    pub(super) fn total<'a>(mut all: impl Iterator<Item = &'a Sums>) -> Sums {
        let mut total = all.next().cloned().unwrap_or(Sums(Vec::new()));
        all.for_each(|one| total.change(one, 1.0));
        total
    }

    /// What is left without some of the draws.
    pub(super) fn without(&self, some: &Sums) -> Sums {
        let mut left = self.clone();
        left.change(some, -1.0);
        left
    }

    fn change(&mut self, other: &Sums, factor: f64) {
        let level = InstructionSet::best();
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| add_scaled(level, mine, theirs, factor));
    }

    /// A column's sum in each cell.
    pub(super) fn column(&self, at: usize) -> impl Iterator<Item = f64> + '_ {
        self.0[at / LANES].iter().map(move |some| some[at % LANES])
    }

    /// Over all cells with these weights: the sum itself, Σ (sum in a cell)² / weight, and the same of pairs of neighbouring cells.
    pub(super) fn squares(&self, weights: &[f64]) -> Columns<3> {
        let squares = |some: &Vec<Lanes>| {
            let mut sums = [[0.0; LANES]; 3];
            add_squares(InstructionSet::best(), some, weights, &mut sums);
            sums
        };
        Columns(self.0.iter().map(squares).collect())
    }

    /// The sums up to each of some places in their order: a cell, and the part of it that lies before.
    pub(super) fn before<const N: usize>(&self, places: &[(usize, f64); N]) -> Columns<N> {
        let before = |some: &Vec<Lanes>| {
            let (mut sum, mut at) = ([0.0; LANES], 0);
            places.map(|(cell, part)| {
                some[at..cell].iter().for_each(|own| plus(&mut sum, own, 1.0));
                at = cell;
                let mut here = sum;
                some.get(cell).into_iter().for_each(|own| plus(&mut here, own, part));
                here
            })
        };
        Columns(self.0.iter().map(before).collect())
    }
}

fn plus(sum: &mut Lanes, own: &Lanes, part: f64) {
    sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += part * own);
}

kernel! {
    fn add(rows: &[Lanes], bins: &[u32], of_bin: &[u8], sums: &mut [Lanes]) {
        let Some(of_bin) = of_bin.first_chunk::<BINS>() else { return };
        let mut add = |row: &Lanes, bin: u32| {
            if let Some(sum) = sums.get_mut(usize::from(of_bin[bin as usize % BINS])) {
                for lane in 0..LANES {
                    sum[lane] += row[lane];
                }
            }
        };
        let (rows, bins) = (rows.chunks_exact(4), bins.chunks_exact(4));
        let rest = rows.remainder().iter().zip(bins.remainder());
        for (rows, bins) in rows.zip(bins) {
            for at in 0..4 {
                add(&rows[at], bins[at]);
            }
        }
        rest.for_each(|(row, bin)| add(row, *bin));
    }
}

kernel! {
    fn add_scaled(mine: &mut [Lanes], theirs: &[Lanes], factor: f64) {
        for (mine, theirs) in mine.iter_mut().zip(theirs) {
            for lane in 0..LANES {
                mine[lane] += factor * theirs[lane];
            }
        }
    }
}

kernel! {
    /// An odd cell at the end is a pair by itself.
    fn add_squares(cells: &[Lanes], weights: &[f64], sums: &mut [Lanes; 3]) {
        let inverse = |weight: f64| if weight > 0.0 { 1.0 / weight } else { 0.0 };
        let nothing = ([0.0; LANES], 0.0);
        for (pair, own) in cells.chunks(2).zip(weights.chunks(2)) {
            let ((a, wa), (b, wb)) = match (pair, own) {
                ([a, b], [wa, wb]) => ((*a, *wa), (*b, *wb)),
                _ => ((pair[0], own[0]), nothing),
            };
            let (ia, ib, both) = (inverse(wa), inverse(wb), inverse(wa + wb));
            for lane in 0..LANES {
                let sum = a[lane] + b[lane];
                sums[0][lane] += sum;
                sums[1][lane] += a[lane] * a[lane] * ia + b[lane] * b[lane] * ib;
                sums[2][lane] += sum * sum * both;
            }
        }
    }
}
