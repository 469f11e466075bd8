//! Parameters of a family: their names, the ways to give them, and what is wrong with a value.

use crate::math::elementary::{ln, ln_1p};
use std::fmt;

/// One parameter of a family.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Parameter {
    /// As written in scenario files.
    pub name: &'static str,
    /// What stands if it is left out; `None` if it must be given.
    pub default: Option<f64>,
    /// What it means, and its range, in a few words.
    pub meaning: &'static str,
}

/// One way to give a family's parameters: their list, in order, and the conversion into the canonical ones.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Signature {
    /// The parameters, in positional order.
    pub parameters: &'static [Parameter],
    /// How values for these become the canonical parameters.
    pub conversion: Conversion,
}

/// How the parameters of a signature become the canonical parameters of the family.
///
/// A closed set of short formulas, so that parameters which vary from draw to draw can be converted in each draw: by
/// [`Conversion::apply`], or by whoever writes the same formula in operations of its own.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// Given as they are.
    Identity,
    /// (x) becomes (1 / x): the rate of an exponential from its mean.
    Reciprocal,
    /// (a, x) becomes (a, 1 / x): the scale of a gamma from its rate.
    SecondReciprocal,
    /// (median, sigma) becomes (ln median, sigma).
    LogNormalMedian,
    /// (mean, sd) becomes (ln mean − s²/2, s) with s² = ln(1 + (sd / mean)²).
    LogNormalMoments,
    /// (mean, sd) becomes (mean · n, (1 − mean) · n) with n = mean (1 − mean) / sd² − 1.
    BetaMoments,
    /// (mean, sd) becomes ((mean / sd)², sd² / mean).
    GammaMoments,
}

impl Conversion {
    /// The canonical parameters, in order, the unused places 0.
    ///
    /// # Errors
    ///
    /// Names the given parameter that is impossible, in the given parametrisation's own terms. Conversions that pass
    /// a value on leave its check to the family.
    pub fn apply(self, given: &[f64]) -> Result<[f64; 4], ParameterError> {
        let mut canonical = [0.0; 4];
        for (place, value) in canonical.iter_mut().zip(given) {
            *place = *value;
        }
        let [a, b, ..] = canonical;
        match self {
            Conversion::Identity => {}
            Conversion::Reciprocal => canonical[0] = 1.0 / positive("mean", a)?,
            Conversion::SecondReciprocal => canonical[1] = 1.0 / positive("rate", b)?,
            Conversion::LogNormalMedian => canonical[0] = ln(positive("median", a)?),
            Conversion::LogNormalMoments => {
                let ratio = positive("sd", b)? / positive("mean", a)?;
                let variance = ln_1p(ratio * ratio);
                canonical = [ln(a) - 0.5 * variance, variance.sqrt(), 0.0, 0.0];
            }
            Conversion::BetaMoments => {
                within("mean", a, a > 0.0 && a < 1.0, "lie strictly between 0 and 1")?;
                let spread = a * (1.0 - a);
                within("sd", b, b > 0.0 && b * b < spread, "be positive and below sqrt(mean * (1 - mean))")?;
                let size = spread / (b * b) - 1.0;
                canonical = [a * size, (1.0 - a) * size, 0.0, 0.0];
            }
            Conversion::GammaMoments => {
                let ratio = positive("mean", a)? / positive("sd", b)?;
                canonical = [ratio * ratio, b / ratio, 0.0, 0.0];
            }
        }
        Ok(canonical)
    }
}

/// A parameter whose value is impossible.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct ParameterError {
    /// The parameter's name.
    pub parameter: &'static str,
    /// Its value.
    pub value: f64,
    /// What it must do, to follow "must".
    pub must: &'static str,
}

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} must {}, but is {}", self.parameter, self.must, self.value)
    }
}

impl std::error::Error for ParameterError {}

/// The value, if `holds`.
pub(super) fn within(
    parameter: &'static str,
    value: f64,
    holds: bool,
    must: &'static str,
) -> Result<f64, ParameterError> {
    if holds { Ok(value) } else { Err(ParameterError { parameter, value, must }) }
}

/// A finite number.
pub(super) fn finite(parameter: &'static str, value: f64) -> Result<f64, ParameterError> {
    within(parameter, value, value.is_finite(), "be finite")
}

/// A finite number above 0.
pub(super) fn positive(parameter: &'static str, value: f64) -> Result<f64, ParameterError> {
    within(parameter, value, value > 0.0 && value < f64::INFINITY, "be positive")
}

/// A number from 0 to 1.
pub(super) fn probability(parameter: &'static str, value: f64) -> Result<f64, ParameterError> {
    within(parameter, value, (0.0..=1.0).contains(&value), "lie between 0 and 1")
}

/// A number above 0 and at most 1.
pub(super) fn positive_probability(parameter: &'static str, value: f64) -> Result<f64, ParameterError> {
    within(parameter, value, value > 0.0 && value <= 1.0, "be above 0 and at most 1")
}

/// A whole number from 0 to 2^53.
pub(super) fn count(parameter: &'static str, value: f64) -> Result<f64, ParameterError> {
    let holds = (0.0..=9007199254740992.0).contains(&value) && value == value.floor();
    within(parameter, value, holds, "be a whole number, 0 or more")
}
