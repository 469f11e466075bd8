//! Joint tables as pictures.

use super::joint::{Name, cell, sentence, sum};
use crate::analysis::joint::{AspectFinding, JointFinding};
use crate::analysis::run::RunFinding;
use crate::chart::{HeatCell, HeatMap, HeatPanel, HeatRow};
use crate::report::finding::wording::{facts_of, wording};
use crate::report::number::estimate;
use crate::report::page::Page;
use crate::report::prose::named;
use crate::session::Facts;
use crate::statistics::Estimate;

/// What the pictures' files are called.
const NAMES: [&str; 8] =
    ["joint", "joint-2", "joint-3", "joint-4", "joint-5", "joint-6", "joint-7", "joint-8"];

/// Adds a picture of each joint table.
pub fn add(page: &mut Page, finding: &RunFinding, facts: &Facts) {
    for (name, joint) in NAMES.into_iter().zip(&finding.joint) {
        page.figure(name, heat_map(joint, facts));
    }
}

/// A joint table as a grid, or one for each state of the third thing. What has more states stands in the rows.
pub fn heat_map(joint: &JointFinding, facts: &Facts) -> HeatMap {
    let decimals = facts.run.decimals;
    let facts = &facts_of(facts, joint.cells.iter().map(|one| &one.probability.0));
    let turned = joint.of[1].states.len() > joint.of[0].states.len().max(MOST_ACROSS);
    let grid = Grid { joint, decimals, turned };
    let (rows, columns) = grid.sides();
    let what = match joint.of.len() {
        2 => "The probability of both together, and of the one given the other",
        _ => "The probability of all three together, and of the one given the others",
    };
    HeatMap {
        wording: wording(facts, sentence(joint, decimals, Name::Short).trim_end_matches('.').into(), what),
        rows: named(&rows.short),
        columns: named(&columns.short),
        panels: joint.panels().into_iter().map(|panel| grid.panel(panel)).collect(),
    }
}

/// As many states as stand across before a table is turned.
const MOST_ACROSS: usize = 6;

struct Grid<'a> {
    joint: &'a JointFinding,
    decimals: usize,
    /// Whether the second thing's states are the rows.
    turned: bool,
}

impl Grid<'_> {
    /// The thing of the rows, and that of the columns.
    fn sides(&self) -> (&AspectFinding, &AspectFinding) {
        let (first, second) = (&self.joint.of[0], &self.joint.of[1]);
        if self.turned { (second, first) } else { (first, second) }
    }

    fn panel(&self, panel: Option<usize>) -> HeatPanel {
        let (rows, columns) = self.sides();
        let total = || sum(self.joint, [None, None], panel);
        let label = |at: usize| {
            let third = &self.joint.of[2];
            format!("{} ({})", named(&third.states[at].phrase), self.shown(total()))
        };
        let column = |(at, state): (usize, &crate::analysis::joint::StateName)| {
            (named(&state.short), self.shown(sum(self.joint, self.place([None, Some(at)]), panel)))
        };
        HeatPanel {
            label: panel.map(label).unwrap_or_default(),
            columns: columns.states.iter().enumerate().map(column).collect(),
            rows: (0..rows.states.len()).map(|row| self.row(row, panel)).collect(),
        }
    }

    fn row(&self, row: usize, panel: Option<usize>) -> HeatRow {
        let (rows, columns) = self.sides();
        let cell = |column: usize| {
            let [first, second] = self.place([row, column]);
            cell(self.joint, [first, second], panel)
        };
        let cells = (0..columns.states.len()).filter_map(cell).map(|one| HeatCell {
            probability: one.probability.value,
            value: self.printed(&one.probability),
            note: match one.conditional.value.is_finite() {
                true => format!("{} {}", self.printed(&one.conditional), self.of_which()),
                false => String::new(),
            },
        });
        HeatRow {
            label: named(&rows.states[row].short),
            sum: self.shown(sum(self.joint, self.place([Some(row), None]), panel)),
            cells: cells.collect(),
        }
    }

    /// From row and column to the first and the second thing.
    fn place<T: Copy>(&self, [row, column]: [T; 2]) -> [T; 2] {
        if self.turned { [column, row] } else { [row, column] }
    }

    /// What a conditional probability is a share of.
    fn of_which(&self) -> &'static str {
        if self.turned { "of the column" } else { "of the row" }
    }

    fn printed(&self, one: &Estimate) -> String {
        estimate(one, self.decimals).replace(' ', "\u{a0}")
    }

    fn shown(&self, one: Option<Estimate>) -> String {
        one.map(|one| self.printed(&one)).unwrap_or_default()
    }
}
