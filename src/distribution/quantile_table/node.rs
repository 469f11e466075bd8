//! A quantile function followed node by node, and the quintics between the nodes.

use crate::distribution::Distribution;
use crate::math::special::{normal_cdf, normal_pdf};

/// Coefficients of a polynomial from the constant upwards.
pub(super) type Quintic = [f64; 6];

/// What the quantile is taken as a function of.
#[derive(Copy, Clone)]
pub(super) enum Axis {
    /// The mass t below x.
    Lower,
    /// The mass t above x.
    Upper,
    /// The standard normal z with Φ(z) below x.
    Normal,
}

/// Which tail a mass is of.
#[derive(Copy, Clone)]
enum Side {
    Lower,
    Upper,
}

/// A place on an axis: the mass t of the nearer tail, and its first two derivatives there.
#[derive(Copy, Clone)]
struct Place {
    side: Side,
    t: f64,
    slope: f64,
    curvature: f64,
}

/// The quantile at a place of an axis: its value and first two derivatives.
#[derive(Copy, Clone)]
struct Node {
    x: f64,
    slope: f64,
    curvature: f64,
}

/// Quintics between the nodes of an axis.
pub(super) struct Curve {
    pub(super) cells: Vec<Quintic>,
    /// At both ends of each, in units of its width, how far one could go until the mass of the nearer tail is used up, were its
    /// slope to stay.
    pub(super) room: Vec<[f64; 2]>,
    /// The greatest error of the distribution function that was found, relative to the mass of the nearer tail.
    pub(super) error: f64,
}

impl Axis {
    fn place(self, position: f64) -> Place {
        let straight = |side| Place { side, t: position, slope: 1.0, curvature: 0.0 };
        match self {
            Axis::Lower => straight(Side::Lower),
            Axis::Upper => straight(Side::Upper),
            Axis::Normal => {
                let (side, sign) = if position <= 0.0 { (Side::Lower, 1.0) } else { (Side::Upper, -1.0) };
                let slope = sign * normal_pdf(position);
                Place { side, t: normal_cdf(sign * position), slope, curvature: -position * slope }
            }
        }
    }

    /// Whether the quantile rises along the axis, as a sign.
    fn sign(self) -> f64 {
        if matches!(self, Axis::Upper) { -1.0 } else { 1.0 }
    }

    /// The quintics between `positions`, which rise; `None` if one of them is not known to be monotone or is off by more than
    /// `tolerance`. They are made from the last to the first, each guessing the next.
    pub(super) fn curve(
        self,
        distribution: &Distribution,
        positions: &[f64],
        tolerance: f64,
    ) -> Option<Curve> {
        let count = positions.len().checked_sub(1).filter(|count| *count > 0)?;
        let (mut cells, mut room) = (vec![[0.0; 6]; count], vec![[0.0; 2]; count]);
        let mut worst: f64 = 0.0;
        let mut end = self.place(positions[count]);
        let mut right = end.node(distribution, end.exact(distribution))?;
        let mut guess = self.place(positions[count - 1]).exact(distribution);
        for at in (0..count).rev() {
            let (position, width) = (positions[at], positions[at + 1] - positions[at]);
            let start = self.place(position);
            let left = start.node(distribution, guess)?;
            let cell = quintic(left, right, width, self.sign())?;
            worst = worst.max(self.error(distribution, &cell, position, width));
            if worst.is_nan() || worst > tolerance {
                return None;
            }
            if at > 0 {
                guess = value(&cell, (positions[at - 1] - position) / width);
            }
            (cells[at], room[at]) = (cell, [start.room() / width, end.room() / width]);
            (right, end) = (left, start);
        }
        Some(Curve { cells, room, error: worst })
    }

    /// The error of the distribution function, relative to the mass of the nearer tail, at a place where that of a quintic
    /// is near its greatest, off the middle so that a kink cannot hide by symmetry. What roundings of x do is no error.
    fn error(self, distribution: &Distribution, cell: &Quintic, start: f64, width: f64) -> f64 {
        let at = 0.4375;
        let (place, x) = (self.place(start + at * width), value(cell, at));
        let error = (place.side.mass(distribution, x) - place.t).abs();
        let rounding = 4.0 * f64::EPSILON * x.abs() * distribution.pdf(x);
        // Where the density is infinite, no rounding can be told.
        let excused = if rounding.is_finite() { rounding } else { 0.0 };
        (error - excused).max(0.0) / place.t
    }
}

impl Side {
    /// The mass on this side of x.
    fn mass(self, distribution: &Distribution, x: f64) -> f64 {
        match self {
            Side::Lower => distribution.cdf(x),
            Side::Upper => distribution.survival(x),
        }
    }

    /// dx/dt has this sign.
    fn sign(self) -> f64 {
        match self {
            Side::Lower => 1.0,
            Side::Upper => -1.0,
        }
    }
}

impl Place {
    /// How far one could go until the mass of the nearer tail is used up, were its slope to stay.
    fn room(self) -> f64 {
        (self.t / self.slope).abs()
    }

    fn exact(self, distribution: &Distribution) -> f64 {
        match self.side {
            Side::Lower => distribution.quantile(self.t),
            Side::Upper => distribution.quantile_upper(self.t),
        }
    }

    /// The node here: one step of Halley's method from a guess that is right to 1e-4 of t, else the exact quantile.
    fn node(self, distribution: &Distribution, guess: f64) -> Option<Node> {
        let (t, sign) = (self.t, self.side.sign());
        let excess = self.side.mass(distribution, guess) - t;
        let density = distribution.pdf(guess);
        let newton = -sign * excess / density;
        let bend = newton * distribution.log_slope(guess);
        let step = newton / (1.0 + 0.5 * bend);
        if excess.abs() <= 1e-6 * t && step.is_finite() {
            // So near, the density follows its own slope.
            return self.node_at(distribution, guess + step, density * (1.0 + bend));
        }
        let x = if excess.abs() <= 1e-4 * t { guess + step } else { self.exact(distribution) };
        self.node_at(distribution, x, distribution.pdf(x))
    }

    fn node_at(self, distribution: &Distribution, x: f64, density: f64) -> Option<Node> {
        // At an end where the density is infinite, x has no digits left to move by.
        if x.is_finite() && density == f64::INFINITY {
            return Some(Node { x, slope: 0.0, curvature: 0.0 });
        }
        // dx/dt and d²x/dt², then the chain rule.
        let by_mass = self.side.sign() / density;
        let bend = -by_mass * by_mass * distribution.log_slope(x);
        let slope = by_mass * self.slope;
        let curvature = bend * self.slope * self.slope + by_mass * self.curvature;
        let usable = x.is_finite() && slope.is_finite() && curvature.is_finite();
        usable.then_some(Node { x, slope, curvature })
    }
}

/// The quintic on a cell of this width, in its place from 0 to 1, with the value, slope and curvature of both nodes; `None` if
/// it might not be monotone, by the order of its Bézier points, which may be a few roundings off.
fn quintic(left: Node, right: Node, width: f64, sign: f64) -> Option<Quintic> {
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

/// A polynomial at s, by Horner's rule.
#[inline(always)]
pub(super) fn value<const N: usize>(c: &[f64; N], s: f64) -> f64 {
    let mut sum = c[N - 1];
    let mut at = N - 1;
    while at > 0 {
        at -= 1;
        sum = c[at] + s * sum;
    }
    sum
}
