//! How edits lead from one scenario's answers to the other's, as a picture.

use super::{About, called, said};
use crate::analysis::compare::{ComparedAnswer, EditFinding};
use crate::chart::{Waterfall, WaterfallEnd, WaterfallPanel, WaterfallStep, Wording};
use crate::report::finding::telling::shown as shown_of;
use crate::report::finding::wording::{noted, wording};
use crate::report::prose::{named, quoted};
use crate::report::wrapping::plain;

/// As many answers as the picture shows: those that move most.
const MOST_PANELS: usize = 3;

/// As many edits as a panel shows by themselves.
const MOST_STEPS: usize = 8;

impl About<'_> {
    /// The answers that move most, each from the one scenario to the other; nothing if none moves.
    pub(super) fn figure(&self) -> Option<Waterfall> {
        let (first, answer) = self.farthest()?;
        let (from, to) = self.ends(answer);
        let verb = if answer.difference.value > 0.0 { "rises" } else { "falls" };
        let mut others: Vec<_> = self.common();
        others.retain(|(at, one)| {
            *at != first && one.measure == answer.measure && one.difference.value.abs() > 0.0
        });
        others.sort_by(|a, b| b.1.difference.value.abs().total_cmp(&a.1.difference.value.abs()));
        let all = others.len() + 1;
        let shown = [(first, answer)].into_iter().chain(others).take(MOST_PANELS);
        let wording = self.wording(format!("{} {verb} from {from} to {to}", quoted(&answer.label)));
        let note =
            shown_of(MOST_PANELS, all, "answers").map(|text| format!("{text}: the ones that move most"));
        Some(Waterfall {
            wording: noted(wording, note),
            panels: shown.map(|(at, one)| self.panel(at, one)).collect(),
        })
    }

    /// Both files stand where else the one does.
    fn wording(&self, title: String) -> Wording {
        let before = plain(&self.found.before.name);
        let [start, end] = [&self.found.before, &self.found.after].map(called);
        // A variant is one of the file itself.
        let after = if self.is_of_file() { end.clone() } else { plain(&self.found.after.name) };
        let start = if self.is_of_file() { "the file as it is".into() } else { start };
        let found =
            wording(self.facts, title, &format!("What each edit adds on the way from {start} to {end}"));
        let file = plain(&self.facts.scenario.file);
        let both = if before == file {
            format!("{file} → {after}")
        } else {
            format!("{file}: {before} → {after}")
        };
        Wording { caption: found.caption.replacen(&file, &both, 1), ..found }
    }

    /// What the ends of the way are called: before a variant stands the file.
    fn ends_called(&self) -> [String; 2] {
        let [start, end] = [&self.found.before, &self.found.after].map(|one| named(&one.label));
        [if self.is_of_file() { "as the file has it".into() } else { start }, end]
    }

    /// Whether a variant is compared with the file itself.
    fn is_of_file(&self) -> bool {
        let (before, after) = (&self.found.before, &self.found.after);
        before.label == before.name && after.label != after.name
    }

    fn panel(&self, at: usize, answer: &ComparedAnswer) -> WaterfallPanel {
        let [start, finish] = self.ends_called();
        let (from, to) = self.ends(answer);
        let end = |label: &str, value: Option<f64>, printed: String| WaterfallEnd {
            label: label.into(),
            value: value.unwrap_or(f64::NAN),
            printed,
        };
        WaterfallPanel {
            label: named(&answer.label),
            before: end(&start, answer.before.map(|one| one.value), from),
            steps: self.steps(at, answer),
            after: end(&finish, answer.after.map(|one| one.value), to),
        }
    }

    /// The edits by the size of what they add, the small ones of many together.
    fn steps(&self, at: usize, answer: &ComparedAnswer) -> Vec<WaterfallStep> {
        let effect = |edit: &EditFinding| edit.effects.get(at).map(|one| one.value.0);
        let mut all: Vec<_> = self.found.edits.iter().filter_map(|one| Some((one, effect(one)?))).collect();
        all.retain(|(_, one)| one.value.is_finite() && one.value != 0.0);
        all.sort_by(|a, b| b.1.value.abs().total_cmp(&a.1.value.abs()));
        let count = if all.len() > MOST_STEPS { MOST_STEPS - 1 } else { all.len() };
        let (large, small) = all.split_at(count);
        let mut steps: Vec<WaterfallStep> = large
            .iter()
            .map(|(edit, one)| WaterfallStep {
                label: said::called(edit),
                detail: detail(edit),
                effect: one.value,
                printed: self.added(answer, one.value),
                error: if one.exact { 0.0 } else { one.half_width() },
            })
            .collect();
        if !small.is_empty() {
            let effect: f64 = small.iter().map(|(_, one)| one.value).sum();
            let label = format!("{} others", small.len());
            let printed = self.added(answer, effect);
            steps.push(WaterfallStep { label, detail: String::new(), effect, printed, error: 0.0 });
        }
        steps
    }
}

/// What one edit says before and after.
fn detail(edit: &EditFinding) -> String {
    let [only] = &edit.changes[..] else { return String::new() };
    match said::apart(only) {
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (None, Some(after)) => after,
        (Some(before), None) => before,
        (None, None) => String::new(),
    }
}
