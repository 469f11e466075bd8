//! Futures one below the other: what is the case in each, which outcome follows, and how typical it is.

use crate::chart::page::{LABEL, Page, SMALL, Type, VALUE, Wording, rule};
use crate::chart::{ChartError, Figure, Mark, Picture, Weight, theme};

/// Futures as a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Futures {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The futures, from the top.
    pub rows: Vec<FutureRow>,
}

/// One future.
#[derive(Debug, Clone, PartialEq)]
pub struct FutureRow {
    /// Its number.
    pub number: String,
    /// What is the case in it, and what happens, each in a sentence.
    pub told: Vec<String>,
    /// The outcome that follows; empty in a file without outcomes.
    pub outcome: String,
    /// How probable that was in this future, as printed.
    pub probability: String,
    /// How typical it is: the share of all that lie less densely, 0 to 1; NaN where that is not known.
    pub typical: f64,
    /// The same as printed.
    pub share: String,
}

const GAP: f64 = 20.0;
const NUMBER: f64 = 24.0;
const OUTCOME: f64 = 170.0;
const BAR: (f64, f64) = (84.0, 9.0);
const BETWEEN: f64 = 22.0;
/// Lines of a sentence and of an outcome.
const LINES: usize = 4;
const HEADING: Type = Type::new(theme::SMALL, Weight::Bold, theme::GREY);

/// Where the columns begin, and how wide what is told is.
struct Columns {
    told: f64,
    width: f64,
    outcome: f64,
    typical: f64,
}

impl Figure for Futures {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.rows.is_empty() {
            return Err(ChartError::Empty("no future"));
        }
        let has_outcomes = self.rows.iter().any(|row| !row.outcome.is_empty());
        let typical = theme::WIDTH - theme::MARGIN - BAR.0;
        let outcome = typical - if has_outcomes { OUTCOME + BETWEEN } else { 0.0 };
        let told = theme::MARGIN + NUMBER;
        let columns = Columns { told, width: outcome - BETWEEN - told, outcome, typical };
        let mut page = Page::open(&self.wording);
        let headings = [(told, "What is the case"), (outcome, "What follows"), (typical, "How typical")];
        let shown = headings.into_iter().filter(|(_, words)| has_outcomes || *words != "What follows");
        let baseline = page.below + HEADING.height(1);
        page.marks.extend(shown.map(|(x, words)| HEADING.line(x, baseline, words)));
        page.below = baseline + 10.0;
        self.rows.iter().for_each(|row| columns.row(&mut page, row));
        page.close(&self.wording)
    }
}

impl Columns {
    /// Sets one future at the page's fill line.
    fn row(&self, page: &mut Page, row: &FutureRow) {
        page.marks.push(rule((theme::MARGIN, page.below), theme::WIDTH - theme::MARGIN, theme::GRID));
        let top = page.below + GAP / 2.0 + 4.0;
        let at = (theme::MARGIN, top + LABEL.height(1));
        page.marks.extend(HEADING.cut_line(at, &row.number, NUMBER - 4.0));
        let mut below = top;
        for sentence in &row.told {
            let lines = LABEL.cut(sentence, self.width, LINES);
            page.marks.extend(LABEL.block(self.told, below, &lines));
            below += LABEL.height(lines.len()) + 9.0;
        }
        let outcome = VALUE.cut(&row.outcome, OUTCOME, LINES);
        page.marks.extend(VALUE.block(self.outcome, top, &outcome));
        let beside = top + VALUE.height(outcome.len()) + 7.0;
        if !row.outcome.is_empty() {
            let at = (self.outcome, beside + SMALL.height(1));
            page.marks.extend(SMALL.cut_line(at, &row.probability, OUTCOME));
        }
        page.marks.extend(self.typicality(row, top));
        page.below = below.max(beside + SMALL.height(1)) + GAP / 2.0;
    }

    fn typicality(&self, row: &FutureRow, top: f64) -> Vec<Mark> {
        let (x, height) = (self.typical, BAR.1);
        let mut marks = vec![Mark::Rect { x, y: top, width: BAR.0, height, fill: theme::BAND }];
        if row.typical.is_finite() {
            let width = BAR.0 * row.typical.clamp(0.0, 1.0);
            marks.push(Mark::Rect { x, y: top, width, height, fill: theme::RAISES });
        }
        let value = Type { colour: theme::INK, ..SMALL };
        marks.extend(value.cut_line((x, top + height + 6.0 + SMALL.height(1)), &row.share, BAR.0));
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(typical: f64) -> FutureRow {
        FutureRow {
            number: "1".into(),
            told: vec!["It rains.".into(), "It pours.".into()],
            outcome: "wet".into(),
            probability: "80 %".into(),
            typical,
            share: "as it is".into(),
        }
    }

    #[test]
    fn bars_are_as_long_as_futures_are_typical() {
        let rows = vec![row(0.25), row(1.0), row(f64::NAN)];
        let picture = Futures { wording: Wording::default(), rows }.layout().unwrap();
        let bars = picture.marks.iter().filter_map(|mark| match mark {
            Mark::Rect { width, fill, .. } if *fill == theme::RAISES => Some(*width),
            _ => None,
        });
        assert_eq!(bars.collect::<Vec<f64>>(), [0.25 * BAR.0, BAR.0]);
    }

    #[test]
    fn futures_without_outcomes_have_no_column_for_them() {
        let dry = FutureRow { outcome: String::new(), ..row(0.5) };
        let of = |rows: Vec<FutureRow>| Futures { wording: Wording::default(), rows }.layout();
        let says = |rows| {
            of(rows)
                .unwrap()
                .marks
                .iter()
                .any(|mark| matches!(mark, Mark::Text { content, .. } if content == "What follows"))
        };
        assert!(says(vec![row(0.5)]) && !says(vec![dry]));
        assert!(of(Vec::new()).is_err());
    }
}
