//! The report as pictures: outcomes, competing theories, distributions, the triangle of three outcomes, drivers, variants.

use super::number::{error, estimate, percent};
use super::wrapping::plain;
use super::{Compared, Report, Variant, prose};
use crate::analysis::summary::{OutcomeSummary, TheorySummary};
use crate::analysis::variants::Changed;
use crate::chart::{
    Bin, ChartError, Driver, DriverPanel, Drivers, Figure, OutcomeBar, OutcomeBars, OutcomeDistribution,
    Picture, ProbabilityDistributions, Ternary, TheoryBars, TheoryGroup, TriangleBins, VariantPanel,
    VariantRow, Variants, Whisker, Wording,
};
use crate::statistics::Estimate;

/// A picture and the name of its file, without an ending.
pub type Named = (&'static str, Result<Picture, ChartError>);

/// How many parts a side of the triangle has.
const TRIANGLE: usize = 25;

/// Every picture that the report can fill, laid out.
pub fn figures(report: &Report) -> Vec<Named> {
    if report.outcomes.is_empty() {
        let bars = chance_bars(report).map(|figure| ("probabilities", figure.layout()));
        return bars
            .into_iter()
            .chain(variants(report).map(|figure| ("variants", figure.layout())))
            .collect();
    }
    let mut found: Vec<Named> = vec![("outcomes", outcome_bars(report).layout())];
    found.extend(theories(report).map(|figure| ("theories", figure.layout())));
    if report.outcomes.iter().any(|one| !one.histogram.is_empty()) {
        found.push(("distributions", distributions(report).layout()));
    }
    found.extend(ternary(report).map(|figure| ("ternary", figure.layout())));
    found.extend(drivers(report).map(|figure| ("drivers", figure.layout())));
    found.extend(variants(report).map(|figure| ("variants", figure.layout())));
    found
}

/// The outcomes' probabilities as bars.
pub fn outcome_bars(report: &Report) -> OutcomeBars {
    let decimals = report.run.decimals;
    let bars = report.outcomes.iter().map(|one| OutcomeBar {
        label: plain(report.short(one)),
        probability: one.probability.value,
        spread: spread(one),
        value: estimate(&one.probability, decimals),
        error: if one.probability.exact { String::new() } else { error(&one.probability, decimals) },
    });
    OutcomeBars {
        wording: wording(report, leader(report), "Probability of each outcome"),
        bars: bars.collect(),
    }
}

/// As many bars as a page holds.
const MOST_BARS: usize = 24;

/// The probabilities of states and events as bars; `None` if there are none or too many.
fn chance_bars(report: &Report) -> Option<OutcomeBars> {
    let chances = report.chances();
    let decimals = report.run.decimals;
    let bars: Vec<OutcomeBar> = chances
        .iter()
        .map(|one| OutcomeBar {
            label: plain(&one.label),
            probability: one.probability.value,
            spread: None,
            value: estimate(&one.probability, decimals),
            error: if one.probability.exact { String::new() } else { error(&one.probability, decimals) },
        })
        .collect();
    let title = plain(&report.scenario.title);
    let wording = wording(report, title, "Probability of each state and event");
    (1..=MOST_BARS).contains(&bars.len()).then_some(OutcomeBars { wording, bars })
}

/// What each theory says of each outcome; `None` unless several can be right.
pub fn theories(report: &Report) -> Option<TheoryBars> {
    let rivals = report.rivals();
    let decimals = report.run.decimals;
    let printed = |one: &Estimate| (one.value, estimate(one, decimals));
    let groups = report.outcomes.iter().enumerate().map(|(at, outcome)| TheoryGroup {
        label: plain(report.short(outcome)),
        whole: printed(&outcome.probability),
        under: rivals.iter().map(|one| printed(&one.outcomes[at])).collect(),
    });
    let name = |one: &&TheorySummary| {
        format!("{} (weight {})", plain(&one.label), estimate(&one.posterior, decimals))
    };
    let subtitle = "Each outcome's probability under each theory, and under all of them by their weights";
    Some(TheoryBars {
        wording: wording(report, most_disputed(report)?, subtitle),
        theories: rivals.iter().map(name).collect(),
        groups: groups.collect(),
    })
}

/// How the outcomes' probabilities are distributed over the draws.
pub fn distributions(report: &Report) -> ProbabilityDistributions {
    let outcomes = report.outcomes.iter().map(|one| OutcomeDistribution {
        label: plain(report.short(one)),
        mean: one.probability.value,
        value: estimate(&one.probability, report.run.decimals),
        spread: spread(one),
        bins: one
            .histogram
            .iter()
            .map(|(from, to, mass)| Bin { from: *from, to: *to, mass: *mass })
            .collect(),
    });
    let subtitle = "The spread of each outcome's probability: what it would be if the unknowns were known";
    ProbabilityDistributions {
        wording: wording(report, widest(report), subtitle),
        outcomes: outcomes.collect(),
    }
}

/// Where the first draws lie among three outcomes; `None` for any other number of outcomes, or without draws.
pub fn ternary(report: &Report) -> Option<Ternary> {
    let ([a, b, c], [first, second, third]) = (report.outcomes.as_slice(), report.kept.as_slice()) else {
        return None;
    };
    if first.is_empty() {
        return None;
    }
    let mut draws = TriangleBins::new(TRIANGLE);
    for ((p, q), r) in first.iter().zip(second).zip(third) {
        draws.add([*p, *q, *r], 1.0);
    }
    let three = [a, b, c];
    Some(Ternary {
        wording: wording(report, most_often(report), "Where the draws lie among the three outcomes"),
        labels: three.map(|one| plain(report.short(one))),
        values: three.map(|one| estimate(&one.probability, report.run.decimals)),
        mean: three.map(|one| one.probability.value),
        draws,
    })
}

/// What moves each outcome; `None` if nothing does.
pub fn drivers(report: &Report) -> Option<Drivers> {
    let panels: Vec<DriverPanel> = report
        .outcomes
        .iter()
        .enumerate()
        .map(|(at, one)| DriverPanel {
            label: plain(report.short(one)),
            probability: one.probability.value,
            value: estimate(&one.probability, report.run.decimals),
            drivers: report.felt_drivers(at).map(driver).collect(),
        })
        .filter(|panel| !panel.drivers.is_empty())
        .collect();
    let title = strongest(report)?;
    let subtitle = "Each outcome's probability where a factor is in its lowest and in its highest fifth";
    Some(Drivers { wording: wording(report, title, subtitle), panels })
}

fn driver(one: &crate::analysis::drivers::Driver) -> Driver {
    Driver { label: plain(&one.label), low: one.low, high: one.high }
}

/// What each variant does to each probability; `None` if none was run.
pub fn variants(report: &Report) -> Option<Variants> {
    let decimals = report.run.decimals;
    let row = |variant: &Variant, at: usize, base: &Compared| {
        let found = &variant.found.chances[at];
        let [difference, half] = base.change(found, decimals);
        VariantRow {
            label: plain(&variant.facts.label),
            probability: found.value.value,
            value: estimate(&found.value, decimals),
            difference,
            error: if found.difference.exact { String::new() } else { format!("± {half}") },
        }
    };
    // Means have no place on an axis of probabilities.
    let compared = report.compared();
    let chances = compared.iter().enumerate().filter(|(_, one)| !one.is_mean);
    let panels = chances.map(|(at, base)| VariantPanel {
        label: plain(&base.label),
        probability: base.value.value,
        value: estimate(&base.value, decimals),
        rows: report.variants.iter().map(|variant| row(variant, at, base)).collect(),
    });
    let wording =
        wording(report, farthest(report)?, "Each probability as the file has it and in each variant");
    Some(Variants { wording, panels: panels.collect() })
}

/// The spread, if there is one.
fn spread(one: &OutcomeSummary) -> Option<Whisker> {
    let found = one.spread;
    (found.p05 < found.p95).then_some(Whisker { p05: found.p05, p50: found.p50, p95: found.p95 })
}

fn wording(report: &Report, title: String, what: &str) -> Wording {
    let about = report.scenario.question.as_deref().unwrap_or(&report.scenario.title);
    let dates = prose::dates(report);
    let parts: Vec<String> =
        [Some(what.to_string()), Some(plain(about)), dates].into_iter().flatten().collect();
    Wording { title, subtitle: parts.join(" · "), caption: plain(&prose::provenance(report)) }
}

// Titles: what was found, in words.

fn quoted(label: &str) -> String {
    format!("“{}”", plain(label))
}

/// Which outcome is most probable, if the draws can tell and the printed figures show it.
fn leader(report: &Report) -> String {
    let share = |at: usize| estimate(&report.outcomes[at].probability, report.run.decimals);
    let label = |at: usize| quoted(report.short(&report.outcomes[at]));
    let overlap = |a: usize, b: usize| {
        let [a, b] = [a, b].map(|at| report.outcomes[at].probability.interval);
        a.0 <= b.1
    };
    match report.by_probability()[..] {
        [first, second, ..] if share(first) == share(second) => {
            let (one, other) = (first.min(second), first.max(second));
            format!("{} and {} lead together, at {}", label(one), label(other), share(one))
        }
        [first, second, ..] if overlap(first, second) => {
            let shares = format!("{} and {}", share(first), share(second));
            format!("{} and {} are too close to tell, at {shares}", label(first), label(second))
        }
        [first, ..] => format!("{} is most probable, at {}", label(first), share(first)),
        [] => "No outcomes".into(),
    }
}

/// The outcome of which theories say the most different things.
fn most_disputed(report: &Report) -> Option<String> {
    let rivals = report.rivals();
    let ends = |at: usize| {
        let value = |one: &&&TheorySummary| one.outcomes[at].value;
        let by = |a: &&&TheorySummary, b: &&&TheorySummary| value(a).total_cmp(&value(b));
        Some((*rivals.iter().min_by(by)?, *rivals.iter().max_by(by)?))
    };
    let width =
        |at: usize| ends(at).map_or(0.0, |(low, high)| high.outcomes[at].value - low.outcomes[at].value);
    let at = (0..report.outcomes.len()).max_by(|a, b| width(*a).total_cmp(&width(*b)))?;
    let (low, high) = ends(at)?;
    let share = |one: &TheorySummary| estimate(&one.outcomes[at], report.run.decimals).replace(' ', "\u{a0}");
    if share(low) == share(high) {
        return Some("The theories agree on every outcome".into());
    }
    let (lowest, highest) = (share(low), share(high));
    let (low, high) = (quoted(&low.label), quoted(&high.label));
    Some(format!(
        "The theories differ most on {}: {lowest} if {low}, {highest} if {high}",
        quoted(report.short(&report.outcomes[at]))
    ))
}

/// The outcome whose probability depends most on what is not known.
fn widest(report: &Report) -> String {
    let width = |one: &&OutcomeSummary| one.spread.p95 - one.spread.p05;
    match report.outcomes.iter().max_by(|a, b| width(a).total_cmp(&width(b))) {
        Some(one) if width(&one) > 0.0 => {
            let ends = [one.spread.p05, one.spread.p95].map(|end| percent(end, report.run.decimals));
            format!(
                "{} has between {} and {} in nine draws of ten",
                quoted(report.short(one)),
                ends[0],
                ends[1]
            )
        }
        _ => "No outcome's probability depends on what is not known".into(),
    }
}

/// The outcome that is most probable in most draws.
fn most_often(report: &Report) -> String {
    let draws = report.kept.first().map_or(0, Vec::len);
    let mut wins = vec![0usize; report.kept.len()];
    for draw in 0..draws {
        let value = |at: &usize| report.kept[*at][draw];
        if let Some(best) = (0..report.kept.len()).max_by(|a, b| value(a).total_cmp(&value(b))) {
            wins[best] += 1;
        }
    }
    match (0..wins.len()).max_by_key(|at| wins[*at]) {
        Some(at) => {
            let share = percent(wins[at] as f64 / draws as f64, 0);
            format!(
                "{} is the most probable of the three in {share} of the draws",
                quoted(report.short(&report.outcomes[at]))
            )
        }
        None => "No draws".into(),
    }
}

/// The factor that moves any outcome most.
fn strongest(report: &Report) -> Option<String> {
    let outcomes = report.outcomes.iter().enumerate();
    let all = outcomes.flat_map(|(at, outcome)| report.felt_drivers(at).map(move |driver| (outcome, driver)));
    let size = |driver: &crate::analysis::drivers::Driver| driver.swing.value.abs();
    let (outcome, driver) = all.max_by(|a, b| size(a.1).total_cmp(&size(b.1)))?;
    let [low, high] = [driver.low, driver.high].map(|end| percent(end, report.run.decimals));
    Some(format!(
        "{} moves {} most: from {low} to {high}",
        quoted(&driver.label),
        quoted(report.short(outcome))
    ))
}

/// The variant that moves any probability most, if the draws can tell that one moves any.
fn farthest(report: &Report) -> Option<String> {
    let names = report.compared();
    let all = report
        .variants
        .iter()
        .flat_map(|variant| names.iter().zip(&variant.found.chances).map(move |one| (variant, one)))
        .filter(|(_, (name, _))| !name.is_mean);
    let size = |found: &Changed| found.difference.value.abs();
    let (variant, (name, found)) = all.max_by(|a, b| size(a.1.1).total_cmp(&size(b.1.1)))?;
    let decimals = report.run.decimals;
    let [from, to] = [&name.value, &found.value].map(|one| estimate(one, decimals));
    let is_felt = from != to && found.difference.interval.0 * found.difference.interval.1 > 0.0;
    Some(match is_felt {
        true => format!(
            "{} moves {} most: from {from} to {to}",
            quoted(&variant.facts.label),
            quoted(&name.label)
        ),
        false => "No variant moves any probability as far as the draws can tell".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::report;

    const THREE: &str = "[factors.x]\nlabel = \"Strength\"\nvalue = 'beta(2, 2)'\n[factors.idle]\nvalue = 'beta(2, 2)'\n\
                         [outcomes.a]\nbase = 0.6\nweights = { x = 2 }\n[outcomes.b]\nbase = 0.2\n[outcomes.c]\nbase = 0.2\n";

    #[test]
    fn titles_say_what_was_found() {
        let found = report(THREE);
        assert_eq!(outcome_bars(&found).wording.title.split(" at ").next(), Some("“a” is most probable,"));
        assert!(
            drivers(&found)
                .is_some_and(|one| one.wording.title.starts_with("“Strength” moves “a” most: from "))
        );
        assert!(distributions(&found).wording.title.starts_with("“a” has between "));
    }

    #[test]
    fn pictures_call_an_outcome_by_its_short_name() {
        let text = THREE.replace("[outcomes.a]", "[outcomes.a]\nlabel = \"A long name\"\nshort = \"Brief\"");
        let found = report(&text);
        assert_eq!(found.outcomes[0].label, "A long name");
        let bars = outcome_bars(&found);
        assert_eq!(bars.bars[0].label, "Brief");
        assert_eq!(bars.wording.title.split(" at ").next(), Some("“Brief” is most probable,"));
    }

    #[test]
    fn equals_lead_together() {
        let equal = "[factors.x]\nvalue = 'uniform(0, 1)'\n[outcomes.a]\nweights = { x = 1 }\n[outcomes.b]\n";
        assert_eq!(outcome_bars(&report(equal)).wording.title, "“a” and “b” lead together, at 50.0 %");
    }

    #[test]
    fn the_triangle_wants_three_outcomes() {
        let found = report(THREE);
        let share = found.kept[0]
            .iter()
            .zip(&found.kept[1])
            .zip(&found.kept[2])
            .filter(|((a, b), c)| a > b && a > c)
            .count();
        let share = percent(share as f64 / found.kept[0].len() as f64, 0);
        let title = format!("“a” is the most probable of the three in {share} of the draws");
        assert_eq!(ternary(&found).map(|one| one.wording.title), Some(title));
        assert!(
            ternary(&report("[factors.x]\nvalue = 'beta(2, 2)'\n[outcomes.a]\n[outcomes.b]\n")).is_none()
        );
    }

    #[test]
    fn factors_that_move_nothing_are_no_drivers() {
        let found = report(THREE);
        assert!(found.drivers.outcomes[0].iter().any(|one| one.id == "idle"));
        let labels =
            |panel: &DriverPanel| panel.drivers.iter().map(|one| one.label.clone()).collect::<Vec<_>>();
        assert!(
            drivers(&found).is_some_and(|one| one.panels.iter().all(|panel| labels(panel) == ["Strength"]))
        );
    }
}
