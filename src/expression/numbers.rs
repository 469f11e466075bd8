//! The numbers that an expression states, in the order of writing.
//!
//! A number is a literal: `35%` is one, and so is `-2`, whose sign belongs to it; in `a - 2` and `-2^2` it is 2. Truths, texts and
//! the digits of names are none.

use std::collections::BTreeMap;

use super::ast::{Expr, Node};
use crate::diagnostic::Span;

impl Expr {
    /// Each with its place.
    ///
    /// ```
    /// use foretell::diagnostic::{Excerpt, SourceId};
    /// let text = Excerpt::verbatim(SourceId::FILE, 0, "-2 * beta(p5 = 10%, p95 = 0.6) - x1");
    /// let numbers = foretell::expression::parse(&text).unwrap().numbers();
    /// assert_eq!(numbers.iter().map(|(value, _)| *value).collect::<Vec<_>>(), [-2.0, 0.1, 0.6]);
    /// ```
    pub fn numbers(&self) -> Vec<(f64, Span)> {
        let mut found = Vec::new();
        self.walk(&mut |one| {
            if let Node::Number(value) = one.node {
                found.push((value, one.span));
            }
        });
        found
    }

    /// This with other expressions in place of some numbers, by their positions from 0; positions beyond the last say nothing.
    pub fn with_numbers(&self, new: &BTreeMap<usize, &Expr>) -> Expr {
        let mut changed = self.clone();
        let mut at = 0;
        changed.walk_mut(&mut |one| {
            if matches!(one.node, Node::Number(_)) {
                if let Some(new) = new.get(&at) {
                    *one = (*new).clone();
                }
                at += 1;
            }
        });
        changed
    }

    /// Whether both say the same, wherever they stand.
    pub fn says(&self, other: &Expr) -> bool {
        self.placeless() == other.placeless()
    }

    fn placeless(&self) -> Expr {
        let mut bare = self.clone();
        bare.walk_mut(&mut |one| {
            one.span = Span::default();
            match &mut one.node {
                Node::Call(name, arguments) => {
                    name.span = Span::default();
                    let names = arguments.iter_mut().filter_map(|one| one.name.as_mut());
                    names.for_each(|name| name.span = Span::default());
                }
                Node::Is(_, _, word) => word.span = Span::default(),
                _ => {}
            }
        });
        bare
    }

    /// Visits everything below this node in the order of the text, then the node.
    fn walk_mut(&mut self, visit: &mut impl FnMut(&mut Expr)) {
        match &mut self.node {
            Node::Number(_)
            | Node::Truth(_)
            | Node::Text(_)
            | Node::Name(_)
            | Node::Outcome
            | Node::Loose(_) => {}
            Node::List(items) => items.iter_mut().for_each(|one| one.walk_mut(visit)),
            Node::Unary(_, one) | Node::Is(one, ..) => one.walk_mut(visit),
            Node::Binary(_, a, b) | Node::Compare(_, a, b) | Node::Interval(a, b) => {
                a.walk_mut(visit);
                b.walk_mut(visit);
            }
            Node::If(parts) => parts.iter_mut().for_each(|one| one.walk_mut(visit)),
            Node::Call(_, arguments) => arguments.iter_mut().for_each(|one| one.value.walk_mut(visit)),
            Node::Probability(what, given) => {
                what.walk_mut(visit);
                given.iter_mut().for_each(|one| one.walk_mut(visit));
            }
        }
        visit(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Excerpt, SourceId};

    fn read(text: &str) -> Expr {
        super::super::parse(&Excerpt::verbatim(SourceId::FILE, 0, text)).expect("an expression")
    }

    #[test]
    fn numbers_stand_in_the_order_of_writing() {
        let text = "if 1 < x then P(a | b > 2) - -3 else mixture(normal(4, 5), 6 to 7, [8, 90%]) ^ -(10)";
        let expr = read(text);
        let numbers: Vec<f64> = expr.numbers().iter().map(|(value, _)| *value).collect();
        assert_eq!(numbers, [1.0, 2.0, -3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 0.9, 10.0]);
        let written: Vec<&str> = expr.numbers().iter().map(|(_, span)| &text[span.range()]).collect();
        assert_eq!(written, ["1", "2", "-3", "4", "5", "6", "7", "8", "90%", "(10)"]);
    }

    #[test]
    fn what_is_put_in_is_not_counted() {
        let (expr, new, last) = (read("1 + 2 * 3"), read("7 - x * 8"), read("9"));
        let changed = expr.with_numbers(&BTreeMap::from([(0, &new), (2, &last), (5, &last)]));
        assert!(changed.says(&read("(7 - x * 8) + 2 * 9")));
        assert!(!changed.says(&expr) && expr.with_numbers(&BTreeMap::new()) == expr);
    }
}
