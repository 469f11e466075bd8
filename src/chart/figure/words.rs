//! A strip under an axis of probabilities with the words of intelligence analysis.

use crate::chart::axis::Scale;
use crate::chart::page::{SMALL, Type};
use crate::chart::{Anchor, Mark, Weight, theme};
use crate::expression::scale::{Band, ICD_203};

/// Height of the strip.
pub(super) const HEIGHT: f64 = 16.0;
const WORD: Type = Type::new(9.5, Weight::Regular, theme::GREY).anchored(Anchor::Middle);
/// Room between two bands.
const GAP: f64 = 1.5;

/// A box for each band, with its word where that fits, in full or shortened, and what the words are beside them.
pub(super) fn strip(scale: &Scale, top: f64) -> Vec<Mark> {
    let middle = top + HEIGHT / 2.0;
    let mut marks = SMALL.centred(theme::MARGIN, middle, &["Words: ICD 203".to_string()]);
    for band in ICD_203.iter().filter(|band| band.low < scale.hi) {
        let (x, right) = (scale.at(band.low) + GAP / 2.0, scale.at(band.high.min(scale.hi)) - GAP / 2.0);
        let width = right - x;
        marks.push(Mark::Rect { x, y: top, width, height: HEIGHT, fill: theme::BAND });
        let fits = |word: &&str| WORD.width(word) + 4.0 < width;
        if let Some(word) = [band.word(), shorter(band)].into_iter().find(fits) {
            marks.extend(WORD.centred(x + width / 2.0, middle, &[word.to_string()]));
        }
    }
    marks
}

/// A band's word shortened.
fn shorter(band: &Band) -> &'static str {
    match band.word() {
        "almost no chance" => "remote",
        "very unlikely" => "v. unlikely",
        "roughly even chance" => "even",
        "very likely" => "v. likely",
        word => word,
    }
}
