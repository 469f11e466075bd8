//! The tables of a sweep along one number.

use super::{About, beside, called, decimals, heading, measure, value};
use crate::analysis::sweep::{Point, Swept};
use crate::report::number::fixed;
use crate::report::page::{Cell, Column, Table};
use crate::report::prose::{measured, named};

/// As many rows as a table of values has, besides what the number is in the file.
const ROWS: usize = 11;

/// A column of its own for each answer, up to that many.
const SIDE_BY_SIDE: usize = 5;

impl About<'_> {
    /// The answers at some of the values.
    pub(super) fn rows(&self) -> Table {
        let answers = &self.found.answers;
        match answers.len() <= SIDE_BY_SIDE {
            true => self.wide(answers),
            false => self.long(answers),
        }
    }

    /// The values that are shown: the ends, some between, and what the number is in the file.
    fn shown(&self) -> Vec<f64> {
        let axis = &self.found.axes[0];
        let even: Vec<f64> = axis
            .values
            .iter()
            .copied()
            .filter(|at| Some(*at) != axis.own || is_even(axis.from, axis.to, *at))
            .collect();
        let last = even.len().saturating_sub(1);
        let rows = if axis.states.is_empty() { ROWS.min(even.len()) } else { even.len() };
        let mut shown: Vec<f64> =
            (0..rows).map(|row| even[(row * last + (rows - 1) / 2) / (rows - 1).max(1)]).collect();
        shown.extend(axis.own.filter(|own| axis.values.contains(own)));
        shown.sort_by(f64::total_cmp);
        shown.dedup();
        shown
    }

    fn points(&self) -> Vec<&Point> {
        let shown = self.shown();
        self.found.points.iter().filter(|one| shown.contains(&one.at)).collect()
    }

    /// A value, and whether it is the file's.
    fn name(&self, at: f64) -> String {
        let axis = &self.found.axes[0];
        value(axis, at) + if axis.own == Some(at) { " (file)" } else { "" }
    }

    fn wide(&self, answers: &[Swept]) -> Table {
        let axis = &self.found.axes[0];
        let column = |one: &Swept| {
            Column::new(measure(one), &one.id, measured(&named(&one.short), one.unit.as_deref()))
        };
        let mut columns = vec![Column::words("at", heading(axis))];
        columns.extend(answers.iter().map(column));
        let has_lead = !self.found.leads.is_empty();
        columns.extend(has_lead.then(|| Column::words("leads", "Leads")));
        let mut table = self.table(columns);
        let mut group = None;
        for point in self.points() {
            if point.also.is_some() && point.also != group {
                group = point.also;
                table.group(self.besides(point.also));
            }
            let mut row = vec![Cell::from(self.name(point.at))];
            match point.gap {
                Some(gap) => row.extend(std::iter::repeat_n(Cell::from(gap.words()), answers.len())),
                None => row.extend(point.answers.iter().map(|one| Cell::from(one.0))),
            }
            row.extend(has_lead.then(|| Cell::from(self.leader(point))));
            if group.is_some() { table.nested(row) } else { table.row(row) }
        }
        table
    }

    /// What is held besides, at a value.
    fn besides(&self, at: Option<f64>) -> String {
        let label = |also: &crate::analysis::sweep::FacetFinding| {
            let position = also.values.iter().position(|one| Some(*one) == at)?;
            Some(format!("{} at {}", beside(also), also.labels.get(position)?))
        };
        self.found.also.as_ref().and_then(label).unwrap_or_default()
    }

    /// Who leads at a value; of those that are level the draws name none.
    fn leader(&self, point: &Point) -> String {
        if is_level(point) {
            return LEVEL.into();
        }
        let leader = self.found.answers.iter().find(|one| Some(&one.id) == point.leads.as_ref());
        leader.map_or(String::new(), |one| named(&one.short))
    }

    /// Each answer below the other, at the ends and in between.
    fn long(&self, answers: &[Swept]) -> Table {
        let axis = &self.found.axes[0];
        let last = axis.values.len().saturating_sub(1);
        let shown: Vec<f64> = (0..=4).map(|part| axis.values[part * last / 4]).collect();
        let mut columns = vec![Column::words("label", "Answer")];
        columns.extend(
            shown
                .iter()
                .map(|at| Column::probability("", format!("at {}", value(axis, *at))).without_error()),
        );
        let mut table = self.table(columns);
        let alsos: Vec<Option<f64>> = match &self.found.also {
            Some(also) => also.values.iter().map(|one| Some(*one)).collect(),
            None => vec![None],
        };
        for also in alsos {
            if also.is_some() {
                table.group(self.besides(also));
            }
            for (position, answer) in answers.iter().enumerate() {
                let at = |wanted: &f64| {
                    let point = self.found.points.iter().find(|one| one.also == also && one.at == *wanted);
                    point.map_or(Cell::Blank, |one| {
                        Cell::from(one.answers[position].0).measured(measure(answer))
                    })
                };
                let row: Vec<Cell> =
                    [Cell::from(&answer.label)].into_iter().chain(shown.iter().map(at)).collect();
                if also.is_some() { table.nested(row) } else { table.row(row) }
            }
        }
        table
    }

    pub(super) fn about_rows(&self) -> String {
        let (axis, shown) = (&self.found.axes[0], self.shown().len());
        let all = match axis.values.len() > shown {
            true => format!("{shown} of {} values; all are in the CSV and the JSON.", axis.values.len()),
            false => String::new(),
        };
        [self.errors(), all].join(" ").trim().into()
    }

    /// Where the lead changes.
    pub(super) fn crossings(&self) -> Table {
        let axis = &self.found.axes[0];
        let mut table = self.table([
            Column::words("change", "The lead changes"),
            Column::words("at", format!("at {}", measured(&called(axis), axis.unit.as_deref()))),
            Column::words("interval", "from, to"),
        ]);
        let short = |id: &str| {
            self.found.answers.iter().find(|one| one.id == id).map_or(String::new(), |one| named(&one.short))
        };
        for one in &self.found.crossings {
            let besides =
                if one.also.is_some() { format!(", {}", self.besides(one.also)) } else { String::new() };
            let change = format!("{} → {}{besides}", short(&one.from), short(&one.to));
            let places = decimals(1e-4 * (axis.to - axis.from));
            let number = |at: f64| fixed(at, places);
            let [low, high] = one.interval.map(number);
            let interval = if one.exact { "exact".into() } else { format!("{low}, {high}") };
            table.row([change, number(one.at), interval].map(Cell::from));
        }
        table
    }

    pub(super) fn about_crossings(&self) -> String {
        match self.found.crossings.iter().all(|one| one.exact) {
            true => "There the one overtakes the other.".into(),
            false => "There the one overtakes the other. From, to: the 90 % interval; within it the draws leave open who \
                      leads, and more draws narrow it."
                .into(),
        }
    }
}

/// What stands in place of a leader where there is none.
const LEVEL: &str = "level";

/// Whether the two most probable answers are equally so.
pub(super) fn is_level(point: &Point) -> bool {
    let mut values: Vec<f64> = point.answers.iter().map(|one| one.value).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    matches!(values[..], [first, second, ..] if first - second <= 1e-12)
}

/// Whether a value is one of the even ones as well.
fn is_even(from: f64, to: f64, at: f64) -> bool {
    at == from || at == to
}
