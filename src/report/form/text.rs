//! A page on a terminal.

use super::layout::{bold, tables};
use super::sheet::Sheet;
use crate::diagnostic::Style;
use crate::report::page::{Block, Page};
use crate::report::wrapping::{paragraph, plain, wrap};

/// The narrowest and the widest page: narrower tables can't be read, nor can longer lines.
const WIDTHS: (usize, usize) = (60, 120);

/// A bar takes one column in so many.
const BARS: usize = 8;

/// The page in lines of at most `width` columns, which is taken into 60 to 120. Figures and tables without rows are left
/// out.
///
/// ```
/// use foretell::{diagnostic::Style, report::{form::text, page::{Cell, Column, Page, Table}}};
/// let mut table = Table::new(1, [Column::words("label", "Outcome"), Column::percent("p", "%")]);
/// table.row([Cell::from("rain"), 0.395.into()]);
/// let mut page = Page::new("The weather");
/// page.table(table);
/// let text = "The weather\n\nOutcome     %\n─────────────\nrain     39.5\n";
/// assert_eq!(text::render(&page, 80, Style::Plain), text.as_bytes());
/// ```
pub fn render(page: &Page, width: usize, style: Style) -> Vec<u8> {
    let width = width.clamp(WIDTHS.0, WIDTHS.1);
    let mut parts = vec![header(page, width, style)];
    parts.extend(page.blocks.iter().map(|block| body(block, width, style)));
    parts.push(paragraphs(&page.foot, width));
    parts.retain(|part| !part.is_empty());
    parts.join("\n").into_bytes()
}

fn header(page: &Page, width: usize, style: Style) -> String {
    let title: String =
        wrap(&plain(&page.title), width).iter().map(|line| bold(line, style) + "\n").collect();
    title + &paragraphs(&page.lead, width)
}

fn body(block: &Block, width: usize, style: Style) -> String {
    match block {
        Block::Sentence(text) | Block::Note(text) => paragraph(&plain(text), width),
        Block::Table(table) => Sheet::of(table, width / BARS)
            .map_or(String::new(), |sheet| tables(sheet, width, style).join("\n")),
        #[cfg(feature = "charts")]
        Block::Figure(_) => String::new(),
    }
}

/// One below the other. An indent is not kept: it could be as wide as the page.
fn paragraphs(texts: &[String], width: usize) -> String {
    texts.iter().map(|text| paragraph(&plain(text), width)).collect()
}

#[cfg(test)]
mod tests;
