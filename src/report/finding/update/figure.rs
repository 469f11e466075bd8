//! What evidence did over time, as a picture.

use super::About;
use crate::analysis::update::Item;
use crate::chart::{Evidence, EvidenceItem, EvidenceLine, EvidencePoint, Wording};
use crate::report::finding::telling::{most_telling, shown};
use crate::report::number::{difference, whole};
use crate::report::prose::draws;
use crate::report::wrapping::plain;
use crate::scenario::Date;
use crate::statistics::Estimate;

/// As many answers as have a line.
const LINES: usize = 8;

impl About<'_> {
    /// Each probability as the evidence came in, or those that it moved most; `None` if nothing came in.
    pub(super) fn figure(&self) -> Option<Evidence> {
        let changes: Vec<f64> = self.found.answers.iter().map(|one| one.change.value.abs()).collect();
        let kept = most_telling(&changes, LINES);
        let farthest = self.farthest()?;
        let moved = kept.iter().position(|at| *at == farthest)?;
        Some(Evidence {
            wording: self.wording(shown(kept.len(), changes.len(), "probabilities")),
            span: self.span()?,
            lines: kept.iter().map(|at| self.line(*at)).collect(),
            moved,
            items: self.items_of(kept[moved]),
        })
    }

    fn wording(&self, note: Option<String>) -> Wording {
        let scenario = &self.facts.scenario;
        let caption = [Some(scenario.file.clone()), note, Some("likelihoods are the analyst's".into())];
        let made = [draws(&self.facts.run), format!("foretell {}", self.facts.run.version)];
        Wording {
            title: self.headline(),
            subtitle: plain(&format!("Probability as the evidence came in; {}", self.conditions())),
            caption: plain(&caption.into_iter().flatten().chain(made).collect::<Vec<_>>().join(" · ")),
        }
    }

    /// From the day that the file speaks of, or the first item's, to the day that the question resolves, if that is not too far
    /// off, or a little beyond the last item's.
    fn span(&self) -> Option<(Date, Date)> {
        let (first, last) = (self.found.items.first()?.date, self.found.items.last()?.date);
        let read = |date: &Option<String>| date.as_deref().and_then(Date::parse);
        let from = read(&self.facts.scenario.as_of).filter(|date| *date < first).unwrap_or(first);
        let days = (last.day_number() - from.day_number()).max(7);
        let is_near = |date: &Date| *date > last && date.day_number() - last.day_number() <= days;
        let to = read(&self.facts.scenario.by).filter(is_near);
        Some((from, to.unwrap_or(last.later(days / 8 + 1))))
    }

    fn line(&self, at: usize) -> EvidenceLine {
        let answer = &self.found.answers[at];
        let after =
            self.found.items.iter().filter_map(|item| item.after.get(at)).map(|one| point(&one.value));
        EvidenceLine {
            label: plain(&answer.short),
            value: whole(answer.posterior.value),
            points: [point(&answer.prior)].into_iter().chain(after).collect(),
        }
    }

    /// Each item, and what it did to an answer.
    fn items_of(&self, at: usize) -> Vec<EvidenceItem> {
        let one = |(place, item): (usize, &Item)| {
            let change = self.points(place, at);
            let decimals = usize::from(change.abs() < 0.00995);
            EvidenceItem { date: item.date, text: plain(&item.text), change: difference(change, decimals) }
        };
        self.found.items.iter().enumerate().map(one).collect()
    }
}

/// A probability and the ends of the interval of its sampling error.
fn point(one: &Estimate) -> EvidencePoint {
    let (low, high) = one.interval;
    EvidencePoint { probability: one.value, low: low.max(0.0), high: high.min(1.0) }
}
