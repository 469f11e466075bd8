//! How sentences call things that the file names.

use unicode_width::UnicodeWidthChar;

use crate::report::wrapping::{plain, width};

/// As many columns as a name takes in a sentence.
const LONGEST: usize = 72;

/// A name in curly quotes, on one line and cut where it is long; what is quoted within has single ones.
///
/// ```
/// use foretell::report::prose::quoted;
/// assert_eq!(quoted("the \"grand\" bargain"), "“the ‘grand’ bargain”");
/// ```
pub fn quoted(name: &str) -> String {
    let mut is_open = false;
    let name = plain(name);
    let inner = name.chars().map(|one| match one {
        '"' => {
            is_open = !is_open;
            if is_open { '‘' } else { '’' }
        }
        '“' | '„' => '‘',
        '”' => '’',
        other => other,
    });
    format!("“{}”", cut(&inner.collect::<String>(), LONGEST))
}

/// A name as pictures have it: on one line, and cut where it is long.
///
/// ```
/// use foretell::report::prose::named;
/// assert_eq!(named("two\nlines"), "two lines");
/// assert_eq!(named(&"on and on ".repeat(30)).chars().last(), Some('…'));
/// ```
pub fn named(name: &str) -> String {
    cut(&plain(name), LONGEST)
}

/// A name and what its numbers are measured in, unless the name says so itself.
///
/// ```
/// use foretell::report::prose::measured;
/// assert_eq!([measured("Cost", Some("EUR")), measured("Cost", None)], ["Cost (EUR)", "Cost"]);
/// assert_eq!(measured("Delay, days", Some("days")), "Delay, days");
/// ```
pub fn measured(name: &str, unit: Option<&str>) -> String {
    match unit.map(plain).filter(|unit| !unit.is_empty() && !says(name, unit)) {
        Some(unit) => format!("{name} ({unit})"),
        None => name.into(),
    }
}

/// Whether a name ends in a unit, in brackets or as a word of its own.
fn says(name: &str, unit: &str) -> bool {
    let bare = name.trim_end_matches(')');
    let before = bare.strip_suffix(unit).and_then(|rest| rest.chars().last());
    before.is_some_and(|letter| matches!(letter, ' ' | '(' | '\u{a0}'))
}

/// A text of at most so many columns: a longer one ends after a word, or where there is none in a word, with "…".
///
/// ```
/// use foretell::report::prose::cut;
/// assert_eq!(cut("substantial decisions with China", 24), "substantial decisions…");
/// ```
pub fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.into();
    }
    let mut used = 0;
    let fits = |one: &char| {
        used += one.width().unwrap_or(0);
        used < most
    };
    let kept: String = text.chars().take_while(fits).collect();
    let end = kept.rfind(' ').filter(|at| 2 * at > kept.len()).unwrap_or(kept.len());
    format!("{}…", kept[..end].trim_end_matches([' ', ',', ';', ':']))
}

/// Some things in a sentence.
///
/// ```
/// assert_eq!(foretell::report::prose::listed(&["a", "b", "c"]), "a, b and c");
/// ```
pub fn listed(things: &[impl AsRef<str>]) -> String {
    let things: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
    match &things[..] {
        [] => String::new(),
        [only] => (*only).into(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_quote_stands_within_its_like() {
        for label in ["a \"b\" c", "“b”", "\"", "„x“ \"y\" ”"] {
            let shown = quoted(label);
            assert_eq!([shown.matches('“').count(), shown.matches('”').count()], [1, 1], "{shown}");
            assert!(!shown.contains('"'), "{shown}");
        }
        assert_eq!(quoted("a\u{1b}[1m\nb"), "“a [1m b”");
    }

    #[test]
    fn long_names_are_cut_to_their_columns() {
        let (word, wide) = ("x".repeat(300), "中".repeat(300));
        for most in 2..90 {
            for text in [word.as_str(), wide.as_str(), "some words that go on and on and on"] {
                let shown = cut(text, most);
                assert!(width(&shown) <= most, "{shown}");
                assert_eq!(shown == text, width(text) <= most);
            }
        }
    }
}
