//! Roots of functions of one variable, always inside a bracket.

use super::elementary::exp;

/// Most evaluations that a solver spends; a bracket of floating-point numbers halves to nothing well before.
const MOST_STEPS: usize = 200;

/// The root of `f` between `low` and `high` by Brent's method (Brent 1973, chapter 4): secant and inverse quadratic
/// steps, with bisection wherever they do not shrink the bracket. `None` if `f` has the same sign, or is NaN, at both
/// ends. The answer is within `tolerance` + 4 ε |root| of a change of sign.
///
/// ```
/// use foretell::math::roots::brent;
/// let root = brent(|x| x * x - 2.0, 0.0, 2.0, 0.0).unwrap();
/// assert!((root - 2f64.sqrt()).abs() < 1e-15);
/// assert_eq!(brent(|x| x * x + 1.0, 0.0, 2.0, 0.0), None);
/// ```
pub fn brent(mut f: impl FnMut(f64) -> f64, low: f64, high: f64, tolerance: f64) -> Option<f64> {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa == 0.0 {
        return Some(a);
    }
    if fb == 0.0 {
        return Some(b);
    }
    if fa.is_nan() || fb.is_nan() || (fa > 0.0) == (fb > 0.0) {
        return None;
    }
    let (mut c, mut fc) = (a, fa);
    let mut step = b - a;
    let mut previous = step;
    for _ in 0..MOST_STEPS {
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc) = (a, fa);
            step = b - a;
            previous = step;
        }
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let least = 2.0 * f64::EPSILON * b.abs() + 0.5 * tolerance;
        let half = 0.5 * (c - b);
        if half.abs() <= least || fb == 0.0 {
            return Some(b);
        }
        let proposed = interpolated(a, b, c, fa, fb, fc);
        if previous.abs() >= least && fa.abs() > fb.abs() && fits(proposed, half, previous, least) {
            previous = step;
            step = proposed;
        } else {
            step = half;
            previous = half;
        }
        (a, fa) = (b, fb);
        b += if step.abs() > least { step } else { least.copysign(half) };
        fb = f(b);
    }
    Some(b)
}

/// The step from `b` that inverse quadratic interpolation, or the secant if two points coincide, suggests.
fn interpolated(a: f64, b: f64, c: f64, fa: f64, fb: f64, fc: f64) -> f64 {
    let s = fb / fa;
    if a == c {
        return (c - b) * s / (1.0 - s);
    }
    let (q, r) = (fa / fc, fb / fc);
    let p = s * ((c - b) * q * (q - r) - (b - a) * (r - 1.0));
    -p / ((q - 1.0) * (r - 1.0) * (s - 1.0))
}

/// Brent's conditions for taking an interpolated step: it stays within three quarters of the way to the far end, and
/// is less than half of the step before last.
fn fits(step: f64, half: f64, previous: f64, least: f64) -> bool {
    let toward = step * half > 0.0;
    toward && 2.0 * step.abs() < (3.0 * half.abs() - least).min(previous.abs())
}

/// What [`halley`] needs to know of a function r(x), increasing in w = ln x, at a point.
#[derive(Copy, Clone, Debug)]
pub struct Local {
    /// r, whose root is sought.
    pub value: f64,
    /// dr/dw, positive.
    pub slope: f64,
    /// (d²r/dw²) / (dr/dw).
    pub bend: f64,
}

/// The positive root of an increasing function by Halley's method in ln x, kept inside a shrinking bracket.
///
/// The functions are logarithms of tail probabilities against a target, so that |value| is a relative error. Steps
/// multiply x: a root at 1e-300 is as accurate as one at 1. Convergence is cubic, so the last step is taken when
/// |value| is at most 2e-6. Without a usable derivative the bracket is halved in the logarithm.
pub fn halley(start: f64, mut local: impl FnMut(f64) -> Local) -> f64 {
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut x = if start > 0.0 && start < f64::INFINITY { start } else { 1.0 };
    let mut reach = 4.0;
    for _ in 0..MOST_STEPS {
        let Local { value, slope, bend } = local(x);
        if value == 0.0 || value.is_nan() {
            return x;
        }
        if value < 0.0 {
            low = x
        } else {
            high = x
        }
        let newton = -value / slope;
        let step = newton / (1.0 + 0.5 * newton * bend).clamp(0.5, 4.0);
        let usable = step.is_finite() && step.abs() <= reach;
        if usable && value.abs() <= 2e-6 {
            return x + x * (step + 0.5 * step * step);
        }
        let next = if usable { x * exp(step) } else { x * exp(reach.copysign(-value)) };
        if !usable {
            reach *= 2.0;
        }
        let next = if next > low && next < high { next } else { low.sqrt() * high.sqrt() };
        let next = if next.is_finite() && next > 0.0 { next } else { retreat(low, high) };
        if next == x || next <= low || next >= high {
            return x;
        }
        x = next;
    }
    x
}

/// A point strictly inside a bracket one of whose ends is 0 or infinite.
fn retreat(low: f64, high: f64) -> f64 {
    match (low > 0.0, high.is_finite()) {
        (true, false) => {
            if low < 1e150 {
                low * 1e150
            } else {
                f64::MAX
            }
        }
        (false, true) => {
            if high > 1e-150 {
                high * 1e-150
            } else {
                high * 0.5
            }
        }
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brent_finds_roots_of_every_slope() {
        for power in [1, 3, 9] {
            let root = brent(|x: f64| x.powi(power) - 0.5, 0.0, 1.0, 1e-15).unwrap();
            assert!((root.powi(power) - 0.5).abs() < 1e-13, "power {power}: {root}");
        }
        let steep = brent(|x: f64| (1e6 * (x - 0.3)).clamp(-1.0, 1.0), -5.0, 7.0, 0.0).unwrap();
        assert!((steep - 0.3).abs() < 1e-15);
    }

    #[test]
    fn halley_reaches_far_roots_from_anywhere() {
        for target in [1e-280, 1e-9, 3.0, 1e250] {
            for start in [1e-300, 1e-3, 1.0, 1e200, f64::NAN] {
                let root = halley(start, |x| Local {
                    value: 0.7 * super::super::elementary::ln(x / target),
                    slope: 0.7,
                    bend: 0.0,
                });
                assert!((root / target - 1.0).abs() < 1e-13, "{start} -> {target}: {root}");
            }
        }
    }
}
