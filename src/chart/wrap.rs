//! Breaking text into lines by measured width.

use super::font::{Weight, text_width};

/// `text` broken into lines at most `width` wide at the given font size. Nothing is cut: a word wider than a line is
/// broken between letters. Lines break at spaces and line ends; a no-break space holds its words together. Characters
/// that can't be shown are [`printable`]'s.
///
/// ```
/// use foretell::chart::{Weight, wrap::wrap};
/// let lines = wrap("substantial with China's knowledge", 140.0, 13.0, Weight::Regular);
/// assert_eq!(lines, ["substantial with", "China's knowledge"]);
/// ```
pub fn wrap(text: &str, width: f64, size: f64, weight: Weight) -> Vec<String> {
    let fits = |line: &str| text_width(line, size, weight) <= width;
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let paragraph = printable(&paragraph.replace('\t', " "));
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
            if fits(&longer) {
                line = longer;
                continue;
            }
            lines.extend(Some(line).filter(|line| !line.is_empty()));
            line = break_word(word, &fits, &mut lines);
        }
        lines.extend(Some(line).filter(|line| !line.is_empty()));
    }
    lines
}

/// Pushes the full lines of a word that may be wider than a line, and returns the rest.
fn break_word(word: &str, fits: &impl Fn(&str) -> bool, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    for letter in word.chars() {
        line.push(letter);
        if line.chars().count() > 1 && !fits(&line) {
            line.pop();
            lines.push(std::mem::replace(&mut line, letter.to_string()));
        }
    }
    line
}

/// `text` with each control character and each character that XML forbids replaced by U+FFFD.
///
/// ```
/// assert_eq!(foretell::chart::wrap::printable("a\u{1}b"), "a\u{fffd}b");
/// ```
pub fn printable(text: &str) -> String {
    let odd = |letter: char| letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|letter| if odd(letter) { '\u{fffd}' } else { letter }).collect()
}

/// The width of the widest line.
pub fn widest<'a>(lines: impl IntoIterator<Item = &'a String>, size: f64, weight: Weight) -> f64 {
    lines.into_iter().map(|line| text_width(line, size, weight)).fold(0.0, f64::max)
}
