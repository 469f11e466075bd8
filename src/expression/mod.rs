//! Floor 2: the expression language, from text to a tree that knows its places.
//!
//! [`parse`] reads a value, [`parse_claim`] a claim; [`parser`] states the grammar. What names mean is settled on
//! the floor above. [`Function`] lists the functions, [`Operation`](operation) gives the arithmetic of one value,
//! which every evaluator shares, [`scale`] holds the words of estimative probability, and [`loose`] reads ranges in other notations.

pub mod ast;
mod character;
mod claims;
pub mod function;
mod lexer;
pub mod loose;
mod numbers;
pub mod operation;
pub mod parser;
pub mod scale;
mod slip;
mod stream;
mod token;

pub use ast::{Argument, Bound, Claim, ClaimKind, Expr, Ident, Node};
pub use claims::parse_claim;
pub use function::Function;
pub use loose::{Loose, LooseKind};
pub use operation::{Binary, Comparison, Unary};
pub use parser::parse;

/// Words with a meaning of their own, which no factor, event or outcome can be called.
pub const KEYWORDS: [&str; 13] =
    ["P", "outcome", "to", "and", "or", "not", "if", "then", "else", "true", "false", "in", "is"];

/// Distributions that take more than a fixed list of numbers.
pub const COMPOSITE_FAMILIES: [&str; 5] = ["discrete", "categorical", "empirical", "mixture", "truncate"];
