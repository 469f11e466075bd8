//! SVG documents: marks of one look in a row share a group, lengths have two decimals.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::look::Placing;
use super::record::{Drawn, Form, Text};
use crate::chart::line::Line;
use crate::chart::mark::{Anchor, Picture, Point};
use crate::chart::printable::printable;
use crate::chart::theme::{self, Colour, Theme};
use crate::chart::weight::Weight;

/// The document of a drawing.
pub(super) fn document(drawn: &[Drawn], picture: &Picture, placing: &Placing, theme: Theme) -> String {
    let units = |pixels: f64| number(pixels / placing.scale);
    let (width, height) = (f64::from(placing.width), f64::from(placing.height));
    let (left, top) = (-placing.left, -placing.top);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"{} {} {} {}\" role=\"img\" font-family=\"{}\" \
         style=\"font-variant-numeric:tabular-nums\" xml:space=\"preserve\">\n<title>{}</title>\n",
        units(left),
        units(top),
        units(width),
        units(height),
        theme::FONT_FAMILY,
        escaped(&printable(&picture.title)),
    );
    if !picture.description.is_empty() {
        let _ = writeln!(svg, "<desc>{}</desc>", escaped(&printable(&picture.description)));
    }
    if theme == Theme::Light {
        svg += &style(drawn);
    }
    let corner = |x: f64, y: f64| (x / placing.scale, y / placing.scale);
    let paper = Form::Rect(corner(left, top), corner(left + width, top + height));
    let ground = Drawn { form: paper, colour: theme::PAPER };
    let ground = (left != 0.0 || top != 0.0).then_some(&ground);
    let all: Vec<&Drawn> = ground.into_iter().chain(drawn).collect();
    for alike in all.chunk_by(|a, b| group(a, theme) == group(b, theme)) {
        let _ = writeln!(svg, "<g {}>", group(alike[0], theme));
        alike.iter().for_each(|one| element(&mut svg, &one.form));
        svg += "</g>\n";
    }
    svg + "</svg>\n"
}

/// The dark theme's colours, for viewers who ask for dark pages.
fn style(drawn: &[Drawn]) -> String {
    let inks: BTreeMap<String, (&str, Colour)> =
        drawn.iter().map(|one| (class(one), (paint(&one.form), one.colour))).collect();
    let rules = inks
        .into_iter()
        .map(|(class, (paint, colour))| format!(".{class}{{{paint}:{}}}", hex(Theme::Dark.ink(colour))));
    format!("<style>@media (prefers-color-scheme:dark){{{}}}</style>\n", rules.collect::<String>())
}

/// What a group of like marks says of them all.
fn group(one: &Drawn, theme: Theme) -> String {
    let ink = hex(theme.ink(one.colour));
    let look = match &one.form {
        Form::Stroke(points, width) => {
            let level = matches!(points[..], [a, b] if a.0 == b.0 || a.1 == b.1);
            let crisp = if level { " shape-rendering=\"crispEdges\"" } else { "" };
            format!("fill=\"none\" stroke=\"{ink}\" stroke-width=\"{}\"{crisp}", number(*width))
        }
        Form::Text(Text { size, weight, .. }) => {
            let weight = match weight {
                Weight::Regular => "",
                Weight::Bold => " font-weight=\"600\"",
            };
            format!("fill=\"{ink}\" font-size=\"{}\"{weight}", number(*size))
        }
        // Seams of smoothed edges would show between cells that touch.
        Form::Rect(..) => format!("fill=\"{ink}\" shape-rendering=\"crispEdges\""),
        _ => format!("fill=\"{ink}\""),
    };
    if theme == Theme::Light { format!("class=\"{}\" {look}", class(one)) } else { look }
}

/// A class for each colour of fills, another for strokes: the same in every document, so that many stand in one page.
fn class(one: &Drawn) -> String {
    format!("{}{}", &paint(&one.form)[..1], &hex(one.colour)[1..])
}

fn paint(form: &Form) -> &'static str {
    if matches!(form, Form::Stroke(..)) { "stroke" } else { "fill" }
}

fn element(svg: &mut String, form: &Form) {
    let _ = match form {
        Form::Rect(a, b) => {
            let (width, height) = (number(b.0 - a.0), number(b.1 - a.1));
            let (x, y) = (number(a.0), number(a.1));
            writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>")
        }
        Form::Stroke(points, _) => writeln!(svg, "<path d=\"{}\"/>", path(points)),
        Form::Area(points) => writeln!(svg, "<path d=\"{}z\"/>", path(points)),
        Form::Disc((x, y), r) => {
            writeln!(svg, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>", number(*x), number(*y), number(*r))
        }
        Form::Text(text) => writeln!(svg, "{}", line(text)),
    };
}

/// A line of text, as long as it was laid out whatever face it is shown in.
fn line(text: &Text) -> String {
    let set = Line::set(&text.content, text.weight);
    // With the direction, `start` changes sides: it is where reading starts.
    let anchor = match (text.anchor, set.right_to_left) {
        (Anchor::Start, false) | (Anchor::End, true) => "",
        (Anchor::Middle, _) => " text-anchor=\"middle\"",
        (Anchor::End, false) | (Anchor::Start, true) => " text-anchor=\"end\"",
    };
    let direction = if set.right_to_left { " direction=\"rtl\"" } else { "" };
    let length = number(set.width * text.size);
    let (x, y) = (number(text.at.0), number(text.at.1));
    let content = escaped(&printable(&text.content));
    format!(
        "<text x=\"{x}\" y=\"{y}\"{anchor}{direction} textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\">{content}</text>"
    )
}

/// Path data: the first point, then steps from point to point.
fn path(points: &[Point]) -> String {
    let hundredths = |v: f64| (v * 100.0).round() as i64;
    let places: Vec<(i64, i64)> = points.iter().map(|p| (hundredths(p.0), hundredths(p.1))).collect();
    let mut data = String::new();
    let mut last = (0, 0);
    for (k, place) in places.iter().enumerate() {
        let step = (place.0 - last.0, place.1 - last.1);
        last = *place;
        match (k, step) {
            (0, (x, y)) => data += &format!("M{} {}", decimal(x), decimal(y)),
            (_, (0, 0)) => {}
            (_, (x, 0)) => data += &format!("h{}", decimal(x)),
            (_, (0, y)) => data += &format!("v{}", decimal(y)),
            (_, (x, y)) => data += &format!("l{} {}", decimal(x), decimal(y)),
        }
    }
    data
}

/// A length with at most two decimals.
fn number(length: f64) -> String {
    decimal((length * 100.0).round() as i64)
}

/// Hundredths as a decimal number, as short as it goes.
fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match (rest % 10, rest) {
        (_, 0) => format!("{sign}{whole}"),
        (0, _) => format!("{sign}{whole}.{}", rest / 10),
        _ => format!("{sign}{whole}.{rest:02}"),
    }
}

fn hex(Colour(r, g, b): Colour) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// `text` as XML character data.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
