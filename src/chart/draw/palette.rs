//! The colours of a PNG: at most 256, inks first, then what edges blend from them.

use std::collections::BTreeSet;

use super::cover::LEVELS;
use crate::chart::theme::Colour;

/// Colours that a PNG can tell apart.
const MOST: usize = 256;
/// Blends as near as this to a colour that is there, by the sum of squared differences, are that colour.
const NEAR: u32 = 6;
/// Inks that leave room enough for all blends; of more, the inks of text come first, and others share an index within some distance.
const MANY: usize = 128;
/// Distances within which inks share an index, the first by which few enough are left.
const SHARED: [u32; 8] = [0, 6, 12, 24, 48, 96, 192, 384];
/// A blend that nobody has asked for yet.
const UNKNOWN: u16 = u16::MAX;

/// Colours by index, and the index of each blend.
pub(super) struct Palette {
    colours: Vec<Colour>,
    /// By ink: the index of level × 256 + what is under it.
    blends: Vec<Option<Box<[u16]>>>,
    /// The distance within which inks share an index.
    shared: u32,
}

impl Palette {
    /// The palette of a picture on `paper` with these inks. Text on paper has its ramp of blends before any edge, so that it is clean
    /// however many colours a picture has.
    pub fn new(
        paper: Colour,
        inks: impl Iterator<Item = Colour>,
        text: impl Iterator<Item = Colour>,
    ) -> Self {
        let mut palette = Self { colours: Vec::with_capacity(MOST), blends: Vec::new(), shared: 0 };
        let ground = palette.index(paper, 0);
        let mut known = BTreeSet::new();
        let inks: Vec<Colour> = inks.filter(|Colour(r, g, b)| known.insert([*r, *g, *b])).collect();
        if inks.len() <= MANY {
            palette.all(&inks);
        }
        for ink in text {
            let ink = palette.index(ink, 0);
            for level in 1..LEVELS {
                palette.blend(ink, level, ground);
            }
        }
        if inks.len() > MANY {
            palette.all(&inks);
        }
        palette
    }

    /// Takes all inks in, those that lie near each other as one if there are too many.
    fn all(&mut self, inks: &[Colour]) {
        let room = MANY.max(MOST.saturating_sub(self.colours.len() + MANY / 2));
        let fits = |shared: &u32| kinds(inks, *shared) <= room;
        self.shared = SHARED.into_iter().find(fits).unwrap_or(SHARED[SHARED.len() - 1]);
        inks.iter().for_each(|ink| {
            self.ink(*ink);
        });
    }

    /// The index of an ink.
    pub fn ink(&mut self, colour: Colour) -> u8 {
        self.index(colour, self.shared)
    }

    /// The index of a colour: of one that is there within `near`, else its own while there is room, else the nearest.
    fn index(&mut self, colour: Colour, near: u32) -> u8 {
        let distances = self.colours.iter().map(|one| distance(*one, colour));
        let nearest = distances.enumerate().min_by_key(|(_, distance)| *distance);
        if let Some((at, distance)) = nearest
            && (distance <= near || self.colours.len() == MOST)
        {
            return at as u8;
        }
        self.colours.push(colour);
        self.blends.push(None);
        (self.colours.len() - 1) as u8
    }

    /// The index of an ink that covers so many levels of what is under it.
    pub fn blend(&mut self, ink: u8, level: u8, under: u8) -> u8 {
        let at = usize::from(level) * MOST + usize::from(under);
        if let Some(table) = &self.blends[usize::from(ink)]
            && table[at] != UNKNOWN
        {
            return table[at] as u8;
        }
        let mixed = mix(self.colours[usize::from(under)], self.colours[usize::from(ink)], level);
        let index = if level >= LEVELS { ink } else { self.index(mixed, NEAR) };
        let size = MOST * (usize::from(LEVELS) + 1);
        let table =
            self.blends[usize::from(ink)].get_or_insert_with(|| vec![UNKNOWN; size].into_boxed_slice());
        table[at] = u16::from(index);
        index
    }

    /// The colours in order of their index.
    pub fn colours(&self) -> &[Colour] {
        &self.colours
    }
}

/// How many inks are left if those within a distance of one before them are that one.
fn kinds(inks: &[Colour], shared: u32) -> usize {
    let mut kept: Vec<Colour> = Vec::new();
    for ink in inks {
        if kept.iter().all(|one| distance(*one, *ink) > shared) {
            kept.push(*ink);
        }
    }
    kept.len()
}

fn distance(a: Colour, b: Colour) -> u32 {
    let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    square(a.0, b.0) + square(a.1, b.1) + square(a.2, b.2)
}

/// `ink` over `under`, covering so many levels.
fn mix(under: Colour, ink: Colour, level: u8) -> Colour {
    let channel = |under: u8, ink: u8| {
        let (part, all) = (u32::from(level), u32::from(LEVELS));
        ((u32::from(ink) * part + u32::from(under) * (all - part) + all / 2) / all) as u8
    };
    Colour(channel(under.0, ink.0), channel(under.1, ink.1), channel(under.2, ink.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_its_ink_however_many_colours_there_are() {
        let paper = Colour(255, 255, 255);
        let ink = Colour(28, 32, 36);
        for count in [3u32, 100, 300, 5000] {
            let shades = (0..count).map(|at| {
                let part = (at * 255 / count) as u8;
                Colour(part, 255 - part / 2, (at % 97) as u8)
            });
            let inks: Vec<Colour> = shades.chain([ink]).collect();
            let mut palette = Palette::new(paper, inks.iter().copied(), [ink].into_iter());
            let at = palette.ink(ink);
            assert_eq!(palette.colours()[usize::from(at)], ink, "{count}");
            assert!(palette.colours().len() <= MOST);
            // A shade is drawn as one that can hardly be told from it.
            for one in &inks {
                let at = palette.ink(*one);
                let found = palette.colours()[usize::from(at)];
                assert!(distance(found, *one) <= 1500, "{count}: {found:?} for {one:?}");
            }
        }
    }
}
