//! Tokens to a tree, by precedence climbing (Pratt 1973).
//!
//! ```text
//! value       := expression
//! expression  := 'if' expression 'then' expression 'else' expression | disjunction
//! disjunction := conjunction ('or' conjunction)*
//! conjunction := negation ('and' negation)*
//! negation    := 'not' negation | comparison
//! comparison  := interval (('<' | '<=' | '>' | '>=' | '==' | '!=') interval)?      no chains
//!              | interval 'is' ('at' ('least' | 'most'))? WORD+                      in claims, after P(…)
//! interval    := sum ('to' sum)?                                                     P5 to P95
//! sum         := product (('+' | '-') product)*
//! product     := sign (('*' | '/') sign)*
//! sign        := '-' sign | power
//! power       := atom ('^' sign)?                                                    to the right; -2^2 = -4
//! atom        := NUMBER '%'? | 'true' | 'false' | 'outcome' | TEXT | NAME | NAME '(' arguments? ')'
//!              | 'P' '(' expression ('|' expression)? ')' | '[' arguments ']' | '(' expression ')'
//! arguments   := (NAME '=')? expression (',' (NAME '=')? expression)* ','?
//! ```
//!
//! Trees deeper than [`DEPTH`] are refused, so that no text can exhaust the stack, here or in later passes.

use super::ast::{Argument, Bound, Expr, Ident, Node};
use super::stream::Stream;
use super::token::Token;
use super::{Binary, Comparison, Function, Unary, loose};
use crate::diagnostic::{Diagnostic, Excerpt, Hint, Span};

/// The deepest tree that is read.
pub const DEPTH: usize = 200;

/// Reads a value.
///
/// # Errors
/// The first thing that the grammar does not allow, with its place and what to write instead.
///
/// ```
/// use foretell::diagnostic::{Excerpt, SourceId};
/// let text = Excerpt::verbatim(SourceId::FILE, 0, "sqrt(a * b) + 35%");
/// assert!(foretell::expression::parse(&text).is_ok());
/// ```
pub fn parse(text: &Excerpt) -> Result<Expr, Diagnostic> {
    if let Some(loose) = loose::of(text.content()) {
        let (whole, blank) = (text.content(), text.content().trim_start());
        let start = whole.len() - blank.len();
        return Ok(Expr { node: Node::Loose(loose), span: text.span(start..start + blank.trim_end().len()) });
    }
    let mut parser = Parser::new(text)?;
    let expr = parser.expression()?;
    parser.stream.expect_end()?;
    Ok(expr)
}

/// Reads the expressions of one text.
pub(super) struct Parser<'t> {
    pub(super) stream: Stream<'t>,
    depth: usize,
}

type Parsed = Result<Expr, Diagnostic>;

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t Excerpt) -> Result<Parser<'t>, Diagnostic> {
        Ok(Parser { stream: Stream::new(text)?, depth: 0 })
    }

    // Loosest binding first.

    pub(super) fn expression(&mut self) -> Parsed {
        self.nested(|parser| match parser.stream.peek() {
            Token::Keyword("if") => parser.conditional(),
            _ => parser.disjunction(),
        })
    }

    /// Runs `read` one level deeper.
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn too_deep(&self) -> Diagnostic {
        Diagnostic::error("too-deep", format!("this expression is nested more than {DEPTH} levels deep"))
            .at(self.stream.span(), "too deep from here on")
            .hint("give parts of it a name under [derived] and use the names")
    }

    fn conditional(&mut self) -> Parsed {
        let (_, start) = self.stream.next();
        let condition = self.expression()?;
        self.stream.expect("then", "a choice is written as in `if a > 0.5 then 1 else 2`")?;
        let one = self.expression()?;
        self.stream.expect("else", "every `if` needs an `else`, as in `if a > 0.5 then 1 else 2`")?;
        let other = self.expression()?;
        let span = start.to(other.span);
        Ok(Expr { node: Node::If(Box::new([condition, one, other])), span })
    }

    /// A left-associative run of `operators` between operands; every operator deepens the tree by one.
    fn run(&mut self, operators: &[(&'static str, Binary)], operand: impl Fn(&mut Self) -> Parsed) -> Parsed {
        let mut left = operand(self)?;
        let mut length = 0;
        while let Some((_, operation)) = operators.iter().find(|(symbol, _)| self.stream.eat(symbol)) {
            length += 1;
            if self.depth + length >= DEPTH {
                return Err(self.too_deep());
            }
            let right = operand(self)?;
            let span = left.span.to(right.span);
            left = Expr { node: Node::Binary(*operation, Box::new(left), Box::new(right)), span };
        }
        Ok(left)
    }

    fn disjunction(&mut self) -> Parsed {
        self.run(&[("or", Binary::Or)], Self::conjunction)
    }

    fn conjunction(&mut self) -> Parsed {
        self.run(&[("and", Binary::And)], Self::negation)
    }

    fn negation(&mut self) -> Parsed {
        if !matches!(self.stream.peek(), Token::Keyword("not")) {
            return self.comparison();
        }
        let (_, start) = self.stream.next();
        let operand = self.nested(Self::negation)?;
        let span = start.to(operand.span);
        Ok(Expr { node: Node::Unary(Unary::Not, Box::new(operand)), span })
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.interval()?;
        if matches!(self.stream.peek(), Token::Keyword("is")) {
            return self.verbal(left);
        }
        let Some(comparison) = self.comparison_sign() else { return Ok(left) };
        self.stream.next();
        if let Some(problem) = self.compared_word(&left, comparison) {
            return Err(problem);
        }
        let from = self.stream.position();
        let right = self.interval()?;
        if self.comparison_sign().is_some() {
            let again = self.stream.since(from);
            let twice = format!("{again} and {again}");
            return Err(Diagnostic::error("syntax", "comparisons can't be chained")
                .at(self.stream.span(), "a second comparison")
                .hint(
                    Hint::new(format!("say the middle twice: write `{twice}`"))
                        .edit(right.span.behind(), format!(" and {again}")),
                ));
        }
        let span = left.span.to(right.span);
        Ok(Expr { node: Node::Compare(comparison, Box::new(left), Box::new(right)), span })
    }

    fn comparison_sign(&self) -> Option<Comparison> {
        Some(match self.stream.peek() {
            Token::Symbol("<") => Comparison::Less,
            Token::Symbol("<=") => Comparison::LessOrEqual,
            Token::Symbol(">") => Comparison::Greater,
            Token::Symbol(">=") => Comparison::GreaterOrEqual,
            Token::Symbol("==") => Comparison::Equal,
            Token::Symbol("!=") => Comparison::NotEqual,
            _ => return None,
        })
    }

    /// `… is [at least | at most] words`.
    fn verbal(&mut self, subject: Expr) -> Parsed {
        self.stream.next();
        let mut words = Vec::new();
        let first = self.stream.span();
        let mut last = first;
        while let Token::Name(word) = self.stream.peek() {
            words.push(word.clone());
            last = self.stream.next().1;
        }
        let bound = match (words.first().map(String::as_str), words.get(1).map(String::as_str)) {
            (Some("at"), Some("least")) => Bound::AtLeast,
            (Some("at"), Some("most")) => Bound::AtMost,
            _ => Bound::Within,
        };
        let skipped = if bound == Bound::Within { 0 } else { 2 };
        let text = words[skipped..].join(" ");
        if text.is_empty() {
            return Err(self.stream.unexpected(
                "a word such as `likely`",
                "words follow, as in `P(a) is at least likely`; with numbers compare as in `P(a) >= 0.3`",
            ));
        }
        let word = Ident { text, span: first.to(last) };
        let span = subject.span.to(last);
        Ok(Expr { node: Node::Is(Box::new(subject), bound, word), span })
    }

    fn interval(&mut self) -> Parsed {
        let low = self.sum()?;
        if !self.stream.eat("to") {
            return Ok(low);
        }
        let high = self.sum()?;
        let span = low.span.to(high.span);
        Ok(Expr { node: Node::Interval(Box::new(low), Box::new(high)), span })
    }

    fn sum(&mut self) -> Parsed {
        self.run(&[("+", Binary::Add), ("-", Binary::Subtract)], Self::product)
    }

    fn product(&mut self) -> Parsed {
        self.run(&[("*", Binary::Multiply), ("/", Binary::Divide)], Self::sign)
    }

    fn sign(&mut self) -> Parsed {
        if !matches!(self.stream.peek(), Token::Symbol("-")) {
            if matches!(self.stream.peek(), Token::Symbol("+")) {
                let hint = Hint::new("leave the leading `+` out").edit(self.stream.span(), "");
                return Err(self.stream.unexpected("a value", hint));
            }
            return self.power();
        }
        let (_, start) = self.stream.next();
        let is_literal = matches!(self.stream.peek(), Token::Number(_));
        let operand = self.nested(Self::sign)?;
        let span = start.to(operand.span);
        Ok(match operand.node {
            // A negative literal is a number, so that it can stand where a constant must.
            Node::Number(value) if is_literal => Expr { node: Node::Number(-value), span },
            _ => Expr { node: Node::Unary(Unary::Negate, Box::new(operand)), span },
        })
    }

    fn power(&mut self) -> Parsed {
        let base = self.atom()?;
        if !self.stream.eat("^") {
            return Ok(base);
        }
        let exponent = self.nested(Self::sign)?;
        let span = base.span.to(exponent.span);
        Ok(Expr { node: Node::Binary(Binary::Power, Box::new(base), Box::new(exponent)), span })
    }

    fn atom(&mut self) -> Parsed {
        let node = match self.stream.peek() {
            Token::Number(value) => Node::Number(*value),
            Token::Keyword("true") => Node::Truth(true),
            Token::Keyword("false") => Node::Truth(false),
            Token::Keyword("outcome") => Node::Outcome,
            Token::Text(text) => Node::Text(text.clone()),
            Token::Keyword("P") => return self.probability(),
            Token::Keyword("if") => {
                let hint = Hint::new("put parentheses around an `if` inside a larger expression")
                    .edit(self.stream.span().before(), "(")
                    .edit(self.stream.end(), ")");
                return Err(self.stream.unexpected("a value", hint));
            }
            Token::Symbol("(") => return self.group(),
            Token::Symbol("[") => return self.list(),
            Token::Name(_) => return self.name_or_call(),
            _ => {
                return Err(self
                    .stream
                    .unexpected("a value", "a value is a number, a name, or a call such as `sqrt(x)`"));
            }
        };
        let (_, span) = self.stream.next();
        Ok(Expr { node, span })
    }

    fn group(&mut self) -> Parsed {
        let (_, start) = self.stream.next();
        let inner = self.expression()?;
        let end = self.stream.span();
        self.close()?;
        Ok(Expr { span: start.to(end), ..inner })
    }

    fn probability(&mut self) -> Parsed {
        let (_, start) = self.stream.next();
        self.stream.expect("(", self.unopened())?;
        let what = Box::new(self.expression()?);
        let given = if self.stream.eat("|") { Some(Box::new(self.expression()?)) } else { None };
        let end = self.stream.span();
        // What is compared may be the probability.
        match given.as_deref().unwrap_or(&what).node {
            Node::Compare(..) => self.stream.expect(")", "every `(` needs its `)`")?,
            _ => self.close()?,
        }
        Ok(Expr { node: Node::Probability(what, given), span: start.to(end) })
    }

    /// The end of what `(` opened.
    fn close(&mut self) -> Result<(), Diagnostic> {
        let hint = Hint::new("every `(` needs its `)`");
        let is_end = matches!(self.stream.peek(), Token::End);
        self.stream.expect(")", if is_end { hint.edit(self.stream.end(), ")") } else { hint })
    }

    /// What to write where a name follows `P`.
    fn unopened(&self) -> Hint {
        match self.stream.peek() {
            Token::Name(name) => Hint::write(self.stream.span(), format!("({name})")),
            _ => "a probability has parentheses, as in `P(some_outcome)` or `P(some_outcome | some_event)`"
                .into(),
        }
    }

    fn list(&mut self) -> Parsed {
        let (_, start) = self.stream.next();
        let (arguments, end) = self.arguments("]", true)?;
        if let Some((name, value)) = arguments.iter().find_map(|one| Some((one.name.as_ref()?, &one.value))) {
            let gone = Span { end: value.span.start, ..name.span };
            return Err(Diagnostic::error("syntax", "the items of a list have no names")
                .at(name.span, "a name with `=`")
                .hint(Hint::new("leave the name out, as in `[0.2, 0.5, 0.3]`").edit(gone, "")));
        }
        let items = arguments.into_iter().map(|one| one.value).collect();
        Ok(Expr { node: Node::List(items), span: start.to(end) })
    }

    fn name_or_call(&mut self) -> Parsed {
        let name = self.stream.name("a name")?;
        if !self.stream.eat("(") {
            let node = loose::word(&name.text).map_or(Node::Name(name.text), Node::Loose);
            return Ok(Expr { span: name.span, node });
        }
        let (arguments, end) = self.arguments(")", Function::from_name(&name.text).is_none())?;
        let span = name.span.to(end);
        Ok(Expr { node: Node::Call(name, arguments), span })
    }

    /// Arguments up to and with the closing symbol, and where that stands; whether they are numbers that a distribution is made of,
    /// among which two with a hyphen are meant as a range.
    fn arguments(
        &mut self,
        close: &'static str,
        are_parameters: bool,
    ) -> Result<(Vec<Argument>, Span), Diagnostic> {
        let mut arguments = Vec::new();
        loop {
            let here = self.stream.span();
            if self.stream.eat(close) {
                return Ok((arguments, here));
            }
            arguments.push(self.argument(are_parameters)?);
            let end = self.stream.span();
            if self.stream.eat(close) {
                return Ok((arguments, end));
            }
            if !self.stream.eat(",") {
                let hint = match self.stream.peek() {
                    Token::End => {
                        Hint::new(format!("close it with `{close}`")).edit(self.stream.end(), close)
                    }
                    _ => "separate arguments with commas, and close what was opened".into(),
                };
                return Err(self.stream.unexpected(&format!("`,` or `{close}`"), hint));
            }
        }
    }

    fn argument(&mut self, is_parameter: bool) -> Result<Argument, Diagnostic> {
        let named = matches!(self.stream.peek(), Token::Name(_))
            && matches!(self.stream.after(), Some(Token::Symbol("=")));
        let name = if named { Some(self.stream.name("a name")?) } else { None };
        if named {
            self.stream.next();
        }
        let from = self.stream.position();
        let mut value = self.expression()?;
        let is_difference = is_parameter && matches!(value.node, Node::Binary(Binary::Subtract, ..));
        if let Some(range) = loose::of(self.stream.since(from)).filter(|_| is_difference) {
            value.node = Node::Loose(range);
        }
        Ok(Argument { name, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceId;

    fn read(text: &str) -> Parsed {
        parse(&Excerpt::verbatim(SourceId::FILE, 0, text))
    }

    /// The tree with explicit parentheses.
    fn shape(expr: &Expr) -> String {
        match &expr.node {
            Node::Number(value) => format!("{value}"),
            Node::Name(name) => name.clone(),
            Node::Unary(operation, x) => format!("({operation:?} {})", shape(x)),
            Node::Binary(operation, a, b) => format!("({} {operation:?} {})", shape(a), shape(b)),
            Node::Compare(sign, a, b) => format!("({} {} {})", shape(a), sign.symbol(), shape(b)),
            Node::Interval(a, b) => format!("({} to {})", shape(a), shape(b)),
            Node::If(parts) => format!("(if {} {} {})", shape(&parts[0]), shape(&parts[1]), shape(&parts[2])),
            other => format!("{other:?}"),
        }
    }

    #[track_caller]
    fn reads_as(text: &str, expected: &str) {
        assert_eq!(read(text).map(|expr| shape(&expr)).as_deref(), Ok(expected), "{text}");
    }

    #[test]
    fn precedence_is_the_documented_one() {
        reads_as("1 + 2 * 3 - 4", "((1 Add (2 Multiply 3)) Subtract 4)");
        reads_as("-2 ^ 2", "(Negate (2 Power 2))");
        reads_as("2 ^ 3 ^ 2", "(2 Power (3 Power 2))");
        reads_as("2 ^ -1", "(2 Power -1)");
        reads_as("not a and b or c", "(((Not a) And b) Or c)");
        reads_as("not a < b", "(Not (a < b))");
        reads_as("a + 1 < b * 2", "((a Add 1) < (b Multiply 2))");
        reads_as("0.1 + 0.1 to 0.4", "((0.1 Add 0.1) to 0.4)");
        reads_as("if a then 1 else if b then 2 else 3", "(if a 1 (if b 2 3))");
        reads_as("35% * x", "(0.35 Multiply x)");
        reads_as("1_000.5e-1", "100.05");
    }

    #[test]
    fn no_text_exhausts_the_stack() {
        let deep = "(".repeat(100_000);
        let long = vec!["1"; 100_000].join("+");
        for text in [deep, long, "-".repeat(100_000), "not ".repeat(100_000), "2^".repeat(100_000)] {
            assert_eq!(read(&text).map_err(|error| error.code), Err("too-deep"));
        }
    }

    #[test]
    fn chains_of_comparisons_are_explained() {
        let error = read("0 < x < 1").expect_err("a chain");
        assert!(error.message.contains("chained") && error.hints[0].text.contains("and"));
    }
}
