//! Floor 9: the command line. Arguments, files, terminals and exit codes, and no mathematics.
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | a claim of the file does not hold |
//! | 2 | the file, the arguments or the machine said no |
//! | 130 | interrupted by Ctrl-C, SIGTERM or SIGHUP |

mod allowed;
mod args;
mod batch;
mod call;
mod charts;
mod compare;
mod concord;
mod discover;
mod door;
mod draws;
mod examples;
mod failure;
mod files;
mod flags;
mod fonts;
mod git;
mod glob;
mod grammar;
mod held;
mod import;
mod inputs;
mod interrupt;
mod merge;
mod new;
mod output;
mod pages;
mod partial;
mod parts;
mod plot;
mod progress;
mod reply;
mod run;
mod sampling;
mod scenario;
mod shard;
mod share;
mod target;
mod terminal;
mod values;
mod verbs;

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

pub use call::Call;
pub use files::Input;
pub use grammar::{Verb, Word, verbs};
pub use interrupt::Interrupt;
pub use reply::Reply;

use call::mistake;
use inputs::{Inputs, standard_output};
use terminal::Terminal;
use verbs::Args;

/// Does what the command line says, and gives the exit code.
pub fn main() -> ExitCode {
    ExitCode::from(command(std::env::args_os().collect()))
}

/// Does what a command line says of which the first word is the command's name, and gives the exit code: for programs that hand their
/// own command line on. Files, terminals and signals are the process's own; [`Call`] is for programs that keep them.
pub fn command(words: Vec<OsString>) -> u8 {
    lend_fonts();
    match Args::try_parse_from(&words) {
        Ok(Args { verb, allowed }) => {
            let terminal = Terminal::new(verb.display(), allowed);
            terminal.finish(verb.run(&terminal), verb.format())
        }
        Err(shown) => {
            let said = shown.print();
            if matches!(shown.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
                return match said.and_then(|()| std::io::stdout().flush()) {
                    // If nobody listens any more, nothing is left to be said.
                    Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => 2,
                    _ => 0,
                };
            }
            if wants_json(&words) && is_output_free(&words) {
                terminal::mistake(&mistake(&shown));
            }
            2
        }
    }
}

/// Lets pictures have the machine's fonts where their own lack letters: once, before the first picture.
pub fn lend_fonts() {
    crate::chart::lend(fonts::MachineFonts::default());
}

/// Whether arguments that can't be read ask for JSON.
fn wants_json(words: &[OsString]) -> bool {
    words.iter().any(|word| word == "--format=json")
        || words.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json")
}

/// Whether standard output is none of the files that are named.
fn is_output_free(words: &[OsString]) -> bool {
    let mut named = Inputs::default();
    words.iter().for_each(|word| named.add(Path::new(word)));
    standard_output().is_none_or(|output| named.at(&output).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_in_arguments_are_messages() {
        let words = ["foretell", "run", "x.toml", "--percentiles", "0,50", "--format", "json"];
        assert!(wants_json(&words.map(OsString::from)));
        assert!(!wants_json(&["foretell", "run", "json"].map(OsString::from)));
        let shown = Args::try_parse_from(words).expect_err("0 is no percentile");
        let message = mistake(&shown);
        assert_eq!(message.code, "arguments");
        assert!(message.message.contains("'0,50'") && !message.message.starts_with("error"), "{message:?}");
    }
}
