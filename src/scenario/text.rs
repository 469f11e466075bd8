//! Offsets inside TOML strings: the decoded text of a string, each piece with its place in the file.

use crate::diagnostic::{Excerpt, SourceId};

/// Decodes the string literal that stands at `start..end` of `file`, quotes included. The TOML reader has already
/// accepted it, so this follows the same rules without checking them again.
pub(super) fn decode(source: SourceId, file: &str, start: usize, end: usize) -> Excerpt {
    let raw = &file[start..end];
    for (fence, escapes) in [("\"\"\"", true), ("'''", false), ("\"", true), ("'", false)] {
        if raw.len() >= 2 * fence.len() && raw.starts_with(fence) && raw.ends_with(fence) {
            let multiline = fence.len() == 3;
            let inner = start + fence.len() + if multiline { first_newline(&raw[3..]) } else { 0 };
            return unescape(source, file, inner, end - fence.len(), escapes);
        }
    }
    Excerpt::verbatim(source, start, raw)
}

/// The newline directly behind an opening fence is not part of the text.
fn first_newline(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with('\n')) }
}

fn unescape(source: SourceId, file: &str, mut at: usize, end: usize, escapes: bool) -> Excerpt {
    let mut excerpt = Excerpt::empty(source);
    while at < end {
        let rest = &file[at..end];
        let plain = if escapes { rest.find('\\').unwrap_or(rest.len()) } else { rest.len() };
        if plain > 0 {
            excerpt.push(&rest[..plain], at);
            at += plain;
            continue;
        }
        let (piece, length) = escape(rest);
        if !piece.is_empty() {
            excerpt.push_escape(&piece, at..at + length);
        }
        at += length;
    }
    excerpt.end(end);
    excerpt
}

/// What the escape at the start of `text` stands for, and its length. One that lacks digits, which the TOML reader has
/// reported and passed over, ends where they do.
fn escape(text: &str) -> (String, usize) {
    let code = |digits: usize| {
        let there = text[2..].bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
        let value = u32::from_str_radix(&text[2..2 + there], 16).ok().filter(|_| there == digits);
        (value.and_then(char::from_u32).unwrap_or('\u{fffd}').to_string(), 2 + there)
    };
    let single = |piece: &str| (piece.to_string(), 2);
    match text.as_bytes().get(1) {
        Some(b'n') => single("\n"),
        Some(b't') => single("\t"),
        Some(b'r') => single("\r"),
        Some(b'b') => single("\u{8}"),
        Some(b'f') => single("\u{c}"),
        Some(b'e') => single("\u{1b}"),
        Some(b'"') => single("\""),
        Some(b'\\') => single("\\"),
        Some(b'x') => code(2),
        Some(b'u') => code(4),
        Some(b'U') => code(8),
        // A backslash at the end of a line swallows the white space up to the next word.
        _ => (String::new(), 1 + text[1..].len() - text[1..].trim_start().len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn decoded(file: &str, content: &str, word: &str, place: usize) {
        let excerpt = decode(SourceId::FILE, file, 0, file.len());
        assert_eq!(excerpt.content(), content);
        let at = content.find(word).expect("the word");
        assert_eq!(excerpt.span(at..at + word.len()).range(), place..place + word.len());
    }

    #[test]
    fn places_survive_every_kind_of_string() {
        decoded("'a + bc'", "a + bc", "bc", 5);
        decoded("\"a \\u002B bc\"", "a + bc", "bc", 10);
        decoded("'''\na +\n  bc'''", "a +\n  bc", "bc", 10);
        decoded("\"\"\"\\\n   a + \\\n   bc\"\"\"", "a + bc", "bc", 17);
        decoded("\"\\\"é\\\" + bc\"", "\"é\" + bc", "bc", 10);
        decoded("\"\"\"bc\\\n   + 1\"\"\"", "bc+ 1", "bc", 3);
    }

    #[test]
    fn an_escape_is_underlined_whole() {
        let file = "\"a\\u0062c\"";
        let excerpt = decode(SourceId::FILE, file, 0, file.len());
        assert_eq!(
            (excerpt.content(), excerpt.span(1..2).range(), excerpt.whole().range()),
            ("abc", 2..8, 1..9)
        );
    }

    #[test]
    fn decoding_agrees_with_the_toml_reader() {
        for literal in
            ["'x'", "\"a\\tb\\\\c\"", "'''\nx\ny'''", "\"\"\"\r\nx\\\n  y\"\"\"", "\"\\U0001F600\"", "''"]
        {
            let file = format!("k = {literal}");
            let table: toml::Table = file.parse().expect("valid TOML");
            let expected = table["k"].as_str().expect("a string");
            assert_eq!(decode(SourceId::FILE, &file, 4, file.len()).content(), expected, "{literal}");
        }
    }
}
