//! Concrete futures, as a page.

#[cfg(feature = "charts")]
mod figure;
mod sentences;

use super::screenful::screenful;
use crate::analysis::worlds::{FutureFinding, NumberCalled, WorldsFinding};
use crate::report::number::count;
use crate::report::page::{Cell, Column, Detail, Page, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{capitalised, cut, following, left_out, measured, opened};
use crate::report::wrapping::plain;
use crate::session::Facts;
use sentences::{EVENTS, FEW, lead, most_probable, story};

/// As many futures as a page tells, and as many as its table of numbers has beside each other.
const TOLD: usize = 20;
const ABREAST: usize = 6;
/// Of so many the stories are made to fit on a screen.
const SHORT: usize = 3;

/// As many numbers as a story names on paper.
const SOME: usize = 5;

impl Paged for WorldsFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts };
        let mut page = match view.detail {
            Detail::Brief => about.brief(),
            // So many as were asked for are told as long as they are.
            Detail::Screen if self.futures.len() > SHORT => about.whole(FEW, EVENTS),
            Detail::Screen => screenful(FEW + EVENTS, |most| {
                let numbers = FEW.min(most.div_ceil(2));
                about.whole(numbers, EVENTS.min(most - numbers))
            }),
            Detail::Normal | Detail::Full => about.whole(SOME, EVENTS),
        };
        if view.detail == Detail::Full {
            page.table(about.numbers());
        }
        #[cfg(feature = "charts")]
        if let Some(figure) = figure::figure(self, facts).filter(|_| view.has_figures) {
            page.figure("worlds", figure);
        }
        page.main = about.main();
        page
    }
}

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a WorldsFinding,
    facts: &'a Facts,
}

impl About<'_> {
    fn brief(&self) -> Page {
        let mut page = Page::default();
        self.stories(&mut page, FEW, EVENTS);
        page
    }

    fn whole(&self, numbers: usize, events: usize) -> Page {
        let mut page = opened(self.facts, "worlds");
        page.sentence(lead(self.found));
        self.stories(&mut page, numbers, events);
        if let Some(text) = most_probable(self.found, events) {
            page.sentence(text);
        }
        page.foot.push(self.foot());
        page.foot
            .extend(left_out(&self.facts.void, self.facts.run.draws).map(|text| capitalised(&text) + "."));
        page
    }

    fn stories(&self, page: &mut Page, numbers: usize, events: usize) {
        for (at, future) in self.found.futures.iter().take(TOLD).enumerate() {
            page.sentence(format!("{}. {}", at + 1, story(self.found, future, numbers, events)));
        }
        let more = self.found.futures.len().saturating_sub(TOLD);
        if more > 0 {
            page.sentence(format!("{} more: --format csv has all.", capitalised(&count(more as u64))));
        }
    }

    fn foot(&self) -> String {
        let compared = count(self.found.compared_with as u64);
        let draws = match self.found.effective_draws {
            Some(draws) => format!(
                " They are taken from the draws by weight, which are worth {} that count alike.",
                count(draws as u64)
            ),
            None => String::new(),
        };
        format!(
            "High, low and typical are meant beside {compared} others.{draws} Seed {}; `{}` follows one.",
            self.facts.run.seed,
            following(self.facts, &self.found.futures.first().map_or("1".into(), FutureFinding::number))
        )
    }

    /// The numbers of the first futures beside what is usual.
    fn numbers(&self) -> Table {
        let first: Vec<&FutureFinding> = self.found.futures.iter().take(ABREAST).collect();
        let mut columns = vec![Column::words("number", "Number"), Column::quantity("p50", "usual")];
        columns.extend((1..=first.len()).map(|at| Column::quantity(format!("future_{at}"), at.to_string())));
        let mut table = Table::new(self.facts.run.decimals, columns);
        for (at, one) in self.found.numbers.iter().enumerate() {
            let name = measured(&cut(&plain(&one.called.label), LABEL), one.unit.as_deref());
            let values = first.iter().map(|future| Cell::from(future.numbers.0[at].1.value));
            table.row([name.into(), one.p50.into()].into_iter().chain(values).collect::<Vec<Cell>>());
        }
        table
    }

    /// A row for each future.
    fn main(&self) -> Table {
        let found = self.found;
        let mut columns = vec![Column::words("draw", "Draw")];
        if !found.outcomes.is_empty() {
            columns.push(Column::words("outcome", "Outcome"));
            columns.push(Column::quantity("probability", "Probability"));
        }
        columns.push(Column::quantity("typical", "Typical"));
        columns.extend((!found.theories.is_empty()).then(|| Column::words("theory", "Theory")));
        let words = found.states.iter().chain(&found.events);
        columns.extend(words.map(|one| Column::words(&one.id, &one.label)));
        let number = |one: &NumberCalled| Column::quantity(&one.called.id, &one.called.label);
        columns.extend(found.numbers.iter().map(number));
        let mut table = Table::new(self.facts.run.decimals, columns);
        found.futures.iter().for_each(|one| table.row(row(one)));
        table
    }
}

/// As many columns as a name has.
const LABEL: usize = 44;

fn row(one: &FutureFinding) -> Vec<Cell> {
    let mut cells = vec![Cell::from(one.number())];
    if let Some(outcome) = &one.outcome {
        cells.extend([Cell::from(&outcome.id), outcome.probability.into()]);
    }
    cells.push(one.typical.into());
    cells.extend(one.theory.as_ref().map(Cell::from));
    cells.extend(one.states.0.iter().map(|(_, state)| Cell::from(&state.state)));
    cells.extend(one.events.0.iter().map(|(_, event)| Cell::from(event.happens)));
    cells.extend(one.numbers.0.iter().map(|(_, number)| Cell::from(number.value)));
    cells
}
