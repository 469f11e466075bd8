//! How far things shift once it is known which outcome comes true: things down, outcomes across, in standard deviations.

use crate::chart::page::{Page, SMALL, Type, Wording, dot, stroke};
use crate::chart::theme::Colour;
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, theme};

/// A matrix of things and outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Shifts {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The outcomes from the left, each with its probability as printed; at most [`Shifts::ACROSS`].
    pub outcomes: Vec<(String, String)>,
    /// The things, from the top.
    pub rows: Vec<ShiftRow>,
}

/// How one thing shifts.
#[derive(Debug, Clone, PartialEq)]
pub struct ShiftRow {
    /// The thing in words.
    pub label: String,
    /// Its shift with each outcome, in standard deviations; NaN where it is not known.
    pub shifts: Vec<f64>,
}

impl Shifts {
    /// As many outcomes as stand beside each other.
    pub const ACROSS: usize = 4;
}

const HEADING: Type = Type::new(theme::LABEL, Weight::Bold, theme::INK).anchored(Anchor::Middle);
const PROBABILITY: Type = Type::new(12.0, Weight::Bold, theme::GREY).anchored(Anchor::Middle);
const ROW: Type = Type::new(12.0, Weight::Regular, theme::INK);
const ROW_GAP: f64 = 13.0;
const BAR_HEIGHT: f64 = 5.0;
const RADIUS: f64 = 4.6;
/// Room between columns.
const GAP: f64 = 22.0;
/// As many lines as a label has at most.
const LINES: usize = 3;
/// The least that a column reaches to either side, in deviations.
const REACH: f64 = 0.1;

impl Figure for Shifts {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.outcomes.is_empty() || self.rows.is_empty() {
            return Err(ChartError::Empty("nothing shifts"));
        }
        let mut page = Page::open(&self.wording);
        page.below += 2.0;
        let columns = self.columns();
        self.headings(&columns, &mut page);
        let (top, ground) = (page.below, page.marks.len());
        self.rows.iter().for_each(|row| self.row(&columns, row, &mut page));
        let behind: Vec<Mark> = columns.iter().flat_map(|one| one.grid(top, page.below)).collect();
        page.marks.splice(ground..ground, behind);
        page.below += 26.0;
        page.close(&self.wording)
    }
}

/// One outcome.
struct Column {
    middle: f64,
    width: f64,
    hue: Colour,
    /// As far as the column reaches to either side, in deviations.
    reach: f64,
}

impl Shifts {
    fn label_width(&self) -> f64 {
        widest(self.rows.iter().map(|row| &row.label), ROW.size, ROW.weight).clamp(150.0, 230.0)
    }

    fn columns(&self) -> Vec<Column> {
        let count = self.outcomes.len();
        let left = theme::MARGIN + self.label_width();
        let width = (theme::WIDTH - theme::MARGIN - left) / count as f64 - GAP;
        let all = self.rows.iter().flat_map(|row| &row.shifts).filter(|one| one.is_finite());
        let reach = 1.12 * all.map(|one| one.abs()).fold(REACH, f64::max);
        let hues = theme::hues(count, Some(0));
        let column = |at: usize| Column {
            middle: left + (at as f64 + 1.0) * GAP + (at as f64 + 0.5) * width,
            width,
            hue: hues[at],
            reach,
        };
        (0..count).map(column).collect()
    }

    /// The outcomes' labels on one ground, and below them their probabilities.
    fn headings(&self, columns: &[Column], page: &mut Page) {
        let style = |one: &Column| Type { colour: one.hue, ..HEADING };
        let lines: Vec<Vec<String>> = columns
            .iter()
            .zip(&self.outcomes)
            .map(|(one, (label, _))| style(one).cut(label, one.width + GAP - 8.0, LINES))
            .collect();
        let tallest = lines.iter().map(|one| HEADING.height(one.len())).fold(0.0, f64::max);
        for (one, lines) in columns.iter().zip(&lines) {
            let top = page.below + tallest - HEADING.height(lines.len());
            page.marks.extend(style(one).block(one.middle, top, lines));
        }
        page.below += tallest + 18.0;
        for (one, (_, value)) in columns.iter().zip(&self.outcomes) {
            let at = (one.middle, page.below);
            page.marks.extend(PROBABILITY.cut_line(at, value, one.width + GAP - 8.0));
        }
        page.below += 9.0;
    }

    /// Sets one thing at the page's fill line.
    fn row(&self, columns: &[Column], row: &ShiftRow, page: &mut Page) {
        let label = ROW.cut(&row.label, self.label_width(), LINES);
        let height = ROW.height(label.len()).max(2.0 * RADIUS) + ROW_GAP;
        let middle = page.below + height / 2.0;
        page.marks.extend(ROW.centred(theme::MARGIN, middle, &label));
        for (one, shift) in columns.iter().zip(&row.shifts).filter(|(_, shift)| shift.is_finite()) {
            page.marks.extend(one.bar(*shift, middle));
        }
        page.below += height;
    }
}

impl Column {
    fn place(&self, shift: f64) -> f64 {
        self.middle + shift / self.reach * self.width / 2.0
    }

    /// The bar from where the thing usually is, a dot at its end.
    fn bar(&self, shift: f64, middle: f64) -> Vec<Mark> {
        let (from, to) = (self.middle, self.place(shift));
        let bar = Mark::Rect {
            x: from.min(to),
            y: middle - BAR_HEIGHT / 2.0,
            width: (to - from).abs(),
            height: BAR_HEIGHT,
            fill: self.hue.tint(0.55),
        };
        vec![bar, dot((to, middle), RADIUS, self.hue)]
    }

    /// The lines at 0 and at a round number of deviations to either side, and their labels below.
    fn grid(&self, top: f64, bottom: f64) -> Vec<Mark> {
        let step = round_below(0.9 * self.reach);
        let label = SMALL.anchored(Anchor::Middle);
        let mut marks = Vec::new();
        for (shift, text) in [(-step, format!("−{step}")), (0.0, "0".into()), (step, format!("+{step}"))] {
            let (width, colour) = if shift == 0.0 { (1.5, theme::INK) } else { (1.0, theme::GRID) };
            let x = self.place(shift);
            marks.push(stroke((x, top), (x, bottom), width, colour));
            marks.push(label.line(x, bottom + 16.0, text));
        }
        marks
    }
}

/// The largest of some round numbers that is not more.
fn round_below(value: f64) -> f64 {
    let steps = [10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1];
    steps.into_iter().find(|step| *step <= value).unwrap_or(0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_go_to_the_side_of_the_shift_as_far_as_it_says() {
        let row = |label: &str, shifts: [f64; 2]| ShiftRow { label: label.into(), shifts: shifts.to_vec() };
        let figure = Shifts {
            wording: Wording { title: "t".into(), subtitle: String::new(), caption: String::new() },
            outcomes: vec![("a".into(), "60 %".into()), ("b".into(), "40 %".into())],
            rows: vec![row("x", [1.0, -2.0]), row("y", [f64::NAN, 0.5])],
        };
        let columns = figure.columns();
        let [near, far] = [0, 1].map(|at| columns[at].place(figure.rows[0].shifts[at]) - columns[at].middle);
        assert!(near > 0.0 && (far + 2.0 * near).abs() < 1e-9);
        let dots = |figure: &Shifts| {
            let marks = figure.layout().expect("a picture").marks;
            marks.iter().filter(|one| matches!(one, Mark::Circle { .. })).count()
        };
        // What is not known has no dot.
        assert_eq!(dots(&figure) - dots(&Shifts { rows: vec![figure.rows[1].clone()], ..figure.clone() }), 2);
        assert!(Shifts { rows: Vec::new(), ..figure }.layout().is_err());
    }
}
