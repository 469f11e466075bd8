//! Shapes and glyphs painted on strips of palette indices, row by row from the top.

use std::rc::Rc;

use super::cover::{Cover, LEVELS};
use super::glyphs::{Mask, Masks};
use super::look::Placing;
use super::outline;
use super::palette::Palette;
use super::record::{Drawn, Form, Text};
use crate::chart::line::Line;
use crate::chart::mark::{Anchor, Point};
use crate::chart::theme::{Colour, PAPER, Theme};

/// Rows painted at once: a strip of them stays in the caches.
const STRIP: usize = 64;

/// Paints the strips of a drawing one after the other and hands each on, a zero before every row (PNG's mark of an
/// unfiltered one). Returns the colours that the indices stand for.
pub(super) fn paint<E>(
    drawn: &[Drawn],
    placing: &Placing,
    theme: Theme,
    mut strip: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<Vec<Colour>, E> {
    let is_text = |one: &&Drawn| matches!(one.form, Form::Text(_));
    let inks = drawn.iter().map(|one| theme.ink(one.colour));
    let text = drawn.iter().filter(is_text).map(|one| theme.ink(one.colour));
    let mut palette = Palette::new(theme.ink(PAPER), inks, text);
    let mut masks = Masks::default();
    let set = |one: &Drawn| (palette.ink(theme.ink(one.colour)), Paint::new(&one.form, placing, &mut masks));
    let paints: Vec<(u8, Paint)> = drawn.iter().map(set).collect();
    let (width, height) = (placing.width as usize, placing.height as usize);
    let mut canvas = Canvas {
        width,
        top: 0,
        pixels: vec![0; (width + 1) * STRIP],
        palette,
        cover: Cover::new(width, STRIP),
    };
    for top in (0..height).step_by(STRIP) {
        let rows = STRIP.min(height - top);
        canvas.top = top;
        canvas.pixels.fill(0);
        paints.iter().for_each(|(ink, paint)| canvas.lay(paint, *ink));
        strip(&canvas.pixels[..rows * (width + 1)])?;
    }
    Ok(canvas.palette.colours().to_vec())
}

/// What is painted, in pixels.
enum Paint {
    /// Whole pixels: left, top, right, bottom.
    Block([i64; 4]),
    /// Polygons of one direction, with the first row and the row after the last.
    Polygons(Vec<Vec<Point>>, (f64, f64)),
    /// Masks with the column and row of their first level.
    Glyphs(Vec<(Rc<Mask>, i64, i64)>),
}

impl Paint {
    fn new(form: &Form, placing: &Placing, masks: &mut Masks) -> Self {
        let scale = placing.scale;
        let at = |p: Point| (placing.left + p.0 * scale, placing.top + p.1 * scale);
        match form {
            Form::Rect(a, b) => block(at(*a), at(*b)),
            Form::Stroke(points, width) => {
                let points: Vec<Point> = points.iter().map(|p| at(*p)).collect();
                level(&points, width * scale)
                    .unwrap_or_else(|| Self::polygons(outline::stroke(&points, (width * scale).max(1.0))))
            }
            Form::Area(points) => Self::polygons(vec![points.iter().map(|p| at(*p)).collect()]),
            Form::Disc(centre, radius) => Self::polygons(vec![outline::circle(at(*centre), radius * scale)]),
            Form::Text(text) => Self::Glyphs(glyphs(text, at(text.at), scale, masks)),
        }
    }

    fn polygons(polygons: Vec<Vec<Point>>) -> Self {
        let rows = || polygons.iter().flatten().map(|p| p.1);
        let span = (rows().fold(f64::INFINITY, f64::min), rows().fold(f64::NEG_INFINITY, f64::max));
        Self::Polygons(polygons, span)
    }
}

/// A rectangle on whole pixels; one too thin for that covers its part of them.
fn block(a: Point, b: Point) -> Paint {
    let whole = [a.0, a.1, b.0, b.1].map(|edge| edge.round() as i64);
    if (whole[0] < whole[2] || a.0 >= b.0) && (whole[1] < whole[3] || a.1 >= b.1) {
        return Paint::Block(whole);
    }
    Paint::polygons(vec![vec![a, (b.0, a.1), b, (a.0, b.1)]])
}

/// A level or upright stroke as a block of whole pixels, one thick at least.
fn level(points: &[Point], width: f64) -> Option<Paint> {
    let [a, b] = points else { return None };
    let thick = width.round().max(1.0);
    let side = |middle: f64| (middle - thick / 2.0).round();
    let (left, right, top, bottom) = (a.0.min(b.0), a.0.max(b.0), a.1.min(b.1), a.1.max(b.1));
    if top == bottom {
        Some(block((left, side(top)), (right, side(top) + thick)))
    } else if left == right {
        Some(block((side(left), top), (side(left) + thick, bottom)))
    } else {
        None
    }
}

/// The masks of a line of text; its baseline lies on a whole pixel.
fn glyphs(text: &Text, (x, baseline): Point, scale: f64, masks: &mut Masks) -> Vec<(Rc<Mask>, i64, i64)> {
    let size = text.size * scale;
    let line = Line::set(&text.content, text.weight);
    let start = match text.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - line.width * size / 2.0,
        Anchor::End => x - line.width * size,
    };
    let mut placed = Vec::new();
    for (word_start, word) in &line.words {
        for glyph in &word.glyphs {
            let (mask, column) =
                masks.at(glyph.face, glyph.id, size, start + (word_start + glyph.at.0) * size);
            let row = (baseline.round() - glyph.at.1 * size).round();
            if mask.width > 0 {
                placed.push((mask.clone(), i64::from(column + mask.left), row as i64 + i64::from(mask.top)));
            }
        }
    }
    placed
}

/// The strip at work.
struct Canvas {
    width: usize,
    /// Row of the whole that is this strip's first.
    top: usize,
    pixels: Vec<u8>,
    palette: Palette,
    cover: Cover,
}

impl Canvas {
    fn lay(&mut self, paint: &Paint, ink: u8) {
        let (top, bottom) = (self.top as i64, (self.top + STRIP) as i64);
        match paint {
            Paint::Block([left, from, right, to]) => {
                let columns = left.clamp(&0, &(self.width as i64)).to_owned() as usize
                    ..(*right).clamp(0, self.width as i64) as usize;
                for row in (*from).max(top)..(*to).min(bottom) {
                    let start = (row - top) as usize * (self.width + 1) + 1;
                    if columns.start < columns.end {
                        self.pixels[start + columns.start..start + columns.end].fill(ink);
                    }
                }
            }
            Paint::Polygons(polygons, (from, to)) if *from < bottom as f64 && *to > top as f64 => {
                for polygon in polygons {
                    let shifted: Vec<Point> = polygon.iter().map(|p| (p.0, p.1 - top as f64)).collect();
                    self.cover.polygon(&shifted);
                }
                self.ink(ink);
            }
            Paint::Polygons(..) => {}
            Paint::Glyphs(glyphs) => {
                glyphs.iter().for_each(|(mask, x, y)| self.stamp(mask, *x, *y - top, ink))
            }
        }
    }

    /// Inks what the cover has collected.
    fn ink(&mut self, ink: u8) {
        let (pixels, palette, row_length) = (&mut self.pixels, &mut self.palette, self.width + 1);
        self.cover.take(|row, from, to, level| {
            let start = row * row_length + 1;
            let stretch = &mut pixels[start + from..start + to];
            if level == LEVELS {
                stretch.fill(ink);
            } else {
                stretch.iter_mut().for_each(|pixel| *pixel = palette.blend(ink, level, *pixel));
            }
        });
    }

    /// Inks a mask, its first level at a column and row of this strip.
    fn stamp(&mut self, mask: &Mask, x: i64, y: i64, ink: u8) {
        for (row, levels) in (y..).zip(mask.levels.chunks_exact(mask.width)) {
            if !(0..STRIP as i64).contains(&row) {
                continue;
            }
            let start = row as usize * (self.width + 1) + 1;
            for (column, level) in (x..).zip(levels).filter(|(_, level)| **level > 0) {
                if (0..self.width as i64).contains(&column) {
                    let pixel = &mut self.pixels[start + column as usize];
                    *pixel = self.palette.blend(ink, *level, *pixel);
                }
            }
        }
    }
}
