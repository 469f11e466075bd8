//! Floor 8: figures as plain data, and their drawing.
//!
//! A figure is a plain struct ([`Answer`], [`Drivers`], [`Evidence`] and so on, one a file) that knows
//! numbers and words but no pixels. Its [`Figure::layout`] turns it into a [`Picture`]: a list of [`Mark`]s in canvas
//! units, the same for every format, which tests can read as data. [`draw::png`], [`draw::svg`] and [`draw::pdf`] put a
//! picture on paper; `draw` alone knows the drawing library, `face` alone the font libraries.
//!
//! ```
//! use foretell::chart::{Answer, AnswerRow, Figure, Wording, draw};
//!
//! let figure = Answer {
//!     wording: Wording {
//!         title: "A symbolic summit is as likely as a sanctioned deal".into(),
//!         subtitle: "Probability of each outcome by 13 September 2024".into(),
//!         caption: "vladivostok-2023.toml · 16 384 draws · seed 1".into(),
//!     },
//!     rows: vec![AnswerRow {
//!         label: "The summit was purely perfunctory".into(),
//!         probability: 0.395,
//!         value: "39 %".into(),
//!         odds: String::new(),
//!         range: String::new(),
//!         spread: None,
//!     }],
//!     leader: Some(0),
//! };
//! let picture = figure.layout()?;
//! let png = draw::png(&picture, &draw::Look::default())?;
//! let svg = draw::svg(&picture, &draw::Look::default())?;
//! assert_eq!(&png[1..4], b"PNG");
//! assert!(svg.starts_with("<svg"));
//! # Ok::<(), foretell::chart::ChartError>(())
//! ```
//!
//! Probabilities are fractions, 0 to 1. A number that is no probability (NaN, infinite, outside 0 to 1) leaves its
//! mark out; its label stands.

pub mod axis;
pub mod draw;
mod error;
mod face;
pub mod figure;
mod font;
pub mod graph;
mod lent;
mod line;
mod mark;
mod page;
mod printable;
mod scheme;
pub mod theme;
mod weight;
pub mod wrap;

pub use error::ChartError;
pub use figure::*;
pub use font::text_width;
pub use lent::{Lender, lend};
pub use mark::{Anchor, Mark, Picture, Point};
pub use page::Wording;
pub use printable::printable;
pub use scheme::contrast;
pub use weight::Weight;

/// A picture's content as plain data, which lays itself out.
pub trait Figure {
    /// The marks of this figure on its canvas; the same marks for the same data.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`] if there is nothing to show, [`ChartError::TooMany`] if the canvas would not hold it.
    fn layout(&self) -> Result<Picture, ChartError>;
}

/// `value` if it is a probability; rounding error of up to 1e-9 beyond 0 and 1 is taken off.
fn probability(value: f64) -> Option<f64> {
    (-1e-9..=1.0 + 1e-9).contains(&value).then(|| value.clamp(0.0, 1.0))
}
