//! Factors and derived values: a mean and a spread where an outcome has a probability.

use super::answers::chances;
use crate::analysis::derived::DerivedFinding;
use crate::analysis::factors::NumberFinding;
use crate::analysis::run::RunFinding;
use crate::analysis::spread::{Percentile, Percentiles};
use crate::report::number::general;
use crate::report::page::{Cell, Column, Measure, Table};
use crate::report::prose::measured;

/// A factor with numbers, or a derived value.
pub struct Quantity<'a> {
    pub id: &'a str,
    pub label: &'a str,
    /// What it is measured in.
    pub unit: Option<&'a str>,
    /// With its error, where that is told.
    pub mean: Cell,
    pub sd: f64,
    pub spread: Percentiles,
    /// The percentiles that were asked for.
    pub percentiles: &'a [Percentile],
}

impl<'a> From<&'a NumberFinding> for Quantity<'a> {
    fn from(one: &'a NumberFinding) -> Quantity<'a> {
        let NumberFinding { id, label, unit, mean, sd, spread, percentiles, .. } = one;
        let unit = unit.as_deref();
        Quantity { id, label, unit, mean: mean.0.into(), sd: *sd, spread: *spread, percentiles }
    }
}

impl<'a> From<&'a DerivedFinding> for Quantity<'a> {
    fn from(one: &'a DerivedFinding) -> Quantity<'a> {
        let DerivedFinding { id, label, unit, mean, sd, spread, percentiles, .. } = one;
        let unit = unit.as_deref();
        Quantity { id, label, unit, mean: mean.0.into(), sd: *sd, spread: *spread, percentiles }
    }
}

/// Whether factors are among the answers: where they were asked for by name, or where there is nothing else.
pub fn answers_factors(finding: &RunFinding) -> bool {
    let has_more =
        !(finding.outcomes.is_empty() && finding.derived.is_empty() && chances(finding).is_empty());
    !finding.wanted.of.is_empty() || !has_more
}

/// Whether derived values, states and events are among the answers: where they were asked for by name, or in a file without
/// outcomes.
pub fn answers_derived(finding: &RunFinding) -> bool {
    !finding.wanted.of.is_empty() || finding.outcomes.is_empty()
}

/// The quantities that are among the answers.
pub fn answers(finding: &RunFinding) -> Vec<Quantity<'_>> {
    let factors = finding.numbers().filter(|_| answers_factors(finding)).map(Quantity::from);
    let derived = finding.derived.iter().filter(|_| answers_derived(finding)).map(Quantity::from);
    factors.chain(derived).collect()
}

/// The factors that are numbers.
pub fn factors(finding: &RunFinding, decimals: usize) -> Table {
    let mean = Column::quantity("mean", "Mean");
    let is_drawn = finding.numbers().any(|one| !one.mean.exact);
    let mean = if is_drawn { mean.with_error() } else { mean };
    let mut columns = vec![Column::words("label", "Factor"), mean, Column::quantity("sd", "SD")];
    columns.extend(spread());
    let mut table = Table::new(decimals, columns);
    for one in finding.numbers() {
        let [low, middle, high] = one.spread.all().map(Cell::from);
        table.row([
            measured(&one.label, one.unit.as_deref()).into(),
            one.mean.0.into(),
            one.sd.into(),
            low,
            middle,
            high,
        ]);
    }
    table
}

/// The derived values, and what each is if an outcome comes true.
pub fn derived(finding: &RunFinding, decimals: usize, has_spread: bool) -> Table {
    let heading = match finding.outcomes.is_empty() {
        true => "Derived value",
        false => "Derived value, and what it is if an outcome comes true",
    };
    let mut columns = vec![Column::words("label", heading), Column::quantity("mean", "Mean").with_error()];
    columns.extend(spread().into_iter().filter(|_| has_spread));
    let mut table = Table::new(decimals, columns);
    for value in &finding.derived {
        let [low, middle, high] = value.spread.all().map(Cell::from);
        table.row([
            measured(&value.label, value.unit.as_deref()).into(),
            value.mean.0.into(),
            low,
            middle,
            high,
        ]);
        for (outcome, given) in finding.outcomes.iter().zip(&value.by_outcome) {
            table.nested([(&outcome.label).into(), given.mean.0.into()]);
        }
    }
    table
}

fn spread() -> [Column; 3] {
    [("p05", "P5"), ("p50", "P50"), ("p95", "P95")].map(|(key, heading)| Column::quantity(key, heading))
}

/// The percentiles that were asked for: of the outcomes, and of derived values and factors where they are shown.
pub fn percentiles(finding: &RunFinding, decimals: usize, [has_derived, has_factors]: [bool; 2]) -> Table {
    let columns = finding.wanted.percents.iter().map(|one| heading(*one));
    let columns = columns.map(|one| Column::quantity(one.to_lowercase(), one));
    let columns: Vec<Column> = [Column::words("label", "Percentiles")].into_iter().chain(columns).collect();
    let mut table = Table::new(decimals, columns);
    if finding.wanted.percents.is_empty() {
        return table;
    }
    for one in &finding.outcomes {
        let values = one.percentiles.iter().map(|one| Cell::from(one.value).measured(Measure::Probability));
        table.row([Cell::from(&one.label)].into_iter().chain(values).collect::<Vec<_>>());
    }
    let derived = finding.derived.iter().filter(|_| has_derived).map(Quantity::from);
    for one in derived.chain(finding.numbers().filter(|_| has_factors).map(Quantity::from)) {
        let values = one.percentiles.iter().map(|one| Cell::from(one.value));
        table.row([Cell::from(measured(one.label, one.unit))].into_iter().chain(values).collect::<Vec<_>>());
    }
    table
}

/// What a percentile is called: P5, P2.5.
fn heading(percent: f64) -> String {
    format!("P{percent}")
}

/// The correlations of factors, as asked for and as reached.
pub fn correlations(finding: &RunFinding) -> Table {
    let columns = [
        Column::words("label", "Correlation"),
        Column::words("kind", "Kind"),
        Column::correlation("asked", "Asked"),
        Column::correlation("reached", "Reached").with_error(),
    ];
    let mut table = Table::new(1, columns);
    for one in &finding.correlations {
        let kind = match one.degrees {
            Some(degrees) => format!("{}, t {}", one.kind.key(), general(degrees)),
            None => one.kind.key().into(),
        };
        table.row([one.labels.join(", ").into(), kind.into(), one.asked.into(), one.reached.0.into()]);
    }
    table
}
