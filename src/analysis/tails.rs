//! Which means and deviations can be told: what formulas say of tails, else what the draws say.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::round::Told;
use crate::build::TailIndices;
use crate::diagnostic::{Diagnostic, Span};
use crate::math::elementary::pow;
use crate::model::{Model, Variable};
use crate::statistics::Tail;

/// How the mean of a quantity settles as draws are added.
#[derive(Clone, Copy, Debug, Default, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Settling {
    /// As means do: four times the draws halve the error, or better.
    #[default]
    Well,
    /// More slowly, because a tail is heavy. The error is widened accordingly.
    Slowly,
    /// On a few rare large draws, of which it can't be told how many more there are.
    Rarely,
    /// Not at all, or too slowly to be told; there is no mean, then.
    Never,
}

/// What formulas say of the tails of a model's variables.
pub(super) struct Tails(BTreeMap<Variable, TailIndices>);

impl Tails {
    pub(super) fn of(model: &Model) -> Tails {
        Tails(model.tails())
    }

    /// Whether it is known before any draw that a variable has no mean.
    pub(super) fn lacks_mean(&self, variable: Variable) -> bool {
        self.index(variable).is_some_and(|index| index >= 1.0)
    }

    /// Whether a variable's mean and its deviation can't be told, given the tail of its draws.
    pub(super) fn lacks(&self, variable: Variable, drawn: Option<Tail>, told: &Told) -> (bool, bool) {
        let known = self.index(variable).filter(|_| !is_cut(drawn, told)).unwrap_or(0.0);
        let (mean, deviation) = drawn.map_or((true, true), |tail| (tail.has_mean(), tail.has_deviation()));
        (known >= 1.0 || !mean, known >= 0.5 || !deviation)
    }

    pub(super) fn index(&self, variable: Variable) -> Option<f64> {
        self.0.get(&variable).map(|tails| tails.heaviest())
    }
}

/// Whether what was learned has cut a tail off, so that what formulas say of it holds no more.
fn is_cut(drawn: Option<Tail>, told: &Told) -> bool {
    let is_conditional = told.program.learned(told.world).is_conditional;
    is_conditional && drawn.is_some_and(|tail| tail.is_cut())
}

impl Settling {
    pub(super) fn of(tail: Option<Tail>, lacks_mean: bool) -> Settling {
        match tail {
            _ if lacks_mean => Settling::Never,
            Some(Tail::Rare) => Settling::Rarely,
            Some(tail) if tail.is_slow() => Settling::Slowly,
            _ => Settling::Well,
        }
    }
}

/// A quantity whose values were drawn, and how its mean settles.
pub(super) struct Settled<'m> {
    pub(super) name: &'m str,
    pub(super) span: Span,
    pub(super) settles: Settling,
    pub(super) tail: Option<Tail>,
}

/// What the reader should know of the means of some quantities.
pub(super) fn doubts(all: &[Settled]) -> Vec<Diagnostic> {
    let never: Vec<&Settled> = all.iter().filter(|one| one.settles == Settling::Never).collect();
    all.iter().filter_map(Settled::doubt).chain(without_mean(&never)).collect()
}

/// One message for all quantities without a mean.
fn without_mean(all: &[&Settled]) -> Option<Diagnostic> {
    let names: Vec<String> = all.iter().map(|one| format!("`{}`", one.name)).collect();
    let has = if names.len() == 1 {
        "has no mean that can be told: its tail is"
    } else {
        "have no means that can be told: their tails are"
    };
    let warning = Diagnostic::warning("no-mean", format!("{} {has} too heavy", names.join(", ")));
    let placed =
        all.iter().rev().fold(warning, |message, one| message.at(one.span, "some values are very large"));
    (!names.is_empty()).then(|| placed.hint(HINT))
}

const HINT: &str = "the median and the percentiles can be told; or bound the value, as with `min(x, 1000)`";

impl Settled<'_> {
    fn doubt(&self) -> Option<Diagnostic> {
        let name = self.name;
        let message = match (self.settles, self.tail?) {
            (Settling::Slowly, Tail::Power { index, .. }) => {
                let gain = pow(4.0, 1.0 - index);
                format!(
                    "the mean of `{name}` settles slowly: four times the draws shrink its error only {gain:.1}-fold"
                )
            }
            (Settling::Rarely, _) => format!("the mean of `{name}` rests on a few rare large draws"),
            _ => return None,
        };
        let place = "some values are very large";
        Some(Diagnostic::warning("heavy-tail", message).at(self.span, place).hint(HINT))
    }
}
