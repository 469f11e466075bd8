//! The stories of the outcomes, or one draw step by step, as a page.

mod draw;
#[cfg(feature = "charts")]
mod figure;
mod sentences;
mod stories;
mod telling;

#[cfg(feature = "charts")]
pub use figure::figure;

use super::screenful::screenful;
use crate::analysis::explain::ExplainFinding;
use crate::report::page::{Detail, Page};
use crate::report::paged::{Paged, View};
use crate::report::prose::{capitalised, left_out, opened};
use crate::session::Facts;

impl Paged for ExplainFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts };
        let page = |rows: usize| {
            let mut page = match view.detail {
                Detail::Brief => Page::default(),
                _ => about.opened(),
            };
            match &self.draw {
                Some(draw) => about.draw(draw, view.detail, rows, &mut page),
                None => about.stories(view.detail, rows, &mut page),
            }
            page
        };
        let page = if view.detail == Detail::Screen { screenful(ROWS, page) } else { page(ROWS) };
        #[cfg(feature = "charts")]
        let mut page = page;
        #[cfg(feature = "charts")]
        if let Some(figure) = figure(self, facts).filter(|_| view.has_figures) {
            page.figure("explain", figure);
        }
        page
    }
}

/// As many rows as a screen has at the most.
const ROWS: usize = 6;

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a ExplainFinding,
    facts: &'a Facts,
}

impl About<'_> {
    fn opened(&self) -> Page {
        let mut page = opened(self.facts, "explain");
        page.foot
            .extend(left_out(&self.facts.void, self.facts.run.draws).map(|text| capitalised(&text) + "."));
        page
    }
}
