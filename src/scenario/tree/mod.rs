//! A scenario file as the tree of its keys: what two files differ in, and files between them.
//!
//! A [`Tree`] knows no section's meaning but what makes two of its elements the same one: a name, the id or the date and text of an
//! item of evidence, the two names of a correlation, the conditions of a row. [`Tree::edits`] finds what another file says
//! otherwise, and [`Tree::edited`] is the text of a file in which some of that is done.

mod branch;
mod edits;
mod identity;
mod read;
mod words;
mod write;

pub use branch::Tree;
pub use edits::{Edit, EditKind, Part};
pub use words::Bearing;
