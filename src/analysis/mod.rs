//! Floor 6: questions put to a model, one a file.

pub mod claims;
mod consistency;
pub mod correlations;
pub mod drivers;
mod failure;
pub mod update;

pub use failure::Failure;
