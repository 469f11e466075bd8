//! temporary
pub fn exp(x: f64) -> f64 { libm::exp(x) }
pub fn ln(x: f64) -> f64 { libm::log(x) }
pub fn log10(x: f64) -> f64 { libm::log10(x) }
pub fn logistic(x: f64) -> f64 { 1.0/(1.0+libm::exp(-x)) }
pub fn logit(x: f64) -> f64 { libm::log(x/(1.0-x)) }
pub fn pow(x: f64,y:f64) -> f64 { libm::pow(x,y) }
pub fn exp_m1(x: f64) -> f64 { libm::expm1(x) }
