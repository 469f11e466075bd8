//! Scenarios between two scenarios.

use std::collections::BTreeSet;

use crate::build;
use crate::diagnostic::{Diagnostics, SourceFile, Sources};
use crate::distribution::Cache;
use crate::limits::{Exceeded, Limits};
use crate::model::Model;
use crate::scenario::{Attachments, Document, Override};
use crate::session::changes::Changes;
use crate::session::evidence;

/// What makes scenarios between two scenarios.
pub(super) trait Between {
    /// The model in which some of the changes are done; nothing if that is no sound scenario.
    ///
    /// # Errors
    /// An interruption, or a lack of memory.
    fn model(&self, done: &[bool]) -> Result<Option<Model>, Exceeded>;
}

/// The model of a document under what flags say.
pub(super) fn understood(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    changes: &Changes,
    (cache, limits): (&Cache, &Limits),
) -> Result<Option<Model>, Exceeded> {
    let (model, mut found) = build::build_within(document, attachments, overrides, cache, limits)?;
    let Some(mut model) = model.filter(|_| !found.has_errors()) else { return Ok(None) };
    select(&mut model, document, changes, &mut found);
    Ok(Some(model).filter(|_| !found.has_errors()))
}

fn select(model: &mut Model, document: &Document, changes: &Changes, found: &mut Diagnostics) {
    let ids = ids(document);
    let mut nowhere = Sources::new(SourceFile::new("", ""));
    evidence::select(model, &fitting(changes, &ids, &BTreeSet::new(), true), &mut nowhere, found);
}

/// The ids of a document's evidence.
pub(super) fn ids(document: &Document) -> BTreeSet<String> {
    document.evidence.iter().map(|one| one.id.text.clone()).collect()
}

/// The changes as they suit a scenario with evidence of these ids: what only the other one has does not count here, and is no
/// mistake. With `is_lenient` nothing is.
pub(super) fn fitting(
    changes: &Changes,
    own: &BTreeSet<String>,
    other: &BTreeSet<String>,
    is_lenient: bool,
) -> Changes {
    let asks = !changes.evidence.is_empty() || changes.until.is_some();
    let is_foreign = |id: &str| !own.contains(id) && (is_lenient || other.contains(id));
    let kept: Vec<String> =
        changes.evidence.iter().filter(|id| id.trim() == "all" || !is_foreign(id.trim())).cloned().collect();
    let has_none = own.is_empty() && (is_lenient || !other.is_empty());
    let is_emptied = kept.is_empty() && !changes.evidence.is_empty();
    match asks && (has_none || is_emptied) {
        true => Changes { evidence: Vec::new(), until: None, ..changes.clone() },
        false => Changes { evidence: kept, ..changes.clone() },
    }
}
