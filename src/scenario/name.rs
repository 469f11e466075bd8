//! Names of factors, derived values, events and outcomes: what they may look like.

use crate::diagnostic::{Diagnostic, Hint};
use crate::distribution::Family;
use crate::expression::{COMPOSITE_FAMILIES, Function, Ident, KEYWORDS, scale};

/// Why a name can't be used, if it can't.
pub(super) fn problem(name: &Ident) -> Option<Diagnostic> {
    let text = &name.text;
    let is_snake = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !is_snake {
        return Some(
            Diagnostic::error("bad-name", format!("`{text}` can't be used as a name"))
                .at(name.span, "names are lower-case letters, digits and `_`")
                .hint(renamed(name, "label")),
        );
    }
    let owner = owner(text)?;
    Some(
        Diagnostic::error("reserved-name", format!("`{text}` is {owner} and can't be used as a name"))
            .at(name.span, "taken")
            .hint(format!("call it something else, such as `{text}_level`")),
    )
}

/// Why a name can't be that of a state, if it can't: states are compared with only, so that their case is kept and only
/// words of the language are taken.
pub(super) fn state_problem(name: &Ident) -> Option<Diagnostic> {
    let text = &name.text;
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_word {
        let error = Diagnostic::error("bad-name", format!("`{text}` can't be used as the name of a state"));
        return Some(
            error
                .at(name.span, "names of states are letters, digits and `_`")
                .hint(renamed(name, "state_labels")),
        );
    }
    let error = || Diagnostic::error("reserved-name", format!("`{text}` is a word of the language"));
    KEYWORDS
        .contains(&text.as_str())
        .then(|| error().at(name.span, "taken").hint(format!("call it something else, such as `is_{text}`")))
}

/// A name that can be used in the place of one that can't.
fn renamed(name: &Ident, labels: &str) -> Hint {
    let new = snake_case(&name.text);
    Hint::new(format!("write `{new}` and put the wording into `{labels}`"))
        .renaming(name.span, &name.text, &new)
}

/// What a word belongs to, if not to the file.
fn owner(text: &str) -> Option<&'static str> {
    Some(if KEYWORDS.contains(&text) {
        "a word of the language"
    } else if Function::from_name(text).is_some() {
        "a function"
    } else if Family::from_name(text).is_some() || COMPOSITE_FAMILIES.contains(&text) {
        "a distribution"
    } else if scale::band(text).is_some() {
        "a word of the verbal scale"
    } else {
        return None;
    })
}

/// The nearest name that is allowed, for a factor, derived value, event or outcome.
///
/// ```
/// use foretell::scenario::snake_case;
/// assert_eq!(snake_case("Öl-Preis (USD)"), "oel_preis_usd");
/// assert_eq!(snake_case("likely"), "likely_level");
/// ```
pub fn snake_case(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        match plain(c) {
            Some(letters) => name.push_str(letters),
            None if c.is_ascii_alphanumeric() => name.push(c.to_ascii_lowercase()),
            None if !name.ends_with('_') && !name.is_empty() => name.push('_'),
            None => {}
        }
    }
    let name = name.trim_end_matches('_').to_string();
    match name.chars().next() {
        None => "some_name".into(),
        Some(first) if !first.is_ascii_lowercase() => format!("x_{name}"),
        Some(_) if owner(&name).is_some() => format!("{name}_level"),
        Some(_) => name,
    }
}

/// Accented letters without their accents.
fn plain(c: char) -> Option<&'static str> {
    Some(match c.to_lowercase().next()? {
        'ä' | 'æ' => "ae",
        'ö' | 'œ' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' => "o",
        'ù' | 'ú' | 'û' => "u",
        _ => return None,
    })
}
