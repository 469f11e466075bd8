//! The model once more by plain Monte Carlo, as a proof that a sceptic can read.
//!
//! Worlds are drawn one by one: numbers by the samplers of `rand_distr`, events, states, theories and outcomes by chance, correlated
//! ones from normals by a Cholesky factor made here. Nothing is integrated, no point set is spread, no quantile function of the engine
//! is asked; what was learned leaves out the worlds that are not so. Then every answer of a run is held against what the worlds
//! say. What both share is the model: its formulas, with the arithmetic of a single operation, and the parameters of its
//! distributions.

mod copula;
mod cumulative;
mod finding;
mod incomplete;
mod integrated;
mod law;
mod level;
mod likelihood;
mod opinion;
mod sampler;
mod score;
mod tally;
mod target;
mod world;

pub use finding::{Kind, SecondOpinion, Twice};
pub use opinion::{WORLDS, against, second_opinion};
