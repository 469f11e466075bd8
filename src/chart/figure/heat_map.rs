//! How two things go together: a grid of probabilities, the darker the more probable, with their sums beside it.

use crate::chart::page::{Page, SMALL, Type, Wording};
use crate::chart::theme::{self, Colour};
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, probability};

/// Probabilities of combinations of states.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// What the rows are states of.
    pub rows: String,
    /// What the columns are states of.
    pub columns: String,
    /// One grid, or one for each state of a third thing.
    pub panels: Vec<HeatPanel>,
}

/// One grid.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatPanel {
    /// What holds in it; empty if there is but one.
    pub label: String,
    /// The columns, from the left, each with what it sums to, as printed.
    pub columns: Vec<(String, String)>,
    /// The rows, from the top.
    pub rows: Vec<HeatRow>,
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatRow {
    /// What it is called.
    pub label: String,
    /// What it sums to, as printed.
    pub sum: String,
    /// A cell for each column.
    pub cells: Vec<HeatCell>,
}

/// A cell of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// The probability, 0 to 1.
    pub probability: f64,
    /// The same as printed.
    pub value: String,
    /// What stands below it where there is room, such as its share of the row.
    pub note: String,
}

/// As many columns as the canvas holds.
const MOST_COLUMNS: usize = 24;
const LABELS: f64 = 200.0;
const SUMS: f64 = 76.0;
const ROW: f64 = 32.0;
const NOTE: f64 = 18.0;
const GAP: f64 = 2.0;
/// The share of the greatest probability above which a cell is so dark that its number is white.
const DARK: f64 = 0.64;

const NUMBER: Type = Type::new(theme::LABEL, Weight::Bold, theme::INK).anchored(Anchor::Middle);
const HEADING: Type = Type::new(theme::SMALL, Weight::Bold, theme::INK);
const LABEL: Type = Type::new(12.5, Weight::Regular, theme::INK);

impl Figure for HeatMap {
    fn layout(&self) -> Result<Picture, ChartError> {
        let columns = self.panels.iter().map(|one| one.columns.len()).max().unwrap_or(0);
        if columns == 0 || self.panels.iter().all(|one| one.rows.is_empty()) {
            return Err(ChartError::Empty("no states"));
        }
        if columns > MOST_COLUMNS {
            return Err(ChartError::TooMany("columns"));
        }
        let mut page = Page::open(&self.wording);
        let cells = || self.panels.iter().flat_map(|one| &one.rows).flat_map(|one| &one.cells);
        let greatest = cells().filter_map(|one| probability(one.probability)).fold(0.0, f64::max);
        key(&mut page, greatest);
        let width = (theme::WIDTH - 2.0 * theme::MARGIN - LABELS - SUMS) / columns as f64;
        let grid = Grid { map: self, width, greatest };
        for panel in &self.panels {
            grid.panel(&mut page, panel);
        }
        page.close(&self.wording)
    }
}

/// The shade of a probability: white for none, darkest for the greatest, so that it reads in grey.
fn shade(probability: f64, greatest: f64) -> Colour {
    let share = if greatest > 0.0 { probability / greatest } else { 0.0 };
    theme::DENSITY.tint(0.95 * (1.0 - share))
}

/// What the shades stand for.
fn key(page: &mut Page, greatest: f64) {
    const STEPS: usize = 40;
    const STEP: f64 = 4.0;
    let (middle, none) = (page.below + 5.0, crate::chart::axis::percent(0.0, 0));
    let from = theme::MARGIN + SMALL.width(&none) + 8.0;
    for at in 0..STEPS {
        let fill = shade((at as f64 + 0.5) / STEPS as f64, 1.0);
        page.marks.push(Mark::Rect {
            x: from + at as f64 * STEP,
            y: middle - 5.0,
            width: STEP,
            height: 10.0,
            fill,
        });
    }
    let end = from + STEPS as f64 * STEP + 8.0;
    page.marks.extend(SMALL.centred(theme::MARGIN, middle, &[none]));
    let decimals = if greatest < 0.1 { 1 } else { 0 };
    page.marks.extend(SMALL.centred(end, middle, &[crate::chart::axis::percent(greatest, decimals)]));
    page.below += 30.0;
}

struct Grid<'a> {
    map: &'a HeatMap,
    /// The width of a column.
    width: f64,
    greatest: f64,
}

impl Grid<'_> {
    fn panel(&self, page: &mut Page, panel: &HeatPanel) {
        let left = theme::MARGIN;
        if !panel.label.is_empty() {
            let whole = theme::WIDTH - 2.0 * theme::MARGIN;
            page.block(Type::new(theme::LABEL, Weight::Bold, theme::INK), left, whole, &panel.label, 12.0);
        }
        let is_numbered = self.is_numbered(panel);
        self.headings(page, panel, is_numbered);
        panel.rows.iter().for_each(|row| self.row(page, row));
        self.sums(page, panel);
        if is_numbered {
            self.names(page, panel);
        }
        page.below += 26.0;
    }

    fn x(&self, column: usize) -> f64 {
        theme::MARGIN + LABELS + column as f64 * self.width
    }

    fn middle(&self, column: usize) -> f64 {
        self.x(column) + 0.5 * self.width
    }

    /// Whether the columns' names are too wide to stand above them.
    fn is_numbered(&self, panel: &HeatPanel) -> bool {
        let words = panel.columns.iter().flat_map(|(label, _)| label.split(' ').map(String::from));
        widest(&words.collect::<Vec<_>>(), LABEL.size, LABEL.weight) > self.width - 4.0
    }

    fn headings(&self, page: &mut Page, panel: &HeatPanel, is_numbered: bool) {
        let lines = |(at, (label, _)): (usize, &(String, String))| match is_numbered {
            true => vec![(at + 1).to_string()],
            false => LABEL.wrap(label, self.width - 4.0),
        };
        let names: Vec<Vec<String>> = panel.columns.iter().enumerate().map(lines).collect();
        let width = self.width * panel.columns.len() as f64;
        page.block(HEADING, self.x(0) + 4.0, width, &self.map.columns, 10.0);
        let deepest = names.iter().map(Vec::len).max().unwrap_or(0);
        let rows = HEADING.wrap(&self.map.rows, LABELS - 16.0);
        let height = LABEL.height(deepest).max(HEADING.height(rows.len()));
        let under = |style: Type, lines: &[String]| page.below + height - style.height(lines.len());
        let mut marks = HEADING.block(theme::MARGIN, under(HEADING, &rows), &rows);
        for (at, lines) in names.iter().enumerate() {
            let style = LABEL.anchored(Anchor::Middle);
            marks.extend(style.block(self.middle(at), under(style, lines), lines));
        }
        page.marks.extend(marks);
        page.below += height + 9.0;
    }

    fn row(&self, page: &mut Page, row: &HeatRow) {
        let label = LABEL.wrap(&row.label, LABELS - 16.0);
        let own = if self.has_notes(row) { ROW + NOTE } else { ROW };
        let height = own.max(LABEL.height(label.len()) + 12.0);
        let middle = page.below + 0.5 * height;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        for (at, cell) in row.cells.iter().enumerate() {
            self.cell(page, cell, (at, height), self.has_notes(row));
        }
        let sum = HEADING.anchored(Anchor::Middle);
        page.marks.extend(sum.centred(
            self.x(row.cells.len()) + 0.5 * SUMS,
            middle,
            std::slice::from_ref(&row.sum),
        ));
        page.below += height;
    }

    fn has_notes(&self, row: &HeatRow) -> bool {
        let notes: Vec<&String> = row.cells.iter().map(|one| &one.note).collect();
        notes.iter().any(|one| !one.is_empty())
            && widest(notes, SMALL.size, SMALL.weight) <= self.width - 10.0
    }

    fn cell(&self, page: &mut Page, cell: &HeatCell, (at, height): (usize, f64), has_note: bool) {
        let known = probability(cell.probability);
        let (x, y) = (self.x(at) + 0.5 * GAP, page.below + 0.5 * GAP);
        let fill = known.map_or(theme::PAPER, |one| shade(one, self.greatest));
        page.marks.push(Mark::Rect { x, y, width: self.width - GAP, height: height - GAP, fill });
        let is_dark = known.is_some_and(|one| one > DARK * self.greatest);
        let colour = if is_dark { theme::PAPER } else { theme::INK };
        let middle = page.below + 0.5 * height;
        let size = self.size(&cell.value);
        let number = Type { colour, size, ..NUMBER };
        let note = Type { colour, ..SMALL.anchored(Anchor::Middle) };
        let lift = if has_note { 9.0 } else { 0.0 };
        page.marks.extend(number.centred(self.middle(at), middle - lift, std::slice::from_ref(&cell.value)));
        if has_note {
            page.marks.extend(note.centred(self.middle(at), middle + 10.0, std::slice::from_ref(&cell.note)));
        }
    }

    /// As large as the column allows.
    fn size(&self, value: &str) -> f64 {
        let room = (self.width - 6.0) / NUMBER.width(value).max(1.0);
        NUMBER.size * room.min(1.0)
    }

    fn sums(&self, page: &mut Page, panel: &HeatPanel) {
        let middle = page.below + 14.0;
        page.marks.extend(SMALL.centred(theme::MARGIN, middle, &["altogether".into()]));
        for (at, (_, sum)) in panel.columns.iter().enumerate() {
            let style = Type { size: self.size(sum).min(HEADING.size), ..HEADING.anchored(Anchor::Middle) };
            page.marks.extend(style.centred(self.middle(at), middle, std::slice::from_ref(sum)));
        }
        page.below += 24.0;
    }

    /// What the numbers of the columns stand for.
    fn names(&self, page: &mut Page, panel: &HeatPanel) {
        page.below += 8.0;
        let name = |(at, (label, _)): (usize, &(String, String))| {
            format!("{}\u{a0}{}", at + 1, label.replace(' ', "\u{a0}"))
        };
        let names: Vec<String> = panel.columns.iter().enumerate().map(name).collect();
        let width = self.width * panel.columns.len() as f64;
        page.block(SMALL, self.x(0) + 4.0, width, &names.join(" · "), 7.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(shares: &[f64], labels: &[&str]) -> HeatMap {
        let cell = |share: &f64| HeatCell {
            probability: *share,
            value: format!("{:.0} %", 100.0 * share),
            note: "1 % of the row".into(),
        };
        let row = HeatRow { label: "r".into(), sum: "x".into(), cells: shares.iter().map(cell).collect() };
        let columns = labels.iter().map(|one| (one.to_string(), "1 %".into())).collect();
        let panel = HeatPanel { label: String::new(), columns, rows: vec![row] };
        HeatMap { wording: Wording::default(), rows: "a".into(), columns: "b".into(), panels: vec![panel] }
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(Colour(r, g, b): Colour) -> f64 {
        let linear = |channel: u8| match f64::from(channel) / 255.0 {
            v if v <= 0.04045 => v / 12.92,
            v => ((v + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    #[test]
    fn shades_darken_with_probability_in_grey_too() {
        let all: Vec<f64> = (0..=100).map(|at| luminance(shade(f64::from(at) / 100.0, 1.0))).collect();
        assert!(all.windows(2).all(|pair| pair[1] < pair[0]));
        assert!(luminance(shade(0.0, 0.0)) > 0.85);
    }

    #[test]
    fn numbers_stand_out_from_their_cells() {
        for at in 0..=100 {
            let share = f64::from(at) / 100.0;
            let ground = luminance(shade(share, 1.0)) + 0.05;
            let ink = luminance(if share > DARK { theme::PAPER } else { theme::INK }) + 0.05;
            let contrast = (ground / ink).max(ink / ground);
            assert!(contrast > 4.0, "{share}: {contrast}");
        }
    }

    #[test]
    fn every_cell_has_its_shade_and_its_number() {
        let picture = map(&[0.1, 0.4, f64::NAN], &["one", "two", "three"]).layout().unwrap();
        let has = |words: &str| {
            picture.marks.iter().any(|mark| matches!(mark, Mark::Text { content, .. } if content == words))
        };
        assert!(has("10 %") && has("40 %") && has("NaN %") && has("two") && has("altogether"));
        let fills = |wanted: Colour| {
            let is_it = |mark: &&Mark| matches!(mark, Mark::Rect { fill, width, .. } if *fill == wanted && *width > 50.0);
            picture.marks.iter().filter(is_it).count()
        };
        assert_eq!((fills(shade(0.1, 0.4)), fills(shade(0.4, 0.4))), (1, 1));
    }

    #[test]
    fn columns_with_long_names_are_numbered() {
        let labels: Vec<String> = (0..20).map(|at| format!("state_{at}_of_many")).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let picture = map(&[0.05; 20], &labels).layout().unwrap();
        let starts =
            |mark: &&Mark| matches!(mark, Mark::Text { content, .. } if content.contains("20\u{a0}state_19"));
        assert_eq!(picture.marks.iter().filter(starts).count(), 1);
        assert!(map(&[0.01; 25], &[""; 25]).layout().is_err() && map(&[], &[]).layout().is_err());
    }
}
