//! PDF documents of one page (ISO 32000): lines stay lines, text stays text, in subsets of its faces.

mod fonts;
mod packed;

use pdf_writer::types::LineJoinStyle;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};

use super::look::Placing;
use super::record::{Drawn, Form, Text};
use crate::chart::error::ChartError;
use crate::chart::line::{Glyph, Line};
use crate::chart::mark::{Anchor, Picture, Point};
use crate::chart::printable::printable;
use crate::chart::theme::{Colour, PAPER, Theme};
use fonts::Fonts;
use packed::packed;

/// Points (1/72 inch) of a pixel (1/96 inch).
const POINTS: f64 = 0.75;
/// Where a quarter of a circle's control points stand, in radii from its ends.
const QUARTER: f64 = 0.552_284_75;

/// The document of a drawing.
pub(super) fn document(
    drawn: &[Drawn],
    picture: &Picture,
    placing: &Placing,
    theme: Theme,
) -> Result<Vec<u8>, ChartError> {
    let mut fonts = Fonts::default();
    let content = packed(&content(drawn, placing, theme, &mut fonts));
    let [catalog, pages, page, stream, info] = [1, 2, 3, 4, 5].map(Ref::new);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages).viewer_preferences().display_doc_title(true);
    pdf.pages(pages).kids([page]).count(1);
    let title = printable(&picture.title);
    pdf.document_info(info).title(TextStr(&title)).subject(TextStr(&printable(&picture.description)));
    let side = |pixels: u32| (f64::from(pixels) * POINTS) as f32;
    let mut sheet = pdf.page(page);
    sheet.parent(pages).contents(stream);
    sheet.media_box(Rect::new(0.0, 0.0, side(placing.width), side(placing.height)));
    fonts.name_in(sheet.resources().fonts(), info.get() + 1);
    sheet.finish();
    pdf.stream(stream, &content).filter(Filter::FlateDecode);
    fonts.embed(&mut pdf, info.get() + 1)?;
    Ok(pdf.finish())
}

/// What the page shows, in canvas units, y down.
fn content(drawn: &[Drawn], placing: &Placing, theme: Theme, fonts: &mut Fonts) -> Vec<u8> {
    let mut content = Content::new();
    let (width, height) = (f64::from(placing.width) * POINTS, f64::from(placing.height) * POINTS);
    ink(&mut content, theme.ink(PAPER));
    content.rect(0.0, 0.0, width as f32, height as f32).fill_nonzero();
    let scale = placing.scale * POINTS;
    let (left, top) = (placing.left * POINTS, height - placing.top * POINTS);
    content.transform([scale, 0.0, 0.0, -scale, left, top].map(|v| v as f32));
    content.set_line_join(LineJoinStyle::MiterJoin).set_miter_limit(3.0);
    for one in drawn {
        ink(&mut content, theme.ink(one.colour));
        form(&mut content, &one.form, fonts);
    }
    content.finish().to_vec()
}

fn ink(content: &mut Content, Colour(r, g, b): Colour) {
    let [r, g, b] = [r, g, b].map(|channel| f32::from(channel) / 255.0);
    content.set_fill_rgb(r, g, b).set_stroke_rgb(r, g, b);
}

fn form(content: &mut Content, form: &Form, fonts: &mut Fonts) {
    match form {
        Form::Rect(a, b) => {
            let [x, y, width, height] = [a.0, a.1, b.0 - a.0, b.1 - a.1].map(|v| v as f32);
            content.rect(x, y, width, height).fill_nonzero();
        }
        Form::Stroke(points, width) => {
            content.set_line_width(*width as f32);
            path(content, points);
            content.stroke();
        }
        Form::Area(points) => {
            path(content, points);
            content.close_path().fill_nonzero();
        }
        Form::Disc(centre, radius) => disc(content, *centre, *radius),
        Form::Text(text) => line(content, text, fonts),
    }
}

fn path(content: &mut Content, points: &[Point]) {
    for (k, point) in points.iter().enumerate() {
        let (x, y) = (point.0 as f32, point.1 as f32);
        if k == 0 {
            content.move_to(x, y)
        } else {
            content.line_to(x, y)
        };
    }
}

fn disc(content: &mut Content, (x, y): Point, radius: f64) {
    let at = |dx: f64, dy: f64| ((x + dx * radius) as f32, (y + dy * radius) as f32);
    let start = at(1.0, 0.0);
    content.move_to(start.0, start.1);
    let turns = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)];
    for pair in turns.windows(2) {
        let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
        let (p, q) = (at(ax + QUARTER * bx, ay + QUARTER * by), at(bx + QUARTER * ax, by + QUARTER * ay));
        let end = at(bx, by);
        content.cubic_to(p.0, p.1, q.0, q.1, end.0, end.1);
    }
    content.close_path().fill_nonzero();
}

/// A line of text. Where its letters are not in the order of reading, it says what it reads as.
fn line(content: &mut Content, text: &Text, fonts: &mut Fonts) {
    let set = Line::set(&text.content, text.weight);
    let start = match text.anchor {
        Anchor::Start => text.at.0,
        Anchor::Middle => text.at.0 - set.width * text.size / 2.0,
        Anchor::End => text.at.0 - set.width * text.size,
    };
    let plain = text.content.is_ascii();
    if !plain {
        let words = printable(&text.content);
        content.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(&words));
    }
    content.begin_text();
    for (from, word) in &set.words {
        for alike in word.glyphs.chunk_by(|a, b| a.face.key == b.face.key && a.at.1 == b.at.1) {
            let at = (start + (from + alike[0].at.0) * text.size, text.at.1 - alike[0].at.1 * text.size);
            show(content, alike, at, text.size, fonts);
        }
    }
    content.end_text();
    if !plain {
        content.end_marked_content();
    }
}

/// Glyphs of one face on one baseline, each in its place.
fn show(content: &mut Content, glyphs: &[Glyph], (x, y): Point, size: f64, fonts: &mut Fonts) {
    let face = glyphs[0].face;
    content.set_font(Name(Fonts::name(face).as_bytes()), size as f32);
    content.set_text_matrix([1.0, 0.0, 0.0, -1.0, x as f32, y as f32]);
    let mut shown = content.show_positioned();
    let mut items = shown.items();
    let mut pen = glyphs[0].at.0;
    for glyph in glyphs {
        let gap = (glyph.at.0 - pen) * 1000.0;
        if gap.abs() > 0.25 {
            items.adjust(-gap as f32);
        }
        items.show(pdf_writer::Str(&fonts.number(glyph).to_be_bytes()));
        pen = glyph.at.0 + face.advance(glyph.id);
    }
}
