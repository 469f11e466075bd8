//! What a scenario file says, section by section, with the place of everything.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::decision::Decision;
use super::facts::Header;
use super::grid::Grid;
use super::sections::{
    Category, CategoryChance, ClaimEntry, Correlation, Derived, Event, EventChance, EvidenceEntry, Factor,
    Outcome, Theory, Variant,
};
use super::value::{Attachment, Value, attachments_of};
use crate::diagnostic::SourceId;
use crate::expression::{Expr, Ident};

/// A scenario file, read but not yet understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Which source it was read from.
    pub source: SourceId,
    /// `[scenario]`.
    pub header: Header,
    /// `[factors.*]` with numbers, in the order of the file, as all lists here.
    pub factors: Vec<Factor>,
    /// `[factors.*]` with states.
    pub categories: Vec<Category>,
    /// `[derived.*]`.
    pub derived: Vec<Derived>,
    /// `[events.*]`.
    pub events: Vec<Event>,
    /// `[outcomes.*]`.
    pub outcomes: Vec<Outcome>,
    /// `[theories.*]`: theories of what decides the outcome.
    pub theories: Vec<Theory>,
    /// `[[correlations]]`.
    pub correlations: Vec<Correlation>,
    /// `[[claims]]`.
    pub claims: Vec<ClaimEntry>,
    /// `[[evidence]]`.
    pub evidence: Vec<EvidenceEntry>,
    /// `[[decisions]]`.
    pub decisions: Vec<Decision>,
    /// `[variants.*]`.
    pub variants: Vec<Variant>,
    /// What was learned, each as by `--given`: propositions that hold. A file has none.
    pub given: Vec<Expr>,
    /// Files that the scenario names, by the path as written.
    pub attachments: BTreeMap<String, Attachment>,
    /// Addresses of what stands in the file but could not be read: it is not missing, and its error is told already.
    pub unreadable: BTreeSet<String>,
}

/// The contents of attachments, by the path as written; an error is the reason why a file could not be read.
pub type Attachments = BTreeMap<String, Result<String, String>>;

impl Document {
    /// Every expression with an address, in the order of the file, but for the numbers of tables that are texts, which are its
    /// [cells](Document::cells).
    pub fn values(&self) -> Vec<&Value> {
        let factors = self.factors.iter().filter_map(|one| one.value.as_ref());
        let derived = self.derived.iter().filter_map(|one| one.value.as_ref());
        let categories = self.categories.iter().flat_map(Category::values);
        let events = self.events.iter().flat_map(Event::values);
        let outcomes = self.outcomes.iter().flat_map(Outcome::values);
        let mut all: Vec<&Value> =
            factors.chain(categories).chain(derived).chain(events).chain(outcomes).collect();
        all.extend(self.theories.iter().flat_map(Theory::values));
        all.extend(self.decisions.iter().flat_map(Decision::values));
        all.sort_by_key(|value| value.expr.span);
        all
    }

    /// The numbers of tables that are written as texts, each as the expression that it would be in a row of its own.
    pub fn cells(&self) -> impl Iterator<Item = Value> {
        let of_categories = self.categories.iter().filter_map(Category::grid);
        let grids = of_categories.chain(self.events.iter().filter_map(Event::grid));
        grids.flat_map(Grid::rows).flat_map(|row| row.shares.entries).map(|(_, value)| value)
    }

    /// This with tables in rows of their own in place of the texts of those of which one of `addresses` speaks, so that each of their
    /// numbers can be replaced.
    pub fn unfolded<'a>(&self, addresses: impl Iterator<Item = &'a str>) -> Cow<'_, Document> {
        let mut unfolded = Cow::Borrowed(self);
        for address in addresses {
            let mut parts = address.splitn(3, '.');
            let (section, name) = (parts.next(), parts.next());
            let is_meant = |own: &str, ident: &Ident| section == Some(own) && name == Some(&ident.text);
            if let Some(at) = self.categories.iter().position(|one| is_meant("factors", &one.name)) {
                let rows = self.categories[at].grid().map(|grid| grid.rows().collect());
                rows.into_iter().for_each(|rows| {
                    unfolded.to_mut().categories[at].chance = Some(CategoryChance::Table(rows))
                });
            }
            if let Some(at) = self.events.iter().position(|one| is_meant("events", &one.name)) {
                let rows = self.events[at].grid().map(|grid| grid.rows().collect());
                rows.into_iter()
                    .for_each(|rows| unfolded.to_mut().events[at].chance = Some(EventChance::Table(rows)));
            }
        }
        unfolded
    }

    pub(super) fn list_attachments(&self) -> BTreeMap<String, Attachment> {
        let mut found = BTreeMap::new();
        if let Some(text) = &self.header.source.text {
            found.insert(text.value.clone(), Attachment { span: text.span });
        }
        for value in self.values() {
            for (path, attachment) in attachments_of(&value.expr) {
                found.entry(path).or_insert(attachment);
            }
        }
        for change in self.variants.iter().flat_map(|one| &one.set) {
            for (path, attachment) in change.value.attachments() {
                found.entry(path).or_insert(attachment);
            }
        }
        found
    }
}
