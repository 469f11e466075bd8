//! What the stories say, in sentences.

use super::telling::{in_deviations, is_untold, ranked};
use crate::analysis::combination::Combination;
use crate::analysis::explain::{ExplainFinding, OutcomeStory, Shift, Tilt};
use crate::report::finding::together::{chance, together};
use crate::report::number::{count, percent, whole};
use crate::report::prose::{following, quoted};
use crate::session::Facts;

/// What sets the two most probable outcomes apart: what each goes with most of all.
pub(super) fn lead(found: &ExplainFinding) -> String {
    let marks: Vec<Mark> = ranked(&found.outcomes).into_iter().take(2).filter_map(mark).collect();
    let first = |one: &Mark| format!("{} goes {}", quoted(one.outcome), one.with());
    match &marks[..] {
        [] => "Nothing can be told to set the outcomes apart.".into(),
        [one] => format!("{}.", first(one)),
        [one, other, ..] if one.thing == other.thing && one.side != other.side => {
            format!("{}, {} {}.", first(one), quoted(other.outcome), other.side)
        }
        [one, other, ..] => format!("{}, {} {}.", first(one), quoted(other.outcome), other.with()),
    }
}

/// What an outcome goes with.
struct Mark<'a> {
    outcome: &'a str,
    side: &'static str,
    thing: &'a str,
}

impl Mark<'_> {
    fn with(&self) -> String {
        format!("{} {}", self.side, quoted(self.thing))
    }
}

/// The farthest shift, or the event or state whose probability changes most: both in standard deviations.
fn mark(one: &OutcomeStory) -> Option<Mark<'_>> {
    let shift = one.shifts.iter().find(|shift| !is_untold(&shift.shift));
    let tilts = one.tilts.iter().filter(|tilt| !is_untold(&tilt.difference));
    let tilt = tilts.reduce(|a, b| if in_deviations(b).abs() > in_deviations(a).abs() { b } else { a });
    let of_shift = |shift: &'_ Shift| if shift.shift.value > 0.0 { "with high" } else { "with low" };
    let of_tilt = |tilt: &'_ Tilt| if tilt.difference.value > 0.0 { "with" } else { "without" };
    let (side, thing) = match (shift, tilt) {
        (Some(shift), Some(tilt)) if in_deviations(tilt).abs() > shift.shift.value.abs() => {
            (of_tilt(tilt), &tilt.short)
        }
        (Some(shift), _) => (of_shift(shift), &shift.short),
        (None, Some(tilt)) => (of_tilt(tilt), &tilt.short),
        (None, None) => return None,
    };
    Some(Mark { outcome: &one.short, side, thing })
}

/// The most probable combination given an outcome, of which as many states are named.
pub(super) fn combination(one: &OutcomeStory, most: usize) -> Option<String> {
    let own = one.combination.as_ref()?;
    let Combination { probability, counted_among, .. } = &own;
    let how = match counted_among {
        Some(among) => format!("{} of {} futures", percent(probability.value, 0), count(*among as u64)),
        None => chance(probability),
    };
    let word = if counted_among.is_some() { "most often with" } else { "most probably with" };
    Some(format!("{} comes {word} {} ({how}).", quoted(&one.short), together(own, most)))
}

/// The nearest world in which the runner-up wins.
/// Nothing where time ran out before it was looked for.
pub(super) fn nearest(found: &ExplainFinding, facts: &Facts) -> Option<String> {
    let Some(one) = &found.nearest else {
        return found.is_whole.then(|| "In none of the draws does the runner-up win.".into());
    };
    let share = whole(one.share);
    let odds = format!("{} to {}", whole(one.runner_up.probability), whole(one.leader.probability));
    let distance = match one.distance {
        Some(distance) => format!(
            "the nearest of them is draw {}, {distance:.1} standard deviations from the middle, where {:.1} are usual",
            one.world.draw,
            (one.numbers as f64).sqrt()
        ),
        None => format!("the most probable is draw {}", one.world.draw),
    };
    Some(format!(
        "{} is ahead of {} in {share} of the draws; {distance} ({odds}; `{}` follows it).",
        quoted(&one.runner_up.short),
        quoted(&one.leader.short),
        following(facts, &one.world.draw.to_string())
    ))
}
