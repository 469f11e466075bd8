//! Floor 6: questions put to a model, one a file.

pub mod chances;
pub mod claims;
mod consistency;
pub mod correlations;
pub mod drivers;
mod failure;
pub mod learned;
mod ranking;
pub mod run;
pub mod summary;
pub mod update;
pub mod variance;
pub mod variants;
pub mod void;

pub use failure::Failure;
