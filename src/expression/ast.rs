//! The tree of an expression. Every node keeps its span.

use super::loose::Loose;
use super::{Binary, Comparison, Unary};
use crate::diagnostic::Span;

/// A name with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Ident {
    /// The name as written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A node of the tree and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub node: Node,
    /// Where it stands.
    pub span: Span,
}

/// What an expression can be.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// A number; percentages are already divided by 100.
    Number(f64),
    /// `true` or `false`.
    Truth(bool),
    /// A quoted text, as in `empirical("prices.csv", "usd")`.
    Text(String),
    /// A name of the file.
    Name(String),
    /// The word `outcome`, the outcome itself.
    Outcome,
    /// `[a, b, c]`.
    List(Vec<Expr>),
    /// `-x`, `not x`.
    Unary(Unary, Box<Expr>),
    /// Arithmetic and logic on two values.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// A comparison of two values.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `if condition then one else other`.
    If(Box<[Expr; 3]>),
    /// `low to high`: a 90 % interval.
    Interval(Box<Expr>, Box<Expr>),
    /// A function or a distribution family with its arguments.
    Call(Ident, Vec<Argument>),
    /// `P(what)` or `P(what | given)`.
    Probability(Box<Expr>, Option<Box<Expr>>),
    /// What means a range of values and is not written as one: refused wherever it stands, with what to write there.
    Loose(Loose),
    /// `P(…) is at least likely`: a probability compared with a word of the scale.
    Is(Box<Expr>, Bound, Ident),
}

/// How a probability is held against a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `is likely`: inside the word's band.
    Within,
    /// `is at least likely`: at or above the band's lower end.
    AtLeast,
    /// `is at most likely`: at or below the band's upper end.
    AtMost,
}

/// One argument of a call, `name = value` or `value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// The name, if given.
    pub name: Option<Ident>,
    /// The value.
    pub value: Expr,
}

/// A claim of the source, as a test of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What it says.
    pub kind: ClaimKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms a claim can take.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ClaimKind {
    /// Comparisons of probabilities joined by `and`, `or`, `not`.
    Holds(Expr),
    /// `rank: a > b > c`, most probable first.
    Rank(Vec<Ident>),
    /// `raises: cause -> outcome`, or `lowers:` with `rises` false.
    Moves {
        /// The factor, derived value or event that is moved.
        cause: Ident,
        /// The outcome whose probability follows.
        outcome: Ident,
        /// Whether the probability is said to rise.
        rises: bool,
    },
}

impl Expr {
    /// Visits this node and everything below it, parents first, in the order of the text.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expr)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// The nodes directly below.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.node {
            Node::Number(_)
            | Node::Truth(_)
            | Node::Text(_)
            | Node::Name(_)
            | Node::Outcome
            | Node::Loose(_) => {
                vec![]
            }
            Node::List(items) => items.iter().collect(),
            Node::Unary(_, one) | Node::Is(one, ..) => vec![one],
            Node::Binary(_, a, b) | Node::Compare(_, a, b) | Node::Interval(a, b) => vec![a, b],
            Node::If(parts) => parts.iter().collect(),
            Node::Call(_, arguments) => arguments.iter().map(|one| &one.value).collect(),
            Node::Probability(what, given) => std::iter::once(&**what).chain(given.as_deref()).collect(),
        }
    }
}
