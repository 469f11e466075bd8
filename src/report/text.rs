//! The answer on a terminal: at most 80 columns.

use super::number::{difference, error, estimate, general, general_error, percent, percent_figure};
use super::table::{Align, Table, bold};
use super::wrapping::{paragraph, plain};
use super::{Quantity, Report, prose, quantity, theories, variants};
use crate::analysis::drivers::Driver;
use crate::diagnostic::Style;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The outcomes' table alone.
    Brief,
    /// What most people want.
    Normal,
    /// Everything.
    Full,
}

/// The report as text.
pub fn render(report: &Report, detail: Detail, style: Style) -> String {
    if detail == Detail::Brief {
        return brief(report, style);
    }
    let is_full = detail == Detail::Full;
    let mut parts = vec![
        header(report, style),
        outcomes(report, style),
        if report.outcomes.is_empty() { String::new() } else { paragraph(&prose::three_things(&report.run)) },
        theories::table(report, style),
        variance(report, is_full, style),
        variants::text(report, style),
        drivers(report, detail, style),
        derived(report, detail, style),
        categories(report, style),
        events(report, style),
        if is_full || report.answers_factors() { factors(report, style) } else { String::new() },
        percentiles(report, detail, style),
    ];
    if is_full {
        parts.extend([correlations(report, style), readings(&report.readings, style)]);
    }
    parts.push(footer(report));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The outcomes' table and what was asked for by name; of a file without outcomes, all that it answers.
fn brief(report: &Report, style: Style) -> String {
    let mut parts = vec![outcomes(report, style)];
    if report.answers_derived() {
        parts = vec![
            parts.concat() + &categories(report, style) + &events(report, style),
            derived(report, Detail::Brief, style),
        ];
    }
    if report.answers_factors() {
        parts.push(factors(report, style));
    }
    parts.push(percentiles(report, Detail::Brief, style));
    parts.retain(|part| !part.is_empty());
    parts.join("\n") + &variants::text(report, style)
}

/// The most percentiles side by side.
const PERCENTILES: usize = 6;

/// The percentiles that were asked for, of whatever else is shown.
fn percentiles(report: &Report, detail: Detail, style: Style) -> String {
    let factors = report.factors.iter().filter(|_| detail == Detail::Full || report.answers_factors());
    let derived = report.derived.iter().filter(|_| detail > Detail::Brief || report.answers_derived());
    let quantities: Vec<Quantity> = derived.map(Quantity::from).chain(factors.map(Quantity::from)).collect();
    let rows = report.percentile_rows(&quantities);
    let headings: Vec<String> = report.percents.iter().map(|one| quantity::heading(*one)).collect();
    let mut tables = Vec::new();
    for (at, some) in headings.chunks(PERCENTILES).enumerate() {
        let columns = some.iter().map(|one| (one.as_str(), Align::Right));
        let mut table =
            Table::new(&[("Percentiles", Align::Left)].into_iter().chain(columns).collect::<Vec<_>>());
        for (label, cells) in &rows {
            let own = cells.iter().skip(at * PERCENTILES).take(PERCENTILES).cloned();
            table.row([label.clone()].into_iter().chain(own).collect());
        }
        tables.push(filled(&table, style));
    }
    tables.join("\n")
}

/// Where uncertainty comes from: where theories compete, or where everything is asked for.
fn variance(report: &Report, is_full: bool, style: Style) -> String {
    let is_shown = is_full || !report.rivals().is_empty();
    if is_shown { theories::variance(report, style) } else { String::new() }
}

fn header(report: &Report, style: Style) -> String {
    let scenario = &report.scenario;
    let mut text = heading(&scenario.title, style);
    text += &scenario.question.as_deref().map(paragraph).unwrap_or_default();
    text += &prose::dates(report).map(|dates| paragraph(&capitalised(&dates))).unwrap_or_default();
    text += &prose::chosen(&report.run).map(|name| paragraph(&capitalised(&name))).unwrap_or_default();
    text += &prose::overrides(&report.run).map(|set| paragraph(&capitalised(&set))).unwrap_or_default();
    text += &prose::learned(report).map(|learned| paragraph(&capitalised(&learned))).unwrap_or_default();
    text
}

/// A bold line, or several if it is long.
pub(super) fn heading(text: &str, style: Style) -> String {
    paragraph(text).lines().map(|line| bold(line, style) + "\n").collect()
}

pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn outcomes(report: &Report, style: Style) -> String {
    use Align::{Left, Right};
    let columns = [
        ("Outcome", Left),
        ("Probability", Right),
        ("±", Right),
        ("P5 %", Right),
        ("P50 %", Right),
        ("P95 %", Right),
        ("In words", Left),
    ];
    if report.outcomes.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&columns);
    let decimals = report.run.decimals;
    for outcome in &report.outcomes {
        let probability = &outcome.probability;
        let spread = [outcome.spread.p05, outcome.spread.p50, outcome.spread.p95];
        let mut cells = vec![outcome.label.clone(), estimate(probability, decimals)];
        cells.push(error(probability, decimals).trim_start_matches("± ").into());
        cells.extend(spread.map(|value| percent_figure(value, decimals)));
        cells.push(outcome.words.into());
        table.row(cells);
    }
    table.text(style)
}

/// Without `-v`: for the most probable outcomes only, and only the strongest drivers of each.
const OUTCOMES: usize = 6;
const DRIVERS: usize = 3;

fn drivers(report: &Report, detail: Detail, style: Style) -> String {
    use Align::{Left, Right};
    let columns =
        [("What pushes hardest", Left), ("lowest fifth", Right), ("highest fifth", Right), ("points", Right)];
    let mut table = Table::new(&columns);
    let (outcomes, most) = match detail {
        Detail::Full => (usize::MAX, usize::MAX),
        _ => (OUTCOMES, DRIVERS),
    };
    let shown: Vec<usize> = report.by_probability().into_iter().take(outcomes).collect();
    for (at, outcome) in report.outcomes.iter().enumerate().filter(|(at, _)| shown.contains(at)) {
        let rows: Vec<Vec<String>> = report.felt_drivers(at).take(most).map(|one| row(report, one)).collect();
        if !rows.is_empty() {
            table.row(vec![outcome.label.clone()]);
        }
        rows.into_iter().for_each(|cells| table.row(cells));
    }
    if table.is_empty() {
        return String::new();
    }
    let states = match report.categories.is_empty() {
        true => "",
        false => "; of a factor with states, in the two states that are named",
    };
    table.text(style)
        + "\n"
        + &paragraph(&format!(
            "Each row: the probability with the factor in that fifth of its values{states}."
        ))
}

fn row(report: &Report, driver: &Driver) -> Vec<String> {
    let decimals = report.run.decimals;
    vec![
        format!("  {}", driver.label),
        percent(driver.low, decimals),
        percent(driver.high, decimals),
        difference(driver.swing.value, decimals),
    ]
}

/// With their spread where they are answers, or where everything is asked for.
fn derived(report: &Report, detail: Detail, style: Style) -> String {
    use Align::{Left, Right};
    let heading = match report.outcomes.is_empty() {
        true => "Derived value",
        false => "Derived value, and what it is if an outcome comes true",
    };
    let has_spread = detail == Detail::Full || report.answers_derived();
    let mut columns = vec![(heading, Left), ("Mean", Right), ("Error", Right)];
    if has_spread {
        columns.extend([("P5", Right), ("P50", Right), ("P95", Right)]);
    }
    let mut table = Table::new(&columns);
    for value in &report.derived {
        let mut cells = vec![value.label.clone(), general(value.mean.value), general_error(&value.mean)];
        if has_spread {
            cells.extend([value.spread.p05, value.spread.p50, value.spread.p95].map(general));
        }
        table.row(cells);
        for (outcome, mean) in report.outcomes.iter().zip(&value.by_outcome) {
            table.row(vec![format!("  {}", outcome.label), general(mean.value), general_error(mean)]);
        }
    }
    filled(&table, style)
}

/// The states of factors that have some.
fn categories(report: &Report, style: Style) -> String {
    let mut table =
        Table::new(&[("Factor", Align::Left), ("Probability", Align::Right), ("Error", Align::Right)]);
    let decimals = report.run.decimals;
    for category in &report.categories {
        table.row(vec![category.label.clone()]);
        for state in &category.states {
            let probability = &state.probability;
            let cells =
                [format!("  {}", state.label), estimate(probability, decimals), error(probability, decimals)];
            table.row(cells.to_vec());
        }
    }
    filled(&table, style)
}

fn events(report: &Report, style: Style) -> String {
    let mut table =
        Table::new(&[("Event", Align::Left), ("Probability", Align::Right), ("Error", Align::Right)]);
    let decimals = report.run.decimals;
    for event in &report.events {
        let probability = &event.probability;
        table.row(vec![event.label.clone(), estimate(probability, decimals), error(probability, decimals)]);
    }
    filled(&table, style)
}

fn factors(report: &Report, style: Style) -> String {
    use Align::{Left, Right};
    let columns =
        [("Factor", Left), ("Mean", Right), ("SD", Right), ("P5", Right), ("P50", Right), ("P95", Right)];
    let mut table = Table::new(&columns);
    for factor in &report.factors {
        let spread = factor.spread;
        let numbers = [factor.mean, factor.sd, spread.p05, spread.p50, spread.p95].map(general);
        table.row(std::iter::once(factor.label.clone()).chain(numbers).collect());
    }
    filled(&table, style)
}

/// To three decimals, which is more than anyone can ask for in earnest.
fn correlations(report: &Report, style: Style) -> String {
    use Align::{Left, Right};
    let columns =
        [("Correlation", Left), ("Kind", Left), ("Asked", Right), ("Reached", Right), ("Error", Right)];
    let mut table = Table::new(&columns);
    for one in &report.correlations {
        let [a, b] = &one.labels;
        let kind = match one.degrees {
            Some(degrees) => format!("{}, t {}", one.kind.key(), general(degrees)),
            None => one.kind.key().into(),
        };
        let figures = [one.asked, one.reached.value].map(|value| format!("{value:.3}"));
        table.row(
            [format!("{a}, {b}"), kind]
                .into_iter()
                .chain(figures)
                .chain([general_error(&one.reached)])
                .collect(),
        );
    }
    filled(&table, style)
}

/// The table, if it has rows.
fn filled(table: &Table, style: Style) -> String {
    if table.is_empty() { String::new() } else { table.text(style) }
}

/// How expressions were read, a paragraph each.
pub(super) fn readings(readings: &[(String, String)], style: Style) -> String {
    if readings.is_empty() {
        return String::new();
    }
    let lines = readings.iter().map(|(place, text)| paragraph(&format!("  {place}: {}", plain(text))));
    heading("How intervals and words were read", style) + &lines.collect::<String>()
}

fn footer(report: &Report) -> String {
    let mut text = paragraph(&(capitalised(&prose::draws(&report.run)) + "."));
    text += &prose::void(report).map(|void| paragraph(&(capitalised(&void) + "."))).unwrap_or_default();
    text
}
