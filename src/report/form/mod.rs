//! The forms of an answer: a [`Page`] as text, Markdown or comma-separated values, and the answer itself as JSON. Each is bytes,
//! and knows no verb.

mod bar;
pub mod csv;
pub mod json;
mod layout;
mod look;
pub mod markdown;
pub mod schema;
mod sheet;
pub mod text;

use serde::Serialize;

use super::page::Page;
use crate::diagnostic::Style;

/// The forms that an answer can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// For reading.
    Text,
    /// For programs: everything, to full precision, as its schema describes it.
    Json,
    /// For spreadsheets: the main table, unrounded.
    Csv,
    /// For reports: a section with a footnote.
    Markdown,
}

impl Format {
    /// All forms.
    pub const ALL: [Format; 4] = [Format::Text, Format::Json, Format::Csv, Format::Markdown];

    /// What it is called on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
        }
    }

    /// What it is for.
    pub const fn purpose(self) -> &'static str {
        match self {
            Format::Text => "For reading",
            Format::Json => "For programs: everything, to full precision, as `foretell schema` describes it",
            Format::Csv => "For spreadsheets: the main table, unrounded",
            Format::Markdown => "For reports: a section with a footnote",
        }
    }

    /// An answer and the page that it reads as, in this form; text of at most `width` columns.
    pub fn render(self, answer: &impl Serialize, page: &Page, width: usize, style: Style) -> Vec<u8> {
        match self {
            Format::Text => text::render(page, width, style),
            Format::Json => json::render(answer),
            Format::Csv => csv::render(page),
            Format::Markdown => markdown::render(page),
        }
    }
}

/// Comma-separated values, for spreadsheets as those of which no cell is a formula.
pub fn values(page: &Page, is_for_spreadsheets: bool) -> Vec<u8> {
    if is_for_spreadsheets { csv::render_for_spreadsheets(page) } else { csv::render(page) }
}
