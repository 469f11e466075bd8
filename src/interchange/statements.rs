//! The grammar that Hugin's and Netica's languages share: blocks in braces, and values after equals signs.
//!
//! ```text
//! WORD … ( WORD | WORD … ) { STATEMENT … }
//! WORD … = VALUE ;
//! ```

use super::blocks::Word;
use super::token::{Kind, Lexicon, Token, tokens};
use crate::diagnostic::{Diagnostic, Diagnostics, Hint, SourceFile, Span};

/// Blocks nested deeper are refused, so that no text can exhaust the stack.
const DEPTH: usize = 64;

/// A block, or a value that is given.
#[derive(Clone, Debug)]
pub(super) struct Statement<'t> {
    /// The words before its brace, or before its equals sign.
    pub head: Vec<Word>,
    /// What stands in parentheses behind them.
    pub group: Vec<Token<'t>>,
    /// What follows.
    pub body: Body<'t>,
}

/// What a statement says.
#[derive(Clone, Debug)]
pub(super) enum Body<'t> {
    /// `{ … }`.
    Block(Vec<Statement<'t>>),
    /// `= …;`, or `;` alone.
    Value(Vec<Token<'t>>),
}

impl Statement<'_> {
    /// Its place: that of its first word.
    pub fn span(&self) -> Span {
        self.head.first().map(|one| one.span).unwrap_or_default()
    }

    /// Its last word: what a block is called, or which value is given.
    pub fn name(&self) -> Option<&Word> {
        self.head.last()
    }
}

/// The value of a key in a block, its first if it is given more than once.
pub(super) fn value<'s, 't>(block: &'s [Statement<'t>], key: &str) -> Option<&'s [Token<'t>]> {
    block.iter().find_map(|one| match &one.body {
        Body::Value(tokens) if one.name().is_some_and(|name| name.text == key) => Some(&tokens[..]),
        _ => None,
    })
}

/// Whether a block of a kind is among statements.
pub(super) fn has(statements: &[Statement], kind: &str) -> bool {
    statements.iter().any(|one| one.head.first().is_some_and(|first| first.text == kind))
}

/// The first word of a value.
pub(super) fn word(tokens: &[Token]) -> Option<Word> {
    tokens.iter().find(|one| one.kind == Kind::Word).map(Token::word)
}

/// Every word of a value, whatever signs stand between.
pub(super) fn words(tokens: &[Token]) -> Vec<Word> {
    tokens.iter().filter(|one| one.kind == Kind::Word).map(Token::word).collect()
}

/// The place of a value.
pub(super) fn span(tokens: &[Token]) -> Span {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    }
}

/// Reads all statements of a text. What can't be read is left out, with a message.
pub(super) fn parse<'t>(file: &'t SourceFile, lexicon: &Lexicon) -> (Vec<Statement<'t>>, Diagnostics) {
    let (tokens, problems) = tokens(&file.text, lexicon);
    let mut found = Diagnostics::new();
    found.extend(problems);
    let mut parser = Parser { tokens: &tokens, at: 0, form: lexicon.form };
    let mut all = Vec::new();
    while parser.peek().kind != Kind::End {
        match parser.statement(0) {
            Ok(statement) => all.extend(statement),
            Err(problem) => {
                found.push(problem);
                break;
            }
        }
    }
    (all, found)
}

struct Parser<'p, 't> {
    tokens: &'p [Token<'t>],
    at: usize,
    /// How a statement is written, for messages.
    form: &'static str,
}

impl<'t> Parser<'_, 't> {
    fn peek(&self) -> &Token<'t> {
        &self.tokens[self.at]
    }

    fn next(&mut self) -> Token<'t> {
        let token = self.peek().clone();
        if token.kind != Kind::End {
            self.at += 1;
        }
        token
    }

    fn is_sign(&self, sign: char) -> bool {
        self.peek().kind == Kind::Sign(sign)
    }

    /// One statement; nothing where a semicolon stands alone.
    fn statement(&mut self, depth: usize) -> Result<Option<Statement<'t>>, Diagnostic> {
        let mut head = Vec::new();
        while self.peek().kind == Kind::Word || self.is_sign(':') {
            let token = self.next();
            head.extend((token.kind == Kind::Word).then(|| token.word()));
        }
        let group = if self.is_sign('(') { self.group()? } else { Vec::new() };
        let body = match self.peek().kind {
            Kind::Sign('{') => Body::Block(self.block(depth)?),
            Kind::Sign('=') => {
                self.next();
                Body::Value(self.value()?)
            }
            Kind::Sign(';') if head.is_empty() => {
                self.next();
                return Ok(None);
            }
            // Instances of other networks and the like end without a block.
            Kind::Sign(';') => {
                self.next();
                Body::Value(Vec::new())
            }
            _ => return Err(self.unexpected("`{`, `=` or `;`")),
        };
        Ok(Some(Statement { head, group, body }))
    }

    fn block(&mut self, depth: usize) -> Result<Vec<Statement<'t>>, Diagnostic> {
        if depth == DEPTH {
            let error =
                Diagnostic::error("network-syntax", format!("blocks stand in each other {DEPTH} deep"));
            let error = error.at(self.peek().span, "one more");
            return Err(error.hint("close a block with `}` before the next begins"));
        }
        self.next();
        let mut all = Vec::new();
        while !self.is_sign('}') {
            if self.peek().kind == Kind::End {
                return Err(self.unexpected("`}`"));
            }
            all.extend(self.statement(depth + 1)?);
        }
        self.next();
        Ok(all)
    }

    /// What stands in parentheses.
    fn group(&mut self) -> Result<Vec<Token<'t>>, Diagnostic> {
        self.next();
        let mut found = Vec::new();
        while !self.is_sign(')') {
            if self.peek().kind == Kind::End || self.is_sign('{') || self.is_sign('}') {
                return Err(self.unexpected("`)`"));
            }
            found.push(self.next());
        }
        self.next();
        Ok(found)
    }

    /// All up to the semicolon that ends it: fonts and the like have semicolons in braces.
    fn value(&mut self) -> Result<Vec<Token<'t>>, Diagnostic> {
        let mut found = Vec::new();
        let (mut braces, mut parentheses) = (0usize, 0usize);
        loop {
            match self.peek().kind {
                Kind::Sign(';') if braces == 0 && parentheses == 0 => break,
                Kind::End => return Err(self.unexpected("`;`")),
                Kind::Sign('{') => braces += 1,
                Kind::Sign('(') => parentheses += 1,
                Kind::Sign('}') if braces > 0 => braces -= 1,
                Kind::Sign(')') if parentheses > 0 => parentheses -= 1,
                // A brace that ends the block: the semicolon was forgotten.
                Kind::Sign(sign @ ('}' | ')')) if braces == 0 && (sign == ')' || parentheses == 0) => {
                    return Err(self.unexpected("`;`"));
                }
                Kind::Sign(';') if braces == 0 => return Err(self.unexpected("`)`")),
                Kind::Sign('=') if braces == 0 => return Err(self.unexpected("`;`")),
                _ => {}
            }
            found.push(self.next());
        }
        self.next();
        Ok(found)
    }

    fn unexpected(&self, expected: &str) -> Diagnostic {
        let token = self.peek();
        let hint = match expected {
            "`;`" => {
                Hint::new(format!("end the value with `;`: {}", self.form)).edit(token.span.before(), "; ")
            }
            _ => self.form.into(),
        };
        Diagnostic::error("network-syntax", format!("expected {expected}, found {}", token.shown()))
            .at(token.span, format!("expected {expected}"))
            .hint(hint)
    }
}
