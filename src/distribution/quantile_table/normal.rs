//! The quantile at Φ(z) as a table, for columns of correlated draws.

use super::TOLERANCE;
use super::node::Axis;
use super::quadratic::{Quadratics, cut};
use crate::distribution::Distribution;
use crate::kernel;
use crate::math::elementary::ROUNDER;
use crate::math::instruction_set::InstructionSet;
use crate::math::special::normal_cdf;

/// Cells, as powers of two, from the first tried to the last.
const FINENESS: std::ops::RangeInclusive<u32> = 12..=13;
/// Cells that a quintic is cut into at first.
const PARTS: usize = 16;
/// The cells span z from −4.25 to 4.25.
const REACH: f64 = 4.25;
/// The outermost z that is looked up, a little inside, so that no rounding leads to a cell beyond the last: one draw in 90,000
/// lies beyond on either side.
const OUTERMOST: f64 = 4.249;

/// The quantile function of a continuous distribution at Φ(z), as a table of quadratics in z.
///
/// A copula draws correlated factors at Φ of a sum of normals. Here Φ and the quantile are one function, which is looked up at
/// once: z in even cells from −4.25 to 4.25. The bound is that of [`QuantileTable`](super::QuantileTable): |cdf(table(z)) − Φ(z)| is at
/// most 1e-8 · min(Φ(z), Φ(−z)), plus what a few roundings of the value do. Beyond the cells the exact functions answer.
///
/// ```
/// use foretell::distribution::{Family, NormalTable};
/// let beta = Family::Beta.build(&[8.0, 2.0])?;
/// let table = NormalTable::build(&beta).expect("smooth and continuous");
/// assert!((beta.cdf(table.quantile(0.0)) - 0.5).abs() < 1e-8);
/// # Ok::<(), foretell::distribution::ParameterError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NormalTable {
    distribution: Distribution,
    /// Cells of 1.
    scale: f64,
    cells: Quadratics,
    /// The values at the outermost z that is looked up.
    ends: (f64, f64),
}

impl NormalTable {
    /// The table of a continuous distribution. `None` if some mass lies on single points, or if the bound fails even with
    /// 8,192 cells.
    pub fn build(distribution: &Distribution) -> Option<NormalTable> {
        if distribution.has_atoms() {
            return None;
        }
        let quintics = 1usize << (FINENESS.start() - PARTS.ilog2());
        let half = quintics as f64 / 2.0;
        let positions: Vec<f64> = (0..=quintics).map(|at| (at as f64 - half) * (REACH / half)).collect();
        let curve = Axis::Normal.curve(distribution, &positions, 0.5 * TOLERANCE)?;
        FINENESS.into_iter().find_map(|fineness| {
            let count = 1usize << fineness;
            let rows = cut(&curve, count / quintics, |_| 1.0, 0.9 * TOLERANCE)?;
            // The last row has no cell of its own: nothing that far out is looked up.
            let placed = rows.into_iter().take(count).enumerate().map(|(at, row)| (at + count / 2, row));
            let cells = Quadratics::placed(count, placed);
            let scale = count as f64 / (2.0 * REACH);
            let [lowest, highest] = [-OUTERMOST, OUTERMOST].map(|z| {
                let (row, s, _) = locate(scale, z);
                cells.value(row, s)
            });
            Some(NormalTable { distribution: distribution.clone(), scale, cells, ends: (lowest, highest) })
        })
    }

    /// The quantile at Φ(z), by the table; NaN for NaN.
    pub fn quantile(&self, z: f64) -> f64 {
        let (row, s, margin) = locate(self.scale, z);
        if margin < 0.0 { self.beyond(z) } else { self.cells.value(row, s) }
    }

    /// The exact quantile, held to the outer side of the table's last value.
    fn beyond(&self, z: f64) -> f64 {
        // As far out as the least level that a draw is made at.
        let mass = normal_cdf(-z.abs()).max(f64::MIN_POSITIVE);
        match z < 0.0 {
            true => self.distribution.quantile(mass).min(self.ends.0),
            false => self.distribution.quantile_upper(mass).max(self.ends.1),
        }
    }

    /// The quantile at Φ of each z, on a chosen instruction set: the same bits on each. The shorter length counts.
    pub fn fill_on(&self, set: InstructionSet, z: &[f64], out: &mut [f64]) {
        let mut least = 0.0;
        fill(set, &self.cells, self.scale, z, out, &mut least);
        if least < 0.0 {
            self.fill_beyond(z, out);
        }
    }

    /// Rare far tails, one by one.
    #[cold]
    fn fill_beyond(&self, z: &[f64], out: &mut [f64]) {
        for (out, &z) in out.iter_mut().zip(z) {
            if locate(self.scale, z).2 < 0.0 {
                *out = self.beyond(z);
            }
        }
    }
}

/// The row of z (those of negative z end with the last, for the integer is in two's complement), the place in its cell from 0
/// to 1, and how far z is from the nearer end of what is looked up.
#[inline(always)]
fn locate(scale: f64, z: f64) -> (usize, f64, f64) {
    let along = z * scale;
    let shifted = (along - 0.5) + ROUNDER;
    let s = along - (shifted - ROUNDER);
    (shifted.to_bits() as usize, s, OUTERMOST - z.abs())
}

kernel! {
    fn fill(cells: &Quadratics, scale: f64, z: &[f64], out: &mut [f64], least: &mut f64) {
        cells.look_up(z, out, least, #[inline(always)] |z| locate(scale, z));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::smooth;
    use super::*;
    use crate::distribution::Family;

    #[test]
    fn the_bound_holds_between_the_points_that_were_checked() {
        let mut count = 0;
        for member in smooth() {
            let Some(table) = NormalTable::build(&member) else { continue };
            count += 1;
            for step in -20_000..20_000 {
                let z = f64::from(step) * 2.2e-4;
                let (x, t) = (table.quantile(z), normal_cdf(-z.abs()));
                let mass = if z < 0.0 { member.cdf(x) } else { member.survival(x) };
                let rounding = 8.0 * f64::EPSILON * x.abs() * member.pdf(x);
                assert!(
                    (mass - t).abs() <= TOLERANCE * t + rounding,
                    "{member:?} at {z}: {x}, mass {mass:e}"
                );
            }
        }
        assert!(count >= 20, "{count} tables");
    }

    #[test]
    fn columns_have_the_bits_of_single_draws_on_every_level_and_never_fall() {
        let table = NormalTable::build(&Family::Beta.build(&[8.0, 2.0]).unwrap()).unwrap();
        let mut z: Vec<f64> = (-5000..5000).map(|k| f64::from(k) * 1e-3).collect();
        z.extend([-40.0, -REACH, -OUTERMOST, OUTERMOST.next_up(), REACH, 40.0]);
        z.sort_by(f64::total_cmp);
        z.push(f64::NAN);
        for set in InstructionSet::all() {
            let mut column = vec![0.0; z.len()];
            table.fill_on(set, &z, &mut column);
            for (x, &z) in column.iter().zip(&z) {
                assert_eq!(x.to_bits(), table.quantile(z).to_bits(), "{z} on {}", set.name());
            }
            let (last, sound) = column.split_last().unwrap();
            assert!(last.is_nan() && sound.windows(2).all(|pair| pair[0] <= pair[1] + 4.0 * f64::EPSILON));
        }
    }

    #[test]
    fn what_is_not_smooth_has_no_table() {
        for (family, parameters) in [(Family::Poisson, &[4.0][..]), (Family::Triangular, &[0.0, 0.3, 1.0])] {
            assert_eq!(NormalTable::build(&family.build(parameters).unwrap()), None);
        }
    }
}
