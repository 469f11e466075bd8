//! What finding each thing out is expected to tell: bars from 0 in bits, with what each is of the whole beside it.

use super::density::axis;
use crate::chart::axis::{Scale, ticks};
use crate::chart::page::{Key, LABEL, Page, SMALL, Wording, stroke};
use crate::chart::wrap::widest;
use crate::chart::{ChartError, Figure, Mark, Picture, theme};

/// Things that can be found out, one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Information {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The things, from the top.
    pub rows: Vec<InformationRow>,
}

/// One thing.
#[derive(Debug, Clone, PartialEq)]
pub struct InformationRow {
    /// The thing in words.
    pub label: String,
    /// By how many bits the entropy is expected to drop.
    pub bits: f64,
    /// The 90 % interval of its sampling error.
    pub interval: (f64, f64),
    /// The same as printed, in bits and as a share of all.
    pub value: String,
    /// How probable it is that another answer leads then, as printed.
    pub changes: String,
}

const ROW_GAP: f64 = 16.0;
const BAR: f64 = 15.0;
/// Lines of a label.
const LINES: usize = 3;

impl Figure for Information {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.rows.is_empty() {
            return Err(ChartError::Empty("nothing to find out"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&[
            (Key::Bar(theme::series(0)), "bits, and the share of all"),
            (Key::Sign("|–|"), "90 % interval of the sampling error"),
        ]);
        let labels = widest(self.rows.iter().map(|row| &row.label), LABEL.size, LABEL.weight);
        let label_width = labels.clamp(100.0, 250.0);
        let own = self.rows.iter().map(|row| LABEL.bold().width(&row.value).max(SMALL.width(&row.changes)));
        let value_width = own.fold(0.0, f64::max).min(170.0);
        let from = theme::MARGIN + label_width + 16.0;
        let to = theme::WIDTH - theme::MARGIN - value_width - 18.0;
        let scale = Scale { lo: 0.0, hi: self.reach(), from, to };
        let (top, ground) = (page.below, page.marks.len());
        for row in &self.rows {
            row.set(&mut page, &scale, label_width);
        }
        let behind = axis(&scale, top, page.below);
        page.marks.splice(ground..ground, behind);
        page.below += 34.0;
        page.close(&self.wording)
    }
}

impl Information {
    /// A round number that nothing exceeds.
    fn reach(&self) -> f64 {
        let ends = self.rows.iter().flat_map(|row| [row.bits, row.interval.1]);
        let most = ends.filter(|end| end.is_finite()).fold(1e-6, f64::max);
        let steps = ticks(0.0, most, 4);
        let step = steps.get(1).copied().unwrap_or(most);
        (most / step).ceil() * step
    }
}

impl InformationRow {
    fn set(&self, page: &mut Page, scale: &Scale, label_width: f64) {
        let label = LABEL.cut(&self.label, label_width, LINES);
        let height = LABEL.height(label.len()).max(26.0) + ROW_GAP;
        let middle = page.below + height / 2.0;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        if self.bits.is_finite() {
            page.marks.extend(self.bar(scale, middle));
        }
        page.below += height;
    }

    fn bar(&self, scale: &Scale, y: f64) -> Vec<Mark> {
        let width = (scale.at(self.bits) - scale.from).max(0.0);
        let fill = theme::series(0);
        let mut marks = vec![Mark::Rect { x: scale.from, y: y - BAR / 2.0, width, height: BAR, fill }];
        let (low, high) = self.interval;
        if low.is_finite() && high.is_finite() && low < high {
            let [low, high] = [low, high].map(|value| scale.at(value));
            marks.push(stroke((low, y), (high, y), 1.6, theme::INK));
            marks.extend([low, high].map(|x| stroke((x, y - 4.0), (x, y + 4.0), 1.6, theme::INK)));
        }
        let x = scale.to + 18.0;
        let room = theme::WIDTH - theme::MARGIN - x;
        marks.extend(LABEL.bold().centred(x, y - 8.0, &LABEL.bold().cut(&self.value, room, 1)));
        marks.extend(SMALL.centred(x, y + 9.0, &SMALL.cut(&self.changes, room, 1)));
        marks
    }
}
