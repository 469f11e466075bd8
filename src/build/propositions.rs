//! Propositions that a question is about.

use super::constants;
use super::names::Names;
use super::place::{Place, Randomness};
use super::resolver::Resolver;
use super::truths::Truths;
use crate::diagnostic::Diagnostics;
use crate::distribution::Cache;
use crate::expression::Expr;
use crate::limits::{Limits, Meter};
use crate::model::Term;
use crate::scenario::{Attachments, Document, Override};

/// What expressions mean in the model of a document: propositions over anything, the outcome too.
///
/// # Errors
/// Everything that is wrong with them.
///
/// ```
/// use foretell::diagnostic::{SourceFile, SourceId};
/// use foretell::{build, scenario};
/// let (document, _) = scenario::parse(&SourceFile::new("x.toml", "[factors.oil]\nvalue = 'beta(2, 5)'\n"));
/// let meant = |text: &str| {
///     let expr = scenario::parse_given(&SourceFile::new("", text), SourceId(1)).unwrap();
///     build::propositions(&document, &Default::default(), &[], &[&expr])
/// };
/// assert_eq!(meant("oil > 0.5").map(|terms| terms.len()), Ok(1));
/// assert!(meant("gas > 0.5").is_err());
/// ```
pub fn propositions(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    exprs: &[&Expr],
) -> Result<Vec<Term>, Diagnostics> {
    // What is wrong with the document itself is told where its model is built.
    let mut told = Diagnostics::new();
    let names = Names::collect(document, &mut told);
    let (document, _) = constants::replace(document, overrides, &names, &mut told);
    let (meter, cache) = (Meter::new(Limits::none()), Cache::new());
    let truths = Truths::of(&document, &names, overrides);
    let mut resolver = Resolver::new(&names, attachments, &document, &meter, &cache, truths);
    let place = Place { address: "", randomness: Randomness::No("a proposition"), outcomes: true };
    let terms: Option<Vec<Term>> = exprs.iter().map(|expr| resolver.truth(expr, &place)).collect();
    match terms {
        Some(terms) if !resolver.found.has_errors() => Ok(terms),
        _ => Err(resolver.found),
    }
}
