//! What a case's model was built from, to build it again with other numbers.

use crate::analysis::{self, Remodel, Shift};
use crate::build::{self, Target};
use crate::diagnostic::{Diagnostic, Severity};
use crate::distribution::Cache;
use crate::expression::{Argument, Binary, Expr, Ident, Node};
use crate::model::Model;
use crate::scenario::{Attachments, Document, Override};
use crate::simulation::Watch;

/// What a case's model was built from.
pub(super) struct Ground<'s> {
    /// The text, with what was learned.
    pub(super) document: Document,
    pub(super) attachments: Attachments,
    /// What variants and flags set.
    pub(super) overrides: Vec<Override>,
    /// Which items of the evidence count.
    pub(super) active: Vec<bool>,
    pub(super) cache: &'s Cache,
    pub(super) watch: &'s Watch,
}

impl Remodel for Ground<'_> {
    fn remodel(&self, changes: &[Override]) -> Result<Model, analysis::Failure> {
        let overrides: Vec<Override> = self.overrides.iter().chain(changes).cloned().collect();
        let limits = self.watch.limits();
        let built = build::build_within(&self.document, &self.attachments, &overrides, self.cache, &limits);
        let (model, found) = match built {
            Ok(built) => built,
            Err(crate::limits::Exceeded::Stopped) => return Err(analysis::Failure::Interrupted),
            Err(limit) => {
                return Err(Diagnostic::error("memory", format!("the scenario {limit}")).into());
            }
        };
        let Some(mut model) = model else {
            let error = found.into_iter().find(|one| one.severity == Severity::Error);
            let error = error.unwrap_or_else(|| Diagnostic::error("vary", "the model can't be built"));
            return Err(about(error, changes).into());
        };
        model.evidence.iter_mut().zip(&self.active).for_each(|(one, active)| one.active = *active);
        Ok(model)
    }

    fn shifted(&self, shifts: &[Shift]) -> Result<Model, analysis::Failure> {
        let all: Vec<Override> = shifts.iter().filter_map(|one| self.moved(one)).collect();
        self.remodel(&all)
    }

    fn numbers(&self) -> Vec<(String, f64)> {
        let target = |one: &Override| Target::of(&one.address, &self.document).ok();
        let replaced: Vec<Target> = self.overrides.iter().filter_map(target).collect();
        let is_replaced = |address: &str| {
            let is_its = |one: &Target| {
                address == one.to_string()
                    || (one.number.is_none() && address.split('@').next() == Some(&one.value))
            };
            replaced.iter().any(is_its)
        };
        let all = self.document.numbers().into_iter().filter(|one| !is_replaced(&one.address));
        all.map(|one| (one.address, one.value)).collect()
    }
}

impl Ground<'_> {
    /// What a factor has and so much more, cut off at the ends of its range.
    fn moved(&self, shift: &Shift) -> Option<Override> {
        let factor = self.document.factors.get(shift.factor.0)?;
        let address = format!("factors.{}.value", factor.name.text);
        let is_own = |one: &&Override| {
            Target::of(&one.address, &self.document).is_ok_and(|target| target.value == address)
        };
        let own = self.overrides.iter().rev().find(is_own).map(|one| &one.expr);
        let own = own.or(factor.value.as_ref().map(|value| &value.expr))?.clone();
        let span = own.span;
        let number = |value: f64| Expr { node: Node::Number(value), span };
        let sum = Expr { node: Node::Binary(Binary::Add, Box::new(own), Box::new(number(shift.by))), span };
        let expr = match shift.ends {
            (low, high) if low.is_finite() && high.is_finite() => clamp(sum, [number(low), number(high)]),
            _ => sum,
        };
        Some(Override { address: Ident { text: address, span }, expr })
    }
}

fn clamp(value: Expr, ends: [Expr; 2]) -> Expr {
    let span = value.span;
    let argument = |value: Expr| Argument { name: None, value };
    let arguments = [value].into_iter().chain(ends).map(argument).collect();
    Expr { node: Node::Call(Ident { text: "clamp".into(), span }, arguments), span }
}

/// An error with the values that bring it about.
fn about(error: Diagnostic, changes: &[Override]) -> Diagnostic {
    let value = |one: &Override| match &one.expr.node {
        crate::expression::Node::Number(value) => format!("{}={value}", one.address.text),
        _ => one.address.text.clone(),
    };
    let values: Vec<String> = changes.iter().map(value).collect();
    error.hint(format!("this is about {}", values.join(" with ")))
}
