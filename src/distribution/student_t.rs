//! Student's t distribution.

use super::parameter::{ParameterError, finite, positive};
use super::univariate::Univariate;
use crate::math::elementary::{exp, ln, ln_1p};
use crate::math::roots::{Local, halley};
use crate::math::special::{Tails, beta_pair, ln_beta_leading, ln_gamma_ratio, normal_quantile};
use std::f64::consts::PI;

/// Student's t with `df` degrees of freedom, shifted and scaled.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct StudentT {
    pub(super) df: f64,
    pub(super) location: f64,
    pub(super) scale: f64,
}

impl StudentT {
    /// Positive degrees of freedom (not necessarily whole), a finite location and a positive scale.
    ///
    /// # Errors
    ///
    /// If `df` or `scale` is not positive, or the location not finite.
    pub fn new(df: f64, location: f64, scale: f64) -> Result<StudentT, ParameterError> {
        Ok(StudentT {
            // Beyond these, no floating-point number tells the difference.
            df: positive("df", df)?.clamp(1e-300, 1e30),
            location: finite("location", location)?,
            scale: positive("scale", scale)?,
        })
    }

    fn score(&self, x: f64) -> f64 {
        (x - self.location) / self.scale
    }

    /// The standard density at z ≥ 0.
    fn density(&self, z: f64) -> f64 {
        let df = self.df;
        let ln_growth = if z < 1e150 { ln_1p(z / df * z) } else { 2.0 * ln(z) - ln(df) };
        exp(ln_gamma_ratio(0.5 * df, 0.5) - 0.5 * (df + 1.0) * ln_growth) / (PI * df).sqrt()
    }

    /// The standard mass beyond z ≥ 0 on one side, and between 0 and z.
    fn beyond(&self, z: f64) -> (f64, f64) {
        let (half_df, square) = (0.5 * self.df, z * z);
        if square > 1e20 * self.df * self.df.max(1.0) {
            let ln_share = ln(self.df) - 2.0 * ln(z);
            let beyond = 0.5 * exp(half_df * ln_share - ln_beta_leading(half_df, 0.5));
            return (beyond, 0.5 - beyond);
        }
        let sum = self.df + square;
        let tails = beta_pair(half_df, 0.5, self.df / sum, square / sum);
        (0.5 * tails.lower, 0.5 * tails.upper)
    }

    /// The standard z ≥ 0 with mass t ≤ ½ beyond it: Halley's method in ln z, on the mass beyond or, near the middle, on
    /// the mass between 0 and z.
    fn reach(&self, t: f64) -> f64 {
        if t == 0.5 {
            return 0.0;
        }
        let half_df = 0.5 * self.df;
        let ln_share = (ln(2.0 * t) + ln_beta_leading(half_df, 0.5)) / half_df;
        if ln_share < -50.0 - ln(self.df.max(1.0)) {
            return self.df.sqrt() * exp(-0.5 * ln_share);
        }
        halley(self.guess(t, ln_share), |z| {
            let (beyond, between) = self.beyond(z);
            let density = z * self.density(z);
            let ln_slope = 1.0 - (self.df + 1.0) / (1.0 + self.df / z / z);
            if t <= 0.25 {
                let slope = density / beyond;
                Local { value: ln(t / beyond), slope, bend: ln_slope + slope }
            } else {
                let slope = density / between;
                Local { value: ln(between / (0.5 - t)), slope, bend: ln_slope - slope }
            }
        })
    }

    /// A start for [`reach`](Self::reach): the leading term of the tail, or Fisher and Cornish's (1960) first
    /// correction to the normal quantile.
    fn guess(&self, t: f64, ln_share: f64) -> f64 {
        if self.df < 4.0 && ln_share < -0.2 {
            let share = exp(ln_share);
            return (self.df * (1.0 - share) / share).sqrt();
        }
        let z = -normal_quantile(t);
        z + z * (z * z + 1.0) / (4.0 * self.df)
    }
}

impl Univariate for StudentT {
    fn mean(&self) -> f64 {
        if self.df > 1.0 { self.location } else { f64::NAN }
    }
    fn sd(&self) -> f64 {
        if self.df > 2.0 {
            self.scale * (self.df / (self.df - 2.0)).sqrt()
        } else if self.df > 1.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
    fn tail_indices(&self) -> (f64, f64) {
        (1.0 / self.df, 1.0 / self.df)
    }
    fn pdf(&self, x: f64) -> f64 {
        self.density(self.score(x).abs()) / self.scale
    }
    fn log_slope(&self, x: f64) -> f64 {
        let z = self.score(x);
        -(self.df + 1.0) / self.scale * (z / (self.df + z * z))
    }
    fn tails(&self, x: f64) -> Tails {
        let z = self.score(x);
        if z.is_infinite() {
            return if z < 0.0 { Tails::BOTTOM } else { Tails::TOP };
        }
        let (beyond, _) = self.beyond(z.abs());
        if z <= 0.0 { Tails::from_lower(beyond) } else { Tails::from_upper(beyond) }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.location - self.scale * self.reach(u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.location + self.scale * self.reach(t)
    }
}
