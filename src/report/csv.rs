//! The outcomes as one tidy table of comma-separated values; the states and events of a file without outcomes.

use super::{Chance, Report, variants};
use crate::expression::scale;
use crate::statistics::INTERVAL_LEVEL;

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

/// A line for each outcome under a line of headings. Numbers have their full precision; what is not finite is empty. Where
/// theories compete, the probability under each stands at the end; where there are variants, a line for each outcome of
/// the file itself and of each variant in place of that.
pub fn render(report: &Report) -> String {
    if !report.variants.is_empty() {
        return variants::table(report);
    }
    let rivals = report.rivals();
    let mut headings = COLUMNS.map(String::from).to_vec();
    headings.extend(rivals.iter().map(|one| format!("model_{}", one.id)));
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
        lines.push(line(cells));
    }
    if report.outcomes.is_empty() {
        lines.extend(report.chances().iter().map(chance));
    }
    lines.concat()
}

/// A state or an event, which has a probability and no spread.
fn chance(one: &Chance) -> String {
    let (low, high) = one.probability.interval;
    let mut cells = vec![one.id.clone(), one.label.clone()];
    cells.extend([one.probability.value, one.probability.std_error, low, high, INTERVAL_LEVEL].map(number));
    cells.push(one.probability.exact.to_string());
    cells.resize(COLUMNS.len() - 1, String::new());
    cells.push(scale::words(one.probability.value).into());
    line(cells)
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
