//! The page of each finding.

mod check;
mod readings;
mod run;
mod sensitivity;
mod sweep;
mod update;
