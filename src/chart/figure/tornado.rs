//! What each answer becomes with one thing after the other moved: a bar from where it lies at one end to where it lies at the
//! other, strongest on top.

use crate::chart::axis::{Scale, percent, ticks};
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, Wording, dot, on_paper, ring, stroke};
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, theme};

/// Answers one above the other, each with what moves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One for each answer, from the top.
    pub panels: Vec<TornadoPanel>,
}

/// What moves one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoPanel {
    /// The answer in words.
    pub label: String,
    /// The answer: the panel's vertical line.
    pub answer: f64,
    /// The answer as printed.
    pub value: String,
    /// Whether it is a probability, whose axis bears per cent.
    pub is_probability: bool,
    /// The hue of the answer, that it has among all.
    pub hue: theme::Colour,
    /// What moves it, from the top.
    pub rows: Vec<TornadoRow>,
}

/// One thing that is moved.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoRow {
    /// The thing in words.
    pub label: String,
    /// The answer at one end: the ring.
    pub low: f64,
    /// The answer at the median, if there is one: the tick.
    pub middle: Option<f64>,
    /// The answer at the other end: the dot.
    pub high: f64,
    /// Both ends as printed.
    pub values: [String; 2],
    /// The answer at the median as printed, if it lies beyond both ends.
    pub turn: Option<String>,
}

const ROW_GAP: f64 = 13.0;
const BAR: f64 = 12.0;
const BESIDE: Type = Type::new(12.0, Weight::Regular, theme::INK);
const HEADING: Type = Type::new(theme::LABEL, Weight::Bold, theme::INK);
/// Room beside the axis for values.
const OVERHANG: f64 = 54.0;

impl Figure for Tornado {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.panels.iter().all(|panel| panel.rows.is_empty()) {
            return Err(ChartError::Empty("nothing that moves an answer"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&[
            (Key::Ring(theme::INK), "at its P5, without the event, in the first state"),
            (Key::Dot(theme::INK), "at its P95, with it, in the other state"),
            (Key::Sign("|"), "at its median"),
        ]);
        let labels = self.panels.iter().flat_map(|one| &one.rows).map(|row| &row.label);
        let label_width = widest(labels, LABEL.size, LABEL.weight).clamp(120.0, 290.0);
        for panel in self.panels.iter().filter(|panel| !panel.rows.is_empty()) {
            panel.set(&mut page, label_width, panel.hue);
        }
        page.below -= 14.0;
        page.close(&self.wording)
    }
}

impl TornadoPanel {
    fn set(&self, page: &mut Page, label_width: f64, hue: theme::Colour) {
        let Some(scale) = self.scale(label_width) else { return };
        let heading = HEADING.wrap(&self.label, theme::WIDTH - 2.0 * theme::MARGIN);
        page.marks.extend(Type { colour: hue, ..HEADING }.block(theme::MARGIN, page.below, &heading));
        page.below += HEADING.height(heading.len()) + 14.0;
        let line = scale.at(self.answer);
        let value = HEADING.anchored(Anchor::Middle);
        page.below += value.height(1);
        page.marks.push(value.line(line, page.below, &self.value));
        page.below += 7.0;
        let (top, ground) = (page.below, page.marks.len());
        for row in &self.rows {
            row.set(page, &scale, label_width, hue);
        }
        let mut behind = self.grid(&scale, top, page.below);
        behind.push(stroke((line, top), (line, page.below), 1.5, theme::INK));
        page.marks.splice(ground..ground, behind);
        page.below += 48.0;
    }

    /// The axis over all values; none if there are none to draw.
    fn scale(&self, label_width: f64) -> Option<Scale> {
        let rows = self.rows.iter().flat_map(|row| [Some(row.low), row.middle, Some(row.high)]).flatten();
        let all: Vec<f64> = rows.chain([self.answer]).filter(|one| one.is_finite()).collect();
        let (lo, hi) =
            all.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(*x), b.max(*x)));
        let pad = 0.04 * (hi - lo);
        let (lo, hi) = (lo - pad, hi + pad);
        let (lo, hi) = if self.is_probability { (lo.max(0.0), hi.min(1.0)) } else { (lo, hi) };
        let from = theme::MARGIN + label_width + OVERHANG;
        let to = theme::WIDTH - theme::MARGIN - OVERHANG;
        (hi > lo && self.answer.is_finite() && !ticks(lo, hi, 5).is_empty()).then_some(Scale {
            lo,
            hi,
            from,
            to,
        })
    }

    fn grid(&self, scale: &Scale, top: f64, bottom: f64) -> Vec<Mark> {
        let label = SMALL.anchored(Anchor::Middle);
        let all = ticks(scale.lo, scale.hi, 5);
        let step = all.windows(2).map(|two| two[1] - two[0]).fold(f64::INFINITY, f64::min);
        let written = |tick: f64| match self.is_probability {
            true => percent(tick, decimals(100.0 * step)),
            false => format!("{tick:.*}", decimals(step)).replace('-', "−"),
        };
        let mut marks = Vec::new();
        for tick in all {
            let x = scale.at(tick);
            marks.push(stroke((x, top), (x, bottom), 1.0, theme::GRID));
            marks.push(label.line(x, bottom + 16.0, written(tick)));
        }
        marks
    }
}

/// The decimals that a step needs.
fn decimals(step: f64) -> usize {
    if step.is_finite() && step > 0.0 {
        (-libm::floor(libm::log10(step) + 1e-9)).clamp(0.0, 9.0) as usize
    } else {
        0
    }
}

impl TornadoRow {
    fn set(&self, page: &mut Page, scale: &Scale, label_width: f64, hue: theme::Colour) {
        let label = LABEL.wrap(&self.label, label_width);
        let height = LABEL.height(label.len()).max(12.0) + ROW_GAP;
        let middle = page.below + height / 2.0;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        if self.low.is_finite() && self.high.is_finite() {
            page.marks.extend(self.bar(scale, middle, hue));
        }
        page.below += height;
    }

    fn bar(&self, scale: &Scale, y: f64, hue: theme::Colour) -> Vec<Mark> {
        let [low, high] = [self.low, self.high].map(|value| scale.at(value));
        let middle = self.middle.filter(|one| one.is_finite()).map(|value| scale.at(value));
        let left = middle.into_iter().fold(low.min(high), f64::min);
        let right = middle.into_iter().fold(low.max(high), f64::max);
        let fill = hue.tint(0.55);
        let mut marks =
            vec![Mark::Rect { x: left, y: y - BAR / 2.0, width: right - left, height: BAR, fill }];
        marks.extend(middle.map(|x| stroke((x, y - BAR / 2.0 - 2.0), (x, y + BAR / 2.0 + 2.0), 2.0, hue)));
        marks.extend(ring((low, y), 5.0, hue));
        marks.push(dot((high, y), 5.0, hue));
        let beside = |x: f64, is_left: bool, text: &String| {
            let style = BESIDE.anchored(if is_left { Anchor::End } else { Anchor::Start });
            // No farther out than the canvas goes.
            let room = style.width(text) + 4.0;
            let x = if is_left { (x - 10.0).max(room) } else { (x + 10.0).min(theme::WIDTH - room) };
            on_paper(style.line(x, y + style.height(1) / 2.0, text))
        };
        // Where the answer turns in between, the ends stand inside the bar: all three are written behind it, in their order.
        if let Some(turn) = &self.turn {
            let [low, high] = &self.values;
            marks.extend(beside(right, false, &format!("{low}, {turn}, {high}")));
            return marks;
        }
        // Where both ends are one place, one value stands on each side of it.
        marks.extend(beside(if low <= high { left } else { right }, low <= high, &self.values[0]));
        marks.extend(beside(if low <= high { right } else { left }, low > high, &self.values[1]));
        marks
    }
}
