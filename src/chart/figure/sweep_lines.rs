//! Answers along a number that do not add up to a whole: lines with ribbons of their sampling errors.

use super::plane::{Along, Plane};
use super::sweep_areas::dashes;
use crate::chart::axis::{Scale, probability_end};
use crate::chart::page::{Key, LABEL, Page, SMALL, Wording, on_paper};
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, theme};

/// Answers along a number.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepLines {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The number.
    pub along: Along,
    /// What the number is in the file, as printed.
    pub own: Option<(f64, String)>,
    /// From the top: answers on one scale.
    pub panels: Vec<LinePanel>,
}

/// Answers on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct LinePanel {
    /// What is on the scale.
    pub label: String,
    /// Whether it is one of probabilities.
    pub is_probability: bool,
    /// The answers.
    pub lines: Vec<SweepLine>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepLine {
    /// What it is called.
    pub name: String,
    /// Its value at each value of the number, ascending, with the ends of the interval; none in a gap.
    pub points: Vec<(f64, Option<[f64; 3]>)>,
}

const HEIGHT: f64 = 260.0;
const AXIS: f64 = 56.0;
const NAMES: f64 = 170.0;
/// As many names as stand beside their lines; more stand above.
const BESIDE: usize = 8;

impl Figure for SweepLines {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.panels.iter().flat_map(|panel| panel.values()).next().is_none() {
            return Err(ChartError::Empty("no value with an answer"));
        }
        let mut page = Page::open(&self.wording);
        page.below += 6.0;
        for panel in &self.panels {
            self.set(&mut page, panel);
        }
        page.close(&self.wording)
    }
}

impl SweepLines {
    /// Sets answers at the page's fill line.
    fn set(&self, page: &mut Page, panel: &LinePanel) {
        let (left, right) = (theme::MARGIN + AXIS, theme::WIDTH - theme::MARGIN - NAMES);
        page.block(LABEL.bold(), theme::MARGIN, right - theme::MARGIN, &panel.label, 16.0);
        if panel.lines.len() > BESIDE {
            let keys = panel.lines.iter().enumerate();
            let keys: Vec<(Key, &str)> =
                keys.map(|(at, one)| (Key::Bar(theme::own_hue(at)), one.name.as_str())).collect();
            page.legend(&keys);
        }
        page.below += if self.own.is_some() { 20.0 } else { 4.0 };
        let (top, bottom) = (page.below, page.below + HEIGHT);
        let (lo, hi) = panel.range();
        let y = Scale { lo, hi, from: bottom, to: top };
        let plane = Plane { x: Plane::scale(&self.along, left, right), y };
        let (grid, labels) = if panel.is_probability { plane.probabilities() } else { plane.numbers() };
        page.marks.extend(grid.into_iter().chain(labels));
        for (at, line) in panel.lines.iter().enumerate() {
            page.marks.extend(line.ribbon(&plane, at));
        }
        for (at, line) in panel.lines.iter().enumerate() {
            page.marks.extend(line.curve(&plane, at, !self.along.names.is_empty()));
        }
        let (names, end) = panel.names(&plane);
        page.marks.extend(names);
        if let Some((at, text)) = &self.own {
            let x = plane.x.at(*at);
            page.marks.extend(dashes(x, top - 4.0, bottom));
            page.marks.extend(on_paper(SMALL.anchored(Anchor::Middle).line(x, top - 9.0, text.as_str())));
        }
        let (marks, deep) = plane.below(&self.along);
        page.marks.extend(marks);
        page.below = (bottom + deep).max(end) + 26.0;
    }
}

impl LinePanel {
    fn values(&self) -> impl Iterator<Item = &[f64; 3]> {
        self.lines.iter().flat_map(|line| line.points.iter().filter_map(|(_, one)| one.as_ref()))
    }

    /// The ends of the upright axis: for probabilities 0 and 1, or less where all lie near 0; else what holds all values.
    fn range(&self) -> (f64, f64) {
        let all = || self.values().flatten().copied().filter(|value| value.is_finite());
        if self.is_probability {
            return (0.0, probability_end(all().fold(0.0, f64::max)));
        }
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        match high > low {
            true => (low - 0.06 * (high - low), high + 0.06 * (high - low)),
            false if low.is_finite() => (low - 0.5 * low.abs().max(1.0), low + 0.5 * low.abs().max(1.0)),
            false => (0.0, 1.0),
        }
    }

    /// The names at the right ends of the lines, moved apart, and where they end.
    fn names(&self, plane: &Plane) -> (Vec<Mark>, f64) {
        let mut free = plane.y.to - 8.0;
        if self.lines.len() > BESIDE {
            return (Vec::new(), free);
        }
        let end = |line: &SweepLine| line.points.iter().rev().find_map(|(_, one)| one.map(|one| one[0]));
        let mut ends: Vec<(f64, usize)> = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| Some((plane.y.at(end(line)?), at)))
            .collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut marks = Vec::new();
        for (y, at) in ends {
            let style = crate::chart::page::Type { colour: theme::own_hue(at), ..SMALL.bold() };
            let lines = style.wrap(&self.lines[at].name, NAMES - 12.0);
            let top = (y - style.height(lines.len()) / 2.0).max(free);
            marks.extend(style.block(plane.x.to + 10.0, top, &lines));
            free = top + style.height(lines.len()) + 7.0;
        }
        (marks, free)
    }
}

impl SweepLine {
    /// Values without a gap between.
    fn runs(&self) -> Vec<Vec<(f64, [f64; 3])>> {
        let is_there =
            |one: &Option<[f64; 3]>| one.is_some_and(|one| one.iter().all(|value| value.is_finite()));
        let chunks = self.points.chunk_by(|a, b| is_there(&a.1) == is_there(&b.1));
        let there = chunks.filter(|chunk| chunk.first().is_some_and(|one| is_there(&one.1)));
        there.map(|chunk| chunk.iter().filter_map(|(at, one)| Some((*at, (*one)?))).collect()).collect()
    }

    fn ribbon(&self, plane: &Plane, at: usize) -> Vec<Mark> {
        let ribbon = |run: Vec<(f64, [f64; 3])>| {
            let clamped = |value: f64| value.clamp(plane.y.lo, plane.y.hi);
            let low = run.iter().map(|(x, one)| plane.at(*x, clamped(one[1])));
            let high = run.iter().rev().map(|(x, one)| plane.at(*x, clamped(one[2])));
            Mark::Polygon { points: low.chain(high).collect(), fill: theme::own_hue(at).tint(0.7) }
        };
        self.runs().into_iter().map(ribbon).collect()
    }

    fn curve(&self, plane: &Plane, at: usize, is_named: bool) -> Vec<Mark> {
        let mut marks = Vec::new();
        for run in self.runs() {
            let points: Vec<(f64, f64)> = run.iter().map(|(x, one)| plane.at(*x, one[0])).collect();
            if is_named || points.len() == 1 {
                marks.extend(
                    points.iter().map(|point| crate::chart::page::dot(*point, 4.0, theme::own_hue(at))),
                );
            }
            marks.push(Mark::Polyline { points, width: 2.4, colour: theme::own_hue(at) });
        }
        marks
    }
}
