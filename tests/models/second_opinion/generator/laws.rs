//! Random laws.

use rand::RngExt;

use super::Maker;

impl Maker {
    /// A distribution with numbers for parameters, of values that are not large.
    pub(super) fn law(&mut self, depth: usize) -> String {
        let (a, b) = (self.within(0.6, 6.0), self.within(0.6, 6.0));
        let (m, s) = (self.within(-1.0, 1.5), self.within(0.2, 1.2));
        let p = self.within(0.15, 0.85);
        match self.rng.random_range(0..if depth == 0 { 27 } else { 20 }) {
            0 => format!("normal({m}, {s})"),
            1 => format!("lognormal({m}, {})", 0.5 * s),
            2 => format!("beta({a}, {b})"),
            3 => format!("uniform({m}, {})", m + s),
            4 => format!("triangular({m}, {}, {})", m + p * s, m + s),
            5 => format!("pert({m}, {}, {})", m + p * s, m + s),
            6 => format!("gamma({a}, {})", 0.5 * s),
            7 => format!("exponential({b})"),
            8 => format!("weibull({}, {s})", 0.5 + a),
            9 => format!("student_t({}, {m}, {s})", 5.0 + a),
            10 => format!("logistic_dist({m}, {})", 0.4 * s),
            11 => format!("poisson({a})"),
            12 => format!("binomial({}, {p})", self.up_to(1, 12)),
            13 => format!("geometric({})", 0.3 + 0.6 * p),
            14 => format!("negative_binomial({a}, {})", 0.4 + 0.5 * p),
            15 => format!("hypergeometric({}, {}, {})", 20, self.up_to(3, 15), self.up_to(2, 10)),
            16 => format!("bernoulli({p})"),
            17 => format!("beta(mean = {p}, sd = {})", 0.2 * p * (1.0 - p) + 0.05),
            18 => format!("{s} * beta({a}, {b}) - {}", m.abs()),
            19 => format!("gamma(mean = {a}, sd = {s})"),
            20 => format!("{m} to {}", m + 2.0 * s),
            21 => format!("cauchy({m}, {s})"),
            22 => {
                let shares = self.shares(3);
                format!("discrete([{m}, {}, {}], {shares:?})", m + s, m + 2.5)
            }
            23 => format!("categorical({:?})", self.shares(4)),
            24 => "empirical(\"data.csv\", \"value\")".into(),
            25 => {
                let (one, two) = (self.part(), self.part());
                format!("mixture({one}, {two}, [{a}, {b}])")
            }
            _ => {
                // Cut where there is always some mass: around the middle of a wide law.
                let inner = match self.up_to(0, 3) {
                    0 => format!("normal({m}, {s})"),
                    1 => format!("gamma({}, 1)", a.max(1.0)),
                    2 => format!("mixture(normal(0, 1), logistic_dist(1, {s}))"),
                    _ => format!("lognormal(0, {s})"),
                };
                format!("truncate({inner}, {}, {})", 0.3 + 0.2 * p, 2.0 + a)
            }
        }
    }

    /// A part of a mixture, whose quantile function costs the engine little.
    pub(super) fn part(&mut self) -> String {
        let (m, s) = (self.within(-1.0, 1.5), self.within(0.2, 1.2));
        match self.up_to(0, 5) {
            0 => format!("normal({m}, {s})"),
            1 => format!("uniform({m}, {})", m + s),
            2 => format!("triangular({m}, {}, {})", m + 0.5 * s, m + s),
            3 => format!("exponential({s})"),
            4 => format!("bernoulli({})", 0.5 * s),
            _ => format!("{s} * logistic_dist({m}, 0.5) - 1"),
        }
    }

    /// A distribution whose parameters depend on what came before.
    pub(super) fn open_law(&mut self) -> String {
        let x = self.number();
        let p = format!("logistic({x})");
        let s = self.within(0.2, 1.2);
        match self.up_to(0, 9) {
            0 => format!("normal({x}, {s})"),
            1 => format!("beta(1 + 3 * {p}, {})", 1.0 + s),
            2 => format!("gamma(0.5 + 2 * {p}, {s})"),
            3 => format!("poisson(4 * {p})"),
            4 => format!("binomial(5, {p})"),
            5 => format!("triangular(-1, 2 * {p} - 1, 1.5)"),
            6 => format!("mixture(normal(0, {s}), beta(2, 3), [{p}, 0.5])"),
            7 => format!("truncate(normal({p}, {s}), 0, 1 + {p})"),
            8 => format!("{x} + {s} * student_t(6)"),
            _ => format!("exponential(mean = 0.2 + {p})"),
        }
    }
}
