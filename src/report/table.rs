//! Tables of text that fit a terminal.

use super::wrapping::{WIDTH, glued, width, wrap};
use crate::diagnostic::Style;

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows of cells under headings. Columns of words give way, and wrap, where the whole would be too wide.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

/// Blanks between two columns.
const GAP: usize = 2;
/// What a column of words keeps at least.
const NARROWEST: usize = 8;

impl Table {
    /// A table without rows.
    pub fn new(columns: &[(&str, Align)]) -> Table {
        Table {
            columns: columns.iter().map(|(text, align)| ((*text).into(), *align)).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; missing cells are empty.
    pub fn row(&mut self, mut cells: Vec<String>) {
        cells.resize(self.columns.len(), String::new());
        self.rows.push(cells);
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table in lines of at most [`WIDTH`] columns.
    ///
    /// ```
    /// use foretell::diagnostic::Style;
    /// use foretell::report::table::{Align, Table};
    /// let mut table = Table::new(&[("Outcome", Align::Left), ("Probability", Align::Right)]);
    /// table.row(vec!["rain".into(), "39.5 %".into()]);
    /// let text = table.text(Style::Plain);
    /// assert_eq!(text, "Outcome  Probability\n────────────────────\nrain          39.5 %\n");
    /// ```
    pub fn text(&self, style: Style) -> String {
        let widths = self.widths();
        let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        let headings: Vec<String> = self.columns.iter().map(|(text, _)| text.clone()).collect();
        let mut text = String::new();
        for line in self.lines(&headings, &widths, true) {
            text += &bold(&line, style);
            text.push('\n');
        }
        text += &"─".repeat(total);
        text.push('\n');
        for row in &self.rows {
            for line in self.lines(row, &widths, false) {
                text += &line;
                text.push('\n');
            }
        }
        text
    }

    /// The width of each column.
    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = (0..self.columns.len()).map(|column| self.natural(column)).collect();
        let gaps = GAP * widths.len().saturating_sub(1);
        let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(WIDTH);
        while excess > 0 {
            let words =
                (0..widths.len()).filter(|at| self.columns[*at].1 == Align::Left && widths[*at] > NARROWEST);
            let Some(widest) = words.max_by_key(|at| widths[*at]) else { break };
            widths[widest] -= 1;
            excess -= 1;
        }
        widths
    }

    fn natural(&self, column: usize) -> usize {
        let (heading, align) = &self.columns[column];
        let heading = match align {
            Align::Left => width(heading),
            Align::Right => glued(heading).iter().map(|word| width(word)).max().unwrap_or(0),
        };
        self.rows.iter().map(|row| width(&row[column])).max().unwrap_or(0).max(heading)
    }

    /// One row as lines; cells stand at its top, or at its bottom.
    fn lines(&self, cells: &[String], widths: &[usize], at_bottom: bool) -> Vec<String> {
        let wrapped: Vec<Vec<String>> =
            cells.iter().zip(widths).map(|(cell, width)| wrap(cell, *width)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        (0..height).map(|line| self.line(&wrapped, widths, (line, height), at_bottom)).collect()
    }

    fn line(
        &self,
        cells: &[Vec<String>],
        widths: &[usize],
        (line, height): (usize, usize),
        at_bottom: bool,
    ) -> String {
        let mut text = String::new();
        for (column, cell) in cells.iter().enumerate() {
            let above = if at_bottom { height - cell.len() } else { 0 };
            let piece = line.checked_sub(above).and_then(|at| cell.get(at)).map_or("", String::as_str);
            let blanks = " ".repeat(widths[column].saturating_sub(width(piece)));
            if column > 0 {
                text += &" ".repeat(GAP);
            }
            match self.columns[column].1 {
                Align::Left => text += &(piece.to_string() + &blanks),
                Align::Right => text += &(blanks + piece),
            }
        }
        text.trim_end().into()
    }
}

/// Bold text, if there is colour at all.
pub fn bold(text: &str, style: Style) -> String {
    match style {
        Style::Plain => text.into(),
        Style::Coloured => format!("\u{1b}[1m{text}\u{1b}[0m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_give_way_to_numbers() {
        let mut table =
            Table::new(&[("Outcome", Align::Left), ("In words", Align::Left), ("Share", Align::Right)]);
        let label =
            "The summit has resulted in substantial decisions with 中国 knowledge and approval".repeat(2);
        table.row(vec![label, "roughly even chance".into(), "39.5 % ± 0.04".into()]);
        let text = table.text(Style::Plain);
        assert!(text.lines().all(|line| width(line) <= WIDTH), "{text}");
        assert!(text.contains("39.5 % ± 0.04") && text.contains("roughly even chance"), "{text}");
    }

    #[test]
    fn wrapped_cells_keep_their_indent() {
        let mut table = Table::new(&[("A", Align::Left), ("B", Align::Right)]);
        table.row(vec![format!("  {}", "word ".repeat(30)), "1".into()]);
        let text = table.text(Style::Plain);
        assert!(text.lines().skip(2).all(|line| line.starts_with("  word")), "{text}");
    }
}
