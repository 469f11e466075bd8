//! What each what-if does to each outcome: a panel an outcome, a row a variant, measured from the file itself.

use super::panel::Panel;
use crate::chart::axis::{Scale, probability_end};
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, Wording, dot, on_paper};
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, probability, theme};

/// Panels of variants, one above the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Variants {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One panel per outcome, drawn from the top in this order.
    pub panels: Vec<VariantPanel>,
}

/// What the variants do to one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantPanel {
    /// The outcome in words.
    pub label: String,
    /// Its probability as the file has it, 0 to 1: the panel's vertical line.
    pub probability: f64,
    /// The probability as printed, such as "39.5 %".
    pub value: String,
    /// The variants, drawn from the top in this order.
    pub rows: Vec<VariantRow>,
}

/// One outcome in one variant.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantRow {
    /// The variant in words.
    pub label: String,
    /// The outcome's probability in it, 0 to 1: the dot.
    pub probability: f64,
    /// The probability as printed.
    pub value: String,
    /// The difference from the file itself, as printed, such as "+12.3".
    pub difference: String,
    /// The half-width of the 90 % interval of the difference's sampling error, as printed; empty if exact.
    pub error: String,
}

const BESIDE: Type = Type::new(12.5, Weight::Regular, theme::INK);
const CHANGE: Type = Type::new(13.0, Weight::Bold, theme::INK);
/// Room beside the axis for the values at 0 % and 100 %.
const OVERHANG: f64 = 62.0;
const ROW_GAP: f64 = 16.0;
const BAR_HEIGHT: f64 = 8.0;

impl Figure for Variants {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.panels.is_empty() {
            return Err(ChartError::Empty("no outcomes"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&self.legend());
        let columns = self.columns();
        for panel in &self.panels {
            columns.panel(&mut page, panel);
        }
        page.below -= 20.0;
        page.close(&self.wording)
    }
}

impl Variants {
    fn legend(&self) -> Vec<(Key, &'static str)> {
        let mut keys = vec![
            (Key::Rule, "as the file has it"),
            (Key::Dot(theme::RAISES), "in the variant, more probable"),
            (Key::Dot(theme::LOWERS), "less probable"),
            (Key::Sign("+"), "the difference in points"),
        ];
        if self.rows().any(|row| !row.error.is_empty()) {
            keys.push((Key::Sign("±"), "90 % interval of its sampling error"));
        }
        keys
    }

    fn rows(&self) -> impl Iterator<Item = &VariantRow> {
        self.panels.iter().flat_map(|panel| &panel.rows)
    }

    /// The columns of label, axis and difference, as wide as their words need.
    fn columns(&self) -> Columns {
        let labels = widest(self.rows().map(|row| &row.label), LABEL.size, LABEL.weight);
        let label_width = labels.clamp(110.0, 260.0);
        let changes = widest(self.rows().map(|row| &row.difference), CHANGE.size, CHANGE.weight);
        let errors = widest(self.rows().map(|row| &row.error), SMALL.size, SMALL.weight);
        let change_width = changes.max(errors).clamp(40.0, 110.0);
        let from = theme::MARGIN + label_width + OVERHANG;
        let to = theme::WIDTH - theme::MARGIN - change_width - OVERHANG - 10.0;
        let all = self.panels.iter().map(|one| one.probability).chain(self.rows().map(|row| row.probability));
        let hi = probability_end(all.filter(|one| one.is_finite()).fold(0.0, f64::max));
        Columns { label_width, change_width, scale: Scale { lo: 0.0, hi, from, to } }
    }
}

/// What the panels share.
struct Columns {
    label_width: f64,
    change_width: f64,
    scale: Scale,
}

impl Columns {
    /// Sets one outcome at the page's fill line.
    fn panel(&self, page: &mut Page, panel: &VariantPanel) {
        let VariantPanel { label, probability: base, value, rows } = panel;
        let frame = Panel { label, probability: *base, value, scale: &self.scale };
        frame.set(page, |page| {
            for row in rows {
                self.row(page, row, probability(*base));
            }
        });
    }

    /// Sets one variant at the page's fill line.
    fn row(&self, page: &mut Page, row: &VariantRow, base: Option<f64>) {
        let label = LABEL.wrap(&row.label, self.label_width);
        let change = CHANGE.wrap(&row.difference, self.change_width);
        let error = SMALL.wrap(&row.error, self.change_width);
        let gap = if error.is_empty() || change.is_empty() { 0.0 } else { 6.0 };
        let change_height = CHANGE.height(change.len()) + gap + SMALL.height(error.len());
        let height = LABEL.height(label.len()).max(change_height).max(14.0) + ROW_GAP;
        let middle = page.below + height / 2.0;
        let right = theme::WIDTH - theme::MARGIN - self.change_width;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        let change_top = middle - change_height / 2.0;
        page.marks.extend(CHANGE.block(right, change_top, &change));
        page.marks.extend(SMALL.block(right, change_top + CHANGE.height(change.len()) + gap, &error));
        if let (Some(base), Some(p)) = (base, probability(row.probability)) {
            page.marks.extend(self.bar(base, p, &row.value, middle));
        }
        page.below += height;
    }

    /// The bar from the file's probability to the variant's, a dot at its end, the value outside.
    fn bar(&self, base: f64, p: f64, value: &str, middle: f64) -> Vec<Mark> {
        let hue = if p >= base { theme::RAISES } else { theme::LOWERS };
        let (from, to) = (self.scale.at(base), self.scale.at(p));
        let (x, width) = (from.min(to), (to - from).abs());
        let (y, height) = (middle - BAR_HEIGHT / 2.0, BAR_HEIGHT);
        let mut marks = vec![Mark::Rect { x, y, width, height, fill: hue.tint(0.45) }];
        let style = BESIDE.anchored(if p >= base { Anchor::Start } else { Anchor::End });
        let x = if p >= base { to + 10.0 } else { to - 10.0 };
        marks.extend(on_paper(style.line(x, middle + style.height(1) / 2.0, value)));
        marks.push(dot((to, middle), 5.0, hue));
        marks
    }
}
