//! How probable it is that quantities are more than any value: curves that fall from the left to the right.

use super::bars::Bars;
use super::density::{axis, heading};
use crate::chart::axis::Scale;
use crate::chart::page::{Page, SMALL, Type, Wording, dot, on_paper, stroke};
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, theme};

/// Quantities one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Exceedance {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One for each quantity, from the top.
    pub panels: Vec<ExceedancePanel>,
}

/// How probable it is that one quantity is more than any value.
#[derive(Debug, Clone, PartialEq)]
pub struct ExceedancePanel {
    /// The quantity in words; empty if the title says it.
    pub label: String,
    /// What it is measured in.
    pub unit: Option<String>,
    /// Its values as (from, to, share), ascending; single values have both ends the same.
    pub bars: Vec<(f64, f64, f64)>,
    /// Values that are pointed out, each with how probable more is, 0 to 1, and as printed.
    pub points: Vec<(f64, f64, String)>,
}

const HEIGHT: f64 = 290.0;
const AXIS: f64 = 44.0;
/// The probabilities that have a line.
const LINES: [f64; 7] = [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0];

impl Figure for Exceedance {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.panels.iter().all(|panel| panel.scale().is_none()) {
            return Err(ChartError::Empty("no quantity that varies"));
        }
        let mut page = Page::open(&self.wording);
        self.panels.iter().for_each(|panel| panel.set(&mut page));
        page.below -= 12.0;
        page.close(&self.wording)
    }
}

impl ExceedancePanel {
    fn scale(&self) -> Option<Scale> {
        Bars(&self.bars).scale(theme::MARGIN + AXIS, theme::WIDTH - theme::MARGIN - 20.0)
    }

    fn set(&self, page: &mut Page) {
        let Some(x) = self.scale() else { return };
        heading(page, theme::WIDTH - 2.0 * theme::MARGIN, &self.label, self.unit.as_deref());
        let (top, bottom) = (page.below + 4.0, page.below + 4.0 + HEIGHT);
        let y = Scale { lo: 0.0, hi: 1.0, from: bottom, to: top };
        page.marks.extend(axis(&x, top, bottom + 5.0));
        for line in LINES {
            page.marks.push(stroke((x.from, y.at(line)), (x.to, y.at(line)), 1.0, theme::GRID));
            let text = crate::chart::axis::percent(line, 0);
            page.marks.push(SMALL.anchored(Anchor::End).line(x.from - 8.0, y.at(line) + 4.0, text));
        }
        let points: Vec<(f64, f64)> = self.curve().iter().map(|(a, b)| (x.at(*a), y.at(*b))).collect();
        let under = [(x.to, bottom), (x.from, bottom)];
        let outline = points.iter().copied().chain(under).collect();
        page.marks.push(Mark::Polygon { points: outline, fill: theme::RAISES.tint(0.85) });
        page.marks.push(Mark::Polyline { points, width: 2.4, colour: theme::RAISES });
        page.marks.extend(self.points(&x, &y));
        page.below = bottom + 44.0;
    }

    /// The way of the curve: straight within a part, upright at a single value. It starts at what lies beyond the first and ends at
    /// what lies beyond the last, both taken to be the same.
    fn curve(&self) -> Vec<(f64, f64)> {
        let known: f64 = self.bars.iter().map(|one| one.2).filter(|share| share.is_finite()).sum();
        let beyond = (0.5 * (1.0 - known)).max(0.0);
        let mut left = 1.0 - beyond;
        let single = Bars(&self.bars).are_single();
        let room = self.scale().filter(|_| single);
        let mut points: Vec<(f64, f64)> = room.iter().map(|scale| (scale.lo, left)).collect();
        for (from, to, share) in &self.bars {
            points.push((*from, left));
            left = (left - share.max(0.0)).max(0.0);
            points.push((*to, left));
        }
        points.extend(room.iter().map(|scale| (scale.hi, left)));
        points
    }

    /// What is pointed out, each above the curve at the right of its point.
    fn points(&self, x: &Scale, y: &Scale) -> Vec<Mark> {
        let style = Type { colour: theme::INK, ..SMALL.bold() };
        let mut marks = Vec::new();
        let mut last = f64::NEG_INFINITY;
        for (value, probability, text) in &self.points {
            let (px, py) = (x.at(*value), y.at(*probability));
            if !(px >= x.from && px <= x.to && (0.0..=1.0).contains(probability)) {
                continue;
            }
            marks.extend([dot((px, py), 5.0, theme::PAPER), dot((px, py), 3.6, theme::RAISES)]);
            // The curve falls to the right: above it there is room, unless it is at the edge.
            let is_left = px + 9.0 + style.width(text) > theme::WIDTH - theme::MARGIN;
            let (at, anchor) = if is_left { (px - 2.0, Anchor::End) } else { (px + 9.0, Anchor::Start) };
            if py - 6.0 - last > style.leading() {
                marks.extend(on_paper(style.anchored(anchor).line(at, py - 6.0, text.as_str())));
                last = py - 6.0;
            }
        }
        marks
    }
}
