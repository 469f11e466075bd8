//! Shares of a whole along a number: areas one above the other, with marks where the lead changes.

use super::plane::{Along, Plane};
use crate::chart::axis::Scale;
use crate::chart::page::Type;
use crate::chart::page::{Key, LABEL, Page, SMALL, Wording, on_paper, stroke};
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, probability, theme};

/// Probabilities that add up to one, along a number.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepAreas {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The number.
    pub along: Along,
    /// What the areas are, from the bottom.
    pub names: Vec<String>,
    /// Whether the last of them is all that has no area of its own.
    pub has_rest: bool,
    /// One picture for each thing held besides; a single one without a label if nothing is.
    pub panels: Vec<AreaPanel>,
}

/// One picture.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaPanel {
    /// What is held besides.
    pub label: String,
    /// Values of the number, ascending, each with the probabilities there; none in a gap.
    pub columns: Vec<(f64, Vec<f64>)>,
    /// Where the lead changes, each as printed.
    pub changes: Vec<(f64, String)>,
    /// What the number is in the file, as printed.
    pub own: Option<(f64, String)>,
}

const HEIGHT: f64 = 360.0;
const SMALL_HEIGHT: f64 = 230.0;
const AXIS: f64 = 44.0;
const GAP: f64 = 34.0;
/// As many pictures as stand side by side.
const BESIDE: usize = 3;
const INSIDE: Type = Type::new(theme::LABEL, Weight::Bold, theme::PAPER);

impl Figure for SweepAreas {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.panels.iter().all(|panel| panel.columns.is_empty()) {
            return Err(ChartError::Empty("no value with an answer"));
        }
        let mut page = Page::open(&self.wording);
        let keys = self.names.iter().zip(self.hues()).rev();
        let mut keys: Vec<(Key, &str)> = keys.map(|(name, hue)| (Key::Bar(hue), name.as_str())).collect();
        if self.panels.iter().any(|panel| !panel.changes.is_empty()) {
            keys.push((Key::Rule, "the lead changes"));
        }
        page.legend(&keys);
        let across = self.panels.len().clamp(1, BESIDE);
        let width = (theme::WIDTH - 2.0 * theme::MARGIN - AXIS - (across - 1) as f64 * GAP) / across as f64;
        let height = if across == 1 { HEIGHT } else { SMALL_HEIGHT };
        for row in self.panels.chunks(across) {
            self.row(&mut page, row, (width, height));
        }
        page.close(&self.wording)
    }
}

impl SweepAreas {
    /// The hues of the areas; what is widest on the whole has the first.
    fn hues(&self) -> Vec<theme::Colour> {
        let columns = || self.panels.iter().flat_map(|panel| &panel.columns);
        let size = |at: usize| columns().filter_map(|(_, shares)| probability(*shares.get(at)?)).sum::<f64>();
        let own = 0..self.names.len().saturating_sub(usize::from(self.has_rest));
        let leader = own.max_by(|a, b| size(*a).total_cmp(&size(*b)).then(b.cmp(a)));
        let mut hues = theme::palette(self.names.len(), leader);
        if let (true, Some(last)) = (self.has_rest, hues.last_mut()) {
            *last = theme::AXIS;
        }
        hues
    }

    /// Pictures side by side.
    fn row(&self, page: &mut Page, panels: &[AreaPanel], (width, height): (f64, f64)) {
        let left = theme::MARGIN + AXIS;
        let place = |at: usize| left + at as f64 * (width + GAP);
        let labels: Vec<Vec<String>> =
            panels.iter().map(|panel| LABEL.bold().wrap(&panel.label, width)).collect();
        for (at, label) in labels.iter().enumerate() {
            page.marks.extend(LABEL.bold().block(place(at), page.below, label));
        }
        page.below += labels.iter().map(|one| LABEL.height(one.len())).fold(0.0, f64::max);
        page.below += panels.iter().map(AreaPanel::headroom).fold(10.0, f64::max);
        let (top, bottom) = (page.below, page.below + height);
        let mut below: f64 = 0.0;
        for (at, panel) in panels.iter().enumerate() {
            let x = Plane::scale(&self.along, place(at), place(at) + width);
            let plane = Plane { x, y: Scale { lo: 0.0, hi: 1.0, from: bottom, to: top } };
            let (lines, labels) = plane.probabilities();
            page.marks.extend(lines);
            page.marks.extend(labels.into_iter().filter(|_| at == 0));
            page.marks.extend(self.areas(&plane, panel));
            page.marks.extend(panel.marks(&plane));
            let (marks, deep) = plane.below(&self.along);
            page.marks.extend(marks);
            below = below.max(deep);
        }
        page.below = bottom + below + 18.0;
    }

    /// The areas, each from the sum of those below it, with a line of paper between, and their names where there is room.
    fn areas(&self, plane: &Plane, panel: &AreaPanel) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut names = Vec::new();
        let places = panel.changes.iter().chain(&panel.own).map(|(at, _)| plane.x.at(*at));
        let places: Vec<f64> = places.collect();
        for (at, hue) in self.hues().into_iter().enumerate() {
            let runs = panel.runs(at, !self.along.names.is_empty());
            for run in &runs {
                let points = |upper: bool| {
                    run.iter().map(move |one| plane.at(one.0, if upper { one.2 } else { one.1 }))
                };
                let outline: Vec<(f64, f64)> =
                    points(false).chain(points(true).collect::<Vec<_>>().into_iter().rev()).collect();
                marks.push(Mark::Polygon { points: outline, fill: hue });
                marks.push(Mark::Polyline {
                    points: points(false).collect(),
                    width: 1.5,
                    colour: theme::PAPER,
                });
            }
            names.extend(self.name(plane, at, &runs, &places));
        }
        marks.extend(names);
        marks
    }

    /// The name of an area, where it is widest and no mark stands.
    fn name(&self, plane: &Plane, at: usize, runs: &[Run], marks: &[f64]) -> Option<Mark> {
        let name = &self.names[at];
        let half = INSIDE.width(name) / 2.0 + 8.0;
        let size = |middle: f64| {
            let under: Vec<(f64, f64)> =
                runs.iter().filter_map(|run| room(plane, run, middle, half)).collect();
            let is_marked = marks.iter().any(|mark| (mark - middle).abs() < half);
            under.first().filter(|_| !is_marked).copied()
        };
        let places = runs.iter().flat_map(|run| run.windows(2)).map(|pair| 0.5 * (pair[0].0 + pair[1].0));
        let found = places.filter_map(|value| {
            let middle = plane.x.at(value);
            size(middle).map(|(low, high)| (middle, low, high))
        });
        let (middle, low, high) = found.max_by(|a, b| (a.1 - a.2).total_cmp(&(b.1 - b.2)))?;
        let baseline = (low + high) / 2.0 + 5.0;
        (low - high >= 30.0).then(|| INSIDE.anchored(Anchor::Middle).line(middle, baseline, name.as_str()))
    }
}

/// The lower and the upper edge of the room that a run leaves for a name; `None` if it ends before.
fn room(plane: &Plane, run: &Run, middle: f64, half: f64) -> Option<(f64, f64)> {
    let (first, last) = (plane.x.at(run.first()?.0), plane.x.at(run.last()?.0));
    if middle - half < first || middle + half > last {
        return None;
    }
    // The ends of the name lie between places of the run.
    let step = run.windows(2).map(|pair| plane.x.at(pair[1].0) - plane.x.at(pair[0].0)).fold(0.0, f64::max);
    let under = || run.iter().filter(|one| (plane.x.at(one.0) - middle).abs() <= half + step);
    let low = under().map(|one| plane.y.at(one.1)).fold(f64::INFINITY, f64::min);
    let high = under().map(|one| plane.y.at(one.2)).fold(f64::NEG_INFINITY, f64::max);
    Some((low, high))
}

/// Places without a gap between: the value, the lower and the upper edge.
type Run = Vec<(f64, f64, f64)>;

impl AreaPanel {
    /// Where the area at a position runs; of named values each by itself, over its share of the axis.
    fn runs(&self, at: usize, is_named: bool) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut is_open = false;
        for (value, shares) in &self.columns {
            let parts: Option<Vec<f64>> = shares.iter().map(|share| probability(*share)).collect();
            let Some(parts) = parts.filter(|parts| parts.len() > at) else {
                is_open = false;
                continue;
            };
            let low: f64 = parts[..at].iter().sum();
            let high = (low + parts[at]).min(1.0);
            if is_named {
                runs.push(vec![(value - 0.38, low, high), (value + 0.38, low, high)]);
                continue;
            }
            if !is_open {
                runs.push(Vec::new());
            }
            is_open = true;
            if let Some(run) = runs.last_mut() {
                run.push((*value, low, high));
            }
        }
        runs.into_iter().filter(|run| run.len() > 1).collect()
    }

    /// The room above for what is written there.
    fn headroom(&self) -> f64 {
        match (&self.own, self.changes.is_empty()) {
            (Some(_), _) => 46.0,
            (None, false) => 30.0,
            (None, true) => 12.0,
        }
    }

    /// Where the lead changes, and what the number is in the file.
    fn marks(&self, plane: &Plane) -> Vec<Mark> {
        let top = plane.y.to;
        let label = SMALL.bold().anchored(Anchor::Middle);
        let mut marks = Vec::new();
        let mut last = f64::NEG_INFINITY;
        for (at, text) in &self.changes {
            let (x, half) = (plane.x.at(*at), label.width(text) / 2.0);
            marks.push(stroke((x, top - 5.0), (x, plane.y.from), 3.5, theme::PAPER));
            marks.push(stroke((x, top - 5.0), (x, plane.y.from), 1.8, theme::INK));
            if x - half > last {
                marks.push(Type { colour: theme::INK, ..label }.line(x, top - 10.0, text.as_str()));
                last = x + half + 6.0;
            }
        }
        if let Some((at, text)) = &self.own {
            let x = plane.x.at(*at);
            marks.extend(dashes(x, top - 22.0, plane.y.from));
            let half = SMALL.width(text) / 2.0;
            let middle = x.clamp(plane.x.from + half, (plane.x.to - half).max(plane.x.from + half));
            marks.extend(on_paper(SMALL.anchored(Anchor::Middle).line(middle, top - 27.0, text.as_str())));
        }
        marks
    }
}

/// An upright line of dashes.
pub(super) fn dashes(x: f64, top: f64, bottom: f64) -> Vec<Mark> {
    let count = ((bottom - top) / 9.0).max(0.0) as usize;
    let dash = |at: usize| {
        let y = top + 9.0 * at as f64;
        let end = (y + 5.0).min(bottom);
        [stroke((x, y), (x, end), 3.0, theme::PAPER), stroke((x, y), (x, end), 1.5, theme::INK)]
    };
    (0..count).flat_map(dash).collect()
}
