//! Expressions to terms: names found, kinds checked, functions brought down to operations.

use std::collections::BTreeSet;

use super::category;
use super::family::ShapeReader;
use super::id::{CategoryId, Variable};
use super::mistakes::{misplaced, unknown_function, unlike, unlike_branches, wrong_arguments, wrong_type};
use super::names::{Named, Names};
use super::quantity::{self, Quantity, Register};
use super::term::{Term, TermKind};
use super::theories;
use super::{QuantityId, Reading};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, list};
use crate::distribution::Family;
use crate::expression::{
    Argument, Binary, COMPOSITE_FAMILIES, Comparison, Expr, Function, Ident, Node, Unary,
};
use crate::scenario::{Attachments, Document};

/// Number, truth, or one of the states of a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Truth,
    State,
}

impl Kind {
    pub(super) fn describe(self) -> &'static str {
        match self {
            Kind::Number => "a number",
            Kind::Truth => "true or false",
            Kind::State => "one of several states",
        }
    }
}

/// What the place of an expression allows.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    /// Its address.
    pub(super) address: &'a str,
    /// Whether distributions may stand here, and how an interval is read if so.
    pub(super) draws: Draws,
    /// Whether outcomes may be named: in claims only.
    pub(super) outcomes: bool,
}

/// Whether distributions may stand in an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Draws {
    /// No; the text says what has no randomness here.
    No(&'static str),
    /// Yes, as a factor with this declared range.
    Factor(Option<(f64, f64)>),
    /// Yes, as a weight or a base.
    Signed,
}

/// Resolves the expressions of one file.
pub(super) struct Resolver<'a> {
    pub(super) names: &'a Names,
    attachments: &'a Attachments,
    document: &'a Document,
    /// What has been told already: files that can't be read, and dates that are missing.
    told: BTreeSet<String>,
    pub(super) found: Diagnostics,
    pub(super) quantities: Vec<Quantity>,
    pub(super) register: Register,
    pub(super) readings: Vec<Reading>,
    draws_here: usize,
}

type Resolved = Option<(Term, Kind)>;

impl<'a> Resolver<'a> {
    pub(super) fn new(
        names: &'a Names,
        attachments: &'a Attachments,
        document: &'a Document,
    ) -> Resolver<'a> {
        Resolver {
            names,
            attachments,
            document,
            told: BTreeSet::new(),
            found: Diagnostics::new(),
            quantities: Vec::new(),
            register: Register::default(),
            readings: Vec::new(),
            draws_here: 0,
        }
    }

    /// An expression that must be a number.
    pub(super) fn number(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        self.draws_here = 0;
        self.expect(expr, place, Kind::Number)
    }

    /// An expression that must be true or false.
    pub(super) fn truth(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        self.draws_here = 0;
        self.expect(expr, place, Kind::Truth)
    }

    /// An expression of a probability: a number, or a plain truth.
    pub(super) fn chance(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        match expr.node {
            Node::Truth(value) => Some(Term::constant(f64::from(u8::from(value)), expr.span)),
            _ => self.number(expr, place),
        }
    }

    fn expect(&mut self, expr: &Expr, place: &Place, wanted: Kind) -> Option<Term> {
        let (term, kind) = self.any(expr, place)?;
        if kind == wanted {
            return Some(term);
        }
        self.found.push(wrong_type(expr, wanted, kind));
        None
    }

    fn numbers(&mut self, exprs: &[&Expr], place: &Place) -> Option<Vec<Term>> {
        let terms: Vec<_> = exprs.iter().map(|one| self.expect(one, place, Kind::Number)).collect();
        terms.into_iter().collect()
    }

    fn any(&mut self, expr: &Expr, place: &Place) -> Resolved {
        let span = expr.span;
        let term = |kind| Term { kind, span };
        match &expr.node {
            Node::Number(value) => Some((term(TermKind::Constant(*value)), Kind::Number)),
            Node::Truth(value) => Some((term(TermKind::Constant(f64::from(u8::from(*value)))), Kind::Truth)),
            Node::Name(name) => self.name(&Ident { text: name.clone(), span }, place),
            Node::Unary(operation, one) => self.unary(*operation, one, place, span),
            Node::Binary(operation, a, b) => self.binary(*operation, a, b, place, span),
            Node::Compare(comparison, a, b) => self.compare(*comparison, a, b, place, span),
            Node::If(parts) => self.conditional(parts, place, span),
            Node::Call(name, arguments) => self.call(expr, name, arguments, place),
            Node::Interval(..) => self.draw(expr, place),
            Node::Text(_) | Node::List(_) | Node::Outcome | Node::Probability(..) | Node::Is(..) => {
                self.found.push(misplaced(expr));
                None
            }
        }
    }

    fn name(&mut self, name: &Ident, place: &Place) -> Resolved {
        let span = name.span;
        if let Some(first) = self.document.theories.first()
            && name.text == theories::WORD
        {
            self.found.push(theories::misplaced(span, first, place.outcomes));
            return None;
        }
        match self.names.get(&name.text) {
            Some(Named::Variable(variable)) => {
                let kind = match variable {
                    Variable::Event(_) => Kind::Truth,
                    Variable::Category(_) => Kind::State,
                    Variable::Factor(_) | Variable::Derived(_) => Kind::Number,
                };
                Some((Term { kind: TermKind::Variable(variable), span }, kind))
            }
            Some(Named::Outcome(id)) if place.outcomes => {
                Some((Term { kind: TermKind::Outcome(id), span }, Kind::Truth))
            }
            _ if place.outcomes => {
                self.found.push(self.names.unknown(
                    name,
                    "a factor, derived value, event or outcome",
                    |_| true,
                ));
                None
            }
            _ => {
                let admits = |named| matches!(named, Named::Variable(_));
                self.found.push(self.names.unknown(name, "a factor, derived value or event", admits));
                None
            }
        }
    }

    fn unary(&mut self, operation: Unary, one: &Expr, place: &Place, span: Span) -> Resolved {
        let kind = if operation == Unary::Not { Kind::Truth } else { Kind::Number };
        let inner = self.expect(one, place, kind)?;
        Some((Term { kind: TermKind::Unary(operation, Box::new(inner)), span }, kind))
    }

    fn binary(&mut self, operation: Binary, a: &Expr, b: &Expr, place: &Place, span: Span) -> Resolved {
        let kind = if matches!(operation, Binary::And | Binary::Or) { Kind::Truth } else { Kind::Number };
        let (a, b) = (self.expect(a, place, kind), self.expect(b, place, kind));
        Some((a?.binary(operation, b?, span), kind))
    }

    fn compare(&mut self, comparison: Comparison, a: &Expr, b: &Expr, place: &Place, span: Span) -> Resolved {
        if !place.outcomes
            && let Some(outcome) = [a, b].into_iter().find(|one| one.node == Node::Outcome)
        {
            self.found.push(misplaced(outcome));
            return None;
        }
        if place.outcomes && (a.node == Node::Outcome || b.node == Node::Outcome) {
            return self.compare_outcome(comparison, a, b, place, span);
        }
        for (one, other) in [(a, b), (b, a)] {
            if self.is_theory(one) {
                if !place.outcomes {
                    return self.any(one, place);
                }
                let term = theories::compare(self.document, comparison, other, span);
                return Some((term.map_err(|problem| self.found.push(problem)).ok()?, Kind::Truth));
            }
            if let Some(id) = self.category(one) {
                return self.compare_state(comparison, id, other, span);
            }
        }
        let (left, right) = (self.any(a, place), self.any(b, place));
        let ((left, one), (right, other)) = (left?, right?);
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if one != other {
            self.found.push(unlike((a, one), (b, other)));
            return None;
        }
        if one == Kind::Truth && !is_equality {
            self.found.push(wrong_type(a, Kind::Number, Kind::Truth));
            return None;
        }
        let kind = TermKind::Compare(comparison, Box::new(left), Box::new(right));
        Some((Term { kind, span }, Kind::Truth))
    }

    /// `outcome == name`.
    fn compare_outcome(
        &mut self,
        comparison: Comparison,
        a: &Expr,
        b: &Expr,
        place: &Place,
        span: Span,
    ) -> Resolved {
        let other = if a.node == Node::Outcome { b } else { a };
        let Node::Name(text) = &other.node else {
            self.found.push(misplaced(if a.node == Node::Outcome { a } else { b }));
            return None;
        };
        let name = Ident { text: text.clone(), span: other.span };
        let Some(Named::Outcome(_)) = self.names.get(text) else {
            self.found
                .push(self.names.unknown(&name, "an outcome", |named| matches!(named, Named::Outcome(_))));
            return None;
        };
        let (term, kind) = self.name(&name, place)?;
        match comparison {
            Comparison::Equal => Some((Term { span, ..term }, kind)),
            Comparison::NotEqual => Some((term.unary(Unary::Not), kind)),
            _ => {
                self.found.push(
                    Diagnostic::error("wrong-type", "outcomes have no order")
                        .at(span, "neither more nor less")
                        .hint(format!("write `outcome == {text}` or `outcome != {text}`")),
                );
                None
            }
        }
    }

    /// Whether an expression is the word for the theory that is right.
    fn is_theory(&self, expr: &Expr) -> bool {
        !self.document.theories.is_empty() && matches!(&expr.node, Node::Name(name) if name == theories::WORD)
    }

    /// The factor with states that an expression names.
    fn category(&self, expr: &Expr) -> Option<CategoryId> {
        match &expr.node {
            Node::Name(name) => match self.names.get(name) {
                Some(Named::Variable(Variable::Category(id))) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }

    /// `china == approves`.
    fn compare_state(
        &mut self,
        comparison: Comparison,
        id: CategoryId,
        other: &Expr,
        span: Span,
    ) -> Resolved {
        let category = &self.document.categories[id.0];
        let at = match &other.node {
            Node::Name(name) => category.states.iter().position(|state| state.text == *name),
            _ => None,
        };
        let Some(state) = at else {
            self.found.push(category::not_a_state(category, other));
            return None;
        };
        let term = Term { kind: TermKind::Is(id, state), span };
        match comparison {
            Comparison::Equal => Some((term, Kind::Truth)),
            Comparison::NotEqual => Some((term.unary(Unary::Not), Kind::Truth)),
            _ => {
                self.found.push(category::no_order(category, state, span));
                None
            }
        }
    }

    fn conditional(&mut self, parts: &[Expr; 3], place: &Place, span: Span) -> Resolved {
        let condition = self.expect(&parts[0], place, Kind::Truth);
        let one = self.any(&parts[1], place);
        let other = self.any(&parts[2], place);
        let (condition, (one, kind), (other, second)) = (condition?, one?, other?);
        if kind != second {
            self.found.push(unlike_branches((&parts[1], kind), (&parts[2], second)));
            return None;
        }
        Some((Term { kind: TermKind::If(Box::new([condition, one, other])), span }, kind))
    }

    fn call(&mut self, expr: &Expr, name: &Ident, arguments: &[Argument], place: &Place) -> Resolved {
        if is_family(&name.text) {
            return self.draw(expr, place);
        }
        let Some(function) = Function::from_name(&name.text) else {
            self.found.push(unknown_function(name));
            return None;
        };
        if let Some(named) = arguments.iter().find_map(|one| one.name.as_ref()) {
            self.found.push(wrong_arguments(function, named.span, "takes no named arguments"));
            return None;
        }
        if !function.takes(arguments.len()) {
            let what = match arguments.len() {
                0 => "needs arguments".to_string(),
                1 => "does not take one argument alone".into(),
                count => format!("does not take {count} arguments"),
            };
            self.found.push(wrong_arguments(function, expr.span, &what));
            return None;
        }
        let values: Vec<&Expr> = arguments.iter().map(|one| &one.value).collect();
        let terms = self.numbers(&values, place)?;
        let years = if function == Function::ByDate { self.years(expr.span)? } else { 0.0 };
        Some((lower(function, terms, expr.span, years), Kind::Number))
    }

    /// Years from `as_of` to `by`; the first time that one is missing, an error says so.
    fn years(&mut self, span: Span) -> Option<f64> {
        let header = &self.document.header;
        if let (Some(from), Some(to)) = (&header.as_of, &header.by) {
            // Dates in the wrong order are an error of their own.
            return Some(from.value.years_until(to.value).max(0.0));
        }
        let dates =
            [("as_of", header.as_of.is_some(), "2023-09-15"), ("by", header.by.is_some(), "2024-09-15")];
        let is_missing = |(key, is_there, _): &(&str, bool, &str)| {
            !is_there && !self.document.unreadable.contains(&format!("scenario.{key}"))
        };
        let missing: Vec<_> = dates.into_iter().filter(is_missing).collect();
        if !missing.is_empty() && self.told.insert("[scenario] dates".into()) {
            let keys: Vec<&str> = missing.iter().map(|one| one.0).collect();
            let lines: Vec<String> =
                missing.iter().map(|(key, _, date)| format!("`{key} = {date}`")).collect();
            self.found.push(
                Diagnostic::error("dates", "`by_date` needs to know from when to when")
                    .at(span, format!("the scenario has no {}", list(keys, "and no")))
                    .hint(format!("add {} under `[scenario]`", lines.join(" and "))),
            );
        }
        None
    }

    /// The content of a file that the scenario or a flag names; the first time that it can't be read, an error says so.
    pub(super) fn attachment(&mut self, path: &str, span: Span) -> Option<&'a str> {
        let reason = match self.attachments.get(path) {
            Some(Ok(content)) => return Some(content),
            Some(Err(reason)) => reason,
            None => "no such file",
        };
        if self.told.insert(path.to_string()) {
            self.found.push(
                Diagnostic::error("attachment", format!("the file `{path}` can't be read: {reason}"))
                    .at(span, "named here")
                    .hint("paths are relative to the scenario file"),
            );
        }
        None
    }

    /// A distribution that draws.
    fn draw(&mut self, expr: &Expr, place: &Place) -> Resolved {
        if let Draws::No(what) = place.draws {
            self.found.push(
                Diagnostic::error("no-randomness", format!("{what} has no randomness of its own"))
                    .at(expr.span, "a distribution")
                    .hint("write a section such as `[factors.some_name]` with this as its `value`, and the name here"),
            );
            return None;
        }
        let shape = ShapeReader { resolver: self, place }.read(expr)?;
        let key = quantity::key(place.address, self.draws_here);
        self.draws_here += 1;
        let dimension = self.register.dimension(&key);
        let id = QuantityId(self.quantities.len());
        self.quantities.push(Quantity::alone(key, dimension, shape, expr.span));
        Some((Term { kind: TermKind::Draw(id), span: expr.span }, Kind::Number))
    }

    /// A parameter of a distribution: a formula without draws of its own.
    pub(super) fn parameter(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        let inner = Place { draws: Draws::No("a parameter of a distribution"), ..place.clone() };
        self.expect(expr, &inner, Kind::Number)
    }

    /// A number that must be known before the run.
    pub(super) fn constant(&mut self, expr: &Expr, place: &Place, what: &str) -> Option<f64> {
        let term = self.parameter(expr, place)?;
        let value = super::evaluate::constant(&term);
        if value.is_none() {
            self.found.push(
                Diagnostic::error("not-constant", format!("{what} must be a constant"))
                    .at(expr.span, "depends on other quantities")
                    .hint(
                        "write a number here; let a parameter of a family depend on other quantities instead",
                    ),
            );
        }
        value
    }
}

/// Whether a name calls a distribution.
pub(super) fn is_family(name: &str) -> bool {
    Family::from_name(name).is_some() || COMPOSITE_FAMILIES.contains(&name)
}

/// A function brought down to operations.
fn lower(function: Function, terms: Vec<Term>, span: Span, years: f64) -> Term {
    let mut terms = terms.into_iter();
    let count = terms.len() as f64;
    let Some(first) = terms.next() else { return Term::constant(f64::NAN, span) };
    let fold = |first: Term, rest: std::vec::IntoIter<Term>, operation| {
        Term::join(std::iter::once(first).chain(rest).collect(), operation, |_| span)
    };
    let one = |operation| Term { kind: TermKind::Unary(operation, Box::new(first.clone())), span };
    match function {
        Function::Min => fold(first, terms, Binary::Min),
        Function::Max => fold(first, terms, Binary::Max),
        Function::Abs => one(Unary::Abs),
        Function::Sqrt => one(Unary::Sqrt),
        Function::Exp => one(Unary::Exp),
        Function::Ln => one(Unary::Ln),
        Function::Log10 => one(Unary::Log10),
        Function::Pow => fold(first, terms, Binary::Power),
        // clamp(x, low, high) = min(max(x, low), high)
        Function::Clamp => match (terms.next(), terms.next()) {
            (Some(low), Some(high)) => first.binary(Binary::Max, low, span).binary(Binary::Min, high, span),
            _ => Term::constant(f64::NAN, span),
        },
        Function::Logistic => one(Unary::Logistic),
        Function::Logit => one(Unary::Logit),
        Function::Mean => {
            fold(first, terms, Binary::Add).binary(Binary::Divide, Term::constant(count, span), span)
        }
        Function::Geomean => geomean(first, terms, count, span),
        Function::Floor => one(Unary::Floor),
        Function::Ceil => one(Unary::Ceil),
        Function::Round => one(Unary::Round),
        Function::ByDate => {
            first.binary(Binary::Multiply, Term::constant(years, span), span).unary(Unary::Saturate)
        }
    }
}

/// Two values by the square root of their product, which is exact at the ends; more by the mean of their logarithms. A
/// negative value is void, two of them too.
fn geomean(first: Term, mut rest: std::vec::IntoIter<Term>, count: f64, span: Span) -> Term {
    match rest.len() {
        0 => first,
        1 => match rest.next() {
            Some(second) => {
                let first = Term { kind: TermKind::Within(Box::new(first), 0.0, f64::INFINITY), span };
                first.binary(Binary::Multiply, second, span).unary(Unary::Sqrt)
            }
            None => first,
        },
        _ => Term::join(
            std::iter::once(first).chain(rest).map(|one| one.unary(Unary::Ln)).collect(),
            Binary::Add,
            |_| span,
        )
        .binary(Binary::Divide, Term::constant(count, span), span)
        .unary(Unary::Exp),
    }
}
