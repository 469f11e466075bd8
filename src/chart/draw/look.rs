//! How a picture is put on paper: its theme and its size.

use crate::chart::error::ChartError;
use crate::chart::mark::Picture;
use crate::chart::theme::{self, Theme};

/// Theme and size of a drawing.
///
/// ```
/// use foretell::chart::draw::Look;
/// use foretell::chart::theme::Theme;
///
/// let slide = Look { theme: Theme::Dark, frame: Some((1920, 1080)), ..Look::default() };
/// assert_eq!(Look::default().theme, Theme::Light);
/// # let _ = slide;
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Which colours stand for the picture's.
    pub theme: Theme,
    /// Pixels of a PNG per canvas unit, where there is no frame; above 0 and at most [`Look::LARGEST_SCALE`].
    pub scale: f64,
    /// The whole size, width and height in pixels (of 1/96 inch in SVG and PDF). The picture is as large as
    /// fits, in the middle, with paper around it; each side 1 to [`Look::LONGEST_SIDE`].
    pub frame: Option<(u32, u32)>,
}

impl Default for Look {
    /// Light, two pixels per canvas unit, as large as the picture.
    fn default() -> Self {
        Self { theme: Theme::Light, scale: theme::PNG_SCALE, frame: None }
    }
}

/// Where the picture's canvas lies on the paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placing {
    /// Width of the paper, in whole pixels.
    pub width: u32,
    /// Height of the paper, in whole pixels.
    pub height: u32,
    /// Pixels per canvas unit.
    pub scale: f64,
    /// Pixels from the left of the paper to the canvas.
    pub left: f64,
    /// Pixels from the top of the paper to the canvas.
    pub top: f64,
}

impl Look {
    /// The largest scale.
    pub const LARGEST_SCALE: f64 = 16.0;
    /// The longest side of a frame, in pixels.
    pub const LONGEST_SIDE: u32 = 16_384;

    /// Where a picture lies at `scale` pixels per unit, or in the frame if there is one.
    pub(super) fn place(&self, picture: &Picture, scale: f64) -> Result<Placing, ChartError> {
        let fits = |length: f64| (1.0..=theme::MAX_HEIGHT).contains(&length);
        if !fits(picture.width) || !fits(picture.height) {
            return Err(ChartError::TooMany("the canvas"));
        }
        let Some((width, height)) = self.frame else {
            if !(scale > 0.0 && scale <= Self::LARGEST_SCALE) {
                return Err(ChartError::Size("a scale is above 0 and at most 16"));
            }
            let side = |length: f64| (length * scale).round().max(1.0) as u32;
            let (width, height) = (side(picture.width), side(picture.height));
            return Ok(Placing { width, height, scale, left: 0.0, top: 0.0 });
        };
        if [width, height].iter().any(|side| !(1..=Self::LONGEST_SIDE).contains(side)) {
            return Err(ChartError::Size("each side of a frame is 1 to 16384 pixels"));
        }
        let scale = (f64::from(width) / picture.width).min(f64::from(height) / picture.height);
        let spare = |side: u32, length: f64| ((f64::from(side) - length * scale) / 2.0).round();
        Ok(Placing {
            width,
            height,
            scale,
            left: spare(width, picture.width),
            top: spare(height, picture.height),
        })
    }
}
