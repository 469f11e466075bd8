//! A line of text: its glyphs in their places.
//!
//! Each word is set once and kept, so that measuring while wrapping costs no more than looking up. A line is its words one
//! after the other; what it measures and what is drawn are the same thing. Directions are resolved by the Unicode
//! Bidirectional Algorithm (UAX #9), the direction of the whole by the first strong letter, or by a mark before it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use unicode_bidi::{BidiClass, BidiInfo, LTR_LEVEL, bidi_class};
use unicode_width::UnicodeWidthChar;

use super::face::Face;
use super::lent;
use super::printable::printable;
use super::weight::Weight;

/// Words kept; then all are forgotten.
const KEPT: usize = 16_384;
/// The first letter that may be written from right to left.
const FIRST_HEBREW: char = '\u{590}';

static WORDS: LazyLock<Mutex<Words>> = LazyLock::new(Mutex::default);

/// The mark of a line that runs from left to right whatever it begins with.
const FROM_LEFT: char = '\u{200e}';

/// A line that runs from left to right, though it may begin with letters that run the other way.
pub(super) fn from_left(line: &str) -> String {
    let turns = |letter| matches!(bidi_class(letter), BidiClass::R | BidiClass::AL);
    if line.contains(turns) { format!("{FROM_LEFT}{line}") } else { line.into() }
}

/// Words by weight and direction.
type Words = [HashMap<Box<str>, Arc<Word>>; 4];

/// One glyph of a word; lengths in em, y up.
#[derive(Clone)]
pub(super) struct Glyph {
    pub face: &'static Face,
    pub id: u16,
    /// From the start of the word's first letter on the baseline.
    pub at: (f64, f64),
    /// The letters that it stands for; empty for all but the first glyph of several.
    pub letters: Box<str>,
}

/// A word, or the space between two, in one direction.
pub(super) struct Word {
    pub glyphs: Vec<Glyph>,
    /// In em.
    pub width: f64,
    /// Letters that no face has, each with a box.
    pub missing: Vec<char>,
}

/// A line: its words from left to right with their starts in em, and its width in em.
pub(super) struct Line {
    pub words: Vec<(f64, Arc<Word>)>,
    pub width: f64,
    /// Whether its first strong letter is written from right to left.
    pub right_to_left: bool,
}

impl Line {
    /// Sets a line of text.
    pub fn set(text: &str, weight: Weight) -> Self {
        let (base, text) = match text.strip_prefix(FROM_LEFT) {
            Some(rest) => (Some(LTR_LEVEL), rest),
            None => (None, text),
        };
        let text = printable(text);
        let mut line = Self { words: Vec::new(), width: 0.0, right_to_left: false };
        let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
        if text.chars().all(|letter| letter < FIRST_HEBREW) {
            pieces(&text).for_each(|piece| line.push(words_of(&mut words, piece, weight, false)));
            return line;
        }
        let bidi = BidiInfo::new(&text, base);
        for paragraph in &bidi.paragraphs {
            line.right_to_left |= paragraph.level.is_rtl();
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let backward = levels[run.start].is_rtl();
                let mut parts: Vec<&str> = pieces(&text[run]).collect();
                if backward {
                    parts.reverse();
                }
                parts.into_iter().for_each(|part| line.push(words_of(&mut words, part, weight, backward)));
            }
        }
        line
    }

    /// Letters that no face has.
    pub fn missing(&self) -> impl Iterator<Item = char> {
        self.words.iter().flat_map(|(_, word)| word.missing.iter().copied())
    }

    fn push(&mut self, word: Arc<Word>) {
        let start = self.width;
        self.width += word.width;
        self.words.push((start, word));
    }
}

/// Words and the spaces between them, one by one.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ')
        .flat_map(|piece| match piece.strip_suffix(' ') {
            Some(word) => [word, " "],
            None => [piece, ""],
        })
        .filter(|piece| !piece.is_empty())
}

/// A word as it was set before, or set now.
fn words_of(words: &mut Words, text: &str, weight: Weight, backward: bool) -> Arc<Word> {
    let kept = &mut words[2 * (weight as usize) + backward as usize];
    if let Some(word) = kept.get(text) {
        return word.clone();
    }
    if kept.len() >= KEPT {
        kept.clear();
    }
    let word = Arc::new(Word::set(text, weight, backward));
    kept.insert(text.into(), word.clone());
    word
}

impl Word {
    fn set(text: &str, weight: Weight, backward: bool) -> Self {
        let mut word = Self { glyphs: Vec::new(), width: 0.0, missing: Vec::new() };
        let mut parts = by_face(text, weight);
        if backward {
            parts.reverse();
        }
        for (part, face) in parts {
            match face {
                Some(face) => word.push(part, face, backward),
                None => word.push_boxes(part, weight),
            }
        }
        word
    }

    fn push(&mut self, text: &str, face: &'static Face, backward: bool) {
        let (glyphs, width) = face.set(text, backward);
        let mut starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.from).chain([text.len()]).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut told = usize::MAX;
        for glyph in glyphs {
            let end = starts.iter().find(|start| **start > glyph.from).copied().unwrap_or(text.len());
            let letters = if glyph.from == told { "" } else { &text[glyph.from..end] };
            told = glyph.from;
            let at = (self.width + glyph.at.0, glyph.at.1);
            self.glyphs.push(Glyph { face, id: glyph.id, at, letters: letters.into() });
        }
        self.width += width;
    }

    /// A box for each letter, as wide as its letters usually are.
    fn push_boxes(&mut self, text: &str, weight: Weight) {
        let face = Face::of(weight);
        let own = face.advance(0);
        for letter in text.chars() {
            let width = [0.0, own, 1.0][letter.width().unwrap_or(1).min(2)];
            if width > 0.0 {
                let at = (self.width + (width - own) / 2.0, 0.0);
                self.glyphs.push(Glyph { face, id: 0, at, letters: letter.to_string().into() });
            }
            self.width += width;
            self.missing.push(letter);
        }
    }
}

/// Stretches of text that one face sets. Marks and joiners stay with the letter before them.
fn by_face(text: &str, weight: Weight) -> Vec<(&str, Option<&'static Face>)> {
    let mut parts: Vec<(usize, Option<&'static Face>)> = Vec::new();
    for (start, letter) in text.char_indices() {
        let follows = !parts.is_empty() && letter.width() == Some(0);
        if !follows {
            let face = Face::with(letter, weight).or_else(|| lent::face(letter, weight));
            let same = |one: &Face, other: &Face| one.key == other.key;
            let goes_on = parts.last().is_some_and(|(_, last)| match (last, face) {
                (Some(last), Some(face)) => same(last, face),
                (last, face) => last.is_none() && face.is_none(),
            });
            if !goes_on {
                parts.push((start, face));
            }
        }
    }
    let ends = parts.iter().skip(1).map(|part| part.0).chain([text.len()]).collect::<Vec<_>>();
    parts.into_iter().zip(ends).map(|((start, face), end)| (&text[start..end], face)).collect()
}
