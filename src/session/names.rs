//! Names that a question is given: they must be those of the file.

use super::failure::Failure;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Sources, Span, did_you_mean};
use crate::model::Model;

/// Whether every name that `flag` was given is that of a factor, a derived value or an event.
///
/// # Errors
/// All that are not.
pub(super) fn check(flag: &str, names: &[String], model: &Model, sources: &Sources) -> Result<(), Failure> {
    let known: Vec<&str> = model.order.iter().map(|variable| model.name(*variable)).collect();
    let (mut sources, mut found) = (sources.clone(), Diagnostics::new());
    for stranger in names.iter().filter(|name| !known.contains(&name.as_str())) {
        let source = sources.add(SourceFile::new(flag, stranger));
        let hint = match did_you_mean(stranger, known.iter().copied()) {
            _ if model.outcomes.iter().any(|one| one.named.id == *stranger) => {
                format!("it is an outcome, and outcomes are always told: leave {flag} out")
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("{flag} takes names as they stand in the file, as in {flag} oil_price,deal"),
        };
        let message = format!("no factor, derived value or event is called `{stranger}`");
        let error = Diagnostic::error("unknown-name", message);
        found.push(error.at(Span::new(source, 0..stranger.len()), "no such name in the file").hint(hint));
    }
    if found.is_empty() { Ok(()) } else { Err(Failure::No(Box::new(sources), found)) }
}
