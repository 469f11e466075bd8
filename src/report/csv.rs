//! The outcomes as one tidy table of comma-separated values; the states, events and derived values of a file without outcomes.

use super::{Chance, Compared, Quantity, Report};
use crate::analysis::summary::Percentile;
use crate::expression::scale;
use crate::statistics::{Estimate, INTERVAL_LEVEL};

const COLUMNS: [&str; 15] = [
    "id",
    "label",
    "probability",
    "std_error",
    "interval_low",
    "interval_high",
    "interval_level",
    "exact",
    "p05",
    "p50",
    "p95",
    "p05_std_error",
    "p50_std_error",
    "p95_std_error",
    "words",
];

/// How many columns stand before the spread.
const SPREAD: usize = 8;

/// A line for each outcome under a line of headings. Numbers have their full precision; what is not finite is empty. Where
/// theories compete, the probability under each stands at the end; where there are variants, a line for each outcome of
/// the file itself and of each variant in place of that. Below the outcomes stands what was asked for by name; a file without
/// outcomes has its states, events and derived values instead. Where there are factors or derived values, `mean` and `sd`
/// follow, and the error and the interval in their lines are those of the mean. Percentiles that were asked for stand last.
pub fn render(report: &Report) -> String {
    if !report.variants.is_empty() {
        return by_variant(report);
    }
    let rivals = report.rivals();
    let mut headings = COLUMNS.map(String::from).to_vec();
    headings.extend(rivals.iter().map(|one| format!("theory_{}", one.id)));
    let quantities = report.quantities();
    let moments = if quantities.is_empty() { 0 } else { 2 };
    headings.extend(["mean", "sd"].iter().take(moments).map(|one| one.to_string()));
    headings.extend(report.percents.iter().flat_map(|one| [format!("p{one}"), format!("p{one}_std_error")]));
    let width = headings.len();
    let blank = COLUMNS.len() + rivals.len();
    let mut lines = vec![line(headings)];
    for (at, one) in report.outcomes.iter().enumerate() {
        let (probability, spread) = (&one.probability, one.spread);
        let errors = one.spread_error.map_or([f64::NAN; 3], |error| [error.p05, error.p50, error.p95]);
        let (low, high) = probability.interval;
        let mut cells = vec![one.id.clone(), one.label.clone()];
        cells.extend([probability.value, probability.std_error, low, high, INTERVAL_LEVEL].map(number));
        cells.push(probability.exact.to_string());
        cells.extend([spread.p05, spread.p50, spread.p95].into_iter().chain(errors).map(number));
        cells.push(one.words.into());
        cells.extend(rivals.iter().map(|theory| number(theory.outcomes[at].value)));
        cells.resize(blank + moments, String::new());
        cells.extend(percentiles(&one.percentiles));
        lines.push(line(cells));
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    if report.outcomes.is_empty() || !report.of.is_empty() {
        rows.extend(report.chances().iter().map(chance));
    }
    rows.extend(quantities.iter().map(|one| quantity(one, blank)));
    for mut cells in rows {
        cells.resize(width, String::new());
        lines.push(line(cells));
    }
    lines.concat()
}

fn percentiles(all: &[Percentile]) -> impl Iterator<Item = String> {
    all.iter().flat_map(|one| [one.value, one.std_error.unwrap_or(f64::NAN)]).map(number)
}

/// A factor or a derived value, which has a mean and no probability.
fn quantity(one: &Quantity, blank: usize) -> Vec<String> {
    let mut cells = vec![one.id.into(), one.label.into(), String::new()];
    match one.estimate {
        Some(mean) => {
            let (low, high) = mean.interval;
            cells.extend([mean.std_error, low, high, INTERVAL_LEVEL].map(number));
            cells.push(mean.exact.to_string());
        }
        None => cells.resize(SPREAD, String::new()),
    }
    cells.extend([one.spread.p05, one.spread.p50, one.spread.p95].map(number));
    cells.resize(blank, String::new());
    cells.extend([one.mean, one.sd].map(number));
    cells.extend(percentiles(one.percentiles));
    cells
}

/// A state or an event, which has a probability and no spread.
fn chance(one: &Chance) -> Vec<String> {
    let (low, high) = one.probability.interval;
    let mut cells = vec![one.id.clone(), one.label.clone()];
    cells.extend([one.probability.value, one.probability.std_error, low, high, INTERVAL_LEVEL].map(number));
    cells.push(one.probability.exact.to_string());
    cells.resize(COLUMNS.len() - 1, String::new());
    cells.push(scale::words(one.probability.value).into());
    cells
}

pub(super) fn number(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

/// One record; a cell with a comma, a quote or a line end is quoted (RFC 4180, section 2).
pub(super) fn line(cells: Vec<String>) -> String {
    let quoted = cells.into_iter().map(|cell| {
        let special = cell.contains([',', '"', '\n', '\r']);
        if special { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    });
    quoted.collect::<Vec<_>>().join(",") + "\n"
}

const VARIANT_COLUMNS: [&str; 14] = [
    "variant",
    "variant_label",
    "id",
    "label",
    "probability",
    "std_error",
    "interval_low",
    "interval_high",
    "interval_level",
    "exact",
    "difference",
    "difference_std_error",
    "difference_low",
    "difference_high",
];

/// A line for each answer of the file itself, whose variant is empty, and then of each variant. The mean of a derived value
/// stands in a column of its own, at the end.
fn by_variant(report: &Report) -> String {
    let names = report.compared();
    let mut headings = VARIANT_COLUMNS.map(String::from).to_vec();
    let has_means = names.iter().any(|one| one.is_mean);
    headings.extend(has_means.then(|| "mean".into()));
    let record = |about, name: &Compared, value: &Estimate, change: Option<&Estimate>| {
        record(about, name, value, change, has_means)
    };
    let mut lines = vec![line(headings)];
    lines.extend(names.iter().map(|one| record(["", ""], one, &one.value, None)));
    for variant in &report.variants {
        let about = [variant.facts.id.as_str(), variant.facts.label.as_str()];
        let rows = names.iter().zip(&variant.found.chances);
        lines.extend(rows.map(|(name, found)| record(about, name, &found.value, Some(&found.difference))));
    }
    lines.concat()
}

fn record(
    about: [&str; 2],
    name: &Compared,
    value: &Estimate,
    change: Option<&Estimate>,
    has_means: bool,
) -> String {
    let (low, high) = value.interval;
    let (probability, mean) = if name.is_mean { (f64::NAN, value.value) } else { (value.value, f64::NAN) };
    let mut cells: Vec<String> = [about[0], about[1], &name.id, &name.label].map(String::from).to_vec();
    cells.extend([probability, value.std_error, low, high, INTERVAL_LEVEL].map(number));
    cells.push(value.exact.to_string());
    let change = change.map(|one| [one.value, one.std_error, one.interval.0, one.interval.1]);
    cells.extend(change.unwrap_or([f64::NAN; 4]).map(number));
    cells.extend(has_means.then(|| number(mean)));
    line(cells)
}
