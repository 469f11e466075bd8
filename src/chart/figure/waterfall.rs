//! What each edit adds to an answer: a bar from where it stood to where it went, from the one file to the other.

use crate::chart::axis::{Scale, number, ticks};
use crate::chart::page::{Key, LABEL, Page, SMALL, VALUE, Wording, stroke};
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, theme};

/// Answers and how edits move them.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One for each answer, from the top.
    pub panels: Vec<WaterfallPanel>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallPanel {
    /// The answer in words.
    pub label: String,
    /// Where it stands in the first scenario.
    pub before: WaterfallEnd,
    /// What moves it, from the top; together the way to the second.
    pub steps: Vec<WaterfallStep>,
    /// Where it stands in the second.
    pub after: WaterfallEnd,
}

/// Where an answer stands in one of two scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallEnd {
    /// The scenario in words.
    pub label: String,
    /// The answer's value.
    pub value: f64,
    /// The value as printed, such as "39.5 %".
    pub printed: String,
}

/// What moves an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallStep {
    /// The edit in words.
    pub label: String,
    /// What it says before and after, if there is room for it; may be empty.
    pub detail: String,
    /// By how much it moves the answer.
    pub effect: f64,
    /// The same as printed, such as "+3.9".
    pub printed: String,
    /// The half-width of the 90 % interval of its sampling error; 0 if exact.
    pub error: f64,
}

const ROW: f64 = 30.0;
const BAR: f64 = 14.0;
const LABELS: f64 = 300.0;
const VALUES: f64 = 64.0;

impl Figure for Waterfall {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.panels.iter().all(|panel| panel.steps.is_empty()) {
            return Err(ChartError::Empty("no edits"));
        }
        let mut page = Page::open(&self.wording);
        let mut keys = vec![(Key::Bar(theme::RAISES), "raises it"), (Key::Bar(theme::LOWERS), "lowers it")];
        if self.panels.iter().flat_map(|panel| &panel.steps).any(|step| step.error > 0.0) {
            keys.push((Key::Line, "90 % interval of its sampling error"));
        }
        page.legend(&keys);
        for panel in &self.panels {
            panel.set(&mut page);
        }
        page.close(&self.wording)
    }
}

impl WaterfallPanel {
    /// Sets the panel at the page's fill line.
    fn set(&self, page: &mut Page) {
        let Some(scale) = self.scale() else { return };
        page.below += 14.0;
        page.block(LABEL.bold(), theme::MARGIN, theme::WIDTH - 2.0 * theme::MARGIN, &self.label, 14.0);
        let (top, ground) = (page.below, page.marks.len());
        self.before.set(page, &scale);
        let mut here = self.before.value;
        for step in &self.steps {
            step.set(page, &scale, here);
            here += step.effect;
        }
        self.after.set(page, &scale);
        let behind = grid(&scale, top, page.below, is_share(self));
        page.marks.splice(ground..ground, behind);
        page.below += 34.0;
    }

    /// From the least to the greatest value on the way, with room on both sides; nothing if the way leads nowhere.
    fn scale(&self) -> Option<Scale> {
        let mut ends = vec![self.before.value, self.after.value];
        let mut here = self.before.value;
        for step in &self.steps {
            here += step.effect;
            ends.extend([here, here - step.error, here + step.error]);
        }
        let (low, high) = (
            ends.iter().copied().fold(f64::INFINITY, f64::min),
            ends.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        );
        let room = 0.08 * (high - low);
        if !(low.is_finite() && high.is_finite() && room > 0.0) {
            return None;
        }
        let (mut lo, mut hi) = (low - room, high + room);
        if is_share(self) {
            (lo, hi) = (lo.max(0.0), hi.min(1.0));
        }
        let from = theme::MARGIN + LABELS + 18.0;
        Some(Scale { lo, hi, from, to: theme::WIDTH - theme::MARGIN - VALUES - 24.0 })
    }
}

/// Whether the answer is a probability, by how it is printed.
fn is_share(panel: &WaterfallPanel) -> bool {
    panel.before.printed.ends_with('%')
}

/// Vertical lines at round values, and what they stand for below them.
fn grid(scale: &Scale, top: f64, bottom: f64, is_share: bool) -> Vec<Mark> {
    let ticks = ticks(scale.lo, scale.hi, 5);
    let label = SMALL.anchored(Anchor::Middle);
    let text = |value: f64| match is_share {
        true => crate::chart::axis::percent(value, usize::from(scale.hi - scale.lo < 0.04)),
        false => number(value),
    };
    let lines = ticks.iter().map(|t| stroke((scale.at(*t), top), (scale.at(*t), bottom), 1.0, theme::GRID));
    let mut free = f64::NEG_INFINITY;
    let mut written = Vec::new();
    for (x, text) in ticks.iter().map(|tick| (scale.at(*tick), text(*tick))) {
        let half = label.width(&text) / 2.0;
        if x - half > free {
            written.push(label.line(x, bottom + 16.0, text));
            free = x + half + 6.0;
        }
    }
    lines.chain(written).collect()
}

impl WaterfallEnd {
    fn set(&self, page: &mut Page, scale: &Scale) {
        let label = LABEL.wrap(&self.label, LABELS);
        let height = ROW.max(LABEL.height(label.len()) + 14.0);
        let middle = page.below + height / 2.0;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        let right = theme::WIDTH - theme::MARGIN - VALUES;
        page.marks.extend(VALUE.centred(right, middle, std::slice::from_ref(&self.printed)));
        let place = scale.at(self.value);
        page.marks.push(stroke((place, middle - BAR), (place, middle + BAR), 2.5, theme::INK));
        page.below += height;
    }
}

impl WaterfallStep {
    fn set(&self, page: &mut Page, scale: &Scale, before: f64) {
        let label = LABEL.wrap(&self.label, LABELS);
        let detail = SMALL.wrap(&self.detail, LABELS);
        let gap = if detail.is_empty() { 0.0 } else { 7.0 };
        let words = LABEL.height(label.len()) + gap + SMALL.height(detail.len());
        let height = ROW.max(words + 14.0);
        let middle = page.below + height / 2.0;
        let top = middle - words / 2.0;
        page.marks.extend(LABEL.block(theme::MARGIN, top, &label));
        page.marks.extend(SMALL.block(theme::MARGIN, top + LABEL.height(label.len()) + gap, &detail));
        let right = theme::WIDTH - theme::MARGIN - VALUES;
        page.marks.extend(VALUE.centred(right, middle, std::slice::from_ref(&self.printed)));
        let (from, to) = (scale.at(before), scale.at(before + self.effect));
        if from.is_finite() && to.is_finite() {
            page.marks.extend(bar(from, to, middle));
            page.marks.push(stroke((to, middle), (to, page.below + height + 6.0), 1.0, theme::AXIS));
            let half = scale.at(before + self.effect + self.error) - to;
            if half > 0.5 {
                page.marks.push(stroke((to - half, middle), (to + half, middle), 1.6, theme::INK));
            }
        }
        page.below += height;
    }
}

/// From one place to another; a thin one where they are nearly the same.
fn bar(from: f64, to: f64, middle: f64) -> [Mark; 1] {
    let fill = if to >= from { theme::RAISES } else { theme::LOWERS };
    let (x, width) = (from.min(to), (to - from).abs().max(1.0));
    [Mark::Rect { x, y: middle - BAR / 2.0, width, height: BAR, fill }]
}
