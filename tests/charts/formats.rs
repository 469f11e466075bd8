//! Both formats: what can be drawn, and that they keep it.

use super::{
    answer, drivers, everything, evidence, futures, quantiles, ternary, texts, theory_bars, wording,
};
use foretell::chart::draw::Look;
use foretell::chart::*;
use std::path::PathBuf;

/// A decoded PNG.
pub struct Image {
    pub width: usize,
    pub height: usize,
    dots_per_inch: f64,
    pixels: Vec<u8>,
}

impl Image {
    pub fn at(&self, x: usize, y: usize) -> theme::Colour {
        let first = (y * self.width + x) * 3;
        theme::Colour(self.pixels[first], self.pixels[first + 1], self.pixels[first + 2])
    }
}

/// A PNG as RGB, by a decoder that knows nothing of how it was made.
pub fn decoded(bytes: &[u8]) -> Image {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(frame.color_type, png::ColorType::Rgb);
    let dots_per_inch = f64::from(reader.info().pixel_dims.unwrap().xppu) * 0.0254;
    Image { width: frame.width as usize, height: frame.height as usize, dots_per_inch, pixels }
}

#[test]
fn a_png_decodes_at_twice_the_size_and_shows_the_bars() {
    let figure = theory_bars();
    let picture = figure.layout().unwrap();
    let bytes = draw::png(&picture, &Look::default()).unwrap();
    let image = decoded(&bytes);
    assert_eq!((image.width as f64, image.height as f64), (2.0 * picture.width, 2.0 * picture.height));
    assert!((image.dots_per_inch - 192.0).abs() < 0.02);
    let at = |x: f64, y: f64| image.at((2.0 * x) as usize, (2.0 * y) as usize);
    for mark in &picture.marks {
        if let Mark::Rect { x, y, width, height, fill } = mark
            && *height > 12.0
            && theme::SERIES.contains(fill)
        {
            assert_eq!(at(x + 2.0, y + 2.0), *fill);
            assert_eq!(at(x + width - 1.5, y + height - 1.5), *fill);
            assert_ne!(at(x + width + 1.5, y + height - 1.5), *fill);
        }
    }
}

/// Why a text is not well-formed XML of elements, attributes in double quotes and character data.
fn xml_fault(text: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let entities = ["amp;", "lt;", "gt;", "quot;", "apos;"];
    if text.split('&').skip(1).any(|rest| !entities.iter().any(|entity| rest.starts_with(entity))) {
        return Some("a stray ampersand".into());
    }
    if text.chars().any(|c| c.is_control() && c != '\n' || c == '\u{fffe}') {
        return Some("a forbidden character".into());
    }
    for piece in text.split('<').skip(1) {
        let Some((tag, _)) = piece.split_once('>') else { return Some(format!("an open tag: {piece}")) };
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("{name} closes nothing"));
            }
            continue;
        }
        if tag.matches('"').count() % 2 == 1 {
            return Some(format!("odd quotes: {tag}"));
        }
        if !tag.ends_with('/') {
            open.push(tag.split_whitespace().next().unwrap_or(""));
        }
    }
    open.pop().map(|name| format!("{name} stays open"))
}

#[test]
fn an_svg_is_well_formed_and_says_every_word() {
    for (name, figure) in everything() {
        let picture = figure.layout().unwrap();
        let svg = draw::svg(&picture, &Look::default()).unwrap();
        assert_eq!(xml_fault(&svg), None, "{name}");
        let (width, height) = (picture.width, picture.height);
        let size = format!("width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"");
        assert!(svg.lines().next().unwrap().contains(&size), "{name}");
        assert_eq!(
            svg.matches("<text ").count(),
            texts(&picture).iter().filter(|(_, words)| !words.is_empty()).count(),
            "{name}"
        );
        for (_, words) in
            texts(&picture).iter().filter(|(_, words)| words.chars().all(|c| c.is_alphanumeric() || c == ' '))
        {
            assert!(svg.contains(&format!(">{words}</text>")), "{name}: {words}");
        }
    }
}

#[test]
fn the_xml_check_can_fail() {
    for broken in ["<a><b></a></b>", "<a>&nbsp;</a>", "<a>", "<a b=\"></a>", "<a>\u{1}</a>", "<a"] {
        assert!(xml_fault(broken).is_some(), "{broken}");
    }
    assert_eq!(xml_fault("<a b=\"1\">x &amp; y<c/></a>"), None);
}

/// Draws everything twice in every format, and leaves the pictures in the target's `tmp/charts` for looking at.
#[test]
fn the_same_data_gives_the_same_bytes() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("charts");
    std::fs::create_dir_all(&folder).unwrap();
    for ((name, figure), (_, again)) in everything().into_iter().zip(everything()) {
        let (one, two) = (figure.layout().unwrap(), again.layout().unwrap());
        assert_eq!(one, two, "{name}");
        let drawn = |picture: &Picture| {
            let look = Look::default();
            let svg = draw::svg(picture, &look).unwrap().into_bytes();
            [
                ("png", draw::png(picture, &look).unwrap()),
                ("svg", svg),
                ("pdf", draw::pdf(picture, &look).unwrap()),
            ]
        };
        let files = drawn(&one);
        assert!(files == drawn(&two), "{name}");
        for (ending, bytes) in files {
            std::fs::write(folder.join(format!("{name}.{ending}")), bytes).unwrap();
        }
    }
}

#[test]
fn nothing_to_draw_is_an_error_that_says_so() {
    let empty: [(&dyn Figure, &str); 7] = [
        (&Answer { rows: vec![], ..answer() }, "no outcomes"),
        (&Evidence { items: vec![], ..evidence() }, "no evidence"),
        (&Evidence { lines: vec![], ..evidence() }, "no evidence"),
        (&FutureDots { groups: vec![], ..futures() }, "no outcomes"),
        (&QuantileDots { values: vec![], ..quantiles() }, "no draws"),
        (&Drivers { outcomes: vec![], rows: vec![], ..drivers() }, "no outcomes"),
        (&Ternary { draws: TriangleBins::new(10), ..ternary() }, "no draws"),
    ];
    for (figure, what) in empty {
        assert_eq!(figure.layout(), Err(ChartError::Empty(what)));
    }
    let endless = Wording { title: "x ".repeat(100_000), ..wording() };
    assert!(matches!(Answer { wording: endless, ..answer() }.layout(), Err(ChartError::TooMany(_))));
}

#[test]
fn marks_that_are_no_numbers_are_left_out() {
    let nowhere = (f64::NAN, f64::INFINITY);
    let colour = theme::INK;
    let clean =
        Picture { width: 40.0, height: 30.0, title: "t".into(), description: String::new(), marks: vec![] };
    let marks = vec![
        Mark::Rect { x: f64::NAN, y: 0.0, width: 1.0, height: 1.0, fill: colour },
        Mark::Rect { x: 0.0, y: 0.0, width: 1e300, height: 1.0, fill: colour },
        Mark::Line { from: nowhere, to: (1.0, 1.0), width: 1.0, colour },
        Mark::Polyline { points: vec![], width: 1.0, colour },
        Mark::Polyline { points: vec![(3.0, 3.0), (3.0, 3.0)], width: 1.0, colour },
        Mark::Polygon { points: vec![(1.0, 1.0), nowhere, (2.0, 2.0)], fill: colour },
        Mark::Circle { centre: nowhere, radius: 3.0, fill: colour },
    ];
    let odd = Picture { marks, ..clean.clone() };
    assert_eq!(draw::svg(&odd, &Look::default()), draw::svg(&clean, &Look::default()));
    assert_eq!(draw::png(&odd, &Look::default()), draw::png(&clean, &Look::default()));
    for height in [0.0, f64::NAN, -1.0, 1e9] {
        assert!(draw::png(&Picture { height, ..clean.clone() }, &Look::default()).is_err());
        assert!(draw::svg(&Picture { height, ..clean.clone() }, &Look::default()).is_err());
    }
}

#[test]
fn one_folder_knows_the_drawing_library_and_one_file_the_font_libraries() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/chart");
    let mut files = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for path in std::fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let knows = |what: &str| -> Vec<String> {
        let named = |path: &&PathBuf| std::fs::read_to_string(path).unwrap().contains(what);
        let name = |path: &PathBuf| path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        files.iter().filter(named).map(name).collect()
    };
    assert_eq!(knows("use plotters::"), ["draw/record.rs"]);
    assert_eq!(knows("use harfrust::"), ["face.rs"]);
    assert_eq!(knows("use skrifa::"), ["face.rs"]);
}
