//! The page of each finding.

mod check;
mod compare;
mod readings;
pub(super) mod run;
mod sensitivity;
mod sweep;
#[cfg(feature = "charts")]
mod telling;
mod update;
