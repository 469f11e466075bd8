//! What is found wrong with a network, and how it is said.

use super::blocks::Word;
use crate::diagnostic::{Diagnostic, Diagnostics, Hint, MOST_SHOWN, did_you_mean};

/// The most messages about one file: what is wrong a hundred times is understood after some.
const MOST_MESSAGES: usize = MOST_SHOWN - 1;

/// Messages so far.
pub(super) struct Findings {
    pub problems: Diagnostics,
    /// How many rows were divided by their sums.
    pub normalised: usize,
    /// A suggestion compares with every name, so that no more are made than can be shown.
    suggestions: usize,
}

impl Findings {
    pub fn new() -> Findings {
        Findings { problems: Diagnostics::new(), normalised: 0, suggestions: 0 }
    }

    pub fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// "Did you mean …?", if something is near.
    pub fn suggest<'a>(&mut self, written: &Word, names: impl IntoIterator<Item = &'a str>) -> Option<Hint> {
        self.suggestions += 1;
        if self.suggestions > 2 * MOST_MESSAGES {
            return None;
        }
        did_you_mean(&written.text, names).map(|near| Hint::meant(written.span, &written.text, near))
    }

    /// All messages, with one about the rows that were divided by their sums.
    pub fn finish(mut self) -> Diagnostics {
        let rows = match self.normalised {
            0 => return self.problems,
            1 => "1 row of probabilities does".to_string(),
            count => format!("{count} rows of probabilities do"),
        };
        let message =
            format!("{rows} not sum to 1 exactly, as rounded numbers do, and were divided by their sums");
        self.problems.push(Diagnostic::warning("network-normalised", message));
        self.problems
    }
}

/// The first messages, and how many are left out.
pub(super) fn shortened(found: Diagnostics) -> Diagnostics {
    let mut list: Vec<Diagnostic> = found.into_iter().collect();
    let hidden = list.split_off(MOST_MESSAGES.min(list.len()));
    if let Some(first) = hidden.first() {
        let message = format!("{} more problems are not shown", hidden.len());
        let mut more = Diagnostic::error("network-more", message)
            .hint("mend the first ones: the others may follow from them");
        // Warnings that are too many do not make an error.
        more.severity = hidden.iter().map(|one| one.severity).min().unwrap_or(more.severity);
        if let Some(place) = first.span() {
            more = more.at(place, "the next one");
        }
        list.push(more);
    }
    let mut short = Diagnostics::new();
    short.extend(list);
    short
}

/// A name given a second time.
pub(super) fn twice(second: &Word, first: &Word, what: &str) -> Diagnostic {
    Diagnostic::error("network-duplicate", format!("the {what} {} is given twice", shown(&second.text)))
        .at(second.span, "again")
        .at(first.span, "first given here")
        .hint("take one of them out, or rename it")
}

/// A name as messages show it.
pub(super) fn shown(name: &str) -> String {
    format!("`{}`", name.escape_debug())
}

/// `1 state`, `2 states`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
