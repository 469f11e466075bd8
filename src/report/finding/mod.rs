//! The page of each finding.

#[cfg(feature = "charts")]
mod bars;
mod check;
mod compare;
#[cfg(feature = "charts")]
pub(super) mod convergence;
pub(super) mod decide;
pub(super) mod discover;
mod explain;
mod flip;
mod influence;
mod information;
#[cfg(feature = "charts")]
pub(super) mod priors;
#[cfg(feature = "charts")]
pub(super) mod quantities;
mod readings;
pub(super) mod run;
mod screenful;
mod sensitivity;
mod sweep;
mod telling;
mod together;
mod update;
#[cfg(feature = "charts")]
mod wording;
mod worlds;
