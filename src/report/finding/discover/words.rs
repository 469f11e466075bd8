//! A box in words.

use crate::analysis::discover::{Allowed, DiscoverFinding, FoundBox, MeasuredOn, Restriction};
use crate::report::number::{quantity, whole, with_unit};
use crate::report::prose::headline::share;
use crate::report::prose::{listed, quoted};
use crate::statistics::Estimate;

/// As many conditions as a sentence names.
const NAMED: usize = 5;

/// A bound in all of its digits: it is a number that was chosen, not one that was measured.
pub(super) fn bound(value: f64) -> String {
    match value.abs() {
        0.0 => "0".into(),
        size @ 1e-4..1e15 if size == size.trunc() => quantity(&Estimate::exact(value)),
        1e-4..1e15 => format!("{value}").replace('-', "−"),
        _ => format!("{value:e}").replace('-', "−"),
    }
}

/// What a restriction allows, as in "at least 0.62".
pub(super) fn allowed(one: &Restriction) -> String {
    let unit = |value: f64| with_unit(&bound(value), one.unit.as_deref());
    match &one.allowed {
        Allowed::Range { at_least: Some(low), at_most: Some(high), .. } => {
            format!("{} to {}", bound(*low), unit(*high))
        }
        Allowed::Range { at_least: Some(low), .. } => format!("at least {}", unit(*low)),
        Allowed::Range { at_most: Some(high), .. } => format!("at most {}", unit(*high)),
        Allowed::Range { .. } => "anything".into(),
        Allowed::States { labels, is_event: true, .. } => labels.join(" or "),
        Allowed::States { all, .. } => states(all),
    }
}

/// Some states, or if they are shorter to name those that are left out.
fn states(all: &[(String, bool)]) -> String {
    let some = |is_in: bool| all.iter().filter(move |one| one.1 == is_in).map(|one| quoted(&one.0));
    let (inside, outside): (Vec<String>, Vec<String>) = (some(true).collect(), some(false).collect());
    let either = |names: &[String]| match names {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        names => names.concat(),
    };
    if inside.len() > outside.len() + 1 { format!("not {}", either(&outside)) } else { either(&inside) }
}

/// A condition, as in "“approval” is at least 0.62".
fn condition(one: &Restriction) -> String {
    let name = quoted(&one.short);
    match &one.allowed {
        Allowed::States { is_event: true, .. } => format!("{name} {}", allowed(one)),
        Allowed::Range { at_least: Some(_), at_most: Some(_), .. } => {
            format!("{name} is from {}", allowed(one))
        }
        _ => format!("{name} is {}", allowed(one)),
    }
}

/// What a box asks for, in the order of what does most.
fn conditions(one: &FoundBox) -> String {
    let mut named: Vec<String> = one.restrictions.iter().take(NAMED).map(condition).collect();
    match one.restrictions.len().saturating_sub(NAMED) {
        0 => {}
        1 => named.push("one more condition holds".into()),
        more => named.push(format!("{more} more conditions hold")),
    }
    listed(&named)
}

/// What rows are called.
pub(super) fn rows(found: &DiscoverFinding) -> &'static str {
    match found.measured_on {
        MeasuredOn::FreshDraws => "worlds",
        MeasuredOn::HeldOutRows | MeasuredOn::SameRows => "rows",
    }
}

/// What happens in worlds, and is so in rows.
fn verb(found: &DiscoverFinding) -> &'static str {
    if found.measured_on == MeasuredOn::FreshDraws { "happens" } else { "is so" }
}

/// Whether a box holds more of what is asked about than all worlds do, beyond doubt.
pub(super) fn is_told(found: &DiscoverFinding, one: &FoundBox) -> bool {
    let (density, base) = (&one.measured.density, &found.probability);
    let is_more = match density.exact && base.exact {
        true => density.value > base.value,
        false => density.interval.0 > base.interval.1,
    };
    !one.restrictions.is_empty() && is_more
}

/// The first box as a sentence.
pub(super) fn lead(found: &DiscoverFinding) -> String {
    let (name, rows, base) = (quoted(&found.of.short), rows(found), share(&found.probability));
    match found.boxes.first() {
        Some(one) if is_told(found, one) => format!("{}.", sentence(found, one)),
        _ if !found.probability.value.is_finite() => format!("What {name} is can't be told."),
        Some(one) if !one.restrictions.is_empty() => format!(
            "No box of {rows} is told to have more of {name} than all of them, {base}: in the one that looked best it {} in {}.",
            verb(found),
            share(&one.measured.density)
        ),
        _ => format!(
            "No box that holds at least {} of all {rows} tells more about {name} than that it {} in {base}.",
            whole(found.support),
            verb(found)
        ),
    }
}

/// A box: how often it happens in it, what it asks for, and how large it is.
fn sentence(found: &DiscoverFinding, one: &FoundBox) -> String {
    let (name, rows) = (quoted(&found.of.short), rows(found));
    let measured = &one.measured;
    format!(
        "{name} {} in {} of the {rows} where {}; these are {} of all {rows} and hold {} of {name}",
        verb(found),
        share(&measured.density),
        conditions(one),
        share(&measured.mass),
        share(&measured.coverage)
    )
}

/// What a box is beside the rest.
pub(super) fn beside(found: &DiscoverFinding, one: &FoundBox) -> String {
    let rows = rows(found);
    if one.restrictions.is_empty() {
        return String::new();
    }
    format!(
        " In all {rows} it {} in {}, in the {rows} outside in {}.",
        verb(found),
        share(&found.probability),
        share(&one.outside)
    )
}

/// A further box as a sentence.
pub(super) fn further(found: &DiscoverFinding, one: &FoundBox) -> String {
    let base = "Of what is left,";
    match one.measured.density.value.is_finite() && !one.restrictions.is_empty() {
        true => format!("{base} {}.", sentence(found, one)),
        false => format!("{base} no box tells more."),
    }
}

/// The title of a picture.
#[cfg(feature = "charts")]
pub(super) fn title(found: &DiscoverFinding) -> String {
    let name = quoted(&found.of.short);
    match found.boxes.first() {
        Some(one) if is_told(found, one) => format!(
            "{name}: {} of the {} in the box, {} of all",
            share(&one.measured.density),
            rows(found),
            share(&found.probability)
        ),
        _ => crate::report::wrapping::plain(lead(found).trim_end_matches('.')),
    }
}
