//! A cell of a table.

use super::Measure;
use crate::statistics::Estimate;

/// What one row says in one column. How a number looks is the column's matter, see [`Measure`].
///
/// ```
/// use foretell::report::page::{Cell, Measure};
/// assert_eq!(Cell::from("rain"), Cell::Words("rain".into()));
/// assert_eq!(Cell::from(None::<f64>), Cell::Blank);
/// assert_eq!(Cell::from(12.5).measured(Measure::Quantity).value(), Some(12.5));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Cell {
    /// Nothing.
    #[default]
    Blank,
    /// Words.
    Words(String),
    /// A number from draws, without its error; a probability is never shown as 0 % or 100 %.
    Number(f64),
    /// A number that no draw entered.
    Exact(f64),
    /// A number from draws with its error.
    Estimate(Estimate),
    /// A cell that measures something else than its column.
    Measured(Measure, Box<Cell>),
}

impl Cell {
    /// The same cell as a measure of its own, in a column where measures differ.
    pub fn measured(self, measure: Measure) -> Cell {
        Cell::Measured(measure, Box::new(self))
    }

    /// The number in it, if there is one.
    pub fn value(&self) -> Option<f64> {
        match self {
            Cell::Blank | Cell::Words(_) => None,
            Cell::Number(value) | Cell::Exact(value) => Some(*value),
            Cell::Estimate(estimate) => Some(estimate.value),
            Cell::Measured(_, cell) => cell.value(),
        }
    }

    /// The number in it with its error, if that is known.
    pub fn estimate(&self) -> Option<Estimate> {
        match self {
            Cell::Blank | Cell::Words(_) | Cell::Number(_) => None,
            Cell::Exact(value) => Some(Estimate::exact(*value)),
            Cell::Estimate(estimate) => Some(*estimate),
            Cell::Measured(_, cell) => cell.estimate(),
        }
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Cell {
        Cell::Words(words.into())
    }
}

impl From<&String> for Cell {
    fn from(words: &String) -> Cell {
        Cell::Words(words.clone())
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Cell {
        Cell::Words(words)
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Cell {
        Cell::Number(value)
    }
}

impl From<Estimate> for Cell {
    fn from(estimate: Estimate) -> Cell {
        Cell::Estimate(estimate)
    }
}

impl From<&Estimate> for Cell {
    fn from(estimate: &Estimate) -> Cell {
        Cell::Estimate(*estimate)
    }
}

/// "true" or "false".
impl From<bool> for Cell {
    fn from(truth: bool) -> Cell {
        Cell::Words(truth.to_string())
    }
}

/// Blank if there is nothing.
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(content: Option<T>) -> Cell {
        content.map_or(Cell::Blank, Into::into)
    }
}
