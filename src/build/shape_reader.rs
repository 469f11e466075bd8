//! What all readers of distributions share: their arguments, and how they report.

use super::place::Place;
use super::resolver::Resolver;
use crate::diagnostic::{Diagnostic, Hint, Span, did_you_mean};
use crate::distribution::{Distribution, ParameterError};
use crate::expression::{Argument, Expr, Node};
use crate::model::Shape;

/// Reads distributions at one place of the file.
pub(super) struct ShapeReader<'r, 'a, 'p> {
    pub(super) resolver: &'r mut Resolver<'a>,
    pub(super) place: &'p Place<'p>,
}

impl ShapeReader<'_, '_, '_> {
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.resolver.found.push(diagnostic);
    }

    /// A shape from a checked constructor; `place` finds the argument that an error speaks of.
    pub(super) fn checked(
        &mut self,
        result: Result<Distribution, ParameterError>,
        place: impl Fn(&str) -> Span,
        hint: impl Fn(&str) -> Hint,
    ) -> Option<Shape> {
        match result {
            Ok(distribution) => Some(Shape::Fixed(distribution)),
            Err(error) => {
                let label = if error.value.is_nan() {
                    "this has no value".into()
                } else {
                    format!("this gives {}", error.value)
                };
                self.report(
                    Diagnostic::error(
                        "impossible-parameter",
                        format!("`{}` must {}", error.parameter, error.must),
                    )
                    .at(place(error.parameter), label)
                    .hint(hint(error.parameter)),
                );
                None
            }
        }
    }

    /// Arguments by name or position; all are required.
    pub(super) fn slots<'e>(
        &mut self,
        what: &str,
        arguments: &'e [Argument],
        names: &[&str],
        usage: &str,
        span: Span,
    ) -> Option<Vec<&'e Expr>> {
        let find = |(index, wanted): (usize, &&str)| {
            let named =
                arguments.iter().find(|one| one.name.as_ref().is_some_and(|name| name.text == *wanted));
            named.or_else(|| arguments.get(index).filter(|one| one.name.is_none())).map(|one| &one.value)
        };
        let slots: Option<Vec<&Expr>> = names.iter().enumerate().map(find).collect();
        if slots.is_none() || arguments.len() != names.len() {
            let stray = arguments
                .iter()
                .filter_map(|one| one.name.as_ref())
                .find(|name| !names.contains(&name.text.as_str()));
            let near = stray.and_then(|name| Some((name, did_you_mean(&name.text, names.iter().copied())?)));
            let hint = near.map_or(usage.into(), |(name, near)| Hint::meant(name.span, &name.text, near));
            self.report(form(stray.map_or(span, |name| name.span), what, hint));
            return None;
        }
        slots
    }

    pub(super) fn constants(&mut self, what: &str, expr: &Expr, usage: &str) -> Option<Vec<f64>> {
        let Node::List(items) = &expr.node else {
            self.report(form(expr.span, what, usage));
            return None;
        };
        let values: Vec<Option<f64>> = items
            .iter()
            .map(|one| self.resolver.constant(one, self.place, "an entry of this list"))
            .collect();
        values.into_iter().collect()
    }
}

/// The error of a call that is not written as `usage` shows.
pub(super) fn form(span: Span, what: &str, usage: impl Into<Hint>) -> Diagnostic {
    Diagnostic::error("arguments", format!("`{what}` is not written like this"))
        .at(span, "not what stands here")
        .hint(usage)
}
