//! How the values of a quantity lie, as bars with shares: their scale, and the area that they make.

use crate::chart::Mark;
use crate::chart::axis::{LARGEST, NARROWEST, Scale};
use crate::chart::theme::Colour;

/// Values as (from, to, share), ascending; single values have both ends the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bars<'a>(pub &'a [(f64, f64, f64)]);

impl Bars<'_> {
    /// Whether all are single values.
    pub fn are_single(&self) -> bool {
        self.0.iter().all(|(from, to, _)| from == to)
    }

    /// A scale over all of them, with room for single values at its ends; `None` if they do not vary.
    pub fn scale(&self, from: f64, to: f64) -> Option<Scale> {
        let (lo, hi) = (self.0.first()?.0, self.0.last()?.1);
        let is_wide = hi - lo > NARROWEST * lo.abs().max(hi.abs()) && lo.abs().max(hi.abs()) < LARGEST;
        let room = if self.are_single() { 0.5 * (hi - lo) / (self.0.len() - 1).max(1) as f64 } else { 0.0 };
        is_wide.then_some(Scale { lo: lo - room, hi: hi + room, from, to })
    }

    /// The height of each, the greatest 1: shares of single values, else densities.
    fn heights(&self) -> Vec<f64> {
        let is_single = self.are_single();
        let height = |(from, to, share): &(f64, f64, f64)| match share.is_finite() && *share > 0.0 {
            true if is_single => *share,
            true => share / (to - from),
            false => 0.0,
        };
        let all: Vec<f64> = self.0.iter().map(height).collect();
        let most = all.iter().copied().filter(|one| one.is_finite()).fold(0.0, f64::max);
        all.into_iter().map(|one| if most > 0.0 { (one / most).min(1.0) } else { 0.0 }).collect()
    }

    /// Their area over a level line, or a column for each single value.
    pub fn area(&self, scale: &Scale, (top, bottom): (f64, f64), fill: Colour) -> Vec<Mark> {
        let heights = self.heights();
        let y = |height: f64| bottom - height * (bottom - top);
        if self.are_single() {
            let width = (0.7 * (scale.to - scale.from) / self.0.len().max(1) as f64).min(36.0);
            let column = |((at, ..), height): (&(f64, f64, f64), f64)| Mark::Rect {
                x: scale.at(*at) - width / 2.0,
                y: y(height),
                width,
                height: bottom - y(height),
                fill,
            };
            return self.0.iter().zip(heights).map(column).collect();
        }
        vec![Mark::Polygon { points: self.outline(scale, &heights, y, bottom), fill }]
    }

    /// Their outline, for a law beside another.
    pub fn line(&self, scale: &Scale, (top, bottom): (f64, f64), width: f64, colour: Colour) -> Vec<Mark> {
        let heights = self.heights();
        let y = |height: f64| bottom - height * (bottom - top);
        if self.are_single() {
            let tick = |((at, ..), height): (&(f64, f64, f64), f64)| Mark::Line {
                from: (scale.at(*at) - 6.0, y(height)),
                to: (scale.at(*at) + 6.0, y(height)),
                width,
                colour,
            };
            return self.0.iter().zip(heights).map(tick).collect();
        }
        // What goes on beyond its ends is not closed there.
        vec![Mark::Polyline { points: self.along(scale, &heights, y), width, colour }]
    }

    /// Up at the first bar, along the middles, down at the last.
    fn outline(
        &self,
        scale: &Scale,
        heights: &[f64],
        y: impl Fn(f64) -> f64,
        bottom: f64,
    ) -> Vec<(f64, f64)> {
        let along = self.along(scale, heights, y);
        let ends = self.0.first().zip(self.0.last()).zip(along.first().copied().zip(along.last().copied()));
        let Some((((from, ..), (_, to, _)), ((_, up), (_, down)))) = ends else { return along };
        let (left, right) = (scale.at(*from), scale.at(*to));
        [(left, bottom), (left, up)]
            .into_iter()
            .chain(along)
            .chain([(right, down), (right, bottom)])
            .collect()
    }

    fn along(&self, scale: &Scale, heights: &[f64], y: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
        let middle =
            |((from, to, _), height): (&(f64, f64, f64), &f64)| (scale.at(0.5 * (from + to)), y(*height));
        self.0.iter().zip(heights).map(middle).collect()
    }
}
