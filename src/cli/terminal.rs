//! Standard output, for answers, and standard error, for everything else.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};

use super::args::{Colour, Display};
use super::failure::Failure;
use super::interrupt::INTERRUPTED;
use super::target::Target;
use crate::diagnostic::{Diagnostic, Diagnostics, Sources, Style, render_all};
use crate::report::text::Detail;

/// Where a command speaks, and how much.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    colour: ColorChoice,
    /// Whether standard output is taken by something else, so that answers go to standard error.
    is_taken: bool,
    /// How much is said.
    pub detail: Detail,
}

/// What is written always has its colours; the streams take them off where they are not wanted.
pub(super) const STYLE: Style = Style::Coloured;

impl Terminal {
    /// As the flags want it.
    pub fn new(display: Display) -> Terminal {
        let colour = match display.color {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        let detail = match (display.quiet, display.verbose) {
            (true, _) => Detail::Brief,
            (_, true) => Detail::Full,
            _ => Detail::Normal,
        };
        Terminal { colour, is_taken: false, detail }
    }

    /// The same beside an output that may take standard output.
    pub fn beside(self, output: Option<&Target>) -> Terminal {
        Terminal { is_taken: output.is_some_and(Target::is_standard), ..self }
    }

    /// Writes the answer to standard output, or to standard error if that is taken. A reader who has gone away is not a failure.
    ///
    /// # Errors
    /// Standard output can't be written, as on a full disk.
    pub fn answer(&self, text: &str) -> Result<(), Failure> {
        if self.is_taken {
            self.write_error(text);
            return Ok(());
        }
        let mut stream = AutoStream::new(io::stdout(), self.colour);
        match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                let message = format!("can't write to standard output: {error}");
                Err(Failure::plain(Diagnostic::error("file", message)))
            }
            _ => Ok(()),
        }
    }

    /// Says something on standard error, unless told to be quiet.
    pub fn say(&self, text: &str) {
        if self.detail > Detail::Brief {
            self.write_error(text);
        }
    }

    /// Shows warnings, unless told to be quiet.
    pub fn warn(&self, sources: &Sources, warnings: &Diagnostics) {
        if !warnings.is_empty() {
            self.say(&(render_all(warnings, sources, STYLE) + "\n"));
        }
    }

    /// Whether somebody looks at standard error.
    pub fn is_watched(&self) -> bool {
        self.detail > Detail::Brief && io::stderr().is_terminal()
    }

    /// Shows why a command failed, if it did, and gives the exit code.
    pub fn finish(&self, done: Result<ExitCode, Failure>) -> ExitCode {
        match done {
            Ok(code) => code,
            Err(Failure::Interrupted) => {
                self.say("interrupted: nothing was written\n");
                ExitCode::from(INTERRUPTED)
            }
            Err(Failure::No(sources, list)) => {
                self.write_error(&render_all(&list, &sources, STYLE));
                ExitCode::from(2)
            }
        }
    }

    fn write_error(&self, text: &str) {
        // If standard error is gone, there is nobody left to tell.
        let _ = AutoStream::new(io::stderr(), self.colour).write_all(text.as_bytes());
    }
}
