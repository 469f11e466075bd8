//! The answer: how probable each outcome is, and what its probability would be if all but events were known, as a half-eye
//! (Kay, "ggdist": a density above an interval).

use super::{smooth, words};
use crate::chart::axis::{Scale, probability_end, ticks};
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, Wording, probability_grid, ring, stroke};
use crate::chart::theme::Colour;
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, probability, theme};

/// Outcomes' probabilities and their spread, one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The outcomes, drawn from the top in this order.
    pub rows: Vec<AnswerRow>,
    /// Which row leads, where one does: it keeps its hue among many.
    pub leader: Option<usize>,
}

/// One outcome's row.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerRow {
    /// The outcome in words, cut after four lines.
    pub label: String,
    /// Its probability, 0 to 1: the ring.
    pub probability: f64,
    /// The probability as printed, such as "39 %".
    pub value: String,
    /// The same as odds, such as "1 in 230"; empty where a percentage says enough.
    pub odds: String,
    /// The ends of the spread as printed, such as "34 to 65"; empty if there is none.
    pub range: String,
    /// The spread of its probability over the draws, if there is one.
    pub spread: Option<AnswerSpread>,
}

/// What an outcome's probability would be if all but events were known.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerSpread {
    /// 5th percentile: where the thin line starts.
    pub p05: f64,
    /// 17th percentile: where the thick line starts.
    pub p17: f64,
    /// 83rd percentile: where the thick line ends.
    pub p83: f64,
    /// 95th percentile: where the thin line ends.
    pub p95: f64,
    /// The share of draws in each of equal parts of 0 to 1; empty if there is no density.
    pub cells: Vec<f64>,
}

/// The part of a density's height below which nothing is drawn.
const VANISHING: f64 = 0.004;
const UNIT: Type = Type::new(13.0, Weight::Regular, theme::INK);
/// Room below a row's line for the ring.
const FOOT: f64 = 7.0;

impl Figure for Answer {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.rows.is_empty() {
            return Err(ChartError::Empty("no outcomes"));
        }
        let mut page = Page::open(&self.wording);
        if self.rows.iter().any(|row| row.spread.is_some()) {
            self.legend(&mut page);
        }
        let columns = self.columns();
        page.below -= 6.0;
        let (top, ground) = (page.below, page.marks.len());
        let hues = theme::hues(self.rows.len(), self.leader);
        for (row, hue) in self.rows.iter().zip(hues) {
            columns.row(&mut page, row, hue);
        }
        page.below += 2.0;
        let behind = probability_grid(&columns.scale, top, page.below);
        page.marks.splice(ground..ground, behind);
        page.below += 30.0;
        page.marks.extend(words::strip(&columns.scale, page.below));
        page.below += words::HEIGHT;
        page.close(&self.wording)
    }
}

impl Answer {
    fn legend(&self, page: &mut Page) {
        let has_density = self.rows.iter().flat_map(|row| &row.spread).any(|one| !one.cells.is_empty());
        let has_spread = self.rows.iter().any(|row| row.spread.is_some());
        let mut keys = vec![(Key::Ring(theme::INK), "probability")];
        if has_spread {
            keys.extend([(Key::Thick, "66 % of the draws"), (Key::Line, "90 %")]);
        }
        keys.extend(has_density.then_some((Key::Hill, "density, each to its own height")));
        page.legend(&keys);
    }

    /// The columns of label, axis and value, as wide as their words need.
    fn columns(&self) -> Columns {
        let pitch = Pitch::of(self.rows.len());
        let numbers = self.rows.iter().map(|row| pitch.number(row).0);
        let unit = UNIT.width("\u{a0}%");
        let ranges = self.rows.iter().map(|row| SMALL.width(&row.printed(pitch.is_tight)));
        let (numbers, ranges) = (numbers.fold(0.0, f64::max) + unit, ranges.fold(0.0, f64::max));
        let value_width = match pitch.is_tight {
            true if ranges > 0.0 => numbers + 12.0 + ranges,
            true => numbers,
            false => numbers.max(ranges),
        };
        let value_width = value_width.clamp(48.0, 150.0);
        let labels = widest(self.rows.iter().map(|row| &row.label), LABEL.size, LABEL.weight);
        let label_width = labels.clamp(90.0, if pitch.is_tight { 260.0 } else { 208.0 });
        let from = theme::MARGIN + label_width + 18.0;
        let to = theme::WIDTH - theme::MARGIN - value_width - 24.0;
        let scale = Scale { lo: 0.0, hi: self.farthest(), from, to };
        Columns { pitch, label_width, range_width: ranges, scale }
    }

    /// Where the axis ends: at 1, or nearer if all lies near 0.
    fn farthest(&self) -> f64 {
        let ends =
            self.rows.iter().flat_map(|row| [Some(row.probability), row.spread.as_ref().map(|one| one.p95)]);
        let farthest = ends.flatten().filter_map(probability).fold(0.0, f64::max);
        probability_end(farthest)
    }
}

impl AnswerRow {
    /// Odds and range as they stand below the value, or beside it.
    fn printed(&self, is_tight: bool) -> String {
        let range = match self.range.is_empty() || is_tight {
            true => self.range.clone(),
            false => format!("90\u{a0}%: {}", self.range),
        };
        let parts = [self.odds.clone(), range];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// How much room a row has.
#[derive(Clone, Copy)]
struct Pitch {
    /// Height of a density.
    peak: f64,
    gap: f64,
    value: Type,
    /// Lines of a label.
    lines: usize,
    /// Whether a value and its range stand on one line.
    is_tight: bool,
}

impl Pitch {
    /// Many rows are tighter.
    fn of(rows: usize) -> Pitch {
        let (peak, gap, size, lines, is_tight) = match rows {
            0..=5 => (38.0, 19.0, 24.0, 4, false),
            6..=12 => (24.0, 12.0, 19.0, 3, false),
            _ => (13.0, 8.0, 14.0, 1, true),
        };
        Pitch { peak, gap, value: Type::new(size, Weight::Bold, theme::INK), lines, is_tight }
    }

    /// The width of a row's large number, and what it says: all before the sign.
    fn number(self, row: &AnswerRow) -> (f64, &str) {
        let number = row.value.trim_end_matches('%').trim_end();
        (self.value.width(number), number)
    }
}

struct Columns {
    pitch: Pitch,
    label_width: f64,
    range_width: f64,
    scale: Scale,
}

impl Columns {
    /// Sets one outcome at the page's fill line.
    fn row(&self, page: &mut Page, row: &AnswerRow, hue: Colour) {
        let pitch = self.pitch;
        let label = LABEL.cut(&row.label, self.label_width, pitch.lines);
        let peak =
            if row.spread.as_ref().is_some_and(|one| !one.cells.is_empty()) { pitch.peak } else { FOOT };
        let eye = peak + FOOT;
        let height = eye.max(LABEL.height(label.len())).max(self.value_height(row)) + pitch.gap;
        let base = page.below + (height + eye) / 2.0 - FOOT;
        let middle = page.below + height / 2.0;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        page.marks.extend(self.value(row, middle, hue));
        page.marks.extend(self.eye(row, base, hue));
        page.below += height;
    }

    fn value_height(&self, row: &AnswerRow) -> f64 {
        let number = self.pitch.value.height(1);
        if self.pitch.is_tight || row.printed(false).is_empty() {
            number
        } else {
            number + 8.0 + SMALL.height(1)
        }
    }

    /// The number in its hue, and its range below or beside it.
    fn value(&self, row: &AnswerRow, middle: f64, hue: Colour) -> Vec<Mark> {
        let right = theme::WIDTH - theme::MARGIN;
        let style = Type { colour: hue, ..self.pitch.value }.anchored(Anchor::End);
        let baseline = middle - self.value_height(row) / 2.0 + style.height(1);
        let is_beside = self.pitch.is_tight && self.range_width > 0.0;
        let x = if is_beside { right - self.range_width - 12.0 } else { right };
        let (_, number) = self.pitch.number(row);
        let has_sign = row.value.ends_with('%');
        let sign = Type { colour: hue, ..UNIT }.anchored(Anchor::End);
        let mut marks =
            vec![style.line(if has_sign { x - UNIT.width("\u{a0}%") } else { x }, baseline, number)];
        marks.extend(has_sign.then(|| sign.line(x, baseline, "%")));
        let below = if is_beside { baseline } else { baseline + 8.0 + SMALL.height(1) };
        let range = row.printed(self.pitch.is_tight);
        marks.extend((!range.is_empty()).then(|| SMALL.anchored(Anchor::End).line(right, below, range)));
        marks
    }

    /// The density, the two lines below it, and the ring.
    fn eye(&self, row: &AnswerRow, base: f64, hue: Colour) -> Vec<Mark> {
        let mut marks = Vec::new();
        if let Some(spread) = &row.spread {
            marks.extend(self.density(&spread.cells, base, hue));
            for ((from, to), width) in [((spread.p05, spread.p95), 2.0), ((spread.p17, spread.p83), 6.0)] {
                let places = probability(from).zip(probability(to)).filter(|(from, to)| from <= to);
                let line = places.map(|(from, to)| {
                    stroke((self.scale.at(from), base), (self.scale.at(to), base), width, hue)
                });
                marks.extend(line);
            }
        }
        if let Some(p) = probability(row.probability) {
            let radius = if self.pitch.is_tight { 4.5 } else { 6.0 };
            marks.extend(ring((self.scale.at(p), base), radius, hue));
        }
        marks
    }

    /// The density as an area, and the grid behind it shining through.
    fn density(&self, cells: &[f64], base: f64, hue: Colour) -> Vec<Mark> {
        let heights = smooth::smooth(cells);
        let highest = heights.iter().copied().fold(0.0, f64::max);
        let value = |edge: usize| edge as f64 / cells.len() as f64;
        let is_seen = |edge: &usize| heights[*edge] > VANISHING * highest && value(*edge) <= self.scale.hi;
        let (Some(first), Some(last)) =
            ((0..heights.len()).find(is_seen), (0..heights.len()).rev().find(is_seen))
        else {
            return Vec::new();
        };
        let y = |edge: usize| base - heights[edge] / highest * self.pitch.peak;
        let outline = (first..=last).map(|edge| (self.scale.at(value(edge)), y(edge)));
        let ends = [(self.scale.at(value(first)), base), (self.scale.at(value(last)), base)];
        let points = [ends[0]].into_iter().chain(outline).chain([ends[1]]).collect();
        let mut marks = vec![Mark::Polygon { points, fill: hue.tint(0.76) }];
        for tick in ticks(0.0, self.scale.hi, 5) {
            let edge = (tick * cells.len() as f64).round() as usize;
            if (first..=last).contains(&edge) {
                let x = self.scale.at(tick);
                marks.push(stroke((x, y(edge)), (x, base), 1.0, hue.tint(0.6)));
            }
        }
        marks
    }
}
