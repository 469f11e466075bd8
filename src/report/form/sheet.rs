//! A table as people read it: nothing but words, and errors in columns of their own.

use super::bar::bar;
use super::look::{error, shown};
use crate::report::page::{Column, Measure, Row, Table};
use crate::report::wrapping::plain;

/// What a page shows of a table; every text is on one line, without control characters.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub headings: Vec<Heading>,
    pub lines: Vec<Line>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    pub text: String,
    /// Words wrap, and give way where there is little room.
    pub is_words: bool,
    /// Words that are typed as they stand give way last.
    pub is_typed: bool,
    /// Words and bars stand on the left of their column, all else on the right.
    pub is_left: bool,
    /// Whether these are the errors of the column before.
    pub is_error: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// A heading for the nested lines below it.
    Group(String),
    /// As many cells as there are columns.
    Cells { cells: Vec<String>, is_nested: bool },
}

impl Sheet {
    /// All columns with a heading, bars as wide as `bar`; nothing at all of a table without rows.
    pub fn of(table: &Table, bar: usize) -> Option<Sheet> {
        let headings: Vec<Heading> = table.columns.iter().flat_map(headings).collect();
        let lines = table.rows.iter().map(|row| Line::of(row, table, bar)).collect();
        let is_empty = headings.is_empty() || table.is_empty();
        (!is_empty).then_some(Sheet { headings, lines })
    }
}

impl Line {
    fn of(row: &Row, table: &Table, bar: usize) -> Line {
        match row {
            Row::Group(label) => Line::Group(plain(label)),
            Row::Plain(_) => Line::Cells { cells: cells(row, table, bar), is_nested: false },
            Row::Nested(_) => Line::Cells { cells: cells(row, table, bar), is_nested: true },
        }
    }
}

fn headings(column: &Column) -> Vec<Heading> {
    let Some(text) = &column.heading else { return Vec::new() };
    let is_words = column.measure == Measure::Words;
    let is_left = is_words || column.measure == Measure::Bar;
    let own = Heading { text: plain(text), is_words, is_typed: column.is_typed, is_left, is_error: false };
    let errors =
        Heading { text: "±".into(), is_words: false, is_typed: false, is_left: false, is_error: true };
    [own].into_iter().chain(column.has_error.then_some(errors)).collect()
}

fn cells(row: &Row, table: &Table, width: usize) -> Vec<String> {
    let visible = table.columns.iter().enumerate().filter(|(_, column)| column.heading.is_some());
    let pair = |(at, column): (usize, &Column)| {
        let (cell, measure) = (row.cell(at), column.measure);
        let error = column.has_error.then(|| error(cell, measure, table.decimals));
        let own = match measure {
            Measure::Bar => cell.value().map_or(String::new(), |share| bar(share, width)),
            _ => shown(cell, measure, table.decimals),
        };
        [own].into_iter().chain(error)
    };
    visible.flat_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::Cell;

    #[test]
    fn errors_get_a_column_and_hidden_columns_none() {
        let columns =
            [Column::csv("id"), Column::words("label", "Name"), Column::probability("p", "Probability")];
        let mut table = Table::new(1, columns);
        table.row([Cell::from("rain"), "Rain\n".into(), Cell::Exact(0.5)]);
        table.nested([Cell::from("snow")]);
        let sheet = Sheet::of(&table, 8).unwrap();
        let texts: Vec<&str> = sheet.headings.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["Name", "Probability", "±"]);
        let line =
            |cells: [&str; 3], is_nested| Line::Cells { cells: cells.map(String::from).into(), is_nested };
        assert_eq!(sheet.lines, [line(["Rain", "50.0 %", "exact"], false), line(["", "", ""], true)]);
    }

    #[test]
    fn nothing_to_show_is_no_sheet() {
        let mut table = Table::new(1, [Column::csv("id")]);
        table.row([Cell::from("rain")]);
        assert_eq!(Sheet::of(&table, 8), None);
        assert_eq!(Sheet::of(&Table::new(1, [Column::words("label", "Name")]), 8), None);
    }
}
