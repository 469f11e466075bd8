//! Claims.
//!
//! ```text
//! claim := 'rank' ':' NAME ('>' NAME)+ | ('raises' | 'lowers') ':' NAME '->' NAME | expression
//! ```

use super::ast::{Claim, ClaimKind, Expr, Node};
use super::parser::Parser;
use super::token::Token;
use super::{Comparison, scale};
use crate::diagnostic::{Diagnostic, Excerpt, Hint, did_you_mean};

/// The words of claims that compare no probabilities.
const FORMS: [&str; 3] = ["rank", "raises", "lowers"];

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
            let hint =
                Hint::new("a colon follows, as in `rank: a > b` or `raises: some_factor -> some_outcome`");
            return Err(self.stream.unexpected("`:`", hint.edit(self.stream.place(-1, -1).behind(), ":")));
        }
        match form.as_str() {
            "rank" if is_form => self.rank(),
            "raises" | "lowers" if is_form => self.moves(form == "raises"),
            _ if is_form => {
                let hint = match did_you_mean(&form, FORMS) {
                    Some(near) => Hint::meant(self.stream.span(), &form, near),
                    None => "claims are written as in `rank: a > b`, `raises: some_factor -> some_outcome` or `P(a) >= 30%`".into(),
                };
                Err(self.stream.unexpected("`rank:`, `raises:` or `lowers:`", hint))
            }
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
            return Err(self.stream.unexpected("`>`", self.reversed()));
        }
        Ok(ClaimKind::Rank(names))
    }

    /// `rank: a < b`, with `a` taken, is `rank: b > a`.
    fn reversed(&self) -> Hint {
        let hint =
            Hint::new("a ranking names two outcomes or more, the most probable first, as in `rank: a > b`");
        let stream = &self.stream;
        let is_pair = matches!(
            (stream.token(0), stream.token(1), stream.token(2)),
            (Some(Token::Symbol("<")), Some(Token::Name(_)), Some(Token::End))
        );
        match is_pair {
            true => hint
                .edit(stream.place(-1, -1), stream.written(1))
                .edit(stream.place(0, 0), ">")
                .edit(stream.place(1, 1), stream.written(-1)),
            false => hint,
        }
    }

    fn moves(&mut self, rises: bool) -> Result<ClaimKind, Diagnostic> {
        self.stream.next();
        self.stream.next();
        let cause = self.stream.name("a factor, a derived value or an event")?;
        let hint = Hint::new("an arrow stands between, as in `raises: some_factor -> some_outcome`");
        let is_sign = matches!(self.stream.peek(), Token::Symbol(">" | "=" | ":"));
        let place = self.stream.place(0, 0);
        self.stream.expect("->", if is_sign { hint.edit(place, "->") } else { hint })?;
        let outcome = self.stream.name("an outcome")?;
        Ok(ClaimKind::Moves { cause, outcome, rises })
    }

    /// The error of a word of the verbal scale behind a sign of comparison, with the sign just taken.
    pub(super) fn compared_word(&self, left: &Expr, comparison: Comparison) -> Option<Diagnostic> {
        let name = |by: &isize| matches!(self.stream.token(*by), Some(Token::Name(_)));
        let count = (0..3).take_while(name).count() as isize;
        let words = |count: isize| (0..count).map(|by| self.stream.written(by)).collect::<Vec<_>>().join(" ");
        let (count, band) = (1..=count).rev().find_map(|count| Some((count, scale::band(&words(count))?)))?;
        let word = words(count);
        let place = self.stream.place(0, count - 1);
        let (bound, end) = match comparison {
            Comparison::Greater | Comparison::GreaterOrEqual => ("is at least", band.low),
            Comparison::Less | Comparison::LessOrEqual => ("is at most", band.high),
            _ => ("is", 0.5 * (band.low + band.high)),
        };
        let hint = match left.node {
            Node::Probability(..) => Hint::new(format!("write `{bound} {word}`"))
                .edit(self.stream.place(-1, count - 1), format!("{bound} {word}")),
            _ => Hint::new(format!("write `{end}`, an end of the band that the word stands for"))
                .edit(place, end.to_string()),
        };
        let error = Diagnostic::error(
            "unsupported",
            format!("the word \"{word}\" can't stand behind a sign of comparison"),
        );
        Some(error.at(place, "a word of the verbal scale").hint(hint))
    }
}
