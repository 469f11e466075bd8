//! What it is worth to know things: bars, the longest that of knowing everything, with a tick at what a test costs.

use crate::chart::axis::Scale;
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, Wording, on_paper, stroke};
use crate::chart::wrap::widest;
use crate::chart::{ChartError, Figure, Mark, Picture, theme};

/// Bars one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Worths {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One for each thing, from the top.
    pub rows: Vec<WorthRow>,
}

/// What one thing is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct WorthRow {
    /// The thing in words.
    pub label: String,
    /// What it is worth: 0 or more.
    pub worth: f64,
    /// What it costs, of a test.
    pub cost: Option<f64>,
    /// What it is worth, as printed.
    pub value: String,
    /// Whether it is all that could be known.
    pub is_whole: bool,
}

const BAR_HEIGHT: f64 = 15.0;
const ROW_GAP: f64 = 13.0;

impl Figure for Worths {
    fn layout(&self) -> Result<Picture, ChartError> {
        let is_shown = |value: f64| value.is_finite() && value >= 0.0;
        let all = self.rows.iter().flat_map(|row| [Some(row.worth), row.cost]).flatten();
        let most = all.filter(|one| is_shown(*one)).fold(0.0, f64::max);
        if most <= 0.0 || !most.is_finite() {
            return Err(ChartError::Empty("nothing that is worth anything"));
        }
        let mut page = Page::open(&self.wording);
        if self.rows.iter().any(|row| row.cost.is_some()) {
            page.legend(&[(Key::Bar(theme::RAISES), "worth"), (Key::Rule, "what a test costs")]);
        }
        let labels = widest(self.rows.iter().map(|row| &row.label), LABEL.size, LABEL.weight);
        let values = widest(self.rows.iter().map(|row| &row.value), SMALL.size, SMALL.weight);
        let label_width = labels.clamp(60.0, 250.0);
        let from = theme::MARGIN + label_width + 18.0;
        let to = theme::WIDTH - theme::MARGIN - values.clamp(30.0, 190.0) - 12.0;
        let columns = Columns { label_width, scale: Scale { lo: 0.0, hi: most, from, to } };
        let top = page.below;
        self.rows.iter().for_each(|row| columns.row(&mut page, row));
        page.marks.push(stroke((from, top), (from, page.below), 1.5, theme::AXIS));
        page.below += 12.0;
        page.close(&self.wording)
    }
}

/// What the rows share.
struct Columns {
    label_width: f64,
    scale: Scale,
}

impl Columns {
    /// Sets one bar at the page's fill line, its value at its end.
    fn row(&self, page: &mut Page, row: &WorthRow) {
        let style = if row.is_whole { LABEL.bold() } else { LABEL };
        let label = style.cut(&row.label, self.label_width, 3);
        let height = style.height(label.len()).max(BAR_HEIGHT) + ROW_GAP;
        let middle = page.below + height / 2.0;
        page.marks.extend(style.centred(theme::MARGIN, middle, &label));
        let mut end = self.scale.from;
        if row.worth.is_finite() && row.worth >= 0.0 {
            let (x, width) = (self.scale.from, self.scale.at(row.worth) - self.scale.from);
            let fill = if row.is_whole { theme::AXIS } else { theme::RAISES };
            page.marks.push(Mark::Rect { x, y: middle - BAR_HEIGHT / 2.0, width, height: BAR_HEIGHT, fill });
            end = x + width;
        }
        if let Some(cost) = row.cost.filter(|cost| cost.is_finite() && *cost >= 0.0) {
            let x = self.scale.at(cost);
            page.marks.push(stroke((x, middle - 11.0), (x, middle + 11.0), 1.8, theme::INK));
            end = end.max(x);
        }
        let value = Type { colour: theme::INK, ..SMALL };
        let x = end + 9.0;
        let at = (x, middle + value.height(1) / 2.0);
        let text = value.cut_line(at, &row.value, theme::WIDTH - theme::MARGIN - x);
        page.marks.extend(text.into_iter().flat_map(on_paper));
        page.below += height;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worths(rows: &[(f64, Option<f64>)]) -> Worths {
        let row = |(worth, cost): &(f64, Option<f64>)| WorthRow {
            label: "a thing".into(),
            worth: *worth,
            cost: *cost,
            value: "1".into(),
            is_whole: false,
        };
        Worths { wording: Wording::default(), rows: rows.iter().map(row).collect() }
    }

    #[test]
    fn bars_are_as_long_as_things_are_worth() {
        let picture = worths(&[(10.0, None), (5.0, Some(2.5)), (0.0, None)]).layout().unwrap();
        let bars = picture.marks.iter().filter_map(|mark| match mark {
            Mark::Rect { width, height, .. } if *height == BAR_HEIGHT => Some(*width),
            _ => None,
        });
        let bars: Vec<f64> = bars.collect();
        assert!((bars[0] / bars[1] - 2.0).abs() < 1e-9 && bars[2] == 0.0, "{bars:?}");
    }

    #[test]
    fn what_is_worth_nothing_has_no_picture() {
        assert!(worths(&[(0.0, None)]).layout().is_err());
        assert!(worths(&[(f64::NAN, None), (f64::INFINITY, None)]).layout().is_err());
        assert!(worths(&[(f64::NAN, None), (1.0, Some(f64::NAN))]).layout().is_ok());
    }
}
