//! The grammar that Hugin's and Netica's languages share: blocks in braces, and values after equals signs.
//!
//! ```text
//! WORD … ( WORD | WORD … ) { STATEMENT … }
//! WORD … = VALUE ;
//! ```

use super::blocks::Word;
use super::token::{Cursor, Kind, Lexicon, Token, tokens};
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
    let mut parser = Parser { cursor: Cursor::new(&tokens), form: lexicon.form };
    let mut all = Vec::new();
    while parser.cursor.peek().kind != Kind::End {
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
    cursor: Cursor<'p, 't>,
    /// How a statement is written, for messages.
    form: &'static str,
}

impl<'t> Parser<'_, 't> {
    /// One statement; nothing where a semicolon stands alone.
    fn statement(&mut self, depth: usize) -> Result<Option<Statement<'t>>, Diagnostic> {
        let mut head = Vec::new();
        while self.cursor.peek().kind == Kind::Word || self.cursor.is_sign(':') {
            let token = self.cursor.next();
            head.extend((token.kind == Kind::Word).then(|| token.word()));
        }
        let group = if self.cursor.is_sign('(') { self.group()? } else { Vec::new() };
        let body = match self.cursor.peek().kind {
            Kind::Sign('{') => Body::Block(self.block(depth)?),
            Kind::Sign('=') => {
                self.cursor.next();
                Body::Value(self.value()?)
            }
            Kind::Sign(';') if head.is_empty() => {
                self.cursor.next();
                return Ok(None);
            }
            // Instances of other networks and the like end without a block.
            Kind::Sign(';') => {
                self.cursor.next();
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
            let error = error.at(self.cursor.peek().span, "one more");
            return Err(error.hint("close a block with `}` before the next begins"));
        }
        self.cursor.next();
        let mut all = Vec::new();
        while !self.cursor.is_sign('}') {
            if self.cursor.peek().kind == Kind::End {
                return Err(self.unexpected("`}`"));
            }
            all.extend(self.statement(depth + 1)?);
        }
        self.cursor.next();
        Ok(all)
    }

    /// What stands in parentheses.
    fn group(&mut self) -> Result<Vec<Token<'t>>, Diagnostic> {
        self.cursor.next();
        let mut found = Vec::new();
        while !self.cursor.is_sign(')') {
            if self.cursor.peek().kind == Kind::End || self.cursor.is_sign('{') || self.cursor.is_sign('}') {
                return Err(self.unexpected("`)`"));
            }
            found.push(self.cursor.next());
        }
        self.cursor.next();
        Ok(found)
    }

    /// All up to the semicolon that ends it: fonts and the like have semicolons in braces.
    fn value(&mut self) -> Result<Vec<Token<'t>>, Diagnostic> {
        let mut found = Vec::new();
        let (mut braces, mut parentheses) = (0usize, 0usize);
        loop {
            match self.cursor.peek().kind {
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
            found.push(self.cursor.next());
        }
        self.cursor.next();
        Ok(found)
    }

    fn unexpected(&self, expected: &str) -> Diagnostic {
        let token = self.cursor.peek();
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
