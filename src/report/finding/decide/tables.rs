//! The tables of a decision.

use super::knowledge::{is_tested, is_told};
use super::sentences::named;
use super::{About, Brevity};
use crate::analysis::decide::{
    DecisionFinding, InformationFinding, KnowableKind, Method, OptionFinding, TestFinding,
};
use crate::report::page::{Cell, Column, Detail, Table};
use crate::report::prose::cut;
use crate::report::wrapping::plain;

/// As many options, and as many results of a test, as a screen has before it gives anything else up.
const OPTIONS: usize = 5;
/// As many columns as the name of an option has on a screen.
const LABEL: usize = 28;

impl About<'_> {
    /// What each option pays.
    pub(super) fn options(&self, one: &DecisionFinding) -> Table {
        let what = if one.is_cost { "expected cost" } else { "expected" };
        let mut table = self.table([
            Column::words("label", in_unit("Option", one)),
            self.errs(Column::quantity("mean", what)),
            Column::quantity("p05", "P5"),
            Column::quantity("p50", "P50"),
            Column::quantity("p95", "P95"),
            self.errs(Column::percent("best", "best %")),
            self.errs(Column::quantity("regret", "regret")),
        ]);
        for option in self.best_first(one) {
            let [low, middle, high] = option.spread.all().map(Cell::from);
            let (mean, best, regret) =
                (option.expected.0.into(), option.best.0.into(), option.regret.0.into());
            table.row([self.name(option), mean, low, middle, high, best, regret]);
        }
        table
    }

    /// What an option is called, on a screen in so many letters that its row stays short.
    fn name(&self, option: &OptionFinding) -> Cell {
        match self.detail {
            Detail::Screen => cut(&plain(&option.short), LABEL).into(),
            _ => (&option.label).into(),
        }
    }

    /// The options in the order of the file; of more than a screen holds those that pay best.
    pub(super) fn best_first<'d>(&self, one: &'d DecisionFinding) -> Vec<&'d OptionFinding> {
        let mut all: Vec<&OptionFinding> = one.options.iter().collect();
        let most = match self.brevity {
            Brevity::Options => self.rows.max(2),
            Brevity::Decisions => 2,
            _ => self.rows.max(OPTIONS),
        };
        if self.detail == Detail::Screen && all.len() > most {
            let sign = if one.is_cost { 1.0 } else { -1.0 };
            let pays = |option: &OptionFinding| sign * option.expected.value;
            all.sort_by(|a, b| pays(a).total_cmp(&pays(b)));
            all.truncate(most);
        }
        all
    }

    /// What is told of what it is worth to know.
    pub(super) fn known<'d>(&self, one: &'d DecisionFinding) -> impl Iterator<Item = &'d InformationFinding> {
        let is_full = self.detail == Detail::Full;
        one.information.iter().filter(move |known| is_full || is_told(known) && !is_tested(known, one))
    }

    /// What it is worth to know each thing.
    pub(super) fn information(&self, one: &DecisionFinding) -> Table {
        let mut table = self.table([
            Column::words("label", in_unit("To know first", one)),
            self.errs(Column::quantity("worth", "is worth")),
        ]);
        if self.detail != Detail::Screen {
            table.row(["everything".into(), one.perfect_information.0.into()]);
        }
        for known in self.known(one).take(self.rows) {
            table.row([(&known.label).into(), known.value.0.into()]);
        }
        table
    }

    /// What each test is worth and costs.
    pub(super) fn tests(&self, one: &DecisionFinding) -> Table {
        let mut table = self.table([
            Column::words("label", in_unit("Test", one)),
            self.errs(Column::quantity("worth", "is worth")),
            self.errs(Column::quantity("limit", "of at most")),
            Column::quantity("cost", "costs"),
            self.errs(Column::quantity("net", "net")),
        ]);
        for test in one.tests.iter().take(self.rows) {
            let limit = test.limit.as_ref().map(|limit| limit.value.0);
            let cost = Cell::Exact(test.cost);
            table.row([(&test.label).into(), test.value.0.into(), limit.into(), cost, test.net.0.into()]);
        }
        table
    }

    /// What is best after each result of a test.
    pub(super) fn results(&self, one: &DecisionFinding, test: &TestFinding) -> Table {
        let mut table = self.table([
            Column::words("result", format!("{} says", plain(&test.short))),
            self.errs(Column::percent("probability", "at %")),
            Column::words("then", "then take"),
            self.errs(Column::quantity("mean", if one.is_cost { "cost" } else { "payoff" })),
        ]);
        for result in test.results.iter().take(self.rows.max(OPTIONS)) {
            let then = result.then.as_ref().and_then(|id| named(one, id));
            let then = then.map_or(Cell::Blank, |option| self.name(option));
            table.row([(&result.label).into(), result.probability.0.into(), then, result.expected.0.into()]);
        }
        table
    }

    /// A row for each option, each thing that could be known and each test, with all errors.
    pub(super) fn main(&self) -> Table {
        let mut table = self.table([
            Column::words("decision", "Decision"),
            Column::words("kind", "Kind"),
            Column::words("id", "Name"),
            Column::quantity("value", "Expected payoff, or worth").with_error(),
            Column::quantity("p05", "P5"),
            Column::quantity("p50", "P50"),
            Column::quantity("p95", "P95"),
            Column::probability("best", "Best"),
            Column::quantity("regret", "Regret").with_error(),
            Column::quantity("cost", "Cost"),
        ]);
        for one in &self.found.decisions {
            let row = |kind: &str, id: &str, value: Cell| -> Vec<Cell> {
                vec![(&one.id).into(), kind.into(), id.into(), value]
            };
            for option in &one.options {
                let spread = option.spread.all().map(Cell::from);
                let more = [option.best.0.into(), option.regret.0.into()];
                let own = row("option", &option.id, option.expected.0.into());
                table.row(own.into_iter().chain(spread).chain(more).collect::<Vec<Cell>>());
            }
            table.row(row("perfect_information", "", one.perfect_information.0.into()));
            for known in &one.information {
                table.row(row(kind(known.kind), &known.id, known.value.0.into()));
            }
            for test in &one.tests {
                let own = row("test", &test.id, test.value.0.into());
                let blank = std::iter::repeat_n(Cell::Blank, 5);
                table
                    .row(own.into_iter().chain(blank).chain([Cell::Exact(test.cost)]).collect::<Vec<Cell>>());
            }
        }
        table
    }

    /// How each value of information was found, and what a group is made of.
    pub(super) fn methods(&self, one: &DecisionFinding) -> Table {
        let mut table = self.table([
            Column::words("label", "To know first"),
            Column::words("kind", "what it is"),
            Column::words("of", "of"),
            Column::words("method", "found by"),
        ]);
        for known in &one.information {
            let method = match known.method {
                Method::Sums => "sums over its states",
                Method::Formulas => "formulas of payoffs",
                Method::Regression => "regression",
            };
            table.row([
                (&known.label).into(),
                kind(known.kind).into(),
                known.of.join(", ").into(),
                method.into(),
            ]);
        }
        table
    }

    /// A column with errors, unless all is exact.
    fn errs(&self, column: Column) -> Column {
        if self.facts.run.exact { column } else { column.with_error() }
    }

    fn table(&self, columns: impl Into<Vec<Column>>) -> Table {
        Table::new(self.facts.run.decimals, columns)
    }
}

/// A heading with the unit of a decision.
fn in_unit(heading: &str, one: &DecisionFinding) -> String {
    one.unit.as_ref().map_or(heading.into(), |unit| format!("{heading}, in {}", plain(unit)))
}

fn kind(kind: KnowableKind) -> &'static str {
    match kind {
        KnowableKind::Factor => "factor",
        KnowableKind::States => "states",
        KnowableKind::Event => "event",
        KnowableKind::Outcome => "outcome",
        KnowableKind::Theory => "theory",
        KnowableKind::Group => "group",
    }
}
