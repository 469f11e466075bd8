//! What competing theories say, and how much of the variance is due to them.

use crate::analysis::run::RunFinding;
use crate::analysis::theories::TheoryFinding;
use crate::report::page::{Cell, Column, Table};

/// As many theories as stand in the columns of a table; more stand below each other.
const COLUMNS: usize = 4;

/// The theories that are shown beside each other: those that can be right, if there are several.
pub fn rivals(finding: &RunFinding) -> Vec<&TheoryFinding> {
    let possible: Vec<&TheoryFinding> = finding.theories.iter().filter(|one| one.is_possible).collect();
    if possible.len() > 1 { possible } else { Vec::new() }
}

/// The probability of each outcome under each theory, with the theories' weights.
pub fn table(finding: &RunFinding, decimals: usize) -> Table {
    let rivals = rivals(finding);
    match rivals.len() <= COLUMNS {
        true => across(finding, &rivals, decimals),
        false => below(finding, &rivals, decimals),
    }
}

const HEADING: &str = "What each theory says";

/// Outcomes in rows, theories in columns.
fn across(finding: &RunFinding, rivals: &[&TheoryFinding], decimals: usize) -> Table {
    let mut columns = vec![Column::words("label", HEADING)];
    columns.extend(rivals.iter().map(|one| share(&one.id, &one.label)));
    columns.push(share("probability", "All theories"));
    let mut table = Table::new(decimals, columns);
    for (at, outcome) in finding.outcomes.iter().enumerate() {
        let under = rivals.iter().map(|one| Cell::from(one.outcomes.get(at).map(|one| one.probability.0)));
        let cells = [Cell::from(&outcome.label)].into_iter().chain(under);
        table.row(cells.chain([outcome.probability.0.into()]).collect::<Vec<_>>());
    }
    for (what, weight) in weights(finding) {
        let own = rivals.iter().map(|one| weight(one));
        table.row([Cell::from(*what)].into_iter().chain(own).collect::<Vec<_>>());
    }
    table
}

/// Theories, and below each the outcomes.
fn below(finding: &RunFinding, rivals: &[&TheoryFinding], decimals: usize) -> Table {
    let columns = [Column::words("label", HEADING), share("probability", "Probability")];
    let mut table = Table::new(decimals, columns);
    for theory in rivals {
        table.group(&theory.label);
        for (outcome, under) in finding.outcomes.iter().zip(&theory.outcomes) {
            table.nested([(&outcome.label).into(), under.probability.0.into()]);
        }
        weights(finding).iter().for_each(|(what, weight)| table.nested([(*what).into(), weight(theory)]));
    }
    table
}

fn share(key: &str, heading: &str) -> Column {
    Column::probability(key, heading).without_error()
}

/// What a weight is called, and what it is.
type Weight = (&'static str, fn(&TheoryFinding) -> Cell);

/// The weights of a theory: before anything was learned, and given that.
fn weights(finding: &RunFinding) -> &'static [Weight] {
    match finding.evidence {
        Some(_) => &[("Weight before", prior), ("Weight given what was learned", posterior)],
        None => &[("Weight", prior)],
    }
}

fn prior(theory: &TheoryFinding) -> Cell {
    theory.weight.into()
}

fn posterior(theory: &TheoryFinding) -> Cell {
    theory.posterior.0.into()
}

/// Where the variance of each outcome comes from.
pub fn variance(finding: &RunFinding) -> Table {
    let mut columns = vec![
        Column::words("label", "Where uncertainty comes from"),
        share("chance", "chance"),
        share("factors", "factors"),
    ];
    columns.extend((!rivals(finding).is_empty()).then(|| share("theories", "theories")));
    // More decimals than one would be made up.
    let mut table = Table::new(1, columns);
    for outcome in &finding.outcomes {
        let Some(shares) = &outcome.variance else { continue };
        let cells = [shares.chance, shares.factors, shares.theories].map(Cell::from);
        table.row([Cell::from(&outcome.label)].into_iter().chain(cells).collect::<Vec<_>>());
    }
    table
}
