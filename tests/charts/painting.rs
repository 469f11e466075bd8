//! What is painted: exact coverage, whole pixels, palettes, frames and themes.

use super::formats::{Image, decoded};
use super::{answer, everything};
use foretell::chart::draw::Look;
use foretell::chart::theme::{Colour, Theme};
use foretell::chart::*;

fn picture(width: f64, height: f64, marks: Vec<Mark>) -> Picture {
    Picture { width, height, title: "t".into(), description: String::new(), marks }
}

fn painted(picture: &Picture) -> Image {
    decoded(&draw::png(picture, &Look { scale: 1.0, ..Look::default() }).unwrap())
}

/// How much of the pixel at a column and row a polygon covers: cut off at the pixel's four sides one after the other
/// (Sutherland and Hodgman 1974), then measured.
fn covered(polygon: &[(f64, f64)], column: usize, row: usize) -> f64 {
    let (x, y) = (column as f64, row as f64);
    let sides: [&dyn Fn((f64, f64)) -> f64; 4] =
        [&|p| p.0 - x, &|p| x + 1.0 - p.0, &|p| p.1 - y, &|p| y + 1.0 - p.1];
    let mut rest = polygon.to_vec();
    for inside in sides {
        let mut kept = Vec::new();
        for (k, a) in rest.iter().enumerate() {
            let b = rest[(k + 1) % rest.len()];
            let (from, to) = (inside(*a), inside(b));
            if from >= 0.0 {
                kept.push(*a);
            }
            if (from >= 0.0) != (to >= 0.0) {
                let t = from / (from - to);
                kept.push((a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
            }
        }
        rest = kept;
    }
    let next = rest.iter().cycle().skip(1);
    (rest.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0).abs()
}

/// The greatest difference between what pixels show and what a polygon covers of them, in levels of sixteenths.
fn worst(image: &Image, polygon: &[(f64, f64)]) -> f64 {
    let shown = |x: usize, y: usize| (255.0 - f64::from(image.at(x, y).0)) / 255.0;
    let all = (0..image.height).flat_map(|y| (0..image.width).map(move |x| (x, y)));
    all.map(|(x, y)| 16.0 * (shown(x, y) - covered(polygon, x, y)).abs()).fold(0.0, f64::max)
}

#[test]
fn a_pixel_is_as_dark_as_a_slanted_polygon_covers_it() {
    let black = Colour(0, 0, 0);
    for points in [
        vec![(3.25, 2.5), (36.75, 9.0), (20.5, 27.75)],
        vec![(1.0, 1.0), (1.5, 29.0), (2.25, 29.5), (39.0, 15.25)],
        vec![(-8.0, 14.0), (20.0, -5.5), (55.0, 16.0), (20.0, 40.0)],
    ] {
        let image =
            painted(&picture(40.0, 30.0, vec![Mark::Polygon { points: points.clone(), fill: black }]));
        assert!(worst(&image, &points) <= 0.7, "{points:?}: {}", worst(&image, &points));
        let shifted: Vec<_> = points.iter().map(|p| (p.0 + 0.25, p.1)).collect();
        assert!(worst(&image, &shifted) > 1.0, "the check can fail");
    }
}

#[test]
fn strips_meet_without_a_seam() {
    let points = vec![(5.0, 3.0), (90.0, 190.0), (12.0, 150.5)];
    let image = painted(&picture(
        100.0,
        200.0,
        vec![Mark::Polygon { points: points.clone(), fill: Colour(0, 0, 0) }],
    ));
    assert!(worst(&image, &points) <= 0.7);
}

#[test]
fn a_slanted_stroke_has_its_area() {
    let line = Mark::Line { from: (5.0, 5.0), to: (35.0, 25.0), width: 2.0, colour: Colour(0, 0, 0) };
    let image = painted(&picture(40.0, 30.0, vec![line]));
    let dark: f64 = (0..30)
        .flat_map(|y| (0..40).map(move |x| (x, y)))
        .map(|(x, y)| (255.0 - f64::from(image.at(x, y).0)) / 255.0)
        .sum();
    let area = 2.0 * 30f64.hypot(20.0);
    assert!((dark - area).abs() < 0.01 * area, "{dark} {area}");
}

#[test]
fn level_and_upright_lines_fill_whole_pixels() {
    let line = |from, to, width| Mark::Line { from, to, width, colour: Colour(0, 0, 0) };
    for width in [0.2, 1.0, 1.6, 3.0] {
        for offset in [0.0, 0.3, 0.5, 0.77] {
            let image = painted(&picture(
                20.0,
                20.0,
                vec![
                    line((2.0, 5.0 + offset), (18.0, 5.0 + offset), width),
                    line((10.0 + offset, 8.0), (10.0 + offset, 18.0), width),
                ],
            ));
            let mut thick = [0, 0];
            for y in 0..20 {
                for x in 0..20 {
                    let colour = image.at(x, y);
                    assert!(
                        [Colour(0, 0, 0), theme::PAPER].contains(&colour),
                        "{width} {offset}: {colour:?}"
                    );
                }
                thick[0] += usize::from(image.at(4, y) != theme::PAPER);
                thick[1] += usize::from(image.at(y, 15) != theme::PAPER);
            }
            let whole = width.round().max(1.0) as usize;
            assert_eq!(thick, [whole, whole], "{width} {offset}");
        }
    }
}

/// More colours than a palette holds: each square shows the nearest that there is, and what is drawn first and text keep theirs.
#[test]
fn a_palette_that_runs_full_shows_the_nearest_colours() {
    let colour = |k: usize| Colour((k % 8 * 32) as u8, (k / 8 % 8 * 32) as u8, (k / 64 * 36) as u8);
    let square = |k: usize| Mark::Rect {
        x: (k % 32) as f64 * 4.0,
        y: (k / 32) as f64 * 4.0,
        width: 4.0,
        height: 4.0,
        fill: colour(k),
    };
    let image = painted(&picture(128.0, 56.0, (0..448).map(square).collect()));
    let off = |k: usize| {
        let (a, b) = (image.at(k % 32 * 4 + 1, k / 32 * 4 + 1), colour(k));
        a.0.abs_diff(b.0).max(a.1.abs_diff(b.1)).max(a.2.abs_diff(b.2))
    };
    assert!((0..255).all(|k| off(k) == 0));
    assert!((255..448).any(|k| off(k) > 0), "the palette is full");
    assert!((0..448).all(|k| off(k) <= 110), "{:?}", (0..448).map(off).max());
}

#[test]
fn a_frame_is_met_exactly_and_holds_the_picture_in_its_middle() {
    let ink = Mark::Rect { x: 0.0, y: 0.0, width: 40.0, height: 30.0, fill: Colour(0, 0, 0) };
    let small = picture(40.0, 30.0, vec![ink]);
    for (frame, (left, top, right, bottom)) in
        [((400, 100), (133, 0, 267, 100)), ((100, 400), (0, 162, 100, 237)), ((80, 60), (0, 0, 80, 60))]
    {
        let look = Look { frame: Some(frame), ..Look::default() };
        let image = decoded(&draw::png(&small, &look).unwrap());
        assert_eq!((image.width, image.height), (frame.0 as usize, frame.1 as usize));
        for y in 0..image.height {
            for x in 0..image.width {
                let within = (left..right).contains(&x) && (top..bottom).contains(&y);
                assert_eq!(image.at(x, y) == theme::PAPER, !within, "{frame:?} {x} {y}");
            }
        }
        let svg = draw::svg(&small, &look).unwrap();
        assert!(svg.contains(&format!("width=\"{}\" height=\"{}\"", frame.0, frame.1)));
    }
    for (scale, frame) in
        [(0.0, None), (f64::NAN, None), (1e9, None), (1.0, Some((0, 5))), (1.0, Some((5, 1 << 20)))]
    {
        assert!(matches!(
            draw::png(&small, &Look { scale, frame, ..Look::default() }),
            Err(ChartError::Size(_))
        ));
    }
}

#[test]
fn each_theme_has_its_paper_and_ink() {
    let bars = answer().layout().unwrap();
    for theme in [Theme::Light, Theme::Dark, Theme::Print] {
        let look = Look { theme, ..Look::default() };
        let image = decoded(&draw::png(&bars, &look).unwrap());
        assert_eq!(image.at(image.width - 1, image.height - 1), theme.ink(theme::PAPER));
        let svg = draw::svg(&bars, &look).unwrap();
        let hex = |Colour(r, g, b): Colour| format!("#{r:02x}{g:02x}{b:02x}");
        assert!(svg.contains(&format!("fill=\"{}\"", hex(theme.ink(theme::INK)))));
        assert_eq!(svg.contains("prefers-color-scheme"), theme == Theme::Light);
    }
}

/// A document's objects stand where its table says, and its text can be read from it.
#[test]
fn a_pdf_is_whole() {
    for (name, figure) in everything() {
        let pdf = draw::pdf(&figure.layout().unwrap(), &Look::default()).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.") && pdf.ends_with(b"%%EOF"), "{name}");
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("/ToUnicode") && text.contains("/FontFile2"), "{name}");
        let start: usize =
            text.rsplit("startxref").next().unwrap().split_whitespace().next().unwrap().parse().unwrap();
        assert!(pdf[start..].starts_with(b"xref"), "{name}");
        let table = String::from_utf8_lossy(&pdf[start..]);
        let offsets = table.lines().filter(|line| line.trim_end().ends_with(" n"));
        let mut count = 0;
        for (k, line) in offsets.enumerate() {
            let offset: usize = line[..10].parse().unwrap();
            assert!(pdf[offset..].starts_with(format!("{} 0 obj", k + 1).as_bytes()), "{name} {line}");
            count += 1;
        }
        assert!(count >= 10, "{name}");
    }
}
