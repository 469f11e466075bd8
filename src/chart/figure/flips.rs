//! How far things have to go for another outcome to lead: arrows from the median, below or above it.

use super::density::axis;
use crate::chart::axis::Scale;
use crate::chart::page::{Key, LABEL, Page, SMALL, Wording, dot, ring, stroke};
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, theme};

/// Things that change the lead by themselves, one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Flips {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The things, the nearest at the top.
    pub rows: Vec<FlipsRow>,
}

/// One thing.
#[derive(Debug, Clone, PartialEq)]
pub struct FlipsRow {
    /// The thing in words.
    pub label: String,
    /// How far from its median, in standard deviations.
    pub distance: f64,
    /// Its value there, as printed.
    pub value: String,
    /// Which outcome leads then, and how probable it is.
    pub leads: String,
}

const ROW_GAP: f64 = 16.0;
/// Lines of a label.
const LINES: usize = 3;

impl Figure for Flips {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.rows.is_empty() {
            return Err(ChartError::Empty("nothing changes the lead"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&[
            (Key::Ring(theme::INK), "the median"),
            (Key::Bar(theme::series(0)), "where another outcome leads"),
        ]);
        let label_width =
            widest(self.rows.iter().map(|row| &row.label), LABEL.size, LABEL.weight).clamp(100.0, 230.0);
        let own = self.rows.iter().map(|row| LABEL.bold().width(&row.value).max(SMALL.width(&row.leads)));
        let value_width = own.fold(0.0, f64::max).min(210.0);
        let from = theme::MARGIN + label_width + 20.0;
        let to = theme::WIDTH - theme::MARGIN - value_width - 20.0;
        let farthest = self.rows.iter().map(|row| row.distance.abs()).filter(|one| one.is_finite());
        let reach = farthest.fold(0.95, f64::max) + 0.05;
        let scale = Scale { lo: -reach, hi: reach, from, to };
        let (top, ground) = (page.below, page.marks.len());
        for row in &self.rows {
            row.set(&mut page, &scale, label_width, value_width);
        }
        let behind = axis(&scale, top, page.below);
        page.marks.splice(ground..ground, behind);
        page.below += 34.0;
        page.close(&self.wording)
    }
}

impl FlipsRow {
    fn set(&self, page: &mut Page, scale: &Scale, label_width: f64, value_width: f64) {
        let label = LABEL.cut(&self.label, label_width, LINES);
        let leads = SMALL.cut(&self.leads, value_width, 2);
        let height = LABEL.height(label.len()).max(16.0 + SMALL.height(leads.len())) + ROW_GAP;
        let middle = page.below + height / 2.0;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        page.marks.extend(self.arrow(scale, middle));
        let x = theme::WIDTH - theme::MARGIN - value_width;
        let top = middle - 0.5 * (16.0 + SMALL.height(leads.len()));
        page.marks.extend(LABEL.bold().cut_line((x, top + 11.0), &self.value, value_width));
        page.marks.extend(SMALL.anchored(Anchor::Start).block(x, top + 18.0, &leads));
        page.below += height;
    }

    /// From the median to where the lead changes.
    fn arrow(&self, scale: &Scale, y: f64) -> Vec<Mark> {
        if !self.distance.is_finite() {
            return Vec::new();
        }
        let [start, end] = [0.0, self.distance].map(|score| scale.at(score));
        let hue = theme::series(0);
        let mut marks = vec![stroke((start, y), (end, y), 5.0, hue), dot((end, y), 6.0, hue)];
        marks.extend(ring((start, y), 4.0, theme::INK));
        marks
    }
}
