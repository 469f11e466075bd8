//! Floor 1: the families of distributions, one a file.
//!
//! A [`Distribution`] answers for its mean, density, both tails and both quantile functions; [`Family`] is the list of
//! those with scalar parameters, with their names and parametrisations. Quantile functions carry full relative
//! accuracy into both tails, because every uncertain quantity takes its value by one.

mod anatomy;
mod any;
mod bars;
mod bernoulli;
mod beta;
mod binomial;
mod cache;
mod cauchy;
mod construction;
mod discrete;
pub mod elicited;
mod empirical;
mod exponential;
mod family;
mod gamma;
mod geometric;
mod hypergeometric;
mod joint;
mod logistic;
mod lognormal;
mod mixture;
mod negative_binomial;
mod normal;
mod parameter;
mod pert;
mod points;
mod poisson;
mod profile;
mod quantile_table;
mod scaled;
mod search;
mod signatures;
mod student_t;
mod t_copula;
mod triangular;
mod truncated;
mod uniform;
mod univariate;
mod weibull;

pub use anatomy::Anatomy;
pub use any::{Distribution, Mixture, Scaled, Truncated};
pub use bars::TAIL;
pub use bernoulli::Bernoulli;
pub use beta::Beta;
pub use binomial::Binomial;
pub use cache::Cache;
pub(crate) use cache::digest;
pub use cauchy::Cauchy;
pub use discrete::Discrete;
pub use empirical::Empirical;
pub use exponential::Exponential;
pub use family::Family;
pub use gamma::Gamma;
pub use geometric::Geometric;
pub use hypergeometric::Hypergeometric;
pub use joint::Joint;
pub use logistic::Logistic;
pub use lognormal::LogNormal;
pub use negative_binomial::NegativeBinomial;
pub use normal::Normal;
pub use parameter::{Conversion, Parameter, ParameterError, Signature};
pub use pert::Pert;
pub use points::Points;
pub use poisson::Poisson;
pub use profile::{Measure, Profile};
pub use quantile_table::{NormalTable, QuantileTable};
pub use student_t::StudentT;
pub use t_copula::{RankLaw, student_level};
pub use triangular::{Triangular, fill_triangular};
pub use uniform::Uniform;
pub use univariate::Univariate;
pub use weibull::Weibull;
