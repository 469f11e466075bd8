//! Distributions from what people say about them: intervals, quantiles, data.

use crate::distribution::elicited::{self, FitError};
use crate::distribution::{Distribution, Family};

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

fn read(found: Result<Distribution, FitError>, low: f64, high: f64) -> Read {
    let distribution = found.map_err(problem)?;
    let text = format!("`{low} to {high}` is read as the 90 % interval of {}", describe(&distribution));
    Ok((distribution, text))
}

/// A family from named quantiles.
pub(super) fn from_quantiles(family: Family, points: &[(f64, f64)]) -> Read {
    let parameters = elicited::fit(family, points).map_err(problem)?;
    let distribution = family.build(&parameters).map_err(|error| Problem {
        message: error.to_string(),
        hint: "check the order of the quantiles".into(),
    })?;
    let text = format!("these quantiles are those of {}", describe(&distribution));
    Ok((distribution, text))
}

fn problem(error: FitError) -> Problem {
    let hint = match error {
        FitError::Order { .. } => "write the lower value first: `0.2 to 0.6`, or `beta(p5 = 0.2, p95 = 0.6)`",
        FitError::Range { .. } => {
            "a 90 % interval leaves 5 % beyond each end; `uniform(low, high)` has hard ends"
        }
        FitError::Count { .. } => "give two quantiles, such as `p5` and `p95`",
        _ => "another family may have such quantiles",
    };
    Problem { message: error.to_string(), hint: hint.into() }
}

/// A distribution in words, as far as an analyst needs to recognise it.
fn describe(distribution: &Distribution) -> String {
    let family = match distribution {
        Distribution::Beta(_) => "a beta distribution on [0, 1]".to_string(),
        Distribution::Scaled(_) => {
            let (low, high) = distribution.support();
            format!("a beta distribution on [{low}, {high}]")
        }
        Distribution::LogNormal(_) => "a lognormal distribution".into(),
        Distribution::Normal(_) => "a normal distribution".into(),
        _ => "a distribution".into(),
    };
    format!("{family} with mean {:.4} and standard deviation {:.4}", distribution.mean(), distribution.sd())
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
