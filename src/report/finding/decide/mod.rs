//! What is best to do, and what it is worth to know more, as a page.

#[cfg(feature = "charts")]
mod figures;
mod knowledge;
mod sentences;
mod tables;

#[cfg(feature = "charts")]
pub use figures::{information, options};

use crate::analysis::decide::{DecideFinding, DecisionFinding, TestFinding};
use crate::report::page::{Detail, Footnote, Page};
use crate::report::paged::{Paged, View};
use crate::report::prose::{capitalised, conditions, draws, headed, left_out, origin, quoted, stem};
use crate::session::Facts;
use knowledge::is_told;
use sentences::{first, lead};

impl Paged for DecideFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts, detail: view.detail };
        let mut page = match view.detail {
            Detail::Brief => about.brief(),
            Detail::Screen | Detail::Normal | Detail::Full => about.whole(),
        };
        #[cfg(feature = "charts")]
        if view.has_figures {
            figures::add(&mut page, self, facts);
        }
        page.main = about.main();
        page
    }
}

/// As many things as a screen holds, and as are told where not everything is asked for.
const KNOWN: (usize, usize) = (4, 16);
/// As many results of a test as a screen holds, and as are told where not everything is asked for.
const RESULTS: (usize, usize) = (4, 16);

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a DecideFinding,
    facts: &'a Facts,
    detail: Detail,
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
        let mut page = headed(&self.facts.scenario);
        page.lead.extend(conditions(&self.facts.run).map(|text| capitalised(&text)));
        self.found.decisions.iter().for_each(|one| self.decision(one, &mut page));
        page.foot.push(self.summary());
        page.footnote = Some(Footnote {
            name: format!("{}-decide", stem(&self.facts.scenario.file)),
            text: origin(self.facts),
        });
        page
    }

    fn decision(&self, one: &DecisionFinding, page: &mut Page) {
        page.sentence(format!("{}.", self.opening(one)));
        page.table(self.options(one));
        if self.detail != Detail::Screen {
            page.note(self.about_options());
        }
        page.table(self.information(one, self.most(KNOWN)));
        if self.detail != Detail::Screen {
            page.note(self.about_information(one));
        }
        if self.detail != Detail::Screen || one.tests.len() > 1 {
            page.table(self.tests(one));
        }
        if let Some(text) = first(one) {
            page.sentence(format!("{text}."));
        }
        for test in one.tests.iter().filter(|test| self.is_shown(one, test)) {
            page.table(self.results(one, test, self.most(RESULTS)));
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

    fn most(&self, (screen, normal): (usize, usize)) -> usize {
        match self.detail {
            Detail::Brief | Detail::Screen => screen,
            Detail::Normal => normal,
            Detail::Full => usize::MAX,
        }
    }

    /// On a screen the results of the test with which it is best to begin.
    fn is_shown(&self, one: &DecisionFinding, test: &TestFinding) -> bool {
        one.first.as_ref() == Some(&test.id) || self.detail != Detail::Screen
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
        let more = match self.detail {
            Detail::Screen => ". -v: all that could be known",
            _ => "",
        };
        let parts = [Some(draws(&self.facts.run)), left_out(&self.facts.void, self.facts.run.draws)];
        capitalised(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")) + more
    }
}
