//! Standard output, for answers, and standard error, for everything else.

use std::cell::Cell;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};

use super::failure::Failure;
use super::flags::{Colour, Display};
use super::interrupt::INTERRUPTED;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Sources, Style, render_all};
use crate::report::form::{Format, json};
use crate::report::mistakes::Mistakes;
use crate::report::page::Detail;
use crate::report::paged::{Report, View};

/// Where a command speaks, and how much.
#[derive(Clone, Debug)]
pub struct Terminal {
    colour: ColorChoice,
    /// Whether standard output is taken by something else, so that answers go to standard error.
    is_taken: Cell<bool>,
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
        Terminal { colour, is_taken: Cell::new(false), detail }
    }

    /// Leaves standard output to something else, such as the draws: answers go to standard error from now on.
    pub fn leave_output(&self) {
        self.is_taken.set(true);
    }

    /// Prints a report in some form.
    ///
    /// # Errors
    /// See [`print`](Terminal::print).
    pub fn report(&self, report: &impl Report, format: Format) -> Result<(), Failure> {
        // Markdown is for a page of the reader's own, which wants the whole section however quiet the command is.
        let least = if format == Format::Markdown { Detail::Normal } else { Detail::Brief };
        let page = report.page(View { detail: self.detail.max(least), has_figures: false });
        self.print(&format.render(report, &page, self.width(), STYLE))
    }

    /// Writes an answer to standard output, or to standard error if that is taken. A reader who has gone away is not a failure.
    ///
    /// # Errors
    /// Standard output can't be written, as on a full disk.
    pub fn print(&self, bytes: &[u8]) -> Result<(), Failure> {
        if self.is_taken.get() {
            self.write_error(bytes);
            return Ok(());
        }
        let mut stream = AutoStream::new(io::stdout(), self.colour);
        match stream.write_all(bytes).and_then(|()| stream.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                let message = format!("can't write to standard output: {error}");
                Err(Failure::plain(Diagnostic::error("file", message)))
            }
            _ => Ok(()),
        }
    }

    /// The columns of the terminal that the answer goes to; [`COLUMNS`] where it goes elsewhere.
    fn width(&self) -> usize {
        let size = match self.is_taken.get() {
            true => terminal_size::terminal_size_of(io::stderr()),
            false => terminal_size::terminal_size_of(io::stdout()),
        };
        size.map_or(COLUMNS, |(width, _)| width.0.into())
    }

    /// Says something on standard error, unless told to be quiet.
    pub fn say(&self, text: &str) {
        if self.detail > Detail::Brief {
            self.write_error(text.as_bytes());
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

    /// Shows why a command failed, if it did, and gives the exit code. Who asked for JSON gets the messages as JSON too.
    pub fn finish(&self, done: Result<ExitCode, Failure>, format: Format) -> ExitCode {
        match done {
            Ok(code) => code,
            Err(Failure::Interrupted) => {
                self.say("interrupted: nothing was written\n");
                ExitCode::from(INTERRUPTED)
            }
            Err(Failure::No(sources, list)) => {
                self.write_error(render_all(&list, &sources, STYLE).as_bytes());
                if format == Format::Json {
                    // If that fails too, the messages have been shown.
                    let _ = self.print(&json::render(&Mistakes::of(&list, &sources)));
                }
                ExitCode::from(2)
            }
        }
    }

    fn write_error(&self, text: &[u8]) {
        // If standard error is gone, there is nobody left to tell.
        let _ = AutoStream::new(io::stderr(), self.colour).write_all(text);
    }
}

/// Prints a mistake in the arguments as JSON, before anything is known of the terminal.
pub fn mistake(message: &Diagnostic) {
    let mut list = Diagnostics::new();
    list.push(message.clone());
    let sources = Sources::new(SourceFile::new("", ""));
    // If that fails too, the mistake has been shown.
    let _ = io::stdout().write_all(&json::render(&Mistakes::of(&list, &sources)));
}

/// The columns of an answer that goes to no terminal.
const COLUMNS: usize = 80;
