//! Factors with states: what is not known and is one of several things.

use super::term::Term;
use crate::diagnostic::{Diagnostic, Span, did_you_mean, list};
use crate::expression::{Expr, Node};
use crate::scenario::{self, Origin};

/// Something not known that is in one of several states.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Its states, exclusive and exhaustive.
    pub states: Vec<State>,
    /// The probability of each state, which may depend on anything that does not depend on it.
    pub probabilities: Vec<Term>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where its section begins.
    pub span: Span,
}

/// One of the states of a factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: String,
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
