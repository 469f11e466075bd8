//! What is wrong with an expression, in words.

use super::kind::Kind;
use super::place::{Place, Randomness};
use crate::diagnostic::{Diagnostic, Hint, Span, did_you_mean, list};
use crate::distribution::Family;
use crate::expression::{COMPOSITE_FAMILIES, Expr, Function, Ident, Loose, LooseKind, Node};
use crate::scenario;

/// The error of a value of one kind where another must stand. A truth is a number too; `state` is one of those that a factor with
/// states can be compared with.
pub(super) fn wrong_type(expr: &Expr, wanted: Kind, found: Kind, state: &str) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("this must be {}", wanted.describe()))
        .at(expr.span, format!("this is {}", found.describe()))
        .hint(turned(expr, found, state))
}

/// How a value of one kind is made one of the other.
fn turned(expr: &Expr, found: Kind, state: &str) -> String {
    match &expr.node {
        Node::Name(name) if found == Kind::State => {
            format!("compare it with one of its states, as in `{name} == {state}`")
        }
        Node::Name(name) => format!("compare it with something, as in `{name} > 0.5`"),
        Node::Number(_) => {
            "what is true or false is a comparison such as `a > 0.5`, an event, `true` or `false`".into()
        }
        _ => "compare it with something, as in `a + b > 0.5`".into(),
    }
}

/// The error of values of an `if` of which one is a state.
pub(super) fn unlike_branches((a, one): (&Expr, Kind), (b, other): (&Expr, Kind), state: &str) -> Diagnostic {
    let named = if one == Kind::State { a } else { b };
    Diagnostic::error("wrong-type", "both values of an `if` must be of one kind")
        .at(b.span, format!("this is {}", other.describe()))
        .at(a.span, format!("this is {}", one.describe()))
        .hint(turned(named, Kind::State, state))
}

/// Where numbers stand that may follow from a factor.
const NAMED: [&str; 4] = ["the probability of an event", "a derived value", "a score", "a payoff"];

/// The error of a range in another notation, or of a word that stands for one, with what can stand in its place.
pub(super) fn loose(loose: &Loose, span: Span, place: &Place) -> Diagnostic {
    let error = match &loose.kind {
        LooseKind::Ends => Diagnostic::error("range-notation", "a range of values has `to` between its ends")
            .at(span, "looks like a range, and is none"),
        LooseKind::Tolerance => Diagnostic::error("range-notation", "a tolerance can mean several things")
            .at(span, "a middle, and what lies around it"),
        LooseKind::Word(word) => {
            let message = format!("the word \"{word}\" is no value: numbers stand here");
            Diagnostic::error("unsupported", message).at(span, "a word of the verbal scale")
        }
    };
    let error = match place.randomness {
        Randomness::No(what) => {
            let middle = loose.quoted(&loose.middle);
            let error = error.hint(
                Hint::new(format!("one number stands here: write `{middle}`, the middle")).edit(span, middle),
            );
            let spread = &loose.spreads[0].0;
            match NAMED.contains(&what) {
                true => error.hint(format!(
                    "or keep what is not known in a factor, with `value = '{spread}'`, and use its name here"
                )),
                false => error,
            }
        }
        _ => loose.spreads.iter().fold(error, |error, (text, meaning)| {
            let text = loose.quoted(text);
            error.hint(Hint::new(format!("write `{text}`{meaning}")).edit(span, text))
        }),
    };
    match loose.difference {
        Some(value) if place.randomness == Randomness::Factor(None) => error.hint(
            Hint::new(format!("if the difference is meant, write `{value}`")).edit(span, value.to_string()),
        ),
        _ => error,
    }
}

pub(super) fn misplaced(expr: &Expr) -> Diagnostic {
    let (what, hint): (&str, Hint) = match &expr.node {
        Node::Text(text) if text.contains('(') => {
            let hint = Hint::new(format!("leave the inner quotes out: write `{text}`"));
            ("a quoted text", hint.edit(expr.span, text.as_str()))
        }
        Node::Text(_) => {
            ("a quoted text", "texts name files and columns, as in `empirical(\"prices.csv\", \"usd\")`".into())
        }
        Node::List(_) => (
            "a list",
            "lists stand in `discrete([…], […])`, `categorical([…])` and `mixture(…, [weights])`; a range is `0.2 to 0.7`"
                .into(),
        ),
        Node::Probability(..) => {
            ("`P(…)`", "probabilities of outcomes are results: use `P(…)` in claims only".into())
        }
        Node::Is(..) => {
            ("a comparison with a word", "words are compared with in claims only, as in `P(a) is likely`".into())
        }
        _ => ("`outcome`", "compare it in a claim, as in `P(outcome == a) > 0.3`".into()),
    };
    Diagnostic::error("misplaced", format!("{what} can't stand here"))
        .at(expr.span, "has no value here")
        .hint(hint)
}

/// What functions and distributions are called elsewhere.
const ALIASES: [(&str, &str); 30] = [
    ("sigmoid", "logistic"),
    ("expit", "logistic"),
    ("inv_logit", "logistic"),
    ("average", "mean"),
    ("avg", "mean"),
    ("power", "pow"),
    ("log_odds", "logit"),
    ("p", "P"),
    ("Pr", "P"),
    ("prob", "P"),
    ("gaussian", "normal"),
    ("norm", "normal"),
    ("lognorm", "lognormal"),
    ("unif", "uniform"),
    ("expon", "exponential"),
    ("exp_dist", "exponential"),
    ("triang", "triangular"),
    ("tri", "triangular"),
    ("triangle", "triangular"),
    ("betapert", "pert"),
    ("student", "student_t"),
    ("t_dist", "student_t"),
    ("logis", "logistic_dist"),
    ("pois", "poisson"),
    ("binom", "binomial"),
    ("nbinom", "negative_binomial"),
    ("geom", "geometric"),
    ("bern", "bernoulli"),
    ("choice", "discrete"),
    ("clip", "clamp"),
];

pub(super) fn unknown_function(name: &Ident) -> Diagnostic {
    let families = || Family::ALL.iter().map(|family| family.name()).chain(COMPOSITE_FAMILIES);
    let error = Diagnostic::error(
        "unknown-function",
        format!("no function or distribution is called `{}`", name.text),
    )
    .at(name.span, "not known");
    let alias = ALIASES.iter().find(|(other, _)| name.text == *other);
    if let Some((_, own)) = alias {
        return error.hint(Hint::write(name.span, *own));
    }
    if name.text == "log" {
        let hint = Hint::new("write `ln` for the natural logarithm").edit(name.span, "ln");
        return error.hint(hint).hint(Hint::new("write `log10` for the common one").edit(name.span, "log10"));
    }
    match did_you_mean(&name.text, Function::names().chain(families())) {
        Some(near) => error.hint(Hint::meant(name.span, &name.text, near)),
        None => error.hint(format!("distributions are {}", list(families(), "and"))).hint(format!(
            "functions are {}; a product has its sign, as in `{} * (a + b)`",
            list(Function::names(), "and"),
            name.text
        )),
    }
}

pub(super) fn wrong_arguments(function: Function, span: Span, what: &str) -> Diagnostic {
    Diagnostic::error("arguments", format!("`{}` {what}", function.name()))
        .at(span, "wrong arguments")
        .hint(format!("it is written as in `{}`", function.usage()))
}

/// The error of comparing a factor with what is none of its states.
pub(super) fn not_a_state(category: &scenario::Category, written: &Expr) -> Diagnostic {
    let name = &category.name.text;
    let states = || category.states.iter().map(|state| state.text.as_str());
    let (message, near) = match &written.node {
        Node::Name(text) => (format!("`{name}` has no state `{text}`"), did_you_mean(text, states())),
        _ => (format!("`{name}` can be compared with its states only"), None),
    };
    let hint = match (near, &written.node) {
        (Some(near), Node::Name(text)) => Hint::meant(written.span, text, near),
        _ => format!("its states are {}", list(states(), "and")).into(),
    };
    Diagnostic::error("unknown-state", message).at(written.span, "none of its states").hint(hint)
}

/// The error of comparing states by size.
pub(super) fn no_order(category: &scenario::Category, state: usize, span: Span) -> Diagnostic {
    let (name, state) = (&category.name.text, &category.states[state].text);
    Diagnostic::error("wrong-type", format!("the states of `{name}` have no order"))
        .at(span, "neither more nor less")
        .hint(
            Hint::new(format!(
                "write `{name} == {state}` or `{name} != {state}`, joined by `or` for several states"
            ))
            .edit(span, format!("{name} == {state}")),
        )
}
