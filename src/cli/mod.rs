//! Floor 8: the command line. Arguments, files, terminals and exit codes, and no mathematics.
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | a claim of the file does not hold |
//! | 2 | the file, the arguments or the machine said no |
//! | 130 | interrupted by Ctrl-C, SIGTERM or SIGHUP |

mod args;
mod changes;
pub mod check;
mod doubts;
mod draws;
mod evidence;
mod failure;
mod files;
pub mod import;
mod inputs;
mod interrupt;
mod load;
pub mod merge;
pub mod new;
mod of;
mod output;
mod pages;
mod progress;
pub mod run;
mod sampling;
mod shard;
mod target;
mod terminal;
pub mod update;
mod values;
mod variants;

pub use args::{
    Args, CheckArgs, CheckFormat, Command, Display, Format, ImportArgs, MergeArgs, NewArgs, Pages, RunArgs,
    Sampling, UpdateArgs, Wanted,
};
pub use failure::Failure;
pub use terminal::Terminal;
pub use values::Percents;
