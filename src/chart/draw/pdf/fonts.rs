//! The faces of a document: subsets with the glyphs that it shows, and what each glyph reads as.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::writers::FontDescriptor;
use pdf_writer::{Dict, Filter, Finish, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;

use super::packed::packed;
use crate::chart::error::ChartError;
use crate::chart::face::Face;
use crate::chart::line::Glyph;

/// Objects of a font: itself, its descendant, descriptor, file, and the map to letters.
const OBJECTS: i32 = 5;
/// Glyphs are numbered as in the subset.
const IDENTITY: SystemInfo =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
const TO_UNICODE: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"UCS"), supplement: 0 };

/// Faces by key.
#[derive(Default)]
pub(super) struct Fonts(BTreeMap<usize, Used>);

/// A face with the glyphs that are shown.
struct Used {
    face: &'static Face,
    numbers: GlyphRemapper,
    /// By number in the subset: width in em, and letters.
    glyphs: BTreeMap<u16, (f64, Box<str>)>,
}

impl Fonts {
    /// What the page calls a face.
    pub fn name(face: &Face) -> String {
        format!("F{}", face.key)
    }

    /// The number of a glyph in its face's subset.
    pub fn number(&mut self, glyph: &Glyph) -> u16 {
        let fresh = || Used { face: glyph.face, numbers: GlyphRemapper::new(), glyphs: BTreeMap::new() };
        let used = self.0.entry(glyph.face.key).or_insert_with(fresh);
        let number = used.numbers.remap(glyph.id);
        let entry = used.glyphs.entry(number).or_insert_with(|| (glyph.face.advance(glyph.id), "".into()));
        if entry.1.is_empty() && glyph.id != 0 {
            entry.1 = glyph.letters.clone();
        }
        number
    }

    /// Lists the faces among a page's resources; their objects are numbered from `first`.
    pub fn name_in(&self, mut resources: Dict<'_>, first: i32) {
        for (at, used) in (0..).zip(self.0.values()) {
            resources.pair(Name(Self::name(used.face).as_bytes()), Ref::new(first + at * OBJECTS));
        }
    }

    /// Writes the faces as objects numbered from `first`.
    ///
    /// # Errors
    ///
    /// [`ChartError::Backend`] if a face cannot be subset.
    pub fn embed(&self, pdf: &mut Pdf, first: i32) -> Result<(), ChartError> {
        for (at, used) in (0..).zip(self.0.values()) {
            used.embed(pdf, first + at * OBJECTS)?;
        }
        Ok(())
    }
}

impl Used {
    fn embed(&self, pdf: &mut Pdf, first: i32) -> Result<(), ChartError> {
        let [font, descendant, descriptor, file, letters] = [0, 1, 2, 3, 4].map(|k| Ref::new(first + k));
        let subset = subsetter::subset(self.face.bytes, self.face.index, &self.numbers)
            .map_err(|error| ChartError::Backend(format!("a face cannot be embedded: {error}")))?;
        // Subsets keep their kind: glyphs of TrueType, or of PostScript in an OpenType file.
        let postscript = subset.starts_with(b"OTTO");
        let name = format!("FORTEL+{}", self.face.name());
        let name = Name(name.as_bytes());
        pdf.type0_font(font)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(descendant)
            .to_unicode(letters);
        let mut cid = pdf.cid_font(descendant);
        cid.subtype(if postscript { CidFontType::Type0 } else { CidFontType::Type2 });
        cid.base_font(name).system_info(IDENTITY).font_descriptor(descriptor).default_width(0.0);
        if !postscript {
            cid.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        let mut widths = cid.widths();
        for (number, (width, _)) in &self.glyphs {
            widths.consecutive(*number, [1000.0 * *width as f32]);
        }
        widths.finish();
        cid.finish();
        let mut described = pdf.font_descriptor(descriptor);
        describe(&mut described, name);
        if postscript {
            described.font_file3(file)
        } else {
            described.font_file2(file)
        };
        described.finish();
        let bytes = packed(&subset);
        let mut stream = pdf.stream(file, &bytes);
        stream.filter(Filter::FlateDecode);
        if postscript {
            stream.pair(Name(b"Subtype"), Name(b"OpenType"));
        }
        stream.finish();
        pdf.cmap(letters, &packed(&self.letters())).filter(Filter::FlateDecode);
        Ok(())
    }

    /// What each glyph reads as.
    fn letters(&self) -> Vec<u8> {
        let mut map = UnicodeCmap::<u16>::new(Name(b"Letters"), TO_UNICODE);
        for (number, (_, letters)) in self.glyphs.iter().filter(|(_, (_, letters))| !letters.is_empty()) {
            map.pair_with_multiple(*number, letters.chars());
        }
        map.finish().to_vec()
    }
}

/// What a viewer may want to know of a face that is embedded anyway: Inter's own measures, in thousandths of an em.
fn describe(descriptor: &mut FontDescriptor<'_>, name: Name<'_>) {
    descriptor
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(-742.0, -332.0, 2580.0, 1115.0))
        .italic_angle(0.0)
        .ascent(969.0)
        .descent(-241.0)
        .cap_height(728.0)
        .stem_v(94.0);
}
