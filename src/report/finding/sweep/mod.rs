//! What the answers are along one number or two, as a page.

#[cfg(feature = "charts")]
mod figures;
mod line;
mod map;
mod sentences;

use crate::analysis::sweep::{AxisFinding, FacetFinding, SweepFinding, Swept};
use crate::math::elementary;
use crate::report::number::{fixed, points, short, with_unit};
use crate::report::page::{Cell, Column, Detail, Footnote, Measure, Page, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{
    capitalised, chosen, conditions, draws, headed, left_out, measured, named, origin, overrides, quoted,
    stem,
};
use crate::session::Facts;

impl Paged for SweepFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts };
        let mut page = match view.detail {
            Detail::Brief => about.brief(),
            Detail::Screen => about.screen(),
            Detail::Normal | Detail::Full => about.whole(),
        };
        #[cfg(feature = "charts")]
        if view.has_figures {
            about.add_figures(&mut page);
        }
        page.main = about.main();
        page
    }
}

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a SweepFinding,
    facts: &'a Facts,
}

impl About<'_> {
    fn is_map(&self) -> bool {
        self.found.axes.len() > 1
    }

    fn brief(&self) -> Page {
        let mut page = Page::default();
        page.table(if self.is_map() { self.areas() } else { self.rows() });
        page
    }

    /// Who leads where, and the answers at some of the values.
    fn screen(&self) -> Page {
        let mut page = self.headed();
        match self.is_map() {
            true => page.table(self.areas()).table(self.letters()).note(self.about_letters()),
            false => page.table(self.rows()).note(self.about_rows()),
        };
        page.foot.push("-v shows where the lead changes, and how sure that is.".into());
        page
    }

    fn headed(&self) -> Page {
        let mut page = headed(&self.facts.scenario);
        page.lead.extend(self.conditions().map(|text| capitalised(&text)));
        for sentence in self.sentences() {
            page.sentence(sentence);
        }
        page
    }

    fn whole(&self) -> Page {
        let scenario = &self.facts.scenario;
        let mut page = self.headed();
        match self.is_map() {
            true => {
                page.table(self.areas()).note(self.about_areas());
                page.table(self.letters()).note(self.about_letters());
            }
            false => {
                page.table(self.rows()).note(self.about_rows());
                if !self.found.crossings.is_empty() {
                    page.table(self.crossings()).note(self.about_crossings());
                }
            }
        }
        page.note(self.about_axes());
        page.foot.push(self.summary());
        page.footnote =
            Some(Footnote { name: format!("{}-sweep", stem(&scenario.file)), text: origin(self.facts) });
        page
    }

    fn table(&self, columns: impl Into<Vec<Column>>) -> Table {
        Table::new(self.facts.run.decimals, columns)
    }

    /// What is set and learned besides.
    fn conditions(&self) -> Option<String> {
        let run = &self.facts.run;
        let parts: Vec<String> =
            [chosen(run), overrides(run), conditions(run)].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// How the draws were made.
    fn summary(&self) -> String {
        let facts = self.facts;
        let parts = [Some(draws(&facts.run)), left_out(&facts.void, facts.run.draws)];
        let all = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        capitalised(&all) + if facts.run.exact { "" } else { ", the same ones at every value" }
    }

    /// Where the lead changes, as sentences and pictures have it: to a thousandth of the range, or to what its interval allows.
    fn place(&self, at: f64) -> String {
        let axis = &self.found.axes[0];
        let change = self.found.crossings.iter().find(|one| one.at == at && !one.exact);
        let half = change.map_or(0.0, |one| 0.5 * (one.interval[1] - one.interval[0]));
        let places = decimals(half.max(1e-3 * (axis.to - axis.from)));
        fixed(at, places)
    }

    /// What it is that moves.
    fn about_axes(&self) -> String {
        let axis = |axis: &AxisFinding| match axis.is_made {
            true => {
                format!(
                    "{} is made so at each value, cut from its causes, and not learned.",
                    capitalised(&called(axis))
                )
            }
            false => format!("{} stands at each value in place of the file's.", capitalised(&called(axis))),
        };
        self.found.axes.iter().map(axis).collect::<Vec<_>>().join(" ")
    }

    /// The largest sampling error of what is shown, in words.
    fn errors(&self) -> String {
        if self.facts.run.exact {
            return "All are exact.".into();
        }
        let answers = &self.found.answers;
        let of_points = self.found.points.iter().flat_map(|one| one.answers.iter().zip(answers));
        let of_cells = self.found.cells.iter().flat_map(|one| one.answers.iter().zip(answers));
        let sizes = of_points.chain(of_cells).filter(|(_, answer)| !answer.is_mean());
        let worst =
            sizes.map(|(one, _)| one.half_width()).filter(|size| size.is_finite()).fold(0.0, f64::max);
        match worst > 0.0 {
            true => {
                let size = points(worst, self.facts.run.decimals);
                format!("Sampling errors, half of the 90 % interval, are at most {size} points.")
            }
            false => String::new(),
        }
    }

    /// A row for each answer at each place, with all errors.
    fn main(&self) -> Table {
        let axes = &self.found.axes;
        let first =
            axes.iter().enumerate().map(|(at, _)| Column::csv(if at == 0 { "at" } else { "at_second" }));
        let rest = [
            Column::csv("also"),
            Column::csv("leads"),
            Column::csv("gap"),
            Column::csv("id"),
            Column::csv("label"),
        ];
        let value = Column::quantity("value", "").with_error().hidden();
        let mut table = self.table(first.chain(rest).chain([value]).collect::<Vec<_>>());
        let places =
            self.found.points.iter().map(|one| (vec![one.at], one.also, &one.leads, one.gap, &one.answers));
        let cells =
            self.found.cells.iter().map(|one| (one.at.to_vec(), None, &one.leads, one.gap, &one.answers));
        for (at, also, leads, gap, values) in places.chain(cells) {
            for (answer, value) in self.found.answers.iter().zip(values) {
                let mut row: Vec<Cell> = at.iter().map(|value| Cell::Exact(*value)).collect();
                row.extend([
                    also.map(Cell::Exact).unwrap_or_default(),
                    leads.clone().into(),
                    gap.map(|one| one.name()).into(),
                ]);
                row.extend([Cell::from(&answer.id), Cell::from(&answer.label), value.0.into()]);
                table.row(row);
            }
        }
        table
    }
}

/// What people call what is varied: a place in the file without a name of its own, by that.
fn called(axis: &AxisFinding) -> String {
    if axis.label == axis.address { axis.name.clone() } else { named(&axis.label) }
}

/// The same where a line begins, with what it is measured in.
fn heading(axis: &AxisFinding) -> String {
    capitalised(&measured(&called(axis), axis.unit.as_deref()))
}

/// What people call what is held besides.
fn beside(also: &FacetFinding) -> String {
    if also.label == also.address { also.name.clone() } else { named(&also.label) }
}

/// The state that a value stands for, if it stands for one.
fn state(axis: &AxisFinding, at: f64) -> Option<&String> {
    axis.values.iter().position(|one| *one == at).and_then(|at| axis.states.get(at))
}

/// A value of what is varied, as tables have it: a short number whole, others rounded.
fn value(axis: &AxisFinding, at: f64) -> String {
    state(axis, at).map_or_else(|| short(at), |state| named(state))
}

/// The same as sentences have it: a state in quotes, a number with its unit.
fn said(axis: &AxisFinding, at: f64) -> String {
    state(axis, at).map_or_else(|| with_unit(&short(at), axis.unit.as_deref()), |state| quoted(state))
}

/// How many decimals show a number to within `size`.
fn decimals(size: f64) -> usize {
    (-elementary::log10(size)).ceil().clamp(0.0, 12.0) as usize
}

/// What an answer measures.
fn measure(answer: &Swept) -> Measure {
    if answer.is_mean() { Measure::Quantity } else { Measure::Probability }
}
