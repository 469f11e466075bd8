//! The tables of a sweep over two numbers.

use super::{About, value};
use crate::analysis::sweep::Cell as Place;
use crate::report::page::{Cell, Column, Table};
use crate::report::wrapping::plain;

/// The letters that stand for answers.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// As many rows and columns of letters as are shown.
const MOST: usize = 21;

/// The letter that stands for an answer.
pub(super) fn letter(at: usize) -> char {
    LETTERS.chars().nth(at).unwrap_or('?')
}

impl About<'_> {
    /// Over which share of the map each answer leads.
    pub(super) fn areas(&self) -> Table {
        let mut table = self.table([
            Column::words("letter", ""),
            Column::words("label", "Leads"),
            Column::probability("share", "Share of the map").without_error(),
            Column::probability("told", "of which told").without_error(),
        ]);
        for (at, one) in self.found.areas.iter().enumerate() {
            let row = [
                Cell::from(letter(at).to_string()),
                Cell::from(&one.label),
                Cell::Exact(one.share),
                Cell::Exact(one.told),
            ];
            table.row(row);
        }
        table
    }

    pub(super) fn about_areas(&self) -> String {
        let told = "Told: where the 90 % interval of the lead does not reach 0.";
        [self.errors(), if self.facts.run.exact { String::new() } else { told.into() }]
            .join(" ")
            .trim()
            .into()
    }

    /// Who leads where, in letters; where the draws leave it open, in small ones.
    pub(super) fn letters(&self) -> Table {
        let [across, up] = [&self.found.axes[0], &self.found.axes[1]];
        let ends =
            format!("{} from {} to {}", across.name, value(across, across.from), value(across, across.to));
        let mut table = self.table([Column::words("at", &up.name), Column::words("letters", ends)]);
        for row in some(&up.values).into_iter().rev() {
            let letters: Vec<String> = some(&across.values)
                .into_iter()
                .filter_map(|at| self.cell(at, row))
                .map(|cell| self.sign(cell))
                .collect();
            table.row([Cell::from(value(up, row)), Cell::from(letters.join(""))]);
        }
        table
    }

    pub(super) fn about_letters(&self) -> String {
        let names = self.found.answers.iter().enumerate().take(26);
        let names = names.map(|(at, one)| format!("{}: {}", letter(at), plain(&one.short)));
        let names = names.collect::<Vec<_>>().join(", ");
        let open = "; small where the draws leave open who leads";
        let gap = if self.found.cells.iter().any(|one| one.gap.is_some()) {
            "; · where there is no answer"
        } else {
            ""
        };
        format!("{names}{}{gap}.", if self.facts.run.exact { "" } else { open })
    }

    fn cell(&self, across: f64, up: f64) -> Option<&Place> {
        self.found.cells.iter().find(|one| one.at == [across, up])
    }

    fn sign(&self, cell: &Place) -> String {
        let at = self.found.answers.iter().position(|one| Some(&one.id) == cell.leads.as_ref());
        match at.map(letter) {
            None => "·".into(),
            Some(letter) if cell.lead.interval.0 > 0.0 => letter.into(),
            Some(letter) => letter.to_ascii_lowercase().into(),
        }
    }
}

/// Some of the values, evenly.
fn some(values: &[f64]) -> Vec<f64> {
    let step = values.len().div_ceil(MOST).max(1);
    values.iter().copied().step_by(step).collect()
}
