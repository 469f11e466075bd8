//! Quantile functions as tables, for columns of draws.

mod node;
mod normal;
mod quadratic;

pub use normal::NormalTable;

use super::Distribution;
use crate::kernel;
use crate::math::instruction_set::InstructionSet;
use node::{Axis, Curve, Quintic, value};
use quadratic::{Quadratics, cut};

/// Binary orders of magnitude of the tail mass that the table spans on each side; beyond, the exact quantile answers.
const OCTAVES: usize = 15;
/// The least tail mass in the table, 2^-16: one draw in 33,000 lies beyond.
const LEAST: f64 = 1.0 / 65536.0;
/// Bits of [`LEAST`].
const LEAST_BITS: u64 = (1023 - 16) << 52;
/// Rows of the table, in units of the cells of an octave: one for each value of the last five bits of an exponent.
const EXPONENTS: usize = 32;
/// The first of the five bits. The exponents −16 to −1 of the lower side have it or, the least, all others; with it turned, those of
/// the upper side take the values that are left.
const SIDE: usize = 16;
/// The bits of the mantissa, and of 1.
const MANTISSA: u64 = (1 << 52) - 1;
const ONE: u64 = 1023 << 52;
/// Quintic cells of an octave, as powers of two, from the first tried to the last.
const FINENESS: std::ops::RangeInclusive<u32> = 4..=5;
/// Quadratic cells of an octave, as powers of two, from the first tried to the last.
const QUADRATIC_FINENESS: std::ops::RangeInclusive<u32> = 6..=8;
/// The error of the table in the distribution function, relative to the mass of the nearer tail.
const TOLERANCE: f64 = 1e-8;

/// The quantile function of a continuous distribution as a table of polynomials.
///
/// u is split at ½ and the tail mass t = min(u, 1 − u) looked up by its binary exponent and the top bits of its mantissa;
/// the rest of the mantissa is the argument of a polynomial. Quintics have the value, slope and curvature of the quantile
/// function at both ends of the cell; where finer cells allow it they are replaced by quadratics, which are quicker. Nothing
/// is searched, and both tails keep their relative accuracy: |cdf(table(u)) − u| is at most 1e-8 · min(u, 1 − u), plus what a
/// few roundings of the value do. Where t is below 2^-16, the exact quantile answers.
///
/// ```
/// use foretell::distribution::{Family, QuantileTable};
/// let beta = Family::Beta.build(&[8.0, 2.0])?;
/// let table = QuantileTable::build(&beta).expect("smooth and continuous");
/// assert!((beta.cdf(table.quantile(0.05)) - 0.05).abs() < 1e-9);
/// # Ok::<(), foretell::distribution::ParameterError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct QuantileTable {
    distribution: Distribution,
    /// Cells of an octave are 2^fineness.
    fineness: u32,
    cells: Cells,
    /// The outermost values.
    ends: (f64, f64),
}

/// Polynomials of both sides. A row's place is the last bits of its exponent and the first of its mantissa, with one bit turned
/// on the upper side, so that finding it takes a shift and a mask.
#[derive(Clone, Debug, PartialEq)]
enum Cells {
    /// In t from the start of the cell.
    Quadratic(Quadratics),
    /// In the place in the cell from 0 to 1.
    Quintic(Vec<Quintic>),
}

/// The place of each cell of one side.
fn places(fineness: u32, is_upper: bool) -> impl Iterator<Item = usize> {
    let first = (LEAST_BITS >> (52 - fineness)) as usize;
    (first..).map(move |at| (if is_upper { at ^ (SIDE << fineness) } else { at }) % (EXPONENTS << fineness))
}

impl QuantileTable {
    /// The table of a continuous distribution. `None` if some mass lies on single points, or if the bound fails even
    /// with 32 quintic cells an octave, as where the density jumps or has a kink.
    ///
    /// Takes 0.1 to 0.4 ms for the families of `benches/quantiles.rs`.
    pub fn build(distribution: &Distribution) -> Option<QuantileTable> {
        if distribution.has_atoms() {
            return None;
        }
        FINENESS.into_iter().find_map(|fineness| {
            let starts = |cell: usize| f64::from_bits(LEAST_BITS + ((cell as u64) << (52 - fineness)));
            let positions: Vec<f64> = (0..=OCTAVES << fineness).map(starts).collect();
            let lower = Axis::Lower.curve(distribution, &positions, 0.8 * TOLERANCE)?;
            let upper = Axis::Upper.curve(distribution, &positions, 0.8 * TOLERANCE)?;
            let ends = (lower.cells.first()?[0], upper.cells.first()?[0]);
            let (fineness, cells) = quadratics(fineness, &positions, [&lower, &upper])
                .unwrap_or_else(|| (fineness, quintics(fineness, [&lower, &upper])));
            Some(QuantileTable { distribution: distribution.clone(), fineness, cells, ends })
        })
    }

    /// The quantile at u, by the table. The ends of the support at 0 and 1; NaN outside and for NaN.
    pub fn quantile(&self, u: f64) -> f64 {
        let tail = Tail::of(u);
        match &self.cells {
            _ if tail.is_beyond() => self.beyond(u),
            Cells::Quadratic(cells) => cells.value(tail.row(self.fineness), tail.rest(self.fineness)),
            Cells::Quintic(cells) => {
                value(&cells[tail.row(self.fineness) % cells.len()], tail.place(self.fineness))
            }
        }
    }

    /// The exact quantile, held to the outer side of the table's last value.
    fn beyond(&self, u: f64) -> f64 {
        let exact = self.distribution.quantile(u);
        match u < 0.5 {
            true if exact > self.ends.0 => self.ends.0,
            false if exact < self.ends.1 => self.ends.1,
            _ => exact,
        }
    }

    /// The quantile at each u; the same bits as [`quantile`](Self::quantile). The shorter length counts.
    pub fn fill(&self, u: &[f64], out: &mut [f64]) {
        self.fill_on(InstructionSet::best(), u, out);
    }

    /// As [`fill`](Self::fill), on a chosen instruction set: the same bits on each.
    pub fn fill_on(&self, set: InstructionSet, u: &[f64], out: &mut [f64]) {
        let mut least = LEAST;
        match &self.cells {
            Cells::Quadratic(cells) => fill_quadratic(set, cells, self.fineness, u, out, &mut least),
            Cells::Quintic(cells) => fill_quintic(set, cells, self.fineness, u, out, &mut least),
        }
        if least < LEAST {
            self.fill_beyond(u, out);
        }
    }

    /// Rare far tails, one by one.
    #[cold]
    fn fill_beyond(&self, u: &[f64], out: &mut [f64]) {
        for (out, &u) in out.iter_mut().zip(u) {
            if Tail::of(u).is_beyond() {
                *out = self.beyond(u);
            }
        }
    }
}

/// Both sides as quintics, each in its place.
fn quintics(fineness: u32, sides: [&Curve; 2]) -> Cells {
    let mut rows = vec![[0.0; 6]; EXPONENTS << fineness];
    for (is_upper, side) in [false, true].into_iter().zip(sides) {
        for (place, cell) in places(fineness, is_upper).zip(side.cells.iter().chain(&median(side))) {
            rows[place] = *cell;
        }
    }
    Cells::Quintic(rows)
}

/// The cell that starts at ½ and holds nothing more: the value at the end of the last.
fn median(side: &Curve) -> Option<Quintic> {
    side.cells.last().map(|last| [value(last, 1.0), 0.0, 0.0, 0.0, 0.0, 0.0])
}

/// Both sides as quadratics in the fewest cells that keep the bound.
fn quadratics(quintic: u32, positions: &[f64], sides: [&Curve; 2]) -> Option<(u32, Cells)> {
    QUADRATIC_FINENESS.into_iter().find_map(|fineness| {
        let parts = 1usize << (fineness - quintic);
        let width = |cell: usize| (positions[cell + 1] - positions[cell]) / parts as f64;
        let [lower, upper] = sides.map(|side| cut(side, parts, width, 0.9 * TOLERANCE));
        let rows = places(fineness, false).zip(lower?).chain(places(fineness, true).zip(upper?));
        Some((fineness, Cells::Quadratic(Quadratics::placed(EXPONENTS << fineness, rows))))
    })
}

/// A uniform by the mass of its nearer tail.
#[derive(Copy, Clone)]
struct Tail {
    t: f64,
    is_upper: bool,
}

impl Tail {
    #[inline(always)]
    fn of(u: f64) -> Tail {
        let rest = 1.0 - u;
        Tail { t: if rest < u { rest } else { u }, is_upper: u > 0.5 }
    }

    /// Whether the table does not hold it. NaN is held: it comes out as NaN.
    #[inline(always)]
    fn is_beyond(self) -> bool {
        self.t < LEAST
    }

    /// The row, which begins anew after the last.
    #[inline(always)]
    fn row(self, fineness: u32) -> usize {
        let row = (self.t.to_bits() >> (52 - fineness)) as usize;
        if self.is_upper { row ^ (SIDE << fineness) } else { row }
    }

    /// How far t is from the start of its cell.
    #[inline(always)]
    fn rest(self, fineness: u32) -> f64 {
        self.t - f64::from_bits(self.t.to_bits() & !(MANTISSA >> fineness))
    }

    /// The place of t in its cell, from 0 to 1; NaN for NaN.
    #[inline(always)]
    fn place(self, fineness: u32) -> f64 {
        f64::from_bits(((self.t.to_bits() << fineness) & MANTISSA) | ONE) - 1.0 + 0.0 * self.t
    }
}

/// The loop of [`fill_quadratic`].
#[inline(always)]
fn look_up(cells: &Quadratics, fineness: u32, u: &[f64], out: &mut [f64], least: &mut f64) {
    cells.look_up(
        u,
        out,
        least,
        #[inline(always)]
        |u| {
            let tail = Tail::of(u);
            (tail.row(fineness), tail.rest(fineness), tail.t)
        },
    );
}

kernel! {
    fn fill_quadratic(cells: &Quadratics, fineness: u32, u: &[f64], out: &mut [f64], least: &mut f64) {
        // A shift by a number that is known takes one instruction, else two; 128 cells an octave is what most tables have.
        match fineness {
            7 => look_up(cells, 7, u, out, least),
            _ => look_up(cells, fineness, u, out, least),
        }
    }
}

kernel! {
    fn fill_quintic(cells: &[Quintic], fineness: u32, u: &[f64], out: &mut [f64], least: &mut f64) {
        // The mask tells the compiler that no row is out of bounds, so that it may gather eight at once.
        let last = cells.len() - 1;
        let mut all_inside = true;
        for (out, &u) in out.iter_mut().zip(u) {
            let tail = Tail::of(u);
            *out = value(&cells[tail.row(fineness) & last], tail.place(fineness));
            all_inside &= !tail.is_beyond();
        }
        *least = if all_inside { LEAST } else { 0.0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{Family, Mixture, Scaled, Truncated};

    fn build(family: Family, parameters: &[f64]) -> Distribution {
        family.build(parameters).unwrap()
    }

    /// Smooth continuous distributions of every kind.
    pub(super) fn smooth() -> Vec<Distribution> {
        let mut members = vec![
            build(Family::Normal, &[1e6, 1e-3]),
            build(Family::LogNormal, &[0.0, 1.5]),
            build(Family::Uniform, &[-1.0, 3.0]),
            build(Family::Pert, &[0.0, 1.0, 4.0, 4.0]),
            build(Family::Exponential, &[0.3]),
            build(Family::Weibull, &[0.6, 1.0]),
            build(Family::Weibull, &[4.0, 1.0]),
            build(Family::StudentT, &[3.0, 0.0, 1.0]),
            build(Family::Cauchy, &[0.0, 1.0]),
            build(Family::Logistic, &[5.0, 0.1]),
        ];
        members.push(build(Family::Beta, &[0.12, 1.0]));
        for (a, b) in [(8.0, 2.0), (1.0, 1.0), (0.5, 0.5), (0.2, 30.0), (300.0, 500.0), (1e5, 3e5)] {
            members.push(build(Family::Beta, &[a, b]));
            members.push(build(Family::Gamma, &[a, b]));
        }
        members.push(Truncated::new(build(Family::Normal, &[0.0, 1.0]), 8.0, 9.0).unwrap().into());
        members.push(Scaled::new(build(Family::Gamma, &[2.0, 1.0]), -3.0, 1.0).unwrap().into());
        let parts =
            vec![(1.0, build(Family::Normal, &[0.0, 1.0])), (2.0, build(Family::Normal, &[1.0, 2.0]))];
        members.push(Mixture::new(parts).unwrap().into());
        members
    }

    /// Asserts the documented bound at u ≤ ½ and at 1 − u.
    fn assert_bound(table: &QuantileTable, member: &Distribution, u: f64) {
        for (at, t) in [(u, u), (1.0 - u, 1.0 - (1.0 - u))] {
            let x = table.quantile(at);
            let mass = if at <= 0.5 { member.cdf(x) } else { member.survival(x) };
            let rounding = 8.0 * f64::EPSILON * x.abs() * member.pdf(x);
            assert!((mass - t).abs() <= TOLERANCE * t + rounding, "{member:?} at {at:e}: {x}, mass {mass:e}");
        }
    }

    #[test]
    fn the_bound_holds_between_the_points_that_were_checked() {
        for member in smooth() {
            let table = QuantileTable::build(&member).unwrap_or_else(|| panic!("{member:?}"));
            for step in 0..20_000 {
                assert_bound(&table, &member, 0.5 * 0.9988f64.powi(step));
            }
        }
    }

    #[test]
    fn quintics_stand_in_where_quadratics_miss_the_bound() {
        let is_quintic =
            |member: &Distribution| matches!(QuantileTable::build(member).unwrap().cells, Cells::Quintic(_));
        let (quintic, quadratic): (Vec<_>, Vec<_>) = smooth().into_iter().partition(is_quintic);
        assert!(quintic.contains(&build(Family::Beta, &[0.12, 1.0])) && quadratic.len() > 20, "{quintic:?}");
    }

    #[test]
    fn columns_have_the_bits_of_single_draws_and_never_fall() {
        for member in smooth() {
            let table = QuantileTable::build(&member).unwrap();
            let mut u: Vec<f64> = (0..5000).map(|k| (f64::from(k) + 0.37) / 5000.0).collect();
            u.extend([0.0, 1e-300, 1e-12, LEAST.next_down(), LEAST, 0.5, 1.0 - 1e-12, 1.0]);
            u.sort_by(f64::total_cmp);
            let mut column = vec![0.0; u.len()];
            table.fill(&u, &mut column);
            for (x, &u) in column.iter().zip(&u) {
                assert_eq!(x.to_bits(), table.quantile(u).to_bits(), "{member:?} at {u:e}");
            }
            for pair in column.windows(2) {
                let falls = pair[1] < pair[0] - 4.0 * f64::EPSILON * pair[0].abs();
                assert!(!falls, "{member:?}: {pair:?}");
            }
            assert_eq!((column[0], column[column.len() - 1]), member.support());
            assert!(
                table.quantile(f64::NAN).is_nan()
                    && table.quantile(-0.1).is_nan()
                    && table.quantile(1.1).is_nan()
            );
        }
    }

    #[test]
    fn what_is_not_smooth_has_no_table() {
        assert_eq!(QuantileTable::build(&build(Family::Poisson, &[4.0])), None);
        assert_eq!(QuantileTable::build(&build(Family::Triangular, &[0.0, 0.3, 1.0])), None);
        let gap =
            vec![(1.0, build(Family::Uniform, &[0.0, 1.0])), (2.0, build(Family::Uniform, &[5.0, 6.0]))];
        assert_eq!(QuantileTable::build(&Mixture::new(gap).unwrap().into()), None);
        assert_eq!(QuantileTable::build(&build(Family::Beta, &[1e-3, 1.0])), None);
    }
}
