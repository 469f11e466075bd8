//! What leads to what, as a page.

#[cfg(feature = "charts")]
mod figure;
mod sentences;
#[cfg(feature = "charts")]
mod telling;

#[cfg(feature = "charts")]
pub use figure::figure;

use super::screenful::{more, screenful};
use crate::analysis::correlations::Reached;
use crate::analysis::influence::{InfluenceFinding, Link, Sign};
use crate::report::page::{Cell, Column, Detail, Page, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{cut, made, opened};
use crate::report::wrapping::plain;
use crate::session::Facts;
use sentences::lead;

impl Paged for InfluenceFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts };
        let mut page = match view.detail {
            Detail::Brief => about.brief(),
            Detail::Screen => screenful(STRONGEST, |most| about.screen(most)),
            Detail::Normal => about.whole(LINKS),
            Detail::Full => about.whole(usize::MAX),
        };
        #[cfg(feature = "charts")]
        if let Some(figure) = figure(self, facts).filter(|_| view.has_figures) {
            page.figure("influence", figure);
        }
        page.main = about.main();
        page
    }
}

/// As many links as a screen holds.
const STRONGEST: usize = 10;
/// As many columns as a name has there.
const LABEL: usize = 28;
/// As many links as are told where not everything is asked for.
const LINKS: usize = 16;

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a InfluenceFinding,
    facts: &'a Facts,
}

impl About<'_> {
    fn brief(&self) -> Page {
        let mut page = Page::default();
        page.table(self.links(LINKS, false));
        page
    }

    fn whole(&self, most: usize) -> Page {
        let mut page = opened(self.facts, "influence");
        page.sentence(format!("{}.", lead(self.found)));
        page.table(self.links(most, false)).note(self.explanation());
        page.table(self.correlations(usize::MAX));
        page.foot.push(made(self.facts));
        page
    }

    fn screen(&self, most: usize) -> Page {
        let mut page = opened(self.facts, "influence");
        page.sentence(format!("{}.", lead(self.found)));
        page.table(self.links(most, true)).table(self.correlations(most));
        let told = self.found.links.iter().filter(|link| link.sign != Sign::Untold).count();
        let all = [told, self.found.correlations.len()];
        let more = more(all.into_iter().map(|all| all.saturating_sub(most)).sum());
        page.foot
            .push(format!("Share: of the variance of the second, what knowing the first takes away.{more}"));
        page.foot.push(made(self.facts));
        page
    }

    /// All links, strongest first.
    fn strongest(&self) -> Vec<&Link> {
        let mut all: Vec<&Link> = self.found.links.iter().collect();
        let rank = |link: &Link| if link.share.value.is_nan() { -1.0 } else { link.share.value };
        all.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
        all
    }

    fn links(&self, most: usize, is_screen: bool) -> Table {
        let mut table = self.table([
            Column::words("from", "What leads"),
            Column::words("to", "to what"),
            Column::words("sign", "How"),
            Column::percent("share", "share %").with_error(),
        ]);
        let all = self.strongest();
        let told = all.iter().filter(|link| link.sign != Sign::Untold || most > all.len());
        for link in told.take(most) {
            table.row([
                self.label(link.start, is_screen),
                self.label(link.end, is_screen),
                how(link.sign).into(),
                link.share.0.into(),
            ]);
        }
        table
    }

    fn label(&self, at: usize, is_screen: bool) -> Cell {
        let label = &self.found.nodes[at].label;
        if is_screen { cut(&plain(label), LABEL).into() } else { Cell::from(label) }
    }

    fn explanation(&self) -> String {
        let left_out = match self.found.links.iter().filter(|link| link.sign == Sign::Untold).count() {
            0 => String::new(),
            1 => " One link is too weak to tell.".into(),
            count => format!(" {count} links are too weak to tell."),
        };
        let error = match self.facts.run.exact {
            true => "",
            false => " ±: its sampling error, half of the 90 % interval, in points.",
        };
        format!(
            "Share: how much of the variance of the one knowing the other would take away, with all that comes along with it; of \
             what happens or comes true, the variance of whether it does.{error}{left_out}"
        )
    }

    fn correlations(&self, most: usize) -> Table {
        let mut table = self.table([
            Column::words("between", "What goes together"),
            Column::words("and", "with what"),
            Column::correlation("reached", "correlation").with_error(),
        ]);
        for Reached { labels: [a, b], reached, .. } in self.found.correlations.iter().take(most) {
            table.row([a.into(), b.into(), Cell::from(reached.0)]);
        }
        table
    }

    /// A row for each link, with all errors.
    fn main(&self) -> Table {
        let mut table = self.table([
            Column::words("from", "From"),
            Column::words("to", "To"),
            Column::words("sign", "How"),
            Column::percent("share", "share %").with_error(),
        ]);
        for link in &self.found.links {
            table.row([(&link.from).into(), (&link.to).into(), how(link.sign).into(), link.share.0.into()]);
        }
        table
    }

    fn table(&self, columns: impl Into<Vec<Column>>) -> Table {
        Table::new(self.facts.run.decimals, columns)
    }
}

/// How one thing works on another.
fn how(sign: Sign) -> &'static str {
    match sign {
        Sign::Raises => "raises",
        Sign::Lowers => "lowers",
        Sign::Mixed => "both ways",
        Sign::Untold => "can't tell",
    }
}
