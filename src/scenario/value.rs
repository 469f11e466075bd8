//! Values of a document: what they say, where they stand, and what can take their place.

use std::collections::BTreeMap;

use crate::diagnostic::Span;
use crate::expression::{Expr, Ident, Node};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// An expression of the file and its address, by which `--set` and its like can replace it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Such as `factors.china_approval.value`.
    pub address: String,
    /// What it says.
    pub expr: Expr,
}

/// A new expression for an address. A bare name means its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// Such as `china_approval` or `outcomes.sanctioned.weights.inertia`.
    pub address: Ident,
    /// What stands there now.
    pub expr: Expr,
}

impl Override {
    /// Files that the new expression names.
    pub fn attachments(&self) -> Vec<(String, Attachment)> {
        attachments_of(&self.expr).into_iter().collect()
    }
}

/// Something read, and how it would be written after a flag.
#[derive(Clone, Debug, PartialEq)]
pub struct Written<T> {
    /// The text.
    pub text: String,
    /// What it says.
    pub value: T,
}

/// A file that the scenario names.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// Where it is named first.
    pub span: Span,
}

/// Files named in an expression, as in `empirical("prices.csv", "usd")`.
pub(super) fn attachments_of(expr: &Expr) -> BTreeMap<String, Attachment> {
    let mut found = BTreeMap::new();
    expr.walk(&mut |node| {
        if let Node::Call(name, arguments) = &node.node
            && name.text == "empirical"
            && let Some(first) = arguments.first()
            && let Node::Text(path) = &first.value.node
        {
            found.entry(path.clone()).or_insert(Attachment { span: first.value.span });
        }
    });
    found
}
