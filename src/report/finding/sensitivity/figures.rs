//! What moves each answer, as pictures.

use super::About;
use super::sentences::ends;
use crate::analysis::sensitivity::{Answer, Index, Lever, LeverKind, Others};
use crate::chart::{SharesPanel, SharesRow, Tornado, TornadoPanel, TornadoRow, VarianceShares, Wording};
use crate::report::finding::wording::wording;
use crate::report::number::{general, percent, whole};
use crate::report::page::Page;
use crate::report::prose::{capitalised, quoted};
use crate::report::wrapping::plain;

/// As many answers as stand in one picture, and as many rows as each has.
const PANELS: usize = 4;
const ROWS: usize = 8;

impl About<'_> {
    pub(super) fn figures(&self, page: &mut Page) {
        let drawn = || self.shown().filter(|one| !one.levers.is_empty()).take(PANELS);
        if drawn().next().is_some() {
            let panels = drawn().map(|one| self.levers_of(one)).collect();
            page.figure("tornado", Tornado { wording: self.tornado_wording(), panels });
        }
        let shared = || {
            self.shown().filter(|one| one.indices.iter().any(|index| index.total.value > 0.0)).take(PANELS)
        };
        if shared().next().is_some() {
            let panels = shared().map(shares_of).collect();
            page.figure("shares", VarianceShares { wording: self.shares_wording(), panels });
        }
    }

    fn tornado_wording(&self) -> Wording {
        let title = self.leading().and_then(|one| Some((one, one.levers.first()?)));
        let title = title.map(|(answer, lever)| {
            format!("{} moves {} most", capitalised(&plain(&lever.label)), quoted(&answer.short))
        });
        let what = match self.found.others {
            Others::Free => {
                "Each answer with one thing put at its P5 and its P95, all else as uncertain as it is"
            }
            Others::Median => "Each answer with one thing put at its P5 and its P95, all else at its median",
        };
        wording(self.facts, title.unwrap_or_else(|| "What moves each answer".into()), what)
    }

    fn shares_wording(&self) -> Wording {
        let title = self.leading().and_then(|one| Some((one, one.indices.first()?)));
        let title = title.map(|(answer, index)| {
            let share = whole(index.total.value);
            format!(
                "{share} of what is not known about {} lies with {}",
                quoted(&answer.short),
                quoted(&index.label)
            )
        });
        let title = title.unwrap_or_else(|| "Where what is not known comes from".into());
        let what = "Shares of the variance of what each answer would be, if all that is not known were known (Sobol indices)";
        wording(self.facts, title, what)
    }

    fn levers_of(&self, answer: &Answer) -> TornadoPanel {
        // Of what is small, tenths of a point tell more.
        let greatest =
            answer.levers.iter().flat_map(|one| &one.levels).map(|one| one.value.value).fold(0.0, f64::max);
        let decimals = if greatest < 0.1 { self.facts.run.decimals } else { 0 };
        let printed = |value: f64| if answer.is_mean { general(value) } else { percent(value, decimals) };
        let row = |one: &Lever| {
            let (low, high) = ends(one);
            TornadoRow {
                label: plain(&label(one)),
                low: low.value.value,
                middle: (one.kind == LeverKind::Percentiles).then(|| one.levels[1].value.value),
                high: high.value.value,
                values: [low, high].map(|end| printed(end.value.value)),
                turn: one.turns().then(|| printed(one.levels[1].value.value)),
            }
        };
        TornadoPanel {
            label: plain(&answer.label),
            answer: answer.value.value,
            value: self.value(answer, &answer.value),
            is_probability: !answer.is_mean,
            rows: answer.levers.iter().take(ROWS).map(row).collect(),
        }
    }
}

fn label(one: &Lever) -> String {
    match one.kind {
        LeverKind::States | LeverKind::Theories => {
            let (low, high) = ends(one);
            format!("{} ({} → {})", one.label, low.label, high.label)
        }
        LeverKind::Percentiles | LeverKind::Event => one.label.clone(),
    }
}

fn shares_of(answer: &Answer) -> SharesPanel {
    let row = |one: &Index| {
        let (first, total) = (percent(one.first.value, 0), percent(one.total.value, 0));
        SharesRow {
            label: plain(&one.label),
            first: one.first.value,
            total: one.total.value,
            interval: one.total.interval,
            value: if one.interacts() { format!("{first} alone, {total} in all") } else { total },
        }
    };
    let rows = answer.indices.iter().filter(|one| one.total.value > 0.0).take(ROWS).map(row).collect();
    SharesPanel { label: plain(&answer.label), rows }
}
