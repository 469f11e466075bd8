//! Integrals of functions of one variable.

/// Most pieces; a noisy function is then taken as it is.
const MOST_PIECES: usize = 20_000;

/// ∫ f over [a, b] by adaptive Gauss–Kronrod quadrature with 7 and 15 nodes (Piessens et al. 1983, QUADPACK).
///
/// A piece is halved until both rules agree within `tolerance`, so that jumps and kinks are found; the 15-node value
/// that is then taken is far nearer than that for a smooth function. After 20 000 pieces, the rest are taken as they are.
///
/// ```
/// use foretell::math::quadrature::integrate;
/// let area = integrate(|x: f64| (x - 0.3).abs(), 0.0, 1.0, 1e-12);
/// assert!((area - 0.29).abs() < 1e-12);
/// ```
pub fn integrate(f: impl Fn(f64) -> f64, a: f64, b: f64, tolerance: f64) -> f64 {
    let mut sum = 0.0;
    for_each_piece(&f, (a, b), tolerance, MOST_PIECES, |_, _, value| sum += value);
    sum
}

/// The nodes and weights by which [`integrate`] takes the integral of `f`, in pieces of which at most `most` are halved: a
/// rule for integrals of `f` times anything that is smooth.
///
/// ```
/// use foretell::math::quadrature::rule;
/// let jump = |x: f64| f64::from(u8::from(x > 0.3));
/// let moment: f64 = rule(jump, 0.0, 1.0, 1e-12, 100).iter().map(|(x, weight)| weight * jump(*x) * x).sum();
/// assert!((moment - 0.455).abs() < 1e-12);
/// ```
pub fn rule(f: impl Fn(f64) -> f64, a: f64, b: f64, tolerance: f64, most: usize) -> Vec<(f64, f64)> {
    let mut nodes = Vec::new();
    for_each_piece(&f, (a, b), tolerance, most, |a, b, _| {
        let (middle, half) = (0.5 * (a + b), 0.5 * (b - a));
        nodes.push((middle, CENTRE.0 * half));
        for (node, weight, _) in NODES {
            nodes.extend([-node, node].map(|at| (middle + half * at, weight * half)));
        }
    });
    nodes
}

/// Calls `take` with every piece and its 15-node value, from left to right.
fn for_each_piece(
    f: &impl Fn(f64) -> f64,
    whole: (f64, f64),
    tolerance: f64,
    most: usize,
    mut take: impl FnMut(f64, f64, f64),
) {
    let mut pieces = vec![whole];
    let mut done = 0;
    while let Some((a, b)) = pieces.pop() {
        let (fine, coarse) = kronrod(f, a, b);
        let middle = 0.5 * (a + b);
        let splits = done < most && a < middle && middle < b;
        if splits && (fine - coarse).abs() > tolerance {
            pieces.push((middle, b));
            pieces.push((a, middle));
        } else {
            take(a, b, fine);
        }
        done += 1;
    }
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
