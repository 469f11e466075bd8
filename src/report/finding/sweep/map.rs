//! The tables of a sweep over two numbers.

use super::{About, called, heading, said, value};
use crate::analysis::sweep::Cell as Place;
use crate::report::page::{Cell, Column, Table};
use crate::report::prose::named;

/// The letters that stand for answers; small ones are those of open leads.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZΓΔΘΛΞΠΣΦΨΩБДЖИЛЦЧШЭЮЯ";

/// Of so many answers all are named, whether they lead or not.
const FEW: usize = 6;

/// As many rows and columns of letters as are shown.
const MOST: usize = 21;

/// The letter that stands for an answer: its place among those that lead somewhere.
pub(super) fn letter(leaders: &[usize], answer: usize) -> char {
    let place = leaders.iter().position(|one| *one == answer);
    place.and_then(|at| LETTERS.chars().nth(at)).unwrap_or('?')
}

impl About<'_> {
    /// The answers that lead anywhere, by position; all of a few.
    pub(super) fn leaders(&self) -> Vec<usize> {
        let all = &self.found.answers;
        let leads = |at: &usize| self.found.cells.iter().any(|one| one.leads.as_ref() == Some(&all[*at].id));
        (0..all.len()).filter(|at| all.len() <= FEW || leads(at)).collect()
    }

    /// Over which share of the map each answer leads.
    pub(super) fn areas(&self) -> Table {
        let mut table = self.table([
            Column::words("letter", ""),
            Column::words("label", "Leads"),
            Column::probability("share", "Share of the map").without_error(),
            Column::probability("told", "of which told").without_error(),
        ]);
        let leaders = self.leaders();
        for at in &leaders {
            let Some(one) = self.found.areas.get(*at) else { continue };
            let row = [
                Cell::from(letter(&leaders, *at).to_string()),
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
            format!("{} from {} to {}", called(across), value(across, across.from), said(across, across.to));
        let mut table = self.table([Column::words("at", heading(up)), Column::words("letters", ends)]);
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
        let leaders = self.leaders();
        let name =
            |at: &usize| format!("{}: {}", letter(&leaders, *at), named(&self.found.answers[*at].short));
        let mut names = leaders.iter().map(name).collect::<Vec<_>>().join(", ");
        if leaders.len() < self.found.answers.len() {
            names += &format!("; {} others lead nowhere", self.found.answers.len() - leaders.len());
        }
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
        match at.map(|at| letter(&self.leaders(), at)) {
            None => "·".into(),
            Some(letter) if cell.lead.interval.0 > 0.0 => letter.into(),
            Some(letter) => letter.to_lowercase().collect(),
        }
    }
}

/// Some of the values, evenly.
fn some(values: &[f64]) -> Vec<f64> {
    let step = values.len().div_ceil(MOST).max(1);
    values.iter().copied().step_by(step).collect()
}
