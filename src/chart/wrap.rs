//! Breaking text into lines by measured width.

use unicode_width::UnicodeWidthChar;

use super::font::text_width;
use super::printable::printable;
use super::weight::Weight;

/// `text` broken into lines at most `width` wide at the given font size. Nothing is cut: a word wider than a line is
/// broken at a no-break space, else between letters. Lines break at spaces and line ends; a no-break space holds its words
/// together, and so does the space between a number and "%" or between the digits of one number. Characters that can't be
/// shown are [`printable`]'s.
///
/// ```
/// use foretell::chart::{Weight, wrap::wrap};
/// let lines = wrap("substantial with China's knowledge", 130.0, 13.0, Weight::Regular);
/// assert_eq!(lines, ["substantial with", "China's knowledge"]);
/// ```
pub fn wrap(text: &str, width: f64, size: f64, weight: Weight) -> Vec<String> {
    let measured = |text: &str| text_width(text, size, weight);
    let space = measured(" ");
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let paragraph = glued(&paragraph.replace('\t', " "));
        let mut line = String::new();
        let mut filled = 0.0;
        for word in printable(&paragraph).split(' ').filter(|word| !word.is_empty()) {
            let own = measured(word);
            if !line.is_empty() && filled + space + own <= width {
                line.push(' ');
                line.push_str(word);
                filled += space + own;
                continue;
            }
            lines.extend(Some(std::mem::take(&mut line)).filter(|line| !line.is_empty()));
            let rest = broken(word, |part| measured(part) <= width, &mut lines);
            filled = if rest.len() == word.len() { own } else { measured(rest) };
            line.push_str(rest);
        }
        lines.extend(Some(line).filter(|line| !line.is_empty()));
    }
    lines
}

/// A text in which no-break spaces hold numbers together.
fn glued(text: &str) -> String {
    let is_digits = |text: &str| {
        let count = text.bytes().take_while(u8::is_ascii_digit).count();
        count == 3
    };
    let mut shown = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let rest = &text[at + letter.len_utf8()..];
        let is_after_digit = shown.ends_with(|one: char| one.is_ascii_digit());
        let holds = letter == ' ' && (rest.starts_with('%') || (is_after_digit && is_digits(rest)));
        shown.push(if holds { '\u{a0}' } else { letter });
    }
    shown
}

/// Pushes the full lines of a word that may be wider than a line, and returns the rest. Marks stay with their letter.
fn broken<'w>(mut word: &'w str, fits: impl Fn(&str) -> bool, lines: &mut Vec<String>) -> &'w str {
    while !fits(word) {
        let ends: Vec<usize> = word
            .char_indices()
            .skip(1)
            .filter(|(_, letter)| letter.width() != Some(0))
            .map(|(at, _)| at)
            .collect();
        let most = ends.partition_point(|end| fits(&word[..*end]));
        let held = ends[..most].iter().rev().find(|end| word[..**end].ends_with('\u{a0}'));
        if let Some(end) = held {
            lines.push(word[..*end].trim_end_matches('\u{a0}').to_string());
            word = &word[*end..];
            continue;
        }
        let Some(end) = ends.get(most.max(1) - 1) else { break };
        lines.push(word[..*end].to_string());
        word = &word[*end..];
    }
    word
}

/// The width of the widest line.
pub fn widest<'a>(lines: impl IntoIterator<Item = &'a String>, size: f64, weight: Weight) -> f64 {
    lines.into_iter().map(|line| text_width(line, size, weight)).fold(0.0, f64::max)
}
