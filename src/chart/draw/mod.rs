//! Pictures on paper: the one file that knows plotters.
//!
//! Plotters draws on whole pixels. So an SVG is drawn on a canvas [`theme::SVG_SCALE`] times the size and scaled back by
//! its view box, and the shapes of a PNG are drawn twice too large and averaged down. The text of a PNG
//! is set by this crate's own `font`, because plotters drops the space before each glyph.

use plotters::prelude::{
    BitMapBackend, DrawingBackend, FontStyle, IntoFont, RGBColor, SVGBackend, ShapeStyle, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::chart::error::ChartError;
use crate::chart::font::{Weight, rasterise};
use crate::chart::mark::{Anchor, Mark, Picture, Point};
use crate::chart::theme::{self, Colour};
use crate::chart::wrap::printable;

mod look;

pub use look::Look;

/// How many times larger than its PNG the shapes are drawn, per side.
const OVERSAMPLE: usize = 2;
/// Rows of a PNG that are drawn at once, so that memory does not grow with the large canvas.
const STRIP: usize = 1024;
/// Font size of plotters' SVG per font size (em).
const SVG_EM: f64 = 1.24;
/// How far below its place plotters' SVG puts the baseline of text anchored at its top, in em.
const SVG_DROP: f64 = 0.76;

/// The picture as a PNG file: 8-bit RGB, [`theme::PNG_SCALE`] pixels per canvas unit, marked as 192 dots per inch.
/// The same picture gives the same bytes.
///
/// # Errors
///
/// [`ChartError::TooMany`] if the canvas is too large, [`ChartError::Backend`] if drawing or encoding fails.
pub fn png(picture: &Picture, _look: &Look) -> Result<Vec<u8>, ChartError> {
    let (width, height) = pixels(picture, 2)?;
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    for top in (0..height).step_by(STRIP) {
        pixels.extend(strip(picture, width, top, (height - top).min(STRIP as u32))?);
    }
    for mark in &picture.marks {
        set_text(&mut pixels, width as usize, mark);
    }
    encoded(&pixels, width, height)
}

/// The rows from `top` of the PNG's shapes, drawn large and averaged down.
fn strip(picture: &Picture, width: u32, top: u32, height: u32) -> Result<Vec<u8>, ChartError> {
    let (large_width, large_height) = (width * OVERSAMPLE as u32, height * OVERSAMPLE as u32);
    let mut large = vec![255; large_width as usize * large_height as usize * 3];
    let mut backend = BitMapBackend::with_buffer(&mut large, (large_width, large_height));
    let scale = (2 * OVERSAMPLE) as f64;
    shapes(&mut backend, picture, scale, (top * OVERSAMPLE as u32, large_height))?;
    backend.present().map_err(backend_error)?;
    drop(backend);
    Ok(averaged(&large, large_width as usize))
}

/// The picture as an SVG document of the picture's size, with its title for screen readers. The same picture gives
/// the same text.
///
/// # Errors
///
/// [`ChartError::TooMany`] if the canvas is too large, [`ChartError::Backend`] if drawing fails.
pub fn svg(picture: &Picture, _look: &Look) -> Result<String, ChartError> {
    let (width, height) = pixels(picture, theme::SVG_SCALE)?;
    let mut text = String::new();
    let mut backend = SVGBackend::with_string(&mut text, (width, height));
    shapes(&mut backend, picture, theme::SVG_SCALE as f64, (0, height))?;
    for mark in &picture.marks {
        write_text(&mut backend, mark)?;
    }
    backend.present().map_err(backend_error)?;
    drop(backend);
    let body = text.split_once('\n').map_or("", |(_, body)| body).replace("\n</text>", "</text>");
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\">\n<title>{}</title>\n{body}",
        picture.width.round(),
        picture.height.round(),
        escaped(&printable(&picture.title)),
    ))
}

/// The picture as a PDF document of one page.
///
/// # Errors
///
/// [`ChartError::TooMany`] if the canvas is too large, [`ChartError::Size`] if the look asks for what can't be drawn.
pub fn pdf(picture: &Picture, look: &Look) -> Result<Vec<u8>, ChartError> {
    look.place(picture, 1.0)?;
    Err(ChartError::Backend("PDF is not written yet".into()))
}

/// The canvas in pixels at a scale.
fn pixels(picture: &Picture, scale: usize) -> Result<(u32, u32), ChartError> {
    let fits = |length: f64| (1.0..=theme::MAX_HEIGHT).contains(&length);
    if !fits(picture.width) || !fits(picture.height) {
        return Err(ChartError::TooMany("the canvas"));
    }
    let side = |length: f64| length.round() as u32 * scale as u32;
    Ok((side(picture.width), side(picture.height)))
}

/// Draws every mark but text, with all lengths times `scale`, onto a canvas that starts `top` rows down and has
/// `rows` rows.
fn shapes<B: DrawingBackend>(
    backend: &mut B,
    picture: &Picture,
    scale: f64,
    (top, rows): (u32, u32),
) -> Result<(), ChartError> {
    let at = |(x, y): Point| ((x * scale).round() as i32, (y * scale).round() as i32 - top as i32);
    let stroke = |width: f64| (width * scale).round().max(1.0) as u32;
    let span = (f64::from(top) / scale - 4.0, f64::from(top + rows) / scale + 4.0);
    let within = |mark: &&Mark| drawable(mark) && mark.bounds().3 >= span.0 && mark.bounds().1 <= span.1;
    for mark in picture.marks.iter().filter(within) {
        let drawn = match mark {
            Mark::Rect { x, y, width, height, fill } => {
                backend.draw_rect(at((*x, *y)), at((x + width, y + height)), &ink(*fill), true)
            }
            Mark::Line { from, to, width, colour } => match upright(*from, *to, *width) {
                Some((a, b)) => backend.draw_rect(at(a), at(b), &ink(*colour), true),
                None => backend.draw_line(at(*from), at(*to), &ink(*colour).stroke_width(stroke(*width))),
            },
            Mark::Polyline { points, width, colour } => {
                let style = ink(*colour).stroke_width(stroke(*width));
                backend.draw_path(points.iter().map(|p| at(*p)).collect::<Vec<_>>(), &style)
            }
            Mark::Polygon { points, fill } => {
                backend.fill_polygon(points.iter().map(|p| at(*p)).collect::<Vec<_>>(), &ink(*fill))
            }
            Mark::Circle { centre, radius, fill } => {
                backend.draw_circle(at(*centre), stroke(*radius), &ink(*fill), true)
            }
            Mark::Text { .. } => Ok(()),
        };
        drawn.map_err(backend_error)?;
    }
    Ok(())
}

/// The corners of a level or vertical stroke as a rectangle, which both backends draw to the exact width.
fn upright(from: Point, to: Point, width: f64) -> Option<(Point, Point)> {
    let r = width / 2.0;
    if from.1 == to.1 {
        Some(((from.0.min(to.0), from.1 - r), (from.0.max(to.0), from.1 + r)))
    } else if from.0 == to.0 {
        Some(((from.0 - r, from.1.min(to.1)), (from.0 + r, from.1.max(to.1))))
    } else {
        None
    }
}

/// Whether all of a mark is finite and near enough to the canvas for plotters' whole numbers.
fn drawable(mark: &Mark) -> bool {
    let (left, top, right, bottom) = mark.bounds();
    [left, top, right, bottom].iter().all(|v| v.abs() <= 4.0 * theme::MAX_HEIGHT)
        && !matches!(mark, Mark::Polyline { points, .. } if points.windows(2).all(|pair| pair[0] == pair[1]))
        && !matches!(mark, Mark::Polygon { points, .. } if points.len() < 3)
}

fn ink(colour: Colour) -> ShapeStyle {
    ShapeStyle::from(&RGBColor(colour.0, colour.1, colour.2)).filled()
}

fn backend_error(error: impl std::fmt::Display) -> ChartError {
    ChartError::Backend(error.to_string())
}

/// Writes a line of text into the SVG.
fn write_text(backend: &mut SVGBackend, mark: &Mark) -> Result<(), ChartError> {
    let Mark::Text { x, baseline, anchor, size, weight, colour, content } = mark else { return Ok(()) };
    if !drawable(mark) || content.is_empty() {
        return Ok(());
    }
    let scale = theme::SVG_SCALE as f64;
    let anchor = match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let face = match weight {
        Weight::Regular => FontStyle::Normal,
        Weight::Bold => FontStyle::Bold,
    };
    let font = (theme::FONT_FAMILY, size * scale * SVG_EM).into_font().style(face);
    let colour = RGBColor(colour.0, colour.1, colour.2);
    let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor, VPos::Top));
    let place = ((x * scale).round() as i32, ((baseline - SVG_DROP * size) * scale).round() as i32);
    backend.draw_text(&printable(content), &style, place).map_err(backend_error)
}

/// Blends a line of text into RGB pixels.
fn set_text(pixels: &mut [u8], row_length: usize, mark: &Mark) {
    let Mark::Text { baseline, size, weight, colour, content, .. } = mark else { return };
    if !drawable(mark) {
        return;
    }
    let scale = theme::PNG_SCALE;
    let start = (mark.bounds().0 * scale, (baseline * scale).round());
    rasterise(&printable(content), size * scale, *weight, start, |column, row, coverage| {
        let inside = (0..row_length as i64).contains(&column) && row >= 0;
        let first = if inside { (row as usize * row_length + column as usize) * 3 } else { usize::MAX - 3 };
        if let Some(pixel) = pixels.get_mut(first..first + 3) {
            for (channel, ink) in pixel.iter_mut().zip([colour.0, colour.1, colour.2]) {
                let old = f64::from(*channel);
                *channel = (old + (f64::from(ink) - old) * coverage.clamp(0.0, 1.0)).round() as u8;
            }
        }
    });
}

/// `text` as XML character data.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// RGB pixels averaged over squares of [`OVERSAMPLE`] a side.
fn averaged(large: &[u8], large_row: usize) -> Vec<u8> {
    let area = (OVERSAMPLE * OVERSAMPLE) as u16;
    let mut small = Vec::with_capacity(large.len() / (OVERSAMPLE * OVERSAMPLE));
    for band in large.chunks_exact(large_row * 3 * OVERSAMPLE) {
        let mut sums = vec![0u16; large_row / OVERSAMPLE * 3];
        for row in band.chunks_exact(large_row * 3) {
            for (sum, square) in sums.chunks_exact_mut(3).zip(row.chunks_exact(3 * OVERSAMPLE)) {
                square.chunks_exact(3).for_each(|pixel| (0..3).for_each(|c| sum[c] += u16::from(pixel[c])));
            }
        }
        small.extend(sums.into_iter().map(|sum| ((sum + area / 2) / area) as u8));
    }
    small
}

/// RGB pixels as a PNG file.
fn encoded(pixels: &[u8], width: u32, height: u32) -> Result<Vec<u8>, ChartError> {
    let dots_per_metre = (96.0 * theme::PNG_SCALE / 0.0254).round() as u32;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(4));
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: dots_per_metre,
        yppu: dots_per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header().map_err(backend_error)?;
    writer.write_image_data(pixels).map_err(backend_error)?;
    writer.finish().map_err(backend_error)?;
    Ok(bytes)
}
