//! Calls of families to shapes: arguments matched with signatures, constants checked at once.

use super::elicit::{self, Mend};
use super::shape_reader::ShapeReader;
use super::shapes::exchanged;
use crate::diagnostic::number::share;
use crate::diagnostic::{Diagnostic, Hint, Span, did_you_mean, list};
use crate::distribution::{Family, Signature};
use crate::expression::{Argument, Ident};
use crate::model::{Reading, Shape, Term, constant};

impl ShapeReader<'_, '_, '_> {
    /// A family with parameters, or with quantiles.
    pub(super) fn family(&mut self, family: Family, arguments: &[Argument], span: Span) -> Option<Shape> {
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
        let constants: Option<Vec<f64>> = parameters.iter().map(constant).collect();
        let Some(values) = constants else { return Some(Shape::Family(family, signature, parameters)) };
        let places: Vec<(&str, Span)> =
            known.parameters.iter().map(|one| one.name).zip(parameters.iter().map(|one| one.span)).collect();
        let built = family.build_with(signature, &values);
        let place = |wanted: &str| places.iter().find(|(name, _)| *name == wanted).map_or(span, |one| one.1);
        let form = form_of(family, known);
        self.checked(built, place, |wanted| match known.parameters.iter().find(|one| one.name == wanted) {
            Some(_) if wanted == "p" && (2.0..=100.0).contains(&values[at_of(known, wanted)]) => {
                let percent = format!("{}%", values[at_of(known, wanted)]);
                Hint::write(place(wanted), percent)
            }
            Some(_) if family == Family::Uniform && values[1] < values[0] => exchanged(
                "write the lower end first",
                (values[0], parameters[0].span),
                (values[1], parameters[1].span),
            ),
            Some(parameter) if parameter.meaning == wanted => format!("{form} takes finite numbers").into(),
            Some(parameter) => format!("`{wanted}` in {form} is the {}", parameter.meaning).into(),
            None => format!("it is given as {form}").into(),
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
        let (mut points, mut places) = (Vec::new(), Vec::new());
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
                        "it is given as `{0}(p5 = …, p95 = …)`, or as {1}",
                        family.name(),
                        usage(family)
                    )),
                );
                return None;
            };
            let value = self.resolver.constant(&argument.value, self.place, "a quantile")?;
            points.push((probability, value));
            places.push((value, argument.value.span));
        }
        match elicit::from_quantiles(family, &points, self.resolver.cache) {
            Ok((distribution, reading)) => {
                self.resolver.readings.push(Reading { span, text: reading, is_rounding: false });
                Some(Shape::Fixed(distribution))
            }
            Err(problem) => {
                let hint = match (problem.mend, &places[..]) {
                    (Mend::Exchange, [one, other]) => exchanged(problem.hint, *one, *other),
                    _ => problem.hint.into(),
                };
                let error = Diagnostic::error("quantiles", problem.message);
                self.report(error.at(span, "no such distribution").hint(hint));
                None
            }
        }
    }
}

/// `p5` is 0.05, `p97.5` is 0.975, `p975` is not a percentage.
fn quantile_name(name: &str) -> Option<f64> {
    let digits = name.strip_prefix('p')?;
    let is_plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let percent: f64 = digits.parse().ok().filter(|_| is_plain)?;
    (percent > 0.0 && percent < 100.0).then(|| share(percent))
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
        .hint(format!("it is given as {}", usage(family)))
}

/// The position of a parameter.
fn at_of(signature: &Signature, wanted: &str) -> usize {
    signature.parameters.iter().position(|one| one.name == wanted).unwrap_or(0)
}

/// What parameters are called elsewhere.
const ALIASES: [(&str, &str); 11] = [
    ("mu", "mean"),
    ("loc", "mean"),
    ("loc", "location"),
    ("sigma", "sd"),
    ("std", "sd"),
    ("stdev", "sd"),
    ("min", "low"),
    ("max", "high"),
    ("lambda", "mean"),
    ("nu", "df"),
    ("k", "shape"),
];

/// The parameter that is meant by a name that none has.
fn meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let alias = ALIASES
        .iter()
        .filter(|(other, _)| *other == name)
        .find_map(|(_, own)| known.iter().find(|one| *one == own));
    alias.copied().or_else(|| did_you_mean(name, known.iter().copied()))
}

fn unknown_parameter(family: Family, names: &[&Ident], span: Span) -> Diagnostic {
    let known: Vec<&str> =
        family.signatures().iter().flat_map(|one| one.parameters).map(|one| one.name).collect();
    let stranger = names.iter().find(|name| !known.contains(&name.text.as_str()));
    match stranger {
        Some(name) => {
            let strangers = names.iter().filter(|name| !known.contains(&name.text.as_str()));
            let meant: Option<Vec<(Span, &str)>> =
                strangers.map(|name| Some((name.span, meant(&name.text, &known)?))).collect();
            let hint = match meant {
                Some(all) => all.iter().fold(
                    Hint::new(format!("did you mean {}?", list(all.iter().map(|one| one.1), "and"))),
                    |hint, (span, near)| hint.edit(*span, *near),
                ),
                None => format!("it is given as {}", usage(family)).into(),
            };
            Diagnostic::error("arguments", format!("`{}` has no parameter `{}`", family.name(), name.text))
                .at(name.span, "not a parameter")
                .hint(hint)
        }
        None => {
            let given = list(names.iter().map(|name| name.text.as_str()), "and");
            Diagnostic::error("arguments", format!("{given} do not go together"))
                .at(span, "parameters of different forms")
                .hint(format!("it is given as {}", usage(family)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_may_have_decimals() {
        let read = ["p5", "p97.5", "p0.5", "p99.99"].map(quantile_name);
        assert_eq!(read, [Some(0.05), Some(0.975), Some(0.005), Some(0.9999)]);
        for name in ["p0", "p100", "p975", "p", "p.", "p1.2.3", "p-5", "pp", "p5e1"] {
            assert_eq!(quantile_name(name), None, "{name}");
        }
    }
}
