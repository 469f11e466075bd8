//! An answer as indented JSON: the facts of the run and the finding.

use serde::Serialize;

use crate::diagnostic::turns;

/// The bytes of an answer, or of anything else that is plain data, ending in a newline. Letters that would turn text around or steer a
/// terminal stand in strings alone, and are escaped there.
pub fn render(value: &impl Serialize) -> Vec<u8> {
    // Plain data with names for keys can't fail; if it did, an empty object says less, and nothing wrong.
    let text = serde_json::to_string_pretty(value).unwrap_or_else(|_| "{}".into());
    let mut found = String::with_capacity(text.len() + 1);
    for letter in text.chars() {
        match steers(letter) {
            true => found.push_str(&format!("\\u{:04x}", u32::from(letter))),
            false => found.push(letter),
        }
    }
    found.push('\n');
    found.into_bytes()
}

fn steers(letter: char) -> bool {
    turns(letter) || matches!(letter, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped_and_read_back() {
        let hostile = "a\u{1b}[31m\u{9b}31m\u{202e}b\u{2066}é";
        let bytes = render(&hostile);
        assert_eq!(serde_json::from_slice::<String>(&bytes).unwrap(), hostile);
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.chars().any(|one| steers(one) || one == '\u{1b}'), "{text:?}");
        assert!(text.contains('é'));
    }
}
