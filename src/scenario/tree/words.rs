//! What a file says in words only: no answer depends on it.

use std::collections::BTreeSet;

/// What bears on numbers, where that is not a matter of the file alone.
#[derive(Clone, Debug, Default)]
pub struct Bearing {
    /// The variants that are run.
    pub variants: BTreeSet<String>,
    /// Whether evidence counts.
    pub evidence: bool,
}

/// Keys of an element that are words, by its section.
const OF_ELEMENTS: [&str; 7] = ["label", "short", "unit", "resolves", "source", "state_labels", "note"];
const OF_EVIDENCE: [&str; 4] = ["text", "publisher", "url", "source"];

/// Whether no answer depends on what stands under a path of keys.
pub(super) fn is_words(path: &[&str], bearing: &Bearing) -> bool {
    match path {
        ["scenario" | "claims" | "decisions" | "foretell", ..] => true,
        ["variants", name, rest @ ..] => {
            !bearing.variants.contains(*name) || rest.first().is_some_and(|key| OF_ELEMENTS.contains(key))
        }
        ["evidence", ..] if !bearing.evidence => true,
        ["evidence", _, key, ..] => OF_EVIDENCE.contains(key),
        ["theories", _, "outcomes", _, key, ..] => OF_ELEMENTS.contains(key),
        [_, _, key, ..] => OF_ELEMENTS.contains(key),
        _ => false,
    }
}
