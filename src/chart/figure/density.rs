//! How quantities lie: the density of each, with lines for 66 % and 90 % of it and a dot at its median.

use super::bars::Bars;
use crate::chart::axis::{Scale, number, ticks};
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, Wording, dot, rule, stroke};
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, theme};

/// Quantities one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Densities {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One for each quantity, from the top.
    pub panels: Vec<DensityPanel>,
}

/// How one quantity lies.
#[derive(Debug, Clone, PartialEq)]
pub struct DensityPanel {
    /// The quantity in words; empty if the title says it.
    pub label: String,
    /// What it is measured in.
    pub unit: Option<String>,
    /// Its values as (from, to, share), ascending; single values have both ends the same.
    pub bars: Vec<(f64, f64, f64)>,
    /// P5, P17, P50, P83 and P95.
    pub levels: [f64; 5],
    /// The median as printed, with its unit, and below it P5 and P95.
    pub values: [String; 2],
}

const HEIGHT: f64 = 120.0;
const MEDIAN: Type = Type::new(24.0, Weight::Bold, theme::RAISES);
const VALUES: f64 = 150.0;

impl Figure for Densities {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.panels.iter().all(|panel| panel.scale().is_none()) {
            return Err(ChartError::Empty("no quantity that varies"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&[
            (Key::Bar(theme::RAISES.tint(0.72)), "density"),
            (Key::Ring(theme::RAISES), "median"),
            (Key::Line, "thick: 66 % of it, thin: 90 %"),
        ]);
        self.panels.iter().for_each(|panel| panel.set(&mut page));
        page.below -= 12.0;
        page.close(&self.wording)
    }
}

impl DensityPanel {
    fn bars(&self) -> Bars<'_> {
        Bars(&self.bars)
    }

    fn scale(&self) -> Option<Scale> {
        self.bars().scale(theme::MARGIN, theme::WIDTH - theme::MARGIN - VALUES)
    }

    fn set(&self, page: &mut Page) {
        let Some(scale) = self.scale() else { return };
        let width = theme::WIDTH - 2.0 * theme::MARGIN;
        heading(page, width, &self.label, self.unit.as_deref());
        let (top, bottom) = (page.below, page.below + HEIGHT);
        page.marks.extend(axis(&scale, top, bottom + 14.0));
        page.marks.extend(self.bars().area(&scale, (top, bottom), theme::RAISES.tint(0.72)));
        page.marks.push(rule((scale.from, bottom), scale.to, theme::AXIS));
        page.marks.extend(self.lines(&scale, bottom + 7.0));
        let right = theme::WIDTH - theme::MARGIN;
        let [median, spread] = &self.values;
        let lines = MEDIAN.wrap(median, VALUES - 12.0);
        page.marks.extend(MEDIAN.anchored(Anchor::End).block(right, bottom - 44.0, &lines));
        let below = bottom - 44.0 + MEDIAN.height(lines.len()) + 9.0;
        let small = SMALL.wrap(spread, VALUES - 12.0);
        page.marks.extend(SMALL.anchored(Anchor::End).block(right, below, &small));
        page.below = (bottom + 44.0).max(below + SMALL.height(small.len())) + 22.0;
    }

    /// Where 66 % and 90 % lie, and the median.
    fn lines(&self, scale: &Scale, y: f64) -> Vec<Mark> {
        let place = |at: usize| scale.at(self.levels[at].clamp(scale.lo, scale.hi));
        let [p05, p17, p50, p83, p95] = [0, 1, 2, 3, 4].map(place);
        let mut marks = vec![
            stroke((p05, y), (p95, y), 2.0, theme::RAISES),
            stroke((p17, y), (p83, y), 5.0, theme::RAISES),
            dot((p50, y), 6.5, theme::RAISES),
            dot((p50, y), 4.0, theme::PAPER),
        ];
        // What is no number stays no number when it is clamped.
        marks.retain(|mark| mark.bounds().0.is_finite() && mark.bounds().2.is_finite());
        marks
    }
}

/// What a quantity is called, and below it what it is measured in.
pub(super) fn heading(page: &mut Page, width: f64, label: &str, unit: Option<&str>) {
    let gap = if unit.is_some() { 7.0 } else { 14.0 };
    page.block(LABEL.bold(), theme::MARGIN, width, label, gap);
    page.block(SMALL, theme::MARGIN, width, unit.unwrap_or_default(), 14.0);
}

/// Upright lines at round values from `top` to `bottom`, with their labels below.
pub(super) fn axis(scale: &Scale, top: f64, bottom: f64) -> Vec<Mark> {
    let label = SMALL.anchored(Anchor::Middle);
    let mut marks = Vec::new();
    let mut free = f64::NEG_INFINITY;
    for tick in ticks(scale.lo, scale.hi, ((scale.to - scale.from) / 90.0) as usize) {
        let (x, text) = (scale.at(tick), number(tick));
        marks.push(stroke((x, top), (x, bottom), 1.0, theme::GRID));
        let half = label.width(&text) / 2.0;
        let is_inside = x - half >= 0.0 && x + half <= theme::WIDTH;
        if x - half > free && is_inside {
            marks.push(label.line(x, bottom + 15.0, text));
            free = x + half + 6.0;
        }
    }
    marks
}
