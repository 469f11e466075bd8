//! The pictures of a run: outcomes, competing theories, distributions, the triangle of three outcomes, drivers, variants.

use std::collections::BTreeMap;

use super::answers::chances;
use super::drivers::felt;
use super::theories::rivals;
use super::titles;
use super::variants::under;
use crate::analysis::drivers::{Driver, DriverKind};
use crate::analysis::outcomes::OutcomeFinding;
use crate::analysis::run::RunFinding;
use crate::analysis::theories::TheoryFinding;
use crate::analysis::variants::{BaseAnswer, VariantAnswer, VariantFinding};
use crate::chart::{
    Bin, DrivenOutcome, DriverCell, DriverRow, Drivers, OutcomeBar, OutcomeBars, OutcomeDistribution,
    ProbabilityDistributions, Ternary, TheoryBars, TheoryGroup, TriangleBins, VariantPanel, VariantRow,
    Variants, Whisker, Wording,
};
use crate::report::number::{difference, error, estimate, points};
use crate::report::page::Page;
use crate::report::prose;
use crate::report::wrapping::plain;
use crate::session::Facts;
use crate::statistics::Estimate;

/// How many parts a side of the triangle has.
const TRIANGLE: usize = 25;

/// Adds every picture that the finding can fill.
pub fn add(page: &mut Page, finding: &RunFinding, facts: &Facts) {
    if finding.outcomes.is_empty() {
        chance_bars(finding, facts).map(|one| page.figure("probabilities", one));
    } else {
        page.figure("outcomes", outcome_bars(finding, facts));
        theories(finding, facts).map(|one| page.figure("theories", one));
        distributions(finding, facts).map(|one| page.figure("distributions", one));
        ternary(finding, facts).map(|one| page.figure("ternary", one));
        drivers(finding, facts).map(|one| page.figure("drivers", one));
    }
    variants(finding, facts).map(|one| page.figure("variants", one));
}

/// The outcomes' probabilities as bars.
pub fn outcome_bars(finding: &RunFinding, facts: &Facts) -> OutcomeBars {
    let decimals = facts.run.decimals;
    let bars = finding
        .outcomes
        .iter()
        .map(|one| OutcomeBar { spread: spread(one), ..bar(&one.short, &one.probability, decimals) });
    let title = titles::leader(finding);
    OutcomeBars { wording: wording(facts, title, "Probability of each outcome"), bars: bars.collect() }
}

/// As many bars as a page holds.
const MOST_BARS: usize = 24;

/// The probabilities of states and events as bars; `None` if there are none or too many.
fn chance_bars(finding: &RunFinding, facts: &Facts) -> Option<OutcomeBars> {
    let chances = chances(finding);
    let bars: Vec<OutcomeBar> =
        chances.iter().map(|one| bar(&one.label, &one.probability, facts.run.decimals)).collect();
    let title = titles::headline(finding).unwrap_or_else(|| plain(&facts.scenario.title));
    let wording = wording(facts, title, "Probability of each state and event");
    (1..=MOST_BARS).contains(&bars.len()).then_some(OutcomeBars { wording, bars })
}

fn bar(label: &str, probability: &Estimate, decimals: usize) -> OutcomeBar {
    OutcomeBar {
        label: plain(label),
        probability: probability.value,
        spread: None,
        value: estimate(probability, decimals),
        error: if probability.exact { String::new() } else { error(probability, decimals) },
    }
}

/// What each theory says of each outcome; `None` unless several can be right.
pub fn theories(finding: &RunFinding, facts: &Facts) -> Option<TheoryBars> {
    let (rivals, decimals) = (rivals(finding), facts.run.decimals);
    let printed = |one: &Estimate| (one.value, estimate(one, decimals));
    let groups = finding.outcomes.iter().enumerate().map(|(at, outcome)| TheoryGroup {
        label: plain(&outcome.short),
        whole: printed(&outcome.probability),
        under: rivals
            .iter()
            .filter_map(|one| one.outcomes.get(at))
            .map(|one| printed(&one.probability))
            .collect(),
    });
    let name = |one: &&TheoryFinding| {
        format!("{} (weight {})", plain(&one.label), estimate(&one.posterior, decimals))
    };
    let subtitle = "Each outcome's probability under each theory, and under all of them by their weights";
    Some(TheoryBars {
        wording: wording(facts, titles::most_disputed(finding)?, subtitle),
        theories: rivals.iter().map(name).collect(),
        groups: groups.collect(),
    })
}

/// How the outcomes' probabilities are distributed over the draws; `None` without draws.
pub fn distributions(finding: &RunFinding, facts: &Facts) -> Option<ProbabilityDistributions> {
    let decimals = facts.run.decimals;
    let bin = |(from, to, mass): &(f64, f64, f64)| Bin { from: *from, to: *to, mass: *mass };
    let outcomes = finding.outcomes.iter().map(|one| OutcomeDistribution {
        label: plain(&one.short),
        mean: one.probability.value,
        value: estimate(&one.probability, decimals),
        spread: spread(one),
        bins: one.histogram.iter().map(bin).collect(),
    });
    let subtitle = "The spread of each outcome's probability: what it would be if the unknowns were known";
    let is_known = finding.outcomes.iter().all(|one| one.histogram.is_empty());
    (!is_known).then(|| ProbabilityDistributions {
        wording: wording(facts, titles::widest(finding), subtitle),
        outcomes: outcomes.collect(),
    })
}

/// Where the first draws lie among three outcomes; `None` for any other number of outcomes, or without draws.
pub fn ternary(finding: &RunFinding, facts: &Facts) -> Option<Ternary> {
    let ([a, b, c], [first, second, third]) = (&finding.outcomes[..], &finding.drivers.shares[..]) else {
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
    let title = titles::most_often(finding);
    Some(Ternary {
        wording: wording(facts, title, "Where the draws lie among the three outcomes"),
        labels: three.map(|one| plain(&one.short)),
        values: three.map(|one| estimate(&one.probability, facts.run.decimals)),
        mean: three.map(|one| one.probability.value),
        draws,
    })
}

/// What moves each outcome; `None` if nothing does.
pub fn drivers(finding: &RunFinding, facts: &Facts) -> Option<Drivers> {
    let decimals = facts.run.decimals;
    let outcomes = finding.outcomes.iter().map(|one| DrivenOutcome {
        label: plain(&one.short),
        probability: one.probability.value,
        value: estimate(&one.probability, decimals),
    });
    let mut found: BTreeMap<&str, Vec<Option<&Driver>>> = BTreeMap::new();
    for (at, outcome) in finding.outcomes.iter().enumerate() {
        for one in finding.drivers.of(&outcome.id) {
            found.entry(&one.id).or_insert_with(|| vec![None; finding.outcomes.len()])[at] = Some(one);
        }
    }
    // Those that any outcome feels, each when it is first met.
    let felt = finding.outcomes.iter().flat_map(|one| felt(finding, one, decimals));
    let row = |one: &Driver| {
        let all = found.remove(one.id.as_str())?;
        let cells = all.into_iter().map(|one| one.map_or_else(DriverCell::default, cell));
        Some(DriverRow { label: plain(&one.name), cells: cells.collect() })
    };
    let rows = felt.filter_map(row).collect();
    let title = titles::strongest(finding, decimals)?;
    let subtitle =
        "How far each outcome's probability lies from its mean where something is known, in points";
    Some(Drivers { wording: wording(facts, title, subtitle), outcomes: outcomes.collect(), rows })
}

fn cell(driver: &Driver) -> DriverCell {
    let mut levels: Vec<f64> = driver.levels.iter().map(|one| one.probability.value).collect();
    if driver.kind == DriverKind::States {
        levels.sort_by(f64::total_cmp);
    }
    DriverCell { levels, share: driver.share.value }
}

/// What each variant does to each probability; `None` if none was run.
pub fn variants(finding: &RunFinding, facts: &Facts) -> Option<Variants> {
    let decimals = facts.run.decimals;
    let panel = |(at, base): (usize, &BaseAnswer)| VariantPanel {
        label: plain(&base.label),
        probability: base.value.value,
        value: estimate(&base.value, decimals),
        rows: under(finding, at).map(|(variant, answer)| variant_row(variant, answer, decimals)).collect(),
    };
    // Means have no place on an axis of probabilities.
    let chances = finding.variants.base.iter().enumerate().filter(|(_, one)| !one.is_mean);
    let title = titles::farthest(finding)?;
    let wording = wording(facts, title, "Each probability as the file has it and in each variant");
    Some(Variants { wording, panels: chances.map(panel).collect() })
}

fn variant_row(variant: &VariantFinding, answer: &VariantAnswer, decimals: usize) -> VariantRow {
    let change = &answer.difference;
    VariantRow {
        label: plain(&variant.facts.label),
        probability: answer.value.value,
        value: estimate(&answer.value, decimals),
        difference: difference(change.value, decimals),
        error: match change.exact {
            true => String::new(),
            false => format!("± {}", points(change.half_width(), decimals)),
        },
    }
}

/// The spread, if there is one.
fn spread(one: &OutcomeFinding) -> Option<Whisker> {
    let found = one.spread;
    (found.p05 < found.p95).then_some(Whisker { p05: found.p05, p50: found.p50, p95: found.p95 })
}

pub(super) fn wording(facts: &Facts, title: String, what: &str) -> Wording {
    let scenario = &facts.scenario;
    let about = plain(scenario.question.as_deref().unwrap_or(&scenario.title));
    let parts: Vec<String> = [what.into(), about].into_iter().chain(prose::dates(scenario)).collect();
    Wording { title, subtitle: parts.join(" · "), caption: plain(&prose::provenance(facts)) }
}
