//! Changes by chance: of bytes, words, lines and numbers, and of one text into another.

use crate::corpus::Corpus;
use crate::networks::Chance;

/// Numbers at which something ends: of their kinds, of what can be told apart, of what is meant.
const LIMITS: [&str; 26] = [
    "0",
    "-0.0",
    "1",
    "-1",
    "2",
    "0.5",
    "1e-17",
    "5e-324",
    "1e-308",
    "1e-9",
    "0.9999999999999999",
    "1.0000000000000002",
    "1e15",
    "9007199254740993",
    "1e308",
    "-1e308",
    "1.7976931348623157e308",
    "1e309",
    "9223372036854775807",
    "9223372036854775808",
    "nan",
    "inf",
    "100%",
    "101%",
    "1_000",
    "0x10",
];

/// Pieces that stand in no file, or in few.
const PIECES: [&str; 24] = [
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[31m",
    "é",
    "\u{202e}",
    "“",
    "\\",
    "'",
    "\"",
    "'''",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "#",
    "=",
    ".",
];

/// A text of a corpus, changed one to four times.
pub fn mutated(corpus: &Corpus, chance: &mut Chance) -> String {
    let mut text = corpus.any(chance).to_string();
    for _ in 0..=chance.below(4) {
        text = match chance.below(6) {
            0 => bytes(text, chance),
            1 => words(&text, corpus, chance),
            2 => lines(&text, corpus, chance),
            3 => splice(&text, corpus, chance),
            _ => numbers(&text, chance),
        };
    }
    text
}

/// One byte or a few replaced, put in, taken out or repeated; what is no text any more has marks in its place.
fn bytes(text: String, chance: &mut Chance) -> String {
    let mut bytes = text.into_bytes();
    let at = chance.below(bytes.len() + 1);
    let to = (at + chance.below(16)).min(bytes.len());
    let piece = bytes[at..to].to_vec();
    match chance.below(4) {
        0 => bytes.insert(at, chance.below(256) as u8),
        1 => drop(bytes.splice(at..at, piece)),
        2 => drop(bytes.drain(at..to)),
        _ => bytes[at..to].iter_mut().for_each(|one| *one ^= 1 << chance.below(8)),
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A word or a sign in place of another: of another text, or of none.
fn words(text: &str, corpus: &Corpus, chance: &mut Chance) -> String {
    let other = corpus.any(chance);
    let new = match chance.below(3) {
        0 => PIECES[chance.below(PIECES.len())].to_string(),
        1 => pick(tokens(text), chance).map_or(String::new(), |(at, to)| text[at..to].to_string()),
        _ => pick(tokens(other), chance).map_or(String::new(), |(at, to)| other[at..to].to_string()),
    };
    replaced(text, pick(tokens(text), chance), &new)
}

/// A number in place of another.
fn numbers(text: &str, chance: &mut Chance) -> String {
    let is_number = |(at, _): &(usize, usize)| text[*at..].starts_with(|one: char| one.is_ascii_digit());
    let numbers = tokens(text).into_iter().filter(is_number).collect();
    replaced(text, pick(numbers, chance), LIMITS[chance.below(LIMITS.len())])
}

/// A line taken out, repeated, moved, or brought from another text.
fn lines(text: &str, corpus: &Corpus, chance: &mut Chance) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return corpus.any(chance).to_string();
    }
    let (at, to) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(4) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(to, lines[at]),
        2 => lines.swap(at, to),
        _ => {
            let others: Vec<&str> = corpus.any(chance).split_inclusive('\n').collect();
            let from = chance.below(others.len() + 1);
            let some = others.into_iter().skip(from).take(1 + chance.below(6));
            drop(lines.splice(at..at, some));
        }
    }
    lines.concat()
}

/// The beginning of one text and the end of another.
fn splice(text: &str, corpus: &Corpus, chance: &mut Chance) -> String {
    let other = corpus.any(chance);
    let cut = |text: &str, chance: &mut Chance| {
        let at = chance.below(text.len() + 1);
        // Half of the cuts are at ends of lines.
        let ends = chance.below(2) == 0;
        (at..=text.len())
            .find(|at| text.is_char_boundary(*at) && (!ends || text[*at..].starts_with('\n')))
            .unwrap_or(text.len())
    };
    let (end, start) = (cut(text, chance), cut(other, chance));
    format!("{}{}", &text[..end], &other[start..])
}

/// Where words, numbers and signs stand.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let is_word = |one: char| one.is_alphanumeric() || one == '_' || one == '.';
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut was_word = false;
    for (at, one) in text.char_indices().filter(|(_, one)| !one.is_control()) {
        let end = at + one.len_utf8();
        match found.last_mut() {
            Some(last) if was_word && is_word(one) && last.1 == at => last.1 = end,
            _ if one != ' ' => found.push((at, end)),
            _ => {}
        }
        was_word = is_word(one);
    }
    found
}

fn pick<T: Copy>(all: Vec<T>, chance: &mut Chance) -> Option<T> {
    (!all.is_empty()).then(|| all[chance.below(all.len())])
}

fn replaced(text: &str, place: Option<(usize, usize)>, new: &str) -> String {
    place.map_or(text.to_string(), |(at, to)| format!("{}{new}{}", &text[..at], &text[to..]))
}

#[test]
fn tokens_are_words_numbers_and_signs() {
    let text = "a_1 = 'é + 0.5'\n[x]";
    let found: Vec<&str> = tokens(text).into_iter().map(|(at, to)| &text[at..to]).collect();
    assert_eq!(found, ["a_1", "=", "'", "é", "+", "0.5", "'", "[", "x", "]"]);
}
