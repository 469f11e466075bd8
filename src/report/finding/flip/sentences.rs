//! What would change the answer, in sentences without their full stops.

use crate::analysis::flip::{ClaimFlip, Fixed, Flip, FlipFinding};
use crate::report::number::{general, whole};
use crate::report::prose::{capitalised, quoted};
use crate::report::wrapping::plain;

/// What a distance is.
pub(super) const FAR: &str = "from its middle estimate (the median), in its own standard deviations (sd)";

/// The smallest change of one thing.
pub(super) fn lead(found: &FlipFinding) -> String {
    let goal = match &found.to {
        Some(to) => format!("{} lead", short(found, to)),
        None => format!("another outcome than {} lead", short(found, &found.leader)),
    };
    match found.alone.first() {
        None => format!(
            "Nothing that is not known makes {goal} if it alone is fixed, within three of its own standard deviations"
        ),
        Some(first) => {
            format!(
                "{} makes {} lead: {}",
                capitalised(&said(&first.fixed)),
                short(found, &first.leads),
                far(first)
            )
        }
    }
}

fn far(flip: &Flip) -> String {
    match (flip.fixed.distance, flip.fixed.probability) {
        (Some(distance), _) if distance.abs() < 0.05 => "its middle estimate is enough".into(),
        (Some(distance), _) => {
            let side = if distance < 0.0 { "below" } else { "above" };
            format!("{:.1} of its own standard deviations {side} its middle estimate", distance.abs())
        }
        (None, Some(p)) => format!("it is {} probable", whole(p)),
        (None, None) => String::new(),
    }
}

/// Several numbers together.
pub(super) fn together(found: &FlipFinding) -> Option<String> {
    let one = found.together.as_ref()?;
    let all: Vec<String> = one.fixed.iter().map(said).collect();
    let distance = format!("{:.1} standard deviations", one.distance);
    Some(format!(
        "{} together do it for {} as well, {distance} away in all",
        capitalised(&joined(&all)),
        short(found, &one.leads)
    ))
}

/// What would make a claim hold.
pub(super) fn of_claims(claim: &ClaimFlip) -> String {
    let text = quoted(&claim.text);
    match claim.numbers.first() {
        None => format!(
            "Claim {} fails ({text}), and no single number of the file makes it hold",
            claim.claim + 1
        ),
        Some(first) => {
            let breaks = match first.breaks.len() {
                0 => String::new(),
                1 => ", which breaks another one".into(),
                count => format!(", which breaks {count} others"),
            };
            let (from, to) = (general(first.from), general(first.to));
            let number = format!("{} = {to} in place of {from}", first.address);
            format!("Claim {} fails ({text}); it would hold with {number}{breaks}", claim.claim + 1)
        }
    }
}

/// How far the leader can be argued.
pub(super) fn of_the_envelope(found: &FlipFinding) -> Option<String> {
    let all = found.envelope.as_ref()?;
    let leader = all.iter().find(|one| one.id == found.leader)?;
    let [low, high] = [&leader.low, &leader.high].map(|end| whole(end.probability.value));
    Some(format!("An honest critic could argue {} from {low} to {high}", short(found, &found.leader)))
}

/// A thing and where it is fixed.
fn said(one: &Fixed) -> String {
    let name = plain(&one.short);
    match (&one.state, one.from) {
        (Some(state), _) => format!("{name} fixed at {}", quoted(state)),
        (None, Some(_)) => format!("{name} at {}", value(one)),
        (None, None) if one.at == 1.0 => format!("that {} happens", quoted(&one.short)),
        (None, None) => format!("that {} does not happen", quoted(&one.short)),
    }
}

/// What it is fixed at, with its unit.
pub(super) fn value(one: &Fixed) -> String {
    let unit = one.unit.as_ref().map_or(String::new(), |unit| format!("\u{a0}{}", plain(unit)));
    match (&one.state, one.from) {
        (Some(state), _) => plain(state),
        (None, Some(_)) => format!("{}{unit}", exactly(one.at)),
        (None, None) if one.at == 1.0 => "yes".into(),
        (None, None) => "no".into(),
    }
}

/// A short number as it can be typed.
fn exactly(value: f64) -> String {
    let whole = format!("{value}").replace('-', "−");
    if whole.chars().count() <= 8 { whole } else { general(value) }
}

/// How far away it is.
pub(super) fn away(one: &Fixed) -> String {
    match (one.distance, one.probability) {
        (Some(distance), _) if distance.abs() < 0.05 => "0 sd".into(),
        (Some(distance), _) => format!("{distance:+.1} sd").replace('-', "−"),
        (None, Some(p)) => whole(p),
        (None, None) => String::new(),
    }
}

/// What an outcome is called.
pub(super) fn short(found: &FlipFinding, id: &str) -> String {
    let outcome = found.outcomes.iter().find(|one| one.id == id);
    outcome.map_or_else(|| quoted(id), |one| quoted(&one.short))
}

fn joined(all: &[String]) -> String {
    match all {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => all.concat(),
    }
}
