//! What to find out next, in sentences without their full stops.

use crate::analysis::information::{InformationFinding, Item, ItemKind};
use crate::diagnostic::number::counted;
use crate::report::number::{general, whole};
use crate::report::prose::{capitalised, listed, quoted};
use crate::report::wrapping::plain;

/// What tells most, and how much that is.
pub(super) fn lead(found: &InformationFinding) -> String {
    let told: Vec<&Item> = found.items.iter().filter(|one| is_told(one)).collect();
    let share = |one: &Item| whole(one.bits.value / found.entropy);
    match &told[..] {
        _ if found.entropy <= 0.0 => "The answer is certain: nothing is left to be found out".into(),
        [] => "Nothing that could be found out can be told to bear on the answer".into(),
        [only] => {
            format!("{} is all that bears on the answer: it would settle {} of it", named(only), share(only))
        }
        [first, second, ..] if is_level(first, second) => {
            format!(
                "{} and {} would tell alike: {} of the answer each",
                named(first),
                unraised(second),
                share(first)
            )
        }
        [first, second, ..] => format!(
            "{} would tell most: it is expected to settle {} of the answer; next {} with {}",
            named(first),
            share(first),
            unraised(second),
            share(second)
        ),
    }
}

/// What tells the two most probable answers best apart, and how probable it is that the lead changes.
pub(super) fn of_the_top(found: &InformationFinding) -> Option<String> {
    let told = || found.items.iter().filter(|one| is_told(one));
    let best = told().max_by(|a, b| a.between.value.total_cmp(&b.between.value))?;
    let top = found.top.as_ref()?;
    let short = |id: &String| found.answers.iter().find(|one| one.id == *id).map(|one| quoted(&one.short));
    let [first, second] = [short(&top[0])?, short(&top[1])?];
    let changes = whole(best.changes.value);
    (found.answers.len() > 2 && best.between.value > 0.0).then(|| {
        format!(
            "{} tells {first} best from {second}; with a probability of {changes} another answer would lead then",
            named(best)
        )
    })
}

/// What tells most for its cost, if costs are known.
pub(super) fn best_for_its_cost(found: &InformationFinding) -> Option<String> {
    let told = found.items.iter().filter(|one| is_told(one));
    let rated = told.filter_map(|one| Some((one, one.bits_per_cost?)));
    let (best, rate) = rated.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(format!("{} tells most for its cost: {} bits for each unit", named(best), general(rate)))
}

/// Reports that are not told of, by name where there is room, and what would change that.
pub(super) fn of_untold(found: &InformationFinding, is_screen: bool) -> Option<String> {
    let names: Vec<String> = found.untold.iter().map(|one| quoted(&one.label)).collect();
    let what = match &names[..] {
        [] => return None,
        [only] if !is_screen => format!("the report {only}"),
        all if !is_screen => format!("the reports {}", listed(all)),
        all => counted(all.len() as u64, "report"),
    };
    Some(format!(
        "Not told of {what}: `likelihood_ratio` does not say how probable it is to come; `likelihood` does"
    ))
}

/// Whether the draws can tell that it bears on the answer.
pub(super) fn is_told(one: &Item) -> bool {
    let bits = &one.bits;
    bits.value > 1e-6 && (bits.exact || bits.value > 3.0 * bits.std_error)
}

fn is_level(one: &Item, other: &Item) -> bool {
    let error = libm::hypot(one.bits.std_error, other.bits.std_error);
    one.bits.value - other.bits.value <= 2.0 * error
}

fn named(one: &Item) -> String {
    capitalised(&unraised(one))
}

/// What happens or is reported is a sentence itself, and stands in quotes.
fn unraised(one: &Item) -> String {
    match one.kind {
        ItemKind::Event => format!("whether {}", quoted(&one.short)),
        ItemKind::Evidence => format!("the report {}", quoted(&one.short)),
        ItemKind::Factor | ItemKind::States => plain(&one.short),
    }
}
