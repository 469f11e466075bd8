//! How much of each pixel an area covers, exactly.
//!
//! Each side of an area is cut at the lines between pixels. What is left in one pixel is a trapezium, whose height counts for
//! all pixels to its right and whose area counts for its own; sums from left to right are the coverage (as in FreeType's smooth
//! rasteriser, by David Turner and Raph Levien). Areas of one direction that lie over each other count once.

use crate::chart::mark::Point;

/// Levels of coverage: 0 is none, this is all.
pub(super) const LEVELS: u8 = 16;

/// Sides of areas within some rows of pixels.
pub(super) struct Cover {
    rows: Vec<Vec<Cell>>,
    width: f64,
}

/// What sides leave in a pixel: the height that they cross, and their part of its area.
#[derive(Clone, Copy)]
struct Cell {
    column: u32,
    height: f64,
    area: f64,
}

impl Cover {
    /// Nothing yet, on so many columns and rows.
    pub fn new(width: usize, rows: usize) -> Self {
        Self { rows: vec![Vec::new(); rows], width: width as f64 }
    }

    /// Adds a closed polygon, in pixels.
    pub fn polygon(&mut self, corners: &[Point]) {
        for (k, corner) in corners.iter().enumerate() {
            self.side(*corner, corners[(k + 1) % corners.len()]);
        }
    }

    /// Adds one side of an area; all sides of an area together close.
    pub fn side(&mut self, from: Point, to: Point) {
        let (sign, top, bottom) = if from.1 < to.1 { (1.0, from, to) } else { (-1.0, to, from) };
        let end = bottom.1.min(self.rows.len() as f64);
        let mut y = top.1.max(0.0);
        if y >= end {
            return;
        }
        let slope = (bottom.0 - top.0) / (bottom.1 - top.1);
        let at = |y: f64| top.0 + (y - top.1) * slope;
        while y < end {
            let next = (y.floor() + 1.0).min(end);
            self.within_row(y as usize, (at(y), at(next)), sign * (next - y));
            y = next;
        }
    }

    /// Adds what of a side lies in one row: from one place to another, crossing a height.
    fn within_row(&mut self, row: usize, (a, b): (f64, f64), height: f64) {
        let (left, right) = (a.min(b).clamp(0.0, self.width), a.max(b).clamp(0.0, self.width));
        let (first, last) = (left.floor(), right.floor());
        let cells = &mut self.rows[row];
        if first == last || right - left < 1e-9 {
            let area = height * (1.0 - ((left + right) / 2.0 - first));
            cells.push(Cell { column: first as u32, height, area });
            return;
        }
        let per_column = height / (right - left);
        let mut x = left;
        while x < right {
            let next = (x.floor() + 1.0).min(right);
            let part = per_column * (next - x);
            let area = part * (1.0 - ((x + next) / 2.0 - x.floor()));
            cells.push(Cell { column: x as u32, height: part, area });
            x = next;
        }
    }

    /// Tells each stretch of one coverage that is not none (row, first column, end, level), and forgets all sides.
    pub fn take(&mut self, mut tell: impl FnMut(usize, usize, usize, u8)) {
        let level = |coverage: f64| (coverage.abs().min(1.0) * f64::from(LEVELS) + 0.5) as u8;
        for (row, cells) in self.rows.iter_mut().enumerate().filter(|(_, cells)| !cells.is_empty()) {
            cells.sort_unstable_by_key(|cell| cell.column);
            let mut height = 0.0;
            let mut reached = 0;
            for group in cells.chunk_by(|a, b| a.column == b.column) {
                let column = group[0].column as usize;
                if level(height) > 0 && reached < column {
                    tell(row, reached, column, level(height));
                }
                let covered = level(height + group.iter().map(|cell| cell.area).sum::<f64>());
                if covered > 0 && (column as f64) < self.width {
                    tell(row, column, column + 1, covered);
                }
                height += group.iter().map(|cell| cell.height).sum::<f64>();
                reached = column + 1;
            }
            let end = self.width as usize;
            if level(height) > 0 && reached < end {
                tell(row, reached, end, level(height));
            }
            cells.clear();
        }
    }
}
