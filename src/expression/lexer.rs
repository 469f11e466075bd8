//! Text to tokens.

use super::KEYWORDS;
use super::character;
use super::token::{SYMBOLS, Token};
use crate::diagnostic::{Diagnostic, Excerpt, Hint};

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
        if let Some(power) = rest[..length].find(['²', '³']) {
            return Err(superscript(text, at, power));
        }
        let length = length + decimals(&rest[..length], &rest[length..]);
        return Ok((word(&rest[..length]), length));
    }
    if first == '"' {
        let Some(length) = rest[1..].find('"') else {
            return Err(Diagnostic::error("syntax", "this quoted text does not end")
                .at(text.span(at..text.content().len()), "opened here")
                .hint("a quoted text ends with the mark that it begins with, as in \"prices.csv\""));
        };
        return Ok((Token::Text(rest[1..=length].into()), length + 2));
    }
    match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
        Some(symbol) => Ok((Token::Symbol(symbol), symbol.len())),
        None => Err(character::unknown(text, at, first)),
    }
}

fn word(text: &str) -> Token {
    match KEYWORDS.iter().find(|keyword| **keyword == text) {
        Some(keyword) => Token::Keyword(keyword),
        None => Token::Name(text.into()),
    }
}

/// The length of the decimals behind the name of a percentile: `p97.5` is a name.
fn decimals(name: &str, rest: &str) -> usize {
    let is_percentile = name
        .strip_prefix('p')
        .is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty());
    let digits = rest.strip_prefix('.').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if is_percentile && digits > 0 { 1 + digits } else { 0 }
}

/// `a²`; `power` is where the exponent stands in the word at `at`. All of a text are meant alike.
fn superscript(text: &Excerpt, at: usize, power: usize) -> Diagnostic {
    let place = at + power;
    let sign = text.content()[place..].chars().next().unwrap_or('²');
    let plain = |sign: &str| if sign == "³" { "^3" } else { "^2" };
    let hint = Hint::new(format!("write `{}`", plain(&sign.to_string())));
    let all = text.content().match_indices(['²', '³']);
    Diagnostic::error("syntax", format!("the character `{sign}` has no meaning in an expression"))
        .at(text.span(place..place + sign.len_utf8()), "not part of the language")
        .hint(all.fold(hint, |hint, (at, sign)| hint.edit(text.span(at..at + sign.len()), plain(sign))))
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
    let place = text.span(at..at + end);
    let hint = match (whole, word.to_lowercase().as_str(), number.parse::<f64>()) {
        (Some(value), ..) => {
            Hint::new(format!("numbers are decimal: write `{value}`")).edit(place, value.to_string())
        }
        (_, "k", Ok(count)) => Hint::write(place, (count * 1e3).to_string()),
        (_, "percent" | "pct", _) => Hint::write(place, format!("{number}%")),
        _ => {
            let product = format!("{number} * {word}");
            Hint::new(format!("write `{product}` to multiply; names start with a letter"))
                .edit(place, product)
        }
    };
    Diagnostic::error("syntax", "a number and a word run together")
        .at(place, "neither a number nor a name")
        .hint(hint)
}
