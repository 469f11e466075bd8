//! Edits in few words.

use crate::analysis::compare::{Change, ChangeKind, ComparedAnswer, EditFinding, Measure, Said};
use crate::report::prose::named;
use crate::report::wrapping::plain;

/// The longest text that stands in a table of a page.
const LONGEST: usize = 60;

/// What a change says before and after: whole if it is short, else where the two differ.
pub(super) fn apart(change: &Change) -> (Option<String>, Option<String>) {
    let text = |said: &Option<Said>| said.as_ref().map(|one| bare(&one.text));
    match (text(&change.before), text(&change.after)) {
        (Some(before), Some(after)) if before.len().max(after.len()) > LONGEST => {
            let (one, other) = around(&before, &after);
            (Some(one), Some(other))
        }
        (before, after) => (before.map(|one| cut(&one)), after.map(|one| cut(&one))),
    }
}

/// A value on one line, without the quotes of the file.
fn bare(text: &str) -> String {
    let text = plain(text);
    for quotes in ["\"\"\"", "'''", "\"", "'"] {
        let inner = text.strip_prefix(quotes).and_then(|rest| rest.strip_suffix(quotes));
        if let Some(inner) = inner.filter(|one| !one.contains(quotes)) {
            return inner.trim().to_string();
        }
    }
    text
}

/// How much of what two texts have in common is left beside what they differ in.
const BESIDE: usize = 12;

/// Two texts where they differ.
fn around(one: &str, other: &str) -> (String, String) {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count().min(most);
    let (from, rest) = (head.saturating_sub(BESIDE), tail.saturating_sub(BESIDE));
    let part = |text: &[char]| {
        let inner: String = text[from..text.len() - rest].iter().collect();
        let [before, after] = [from, rest].map(|cut| if cut > 0 { "…" } else { "" });
        cut(&format!("{before}{}{after}", inner))
    };
    (part(&a), part(&b))
}

/// A text without its middle if it is long.
fn cut(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST {
        return text.into();
    }
    let half = (LONGEST - 3) / 2;
    let head: String = text.chars().take(half).collect();
    let tail: String = text.chars().skip(count - half).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

/// An address as `--set` takes it: of a factor, a derived value or an event its name alone.
pub(super) fn short(address: &str) -> String {
    let parts: Vec<&str> = address.split('.').collect();
    match parts[..] {
        ["factors" | "derived", name, "value"] | ["events", name, "probability"] => name.into(),
        _ => address.into(),
    }
}

/// The lines on which a change stands in both files.
pub(super) fn lines(change: &Change) -> String {
    let line = |said: &Option<Said>| {
        let place = said.as_ref()?.place.rsplit(':').nth(1)?;
        Some(place.to_string())
    };
    match (line(&change.before), line(&change.after)) {
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (Some(before), None) => format!("{before} →"),
        (None, Some(after)) => format!("→ {after}"),
        (None, None) => String::new(),
    }
}

/// Names with commas and a last "and".
pub(super) fn list(names: &[String]) -> String {
    match names {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// An edit in few words.
pub(super) fn called(edit: &EditFinding) -> String {
    let first = edit.changes.first().map_or(String::new(), |one| match one.kind {
        ChangeKind::Added => format!("{} (new)", thing(one)),
        ChangeKind::Removed => format!("{} (gone)", thing(one)),
        ChangeKind::Changed => thing(one),
    });
    match edit.changes.len() {
        0 | 1 => first,
        2 => format!("{first} and {}", thing(&edit.changes[1])),
        more => format!("{first} and {} more", more - 1),
    }
}

/// What a change is about: as people call it, else its address.
fn thing(change: &Change) -> String {
    change.label.as_ref().map_or_else(|| short(&change.address), |label| named(label))
}

/// All addresses of an edit.
pub(super) fn called_whole(edit: &EditFinding) -> String {
    edit.addresses.join("; ")
}

/// What the first scenario says, of all changes of an edit.
pub(super) fn old(edit: &EditFinding) -> String {
    texts(edit.changes.iter().map(|one| one.before.as_ref().map(|said| said.text.as_str())))
}

/// What the second scenario says, of all changes of an edit.
pub(super) fn new(edit: &EditFinding) -> String {
    texts(edit.changes.iter().map(|one| one.after.as_ref().map(|said| said.text.as_str())))
}

fn texts<'a>(all: impl Iterator<Item = Option<&'a str>>) -> String {
    all.map(|one| one.unwrap_or_default()).collect::<Vec<_>>().join("; ")
}

/// The size of an answer, which makes the moves of means comparable: 1 for a probability.
pub(super) fn scale(answer: &ComparedAnswer) -> f64 {
    let ends = [answer.before, answer.after].into_iter().flatten().map(|one| one.value.abs());
    match answer.measure {
        Measure::Probability => 1.0,
        Measure::Mean => ends.fold(f64::MIN_POSITIVE, f64::max),
    }
}
