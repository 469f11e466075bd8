//! A model and its variants in one program, so that every draw is a draw of each and what they share is computed once.

use super::answers::{Output, Query, Setting};
use super::lower::{Ground, Lowering};
use super::narrowing::Learned;
use super::outputs::{Asking, Collector};
use super::states::Draws;
use super::{CompileError, Program};
use crate::model::{CategoryId, EventId, Model};

/// Which outputs answer for one variant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VariantAnswers {
    /// As [`Answers::weight`](super::Answers::weight).
    pub weight: Option<Output>,
    /// As [`Answers::confined_to`](super::Answers::confined_to).
    pub confined_to: f64,
    /// As [`Answers::is_conditional`](super::Answers::is_conditional).
    pub is_conditional: bool,
    /// The probability of each outcome; of a file without outcomes, those of all states and then of all events.
    pub chances: Vec<Output>,
}

impl VariantAnswers {
    /// The probability of one of [`chances`](VariantAnswers::chances), given what was learned.
    pub fn probability(&self, at: usize) -> Query {
        Query { numerator: self.chances[at], weight: self.weight }
    }
}

/// Compiles what an ordinary run reports of `model`, and the probabilities that each of its `variants` has in place of the
/// model's; with `is_sampled`, states and events are drawn. An error tells which variant it is about, if it is one.
///
/// # Errors
/// As [`compile`](super::compile).
pub fn compile_variants(
    model: &Model,
    variants: &[&Model],
    is_sampled: bool,
) -> Result<Program, (Option<usize>, CompileError)> {
    let draws = if is_sampled { Draws::All } else { Draws::Nothing };
    let mut stranger = None;
    let ask = |ground: &mut Ground, outputs: &mut Collector| {
        let mut found = Vec::new();
        for (at, variant) in variants.iter().enumerate() {
            stranger = Some(at);
            found.push(answers(variant, ground, outputs, draws)?);
        }
        Ok(found)
    };
    let compiled = super::outputs::compile_with(model, &[], &[], draws, ask);
    compiled.map_err(|error| (stranger, error))
}

fn answers(
    model: &Model,
    ground: &mut Ground,
    outputs: &mut Collector,
    draws: Draws,
) -> Result<VariantAnswers, CompileError> {
    let learned = Learned::new(model, &model.given);
    let lowering = Lowering::new(model, ground, Setting::new(), learned.intervals, draws);
    let mut asking = Asking { lowering, outputs };
    let weight = asking.learn(&learned.rest, &model.active())?;
    let mut chances = Vec::new();
    if model.outcomes.is_empty() {
        for index in 0..model.categories.len() {
            chances.extend(asking.category(CategoryId(index))?);
        }
        for index in 0..model.events.len() {
            chances.push(asking.event(EventId(index))?);
        }
    } else {
        chances = asking.outcomes()?;
    }
    let confined_to = asking.lowering.confined_to;
    Ok(VariantAnswers { weight, confined_to, is_conditional: !model.given.is_empty(), chances })
}
