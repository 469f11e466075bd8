//! The one namespace of factors, derived values, events and outcomes.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::theory_word;
use crate::diagnostic::{Diagnostic, Diagnostics, Hint, Span, did_you_mean, list};
use crate::distribution::Family;
use crate::expression::{COMPOSITE_FAMILIES, Function, Ident};
use crate::model::{CategoryId, DerivedId, EventId, FactorId, OutcomeId, Variable};
use crate::scenario::Document;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Variable(Variable),
    Outcome(OutcomeId),
}

impl Meaning {
    /// In words, with its article.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Meaning::Variable(Variable::Factor(_)) => "a factor",
            Meaning::Variable(Variable::Category(_)) => "a factor with states",
            Meaning::Variable(Variable::Derived(_)) => "a derived value",
            Meaning::Variable(Variable::Event(_)) => "an event",
            Meaning::Outcome(_) => "an outcome",
        }
    }
}

/// Every name of the file.
pub(super) struct Names {
    known: BTreeMap<String, (Meaning, Span)>,
    /// Comparisons of names spent on suggestions.
    compared: Cell<usize>,
}

/// As many comparisons of names as are spent on suggestions, so that a file with thousands of mistakes is read in time.
const MOST_COMPARED: usize = 1_000_000;

impl Names {
    /// Collects the names of a document and reports those used twice.
    pub(super) fn collect(document: &Document, found: &mut Diagnostics) -> Names {
        let factors = document.factors.iter().enumerate();
        let categories = document.categories.iter().enumerate();
        let derived = document.derived.iter().enumerate();
        let events = document.events.iter().enumerate();
        let outcomes = document.outcomes.iter().enumerate();
        let all = factors
            .map(|(i, one)| (&one.name, Meaning::Variable(Variable::Factor(FactorId(i)))))
            .chain(
                categories.map(|(i, one)| (&one.name, Meaning::Variable(Variable::Category(CategoryId(i))))),
            )
            .chain(derived.map(|(i, one)| (&one.name, Meaning::Variable(Variable::Derived(DerivedId(i))))))
            .chain(events.map(|(i, one)| (&one.name, Meaning::Variable(Variable::Event(EventId(i))))))
            .chain(outcomes.map(|(i, one)| (&one.name, Meaning::Outcome(OutcomeId(i)))));
        let mut names = Names { known: BTreeMap::new(), compared: Cell::new(0) };
        for (name, named) in all {
            if name.text == theory_word::WORD && !document.theories.is_empty() {
                found.push(of_theories(name));
            }
            if let Some((other, place)) = names.known.insert(name.text.clone(), (named, name.span)) {
                found.push(duplicate(name, place, other));
            }
        }
        names
    }

    /// What a name stands for.
    pub(super) fn get(&self, name: &str) -> Option<Meaning> {
        self.known.get(name).map(|(named, _)| *named)
    }

    /// The error of a name that stands for nothing, or for nothing of the kinds that `wanted` admits.
    pub(super) fn unknown(&self, name: &Ident, wanted: &str, admits: impl Fn(Meaning) -> bool) -> Diagnostic {
        let candidates =
            self.known.iter().filter(|(_, (named, _))| admits(*named)).map(|(key, _)| key.as_str());
        let is_spent = self.compared.get() > MOST_COMPARED;
        let candidates: Vec<&str> =
            candidates.take(if is_spent { MOST_LISTED + 1 } else { usize::MAX }).collect();
        self.compared.set(self.compared.get() + candidates.len());
        match self.get(&name.text) {
            Some(named) => Diagnostic::error(
                "wrong-name",
                format!("`{}` is {}, not {wanted}", name.text, named.describe()),
            )
            .at(name.span, format!("must be {wanted}"))
            .hint(instead(named, wanted, &candidates)),
            None => {
                let kinds = wanted.trim_start_matches("a ").trim_start_matches("an ");
                Diagnostic::error("unknown-name", format!("no {kinds} is called `{}`", name.text))
                    .at(name.span, "not defined in this file")
                    .hint(self.meant(name, &candidates))
            }
        }
    }

    /// What was probably meant by a name that stands for nothing.
    fn meant(&self, name: &Ident, candidates: &[&str]) -> Hint {
        let text = &name.text;
        if let Some(near) = did_you_mean(text, candidates.iter().copied()) {
            return Hint::meant(name.span, text, near);
        }
        if is_callable(text) {
            return format!("`{text}` is called with arguments, as in `{text}(…)`").into();
        }
        match text.to_lowercase().as_str() {
            "inf" | "infinity" | "nan" => {
                "values are finite numbers: leave out a bound that is never reached".into()
            }
            "p" => "a probability is written with a capital, as in `P(a)`".into(),
            _ => format!("define it in a section of its own{}", choice(candidates)).into(),
        }
    }
}

/// What can stand in place of a name of the wrong kind.
fn instead(named: Meaning, wanted: &str, candidates: &[&str]) -> String {
    match named {
        Meaning::Outcome(_) => format!(
            "outcomes are results, which nothing can depend on: use what they depend on{}",
            choice(candidates)
        ),
        Meaning::Variable(_) => format!("name {wanted}{}", choice(candidates)),
    }
}

/// As many names as are listed in a hint.
const MOST_LISTED: usize = 6;

fn choice(candidates: &[&str]) -> String {
    match candidates.len() {
        0 => String::new(),
        1..=MOST_LISTED => format!(", or use {}", list(candidates.iter().copied(), "or")),
        _ => format!(
            ", or use one of those defined, such as {}",
            list(candidates.iter().copied().take(3), "or")
        ),
    }
}

fn is_callable(name: &str) -> bool {
    Function::from_name(name).is_some()
        || Family::from_name(name).is_some()
        || COMPOSITE_FAMILIES.contains(&name)
}

fn of_theories(name: &Ident) -> Diagnostic {
    let error = Diagnostic::error("reserved-name", "`theory` stands for the theory that is right");
    error
        .at(name.span, "taken, in a file with `[theories]`")
        .hint("call it something else, such as `theory_level`")
}

fn duplicate(name: &Ident, place: Span, other: Meaning) -> Diagnostic {
    Diagnostic::error("duplicate-name", format!("`{}` is defined twice", name.text))
        .at(name.span, "used again")
        .at(place, format!("already {}", other.describe()))
        .hint(
            "factors, derived values, events and outcomes share their names: call one of them something else",
        )
}
