//! What a picture is made of.

use std::collections::BTreeSet;

use super::font::text_width;
use super::lent;
use super::line::Line;
use super::theme::Colour;
use super::weight::Weight;

/// A place on the canvas: x to the right, y down, in canvas units (CSS pixels) from the upper left corner.
pub type Point = (f64, f64);

/// A finished layout: marks on a canvas.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Canvas width in CSS pixels.
    pub width: f64,
    /// Canvas height in CSS pixels.
    pub height: f64,
    /// What the picture shows, for readers who can't see it.
    pub title: String,
    /// The same at more length: what is measured, of what, when.
    pub description: String,
    /// The marks. Shapes are painted in this order; text is painted above all shapes.
    pub marks: Vec<Mark>,
}

impl Picture {
    /// The scripts of letters that no face at hand has, by name; a PNG shows them as boxes. `symbols` are letters of no
    /// script, as emoji.
    pub fn unshown_scripts(&self) -> BTreeSet<String> {
        let text = |mark: &Mark| match mark {
            Mark::Text { content, weight, .. } => Line::set(content, *weight).missing().collect(),
            _ => Vec::new(),
        };
        self.marks.iter().flat_map(text).map(lent::script_name).collect()
    }
}

/// Which point of a line of text stands at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// One drawing primitive. Colours are opaque, lengths are canvas units.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A filled rectangle with upright sides.
    Rect {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width, not negative.
        width: f64,
        /// Height, not negative.
        height: f64,
        /// Colour.
        fill: Colour,
    },
    /// A straight stroke.
    Line {
        /// One end.
        from: Point,
        /// The other end.
        to: Point,
        /// Thickness.
        width: f64,
        /// Colour.
        colour: Colour,
    },
    /// A stroke along points.
    Polyline {
        /// The points in order.
        points: Vec<Point>,
        /// Thickness.
        width: f64,
        /// Colour.
        colour: Colour,
    },
    /// A filled area.
    Polygon {
        /// The corners in order; the last joins the first.
        points: Vec<Point>,
        /// Colour.
        fill: Colour,
    },
    /// A filled circle.
    Circle {
        /// Centre.
        centre: Point,
        /// Radius.
        radius: f64,
        /// Colour.
        fill: Colour,
    },
    /// One line of text.
    Text {
        /// Where the anchor stands.
        x: f64,
        /// The line the letters stand on.
        baseline: f64,
        /// Which point of the text stands at `x`.
        anchor: Anchor,
        /// Font size (em).
        size: f64,
        /// Regular or bold.
        weight: Weight,
        /// Colour.
        colour: Colour,
        /// The words.
        content: String,
    },
}

impl Mark {
    /// Whether every length in it is a number.
    pub fn is_finite(&self) -> bool {
        let all = |points: &[Point]| points.iter().all(|(x, y)| x.is_finite() && y.is_finite());
        match self {
            Self::Rect { x, y, width, height, .. } => all(&[(*x, *y), (*width, *height)]),
            Self::Line { from, to, .. } => all(&[*from, *to]),
            Self::Polyline { points, .. } | Self::Polygon { points, .. } => all(points),
            Self::Circle { centre, radius, .. } => all(&[*centre, (*radius, 0.0)]),
            Self::Text { x, baseline, .. } => all(&[(*x, *baseline)]),
        }
    }

    /// The smallest upright box around the mark as (left, top, right, bottom); for text, the box of its font's
    /// usual heights: 0.76 em above the baseline and 0.24 em below.
    pub fn bounds(&self) -> (f64, f64, f64, f64) {
        match self {
            Self::Rect { x, y, width, height, .. } => (*x, *y, x + width, y + height),
            Self::Line { from, to, width, .. } => grown(around(&[*from, *to]), width / 2.0),
            Self::Polyline { points, width, .. } => grown(around(points), width / 2.0),
            Self::Polygon { points, .. } => around(points),
            Self::Circle { centre, radius, .. } => grown(around(&[*centre]), *radius),
            Self::Text { x, baseline, anchor, size, weight, content, .. } => {
                let width = text_width(content, *size, *weight);
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                (left, baseline - 0.76 * size, left + width, baseline + 0.24 * size)
            }
        }
    }
}

/// The box around points.
fn around(points: &[Point]) -> (f64, f64, f64, f64) {
    let start = (f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
    points.iter().fold(start, |b, p| (b.0.min(p.0), b.1.min(p.1), b.2.max(p.0), b.3.max(p.1)))
}

/// A box with a margin added on all sides.
fn grown(b: (f64, f64, f64, f64), margin: f64) -> (f64, f64, f64, f64) {
    (b.0 - margin, b.1 - margin, b.2 + margin, b.3 + margin)
}
