//! In which worlds something happens, as a page.

mod around;
#[cfg(feature = "charts")]
mod figure;
mod words;

pub(in crate::report) use around::Around;

use super::screenful::screenful;
use crate::analysis::discover::{DiscoverFinding, FoundBox, Measured, MeasuredOn, Restriction, Step};
use crate::report::number::{counted, general};
use crate::report::page::{Cell, Column, Detail, Page, Row, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{caption, cut, made, opened, supposed};
use crate::session::Facts;

impl Paged for DiscoverFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let opened = || {
            if view.detail == Detail::Brief {
                return Page::default();
            }
            let mut page = opened(facts, "discover");
            let apart = match view.detail {
                Detail::Screen => {
                    ". Boxes were looked for in others. -v shows the whole path, --box N takes another box of it."
                }
                _ => "",
            };
            page.foot.push(made(facts) + apart);
            page
        };
        let around = Around {
            decimals: facts.run.decimals,
            conditions: supposed(&facts.run),
            caption: caption(facts),
        };
        page(self, opened, view, around)
    }
}

/// Says what was found on a page that is opened, with its picture if pictures are wanted.
pub(in crate::report) fn page(
    found: &DiscoverFinding,
    opened: impl Fn() -> Page,
    view: View,
    around: Around,
) -> Page {
    let filled = |rows: usize| {
        let mut page = opened();
        About { found, decimals: around.decimals, detail: view.detail, rows }.fill(&mut page);
        page
    };
    let mut page = if view.detail == Detail::Screen { screenful(ROWS, filled) } else { filled(ROWS) };
    #[cfg(feature = "charts")]
    if let Some(figure) = figure::figure(found, &around).filter(|_| view.has_figures) {
        page.figure("discover", figure);
    }
    #[cfg(not(feature = "charts"))]
    let _ = (&mut page, around.conditions, around.caption);
    page
}

/// As many restrictions as a screen holds, and of a path one box less; and as many columns as a name takes in each.
const ROWS: usize = 5;
const NAME: usize = 34;
const BRIEFLY: usize = 24;
/// As many as paper does.
const MORE: usize = 12;

/// A finding, however it was come by.
struct About<'a> {
    found: &'a DiscoverFinding,
    decimals: usize,
    detail: Detail,
    /// As many restrictions as a screen holds.
    rows: usize,
}

impl About<'_> {
    /// Says what was found.
    fn fill(&self, page: &mut Page) {
        let found = self.found;
        let beside = found.boxes.first().map(|one| words::beside(found, one)).unwrap_or_default();
        page.sentence(format!("{}{beside}", words::lead(found)));
        for (at, one) in found.boxes.iter().enumerate() {
            if at > 0 {
                page.sentence(format!("{}{}", words::further(found, one), words::beside(found, one)));
            }
            self.one(page, one);
        }
        if let Some(together) = &found.together {
            page.table(self.together(together));
        }
        match self.detail {
            Detail::Brief => {}
            Detail::Screen => page.foot.extend(self.caution().map(String::from)),
            Detail::Normal | Detail::Full => _ = page.note(self.explanation()),
        }
        page.main = self.main();
    }

    /// What must be known of the numbers on a screen.
    fn caution(&self) -> Option<&'static str> {
        match self.found.measured_on {
            MeasuredOn::FreshDraws => None,
            MeasuredOn::HeldOutRows => {
                Some("Boxes were looked for in a half of the rows and measured on the other.")
            }
            MeasuredOn::SameRows => {
                Some("Boxes were looked for in these rows and measured on the same: new ones will hold less.")
            }
        }
    }

    fn is_fresh(&self) -> bool {
        self.found.measured_on == MeasuredOn::FreshDraws
    }

    fn one(&self, page: &mut Page, one: &FoundBox) {
        page.table(self.restrictions(one));
        // Beside other boxes a screen has no room for the way to each.
        if self.detail > Detail::Screen || self.detail == Detail::Screen && self.found.boxes.len() == 1 {
            page.table(self.path(one));
        }
    }

    fn restrictions(&self, one: &FoundBox) -> Table {
        let mut columns = vec![
            Column::words("label", "The box asks that"),
            Column::words("allowed", "is"),
            Column::percent("density_without", "without %").with_error(),
            Column::words("found_again", "found again"),
        ];
        if self.detail == Detail::Full {
            columns.push(Column::quantity("p_value", "p-value"));
        }
        let mut table = Table::new(self.decimals, columns);
        let most = if self.detail == Detail::Screen { self.rows } else { usize::MAX };
        for restriction in one.restrictions.iter().take(most) {
            table.row(self.cells(restriction));
        }
        table
    }

    fn cells(&self, one: &Restriction) -> Vec<Cell> {
        let label = match self.detail {
            Detail::Screen => cut(&one.short, NAME),
            _ => one.label.clone(),
        };
        vec![
            Cell::from(label.as_str()),
            words::allowed(one).into(),
            one.density_without.0.into(),
            format!("{} of {}", one.found_again, one.parts).into(),
            general(one.p_value).into(),
        ]
    }

    /// The path, or on a screen a few of its boxes with the one that was chosen.
    fn path(&self, one: &FoundBox) -> Table {
        let mut table = Table::new(
            self.decimals,
            [
                Column::words("number", "Path"),
                Column::percent("density", "density %").with_error(),
                Column::percent("coverage", "coverage %").with_error(),
                Column::percent("mass", "mass %").with_error(),
                Column::words("restricted", "asks also of"),
            ],
        );
        let shown = match self.detail {
            Detail::Full => one.path.len(),
            Detail::Normal => MORE,
            _ => (self.rows - 1).max(2),
        };
        let mut before: &[String] = &[];
        for at in spaced(one.path.len(), shown, one.chosen) {
            let own = &one.path[at].shorts;
            let new: Vec<&str> =
                own.iter().filter(|name| !before.contains(name)).map(String::as_str).collect();
            let new = new.join("; ");
            let new = if self.detail == Detail::Screen { cut(&new, BRIEFLY) } else { new };
            table.row(step(&one.path[at], at == one.chosen, new));
            before = own;
        }
        table
    }

    fn together(&self, together: &Measured) -> Table {
        let mut table = Table::new(
            self.decimals,
            [
                Column::words("boxes", "Boxes"),
                Column::percent("density", "density %").with_error(),
                Column::percent("coverage", "coverage %").with_error(),
                Column::percent("mass", "mass %").with_error(),
            ],
        );
        for (at, one) in self.found.boxes.iter().enumerate() {
            table.row([vec![Cell::from(format!("{}", at + 1))], measured(&one.measured)].concat());
        }
        table.row([vec![Cell::from("together")], measured(together)].concat());
        table
    }

    /// How to read it, and what the numbers stand on.
    fn explanation(&self) -> String {
        let found = self.found;
        let rows = words::rows(found);
        let parts = if self.is_fresh() { "replicates of the draws" } else { "half samples of the rows" };
        let searched = counted(found.searched, if rows == "rows" { "row" } else { "draw" });
        let measured = match found.measured_on {
            MeasuredOn::FreshDraws => {
                format!(
                    "Boxes were looked for in {searched} and measured on others, so that errors cover the choice."
                )
            }
            MeasuredOn::HeldOutRows => {
                format!(
                    "Boxes were looked for in {searched} and measured on the others, so that errors cover the choice."
                )
            }
            MeasuredOn::SameRows => format!(
                "Boxes were looked for in {searched} and measured on the same: the numbers say what these rows hold, and new ones will \
                 hold less."
            ),
        };
        format!(
            "Density: in how many {rows} of a box it happens. Coverage: how much of it lies there. Mass: the box's share of all {rows}. \
             {measured} Without: the density if the box did not ask that. Found again: in how many {parts} the search asks of it too. --box N takes \
             another box of the path."
        )
    }

    /// A row for each box of each path.
    fn main(&self) -> Table {
        let mut table = Table::new(
            self.decimals,
            [
                Column::count("box", "Box"),
                Column::count("number", "Number"),
                Column::words("chosen", "Chosen"),
                Column::percent("density", "density %").with_error(),
                Column::percent("coverage", "coverage %").with_error(),
                Column::percent("mass", "mass %").with_error(),
                Column::words("expression", "Expression"),
            ],
        );
        for (at, one) in self.found.boxes.iter().enumerate() {
            for own in &one.path {
                let place = [Cell::Exact((at + 1) as f64), Cell::Exact(own.number as f64)];
                let chosen = Cell::from(own.number == one.chosen);
                let rest = [measured(&own.measured), vec![Cell::from(&own.expression)]].concat();
                table.rows.push(Row::Plain(place.into_iter().chain([chosen]).chain(rest).collect()));
            }
        }
        table
    }
}

fn measured(one: &Measured) -> Vec<Cell> {
    [one.density, one.coverage, one.mass].map(|figure| Cell::from(figure.0)).into()
}

fn step(one: &Step, is_chosen: bool, new: String) -> Vec<Cell> {
    let number = if is_chosen { format!("{} ◂", one.number) } else { one.number.to_string() };
    [vec![Cell::from(number)], measured(&one.measured), vec![new.into()]].concat()
}

/// About so many of all positions, evenly spaced, the ends and one that must be there among them.
fn spaced(all: usize, most: usize, chosen: usize) -> Vec<usize> {
    let last = all.saturating_sub(1);
    let mut some: Vec<usize> = match all <= most {
        true => (0..all).collect(),
        false => (0..most).map(|at| (at * last + (most - 1) / 2) / (most - 1)).collect(),
    };
    // In place of its neighbour, so that no line is added.
    if let Err(place) = some.binary_search(&chosen) {
        let inner = place.clamp(1, some.len().saturating_sub(2).max(1));
        some[inner] = chosen;
        some.sort_unstable();
    }
    some.retain(|at| *at <= last);
    some
}
