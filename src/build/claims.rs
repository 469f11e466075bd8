//! Claims from the document to the model.

use super::names::Meaning;
use super::place::{Place, Randomness};
use super::resolver::Resolver;
use crate::diagnostic::{Diagnostic, Hint, Span, did_you_mean};
use crate::expression::{Binary, Bound, ClaimKind, Comparison, Expr, Ident, Node, Unary, scale};
use crate::model::{
    Claim, ClaimTest, Condition, Measure, Move, OutcomeId, Probability, Term, TermKind, Variable, constant,
};
use crate::scenario::ClaimEntry;

const PLACE: Place = Place { address: "claims", randomness: Randomness::No("a claim"), outcomes: true };

/// Resolves one claim; `None` if it can't be, with the reason among the resolver's messages.
pub(super) fn resolve(resolver: &mut Resolver, entry: &ClaimEntry) -> Option<Claim> {
    let parsed = entry.expect.as_ref()?;
    let test = match &parsed.kind {
        ClaimKind::Holds(expr) => ClaimTest::Condition(condition(resolver, expr)?),
        ClaimKind::Rank(names) => ClaimTest::Condition(rank(resolver, names)?),
        ClaimKind::Moves { cause, outcome: target, rises } => {
            let (cause, target) = (variable(resolver, cause), outcome(resolver, target));
            ClaimTest::Move(Move { cause: cause?, outcome: target?, rises: *rises })
        }
    };
    let text = entry.text.clone().unwrap_or_else(|| entry.written.clone());
    Some(Claim { text, written: entry.written.clone(), test, origin: entry.origin.clone(), span: entry.span })
}

fn variable(resolver: &mut Resolver, name: &Ident) -> Option<Variable> {
    match resolver.names.get(&name.text) {
        Some(Meaning::Variable(variable)) => Some(variable),
        _ => {
            let admits = |named| matches!(named, Meaning::Variable(_));
            let problem = resolver.names.unknown(name, "a factor, derived value or event", admits);
            resolver.found.push(problem);
            None
        }
    }
}

fn outcome(resolver: &mut Resolver, name: &Ident) -> Option<OutcomeId> {
    match resolver.names.get(&name.text) {
        Some(Meaning::Outcome(id)) => Some(id),
        _ => {
            let problem =
                resolver.names.unknown(name, "an outcome", |named| matches!(named, Meaning::Outcome(_)));
            resolver.found.push(problem);
            None
        }
    }
}

/// a > b > c as a > b and b > c.
fn rank(resolver: &mut Resolver, names: &[Ident]) -> Option<Condition> {
    let ids: Vec<Option<OutcomeId>> = names.iter().map(|name| outcome(resolver, name)).collect();
    let ids: Vec<OutcomeId> = ids.into_iter().collect::<Option<_>>()?;
    let measure = |index: usize| {
        let what = Term { kind: TermKind::Outcome(ids[index]), span: names[index].span };
        Measure { constant: 0.0, parts: vec![(1.0, Probability { what, given: None })] }
    };
    let pairs = (1..ids.len())
        .map(|next| Condition::Compare(measure(next - 1).minus(measure(next)), Comparison::Greater));
    pairs.reduce(|all, one| Condition::And(Box::new(all), Box::new(one)))
}

fn condition(resolver: &mut Resolver, expr: &Expr) -> Option<Condition> {
    match &expr.node {
        Node::Binary(operation @ (Binary::And | Binary::Or), a, b) => {
            let (a, b) = (condition(resolver, a), condition(resolver, b));
            let (a, b) = (Box::new(a?), Box::new(b?));
            Some(if *operation == Binary::And { Condition::And(a, b) } else { Condition::Or(a, b) })
        }
        Node::Unary(Unary::Not, one) => Some(Condition::Not(Box::new(condition(resolver, one)?))),
        Node::Compare(comparison, a, b) => {
            if let (Node::Name(one), Node::Name(other)) = (&a.node, &b.node) {
                let sign = comparison.symbol();
                let is_number = |name: &String| {
                    matches!(
                        resolver.names.get(name),
                        Some(Meaning::Variable(Variable::Factor(_) | Variable::Derived(_)))
                    )
                };
                let is_known = [one, other].iter().all(|name| resolver.names.get(name).is_some());
                let (words, new) = match is_number(one) && is_number(other) {
                    true => ("write", format!("P({one} {sign} {other}) > 0.5")),
                    false if is_known => ("write", format!("P({one}) {sign} P({other})")),
                    false => ("write names of the file, as in", "P(some_event) > P(other_event)".into()),
                };
                let hint = Hint::new(format!("{words} `{new}`"));
                let hint = if is_known { hint.edit(expr.span, new) } else { hint };
                let error = Diagnostic::error("claim", "a claim compares probabilities");
                resolver.found.push(error.at(expr.span, "names are not probabilities").hint(hint));
                return None;
            }
            let (a, b) = (measure(resolver, a), measure(resolver, b));
            let difference = a?.minus(b?);
            check_level(resolver, &difference, expr);
            if difference.parts.is_empty() {
                resolver.found.push(untestable(expr.span));
            }
            Some(Condition::Compare(difference, *comparison))
        }
        Node::Is(subject, bound, word) => verbal(resolver, subject, *bound, word),
        _ => {
            resolver.found.push(untestable(expr.span));
            None
        }
    }
}

fn untestable(span: Span) -> Diagnostic {
    Diagnostic::error("claim", "a claim compares probabilities")
        .at(span, "says nothing of the result")
        .hint("claims are such as `P(a) >= 30%`, `rank: a > b`, or `raises: some_factor -> some_outcome`")
}

/// A level outside [0, 1] makes a claim about one probability empty; percentages are often the reason.
fn check_level(resolver: &mut Resolver, difference: &Measure, expr: &Expr) {
    if let [(sign @ (1.0 | -1.0), _)] = difference.parts[..]
        && !(0.0..=1.0).contains(&(-sign * difference.constant))
    {
        let level = -sign * difference.constant;
        let place = expr.numbers().into_iter().find(|(value, _)| *value == level);
        let hint = match place {
            Some((_, place)) if (2.0..=100.0).contains(&level) => Hint::write(place, format!("{level}%")),
            _ => "compare with a number such as `0.3` or `30%`".into(),
        };
        resolver.found.push(
            Diagnostic::error("claim", format!("a probability is never {level}"))
                .at(expr.span, "probabilities lie between 0 and 1")
                .hint(hint),
        );
    }
}

fn verbal(resolver: &mut Resolver, subject: &Expr, bound: Bound, word: &Ident) -> Option<Condition> {
    let subject = measure(resolver, subject);
    let Some(band) = scale::band(&word.text) else {
        let place = Span { start: word.span.end.saturating_sub(word.text.len() as u32), ..word.span };
        let hint = match did_you_mean(&word.text, scale::all_words()) {
            Some(near) => Hint::meant(place, &word.text, near),
            None => "the words are those of ICD 203, such as `likely` or `very unlikely`".into(),
        };
        resolver.found.push(
            Diagnostic::error("unknown-word", format!("`{}` is not a word of the verbal scale", word.text))
                .at(word.span, "not a word of estimative probability")
                .hint(hint),
        );
        return None;
    };
    let subject = subject?;
    let level = |value: f64| Measure { constant: value, parts: Vec::new() };
    let at_least = Condition::Compare(subject.clone().minus(level(band.low)), Comparison::GreaterOrEqual);
    let at_most = Condition::Compare(subject.minus(level(band.high)), Comparison::LessOrEqual);
    Some(match bound {
        Bound::AtLeast => at_least,
        Bound::AtMost => at_most,
        Bound::Within => Condition::And(Box::new(at_least), Box::new(at_most)),
    })
}

/// A sum of numbers and multiples of probabilities.
fn measure(resolver: &mut Resolver, expr: &Expr) -> Option<Measure> {
    match &expr.node {
        Node::Probability(what, given) => {
            let what = resolver.truth(what, &PLACE);
            let given = match given {
                Some(given) => Some(resolver.truth(given, &PLACE)?),
                None => None,
            };
            Some(Measure { constant: 0.0, parts: vec![(1.0, Probability { what: what?, given })] })
        }
        Node::Binary(Binary::Add, a, b) => {
            let (a, b) = (measure(resolver, a), measure(resolver, b));
            Some(a?.minus(b?.scaled(-1.0)))
        }
        Node::Binary(Binary::Subtract, a, b) => {
            let (a, b) = (measure(resolver, a), measure(resolver, b));
            Some(a?.minus(b?))
        }
        Node::Binary(operation @ (Binary::Multiply | Binary::Divide), a, b) => {
            let (a, b) = (measure(resolver, a)?, measure(resolver, b)?);
            match (operation, a.parts.is_empty(), b.parts.is_empty()) {
                (Binary::Multiply, _, true) => Some(a.scaled(b.constant)),
                (Binary::Multiply, true, _) => Some(b.scaled(a.constant)),
                (Binary::Divide, _, true) if b.constant != 0.0 => Some(a.scaled(1.0 / b.constant)),
                _ => {
                    resolver.found.push(not_linear(expr.span));
                    None
                }
            }
        }
        Node::Unary(Unary::Negate, one) => Some(measure(resolver, one)?.scaled(-1.0)),
        Node::Name(name) if resolver.names.get(name).is_some() => {
            resolver.found.push(
                Diagnostic::error("claim", "a claim compares probabilities")
                    .at(expr.span, "a value that differs from draw to draw")
                    .hint(match resolver.names.get(name) {
                        Some(Meaning::Outcome(_) | Meaning::Variable(Variable::Event(_))) => {
                            Hint::write(expr.span, format!("P({name})"))
                        }
                        _ => format!(
                            "say with which probability it exceeds a number, as in `P({name} > 0.5) > 0.3`"
                        )
                        .into(),
                    }),
            );
            None
        }
        _ => {
            let term = resolver.number(expr, &PLACE)?;
            match constant(&term) {
                Some(constant) if constant.is_finite() => Some(Measure { constant, parts: Vec::new() }),
                _ => {
                    resolver.found.push(not_linear(expr.span));
                    None
                }
            }
        }
    }
}

fn not_linear(span: Span) -> Diagnostic {
    Diagnostic::error(
        "claim",
        "a claim compares sums and multiples of probabilities with each other or with numbers",
    )
    .at(span, "not a multiple of a probability")
    .hint("two probabilities are compared as in `P(a) >= 2 * P(b)`; one under a condition is `P(a | b)`")
}
