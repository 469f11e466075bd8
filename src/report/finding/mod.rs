//! The page of each finding.

mod check;
mod compare;
mod influence;
mod readings;
mod run;
mod sensitivity;
mod sweep;
mod update;
