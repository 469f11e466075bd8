//! Quotes, checked against the words of the source.

use crate::diagnostic::Diagnostic;
use crate::scenario::{Document, Located, Origin};

/// Reports every quote that the source's text does not hold; white space and letter case do not count.
pub(super) fn check(document: &Document, text: &str) -> Vec<Diagnostic> {
    let source = plain(text);
    quotes(document).into_iter().filter(|quote| !source.contains(&plain(&quote.value))).map(missing).collect()
}

fn quotes(document: &Document) -> Vec<&Located<String>> {
    let factors = document.factors.iter().map(|one| &one.origin);
    let derived = document.derived.iter().map(|one| &one.origin);
    let events = document.events.iter().map(|one| &one.origin);
    let outcomes = document.outcomes.iter().map(|one| &one.origin);
    let claims = document.claims.iter().map(|one| &one.origin);
    let theories = document.theories.iter().flat_map(|one| {
        std::iter::once(&one.origin).chain(one.outcomes.iter().map(|outcome| &outcome.origin))
    });
    let decisions = document.decisions.iter().flat_map(|one| {
        let tests = one.trials.iter().map(|trial| &trial.origin);
        std::iter::once(&one.origin).chain(one.options.iter().map(|option| &option.origin)).chain(tests)
    });
    let variants = document.variants.iter().map(|one| &one.origin);
    let all = factors
        .chain(derived)
        .chain(events)
        .chain(outcomes)
        .chain(theories)
        .chain(claims)
        .chain(variants)
        .chain(decisions);
    all.flatten().filter_map(|origin: &Origin| origin.quote.as_ref()).collect()
}

fn plain(text: &str) -> String {
    let straight = text.replace(['’', '‘'], "'").replace(['“', '”'], "\"");
    straight.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn missing(quote: &Located<String>) -> Diagnostic {
    Diagnostic::error("quote", "the source does not hold this quote")
        .at(quote.span, "not found in the source's text")
        .hint("quote the source's very words, or use `note` for a paraphrase")
}
