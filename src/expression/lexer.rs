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
            .at(text.span(at..at + length), "larger than 1.8e308")
            .hint("write a smaller number, or its logarithm"));
    };
    if rest[length..].starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return Err(run_together(text, at, length));
    }
    match bytes.get(length) {
        Some(b'%') => Ok((Token::Number(value / 100.0), length + 1)),
        _ => Ok((Token::Number(value), length)),
    }
}

/// `2x`, `0x10`.
fn run_together(text: &Excerpt, at: usize, length: usize) -> Diagnostic {
    let rest = &text.content()[at..];
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    let end = rest[length..].find(is_end).map_or(rest.len(), |end| length + end);
    let (number, word) = (&rest[..length], &rest[length..end]);
    let digits = |radix| u64::from_str_radix(&word[1..], radix).ok().filter(|_| number == "0");
    let whole = match word.chars().next() {
        Some('x' | 'X') => digits(16),
        Some('b' | 'B') => digits(2),
        Some('o' | 'O') => digits(8),
        _ => None,
    };
    let hint = match whole {
        Some(value) => format!("numbers are decimal: write `{value}`"),
        None => format!("write `{number} * {word}` to multiply; names start with a letter"),
    };
    Diagnostic::error("syntax", "a number and a word run together")
        .at(text.span(at..at + end), "neither a number nor a name")
        .hint(hint)
}

fn unknown_character(text: &Excerpt, at: usize, character: char) -> Diagnostic {
    let hint = match character {
        '&' => "write `and`",
        '!' => "write `not`",
        '?' => "write `if … then … else …`",
        '{' | '}' => "group with parentheses ( )",
        '\'' => "quote texts with \"",
        ';' | '，' | '、' | '；' => "separate arguments with commas `,`",
        '−' | '–' | '—' => "write the plain minus `-`; a range of values is `0.2 to 0.6`",
        '×' | '·' | '∙' | '⋅' => "write `*` to multiply",
        '÷' | '∕' => "write `/` to divide",
        '≥' => "write `>=`",
        '≤' => "write `<=`",
        '≠' => "write `!=`",
        '→' => "write `->`",
        '√' => "write `sqrt(…)`",
        '½' | '¼' | '¾' => "write a decimal fraction such as `0.5`",
        '…' => "a range of values is `0.2 to 0.6`",
        '∞' => "values are finite numbers: leave out a bound that is never reached",
        '∧' => "write `and`",
        '∨' => "write `or`",
        '¬' => "write `not`",
        '％' => "write the plain percent sign `%`",
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => {
            "quote texts with the straight \"; names and numbers need no quotes"
        }
        '~' => "a distribution stands by itself, as in `value = 'normal(0, 1)'`",
        '#' => "comments stand outside the quotes, after the value",
        '$' | '@' => "names are written plain, without a sign before them",
        '\\' => "write `/` to divide",
        '.' => "write a number such as `0.5`, or a name",
        _ => {
            "expressions hold names, numbers, `+ - * / ^`, comparisons, `and or not`, `if`, and calls such as `sqrt(x)`"
        }
    };
    let shown = match character.is_control() {
        true => character.escape_unicode().to_string(),
        false => character.to_string(),
    };
    Diagnostic::error("syntax", format!("the character `{shown}` has no meaning in an expression"))
        .at(text.span(at..at + character.len_utf8()), "not part of the language")
        .hint(hint)
}
