//! Integrals of functions of one variable.

/// Halvings after which a piece is taken as it is: a jump is then placed within 2^-40 of the interval.
const MOST_HALVINGS: u32 = 40;

/// ∫ f over [a, b] by adaptive Gauss–Kronrod quadrature with 7 and 15 nodes (Piessens et al. 1983, QUADPACK).
///
/// A piece is halved until both rules agree within `tolerance` times the piece's share of the interval; the
/// 15-node value that is then taken is far nearer than that for a smooth function. Jumps and kinks inside are found by
/// the halving.
///
/// ```
/// use foretell::math::quadrature::integrate;
/// let area = integrate(&|x: f64| (x - 0.3).abs(), 0.0, 1.0, 1e-12);
/// assert!((area - 0.29).abs() < 1e-12);
/// ```
pub fn integrate(f: &impl Fn(f64) -> f64, a: f64, b: f64, tolerance: f64) -> f64 {
    halved(f, a, b, tolerance, MOST_HALVINGS)
}

fn halved(f: &impl Fn(f64) -> f64, a: f64, b: f64, tolerance: f64, left: u32) -> f64 {
    let (fine, coarse) = kronrod(f, a, b);
    let agreed = (fine - coarse).abs() <= tolerance.max(1e-15 * fine.abs());
    if agreed || left == 0 || !fine.is_finite() {
        return fine;
    }
    let middle = 0.5 * (a + b);
    halved(f, a, middle, 0.5 * tolerance, left - 1) + halved(f, middle, b, 0.5 * tolerance, left - 1)
}

/// The 15-node and the 7-node value.
fn kronrod(f: &impl Fn(f64) -> f64, a: f64, b: f64) -> (f64, f64) {
    let (middle, half) = (0.5 * (a + b), 0.5 * (b - a));
    let centre = f(middle);
    let (mut fine, mut coarse) = (CENTRE.0 * centre, CENTRE.1 * centre);
    for &(node, fine_weight, coarse_weight) in &NODES {
        let pair = f(middle - half * node) + f(middle + half * node);
        fine += fine_weight * pair;
        coarse += coarse_weight * pair;
    }
    (fine * half, coarse * half)
}

/// Weights of the middle node, fine and coarse.
const CENTRE: (f64, f64) = (0.20948214108472782, 0.4179591836734694);

/// Positive nodes with their fine and coarse weights.
const NODES: [(f64, f64, f64); 7] = [
    (0.9914553711208126, 0.022935322010529224, 0.0),
    (0.9491079123427585, 0.06309209262997856, 0.1294849661688697),
    (0.8648644233597691, 0.10479001032225019, 0.0),
    (0.7415311855993945, 0.14065325971552592, 0.27970539148927664),
    (0.5860872354676911, 0.1690047266392679, 0.0),
    (0.4058451513773972, 0.19035057806478542, 0.3818300505051189),
    (0.20778495500789848, 0.20443294007529889, 0.0),
];
