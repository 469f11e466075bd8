//! A table of a page.

use super::{Cell, Column};
use crate::statistics::Estimate;

/// Rows of cells under headings.
///
/// ```
/// use foretell::report::page::{Cell, Column, Row, Table};
/// use foretell::statistics::Estimate;
/// let mut table = Table::new(1, [Column::words("label", "Outcome"), Column::probability("p", "Probability")]);
/// table.group("If it rains");
/// table.nested([Cell::from("flood"), Estimate::exact(0.25).into()]);
/// assert_eq!(table.rows[0], Row::Group("If it rains".into()));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The rows, from top to bottom.
    pub rows: Vec<Row>,
    /// The decimals of a percentage.
    pub decimals: usize,
}

/// A row; missing cells are blank, and cells without a column are not shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A heading for the nested rows below it; not in comma-separated values.
    Group(String),
    /// A row of its own.
    Plain(Vec<Cell>),
    /// A row below a heading or a plain row that it belongs to.
    Nested(Vec<Cell>),
}

impl Table {
    /// A table without rows.
    pub fn new(decimals: usize, columns: impl Into<Vec<Column>>) -> Table {
        Table { columns: columns.into(), rows: Vec::new(), decimals }
    }

    /// Adds a heading for the nested rows to come.
    pub fn group(&mut self, label: impl Into<String>) {
        self.rows.push(Row::Group(label.into()));
    }

    /// Adds a row of its own.
    pub fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        self.rows.push(Row::Plain(cells.into()));
    }

    /// Adds a row that belongs to one above.
    pub fn nested(&mut self, cells: impl Into<Vec<Cell>>) {
        self.rows.push(Row::Nested(cells.into()));
    }

    /// The estimates that have their errors beside them, but for cells that measure quantities in a column of probabilities.
    pub fn estimates(&self) -> impl Iterator<Item = Estimate> {
        let of_row = |row| {
            let columns = self.columns.iter().enumerate().filter(|(_, column)| column.has_error);
            columns.filter_map(move |(at, _)| match Row::cell(row, at) {
                Cell::Measured(own, _) if own.is_quantity() => None,
                cell => cell.estimate(),
            })
        };
        self.rows.iter().flat_map(of_row)
    }

    /// The same table without errors.
    pub fn without_errors(mut self) -> Table {
        self.columns.iter_mut().for_each(|column| column.has_error = false);
        self
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Row {
    /// The cell of a column, counted from 0; nothing for one that is blank or missing, and for all of a group's.
    pub fn cell(&self, at: usize) -> &Cell {
        match self {
            Row::Group(_) => &Cell::Blank,
            Row::Plain(cells) | Row::Nested(cells) => cells.get(at).unwrap_or(&Cell::Blank),
        }
    }
}
