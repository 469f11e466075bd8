//! The tokens of a text, taken one by one, and what to say of one that can't stand where it does.

use super::ast::Ident;
use super::lexer::{Placed, tokens};
use super::token::Token;
use crate::diagnostic::{Diagnostic, Excerpt, Span};

const A_NAME: &str = "write a name of this file, such as that of a factor or an outcome";

/// The tokens of one text.
pub(super) struct Stream<'t> {
    text: &'t Excerpt,
    tokens: Vec<Placed>,
    at: usize,
}

impl<'t> Stream<'t> {
    /// The tokens of a text that has some.
    pub(super) fn new(text: &'t Excerpt) -> Result<Stream<'t>, Diagnostic> {
        let stream = Stream { text, tokens: tokens(text)?, at: 0 };
        match stream.peek() {
            Token::End => Err(Diagnostic::error("syntax", "this expression is empty")
                .at(text.whole(), "nothing here")
                .hint("write a number such as `0.35`, a name, or a distribution such as `beta(2, 5)`")),
            _ => Ok(stream),
        }
    }

    /// The token after the next.
    pub(super) fn after(&self) -> Option<&Token> {
        self.tokens.get(self.at + 1).map(|(token, _)| token)
    }

    pub(super) fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    pub(super) fn span(&self) -> Span {
        self.text.span(self.tokens[self.at].1.clone())
    }

    pub(super) fn next(&mut self) -> (Token, Span) {
        let taken = (self.peek().clone(), self.span());
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        taken
    }

    pub(super) fn eat(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Token::Symbol(s) | Token::Keyword(s) if *s == symbol);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn expect(&mut self, symbol: &str, hint: &str) -> Result<(), Diagnostic> {
        if self.eat(symbol) { Ok(()) } else { Err(self.unexpected(&format!("`{symbol}`"), hint)) }
    }

    pub(super) fn expect_end(&self) -> Result<(), Diagnostic> {
        let hint = match self.peek() {
            Token::End => return Ok(()),
            Token::Symbol(")" | "]") => "remove it, or open it before",
            Token::Symbol(",") => "commas separate the arguments of a call, as in `min(a, b)`",
            Token::Name(_) | Token::Number(_) | Token::Text(_) | Token::Symbol("(" | "[") => {
                "an operator such as `*`, `+` or `and` is missing before it"
            }
            _ => "an expression ends here: remove the rest, or join it with an operator",
        };
        Err(self.unexpected("an operator or the end", hint))
    }

    /// The error of a token that can't stand here; a known slip of the pen has a hint of its own.
    pub(super) fn unexpected(&self, wanted: &str, hint: &str) -> Diagnostic {
        Diagnostic::error("syntax", format!("expected {wanted}, found {}", self.peek().describe()))
            .at(self.span(), format!("expected {wanted} here"))
            .hint(self.slip().unwrap_or(hint))
    }

    /// What to write instead of notations of other languages.
    fn slip(&self) -> Option<&'static str> {
        let token = |at: usize| self.tokens.get(at).map(|(token, _)| token);
        let before = self.at.checked_sub(1).and_then(token);
        let symbol = |token: Option<&Token>| match token {
            Some(Token::Symbol(symbol)) => *symbol,
            _ => "",
        };
        let is_number = |token: Option<&Token>| matches!(token, Some(Token::Number(_)));
        let after = token(self.at + 1);
        Some(match (symbol(before), symbol(token(self.at)), symbol(after)) {
            (_, "=", ">") => "write `>=`",
            (_, "=", "<") => "write `<=`",
            (_, "=", _) => "write `==` to compare",
            ("<", ">", _) => "write `!=`",
            ("*", "*", _) => "write `^` for a power",
            ("|", "|", _) | (_, "|", "|") => "write `or`",
            (_, "|", _) => "one condition stands inside `P(…)`, as in `P(a | b and c)`",
            (_, "%", _) => "write the percent sign directly behind a number, as in `35%`",
            (_, ",", _) if is_number(before) && is_number(after) => {
                "numbers are written without commas, as in `1000` or `1_000`"
            }
            (_, ":", _) => "write `if … then … else …`",
            _ => return None,
        })
    }

    pub(super) fn name(&mut self, wanted: &str) -> Result<Ident, Diagnostic> {
        match self.peek() {
            Token::Name(_) => {
                let (token, span) = self.next();
                let Token::Name(text) = token else { return Err(self.unexpected(wanted, A_NAME)) };
                Ok(Ident { text, span })
            }
            _ => Err(self.unexpected(wanted, A_NAME)),
        }
    }
}
