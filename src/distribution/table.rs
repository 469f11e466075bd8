//! Quantile functions as tables, for columns of draws.

use super::Distribution;
use crate::kernel;
use crate::math::level::Level;

/// Binary orders of magnitude of the tail mass that the table spans on each side; beyond, the exact quantile answers.
const OCTAVES: usize = 15;
/// The least tail mass in the table, 2^-16: one draw in 33,000 lies beyond.
const LEAST: f64 = 1.0 / 65536.0;
/// Bits of [`LEAST`].
const LEAST_BITS: u64 = (1023 - 16) << 52;
/// Rows of a side of the table, in units of the cells of an octave: the last bits of the exponents −16 to −1 all differ.
const EXPONENTS: usize = 16;
/// Rows of a table of cubics.
const ROWS: usize = 2 * (EXPONENTS << *CUBIC_FINENESS.end());
/// The bits of the mantissa, and of 1.
const MANTISSA: u64 = (1 << 52) - 1;
const ONE: u64 = 1023 << 52;
/// Quintic cells of an octave, as powers of two, from the first tried to the last.
const FINENESS: std::ops::RangeInclusive<u32> = 4..=5;
/// Cubic cells of an octave, as powers of two, from the first tried to the last.
const CUBIC_FINENESS: std::ops::RangeInclusive<u32> = 5..=6;
/// The error of the table in the distribution function, relative to the mass of the nearer tail.
const TOLERANCE: f64 = 1e-8;

/// The quantile function of a continuous distribution as a table of polynomials.
///
/// u is split at ½ and the tail mass t = min(u, 1 − u) looked up by its binary exponent and the top bits of its mantissa;
/// the rest of the mantissa is the argument of a polynomial. Quintics have the value, slope and curvature of the quantile
/// function at both ends of the cell; where finer cells allow it they are replaced by cubics, which are quicker. Nothing is
/// searched, and both tails keep their relative accuracy: |cdf(table(u)) − u| is at most 1e-8 · min(u, 1 − u), plus what a
/// few roundings of the value do. Where t is below 2^-16, the exact quantile answers.
///
/// ```
/// use foretell::distribution::{Family, Table};
/// let beta = Family::Beta.build(&[8.0, 2.0])?;
/// let table = Table::build(&beta).expect("smooth and continuous");
/// assert!((beta.cdf(table.quantile(0.05)) - 0.05).abs() < 1e-9);
/// # Ok::<(), foretell::distribution::ParameterError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    distribution: Distribution,
    /// Cells of an octave are 2^fineness.
    fineness: u32,
    cells: Cells,
}

/// Polynomials of the lower side, then of the upper one. A row's place in its side is the last bits of its exponent and the
/// first of its mantissa, so that finding it takes a shift and a mask.
#[derive(Clone, Debug, PartialEq)]
enum Cells {
    Cubic(Box<Cubics>),
    /// Coefficients from the constant upwards.
    Quintic(Vec<[f64; 6]>),
}

/// Cubics as columns of three numbers: the constant, the linear coefficient, and the other two in one ([`pack`]). Three
/// gathers in place of the four of whole rows: 34.5 against 36 ns a draw of `benches/models/summit.toml` with AVX-512, and
/// the same with AVX2.
#[derive(Clone, Debug, PartialEq)]
struct Cubics([[f64; ROWS]; 3]);

/// Both sides in one list, each cell in its row.
fn both<const N: usize>(fineness: u32, lower: &[[f64; N]], upper: &[[f64; N]]) -> Vec<[f64; N]> {
    let side = EXPONENTS << fineness;
    let mut rows = vec![[0.0; N]; 2 * side];
    for (cells, half) in [lower, upper].into_iter().zip(rows.chunks_mut(side)) {
        for (at, cell) in cells.iter().enumerate() {
            half[((LEAST_BITS >> (52 - fineness)) as usize + at) % side] = *cell;
        }
    }
    rows
}

impl Cubics {
    fn of(rows: &[[f64; 3]]) -> Option<Box<Cubics>> {
        let mut cubics = Box::new(Cubics([[0.0; ROWS]; 3]));
        for (at, row) in rows.iter().enumerate() {
            for (column, value) in cubics.0.iter_mut().zip(row) {
                *column.get_mut(at)? = *value;
            }
        }
        Some(cubics)
    }

    #[inline(always)]
    fn value(&self, row: usize, s: f64) -> f64 {
        let [constants, slopes, others] = &self.0;
        let row = row % ROWS;
        packed_value([constants[row], slopes[row], others[row]], s)
    }
}

/// The coefficient of s² with that of s³ as the last 32 bits of its mantissa. Each keeps 20 bits, which is off by less than
/// a tenth of the tolerance; the cell's ends stay where they are, because the linear coefficient makes up for it.
fn pack(start: f64, end: f64, square: f64, cube: f64) -> [f64; 3] {
    let square = f64::from_bits((square.to_bits() & !0xffff_ffff) | (cube.to_bits() >> 32));
    [start, end - start - square - unpacked(square), square]
}

/// The coefficient of s³.
#[inline(always)]
fn unpacked(square: f64) -> f64 {
    f64::from_bits(square.to_bits() << 32)
}

#[inline(always)]
fn packed_value([constant, slope, square]: [f64; 3], s: f64) -> f64 {
    constant + s * (slope + s * (square + s * unpacked(square)))
}

impl Table {
    /// The table of a continuous distribution. `None` if some mass lies on single points, or if the bound fails even
    /// with 32 cells an octave, as where the density jumps or has a kink.
    ///
    /// Takes 0.1 to 0.4 ms where the distribution function takes 0.1 µs.
    pub fn build(distribution: &Distribution) -> Option<Table> {
        if distribution.has_atoms() {
            return None;
        }
        FINENESS.into_iter().find_map(|fineness| {
            let lower = Side::Lower.cells(distribution, fineness)?;
            let upper = Side::Upper.cells(distribution, fineness)?;
            let cubic = CUBIC_FINENESS.into_iter().find_map(|finer| {
                let (lower, upper) = (cubics(&lower, fineness, finer)?, cubics(&upper, fineness, finer)?);
                Some((finer, Cells::Cubic(Cubics::of(&both(finer, &lower, &upper))?)))
            });
            let quintic = || (fineness, Cells::Quintic(both(fineness, &lower, &upper)));
            let (fineness, cells) = cubic.unwrap_or_else(quintic);
            Some(Table { distribution: distribution.clone(), fineness, cells })
        })
    }

    /// The quantile at u, by the table. The ends of the support at 0 and 1; NaN outside and for NaN.
    pub fn quantile(&self, u: f64) -> f64 {
        let (cell, s, inside) = locate(self.fineness, u);
        match &self.cells {
            _ if !inside => self.beyond(u),
            Cells::Cubic(cells) => cells.value(cell, s),
            Cells::Quintic(cells) => value(&cells[cell], s),
        }
    }

    /// The outermost values of the table.
    fn ends(&self) -> (f64, f64) {
        let ends = [LEAST, 1.0 - LEAST].map(|u| locate(self.fineness, u).0);
        let [lowest, highest] = ends.map(|row| match &self.cells {
            Cells::Cubic(cells) => cells.0[0][row],
            Cells::Quintic(cells) => cells[row][0],
        });
        (lowest, highest)
    }

    /// The exact quantile, held to the outer side of the table's last value.
    fn beyond(&self, u: f64) -> f64 {
        let exact = self.distribution.quantile(u);
        let (lowest, highest) = self.ends();
        let inward = (u < 0.5 && exact > lowest) || (u > 0.5 && exact < highest);
        match inward {
            true if u < 0.5 => lowest,
            true => highest,
            false => exact,
        }
    }

    /// The quantile at each u; the same bits as [`quantile`](Self::quantile). The shorter length counts.
    pub fn fill(&self, u: &[f64], out: &mut [f64]) {
        self.fill_on(Level::best(), u, out);
    }

    /// As [`fill`](Self::fill), on a chosen level: the same bits on each.
    pub fn fill_on(&self, level: Level, u: &[f64], out: &mut [f64]) {
        let mut all_inside = true;
        match &self.cells {
            Cells::Cubic(cells) => fill_cubic(level, cells, self.fineness, u, out, &mut all_inside),
            Cells::Quintic(cells) => fill_quintic(level, cells, self.fineness, u, out, &mut all_inside),
        }
        if !all_inside {
            self.fill_beyond(u, out);
        }
    }

    /// Rare far tails, one by one.
    #[cold]
    fn fill_beyond(&self, u: &[f64], out: &mut [f64]) {
        for (out, &u) in out.iter_mut().zip(u) {
            if !locate(self.fineness, u).2 {
                *out = self.beyond(u);
            }
        }
    }
}

/// The row of u, the place in its cell from 0 to 1, and whether the table holds u at all (else both are arbitrary).
#[inline(always)]
fn locate(fineness: u32, u: f64) -> (usize, f64, bool) {
    let rest = 1.0 - u;
    let is_upper = u > 0.5;
    let t = if is_upper { rest } else { u };
    let bits = t.to_bits();
    let side = EXPONENTS << fineness;
    let row = (bits >> (52 - fineness)) as usize & (side - 1);
    let s = f64::from_bits(((bits << fineness) & MANTISSA) | ONE) - 1.0;
    (if is_upper { row | side } else { row }, s, t >= LEAST)
}

#[inline(always)]
fn look_up(
    u: &[f64],
    out: &mut [f64],
    all_inside: &mut bool,
    fineness: u32,
    value: impl Fn(usize, f64) -> f64,
) {
    let mut inside = true;
    for (out, &u) in out.iter_mut().zip(u) {
        let (row, s, holds) = locate(fineness, u);
        *out = value(row, s);
        inside &= holds;
    }
    *all_inside = inside;
}

kernel! {
    fn fill_cubic(cells: &Cubics, fineness: u32, u: &[f64], out: &mut [f64], all_inside: &mut bool) {
        look_up(u, out, all_inside, fineness, #[inline(always)] |row, s| cells.value(row, s));
    }
}

kernel! {
    fn fill_quintic(cells: &[[f64; 6]], fineness: u32, u: &[f64], out: &mut [f64], all_inside: &mut bool) {
        // The mask tells the compiler that no row is out of bounds, so that it may gather eight at once.
        let last = cells.len() - 1;
        look_up(u, out, all_inside, fineness, #[inline(always)] |row: usize, s| value(&cells[row & last], s));
    }
}

/// A polynomial at s, by Horner's rule.
#[inline(always)]
fn value<const N: usize>(c: &[f64; N], s: f64) -> f64 {
    let mut sum = c[N - 1];
    let mut at = N - 1;
    while at > 0 {
        at -= 1;
        sum = c[at] + s * sum;
    }
    sum
}

/// The derivative of a quintic at s.
fn slope(c: &[f64; 6], s: f64) -> f64 {
    value(&[c[1], 2.0 * c[2], 3.0 * c[3], 4.0 * c[4], 5.0 * c[5]], s)
}

/// The quintics of one side, cut finer and replaced by cubics with their values and slopes at the ends; `None` if a cubic is
/// off by more than a fifth of the tolerance.
fn cubics(quintics: &[[f64; 6]], fineness: u32, finer: u32) -> Option<Vec<[f64; 3]>> {
    let parts = 1usize << (finer - fineness);
    let (median, cells) = quintics.split_last()?;
    let mut found = Vec::with_capacity(cells.len() * parts + 1);
    for (index, cell) in cells.iter().enumerate() {
        // In units of the cell's width, the tail mass at its start is that of the octave's cells below it.
        let start = ((1 << fineness) + index % (1 << fineness)) as f64;
        for part in 0..parts {
            let (s, step) = (part as f64 / parts as f64, 1.0 / parts as f64);
            let (p, q) = (value(cell, s), value(cell, s + step));
            let (dp, dq) = (slope(cell, s) * step, slope(cell, s + step) * step);
            let cubic = pack(p, q, 3.0 * (q - p) - 2.0 * dp - dq, 2.0 * (p - q) + dp + dq);
            let middle = s + 0.5 * step;
            let (exact, error) = (value(cell, middle), packed_value(cubic, 0.5) - value(cell, middle));
            let allowed = 0.2 * TOLERANCE * (start + middle) * slope(cell, middle).abs();
            if error.abs() > allowed + 2.0 * f64::EPSILON * exact.abs() || !error.is_finite() {
                return None;
            }
            found.push(cubic);
        }
    }
    found.push([median[0], 0.0, 0.0]);
    Some(found)
}

/// Which tail the mass t is of.
#[derive(Copy, Clone)]
enum Side {
    Lower,
    Upper,
}

/// The quantile as a function of t at a point: its value and first two derivatives.
#[derive(Copy, Clone)]
struct Node {
    x: f64,
    slope: f64,
    curvature: f64,
}

impl Side {
    /// The cells of one side and the median; `None` if one of them misses the bound. They are made from the median
    /// outwards, each guessing the next.
    fn cells(self, distribution: &Distribution, fineness: u32) -> Option<Vec<[f64; 6]>> {
        let count = OCTAVES << fineness;
        let start = |cell: usize| f64::from_bits(LEAST_BITS + ((cell as u64) << (52 - fineness)));
        let mut cells = vec![[0.0; 6]; count + 1];
        let mut right = self.node(distribution, 0.5, distribution.quantile(0.5))?;
        cells[count][0] = right.x;
        let mut guess = self.exact(distribution, start(count - 1));
        for cell in (0..count).rev() {
            let (t, end) = (start(cell), start(cell + 1));
            let width = end - t;
            let left = self.node(distribution, t, guess)?;
            cells[cell] = quintic(left, right, width, self.sign())?;
            self.check(distribution, &cells[cell], t, width)?;
            if cell > 0 {
                guess = value(&cells[cell], (start(cell - 1) - t) / width);
            }
            right = left;
        }
        Some(cells)
    }

    /// The mass on this side of x.
    fn mass(self, distribution: &Distribution, x: f64) -> f64 {
        match self {
            Side::Lower => distribution.cdf(x),
            Side::Upper => distribution.survival(x),
        }
    }

    fn exact(self, distribution: &Distribution, t: f64) -> f64 {
        match self {
            Side::Lower => distribution.quantile(t),
            Side::Upper => distribution.quantile_upper(t),
        }
    }

    /// dx/dt has this sign.
    fn sign(self) -> f64 {
        match self {
            Side::Lower => 1.0,
            Side::Upper => -1.0,
        }
    }

    /// The node at t: one step of Halley's method from a guess that is right to 1e-4 of t, else the exact quantile.
    fn node(self, distribution: &Distribution, t: f64, guess: f64) -> Option<Node> {
        let excess = self.mass(distribution, guess) - t;
        let density = distribution.pdf(guess);
        let newton = -self.sign() * excess / density;
        let bend = newton * distribution.log_slope(guess);
        let step = newton / (1.0 + 0.5 * bend);
        if excess.abs() <= 1e-6 * t && step.is_finite() {
            // So near, the density follows its own slope.
            return self.node_at(distribution, guess + step, density * (1.0 + bend));
        }
        let x = if excess.abs() <= 1e-4 * t { guess + step } else { self.exact(distribution, t) };
        self.node_at(distribution, x, distribution.pdf(x))
    }

    fn node_at(self, distribution: &Distribution, x: f64, density: f64) -> Option<Node> {
        // At an end where the density is infinite, x has no digits left to move by.
        if x.is_finite() && density == f64::INFINITY {
            return Some(Node { x, slope: 0.0, curvature: 0.0 });
        }
        let slope = self.sign() / density;
        let curvature = -slope * slope * distribution.log_slope(x);
        let usable = x.is_finite() && slope.is_finite() && curvature.is_finite();
        usable.then_some(Node { x, slope, curvature })
    }

    /// Whether the cell meets the bound at a place where the error of a quintic is near its greatest, off the middle so
    /// that a kink cannot hide by symmetry.
    fn check(self, distribution: &Distribution, cell: &[f64; 6], t: f64, width: f64) -> Option<()> {
        let place = 0.4375;
        let (t, x) = (t + place * width, value(cell, place));
        let error = (self.mass(distribution, x) - t).abs();
        let meets = error <= 0.8 * TOLERANCE * t
            || error <= 0.8 * TOLERANCE * t + 4.0 * f64::EPSILON * x.abs() * distribution.pdf(x);
        meets.then_some(())
    }
}

/// The quintic on a cell of this width, in its place from 0 to 1; `None` if it might not be monotone, by the order of its
/// Bézier points, which may be a few roundings off.
fn quintic(left: Node, right: Node, width: f64, sign: f64) -> Option<[f64; 6]> {
    let (p, q) = (left.x, right.x);
    let (dp, dq) = (left.slope * width, right.slope * width);
    let (ep, eq) = (left.curvature * width * width, right.curvature * width * width);
    let points = [p, p + 0.2 * dp, p + 0.4 * dp + 0.05 * ep, q - 0.4 * dq + 0.05 * eq, q - 0.2 * dq, q];
    let slack = 4.0 * f64::EPSILON * p.abs().max(q.abs());
    let monotone = points.windows(2).all(|pair| (pair[1] - pair[0]) * sign >= -slack);
    let a = q - p - dp - 0.5 * ep;
    let b = dq - dp - ep;
    let c = eq - ep;
    let coefficients =
        [p, dp, 0.5 * ep, 10.0 * a - 4.0 * b + 0.5 * c, 7.0 * b - 15.0 * a - c, 6.0 * a - 3.0 * b + 0.5 * c];
    monotone.then_some(coefficients)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{Family, Mixture, Scaled, Truncated};

    fn build(family: Family, parameters: &[f64]) -> Distribution {
        family.build(parameters).unwrap()
    }

    /// Smooth continuous distributions of every kind.
    fn smooth() -> Vec<Distribution> {
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
    fn assert_bound(table: &Table, member: &Distribution, u: f64) {
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
            let table = Table::build(&member).unwrap_or_else(|| panic!("{member:?}"));
            for step in 0..20_000 {
                assert_bound(&table, &member, 0.5 * 0.9988f64.powi(step));
            }
        }
    }

    #[test]
    fn columns_have_the_bits_of_single_draws_and_never_fall() {
        for member in smooth() {
            let table = Table::build(&member).unwrap();
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
        assert_eq!(Table::build(&build(Family::Poisson, &[4.0])), None);
        assert_eq!(Table::build(&build(Family::Triangular, &[0.0, 0.3, 1.0])), None);
        let gap =
            vec![(1.0, build(Family::Uniform, &[0.0, 1.0])), (2.0, build(Family::Uniform, &[5.0, 6.0]))];
        assert_eq!(Table::build(&Mixture::new(gap).unwrap().into()), None);
        assert_eq!(Table::build(&build(Family::Beta, &[1e-3, 1.0])), None);
    }
}
