//! Tables of text that fit a width.

use super::sheet::{Heading, Line, Sheet};
use crate::diagnostic::Style;
use crate::report::wrapping::{glued, width, wrap};

/// Blanks between two columns.
const GAP: usize = 2;
/// What a column of words keeps at least.
const NARROWEST: usize = 8;
/// What stands before the first cell of a nested line.
const INDENT: &str = "  ";

/// The sheet in lines of at most `room` columns, where `room` is at least 60.
///
/// Columns of words give way, and wrap, where the whole would be too wide. Where that is not enough, there are several
/// tables, each with the first column and some of the others.
pub fn tables(mut sheet: Sheet, room: usize, style: Style) -> Vec<String> {
    indent(&mut sheet);
    let parts = parts(&sheet, room);
    parts.iter().map(|columns| Layout::new(part(&sheet, columns), room).text(style)).collect()
}

/// Bold text, if there is colour at all.
pub fn bold(text: &str, style: Style) -> String {
    match style {
        Style::Plain => text.into(),
        Style::Coloured => format!("\u{1b}[1m{text}\u{1b}[0m"),
    }
}

fn indent(sheet: &mut Sheet) {
    let is_words = sheet.headings.first().is_some_and(|one| one.is_words);
    for line in &mut sheet.lines {
        if let Line::Cells { cells, is_nested: true } = line
            && let Some(first) = cells.first_mut().filter(|_| is_words)
        {
            first.insert_str(0, INDENT);
        }
    }
}

/// The columns of each table: the first, and as many of the others as there is room for.
fn parts(sheet: &Sheet, room: usize) -> Vec<Vec<usize>> {
    let least: Vec<usize> = (0..sheet.headings.len()).map(|column| least(sheet, column, room)).collect();
    let is_too_wide = |columns: &[usize]| total(columns.iter().map(|at| least[*at])) > room;
    let mut parts = Vec::new();
    let mut part = vec![0];
    for unit in units(&sheet.headings) {
        if part.len() > 1 && is_too_wide(&[part.as_slice(), &unit].concat()) {
            parts.push(std::mem::replace(&mut part, vec![0]));
        }
        part.extend(unit);
    }
    parts.push(part);
    parts
}

/// The columns after the first, each with its errors, from which it is never parted.
fn units(headings: &[Heading]) -> Vec<Vec<usize>> {
    let others: Vec<usize> = (1..headings.len()).collect();
    others.chunk_by(|_, next| headings[*next].is_error).map(<[usize]>::to_vec).collect()
}

fn part(sheet: &Sheet, columns: &[usize]) -> Sheet {
    let lines = sheet.lines.iter().map(|line| match line {
        Line::Cells { cells, is_nested } => Line::Cells {
            cells: columns.iter().map(|at| cells[*at].clone()).collect(),
            is_nested: *is_nested,
        },
        group => group.clone(),
    });
    Sheet { headings: columns.iter().map(|at| sheet.headings[*at].clone()).collect(), lines: lines.collect() }
}

/// The width of columns side by side.
fn total(widths: impl ExactSizeIterator<Item = usize>) -> usize {
    GAP * widths.len().saturating_sub(1) + widths.sum::<usize>()
}

/// The width at which a column wraps nothing but its heading. One that is not of words has at most a third of the room,
/// so that the first column and one with its errors always fit.
fn natural(sheet: &Sheet, column: usize, room: usize) -> usize {
    let heading = &sheet.headings[column];
    let (own, most) = match heading.is_words {
        true => (width(&heading.text), room),
        false => {
            (glued(&heading.text).iter().map(|word| width(word)).max().unwrap_or(0), (room - 2 * GAP) / 3)
        }
    };
    let cells = sheet.lines.iter().map(|line| match line {
        Line::Cells { cells, .. } => width(&cells[column]),
        Line::Group(_) => 0,
    });
    cells.max().unwrap_or(0).max(own).min(most)
}

/// What a column of words keeps in a table that would be split otherwise: narrower ones break words.
const READABLE: usize = 12;

/// What a column keeps when it gives way.
fn least(sheet: &Sheet, column: usize, room: usize) -> usize {
    let natural = natural(sheet, column, room);
    let heading = &sheet.headings[column];
    if heading.is_words && !heading.is_typed { natural.min(READABLE) } else { natural }
}

/// A sheet with the width of each column.
struct Layout {
    sheet: Sheet,
    widths: Vec<usize>,
    room: usize,
}

impl Layout {
    fn new(sheet: Sheet, room: usize) -> Layout {
        let widths = (0..sheet.headings.len()).map(|column| natural(&sheet, column, room)).collect();
        let mut layout = Layout { sheet, widths, room };
        layout.shrink();
        layout.grow();
        layout
    }

    /// The widest columns of words give way; those of words that are typed as they stand once no other can.
    fn shrink(&mut self) {
        for _ in self.room..self.total() {
            let widest = |is_typed: bool| {
                let words = (0..self.widths.len()).filter(|at| {
                    let heading = &self.sheet.headings[*at];
                    heading.is_words && heading.is_typed == is_typed && self.widths[*at] > NARROWEST
                });
                words.max_by_key(|at| self.widths[*at])
            };
            let Some(widest) = widest(false).or_else(|| widest(true)) else { return };
            self.widths[widest] -= 1;
        }
    }

    /// The first column gets what a group's label wants, which spans the table.
    fn grow(&mut self) {
        let wanted = self.sheet.lines.iter().map(|line| match line {
            Line::Group(label) => width(label),
            Line::Cells { .. } => 0,
        });
        let missing = wanted.max().unwrap_or(0).min(self.room).saturating_sub(self.total());
        if let Some(first) = self.widths.first_mut() {
            *first += missing;
        }
    }

    fn total(&self) -> usize {
        total(self.widths.iter().copied())
    }

    fn text(&self, style: Style) -> String {
        let headings: Vec<String> = self.sheet.headings.iter().map(|one| one.text.clone()).collect();
        let headings = self.lines(&headings, true).into_iter().map(|line| bold(&line, style));
        let rows = self.sheet.lines.iter().flat_map(|line| match line {
            Line::Group(label) => wrap(label, self.room).iter().map(|line| bold(line, style)).collect(),
            Line::Cells { cells, .. } => self.lines(cells, false),
        });
        headings.chain(["─".repeat(self.total())]).chain(rows).map(|line| line + "\n").collect()
    }

    /// One row as lines; cells stand at its top, or at its bottom.
    fn lines(&self, cells: &[String], at_bottom: bool) -> Vec<String> {
        let wrapped: Vec<Vec<String>> =
            cells.iter().zip(&self.widths).map(|(cell, width)| wrap(cell, *width)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let piece = |cell: &[String], line: usize| {
            let above = if at_bottom { height - cell.len() } else { 0 };
            line.checked_sub(above).and_then(|at| cell.get(at)).cloned().unwrap_or_default()
        };
        let pieces = |line| wrapped.iter().map(|cell| piece(cell, line)).collect::<Vec<_>>();
        (0..height).map(|line| self.line(&pieces(line))).collect()
    }

    fn line(&self, pieces: &[String]) -> String {
        let pad = |((piece, room), heading): ((&String, &usize), &Heading)| {
            let blanks = " ".repeat(room.saturating_sub(width(piece)));
            if heading.is_left { format!("{piece}{blanks}") } else { format!("{blanks}{piece}") }
        };
        let cells = pieces.iter().zip(&self.widths).zip(&self.sheet.headings).map(pad);
        cells.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().into()
    }
}
