//! What people call the things that edits are about.

use crate::model::{Model, Named};

/// What people call the thing that an address leads to, and what of it is meant if that is not its value; `None` for what has no
/// name of its own, such as a claim.
///
/// Of `models` the first that knows the thing says what it is called.
pub(super) fn label(address: &str, models: [&Model; 2]) -> Option<String> {
    let parts: Vec<&str> = address.split('.').collect();
    let (name, part) = match parts[..] {
        [name] => (name, None),
        ["factors" | "derived", name, "value"] | ["events", name, "probability"] => (name, None),
        ["factors" | "derived" | "events" | "outcomes" | "theories" | "decisions", name, ..] => {
            (name, Some(parts[2..].join(".")).filter(|part| !part.is_empty()))
        }
        _ => return None,
    };
    let label = models.iter().find_map(|model| called(model, name))?;
    Some(part.map_or_else(|| label.to_string(), |part| format!("{label} ({part})")))
}

/// What narrow tables call a thing, by its name.
fn called<'m>(model: &'m Model, name: &str) -> Option<&'m str> {
    let factors = model.factors.iter().map(|one| &one.named);
    let categories = model.categories.iter().map(|one| &one.named);
    let derived = model.derived.iter().map(|one| &one.named);
    let events = model.events.iter().map(|one| &one.named);
    let outcomes = model.outcomes.iter().map(|one| &one.named);
    let theories = model.theories.iter().map(|one| &one.named);
    let decisions = model.decisions.iter().map(|one| &one.named);
    let mut all = factors
        .chain(categories)
        .chain(derived)
        .chain(events)
        .chain(outcomes)
        .chain(theories)
        .chain(decisions);
    let found = all.find(|one: &&Named| one.id == name)?;
    Some(found.short.as_deref().unwrap_or(&found.label))
}
