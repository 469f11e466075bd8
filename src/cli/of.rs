//! `--of NAME`: some factors, derived values and events only.

use super::failure::Failure;
use super::load::Loaded;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Span, did_you_mean};
use crate::report::Report;

/// Whether every name is that of a factor, a derived value or an event.
///
/// # Errors
/// All that are not.
pub fn check(names: &[String], scenario: &Loaded) -> Result<(), Failure> {
    let model = &scenario.model;
    let known: Vec<&str> = model.order.iter().map(|variable| model.name(*variable)).collect();
    let (mut sources, mut found) = (scenario.sources.clone(), Diagnostics::new());
    for stranger in names.iter().filter(|name| !known.contains(&name.as_str())) {
        let source = sources.add(SourceFile::new("--of", stranger));
        let hint = match did_you_mean(stranger, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "--of takes names as they stand in the file, as in --of oil_price,deal".into(),
        };
        let message = format!("no factor, derived value or event is called `{stranger}`");
        let error = Diagnostic::error("unknown-name", message);
        found.push(error.at(Span::new(source, 0..stranger.len()), "no such name in the file").hint(hint));
    }
    if found.is_empty() { Ok(()) } else { Err(Failure::No(Box::new(sources), found)) }
}

/// The report with these names only; the whole report if there are none.
pub fn select(mut report: Report, names: &[String]) -> Report {
    if names.is_empty() {
        return report;
    }
    let compared: Vec<String> = report.compared().into_iter().map(|one| one.id).collect();
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
    // What was found of a variant is known by its place among what is compared.
    let left: Vec<String> = report.compared().into_iter().map(|one| one.id).collect();
    for variant in &mut report.variants {
        let chances = compared.iter().zip(&variant.found.chances);
        variant.found.chances = chances.filter(|(id, _)| left.contains(id)).map(|(_, one)| *one).collect();
    }
    report.of = names.to_vec();
    report
}
