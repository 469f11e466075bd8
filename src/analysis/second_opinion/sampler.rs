//! How each family is drawn: by the sampler that `rand_distr` has for it.

use rand::{Rng, RngExt};
use rand_distr::{Distribution as _, Open01};

use super::cumulative::tails;
use super::level::{Level, crossing, least_whole};
use crate::distribution::Family;
use crate::math::elementary::{exp, ln, pow};

/// Populations up to which `rand_distr` draws from an urn; larger ones lose digits there.
const LARGEST_URN: f64 = 1e6;

/// A family with its parameters, ready to draw.
#[derive(Clone, Debug)]
pub(super) struct Sampler {
    family: Family,
    parameters: Vec<f64>,
    means: Means,
    /// Values at even log-odds, where levels are asked for often.
    table: Option<Table>,
}

/// What draws.
#[derive(Clone, Debug)]
enum Means {
    Normal(rand_distr::Normal<f64>),
    LogNormal(rand_distr::LogNormal<f64>),
    Beta(rand_distr::Beta<f64>),
    Uniform,
    Triangular(rand_distr::Triangular<f64>),
    Pert(rand_distr::Pert<f64>),
    Gamma(rand_distr::Gamma<f64>),
    Exponential(rand_distr::Exp<f64>),
    Weibull(rand_distr::Weibull<f64>),
    StudentT(rand_distr::StudentT<f64>),
    Cauchy(rand_distr::Cauchy<f64>),
    Logistic,
    Poisson(rand_distr::Poisson<f64>),
    Binomial(rand_distr::Binomial),
    Geometric(rand_distr::Geometric),
    /// Poisson with a gamma rate.
    NegativeBinomial(rand_distr::Gamma<f64>),
    Hypergeometric(rand_distr::Hypergeometric),
    Bernoulli,
    Zero,
    /// A level, turned into a value: where `rand_distr` refuses the parameters.
    ByLevel,
}

impl Sampler {
    /// Of canonical parameters, which are possible.
    pub(super) fn new(family: Family, parameters: Vec<f64>) -> Sampler {
        let means = means(family, &parameters).unwrap_or(Means::ByLevel);
        Sampler { family, parameters, means, table: None }
    }

    /// One value.
    pub(super) fn draw(&self, rng: &mut impl Rng) -> f64 {
        let p = &self.parameters;
        match &self.means {
            Means::Normal(one) => one.sample(rng),
            Means::LogNormal(one) => one.sample(rng),
            Means::Beta(one) => one.sample(rng),
            Means::Uniform => p[0] + (p[1] - p[0]) * rng.random::<f64>(),
            Means::Triangular(one) => one.sample(rng),
            Means::Pert(one) => one.sample(rng),
            Means::Gamma(one) => one.sample(rng),
            Means::Exponential(one) => one.sample(rng),
            Means::Weibull(one) => one.sample(rng),
            Means::StudentT(one) => p[1] + p[2] * one.sample(rng),
            Means::Cauchy(one) => one.sample(rng),
            Means::Logistic => {
                let u: f64 = Open01.sample(rng);
                p[0] + p[1] * (ln(u) - ln(1.0 - u))
            }
            Means::Poisson(one) => one.sample(rng),
            Means::Binomial(one) => one.sample(rng) as f64,
            Means::Geometric(one) => one.sample(rng) as f64,
            Means::NegativeBinomial(rate) => poisson(rate.sample(rng), rng),
            Means::Hypergeometric(one) => one.sample(rng) as f64,
            Means::Bernoulli => f64::from(u8::from(rng.random::<f64>() < p[0])),
            Means::Zero => 0.0,
            Means::ByLevel => self.at(Level::draw(rng)),
        }
    }

    /// P(X ≤ x) and P(X > x).
    pub(super) fn tails(&self, x: f64) -> Level {
        tails(self.family, &self.parameters, x)
    }

    /// The least value that reaches a level: in closed form where there is one, else by halves.
    pub(super) fn at(&self, level: Level) -> f64 {
        let p = &self.parameters;
        match (self.family, level.normal) {
            (Family::Normal, Some(w)) => p[0] + p[1] * w,
            (Family::LogNormal, Some(w)) => exp(p[0] + p[1] * w),
            (Family::Uniform, _) => p[0] + (p[1] - p[0]) * level.lower,
            (Family::Exponential, _) => -ln(level.upper) / p[0],
            (Family::Weibull, _) => p[1] * pow(-ln(level.upper), 1.0 / p[0]),
            (Family::Logistic, _) => p[0] + p[1] * level.log_odds(),
            (Family::Triangular, _) => triangular(p, level),
            (Family::Bernoulli, _) => f64::from(u8::from(level.upper < p[0])),
            _ => match self.table.as_ref().and_then(|table| table.at(level.log_odds())) {
                Some(value) => value,
                None => self.search(level),
            },
        }
    }

    fn search(&self, level: Level) -> f64 {
        let (low, high) = self.ends();
        match self.family.is_discrete() {
            true => least_whole(low, high, level, &|x| self.tails(x)),
            false => crossing(low.max(-f64::MAX), high.min(f64::MAX), level, &|x| self.tails(x)),
        }
    }

    /// Whether single values have a probability.
    pub(super) fn has_atoms(&self) -> bool {
        self.family.is_discrete()
    }

    /// Where the values lie.
    fn ends(&self) -> (f64, f64) {
        let points: Vec<(f64, f64)> = self.parameters.iter().map(|one| (*one, *one)).collect();
        self.family.support(&points)
    }

    /// The same with a table of its values, if it is smooth.
    pub(super) fn with_table(self) -> Sampler {
        let p = &self.parameters;
        let is_smooth = match self.family {
            Family::Beta => p[0] >= 1.0 && p[1] >= 1.0,
            Family::Gamma => p[0] >= 1.0,
            Family::StudentT => p[0] >= 2.0,
            Family::Pert | Family::Normal => true,
            _ => false,
        };
        let table = is_smooth.then(|| Table::new(|level| self.search(level)));
        Sampler { table, ..self }
    }
}

/// The sampler of a family; `None` if `rand_distr` has none for these parameters.
fn means(family: Family, p: &[f64]) -> Option<Means> {
    Some(match family {
        Family::Normal => Means::Normal(rand_distr::Normal::new(p[0], p[1]).ok()?),
        Family::LogNormal => Means::LogNormal(rand_distr::LogNormal::new(p[0], p[1]).ok()?),
        Family::Beta => Means::Beta(rand_distr::Beta::new(p[0], p[1]).ok()?),
        Family::Uniform => Means::Uniform,
        Family::Triangular => Means::Triangular(rand_distr::Triangular::new(p[0], p[2], p[1]).ok()?),
        Family::Pert => Means::Pert(rand_distr::Pert::new(p[0], p[2]).with_shape(p[3]).with_mode(p[1]).ok()?),
        Family::Gamma => Means::Gamma(rand_distr::Gamma::new(p[0], p[1]).ok()?),
        Family::Exponential => Means::Exponential(rand_distr::Exp::new(p[0]).ok()?),
        Family::Weibull => Means::Weibull(rand_distr::Weibull::new(p[1], p[0]).ok()?),
        Family::StudentT => Means::StudentT(rand_distr::StudentT::new(p[0]).ok()?),
        Family::Cauchy => Means::Cauchy(rand_distr::Cauchy::new(p[0], p[1]).ok()?),
        Family::Logistic => Means::Logistic,
        Family::Poisson if p[0] == 0.0 => Means::Zero,
        Family::Poisson => Means::Poisson(rand_distr::Poisson::new(p[0]).ok()?),
        Family::Binomial => Means::Binomial(rand_distr::Binomial::new(whole(p[0])?, p[1]).ok()?),
        Family::Geometric => Means::Geometric(rand_distr::Geometric::new(p[0]).ok()?),
        Family::NegativeBinomial if p[1] == 1.0 => Means::Zero,
        Family::NegativeBinomial => {
            Means::NegativeBinomial(rand_distr::Gamma::new(p[0], (1.0 - p[1]) / p[1]).ok()?)
        }
        Family::Hypergeometric if p[0] > LARGEST_URN => return None,
        Family::Hypergeometric => {
            let urn = rand_distr::Hypergeometric::new(whole(p[0])?, whole(p[1])?, whole(p[2])?);
            Means::Hypergeometric(urn.ok()?)
        }
        Family::Bernoulli => Means::Bernoulli,
    })
}

/// A whole number that a float holds.
fn whole(x: f64) -> Option<u64> {
    (x < 2f64.powi(53)).then_some(x as u64)
}

/// A count with a rate that was drawn.
fn poisson(rate: f64, rng: &mut impl Rng) -> f64 {
    rand_distr::Poisson::new(rate).map_or(0.0, |one| one.sample(rng))
}

fn triangular(p: &[f64], level: Level) -> f64 {
    let (low, mode, high) = (p[0], p[1], p[2]);
    let width = high - low;
    match level.lower * width < mode - low {
        true => low + (level.lower * width * (mode - low)).sqrt(),
        false => high - (level.upper * width * (high - mode)).sqrt(),
    }
}

/// Values at even steps of the log-odds of their levels, between which a cubic runs: off by less than 1e-6 of the
/// deviation, a thousandth of what 10^6 worlds can see.
#[derive(Clone, Debug)]
struct Table {
    values: Vec<f64>,
}

/// Log-odds at the ends of a table.
const REACH: f64 = 30.0;

/// Steps per unit of log-odds.
const STEPS: f64 = 16.0;

impl Table {
    fn new(value: impl Fn(Level) -> f64) -> Table {
        let count = (2.0 * REACH * STEPS) as usize;
        let level = |at: usize| {
            let odds = at as f64 / STEPS - REACH;
            Level { lower: 1.0 / (1.0 + exp(-odds)), upper: 1.0 / (1.0 + exp(odds)), normal: None }
        };
        Table { values: (0..=count).map(|at| value(level(at))).collect() }
    }

    /// The cubic through the four nearest values (Catmull & Rom 1974); `None` beyond the ends.
    fn at(&self, odds: f64) -> Option<f64> {
        let place = (odds + REACH) * STEPS;
        let is_inside = place >= 1.0 && place < (self.values.len() - 2) as f64;
        let before = is_inside.then_some(place as usize)?;
        let [a, b, c, d] = [0, 1, 2, 3].map(|step| self.values[before + step - 1]);
        let t = place - before as f64;
        let (linear, square, cube) =
            (0.5 * (c - a), a - 2.5 * b + 2.0 * c - 0.5 * d, 1.5 * (b - c) + 0.5 * (d - a));
        Some(b + t * (linear + t * (square + t * cube)))
    }
}
