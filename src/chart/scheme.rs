//! What each theme makes of the light theme's colours: one for one, tints included.

use super::theme::{AXIS, Colour, GREY, INK, PAPER, SERIES, Theme};

/// Lightness (OKLab) of the dark theme's paper and of its ink.
const DARK: (f64, f64) = (0.17, 0.97);
/// Lightness of the series in print, so far apart that they differ in grey; the lightest still has a contrast of 3 : 1.
const PRINTED: [f64; 8] = [0.32, 0.64, 0.48, 0.56, 0.38, 0.60, 0.52, 0.43];

impl Theme {
    /// The colour that stands for one of the light theme's.
    ///
    /// ```
    /// use foretell::chart::theme::{Colour, INK, PAPER, Theme};
    /// assert_eq!(Theme::Light.ink(INK), INK);
    /// assert_eq!(Theme::Print.ink(INK), Colour(0, 0, 0));
    /// assert!(Theme::Dark.ink(INK).0 > Theme::Dark.ink(PAPER).0);
    /// ```
    pub fn ink(self, colour: Colour) -> Colour {
        match self {
            Self::Light => colour,
            Self::Dark => dark(colour),
            Self::Print => print(colour),
        }
    }
}

/// Lightness turned round, hue and as much chroma as there is kept; then lighter until the contrast to the paper is what it is in the light
/// theme.
fn dark(colour: Colour) -> Colour {
    let lab = Lab::of(colour);
    let ink = Lab::of(INK).lightness;
    let lightness = DARK.1 - (lab.lightness - ink) / (1.0 - ink) * (DARK.1 - DARK.0);
    let paper = Lab { lightness: DARK.0, a: -0.002, b: -0.006 }.colour();
    if colour == PAPER {
        return paper;
    }
    let wanted = contrast(colour, PAPER);
    let steps = (0..=200).map(|step| (lightness + f64::from(step) / 200.0).min(1.0));
    let lighter = steps.map(|lightness| Lab { lightness, ..lab }.colour());
    lighter.take_while(|one| *one != PAPER).find(|one| contrast(*one, paper) >= wanted).unwrap_or(PAPER)
}

/// Black ink, darker greys, series of different lightness; a tint of one is the same tint of what stands for it.
fn print(colour: Colour) -> Colour {
    let near = |other: Colour| {
        let off = |a: u8, b: u8| a.abs_diff(b) <= 2;
        off(colour.0, other.0) && off(colour.1, other.1) && off(colour.2, other.2)
    };
    let greys = [(INK, Colour(0, 0, 0)), (GREY, Colour(64, 66, 68)), (AXIS, Colour(96, 98, 100))];
    let series = SERIES
        .into_iter()
        .zip(PRINTED)
        .map(|(one, lightness)| (one, Lab { lightness, ..Lab::of(one) }.colour()));
    let of = |(from, to): (Colour, Colour)| {
        let white = whitened(from, colour);
        near(from.tint(white)).then(|| to.tint(white))
    };
    greys.into_iter().chain(series).find_map(of).unwrap_or(colour)
}

/// How much white makes `tint` of `colour`, by the channel that it moves most.
fn whitened(colour: Colour, tint: Colour) -> f64 {
    let channels = [(colour.0, tint.0), (colour.1, tint.1), (colour.2, tint.2)];
    let (from, to) = channels.into_iter().min_by_key(|(from, _)| *from).unwrap_or((0, 0));
    ((f64::from(to) - f64::from(from)) / (255.0 - f64::from(from)).max(1.0)).clamp(0.0, 1.0)
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2).
///
/// ```
/// use foretell::chart::{contrast, theme::Colour};
/// assert!((contrast(Colour(0, 0, 0), Colour(255, 255, 255)) - 21.0).abs() < 1e-9);
/// ```
pub fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance, 0 to 1 (WCAG 2.2).
fn luminance(Colour(r, g, b): Colour) -> f64 {
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// Light of a channel of sRGB, 0 to 1.
fn linear(channel: u8) -> f64 {
    match f64::from(channel) / 255.0 {
        v if v <= 0.04045 => v / 12.92,
        v => libm::pow((v + 0.055) / 1.055, 2.4),
    }
}

/// A colour in OKLab (Björn Ottosson 2020, "A perceptual color space for image processing").
#[derive(Debug, Clone, Copy)]
struct Lab {
    lightness: f64,
    a: f64,
    b: f64,
}

impl Lab {
    fn of(Colour(r, g, b): Colour) -> Self {
        let (r, g, b) = (linear(r), linear(g), linear(b));
        let l = libm::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        let m = libm::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        let s = libm::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        Self {
            lightness: 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            a: 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            b: 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
        }
    }

    /// The nearest colour of sRGB with this lightness and hue: chroma is taken off until it is one.
    fn colour(self) -> Colour {
        let paler = (0..=20).map(|k| 1.0 - f64::from(k) / 20.0);
        let light = |part: f64| Self { a: self.a * part, b: self.b * part, ..self }.light();
        let shown = |light: &[f64; 3]| light.iter().all(|v| (-1e-4..=1.0 + 1e-4).contains(v));
        let [r, g, b] =
            paler.map(light).find(shown).unwrap_or([self.lightness.clamp(0.0, 1.0); 3]).map(channel);
        Colour(r, g, b)
    }

    /// Linear light of red, green and blue; outside 0 to 1 where sRGB has no such colour.
    fn light(self) -> [f64; 3] {
        let l = self.lightness + 0.3963377774 * self.a + 0.2158037573 * self.b;
        let m = self.lightness - 0.1055613458 * self.a - 0.0638541728 * self.b;
        let s = self.lightness - 0.0894841775 * self.a - 1.2914855480 * self.b;
        let (l, m, s) = (l * l * l, m * m * m, s * s * s);
        [
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
        ]
    }
}

/// A channel of sRGB of so much light.
fn channel(light: f64) -> u8 {
    let encoded = match light.clamp(0.0, 1.0) {
        v if v <= 0.0031308 => 12.92 * v,
        v => 1.055 * libm::pow(v, 1.0 / 2.4) - 0.055,
    };
    (encoded * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::super::theme::{ACCENT, BAND, DENSITY, GRID};
    use super::*;

    fn all() -> Vec<Colour> {
        let named = SERIES.into_iter().chain([INK, GREY, GRID, AXIS, BAND, ACCENT, DENSITY]);
        named.flat_map(|one| [0.0, 0.2, 0.5, 0.8].map(|white| one.tint(white))).collect()
    }

    #[test]
    fn dark_colours_stand_out_as_the_light_ones_do() {
        let paper = Theme::Dark.ink(PAPER);
        for colour in all() {
            let (light, dark) = (contrast(colour, PAPER), contrast(Theme::Dark.ink(colour), paper));
            assert!(dark >= light, "{colour:?}: {dark} against {light}");
        }
        assert!(contrast(ACCENT, paper) < contrast(Theme::Dark.ink(ACCENT), paper), "the check can fail");
    }

    #[test]
    fn themes_keep_colours_apart() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let inks: Vec<Colour> =
                SERIES.into_iter().chain([INK, GREY, PAPER]).map(|one| theme.ink(one)).collect();
            for (k, one) in inks.iter().enumerate() {
                assert!(!inks[k + 1..].contains(one), "{theme:?}: {one:?}");
            }
        }
    }

    #[test]
    fn print_tells_the_series_apart_in_grey() {
        let mut grey = SERIES.map(|one| Lab::of(Theme::Print.ink(one)).lightness);
        grey.sort_by(f64::total_cmp);
        assert!(grey.windows(2).all(|pair| pair[1] - pair[0] > 0.025), "{grey:?}");
        SERIES.into_iter().for_each(|one| assert!(contrast(Theme::Print.ink(one), PAPER) >= 3.0, "{one:?}"));
    }

    #[test]
    fn oklab_and_back_is_the_same_colour() {
        for colour in all().into_iter().chain([PAPER]) {
            let Colour(r, g, b) = Lab::of(colour).colour();
            assert!(
                r.abs_diff(colour.0) <= 1 && g.abs_diff(colour.1) <= 1 && b.abs_diff(colour.2) <= 1,
                "{colour:?}"
            );
        }
    }
}
