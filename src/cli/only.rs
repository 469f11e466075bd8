//! `--of NAME`: a report of some factors, derived values and events only.

use super::failure::Failure;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::Model;
use crate::report::Report;

/// Whether every name is that of a factor, a derived value or an event.
///
/// # Errors
/// The first that is not.
pub fn check(names: &[String], model: &Model) -> Result<(), Failure> {
    let known: Vec<&str> = model.order.iter().map(|variable| model.name(*variable)).collect();
    let Some(stranger) = names.iter().find(|name| !known.contains(&name.as_str())) else { return Ok(()) };
    let message = format!("no factor, derived value or event is called `{stranger}`");
    let hint = match did_you_mean(stranger, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "--of takes names as they stand in the file, as in --of oil_price,deal".into(),
    };
    Err(Failure::plain(Diagnostic::error("unknown-name", message).hint(hint)))
}

/// The report with these names only; the whole report if there are none.
pub fn select(mut report: Report, names: &[String]) -> Report {
    if names.is_empty() {
        return report;
    }
    let is_asked = |id: &str| names.iter().any(|name| name == id);
    let kept: Vec<bool> = report.factors.iter().map(|one| is_asked(&one.id)).collect();
    report.categories.retain(|one| is_asked(&one.id));
    // Places among the factors that are left.
    for category in &mut report.categories {
        category.after = kept[..category.after].iter().filter(|kept| **kept).count();
    }
    report.factors.retain(|one| is_asked(&one.id));
    report.derived.retain(|one| is_asked(&one.id));
    report.events.retain(|one| is_asked(&one.id));
    report
}
