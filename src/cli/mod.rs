//! Floor 9: the command line. Arguments, files, terminals and exit codes, and no mathematics.
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | a claim of the file does not hold |
//! | 2 | the file, the arguments or the machine said no |
//! | 130 | interrupted by Ctrl-C, SIGTERM or SIGHUP |

mod args;
mod charts;
mod door;
mod draws;
mod examples;
mod failure;
mod files;
mod flags;
mod import;
mod inputs;
mod interrupt;
mod merge;
mod new;
mod output;
mod pages;
mod progress;
mod run;
mod sampling;
mod scenario;
mod shard;
mod target;
mod terminal;
mod values;
mod verbs;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use terminal::Terminal;
use verbs::Args;

/// Does what the command line says, and gives the exit code.
pub fn main() -> ExitCode {
    match Args::try_parse() {
        Ok(Args { verb }) => {
            let terminal = Terminal::new(verb.display());
            terminal.finish(verb.run(&terminal), verb.format())
        }
        Err(shown) => {
            // If nobody listens any more, nothing is left to be said.
            let _ = shown.print();
            let helped = matches!(shown.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            ExitCode::from(if helped { 0 } else { 2 })
        }
    }
}
