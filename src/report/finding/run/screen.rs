//! The answer on one screen: what is most probable, how probable everything is, and what moves it.

use super::answers::chances;
use super::drivers::felt;
use super::opening::{lead, opening};
use super::{answers, joint, quantities, titles, variants};
use crate::analysis::drivers::{Driver, Shape};
use crate::analysis::outcomes::OutcomeFinding;
use crate::analysis::run::RunFinding;
use crate::report::number::{counted, percent_figure};
use crate::report::page::{Cell, Column, Page, Table};
use crate::report::prose::{self, capitalised, cut, listed, measured, sampling};
use crate::report::wrapping::plain;
use crate::session::Facts;
use crate::statistics::Estimate;

/// As many rows as a table of the screen has, and as many drivers.
const ROWS: usize = 8;
const DRIVERS: usize = 3;

/// As many columns as a label has, over two lines where there is little room.
const LABEL: usize = 48;

/// The screen, with whatever was asked for by name.
pub fn page(finding: &RunFinding, facts: &Facts) -> Page {
    let decimals = facts.run.decimals;
    let mut page = Page::new(&facts.scenario.title);
    page.lead = lead(finding, facts);
    opening(&mut page, finding);
    finding.joint.iter().for_each(|one| joint::add(&mut page, one, decimals, false));
    match finding.outcomes.is_empty() {
        false => page.table(outcomes(finding, facts)),
        true => page.table(shown(finding, facts)),
    };
    wanted(&mut page, finding, decimals);
    page.table(drivers(finding, decimals));
    beside(&mut page, finding);
    page.foot = foot(finding, facts);
    page
}

/// Whether the sampling error bears on a digit that is shown.
fn matters(finding: &RunFinding, facts: &Facts) -> bool {
    sampling::matters(sampling::worst(shown_chances(finding).iter()), facts.run.decimals)
}

/// Every probability that is answered.
fn shown_chances(finding: &RunFinding) -> Vec<Estimate> {
    let outcomes = finding.outcomes.iter().map(|one| one.probability.0);
    outcomes.chain(chances(finding).into_iter().map(|one| one.probability)).collect()
}

fn columns(what: &str, has_error: bool) -> Vec<Column> {
    let probability = Column::probability("probability", "");
    let probability = if has_error { probability } else { probability.without_error() };
    vec![Column::words("label", what), probability, Column::bar("bar", "")]
}

/// Each outcome in a line or two.
fn outcomes(finding: &RunFinding, facts: &Facts) -> Table {
    let decimals = facts.run.decimals;
    let mut columns = columns("Outcome", matters(finding, facts));
    let has_spread = finding.outcomes.iter().any(|one| one.spread.p05 < one.spread.p95);
    columns.extend(has_spread.then(|| Column::words("spread", "P5–P95, %")));
    columns.push(Column::words("words", "In words"));
    let mut table = Table::new(decimals, columns);
    for one in &finding.outcomes {
        let spread = has_spread.then(|| Cell::from(spread(one, decimals)));
        let cells = [label(&one.short), one.probability.0.into(), one.probability.0.into()];
        table.row(cells.into_iter().chain(spread).chain([one.words.into()]).collect::<Vec<_>>());
    }
    table
}

fn label(text: &str) -> Cell {
    cut(&plain(text), LABEL).into()
}

fn spread(one: &OutcomeFinding, decimals: usize) -> String {
    let [low, high] = [one.spread.p05, one.spread.p95].map(|end| percent_figure(end, decimals));
    format!("{low}–{high}")
}

/// The first states and events of a file without outcomes.
fn shown(finding: &RunFinding, facts: &Facts) -> Table {
    let columns = columns("State or event", matters(finding, facts));
    let mut table = Table::new(facts.run.decimals, columns);
    for one in chances(finding).iter().take(ROWS) {
        table.row([label(&one.label), one.probability.into(), one.probability.into()]);
    }
    table
}

/// What was asked for by name; of a file without outcomes its derived values, and of one without anything else its factors.
fn wanted(page: &mut Page, finding: &RunFinding, decimals: usize) {
    let is_named = !finding.wanted.of.is_empty();
    if is_named {
        page.table(answers::states(finding, decimals)).table(answers::events(finding, decimals));
        page.table(quantities::derived(finding, decimals, true))
            .table(quantities::factors(finding, decimals));
    } else {
        page.table(spreads(finding, decimals));
    }
    let has_factors = quantities::answers_factors(finding);
    page.table(quantities::percentiles(
        finding,
        decimals,
        [quantities::answers_derived(finding), has_factors],
    ));
    page.table(variants::table(finding, decimals));
}

/// The first quantities that are answers, each in a line.
fn spreads(finding: &RunFinding, decimals: usize) -> Table {
    let columns = [Column::words("label", "Quantity"), Column::quantity("mean", "Mean").with_error()];
    let spread = [("p05", "P5"), ("p50", "P50"), ("p95", "P95")];
    let spread = spread.map(|(key, heading)| Column::quantity(key, heading));
    let mut table = Table::new(decimals, columns.into_iter().chain(spread).collect::<Vec<_>>());
    for one in quantities::answers(finding).iter().take(ROWS) {
        let [low, middle, high] = one.spread.all().map(Cell::from);
        table.row([
            measured(&cut(&plain(one.label), LABEL), one.unit).into(),
            one.mean.clone(),
            low,
            middle,
            high,
        ]);
    }
    table
}

/// The drivers that take away most of any outcome's variance, each beside the outcome that it moves farthest.
fn drivers(finding: &RunFinding, decimals: usize) -> Table {
    let columns = [
        Column::words("label", "Moved most by"),
        Column::words("outcome", "Outcome"),
        Column::points("effect", "points").without_error(),
    ];
    let mut table = Table::new(decimals, columns);
    for (outcome, driver) in strongest(finding, decimals) {
        let turn = match driver.shape {
            Some(Shape::Hill) => " (most in between)",
            Some(Shape::Valley) => " (least in between)",
            _ => "",
        };
        let name = cut(&plain(&driver.label), LABEL) + turn;
        table.row([name.into(), label(&outcome.short), driver.effect().into()]);
    }
    table
}

fn strongest(finding: &RunFinding, decimals: usize) -> Vec<(&OutcomeFinding, &Driver)> {
    let felt = |outcome| felt(finding, outcome, decimals).map(move |one| (outcome, one));
    let mut all: Vec<(&OutcomeFinding, &Driver)> = finding.outcomes.iter().flat_map(felt).collect();
    all.sort_by(|(_, a), (_, b)| b.share.value.total_cmp(&a.share.value));
    let mut order: Vec<&str> = Vec::new();
    for (_, one) in &all {
        if !order.contains(&one.id.as_str()) {
            order.push(&one.id);
        }
    }
    let farthest = |id: &str| {
        let own = all.iter().filter(|(_, one)| one.id == id).copied();
        own.reduce(|a, b| if b.1.effect().abs() > a.1.effect().abs() { b } else { a })
    };
    order.into_iter().take(DRIVERS).filter_map(farthest).collect()
}

/// What else there is, each in a sentence.
fn beside(page: &mut Page, finding: &RunFinding) {
    let theories = titles::most_disputed(finding).map(|text| text + ".");
    let variants = titles::farthest(finding).map(|text| text + ".");
    theories.into_iter().chain(variants).for_each(|text| {
        page.sentence(text);
    });
}

/// The sampling error once, the draws, what was left out, and where the rest is.
fn foot(finding: &RunFinding, facts: &Facts) -> Vec<String> {
    let run = &facts.run;
    let said = match matters(finding, facts) {
        true => "±: the sampling error, half of the 90 % interval, in points".into(),
        false => sampling::at_most(&shown_chances(finding), run),
    };
    let said = match sampling::seen(run, &shown_chances(finding)).exact {
        true => said + ".",
        false => format!("{said}; {}, seed {}.", counted(run.draws, "draw"), run.seed),
    };
    let void = prose::left_out(&facts.void, run.draws).map(|text| capitalised(&text) + ".");
    [Some(said), void, rest(finding)].into_iter().flatten().collect()
}

/// What -v shows besides.
fn rest(finding: &RunFinding) -> Option<String> {
    let has = |is_there: bool, what: &'static str| is_there.then_some(what);
    let parts = [
        has(!finding.drivers.drivers.is_empty(), "all drivers"),
        has(!finding.theories.is_empty(), "theories"),
        has(finding.numbers().next().is_some(), "factors"),
        has(!finding.derived.is_empty(), "derived values"),
        has(!finding.events.is_empty(), "events"),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("-v shows {}.", listed(&parts)))
}
