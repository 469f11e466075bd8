//! A picture as plotters draws it: one list of shapes, from which every format is made.
//!
//! Plotters knows whole units only, so they are fine: [`UNITS`] per canvas unit.

use std::convert::Infallible;

use plotters::prelude::{DrawingBackend, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
    FontStyle as BackendFontStyle,
};

use crate::chart::error::ChartError;
use crate::chart::mark::{Anchor, Mark, Picture, Point};
use crate::chart::theme::{self, Colour};
use crate::chart::weight::Weight;

/// Units of a record per canvas unit.
const UNITS: f64 = 100.0;

/// A shape or a line of text in one colour, in canvas units.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn {
    pub form: Form,
    pub colour: Colour,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// An upright rectangle: two corners, the first up and left of the second.
    Rect(Point, Point),
    /// A stroke of a width along points.
    Stroke(Vec<Point>, f64),
    /// A filled polygon.
    Area(Vec<Point>),
    /// A filled circle: centre and radius.
    Disc(Point, f64),
    /// A line of text.
    Text(Text),
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    /// Where the anchor stands on the baseline.
    pub at: Point,
    pub anchor: Anchor,
    /// Font size (em).
    pub size: f64,
    pub weight: Weight,
    pub content: String,
}

/// Everything that a picture draws, shapes first, text above them. Marks that are no numbers are left out.
///
/// # Errors
///
/// [`ChartError::Backend`] if plotters refuses.
pub(super) fn record(picture: &Picture) -> Result<Vec<Drawn>, ChartError> {
    let size = [picture.width, picture.height].map(|side| (side * UNITS).ceil() as u32);
    let mut recorder = Recorder { size: (size[0], size[1]), drawn: Vec::with_capacity(picture.marks.len()) };
    let is_text = |mark: &&Mark| matches!(mark, Mark::Text { .. });
    let marks = picture.marks.iter().filter(|mark| drawable(mark));
    for mark in marks.clone().filter(|mark| !is_text(mark)).chain(marks.filter(is_text)) {
        draw(&mut recorder, mark).map_err(|error| ChartError::Backend(error.to_string()))?;
    }
    Ok(recorder.drawn)
}

/// Draws a mark on any backend of plotters whose unit is fine.
fn draw<B: DrawingBackend>(backend: &mut B, mark: &Mark) -> Result<(), DrawingErrorKind<B::ErrorType>> {
    let at = |(x, y): Point| ((x * UNITS).round() as i32, (y * UNITS).round() as i32);
    let length = |length: f64| (length * UNITS).round().max(1.0) as u32;
    match mark {
        Mark::Rect { x, y, width, height, fill } => {
            backend.draw_rect(at((*x, *y)), at((x + width, y + height)), &ink(*fill), true)
        }
        Mark::Line { from, to, width, colour } => {
            backend.draw_line(at(*from), at(*to), &ink(*colour).stroke_width(length(*width)))
        }
        Mark::Polyline { points, width, colour } => {
            backend.draw_path(points.iter().map(|p| at(*p)), &ink(*colour).stroke_width(length(*width)))
        }
        Mark::Polygon { points, fill } => backend.fill_polygon(points.iter().map(|p| at(*p)), &ink(*fill)),
        Mark::Circle { centre, radius, fill } => {
            backend.draw_circle(at(*centre), length(*radius), &ink(*fill), true)
        }
        Mark::Text { x, baseline, anchor, size, weight, colour, content } => {
            let place = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let face = match weight {
                Weight::Regular => FontStyle::Normal,
                Weight::Bold => FontStyle::Bold,
            };
            let font = (theme::FONT_FAMILY, size * UNITS).into_font().style(face);
            let colour = RGBColor(colour.0, colour.1, colour.2);
            let style = TextStyle::from(font).color(&colour).pos(Pos::new(place, VPos::Bottom));
            backend.draw_text(content, &style, at((*x, *baseline)))
        }
    }
}

fn ink(colour: Colour) -> ShapeStyle {
    ShapeStyle::from(&RGBColor(colour.0, colour.1, colour.2)).filled()
}

/// Whether a mark is there to be seen: all of it finite, and near enough to the canvas for plotters' whole numbers.
fn drawable(mark: &Mark) -> bool {
    let (left, top, right, bottom) = mark.bounds();
    let shown = match mark {
        Mark::Polyline { points, .. } => points.windows(2).any(|pair| pair[0] != pair[1]),
        Mark::Polygon { points, .. } => points.len() >= 3,
        Mark::Text { content, .. } => !content.is_empty(),
        _ => true,
    };
    shown && [left, top, right, bottom].iter().all(|v| v.abs() <= 4.0 * theme::MAX_HEIGHT)
}

/// A backend that keeps what it is told. Text stands on its place as on a baseline.
struct Recorder {
    size: (u32, u32),
    drawn: Vec<Drawn>,
}

impl Recorder {
    fn keep(&mut self, form: Form, colour: BackendColor) -> Result<(), DrawingErrorKind<Infallible>> {
        let (red, green, blue) = colour.rgb;
        self.drawn.push(Drawn { form, colour: Colour(red, green, blue) });
        Ok(())
    }
}

/// A place in canvas units.
fn place(at: BackendCoord) -> Point {
    (f64::from(at.0) / UNITS, f64::from(at.1) / UNITS)
}

fn units(length: u32) -> f64 {
    f64::from(length) / UNITS
}

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_pixel(
        &mut self,
        at: BackendCoord,
        colour: BackendColor,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.keep(Form::Rect(place(at), place((at.0 + 1, at.1 + 1))), colour)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.keep(Form::Stroke(vec![place(from), place(to)], units(style.stroke_width())), style.color())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let (a, b) = (place(from), place(to));
        let form = match fill {
            true => Form::Rect(a, b),
            false => Form::Stroke(vec![a, (b.0, a.1), b, (a.0, b.1), a], units(style.stroke_width())),
        };
        self.keep(form, style.color())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.keep(
            Form::Stroke(path.into_iter().map(place).collect(), units(style.stroke_width())),
            style.color(),
        )
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        _: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.keep(Form::Disc(place(centre), units(radius)), style.color())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.keep(Form::Area(corners.into_iter().map(place).collect()), style.color())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let text = Text {
            at: place(at),
            anchor: match style.anchor().h_pos {
                HPos::Left => Anchor::Start,
                HPos::Center => Anchor::Middle,
                HPos::Right => Anchor::End,
            },
            size: style.size() / UNITS,
            weight: match style.style() {
                BackendFontStyle::Bold => Weight::Bold,
                _ => Weight::Regular,
            },
            content: text.into(),
        };
        self.keep(Form::Text(text), style.color())
    }
}
