//! Probabilities: of outcomes, states and events.

use crate::analysis::run::RunFinding;
use crate::report::page::{Cell, Column, Table};
use crate::statistics::Estimate;

/// The probability of each outcome, its spread, and what it is in words.
pub fn outcomes(finding: &RunFinding, decimals: usize) -> Table {
    let columns = [
        Column::words("label", "Outcome"),
        Column::probability("probability", "Probability"),
        Column::percent("p05", "P5 %"),
        Column::percent("p50", "P50 %"),
        Column::percent("p95", "P95 %"),
        Column::words("words", "In words"),
    ];
    let mut table = Table::new(decimals, columns);
    for one in &finding.outcomes {
        let [low, middle, high] = one.spread.all().map(Cell::from);
        table.row([(&one.label).into(), one.probability.0.into(), low, middle, high, one.words.into()]);
    }
    table
}

/// The outcomes' positions, most probable first.
pub fn by_probability(finding: &RunFinding) -> Vec<usize> {
    let mut order: Vec<usize> = (0..finding.outcomes.len()).collect();
    let value = |at: &usize| finding.outcomes[*at].probability.value;
    order.sort_by(|a, b| value(b).total_cmp(&value(a)));
    order
}

/// The states of factors that have some.
pub fn states(finding: &RunFinding, decimals: usize) -> Table {
    let mut table = probabilities("Factor", decimals);
    for factor in finding.states() {
        table.group(&factor.label);
        factor.states.iter().for_each(|one| table.nested([(&one.label).into(), one.probability.0.into()]));
    }
    table
}

/// All events.
pub fn events(finding: &RunFinding, decimals: usize) -> Table {
    let mut table = probabilities("Event", decimals);
    finding.events.iter().for_each(|one| table.row([(&one.label).into(), one.probability.0.into()]));
    table
}

fn probabilities(what: &str, decimals: usize) -> Table {
    let columns = [Column::words("label", what), Column::probability("probability", "Probability")];
    Table::new(decimals, columns)
}

/// The probability of an event or of a state of a factor.
pub struct Chance {
    /// The event's name, or the factor's and the state's with a full stop between.
    pub id: String,
    /// The same in words.
    pub label: String,
    pub probability: Estimate,
}

/// The probabilities of all states and events: the answers of a file without outcomes.
pub fn chances(finding: &RunFinding) -> Vec<Chance> {
    let states = finding.states().flat_map(|factor| {
        factor.states.iter().map(|state| Chance {
            id: format!("{}.{}", factor.id, state.id),
            label: format!("{}: {}", factor.label, state.label),
            probability: state.probability.0,
        })
    });
    let events = finding.events.iter().map(|event| Chance {
        id: event.id.clone(),
        label: event.label.clone(),
        probability: event.probability.0,
    });
    states.chain(events).collect()
}
