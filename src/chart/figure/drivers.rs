//! What moves each outcome: drivers down, outcomes across, in points from each outcome's probability.

use crate::chart::page::{Key, Page, SMALL, Type, Wording, dot, ring, stroke};
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, axis, probability, theme};

/// A matrix of drivers and outcomes; many outcomes stand in several, one above the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The outcomes, from the left.
    pub outcomes: Vec<DrivenOutcome>,
    /// The drivers in any order; the [`Drivers::ROWS`] strongest are drawn.
    pub rows: Vec<DriverRow>,
}

/// What is driven.
#[derive(Debug, Clone, PartialEq)]
pub struct DrivenOutcome {
    /// The outcome in words.
    pub label: String,
    /// Its probability, 0 to 1.
    pub probability: f64,
    /// The probability as printed, such as "39.5 %".
    pub value: String,
}

/// What one driver does.
#[derive(Debug, Clone, PartialEq)]
pub struct DriverRow {
    /// The driver in words.
    pub label: String,
    /// What it does to each outcome, in the order of these.
    pub cells: Vec<DriverCell>,
}

/// What one driver does to one outcome.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DriverCell {
    /// The outcome's probability, 0 to 1, from the driver's lowest fifth to its highest, without and with an event, or from the
    /// state in which it is least probable to that in which it is most. Empty if it is not driven.
    pub levels: Vec<f64>,
    /// How much of the outcome's variance it takes away, 0 to 1: what is strong.
    pub share: f64,
}

impl Drivers {
    /// The most drivers that are shown of an outcome's neighbours.
    pub const ROWS: usize = 8;
}

/// As many outcomes as stand beside each other.
const ACROSS: usize = 4;
/// What an outcome's effects are to the largest ones, below which it has a scale of its own.
const SMALL_SCALE: f64 = 0.125;

const HEADING: Type = Type::new(theme::LABEL, Weight::Bold, theme::INK);
const FACTOR: Type = Type::new(12.5, Weight::Regular, theme::INK);
const ROW_GAP: f64 = 12.0;
const BAR_HEIGHT: f64 = 8.0;
/// Room between columns.
const GAP: f64 = 26.0;

impl Figure for Drivers {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.outcomes.is_empty() {
            return Err(ChartError::Empty("no outcomes"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&[
            (Key::Ring(theme::INK), "driver in its lowest fifth, no event, least probable state"),
            (Key::Dot(theme::INK), "in its highest fifth, event, most probable state"),
            (Key::Sign("|"), "between"),
        ]);
        let count = self.outcomes.len();
        for from in (0..count).step_by(ACROSS) {
            Band::new(self, from..(from + ACROSS).min(count)).set(&mut page);
        }
        page.below -= 24.0;
        page.close(&self.wording)
    }
}

/// Some outcomes beside each other, with what drives them.
struct Band<'a> {
    columns: Vec<Column<'a>>,
    rows: Vec<&'a DriverRow>,
    hidden: usize,
    label_width: f64,
}

/// One outcome of a band.
struct Column<'a> {
    at: usize,
    outcome: &'a DrivenOutcome,
    middle: f64,
    width: f64,
    /// As far as the column reaches to either side, in probability.
    reach: f64,
    is_own_scale: bool,
}

impl<'a> Band<'a> {
    fn new(figure: &'a Drivers, range: std::ops::Range<usize>) -> Band<'a> {
        let (rows, hidden) = strongest(&figure.rows, range.clone());
        let labels = rows.iter().map(|row| &row.label);
        let label_width = widest(labels, FACTOR.size, FACTOR.weight).clamp(130.0, 250.0);
        let room = theme::WIDTH - 2.0 * theme::MARGIN - label_width;
        let width = room / range.len() as f64 - GAP;
        let own = |at: usize| farthest(&rows, at, figure.outcomes[at].probability);
        let most = range.clone().map(own).fold(0.0, f64::max);
        let column = |at: usize| {
            let is_own_scale = own(at) < SMALL_SCALE * most;
            let place = (at - range.start) as f64;
            Column {
                at,
                outcome: &figure.outcomes[at],
                middle: theme::MARGIN + label_width + (place + 1.0) * GAP + (place + 0.5) * width,
                width,
                reach: (1.12 * if is_own_scale { own(at) } else { most }).max(1e-6),
                is_own_scale,
            }
        };
        Band { columns: range.clone().map(column).collect(), rows, hidden, label_width }
    }

    /// Sets the band at the page's fill line.
    fn set(&self, page: &mut Page) {
        self.headings(page);
        let (top, ground) = (page.below, page.marks.len());
        for row in &self.rows {
            self.row(page, row);
        }
        let mut behind = Vec::new();
        self.columns.iter().for_each(|column| behind.extend(column.grid(top, page.below)));
        page.marks.splice(ground..ground, behind);
        page.below += 26.0;
        if self.hidden > 0 {
            let words = format!("{} weaker not shown", self.hidden);
            page.block(SMALL, theme::MARGIN, self.label_width, &words, 6.0);
        }
        page.below += 28.0;
    }

    /// The outcomes' labels, on one ground, and below them their probabilities.
    fn headings(&self, page: &mut Page) {
        let style = |column: &Column| Type { colour: column.hue(), ..HEADING }.anchored(Anchor::Middle);
        let lines = |column: &Column| style(column).wrap(&column.outcome.label, column.width + GAP - 8.0);
        let height = |column: &Column| style(column).height(lines(column).len());
        let tallest = self.columns.iter().map(height).fold(0.0, f64::max);
        for column in &self.columns {
            let top = page.below + tallest - height(column);
            page.marks.extend(style(column).block(column.middle, top, &lines(column)));
        }
        page.below += tallest + 18.0;
        for column in &self.columns {
            let own = if column.is_own_scale { ", own scale" } else { "" };
            let words = format!("{}{own}", column.outcome.value);
            page.marks.push(SMALL.anchored(Anchor::Middle).line(column.middle, page.below, words));
        }
        page.below += 8.0;
    }

    /// Sets one driver at the page's fill line.
    fn row(&self, page: &mut Page, row: &DriverRow) {
        let label = FACTOR.wrap(&row.label, self.label_width);
        let height = FACTOR.height(label.len()).max(14.0) + ROW_GAP;
        let middle = page.below + height / 2.0;
        page.marks.extend(FACTOR.centred(theme::MARGIN, middle, &label));
        for column in &self.columns {
            let cell = row.cells.get(column.at);
            page.marks.extend(cell.map_or(Vec::new(), |cell| column.cell(cell, middle)));
        }
        page.below += height;
    }
}

impl Column<'_> {
    fn hue(&self) -> theme::Colour {
        theme::series(self.at)
    }

    /// The place of a probability.
    fn place(&self, value: f64) -> Option<f64> {
        let distance = probability(value)? - probability(self.outcome.probability)?;
        Some(self.middle + distance / self.reach * self.width / 2.0)
    }

    /// The bar over all levels, a ring at the first, a dot at the last, ticks between.
    fn cell(&self, cell: &DriverCell, middle: f64) -> Vec<Mark> {
        let places: Option<Vec<f64>> = cell.levels.iter().map(|level| self.place(*level)).collect();
        let Some(places) = places else { return Vec::new() };
        let ([first, .., last], hue) = (&places[..], self.hue()) else { return Vec::new() };
        let low = places.iter().copied().fold(f64::INFINITY, f64::min);
        let high = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let y = middle - BAR_HEIGHT / 2.0;
        let mut marks =
            vec![Mark::Rect { x: low, y, width: high - low, height: BAR_HEIGHT, fill: hue.tint(0.55) }];
        for place in &places[1..places.len() - 1] {
            marks.push(stroke((*place, middle - 5.0), (*place, middle + 5.0), 1.6, hue));
        }
        marks.push(dot((*last, middle), 5.0, hue));
        marks.extend(ring((*first, middle), 5.0, hue));
        marks
    }

    /// The lines at the outcome's probability and a round number of points to either side, and their labels below.
    fn grid(&self, top: f64, bottom: f64) -> Vec<Mark> {
        let step = round_below(0.9 * self.reach);
        let label = SMALL.anchored(Anchor::Middle);
        let mut marks = Vec::new();
        for (sign, points) in [(-1.0, -step), (0.0, 0.0), (1.0, step)] {
            let x = self.middle + points / self.reach * self.width / 2.0;
            let (width, colour) = if sign == 0.0 { (1.5, theme::INK) } else { (1.0, theme::GRID) };
            marks.push(stroke((x, top), (x, bottom), width, colour));
            marks.push(label.line(x, bottom + 16.0, axis::points(points)));
        }
        marks
    }
}

/// 1, 2 or 5 times a power of 10, the largest that is not more.
fn round_below(value: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(value)));
    let fits = |times: &&f64| *times * power <= value * (1.0 + 1e-9);
    [5.0, 2.0, 1.0].iter().find(fits).unwrap_or(&1.0) * power
}

/// How far an outcome is moved at most, in probability.
fn farthest(rows: &[&DriverRow], at: usize, own: f64) -> f64 {
    let own = probability(own).unwrap_or(0.0);
    let levels = rows.iter().filter_map(|row| row.cells.get(at)).flat_map(|cell| &cell.levels);
    levels.filter_map(|level| Some((probability(*level)? - own).abs())).fold(0.0, f64::max)
}

/// The drivers that are strongest beside the strongest one of any of some outcomes; those with the largest shares first, ties in the
/// given order; and how many are left out.
fn strongest(rows: &[DriverRow], outcomes: std::ops::Range<usize>) -> (Vec<&DriverRow>, usize) {
    let share = |row: &DriverRow, at: usize| {
        row.cells.get(at).map_or(-1.0, |cell| if cell.share.is_finite() { cell.share } else { -1.0 })
    };
    let most = |at: usize| rows.iter().map(|row| share(row, at)).fold(0.0, f64::max).max(1e-300);
    let tops: Vec<(usize, f64)> = outcomes.map(|at| (at, most(at))).collect();
    let best = |row: &DriverRow, is_beside: bool| {
        let own = tops.iter().map(|(at, top)| share(row, *at) / if is_beside { *top } else { 1.0 });
        own.fold(-1.0, f64::max)
    };
    let mut sorted: Vec<&DriverRow> = rows.iter().collect();
    sorted.sort_by(|a, b| best(b, true).total_cmp(&best(a, true)));
    let hidden = sorted.len().saturating_sub(Drivers::ROWS);
    sorted.truncate(Drivers::ROWS);
    sorted.sort_by(|a, b| best(b, false).total_cmp(&best(a, false)));
    (sorted, hidden)
}
