//! A column of a table.

/// What the numbers of a column measure, which says how they look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// Words: the only measure that stands on the left of its column.
    Words,
    /// A probability, 0 to 1: "39.5 %".
    Probability,
    /// A probability, 0 to 1, whose sign stands in the heading: "39.5".
    Percent,
    /// A difference of probabilities, −1 to 1, in percentage points: "−23.8".
    Points,
    /// A difference of probabilities of which the sign is what matters, in percentage points: "−23.8", or "0.00451"
    /// where tenths would hide it.
    Margin,
    /// A share, 0 to 1, as a bar where text is as wide as it is printed.
    Bar,
    /// Any number: "0.612".
    Quantity,
    /// A difference of any numbers: "+0.250".
    Change,
    /// A change in log-odds: "+0.69".
    LogOdds,
    /// A correlation, −1 to 1, or another number between: "0.500".
    Correlation,
    /// A whole number from 0 on: "65 536".
    Count,
}

impl Measure {
    /// Whether it is that of any numbers, whose errors are none in points.
    pub(crate) fn is_quantity(self) -> bool {
        matches!(self, Measure::Quantity | Measure::Change)
    }
}

/// What a table says in each row.
///
/// The functions named after measures take the name in comma-separated values and then the heading on a page.
///
/// ```
/// use foretell::report::page::Column;
/// let low = Column::probability("low", "lowest fifth").without_error();
/// assert_eq!((low.key.as_str(), low.heading.as_deref(), low.has_error), ("low", Some("lowest fifth"), false));
/// assert_eq!(Column::words("id", "Name").hidden(), Column::csv("id"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name in comma-separated values; empty if the column is not there.
    pub key: String,
    /// The heading on a page; `None` if the column stands in comma-separated values alone.
    pub heading: Option<String>,
    /// What its cells measure, unless they say otherwise.
    pub measure: Measure,
    /// Whether its cells are estimates, shown with a column of errors, "±", behind it.
    pub has_error: bool,
    /// Whether its words are typed as they stand, as addresses are: they keep their line as long as there is any room.
    pub is_typed: bool,
}

impl Column {
    /// A column without errors.
    pub fn new(measure: Measure, key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column { key: key.into(), heading: Some(heading.into()), measure, has_error: false, is_typed: false }
    }

    /// A column that stands in comma-separated values alone, whatever it measures.
    pub fn csv(key: impl Into<String>) -> Column {
        Column::words(key, "").hidden()
    }

    /// Words.
    pub fn words(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column::new(Measure::Words, key, heading)
    }

    /// Words that are typed as they stand, as addresses are.
    pub fn typed(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column { is_typed: true, ..Column::words(key, heading) }
    }

    /// Estimated probabilities, with their errors.
    pub fn probability(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column::new(Measure::Probability, key, heading).with_error()
    }

    /// Probabilities without their sign, which the heading holds, and without errors.
    pub fn percent(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column::new(Measure::Percent, key, heading)
    }

    /// Estimated differences of probabilities, with their errors.
    pub fn points(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column::new(Measure::Points, key, heading).with_error()
    }

    /// Shares as bars.
    pub fn bar(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column::new(Measure::Bar, key, heading)
    }

    /// Any numbers, without errors.
    pub fn quantity(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column::new(Measure::Quantity, key, heading)
    }

    /// Estimated differences of any numbers, with their errors.
    pub fn change(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column::new(Measure::Change, key, heading).with_error()
    }

    /// Estimated changes in log-odds, with their errors.
    pub fn log_odds(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column::new(Measure::LogOdds, key, heading).with_error()
    }

    /// Correlations, without errors.
    pub fn correlation(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column::new(Measure::Correlation, key, heading)
    }

    /// Whole numbers, without errors.
    pub fn count(key: impl Into<String>, heading: impl Into<String>) -> Column {
        Column::new(Measure::Count, key, heading)
    }

    /// The same column with a column of errors behind it.
    pub fn with_error(self) -> Column {
        Column { has_error: true, ..self }
    }

    /// The same column without a column of errors.
    pub fn without_error(self) -> Column {
        Column { has_error: false, ..self }
    }

    /// The same column in comma-separated values alone.
    pub fn hidden(self) -> Column {
        Column { heading: None, ..self }
    }
}
