//! Text broken into lines by the width that a terminal gives it.

use crate::diagnostic::turns;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    // Printable ASCII, which most texts are, takes a column a letter.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) { text.len() } else { text.width() }
}

/// `text` on one line: white space and control characters, such as terminal codes in a label, become single spaces; what turns
/// the direction of all that follows goes (Boucher & Anderson 2021).
///
/// ```
/// use foretell::report::wrapping::plain;
///
/// assert_eq!(plain("two\n lines\u{1b}[1m"), "two lines [1m");
/// assert_eq!(plain("\u{202e}tfel fo thgir\u{202c} 20\u{a0}%"), "tfel fo thgir 20 %");
/// ```
pub fn plain(text: &str) -> String {
    if is_plain(text) {
        return text.into();
    }
    let straight: String = text.chars().filter(|one| !turns(*one)).collect();
    straight.split(separates).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a text is plain already, as most are.
fn is_plain(text: &str) -> bool {
    let is_edged = text.starts_with(' ') || text.ends_with(' ');
    let is_strange = |one: char| one != ' ' && (separates(one) || turns(one));
    !is_edged && !text.contains("  ") && !text.contains(is_strange)
}

/// Whether words end at a letter: white space that breaks, and control characters.
fn separates(one: char) -> bool {
    one.is_control() || one.is_whitespace()
}

/// `text` in lines of at most `width` columns, each with the text's own indent. Nothing is cut: a word wider than a line
/// is broken between characters. A number and its `%` or the digits of one number stay together.
///
/// ```
/// let lines = foretell::report::wrapping::wrap("  at most 39.5 % of 65 536 draws", 18);
/// assert_eq!(lines, ["  at most 39.5 %", "  of 65 536 draws"]);
/// ```
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let bare = text.trim_start_matches(' ');
    let indent = text.len() - bare.len();
    let room = width.saturating_sub(indent).max(1);
    if !bare.is_empty() && self::width(bare) <= room && is_plain(bare) {
        return vec![text.into()];
    }
    let mut lines = vec![String::new()];
    for word in glued(&plain(text)) {
        let last = lines.len() - 1;
        let joined = if lines[last].is_empty() { word.clone() } else { format!("{} {word}", lines[last]) };
        if self::width(&joined) <= room {
            lines[last] = joined;
        } else {
            lines.extend(broken(&word, room));
        }
    }
    lines.retain(|line| !line.is_empty());
    lines.iter().map(|line| format!("{}{line}", " ".repeat(indent))).collect()
}

/// Paragraphs wrapped to `width` columns, with a line end each.
///
/// ```
/// assert_eq!(foretell::report::wrapping::paragraph("rain or snow", 8), "rain or\nsnow\n");
/// ```
pub fn paragraph(text: &str, width: usize) -> String {
    wrap(text, width).into_iter().map(|line| line + "\n").collect()
}

/// The words of a line; what must stay together is one word.
pub(super) fn glued(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        match words.last_mut() {
            Some(last) if sticks(last, word) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.into()),
        }
    }
    words
}

/// Whether `word` may not begin a line after `before`.
fn sticks(before: &str, word: &str) -> bool {
    let ends_in_digit = before.ends_with(|one: char| one.is_ascii_digit());
    let digits = word.len() >= 3 && word.as_bytes()[..3].iter().all(u8::is_ascii_digit);
    (ends_in_digit && (word.starts_with('%') || digits)) || before == "±"
}

/// Makes a picture of the letter before it, which may take a column more.
const EMOJI: char = '\u{fe0f}';

/// Parts of names and addresses end in these.
const STOPS: [char; 5] = ['.', '_', '/', '-', '@'];

/// Takes what stands behind the last stop of a full line off it, unless that is more than half of the line or than `room`.
fn after_stop(line: &mut String, room: usize) -> String {
    let end = line.char_indices().rfind(|(_, one)| STOPS.contains(one));
    match end
        .map(|(at, one)| at + one.len_utf8())
        .filter(|at| 2 * at >= line.len() && width(&line[*at..]) <= room)
    {
        Some(at) => line.split_off(at),
        None => String::new(),
    }
}

/// A word in pieces of at most `room` columns, broken behind a stop where there is one.
fn broken(word: &str, room: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for one in word.chars() {
        let wide = if one == EMOJI { 1 } else { one.width().unwrap_or(0) };
        if used + wide > room && used > 0 {
            let rest =
                pieces.last_mut().map_or(String::new(), |line| after_stop(line, room - wide.min(room)));
            used = width(&rest);
            pieces.push(rest);
        }
        used += wide;
        pieces.last_mut().expect("never empty").push(one);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_their_width_and_lose_nothing() {
        let text = "Substantial decisions with 中国的知识和同意 and a-very-long-word-without-any-break-in-it \
                    ❤\u{fe0f}❤\u{fe0f}❤\u{fe0f}❤\u{fe0f}❤\u{fe0f}";
        for room in 2..90 {
            let lines = wrap(text, room);
            assert!(lines.iter().all(|line| line.width() <= room), "{room}: {lines:?}");
            let squeezed = |text: &str| text.replace(' ', "");
            assert_eq!(squeezed(&lines.concat()), squeezed(text));
        }
    }

    #[test]
    fn an_empty_text_has_no_lines() {
        assert!(wrap("", 10).is_empty());
        assert!(wrap(" \n ", 10).is_empty());
    }
}
