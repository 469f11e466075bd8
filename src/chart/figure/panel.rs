//! Panels: rows over an axis of probabilities, with a line at one of them.

use crate::chart::axis::Scale;
use crate::chart::page::{Page, Type, probability_grid, stroke};
use crate::chart::{Anchor, Weight, probability, theme};

const HEADING: Type = Type::new(theme::LABEL, Weight::Bold, theme::INK);

/// A heading, rows over an axis, and a line at a probability, which is written above it.
pub(super) struct Panel<'a> {
    pub label: &'a str,
    pub probability: f64,
    pub value: &'a str,
    pub scale: &'a Scale,
}

impl Panel<'_> {
    /// Sets the panel at the page's fill line, with its `rows`.
    pub fn set(&self, page: &mut Page, rows: impl FnOnce(&mut Page)) {
        page.block(HEADING, theme::MARGIN, theme::WIDTH - 2.0 * theme::MARGIN, self.label, 12.0);
        let value = HEADING.anchored(Anchor::Middle);
        page.below += value.height(1);
        let place = probability(self.probability).map(|p| self.scale.at(p));
        if let Some(x) = place {
            page.marks.push(value.line(x, page.below, self.value));
        }
        page.below += 6.0;
        let (top, ground) = (page.below, page.marks.len());
        rows(page);
        let mut behind = probability_grid(self.scale, top, page.below);
        behind.extend(place.map(|x| stroke((x, top), (x, page.below), 1.5, theme::INK)));
        page.marks.splice(ground..ground, behind);
        page.below += 54.0;
    }
}
