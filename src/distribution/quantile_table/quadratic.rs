//! Quadratics packed into two numbers a cell, for look-ups in columns.

use super::node::{Curve, value};

/// Numbers looked up together; enough for two registers of every set, and for the minimum to be taken lane by lane.
const LANES: usize = 32;
/// The lower half of a number's bits.
const LOW: u64 = 0xffff_ffff;

/// Quadratics, each as two numbers: the constant, and the slope with the upper half of the bits of the coefficient of the
/// square as the lower half of its own. Two gathers in place of the three that cubics take: 0.50 in place of 0.76 ns a
/// look-up with AVX-512, 0.81 in place of 1.17 with AVX2.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quadratics {
    constants: Vec<f64>,
    slopes: Vec<f64>,
}

/// A cell: its constant, and its packed slope.
type Row = [f64; 2];

/// The coefficient of the square.
#[inline(always)]
fn square(slope: f64) -> f64 {
    f64::from_bits(slope.to_bits() << 32)
}

#[inline(always)]
fn at([constant, slope]: Row, s: f64) -> f64 {
    constant + s * (slope + s * square(slope))
}

impl Quadratics {
    /// Each row at its place; the number of places is a power of two.
    pub(super) fn placed(places: usize, rows: impl Iterator<Item = (usize, Row)>) -> Quadratics {
        let mut found = Quadratics { constants: vec![0.0; places], slopes: vec![0.0; places] };
        for (place, [constant, slope]) in rows {
            found.constants[place % places] = constant;
            found.slopes[place % places] = slope;
        }
        found
    }

    /// The value in a cell, at `s` from its start. Beyond the last, rows begin anew.
    pub(super) fn value(&self, row: usize, s: f64) -> f64 {
        let row = row % self.constants.len();
        at([self.constants[row], self.slopes[row]], s)
    }

    /// The value at each of `from`, and the least margin. `locate` gives the row (beyond the last, they begin anew), the place
    /// from its start, and the margin to the end of what may be looked up.
    #[inline(always)]
    pub(super) fn look_up(
        &self,
        from: &[f64],
        out: &mut [f64],
        least: &mut f64,
        locate: impl Fn(f64) -> (usize, f64, f64),
    ) {
        // Cut by it, both are known to reach as far as the last row, so that eight may be gathered at once.
        let Some(last) = self.constants.len().checked_sub(1) else { return };
        let (constants, slopes) = (&self.constants[..last + 1], &self.slopes[..last + 1]);
        let mut margins = [f64::INFINITY; LANES];
        let length = from.len().min(out.len());
        let (chunks, rest) = from[..length].as_chunks::<LANES>();
        let (out_chunks, more) = out[..length].as_chunks_mut::<LANES>();
        for (out, from) in out_chunks.iter_mut().zip(chunks) {
            for lane in 0..LANES {
                let (row, s, margin) = locate(from[lane]);
                out[lane] = at([constants[row & last], slopes[row & last]], s);
                margins[lane] = if margin < margins[lane] { margin } else { margins[lane] };
            }
        }
        *least = margins.iter().fold(f64::INFINITY, |a, b| if *b < a { *b } else { a });
        for (out, from) in more.iter_mut().zip(rest) {
            let (row, s, margin) = locate(*from);
            *out = at([constants[row & last], slopes[row & last]], s);
            *least = if margin < *least { margin } else { *least };
        }
    }
}

/// The quintics of a curve cut into `parts` each and replaced by quadratics that meet them at the ends and in the middle; with a
/// last row that stays at the end. `width` gives the width of a part of a quintic in the unit of the places. `None` if one
/// is off by more than `tolerance`, what the quintics are off by included.
pub(super) fn cut(
    curve: &Curve,
    parts: usize,
    width: impl Fn(usize) -> f64,
    tolerance: f64,
) -> Option<Vec<Row>> {
    let mut rows = Vec::with_capacity(curve.cells.len() * parts + 1);
    let mut start = curve.cells.first()?[0];
    let step = 1.0 / parts as f64;
    for (index, (cell, [left, right])) in curve.cells.iter().zip(&curve.room).enumerate() {
        let width = width(index);
        // What is left of the tolerance, in the unit of the places, as a line along the quintic.
        let share = (tolerance - curve.error) * width * parts as f64;
        for part in 0..parts {
            let s = part as f64 * step;
            let end = value(cell, s + step);
            let row = pack(start, value(cell, s + 0.5 * step), end, width)?;
            let is_near = |place: f64, exact: f64| {
                let allowed = share * (left + (s + place * step) * (right - left));
                misses_by(row, place * width, exact) <= allowed * slope_at(row, place * width).abs()
            };
            // Between three points where it is right, the error is near its greatest at these.
            let inside =
                [0.211, 0.789].into_iter().all(|place| is_near(place, value(cell, s + place * step)));
            if !inside || !is_near(1.0, end) {
                return None;
            }
            rows.push(row);
            // The next one begins where this one ends, so that no rounding makes the quantile fall.
            start = at(row, width);
        }
    }
    rows.push([start, 0.0]);
    Some(rows)
}

/// How far a value is from the exact one; what roundings of it do is no error.
fn misses_by(row: Row, s: f64, exact: f64) -> f64 {
    (at(row, s) - exact).abs() - 2.0 * f64::EPSILON * exact.abs()
}

fn slope_at([_, slope]: Row, s: f64) -> f64 {
    slope + 2.0 * s * square(slope)
}

/// The quadratic through three values, packed. Both coefficients keep 20 bits of their mantissas; the square makes up for what
/// the slope loses, so that the end stays where it is. `None` if a number is too small to be packed, or not finite.
fn pack(start: f64, middle: f64, end: f64, width: f64) -> Option<Row> {
    let per = 1.0 / width;
    let rise = (end - start) * per;
    let bend = 2.0 * (start + end - 2.0 * middle) * per * per;
    let mut slope = nearest(rise - bend * width, bend);
    // The square's bits move the slope a little, which moves the square less.
    for _ in 0..2 {
        slope = packed(slope.to_bits(), (rise - slope) * per);
    }
    let usable = |x: f64| x == 0.0 || x.is_normal();
    let monotone = slope * slope_at([start, slope], width) >= 0.0;
    (start.is_finite() && usable(slope) && usable(square(slope)) && monotone).then_some([start, slope])
}

/// The packed number nearest to a slope.
fn nearest(slope: f64, square: f64) -> f64 {
    let rounded = slope.to_bits().wrapping_add(1 << 31).wrapping_sub(square.to_bits() >> 32);
    packed(rounded, square)
}

/// The upper half of the slope's bits, then that of the square's.
fn packed(slope: u64, square: f64) -> f64 {
    f64::from_bits((slope & !LOW) | (square.to_bits() >> 32))
}

#[cfg(test)]
mod tests {
    use super::super::node::Axis;
    use super::*;
    use crate::distribution::Family;

    /// Beta(8, 2) from Φ(−3) to Φ(3), and quadratics of this many parts of each quintic.
    fn rows(parts: usize) -> Option<Vec<Row>> {
        let beta = Family::Beta.build(&[8.0, 2.0]).unwrap();
        let positions: Vec<f64> = (-96..=96).map(|at| f64::from(at) / 32.0).collect();
        let curve = Axis::Normal.curve(&beta, &positions, 1e-9).unwrap();
        cut(&curve, parts, |_| 1.0, 1e-8)
    }

    #[test]
    fn cells_that_are_too_wide_are_noticed() {
        assert!(rows(16).is_some() && rows(2).is_none());
    }

    #[test]
    fn a_cell_begins_where_the_one_before_it_ends() {
        for pair in rows(16).unwrap().windows(2) {
            assert_eq!(at(pair[0], 1.0).to_bits(), pair[1][0].to_bits());
        }
    }

    #[test]
    fn packing_takes_a_part_in_a_million_of_the_slope_and_leaves_the_end() {
        for (start, middle, end) in [(0.0, 0.51, 1.0), (3.0, 2.4, 2.0), (-1.0, -0.5, 0.0), (7.0, 7.0, 7.0)] {
            let row = pack(start, middle, end, 0.25).unwrap();
            let (rise, bend) = (4.0 * (end - start), 32.0 * (start + end - 2.0 * middle));
            let slope = rise - 0.25 * bend;
            // Half of the last of 20 bits; the end is off by as much of the square's share.
            assert!((row[1] - slope).abs() <= slope.abs() * 2f64.powi(-21), "{row:?}");
            assert!((at(row, 0.25) - end).abs() <= (end - start).abs() * 2f64.powi(-21), "{row:?}");
        }
        assert!(pack(0.0, 2.0, 1.0, 0.25).is_none(), "not monotone");
        assert!(pack(0.0, f64::NAN, 1.0, 0.25).is_none());
    }
}
