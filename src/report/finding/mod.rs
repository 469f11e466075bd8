//! The page of each finding.

mod check;
mod compare;
#[cfg(feature = "charts")]
pub(super) mod convergence;
mod explain;
mod influence;
#[cfg(feature = "charts")]
pub(super) mod priors;
#[cfg(feature = "charts")]
pub(super) mod quantities;
mod readings;
pub(super) mod run;
mod sensitivity;
mod sweep;
#[cfg(feature = "charts")]
mod telling;
mod update;
#[cfg(feature = "charts")]
mod wording;
mod worlds;
