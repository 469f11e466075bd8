//! Variants: the model of a scenario under a named what-if.

use super::address::{self, Target};
use super::assembly::{build, build_within};
use super::names::Names;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::distribution::Cache;
use crate::limits::{Exceeded, Limits};
use crate::model::Model;
use crate::scenario::{Attachments, Document, Override, Variant};

/// Understands a document as `variant` changes it: as [`build`] does with the variant's values set before `overrides` and
/// with what is learned in it learned before what the document holds. Whoever comes later wins.
pub fn build_variant(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    variant: &Variant,
) -> (Option<Model>, Diagnostics) {
    let (changed, changes) = changed(document, overrides, variant);
    with_repeated(build(&changed, attachments, &changes), document, variant)
}

/// As [`build_variant`], within limits and with a cache.
///
/// # Errors
/// As [`build_within`].
pub fn build_variant_within(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    variant: &Variant,
    cache: &Cache,
    limits: &Limits,
) -> Result<(Option<Model>, Diagnostics), Exceeded> {
    let (changed, changes) = changed(document, overrides, variant);
    Ok(with_repeated(build_within(&changed, attachments, &changes, cache, limits)?, document, variant))
}

/// The document with what the variant learns, and all overrides with what it sets.
fn changed(document: &Document, overrides: &[Override], variant: &Variant) -> (Document, Vec<Override>) {
    let given = variant.given.iter().map(|one| one.value.clone()).chain(document.given.clone()).collect();
    let own = variant.set.iter().map(|one| one.value.clone());
    (Document { given, ..document.clone() }, own.chain(overrides.iter().cloned()).collect())
}

fn with_repeated(
    (model, mut found): (Option<Model>, Diagnostics),
    document: &Document,
    variant: &Variant,
) -> (Option<Model>, Diagnostics) {
    found.extend(repeated(document, variant));
    found.sort();
    (model.filter(|_| !found.has_errors()), found)
}

/// The errors of values that one variant sets twice, or of which it also sets a number: the order of keys in a table should
/// not matter.
fn repeated(document: &Document, variant: &Variant) -> Vec<Diagnostic> {
    let names = Names::collect(document, &mut Diagnostics::new());
    let mut known: Vec<(Target, Span)> = Vec::new();
    let mut found = Vec::new();
    for change in &variant.set {
        let written = &change.value.address;
        let Ok(target) = address::find(written, &names, document) else { continue };
        let is_again = |other: &Target| {
            let is_number = |one: &Target| one.number.is_some();
            other.value == target.value
                && (other.number == target.number || !is_number(other) || !is_number(&target))
        };
        match known.iter().find(|(other, _)| is_again(other)) {
            Some((_, before)) => found.push(
                Diagnostic::error(
                    "set-twice",
                    format!("`{}` sets `{}` twice", variant.name.text, target.value),
                )
                .at(written.span, "set here again")
                .at(*before, "set here first")
                .hint("keep one of the two"),
            ),
            None => known.push((target, written.span)),
        }
    }
    found
}
