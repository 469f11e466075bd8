//! How a finding becomes a page.

use serde::Serialize;

use super::page::{Detail, Page};
use crate::session::{Answer, Facts};

/// What is told, whole: plain data with a page, which together give every form.
///
/// ```
/// use foretell::report::form::{json, text};
/// use foretell::report::{paged::{Report, View}, written::Written};
/// use foretell::diagnostic::Style;
/// let report = Written::network("pets.toml", 1200, 1);
/// let page = report.page(View::NORMAL);
/// assert_eq!(text::render(&page, 80, Style::Plain), "Wrote pets.toml: 1 200 variables, 1 arc.\n".as_bytes());
/// assert!(json::render(&report).starts_with(b"{\n  \"foretell\": 2"));
/// ```
pub trait Report: Serialize {
    /// What there is to read.
    fn page(&self, view: View) -> Page;
}

/// With the facts of its own run.
impl<F: Paged + Serialize> Report for Answer<F> {
    fn page(&self, view: View) -> Page {
        self.finding.page(&self.facts, view)
    }
}

/// A finding that can be read: it has one page, which every form makes its own.
pub trait Paged {
    /// What there is to read.
    fn page(&self, facts: &Facts, view: View) -> Page;
}

/// How much of a finding its page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// How much is said.
    pub detail: Detail,
    /// Whether there are pictures.
    pub has_figures: bool,
}

impl View {
    /// What most people want, without pictures.
    pub const NORMAL: View = View { detail: Detail::Normal, has_figures: false };
}
