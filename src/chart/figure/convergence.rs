//! How answers settled as draws were added: a line for each, with a ribbon for its 90 % interval, over the number of draws on an axis
//! of doublings.

use crate::chart::axis::{LARGEST, Scale, number, percent, ticks};
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, Wording, dot, stroke};
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, theme};
use crate::diagnostic::number::count;

/// How answers on one scale settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Settling {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// Whether the answers are probabilities.
    pub is_probability: bool,
    /// How many draws each look had, ascending.
    pub draws: Vec<u64>,
    /// The answers.
    pub lines: Vec<ConvergenceLine>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ConvergenceLine {
    /// What it is called.
    pub name: String,
    /// Its last value as printed.
    pub value: String,
    /// At each look its value, with the ends of its interval; what is not finite leaves a gap.
    pub points: Vec<[f64; 3]>,
}

const HEIGHT: f64 = 320.0;
const AXIS: f64 = 52.0;
const NAMES: f64 = 168.0;

impl Figure for Settling {
    fn layout(&self) -> Result<Picture, ChartError> {
        let (Some(y), [first, .., last]) = (self.range(), &self.draws[..]) else {
            return Err(ChartError::Empty("no looks"));
        };
        let mut page = Page::open(&self.wording);
        page.legend(&[(Key::Line, "estimate"), (Key::Bar(theme::series(0).tint(0.75)), "90 % interval")]);
        let (top, bottom) = (page.below, page.below + HEIGHT);
        let log = |draws: u64| libm::log2(draws as f64);
        let x = Scale {
            lo: log(*first),
            hi: log(*last),
            from: theme::MARGIN + AXIS,
            to: theme::WIDTH - theme::MARGIN - NAMES,
        };
        let y = Scale { lo: y.0, hi: y.1, from: bottom, to: top };
        page.marks.extend(self.grid(&x, &y));
        let places: Vec<f64> = self.draws.iter().map(|draws| x.at(log(*draws))).collect();
        let hues = self.hues();
        for (line, hue) in self.lines.iter().zip(&hues) {
            page.marks.extend(line.ribbon(&places, &y, *hue));
        }
        for (line, hue) in self.lines.iter().zip(&hues) {
            page.marks.extend(line.curve(&places, &y, *hue));
        }
        let (names, end) = self.names(&x, &y);
        page.marks.extend(names);
        page.below = (bottom + 44.0).max(end);
        page.close(&self.wording)
    }
}

impl Settling {
    /// The hues of the lines; the one that ends highest has the first.
    fn hues(&self) -> Vec<theme::Colour> {
        let end = |at: &usize| self.lines[*at].points.last().map_or(f64::NEG_INFINITY, |one| one[0]);
        let leader = (0..self.lines.len()).filter(|at| end(at).is_finite());
        let leader = leader.max_by(|a, b| end(a).total_cmp(&end(b)).then(b.cmp(a)));
        theme::palette(self.lines.len(), leader)
    }

    /// What holds all values and their intervals, but no more of probabilities than there is.
    fn range(&self) -> Option<(f64, f64)> {
        let all = || {
            self.lines
                .iter()
                .flat_map(|line| &line.points)
                .flatten()
                .copied()
                .filter(|one| one.abs() < LARGEST)
        };
        let (lo, hi) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        let pad = (0.05 * (hi - lo)).max(1e-6 * lo.abs().max(hi.abs())).max(1e-9);
        let (lo, hi) = (lo - pad, hi + pad);
        let (lo, hi) = if self.is_probability { (lo.max(0.0), hi.min(1.0)) } else { (lo, hi) };
        (hi > lo && !ticks(lo, hi, 5).is_empty()).then_some((lo, hi))
    }

    fn grid(&self, x: &Scale, y: &Scale) -> Vec<Mark> {
        let all = ticks(y.lo, y.hi, 5);
        let step = all.windows(2).map(|two| two[1] - two[0]).fold(f64::INFINITY, f64::min);
        let decimals = if step < 0.0099 { 1 } else { 0 };
        let right = SMALL.anchored(Anchor::End);
        let mut marks = Vec::new();
        for tick in all {
            let place = y.at(tick);
            marks.push(stroke((x.from, place), (x.to, place), 1.0, theme::GRID));
            let text = if self.is_probability { percent(tick, decimals) } else { number(tick) };
            marks.push(right.line(x.from - 8.0, place + 4.0, text));
        }
        // From the last back, so that the run's own number stands.
        let middle = SMALL.anchored(Anchor::Middle);
        let mut free = f64::INFINITY;
        for draws in self.draws.iter().rev() {
            let (place, text) = (x.at(libm::log2(*draws as f64)), count(*draws));
            marks.push(stroke((place, y.from), (place, y.from + 4.0), 1.0, theme::AXIS));
            let half = middle.width(&text) / 2.0;
            // The names stand at the right of the last mark.
            let place = place.min(x.to + 4.0 - half);
            if place + half < free {
                marks.push(middle.line(place, y.from + 18.0, text));
                free = place - half - 10.0;
            }
        }
        marks.push(stroke((x.from, y.from), (x.to, y.from), 1.0, theme::AXIS));
        marks.push(SMALL.bold().line(x.from, y.from + 38.0, "draws, doubled from mark to mark"));
        marks
    }

    /// The last values and the names at the right, moved apart, and where they end.
    fn names(&self, x: &Scale, y: &Scale) -> (Vec<Mark>, f64) {
        let end =
            |line: &ConvergenceLine| line.points.last().map(|one| one[0]).filter(|one| one.abs() < LARGEST);
        let ends = self.lines.iter().enumerate().filter_map(|(at, line)| Some((y.at(end(line)?), at)));
        let mut ends: Vec<(f64, usize)> = ends.collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut marks, mut free, hues) = (Vec::new(), y.to - 8.0, self.hues());
        for (place, at) in ends {
            let (line, hue) = (&self.lines[at], hues[at]);
            let value = Type { colour: hue, ..LABEL.bold() };
            let name = SMALL.wrap(&line.name, NAMES - 14.0);
            let height = value.height(1) + 6.0 + SMALL.height(name.len());
            let top = (place - value.height(1) / 2.0).max(free);
            marks.extend(value.block(x.to + 12.0, top, std::slice::from_ref(&line.value)));
            marks.extend(SMALL.block(x.to + 12.0, top + value.height(1) + 6.0, &name));
            free = top + height + 9.0;
        }
        (marks, free)
    }
}

impl ConvergenceLine {
    /// The looks that have a value and an interval that can be drawn, without a gap between.
    fn runs(&self) -> Vec<Vec<(usize, [f64; 3])>> {
        let all: Vec<(usize, [f64; 3])> = self.points.iter().copied().enumerate().collect();
        let is_there = |one: &(usize, [f64; 3])| one.1.iter().all(|value| value.abs() < LARGEST);
        all.chunk_by(|a, b| is_there(a) == is_there(b))
            .filter(|run| is_there(&run[0]))
            .map(<[_]>::to_vec)
            .collect()
    }

    fn ribbon(&self, places: &[f64], y: &Scale, hue: theme::Colour) -> Vec<Mark> {
        let at = |value: f64| y.at(value.clamp(y.lo, y.hi));
        let ribbon = |run: Vec<(usize, [f64; 3])>| {
            let low = run.iter().map(|(look, one)| (places[*look], at(one[1])));
            let high = run.iter().rev().map(|(look, one)| (places[*look], at(one[2])));
            Mark::Polygon { points: low.chain(high).collect(), fill: hue.tint(0.75) }
        };
        self.runs().into_iter().map(ribbon).collect()
    }

    fn curve(&self, places: &[f64], y: &Scale, hue: theme::Colour) -> Vec<Mark> {
        let mut marks = Vec::new();
        for run in self.runs() {
            let points: Vec<(f64, f64)> =
                run.iter().map(|(look, one)| (places[*look], y.at(one[0]))).collect();
            marks.extend(points.last().map(|end| dot(*end, 4.0, hue)));
            marks.push(Mark::Polyline { points, width: 2.2, colour: hue });
        }
        marks
    }
}
