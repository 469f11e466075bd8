//! The typical world of each outcome, as a picture.

use super::sentences::lead;
use super::telling::{in_deviations, is_untold, ranked};
use crate::analysis::explain::{ExplainFinding, OutcomeStory};
use crate::chart::{ShiftRow, Shifts};
use crate::report::finding::wording::wording;
use crate::report::number::whole;
use crate::report::wrapping::plain;
use crate::session::Facts;

/// As many things as are shown.
const ROWS: usize = 12;
/// Smaller shifts, in deviations, are not shown.
const LEAST: f64 = 0.02;

/// The things that shift farthest with any of the most probable outcomes; nothing if none does.
pub fn figure(found: &ExplainFinding, facts: &Facts) -> Option<Shifts> {
    let chosen: Vec<&OutcomeStory> = ranked(&found.outcomes).into_iter().take(Shifts::ACROSS).collect();
    // In the order of the file, so that each has the hue that it has elsewhere.
    let is_chosen = |one: &&OutcomeStory| chosen.iter().any(|other| std::ptr::eq(*other, *one));
    let outcomes: Vec<&OutcomeStory> = found.outcomes.iter().filter(is_chosen).collect();
    let mut rows: Vec<ShiftRow> = all(&outcomes);
    let size = |row: &ShiftRow| {
        row.shifts.iter().filter(|one| one.is_finite()).map(|one| one.abs()).fold(0.0, f64::max)
    };
    rows.retain(|row| size(row) >= LEAST);
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let (shown, count) = (rows.len().min(ROWS), rows.len());
    rows.truncate(ROWS);
    let part = if shown < count {
        format!(" Shown: the {shown} that shift most of {count}.")
    } else {
        String::new()
    };
    let subtitle = format!(
        "How far each mean, or probability, lies from what is usual once the outcome is known to come true, in standard \
         deviations.{part}"
    );
    let title = lead(found);
    let title = title.strip_suffix('.').unwrap_or(&title).to_string();
    (!rows.is_empty()).then(|| Shifts {
        wording: wording(facts, title, &subtitle),
        outcomes: outcomes.iter().map(|one| (plain(&one.short), whole(one.probability.value))).collect(),
        rows,
    })
}

/// Factors, derived values, events and states, each with its shift for every outcome.
fn all(outcomes: &[&OutcomeStory]) -> Vec<ShiftRow> {
    let Some(first) = outcomes.first() else { return Vec::new() };
    let number = |id: &str, one: &OutcomeStory| {
        let shift = one.shifts.iter().find(|shift| shift.id == id)?;
        Some(if is_untold(&shift.shift) { f64::NAN } else { shift.shift.value })
    };
    let chance = |id: &str, one: &OutcomeStory| {
        let tilt = one.tilts.iter().find(|tilt| tilt.id == id)?;
        Some(if is_untold(&tilt.difference) { f64::NAN } else { in_deviations(tilt) })
    };
    let row = |label: &str, of: &dyn Fn(&OutcomeStory) -> Option<f64>| ShiftRow {
        label: plain(label),
        shifts: outcomes.iter().map(|one| of(one).unwrap_or(f64::NAN)).collect(),
    };
    let numbers = first.shifts.iter().map(|own| row(&own.short, &|one| number(&own.id, one)));
    let chances = first.tilts.iter().map(|own| row(&own.short, &|one| chance(&own.id, one)));
    numbers.chain(chances).collect()
}
