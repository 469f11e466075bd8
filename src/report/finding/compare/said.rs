//! The answer in a sentence, and edits in few words.

use super::About;
use crate::analysis::compare::{ChangeKind, ComparedAnswer, EditFinding, Measure};
use crate::report::number::{difference, estimate, general, general_difference};
use crate::report::wrapping::plain;

/// The longest text that stands in a table of a page.
const LONGEST: usize = 60;

/// A text on one line, without its middle if it is long.
pub(super) fn shortened(text: &str) -> String {
    let text = plain(text);
    let count = text.chars().count();
    if count <= LONGEST {
        return text;
    }
    let half = (LONGEST - 3) / 2;
    let head: String = text.chars().take(half).collect();
    let tail: String = text.chars().skip(count - half).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

/// A label as it is named in a sentence.
pub(super) fn quoted(label: &str) -> String {
    format!("“{}”", plain(label))
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
        ChangeKind::Added => format!("{} (new)", one.address),
        ChangeKind::Removed => format!("{} (gone)", one.address),
        ChangeKind::Changed => one.address.clone(),
    });
    match edit.changes.len() {
        0 | 1 => first,
        2 => format!("{first} and {}", edit.changes[1].address),
        more => format!("{first} and {} more", more - 1),
    }
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

impl About<'_> {
    /// The answer.
    pub(super) fn sentence(&self) -> String {
        let found = self.found;
        if found.same {
            return match found.words.is_empty() {
                true => "The files say the same: no answer moves.".into(),
                false => "The files say the same in all that answers depend on: no answer moves.".into(),
            };
        }
        let Some((at, answer)) = self.farthest() else {
            let comma = format!("From {} to {}", found.before, found.after);
            return format!("{comma}, no answer moves as far as can be told.");
        };
        let (from, to) = self.ends(answer);
        let verb = if answer.difference.value > 0.0 { "rises" } else { "falls" };
        let moved = format!("From {} to {}, {} {verb} from {from} to {to}", found.before, found.after, quoted(&answer.label));
        format!("{moved}{}.", self.by(at, answer))
    }

    /// The answer that moves most, if one is known to move: of probabilities if any moves, else of means by their errors' measure.
    pub(super) fn farthest(&self) -> Option<(usize, &ComparedAnswer)> {
        let is_moved = |one: &ComparedAnswer| {
            let (low, high) = one.difference.interval;
            one.difference.value != 0.0 && low * high > 0.0
        };
        let moved: Vec<_> = self.common().into_iter().filter(|one| is_moved(one.1)).collect();
        let of = |measure: Measure| moved.iter().copied().filter(move |one| one.1.measure == measure);
        let by = |a: &(usize, &ComparedAnswer), b: &(usize, &ComparedAnswer)| {
            size(b.1).total_cmp(&size(a.1)).then(a.0.cmp(&b.0))
        };
        of(Measure::Probability).min_by(by).or_else(|| of(Measure::Mean).min_by(by))
    }

    /// An answer before and after, in words.
    pub(super) fn ends(&self, answer: &ComparedAnswer) -> (String, String) {
        let shown = |one: Option<crate::analysis::estimated::Figure>| match (one, answer.measure) {
            (Some(one), Measure::Probability) => estimate(&one, self.facts.run.decimals),
            (Some(one), Measure::Mean) => general(one.value),
            (None, _) => String::new(),
        };
        (shown(answer.before), shown(answer.after))
    }

    /// How much an edit adds to an answer, in words.
    pub(super) fn added(&self, answer: &ComparedAnswer, effect: f64) -> String {
        match answer.measure {
            Measure::Probability => difference(effect, self.facts.run.decimals),
            Measure::Mean => general_difference(effect),
        }
    }

    /// Which edit moved an answer most.
    fn by(&self, at: usize, answer: &ComparedAnswer) -> String {
        let whole = answer.difference.value;
        let effect = |edit: &EditFinding| edit.effects.get(at).map_or(f64::NAN, |one| one.value.value);
        let sized = self.found.edits.iter().filter(|one| effect(one).is_finite());
        let Some(most) = sized.max_by(|a, b| (effect(a) * whole).total_cmp(&(effect(b) * whole))) else {
            return String::new();
        };
        let unit = if answer.measure == Measure::Probability { " points" } else { "" };
        let added = format!("{}{unit}", self.added(answer, effect(most)));
        let name = called(most);
        if self.found.edits.len() == 1 {
            let edit = if most.changes.len() == 1 { "the edit" } else { "the edits" };
            return format!(", by {edit} of {name} ({added})");
        }
        match effect(most) / whole {
            share if share > 0.5 => format!("; most of that ({added}) is the edit of {name}"),
            share if share > 0.0 => format!("; the most of that ({added}) that one edit adds is that of {name}"),
            _ => String::new(),
        }
    }
}

/// How far an answer moves: of means in units of their size, which makes them comparable.
fn size(answer: &ComparedAnswer) -> f64 {
    let scale = match answer.measure {
        Measure::Probability => 1.0,
        Measure::Mean => [answer.before, answer.after]
            .into_iter()
            .flatten()
            .map(|one| one.value.abs())
            .fold(f64::MIN_POSITIVE, f64::max),
    };
    answer.difference.value.abs() / scale
}
