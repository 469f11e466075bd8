//! The letters of the interchange format to words and signs.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, SourceId, Span};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword or a number, plain or in quotes.
    Word,
    /// One of `{ } ( ) [ ] ;`.
    Sign(char),
    /// The end of the text.
    End,
}

/// A token with its text, without quotes, and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub kind: Kind,
    pub text: &'t str,
    /// Whether it stood in quotes, and so can be no keyword.
    pub is_quoted: bool,
    pub span: Span,
}

impl Token<'_> {
    /// Whether it is this keyword.
    pub fn is(&self, keyword: &str) -> bool {
        self.kind == Kind::Word && !self.is_quoted && self.text == keyword
    }

    /// As messages show it.
    pub fn shown(&self) -> String {
        match self.kind {
            Kind::End => "the end of the file".into(),
            _ if self.text.is_empty() => "an empty name".into(),
            _ => format!("`{}`", self.text.escape_debug()),
        }
    }
}

/// Characters that stand between words without a meaning of their own; so the format has it.
const IGNORED: [char; 2] = [',', '|'];

const SIGNS: [char; 7] = ['{', '}', '(', ')', '[', ']', ';'];

/// All tokens of a text, the last of which is [`Kind::End`], and what could not be read.
pub(super) fn tokens(text: &str) -> (Vec<Token<'_>>, Vec<Diagnostic>) {
    let mut lexer = Lexer { text, at: 0, found: Vec::new(), problems: Vec::new() };
    while lexer.step() {}
    lexer.push(Kind::End, text.len()..text.len(), false);
    (lexer.found, lexer.problems)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    found: Vec<Token<'t>>,
    problems: Vec<Diagnostic>,
}

impl<'t> Lexer<'t> {
    /// Reads one token or what stands between tokens; false at the end.
    fn step(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(first) = rest.chars().next() else { return false };
        if rest.starts_with("//") {
            self.at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            self.comment(rest);
        } else if first.is_whitespace() || IGNORED.contains(&first) {
            self.at += first.len_utf8();
        } else if SIGNS.contains(&first) {
            self.push(Kind::Sign(first), self.at..self.at + 1, false);
            self.at += 1;
        } else if first == '"' {
            self.quoted(rest);
        } else {
            let length = word_length(rest);
            self.push(Kind::Word, self.at..self.at + length, false);
            self.at += length;
        }
        true
    }

    fn comment(&mut self, rest: &str) {
        match rest[2..].find("*/") {
            Some(end) => self.at += end + 4,
            None => {
                let opened = Span::new(SourceId::FILE, self.at..self.at + 2);
                self.problems.push(
                    Diagnostic::error("bif-syntax", "this comment does not end")
                        .at(opened, "opened here")
                        .hint("close it with */"),
                );
                self.at = self.text.len();
            }
        }
    }

    fn quoted(&mut self, rest: &str) {
        let line = rest.find('\n').unwrap_or(rest.len());
        match rest[1..line].find('"') {
            Some(length) => {
                self.push(Kind::Word, self.at + 1..self.at + 1 + length, true);
                self.at += length + 2;
            }
            None => {
                let whole = Span::new(SourceId::FILE, self.at..self.at + rest[..line].trim_end().len());
                self.problems.push(
                    Diagnostic::error("bif-syntax", "this quoted text does not end on its line")
                        .at(whole, "opened here")
                        .hint("close it with \""),
                );
                self.at += line;
            }
        }
    }

    fn push(&mut self, kind: Kind, range: Range<usize>, is_quoted: bool) {
        let text = &self.text[range.clone()];
        self.found.push(Token { kind, text, is_quoted, span: Span::new(SourceId::FILE, range) });
    }
}

/// A word runs until a space, a sign, a quote or a comment, so that `0-5`, `<7.5` and `1e-3` are words.
fn word_length(rest: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || IGNORED.contains(&c) || SIGNS.contains(&c) || c == '"';
    let length = rest.find(ends).unwrap_or(rest.len());
    let word = &rest[..length];
    [word.find("//"), word.find("/*")].into_iter().flatten().fold(length, usize::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let (found, problems) = tokens(text);
        assert!(problems.is_empty(), "{problems:?}");
        found.iter().map(|token| token.text).collect()
    }

    #[test]
    fn names_may_hold_almost_anything() {
        assert_eq!(words("a-b.c, 0-5 | <7.5;\"x y\"1e-3"), ["a-b.c", "0-5", "<7.5", ";", "x y", "1e-3", ""]);
    }

    #[test]
    fn comments_are_left_out() {
        assert_eq!(words("a// b\nc/* d\n e */f /**/ /g"), ["a", "c", "f", "/g", ""]);
    }

    #[test]
    fn what_does_not_end_is_said() {
        for text in ["/* a", "\"a\nb\"", "a \"", "/*/"] {
            assert!(!tokens(text).1.is_empty(), "{text}");
        }
    }
}
