//! Two variables whose normals are correlated: how their own correlation follows.
//!
//! With v and w the functions of the normals that the variables are, each with mean 0 and variance 1, and c_k and d_k their
//! coefficients in normalised Hermite polynomials, the correlation is Σ c_k d_k r^k where that of the normals is r (Mehler
//! 1866; Lancaster 1957). In a t copula that holds given what divides the normals, and is summed over its values. The sum
//! ends where nothing is left, or after [`MOST_TERMS`]. What is left of it is known at r = ±1, where one variable follows
//! from the other; between, it falls as what two jumps leave, whose terms go down with k^(−3/2).

use std::f64::consts::PI;

use super::profile::Profile;
use super::t_copula::divisors;
use super::{StudentT, Univariate};
use crate::math::elementary::{exp, ln};
use crate::math::quadrature::{integrate, rule};
use crate::math::roots::brent;
use crate::math::special::{Tails, erfc, normal_cdf, normal_pdf, normal_quantile, normal_quantile_upper};

/// The most terms of a series.
const MOST_TERMS: usize = 2048;

/// The most operations that the coefficients of one variable take.
const MOST_WORK: usize = 40_000_000;

/// A coefficient that is nothing but rounding.
const NOTHING: f64 = 1e-11;

/// As far out as a normal is looked at, and as far as it is in any case.
const FARTHEST: i32 = 38;
const NEAR: i32 = 9;

/// How the correlation of two variables follows from that of their normals.
///
/// ```
/// use foretell::distribution::{Family, Joint, Measure, Profile};
/// let law = Family::LogNormal.build(&[0.0, 1.0])?;
/// let profile = Profile::new(&law, Measure::Values).unwrap();
/// let joint = Joint::new(&profile, &profile, None).unwrap();
/// let exact = |r: f64| r.exp_m1() / 1f64.exp_m1();
/// assert!((joint.given(0.4) - exact(0.4)).abs() < 1e-9);
/// assert!((joint.reach().0 - exact(-1.0)).abs() < 1e-9);
/// assert!((joint.normal(exact(0.4)).unwrap() - 0.4).abs() < 1e-9);
/// assert_eq!(joint.normal(-0.5), None);
/// # Ok::<(), foretell::distribution::ParameterError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Joint {
    /// By the power of r.
    terms: Vec<f64>,
    /// The least and the greatest correlation.
    reach: (f64, f64),
    /// What the terms leave at r = 1, of even and of odd powers.
    rest: [f64; 2],
}

impl Joint {
    /// The law for these variables in a Gaussian copula, or in a t copula with some degrees of freedom. `None` if their
    /// tails are so heavy that it can't be computed.
    pub fn new(a: &Profile, b: &Profile, degrees: Option<f64>) -> Option<Joint> {
        let copula = Copula::new(degrees);
        let own = copula.coefficients(a)?;
        let other = copula.coefficients(b)?;
        let length = own[0].len().min(other[0].len());
        let term = |k: usize| -> f64 {
            copula.divisors.iter().zip(own.iter().zip(&other)).map(|((_, p), (c, d))| p * c[k] * d[k]).sum()
        };
        let terms: Vec<f64> = (0..length).map(term).collect();
        let reach = (extreme(a, b, -1.0), extreme(a, b, 1.0));
        let [least, greatest] = [reach.0 - sum(&terms, -1.0), reach.1 - sum(&terms, 1.0)];
        Some(Joint { terms, reach, rest: [0.5 * (greatest + least), 0.5 * (greatest - least)] })
    }

    /// The correlations that these variables can have lie between these (Fréchet 1951; Hoeffding 1940).
    pub fn reach(&self) -> (f64, f64) {
        self.reach
    }

    /// The correlation where that of the normals is `r`, in [−1, 1].
    pub fn given(&self, r: f64) -> f64 {
        let rest = self.rest[0] + if r < 0.0 { -self.rest[1] } else { self.rest[1] };
        sum(&self.terms, r) + rest * left(self.terms.len(), r.abs())
    }

    /// The correlation of the normals that makes a given one, if it can be reached.
    pub fn normal(&self, given: f64) -> Option<f64> {
        if !(self.reach.0 < given && given < self.reach.1) {
            return None;
        }
        brent(|r| self.given(r) - given, -1.0, 1.0, 1e-13)
    }
}

fn sum(terms: &[f64], r: f64) -> f64 {
    terms.iter().rev().fold(0.0, |sum, term| sum * r + term)
}

/// Σ k^(−3/2) r^k over k ≥ n against its value at r = 1, as an integral: e^(−x) − √(π x) erfc √x with x = −n ln r.
fn left(n: usize, r: f64) -> f64 {
    if r <= 0.0 {
        return 0.0;
    }
    let x = -(n as f64) * ln(r);
    exp(-x) - (PI * x).sqrt() * erfc(x.sqrt())
}

/// The correlation where one variable rises (1) or falls (−1) with the other.
fn extreme(a: &Profile, b: &Profile, sign: f64) -> f64 {
    let at = |profile: &Profile, z: f64| {
        profile.at(Tails { lower: normal_cdf(z), upper: normal_cdf(-z) }) * normal_pdf(z).sqrt()
    };
    let product = |z: f64| finite(at(a, z) * at(b, sign * z));
    let mut sum = 0.0;
    for side in [-1, 1] {
        for at in 0..FARTHEST {
            let from = if side < 0 { -at - 1 } else { at };
            let part = integrate(product, f64::from(from), f64::from(from + 1), 1e-12);
            sum += part;
            if at >= NEAR && part.abs() < 1e-20 {
                break;
            }
        }
    }
    sum.clamp(-1.0, 1.0)
}

/// Values at which no number is left count for nothing: that they would is seen in the variance.
fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { 0.0 }
}

/// What the normals are divided by, and the law of the quotient.
struct Copula {
    student: Option<StudentT>,
    /// Values, each with its probability.
    divisors: Vec<(f64, f64)>,
}

impl Copula {
    fn new(degrees: Option<f64>) -> Copula {
        let student = degrees.and_then(|degrees| StudentT::new(degrees, 0.0, 1.0).ok());
        Copula { student, divisors: divisors(degrees) }
    }

    fn level(&self, t: f64) -> Tails {
        match &self.student {
            None => Tails { lower: normal_cdf(t), upper: normal_cdf(-t) },
            Some(law) => law.tails(t),
        }
    }

    fn quantile(&self, level: Tails) -> f64 {
        let is_lower = level.lower <= level.upper;
        match &self.student {
            None if is_lower => normal_quantile(level.lower),
            None => normal_quantile_upper(level.upper),
            Some(law) if is_lower => law.quantile(level.lower),
            Some(law) => law.quantile_upper(level.upper),
        }
    }

    /// A variable's coefficients for each divisor; `None` if its variance can't be told from what is looked at.
    fn coefficients(&self, profile: &Profile) -> Option<Vec<Vec<f64>>> {
        let slices: Vec<Slice> = match profile.jumps() {
            Some((first, jumps)) => {
                let jumps: Vec<(f64, f64)> = jumps.map(|(level, by)| (self.quantile(level), by)).collect();
                self.divisors.iter().map(|(divisor, _)| Slice::of_jumps(first, &jumps, *divisor)).collect()
            }
            None => {
                let at = |t: f64| finite(profile.at(self.level(t)));
                self.divisors.iter().map(|(divisor, _)| Slice::of_curve(|z| at(z / divisor))).collect()
            }
        };
        let variance = |one: (&Slice, &(f64, f64))| one.1.1 * one.0.square;
        let total: f64 = slices.iter().zip(&self.divisors).map(variance).sum();
        let is_whole = profile.jumps().is_some() || (total - 1.0).abs() < 1e-4;
        is_whole.then(|| expand(slices))
    }
}

/// Where what divides the normals is given: nodes and weights whose sums with the polynomials are the coefficients of a
/// function. Weights and polynomials have the root of the normal density each, so that neither overflows.
struct Slice {
    nodes: Vec<(f64, f64)>,
    /// Whether the nodes are jumps: the k-th coefficient is then that of the polynomial before, by √k.
    is_jumps: bool,
    /// The mean, for jumps.
    first: f64,
    /// The mean square, for a curve.
    square: f64,
}

impl Slice {
    /// A function that jumps by so much at each point: as h_k′ = √k h_(k−1), its coefficients are sums over the jumps.
    fn of_jumps(first: f64, jumps: &[(f64, f64)], divisor: f64) -> Slice {
        let points = jumps.iter().map(|(t, by)| (t * divisor, *by));
        let inside: Vec<(f64, f64)> = points.clone().filter(|(z, _)| z.abs() < f64::from(FARTHEST)).collect();
        let mean = first + points.map(|(z, by)| by * normal_cdf(-z)).sum::<f64>();
        let nodes = inside.into_iter().map(|(z, by)| (z, by * normal_pdf(z).sqrt())).collect();
        Slice { nodes, first: mean, is_jumps: true, square: 0.0 }
    }

    /// Any other function, by quadrature. What lies far out is looked at as long as it matters.
    fn of_curve(value: impl Fn(f64) -> f64) -> Slice {
        let scaled = |z: f64| value(z) * normal_pdf(z).sqrt();
        let (mut nodes, mut square) = (Vec::new(), 0.0);
        for side in [-1.0, 1.0] {
            for quarter in 0..4 * FARTHEST {
                let (from, to) = (0.25 * f64::from(quarter), 0.25 * f64::from(quarter + 1));
                let (low, high) = if side < 0.0 { (-to, -from) } else { (from, to) };
                let mut size = 0.0;
                for (z, weight) in rule(scaled, low, high, 1e-13, 60) {
                    let value = scaled(z);
                    size += weight * value * value;
                    nodes.push((z, weight * value));
                }
                square += size;
                if quarter >= 4 * NEAR && size < 1e-22 {
                    break;
                }
            }
        }
        Slice { nodes, first: 0.0, is_jumps: false, square }
    }
}

/// The coefficients of all slices, as many of each as one of them needs.
fn expand(slices: Vec<Slice>) -> Vec<Vec<f64>> {
    let nodes: usize = slices.iter().map(|slice| slice.nodes.len()).sum();
    let most = (MOST_WORK / nodes.max(1)).clamp(64, MOST_TERMS);
    let mut series: Vec<Series> = slices.into_iter().map(Series::new).collect();
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); series.len()];
    let mut small = 0;
    while found[0].len() < most && !(small >= 8 && series.iter().all(Series::is_whole)) {
        let next: Vec<f64> = series.iter_mut().map(Series::next).collect();
        let is_small = next.iter().all(|one| one.abs() < NOTHING);
        small = if is_small { small + 1 } else { 0 };
        found.iter_mut().zip(next).for_each(|(own, one)| own.push(one));
    }
    found
}

/// The coefficients of a slice, one after the other.
struct Series {
    slice: Slice,
    count: usize,
    /// The last two polynomials at the nodes.
    polynomials: [Vec<f64>; 2],
    /// What the squares of the coefficients still lack.
    lacking: f64,
}

impl Series {
    fn new(slice: Slice) -> Series {
        let first = slice.nodes.iter().map(|(z, _)| normal_pdf(*z).sqrt()).collect();
        let lacking = slice.square;
        Series { polynomials: [vec![0.0; slice.nodes.len()], first], slice, count: 0, lacking }
    }

    /// Coefficients may be small at first and grow, as those of heavy tails do: they end where the variance is there.
    fn is_whole(&self) -> bool {
        self.slice.is_jumps || self.lacking < 1e-9
    }

    fn next(&mut self) -> f64 {
        let k = self.count as f64;
        self.count += 1;
        if self.slice.is_jumps && k == 0.0 {
            return self.slice.first;
        }
        let [before, last] = &mut self.polynomials;
        let sum: f64 = self.slice.nodes.iter().zip(last.iter()).map(|((_, weight), h)| weight * h).sum();
        // √(j + 1) h_(j+1) = z h_j − √j h_(j−1), for the last polynomial's degree j.
        let degree = if self.slice.is_jumps { k - 1.0 } else { k };
        let (down, up) = (degree.sqrt(), (degree + 1.0).sqrt());
        for ((z, _), (before, last)) in self.slice.nodes.iter().zip(before.iter_mut().zip(last.iter_mut())) {
            (*before, *last) = (*last, (z * *last - down * *before) / up);
        }
        let coefficient = if self.slice.is_jumps { sum / k.sqrt() } else { sum };
        self.lacking -= coefficient * coefficient;
        coefficient
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)]
mod tests {
    use super::*;
    use crate::distribution::{Distribution, Family, Measure};

    fn joint(laws: [(Family, &[f64]); 2], measure: Measure, degrees: Option<f64>) -> Joint {
        let [a, b] = laws
            .map(|(family, parameters)| Profile::new(&family.build(parameters).unwrap(), measure).unwrap());
        Joint::new(&a, &b, degrees).unwrap()
    }

    const CORRELATIONS: [f64; 9] = [-0.999, -0.9, -0.5, -0.1, 0.0, 0.3, 0.7, 0.95, 0.999];

    /// (e^(r s t) − 1) / √((e^(s²) − 1)(e^(t²) − 1)).
    #[test]
    fn lognormals_have_their_closed_form() {
        for (s, t) in [(0.2, 0.2), (1.0, 1.0), (0.5, 2.0), (3.0, 0.7), (3.0, 3.0)] {
            let laws = [(Family::LogNormal, &[0.0, s][..]), (Family::LogNormal, &[1.0, t])];
            let found = joint(laws, Measure::Values, None);
            let exact = |r: f64| (r * s * t).exp_m1() / ((s * s).exp_m1() * (t * t).exp_m1()).sqrt();
            for r in CORRELATIONS {
                assert!(
                    (found.given(r) - exact(r)).abs() < 1e-9,
                    "{s} {t} {r}: {} {}",
                    found.given(r),
                    exact(r)
                );
            }
            assert!(
                (found.reach().0 - exact(-1.0)).abs() < 1e-9 && (found.reach().1 - exact(1.0)).abs() < 1e-9
            );
        }
    }

    #[test]
    fn uniforms_and_normals_have_theirs() {
        let uniform = (Family::Uniform, &[2.0, 5.0][..]);
        let normal = (Family::Normal, &[1.0, 3.0][..]);
        for r in CORRELATIONS {
            let both = joint([uniform, uniform], Measure::Values, None).given(r);
            assert!((both - 6.0 / PI * (0.5 * r).asin()).abs() < 1e-9, "{r}: {both}");
            // E[w Φ(w)] = 1 / (2 √π).
            let mixed = joint([uniform, normal], Measure::Values, None).given(r);
            assert!((mixed - r * (3.0 / PI).sqrt()).abs() < 1e-9, "{r}: {mixed}");
            let normals = joint([normal, normal], Measure::Values, None).given(r);
            assert!((normals - r).abs() < 1e-12, "{r}: {normals}");
        }
    }

    /// The quadrants of Sheppard (1899); with a normal, r φ(0) / ½.
    #[test]
    fn truths_at_the_median_have_theirs() {
        let truth = (Family::Bernoulli, &[0.5][..]);
        let normal = (Family::Normal, &[0.0, 1.0][..]);
        for r in CORRELATIONS {
            let both = joint([truth, truth], Measure::Values, None);
            let exact = 2.0 / PI * r.asin();
            assert!((both.given(r) - exact).abs() < 1e-5, "{r}: {} {exact}", both.given(r));
            if r.abs() < 0.96 {
                assert!((both.given(r) - exact).abs() < 1e-9, "{r}: {} {exact}", both.given(r));
            }
            let mixed = joint([truth, normal], Measure::Values, None).given(r);
            assert!((mixed - r * (2.0 / PI).sqrt()).abs() < 1e-9, "{r}: {mixed}");
            let ranks = joint([truth, truth], Measure::Ranks, None).given(r);
            assert!((ranks - both.given(r)).abs() < 1e-12, "{r}: {ranks}");
        }
    }

    /// By the integral of what one is on average, given the other: quadrature without polynomials.
    fn by_quadrature(laws: [&Distribution; 2], r: f64) -> f64 {
        let [a, b] = laws.map(|law| Profile::new(law, Measure::Values).unwrap());
        let at =
            |profile: &Profile, z: f64| profile.at(Tails { lower: normal_cdf(z), upper: normal_cdf(-z) });
        let s = (1.0 - r * r).sqrt();
        let steps = |f: &dyn Fn(f64) -> f64| -> f64 {
            (-200..=200).map(|k| 0.05 * f64::from(k)).map(|z| 0.05 * normal_pdf(z) * f(z)).sum()
        };
        steps(&|z| at(&a, z) * steps(&|y| at(&b, r * z + s * y)))
    }

    #[test]
    fn smooth_laws_agree_with_plain_quadrature() {
        let laws: Vec<Distribution> = [
            (Family::Exponential, &[2.0][..]),
            (Family::Beta, &[2.0, 5.0]),
            (Family::Gamma, &[0.5, 1.0]),
            (Family::StudentT, &[5.0, 0.0, 1.0]),
            (Family::Weibull, &[0.8, 1.0]),
        ]
        .into_iter()
        .map(|(family, parameters)| family.build(parameters).unwrap())
        .collect();
        for (i, a) in laws.iter().enumerate() {
            for b in &laws[..=i] {
                let [one, other] = [a, b].map(|law| Profile::new(law, Measure::Values).unwrap());
                let found = Joint::new(&one, &other, None).unwrap();
                for r in [-0.6, 0.3, 0.8] {
                    let exact = by_quadrature([a, b], r);
                    assert!(
                        (found.given(r) - exact).abs() < 2e-9,
                        "{a:?} {b:?} {r}: {} {exact}",
                        found.given(r)
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_found_makes_what_was_asked_for() {
        for degrees in [None, Some(3.0)] {
            for laws in [
                [(Family::LogNormal, &[0.0, 1.0][..]), (Family::Poisson, &[3.0])],
                [(Family::Poisson, &[3.0]), (Family::Poisson, &[200.0])],
                [(Family::Triangular, &[0.0, 0.1, 1.0]), (Family::Bernoulli, &[0.02])],
            ] {
                let found = joint(laws, Measure::Values, degrees);
                let (low, high) = found.reach();
                for share in [0.001, 0.2, 0.5, 0.9, 0.999] {
                    let asked = low + share * (high - low);
                    let r = found.normal(asked).unwrap();
                    assert!((found.given(r) - asked).abs() < 1e-10, "{laws:?} {degrees:?} {asked}");
                }
                assert!(found.normal(low - 1e-6).is_none() && found.normal(high + 1e-6).is_none());
            }
        }
    }

    /// Uniforms in a t copula have Spearman's correlation.
    #[test]
    fn a_t_copula_has_its_own() {
        let uniform = (Family::Uniform, &[0.0, 1.0][..]);
        for degrees in [1.0, 4.0, 30.0] {
            let law = crate::distribution::RankLaw::new(degrees);
            let found = joint([uniform, uniform], Measure::Values, Some(degrees));
            for r in [-0.8, -0.2, 0.0, 0.5, 0.9] {
                assert!((found.given(r) - law.rank(r).0).abs() < 1e-7, "{degrees} {r}: {}", found.given(r));
            }
        }
    }

    #[test]
    fn what_is_too_heavy_is_not_told() {
        let law = Family::LogNormal.build(&[0.0, 25.0]).unwrap();
        let profile = Profile::new(&law, Measure::Values).unwrap();
        assert!(Joint::new(&profile, &profile, None).is_none());
    }
}
