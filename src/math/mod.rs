//! Floor 0: numbers. Elementary and special functions with the same bits on every run.
pub mod elementary;
