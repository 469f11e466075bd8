//! What a run found, in words: titles of its pictures, and what its page opens with.

use super::answers::chances;
use super::quantities;
use super::theories::rivals;
use crate::analysis::outcomes::OutcomeFinding;
use crate::analysis::run::RunFinding;
use crate::analysis::theories::TheoryFinding;
use crate::report::number::{quantity, with_unit};
use crate::report::prose::headline::{self, Named, apart};
use crate::report::prose::quoted;
use crate::statistics::Estimate;

/// The answer in one sentence; `None` of a file that answers nothing.
pub fn headline(finding: &RunFinding) -> Option<String> {
    let chances = chances(finding);
    let named: Vec<Named> = chances.iter().map(|one| (one.label.as_str(), one.probability)).collect();
    match finding.outcomes.is_empty() {
        false => Some(leader(finding)),
        true => headline::likeliest(&named).or_else(|| measured(finding)),
    }
}

/// What the first quantity is.
fn measured(finding: &RunFinding) -> Option<String> {
    let all = quantities::answers(finding);
    let one = all.first().filter(|one| one.spread.p05.is_finite() && one.spread.p95.is_finite())?;
    let [low, high] = [one.spread.p05, one.spread.p95].map(|end| quantity(&Estimate::exact(end)));
    let name = quoted(one.label);
    Some(match low == high {
        true => format!("{name} is {}", with_unit(&low, one.unit)),
        false => format!("{name} lies between {low} and {} in nine draws of ten", with_unit(&high, one.unit)),
    })
}

/// Which outcome is most probable, if one is.
pub fn leader(finding: &RunFinding) -> String {
    headline::leader(&finding.outcomes.iter().map(named).collect::<Vec<_>>())
}

fn named(one: &OutcomeFinding) -> Named<'_> {
    (&one.short, one.probability.0)
}

/// The outcome of which theories say the most different things; `None` unless several can be right.
pub fn most_disputed(finding: &RunFinding) -> Option<String> {
    let rivals = rivals(finding);
    let value =
        |one: &TheoryFinding, at: usize| one.outcomes.get(at).map_or(f64::NAN, |one| one.probability.value);
    let ends = |at: usize| {
        let by = |a: &&&TheoryFinding, b: &&&TheoryFinding| value(a, at).total_cmp(&value(b, at));
        Some((*rivals.iter().min_by(by)?, *rivals.iter().max_by(by)?))
    };
    let width = |at: usize| ends(at).map_or(0.0, |(low, high)| value(high, at) - value(low, at));
    let at = (0..finding.outcomes.len()).max_by(|a, b| width(*a).total_cmp(&width(*b)))?;
    let (low, high) = ends(at)?;
    let Some([lowest, highest]) =
        apart(&low.outcomes.get(at)?.probability, &high.outcomes.get(at)?.probability)
    else {
        return Some("The theories agree on every outcome".into());
    };
    let (low, high) = (quoted(&low.label), quoted(&high.label));
    let outcome = quoted(&finding.outcomes[at].short);
    Some(format!("The theories differ most on {outcome}: {lowest} if {low}, {highest} if {high}"))
}

/// The variant that moves any probability most, if the draws can tell that one moves any; `None` if none was run.
pub fn farthest(finding: &RunFinding) -> Option<String> {
    let found = &finding.variants;
    let all = found.variants.iter().flat_map(|variant| {
        found.base.iter().zip(&variant.answers).map(move |(base, answer)| (variant, base, answer))
    });
    let chances = all.filter(|(_, base, _)| !base.is_mean);
    let farthest =
        chances.max_by(|(.., a), (.., b)| a.difference.value.abs().total_cmp(&b.difference.value.abs()));
    let (variant, base, answer) = farthest?;
    let (low, high) = answer.difference.interval;
    let name = finding.outcomes.iter().find(|one| one.id == base.id).map_or(&base.label, |one| &one.short);
    let what = quoted(&variant.facts.label);
    let said = headline::moved(&what, "takes", &(name, base.value), &answer.value);
    let nothing = || "No variant moves any probability as far as the draws can tell".into();
    Some(said.filter(|_| low * high > 0.0).unwrap_or_else(nothing))
}
