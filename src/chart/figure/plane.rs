//! A plane: a level axis of any numbers or names below, an upright one at the left.

use crate::chart::axis::{Scale, number, percent, ticks};
use crate::chart::page::{SMALL, stroke};
use crate::chart::{Anchor, Mark, theme};

/// The number that goes along a picture, as it is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Along {
    /// What it is.
    pub label: String,
    /// Its least value.
    pub from: f64,
    /// Its greatest value.
    pub to: f64,
    /// The names of its values, which are then 0, 1, and so on from the least; none for numbers.
    pub names: Vec<String>,
}

/// A frame on the canvas with a scale in each direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plane {
    pub x: Scale,
    /// From the bottom up.
    pub y: Scale,
}

impl Plane {
    pub fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x.at(x), self.y.at(y))
    }

    /// The scale of `along` between two places: names stand in the middle of their share.
    pub fn scale(along: &Along, from: f64, to: f64) -> Scale {
        let room = if along.names.is_empty() { 0.0 } else { 0.5 };
        let (lo, hi) = (along.from - room, along.to + room);
        Scale { lo, hi: if hi > lo { hi } else { lo + 1.0 }, from, to }
    }

    /// Ticks and their labels below, and what they are about; with the height that it all takes.
    pub fn below(&self, along: &Along) -> (Vec<Mark>, f64) {
        let label = SMALL.anchored(Anchor::Middle);
        let (bottom, width) = (self.y.from, self.x.to - self.x.from);
        let room = width / along.names.len().max(1) as f64 - 6.0;
        let mut marks = Vec::new();
        let mut lines = 1;
        let count = ((width / 110.0) as usize).clamp(2, 6);
        let numbers = || ticks(along.from, along.to, count).into_iter().map(|tick| (tick, number(tick)));
        let names =
            || along.names.iter().enumerate().map(|(at, name)| (along.from + at as f64, name.clone()));
        let all: Vec<(f64, String)> =
            if along.names.is_empty() { numbers().collect() } else { names().collect() };
        for (value, text) in all {
            let x = self.x.at(value);
            marks.push(stroke((x, bottom), (x, bottom + 4.0), 1.0, theme::AXIS));
            let text = label.wrap(&text, if along.names.is_empty() { width } else { room });
            lines = lines.max(text.len());
            marks.extend(label.block(x, bottom + 8.0, &text));
        }
        let height = 8.0 + SMALL.height(lines) + 10.0;
        let words = SMALL.bold().wrap(&along.label, width);
        marks.extend(SMALL.bold().block(self.x.from, bottom + height, &words));
        (marks, height + SMALL.height(words.len()) + 8.0)
    }

    /// Level lines at the ticks of probabilities, with their labels at the left.
    pub fn probabilities(&self) -> (Vec<Mark>, Vec<Mark>) {
        self.levels(&ticks(0.0, self.y.hi, 4), |tick| percent(tick, 0))
    }

    /// Level lines at the ticks of any numbers, with their labels at the left.
    pub fn numbers(&self) -> (Vec<Mark>, Vec<Mark>) {
        self.levels(&ticks(self.y.lo, self.y.hi, 4), number)
    }

    /// Lines and labels.
    fn levels(&self, ticks: &[f64], text: impl Fn(f64) -> String) -> (Vec<Mark>, Vec<Mark>) {
        let label = SMALL.anchored(Anchor::End);
        let line =
            |tick: &f64| stroke(self.at(self.x.lo, *tick), self.at(self.x.hi, *tick), 1.0, theme::GRID);
        let word = |tick: &f64| label.line(self.x.from - 7.0, self.y.at(*tick) + 4.0, text(*tick));
        (ticks.iter().map(line).collect(), ticks.iter().map(word).collect())
    }
}
