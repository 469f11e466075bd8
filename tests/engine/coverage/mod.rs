//! Whether errors are honest: a 90 % interval holds the truth for 90 % of the seeds, whatever the design, also for ratios,
//! differences and runs that stop by themselves; and verdicts on claims are seldom wrong.

#![allow(clippy::disallowed_methods)]

mod functions;
mod runs;
