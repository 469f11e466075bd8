//! Letters that can be shown.

use std::borrow::Cow;

/// `text` with each character replaced by U+FFFD that is a control, that XML forbids, that ends a line or a paragraph, or
/// that orders the letters around it to run in another direction than their own: no label can turn its neighbours round.
///
/// ```
/// use foretell::chart::printable;
/// assert_eq!(printable("a\u{1}b\u{202e}c"), "a\u{fffd}b\u{fffd}c");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(odd) {
        return text.into();
    }
    text.chars().map(|letter| if odd(letter) { '\u{fffd}' } else { letter }).collect()
}

fn odd(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}
