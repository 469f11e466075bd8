//! What to find out next, as a page.

#[cfg(feature = "charts")]
mod figure;
mod sentences;

#[cfg(feature = "charts")]
pub use figure::figure;

use super::screenful::{more, screenful};
use crate::analysis::information::{InformationFinding, Item, ItemKind};
use crate::report::number::general;
use crate::report::page::{Cell, Column, Detail, Page, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{cut, made, opened};
use crate::report::wrapping::plain;
use crate::session::Facts;
use sentences::{best_for_its_cost, lead, of_the_top, of_untold};

impl Paged for InformationFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts };
        let mut page = match view.detail {
            Detail::Brief => about.brief(),
            Detail::Screen => screenful(FEW, |most| about.screen(most)),
            Detail::Normal => about.whole(MANY),
            Detail::Full => about.whole(usize::MAX),
        };
        #[cfg(feature = "charts")]
        if let Some(figure) = figure(self, facts).filter(|_| view.has_figures) {
            page.figure("voi", figure);
        }
        page.main = about.main();
        page
    }
}

/// As many things as a screen holds, and as a page tells.
const FEW: usize = 8;
const MANY: usize = 24;
/// As many columns as a name has on a screen.
const LABEL: usize = 44;

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a InformationFinding,
    facts: &'a Facts,
}

impl About<'_> {
    fn brief(&self) -> Page {
        let mut page = Page::default();
        page.table(self.items(MANY, false));
        page
    }

    fn said(&self) -> Vec<String> {
        let said = [Some(lead(self.found)), of_the_top(self.found), best_for_its_cost(self.found)];
        said.into_iter().flatten().map(|one| format!("{one}.")).collect()
    }

    fn screen(&self, most: usize) -> Page {
        let found = self.found;
        let mut page = opened(self.facts, "voi");
        page.sentence(self.said().join(" "));
        page.table(self.items(most, true));
        let more = more(found.items.len().saturating_sub(most));
        page.foot.push(format!(
            "Bits: by how much it is expected to lower the entropy, {}.{more}",
            general(found.entropy)
        ));
        page.foot.extend(of_untold(found, true).map(|one| format!("{one}.")));
        page.foot.push(made(self.facts));
        page
    }

    fn whole(&self, most: usize) -> Page {
        let mut page = opened(self.facts, "voi");
        self.said().into_iter().for_each(|one| _ = page.sentence(one));
        page.table(self.items(most, false)).note(self.explanation(most));
        if let Some(untold) = of_untold(self.found, false) {
            page.note(format!("{untold}."));
        }
        page.foot.push(made(self.facts));
        page
    }

    fn has_costs(&self) -> bool {
        self.found.items.iter().any(|one| one.cost.is_some())
    }

    fn items(&self, most: usize, is_screen: bool) -> Table {
        let mut columns = vec![
            Column::words("item", "Find out"),
            Column::quantity("bits", "bits").with_error(),
            Column::percent("bits_share", "of all %"),
            Column::percent("leader_changes", "lead changes %"),
        ];
        columns.extend((!is_screen).then(|| Column::quantity("bits_between", "bits between top two")));
        if self.has_costs() {
            columns.extend([Column::quantity("cost", "cost"), Column::quantity("per_cost", "bits per cost")]);
        }
        let mut table = Table::new(self.facts.run.decimals, columns);
        for one in self.found.items.iter().take(most) {
            let share = one.bits.value / self.found.entropy;
            let mut row: Vec<Cell> = vec![
                if is_screen { cut(&plain(&one.short), LABEL).into() } else { Cell::from(&one.label) },
                one.bits.0.into(),
                share.into(),
                one.changes.value.into(),
            ];
            row.extend((!is_screen).then(|| Cell::from(one.between.value)));
            if self.has_costs() {
                let number = |value: Option<f64>| value.map_or(Cell::default(), Cell::from);
                row.extend([number(one.cost), number(one.bits_per_cost)]);
            }
            table.row(row);
        }
        table
    }

    fn explanation(&self, most: usize) -> String {
        let found = self.found;
        let all = format!(
            "Bits: by how much finding it out is expected to lower the entropy of the answer, which is {} now. Lead changes: the \
             probability that another answer would be the most probable one.",
            general(found.entropy)
        );
        match found.items.len() {
            count if count > most => format!("{all} Shown: {most} of {count}; -v shows more."),
            _ => all,
        }
    }

    /// A row for each thing, with all errors.
    fn main(&self) -> Table {
        let columns = [
            Column::words("id", "Id"),
            Column::words("label", "Label"),
            Column::words("kind", "Kind"),
            Column::quantity("bits", "Bits").with_error(),
            Column::quantity("brier", "Brier").with_error(),
            Column::probability("leader_changes", "Lead changes"),
            Column::quantity("bits_between", "Bits between").with_error(),
            Column::quantity("cost", "Cost"),
            Column::quantity("bits_per_cost", "Bits per cost"),
        ];
        let mut table = Table::new(self.facts.run.decimals, columns);
        for one in &self.found.items {
            table.row([
                Cell::from(&one.id),
                Cell::from(&one.label),
                kind(one).into(),
                one.bits.0.into(),
                one.brier.0.into(),
                one.changes.0.into(),
                one.between.0.into(),
                one.cost.map_or(Cell::default(), Cell::from),
                one.bits_per_cost.map_or(Cell::default(), Cell::from),
            ]);
        }
        table
    }
}

fn kind(item: &Item) -> &'static str {
    match item.kind {
        ItemKind::Factor => "factor",
        ItemKind::States => "states",
        ItemKind::Event => "event",
        ItemKind::Evidence => "evidence",
    }
}
