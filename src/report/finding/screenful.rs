//! A page that is read on one screen.

use crate::diagnostic::Style;
use crate::report::form::text;
use crate::report::page::Page;

/// As many lines as the smallest terminals have, and as many columns.
const LINES: usize = 24;
const COLUMNS: usize = 80;

/// The page with the most rows, up to `most`, that is no longer than a screen; with one row if none is.
pub(super) fn screenful(most: usize, page: impl Fn(usize) -> Page) -> Page {
    let is_one = |page: &Page| {
        let text = text::render(page, COLUMNS, Style::Plain);
        text.iter().filter(|letter| **letter == b'\n').count() <= LINES
    };
    (2..=most).rev().map(&page).find(is_one).unwrap_or_else(|| page(1))
}

/// What stands for what is left out, as in " 7 more: -v."; nothing if nothing is.
pub(super) fn more(left_out: usize) -> String {
    if left_out == 0 { String::new() } else { format!(" {left_out} more: -v.") }
}
