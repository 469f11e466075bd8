//! Expressions to terms: names found, kinds checked, functions brought down to operations.

use std::collections::BTreeSet;

use super::functions::is_family;
use super::functions::lower;
use super::kind::Kind;
use super::mistakes::{loose, misplaced, unknown_function, unlike_branches, wrong_arguments, wrong_type};
use super::names::{Meaning, Names};
use super::place::Place;
use super::place::Randomness;
use super::register::Register;
use super::truths::{Truths, counted};
use super::{register, theory_word};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, list};
use crate::distribution::Cache;
use crate::expression::{Argument, Binary, Expr, Function, Ident, Node, Unary};
use crate::limits::Meter;
use crate::model::{Quantity, QuantityId, Reading, Term, TermKind, Variable, constant};
use crate::scenario::{Attachments, Document};

/// Resolves the expressions of one file.
pub(super) struct Resolver<'a> {
    pub(super) names: &'a Names,
    attachments: &'a Attachments,
    pub(super) document: &'a Document,
    pub(super) meter: &'a Meter,
    /// Fits to intervals, which variants of a file share.
    pub(super) cache: &'a Cache,
    /// Which derived values are truths.
    truths: Truths,
    /// What has been told already: files that can't be read, and dates that are missing.
    told: BTreeSet<String>,
    pub(super) found: Diagnostics,
    pub(super) quantities: Vec<Quantity>,
    pub(super) register: Register,
    pub(super) readings: Vec<Reading>,
    draws_here: usize,
}

/// A term and its kind; `None` if it could not be understood.
pub(super) type Resolved = Option<(Term, Kind)>;

impl<'a> Resolver<'a> {
    pub(super) fn new(
        names: &'a Names,
        attachments: &'a Attachments,
        document: &'a Document,
        meter: &'a Meter,
        cache: &'a Cache,
        truths: Truths,
    ) -> Resolver<'a> {
        Resolver {
            truths,
            names,
            attachments,
            document,
            meter,
            cache,
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

    /// The formula of a derived value: a number, or a truth, which stays one.
    pub(super) fn formula(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        self.draws_here = 0;
        let kind = if self.truths.says(expr, self.names) { Kind::Truth } else { Kind::Number };
        self.expect(expr, place, kind)
    }

    /// An expression of a kind; a truth counts 1 or 0 where a number is wanted.
    pub(super) fn expect(&mut self, expr: &Expr, place: &Place, wanted: Kind) -> Option<Term> {
        let (term, kind) = self.any(expr, place)?;
        match (kind, wanted) {
            (Kind::Truth, Kind::Number) => Some(counted(term)),
            _ if kind == wanted => Some(term),
            _ => {
                self.found.push(wrong_type(expr, wanted, kind, self.some_state(expr)));
                None
            }
        }
    }

    /// A state that an expression can be compared with, if it names a factor with states.
    fn some_state(&self, expr: &Expr) -> &'a str {
        let document = self.document;
        let first = match &expr.node {
            Node::Name(name) => match self.names.get(name) {
                Some(Meaning::Variable(Variable::Category(id))) => document.categories[id.0].states.first(),
                _ => None,
            },
            _ => None,
        };
        first.map_or("some_state", |state| state.text.as_str())
    }

    fn numbers(&mut self, exprs: &[&Expr], place: &Place) -> Option<Vec<Term>> {
        let terms: Vec<_> = exprs.iter().map(|one| self.expect(one, place, Kind::Number)).collect();
        terms.into_iter().collect()
    }

    pub(super) fn any(&mut self, expr: &Expr, place: &Place) -> Resolved {
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
            Node::Loose(one) => {
                self.found.push(loose(one, span, place));
                None
            }
            Node::Text(_) | Node::List(_) | Node::Outcome | Node::Probability(..) | Node::Is(..) => {
                self.found.push(misplaced(expr));
                None
            }
        }
    }

    pub(super) fn name(&mut self, name: &Ident, place: &Place) -> Resolved {
        let span = name.span;
        if let Some(first) = self.document.theories.first()
            && name.text == theory_word::WORD
        {
            self.found.push(theory_word::misplaced(span, first, place.outcomes));
            return None;
        }
        match self.names.get(&name.text) {
            Some(Meaning::Variable(variable)) => {
                let kind = match variable {
                    Variable::Event(_) => Kind::Truth,
                    Variable::Category(_) => Kind::State,
                    Variable::Derived(id) if self.truths.holds(id) => Kind::Truth,
                    Variable::Factor(_) | Variable::Derived(_) => Kind::Number,
                };
                Some((Term { kind: TermKind::Variable(variable), span }, kind))
            }
            Some(Meaning::Outcome(id)) if place.outcomes => {
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
                let admits = |named| matches!(named, Meaning::Variable(_));
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

    fn conditional(&mut self, parts: &[Expr; 3], place: &Place, span: Span) -> Resolved {
        let condition = self.expect(&parts[0], place, Kind::Truth);
        let one = self.any(&parts[1], place);
        let other = self.any(&parts[2], place);
        let (condition, (one, kind), (other, second)) = (condition?, one?, other?);
        let (one, other, kind) = match (kind, second) {
            (Kind::Truth, Kind::Number) => (counted(one), other, Kind::Number),
            (Kind::Number, Kind::Truth) => (one, counted(other), Kind::Number),
            _ if kind == second => (one, other, kind),
            _ => {
                let state = self.some_state(if kind == Kind::State { &parts[1] } else { &parts[2] });
                self.found.push(unlike_branches((&parts[1], kind), (&parts[2], second), state));
                return None;
            }
        };
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
                    .hint(format!("say so under `[scenario]`, as in {}", lines.join(" and "))),
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
        if let Randomness::No(what) = place.randomness {
            self.found.push(
                Diagnostic::error("no-randomness", format!("a distribution can't stand in {what}"))
                    .at(expr.span, "a distribution")
                    .hint("make it a factor: a section such as `[factors.some_name]` with this as its `value`, and the name here"),
            );
            return None;
        }
        let shape = self.shape(expr, place)?;
        let key = register::key(place.address, self.draws_here);
        self.draws_here += 1;
        let dimension = self.register.dimension(&key);
        let id = QuantityId(self.quantities.len());
        self.quantities.push(Quantity::alone(key, dimension, shape, expr.span));
        Some((Term { kind: TermKind::Draw(id), span: expr.span }, Kind::Number))
    }

    /// A parameter of a distribution: a formula without draws of its own.
    pub(super) fn parameter(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        let inner = Place { randomness: Randomness::No("a parameter of a distribution"), ..place.clone() };
        self.expect(expr, &inner, Kind::Number)
    }

    /// A number that must be known before the run.
    pub(super) fn constant(&mut self, expr: &Expr, place: &Place, what: &str) -> Option<f64> {
        let term = self.parameter(expr, place)?;
        let value = constant(&term);
        if value.is_none() {
            self.found.push(
                Diagnostic::error("not-constant", format!("{what} must be a constant"))
                    .at(expr.span, "depends on other quantities")
                    .hint(
                        "write a number; what depends on other things is a distribution, as in `normal(some_factor, 1)`",
                    ),
            );
        }
        value
    }
}
