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
        let draws = columns.first().map_or(0, |column| column.len());
        let beside = |some: &[&[f64]]| {
            let mut rows = vec![[0.0; LANES]; draws];
            for (lane, column) in some.iter().enumerate() {
                rows.iter_mut().zip(*column).for_each(|(row, value)| row[lane] = *value);
            }
            rows
        };
        Rows(columns.chunks(LANES).map(beside).collect())
    }
}

/// Sums of columns by cell.
#[derive(Clone)]
pub(super) struct Sums(Vec<Vec<Lanes>>);

/// Sums over all cells, each for every column.
pub(super) struct Squares {
    /// The sum itself.
    pub(super) plain: Vec<f64>,
    /// Σ (sum in a cell)² / wsome of the cell.
    pub(super) fine: Vec<f64>,
    /// The same over pairs of neighbouring cells.
    pub(super) coarse: Vec<f64>,
}

impl Squares {
    /// The sums over the cells of both.
    pub(super) fn plus(mut self, other: Squares) -> Squares {
        let add = |mine: &mut [f64], more: &[f64]| mine.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        add(&mut self.plain, &other.plain);
        add(&mut self.fine, &other.fine);
        add(&mut self.coarse, &other.coarse);
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

    /// For each column its sums of squares, by the cells' wsomes.
    pub(super) fn squares(&self, wsomes: &[f64]) -> Squares {
        let mut found = Squares { plain: Vec::new(), fine: Vec::new(), coarse: Vec::new() };
        for some in &self.0 {
            let mut sums = [[0.0; LANES]; 3];
            add_squares(InstructionSet::best(), some, wsomes, &mut sums);
            found.plain.extend(sums[0]);
            found.fine.extend(sums[1]);
            found.coarse.extend(sums[2]);
        }
        found
    }

    /// For each column Σ part × its sum in the cell, over some cells.
    pub(super) fn parts(&self, parts: &[(usize, f64)]) -> impl Iterator<Item = f64> + '_ {
        let sum = |some: &Vec<Lanes>| {
            let mut sum = [0.0; LANES];
            add_parts(InstructionSet::best(), some, parts, &mut sum);
            sum
        };
        let sums: Vec<Lanes> = self.0.iter().map(sum).collect();
        sums.into_iter().flatten()
    }
}

kernel! {
    fn add(rows: &[Lanes], bins: &[u32], of_bin: &[u8], sums: &mut [Lanes]) {
        let Some(of_bin) = of_bin.first_chunk::<BINS>() else { return };
        for (row, bin) in rows.iter().zip(bins) {
            let Some(sum) = sums.get_mut(usize::from(of_bin[*bin as usize % BINS])) else { return };
            for lane in 0..LANES {
                sum[lane] += row[lane];
            }
        }
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
    fn add_parts(cells: &[Lanes], parts: &[(usize, f64)], sum: &mut Lanes) {
        for (cell, part) in parts {
            let Some(cell) = cells.get(*cell) else { return };
            for lane in 0..LANES {
                sum[lane] += part * cell[lane];
            }
        }
    }
}

kernel! {
    /// An odd cell at the end is a pair by itself.
    fn add_squares(cells: &[Lanes], wsomes: &[f64], sums: &mut [Lanes; 3]) {
        let inverse = |wsome: f64| if wsome > 0.0 { 1.0 / wsome } else { 0.0 };
        let nothing = ([0.0; LANES], 0.0);
        for (pair, own) in cells.chunks(2).zip(wsomes.chunks(2)) {
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
