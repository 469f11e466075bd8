//! The answer as one picture.

use crate::analysis::outcomes::OutcomeFinding;
use crate::analysis::run::RunFinding;
use crate::chart::{Answer, AnswerRow, AnswerSpread};
use crate::report::finding::run::answers::{by_probability, chances};
use crate::report::finding::run::titles;
use crate::report::finding::telling::{most_telling, shown};
use crate::report::finding::wording::{facts_of, noted, wording};
use crate::report::number::{one_in, points, whole};
use crate::report::prose::named;
use crate::session::Facts;
use crate::statistics::Estimate;

/// As many rows as a picture has.
const ROWS: usize = 24;

/// The probability of each outcome and its spread; of a file without outcomes, the probability of each state and event. Of
/// many the most telling. `None` if there are none.
pub fn answer(finding: &RunFinding, facts: &Facts) -> Option<Answer> {
    if finding.outcomes.is_empty() { of_chances(finding, facts) } else { Some(of_outcomes(finding, facts)) }
}

fn of_outcomes(finding: &RunFinding, facts: &Facts) -> Answer {
    let all: Vec<Estimate> = finding.outcomes.iter().map(|one| one.probability.0).collect();
    let facts = &facts_of(facts, &all);
    let kept = kept(&all);
    let leader = by_probability(finding).first().and_then(|first| kept.iter().position(|at| at == first));
    let what = match finding.outcomes.iter().any(|one| spread(one).is_some()) {
        true => "Probability of each outcome, and how far it could move if all but events were known",
        false => "Probability of each outcome",
    };
    let wording = wording(facts, titles::leader(finding), what);
    Answer {
        wording: noted(wording, note(&all, &kept, "outcomes", facts)),
        rows: kept.iter().map(|at| row(&finding.outcomes[*at])).collect(),
        leader,
    }
}

fn of_chances(finding: &RunFinding, facts: &Facts) -> Option<Answer> {
    let chances = chances(finding);
    let all: Vec<Estimate> = chances.iter().map(|one| one.probability).collect();
    let facts = &facts_of(facts, &all);
    let kept = kept(&all);
    let rows: Vec<AnswerRow> = kept.iter().map(|at| bare(&chances[*at].label, all[*at].value)).collect();
    let title = titles::headline(finding).unwrap_or_else(|| named(&facts.scenario.title));
    let wording = wording(facts, title, "Probability of each state and event");
    let wording = noted(wording, note(&all, &kept, "states and events", facts));
    (!rows.is_empty()).then_some(Answer { wording, rows, leader: None })
}

/// The positions of the rows: those of which it is least settled whether they come true, which among outcomes are the most
/// probable.
fn kept(all: &[Estimate]) -> Vec<usize> {
    let unsettled: Vec<f64> = all.iter().map(|one| one.value * (1.0 - one.value)).collect();
    most_telling(&unsettled, ROWS)
}

/// How many of how many are shown, and how far sampling can be off.
fn note(all: &[Estimate], kept: &[usize], what: &str, facts: &Facts) -> Option<String> {
    let half = all.iter().filter(|one| !one.exact).map(Estimate::half_width).fold(0.0, f64::max);
    let size = points(half, facts.run.decimals);
    let error = (half > 0.0).then(|| match size.strip_prefix('<') {
        Some(size) => format!("sampling error below {size} points"),
        None => format!("sampling error ±{size} points at most"),
    });
    let parts: Vec<String> = [shown(kept.len(), all.len(), what), error].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn row(one: &OutcomeFinding) -> AnswerRow {
    let figure = |value: f64| whole(value).trim_end_matches("\u{a0}%").to_string();
    let spread = spread(one);
    let range = |found: &AnswerSpread| format!("{} to {}", figure(found.p05), figure(found.p95));
    let range = spread.as_ref().map(range).unwrap_or_default();
    AnswerRow { range, spread, ..bare(&one.short, one.probability.value) }
}

fn bare(label: &str, probability: f64) -> AnswerRow {
    let (label, value) = (named(label), whole(probability));
    let odds = one_in(probability).unwrap_or_default();
    AnswerRow { label, probability, value, odds, range: String::new(), spread: None }
}

/// The spread, if there is one; its density if draws tell it.
fn spread(one: &OutcomeFinding) -> Option<AnswerSpread> {
    let found = one.spread;
    let cells = if one.spread_error.is_some() { one.histogram.clone() } else { Vec::new() };
    let spread = AnswerSpread { p05: found.p05, p17: found.p17, p83: found.p83, p95: found.p95, cells };
    (found.p05 < found.p95).then_some(spread)
}
