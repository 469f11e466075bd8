//! The main table, which comma-separated values hold, unrounded.

use super::answers::{Chance, chances};
use super::joint;
use super::quantities::{self, Quantity};
use super::theories::rivals;
use crate::analysis::outcomes::OutcomeFinding;
use crate::analysis::run::RunFinding;
use crate::analysis::spread::Percentile;
use crate::expression::scale;
use crate::report::page::{Cell, Column, Table};
use crate::statistics::Estimate;

/// A row for each outcome. Where theories compete, the probability under each stands at the end; where there are variants,
/// a row for each answer of the file itself and of each variant in place of that. Below the outcomes stands what was asked for
/// by name; a file without outcomes has its states, events and derived values instead. Where there are factors or derived
/// values, `mean` and `sd` follow, then percentiles that were asked for. What was asked for jointly has a row for each
/// combination of states below all others, and two columns of its own at the end.
pub fn table(finding: &RunFinding, decimals: usize) -> Table {
    match finding.variants.variants.is_empty() {
        true => by_answer(finding, decimals),
        false => by_variant(finding, decimals),
    }
}

fn by_answer(finding: &RunFinding, decimals: usize) -> Table {
    let quantities = quantities::answers(finding);
    let mut table = Table::new(decimals, columns(finding, !quantities.is_empty()));
    // What stands between the words and the mean.
    let theories = rivals(finding).len();
    let moments = if quantities.is_empty() { 0 } else { 2 };
    for (at, one) in finding.outcomes.iter().enumerate() {
        let under =
            rivals(finding).into_iter().map(|one| one.outcomes.get(at).map(|one| one.probability.0.value));
        let cells = outcome(one).into_iter().chain(under.map(Cell::from)).chain(blanks(moments));
        table.row(cells.chain(percentiles(&one.percentiles)).collect::<Vec<_>>());
    }
    if quantities::answers_derived(finding) {
        chances(finding).iter().for_each(|one| table.row(chance(one)));
    }
    for one in &quantities {
        let moments = [one.mean.clone(), one.sd.into()];
        let cells = quantity(one).into_iter().chain(blanks(theories)).chain(moments);
        table.row(cells.chain(percentiles(one.percentiles)).collect::<Vec<_>>());
    }
    let between = theories + moments + 2 * finding.wanted.percents.len();
    for (names, words, numbers) in finding.joint.iter().flat_map(joint::rows) {
        let cells = names.into_iter().chain(blanks(6)).chain([words]).chain(blanks(between));
        table.row(cells.chain(numbers).collect::<Vec<_>>());
    }
    table
}

fn columns(finding: &RunFinding, has_quantities: bool) -> Vec<Column> {
    let mut columns: Vec<Column> = vec![Column::csv("id"), Column::csv("label"), errors("probability")];
    let spread = ["p05", "p50", "p95", "p05_std_error", "p50_std_error", "p95_std_error", "words"];
    columns.extend(spread.map(Column::csv));
    columns.extend(rivals(finding).iter().map(|one| Column::csv(format!("theory_{}", one.id))));
    columns.extend([errors("mean"), Column::csv("sd")].into_iter().filter(|_| has_quantities));
    let percents = finding.wanted.percents.iter();
    columns
        .extend(percents.flat_map(|one| [format!("p{one}"), format!("p{one}_std_error")]).map(Column::csv));
    columns.extend(joint::columns(&finding.joint));
    columns
}

fn errors(key: &str) -> Column {
    Column::csv(key).with_error()
}

fn blanks(count: usize) -> impl Iterator<Item = Cell> {
    std::iter::repeat_n(Cell::Blank, count)
}

fn percentiles(all: &[Percentile]) -> impl Iterator<Item = Cell> {
    all.iter().flat_map(|one| [one.value.into(), one.std_error.into()])
}

/// From its name to its words.
fn outcome(one: &OutcomeFinding) -> Vec<Cell> {
    let mut cells = vec![Cell::from(&one.id), (&one.label).into(), one.probability.0.into()];
    cells.extend(one.spread.all().map(Cell::from));
    cells.extend(one.spread_error.unwrap_or([f64::NAN; 3]).map(Cell::from));
    cells.push(one.words.into());
    cells
}

/// A state or an event, which has a probability and no spread.
fn chance(one: &Chance) -> Vec<Cell> {
    let mut cells = vec![Cell::from(&one.id), (&one.label).into(), one.probability.into()];
    cells.extend(blanks(6));
    cells.push(scale::words(one.probability.value).into());
    cells
}

/// A factor or a derived value, which has a mean and no probability.
fn quantity(one: &Quantity) -> Vec<Cell> {
    let mut cells = vec![Cell::from(one.id), one.label.into(), Cell::Blank];
    cells.extend(one.spread.all().map(Cell::from));
    cells.extend(blanks(4));
    cells
}

/// A row for each answer of the file itself, whose variant is empty, and then of each variant. The mean of a derived value
/// stands in a column of its own, at the end.
fn by_variant(finding: &RunFinding, decimals: usize) -> Table {
    let found = &finding.variants;
    let names = ["variant", "variant_label", "id", "label"].map(Column::csv);
    let has_means = found.base.iter().any(|one| one.is_mean);
    let numbers = ["probability", "difference", "mean"].into_iter().take(if has_means { 3 } else { 2 });
    let columns = names.into_iter().chain(numbers.map(errors)).chain(joint::columns(&finding.joint));
    let columns: Vec<Column> = columns.collect();
    let mut table = Table::new(decimals, columns);
    for one in &found.base {
        table.row(varied(["", "", &one.id, &one.label], one.value, None, one.is_mean));
    }
    for variant in &found.variants {
        let (id, label) = (&variant.facts.id, &variant.facts.label);
        for one in &variant.answers {
            let difference = Some(one.difference);
            table.row(varied([id, label, &one.id, &one.label], one.value, difference, one.is_mean));
        }
    }
    let between = if has_means { 2 } else { 1 };
    for (names, _, numbers) in finding.joint.iter().flat_map(joint::rows) {
        table.row(blanks(2).chain(names).chain(blanks(between)).chain(numbers).collect::<Vec<_>>());
    }
    table
}

fn varied(names: [&str; 4], value: Estimate, difference: Option<Estimate>, is_mean: bool) -> Vec<Cell> {
    let mut cells: Vec<Cell> = names.map(Cell::from).into();
    cells.push((!is_mean).then_some(value).into());
    cells.extend([difference.into(), is_mean.then_some(value).into()]);
    cells
}
