//! What the stories say, in sentences.

use super::telling::{is_untold, ranked};
use crate::analysis::explain::{Combination, ExplainFinding, OutcomeStory, Shift, StateOf, Tilt};
use crate::report::number::{count, estimate, general, percent, whole};
use crate::report::prose::{listed, quoted};
use crate::report::wrapping::plain;

/// What sets the two most probable outcomes apart.
pub(super) fn lead(found: &ExplainFinding) -> String {
    let said: Vec<String> = ranked(&found.outcomes).into_iter().take(2).filter_map(mark).collect();
    match &said[..] {
        [] => "Nothing that is not known can be told to set the outcomes apart.".into(),
        all => format!("{}.", all.join("; ")),
    }
}

/// The farthest shift, or the event or state whose probability changes most.
fn mark(one: &OutcomeStory) -> Option<String> {
    let shift = one.shifts.iter().find(|shift| !is_untold(&shift.shift));
    let tilt = one.tilts.iter().find(|tilt| !is_untold(&tilt.difference));
    let of_shift = |shift: &Shift| {
        let word = if shift.shift.value > 0.0 { "higher" } else { "lower" };
        format!("{} by {} deviations: {}", word, general(round(shift.shift.value.abs())), plain(&shift.short))
    };
    let of_tilt = |tilt: &Tilt| {
        let word = if tilt.difference.value > 0.0 { "more" } else { "less" };
        format!("{word} probable ({}): {}", estimate(&tilt.given, 0), plain(&tilt.short))
    };
    // A probability in deviations of whether it is so, to hold it beside a shift.
    let size = |tilt: &Tilt| {
        let p = tilt.probability.value;
        tilt.difference.value.abs() / (p * (1.0 - p)).sqrt()
    };
    let text = match (shift, tilt) {
        (Some(shift), Some(tilt)) if size(tilt) > shift.shift.value.abs() => of_tilt(tilt),
        (Some(shift), _) => of_shift(shift),
        (None, Some(tilt)) => of_tilt(tilt),
        (None, None) => return None,
    };
    Some(format!("{}: {text}", quoted(&one.short)))
}

fn round(value: f64) -> f64 {
    (100.0 * value).round() / 100.0
}

/// The most probable combination given an outcome.
pub(super) fn combination(one: &OutcomeStory) -> Option<String> {
    let Combination { states, probability, counted_among } = one.combination.as_ref()?;
    let state = |own: &StateOf| match (own.is_event, own.state.as_str()) {
        (true, "true") => quoted(&own.label),
        (true, _) => format!("not {}", quoted(&own.label)),
        _ => format!("{}: {}", plain(&own.label), plain(&own.state_label)),
    };
    let all: Vec<String> = states.iter().map(state).collect();
    let how = match counted_among {
        Some(among) => format!("{} of {} futures", percent(probability.value, 0), count(*among as u64)),
        None => estimate(probability, 0),
    };
    let word = if counted_among.is_some() { "most often with" } else { "most probably with" };
    Some(format!("{} comes {word} {} ({how}).", quoted(&one.short), listed(&all)))
}

/// The nearest world in which the runner-up wins.
pub(super) fn nearest(found: &ExplainFinding, file: &str) -> String {
    let Some(one) = &found.nearest else {
        return "In none of the draws does the runner-up win.".into();
    };
    let share = whole(one.share);
    let odds = format!("{} to {}", whole(one.runner_up.probability), whole(one.leader.probability));
    let distance = match one.distance {
        Some(distance) => format!(
            "the nearest, {} deviations from the middle over {} numbers, is draw {}",
            general(round(distance)),
            one.numbers,
            one.world.draw
        ),
        None => format!("the most probable is draw {}", one.world.draw),
    };
    format!(
        "{} is ahead of {} in {share} of the draws; {distance} ({odds}; `foretell explain {file} --draw {}` follows it).",
        quoted(&one.runner_up.short),
        quoted(&one.leader.short),
        one.world.draw
    )
}
