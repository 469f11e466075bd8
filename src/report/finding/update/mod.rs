//! What evidence does to the answers, as a page.

#[cfg(feature = "charts")]
mod figure;
mod screen;

use super::screenful::screenful;
use crate::analysis::update::{Answer, ById, Item, Point, UpdateFinding};
use crate::report::number::{count, counted, general};
use crate::report::page::{Cell, Column, Detail, Footnote, Page, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{capitalised, chosen, draws, headed, left_out, origin, overrides, stem};
use crate::report::wrapping::plain;
use crate::session::Facts;

impl Paged for UpdateFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts };
        let mut page = match view.detail {
            Detail::Brief => about.brief(),
            Detail::Screen => screenful(ITEMS, |most| about.screen(most)),
            Detail::Normal | Detail::Full => about.whole(),
        };
        #[cfg(feature = "charts")]
        if view.has_figures {
            about.figure().map(|one| page.figure("evidence", one));
        }
        page.main = about.main();
        page
    }
}

/// As many items as stand below each other on the first screen.
const ITEMS: usize = 8;

/// A column of its own for each answer in the table of days, up to that many answers.
const SIDE_BY_SIDE: usize = 8;

/// What the numbers of the table of items mean.
const LOG_ODDS: &str = "Points: what the item changed after those before it. Log-odds of each answer against the rest: +0.7 about doubles its odds, −0.7 about halves them. \
                        Added: after the items before it. Alone: by itself.";

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a UpdateFinding,
    facts: &'a Facts,
}

impl About<'_> {
    fn brief(&self) -> Page {
        let mut page = Page::default();
        page.table(self.answers());
        page
    }

    fn whole(&self) -> Page {
        let scenario = &self.facts.scenario;
        let mut page = headed(scenario);
        page.lead.push(capitalised(&self.conditions()));
        page.sentence(self.headline() + ".").table(self.answers()).note(self.explanation());
        if !self.found.items.is_empty() {
            page.table(self.items()).note(LOG_ODDS);
        }
        page.table(self.timeline());
        page.foot.push(self.summary());
        page.footnote =
            Some(Footnote { name: format!("{}-update", stem(&scenario.file)), text: origin(self.facts) });
        page
    }

    fn table(&self, columns: impl Into<Vec<Column>>) -> Table {
        Table::new(self.facts.run.decimals, columns)
    }

    /// What is set and learned besides, and which evidence counts.
    fn conditions(&self) -> String {
        let run = &self.facts.run;
        let number = counted(self.found.items.len() as u64, "item");
        let days = match &self.found.timeline[..] {
            [first, .., last] => format!(", {} to {}", first.date.named(), last.date.named()),
            [only] => format!(", {}", only.date.named()),
            [] => String::new(),
        };
        let given = (!run.given.is_empty()).then(|| format!("given {}", run.given.join(" and ")));
        let parts = [Some(format!("evidence of {number}{days}")), chosen(run), overrides(run), given];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    fn answers(&self) -> Table {
        let mut table = self.table([
            Column::words("label", "Answer"),
            Column::probability("prior", "Before").without_error(),
            Column::probability("posterior", "After"),
            Column::points("change", "Change").without_error(),
            Column::words("words", "In words"),
        ]);
        for one in &self.found.answers {
            let [prior, posterior, change] = numbers(one);
            table.row([Cell::from(&one.label), prior, posterior, change, one.words.into()]);
        }
        table
    }

    fn explanation(&self) -> String {
        let error = match self.facts.run.exact {
            true => "Both are exact.",
            false => "±: the sampling error, half of the 90 % interval, in points.",
        };
        format!("Before and after: the probability without and with the evidence. {error} Change in points.")
    }

    fn items(&self) -> Table {
        let mut table = self.table([
            Column::words("label", "What each item says"),
            Column::points("points", "points").without_error(),
            Column::log_odds("added", "added"),
            Column::log_odds("alone", "alone"),
        ]);
        for (at, item) in self.found.items.iter().enumerate() {
            table.group(title(item));
            let odds = item.added.iter().zip(&item.alone);
            for ((answer, one), (added, alone)) in self.found.answers.iter().enumerate().zip(odds) {
                let points = self.points(at, answer).into();
                table.nested([Cell::from(&one.label), points, estimated(added), estimated(alone)]);
            }
        }
        table
    }

    /// The answers side by side, or, if they are many, one below the other.
    fn timeline(&self) -> Table {
        if self.found.answers.len() <= SIDE_BY_SIDE { self.wide_timeline() } else { self.long_timeline() }
    }

    fn wide_timeline(&self) -> Table {
        let answers = &self.found.answers;
        let column =
            |one: &Answer| Column::probability(&one.id, one.id.replace(['_', '.'], " ")).without_error();
        let columns =
            [Column::words("date", "Probability after")].into_iter().chain(answers.iter().map(column));
        let mut table =
            self.table(columns.chain([Column::count("draws", "effective draws")]).collect::<Vec<_>>());
        let before = answers.iter().map(|one| one.prior.0.into());
        table.row(self.moment("before".into(), before, f64::INFINITY));
        for point in &self.found.timeline {
            table.row(self.moment(
                day(point),
                point.probabilities.iter().map(estimated),
                point.effective_draws,
            ));
        }
        table
    }

    fn moment(&self, name: String, probabilities: impl Iterator<Item = Cell>, effective: f64) -> Vec<Cell> {
        let effective = self.effective(effective).map_or(Cell::from("exact"), Cell::from);
        [name.into()].into_iter().chain(probabilities).chain([effective]).collect()
    }

    fn long_timeline(&self) -> Table {
        let mut table = self
            .table([Column::words("label", "Over time"), Column::probability("probability", "Probability")]);
        for point in &self.found.timeline {
            table.group(day(point));
            for (answer, one) in self.found.answers.iter().zip(&point.probabilities) {
                table.nested([Cell::from(&answer.label), estimated(one)]);
            }
        }
        table
    }

    /// The draws that count, in whole numbers; `None` if no draw entered.
    fn effective(&self, draws: f64) -> Option<f64> {
        let run = &self.facts.run;
        (!run.exact).then(|| draws.min(run.draws as f64).floor())
    }

    /// How probable the evidence was, and how the draws were made.
    fn summary(&self) -> String {
        let (learned, facts) = (&self.found.evidence, self.facts);
        let effective = self.effective(learned.effective_draws);
        let parts = [
            Some(format!("relative likelihood of the evidence {}", general(learned.probability.value))),
            effective.map(|number| format!("{} effective draws", count(number as u64))),
            Some(draws(&facts.run)),
            left_out(&facts.void, facts.run.draws),
        ];
        capitalised(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }

    /// A row for each answer, with all errors.
    fn main(&self) -> Table {
        let mut table = self.table([
            Column::words("id", "Name"),
            Column::words("label", "Answer"),
            Column::probability("prior", "Before"),
            Column::probability("posterior", "After"),
            Column::points("change", "Change"),
            Column::words("words", "In words"),
        ]);
        for one in &self.found.answers {
            let [prior, posterior, change] = numbers(one);
            table.row([(&one.id).into(), (&one.label).into(), prior, posterior, change, one.words.into()]);
        }
        table
    }
}

/// Before, after and the change.
fn numbers(one: &Answer) -> [Cell; 3] {
    [one.prior, one.posterior, one.change].map(|number| number.0.into())
}

fn estimated(one: &ById) -> Cell {
    one.value.0.into()
}

/// A day with its items.
fn day(point: &Point) -> String {
    format!("{} {}", point.date, point.evidence.join(", "))
}

/// An item in one line.
fn title(item: &Item) -> String {
    let publisher = item.publisher.as_ref().map_or(String::new(), |name| format!("{}: ", plain(name)));
    let overlap = if item.overlapped { " (shares a cause with an earlier item: counted less)" } else { "" };
    format!("{} {publisher}{}{overlap}", item.date, plain(&item.text))
}

#[cfg(test)]
mod tests;
