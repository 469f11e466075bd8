//! Each outcome's probability as a bar from 0, its spread as a whisker, on the words of intelligence analysis.

use crate::chart::axis::Scale;
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, VALUE, Wording, probability_grid, stroke, whisker};
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, Whisker, probability, theme};
use crate::expression::scale::ICD_203;

/// Outcomes' probabilities side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeBars {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The outcomes, drawn from the top in this order.
    pub bars: Vec<OutcomeBar>,
}

/// One outcome's row.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeBar {
    /// The outcome in words.
    pub label: String,
    /// Its probability, 0 to 1: the bar's length.
    pub probability: f64,
    /// The spread of its probability over the draws, if there is one.
    pub spread: Option<Whisker>,
    /// The probability as printed, such as "39.5 %".
    pub value: String,
    /// The half-width of the 90 % interval of its sampling error in percentage points, as printed below it, such as
    /// "± 0.01"; empty if exact.
    pub error: String,
}

const BAR_HEIGHT: f64 = 22.0;
const ROW_GAP: f64 = 20.0;

impl Figure for OutcomeBars {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.bars.is_empty() {
            return Err(ChartError::Empty("no outcomes"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&self.legend());
        let columns = self.columns();
        page.below += 40.0;
        let (top, ground) = (page.below, page.marks.len());
        page.below += ROW_GAP / 2.0;
        for (index, bar) in self.bars.iter().enumerate() {
            columns.row(&mut page, bar, index);
        }
        page.below += ROW_GAP / 2.0;
        let scale = &columns.scale;
        let mut behind = verbal_bands(scale, top, page.below);
        behind.extend(probability_grid(scale, top, page.below));
        page.marks.splice(ground..ground, behind);
        page.marks.push(stroke((scale.from, top), (scale.from, page.below), 1.5, theme::AXIS));
        page.below += 20.0;
        page.close(&self.wording)
    }
}

impl OutcomeBars {
    fn legend(&self) -> Vec<(Key, &'static str)> {
        let mut keys = vec![(Key::Bar(theme::series(0)), "bar: probability")];
        if self.bars.iter().any(|bar| bar.spread.is_some()) {
            keys.push((Key::Whisker, "whisker: its spread over the draws (5th, 50th, 95th percentile)"));
        }
        if self.bars.iter().any(|bar| !bar.error.is_empty()) {
            keys.push((Key::Sign("±"), "90 % interval of the sampling error, in points"));
        }
        keys.push((Key::Bar(theme::BAND), "bands: the words of ICD 203"));
        keys
    }

    /// The columns of label, axis and value, as wide as their words need.
    fn columns(&self) -> Columns {
        let values = widest(self.bars.iter().map(|bar| &bar.value), VALUE.size, VALUE.weight);
        let errors = widest(self.bars.iter().map(|bar| &bar.error), SMALL.size, SMALL.weight);
        let value_width = values.max(errors).clamp(40.0, 110.0);
        let labels = self.bars.iter().map(|bar| &bar.label);
        let label_width =
            widest(labels, LABEL.size, LABEL.weight).clamp(90.0, 250.0f64.min(328.0 - value_width));
        let from = theme::MARGIN + label_width + 18.0;
        let to = theme::WIDTH - theme::MARGIN - value_width - 24.0;
        Columns { label_width, value_width, scale: Scale::probability(from, to) }
    }
}

struct Columns {
    label_width: f64,
    value_width: f64,
    scale: Scale,
}

impl Columns {
    /// Sets one outcome at the page's fill line.
    fn row(&self, page: &mut Page, bar: &OutcomeBar, index: usize) {
        let label = LABEL.wrap(&bar.label, self.label_width);
        let value = VALUE.wrap(&bar.value, self.value_width);
        let error = SMALL.wrap(&bar.error, self.value_width);
        let gap = if error.is_empty() || value.is_empty() { 0.0 } else { 7.0 };
        let value_height = VALUE.height(value.len()) + gap + SMALL.height(error.len());
        let height = BAR_HEIGHT.max(LABEL.height(label.len())).max(value_height);
        let middle = page.below + (height + ROW_GAP) / 2.0;
        let right = theme::WIDTH - theme::MARGIN - self.value_width;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        page.marks.extend(VALUE.block(right, middle - value_height / 2.0, &value));
        let error_top = middle - value_height / 2.0 + VALUE.height(value.len()) + gap;
        page.marks.extend(SMALL.block(right, error_top, &error));
        page.marks.extend(self.bar(bar, middle, index));
        page.below += height + ROW_GAP;
    }

    fn bar(&self, bar: &OutcomeBar, middle: f64, index: usize) -> Vec<Mark> {
        let mut marks = Vec::new();
        if let Some(p) = probability(bar.probability) {
            let (x, width) = (self.scale.from, self.scale.at(p) - self.scale.from);
            let y = middle - BAR_HEIGHT / 2.0;
            marks.push(Mark::Rect { x, y, width, height: BAR_HEIGHT, fill: theme::series(index) });
        }
        if let Some(s) = bar.spread.and_then(Whisker::checked) {
            let places = (self.scale.at(s.p05), self.scale.at(s.p50), self.scale.at(s.p95));
            marks.extend(whisker(places, middle, 5.0));
        }
        marks
    }
}

/// Every other band shaded, each with its word above.
fn verbal_bands(scale: &Scale, top: f64, bottom: f64) -> Vec<Mark> {
    let words = Type::new(10.5, Weight::Regular, theme::GREY).anchored(Anchor::Middle);
    let mut marks = Vec::new();
    for (index, band) in ICD_203.iter().enumerate() {
        let (x, width) = (scale.at(band.low), scale.at(band.high) - scale.at(band.low));
        if index % 2 == 0 {
            marks.push(Mark::Rect { x, y: top, width, height: bottom - top, fill: theme::BAND });
        }
        let lines: Vec<String> = band.word().split(' ').map(str::to_string).collect();
        let above = top - 8.0 - words.height(lines.len());
        // A band without room keeps its shade alone.
        if lines.iter().all(|line| words.width(line) < width + 9.0) {
            marks.extend(words.block(x + width / 2.0, above, &lines));
        }
    }
    marks
}
