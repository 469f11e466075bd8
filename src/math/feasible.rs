//! Whether linear inequalities can hold together on the probability simplex.

const TINY: f64 = 1e-10;

/// Whether some p with p ≥ 0 and Σ p = 1, of `count` parts, satisfies a · p ≥ b for every row (a, b): the first phase of
/// the simplex method, with Bland's rule (1977) against cycling.
///
/// ```
/// use foretell::math::feasible::is_feasible;
/// let rows = [(vec![1.0, 0.0, 0.0], 0.6), (vec![0.0, 1.0, 0.0], 0.3)];
/// assert!(is_feasible(&rows, 3));
/// assert!(!is_feasible(&[rows[0].clone(), (vec![0.0, 1.0, 0.0], 0.5)], 3));
/// ```
pub fn is_feasible(rows: &[(Vec<f64>, f64)], count: usize) -> bool {
    let mut tableau = Tableau::new(rows, count);
    while let Some(column) = tableau.entering() {
        match tableau.leaving(column) {
            Some(row) => tableau.pivot(row, column),
            None => break,
        }
    }
    tableau.infeasibility() < 1e-9
}

/// Rows are constraints with the right-hand side last; the last row is the objective, the sum of the artificials.
struct Tableau {
    cells: Vec<Vec<f64>>,
    basis: Vec<usize>,
    /// Columns that may enter: all but the artificials.
    free: usize,
}

impl Tableau {
    fn new(rows: &[(Vec<f64>, f64)], count: usize) -> Tableau {
        let constraints = rows.len() + 1;
        let free = count + rows.len();
        let width = free + constraints + 1;
        let mut cells = Vec::new();
        for (at, (a, b)) in rows.iter().enumerate() {
            let mut row = vec![0.0; width];
            row[..count].copy_from_slice(&a[..count]);
            row[count + at] = -1.0;
            row[width - 1] = *b;
            cells.push(row);
        }
        let mut whole = vec![0.0; width];
        whole[..count].fill(1.0);
        whole[width - 1] = 1.0;
        cells.push(whole);
        let mut objective = vec![0.0; width];
        for (at, row) in cells.iter_mut().enumerate() {
            if row[width - 1] < 0.0 {
                row.iter_mut().for_each(|cell| *cell = -*cell);
            }
            objective.iter_mut().zip(row.iter()).for_each(|(sum, cell)| *sum += cell);
            row[free + at] = 1.0;
        }
        cells.push(objective);
        Tableau { cells, basis: (free..free + constraints).collect(), free }
    }

    fn objective(&self) -> &[f64] {
        &self.cells[self.basis.len()]
    }

    fn infeasibility(&self) -> f64 {
        self.objective().last().copied().unwrap_or(0.0)
    }

    /// The first column that lowers the objective.
    fn entering(&self) -> Option<usize> {
        self.objective()[..self.free].iter().position(|cell| *cell > TINY)
    }

    /// The row that bounds a column first; of equal ones, that of the smallest basic variable.
    fn leaving(&self, column: usize) -> Option<usize> {
        let last = self.cells[0].len() - 1;
        (0..self.basis.len())
            .filter(|row| self.cells[*row][column] > TINY)
            .map(|row| (self.cells[row][last] / self.cells[row][column], self.basis[row], row))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, _, row)| row)
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let scale = self.cells[row][column];
        self.cells[row].iter_mut().for_each(|cell| *cell /= scale);
        let pivot = self.cells[row].clone();
        for (at, other) in self.cells.iter_mut().enumerate() {
            let factor = other[column];
            if at != row && factor != 0.0 {
                other.iter_mut().zip(&pivot).for_each(|(cell, by)| *cell -= factor * by);
            }
        }
        self.basis[row] = column;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusive_outcomes_share_one_whole() {
        let at_least = |k: usize, level: f64| {
            let mut row = vec![0.0; 3];
            row[k] = 1.0;
            (row, level)
        };
        assert!(is_feasible(&[], 3));
        assert!(is_feasible(&[at_least(0, 0.4), at_least(1, 0.3), at_least(2, 0.3)], 3));
        assert!(!is_feasible(&[at_least(0, 0.4), at_least(1, 0.3), at_least(2, 0.31)], 3));
    }

    #[test]
    fn circular_rankings_cannot_hold() {
        let above = |a: usize, b: usize| {
            let mut row = vec![0.0; 3];
            row[a] = 1.0;
            row[b] = -1.0;
            (row, 1e-7)
        };
        assert!(is_feasible(&[above(0, 1), above(1, 2)], 3));
        assert!(!is_feasible(&[above(0, 1), above(1, 2), above(2, 0)], 3));
    }
}
