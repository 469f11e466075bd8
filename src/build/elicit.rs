//! Distributions from what people say about them: intervals, quantiles, data.

use crate::diagnostic::list;
use crate::distribution::elicited::FitError;
use crate::distribution::{Cache, Distribution, Family};

/// Why nothing could be made of it, and what to write instead.
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) hint: String,
    pub(super) mend: Mend,
}

/// How it is mended, where that is certain.
pub(super) enum Mend {
    No,
    /// The two values stand in each other's place.
    Exchange,
    /// This stands in its place.
    Write(String),
}

type Read = Result<(Distribution, String), Problem>;

/// `low to high` as a factor with a declared range, if any.
///
/// An end at 0 or 1 of an interval within [0, 1] is refused: it looks like a share, whose beta has nothing beyond.
pub(super) fn factor_interval(low: f64, high: f64, range: Option<(f64, f64)>, cache: &Cache) -> Read {
    let touches = low >= 0.0 && high <= 1.0 && low < high && (low == 0.0 || high == 1.0);
    let range = if touches { range.or(Some((0.0, 1.0))) } else { range };
    read(cache.interval(low, high, range), low, high)
}

/// `low to high` as a weight or a base.
pub(super) fn signed_interval(low: f64, high: f64, cache: &Cache) -> Read {
    read(cache.signed_interval(low, high), low, high)
}

fn read(found: Result<Distribution, FitError>, low: f64, high: f64) -> Read {
    let distribution = found.map_err(|error| problem(error, Some((low, high))))?;
    let text = format!("`{low} to {high}` is read as the 90 % interval of {}", describe(&distribution));
    Ok((distribution, text))
}

/// A family from named quantiles.
pub(super) fn from_quantiles(family: Family, points: &[(f64, f64)], cache: &Cache) -> Read {
    let parameters = cache.fit(family, points).map_err(|error| problem(error, None))?;
    let distribution = family.build(&parameters).map_err(|error| Problem {
        message: error.to_string(),
        hint: "check the order of the quantiles".into(),
        mend: Mend::No,
    })?;
    let text = format!("these quantiles are those of {}", describe(&distribution));
    Ok((distribution, text))
}

fn problem(error: FitError, ends: Option<(f64, f64)>) -> Problem {
    let plain = |message: String, hint: String| Problem { message, hint, mend: Mend::No };
    match error {
        FitError::Order { low, high } if low < high => {
            plain("one quantile is given twice".into(), "give two quantiles, such as `p5` and `p95`".into())
        }
        FitError::Order { low, high } => Problem {
            mend: if low == high { Mend::No } else { Mend::Exchange },
            ..plain(
                format!(
                    "the lower value must lie below the higher one, but they are {} and {}",
                    number(low),
                    number(high)
                ),
                "the lower value comes first, as in `0.2 to 0.6` or `beta(p5 = 0.2, p95 = 0.6)`".into(),
            )
        },
        FitError::Range { value, range } => outside(value, range, ends),
        FitError::Count { family, wanted, .. } => {
            let count = if wanted == 2 { "two".into() } else { wanted.to_string() };
            let names = ["p50", "p5", "p95"];
            let shown = if wanted == 1 { &names[..1] } else { &names[1..] };
            let shown: Vec<String> = shown.iter().map(|name| format!("{name} = …")).collect();
            let (family, quantiles) = (family.name(), if wanted == 1 { "one quantile".into() } else { format!("{count} quantiles") });
            plain(format!("`{family}` takes {quantiles}"), format!("it is given as `{family}({})`", shown.join(", ")))
        }
        FitError::Family { family } => plain(
            format!("`{}` can't be given by quantiles", family.name()),
            "give its parameters, or quantiles of `normal`, `lognormal`, `beta` or `gamma`".into(),
        ),
        FitError::Support { family, value } => plain(
            format!("`{}` has no value {} with chances on both sides of it", family.name(), number(value)),
            match family {
                Family::Beta => {
                    "the quantiles of a beta lie between 0 and 1; others can be those of `normal` or `lognormal`".into()
                }
                _ => "its quantiles are positive; those of `normal` lie on both sides of 0".into(),
            },
        ),
        FitError::Shape { family } => plain(
            format!("no reasonable `{}` has these quantiles", family.name()),
            "move them apart or together, or give them to `normal` or `lognormal`".into(),
        ),
        FitError::Probability { .. } => plain(error.to_string(), "percentiles are called `p5`, `p50`, `p97.5`".into()),
    }
}

/// An end that is not inside the range of an interval.
fn outside(value: f64, (low, high): (f64, f64), ends: Option<(f64, f64)>) -> Problem {
    let message = format!(
        "a 90 % interval leaves 5 % beyond each end, but {} is not inside the range from {low} to {high}",
        number(value)
    );
    match ends {
        Some((from, to)) if low <= from && to <= high => Problem {
            message,
            hint: format!("move it inside or widen `range`; if nothing lies beyond, write `uniform({from}, {to})`"),
            mend: Mend::Write(format!("uniform({from}, {to})")),
        },
        _ => Problem {
            message,
            hint: "move it inside or widen `range`; hard ends are those of `uniform(low, high)` and `pert(low, mode, high)`".into(),
            mend: Mend::No,
        },
    }
}

/// A number in few characters.
fn number(value: f64) -> String {
    let plain = value.to_string();
    if plain.len() <= 12 { plain } else { format!("{value:e}") }
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
    let problem = |message: String, hint: &str| Problem { message, hint: hint.into(), mend: Mend::No };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| unreadable(&error))?.clone();
    let Some(index) = header.iter().position(|column| column == name) else {
        let names: Vec<&str> = header.iter().collect();
        return Err(match names.is_empty() {
            true => problem(
                "the file is empty".into(),
                "its first row names the columns, the rows below hold the data",
            ),
            false => problem(
                format!("no column is called \"{name}\""),
                &format!("its columns are {}", list(names, "and")),
            ),
        });
    };
    let mut values = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        let cell = record.get(index).unwrap_or("");
        match cell.parse::<f64>().ok().filter(|value| value.is_finite()) {
            Some(value) => values.push(value),
            None => {
                let line = record.position().map_or(0, csv::Position::line);
                let what = if cell.is_empty() { "an empty cell".into() } else { format!("`{cell}`") };
                return Err(problem(
                    format!("line {line} holds {what} in column \"{name}\", not a number"),
                    "remove the row or mend the cell",
                ));
            }
        }
    }
    if values.is_empty() {
        return Err(problem(format!("column \"{name}\" holds no data"), "add rows below the header"));
    }
    Ok(values)
}

fn unreadable(error: &csv::Error) -> Problem {
    let (message, hint) = match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => (
            format!(
                "line {} has {len} cells, but the header has {expected_len}",
                pos.as_ref().map_or(0, csv::Position::line)
            ),
            "mend the row; a comma inside a cell stands between double quotes",
        ),
        _ => (error.to_string(), "a table has a header row, and commas between its cells"),
    };
    Problem { message, hint: hint.into(), mend: Mend::No }
}
