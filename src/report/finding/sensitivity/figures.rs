//! What moves each answer, as pictures.

use super::sentences::ends;
use super::{About, unsettled};
use crate::analysis::sensitivity::{Answer, Index, Lever, LeverKind, Others};
use crate::chart::theme::{self, Colour};
use crate::chart::{SharesPanel, SharesRow, Tornado, TornadoPanel, TornadoRow, VarianceShares, Wording};
use crate::report::finding::telling::{most_telling, shown as shown_of};
use crate::report::finding::wording::{noted, wording};
use crate::report::number::{figure, percent, whole};
use crate::report::page::Page;
use crate::report::prose::{capitalised, measured, named, quoted};

/// As many answers as stand in one picture, and as many rows as each has.
const PANELS: usize = 4;
const ROWS: usize = 8;

impl About<'_> {
    pub(super) fn figures(&self, page: &mut Page) {
        let drawn = self.drawn(|one| !one.levers.is_empty());
        if !drawn.is_empty() {
            let panels = drawn.iter().map(|one| self.levers_of(one)).collect();
            let wording = noted(self.tornado_wording(), self.left_out(drawn.len()));
            page.figure("tornado", Tornado { wording, panels });
        }
        let shared = self.drawn(|one| one.indices.iter().any(|index| index.total.value > 0.0));
        if !shared.is_empty() {
            let panels = shared.iter().map(|one| self.shares_of(one)).collect();
            let wording = noted(self.shares_wording(), self.left_out(shared.len()));
            page.figure("shares", VarianceShares { wording, panels });
        }
    }

    /// The answers of a picture: of many the most telling.
    fn drawn(&self, has: impl Fn(&Answer) -> bool) -> Vec<&Answer> {
        let all: Vec<&Answer> = self.all().filter(|one| has(one)).collect();
        most_telling(&all.iter().map(|one| unsettled(one)).collect::<Vec<_>>(), PANELS)
            .into_iter()
            .map(|at| all[at])
            .collect()
    }

    /// How many answers a picture leaves out.
    fn left_out(&self, shown: usize) -> Option<String> {
        let what = if self.all().all(|one| one.is_outcome) { "outcomes" } else { "answers" };
        shown_of(shown, self.all().count(), what)
    }

    /// The hue that an answer has among all.
    fn hue(&self, answer: &Answer) -> Colour {
        let place = |id: &str| self.all().position(|one| one.id == id);
        let leader = self.leading().and_then(|one| place(&one.id));
        let hues = theme::hues(self.all().count(), leader);
        place(&answer.id).map_or(theme::GREY, |at| hues[at])
    }

    fn tornado_wording(&self) -> Wording {
        let title = self.leading().and_then(|one| Some((one, one.levers.first()?)));
        let title = title
            .map(|(answer, lever)| format!("{} moves by {}", quoted(&answer.short), self.by(answer, lever)));
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
        let printed = |value: f64| if answer.is_mean { figure(value) } else { percent(value, decimals) };
        let row = |one: &Lever| {
            let (low, high) = ends(one);
            TornadoRow {
                label: capitalised(&named(&label(one))),
                low: low.value.value,
                middle: (one.kind == LeverKind::Percentiles).then(|| one.levels[1].value.value),
                high: high.value.value,
                values: [low, high].map(|end| printed(end.value.value)),
                turn: one.turns().then(|| printed(one.levels[1].value.value)),
            }
        };
        TornadoPanel {
            label: measured(&named(&answer.label), answer.unit.as_deref()),
            answer: answer.value.value,
            value: self.value(answer, &answer.value),
            is_probability: !answer.is_mean,
            hue: self.hue(answer),
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

impl About<'_> {
    fn shares_of(&self, answer: &Answer) -> SharesPanel {
        let row = |one: &Index| {
            let (first, total) = (percent(one.first.value, 0), percent(one.total.value, 0));
            SharesRow {
                label: named(&one.label),
                first: one.first.value,
                total: one.total.value,
                interval: one.total.interval,
                value: if one.interacts() { format!("{first} alone, {total} in all") } else { total },
            }
        };
        let rows = answer.indices.iter().filter(|one| one.total.value > 0.0).take(ROWS).map(row).collect();
        SharesPanel { label: named(&answer.label), hue: self.hue(answer), rows }
    }
}
