//! Variants: the model of a scenario under a named what-if.

use std::collections::BTreeMap;

use super::names::Names;
use super::{Model, build, overrides};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::scenario::{Attachments, Document, Override, Variant};

/// Understands a document as `variant` changes it: as [`build`] does with the variant's values set before `overrides` and
/// with what is learned in it learned before what the document holds. Whoever comes later wins.
pub fn build_variant(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    variant: &Variant,
) -> (Option<Model>, Diagnostics) {
    let given = variant.given.iter().map(|one| one.value.clone()).chain(document.given.clone()).collect();
    let own = variant.set.iter().map(|one| one.value.clone());
    let changes: Vec<Override> = own.chain(overrides.iter().cloned()).collect();
    let changed = Document { given, ..document.clone() };
    let (model, mut found) = build(&changed, attachments, &changes);
    found.extend(repeated(document, variant));
    found.sort();
    (model.filter(|_| !found.has_errors()), found)
}

/// The errors of values that one variant sets twice: the order of keys in a table should not matter.
fn repeated(document: &Document, variant: &Variant) -> Vec<Diagnostic> {
    let names = Names::collect(document, &mut Diagnostics::new());
    let mut known: BTreeMap<String, Span> = BTreeMap::new();
    let mut found = Vec::new();
    for change in &variant.set {
        let written = &change.value.address;
        let Ok(address) = overrides::address(written, &names, document) else { continue };
        if let Some(before) = known.insert(address.clone(), written.span) {
            found.push(
                Diagnostic::error("set-twice", format!("`{}` sets `{address}` twice", variant.name.text))
                    .at(written.span, "set here again")
                    .at(before, "set here first")
                    .hint("keep one of the two"),
            );
        }
    }
    found
}
