//! Faces for scripts that the embedded ones lack, lent by whoever may read files.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use super::face::{Face, script};
use super::weight::Weight;

/// Files of faces. What is lent must not change while the process lives.
pub trait Lender: Send + Sync {
    /// The names of the files; the same number stands for the same file.
    fn names(&self) -> Vec<String>;
    /// The bytes of the file at a place in [`Lender::names`]; none if it cannot be read.
    fn read(&self, place: usize) -> Option<Vec<u8>>;
}

static LENDER: OnceLock<Box<dyn Lender>> = OnceLock::new();
static SHELF: LazyLock<Mutex<Shelf>> = LazyLock::new(Mutex::default);

/// Lets pictures be set in a machine's faces where the embedded ones lack a letter. Without a lender such a letter is a
/// box in a PNG. The first lender of a process stays; later ones are not heard, so that a text never changes its width.
pub fn lend(lender: impl Lender + 'static) {
    let _ = LENDER.set(Box::new(lender));
}

/// What was asked for and found.
#[derive(Default)]
struct Shelf {
    names: Option<Vec<String>>,
    faces: HashMap<usize, Vec<&'static Face>>,
    found: HashMap<(char, Weight), Option<&'static Face>>,
}

/// The lent face that draws a letter: the same for the same letter, whatever was asked before.
pub(super) fn face(letter: char, weight: Weight) -> Option<&'static Face> {
    let lender = LENDER.get()?;
    let mut shelf = SHELF.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = shelf.found.get(&(letter, weight)) {
        return *found;
    }
    let found = shelf.search(lender.as_ref(), letter, weight);
    shelf.found.insert((letter, weight), found);
    found
}

impl Shelf {
    fn search(&mut self, lender: &dyn Lender, letter: char, weight: Weight) -> Option<&'static Face> {
        let names = self.names.get_or_insert_with(|| lender.names()).clone();
        let hint = hint(&script(letter));
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_cached_key(|place| (unfitness(&names[*place], hint, weight), *place));
        order.into_iter().find_map(|place| {
            let faces = self.faces.entry(place).or_insert_with(|| open(lender, place));
            faces.iter().copied().find(|face| face.draws(letter))
        })
    }
}

/// The faces of one file, four at most: collections repeat one face for several countries.
fn open(lender: &dyn Lender, place: usize) -> Vec<&'static Face> {
    let Some(bytes) = lender.read(place) else { return Vec::new() };
    // Faces are kept for good: glyphs point into them.
    let bytes: &'static [u8] = Box::leak(bytes.into_boxed_slice());
    let key = |index: u32| 16 + 4 * place + index as usize;
    (0..4)
        .map_while(|index| Face::read(bytes, index, key(index)))
        .map(|face| &*Box::leak(Box::new(face)))
        .collect()
}

/// How badly a file's name fits: made for another script, with serifs, slanted, of the wrong weight.
fn unfitness(name: &str, hint: &str, weight: Weight) -> u32 {
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let wrong_weight = match weight {
        Weight::Regular => has(&["bold", "light", "thin", "black", "medium", "heavy"]),
        Weight::Bold => !has(&["bold"]) || has(&["extra"]),
    };
    let faults = [
        (16, !hint.is_empty() && !name.contains(hint)),
        (8, has(&["italic", "oblique", "color", "condensed", "mono", "display"])),
        (4, !has(&["sans"])),
        (2, wrong_weight),
        (1, has(&["ui"])),
    ];
    faults.iter().filter(|(_, fault)| *fault).map(|(cost, _)| cost).sum()
}

/// A word that names of files have which are made for a script.
fn hint(code: &str) -> &'static str {
    match code {
        "Hani" | "Hira" | "Kana" | "Hang" | "Bopo" => "cjk",
        "Zyyy" => "",
        _ => name(code).map_or("", |(_, word)| word),
    }
}

/// What the script of a letter is called; `symbols` for letters of no script.
pub(super) fn script_name(letter: char) -> String {
    let code = script(letter);
    match name(&code) {
        Some((name, _)) => name.into(),
        None if code == "Zyyy" || code == "Zinh" => "symbols".into(),
        None => code,
    }
}

/// What a script is called, and how file names write it.
fn name(code: &str) -> Option<(&'static str, &'static str)> {
    const NAMES: [(&str, &str, &str); 26] = [
        ("Arab", "Arabic", "arabic"),
        ("Armn", "Armenian", "armenian"),
        ("Beng", "Bengali", "bengali"),
        ("Bopo", "Bopomofo", "cjk"),
        ("Cyrl", "Cyrillic", "sans"),
        ("Deva", "Devanagari", "devanagari"),
        ("Ethi", "Ethiopic", "ethiopic"),
        ("Geor", "Georgian", "georgian"),
        ("Grek", "Greek", "sans"),
        ("Gujr", "Gujarati", "gujarati"),
        ("Guru", "Gurmukhi", "gurmukhi"),
        ("Hang", "Hangul", "cjk"),
        ("Hani", "Chinese", "cjk"),
        ("Hebr", "Hebrew", "hebrew"),
        ("Hira", "Hiragana", "cjk"),
        ("Kana", "Katakana", "cjk"),
        ("Khmr", "Khmer", "khmer"),
        ("Knda", "Kannada", "kannada"),
        ("Laoo", "Lao", "lao"),
        ("Latn", "Latin", "sans"),
        ("Mlym", "Malayalam", "malayalam"),
        ("Mymr", "Myanmar", "myanmar"),
        ("Sinh", "Sinhala", "sinhala"),
        ("Taml", "Tamil", "tamil"),
        ("Telu", "Telugu", "telugu"),
        ("Thai", "Thai", "thai"),
    ];
    NAMES.iter().find(|one| one.0 == code).map(|one| (one.1, one.2))
}
