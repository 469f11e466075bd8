//! The table of every family's parameters, with the other ways to give them.

use super::family::Family;
use super::parameter::{Conversion, Parameter, Signature};

impl Family {
    /// The ways to give the parameters. The first is canonical and gives the positional order; the others are by name.
    pub fn signatures(self) -> &'static [Signature] {
        signatures_of(self)
    }
}

/// The ways to give a family's parameters, the canonical one first.
fn signatures_of(family: Family) -> &'static [Signature] {
    match family {
        Family::Normal => NORMAL,
        Family::LogNormal => LOGNORMAL,
        Family::Beta => BETA,
        Family::Uniform => UNIFORM,
        Family::Triangular => TRIANGULAR,
        Family::Pert => PERT,
        Family::Gamma => GAMMA,
        Family::Exponential => EXPONENTIAL,
        Family::Weibull => WEIBULL,
        Family::StudentT => STUDENT_T,
        Family::Cauchy | Family::Logistic => LOCATION_AND_SCALE,
        Family::Poisson => POISSON,
        Family::Binomial => BINOMIAL,
        Family::Geometric => GEOMETRIC,
        Family::NegativeBinomial => NEGATIVE_BINOMIAL,
        Family::Hypergeometric => HYPERGEOMETRIC,
        Family::Bernoulli => BERNOULLI,
    }
}

const NORMAL: &[Signature] = &[identity(&[MEAN, SD])];
const LOGNORMAL: &[Signature] = &[
    identity(&[MU, SIGMA]),
    converted(&[POSITIVE_MEAN, SD], Conversion::LogNormalMoments),
    converted(&[MEDIAN, SIGMA], Conversion::LogNormalMedian),
];
const BETA: &[Signature] =
    &[identity(&[ALPHA, BETA_SHAPE]), converted(&[SHARE_MEAN, SHARE_SD], Conversion::BetaMoments)];
const UNIFORM: &[Signature] = &[identity(&[LOW, HIGH])];
const TRIANGULAR: &[Signature] = &[identity(&[LOW, MODE, HIGH])];
const PERT: &[Signature] = &[identity(&[LOW, MODE, HIGH, LAMBDA])];
const GAMMA: &[Signature] = &[
    identity(&[SHAPE, SCALE]),
    converted(&[SHAPE, RATE], Conversion::SecondReciprocal),
    converted(&[POSITIVE_MEAN, SD], Conversion::GammaMoments),
];
const EXPONENTIAL: &[Signature] = &[identity(&[RATE]), converted(&[POSITIVE_MEAN], Conversion::Reciprocal)];
const WEIBULL: &[Signature] = &[identity(&[SHAPE, SCALE])];
const STUDENT_T: &[Signature] = &[identity(&[DF, CENTRE, UNIT_SCALE])];
const LOCATION_AND_SCALE: &[Signature] = &[identity(&[LOCATION, SCALE])];
const POISSON: &[Signature] = &[identity(&[COUNT_MEAN]), identity(&[COUNT_RATE])];
const BINOMIAL: &[Signature] = &[identity(&[TRIALS, PROBABILITY])];
const GEOMETRIC: &[Signature] = &[identity(&[POSITIVE_PROBABILITY])];
const NEGATIVE_BINOMIAL: &[Signature] = &[identity(&[R, POSITIVE_PROBABILITY])];
const HYPERGEOMETRIC: &[Signature] = &[identity(&[POPULATION, SUCCESSES, DRAWS])];
const BERNOULLI: &[Signature] = &[identity(&[PROBABILITY])];

const MEAN: Parameter = required("mean", "mean");
const POSITIVE_MEAN: Parameter = required("mean", "mean, positive");
const SD: Parameter = required("sd", "standard deviation, positive");
const MU: Parameter = required("mu", "mean of the logarithm");
const SIGMA: Parameter = required("sigma", "standard deviation of the logarithm, positive");
const MEDIAN: Parameter = required("median", "median, positive");
const ALPHA: Parameter = required("alpha", "first shape, positive; the larger, the nearer to 1");
const BETA_SHAPE: Parameter = required("beta", "second shape, positive; the larger, the nearer to 0");
const SHARE_MEAN: Parameter = required("mean", "mean, strictly between 0 and 1");
const SHARE_SD: Parameter = required("sd", "standard deviation, positive and below sqrt(mean * (1 - mean))");
const LOW: Parameter = required("low", "least value");
const MODE: Parameter = required("mode", "most likely value");
const HIGH: Parameter = required("high", "greatest value");
const LAMBDA: Parameter = optional("lambda", 4.0, "weight of the mode against the ends, positive");
const SHAPE: Parameter = required("shape", "shape, positive");
const SCALE: Parameter = required("scale", "scale, positive");
const RATE: Parameter = required("rate", "rate, positive");
const DF: Parameter = required("df", "degrees of freedom, positive");
const CENTRE: Parameter = optional("location", 0.0, "centre");
const UNIT_SCALE: Parameter = optional("scale", 1.0, "scale, positive");
const LOCATION: Parameter = required("location", "centre");
const COUNT_MEAN: Parameter = required("mean", "expected count, 0 or more");
const COUNT_RATE: Parameter = required("rate", "expected count, 0 or more");
const TRIALS: Parameter = required("n", "trials, a whole number, 0 or more");
const R: Parameter = required("r", "successes waited for, positive");
const PROBABILITY: Parameter = required("p", "probability of success, from 0 to 1");
const POSITIVE_PROBABILITY: Parameter = required("p", "probability of success, above 0 and at most 1");
const POPULATION: Parameter = required("population", "size of the population, a whole number");
const SUCCESSES: Parameter = required("successes", "successes in the population, a whole number");
const DRAWS: Parameter = required("draws", "number drawn without replacement, a whole number");

const fn identity(parameters: &'static [Parameter]) -> Signature {
    converted(parameters, Conversion::Identity)
}

const fn converted(parameters: &'static [Parameter], conversion: Conversion) -> Signature {
    Signature { parameters, conversion }
}

const fn required(name: &'static str, meaning: &'static str) -> Parameter {
    Parameter { name, default: None, meaning }
}

const fn optional(name: &'static str, default: f64, meaning: &'static str) -> Parameter {
    Parameter { name, default: Some(default), meaning }
}
