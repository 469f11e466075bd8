//! How wide text is.

use super::line::Line;
use super::weight::Weight;

/// The width of one line of text at a font size (em), in the units of the size, as it is set: with kerning, marks in their
/// places, letters joined.
///
/// ```
/// use foretell::chart::{Weight, text_width};
/// // Inter: each digit is 1328 of 2048 units wide.
/// assert!((text_width("00", 2048.0, Weight::Regular) - 2656.0).abs() < 1e-9);
/// ```
pub fn text_width(text: &str, size: f64, weight: Weight) -> f64 {
    Line::set(text, weight).width * size
}
