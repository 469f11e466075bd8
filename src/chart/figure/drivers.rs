//! What moves each outcome: drivers down, outcomes across, in points from each outcome's probability.

use crate::chart::page::{Key, Page, SMALL, Type, Wording, dot, ring, stroke};
use crate::chart::theme::Colour;
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, axis, probability, theme};

/// A matrix of drivers and outcomes; many outcomes stand in several, one above the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The outcomes, from the left.
    pub outcomes: Vec<DrivenOutcome>,
    /// Which outcome leads: it keeps its hue among many.
    pub leader: Option<usize>,
    /// The drivers in any order; the [`Drivers::ROWS`] strongest are drawn.
    pub rows: Vec<DriverRow>,
    /// Where a driver stands at the ring and at the dot, such as "in its lowest fifth".
    pub ends: [String; 2],
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

const PROBABILITY: Type = Type::new(12.0, Weight::Bold, theme::GREY).anchored(Anchor::Middle);
const HEADING: Type = Type::new(theme::LABEL, Weight::Bold, theme::INK);
const FACTOR: Type = Type::new(12.0, Weight::Regular, theme::INK);
const ROW_GAP: f64 = 13.0;
const BAR_HEIGHT: f64 = 5.0;
const RADIUS: f64 = 4.6;
/// Room between columns.
const GAP: f64 = 22.0;
/// As many lines as a driver and an outcome have at most.
const LINES: usize = 3;

impl Figure for Drivers {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.outcomes.is_empty() {
            return Err(ChartError::Empty("no outcomes"));
        }
        let mut page = Page::open(&self.wording);
        page.below += 2.0;
        let count = self.outcomes.len();
        for from in (0..count).step_by(ACROSS) {
            Band::new(self, from..(from + ACROSS).min(count)).set(&mut page);
        }
        page.below -= 18.0;
        page.close(&self.wording)
    }
}

/// Some outcomes beside each other, with what drives them.
struct Band<'a> {
    columns: Vec<Column<'a>>,
    rows: Vec<&'a DriverRow>,
    hidden: usize,
    label_width: f64,
    ends: &'a [String; 2],
}

/// One outcome of a band.
struct Column<'a> {
    at: usize,
    hue: Colour,
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
        let label_width = widest(labels, FACTOR.size, FACTOR.weight).clamp(150.0, 208.0);
        let hues = theme::hues(figure.outcomes.len(), figure.leader);
        let room = theme::WIDTH - 2.0 * theme::MARGIN - label_width;
        let width = room / range.len() as f64 - GAP;
        let own = |at: usize| farthest(&rows, at, figure.outcomes[at].probability);
        let most = range.clone().map(own).fold(0.0, f64::max);
        let column = |at: usize| {
            let is_own_scale = own(at) < SMALL_SCALE * most;
            let place = (at - range.start) as f64;
            Column {
                at,
                hue: hues[at],
                outcome: &figure.outcomes[at],
                middle: theme::MARGIN + label_width + (place + 1.0) * GAP + (place + 0.5) * width,
                width,
                reach: (1.12 * if is_own_scale { own(at) } else { most }).max(1e-6),
                is_own_scale,
            }
        };
        let columns = range.clone().map(column).collect();
        Band { columns, rows, hidden, label_width, ends: &figure.ends }
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
        let own = SMALL.anchored(Anchor::Middle);
        let small = self.columns.iter().filter(|column| column.is_own_scale);
        page.marks
            .extend(small.clone().map(|column| own.line(column.middle, page.below + 31.0, "own scale")));
        if self.hidden > 0 {
            let all = self.rows.len() + self.hidden;
            let words = format!("The {} strongest of {all}", self.rows.len());
            page.marks.push(SMALL.line(theme::MARGIN, page.below + 16.0, words));
        }
        page.below += if small.count() > 0 { 59.0 } else { 44.0 };
    }

    /// What ring, dot and tick mean, above the drivers.
    fn legend(&self, bottom: f64) -> Vec<Mark> {
        let [low, high] = self.ends;
        let turns = self.columns.iter().any(|column| {
            self.rows
                .iter()
                .filter_map(|row| row.cells.get(column.at))
                .any(|cell| !column.turns(cell).is_empty())
        });
        let mut keys = vec![(Key::Ring(theme::GREY), low.as_str()), (Key::Dot(theme::GREY), high)];
        keys.extend(turns.then_some((Key::Sign("|"), "in between, where that is farther")));
        let words = |key: &(Key, &str)| SMALL.cut(key.1, self.label_width - 15.0, 4);
        let lines: Vec<Vec<String>> = keys.iter().map(words).collect();
        let height = |lines: &Vec<String>| SMALL.height(lines.len()) + 8.0;
        let mut y = bottom - lines.iter().map(height).sum::<f64>();
        let mut marks = Vec::new();
        for ((key, _), lines) in keys.iter().zip(&lines) {
            marks.extend(key.sample(theme::MARGIN, y + SMALL.height(1) / 2.0));
            marks.extend(SMALL.block(theme::MARGIN + 15.0, y, lines));
            y += height(lines);
        }
        marks
    }

    /// The outcomes' labels, on one ground, and below them their probabilities.
    fn headings(&self, page: &mut Page) {
        let style = |column: &Column| Type { colour: column.hue, ..HEADING }.anchored(Anchor::Middle);
        let lines =
            |column: &Column| style(column).cut(&column.outcome.label, column.width + GAP - 8.0, LINES + 1);
        let height = |column: &Column| style(column).height(lines(column).len());
        let legend = self.legend(0.0);
        let keys = legend.iter().map(|mark| -mark.bounds().1).fold(0.0, f64::max) - 26.0;
        let tallest = self.columns.iter().map(height).fold(keys, f64::max);
        page.marks.extend(self.legend(page.below + tallest + 26.0));
        for column in &self.columns {
            let top = page.below + tallest - height(column);
            page.marks.extend(style(column).block(column.middle, top, &lines(column)));
        }
        page.below += tallest + 18.0;
        for column in &self.columns {
            page.marks.push(PROBABILITY.line(column.middle, page.below, &column.outcome.value));
        }
        page.below += 9.0;
    }

    /// Sets one driver at the page's fill line.
    fn row(&self, page: &mut Page, row: &DriverRow) {
        let label = FACTOR.cut(&row.label, self.label_width, LINES);
        let height = FACTOR.height(label.len()).max(2.0 * RADIUS) + ROW_GAP;
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
    /// The place of a probability.
    fn place(&self, value: f64) -> Option<f64> {
        let distance = probability(value)? - probability(self.outcome.probability)?;
        Some(self.middle + distance / self.reach * self.width / 2.0)
    }

    /// The places of the levels farthest to either side, where these are none of the ends: of a hill or a valley.
    fn turns(&self, cell: &DriverCell) -> Vec<f64> {
        let places: Vec<f64> = cell.levels.iter().filter_map(|level| self.place(*level)).collect();
        let ([first, .., last], true) = (&places[..], places.len() == cell.levels.len()) else {
            return Vec::new();
        };
        let (left, right) = (first.min(*last) - RADIUS, first.max(*last) + RADIUS);
        let low = places.iter().copied().fold(f64::INFINITY, f64::min);
        let high = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        [low, high].into_iter().filter(|place| *place < left || *place > right).collect()
    }

    /// The bar over all levels, a ring at the first, a dot at the last, a tick where one between lies farther out.
    fn cell(&self, cell: &DriverCell, middle: f64) -> Vec<Mark> {
        let places: Option<Vec<f64>> = cell.levels.iter().map(|level| self.place(*level)).collect();
        let Some(places) = places else { return Vec::new() };
        let ([first, .., last], hue) = (&places[..], self.hue) else { return Vec::new() };
        let low = places.iter().copied().fold(f64::INFINITY, f64::min);
        let high = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let y = middle - BAR_HEIGHT / 2.0;
        let mut marks =
            vec![Mark::Rect { x: low, y, width: high - low, height: BAR_HEIGHT, fill: hue.tint(0.55) }];
        for place in self.turns(cell) {
            marks.push(stroke((place, middle - 6.0), (place, middle + 6.0), 2.0, hue));
        }
        marks.push(dot((*last, middle), RADIUS, hue));
        marks.extend(ring((*first, middle), RADIUS, hue));
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
