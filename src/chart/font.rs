//! The embedded font: the width of text, and its pixels.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, GlyphId, PxScale, point};

static REGULAR: LazyLock<FontRef<'static>> =
    LazyLock::new(|| embedded(include_bytes!("../../assets/fonts/DejaVuSans-subset.ttf")));
static BOLD: LazyLock<FontRef<'static>> =
    LazyLock::new(|| embedded(include_bytes!("../../assets/fonts/DejaVuSans-subset-Bold.ttf")));

/// Regular or bold letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For reading.
    Regular,
    /// For titles and values.
    Bold,
}

impl Weight {
    fn face(self) -> &'static FontRef<'static> {
        match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
        }
    }
}

/// The width of one line of text at a font size (em), in the units of the size, with kerning.
///
/// ```
/// use foretell::chart::{Weight, text_width};
/// // DejaVu Sans: each digit is 1303 of 2048 units wide.
/// assert!((text_width("00", 2048.0, Weight::Regular) - 2606.0).abs() < 1e-9);
/// ```
pub fn text_width(text: &str, size: f64, weight: Weight) -> f64 {
    let face = weight.face();
    let end =
        run(text, weight).last().map_or(0.0, |(glyph, x)| x + f64::from(face.h_advance_unscaled(glyph)));
    end / units_per_em(face) * size
}

/// Calls `dot` with the column, row and coverage (0 to 1) of each pixel that a line of text starting at `(x, baseline)`
/// touches; the font size and the place are in pixels.
pub(super) fn rasterise(
    text: &str,
    size: f64,
    weight: Weight,
    (x, baseline): (f64, f64),
    mut dot: impl FnMut(i64, i64, f64),
) {
    let face = weight.face();
    let em = size / units_per_em(face);
    let scale = PxScale::from((f64::from(face.height_unscaled()) * em) as f32);
    for (glyph, advance) in run(text, weight) {
        let place = point((x + advance * em) as f32, baseline as f32);
        let Some(outline) = face.outline_glyph(glyph.with_scale_and_position(scale, place)) else { continue };
        let corner = outline.px_bounds().min;
        outline.draw(|column, row, coverage| {
            dot(corner.x as i64 + i64::from(column), corner.y as i64 + i64::from(row), f64::from(coverage));
        });
    }
}

/// The glyphs of a line with their starts, in font units.
fn run(text: &str, weight: Weight) -> impl Iterator<Item = (GlyphId, f64)> {
    let face = weight.face();
    let mut end = 0.0;
    let mut previous: Option<GlyphId> = None;
    text.chars().map(move |letter| {
        let glyph = face.glyph_id(letter);
        let start = end + previous.map_or(0.0, |before| f64::from(face.kern_unscaled(before, glyph)));
        end = start + f64::from(face.h_advance_unscaled(glyph));
        previous = Some(glyph);
        (glyph, start)
    })
}

/// The font's own unit: 2048 per em for DejaVu.
fn units_per_em(face: &FontRef<'static>) -> f64 {
    face.units_per_em().map_or(2048.0, f64::from)
}

/// A font of this crate's own assets, which a test reads.
fn embedded(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).expect("the embedded font is sound")
}
