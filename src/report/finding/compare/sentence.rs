//! The answer in a sentence.

use super::said::{called, scale};
use super::{About, called as side};
use crate::analysis::compare::{ComparedAnswer, EditFinding, Measure};
use crate::analysis::estimated::Figure;
use crate::report::number::{difference, estimate, general_difference, quantity, with_unit};
use crate::report::prose::quoted;

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
            let ends = format!("Moving from {} to {}", side(&found.before), side(&found.after));
            return format!("{ends}, no answer moves as far as can be told.");
        };
        let (from, to) = self.ends(answer);
        let verb = if answer.difference.value > 0.0 { "rises" } else { "falls" };
        let ends = format!("Moving from {} to {}", side(&found.before), side(&found.after));
        let moved = format!("{ends}, {} {verb} from {from} to {to}", quoted(&answer.label));
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
        let shown = |one: Option<Figure>| match (one, answer.measure) {
            (Some(one), Measure::Probability) => estimate(&one, self.facts.run.decimals),
            (Some(one), Measure::Mean) => with_unit(&quantity(&one), answer.unit.as_deref()),
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
            share if share > 0.0 => format!("; the largest part of that ({added}) is the edit of {name}"),
            _ => String::new(),
        }
    }
}

/// How far an answer moves: of means in units of their size.
fn size(answer: &ComparedAnswer) -> f64 {
    // Rounding decides nothing: of equal ones the first is told.
    (1e9 * answer.difference.value.abs() / scale(answer)).round()
}
