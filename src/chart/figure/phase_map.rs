//! Who leads where over two numbers, and by how much.

use super::plane::{Along, Plane};
use crate::chart::axis::Scale;
use crate::chart::page::{Key, Page, SMALL, Type, Wording, ring, stroke};
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, theme};

/// Who leads where over two numbers. A hue and a letter say who, the lightness says by how much.
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseMap {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The number that goes to the right.
    pub across: Along,
    /// The number that goes up.
    pub up: Along,
    /// Who can lead, each with a letter.
    pub names: Vec<(char, String)>,
    /// The values of both numbers, ascending.
    pub values: [Vec<f64>; 2],
    /// At each pair, those of the second number within one of the first: who leads, by how much (0 to 1), and whether that is told;
    /// none in a gap.
    pub cells: Vec<Option<(usize, f64, bool)>>,
    /// What both numbers are in the file.
    pub own: Option<(f64, f64)>,
}

/// The room at the left for names, and for numbers.
const NAMES: f64 = 86.0;
const NUMBERS: f64 = 44.0;
const SIDE: f64 = 520.0;
/// A lead of so much is shown as dark as any.
const FULL: f64 = 0.5;
const LETTER: Type = Type::new(9.0, Weight::Bold, theme::INK);

impl Figure for PhaseMap {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.cells.iter().all(Option::is_none) {
            return Err(ChartError::Empty("no pair of values with an answer"));
        }
        let mut page = Page::open(&self.wording);
        let signs: Vec<String> =
            self.names.iter().map(|(letter, name)| format!("{letter}  {name}")).collect();
        let mut keys: Vec<(Key, &str)> = Vec::new();
        let hues = self.hues();
        for (at, words) in signs.iter().enumerate().filter(|(at, _)| self.leads(*at)) {
            keys.push((Key::Bar(hues[at]), words.as_str()));
        }
        keys.push((Key::Bar(theme::GREY.tint(0.8)), "lighter: a smaller lead"));
        if self.cells.iter().flatten().any(|one| !one.2) {
            keys.push((Key::Sign("a"), "small: the draws leave it open"));
        }
        if self.own.is_some() {
            keys.push((Key::Ring(theme::INK), "the file"));
        }
        page.legend(&keys);
        self.set(&mut page);
        page.close(&self.wording)
    }
}

impl PhaseMap {
    /// The hues of all who can lead; who leads most often has the first.
    fn hues(&self) -> Vec<theme::Colour> {
        let often = |at: usize| self.cells.iter().flatten().filter(|one| one.0 == at).count();
        let leader = (0..self.names.len()).rev().max_by_key(|at| often(*at));
        theme::palette(self.names.len(), leader)
    }

    fn leads(&self, at: usize) -> bool {
        self.cells.iter().flatten().any(|one| one.0 == at)
    }

    fn set(&self, page: &mut Page) {
        let left = theme::MARGIN + if self.up.names.is_empty() { NUMBERS } else { NAMES };
        let right = theme::WIDTH - theme::MARGIN;
        page.block(SMALL.bold(), theme::MARGIN, right - theme::MARGIN, &self.up.label, 10.0);
        let (top, bottom) = (page.below, page.below + SIDE);
        let [columns, rows] = [0, 1].map(|axis| edges(&self.values[axis]));
        let ends = |edges: &[f64]| (edges[0], edges[edges.len() - 1]);
        let (x, y) = (ends(&columns), ends(&rows));
        let plane = Plane {
            x: Scale { lo: x.0, hi: x.1, from: left, to: right },
            y: Scale { lo: y.0, hi: y.1, from: bottom, to: top },
        };
        let hues = self.hues();
        for (at, cell) in self.cells.iter().enumerate() {
            let (column, row) = (at / self.values[1].len(), at % self.values[1].len());
            let corner = (columns[column], rows[row], columns[column + 1], rows[row + 1]);
            page.marks
                .extend(cell.iter().flat_map(|one| self.cell(&plane, corner, (*one, &hues), (column, row))));
        }
        page.marks.extend(self.borders(&plane, &columns, &rows));
        let own = self.own.iter().flat_map(|(x, y)| ring(plane.at(*x, *y), 6.0, theme::INK));
        page.marks.extend(own);
        page.marks.extend(self.labels(&plane));
        let (marks, deep) = plane.below(&self.across);
        page.marks.extend(marks);
        page.below = bottom + deep + 8.0;
    }

    /// The labels at the left.
    fn labels(&self, plane: &Plane) -> Vec<Mark> {
        if self.up.names.is_empty() {
            let labels = plane.numbers().1.into_iter();
            return labels.collect();
        }
        let style = SMALL.anchored(Anchor::End);
        let name = |(at, name): (usize, &String)| {
            let lines = style.wrap(name, NAMES - 10.0);
            style.centred(plane.x.from - 7.0, plane.y.at(self.up.from + at as f64), &lines)
        };
        self.up.names.iter().enumerate().flat_map(name).collect()
    }

    fn cell(
        &self,
        plane: &Plane,
        (west, south, east, north): (f64, f64, f64, f64),
        ((lead, margin, told), hues): ((usize, f64, bool), &[theme::Colour]),
        (column, row): (usize, usize),
    ) -> Vec<Mark> {
        let (low, high) = (plane.at(west, south), plane.at(east, north));
        let strength = (margin / FULL).clamp(0.0, 1.0);
        let fill = hues.get(lead).copied().unwrap_or(theme::GREY).tint(0.85 * (1.0 - strength));
        let (width, height) = (high.0 - low.0, low.1 - high.1);
        let mut marks = vec![Mark::Rect { x: low.0, y: high.1, width, height, fill }];
        let step = |size: f64, count: usize| (44.0 * count as f64 / size).ceil().max(1.0) as usize;
        let is_lettered = column % step(plane.x.to - plane.x.from, self.values[0].len()) == 0
            && row % step(plane.y.from - plane.y.to, self.values[1].len()) == 0;
        if let (Some((letter, _)), true) = (self.names.get(lead), is_lettered) {
            let colour = if strength > 0.55 { theme::PAPER } else { theme::INK };
            let letter = if told { *letter } else { letter.to_lowercase().next().unwrap_or(*letter) };
            let style = Type { colour, ..LETTER.anchored(Anchor::Middle) };
            marks.push(style.line(low.0 + width / 2.0, high.1 + height / 2.0 + 3.2, letter.to_string()));
        }
        marks
    }

    /// Lines between cells with different leaders.
    fn borders(&self, plane: &Plane, columns: &[f64], rows: &[f64]) -> Vec<Mark> {
        let deep = self.values[1].len();
        let lead = |column: usize, row: usize| {
            self.cells.get(column * deep + row).copied().flatten().map(|one| one.0)
        };
        let mut marks = Vec::new();
        for column in 0..self.values[0].len() {
            for row in 0..deep {
                let own = lead(column, row);
                if column + 1 < self.values[0].len() && own != lead(column + 1, row) {
                    let x = columns[column + 1];
                    marks.push(stroke(plane.at(x, rows[row]), plane.at(x, rows[row + 1]), 1.6, theme::INK));
                }
                if row + 1 < deep && own != lead(column, row + 1) {
                    let y = rows[row + 1];
                    marks.push(stroke(
                        plane.at(columns[column], y),
                        plane.at(columns[column + 1], y),
                        1.6,
                        theme::INK,
                    ));
                }
            }
        }
        marks
    }
}

/// The edges of cells around values, half-way between neighbours.
fn edges(values: &[f64]) -> Vec<f64> {
    let half = |a: f64, b: f64| 0.5 * (b - a);
    let (first, last) = match values {
        [] => return vec![0.0, 1.0],
        [only] => (half(only - 1.0, *only), half(only - 1.0, *only)),
        [a, .., z] => (half(*a, values[1]), half(values[values.len() - 2], *z)),
    };
    let between = values.windows(2).map(|pair| 0.5 * (pair[0] + pair[1]));
    let start = values.first().map(|one| one - first);
    let end = values.last().map(|one| one + last);
    start.into_iter().chain(between).chain(end).collect()
}
