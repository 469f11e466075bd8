//! Standard output, for answers, and standard error, for everything else.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};

use super::allowed::Allowed;
use super::failure::Failure;
use super::files::{self, Input};
use super::flags::{Colour, Display};
use super::held::{Held, Output};
use super::interrupt::{self, INTERRUPTED, Interrupt};
use crate::diagnostic::{Diagnostic, Diagnostics, Hint, SourceFile, Sources, Style, render_all, visible};
use crate::report::form::{self, Format, json};
use crate::report::mistakes::Mistakes;
use crate::report::page::{Detail, Page};
use crate::report::paged::{Report, View};
use crate::report::wrapping::wrap;

/// Where a command speaks, and how much.
#[derive(Clone, Debug)]
pub struct Terminal {
    colour: ColorChoice,
    /// Whether standard output is taken by something else, so that answers go to standard error.
    is_taken: Cell<bool>,
    /// Whether an answer was printed: one document is all that a program reads.
    has_answered: Cell<bool>,
    /// How much is said.
    pub detail: Detail,
    /// Whether CSV is for spreadsheets.
    is_for_spreadsheets: bool,
    /// What the command may take and read.
    pub allowed: Allowed,
    /// What stands in its place.
    held: Option<Held>,
}

impl Terminal {
    /// As the flags want it.
    pub fn new(display: Display, allowed: Allowed) -> Terminal {
        let colour = match display.color {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        let detail = match (display.quiet, display.verbose) {
            (true, _) => Detail::Brief,
            (_, true) => Detail::Full,
            _ => Detail::Screen,
        };
        Terminal {
            colour,
            is_taken: Cell::new(false),
            has_answered: Cell::new(false),
            detail,
            is_for_spreadsheets: display.excel,
            allowed,
            held: None,
        }
    }

    /// None: everything is kept by `held`, in words without colours.
    pub fn held(display: Display, allowed: Allowed, held: Held) -> Terminal {
        Terminal { colour: ColorChoice::Never, held: Some(held), ..Terminal::new(display, allowed) }
    }

    /// The scenario that `path` names: a file, standard input, or what is held in its place.
    ///
    /// # Errors
    /// It can't be read, is not text, or is too large.
    pub fn input(&self, path: &Path) -> Result<Input, Failure> {
        let held = self.held.as_ref().and_then(|held| held.input(path));
        held.map_or_else(|| files::input(path), Ok)
    }

    /// What stands in place of standard input.
    pub fn fed(&self) -> Option<&[u8]> {
        self.held.as_ref().and_then(|held| held.fed.as_deref())
    }

    /// Whether something is held in place of the file that `path` names.
    pub fn holds(&self, path: &Path) -> bool {
        self.held.as_ref().is_some_and(|held| held.inputs.contains_key(path))
    }

    /// What stands in place of standard output.
    pub fn output(&self) -> Option<Output> {
        self.held.as_ref().map(|held| held.output.clone())
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
        if let Some(held) = &self.held {
            held.keep(|reply| {
                reply.json = self.rendered(report, Format::Json);
                reply.text = self.rendered(report, Format::Text);
                reply.markdown = self.rendered(report, Format::Markdown);
                reply.csv = self.rendered(report, Format::Csv);
            });
            return Ok(());
        }
        let bytes = self.rendered(report, format);
        // Text is one line's worth of letters everywhere; data holds names as they are, which is nothing for a terminal.
        let is_data = matches!(format, Format::Csv | Format::Markdown);
        let bytes = if is_data && self.is_seen() { shown(bytes) } else { bytes };
        // Colours are in text alone: of data nothing is taken off.
        let colour = if format == Format::Text { self.colour } else { ColorChoice::AlwaysAnsi };
        self.write(&bytes, colour)
    }

    fn rendered(&self, report: &impl Report, format: Format) -> Vec<u8> {
        // Markdown is for a page of the reader's own, which wants the whole section however quiet the command is.
        let least = if format == Format::Text { Detail::Brief } else { Detail::Normal };
        let page = report.page(View { detail: self.detail.max(least), has_figures: false });
        match format {
            Format::Csv => self.csv(&page),
            _ => format.render(report, &page, self.width(), self.style()),
        }
    }

    /// What is written always has its colours; the streams take them off where they are not wanted.
    fn style(&self) -> Style {
        if self.held.is_some() { Style::Plain } else { Style::Coloured }
    }

    /// A page as comma-separated values, for spreadsheets where the flags say so.
    pub fn csv(&self, page: &Page) -> Vec<u8> {
        form::values(page, self.is_for_spreadsheets)
    }

    /// Writes data to standard output, or to standard error if that is taken. A reader who has gone away is not a failure.
    ///
    /// # Errors
    /// It can't be written, as on a full disk.
    pub fn print(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.write(bytes, ColorChoice::AlwaysAnsi)
    }

    fn write(&self, bytes: &[u8], colour: ColorChoice) -> Result<(), Failure> {
        self.has_answered.set(true);
        if let Some(mut output) = self.output() {
            return output.write_all(bytes).map_err(|_| Failure::Interrupted);
        }
        let (done, name) = match self.is_taken.get() {
            true => (write_all(AutoStream::new(io::stderr(), colour), bytes), "error"),
            false => (write_all(AutoStream::new(io::stdout(), colour), bytes), "output"),
        };
        match done {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                let message = format!("can't write to standard {name}: {error}");
                Err(Failure::plain(Diagnostic::error("file", message)))
            }
            _ => Ok(()),
        }
    }

    /// Whether somebody looks at what is printed.
    fn is_seen(&self) -> bool {
        if self.is_taken.get() { io::stderr().is_terminal() } else { io::stdout().is_terminal() }
    }

    /// The columns of the terminal that the answer goes to; [`COLUMNS`] where it goes elsewhere.
    fn width(&self) -> usize {
        if self.held.is_some() {
            return COLUMNS;
        }
        let size = match self.is_taken.get() {
            true => terminal_size::terminal_size_of(io::stderr()),
            false => terminal_size::terminal_size_of(io::stdout()),
        };
        size.map_or(COLUMNS, |(width, _)| width.0.into())
    }

    /// Listens for Ctrl-C from now on.
    pub fn listen(&self) -> Interrupt {
        match &self.held {
            Some(held) => held.interrupt.clone(),
            None => Interrupt::listen(self.allowed.memory(), self.detail > Detail::Brief),
        }
    }

    /// Says something on standard error, unless told to be quiet.
    pub fn say(&self, text: &str) {
        if self.detail > Detail::Brief {
            self.write_error(text.as_bytes());
        }
    }

    /// Shows warnings, unless told to be quiet.
    pub fn warn(&self, sources: &Sources, warnings: &Diagnostics) {
        if warnings.is_empty() {
            return;
        }
        if let Some(held) = &self.held {
            held.keep(|reply| reply.warnings = json::render(&Mistakes::of(warnings, sources)));
        }
        self.say(&(render_all(&self.fitted(warnings), sources, self.style()) + "\n"));
    }

    /// Whether somebody looks at standard error.
    pub fn is_watched(&self) -> bool {
        self.held.is_none() && self.detail > Detail::Brief && io::stderr().is_terminal()
    }

    /// Shows why a command failed, if it did, and gives the exit code. Who asked for JSON gets the messages as JSON too.
    pub fn finish(&self, done: Result<ExitCode, Failure>, format: Format) -> u8 {
        match done {
            Ok(code) => u8::from(code != ExitCode::SUCCESS),
            Err(Failure::Interrupted) => {
                if interrupt::is_first_to_say() {
                    self.say(interrupt::NOTHING_WRITTEN);
                }
                INTERRUPTED
            }
            Err(Failure::No(sources, list)) => {
                let wants_json = format == Format::Json && !self.has_answered.get();
                // Where both would go to standard error, a program could read neither.
                if !(wants_json && self.is_taken.get()) {
                    self.write_error(render_all(&self.fitted(&list), &sources, self.style()).as_bytes());
                }
                if wants_json {
                    // If that fails too, there is nobody left to tell.
                    let _ = self.print(&json::render(&Mistakes::of(&list, &sources)));
                }
                2
            }
        }
    }

    /// Messages whose sentences and hints fit the terminal that shows them; as they are where there is none.
    fn fitted(&self, list: &Diagnostics) -> Diagnostics {
        let size = terminal_size::terminal_size_of(io::stderr()).filter(|_| self.held.is_none());
        let Some((columns, _)) = size else { return list.clone() };
        let fit = |text: &str, before: usize| {
            wrap(text, usize::from(columns.0).max(NARROWEST).saturating_sub(before)).join("\n")
        };
        let mut fitted = Diagnostics::new();
        fitted.extend(list.iter().map(|one| Diagnostic {
            message: fit(&one.message, "warning[]: ".len() + one.code.len()),
            hints: one.hints.iter().map(|hint| Hint::new(fit(&hint.text, "    = hint: ".len()))).collect(),
            ..one.clone()
        }));
        fitted
    }

    fn write_error(&self, text: &[u8]) {
        if let Some(held) = &self.held {
            return held.keep(|reply| reply.said.push_str(&String::from_utf8_lossy(text)));
        }
        // If standard error is gone, there is nobody left to tell.
        let _ = AutoStream::new(io::stderr(), self.colour).write_all(text);
    }
}

/// Bytes as a terminal may have them.
fn shown(bytes: Vec<u8>) -> Vec<u8> {
    match std::str::from_utf8(&bytes).map(visible) {
        Ok(Cow::Owned(shown)) => shown.into_bytes(),
        _ => bytes,
    }
}

fn write_all(mut stream: impl Write, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes)?;
    stream.flush()
}

/// Messages are not wrapped to fewer columns than these.
const NARROWEST: usize = 60;

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
