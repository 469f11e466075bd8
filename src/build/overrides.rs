//! What takes the place of values of the file, and of numbers in them.

use super::address::{self, Target};
use super::builder::Builder;
use super::shares::Share;
use super::slots::Slot;
use crate::diagnostic::{Diagnostic, Hint};
use crate::expression::{Expr, Node};
use crate::model::Term;
use std::collections::BTreeMap;

/// A value as it stands after some overrides: as a whole, with other expressions in place of numbers.
#[derive(Clone)]
struct Standing<'a> {
    whole: &'a Expr,
    /// By position from 0.
    numbers: BTreeMap<usize, &'a Expr>,
}

impl<'a> Builder<'a> {
    /// The overrides' terms, by address, but for shares, which are kept apart: those beside them follow.
    pub(super) fn changes(&mut self, addresses: &BTreeMap<String, Slot<'a>>) -> BTreeMap<String, Term> {
        let mut changes = BTreeMap::new();
        let mut standing: BTreeMap<String, Standing<'a>> = BTreeMap::new();
        let targets = self.targets();
        for (at, target) in targets.iter().enumerate() {
            let Some(target) = target else { continue };
            let change = &self.overrides[at];
            let stands = match self.standing(target, at, &standing) {
                Ok(stands) => stands,
                Err(problem) => {
                    self.report(problem);
                    continue;
                }
            };
            standing.insert(target.value.clone(), stands.clone());
            // Numbers of one value are put in together: probabilities in a list are right only then.
            let is_last = targets[at + 1..].iter().flatten().all(|other| other.value != target.value);
            if target.number.is_some() && !is_last {
                continue;
            }
            match addresses.get(&target.value) {
                Some(Slot::State(id)) => self.hold(*id, &change.expr),
                Some(Slot::Theory) => self.hold_theory(&change.expr),
                Some(Slot::Happening) => changes.extend(self.happening(&target.value, &change.expr)),
                Some(slot) => {
                    let expr = stands.whole.with_numbers(&stands.numbers);
                    let Some(term) = self.resolve(*slot, &target.value, &expr) else { continue };
                    match slot {
                        Slot::Share(_) => self.set_share(&target.value, term, &expr, change.expr.span),
                        _ => {
                            changes.insert(target.value.clone(), term);
                        }
                    }
                }
                None => {}
            }
        }
        changes
    }

    /// What each override replaces; an address that the file does not have is reported.
    fn targets(&mut self) -> Vec<Option<Target>> {
        let mut targets = Vec::new();
        for change in self.overrides {
            let found = address::find(&change.address, self.resolver.names, self.document);
            targets.push(found.map_err(|problem| self.report(problem)).ok());
        }
        targets
    }

    /// The value that an override changes, as it stands then.
    fn standing(
        &self,
        target: &Target,
        at: usize,
        before: &BTreeMap<String, Standing<'a>>,
    ) -> Result<Standing<'a>, Diagnostic> {
        let change = &self.overrides[at];
        let Some(number) = target.number else {
            return Ok(Standing { whole: &change.expr, numbers: BTreeMap::new() });
        };
        let written = || {
            let whole = self.written(&target.value)?;
            Some(Standing { whole, numbers: BTreeMap::new() })
        };
        let own = before.get(&target.value).cloned().or_else(written);
        let count = own.as_ref().map_or(0, |one| one.whole.numbers().len());
        match own {
            Some(mut own) if number <= count => {
                own.numbers.insert(number - 1, &change.expr);
                Ok(own)
            }
            own => Err(address::no_number(&change.address, target, own.map(|one| one.whole))),
        }
    }

    /// What the file writes under an address.
    fn written(&self, address: &str) -> Option<&'a Expr> {
        let document: &'a _ = self.document;
        document.values().into_iter().find(|value| value.address == address).map(|value| &value.expr)
    }

    fn set_share(&mut self, address: &str, term: Term, expr: &Expr, place: crate::diagnostic::Span) {
        let is_new = self.written(address).is_none_or(|own| !own.says(expr));
        self.set.insert(address.into(), Share::new(term, place, is_new));
    }

    /// The probability of an event that happens or does not, whatever its causes.
    fn happening(&mut self, address: &str, expr: &Expr) -> Option<(String, Term)> {
        let value = match expr.node {
            Node::Truth(value) => f64::from(u8::from(value)),
            Node::Number(value) if value == 0.0 || value == 1.0 => value,
            _ => {
                let name = address.trim_start_matches("events.").trim_end_matches(".state");
                self.report(
                    Diagnostic::error("override", format!("`{name}` happens or does not"))
                        .at(expr.span, "neither `true` nor `false`")
                        .hint(
                            Hint::new(format!(
                                "write `true` or `false`; how probable it is is `events.{name}.probability`"
                            ))
                            .edit(expr.span, "true"),
                        ),
                );
                return None;
            }
        };
        let address = format!("{}.probability", address.strip_suffix(".state")?);
        Some((address, Term::constant(value, expr.span)))
    }
}
