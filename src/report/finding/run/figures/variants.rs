//! What each variant changes.

use crate::analysis::run::RunFinding;
use crate::analysis::variants::{BaseAnswer, VariantAnswer, VariantFinding};
use crate::chart::{VariantPanel, VariantRow, Variants};
use crate::report::finding::run::titles;
use crate::report::finding::run::variants::under;
use crate::report::finding::telling::{most_telling, shown};
use crate::report::finding::wording::{facts_of, noted, wording};
use crate::report::number::{difference, points, whole};
use crate::report::prose::named;
use crate::session::Facts;

/// As many answers as a picture has.
const PANELS: usize = 8;

/// An error of a difference below this matters to nobody: half a point.
const NOTABLE: f64 = 0.005;

/// What each variant does to each probability; `None` if none was run.
pub fn variants(finding: &RunFinding, facts: &Facts) -> Option<Variants> {
    let decimals = facts.run.decimals;
    let panel = |(at, base): (usize, &BaseAnswer)| VariantPanel {
        label: named(&base.label),
        probability: base.value.value,
        value: whole(base.value.value),
        rows: under(finding, at).map(|(variant, answer)| variant_row(variant, answer, decimals)).collect(),
    };
    // Means have no place on an axis of probabilities.
    let chances = finding.variants.base.iter().enumerate().filter(|(_, one)| !one.is_mean);
    let title = titles::farthest(finding)?;
    let moved = finding.variants.variants.iter().flat_map(|one| &one.answers);
    let moved = moved.filter(|one| !one.is_mean).map(|one| &one.value);
    let base = finding.variants.base.iter().filter(|one| !one.is_mean).map(|one| &one.value);
    let facts = &facts_of(facts, base.chain(moved));
    let wording = wording(facts, title, "Each probability as the file has it and in each variant");
    let chances: Vec<(usize, &BaseAnswer)> = chances.collect();
    let size = |at: usize| {
        under(finding, at)
            .map(|(_, one)| one.difference.value.abs())
            .filter(|one| one.is_finite())
            .fold(0.0, f64::max)
    };
    let kept = most_telling(&chances.iter().map(|one| size(one.0)).collect::<Vec<_>>(), PANELS);
    let note =
        shown(kept.len(), chances.len(), "answers").map(|text| format!("{text}: the ones that move most"));
    let panels = kept.into_iter().map(|at| panel(chances[at])).collect();
    Some(Variants { wording: noted(wording, note), panels })
}

fn variant_row(variant: &VariantFinding, answer: &VariantAnswer, decimals: usize) -> VariantRow {
    let change = &answer.difference;
    VariantRow {
        label: named(&variant.facts.label),
        probability: answer.value.value,
        value: whole(answer.value.value),
        difference: difference(change.value, decimals),
        error: match change.half_width() >= NOTABLE {
            true => format!("± {}", points(change.half_width(), decimals)),
            false => String::new(),
        },
    }
}
