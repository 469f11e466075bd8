//! What can go wrong with a picture.

use std::fmt;

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChartError {
    /// The figure has nothing to show; the text says what is missing.
    Empty(&'static str),
    /// The figure would need a canvas taller than [`crate::chart::theme::MAX_HEIGHT`] units; the text names what there is too
    /// much of.
    TooMany(&'static str),
    /// The size asked for cannot be drawn; the text says what can.
    Size(&'static str),
    /// The drawing library or the encoder refused; its own words.
    Backend(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(what) => write!(f, "nothing to draw: {what}"),
            Self::TooMany(what) => write!(f, "too much for one picture: {what}"),
            Self::Size(what) => write!(f, "no picture has such a size: {what}"),
            Self::Backend(message) => write!(f, "the picture could not be drawn: {message}"),
        }
    }
}

impl std::error::Error for ChartError {}
