//! Values that must lie within bounds: refused at once where they can't, checked in every draw where they might not.

use super::support::Hull;
use crate::diagnostic::number::share;
use crate::diagnostic::{Diagnostic, Hint, SourceId, Span};
use crate::model::{Term, TermKind, constant};

/// A factor's formula, held to its declared range. `is_simple` says that it is a distribution with known support.
pub(crate) fn inside(
    term: Term,
    hull: Hull,
    (range, name): ((f64, f64), &str),
    is_simple: bool,
) -> Result<Term, Diagnostic> {
    if hull.0 >= range.0 && hull.1 <= range.1 {
        return Ok(term);
    }
    if let Some(value) = constant(&term) {
        return Err(outside("the value", value, (range, name), term.span));
    }
    if is_simple {
        return Err(Diagnostic::error("support", "this distribution reaches beyond the declared range")
            .at(term.span, reach(hull))
            .hint(cut(term.span, range, hull, &wider(range, hull, (name, term.span), "widen `range`"))));
    }
    Ok(within(term, range))
}

/// A probability, held to [0, 1].
pub(crate) fn probability(term: Term, hull: Hull) -> Result<Term, Diagnostic> {
    if hull.0 >= 0.0 && hull.1 <= 1.0 {
        return Ok(term);
    }
    let (label, hint): (String, Hint) = match constant(&term) {
        Some(value) if (2.0..=100.0).contains(&value) => {
            let share = share(value);
            let hint = Hint::new(format!("write `{share}`, which is {value} %"));
            (format!("this is {value}"), hint.edit(term.span, share.to_string()))
        }
        Some(value) if value.is_nan() => ("this has no value".into(), "give a number such as `0.35`".into()),
        Some(value) => (format!("this is {value}"), "give a number such as `0.35`, or `'35%'`".into()),
        None if hull.1 < 0.0 || hull.0 > 1.0 => {
            let hint = Hint::new("write `logistic(…)` around it, which turns any number into a probability");
            (reach(hull), hint.edit(term.span.before(), "logistic(").edit(term.span.behind(), ")"))
        }
        None => return Ok(within(term, (0.0, 1.0))),
    };
    let error = Diagnostic::error("impossible-probability", "a probability must lie between 0 and 1");
    Err(error.at(term.span, label).hint(hint))
}

/// The error of a number outside a range.
pub(crate) fn outside(what: &str, value: f64, (range, name): ((f64, f64), &str), span: Span) -> Diagnostic {
    let wider = wider(range, (value, value), (name, span), "a wider `range = [low, high]`");
    let (low, high) = (end(range.0), end(range.1));
    Diagnostic::error("range", format!("{what} {value} lies outside the range of {low} to {high}"))
        .at(span, "outside the range")
        .hint(match range == (0.0, 1.0) && (2.0..=100.0).contains(&value) {
            true => Hint::new(format!("write `{}`, which is {value} %, or {wider}", share(value)))
                .edit(span, share(value).to_string()),
            false => format!("give a value from {low} to {high}, or {wider}").into(),
        })
}

/// A distribution cut to a range that holds some of it.
fn cut(span: Span, (low, high): (f64, f64), hull: Hull, wider: &str) -> Hint {
    if hull.1 <= low || high <= hull.0 {
        return format!("give a distribution with values from {low} to {high}, or {wider}").into();
    }
    Hint::new(format!("write `truncate(…, {low}, {high})`, or {wider}"))
        .edit(span.before(), "truncate(")
        .edit(span.behind(), format!(", {low}, {high})"))
}

/// How a range is made wider, so that it holds `hull`: in the file, or beside a flag by another.
fn wider((low, high): (f64, f64), hull: Hull, (name, span): (&str, Span), in_file: &str) -> String {
    let (from, to) = (low.min(hull.0), high.max(hull.1));
    let is_written = span.source == SourceId::FILE || !(from.is_finite() && to.is_finite());
    if is_written {
        in_file.into()
    } else {
        format!("widen the range with --set 'factors.{name}.range=[{from}, {to}]'")
    }
}

fn within(term: Term, (low, high): (f64, f64)) -> Term {
    let span = term.span;
    Term { kind: TermKind::Within(Box::new(term), low, high), span }
}

fn reach((low, high): Hull) -> String {
    format!("goes from {} to {}", end(low), end(high))
}

fn end(value: f64) -> String {
    match value {
        f64::INFINITY => "infinity".into(),
        f64::NEG_INFINITY => "minus infinity".into(),
        _ => value.to_string(),
    }
}
