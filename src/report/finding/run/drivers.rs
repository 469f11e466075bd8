//! What pushes each outcome hardest.

use super::answers::by_probability;
use crate::analysis::drivers::{Driver, DriverKind, Shape};
use crate::analysis::outcomes::OutcomeFinding;
use crate::analysis::run::RunFinding;
use crate::report::page::{Column, Table};
use crate::statistics::Estimate;

/// Where not everything is asked for: the most probable outcomes only, and only the strongest drivers of each.
const OUTCOMES: usize = 6;
const DRIVERS: usize = 3;

/// Each outcome with its drivers.
pub fn table(finding: &RunFinding, decimals: usize, is_full: bool) -> Table {
    let columns = [
        Column::words("label", "What pushes hardest"),
        Column::probability("low", "lowest fifth").without_error(),
        Column::probability("middle", "middle fifth").without_error(),
        Column::probability("high", "highest fifth").without_error(),
        Column::points("effect", "points").without_error(),
        Column::percent("share", "share %").with_error(),
    ];
    let mut table = Table::new(decimals, columns);
    let (outcomes, most) = if is_full { (usize::MAX, usize::MAX) } else { (OUTCOMES, DRIVERS) };
    let mut shown: Vec<usize> = by_probability(finding).into_iter().take(outcomes).collect();
    shown.sort_unstable();
    for outcome in shown.iter().map(|at| &finding.outcomes[*at]) {
        let mut drivers = felt(finding, outcome, decimals).take(most).peekable();
        if drivers.peek().is_some() {
            table.group(&outcome.label);
        }
        drivers.for_each(|one| row(&mut table, one));
    }
    table
}

fn row(table: &mut Table, one: &Driver) {
    let turn = match one.shape {
        Some(Shape::Hill) => " (most in between)",
        Some(Shape::Valley) => " (least in between)",
        _ => "",
    };
    let middle = (one.kind == DriverKind::Fifths).then(|| one.levels[2].probability.value);
    table.nested([
        format!("{}{turn}", one.label).into(),
        end(one, one.low).into(),
        middle.into(),
        end(one, one.high).into(),
        one.effect().into(),
        one.share.0.into(),
    ]);
}

/// The probability at an end, which may be exact.
pub fn end(one: &Driver, value: f64) -> Estimate {
    let level = one.levels.iter().find(|level| level.probability.value == value);
    level.map_or(Estimate { exact: false, ..Estimate::exact(value) }, |level| level.probability.0)
}

/// The drivers of an outcome that move it by more than the decimals hide and the draws leave open, strongest first.
pub fn felt<'a>(
    finding: &'a RunFinding,
    outcome: &'a OutcomeFinding,
    decimals: usize,
) -> impl Iterator<Item = &'a Driver> {
    let least = 0.5 * 10f64.powi(-2 - decimals as i32);
    finding.drivers.of(&outcome.id).filter(move |one| one.effect().abs() >= least)
}

/// What the table is.
pub fn explanation(finding: &RunFinding) -> String {
    let drivers = &finding.drivers.drivers;
    let has = |kind: DriverKind| drivers.iter().any(|one| one.kind == kind);
    let event = if has(DriverKind::Event) { "; of an event, without it and with it" } else { "" };
    let states = match has(DriverKind::States) {
        true => "; of a factor with states, in the two states that are named",
        false => "",
    };
    let turns = match drivers.iter().any(|one| matches!(one.shape, Some(Shape::Hill | Shape::Valley))) {
        true => ", or from both ends to what lies between",
        false => "",
    };
    format!(
        "Each row: the probability with the factor in that fifth of its values{event}{states}. Points: from the lowest to \
         the highest{turns}. Share: how much of the outcome's variance knowing the factor would take away. Left out is what moves an outcome by \
         less than the decimals show, or by no more than the draws can tell."
    )
}
