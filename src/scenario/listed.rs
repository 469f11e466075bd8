//! Expressions in a list, as `--joint` takes them.

use crate::diagnostic::{Diagnostic, Excerpt, SourceFile, SourceId};
use crate::expression::{self, Expr};

/// Reads expressions that commas separate, each with what was written of it; `file` is the text of a flag, registered under
/// `id`. A comma between brackets or quotes separates nothing.
///
/// # Errors
/// An expression that can't be read, or none where one must be.
///
/// ```
/// use foretell::diagnostic::{SourceFile, SourceId};
/// let flag = SourceFile::new("--joint", "deal, max(a, b) > 0.6");
/// let listed = foretell::scenario::parse_list(&flag, SourceId(1)).unwrap();
/// assert_eq!(listed.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["deal", "max(a, b) > 0.6"]);
/// ```
pub fn parse_list(file: &SourceFile, id: SourceId) -> Result<Vec<(Expr, String)>, Diagnostic> {
    let (mut start, mut found) = (0, Vec::new());
    for part in parts(&file.text) {
        let excerpt = Excerpt::verbatim(id, start, part);
        if part.trim().is_empty() {
            return Err(Diagnostic::error("joint", "something is missing in a list")
                .at(excerpt.whole(), "nothing stands here")
                .hint("separate names by single commas, as in deal,outcome"));
        }
        found.push((expression::parse(&excerpt)?, part.trim().to_string()));
        start += part.len() + 1;
    }
    Ok(found)
}

/// What stands between commas that are in no brackets and in no quotes.
fn parts(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start, mut found) = (0i64, None, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            _ if quote.is_some() => quote = quote.filter(|open| *open != letter),
            '"' | '\'' => quote = Some(letter),
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth <= 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_separate_outside_of_brackets_and_quotes() {
        assert_eq!(parts("a,b"), ["a", "b"]);
        assert_eq!(parts("min(a, b) > 1,c"), ["min(a, b) > 1", "c"]);
        assert_eq!(parts("'a,b',c"), ["'a,b'", "c"]);
        assert_eq!(parts("a),b"), ["a)", "b"]);
        assert_eq!(parts(""), [""]);
        assert_eq!(parts("a,"), ["a", ""]);
    }

    #[test]
    fn nothing_between_commas_is_a_mistake() {
        for text in ["", " ", "a,", ",a", "a,,b", "a, ,b"] {
            let flag = SourceFile::new("--joint", text);
            assert!(parse_list(&flag, SourceId(1)).is_err(), "{text}");
        }
    }
}
