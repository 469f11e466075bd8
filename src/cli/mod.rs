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

use crate::diagnostic::Diagnostic;
use inputs::{Inputs, standard_output};
use terminal::Terminal;
use verbs::Args;

/// Does what the command line says, and gives the exit code.
pub fn main() -> ExitCode {
    crate::chart::lend(fonts::MachineFonts::default());
    match Args::try_parse() {
        Ok(Args { verb, allowed }) => {
            let terminal = Terminal::new(verb.display(), allowed);
            terminal.finish(verb.run(&terminal), verb.format())
        }
        Err(shown) => {
            let said = shown.print();
            if matches!(shown.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
                return match said.and_then(|()| std::io::stdout().flush()) {
                    // If nobody listens any more, nothing is left to be said.
                    Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::from(2),
                    _ => ExitCode::SUCCESS,
                };
            }
            if wants_json(std::env::args_os()) && is_output_free(std::env::args_os()) {
                terminal::mistake(&mistake(&shown));
            }
            ExitCode::from(2)
        }
    }
}

/// Whether arguments that can't be read ask for JSON.
fn wants_json(arguments: impl Iterator<Item = OsString>) -> bool {
    let words: Vec<OsString> = arguments.collect();
    words.iter().any(|word| word == "--format=json")
        || words.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json")
}

/// Whether standard output is none of the files that are named.
fn is_output_free(arguments: impl Iterator<Item = OsString>) -> bool {
    let mut named = Inputs::default();
    arguments.for_each(|word| named.add(Path::new(&word)));
    standard_output().is_none_or(|output| named.at(&output).is_none())
}

/// What is wrong with the arguments, in one sentence, with what to write instead.
fn mistake(shown: &clap::Error) -> Diagnostic {
    let text = shown.to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().trim_start_matches("error: ");
    let hints =
        lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"));
    hints.fold(Diagnostic::error("arguments", first), |message, hint| message.hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_in_arguments_are_messages() {
        let words = ["foretell", "run", "x.toml", "--percentiles", "0,50", "--format", "json"];
        assert!(wants_json(words.iter().map(OsString::from)));
        assert!(!wants_json(["foretell", "run", "json"].iter().map(OsString::from)));
        let shown = Args::try_parse_from(words).expect_err("0 is no percentile");
        let message = mistake(&shown);
        assert_eq!(message.code, "arguments");
        assert!(message.message.contains("'0,50'") && !message.message.starts_with("error"), "{message:?}");
    }
}
