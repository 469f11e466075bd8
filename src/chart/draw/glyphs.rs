//! Glyphs as masks of coverage, made once for each size and place within a pixel.

use std::collections::HashMap;
use std::rc::Rc;

use super::cover::Cover;
use crate::chart::face::{Face, Outline};
use crate::chart::mark::Point;

/// Places within a pixel that are told apart.
const STEPS: f64 = 4.0;
/// How far a curve may leave the lines that stand for it, in pixels.
const FLATNESS: f64 = 0.05;

/// Levels of coverage of a glyph, in rows.
pub(super) struct Mask {
    /// Column of the first level, from the pixel in which the glyph stands.
    pub left: i32,
    /// Row of the first level, from the baseline's; above is negative.
    pub top: i32,
    pub width: usize,
    pub levels: Vec<u8>,
}

/// Masks by face, glyph, size in 1/64 pixels, and quarter of a pixel.
#[derive(Default)]
pub(super) struct Masks(HashMap<(usize, u16, u32, u8), Rc<Mask>>);

impl Masks {
    /// The mask of a glyph of `size` pixels per em that stands at `x`, and the column that it counts from.
    pub fn at(&mut self, face: &'static Face, glyph: u16, size: f64, x: f64) -> (Rc<Mask>, i32) {
        let quarters = (x * STEPS).round();
        let column = (quarters / STEPS).floor();
        let step = (quarters - column * STEPS) as u8;
        let key = (face.key, glyph, (size * 64.0).round() as u32, step);
        let mask =
            self.0.entry(key).or_insert_with(|| Rc::new(mask(face, glyph, size, f64::from(step) / STEPS)));
        (mask.clone(), column as i32)
    }
}

/// A glyph's mask, `shift` of a pixel to the right.
fn mask(face: &'static Face, glyph: u16, size: f64, shift: f64) -> Mask {
    let mut contours = Contours { size, shift, contours: Vec::new() };
    face.outline(glyph, &mut contours);
    let points = || contours.contours.iter().flatten();
    let least = |f: fn(&Point) -> f64| points().map(f).fold(f64::INFINITY, f64::min).floor();
    let most = |f: fn(&Point) -> f64| points().map(f).fold(f64::NEG_INFINITY, f64::max).ceil();
    let (left, top) = (least(|p| p.0), least(|p| p.1));
    let (width, height) = (most(|p| p.0) - left, most(|p| p.1) - top);
    // A glyph larger than ten em is no letter.
    if !(width > 0.0 && height > 0.0 && width.max(height) <= 10.0 * size) {
        return Mask { left: 0, top: 0, width: 0, levels: Vec::new() };
    }
    let width = width as usize;
    let mut cover = Cover::new(width, height as usize);
    for contour in &contours.contours {
        cover.polygon(&contour.iter().map(|p| (p.0 - left, p.1 - top)).collect::<Vec<_>>());
    }
    let mut levels = vec![0; width * height as usize];
    cover.take(|row, from, to, level| levels[row * width + from..row * width + to].fill(level));
    Mask { left: left as i32, top: top as i32, width, levels }
}

/// An outline as polygons in pixels, y down.
struct Contours {
    size: f64,
    shift: f64,
    contours: Vec<Vec<Point>>,
}

impl Contours {
    fn at(&self, (x, y): Point) -> Point {
        (x * self.size + self.shift, -y * self.size)
    }

    fn push(&mut self, point: Point) {
        if let Some(contour) = self.contours.last_mut() {
            contour.push(point);
        }
    }

    fn last(&self) -> Option<Point> {
        self.contours.last().and_then(|contour| contour.last()).copied()
    }
}

impl Outline for Contours {
    fn start(&mut self, to: Point) {
        let to = self.at(to);
        self.contours.push(vec![to]);
    }

    fn line(&mut self, to: Point) {
        self.push(self.at(to));
    }

    fn quadratic(&mut self, control: Point, to: Point) {
        let (Some(a), b, c) = (self.last(), self.at(control), self.at(to)) else { return };
        let bend = (a.0 - 2.0 * b.0 + c.0).abs() + (a.1 - 2.0 * b.1 + c.1).abs();
        let pieces = pieces(bend / 4.0);
        for k in 1..=pieces {
            let t = f64::from(k) / f64::from(pieces);
            let s = 1.0 - t;
            let at = |a: f64, b: f64, c: f64| s * s * a + 2.0 * s * t * b + t * t * c;
            self.push((at(a.0, b.0, c.0), at(a.1, b.1, c.1)));
        }
    }

    fn cubic(&mut self, controls: [Point; 2], to: Point) {
        let (Some(a), [b, c], d) = (self.last(), controls.map(|one| self.at(one)), self.at(to)) else {
            return;
        };
        let bend = |a: f64, b: f64, c: f64, d: f64| (a - 2.0 * b + c).abs().max((b - 2.0 * c + d).abs());
        let pieces = pieces(0.75 * (bend(a.0, b.0, c.0, d.0) + bend(a.1, b.1, c.1, d.1)));
        for k in 1..=pieces {
            let t = f64::from(k) / f64::from(pieces);
            let s = 1.0 - t;
            let at = |a: f64, b: f64, c: f64, d: f64| {
                s * s * (s * a + 3.0 * t * b) + t * t * (3.0 * s * c + t * d)
            };
            self.push((at(a.0, b.0, c.0, d.0), at(a.1, b.1, c.1, d.1)));
        }
    }

    fn close(&mut self) {}
}

/// Lines that stand for a curve whose one line would leave it by so much: each halving leaves a quarter.
fn pieces(leaves: f64) -> u32 {
    (leaves / FLATNESS).sqrt().ceil().clamp(1.0, 32.0) as u32
}
