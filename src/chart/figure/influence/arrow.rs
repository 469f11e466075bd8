//! Lines with their heads and signs.

use super::network::InfluenceSign;
use crate::chart::mark::{Mark, Point};
use crate::chart::page::{dot, stroke};
use crate::chart::theme::{self, Colour};

/// A line to draw.
pub(super) struct Line {
    pub points: Vec<Point>,
    pub strength: f64,
    pub sign: InfluenceSign,
    /// Whether it leads from its first point to its last; else it joins them.
    pub has_head: bool,
}

/// How long a head is, and the radius of a sign.
const HEAD: f64 = 7.0;
const SIGN: f64 = 5.0;

/// As long as dashes and the gaps between them.
const DASH: [f64; 2] = [3.5, 3.0];

/// How thick a line is.
pub(super) fn width(strength: f64) -> f64 {
    0.8 + 6.5 * strength.clamp(0.0, 1.0).sqrt()
}

pub(super) fn colour(sign: InfluenceSign) -> Colour {
    match sign {
        InfluenceSign::Raises => theme::RAISES,
        InfluenceSign::Lowers => theme::LOWERS,
        InfluenceSign::Mixed | InfluenceSign::Untold => theme::AXIS,
    }
}

/// All lines, the strongest on top, each cased in paper where it passes over others; then all signs.
pub(super) fn drawn(lines: &[Line]) -> Vec<Mark> {
    let rank = |line: &Line| if line.sign == InfluenceSign::Untold { -1.0 } else { line.strength };
    let mut order: Vec<&Line> = lines.iter().collect();
    order.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    let strokes = order.iter().flat_map(|line| line.stroke());
    let signs = order.iter().flat_map(|line| line.mark());
    strokes.chain(signs).collect()
}

impl Line {
    fn stroke(&self) -> Vec<Mark> {
        let colour = colour(self.sign);
        if self.sign == InfluenceSign::Untold {
            return dashes(&self.points, 0.8, colour).chain(self.head(2.6, colour)).collect();
        }
        let width = width(self.strength);
        let end = if self.has_head { cut(&self.points, HEAD - 1.0) } else { self.points.clone() };
        let cased = [(width + 2.4, theme::PAPER), (width, colour)];
        let lines = cased.map(|(width, colour)| Mark::Polyline { points: end.clone(), width, colour });
        lines.into_iter().chain(self.head(2.6 + width / 2.0, colour)).collect()
    }

    /// A triangle whose point is the line's end.
    fn head(&self, half: f64, fill: Colour) -> Option<Mark> {
        let [.., before, tip] = self.points[..] else { return None };
        let (x, y) = (tip.0 - before.0, tip.1 - before.1);
        let length = libm::hypot(x, y);
        if !self.has_head || length == 0.0 {
            return None;
        }
        let (x, y) = (x / length, y / length);
        let corner = |side: f64| (tip.0 - HEAD * x - side * y, tip.1 - HEAD * y + side * x);
        Some(Mark::Polygon { points: vec![tip, corner(half), corner(-half)], fill })
    }

    /// Where the sign stands: behind the head; of what only goes together in the middle.
    fn sign_at(&self) -> Point {
        let whole = length(&self.points);
        along(&self.points, if self.has_head { whole - HEAD - SIGN - 1.0 } else { whole / 2.0 })
    }

    fn mark(&self) -> Vec<Mark> {
        match self.sign {
            InfluenceSign::Untold => Vec::new(),
            told => sign(told, self.sign_at()),
        }
    }
}

/// A plus, a minus, or a diamond, on a disc.
pub(super) fn sign(sign: InfluenceSign, (x, y): Point) -> Vec<Mark> {
    let fill = colour(sign);
    let mut marks = vec![dot((x, y), SIGN + 1.0, theme::PAPER), dot((x, y), SIGN, fill)];
    let arm = 2.8;
    let bar = |from, to| stroke(from, to, 1.5, theme::PAPER);
    match sign {
        InfluenceSign::Raises => {
            marks.extend([bar((x - arm, y), (x + arm, y)), bar((x, y - arm), (x, y + arm))]);
        }
        InfluenceSign::Lowers => marks.push(bar((x - arm, y), (x + arm, y))),
        _ => {
            let points = vec![(x, y - arm), (x + arm, y), (x, y + arm), (x - arm, y)];
            marks.push(Mark::Polygon { points, fill: theme::PAPER });
        }
    }
    marks
}

/// Short strokes along a line.
pub(super) fn dashes(points: &[Point], width: f64, colour: Colour) -> impl Iterator<Item = Mark> {
    let whole = length(points);
    let count = (whole / (DASH[0] + DASH[1])).ceil() as usize;
    let points = points.to_vec();
    (0..count).map(move |at| {
        let from = at as f64 * (DASH[0] + DASH[1]);
        stroke(along(&points, from), along(&points, (from + DASH[0]).min(whole)), width, colour)
    })
}

fn length(points: &[Point]) -> f64 {
    points.windows(2).map(|two| libm::hypot(two[1].0 - two[0].0, two[1].1 - two[0].1)).sum()
}

/// The point at a distance along a line from its start.
fn along(points: &[Point], distance: f64) -> Point {
    let mut left = distance.max(0.0);
    for two in points.windows(2) {
        let step = libm::hypot(two[1].0 - two[0].0, two[1].1 - two[0].1);
        if left <= step && step > 0.0 {
            let t = left / step;
            return (two[0].0 + t * (two[1].0 - two[0].0), two[0].1 + t * (two[1].1 - two[0].1));
        }
        left -= step;
    }
    points.last().copied().unwrap_or_default()
}

/// A line without its last piece.
fn cut(points: &[Point], off: f64) -> Vec<Point> {
    let end = along(points, length(points) - off);
    let mut kept: Vec<Point> = points[..points.len().saturating_sub(1)].to_vec();
    kept.push(end);
    kept
}
