//! What options pay, and what it is worth to know things, as pictures.

use super::knowledge::{is_tested, is_told};
use super::sentences::{amount, verdict};

use crate::analysis::decide::{
    DecideFinding, DecisionFinding, InformationFinding, OptionFinding, TestFinding,
};
use crate::chart::{OptionRow, Options, WorthRow, Worths};
use crate::report::finding::wording::wording;
use crate::report::number::{percent, quantity, with_unit};
use crate::report::page::Page;
use crate::report::prose::quoted;
use crate::report::wrapping::plain;
use crate::session::Facts;
use crate::statistics::Estimate;

/// As many things as are shown.
const MOST: usize = 12;

/// Both pictures of the first decision.
pub(super) fn add(page: &mut Page, found: &DecideFinding, facts: &Facts) {
    if let Some(figure) = options(found, facts) {
        page.figure("decide", figure);
    }
    if let Some(figure) = information(found, facts) {
        page.figure("information", figure);
    }
}

/// What each option of the first decision pays.
pub fn options(found: &DecideFinding, facts: &Facts) -> Option<Options> {
    let one = found.decisions.first()?;
    let row = |option: &OptionFinding| {
        let spread = option.spread;
        OptionRow {
            label: plain(&option.short),
            mean: option.expected.value,
            levels: [spread.p05, spread.p17, spread.p50, spread.p83, spread.p95],
            value: quantity(&option.expected),
            best: format!("best {}", percent(option.best.value, 0)),
            is_leader: Some(&option.id) == one.best.as_ref(),
        }
    };
    let rows: Vec<OptionRow> = one.options.iter().map(row).collect();
    let what = if one.is_cost { "Cost" } else { "Payoff" };
    let of = plain(&one.label);
    let subtitle = format!("{what} of each option and how it may come out. {of}{}", others(found));
    let wording = wording(facts, verdict(one), &subtitle);
    rows.iter().any(|row| row.mean.is_finite()).then(|| Options { wording, rows, unit: one.unit.clone() })
}

/// What it is worth to know each thing before the first decision; nothing where it is worth nothing.
pub fn information(found: &DecideFinding, facts: &Facts) -> Option<Worths> {
    let one = found.decisions.first()?;
    let everything = WorthRow {
        label: "Everything".into(),
        worth: one.perfect_information.value,
        cost: None,
        value: shown(&one.perfect_information, one),
        is_whole: true,
    };
    let known = one.information.iter().filter(|known| is_told(known) && !is_tested(known, one)).take(MOST);
    let known = known.map(|known| of_knowledge(known, one));
    let tests = one.tests.iter().map(|test| of_test(test, one));
    let rows: Vec<WorthRow> = [everything].into_iter().chain(known).chain(tests).collect();
    let subtitle = format!(
        "What it would be worth to know it before an option is taken{}. {}{}",
        one.unit.as_ref().map_or(String::new(), |unit| format!(", in {}", plain(unit))),
        plain(&one.label),
        others(found)
    );
    let wording = wording(facts, most_valuable(one), &subtitle);
    (one.perfect_information.value > 0.0).then_some(Worths { wording, rows })
}

/// Of several decisions, that there are more.
fn others(found: &DecideFinding) -> String {
    match found.decisions.len() {
        0 | 1 => String::new(),
        count => format!(" (The first of {count} decisions; --of NAME draws another.)"),
    }
}

fn of_knowledge(known: &InformationFinding, one: &DecisionFinding) -> WorthRow {
    WorthRow {
        label: plain(&known.short),
        worth: known.value.value,
        cost: None,
        value: shown(&known.value, one),
        is_whole: false,
    }
}

fn of_test(test: &TestFinding, one: &DecisionFinding) -> WorthRow {
    let cost = amount(&Estimate::exact(test.cost), one);
    WorthRow {
        label: format!("Test: {}", plain(&test.short)),
        worth: test.value.value,
        cost: Some(test.cost),
        value: format!("{}, costs {cost}", quantity(&test.value)),
        is_whole: false,
    }
}

fn shown(value: &Estimate, one: &DecisionFinding) -> String {
    with_unit(&quantity(value), one.unit.as_deref())
}

/// What it is most worth to know.
fn most_valuable(found: &DecisionFinding) -> String {
    match found.information.iter().find(|one| is_told(one)) {
        None => "To know any one thing first is worth nothing that can be told".into(),
        Some(one) => {
            format!("{} is most worth knowing, at {}", quoted(&one.short), amount(&one.value, found))
        }
    }
}
