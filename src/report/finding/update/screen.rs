//! What the evidence does, on one screen: in points.

use super::{About, numbers};
use crate::analysis::update::{Answer, Item};
use crate::report::finding::screenful::more;
use crate::report::page::{Cell, Column, Page, Table};
use crate::report::prose::headline::{in_words, moved};
use crate::report::prose::{capitalised, cut, headed, sampling};
use crate::report::wrapping::plain;
use crate::statistics::Estimate;

/// Changes that differ by less are equal but for the last digits.
const ALIKE: f64 = 1e-9;

const ANSWERS: usize = 3;

/// As many columns as names have, and reports beside one answer; beside each other answer they have less.
const LABEL: usize = 48;
const REPORT: usize = 66;
const BESIDE: usize = 13;

impl About<'_> {
    pub(super) fn screen(&self, most: usize) -> Page {
        let mut page = headed(&self.facts.scenario);
        page.lead.push(capitalised(&self.conditions()));
        page.sentence(self.headline() + ".").table(self.bars()).table(self.added(most));
        let answers: Vec<Estimate> = self.found.answers.iter().map(|one| one.posterior.0).collect();
        let error = sampling::at_most(&answers, &self.facts.run);
        let more = more(self.found.items.len().saturating_sub(most));
        page.foot.push(format!("{error}.{more} -v shows log-odds and the course of days."));
        page
    }

    /// What all items together did to the answer that they moved most.
    pub(super) fn headline(&self) -> String {
        let reports = capitalised(&in_words(self.found.items.len(), "report"));
        let said = self.farthest().and_then(|at| {
            let one = &self.found.answers[at];
            moved(&reports, "took", &(&one.short, one.prior.0), &one.posterior)
        });
        let verb = if self.found.items.len() == 1 { "leaves" } else { "leave" };
        said.unwrap_or_else(|| format!("{reports} {verb} every answer where it was"))
    }

    /// The answer that all items together moved most.
    pub(super) fn farthest(&self) -> Option<usize> {
        let moved = |at: &usize| self.found.answers[*at].change.value.abs();
        let known = (0..self.found.answers.len()).filter(|at| moved(at).is_finite());
        // Of equal ones the first.
        known.reduce(|a, b| if moved(&b) > moved(&a) + ALIKE { b } else { a })
    }

    fn bars(&self) -> Table {
        let mut table = self.table([
            Column::words("label", "Answer"),
            Column::probability("prior", "Before").without_error(),
            Column::probability("posterior", "After").without_error(),
            Column::bar("bar", ""),
            Column::points("change", "points").without_error(),
            Column::words("words", "In words"),
        ]);
        for one in &self.found.answers {
            let [prior, posterior, change] = numbers(one);
            let bar = posterior.clone();
            table.row([
                cut(&plain(&one.short), LABEL).into(),
                prior,
                posterior,
                bar,
                change,
                one.words.into(),
            ]);
        }
        table
    }

    /// What each item added to the answers, in points; of many items those that did most.
    fn added(&self, most: usize) -> Table {
        let answers = self.told();
        let column = |at: &usize| {
            let heading = self.found.answers[*at].id.replace(['_', '.'], " ");
            Column::points("", heading).without_error()
        };
        let columns =
            [Column::words("label", "Added by, in points")].into_iter().chain(answers.iter().map(column));
        let mut table = self.table(columns.collect::<Vec<_>>());
        for at in self.strongest(&answers, most) {
            let item = &self.found.items[at];
            let added = answers.iter().map(|answer| Cell::from(self.points(at, *answer)));
            table.row(
                [Cell::from(line(item, REPORT - BESIDE * answers.len().saturating_sub(1)))]
                    .into_iter()
                    .chain(added)
                    .collect::<Vec<_>>(),
            );
        }
        table
    }

    /// The answers that have a column: all if they are few, else the one that was moved most.
    fn told(&self) -> Vec<usize> {
        match self.found.answers.len() {
            few if few <= ANSWERS => (0..few).collect(),
            _ => self.farthest().into_iter().collect(),
        }
    }

    /// The items that did most, in their order.
    fn strongest(&self, answers: &[usize], most: usize) -> Vec<usize> {
        let size =
            |item: &usize| answers.iter().map(|answer| self.points(*item, *answer).abs()).fold(0.0, f64::max);
        let mut order: Vec<usize> = (0..self.found.items.len()).collect();
        order.sort_by(|a, b| size(b).total_cmp(&size(a)));
        order.truncate(most);
        order.sort_unstable();
        order
    }

    /// By how much an item changed the probability of an answer, after the items before it.
    pub(super) fn points(&self, item: usize, answer: usize) -> f64 {
        let after = |item: &Item| item.after.get(answer).map_or(f64::NAN, |one| one.value.value);
        let prior = |one: &Answer| one.prior.value;
        let before = match item {
            0 => self.found.answers.get(answer).map_or(f64::NAN, prior),
            later => after(&self.found.items[later - 1]),
        };
        after(&self.found.items[item]) - before
    }
}

/// An item in a line of at most so many columns.
fn line(item: &Item, most: usize) -> String {
    cut(&format!("{} {}", item.date, plain(&item.text)), most)
}
