//! The look: colours, sizes and the scale from canvas units to pixels.
//!
//! Hues are those of Okabe and Ito (2008), "Color Universal Design", darkened so that each has a contrast of at least
//! 3 : 1 to white. No figure tells by colour alone what it tells: a place, a shape or a word says the same.

/// An opaque colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// This colour mixed with white: 0 leaves it, 1 is white.
    pub fn tint(self, white: f64) -> Self {
        let mix = |channel: u8| (f64::from(channel) + (255.0 - f64::from(channel)) * white).round() as u8;
        Self(mix(self.0), mix(self.1), mix(self.2))
    }
}

/// Which paper a picture is for. Figures are laid out in the colours of the light theme; the others have one for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on white. An SVG follows the viewer's preference for dark pages.
    #[default]
    Light,
    /// Light ink on near black, for slides and dark pages.
    Dark,
    /// Black ink on pure white, told apart in grey.
    Print,
}

/// The paper.
pub const PAPER: Colour = Colour(255, 255, 255);
/// Titles, labels and whiskers.
pub const INK: Colour = Colour(28, 32, 36);
/// Subtitles, axis labels, captions.
pub const GREY: Colour = Colour(94, 100, 106);
/// Grid lines and rules.
pub const GRID: Colour = Colour(219, 223, 226);
/// Baselines.
pub const AXIS: Colour = Colour(136, 142, 148);
/// The faint bands behind bars.
pub const BAND: Colour = Colour(236, 240, 243);
/// The tag above the title.
pub const ACCENT: Colour = Colour(200, 76, 9);
/// What raises a probability.
pub const RAISES: Colour = Colour(0, 104, 164);
/// What lowers a probability.
pub const LOWERS: Colour = Colour(200, 76, 9);
/// The hue of shaded densities, at its darkest.
pub const DENSITY: Colour = Colour(0, 66, 114);

/// One hue per outcome: blue, vermilion, green, amber, purple, sky, rose, slate.
pub const SERIES: [Colour; 8] = [
    Colour(0, 104, 164),
    Colour(200, 76, 9),
    Colour(0, 129, 96),
    Colour(178, 122, 0),
    Colour(126, 87, 168),
    Colour(40, 144, 190),
    Colour(186, 84, 138),
    Colour(98, 110, 122),
];

/// The hue of the outcome at `index` in the file's order; hues repeat after the eighth.
pub fn series(index: usize) -> Colour {
    SERIES[index % SERIES.len()]
}

/// As many hues as stand beside each other and are told apart.
pub const MOST_HUES: usize = 4;

/// The hues of `count` things that stand beside each other, in the file's order: one each for a few; of more, grey for all
/// but the `leader`, so that a hue means one thing in a picture.
///
/// ```
/// use foretell::chart::theme::{GREY, SERIES, hues};
/// assert_eq!(hues(3, Some(0)), SERIES[..3]);
/// assert_eq!(hues(5, Some(2)), [GREY, GREY, SERIES[0], GREY, GREY]);
/// ```
pub fn hues(count: usize, leader: Option<usize>) -> Vec<Colour> {
    let hue = |at: usize| match count <= MOST_HUES {
        true => series(at),
        false if Some(at) == leader => SERIES[0],
        false => GREY,
    };
    (0..count).map(hue).collect()
}

/// The place in [`SERIES`] of each of `count` things that are told apart all, in the file's order. As in [`hues`] the `leader` of
/// more than a few has the first; each of the others has one of its own while there are any, and those beyond have none.
///
/// ```
/// use foretell::chart::theme::turns;
/// assert_eq!(turns(3, Some(1)), [0, 1, 2]);
/// assert_eq!(turns(6, Some(2)), [1, 2, 0, 3, 4, 5]);
/// ```
pub fn turns(count: usize, leader: Option<usize>) -> Vec<usize> {
    let first = leader.filter(|at| count > MOST_HUES && *at < count);
    let turn = |at: usize| match first {
        Some(leader) if at == leader => 0,
        Some(leader) if at < leader => at + 1,
        _ => at,
    };
    (0..count).map(turn).collect()
}

/// The hues of these: grey for what has none of its own.
pub fn palette(count: usize, leader: Option<usize>) -> Vec<Colour> {
    turns(count, leader).into_iter().map(own_hue).collect()
}

/// The hue at a place in [`SERIES`]; grey beyond.
pub fn own_hue(turn: usize) -> Colour {
    SERIES.get(turn).copied().unwrap_or(GREY)
}

/// Canvas width, in CSS pixels.
pub const WIDTH: f64 = 720.0;
/// The tallest canvas, in CSS pixels.
pub const MAX_HEIGHT: f64 = 12000.0;
/// White space around the picture.
pub const MARGIN: f64 = 24.0;
/// Pixels of a PNG per canvas unit, if nothing else is asked.
pub const PNG_SCALE: f64 = 2.0;

/// Title size.
pub const TITLE: f64 = 20.0;
/// Subtitle size.
pub const SUBTITLE: f64 = 13.0;
/// Size of labels and values.
pub const LABEL: f64 = 13.0;
/// Size of axis labels and legends.
pub const SMALL: f64 = 11.5;
/// Caption size.
pub const CAPTION: f64 = 10.5;
/// Distance between baselines, as a multiple of the size.
pub const LEADING: f64 = 1.32;

/// Families of the SVG's text, by preference. Whichever is shown is set to the length that the first has.
pub const FONT_FAMILY: &str = "Inter, Helvetica Neue, Arial, Noto Sans, sans-serif";

#[cfg(test)]
mod tests {
    use super::*;

    use crate::chart::contrast;

    fn contrast_to_paper(colour: Colour) -> f64 {
        contrast(colour, PAPER)
    }

    #[test]
    fn colours_stand_out_from_the_paper() {
        SERIES.into_iter().chain([ACCENT, AXIS]).for_each(|c| assert!(contrast_to_paper(c) >= 3.0, "{c:?}"));
        [INK, GREY].into_iter().for_each(|c| assert!(contrast_to_paper(c) >= 4.5, "{c:?}"));
        assert!(contrast_to_paper(GRID) < 1.5);
    }

    #[test]
    fn tints_run_from_the_colour_to_white() {
        assert_eq!(ACCENT.tint(0.0), ACCENT);
        assert_eq!(ACCENT.tint(1.0), PAPER);
    }
}
