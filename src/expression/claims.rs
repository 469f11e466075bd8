//! Claims.
//!
//! ```text
//! claim := 'rank' ':' NAME ('>' NAME)+ | ('raises' | 'lowers') ':' NAME '->' NAME | expression
//! ```

use super::ast::{Claim, ClaimKind};
use super::parser::Parser;
use super::token::Token;
use crate::diagnostic::{Diagnostic, Excerpt};

/// Reads a claim.
///
/// # Errors
/// As [`parse`](super::parse).
pub fn parse_claim(text: &Excerpt) -> Result<Claim, Diagnostic> {
    let mut parser = Parser::new(text)?;
    let kind = parser.claim()?;
    parser.stream.expect_end()?;
    Ok(Claim { kind, span: text.whole() })
}

impl Parser<'_> {
    fn claim(&mut self) -> Result<ClaimKind, Diagnostic> {
        let is_form = matches!(self.stream.after(), Some(Token::Symbol(":")));
        let Token::Name(form) = self.stream.peek().clone() else { return self.holds() };
        if matches!(form.as_str(), "rank" | "raises" | "lowers")
            && matches!(self.stream.after(), Some(Token::Name(_)))
        {
            self.stream.next();
            return Err(self.stream.unexpected(
                "`:`",
                "write `rank: a > b`, `raises: factor -> outcome` or `lowers: factor -> outcome`",
            ));
        }
        match form.as_str() {
            "rank" if is_form => self.rank(),
            "raises" | "lowers" if is_form => self.moves(form == "raises"),
            _ if is_form => Err(self.stream.unexpected(
                "`rank:`, `raises:` or `lowers:`",
                "write `rank: a > b`, `raises: factor -> outcome` or `P(a) >= 30%`",
            )),
            _ => self.holds(),
        }
    }

    fn holds(&mut self) -> Result<ClaimKind, Diagnostic> {
        Ok(ClaimKind::Holds(self.expression()?))
    }

    fn rank(&mut self) -> Result<ClaimKind, Diagnostic> {
        self.stream.next();
        self.stream.next();
        let mut names = vec![self.stream.name("an outcome")?];
        while self.stream.eat(">") {
            names.push(self.stream.name("an outcome")?);
        }
        if names.len() < 2 {
            return Err(self.stream.unexpected(
                "`>`",
                "a ranking names two outcomes or more, the most probable first: `rank: a > b`",
            ));
        }
        Ok(ClaimKind::Rank(names))
    }

    fn moves(&mut self, rises: bool) -> Result<ClaimKind, Diagnostic> {
        self.stream.next();
        self.stream.next();
        let cause = self.stream.name("a factor, a derived value or an event")?;
        self.stream.expect("->", "write `raises: factor -> outcome`")?;
        let outcome = self.stream.name("an outcome")?;
        Ok(ClaimKind::Moves { cause, outcome, rises })
    }
}
