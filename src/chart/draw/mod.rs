//! Pictures on paper.
//!
//! Plotters draws a picture once, on a backend that keeps what it is told (`record`); each format is made from
//! that. A PNG is painted with exact coverage onto palette indices (`cover`, `canvas`) and
//! compressed while it is painted; an SVG and a PDF keep lines as lines and text as text.

mod canvas;
mod cover;
mod glyphs;
mod look;
mod outline;
mod palette;
mod pdf;
mod png;
mod record;
mod svg;

pub use look::Look;

use super::error::ChartError;
use super::mark::Picture;

/// The picture as a PNG file: a palette of up to 256 colours, its resolution written into it (192 dots per inch at two pixels
/// per canvas unit). The same picture and look give the same bytes.
///
/// # Errors
///
/// [`ChartError::TooMany`] if the canvas is too large, [`ChartError::Size`] if the look asks for what can't be drawn,
/// [`ChartError::Backend`] if drawing or encoding fails.
pub fn png(picture: &Picture, look: &Look) -> Result<Vec<u8>, ChartError> {
    let placing = look.place(picture, look.scale)?;
    png::file(&record::record(picture)?, &placing, look.theme)
}

/// The picture as an SVG document, with title and description for those who can't see it. Text is text: it is as long in
/// any face as it was laid out. In the light theme it follows the viewer's wish for dark pages. The same picture and look give the same text.
///
/// # Errors
///
/// Those of [`png`]; the scale of the look is no matter.
pub fn svg(picture: &Picture, look: &Look) -> Result<String, ChartError> {
    let placing = look.place(picture, 1.0)?;
    Ok(svg::document(&record::record(picture)?, picture, &placing, look.theme))
}

/// The picture as a PDF document of one page, of the picture's size or the frame's. Text can be selected; its faces are embedded,
/// as far as they are used. The same picture and look give the same bytes.
///
/// # Errors
///
/// Those of [`svg`], and [`ChartError::Backend`] if a face of the machine cannot be embedded.
pub fn pdf(picture: &Picture, look: &Look) -> Result<Vec<u8>, ChartError> {
    let placing = look.place(picture, 1.0)?;
    pdf::document(&record::record(picture)?, picture, &placing, look.theme)
}
