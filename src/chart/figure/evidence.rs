//! What dated evidence did to probabilities: a line each on an axis of time, its steps numbered, and what the numbers are.

mod calendar;

use super::apart::apart;
use crate::chart::axis::{Scale, percent, probability_end, ticks};
use crate::chart::line::from_left;
use crate::chart::page::{LABEL, Page, SMALL, Type, Wording, dot, rule, stroke};
use crate::chart::theme::Colour;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Point, Weight, probability, theme};
use crate::scenario::Date;

/// Probabilities as evidence came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The days at which the axis starts and ends, which hold all items.
    pub span: (Date, Date),
    /// One for each answer.
    pub lines: Vec<EvidenceLine>,
    /// Which of the lines the items moved most: it keeps its hue among many, and the list tells its points.
    pub moved: usize,
    /// The items, by date.
    pub items: Vec<EvidenceItem>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceLine {
    /// The answer in words.
    pub label: String,
    /// The probability at the end as printed.
    pub value: String,
    /// Before any item, then after each.
    pub points: Vec<EvidencePoint>,
}

/// A probability and what it lies between, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EvidencePoint {
    /// The probability.
    pub probability: f64,
    /// The lower edge of the ribbon.
    pub low: f64,
    /// The upper edge of the ribbon.
    pub high: f64,
}

/// What came in.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceItem {
    /// When.
    pub date: Date,
    /// What, in words.
    pub text: String,
    /// How far it moved the line that moved most, as printed, such as "−30".
    pub change: String,
}

impl Evidence {
    /// As many items as are numbered and listed: those that moved the line most.
    pub const ITEMS: usize = 20;
}

const HEIGHT: f64 = 200.0;
const LEFT: f64 = theme::MARGIN + 46.0;
/// Room for the labels at the ends of the lines.
const LABELS: f64 = 172.0;
const END: Type = Type::new(12.5, Weight::Bold, theme::INK);
const NUMBER: Type = Type::new(10.5, Weight::Bold, theme::PAPER).anchored(Anchor::Middle);
const CHANGE: Type = Type::new(13.0, Weight::Bold, theme::INK).anchored(Anchor::End);
const RADIUS: f64 = 8.5;

impl Figure for Evidence {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.lines.is_empty() || self.items.is_empty() {
            return Err(ChartError::Empty("no evidence"));
        }
        let mut page = Page::open(&self.wording);
        page.below += 6.0;
        let plot = Plot::new(self, page.below);
        plot.set(&mut page);
        page.below = plot.bottom + 58.0;
        self.list(&mut page, &plot);
        page.below -= 4.0;
        page.close(&self.wording)
    }
}

impl Evidence {
    /// The positions of the items that are listed, in their order.
    fn listed(&self) -> Vec<usize> {
        let after = |at: usize| {
            self.lines.get(self.moved).and_then(|line| line.points.get(at)).map(|one| one.probability)
        };
        let size = |at: &usize| match (after(*at), after(at + 1)) {
            (Some(before), Some(after)) if (after - before).is_finite() => (after - before).abs(),
            _ => 0.0,
        };
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by(|a, b| size(b).total_cmp(&size(a)));
        order.truncate(Self::ITEMS);
        order.sort_unstable();
        order
    }

    /// What the numbers stand for: day, words, points.
    fn list(&self, page: &mut Page, plot: &Plot) {
        let right = theme::WIDTH - theme::MARGIN;
        let heading =
            self.lines.get(self.moved).map_or(String::new(), |line| format!("points for “{}”", line.label));
        let heading = SMALL.cut(&heading, right - LEFT, 1);
        page.lines(SMALL.anchored(Anchor::End), right, &heading, 10.0);
        let dates: Vec<String> = plot.listed.iter().map(|at| calendar::day(self.items[*at].date)).collect();
        let date_width = dates.iter().map(|date| SMALL.width(date)).fold(0.0, f64::max);
        let changes = plot.listed.iter().map(|at| CHANGE.width(&self.items[*at].change));
        let from = theme::MARGIN + 2.0 * RADIUS + 9.0 + date_width + 12.0;
        let width = right - changes.fold(0.0, f64::max) - 16.0 - from;
        let style = Type { colour: plot.hues[self.moved.min(plot.hues.len() - 1)], ..CHANGE };
        for ((number, at), date) in plot.listed.iter().enumerate().zip(&dates) {
            let item = &self.items[*at];
            let text = LABEL.cut(&item.text, width, 3);
            let height = LABEL.height(text.len()).max(2.0 * RADIUS - 6.0);
            let first = page.below + LABEL.height(1) / 2.0;
            page.marks.extend(LABEL.block(from, page.below, &text));
            page.marks.extend(marker((theme::MARGIN + RADIUS, first), number + 1));
            let baseline = page.below + LABEL.height(1);
            page.marks.push(SMALL.line(theme::MARGIN + 2.0 * RADIUS + 9.0, baseline, date));
            page.marks.push(style.line(right, baseline, &item.change));
            page.below += height + 11.5;
        }
    }
}

/// A number in a black circle.
fn marker(centre: Point, number: usize) -> Vec<Mark> {
    let baseline = centre.1 + NUMBER.height(1) / 2.0;
    vec![dot(centre, RADIUS, theme::INK), NUMBER.line(centre.0, baseline, number.to_string())]
}

/// The axes and what stands on them.
struct Plot<'a> {
    figure: &'a Evidence,
    time: Scale,
    scale: Scale,
    bottom: f64,
    hues: Vec<Colour>,
    listed: Vec<usize>,
}

impl<'a> Plot<'a> {
    fn new(figure: &'a Evidence, top: f64) -> Plot<'a> {
        let right = theme::WIDTH - theme::MARGIN - LABELS - 12.0;
        let (lo, hi) = (figure.span.0.day_number() as f64, figure.span.1.day_number() as f64);
        // Before the first item there is something to see.
        let is_first = figure.items.first().is_some_and(|item| item.date <= figure.span.0);
        let lo = if is_first { lo - 0.06 * (hi - lo) } else { lo };
        let all = figure.lines.iter().flat_map(|line| &line.points);
        let farthest =
            all.flat_map(|one| [one.probability, one.high]).filter_map(probability).fold(0.0, f64::max);
        let bottom = top + HEIGHT;
        Plot {
            figure,
            time: Scale { lo, hi: hi.max(lo + 1.0), from: LEFT, to: right },
            scale: Scale { lo: 0.0, hi: probability_end(farthest), from: bottom, to: top },
            bottom,
            hues: theme::hues(figure.lines.len(), Some(figure.moved)),
            listed: figure.listed(),
        }
    }

    fn day(&self, date: Date) -> f64 {
        self.time.at(date.day_number() as f64).clamp(self.time.from, self.time.to)
    }

    fn set(&self, page: &mut Page) {
        page.marks.extend(self.levels());
        page.marks.extend(self.items());
        page.marks.extend(calendar::axis(self.figure.span, &self.time, self.bottom));
        let lines = || self.figure.lines.iter().zip(&self.hues);
        page.marks.extend(lines().flat_map(|(line, hue)| self.ribbon(line, *hue)));
        // What keeps its hue lies above what is grey.
        let (above, below): (Vec<_>, Vec<_>) = lines().partition(|(_, hue)| **hue != theme::GREY);
        let all = below.into_iter().chain(above);
        page.marks.extend(all.filter_map(|(line, hue)| self.line(line, *hue)));
        page.marks.extend(self.ends());
    }

    /// The level lines and their labels.
    fn levels(&self) -> Vec<Mark> {
        let all = ticks(0.0, self.scale.hi, 4);
        let label = SMALL.anchored(Anchor::End);
        let mark = |value: &f64| {
            let y = self.scale.at(*value);
            let shown = percent(*value, 0);
            let is_top = *value > self.scale.hi - 1e-9;
            let shown = if is_top { &shown } else { shown.trim_end_matches("\u{a0}%") };
            let colour = if *value == 0.0 { theme::AXIS } else { theme::GRID };
            [rule((LEFT, y), self.time.to, colour), label.line(LEFT - 8.0, y + SMALL.height(1) / 2.0, shown)]
        };
        all.iter().flat_map(mark).collect()
    }

    /// An upright line at each item, and below the axis the numbers, moved apart.
    fn items(&self) -> Vec<Mark> {
        let top = self.scale.to;
        let upright = |item: &crate::chart::EvidenceItem| {
            let x = self.day(item.date);
            stroke((x, top), (x, self.bottom), 0.75, theme::AXIS.tint(0.3))
        };
        let mut marks: Vec<Mark> = self.figure.items.iter().map(upright).collect();
        let places: Vec<f64> = self.listed.iter().map(|at| self.day(self.figure.items[*at].date)).collect();
        let sizes = vec![2.0 * RADIUS + 2.0; places.len()];
        let bounds = (self.time.from - RADIUS, self.time.to + RADIUS);
        let y = self.bottom + 8.0 + RADIUS;
        for (number, (place, x)) in places.iter().zip(apart(&places, &sizes, bounds)).enumerate() {
            marks.push(stroke((*place, self.bottom), (x, y), 0.75, theme::AXIS.tint(0.3)));
            marks.extend(marker((x, y), number + 1));
        }
        marks
    }

    /// The stretches of a line: from where to where, and what holds there.
    fn stretches<'l>(&self, line: &'l EvidenceLine) -> impl Iterator<Item = (f64, f64, &'l EvidencePoint)> {
        let days: Vec<f64> = self.figure.items.iter().map(|item| self.day(item.date)).collect();
        let from = [self.time.from].into_iter().chain(days.clone());
        let to = days.into_iter().chain([self.time.to]);
        from.zip(to).zip(&line.points).map(|((from, to), point)| (from, to, point))
    }

    fn ribbon(&self, line: &EvidenceLine, hue: Colour) -> Vec<Mark> {
        let boxed = |(x, to, point): (f64, f64, &EvidencePoint)| {
            let (low, high) = (probability(point.low)?, probability(point.high)?);
            let (y, height) = (self.scale.at(high), self.scale.at(low) - self.scale.at(high));
            let fill = hue.tint(0.82);
            (height > 0.0 && to > x).then_some(Mark::Rect { x, y, width: to - x, height, fill })
        };
        self.stretches(line).filter_map(boxed).collect()
    }

    /// The steps; none if a probability is no number.
    fn line(&self, line: &EvidenceLine, colour: Colour) -> Option<Mark> {
        let mut points = Vec::new();
        for (from, to, point) in self.stretches(line) {
            let y = self.scale.at(probability(point.probability)?);
            points.extend([(from, y), (to, y)]);
        }
        points.dedup();
        Some(Mark::Polyline { points, width: 2.2, colour })
    }

    /// What each line is, at its end, moved apart.
    fn ends(&self) -> Vec<Mark> {
        let lines = &self.figure.lines;
        let most = match lines.len() {
            0..=3 => 3,
            4..=5 => 2,
            _ => 1,
        };
        let place = |line: &EvidenceLine| Some(self.scale.at(probability(line.points.last()?.probability)?));
        let mut ends: Vec<(f64, Vec<String>, Colour)> = lines
            .iter()
            .zip(&self.hues)
            .filter_map(|(line, hue)| {
                Some((
                    place(line)?,
                    END.cut(&from_left(&format!("{} {}", line.value, line.label)), LABELS, most),
                    *hue,
                ))
            })
            .collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let places: Vec<f64> = ends.iter().map(|end| end.0).collect();
        let sizes: Vec<f64> = ends.iter().map(|(_, words, _)| END.height(words.len()) + 10.0).collect();
        let centres = apart(&places, &sizes, (self.scale.to - 12.0, self.bottom + 24.0));
        let x = self.time.to;
        let label = |((place, words, hue), centre): (&(f64, Vec<String>, Colour), f64)| {
            let mut marks = Type { colour: *hue, ..END }.centred(x + 12.0, centre, words);
            marks.push(stroke((x, *place), (x + 8.0, centre), 1.0, hue.tint(0.4)));
            marks
        };
        ends.iter().zip(centres).flat_map(label).collect()
    }
}

#[cfg(test)]
mod tests;
