//! The tables of what moves each answer.

use std::collections::BTreeMap;

use super::About;
use super::sentences::ends;
use crate::analysis::sensitivity::{Answer, Index, Lever, LeverKind};
use crate::report::page::{Cell, Column, Measure, Table};
use crate::statistics::Estimate;

impl About<'_> {
    fn table(&self, columns: impl Into<Vec<Column>>) -> Table {
        Table::new(self.facts.run.decimals, columns)
    }

    fn heading(&self, answer: &Answer) -> String {
        format!("{}, {}", answer.label, self.value(answer, &answer.value))
    }

    /// What each answer becomes with one thing moved.
    pub(super) fn levers(&self) -> Table {
        let mut table = self.table([
            Column::words("label", "What moves it"),
            Column::probability("low", "at P5").without_error(),
            Column::probability("middle", "median").without_error(),
            Column::probability("high", "at P95").without_error(),
            Column::points("swing", "points"),
        ]);
        for answer in self.shown().filter(|one| !one.levers.is_empty()) {
            table.group(self.heading(answer));
            for one in answer.levers.iter().take(self.rows) {
                let (low, high) = ends(one);
                let middle = (one.kind == LeverKind::Percentiles).then(|| one.levels[1].value.0);
                let swing = match one.kind {
                    LeverKind::States | LeverKind::Theories => Cell::from(one.extent),
                    _ => Cell::from(one.swing.0),
                };
                table.nested([
                    lever_label(one).into(),
                    measured(answer, low.value.0.into()),
                    measured(answer, middle.into()),
                    measured(answer, high.value.0.into()),
                    moved(answer, swing),
                ]);
            }
        }
        table
    }

    /// The shares of the variance of each answer.
    pub(super) fn shares(&self) -> Table {
        let mut table = self.table([
            Column::words("label", "Where what is not known comes from"),
            Column::percent("first", "alone %").with_error(),
            Column::percent("total", "in all %").with_error(),
            Column::words("together", ""),
        ]);
        for answer in self.shown().filter(|one| one.indices.iter().any(|index| index.total.value > 0.0)) {
            table.group(self.heading(answer));
            for one in answer.indices.iter().filter(|one| one.total.value > 0.0).take(self.rows) {
                let together = if one.interacts() { "interacts" } else { "" };
                table.nested([
                    Cell::from(&one.label),
                    one.first.0.into(),
                    one.total.0.into(),
                    together.into(),
                ]);
            }
        }
        table
    }

    /// Shapley's effects.
    pub(super) fn effects(&self) -> Table {
        let mut table = self.table([
            Column::words("label", "Shared out"),
            Column::percent("shapley", "share %").with_error(),
        ]);
        for answer in self.shown().filter(|one| !one.shapley.is_empty()) {
            table.group(self.heading(answer));
            for one in answer.shapley.iter().filter(|one| one.share.value > 0.0).take(self.rows) {
                table.nested([Cell::from(&one.label), one.share.0.into()]);
            }
        }
        table
    }

    /// What events and derived values say.
    pub(super) fn followers(&self) -> Table {
        let mut table = self.table([
            Column::words("label", "What follows from it and from chance"),
            Column::percent("share", "share %").with_error(),
        ]);
        for answer in self.shown().filter(|one| !one.followers.is_empty()) {
            table.group(self.heading(answer));
            for one in answer.followers.iter().take(self.rows / 2) {
                table.nested([Cell::from(&one.label), one.share.0.into()]);
            }
        }
        table
    }

    /// Elementary effects.
    pub(super) fn screened(&self) -> Table {
        let mut table = self.table([
            Column::words("label", "Elementary effects"),
            Column::points("strength", "size"),
            Column::points("direction", "direction").without_error(),
            Column::points("deviation", "varies by").without_error(),
        ]);
        for answer in self.shown().filter(|one| !one.screening.is_empty()) {
            table.group(self.heading(answer));
            for one in answer.screening.iter().take(self.rows.saturating_mul(2)) {
                table.nested([
                    Cell::from(&one.label),
                    moved(answer, one.strength.0.into()),
                    moved(answer, one.direction.0.into()),
                    moved(answer, one.deviation.into()),
                ]);
            }
        }
        table
    }

    /// Which numbers of the file decide.
    pub(super) fn structure(&self) -> Table {
        let mut table = self.table([
            Column::words("address", "Numbers of the file"),
            Column::quantity("less_at", "from"),
            Column::quantity("more_at", "to"),
            Column::probability("less", "answer").without_error(),
            Column::probability("more", "then").without_error(),
            Column::points("swing", "points"),
        ]);
        for answer in self.shown().filter(|one| !one.structure.is_empty()) {
            table.group(self.heading(answer));
            for one in answer.structure.iter().take(self.rows) {
                table.nested([
                    Cell::from(&one.id),
                    Cell::Exact(one.between[0]),
                    Cell::Exact(one.between[1]),
                    measured(answer, one.less.0.into()),
                    measured(answer, one.more.0.into()),
                    moved(answer, one.swing.0.into()),
                ]);
            }
        }
        table
    }

    /// How far each answer goes along with values.
    pub(super) fn associations(&self) -> Table {
        let mut table = self.table([
            Column::words("label", "Goes along with"),
            Column::percent("share", "share %").with_error(),
            Column::correlation("rank_correlation", "rank correlation").with_error(),
            Column::correlation("xi", "Chatterjee's ξ").with_error(),
        ]);
        for answer in self.shown().filter(|one| !one.associations.is_empty()) {
            table.group(self.heading(answer));
            for one in &answer.associations {
                let xi = if one.xi.value.is_nan() { Cell::Blank } else { one.xi.0.into() };
                table.nested([Cell::from(&one.label), one.share.0.into(), one.rank_correlation.0.into(), xi]);
            }
        }
        table
    }

    /// A row for each answer and input, with all errors.
    pub(super) fn main(&self) -> Table {
        let mut table = self.table([
            Column::words("answer", "Answer"),
            Column::words("id", "Name"),
            Column::words("label", "What moves it"),
            Column::quantity("low", "Low").with_error(),
            Column::quantity("middle", "Middle").with_error(),
            Column::quantity("high", "High").with_error(),
            Column::quantity("swing", "Swing").with_error(),
            Column::quantity("first", "First").with_error(),
            Column::quantity("total", "Total").with_error(),
            Column::quantity("shapley", "Shapley").with_error(),
        ]);
        for answer in &self.found.answers {
            let mut rows: Vec<Combined> = Vec::new();
            let mut places: BTreeMap<&str, usize> = BTreeMap::new();
            let levers = answer.levers.iter().map(|one| (one.id.as_str(), one.label.as_str()));
            let indices = answer.indices.iter().map(|one| (one.id.as_str(), one.label.as_str()));
            let effects = answer.shapley.iter().map(|one| (one.id.as_str(), one.label.as_str()));
            for (id, label) in levers.chain(indices).chain(effects) {
                places.entry(id).or_insert_with(|| {
                    rows.push(Combined { id, label, ..Combined::default() });
                    rows.len() - 1
                });
            }
            answer.levers.iter().for_each(|one| rows[places[one.id.as_str()]].lever = Some(one));
            answer.indices.iter().for_each(|one| rows[places[one.id.as_str()]].index = Some(one));
            answer.shapley.iter().for_each(|one| rows[places[one.id.as_str()]].shapley = Some(one.share.0));
            rows.iter().for_each(|one| {
                table.row(one.cells(&answer.id));
            });
        }
        table
    }
}

/// All about one input of an answer.
#[derive(Default)]
struct Combined<'a> {
    id: &'a str,
    label: &'a str,
    lever: Option<&'a Lever>,
    index: Option<&'a Index>,
    shapley: Option<Estimate>,
}

impl Combined<'_> {
    fn cells(&self, answer: &str) -> [Cell; 10] {
        let ends = self.lever.map(ends);
        let middle =
            self.lever.filter(|one| one.kind == LeverKind::Percentiles).map(|one| one.levels[1].value.0);
        [
            answer.into(),
            self.id.into(),
            self.label.into(),
            ends.map(|(low, _)| low.value.0).into(),
            middle.into(),
            ends.map(|(_, high)| high.value.0).into(),
            self.lever.map(|one| one.swing.0).into(),
            self.index.map(|one| one.first.0).into(),
            self.index.map(|one| one.total.0).into(),
            self.shapley.into(),
        ]
    }
}

fn lever_label(one: &Lever) -> String {
    match one.kind {
        LeverKind::States | LeverKind::Theories => {
            let (low, high) = ends(one);
            format!("{} ({} → {})", one.label, low.label, high.label)
        }
        LeverKind::Event => format!("{} (no → yes)", one.label),
        LeverKind::Percentiles if one.turns() => format!("{} (turns in between)", one.label),
        LeverKind::Percentiles => one.label.clone(),
    }
}

/// The value of an answer: a probability, or a number.
fn measured(answer: &Answer, cell: Cell) -> Cell {
    match (answer.is_mean, &cell) {
        (true, Cell::Number(_) | Cell::Exact(_) | Cell::Estimate(_)) => cell.measured(Measure::Quantity),
        _ => cell,
    }
}

/// The change of an answer.
fn moved(answer: &Answer, cell: Cell) -> Cell {
    if answer.is_mean { cell.measured(Measure::Change) } else { cell }
}
