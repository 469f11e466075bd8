//! States that are intervals between numbers.

use super::blocks::Word;

/// Whether a word is a number, infinite ones included.
pub(super) fn is_number(text: &str) -> bool {
    infinity(text).is_some() || text.parse::<f64>().is_ok()
}

/// Whether a word is infinite, and above 0.
fn infinity(text: &str) -> Option<bool> {
    let (is_negative, name) = match text.strip_prefix('-') {
        Some(name) => (true, name),
        None => (false, text),
    };
    let is_it = ["infinity", "inf"].contains(&name.to_ascii_lowercase().as_str());
    is_it.then_some(!is_negative)
}

/// The intervals between ascending numbers, named as people would.
pub(super) fn intervals(ends: &[Word]) -> Vec<Word> {
    let one = |pair: &[Word]| {
        let text = match (infinity(&pair[0].text), infinity(&pair[1].text)) {
            (Some(false), None) => format!("<{}", pair[1].text),
            (None, Some(true)) => format!(">={}", pair[0].text),
            _ => format!("{} to {}", pair[0].text, pair[1].text),
        };
        Word { text, span: pair[0].span.to(pair[1].span) }
    };
    ends.windows(2).map(one).collect()
}
