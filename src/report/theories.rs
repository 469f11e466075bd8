//! What competing theories say, and how much of the variance is due to them, as tables of text.

use super::number::{estimate, percent};
use super::table::{Align, Table};
use super::wrapping::paragraph;
use super::{Report, prose};
use crate::analysis::summary::TheorySummary;
use crate::diagnostic::Style;

/// As many theories as stand in the columns of a table; more stand below each other.
const COLUMNS: usize = 4;

/// The probability of each outcome under each theory, with the theories' weights.
pub(super) fn table(report: &Report, style: Style) -> String {
    let rivals = report.rivals();
    if rivals.is_empty() {
        return String::new();
    }
    let table = match rivals.len() <= COLUMNS {
        true => across(report, &rivals),
        false => below(report, &rivals),
    };
    table.text(style) + "\n" + &paragraph(prose::MODELS)
}

/// Outcomes in rows, theories in columns.
fn across(report: &Report, rivals: &[&TheorySummary]) -> Table {
    let mut columns = vec![("What each theory says", Align::Left)];
    columns.extend(rivals.iter().map(|one| (one.label.as_str(), Align::Right)));
    columns.push(("All theories", Align::Right));
    let mut table = Table::new(&columns);
    let decimals = report.run.decimals;
    for (at, outcome) in report.outcomes.iter().enumerate() {
        let cells = rivals.iter().map(|one| estimate(&one.outcomes[at], decimals));
        table.row(
            std::iter::once(outcome.label.clone())
                .chain(cells)
                .chain([estimate(&outcome.probability, decimals)])
                .collect(),
        );
    }
    for (what, weights) in weights(report) {
        let cells = rivals.iter().map(|one| weights(one));
        table.row(std::iter::once(what.into()).chain(cells).collect());
    }
    table
}

/// Theories, and below each the outcomes.
fn below(report: &Report, rivals: &[&TheorySummary]) -> Table {
    let mut table = Table::new(&[("What each theory says", Align::Left), ("Probability", Align::Right)]);
    for one in rivals {
        let decimals = report.run.decimals;
        table.row(vec![one.label.clone()]);
        for (outcome, probability) in report.outcomes.iter().zip(&one.outcomes) {
            table.row(vec![format!("  {}", outcome.label), estimate(probability, decimals)]);
        }
        for (what, weights) in weights(report) {
            table.row(vec![format!("  {what}"), weights(one)]);
        }
    }
    table
}

type Weights<'r> = Box<dyn Fn(&TheorySummary) -> String + 'r>;

/// The weights of a theory: before anything was learned, and given that.
fn weights(report: &Report) -> Vec<(&'static str, Weights<'_>)> {
    let decimals = report.run.decimals;
    let prior: Weights = Box::new(move |one| percent(one.weight, decimals));
    let posterior: Weights = Box::new(move |one| estimate(&one.posterior, decimals));
    match report.learned {
        Some(_) => vec![("Weight before", prior), ("Weight given what was learned", posterior)],
        None => vec![("Weight", prior)],
    }
}

/// Where the variance of each outcome comes from.
pub(super) fn variance(report: &Report, style: Style) -> String {
    use Align::{Left, Right};
    let has_theories = !report.rivals().is_empty();
    let mut columns = vec![("Where uncertainty comes from", Left), ("chance", Right), ("factors", Right)];
    columns.extend(has_theories.then_some(("theories", Right)));
    let mut table = Table::new(&columns);
    for outcome in &report.outcomes {
        let Some(shares) = &outcome.variance else { continue };
        let parts = [&shares.chance, &shares.factors, &shares.theories];
        let cells = parts.into_iter().take(columns.len() - 1).map(|one| estimate(one, 1));
        table.row(std::iter::once(outcome.label.clone()).chain(cells).collect());
    }
    match table.is_empty() {
        true => String::new(),
        false => table.text(style) + "\n" + &paragraph(prose::VARIANCE),
    }
}
