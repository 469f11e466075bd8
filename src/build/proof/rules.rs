//! Rules that decide the outcome: whether they exclude and exhaust each other, as far as that can be decided.

use std::collections::BTreeMap;

use super::facts::{Fact, Facts};
use super::search::{Fault, Search, behind};
use crate::diagnostic::number::general;
use crate::diagnostic::{Diagnostic, Hint, Span};
use crate::limits::{Limits, Meter};
use crate::model::{FactorId, Model, Outcome, Outcomes, Term, TheoryId, Variable};
use crate::scenario;

/// A case in which not exactly one of the rules of a theory holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// What is wrong.
    pub kind: ClashKind,
    /// When: states of events and factors, and values of factors.
    pub example: String,
}

/// What is wrong with rules.
#[derive(Clone, Debug, PartialEq)]
pub enum ClashKind {
    /// None holds. The last of the outcomes could take the rest: its name, and where it is decided.
    Gap(String, Span),
    /// Two hold: those of these outcomes, by name, each with its place.
    Overlap([(String, Span); 2]),
}

impl Clash {
    /// What is wrong, in a sentence.
    pub fn sentence(&self) -> String {
        match &self.kind {
            ClashKind::Gap(..) => format!("no outcome's rule holds when {}", self.example),
            ClashKind::Overlap([(a, _), (b, _)]) => {
                format!("`{a}` and `{b}` both hold when {}", self.example)
            }
        }
    }

    /// A message with the places, and what to write instead.
    pub fn marked(&self, message: Diagnostic) -> Diagnostic {
        self.placed(message).hint(self.advice())
    }

    fn placed(&self, message: Diagnostic) -> Diagnostic {
        match &self.kind {
            ClashKind::Gap(_, span) => message.at(*span, "the rules leave a gap"),
            ClashKind::Overlap([(a, first), (b, second)]) => {
                message.at(*second, format!("`{b}` holds")).at(*first, format!("`{a}` holds too"))
            }
        }
    }

    fn advice(&self) -> Hint {
        match &self.kind {
            ClashKind::Gap(last, _) => {
                format!("let `{last}` take what the others leave, with `else = true` in place of its `when`")
                    .into()
            }
            ClashKind::Overlap([(a, _), (b, _)]) => {
                format!("let the rule of `{b}` leave out that of `{a}`, as in `(x or y) and not (y or z)`")
                    .into()
            }
        }
    }

    /// The error, with the edit of the rules as they stand in the file.
    pub(crate) fn error(&self, outcomes: &[scenario::Outcome]) -> Diagnostic {
        let code = match self.kind {
            ClashKind::Gap(..) => "rules-gap",
            ClashKind::Overlap(_) => "rules-overlap",
        };
        let hint = self.edited(outcomes).unwrap_or_else(|| self.advice());
        self.placed(Diagnostic::error(code, self.sentence())).hint(hint)
    }

    /// The hint with an edit; nothing where a rule is not told by the file, or has to be quoted otherwise there.
    fn edited(&self, outcomes: &[scenario::Outcome]) -> Option<Hint> {
        let rule = |name: &str| outcomes.iter().find(|one| one.name.text == name)?.rule.as_ref();
        match &self.kind {
            ClashKind::Gap(last, _) => Some(self.advice().edit(rule(last)?.entry, "else = true")),
            ClashKind::Overlap([(a, first), (b, second)]) => {
                let written = |name: &str, span: &Span| {
                    let rule = rule(name).filter(|rule| {
                        rule.inner.source == span.source && rule.inner.to(*span) == rule.inner
                    })?;
                    Some((rule.inner, rule.text.as_ref()?))
                };
                let ((_, first), (inner, second)) = (written(a, first)?, written(b, second)?);
                let text = format!("({second}) and not ({first})");
                let said = format!("let the rule of `{b}` leave out that of `{a}`: `{text}`");
                Some(Hint::new(said).edit(inner, text))
            }
        }
    }
}

impl Model {
    /// What is wrong with the rules of some theory where factors have these values, by name; values that are no numbers are
    /// not known.
    pub fn clash_at(&self, values: &[(String, f64)]) -> Option<Clash> {
        let id = |name: &str| self.factors.iter().position(|one| one.named.id == name).map(FactorId);
        let finite = values.iter().filter(|(_, value)| value.is_finite());
        let held = finite.filter_map(|(name, value)| Some((id(name)?, *value))).collect();
        let meter = Meter::new(Limits::none());
        (0..self.theories.len()).find_map(|at| clash(self, (TheoryId(at), &self.outcomes), &held, &meter))
    }
}

/// What is wrong with the rules of a theory, if anything is, with some factors `held` at values; `outcomes` stand where the
/// theory decides them.
fn clash(
    model: &Model,
    (theory, outcomes): (TheoryId, &[Outcome]),
    held: &BTreeMap<FactorId, f64>,
    meter: &Meter,
) -> Option<Clash> {
    let own = &model.theories[theory.0];
    let Outcomes::Ruled(rules) = &own.form else { return None };
    if own.weight == 0.0 {
        return None;
    }
    let Fault { holding, point } = Search::new(model, theory, rules, held, meter).fault()?;
    let rule = |at: usize| {
        let span = rules[at].as_ref().map_or(outcomes[at].span, |rule| rule.span);
        (outcomes[at].named.id.clone(), span)
    };
    let kind = match (&holding[..], outcomes.last()) {
        ([first, second, ..], _) => ClashKind::Overlap([rule(*first), rule(*second)]),
        (_, Some(last)) => ClashKind::Gap(last.named.id.clone(), last.span),
        (_, None) => return None,
    };
    Some(Clash { kind, example: described(rules, &point) })
}

/// The gap or the overlap in the rules of a theory, whose `outcomes` stand where it decides them.
pub(crate) fn fault(model: &Model, theory: TheoryId, outcomes: &[Outcome], meter: &Meter) -> Option<Clash> {
    clash(model, (theory, outcomes), &BTreeMap::new(), meter)
}

/// The states and values that rules look at, at a point.
fn described(rules: &[Option<Term>], point: &Facts) -> String {
    let model = point.model;
    let seen = behind(rules.iter().flatten(), model, |variable| matches!(variable, Variable::Derived(_)));
    let one = |variable: &Variable| {
        let name = model.name(*variable);
        match (*variable, point.of(*variable)) {
            (Variable::Derived(_), _) => None,
            (Variable::Event(_), Fact::Within((1.0, _))) => Some(format!("`{name}`")),
            (Variable::Event(_), _) => Some(format!("not `{name}`")),
            (Variable::Category(id), Fact::State(state)) => {
                let state = &model.categories[id.0].states[state.unwrap_or(0)];
                Some(format!("`{name} == {}`", state.named.id))
            }
            (_, Fact::Within((value, _))) => Some(format!("`{name}` = {}", general(value))),
            (_, Fact::State(_)) => None,
        }
    };
    let parts: Vec<String> = seen.iter().filter_map(one).collect();
    if parts.is_empty() { "nothing is known".into() } else { parts.join(" and ") }
}
