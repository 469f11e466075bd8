//! Quadratics packed into two numbers a cell, for look-ups in columns.

use super::node::{Curve, Quintic, slope, value};

/// Numbers looked up together; enough for two registers of every level, and for the minimum to be taken lane by lane.
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
    for (index, (cell, room)) in curve.cells.iter().zip(&curve.room).enumerate() {
        let width = width(index);
        for part in 0..parts {
            let s = part as f64 * step;
            let row = pack(start, value(cell, s + 0.5 * step), value(cell, s + step), width)?;
            // Between three points where it is right, the error is near its greatest at the first two.
            for place in [0.211, 0.789, 1.0] {
                let error = error(cell, room, s + place * step, at(row, place * width));
                if error.is_nan() || error + curve.error > tolerance {
                    return None;
                }
            }
            rows.push(row);
            // The next one begins where this one ends, so that no rounding makes the quantile fall.
            start = at(row, width);
        }
    }
    rows.push([start, 0.0]);
    Some(rows)
}

/// By how much a value misses the quintic at s, relative to the mass of the nearer tail. What roundings of it do is no error.
fn error(cell: &Quintic, [left, right]: &[f64; 2], s: f64, found: f64) -> f64 {
    let exact = value(cell, s);
    let missed = (found - exact).abs() - 2.0 * f64::EPSILON * exact.abs();
    let room = left + s * (right - left);
    if missed <= 0.0 { 0.0 } else { missed / slope(cell, s).abs() / room }
}

/// The quadratic through three values, packed. Both coefficients keep 20 bits of their mantissas; the square makes up for what
/// the slope loses, so that the end stays where it is. `None` if a number is too small to be packed, or not finite.
fn pack(start: f64, middle: f64, end: f64, width: f64) -> Option<Row> {
    let rise = (end - start) / width;
    let bend = 2.0 * (start + end - 2.0 * middle) / (width * width);
    let mut slope = nearest(rise - bend * width, bend);
    // The square's bits move the slope a little, which moves the square less.
    for _ in 0..3 {
        slope = packed(slope.to_bits(), (rise - slope) / width);
    }
    let usable = |x: f64| x == 0.0 || x.is_normal();
    let monotone = slope * (slope + 2.0 * square(slope) * width) >= 0.0;
    (start.is_finite() && usable(slope) && usable(square(slope)) && monotone).then_some([start, slope])
}

/// The packed number nearest to a slope.
fn nearest(slope: f64, square: f64) -> f64 {
    let bits = slope.to_bits();
    let near =
        [bits, bits.wrapping_sub(LOW + 1), bits.wrapping_add(LOW + 1)].map(|bits| packed(bits, square));
    near.into_iter().min_by(|a, b| (a - slope).abs().total_cmp(&(b - slope).abs())).unwrap_or(slope)
}

/// The upper half of the slope's bits, then that of the square's.
fn packed(slope: u64, square: f64) -> f64 {
    f64::from_bits((slope & !LOW) | (square.to_bits() >> 32))
}
