//! Boxes: what a thing is shows in their shape.

use super::network::{InfluenceKind, InfluenceNode};
use crate::chart::Weight;
use crate::chart::mark::{Anchor, Mark, Point};
use crate::chart::page::Type;
use crate::chart::theme::{self, Colour};

/// Where a box is.
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

const LABEL: Type = Type::new(theme::SMALL, Weight::Regular, theme::INK).anchored(Anchor::Middle);
const VALUE: Type = Type::new(theme::CAPTION, Weight::Regular, theme::GREY).anchored(Anchor::Middle);

/// How far the ends of a hexagon point out.
const SLANT: f64 = 12.0;

/// The width of the stripe in an outcome's hue.
const STRIPE: f64 = 5.0;

/// A box with its words.
pub(super) fn drawn(node: &InfluenceNode, frame: &Frame) -> Vec<Mark> {
    let mut marks = shape(node.kind, frame);
    let (indent, slant) = match node.kind {
        InfluenceKind::Outcome(_) => (STRIPE, 0.0),
        InfluenceKind::Theory => (0.0, SLANT),
        _ => (0.0, 0.0),
    };
    let (x, width) =
        ((frame.left + frame.right + indent) / 2.0, frame.right - frame.left - indent - slant - 10.0);
    let (label, value) = (cut(LABEL, &node.label, width, 2), cut(VALUE, &node.value, width, 1));
    let gap = if value.is_empty() { 0.0 } else { 6.0 };
    let top = (frame.top + frame.bottom - LABEL.height(label.len()) - gap - VALUE.height(value.len())) / 2.0;
    marks.extend(LABEL.block(x, top, &label));
    marks.extend(VALUE.block(x, top + LABEL.height(label.len()) + gap, &value));
    marks
}

/// The first lines of a text; the last ends in "…" if that is not all.
fn cut(style: Type, text: &str, width: f64, most: usize) -> Vec<String> {
    let mut lines = style.wrap(text, width);
    if lines.len() > most {
        lines.truncate(most);
        let last = &mut lines[most - 1];
        last.push('…');
        while style.width(last) > width && last.chars().count() > 1 {
            last.truncate(last.trim_end_matches('…').trim_end().len());
            last.pop();
            last.push('…');
        }
    }
    lines
}

/// The shape alone.
pub(super) fn shape(kind: InfluenceKind, frame: &Frame) -> Vec<Mark> {
    let half = (frame.bottom - frame.top) / 2.0;
    match kind {
        InfluenceKind::Factor => outlined(frame, 7.0, theme::AXIS, theme::PAPER),
        InfluenceKind::States => {
            let mut marks = outlined(frame, 7.0, theme::AXIS, theme::PAPER);
            marks.extend(outlined(&frame.inset(2.6), 4.6, theme::AXIS, theme::PAPER));
            marks
        }
        InfluenceKind::Derived => vec![filled(frame, 0.0, theme::BAND)],
        InfluenceKind::Event => outlined(frame, half.min(22.0), theme::AXIS, theme::BAND),
        InfluenceKind::Theory => {
            let slant = half.min(SLANT);
            let hexagon = |f: &Frame, fill| Mark::Polygon {
                points: vec![
                    (f.left + slant, f.top),
                    (f.right - slant, f.top),
                    (f.right, (f.top + f.bottom) / 2.0),
                    (f.right - slant, f.bottom),
                    (f.left + slant, f.bottom),
                    (f.left, (f.top + f.bottom) / 2.0),
                ],
                fill,
            };
            vec![hexagon(frame, theme::AXIS), hexagon(&frame.inset(1.2), theme::PAPER)]
        }
        InfluenceKind::Outcome(at) => {
            let hue = theme::own_hue(at);
            let stripe = Frame { right: frame.left + STRIPE, ..*frame };
            vec![filled(frame, 0.0, hue.tint(0.85)), filled(&stripe, 0.0, hue)]
        }
    }
}

fn outlined(frame: &Frame, radius: f64, line: Colour, fill: Colour) -> Vec<Mark> {
    vec![filled(frame, radius, line), filled(&frame.inset(1.2), (radius - 1.2).max(0.0), fill)]
}

/// A rectangle with round corners.
fn filled(frame: &Frame, radius: f64, fill: Colour) -> Mark {
    if radius == 0.0 {
        let (width, height) = (frame.right - frame.left, frame.bottom - frame.top);
        return Mark::Rect { x: frame.left, y: frame.top, width, height, fill };
    }
    const STEPS: usize = 6;
    let corners = [
        (frame.right - radius, frame.bottom - radius),
        (frame.left + radius, frame.bottom - radius),
        (frame.left + radius, frame.top + radius),
        (frame.right - radius, frame.top + radius),
    ];
    let point = |(quarter, (x, y)): (usize, &Point)| {
        let (x, y) = (*x, *y);
        (0..=STEPS).map(move |step| {
            let turn = (quarter as f64 + step as f64 / STEPS as f64) * std::f64::consts::FRAC_PI_2;
            (x + radius * libm::cos(turn), y + radius * libm::sin(turn))
        })
    };
    Mark::Polygon { points: corners.iter().enumerate().flat_map(point).collect(), fill }
}

impl Frame {
    fn inset(&self, by: f64) -> Frame {
        Frame { left: self.left + by, top: self.top + by, right: self.right - by, bottom: self.bottom - by }
    }
}
