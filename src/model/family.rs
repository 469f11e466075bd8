//! Calls of distributions to shapes: arguments matched with signatures, constants checked at once.

use super::evaluate;
use super::resolve::{Draws, Place, Resolver, is_family};
use super::shape::Shape;
use super::term::Term;
use super::{Reading, elicit};
use crate::diagnostic::{Diagnostic, Span, did_you_mean, list};
use crate::distribution::{
    Discrete, Distribution, Empirical, Family, Mixture, ParameterError, Scaled, Signature, Truncated,
};
use crate::expression::{Argument, Binary, Expr, Ident, Node, Unary};

/// Reads distributions at one place of the file.
pub(super) struct ShapeReader<'r, 'a, 'p> {
    pub(super) resolver: &'r mut Resolver<'a>,
    pub(super) place: &'p Place<'p>,
}

impl ShapeReader<'_, '_, '_> {
    /// A distribution: a family, an interval, a mixture, a truncation, or one of these scaled and shifted.
    pub(super) fn read(&mut self, expr: &Expr) -> Option<Shape> {
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
                        .hint("write a family such as `normal(0, 1)` here"),
                );
                None
            }
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.resolver.found.push(diagnostic);
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
        let constants = (inner.fixed(), evaluate::constant(&scale), evaluate::constant(&shift));
        let (Some(fixed), Some(a), Some(b)) = constants else {
            return Some(Shape::Scaled(Box::new(inner), scale, shift));
        };
        let scaled = Scaled::new(fixed.clone(), a, b).map(Distribution::Scaled);
        self.checked(scaled, |_| span, |_| "scale a distribution by a finite number other than 0".into())
    }

    /// A shape from a checked constructor; `place` finds the argument that an error speaks of.
    fn checked(
        &mut self,
        result: Result<Distribution, ParameterError>,
        place: impl Fn(&str) -> Span,
        hint: impl Fn(&str) -> String,
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

    fn interval(&mut self, low: &Expr, high: &Expr, span: Span) -> Option<Shape> {
        let a = self.resolver.constant(low, self.place, "an end of an interval");
        let b = self.resolver.constant(high, self.place, "an end of an interval");
        let (a, b) = (a?, b?);
        let found = match self.place.draws {
            Draws::Factor(range) => elicit::factor_interval(a, b, range),
            _ => elicit::signed_interval(a, b),
        };
        match found {
            Ok((distribution, reading)) => {
                self.resolver.readings.push(Reading { span, text: reading });
                Some(Shape::Fixed(distribution))
            }
            Err(problem) => {
                self.report(
                    Diagnostic::error("interval", problem.message)
                        .at(span, "not a 90 % interval")
                        .hint(problem.hint),
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

    // Families with a list of numbers.

    fn family(&mut self, family: Family, arguments: &[Argument], span: Span) -> Option<Shape> {
        if arguments
            .iter()
            .any(|one| one.name.as_ref().is_some_and(|name| quantile_name(&name.text).is_some()))
        {
            return self.fitted(family, arguments, span);
        }
        let (signature, slots) = self.match_signature(family, arguments, span)?;
        let known = &family.signatures()[signature];
        let mut parameters = Vec::new();
        for (parameter, slot) in known.parameters.iter().zip(&slots) {
            parameters.push(match (slot, parameter.default) {
                (Some(index), _) => self.resolver.parameter(&arguments[*index].value, self.place),
                (None, default) => Some(Term::constant(default.unwrap_or(f64::NAN), span)),
            });
        }
        let parameters: Vec<Term> = parameters.into_iter().collect::<Option<_>>()?;
        let constants: Option<Vec<f64>> = parameters.iter().map(evaluate::constant).collect();
        let Some(values) = constants else { return Some(Shape::Family(family, signature, parameters)) };
        let places: Vec<(&str, Span)> =
            known.parameters.iter().map(|one| one.name).zip(parameters.iter().map(|one| one.span)).collect();
        let built = family.build_with(signature, &values);
        let place = |wanted: &str| places.iter().find(|(name, _)| *name == wanted).map_or(span, |one| one.1);
        let form = form_of(family, known);
        self.checked(built, place, |wanted| match known.parameters.iter().find(|one| one.name == wanted) {
            Some(parameter) if parameter.meaning == wanted => format!("write {form} with finite numbers"),
            Some(parameter) => format!("write {form} with this `{wanted}`: {}", parameter.meaning),
            None => format!("write {form}"),
        })
    }

    /// The signature that the arguments fit and, for each of its parameters, the argument that gives it.
    fn match_signature(
        &mut self,
        family: Family,
        arguments: &[Argument],
        span: Span,
    ) -> Option<(usize, Vec<Option<usize>>)> {
        let signatures = family.signatures();
        let names: Vec<&Ident> = arguments.iter().filter_map(|one| one.name.as_ref()).collect();
        let fits = |signature: &Signature| {
            names.iter().all(|name| signature.parameters.iter().any(|one| one.name == name.text))
        };
        let Some(index) = signatures.iter().position(fits) else {
            self.report(unknown_parameter(family, &names, span));
            return None;
        };
        let mut slots = vec![None; signatures[index].parameters.len()];
        for (at, argument) in arguments.iter().enumerate() {
            let slot = match &argument.name {
                Some(name) => signatures[index].parameters.iter().position(|one| one.name == name.text),
                None => (at < slots.len()).then_some(at),
            };
            match slot {
                Some(slot) if slots[slot].is_none() => slots[slot] = Some(at),
                Some(slot) => {
                    let what = format!("is given `{}` twice", signatures[index].parameters[slot].name);
                    self.report(wrong_arguments(family, argument.value.span, &what));
                    return None;
                }
                None => {
                    self.report(wrong_arguments(family, argument.value.span, "has too many arguments"));
                    return None;
                }
            }
        }
        let mut pairs = signatures[index].parameters.iter().zip(&slots);
        if let Some((missing, _)) = pairs.find(|(one, slot)| slot.is_none() && one.default.is_none()) {
            let what = match missing.meaning == missing.name {
                true => format!("needs `{}`", missing.name),
                false => format!("needs `{}`: {}", missing.name, missing.meaning),
            };
            self.report(wrong_arguments(family, span, &what));
            return None;
        }
        Some((index, slots))
    }

    fn fitted(&mut self, family: Family, arguments: &[Argument], span: Span) -> Option<Shape> {
        let mut points = Vec::new();
        for argument in arguments {
            let named = argument.name.as_ref().and_then(|name| quantile_name(&name.text));
            let Some(probability) = named else {
                self.report(
                    Diagnostic::error(
                        "arguments",
                        format!("`{}` mixes quantiles with other parameters", family.name()),
                    )
                    .at(argument.value.span, "not a quantile")
                    .hint(format!(
                        "write `{0}(p5 = …, p95 = …)`, or {1}",
                        family.name(),
                        usage(family)
                    )),
                );
                return None;
            };
            points.push((probability, self.resolver.constant(&argument.value, self.place, "a quantile")?));
        }
        match elicit::from_quantiles(family, &points) {
            Ok((distribution, reading)) => {
                self.resolver.readings.push(Reading { span, text: reading });
                Some(Shape::Fixed(distribution))
            }
            Err(problem) => {
                self.report(
                    Diagnostic::error("quantiles", problem.message)
                        .at(span, "no such distribution")
                        .hint(problem.hint),
                );
                None
            }
        }
    }

    // Families of other forms.

    fn discrete(&mut self, arguments: &[Argument], span: Span) -> Option<Shape> {
        let usage = "write `discrete([0, 1, 5], [0.5, 0.3, 0.2])`: values, then their probabilities";
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
        let usage = "write `categorical([0.5, 0.3, 0.2])`: the probabilities of 0, 1 and 2";
        let slots = self.slots("categorical", arguments, &["probabilities"], usage, span)?;
        let probabilities = self.constants("categorical", slots[0], usage)?;
        let values: Vec<f64> = (0..probabilities.len()).map(|index| index as f64).collect();
        let built = Discrete::new(&values, &probabilities).map(Distribution::Discrete);
        self.checked(built, |_| slots[0].span, |_| usage.into())
    }

    fn truncate(&mut self, arguments: &[Argument], span: Span) -> Option<Shape> {
        let usage =
            "write `truncate(normal(0.5, 0.2), 0, 1)`: a distribution, its lowest and its highest value";
        let slots = self.slots("truncate", arguments, &["distribution", "low", "high"], usage, span)?;
        let inner = self.read(slots[0]);
        let low = self.resolver.parameter(slots[1], self.place);
        let high = self.resolver.parameter(slots[2], self.place);
        let (inner, low, high) = (inner?, low?, high?);
        let constants = (inner.fixed(), evaluate::constant(&low), evaluate::constant(&high));
        let (Some(fixed), Some(a), Some(b)) = constants else {
            return Some(Shape::Truncated(Box::new(inner), low, high));
        };
        let built = Truncated::new(fixed.clone(), a, b).map(Distribution::Truncated);
        let reach = fixed.support();
        let hint = |_: &str| match reach {
            (low, high) if low.is_finite() && high.is_finite() => {
                format!("write the lower end first; the distribution's values go from {low} to {high}")
            }
            _ => "write the lower end first, with values that the distribution takes between the ends".into(),
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
            self.report(form(at, "mixture", "write `mixture(normal(0, 1), normal(5, 1), [0.3, 0.7])`"));
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
            .map(|(weight, shape)| Some((evaluate::constant(weight)?, shape.fixed()?.clone())))
            .collect();
        match constants {
            Some(parts) => {
                let place = arguments.iter().find(|one| is_weights(one)).map_or(span, |one| one.value.span);
                self.checked(
                    Mixture::new(parts).map(Distribution::Mixture),
                    |_| place,
                    |_| "write positive weights, as in `[0.3, 0.7]`".into(),
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
                self.report(form(expr.span, "mixture", &usage));
                None
            }
        }
    }

    fn empirical(&mut self, arguments: &[Argument], span: Span) -> Option<Shape> {
        let usage =
            "write `empirical(\"prices.csv\", \"usd\")`: a CSV file beside the scenario, and a column";
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

    /// Arguments by name or position; all are required.
    fn slots<'e>(
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
            self.report(form(stray.map_or(span, |name| name.span), what, usage));
            return None;
        }
        slots
    }

    fn constants(&mut self, what: &str, expr: &Expr, usage: &str) -> Option<Vec<f64>> {
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

/// `p5` is 0.05, `p97.5` can't be a name, `p975` is not a percentage.
fn quantile_name(name: &str) -> Option<f64> {
    let digits = name.strip_prefix('p')?;
    let percent: f64 = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    (percent > 0.0 && percent < 100.0).then_some(percent / 100.0)
}

fn form(span: Span, what: &str, usage: &str) -> Diagnostic {
    Diagnostic::error("arguments", format!("`{what}` is not written like this"))
        .at(span, "not what stands here")
        .hint(usage.to_string())
}

/// `beta(alpha, beta)`; the other forms, `beta(mean = …, sd = …)`, are by name.
fn form_of(family: Family, signature: &Signature) -> String {
    let is_first = family.signatures().first() == Some(signature);
    let names: Vec<String> = signature
        .parameters
        .iter()
        .map(|one| if is_first { one.name.to_string() } else { format!("{} = …", one.name) })
        .collect();
    format!("`{}({})`", family.name(), names.join(", "))
}

/// All forms of a family.
fn usage(family: Family) -> String {
    let forms: Vec<String> = family.signatures().iter().map(|signature| form_of(family, signature)).collect();
    forms.join(" or ")
}

fn wrong_arguments(family: Family, span: Span, what: &str) -> Diagnostic {
    Diagnostic::error("arguments", format!("`{}` {what}", family.name()))
        .at(span, "wrong arguments")
        .hint(format!("write {}", usage(family)))
}

fn unknown_parameter(family: Family, names: &[&Ident], span: Span) -> Diagnostic {
    let known: Vec<&str> =
        family.signatures().iter().flat_map(|one| one.parameters).map(|one| one.name).collect();
    let stranger = names.iter().find(|name| !known.contains(&name.text.as_str()));
    match stranger {
        Some(name) => {
            let hint = match did_you_mean(&name.text, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write {}", usage(family)),
            };
            Diagnostic::error("arguments", format!("`{}` has no parameter `{}`", family.name(), name.text))
                .at(name.span, "not a parameter")
                .hint(hint)
        }
        None => {
            let given = list(names.iter().map(|name| name.text.as_str()), "and");
            Diagnostic::error("arguments", format!("{given} do not go together"))
                .at(span, "parameters of different forms")
                .hint(format!("write {}", usage(family)))
        }
    }
}
