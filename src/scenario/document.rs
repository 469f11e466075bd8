//! What a scenario file says, section by section, with the place of everything.

use std::collections::{BTreeMap, BTreeSet};

use super::decision::Decision;
use super::facts::Header;
use super::sections::{
    Category, ClaimEntry, Correlation, Derived, Event, EvidenceEntry, Factor, Outcome, Theory, Variant,
};
use super::value::{Attachment, Value, attachments_of};
use crate::diagnostic::SourceId;
use crate::expression::Expr;

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
    /// Every expression with an address, in the order of the file.
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
