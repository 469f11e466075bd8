//! Characters that have no meaning in an expression, and what to write instead.

use crate::diagnostic::{Diagnostic, Excerpt, Hint};

/// Characters that others stand for.
const INSTEAD: [(char, &str); 20] = [
    (';', ","),
    ('，', ","),
    ('、', ","),
    ('；', ","),
    ('−', "-"),
    ('–', "-"),
    ('—', "-"),
    ('×', "*"),
    ('·', "*"),
    ('∙', "*"),
    ('⋅', "*"),
    ('÷', "/"),
    ('∕', "/"),
    ('\\', "/"),
    ('≥', ">="),
    ('≤', "<="),
    ('≠', "!="),
    ('→', "->"),
    ('％', "%"),
    ('¬', "not "),
];

/// Quotation marks that are not straight.
const CURLY: [char; 7] = ['“', '”', '„', '‘', '’', '«', '»'];

/// The error of the character at byte `at`.
pub(super) fn unknown(text: &Excerpt, at: usize, character: char) -> Diagnostic {
    let shown = match character.is_control() {
        true => character.escape_unicode().to_string(),
        false => character.to_string(),
    };
    Diagnostic::error("syntax", format!("the character `{shown}` has no meaning in an expression"))
        .at(text.span(at..at + character.len_utf8()), "not part of the language")
        .hint(hint(text, at, character))
}

fn hint(text: &Excerpt, at: usize, character: char) -> Hint {
    if let Some((_, new)) = INSTEAD.iter().find(|(old, _)| *old == character) {
        return everywhere(text, character, new);
    }
    let here = text.span(at..at + character.len_utf8());
    let content = text.content();
    match character {
        '&' | '∧' => spaced(text, at, character, "and"),
        '∨' => spaced(text, at, character, "or"),
        '!' => Hint::new("write `not`").edit(here, "not "),
        '?' => conditional(text, at),
        '{' | '}' => parentheses(text),
        '√' => root(text, at),
        '½' => fraction(text, at, "0.5"),
        '¼' => fraction(text, at, "0.25"),
        '¾' => fraction(text, at, "0.75"),
        '$' | '@' => removed(text, character, "names are written plain, without a sign before them"),
        _ if CURLY.contains(&character) && !content.contains("empirical") => CURLY
            .iter()
            .fold(Hint::new("leave these quotes out: names and numbers need none"), |hint, mark| removing(hint, text, *mark)),
        _ if CURLY.contains(&character) => "quote texts with the straight \"".into(),
        '\'' => "quote texts with \"".into(),
        '…' => "a range of values has `to` between its ends, as in `0.2 to 0.6`".into(),
        '±' => "a middle and a standard deviation are given as in `normal(5, 2)`, a range of values as in `3 to 7`".into(),
        '∞' => "values are finite numbers: leave out a bound that is never reached".into(),
        '~' if content[..at].trim().is_empty() => removed(text, '~', "leave it out: a distribution stands by itself"),
        '~' => "a distribution stands by itself, as in `normal(0, 1)`".into(),
        '#' => "comments stand outside the quotes, behind the value".into(),
        '.' => "a number has digits behind its point, as in `0.5`; names have no point".into(),
        _ => "expressions hold names, numbers, `+ - * / ^`, comparisons, `and or not`, `if`, and calls such as `sqrt(x)`"
            .into(),
    }
}

/// Every one of a character replaced: what is meant once is meant each time.
fn everywhere(text: &Excerpt, old: char, new: &str) -> Hint {
    let places = text.content().match_indices(old);
    let hint = Hint::new(match new {
        "," => "separate arguments with commas: write `,`".to_string(),
        "-" => {
            "write the plain minus `-`; between the ends of a range stands `to`, as in `0.2 to 0.6`".into()
        }
        _ => format!("write `{}`", new.trim()),
    });
    places.fold(hint, |hint, (at, found)| hint.edit(text.span(at..at + found.len()), new))
}

fn removing(hint: Hint, text: &Excerpt, old: char) -> Hint {
    let places = text.content().match_indices(old);
    places.fold(hint, |hint, (at, found)| hint.edit(text.span(at..at + found.len()), ""))
}

fn removed(text: &Excerpt, old: char, words: &str) -> Hint {
    removing(Hint::new(words), text, old)
}

/// `&&` and `&` as the word `and`, with spaces where there are none.
fn spaced(text: &Excerpt, at: usize, character: char, word: &str) -> Hint {
    let content = text.content();
    let length = content[at..].chars().take_while(|one| *one == character).map(char::len_utf8).sum::<usize>();
    let space = |is_there: bool| if is_there { "" } else { " " };
    let before = space(content[..at].ends_with(char::is_whitespace));
    let after = space(content[at + length..].starts_with(char::is_whitespace));
    Hint::new(format!("write `{word}`")).edit(text.span(at..at + length), format!("{before}{word}{after}"))
}

/// `a ? b : c`, if that is all there is.
fn conditional(text: &Excerpt, at: usize) -> Hint {
    let content = text.content();
    let words = "a choice is written as in `if a > 0.5 then 1 else 2`";
    let Some(colon) = content[at..].find(':').map(|found| at + found) else { return words.into() };
    if content.matches(['?', ':']).count() != 2 || content.trim_start().starts_with("if ") {
        return words.into();
    }
    let start = content.len() - content.trim_start().len();
    let piece = |range: std::ops::Range<usize>| content[range].trim();
    let new = format!(
        "if {} then {} else {}",
        piece(start..at),
        piece(at + 1..colon),
        piece(colon + 1..content.len())
    );
    Hint::write(text.span(start..content.len()), new)
}

fn parentheses(text: &Excerpt) -> Hint {
    let content = text.content();
    let hint = Hint::new("group with parentheses ( )");
    if content.matches('{').count() != content.matches('}').count() {
        return hint;
    }
    content.match_indices(['{', '}']).fold(hint, |hint, (at, brace)| {
        hint.edit(text.span(at..at + 1), if brace == "{" { "(" } else { ")" })
    })
}

/// `√a` as `sqrt(a)`.
fn root(text: &Excerpt, at: usize) -> Hint {
    let content = text.content();
    let from = at + '√'.len_utf8();
    let rest = &content[from..];
    let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
    match (rest.starts_with('('), length) {
        (true, _) => Hint::write(text.span(at..from), "sqrt"),
        (_, 0) => "a square root is written as in `sqrt(x)`".into(),
        _ => Hint::write(text.span(at..from + length), format!("sqrt({})", &rest[..length])),
    }
}

fn fraction(text: &Excerpt, at: usize, decimal: &str) -> Hint {
    let before = text.content()[..at].chars().next_back();
    if before.is_some_and(char::is_alphanumeric) {
        return format!("write it as a decimal fraction, such as `{decimal}`").into();
    }
    let length = text.content()[at..].chars().next().map_or(0, char::len_utf8);
    Hint::write(text.span(at..at + length), decimal)
}
