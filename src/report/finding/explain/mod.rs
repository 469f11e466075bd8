//! The stories of the outcomes, or one draw step by step, as a page.

mod draw;
#[cfg(feature = "charts")]
mod figure;
mod sentences;
mod stories;
mod telling;

#[cfg(feature = "charts")]
pub use figure::figure;

use crate::analysis::explain::ExplainFinding;
use crate::report::page::{Detail, Footnote, Page};
use crate::report::paged::{Paged, View};
use crate::report::prose::{capitalised, conditions, headed, left_out, origin, stem};
use crate::session::Facts;

impl Paged for ExplainFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts };
        let mut page = match view.detail {
            Detail::Brief => Page::default(),
            _ => about.headed(),
        };
        match &self.draw {
            Some(draw) => about.draw(draw, view.detail, &mut page),
            None => about.stories(view.detail, &mut page),
        }
        #[cfg(feature = "charts")]
        if let Some(figure) = figure(self, facts).filter(|_| view.has_figures) {
            page.figure("explain", figure);
        }
        page
    }
}

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a ExplainFinding,
    facts: &'a Facts,
}

impl About<'_> {
    fn headed(&self) -> Page {
        let mut page = headed(&self.facts.scenario);
        page.lead.extend(conditions(&self.facts.run).map(|text| capitalised(&text)));
        page.footnote = Some(Footnote {
            name: format!("{}-explain", stem(&self.facts.scenario.file)),
            text: origin(self.facts),
        });
        page.foot
            .extend(left_out(&self.facts.void, self.facts.run.draws).map(|text| capitalised(&text) + "."));
        page
    }
}
