//! The letters of a network's file to words and signs.

use std::borrow::Cow;
use std::ops::Range;

use super::blocks::Word;
use crate::diagnostic::{Diagnostic, SourceId, Span};

/// How the words of a language look.
pub(super) struct Lexicon {
    /// Characters that stand for themselves.
    pub signs: &'static [char],
    /// Characters that stand between words without a meaning of their own.
    pub ignored: &'static [char],
    /// What begins a comment that ends with its line.
    pub comment: &'static str,
    /// Whether `/* … */` is a comment.
    pub has_blocks: bool,
    /// Whether text in quotes goes on over lines, with `\` before what it could not hold else.
    pub has_escapes: bool,
    /// How a statement is written, for messages.
    pub form: &'static str,
}

impl Lexicon {
    /// The interchange format: commas and bars say nothing; so the format has it.
    pub const BIF: Lexicon = Lexicon {
        signs: &['{', '}', '(', ')', '[', ']', ';'],
        ignored: &[',', '|'],
        comment: "//",
        has_blocks: true,
        has_escapes: false,
        form: "",
    };
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword or a number, plain or in quotes.
    Word,
    /// One of the lexicon's signs.
    Sign(char),
    /// The end of the text.
    End,
}

/// A token with its text, without quotes, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub kind: Kind,
    pub text: Cow<'t, str>,
    /// Whether it stood in quotes, and so can be no keyword.
    pub is_quoted: bool,
    pub span: Span,
}

impl Token<'_> {
    /// Whether it is this keyword.
    pub fn is(&self, keyword: &str) -> bool {
        self.kind == Kind::Word && !self.is_quoted && self.text == keyword
    }

    /// As a word.
    pub fn word(&self) -> Word {
        Word { text: self.text.clone().into_owned(), span: self.span }
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

/// All tokens of a text, the last of which is [`Kind::End`], and what could not be read.
pub(super) fn tokens<'t>(text: &'t str, lexicon: &Lexicon) -> (Vec<Token<'t>>, Vec<Diagnostic>) {
    // A mark of the encoding is no part of the text.
    let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lexer = Lexer { text, at, lexicon, found: Vec::new(), problems: Vec::new() };
    while lexer.step() {}
    lexer.push(Kind::End, text.len()..text.len());
    (lexer.found, lexer.problems)
}

struct Lexer<'t, 'l> {
    text: &'t str,
    at: usize,
    lexicon: &'l Lexicon,
    found: Vec<Token<'t>>,
    problems: Vec<Diagnostic>,
}

impl<'t> Lexer<'t, '_> {
    /// Reads one token or what stands between tokens; false at the end.
    fn step(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(first) = rest.chars().next() else { return false };
        if rest.starts_with(self.lexicon.comment) {
            self.at += rest.find('\n').unwrap_or(rest.len());
        } else if self.lexicon.has_blocks && rest.starts_with("/*") {
            self.comment(rest);
        } else if first.is_whitespace() || self.lexicon.ignored.contains(&first) {
            self.at += first.len_utf8();
        } else if self.lexicon.signs.contains(&first) {
            self.push(Kind::Sign(first), self.at..self.at + 1);
            self.at += 1;
        } else if first == '"' {
            self.quoted(rest);
        } else {
            let length = self.word_length(rest);
            self.push(Kind::Word, self.at..self.at + length);
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
                    Diagnostic::error("network-syntax", "this comment does not end")
                        .at(opened, "opened here")
                        .hint("close it with */"),
                );
                self.at = self.text.len();
            }
        }
    }

    fn quoted(&mut self, rest: &'t str) {
        let line = rest.find('\n').unwrap_or(rest.len());
        let last = if self.lexicon.has_escapes { rest.len() } else { line };
        let content = &rest[1..last];
        let length = match self.lexicon.has_escapes {
            true => unescaped_quote(content),
            false => content.find('"'),
        };
        match length {
            Some(length) => {
                let place = Span::new(SourceId::FILE, self.at + 1..self.at + 1 + length);
                let content = &content[..length];
                let text = match self.lexicon.has_escapes && content.contains('\\') {
                    true => Cow::Owned(unescaped(content)),
                    false => Cow::Borrowed(content),
                };
                self.found.push(Token { kind: Kind::Word, text, is_quoted: true, span: place });
                self.at += length + 2;
            }
            None => {
                let whole = Span::new(SourceId::FILE, self.at..self.at + rest[..line].trim_end().len());
                let message = match self.lexicon.has_escapes {
                    true => "this quoted text does not end",
                    false => "this quoted text does not end on its line",
                };
                let problem = Diagnostic::error("network-syntax", message).at(whole, "opened here");
                self.problems.push(problem.hint("close it with \""));
                self.at += last;
            }
        }
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) {
        let text = Cow::Borrowed(&self.text[range.clone()]);
        self.found.push(Token { kind, text, is_quoted: false, span: Span::new(SourceId::FILE, range) });
    }

    /// A word runs until a space, a sign, a quote or a comment, so that `0-5`, `<7.5` and `1e-3` are words.
    fn word_length(&self, rest: &str) -> usize {
        let (signs, ignored) = (self.lexicon.signs, self.lexicon.ignored);
        let ends = |c: char| c.is_whitespace() || ignored.contains(&c) || signs.contains(&c) || c == '"';
        let length = rest.find(ends).unwrap_or(rest.len());
        let word = &rest[..length];
        let block = self.lexicon.has_blocks.then(|| word.find("/*")).flatten();
        [word.find(self.lexicon.comment), block].into_iter().flatten().fold(length, usize::min)
    }
}

/// Where a quoted text ends: at the first quote that no backslash stands before.
fn unescaped_quote(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })
}

/// What a quoted text means: a backslash before the end of a line joins it with the next, without the space that begins it.
fn unescaped(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, if c == '\\' { rest.next() } else { None }) {
            ('\\', Some('n')) => found.push('\n'),
            ('\\', Some('t')) => found.push('\t'),
            ('\\', Some('\r' | '\n')) => while rest.next_if(|c| c.is_whitespace()).is_some() {},
            ('\\', Some(other)) => found.push(other),
            (c, _) => found.push(c),
        }
    }
    found
}

/// Tokens and how many of them are read. The last token, the end, is never passed.
pub(super) struct Cursor<'p, 't> {
    tokens: &'p [Token<'t>],
    at: usize,
}

impl<'p, 't> Cursor<'p, 't> {
    /// Before the first token.
    pub(super) fn new(tokens: &'p [Token<'t>]) -> Cursor<'p, 't> {
        Cursor { tokens, at: 0 }
    }

    pub(super) fn peek(&self) -> &Token<'t> {
        &self.tokens[self.at]
    }

    pub(super) fn next(&mut self) -> Token<'t> {
        let token = self.peek().clone();
        if token.kind != Kind::End {
            self.at += 1;
        }
        token
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.peek().kind == Kind::Sign(sign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let (found, problems) = tokens(text, &Lexicon::BIF);
        assert!(problems.is_empty(), "{problems:?}");
        found.iter().map(|token| token.text.to_string()).collect()
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
            assert!(!tokens(text, &Lexicon::BIF).1.is_empty(), "{text}");
        }
    }

    #[test]
    fn quotes_may_go_on_over_lines() {
        let lexicon = Lexicon { has_escapes: true, comment: "%", has_blocks: false, ..Lexicon::BIF };
        let (found, problems) = tokens("\u{feff}\"a \\\"b\\\" \\\n   c\\n\\\\\" % \"\nx/*", &lexicon);
        let texts: Vec<&str> = found.iter().map(|one| &*one.text).collect();
        assert_eq!((texts, problems.len()), (vec!["a \"b\" c\n\\", "x/*", ""], 0));
        assert_eq!(tokens("\"a\\\"", &lexicon).1.len(), 1);
    }
}
