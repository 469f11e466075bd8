//! Tables of other people's experiments: comma-separated values with a header, a row for each experiment.

use crate::diagnostic::{Diagnostic, list};

/// A table whose columns have names of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiments {
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// How many rows.
    pub rows: usize,
}

/// A column of cells without the white space around them.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name; of one without, `column N`.
    pub name: String,
    /// The cells, from top to bottom; `None` where nothing stands, or what stands for nothing.
    pub cells: Vec<Option<String>>,
}

/// What stands for nothing, in small letters.
const NOTHING: [&str; 7] = ["", "na", "n/a", "nan", "null", "none", "?"];

impl Experiments {
    /// Reads a table.
    ///
    /// # Errors
    /// It has no rows, rows of several lengths, or two columns of one name.
    ///
    /// ```
    /// use foretell::interchange::experiments::Experiments;
    /// let table = Experiments::read("rain,sky\n0.3,\"grey, low\"\n,NA\n").unwrap();
    /// assert_eq!(table.columns[1].cells, [Some("grey, low".into()), None]);
    /// assert_eq!(table.columns[0].numbers(), Some(vec![Some(0.3), None]));
    /// ```
    pub fn read(text: &str) -> Result<Experiments, Diagnostic> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| unreadable(&error))?.clone();
        let names = names(&header)?;
        let mut cells: Vec<Vec<Option<String>>> = vec![Vec::new(); names.len()];
        for record in reader.records() {
            let record = record.map_err(|error| unreadable(&error))?;
            let known = |cell: &str| Some(cell.to_string()).filter(|one| !is_nothing(one));
            cells.iter_mut().zip(&record).for_each(|(column, cell)| column.push(known(cell)));
        }
        let rows = cells.first().map_or(0, Vec::len);
        if rows == 0 {
            return Err(table("the table has no rows")
                .hint("its first row names the columns, each row below it is an experiment"));
        }
        let columns = names.into_iter().zip(cells).map(|(name, cells)| Column { name, cells }).collect();
        Ok(Experiments { columns, rows })
    }

    /// The column of a name.
    ///
    /// # Errors
    /// There is none.
    pub fn column(&self, name: &str) -> Result<&Column, Diagnostic> {
        self.columns.iter().find(|one| one.name == name).ok_or_else(|| {
            let names: Vec<&str> = self.columns.iter().map(|one| one.name.as_str()).take(12).collect();
            let hint = match crate::diagnostic::did_you_mean(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its columns are {}", list(names, "and")),
            };
            Diagnostic::error("unknown-name", format!("no column is called `{name}`")).hint(hint)
        })
    }
}

impl Column {
    /// The cells as finite numbers, if all that stand there are; what is too large for a number is missing.
    pub fn numbers(&self) -> Option<Vec<Option<f64>>> {
        let number = |cell: &Option<String>| match cell {
            None => Some(None),
            Some(text) => text.parse::<f64>().ok().map(|one| Some(one).filter(|one| one.is_finite())),
        };
        let all: Vec<Option<f64>> = self.cells.iter().map(number).collect::<Option<_>>()?;
        all.iter().any(Option::is_some).then_some(all)
    }
}

fn is_nothing(cell: &str) -> bool {
    NOTHING.contains(&cell.to_lowercase().as_str())
}

fn names(header: &csv::StringRecord) -> Result<Vec<String>, Diagnostic> {
    let name = |(at, name): (usize, &str)| match name.is_empty() {
        true => format!("column {}", at + 1),
        false => name.to_string(),
    };
    let names: Vec<String> = header.iter().enumerate().map(name).collect();
    let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
    match twice {
        Some((_, name)) => Err(table(format!("two columns are called `{name}`"))
            .hint("give each column of the table a name of its own in its first row")),
        None => Ok(names),
    }
}

fn table(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("table", message)
}

fn unreadable(error: &csv::Error) -> Diagnostic {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            table(format!("line {line} has {len} cells, but the header has {expected_len}"))
                .hint("mend the row; write a comma inside a cell between double quotes")
        }
        _ => table(error.to_string()).hint("write comma-separated values with a header row"),
    }
}
