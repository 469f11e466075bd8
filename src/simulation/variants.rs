//! What a run found of a model's variants, and how far each is from the model itself.

use super::estimates::Estimates;
use super::summary::Learned;
use crate::program::{Answers, Program, Query, VariantAnswers};
use crate::statistics::Estimate;

/// One variant.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantSummary {
    /// What was learned in it, if anything was.
    pub learned: Option<Learned>,
    /// Each outcome; in a file without outcomes each state and then each event.
    pub chances: Vec<Changed>,
}

/// A probability in a variant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Changed {
    /// The probability.
    pub probability: Estimate,
    /// What it is more than in the model itself, with the error on common draws.
    pub difference: Estimate,
}

/// The probabilities of a model that its variants are compared in.
pub(super) fn compared(answers: &Answers) -> Vec<Query> {
    let chances = match answers.outcomes.is_empty() {
        true => answers.categories.iter().flatten().chain(&answers.events).copied().collect(),
        false => answers.outcomes.clone(),
    };
    chances.into_iter().map(|output| answers.probability(output)).collect()
}

/// Each probability of the model with the same one of every variant.
pub(super) fn pairs(answers: &Answers) -> impl Iterator<Item = [Query; 2]> + '_ {
    let own = if answers.variants.is_empty() { Vec::new() } else { compared(answers) };
    answers.variants.iter().flat_map(move |variant| {
        let pair = |(at, base): (usize, &Query)| [*base, variant.probability(at)];
        own.iter().enumerate().map(pair).collect::<Vec<_>>()
    })
}

pub(super) fn summarize(program: &Program, estimates: &Estimates) -> Vec<VariantSummary> {
    let answers = &program.answers;
    let own = compared(answers);
    let one = |variant: &VariantAnswers| VariantSummary {
        learned: variant.is_conditional.then(|| estimates.learned(variant.weight, variant.confined_to)),
        chances: own
            .iter()
            .enumerate()
            .map(|(at, base)| {
                let query = variant.probability(at);
                Changed {
                    probability: estimates.probability(query),
                    difference: estimates.difference(query, *base),
                }
            })
            .collect(),
    };
    answers.variants.iter().map(one).collect()
}
