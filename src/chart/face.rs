//! Faces: letters to glyphs, glyphs to outlines. The one file that knows the font libraries.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use harfrust::{Direction, Script, ShapeOptions, ShapePlan, Shaper, ShaperData, Tag, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::weight::Weight;

/// The faces of this crate's own assets; a test reads them.
static EMBEDDED: LazyLock<[Face; 3]> = LazyLock::new(|| {
    let files: [&'static [u8]; 3] = [
        include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
        include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
        include_bytes!("../../assets/fonts/Symbols.ttf"),
    ];
    let mut key = 0..;
    files.map(|bytes| Face::read(bytes, 0, key.next().unwrap_or(0)).expect("the embedded faces are sound"))
});

/// A face that is read once and kept for good.
pub(super) struct Face {
    /// Tells faces apart.
    pub key: usize,
    /// The file.
    pub bytes: &'static [u8],
    /// The face's place in a collection of several.
    pub index: u32,
    /// Units of its coordinates per em.
    pub per_em: f64,
    font: FontRef<'static>,
    shaper: Shaper<'static>,
    plans: Mutex<Vec<Plan>>,
}

/// How a script is set in a direction, whether from right to left.
type Plan = (Option<Script>, bool, Arc<ShapePlan>);

/// A glyph as a face sets it: lengths in em, x to the right, y up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Set {
    /// The glyph's number in its face.
    pub id: u16,
    /// Where it stands, from the start of the text.
    pub at: (f64, f64),
    /// Byte of the text that it comes from.
    pub from: usize,
}

/// What an outline is handed to, in em, y up.
pub(super) trait Outline {
    /// A new contour starts.
    fn start(&mut self, to: (f64, f64));
    /// A straight side.
    fn line(&mut self, to: (f64, f64));
    /// A quadratic curve.
    fn quadratic(&mut self, control: (f64, f64), to: (f64, f64));
    /// A cubic curve.
    fn cubic(&mut self, controls: [(f64, f64); 2], to: (f64, f64));
    /// The contour returns to its start.
    fn close(&mut self);
}

impl Face {
    /// The text face of a weight.
    pub fn of(weight: Weight) -> &'static Self {
        &EMBEDDED[matches!(weight, Weight::Bold) as usize]
    }

    /// The embedded face that has a letter: that of the weight, or the symbols.
    pub fn with(letter: char, weight: Weight) -> Option<&'static Self> {
        [Self::of(weight), &EMBEDDED[2]].into_iter().find(|face| face.covers(letter))
    }

    /// The face of a file, kept for the life of the process; none if it is not one with outlines.
    pub fn read(bytes: &'static [u8], index: u32, key: usize) -> Option<Self> {
        let font = FontRef::from_index(bytes, index).ok()?;
        font.outline_glyphs().format()?;
        let data: &'static ShaperData = Box::leak(Box::new(ShaperData::new(&font)));
        let shaper = data.shaper(&font).build();
        let per_em = f64::from(shaper.units_per_em()).max(1.0);
        Some(Self { key, bytes, index, per_em, font, shaper, plans: Mutex::default() })
    }

    /// Its PostScript name.
    pub fn name(&self) -> String {
        let names = self.font.localized_strings(StringId::POSTSCRIPT_NAME);
        let name = names.english_or_first().map(|name| name.chars().collect::<String>()).unwrap_or_default();
        let plain: String =
            name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
        if plain.is_empty() { format!("Face{}", self.key) } else { plain }
    }

    /// Whether it has a glyph for a letter.
    pub fn covers(&self, letter: char) -> bool {
        self.font.charmap().map(letter).is_some_and(|glyph| glyph != GlyphId::NOTDEF)
    }

    /// Whether a letter leaves ink or is meant to leave none, as a space; a face of coloured pictures does neither.
    pub fn draws(&self, letter: char) -> bool {
        let Some(glyph) = self.font.charmap().map(letter) else { return false };
        let mut inked = Inked(false);
        self.outline(glyph.to_u32() as u16, &mut inked);
        inked.0 || letter.is_whitespace()
    }

    /// Sets text of one direction: its glyphs from left to right, and the width of all in em.
    pub fn set(&self, text: &str, right_to_left: bool) -> (Vec<Set>, f64) {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        let plan = self.plan(Some(buffer.script()), right_to_left);
        let set = self.shaper.shape(buffer, ShapeOptions::new().plan(Some(&plan)));
        let mut pen = 0.0;
        let glyphs = set.glyph_infos().iter().zip(set.glyph_positions()).map(|(glyph, place)| {
            let at = (pen + self.em(place.x_offset), self.em(place.y_offset));
            pen += self.em(place.x_advance);
            Set { id: glyph.glyph_id as u16, at, from: glyph.cluster as usize }
        });
        (glyphs.collect(), pen)
    }

    /// How a script is set in a direction, thought out once.
    fn plan(&self, script: Option<Script>, right_to_left: bool) -> Arc<ShapePlan> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., plan)) = plans.iter().find(|one| (one.0, one.1) == (script, right_to_left)) {
            return plan.clone();
        }
        let direction = if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        let plan = Arc::new(ShapePlan::new(&self.shaper, direction, script, None, &[]));
        plans.push((script, right_to_left, plan.clone()));
        plan
    }

    /// The width that a glyph takes by itself, in em.
    pub fn advance(&self, glyph: u16) -> f64 {
        let metrics = self.font.glyph_metrics(Size::unscaled(), LocationRef::default());
        metrics.advance_width(GlyphId::from(glyph)).map_or(0.0, |units| f64::from(units) / self.per_em)
    }

    /// Hands a glyph's outline over; nothing for a glyph without one.
    pub fn outline(&self, glyph: u16, to: &mut impl Outline) {
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        if let Some(outline) = self.font.outline_glyphs().get(GlyphId::from(glyph)) {
            // A broken glyph of a foreign face leaves what was read of it.
            let _ = outline.draw(settings, &mut Pen { to, em: 1.0 / self.per_em });
        }
    }

    fn em(&self, units: i32) -> f64 {
        f64::from(units) / self.per_em
    }
}

/// The ISO 15924 code of a letter's script; `Zyyy` for what belongs to all, as digits and most symbols.
pub(super) fn script(letter: char) -> String {
    let mut buffer = UnicodeBuffer::new();
    buffer.add(letter, 0);
    buffer.guess_segment_properties();
    let tag: Tag = buffer.script().tag();
    if tag == Tag::new(b"Zzzz") { "Zyyy".into() } else { tag.to_string() }
}

/// Hands skrifa's outlines on, in em.
struct Pen<'o, O> {
    to: &'o mut O,
    em: f64,
}

impl<O> Pen<'_, O> {
    fn at(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) * self.em, f64::from(y) * self.em)
    }
}

impl<O: Outline> OutlinePen for Pen<'_, O> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.to.start(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to.line(self.at(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.to.quadratic(self.at(cx, cy), self.at(x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.to.cubic([self.at(ax, ay), self.at(bx, by)], self.at(x, y));
    }

    fn close(&mut self) {
        self.to.close();
    }
}

/// Whether an outline has a side at all.
struct Inked(bool);

impl Outline for Inked {
    fn start(&mut self, _: (f64, f64)) {}

    fn line(&mut self, _: (f64, f64)) {
        self.0 = true;
    }

    fn quadratic(&mut self, _: (f64, f64), _: (f64, f64)) {
        self.0 = true;
    }

    fn cubic(&mut self, _: [(f64, f64); 2], _: (f64, f64)) {
        self.0 = true;
    }

    fn close(&mut self) {}
}
