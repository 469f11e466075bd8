//! What a file states of each thing that is not known: a small picture for each, with what is left of it once something was learned.

use super::bars::Bars;
use crate::chart::axis::Scale;
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, Wording, rule, stroke};
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, probability, theme};

/// Small pictures side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Priors {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One for each thing, from the upper left.
    pub cells: Vec<PriorCell>,
}

/// One thing that is not known.
#[derive(Debug, Clone, PartialEq)]
pub struct PriorCell {
    /// The thing in words.
    pub label: String,
    /// What is stated of it.
    pub shape: PriorShape,
}

/// What is stated.
#[derive(Debug, Clone, PartialEq)]
pub enum PriorShape {
    /// A number.
    Number {
        /// As stated: (from, to, share), ascending.
        prior: Vec<(f64, f64, f64)>,
        /// Once something was learned; empty if nothing was.
        posterior: Vec<(f64, f64, f64)>,
        /// P5, P50 and P95 of what counts: of the latter if there is one.
        levels: [f64; 3],
        /// The three as printed, the middle one with its unit.
        values: [String; 3],
        /// The value at which it says nothing, if it lies within.
        neutral: Option<f64>,
    },
    /// One of several states.
    States(Vec<PriorState>),
}

/// One state.
#[derive(Debug, Clone, PartialEq)]
pub struct PriorState {
    /// The state in words.
    pub label: String,
    /// Its probability as stated, 0 to 1.
    pub prior: f64,
    /// Its probability once something was learned.
    pub posterior: Option<f64>,
    /// What counts, as printed.
    pub value: String,
}

const COLUMNS: usize = 3;
const GAP: f64 = 30.0;
const HEIGHT: f64 = 58.0;
const ROW: f64 = 34.0;
const STATED: theme::Colour = theme::RAISES;
const LEARNED: theme::Colour = theme::LOWERS;
const NAME: Type = Type::new(12.0, LABEL.weight, theme::INK);

impl Figure for Priors {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.cells.is_empty() {
            return Err(ChartError::Empty("nothing that is not known"));
        }
        let mut page = Page::open(&self.wording);
        let mut keys = vec![(Key::Bar(STATED.tint(0.72)), "as the file states it")];
        if self.cells.iter().any(PriorCell::is_learned) {
            keys.push((Key::Bar(LEARNED), "with what was learned"));
        }
        keys.push((Key::Line, "90 % of it, and its median"));
        if self.cells.iter().any(PriorCell::has_neutral) {
            keys.push((Key::Sign("▲"), "says nothing there"));
        }
        page.legend(&keys);
        let width = (theme::WIDTH - 2.0 * theme::MARGIN - (COLUMNS - 1) as f64 * GAP) / COLUMNS as f64;
        for row in self.cells.chunks(COLUMNS) {
            let names: Vec<Vec<String>> =
                row.iter().map(|cell| NAME.bold().wrap(&cell.label, width)).collect();
            let deepest = names.iter().map(|lines| NAME.height(lines.len())).fold(0.0, f64::max);
            let mut end: f64 = 0.0;
            for (at, (cell, lines)) in row.iter().zip(&names).enumerate() {
                let left = theme::MARGIN + at as f64 * (width + GAP);
                page.marks.extend(NAME.bold().block(left, page.below, lines));
                end = end.max(cell.set(&mut page.marks, (left, left + width), page.below + deepest + 12.0));
            }
            page.below = end + 26.0;
        }
        page.below -= 12.0;
        page.close(&self.wording)
    }
}

impl PriorCell {
    fn is_learned(&self) -> bool {
        match &self.shape {
            PriorShape::Number { posterior, .. } => !posterior.is_empty(),
            PriorShape::States(states) => states.iter().any(|one| one.posterior.is_some()),
        }
    }

    fn has_neutral(&self) -> bool {
        matches!(self.shape, PriorShape::Number { neutral: Some(_), .. })
    }

    /// Sets it from `top`, and says where it ends.
    fn set(&self, marks: &mut Vec<Mark>, sides: (f64, f64), top: f64) -> f64 {
        match &self.shape {
            PriorShape::States(states) => states.iter().fold(top, |top, state| state.set(marks, sides, top)),
            PriorShape::Number { prior, posterior, levels, values, neutral } => {
                let number = Number { prior: Bars(prior), posterior: Bars(posterior), levels, values };
                number.set(marks, sides, (top, *neutral))
            }
        }
    }
}

struct Number<'a> {
    prior: Bars<'a>,
    posterior: Bars<'a>,
    levels: &'a [f64; 3],
    values: &'a [String; 3],
}

impl Number<'_> {
    fn set(
        &self,
        marks: &mut Vec<Mark>,
        (left, right): (f64, f64),
        (top, neutral): (f64, Option<f64>),
    ) -> f64 {
        let bottom = top + HEIGHT;
        marks.push(rule((left, bottom), right, theme::AXIS));
        let Some(scale) = self.scale(left, right) else {
            marks.push(SMALL.line(left, bottom + 15.0, format!("always {}", self.values[1])));
            return bottom + 20.0;
        };
        marks.extend(self.prior.area(&scale, (top, bottom), STATED.tint(0.72)));
        marks.extend(self.posterior.line(&scale, (top, bottom), 2.0, LEARNED));
        let hue = if self.posterior.0.is_empty() { STATED } else { LEARNED };
        let y = bottom + 6.0;
        let [low, middle, high] = self.levels.map(|level| scale.at(level).clamp(left, right));
        if [low, middle, high].iter().all(|place| place.is_finite()) {
            marks.push(stroke((low, y), (high, y), 2.5, hue));
            marks.push(stroke((middle, y - 4.0), (middle, y + 4.0), 2.5, hue));
        }
        if let Some(place) = neutral.map(|value| scale.at(value)).filter(|x| (left..=right).contains(x)) {
            let points =
                vec![(place, bottom + 1.0), (place - 4.0, bottom + 8.0), (place + 4.0, bottom + 8.0)];
            marks.push(Mark::Polygon { points, fill: theme::INK });
        }
        let baseline = y + 18.0;
        let [p05, p50, p95] = self.values;
        marks.push(SMALL.line(left, baseline, p05.as_str()));
        let middle = Type { colour: theme::INK, ..SMALL.bold() }.anchored(Anchor::Middle);
        marks.push(middle.line(0.5 * (left + right), baseline, p50.as_str()));
        marks.push(SMALL.anchored(Anchor::End).line(right, baseline, p95.as_str()));
        baseline + 4.0
    }

    /// Over both laws.
    fn scale(&self, left: f64, right: f64) -> Option<Scale> {
        let prior = self.prior.scale(left, right)?;
        let posterior = self.posterior.scale(left, right);
        let (lo, hi) =
            posterior.map_or((prior.lo, prior.hi), |one| (prior.lo.min(one.lo), prior.hi.max(one.hi)));
        Some(Scale { lo, hi, ..prior })
    }
}

impl PriorState {
    fn set(&self, marks: &mut Vec<Mark>, (left, right): (f64, f64), top: f64) -> f64 {
        let value = Type { colour: theme::INK, ..SMALL.bold() };
        let lines = SMALL.wrap(&self.label, right - left - value.width(&self.value) - 8.0);
        marks.extend(SMALL.block(left, top, &lines));
        marks.extend(value.anchored(Anchor::End).block(right, top, std::slice::from_ref(&self.value)));
        let y = top + SMALL.height(lines.len().max(1)) + 5.0;
        let mut bar = |share: f64, y: f64, height: f64, fill: theme::Colour| {
            let width = probability(share).map_or(0.0, |share| share * (right - left));
            marks.push(Mark::Rect { x: left, y, width, height, fill });
        };
        bar(1.0, y, 8.0, theme::BAND);
        bar(self.prior, y, 8.0, STATED.tint(0.5));
        if let Some(posterior) = self.posterior {
            bar(posterior, y + 2.5, 3.0, LEARNED);
        }
        top + (ROW - SMALL.height(1)) + SMALL.height(lines.len().max(1))
    }
}
