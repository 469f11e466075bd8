//! What each item of evidence does to each probability: a bar from where it stood to where it went.

use crate::chart::axis::Scale;
use crate::chart::page::{Key, LABEL, Page, SMALL, VALUE, Wording, probability_grid, stroke};
use crate::chart::{ChartError, Figure, Mark, Picture, probability, theme};

/// Probabilities before and after dated evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceSteps {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One for each answer, from the top.
    pub panels: Vec<EvidencePanel>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidencePanel {
    /// The answer in words.
    pub label: String,
    /// Before any evidence, then after each item.
    pub steps: Vec<EvidenceStep>,
}

/// A moment.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceStep {
    /// What came in, such as "2023-10-13 containers".
    pub label: String,
    /// The probability then, 0 to 1.
    pub probability: f64,
    /// The probability as printed.
    pub value: String,
}

const ROW: f64 = 30.0;
const BAR: f64 = 14.0;
const LABELS: f64 = 220.0;
const VALUES: f64 = 80.0;

impl Figure for EvidenceSteps {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.panels.iter().all(|panel| panel.steps.is_empty()) {
            return Err(ChartError::Empty("no evidence"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&[
            (Key::Bar(theme::RAISES), "raised by the item"),
            (Key::Bar(theme::LOWERS), "lowered by the item"),
        ]);
        for panel in &self.panels {
            panel.set(&mut page);
        }
        page.close(&self.wording)
    }
}

impl EvidencePanel {
    /// Sets the panel at the page's fill line.
    fn set(&self, page: &mut Page) {
        let from = theme::MARGIN + LABELS + 18.0;
        let scale = Scale::probability(from, theme::WIDTH - theme::MARGIN - VALUES - 24.0);
        page.below += 14.0;
        page.block(LABEL.bold(), theme::MARGIN, theme::WIDTH - 2.0 * theme::MARGIN, &self.label, 14.0);
        let (top, ground) = (page.below, page.marks.len());
        let mut before = None;
        for step in &self.steps {
            step.set(page, &scale, before);
            before = probability(step.probability);
        }
        let behind = probability_grid(&scale, top, page.below);
        page.marks.splice(ground..ground, behind);
        page.below += 34.0;
    }
}

impl EvidenceStep {
    fn set(&self, page: &mut Page, scale: &Scale, before: Option<f64>) {
        let label = SMALL.wrap(&self.label, LABELS);
        let height = ROW.max(SMALL.height(label.len()) + 12.0);
        let middle = page.below + height / 2.0;
        page.marks.extend(SMALL.centred(theme::MARGIN, middle, &label));
        let right = theme::WIDTH - theme::MARGIN - VALUES;
        page.marks.extend(VALUE.centred(right, middle, std::slice::from_ref(&self.value)));
        if let Some(now) = probability(self.probability) {
            let place = scale.at(now);
            page.marks.extend(before.and_then(|one| bar(scale.at(one), place, middle)));
            let (above, under) = (middle - BAR / 2.0 - 3.0, middle + BAR / 2.0 + 3.0);
            page.marks.push(stroke((place, above), (place, under), 2.5, theme::INK));
        }
        page.below += height;
    }
}

/// From one place to another; none if they are the same.
fn bar(from: f64, to: f64, middle: f64) -> Option<Mark> {
    let fill = if to > from { theme::RAISES } else { theme::LOWERS };
    let (x, width) = (from.min(to), (to - from).abs());
    (width > 0.0).then_some(Mark::Rect { x, y: middle - BAR / 2.0, width, height: BAR, fill })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_lead_from_step_to_step() {
        let step = |probability: f64| EvidenceStep { label: "ships".into(), probability, value: "x".into() };
        let panel =
            EvidencePanel { label: "a".into(), steps: vec![step(0.5), step(0.8), step(0.8), step(0.2)] };
        let figure = EvidenceSteps { wording: Wording::default(), panels: vec![panel] };
        let picture = figure.layout().unwrap();
        let bars: Vec<bool> = picture
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Rect { height: BAR, fill, .. } => Some(*fill == theme::RAISES),
                _ => None,
            })
            .collect();
        assert_eq!(bars, [true, false]);
        let none = EvidenceSteps { wording: Wording::default(), panels: Vec::new() };
        assert!(none.layout().is_err());
    }
}
