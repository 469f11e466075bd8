//! What moves each answer, as a page.

#[cfg(feature = "charts")]
mod figures;
mod sentences;
mod tables;

use super::screenful::screenful;
use crate::analysis::sensitivity::{Answer, Method, Others, SensitivityFinding};
use crate::report::finding::telling::{left, most_telling};
use crate::report::number::counted;
use crate::report::page::{Detail, Page, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{made, opened, sampling};
use crate::session::Facts;

impl Paged for SensitivityFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let of = |rows: usize| About { found: self, facts, detail: view.detail, rows };
        let about = of(if view.detail == Detail::Full { usize::MAX } else { ROWS });
        let mut page = match view.detail {
            Detail::Brief => about.brief(),
            Detail::Screen => screenful(ROWS, |most| of(most).screen()),
            Detail::Normal | Detail::Full => about.whole(),
        };
        #[cfg(feature = "charts")]
        if view.has_figures {
            about.figures(&mut page);
        }
        page.main = about.main();
        page
    }
}

/// As many answers as are told where not everything is asked for.
const ANSWERS: usize = 6;
/// As many rows as each has there.
const ROWS: usize = 6;

/// How little settled it is whether an answer comes true; of means there is no such measure, and all are alike.
fn unsettled(answer: &Answer) -> f64 {
    let value = answer.value.value;
    if answer.is_mean { 1.0 } else { value * (1.0 - value) }
}

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a SensitivityFinding,
    facts: &'a Facts,
    detail: Detail,
    /// As many rows as each answer has.
    rows: usize,
}

impl About<'_> {
    fn is_full(&self) -> bool {
        self.detail == Detail::Full
    }

    /// What moves the leading answer, and what was asked for besides.
    fn screen(&self) -> Page {
        let mut page = self.headed();
        page.sentence(self.answer());
        let (levers, error) = sampling::once(vec![self.levers()], &self.facts.run);
        let asked = [self.effects(), self.screened(), self.structure()];
        levers.into_iter().chain(asked).for_each(|one| _ = page.table(one));
        page.foot.push(format!("{error}. -v shows the other answers, shares of variance and what follows."));
        page
    }

    fn headed(&self) -> Page {
        opened(self.facts, "sensitivity")
    }

    fn brief(&self) -> Page {
        let mut page = Page::default();
        let asked = [self.effects(), self.screened(), self.structure()];
        let asked: Vec<Table> = asked.into_iter().filter(|table| !table.rows.is_empty()).collect();
        if asked.is_empty() {
            page.table(self.levers());
        }
        asked.into_iter().for_each(|table| {
            page.table(table);
        });
        page
    }

    fn whole(&self) -> Page {
        let mut page = self.headed();
        page.sentence(self.answer());
        page.table(self.levers()).note(self.about_levers());
        page.table(self.shares());
        if self.shown().any(|one| !one.indices.is_empty()) {
            page.note(self.about_shares());
        }
        page.table(self.followers());
        if self.shown().any(|one| !one.followers.is_empty()) {
            page.note(
                "Events and derived values have no part of their own in what is not known. Share: how much of the variance of \
                 whether the outcome comes true knowing them would take away, chance and all.",
            );
        }
        page.table(self.effects());
        if self.shown().any(|one| !one.shapley.is_empty()) {
            page.note("Shapley effect: the share of the variance that each has, its own part and its part of whatever several do together; all sum to 100 %.");
        }
        page.table(self.screened());
        if self.shown().any(|one| !one.screening.is_empty()) {
            page.note("Elementary effect: by how much the answer moves as each goes over half of where it may lie, per whole of it; in size, in direction, and how much that varies (Morris 1991).");
        }
        page.table(self.structure());
        if self.is_full() {
            page.table(self.associations());
        }
        self.found.notes.iter().for_each(|one| {
            page.note(one.as_str());
        });
        let untold = self.all().count() - self.told().count();
        left(untold, "answer").into_iter().for_each(|one| {
            page.note(one);
        });
        self.without().into_iter().for_each(|one| {
            page.note(one);
        });
        page.foot.push(made(self.facts));
        page
    }

    /// The answers that are told: the leading one on a screen, else the outcomes, or in a file without any, all.
    fn shown(&self) -> impl Iterator<Item = &Answer> {
        let leading = self.leading().filter(|_| self.detail == Detail::Screen);
        self.told().filter(move |one| leading.is_none_or(|leading| one.id == leading.id))
    }

    /// Of many the most telling, in the order of the file.
    fn told(&self) -> impl Iterator<Item = &Answer> {
        let most = if self.is_full() { usize::MAX } else { ANSWERS };
        let sizes: Vec<f64> = self.all().map(unsettled).collect();
        let kept = most_telling(&sizes, most);
        self.all().enumerate().filter(move |(at, _)| kept.contains(at)).map(|(_, one)| one)
    }

    /// The outcomes; in a file without any, or where everything is told, all answers.
    fn all(&self) -> impl Iterator<Item = &Answer> {
        let has_outcomes = self.found.answers.iter().any(|one| one.is_outcome);
        self.found.answers.iter().filter(move |one| self.is_full() || one.is_outcome || !has_outcomes)
    }

    fn about_levers(&self) -> String {
        let others = match self.found.others {
            Others::Free => "all else as uncertain as it is",
            Others::Median => "all else at its median",
        };
        let error = if self.facts.run.exact {
            ""
        } else {
            " ±: the sampling error of the points, half of the 90 % interval."
        };
        format!(
            "Each row: the answer with one thing put at its P5, its median and its P95, {others}; of an event, without it and with \
             it; of states and theories, in the two that are named. Points: from the first to the last.{error}"
        )
    }

    fn about_shares(&self) -> String {
        let how = match self.found.method {
            Method::Exact => "Exact: every combination of states was listed.".to_string(),
            _ => format!("From {} of pairs of draws.", counted(self.found.points, "base point")),
        };
        format!(
            "Share of the variance of what the answer would be, if all that is not known were known. Alone: what goes away once it \
             is known (first-order Sobol index). In all: what stays while all else is known (total index). The rest is done \
             together with others. {how}"
        )
    }

    /// Why answers have no shares.
    fn without(&self) -> Vec<String> {
        let all = self.shown().filter_map(|one| Some((one, one.without.as_ref()?)));
        all.map(|(one, why)| format!("{} has no shares of variance: {why}.", one.label)).collect()
    }
}
