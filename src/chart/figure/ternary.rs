//! Three outcomes at once: where the draws lie in the triangle of probabilities that add to 1.

use crate::chart::axis::percent;
use crate::chart::page::{LABEL, Page, SMALL, Type, VALUE, Wording, dot, on_paper, stroke};
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Point, probability, theme};

/// A shaded triangle; each corner is one outcome's certainty.
#[derive(Debug, Clone, PartialEq)]
pub struct Ternary {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The outcomes in words: top, lower left and lower right corner.
    pub labels: [String; 3],
    /// Their probabilities as printed, such as "39.5 %".
    pub values: [String; 3],
    /// Their probabilities, adding to 1: where the dot stands.
    pub mean: [f64; 3],
    /// The draws.
    pub draws: TriangleBins,
}

/// A histogram over the triangle, whose sides are cut into equal parts and whose cells are the small triangles.
#[derive(Debug, Clone, PartialEq)]
pub struct TriangleBins {
    divisions: usize,
    masses: Vec<f64>,
}

impl TriangleBins {
    /// An empty histogram whose sides have `divisions` parts (1 to 100; about 25 suits 16 000 draws), and so
    /// `divisions`² cells.
    pub fn new(divisions: usize) -> Self {
        let divisions = divisions.clamp(1, 100);
        Self { divisions, masses: vec![0.0; divisions * divisions] }
    }

    /// Adds a draw with the three outcomes' probabilities and its weight (1 for a plain draw). A triple that is not
    /// three probabilities adding to 1 within 1e-6, or a weight that is no positive number, is left out.
    pub fn add(&mut self, probabilities: [f64; 3], weight: f64) {
        let [Some(p), Some(q), Some(r)] = probabilities.map(probability) else { return };
        if (p + q + r - 1.0).abs() <= 1e-6 && weight > 0.0 && weight.is_finite() {
            let cell = self.cell(p, q);
            self.masses[cell] += weight;
        }
    }

    /// The number of a cell: row i from the bottom holds 2(n − i) − 1 cells, which alternate between upright and
    /// hanging from left to right.
    fn cell(&self, top: f64, left: f64) -> usize {
        let n = self.divisions;
        let row = ((top * n as f64) as usize).min(n - 1);
        let right = (1.0 - top - left).max(0.0);
        let (along, up) = (right * n as f64, top * n as f64 - row as f64);
        let column = (along as usize).min(n - 1 - row);
        let hanging = along - column as f64 + up > 1.0 && column + 1 < n - row;
        self.start(row) + 2 * column + usize::from(hanging)
    }

    /// The number of the first cell of a row: Σ_{j<row} (2(n − j) − 1).
    fn start(&self, row: usize) -> usize {
        row * (2 * self.divisions - row)
    }

    /// The corners of each cell, as (top, left, right) in parts of a side, in the order of their numbers.
    fn corners(&self) -> impl Iterator<Item = [[f64; 3]; 3]> {
        let n = self.divisions;
        let node = move |row: usize, column: usize| {
            let (top, right) = (row as f64 / n as f64, column as f64 / n as f64);
            [top, 1.0 - top - right, right]
        };
        (0..n).flat_map(move |row| (0..2 * (n - row) - 1).map(move |k| (row, k / 2, k % 2 == 1))).map(
            move |(row, column, hanging)| match hanging {
                false => [node(row, column), node(row, column + 1), node(row + 1, column)],
                true => [node(row, column + 1), node(row + 1, column), node(row + 1, column + 1)],
            },
        )
    }

    /// The shade of each cell: the first of [`SHADES`] whose share of the draws the denser cells do not yet hold.
    /// Cells of equal density have equal shades; `None` for cells without draws.
    fn shades(&self) -> Vec<Option<usize>> {
        let total: f64 = self.masses.iter().sum();
        let mut order: Vec<usize> = (0..self.masses.len()).filter(|cell| self.masses[*cell] > 0.0).collect();
        order.sort_by(|a, b| self.masses[*b].total_cmp(&self.masses[*a]));
        let mut shades = vec![None; self.masses.len()];
        let mut before = 0.0;
        for equals in order.chunk_by(|a, b| self.masses[*a] == self.masses[*b]) {
            let shade =
                SHADES.iter().position(|(share, ..)| before < share * total).unwrap_or(SHADES.len() - 1);
            for cell in equals {
                shades[*cell] = Some(shade);
                before += self.masses[*cell];
            }
        }
        shades
    }
}

/// Shares of the draws that the densest cells hold, darkest first; how much white their shade has; its words.
const SHADES: [(f64, f64, &str); 5] = [
    (0.25, 0.0, "densest quarter of the draws"),
    (0.5, 0.3, "next, up to half"),
    (0.75, 0.52, "next, up to three quarters"),
    (0.95, 0.72, "next, up to 95 %"),
    (1.0, 0.87, "the last 5 %"),
];

const SIDE: f64 = 380.0;
/// Height of an equilateral triangle of side 1: √3 / 2.
const RISE: f64 = 0.866_025_403_784_438_6;
const LEFT: f64 = theme::MARGIN + 56.0;
/// Where the words beside the triangle start.
const BESIDE: f64 = LEFT + SIDE + 72.0;
const CORNER_WIDTH: f64 = 220.0;

impl Figure for Ternary {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.draws.masses.iter().all(|mass| *mass == 0.0) {
            return Err(ChartError::Empty("no draws"));
        }
        let mut page = Page::open(&self.wording);
        page.below += 6.0;
        let reading = reading(page.below);
        page.below += self.corner(&mut page, 0, (LEFT + SIDE / 2.0, Anchor::Middle), SIDE) + 12.0;
        let triangle = Triangle { top: page.below };
        page.marks.extend(triangle.cells(&self.draws));
        page.marks.extend(triangle.grid());
        page.marks.extend(triangle.mean(self.mean));
        page.below += SIDE * RISE + 32.0;
        let left = self.corner(&mut page, 1, (theme::MARGIN, Anchor::Start), CORNER_WIDTH);
        let right = self.corner(&mut page, 2, (LEFT + SIDE + 56.0, Anchor::End), CORNER_WIDTH);
        page.below += left.max(right) + 14.0;
        page.below = page.below.max(reading.below);
        page.marks.extend(reading.marks);
        page.close(&self.wording)
    }
}

impl Ternary {
    /// Sets a corner's label and below it its value at the page's fill line; returns their height.
    fn corner(&self, page: &mut Page, index: usize, (x, anchor): (f64, Anchor), width: f64) -> f64 {
        let (label, value) = (LABEL.anchored(anchor), VALUE.anchored(anchor));
        let label_lines = label.wrap(&self.labels[index], width);
        let value_lines = value.wrap(&self.values[index], width);
        let value_top = label.height(label_lines.len()) + 9.0;
        page.marks.extend(label.block(x, page.below, &label_lines));
        page.marks.extend(value.block(x, page.below + value_top, &value_lines));
        value_top + value.height(value_lines.len())
    }
}

/// The column beside the triangle: how to read it, and its shades.
fn reading(top: f64) -> Page {
    let width = theme::WIDTH - theme::MARGIN - BESIDE;
    let mut column = Page { marks: Vec::new(), below: top };
    let heading = SMALL.bold();
    column.block(heading, BESIDE, width, "How to read it", 10.0);
    let nearer = "Each draw is one point: three probabilities that add to 100\u{a0}%. The nearer a corner, the more \
                  probable its outcome.";
    column.block(SMALL, BESIDE, width, nearer, 10.0);
    let scales = "The right edge is the scale of the top corner, the left edge that of the lower left corner, the \
                  bottom that of the lower right one. Each tick points along its grid line.";
    column.block(SMALL, BESIDE, width, scales, 24.0);
    column.block(heading, BESIDE, width, "Shades", 12.0);
    for (_, white, words) in SHADES {
        let fill = theme::DENSITY.tint(white);
        column.marks.push(Mark::Rect { x: BESIDE, y: column.below - 2.0, width: 16.0, height: 12.0, fill });
        column.block(SMALL, BESIDE + 24.0, width - 24.0, words, 10.0);
    }
    column.below += 4.0;
    column.marks.extend(cased_dot((BESIDE + 8.0, column.below + 4.0)));
    column.block(SMALL, BESIDE + 24.0, width - 24.0, "mean: the outcomes' probabilities", 10.0);
    column
}

/// The triangle on the canvas.
struct Triangle {
    /// The y of the top corner.
    top: f64,
}

impl Triangle {
    /// The place of a triple of probabilities (top, left, right).
    fn at(&self, [top, _, right]: [f64; 3]) -> Point {
        (LEFT + SIDE * (right + top / 2.0), self.top + SIDE * RISE * (1.0 - top))
    }

    /// The cells that hold draws, the lightest first, each grown by a hair so that no seam shows between two.
    fn cells(&self, draws: &TriangleBins) -> Vec<Mark> {
        let mut cells: Vec<_> = draws
            .corners()
            .zip(draws.shades())
            .filter_map(|(corners, shade)| Some((corners, shade?)))
            .collect();
        cells.sort_by_key(|(_, shade)| std::cmp::Reverse(*shade));
        let growth = 1.0 + 0.08 * draws.divisions as f64 / 30.0;
        let polygon = |(corners, shade): ([[f64; 3]; 3], usize)| {
            let points = corners.map(|corner| self.at(corner));
            let centre = points.iter().fold((0.0, 0.0), |c, p| (c.0 + p.0 / 3.0, c.1 + p.1 / 3.0));
            let grow =
                |p: Point| (centre.0 + (p.0 - centre.0) * growth, centre.1 + (p.1 - centre.1) * growth);
            Mark::Polygon { points: points.map(grow).to_vec(), fill: theme::DENSITY.tint(SHADES[shade].1) }
        };
        cells.into_iter().map(polygon).collect()
    }

    /// Lines of equal probability at each fifth, with ticks and labels on each outcome's own edge, and the outline.
    fn grid(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        for fifth in 1..5 {
            let (t, word) = (f64::from(fifth) / 5.0, percent(f64::from(fifth) / 5.0, 0));
            let (right, left, bottom) = ([t, 0.0, 1.0 - t], [1.0 - t, t, 0.0], [0.0, 1.0 - t, t]);
            let ends = [[t, 1.0 - t, 0.0], [0.0, t, 1.0 - t], [1.0 - t, 0.0, t]];
            let ways = [(1.0, 0.0), (-0.5, -RISE), (-0.5, RISE)];
            let words = [(9.0, 4.0, Anchor::Start), (-6.0, -4.0, Anchor::End), (-6.0, 19.0, Anchor::Middle)];
            for (k, start) in [right, left, bottom].into_iter().enumerate() {
                let (p, end, (dx, dy, anchor)) = (self.at(start), self.at(ends[k]), words[k]);
                let tick = (p.0 + 6.0 * ways[k].0, p.1 + 6.0 * ways[k].1);
                marks.push(stroke(p, end, 0.75, theme::GRID));
                marks.push(stroke(p, tick, 1.25, theme::AXIS));
                marks.push(SMALL.anchored(anchor).line(p.0 + dx, p.1 + dy, word.clone()));
            }
        }
        let corners = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(|corner| self.at(corner));
        let sides = (0..3).map(|k| stroke(corners[k], corners[(k + 1) % 3], 1.25, theme::AXIS));
        marks.extend(sides);
        marks
    }

    /// The dot at the mean, and its name beside it on paper.
    fn mean(&self, mean: [f64; 3]) -> Vec<Mark> {
        if mean.iter().any(|p| probability(*p).is_none()) || (mean.iter().sum::<f64>() - 1.0).abs() > 1e-6 {
            return Vec::new();
        }
        let place = self.at(mean);
        let name = Type { colour: theme::INK, ..SMALL }.bold().line(place.0 + 13.0, place.1 + 4.0, "mean");
        let mut marks = on_paper(name).to_vec();
        marks.extend(cased_dot(place));
        marks
    }
}

/// The dot of a mean, cased in white.
fn cased_dot(centre: Point) -> [Mark; 2] {
    [dot(centre, 6.5, theme::PAPER), dot(centre, 5.0, theme::ACCENT)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The weights that make a point of a cell's corners, by Cramer's rule on (right, top).
    fn barycentric(point: [f64; 3], corners: [[f64; 3]; 3]) -> [f64; 3] {
        let [a, b, c] = corners.map(|[top, _, right]| (right, top));
        let p = (point[2], point[0]);
        let cross = |o: Point, u: Point, v: Point| (u.0 - o.0) * (v.1 - o.1) - (u.1 - o.1) * (v.0 - o.0);
        let whole = cross(a, b, c);
        [cross(p, b, c) / whole, cross(a, p, c) / whole, cross(a, b, p) / whole]
    }

    #[test]
    fn each_draw_falls_into_the_cell_that_holds_it() {
        for divisions in [1, 2, 7, 30] {
            let bins = TriangleBins::new(divisions);
            let corners: Vec<_> = bins.corners().collect();
            assert_eq!(corners.len(), divisions * divisions);
            let steps = 41;
            for (i, j) in (0..=steps).flat_map(|i| (0..=steps - i).map(move |j| (i, j))) {
                let [top, left] = [i, j].map(|k| f64::from(k) / f64::from(steps));
                let point = [top, left, (1.0 - top - left).max(0.0)];
                let weights = barycentric(point, corners[bins.cell(top, left)]);
                assert!(weights.iter().all(|w| *w > -1e-9), "{divisions} {point:?} {weights:?}");
            }
        }
    }

    #[test]
    fn only_probabilities_that_add_to_one_are_counted() {
        let mut bins = TriangleBins::new(5);
        for odd in [[0.5, 0.5, 0.5], [f64::NAN, 0.5, 0.5], [1.5, -0.5, 0.0]] {
            bins.add(odd, 1.0);
        }
        bins.add([0.2, 0.3, 0.5], f64::NAN);
        bins.add([0.2, 0.3, 0.5], -1.0);
        assert_eq!(bins, TriangleBins::new(5));
        bins.add([0.2, 0.3, 0.5], 2.5);
        assert_eq!(bins.masses.iter().sum::<f64>(), 2.5);
    }

    #[test]
    fn shades_follow_the_share_of_the_denser_cells() {
        let mut bins = TriangleBins::new(3);
        bins.masses = vec![40.0, 20.0, 20.0, 10.0, 6.0, 3.0, 1.0, 0.0, 0.0];
        let darkest_first = [Some(0), Some(1), Some(1), Some(3), Some(3), Some(4), Some(4), None, None];
        assert_eq!(bins.shades(), darkest_first);
    }
}
