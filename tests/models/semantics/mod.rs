//! What a model means: columns compute what the definitions say, a draw that gives no number is left out and told, and
//! claims are judged by what is true of the model.

#![allow(clippy::disallowed_methods)]

mod claims;
mod columns;
mod truths;
mod void;
