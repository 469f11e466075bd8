//! What is told of numbers, from the draws that were kept: the answers' probabilities by cells of the number.
//!
//! A measure of the answers' joint probabilities with the cells is told from sums over groups of draws that are independent of each
//! other, and again without each group: the jackknife (Quenouille 1956; Tukey 1958), which takes off what the cells' errors add to it,
//! and gives the error, whatever the design; of whether the lead changes halves of the groups do. Knowing the cell is less than knowing the number; what is lost shrinks with the cells'
//! width w as w² where the probabilities are smooth and as w where they jump, so that 2/3 of what pairs of cells lose beside cells are
//! added (Richardson 1911), and the error knows of the rest.

use super::measured::Measured;
use super::table::{Table, leader};
use crate::analysis::round::Told;
use crate::program::{Output, Query, QueryId};
use crate::statistics::{Estimate, jackknife_variance};

/// As many groups as independent draws are cut into for the error.
const GROUPS: usize = 16;
/// As many cells as there are, pairs of which are looked at too, and how many draws each has at least.
const CELLS: usize = 32;
const DRAWS: usize = 32;

/// The measures, in this order: bits, Brier score, whether the lead changes, bits between the top two.
const MEASURES: usize = 4;
const CHANGES: usize = 2;

/// The kept draws of the answers.
pub(super) struct Draws {
    /// Of each answer the probability, joint with what was learned.
    joint: Vec<Vec<f64>>,
    weights: Vec<f64>,
    group_of: Vec<usize>,
    groups: usize,
}

impl Draws {
    pub(super) fn of(answers: &[QueryId], told: &Told) -> Draws {
        let kept = told.kept();
        let weight = told.program.learned(told.world).weight;
        let column = |output: Output| match told.program.constant(output) {
            Some(value) => vec![value; kept.len()],
            None => kept.column(output).to_vec(),
        };
        let groups = kept.groups(GROUPS);
        let group_of = groups.iter().enumerate().flat_map(|(at, group)| group.clone().map(move |_| at));
        let known = |query: Query, weights: &[f64]| -> Option<Vec<f64>> {
            let value = told.program.known(query)?;
            Some(weights.iter().map(|weight| value * weight).collect())
        };
        let weights = weight.map_or_else(|| vec![1.0; kept.len()], column);
        let answer = |query: &QueryId| {
            let query = told.program.query(*query);
            known(query, &weights).unwrap_or_else(|| column(query.numerator))
        };
        Draws {
            joint: answers.iter().map(answer).collect(),
            groups: groups.len(),
            group_of: group_of.collect(),
            weights,
        }
    }

    /// What knowing a number would change; nothing if it does not vary, and unknown where the draws are too few.
    pub(super) fn find(&self, values: &[f64], top: Option<[usize; 2]>) -> Option<Measured> {
        let is_kept = |one: &Vec<f64>| one.len() == values.len();
        if !is_kept(&self.weights) || !self.joint.iter().all(is_kept) {
            return Some(Measured::unknown());
        }
        let cells = Cells::of(values, &self.weights);
        if cells.count < 2 {
            return None;
        }
        if values.len() < 2 * DRAWS || self.groups < 2 {
            return Some(Measured::unknown());
        }
        let sums = Sums::of(self, &cells);
        let by = |joined: usize| {
            let without = (0..self.groups).map(|group| sums.measures(joined, &|one| one != group, top));
            (sums.measures(joined, &|_| true, top), without.collect::<Vec<_>>())
        };
        let (fine, coarse) = (by(1), cells.is_coarse.then(|| by(2)));
        let halves = halves(self.groups, |takes| sums.measures(1, takes, top)[CHANGES], fine.0[CHANGES]);
        let told = |at: usize| {
            let one = |(whole, without): &([f64; MEASURES], Vec<[f64; MEASURES]>)| {
                let all: Vec<f64> = without.iter().map(|one| one[at]).collect();
                let count = all.len() as f64;
                if at == CHANGES && cells.is_coarse {
                    return (whole[at], halves);
                }
                let value = count * whole[at] - (count - 1.0) * all.iter().sum::<f64>() / count;
                (value, jackknife_variance(&all).sqrt())
            };
            let (value, error) = one(&fine);
            let lost = coarse.as_ref().map_or(0.0, |coarse| value - one(coarse).0);
            // Where the lead changes is told between the middles of cells: to about a tenth of a cell.
            let (added, rest) = match at {
                CHANGES if cells.is_coarse => (0.0, libm::hypot(0.5 * lost, 0.1 / cells.count as f64)),
                CHANGES => (0.0, 0.0),
                _ => (2.0 / 3.0 * lost, 0.5 * lost),
            };
            Estimate::from_student(value + added, libm::hypot(error, rest), self.groups as f64 - 1.0)
        };
        let least = |found: Estimate| found.within(0.0, f64::INFINITY);
        Some(Measured {
            bits: least(told(0)),
            brier: least(told(1)),
            changes: told(CHANGES).within(0.0, 1.0),
            between: least(told(3)),
        })
    }
}

/// The cell of each draw, in the order of the values; equal values share one.
struct Cells {
    of: Vec<usize>,
    count: usize,
    /// Whether values differ within a cell.
    is_coarse: bool,
}

impl Cells {
    fn of(values: &[f64], weights: &[f64]) -> Cells {
        let mut order: Vec<usize> = (0..values.len()).filter(|at| weights[*at] > 0.0).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let runs: Vec<&[usize]> = order.chunk_by(|a, b| values[*a] == values[*b]).collect();
        let most = CELLS.min((order.len() / DRAWS).max(2)) & !1;
        let mass = |run: &[usize]| run.iter().map(|at| weights[*at]).sum::<f64>();
        let total: f64 = runs.iter().map(|run| mass(run)).sum();
        let is_coarse = runs.len() > most;
        let (mut of, mut before) = (vec![0; values.len()], 0.0);
        for (at, run) in runs.iter().enumerate() {
            let own = mass(run);
            let dealt = ((before + 0.5 * own) / total * most as f64) as usize;
            let cell = if is_coarse { dealt.min(most - 1) } else { at };
            run.iter().for_each(|at| of[*at] = cell);
            before += own;
        }
        Cells { of, count: if is_coarse { most } else { runs.len() }, is_coarse }
    }
}

/// Sums by cell and group: the weight, then each answer.
struct Sums {
    /// By cell, then group, then column.
    all: Vec<Vec<Vec<f64>>>,
    is_coarse: bool,
}

impl Sums {
    fn of(draws: &Draws, cells: &Cells) -> Sums {
        let mut all = vec![vec![vec![0.0; 1 + draws.joint.len()]; draws.groups]; cells.count];
        for (at, cell) in cells.of.iter().enumerate() {
            let own = &mut all[*cell][draws.group_of[at]];
            own[0] += draws.weights[at];
            own[1..].iter_mut().zip(&draws.joint).for_each(|(sum, joint)| *sum += joint[at]);
        }
        Sums { all, is_coarse: cells.is_coarse }
    }

    /// All measures of cells, or of pairs of them, by some groups.
    fn measures(
        &self,
        joined: usize,
        takes: &dyn Fn(usize) -> bool,
        top: Option<[usize; 2]>,
    ) -> [f64; MEASURES] {
        let width = self.all[0][0].len();
        let cell = |some: &[Vec<Vec<f64>>]| {
            let mut sum = vec![0.0; width];
            for one in some {
                let rest = one.iter().enumerate().filter(|(at, _)| takes(*at));
                rest.for_each(|(_, group)| sum.iter_mut().zip(group).for_each(|(sum, one)| *sum += one));
            }
            sum
        };
        let cells: Vec<Vec<f64>> = self.all.chunks(joined).map(cell).collect();
        let total: f64 = cells.iter().map(|one| one[0]).sum();
        let table = Table(cells.iter().map(|one| one[1..].iter().map(|sum| sum / total).collect()).collect());
        let changes = if self.is_coarse { crossed(&table) } else { table.changes().value };
        let between = top.map_or(0.0, |top| table.between(top).value);
        [table.bits().value, table.brier().value, changes, between]
    }
}

/// The standard error of what is told by groups, from what halves of them tell that are balanced against each other: a place where a line
/// crosses another is no smooth function of draws, to which the jackknife by single groups does not apply (Shao & Wu 1989, "A general
/// theory for jackknife variance estimation", Ann. Stat. 17).
fn halves(groups: usize, tell: impl Fn(&dyn Fn(usize) -> bool) -> f64, whole: f64) -> f64 {
    let most = groups.next_power_of_two();
    let is_odd = |row: usize, group: usize| (row & group).count_ones() % 2 == 1;
    let sides = (1..most).flat_map(|row| [true, false].map(|side| (row, side)));
    let squares = sides.filter_map(|(row, side)| {
        let takes = |group: usize| is_odd(row, group) == side;
        let taken = (0..groups).filter(|group| takes(*group)).count();
        let off = tell(&takes) - whole;
        (0 < taken && taken < groups).then(|| off * off * taken as f64 / (groups - taken) as f64)
    });
    let squares: Vec<f64> = squares.collect();
    (squares.iter().sum::<f64>() / squares.len() as f64).sqrt()
}

/// The probability that another answer leads, along a number: by how much the leader is ahead is taken as straight from the middle of
/// one cell to that of the next.
fn crossed(table: &Table) -> f64 {
    let Some(whole) = leader(&table.answers()) else { return 0.0 };
    let rows = table.rows();
    let ahead = |row: &Vec<f64>| {
        let others = row.iter().enumerate().filter(|(at, _)| *at != whole).map(|(_, one)| *one);
        row[whole] - others.fold(f64::NEG_INFINITY, f64::max)
    };
    let filled: Vec<usize> = (0..rows.len()).filter(|x| rows[*x] > 0.0).collect();
    let gaps: Vec<f64> = filled.iter().map(|x| ahead(&table.0[*x]) / rows[*x]).collect();
    let behind = |gap: f64| f64::from(u8::from(gap < 0.0));
    let Some((first, last)) = filled.first().zip(filled.last()) else { return 0.0 };
    let ends = 0.5 * (rows[*first] * behind(gaps[0]) + rows[*last] * behind(gaps[gaps.len() - 1]));
    let between = |at: usize| {
        let (a, b) = (gaps[at], gaps[at + 1]);
        let mass = 0.5 * (rows[filled[at]] + rows[filled[at + 1]]);
        let part = match (a < 0.0, b < 0.0) {
            (true, true) => 1.0,
            (false, false) => 0.0,
            (true, false) => -a / (b - a),
            (false, true) => -b / (a - b),
        };
        mass * part
    };
    ends + (0..filled.len() - 1).map(between).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer that comes true with probability x, x uniform: bits = 1 − ∫ h, Brier 2 Var(x), and another leads half of the time.
    #[test]
    fn a_number_that_is_the_probability_tells_what_integrals_say() {
        let count = 16_384;
        // A golden-ratio sequence in 16 groups: evenly spread, in no order.
        let values: Vec<f64> =
            (0..count).map(|at| (f64::from(at) * 0.618_033_988_749_894_9 + 0.5).fract()).collect();
        let draws = Draws {
            joint: vec![values.clone(), values.iter().map(|x| 1.0 - x).collect()],
            weights: vec![1.0; values.len()],
            group_of: (0..values.len()).map(|at| at * 16 / values.len()).collect(),
            groups: 16,
        };
        let found = draws.find(&values, Some([0, 1])).unwrap();
        let log2e = std::f64::consts::LOG2_E;
        for (told, exact) in [
            (found.bits, 1.0 - 0.5 * log2e),
            (found.brier, 2.0 / 12.0),
            (found.changes, 0.5),
            (found.between, 1.0 - 0.5 * log2e),
        ] {
            assert!((told.value - exact).abs() < 4.0 * told.std_error.max(1e-9), "{told:?} {exact}");
            assert!(told.std_error < 0.01 * exact.max(0.1), "{told:?}");
        }
        // A number beside it tells nothing.
        let other: Vec<f64> =
            (0..count).map(|at| (f64::from(at) * 0.414_213_562_373_095_1).fract()).collect();
        let nothing = draws.find(&other, None).unwrap();
        assert!(nothing.bits.value < 3.0 * nothing.bits.std_error + 1e-5, "{:?}", nothing.bits);
        assert!(draws.find(&vec![3.0; values.len()], None).is_none());
    }
}
