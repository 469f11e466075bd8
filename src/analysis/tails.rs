//! Which means and deviations can be told: what formulas say of tails, else what the draws say.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::round::Told;
use crate::build::TailIndices;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Model, Variable};
use crate::program::SpreadId;
use crate::statistics::Tail;

/// How the mean of a quantity settles as draws are added.
#[derive(Clone, Copy, Debug, Default, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
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

    fn index(&self, variable: Variable) -> Option<f64> {
        self.0.get(&variable).map(|tails| tails.heaviest())
    }
}

/// Whether what was learned has cut a tail off, so that what formulas say of it holds no more.
fn is_cut(drawn: Option<Tail>, told: &Told) -> bool {
    let is_conditional = told.program.learned(told.world).is_conditional;
    is_conditional
        && match drawn {
            Some(Tail::Power { index, std_error, .. }) => index + 3.0 * std_error < 0.0,
            Some(Tail::Bounded) => true,
            _ => false,
        }
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

/// What the reader should know of the mean of a quantity that is called `name`.
pub(super) fn doubt(name: &str, span: Span, id: SpreadId, told: &Told) -> Option<Diagnostic> {
    let tail = told.estimates.tail(id)?;
    let message = match tail {
        Tail::Power { index, .. } if tail.is_slow() => {
            let gain = crate::math::elementary::pow(4.0, 1.0 - index);
            format!(
                "the mean of `{name}` settles slowly: four times the draws shrink its error only {gain:.1}-fold"
            )
        }
        Tail::Rare => format!("the mean of `{name}` rests on a few rare large draws"),
        _ => return None,
    };
    let hint = "the median and the percentiles say more; or bound the value, as with `min(x, 1000)`";
    Some(Diagnostic::warning("heavy-tail", message).at(span, "some values are very large").hint(hint))
}
