//! Calls of distributions to shapes: arguments matched with signatures, constants checked at once.

use super::elicit::{self, Mend};
use super::functions::is_family;
use super::place::{Place, Randomness};
use super::resolver::Resolver;
use super::shape_reader::{ShapeReader, form};
use crate::diagnostic::{Diagnostic, Hint, Span};
use crate::distribution::{Discrete, Distribution, Empirical, Family, Mixture, Scaled, Truncated};
use crate::expression::{Argument, Binary, Expr, Ident, Node, Unary};
use crate::model::{Reading, Shape, Term, constant};

impl Resolver<'_> {
    /// A distribution that stands alone, or in another.
    pub(super) fn shape(&mut self, expr: &Expr, place: &Place) -> Option<Shape> {
        ShapeReader { resolver: self, place }.read(expr)
    }
}

impl ShapeReader<'_, '_, '_> {
    /// A distribution: a family, an interval, a mixture, a truncation, or one of these scaled and shifted.
    fn read(&mut self, expr: &Expr) -> Option<Shape> {
        match &expr.node {
            Node::Call(name, arguments) if is_family(&name.text) => self.call(name, arguments, expr.span),
            Node::Interval(low, high) => self.interval(low, high, expr.span),
            Node::Unary(Unary::Negate, inner) => {
                let zero = Term::constant(0.0, expr.span);
                self.scaled(inner, Term::constant(-1.0, expr.span), zero, expr.span)
            }
            Node::Binary(operation, a, b) => self.arithmetic(*operation, a, b, expr.span),
            _ => {
                self.report(
                    Diagnostic::error("not-a-distribution", "this must be a distribution")
                        .at(expr.span, "not a distribution")
                        .hint("a distribution stands here, such as `normal(0, 1)`"),
                );
                None
            }
        }
    }

    /// `2 * beta(2, 2) - 1` inside a mixture or a truncation.
    fn arithmetic(&mut self, operation: Binary, a: &Expr, b: &Expr, span: Span) -> Option<Shape> {
        let (inner, other, inner_first) = if holds_family(a) { (a, b, true) } else { (b, a, false) };
        let number = self.resolver.parameter(other, self.place)?;
        let one = Term::constant(1.0, span);
        let zero = Term::constant(0.0, span);
        match (operation, inner_first) {
            (Binary::Add, _) => self.scaled(inner, one, number, span),
            (Binary::Subtract, true) => self.scaled(inner, one, number.unary(Unary::Negate), span),
            (Binary::Subtract, false) => self.scaled(inner, Term::constant(-1.0, span), number, span),
            (Binary::Multiply, _) => self.scaled(inner, number, zero, span),
            (Binary::Divide, true) => {
                self.scaled(inner, one.binary(Binary::Divide, number, span), zero, span)
            }
            _ => {
                self.report(
                    Diagnostic::error(
                        "not-a-distribution",
                        "a distribution can only be scaled and shifted here",
                    )
                    .at(span, "neither a shift nor a scaling")
                    .hint("use `+`, `-`, `*` and `/` with a number, or name the result as a factor"),
                );
                None
            }
        }
    }

    fn scaled(&mut self, inner: &Expr, scale: Term, shift: Term, span: Span) -> Option<Shape> {
        let inner = self.read(inner)?;
        let constants = (inner.fixed(), constant(&scale), constant(&shift));
        let (Some(fixed), Some(a), Some(b)) = constants else {
            return Some(Shape::Scaled(Box::new(inner), scale, shift));
        };
        let scaled = Scaled::new(fixed.clone(), a, b).map(Distribution::Scaled);
        self.checked(scaled, |_| span, |_| "scale a distribution by a finite number other than 0".into())
    }

    fn interval(&mut self, low: &Expr, high: &Expr, span: Span) -> Option<Shape> {
        let a = self.resolver.constant(low, self.place, "an end of an interval");
        let b = self.resolver.constant(high, self.place, "an end of an interval");
        let (a, b) = (a?, b?);
        let found = match self.place.randomness {
            Randomness::Factor(range) => elicit::factor_interval(a, b, range, self.resolver.cache),
            _ => elicit::signed_interval(a, b, self.resolver.cache),
        };
        match found {
            Ok((distribution, reading)) => {
                self.resolver.readings.push(Reading { span, text: reading, is_rounding: false });
                Some(Shape::Fixed(distribution))
            }
            Err(problem) => {
                let hint = match problem.mend {
                    Mend::Exchange => exchanged(problem.hint, (a, low.span), (b, high.span)),
                    Mend::Write(text) => Hint::new(problem.hint).edit(span, text),
                    Mend::No => problem.hint.into(),
                };
                self.report(
                    Diagnostic::error("interval", problem.message).at(span, "not a 90 % interval").hint(hint),
                );
                None
            }
        }
    }

    fn call(&mut self, name: &Ident, arguments: &[Argument], span: Span) -> Option<Shape> {
        match name.text.as_str() {
            "discrete" => self.discrete(arguments, span),
            "categorical" => self.categorical(arguments, span),
            "empirical" => self.empirical(arguments, span),
            "mixture" => self.mixture(arguments, span),
            "truncate" => self.truncate(arguments, span),
            _ => self.family(Family::from_name(&name.text)?, arguments, span),
        }
    }

    fn discrete(&mut self, arguments: &[Argument], span: Span) -> Option<Shape> {
        let usage = "it takes values, then their probabilities, as in `discrete([0, 1, 5], [0.5, 0.3, 0.2])`";
        let slots = self.slots("discrete", arguments, &["values", "probabilities"], usage, span)?;
        let values = self.constants("discrete", slots[0], usage)?;
        let probabilities = self.constants("discrete", slots[1], usage)?;
        let built = Discrete::new(&values, &probabilities).map(Distribution::Discrete);
        self.checked(
            built,
            |name| if name == "values" { slots[0].span } else { slots[1].span },
            |_| usage.into(),
        )
    }

    fn categorical(&mut self, arguments: &[Argument], span: Span) -> Option<Shape> {
        let usage = "it takes the probabilities of 0, 1 and 2, as in `categorical([0.5, 0.3, 0.2])`";
        let slots = self.slots("categorical", arguments, &["probabilities"], usage, span)?;
        let probabilities = self.constants("categorical", slots[0], usage)?;
        let values: Vec<f64> = (0..probabilities.len()).map(|index| index as f64).collect();
        let built = Discrete::new(&values, &probabilities).map(Distribution::Discrete);
        self.checked(built, |_| slots[0].span, |_| usage.into())
    }

    fn truncate(&mut self, arguments: &[Argument], span: Span) -> Option<Shape> {
        let usage = "it takes a distribution, its lowest and its highest value, as in `truncate(normal(0.5, 0.2), 0, 1)`";
        let slots = self.slots("truncate", arguments, &["distribution", "low", "high"], usage, span)?;
        let inner = self.read(slots[0]);
        let low = self.resolver.parameter(slots[1], self.place);
        let high = self.resolver.parameter(slots[2], self.place);
        let (inner, low, high) = (inner?, low?, high?);
        let constants = (inner.fixed(), constant(&low), constant(&high));
        let (Some(fixed), Some(a), Some(b)) = constants else {
            return Some(Shape::Truncated(Box::new(inner), low, high));
        };
        let built = Truncated::new(fixed.clone(), a, b).map(Distribution::Truncated);
        let reach = fixed.support();
        let hint = |_: &str| match reach {
            _ if b < a => Hint::new("write the lower end first")
                .edit(low.span, b.to_string())
                .edit(high.span, a.to_string()),
            (low, high) if low.is_finite() && high.is_finite() => format!(
                "the distribution's values go from {low} to {high}: some of them must lie between the ends"
            )
            .into(),
            _ => "both ends are numbers, the lower one first, with values of the distribution between".into(),
        };
        self.checked(built, |name| if name == "high" { high.span } else { low.span }, hint)
    }

    /// `mixture(a, b, [0.3, 0.7])`; without weights all parts are equal.
    fn mixture(&mut self, arguments: &[Argument], span: Span) -> Option<Shape> {
        let is_weights = |one: &Argument| {
            matches!(one.value.node, Node::List(_))
                || one.name.as_ref().is_some_and(|name| name.text == "weights")
        };
        let (weights, parts): (Vec<&Argument>, Vec<&Argument>) =
            arguments.iter().partition(|one| is_weights(one));
        let stray = parts.iter().find_map(|one| one.name.as_ref());
        if weights.len() > 1 || parts.is_empty() || stray.is_some() {
            let at = stray.map_or(span, |name| name.span);
            self.report(form(at, "mixture", "it takes distributions and their weights, as in `mixture(normal(0, 1), normal(5, 1), [0.3, 0.7])`"));
            return None;
        }
        let shapes: Vec<Option<Shape>> = parts.iter().map(|one| self.read(&one.value)).collect();
        let shapes: Vec<Shape> = shapes.into_iter().collect::<Option<_>>()?;
        let weights = match weights.first() {
            Some(given) => self.mixture_weights(&given.value, shapes.len())?,
            None => vec![Term::constant(1.0, span); shapes.len()],
        };
        let constants: Option<Vec<(f64, Distribution)>> = weights
            .iter()
            .zip(&shapes)
            .map(|(weight, shape)| Some((constant(weight)?, shape.fixed()?.clone())))
            .collect();
        match constants {
            Some(parts) => {
                let place = arguments.iter().find(|one| is_weights(one)).map_or(span, |one| one.value.span);
                self.checked(
                    Mixture::new(parts).map(Distribution::Mixture),
                    |_| place,
                    |_| "weights are positive, as in `[0.3, 0.7]`".into(),
                )
            }
            None => Some(Shape::Mixture(weights.into_iter().zip(shapes).collect())),
        }
    }

    fn mixture_weights(&mut self, expr: &Expr, count: usize) -> Option<Vec<Term>> {
        match &expr.node {
            Node::List(items) if items.len() == count => {
                items.iter().map(|one| self.resolver.parameter(one, self.place)).collect()
            }
            _ => {
                let usage = format!("give one weight for each of the {count} parts, as in `[0.3, 0.7]`");
                self.report(form(expr.span, "mixture", usage));
                None
            }
        }
    }

    fn empirical(&mut self, arguments: &[Argument], span: Span) -> Option<Shape> {
        let usage = "it takes a CSV file beside the scenario and a column, as in `empirical(\"prices.csv\", \"usd\")`";
        let slots = self.slots("empirical", arguments, &["file", "column"], usage, span)?;
        let (Node::Text(path), Node::Text(column)) = (&slots[0].node, &slots[1].node) else {
            self.report(form(span, "empirical", usage));
            return None;
        };
        let data = elicit::column(self.resolver.attachment(path, slots[0].span)?, column);
        match data {
            Ok(values) => {
                self.checked(Empirical::new(&values).map(Distribution::Empirical), |_| span, |_| usage.into())
            }
            Err(problem) => {
                self.report(
                    Diagnostic::error("data", format!("`{path}`: {}", problem.message))
                        .at(slots[1].span, "the column asked for")
                        .hint(problem.hint),
                );
                None
            }
        }
    }
}

/// Two numbers in each other's place.
pub(super) fn exchanged(words: impl Into<String>, one: (f64, Span), other: (f64, Span)) -> Hint {
    Hint::new(words).edit(one.1, other.0.to_string()).edit(other.1, one.0.to_string())
}

fn holds_family(expr: &Expr) -> bool {
    let mut found = false;
    expr.walk(&mut |one| {
        found |= match &one.node {
            Node::Call(name, _) => is_family(&name.text),
            Node::Interval(..) => true,
            _ => false,
        }
    });
    found
}
