//! The tokens of a text, taken one by one, and what to say of one that can't stand where it does.

use super::ast::Ident;
use super::lexer::{Placed, tokens};
use super::token::Token;
use crate::diagnostic::{Diagnostic, Excerpt, Hint, Span};

const A_NAME: &str = "a name of this file stands here, such as that of a factor or an outcome";

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

    /// The token that many places after the next one, or before it.
    pub(super) fn token(&self, by: isize) -> Option<&Token> {
        self.tokens.get(self.at.checked_add_signed(by)?).map(|(token, _)| token)
    }

    /// Where tokens stand, from one to another, counted as for [`token`](Stream::token).
    pub(super) fn place(&self, from: isize, to: isize) -> Span {
        self.text.span(self.range(from, to))
    }

    /// A token as it is written.
    pub(super) fn written(&self, by: isize) -> &str {
        &self.text.content()[self.range(by, by)]
    }

    fn range(&self, from: isize, to: isize) -> std::ops::Range<usize> {
        let piece = |by| {
            self.at.checked_add_signed(by).and_then(|at| self.tokens.get(at)).map(|(_, range)| range.clone())
        };
        let end = self.text.content().len();
        piece(from).map_or(end, |range| range.start)..piece(to).map_or(end, |range| range.end)
    }

    /// What was written from token number `from` to the one before the next.
    pub(super) fn since(&self, from: usize) -> &str {
        let start = self.tokens.get(from).map_or(0, |(_, range)| range.start);
        let end = self
            .at
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
            .map_or(start, |(_, range)| range.end);
        &self.text.content()[start..end.max(start)]
    }

    /// The number of the next token.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// How many tokens there are.
    pub(super) fn count(&self) -> usize {
        self.tokens.len()
    }

    /// The end of the whole text.
    pub(super) fn end(&self) -> Span {
        let end = self.text.content().trim_end().len();
        self.text.span(end..end)
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

    pub(super) fn expect(&mut self, symbol: &str, hint: impl Into<Hint>) -> Result<(), Diagnostic> {
        if self.eat(symbol) { Ok(()) } else { Err(self.unexpected(&format!("`{symbol}`"), hint)) }
    }

    pub(super) fn expect_end(&self) -> Result<(), Diagnostic> {
        let hint: Hint = match self.peek() {
            Token::End => return Ok(()),
            Token::Symbol(")" | "]") => Hint::new("remove it, or open it before").edit(self.strays(), ""),
            Token::Symbol(",") => "commas separate the arguments of a call, as in `min(a, b)`".into(),
            Token::Name(_) | Token::Number(_) | Token::Text(_) | Token::Symbol("(" | "[") => {
                "an operator such as `*`, `+` or `and` is missing before it".into()
            }
            _ => "an expression ends here: remove the rest, or join it with an operator".into(),
        };
        Err(self.unexpected("an operator or the end", hint))
    }

    /// Brackets that end here and never began: of several one after the other, removing one would leave the next to the same message.
    fn strays(&self) -> Span {
        let is_end = |by: &isize| matches!(self.token(*by), Some(Token::Symbol(")" | "]")));
        self.place(0, (0..).take_while(is_end).last().unwrap_or(0))
    }

    /// The error of a token that can't stand here; a known slip of the pen has a hint of its own.
    pub(super) fn unexpected(&self, wanted: &str, hint: impl Into<Hint>) -> Diagnostic {
        let error =
            Diagnostic::error("syntax", format!("expected {wanted}, found {}", self.peek().describe()))
                .at(self.span(), format!("expected {wanted} here"));
        match self.slip() {
            hints if hints.is_empty() => error.hint(hint),
            hints => hints.into_iter().fold(error, Diagnostic::hint),
        }
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

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Excerpt, SourceId};
    use crate::expression;

    #[test]
    fn all_brackets_that_never_began_are_removed() {
        let removed = |text: &str| {
            let error = expression::parse(&Excerpt::verbatim(SourceId::FILE, 0, text)).unwrap_err();
            let edit = error.hints[0].edits[0].clone();
            let mut mended = text.to_string();
            mended.replace_range(edit.span.range(), &edit.text);
            mended
        };
        assert_eq!(removed("beta(2, 5)) )]"), "beta(2, 5)");
        assert_eq!(removed("1 + 2)"), "1 + 2");
        assert_eq!(removed("a) + b)"), "a + b)");
    }
}
