//! Text that a terminal shows and does not obey.

use std::borrow::Cow;

/// The text with control characters, all but tabs and line feeds, and characters that turn the direction of reading as visible
/// escapes.
///
/// ```
/// use foretell::diagnostic::visible;
/// assert_eq!(visible("red \u{1b}[31m\u{202e}"), "red \\u{1b}[31m\\u{202e}");
/// assert_eq!(visible("plain\ttext\n"), "plain\ttext\n");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|one| match steers(one) {
        true => one.escape_unicode().to_string(),
        false => one.to_string(),
    });
    Cow::Owned(shown.collect())
}

/// Whether a terminal obeys a character in place of showing it.
fn steers(one: char) -> bool {
    one.is_control() && one != '\n' && one != '\t' || turns(one)
}

/// Whether a character embeds, overrides or isolates a direction of reading, or ends that.
pub fn turns(one: char) -> bool {
    matches!(one, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
