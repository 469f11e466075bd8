//! Text to tokens.

use super::KEYWORDS;
use super::token::{SYMBOLS, Token};
use crate::diagnostic::{Diagnostic, Excerpt};

/// A token and the bytes of the excerpt that it covers.
pub(super) type Placed = (Token, std::ops::Range<usize>);

/// Splits `text` into tokens, the last of which is [`Token::End`].
pub(super) fn tokens(text: &Excerpt) -> Result<Vec<Placed>, Diagnostic> {
    let content = text.content();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = content[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = one(text, at, first)?;
        found.push((token, at..at + length));
        at += length;
    }
    found.push((Token::End, content.len()..content.len()));
    Ok(found)
}

fn one(text: &Excerpt, at: usize, first: char) -> Result<(Token, usize), Diagnostic> {
    let rest = &text.content()[at..];
    if first.is_ascii_digit() || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit())) {
        return number(text, at);
    }
    if first.is_alphabetic() || first == '_' {
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        return Ok((word(&rest[..length]), length));
    }
    if first == '"' {
        let Some(length) = rest[1..].find('"') else {
            return Err(Diagnostic::error("syntax", "this quoted text does not end")
                .at(text.span(at..text.content().len()), "opened here")
                .hint("close it with \""));
        };
        return Ok((Token::Text(rest[1..=length].into()), length + 2));
    }
    match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
        Some(symbol) => Ok((Token::Symbol(symbol), symbol.len())),
        None => Err(unknown_character(text, at, first)),
    }
}

fn word(text: &str) -> Token {
    match KEYWORDS.iter().find(|keyword| **keyword == text) {
        Some(keyword) => Token::Keyword(keyword),
        None => Token::Name(text.into()),
    }
}

/// Digits with `_` between them, a fraction, an exponent, and `%` directly behind.
fn number(text: &Excerpt, at: usize) -> Result<(Token, usize), Diagnostic> {
    let rest = &text.content()[at..];
    let bytes = rest.as_bytes();
    let digits =
        |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit() || **b == b'_').count();
    let mut length = digits(0);
    if bytes.get(length) == Some(&b'.') {
        length = digits(length + 1);
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let end = digits(length + 1 + sign);
        if end > length + 1 + sign {
            length = end;
        }
    }
    let value: Option<f64> = rest[..length].replace('_', "").parse().ok().filter(|v: &f64| v.is_finite());
    let Some(value) = value else {
        return Err(Diagnostic::error("syntax", "this number is too large to be represented")
            .at(text.span(at..at + length), "larger than 1.8e308"));
    };
    if rest[length..].starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return Err(Diagnostic::error("syntax", "a name or an operator must not follow a number directly")
            .at(text.span(at..at + length + 1), "number and letter run together")
            .hint("write `2 * x`, not `2x`; names start with a letter"));
    }
    match bytes.get(length) {
        Some(b'%') => Ok((Token::Number(value / 100.0), length + 1)),
        _ => Ok((Token::Number(value), length)),
    }
}

fn unknown_character(text: &Excerpt, at: usize, character: char) -> Diagnostic {
    let hint = match character {
        '&' => "write `and`",
        '!' => "write `not`",
        '?' => "write `if … then … else …`",
        '{' | '}' => "group with parentheses ( )",
        '\'' => "quote texts with \"",
        ';' => "separate arguments with commas",
        '−' | '–' | '—' => "write the plain minus `-`",
        '×' | '·' => "write `*` to multiply",
        '≥' => "write `>=`",
        '≤' => "write `<=`",
        '→' => "write `->`",
        _ => "see docs/scenario-format.md for what an expression can hold",
    };
    Diagnostic::error("syntax", format!("the character `{character}` has no meaning in an expression"))
        .at(text.span(at..at + character.len_utf8()), "not part of the language")
        .hint(hint)
}
