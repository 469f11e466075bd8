//! `--variant NAME` and `--all-variants`: the what-ifs that a file names.

use super::changes::Changes;
use crate::analysis::{Variant, VariantFacts};
use crate::build;
use crate::diagnostic::{Diagnostic, Diagnostics, Excerpt, SourceFile, Sources};
use crate::distribution::Cache;
use crate::expression::Ident;
use crate::limits::{Exceeded, Limits};
use crate::scenario::{self, Attachments, Document, Override};

/// The variants that flags name, in the order of the flags.
pub(super) fn chosen(
    names: &[String],
    document: &Document,
    sources: &mut Sources,
    found: &mut Diagnostics,
) -> Vec<scenario::Variant> {
    let mut variants = Vec::new();
    for name in names {
        let source = SourceFile::new("--variant", name);
        let span = Excerpt::verbatim(sources.add(source), 0, name.as_str()).whole();
        match document.variant(&Ident { text: name.clone(), span }) {
            Ok(variant) => variants.push(variant.clone()),
            Err(problem) => found.push(problem),
        }
    }
    variants
}

/// The models of all variants of a file, as far as they are sound; what is wrong with the others goes into `found`.
pub(super) fn models(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    (cache, limits): (&Cache, &Limits),
    found: &mut Diagnostics,
) -> Result<Vec<Variant>, Exceeded> {
    let mut models = Vec::new();
    for variant in &document.variants {
        let (model, more) =
            build::build_variant_within(document, attachments, overrides, variant, cache, limits)?;
        // What is wrong with the file is told already.
        let new: Vec<Diagnostic> =
            more.iter().filter(|one| found.iter().all(|known| known != *one)).cloned().collect();
        let facts = VariantFacts::of(variant, model.as_ref());
        let is_clear = |one: &Diagnostic| one.span().is_some_and(|place| variant.holds(place));
        let told = new.into_iter().map(|one| if is_clear(&one) { one } else { about(&facts, one) });
        found.extend(told.collect::<Vec<_>>());
        models.extend(model.map(|model| Variant { facts, model }));
    }
    found.sort();
    Ok(models)
}

/// Values and propositions of the chosen variants and of the flags, as they would be written after flags.
pub(super) fn written(chosen: &[scenario::Variant], changes: &Changes) -> (Vec<String>, Vec<String>) {
    let set = chosen.iter().flat_map(|one| &one.set).map(|one| one.text.clone());
    let given = chosen.iter().flat_map(|one| &one.given).map(|one| one.text.clone());
    (set.chain(changes.set.iter().cloned()).collect(), given.chain(changes.given.iter().cloned()).collect())
}

/// The error of `--all-variants` for a file without any.
pub(super) fn none() -> Diagnostic {
    Diagnostic::error("unknown-variant", "the file has no variants to compare").hint(
        "add `[variants.some_name]` with `set = { some_factor = 0.9 }` below it, or leave --all-variants out",
    )
}

/// A message with the variant that it is about.
pub(super) fn about(facts: &VariantFacts, message: Diagnostic) -> Diagnostic {
    message.hint(format!("this is about the variant `{}`", facts.id))
}
