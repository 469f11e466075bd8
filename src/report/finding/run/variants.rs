//! A file's variants beside the file itself.

use crate::analysis::VariantFacts;
use crate::analysis::run::RunFinding;
use crate::analysis::variants::{BaseAnswer, VariantAnswer, VariantFinding};
use crate::report::page::{Cell, Column, Measure, Table};
use crate::report::prose;
use crate::statistics::Estimate;

/// What the rows of the file itself are called.
const BASE: &str = "as the file has it";

/// Under each answer the file itself, then each variant.
pub fn table(finding: &RunFinding, decimals: usize) -> Table {
    let base = &finding.variants.base;
    let columns = [
        Column::words("label", "What if"),
        Column::probability("value", value_heading(base)),
        Column::points("difference", "Difference"),
    ];
    let mut table = Table::new(decimals, columns);
    for (at, answer) in base.iter().enumerate().filter(|_| !finding.variants.variants.is_empty()) {
        table.group(&answer.label);
        table.nested([Cell::from(BASE), value(answer.value, answer.is_mean)]);
        for (variant, answer) in under(finding, at) {
            let change = change(answer.difference, answer.is_mean);
            table.nested([(&variant.facts.label).into(), value(answer.value, answer.is_mean), change]);
        }
    }
    table
}

/// What each variant makes of the answer at a position among the base.
pub fn under(finding: &RunFinding, at: usize) -> impl Iterator<Item = (&VariantFinding, &VariantAnswer)> {
    finding.variants.variants.iter().filter_map(move |one| Some((one, one.answers.get(at)?)))
}

/// Of means in their own unit.
fn value(value: Estimate, is_mean: bool) -> Cell {
    let cell = Cell::from(value);
    if is_mean { cell.measured(Measure::Quantity) } else { cell }
}

fn change(change: Estimate, is_mean: bool) -> Cell {
    let cell = Cell::from(change);
    if is_mean { cell.measured(Measure::Change) } else { cell }
}

/// What the values of some answers are.
fn value_heading(base: &[BaseAnswer]) -> &'static str {
    let has = |is_mean: bool| base.iter().any(|one| one.is_mean == is_mean);
    match (has(false), has(true)) {
        (true, true) => "Probability, mean",
        (false, true) => "Mean",
        _ => "Probability",
    }
}

/// What the difference is.
pub fn explanation(finding: &RunFinding) -> &'static str {
    match finding.variants.base.iter().any(|one| one.is_mean) {
        true => {
            "Difference: from the file itself, of probabilities in points. All rows are computed on the same draws, so \
             that its error is that of the difference."
        }
        false => {
            "Difference: from the file itself, in points. All rows are computed on the same draws, so that its error is \
             that of the difference."
        }
    }
}

/// What is set and learned in each variant.
pub fn changes(finding: &RunFinding) -> Table {
    let mut table =
        Table::new(1, [Column::words("label", "What if"), Column::words("changes", "What is changed")]);
    for variant in &finding.variants.variants {
        table.row([Cell::from(&variant.facts.label), said(&variant.facts).into()]);
    }
    table
}

fn said(facts: &VariantFacts) -> String {
    let set = (!facts.set.is_empty()).then(|| format!("with {}", facts.set.join(", ")));
    let given = (!facts.given.is_empty()).then(|| format!("given {}", facts.given.join(" and ")));
    let parts: Vec<String> = set.into_iter().chain(given).collect();
    let rescaled = prose::rescaled(&facts.rescaled).map(|text| format!("; {text}"));
    parts.join(", ") + &rescaled.unwrap_or_default()
}
