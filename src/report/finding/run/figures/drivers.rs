//! What moves each outcome.

use std::collections::BTreeMap;

use crate::analysis::drivers::{Driver, DriverKind, Shape};
use crate::analysis::outcomes::OutcomeFinding;
use crate::analysis::run::RunFinding;
use crate::chart::{DrivenOutcome, DriverCell, DriverRow, Drivers};
use crate::report::finding::run::answers::by_probability;
use crate::report::finding::run::drivers::{end, felt};
use crate::report::finding::telling::{most_telling, shown};
use crate::report::finding::wording::{noted, wording};
use crate::report::number::whole;
use crate::report::prose::headline::share;
use crate::report::prose::{named, quoted};
use crate::session::Facts;

/// As many outcomes as a picture has.
const OUTCOMES: usize = 8;

/// What moves each outcome, or each of the most probable ones; `None` if nothing does.
pub fn drivers(finding: &RunFinding, facts: &Facts) -> Option<Drivers> {
    let decimals = facts.run.decimals;
    let sizes: Vec<f64> = finding.outcomes.iter().map(|one| one.probability.value).collect();
    let kept = most_telling(&sizes, OUTCOMES);
    let outcomes: Vec<&OutcomeFinding> = kept.iter().map(|at| &finding.outcomes[*at]).collect();
    let mut found: BTreeMap<&str, Vec<Option<&Driver>>> = BTreeMap::new();
    for (at, outcome) in outcomes.iter().enumerate() {
        for one in finding.drivers.of(&outcome.id) {
            found.entry(&one.id).or_insert_with(|| vec![None; outcomes.len()])[at] = Some(one);
        }
    }
    // Those that any outcome feels, each when it is first met.
    let felt: Vec<&Driver> = outcomes.iter().flat_map(|one| felt(finding, one, decimals)).collect();
    let row = |one: &&Driver| {
        let all = found.remove(one.id.as_str())?;
        let cells = all.into_iter().map(|one| one.map_or_else(DriverCell::default, cell));
        Some(DriverRow { label: named(&one.name), cells: cells.collect() })
    };
    let rows = felt.iter().filter_map(row).collect();
    let title = strongest(finding, &outcomes, decimals)?;
    let subtitle =
        "How far each outcome's probability lies from its mean where something is known, in points";
    let wording = wording(facts, title, subtitle);
    Some(Drivers {
        wording: noted(wording, shown(outcomes.len(), finding.outcomes.len(), "outcomes")),
        leader: by_probability(finding).first().and_then(|first| kept.iter().position(|at| at == first)),
        outcomes: outcomes.into_iter().map(driven).collect(),
        rows,
        ends: ends(&felt),
    })
}

fn driven(one: &OutcomeFinding) -> DrivenOutcome {
    let probability = one.probability.value;
    DrivenOutcome { label: named(&one.short), probability, value: whole(probability) }
}

fn cell(driver: &Driver) -> DriverCell {
    let mut levels: Vec<f64> = driver.levels.iter().map(|one| one.probability.value).collect();
    if driver.kind == DriverKind::States {
        levels.sort_by(f64::total_cmp);
    }
    DriverCell { levels, share: driver.share.value }
}

/// Where drivers of the kinds that there are stand at the ring and at the dot.
fn ends(drivers: &[&Driver]) -> [String; 2] {
    let words = [
        (DriverKind::Fifths, ["in its lowest fifth", "in its highest fifth"]),
        (DriverKind::Event, ["does not happen", "happens"]),
        (DriverKind::States, ["its least favourable state", "its most favourable state"]),
    ];
    let has = |kind: DriverKind| drivers.iter().any(|one| one.kind == kind);
    [0, 1].map(|end| {
        let kinds = words.iter().filter(|(kind, _)| has(*kind));
        kinds.map(|(_, ends)| ends[end]).collect::<Vec<_>>().join(", or ")
    })
}

/// The driver that takes away the largest share of the variance of any outcome that is shown; `None` if nothing moves any.
fn strongest(finding: &RunFinding, shown: &[&OutcomeFinding], decimals: usize) -> Option<String> {
    let drivers = |one| felt(finding, one, decimals).map(move |driver| (one, driver));
    let all = shown.iter().copied().flat_map(drivers);
    // Of equal ones the first.
    let (outcome, driver) = all.reduce(|a, b| if b.1.share.value > a.1.share.value { b } else { a })?;
    let [low, high] = [driver.low, driver.high].map(|value| share(&end(driver, value)));
    let (factor, outcome) = (quoted(&driver.label), quoted(&outcome.short));
    let between = match driver.shape {
        Some(Shape::Hill | Shape::Valley) => {
            let turn = driver.effect() + 0.5 * (driver.low + driver.high);
            format!("{} between its ends, {low} and {high} at\u{a0}them", whole(turn))
        }
        _ => format!("from {low} to\u{a0}{high}"),
    };
    Some(format!("{outcome} depends most on {factor}: {between}"))
}
