//! Distributions from what people say about them: intervals, quantiles, data.

use crate::distribution::{Distribution, Family, elicited};

/// Why nothing could be made of it, and what to write instead.
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) hint: String,
}

type Read = Result<(Distribution, String), Problem>;

/// `low to high` as a factor with a declared range, if any.
pub(super) fn factor_interval(low: f64, high: f64, range: Option<(f64, f64)>) -> Read {
    read(elicited::interval(low, high, range), low, high)
}

/// `low to high` as a weight or a base.
pub(super) fn signed_interval(low: f64, high: f64) -> Read {
    read(elicited::signed_interval(low, high), low, high)
}

fn read(found: Result<Distribution, elicited::FitError>, low: f64, high: f64) -> Read {
    match found {
        Ok(distribution) => {
            let text = format!("`{low} to {high}` is the 90 % interval of {}", distribution.describe());
            Ok((distribution, text))
        }
        Err(error) => Err(Problem { message: error.message, hint: error.hint }),
    }
}

/// A family from named quantiles.
pub(super) fn from_quantiles(family: Family, points: &[(f64, f64)]) -> Read {
    let problem = |error: elicited::FitError| Problem { message: error.message, hint: error.hint };
    let parameters = elicited::fit(family, points).map_err(problem)?;
    let distribution = family.build(&parameters).map_err(|error| Problem {
        message: error.to_string(),
        hint: "check the order of the quantiles".into(),
    })?;
    let text = format!("these quantiles are those of {}", distribution.describe());
    Ok((distribution, text))
}

/// The numbers of one column of a CSV text with a header row.
pub(super) fn column(text: &str, name: &str) -> Result<Vec<f64>, Problem> {
    let problem = |message: String, hint: &str| Problem { message, hint: hint.into() };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| problem(error.to_string(), "check the file"))?.clone();
    let Some(index) = header.iter().position(|column| column == name) else {
        let names: Vec<&str> = header.iter().collect();
        return Err(problem(
            format!("the file has no column `{name}`"),
            &format!("its columns are {}", crate::diagnostic::list(names, "and")),
        ));
    };
    let mut values = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| problem(error.to_string(), "check the file"))?;
        let cell = record.get(index).unwrap_or("");
        match cell.parse::<f64>().ok().filter(|value| value.is_finite()) {
            Some(value) => values.push(value),
            None => {
                return Err(problem(
                    format!("row {} of the data holds `{cell}`, not a number", row + 2),
                    "remove the row or mend the cell",
                ));
            }
        }
    }
    if values.is_empty() {
        return Err(problem("the column holds no data".into(), "add rows below the header"));
    }
    Ok(values)
}
