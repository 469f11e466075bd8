//! What is best to do, and what it is worth to know more, as a page.

#[cfg(feature = "charts")]
mod figures;
mod knowledge;
mod sentences;
mod tables;

#[cfg(feature = "charts")]
pub use figures::{information, options};

use super::screenful::screenful;
use crate::analysis::decide::{DecideFinding, DecisionFinding, TestFinding};
use crate::diagnostic::number::counted;
use crate::report::page::{Detail, Page};
use crate::report::paged::{Paged, View};
use crate::report::prose::{made, opened, quoted};
use crate::session::Facts;
use knowledge::is_told;
use sentences::{first, lead, worth};

impl Paged for DecideFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let of = |rows: usize| About { found: self, facts, detail: view.detail, rows, brevity: Brevity::All };
        let mut page = match view.detail {
            Detail::Brief => of(usize::MAX).brief(),
            Detail::Screen => screenful(FEW * Brevity::LEVELS.len(), |room| {
                let given_up = FEW * Brevity::LEVELS.len() - room;
                let (brevity, rows) = (Brevity::LEVELS[given_up / FEW], FEW - given_up % FEW);
                About { brevity, ..of(rows) }.whole()
            }),
            Detail::Normal => of(MANY).whole(),
            Detail::Full => of(usize::MAX).whole(),
        };
        #[cfg(feature = "charts")]
        if view.has_figures {
            figures::add(&mut page, self, facts);
        }
        page.main = of(usize::MAX).main();
        page
    }
}

/// As many rows as a table on a screen holds, and as are told where not everything is asked for.
const FEW: usize = 6;
const MANY: usize = 16;

/// What a screen leaves to -v where not everything fits, each with what those before it leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Brevity {
    /// Nothing but rows.
    All,
    /// The table of what knowing things is worth: the most valuable is in a sentence.
    Knowledge,
    /// The table of tests: the one to begin with is in a sentence.
    Tests,
    /// What is best after each result of that test.
    Results,
    /// Options that pay less than others.
    Options,
    /// Decisions after the first ones.
    Decisions,
}

impl Brevity {
    const LEVELS: [Brevity; 6] = [
        Brevity::All,
        Brevity::Knowledge,
        Brevity::Tests,
        Brevity::Results,
        Brevity::Options,
        Brevity::Decisions,
    ];
}

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a DecideFinding,
    facts: &'a Facts,
    detail: Detail,
    /// As many rows as a table has.
    rows: usize,
    /// What is left to -v.
    brevity: Brevity,
}

impl About<'_> {
    fn brief(&self) -> Page {
        let mut page = Page::default();
        self.found.decisions.iter().for_each(|one| {
            page.table(self.options(one));
        });
        page
    }

    fn whole(&self) -> Page {
        let mut page = opened(self.facts, "decide");
        self.decisions().iter().for_each(|one| self.decision(one, &mut page));
        page.foot.push(self.summary());
        page
    }

    /// The decisions that are told.
    fn decisions(&self) -> &[DecisionFinding] {
        let most = if self.brevity == Brevity::Decisions { self.rows } else { usize::MAX };
        &self.found.decisions[..self.found.decisions.len().min(most)]
    }

    fn decision(&self, one: &DecisionFinding, page: &mut Page) {
        page.sentence(format!("{}.", self.opening(one)));
        page.table(self.options(one));
        if self.detail != Detail::Screen {
            page.note(self.about_options());
        }
        let is_screen = self.detail == Detail::Screen;
        let is_short = self.brevity >= Brevity::Knowledge || self.known(one).count() == 1;
        let only = worth(one).filter(|_| is_screen && is_short);
        if only.is_none() && self.brevity < Brevity::Knowledge {
            page.table(self.information(one));
        }
        if !is_screen {
            page.note(self.about_information(one));
        }
        if !is_screen || (one.tests.len() > 1 && self.brevity < Brevity::Tests) {
            page.table(self.tests(one));
        }
        let said: Vec<String> =
            [first(one), only].into_iter().flatten().map(|text| format!("{text}.")).collect();
        if !said.is_empty() {
            page.sentence(said.join(" "));
        }
        for test in one.tests.iter().filter(|test| self.is_shown(one, test)) {
            page.table(self.results(one, test));
        }
        if self.detail == Detail::Full {
            page.table(self.methods(one));
        }
    }

    /// Of several decisions each is named.
    fn opening(&self, one: &DecisionFinding) -> String {
        match &self.found.decisions[..] {
            [_] => lead(one),
            _ => format!("{} {}", quoted(&one.label).replace('”', ":”"), lead(one)),
        }
    }

    /// On a screen the results of the test with which it is best to begin, unless several decisions share it.
    fn is_shown(&self, one: &DecisionFinding, test: &TestFinding) -> bool {
        let is_first = one.first.as_ref() == Some(&test.id) && self.found.decisions.len() == 1;
        self.detail != Detail::Screen || (is_first && self.brevity < Brevity::Results)
    }

    fn about_options(&self) -> String {
        format!(
            "P5, P50, P95: what may come of it. Best: how probable it is that no other option will turn out to have been better. \
             Regret: how much better the best one turns out to have been, in expectation.{}",
            match self.facts.run.exact {
                true => "",
                false => " ±: the sampling error, half of the 90 % interval.",
            }
        )
    }

    fn about_information(&self, one: &DecisionFinding) -> String {
        let idle = one.information.iter().filter(|known| !is_told(known)).count();
        let idle = match idle {
            0 => String::new(),
            1 => " One more thing can't be told to be worth anything.".into(),
            count => format!(" {count} more things can't be told to be worth anything."),
        };
        let untold = match &one.untold[..] {
            [] => String::new(),
            names => format!(" Not told of {}: chance has a part in its value.", names.join(", ")),
        };
        format!(
            "Worth: how much better the option that is then taken is in expectation, than the one that is best without knowing. It \
             is what one would pay at most to be told.{idle}{untold}"
        )
    }

    fn summary(&self) -> String {
        if self.detail != Detail::Screen {
            return made(self.facts);
        }
        let left_out = |count: usize, what: &str| (count > 0).then(|| counted(count as u64, what));
        let options = self.decisions().iter().map(|one| one.options.len() - self.best_first(one).len()).sum();
        let decisions = self.found.decisions.len() - self.decisions().len();
        let has_results =
            self.brevity >= Brevity::Results && self.decisions().iter().any(|one| one.first.is_some());
        let more = [
            left_out(options, "more option"),
            left_out(decisions, "more decision"),
            has_results.then(|| "what to take after each result of a test".into()),
            Some("all that could be known".into()),
        ];
        format!(
            "{}. -v: {}",
            made(self.facts),
            more.into_iter().flatten().collect::<Vec<String>>().join(", ")
        )
    }
}
