//! What is wrong with an expression, in words.

use super::kind::Kind;
use crate::diagnostic::{Diagnostic, Span, did_you_mean, list};
use crate::distribution::Family;
use crate::expression::{COMPOSITE_FAMILIES, Expr, Function, Ident, Node};
use crate::scenario;

pub(super) fn wrong_type(expr: &Expr, wanted: Kind, found: Kind) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("this must be {}", wanted.describe()))
        .at(expr.span, format!("this is {}", found.describe()))
        .hint(turned(expr, found, wanted))
}

/// How a value of one kind is made one of the other.
fn turned(expr: &Expr, found: Kind, wanted: Kind) -> String {
    match (wanted, &expr.node) {
        (_, Node::Name(name)) if found == Kind::State => {
            format!("compare it with one of its states, as in `{name} == some_state`")
        }
        (Kind::Number, Node::Name(name)) => format!("write `if {name} then 1 else 0`"),
        (Kind::Number, Node::Truth(value)) => format!("write `{}`", u8::from(*value)),
        (Kind::Number, _) => "write `if … then 1 else 0` around it".into(),
        (Kind::Truth, Node::Name(name)) => format!("compare it with something, as in `{name} > 0.5`"),
        (Kind::Truth, Node::Number(0.0)) => "write `false`, or a comparison such as `a > 0.5`".into(),
        (Kind::Truth, Node::Number(_)) => "write `true`, or a comparison such as `a > 0.5`".into(),
        (Kind::Truth, _) => "compare it with something, as in `… > 0.5`".into(),
        (Kind::State, _) => "name a factor with states".into(),
    }
}

/// A truth compared with a number.
pub(super) fn unlike((a, one): (&Expr, Kind), (b, other): (&Expr, Kind)) -> Diagnostic {
    let truth = if one == Kind::Truth { a } else { b };
    let hint = match &truth.node {
        Node::Name(name) => format!("write `{name}` or `not {name}` alone"),
        _ => "write the condition alone, or `not` before it".into(),
    };
    Diagnostic::error("wrong-type", "a number can't be compared with what is true or false")
        .at(b.span, format!("this is {}", other.describe()))
        .at(a.span, format!("this is {}", one.describe()))
        .hint(hint)
}

pub(super) fn unlike_branches((a, one): (&Expr, Kind), (b, other): (&Expr, Kind)) -> Diagnostic {
    let truth = if one == Kind::Truth { a } else { b };
    Diagnostic::error("wrong-type", "both values of an `if` must be of one kind")
        .at(b.span, format!("this is {}", other.describe()))
        .at(a.span, format!("this is {}", one.describe()))
        .hint(turned(truth, Kind::Truth, Kind::Number))
}

pub(super) fn misplaced(expr: &Expr) -> Diagnostic {
    let (what, hint) = match &expr.node {
        Node::Text(_) => {
            ("a quoted text", "texts name files and columns, as in `empirical(\"prices.csv\", \"usd\")`")
        }
        Node::List(_) => {
            ("a list", "lists stand in `discrete([…], […])`, `categorical([…])` and `mixture(…, [weights])`")
        }
        Node::Probability(..) => {
            ("`P(…)`", "probabilities of outcomes are results: use `P(…)` in claims only")
        }
        Node::Is(..) => {
            ("a comparison with a word", "words are compared with in claims only, as in `P(a) is likely`")
        }
        _ => ("`outcome`", "compare it in a claim, as in `P(outcome == a) > 0.3`"),
    };
    Diagnostic::error("misplaced", format!("{what} can't stand here"))
        .at(expr.span, "has no value here")
        .hint(hint)
}

pub(super) fn unknown_function(name: &Ident) -> Diagnostic {
    let families = Family::ALL.iter().map(|family| family.name());
    let known = Function::names().chain(families).chain(COMPOSITE_FAMILIES);
    let hint = match name.text.as_str() {
        "log" => Some("write `ln` for the natural logarithm, `log10` for the common one".into()),
        "sigmoid" | "expit" | "inv_logit" => Some("write `logistic`".into()),
        "average" | "avg" => Some("write `mean`".into()),
        "gaussian" => Some("write `normal`".into()),
        "p" | "Pr" | "prob" => Some("write `P(…)`, in claims".into()),
        _ => did_you_mean(&name.text, known).map(|near| format!("did you mean `{near}`?")),
    };
    let hint = hint.unwrap_or_else(|| {
        let functions = list(Function::names(), "and");
        format!("functions are {functions}; to multiply, write `{} * (…)`", name.text)
    });
    Diagnostic::error("unknown-function", format!("no function or distribution is called `{}`", name.text))
        .at(name.span, "not known")
        .hint(hint)
}

pub(super) fn wrong_arguments(function: Function, span: Span, what: &str) -> Diagnostic {
    Diagnostic::error("arguments", format!("`{}` {what}", function.name()))
        .at(span, "wrong arguments")
        .hint(format!("write `{}`", function.usage()))
}

/// The error of comparing a factor with what is none of its states.
pub(super) fn not_a_state(category: &scenario::Category, written: &Expr) -> Diagnostic {
    let name = &category.name.text;
    let states = || category.states.iter().map(|state| state.text.as_str());
    let (message, near) = match &written.node {
        Node::Name(text) => (format!("`{name}` has no state `{text}`"), did_you_mean(text, states())),
        _ => (format!("`{name}` can be compared with its states only"), None),
    };
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its states are {}", list(states(), "and")),
    };
    Diagnostic::error("unknown-state", message).at(written.span, "none of its states").hint(hint)
}

/// The error of comparing states by size.
pub(super) fn no_order(category: &scenario::Category, state: usize, span: Span) -> Diagnostic {
    let (name, state) = (&category.name.text, &category.states[state].text);
    Diagnostic::error("wrong-type", format!("the states of `{name}` have no order"))
        .at(span, "neither more nor less")
        .hint(format!("write `{name} == {state}` or `{name} != {state}`, joined by `or` for several states"))
}
