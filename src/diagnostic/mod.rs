//! Floor 0: source text, places in it, and messages about it.
//!
//! [`SourceFile`] is a text with a name: the scenario file, or the text of a flag such as `--set x=0.9`.
//! [`Sources`] holds all of a run's, so that a [`Span`] can say which one it means. A [`Diagnostic`] is one
//! message with its places; [`render`] turns it into text in the manner of `rustc`.

mod excerpt;
mod hint;
mod message;
pub mod number;
mod render;
mod source;
mod suggest;
mod visible;

pub use excerpt::Excerpt;
pub use hint::{Edit, Hint};
pub use message::{Diagnostic, Diagnostics, Label, MOST_SHOWN, Severity};
pub use render::{Style, render, render_all};
pub use source::{Position, SourceFile, SourceId, Sources, Span};
pub use suggest::{did_you_mean, list};
pub use visible::{turns, visible};
