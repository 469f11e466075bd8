//! What a decision comes to, in one sentence each.

use super::knowledge::{is_tested, is_told};
use crate::analysis::decide::{DecisionFinding, OptionFinding, TestFinding};
use crate::report::number::{quantity, with_unit};
use crate::report::prose::headline::share;
use crate::report::prose::quoted;
use crate::statistics::Estimate;

/// A number of a decision with its unit.
pub(super) fn amount(one: &Estimate, found: &DecisionFinding) -> String {
    with_unit(&quantity(one), found.unit.as_deref())
}

/// The option with the best expected payoff.
pub(super) fn best(found: &DecisionFinding) -> Option<&OptionFinding> {
    named(found, found.best.as_ref()?)
}

pub(super) fn named<'f>(found: &'f DecisionFinding, id: &str) -> Option<&'f OptionFinding> {
    found.options.iter().find(|one| one.id == *id)
}

/// The option that is second in expectation.
fn second(found: &DecisionFinding) -> Option<&OptionFinding> {
    let sign = if found.is_cost { -1.0 } else { 1.0 };
    let others = found.options.iter().filter(|one| Some(&one.id) != found.best.as_ref());
    let gain = |one: &OptionFinding| sign * one.expected.value;
    others.reduce(|a, b| if gain(b) > gain(a) { b } else { a })
}

/// Which option is best, and by how much.
pub(super) fn verdict(found: &DecisionFinding) -> String {
    let (Some(first), Some(second)) = (best(found), second(found)) else {
        return "The draws don't tell what the options pay in expectation".into();
    };
    let (one, other, lead) = (quoted(&first.short), quoted(&second.short), &found.lead);
    match lead.exact {
        true if lead.value == 0.0 => format!("{one} and {other} pay alike in expectation"),
        false if lead.interval.0 <= 0.0 => format!("{one} and {other} are too close to tell"),
        _ if found.is_cost => {
            format!("{one} costs least, {} less than {other} in expectation", amount(lead, found))
        }
        _ => format!("{one} pays most, {} more than {other} in expectation", amount(lead, found)),
    }
}

/// The same with how probable it is that it turns out best, and what perfect knowledge would be worth.
pub(super) fn lead(found: &DecisionFinding) -> String {
    let Some(first) = best(found) else { return verdict(found) };
    let perfect = &found.perfect_information;
    let verdict = verdict(found);
    // Of two that are level the first is named again.
    let subject = if verdict.contains(" and ") { quoted(&first.short) } else { "It".into() };
    let chance = format!("{subject} turns out best with {}", share(&first.best));
    let worth = match perfect.value {
        value if value > 0.0 => {
            format!("perfect knowledge would be worth {}", amount(perfect, found))
        }
        0.0 => "to know more would be worth nothing".into(),
        _ => return format!("{verdict}. {chance}"),
    };
    format!("{verdict}. {chance}; {worth}")
}

/// With which test it is best to begin.
pub(super) fn first(found: &DecisionFinding) -> Option<String> {
    let made = found.first.as_ref().and_then(|id| found.tests.iter().find(|one| one.id == *id));
    let is_sure = |one: &TestFinding| one.net.exact || one.net.interval.0 > 0.0;
    let cost = |one: &TestFinding| amount(&Estimate::exact(one.cost), found);
    match (made, &found.tests[..]) {
        (_, []) => None,
        (Some(one), _) if is_sure(one) => Some(format!(
            "Begin with {}: it is worth {} and costs {}",
            quoted(&one.short),
            amount(&one.value, found),
            cost(one)
        )),
        (Some(one), _) => Some(format!(
            "The draws can't tell whether {} is worth what it costs, {}",
            quoted(&one.short),
            cost(one)
        )),
        (None, [only]) => Some(format!(
            "{} is not worth making: it costs {}, and is worth {}",
            quoted(&only.short),
            cost(only),
            amount(&only.value, found)
        )),
        (None, _) => Some("No test is worth what it costs".into()),
    }
}

/// What the one thing that is worth knowing is worth.
pub(super) fn worth(found: &DecisionFinding) -> Option<String> {
    let known = found.information.iter().find(|known| is_told(known) && !is_tested(known, found))?;
    Some(format!("To know {} first would be worth {}", quoted(&known.label), amount(&known.value, found)))
}
