//! The numbers that a document states, each with its address.

use super::document::Document;
use super::value::{Located, Value};
use crate::diagnostic::Span;
use crate::expression::Node;

/// A number that the file states, in a value or by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// That of its value, such as `outcomes.up.base`, if it stands there alone; else with its position in the order of writing
    /// behind it, from 1, as in `derived.pull.value@2`.
    pub address: String,
    /// What it is.
    pub value: f64,
    /// Where it stands: the text there is how it is written.
    pub span: Span,
}

impl Number {
    fn new(address: &str, position: Option<usize>, Located { value, span }: Located<f64>) -> Number {
        let behind = position.map(|at| format!("@{at}")).unwrap_or_default();
        Number { address: format!("{address}{behind}"), value, span }
    }
}

impl Document {
    /// Every number of every value, and those that are no expressions: ranges, neutral points, correlations and what evidence
    /// counts. They come in the order of the file.
    ///
    /// ```
    /// use foretell::diagnostic::SourceFile;
    /// let file = SourceFile::new("x.toml", "[factors.oil]\nvalue = 'beta(2, 50%)'\n");
    /// let (document, _) = foretell::scenario::parse(&file);
    /// let last = &document.numbers()[1];
    /// assert_eq!((last.address.as_str(), last.value), ("factors.oil.value@2", 0.5));
    /// assert_eq!(&file.text[last.span.range()], "50%");
    /// ```
    pub fn numbers(&self) -> Vec<Number> {
        let values = self.values().into_iter().flat_map(Value::numbers);
        let values = values.chain(self.cells().flat_map(|cell| cell.numbers()));
        let constants = self.constants().into_iter();
        let constants = constants.map(|(address, position, one)| Number::new(&address, position, one));
        let mut all: Vec<Number> = values.chain(constants).collect();
        all.sort_by_key(|one| one.span);
        all
    }
}

impl Value {
    /// The numbers of its expression.
    pub fn numbers(&self) -> Vec<Number> {
        let is_alone = matches!(self.expr.node, Node::Number(_));
        let number = |(at, (value, span)): (usize, (f64, Span))| {
            Number::new(&self.address, (!is_alone).then_some(at + 1), Located { value, span })
        };
        self.expr.numbers().into_iter().enumerate().map(number).collect()
    }
}
