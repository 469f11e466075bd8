//! What one uncertain thing does to an outcome.

use schemars::JsonSchema;
use serde::Serialize;

use super::conditional::Conditional;
use crate::analysis::estimated::{Probability, Share, Swing};
use crate::simulation::REPLICATES;
use crate::statistics::{Estimate, NORMAL, student_t_quantile};

/// What one uncertain thing does to an outcome's probability.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Driver {
    /// The outcome's name.
    pub outcome: String,
    /// The name of a factor, a derived value or an event, or the address of an uncertain weight or base.
    #[serde(rename = "factor")]
    pub id: String,
    /// In words; of a factor with states followed by those in which the outcome is least and most probable.
    pub label: String,
    /// The same without states.
    #[serde(skip)]
    pub name: String,
    /// What its levels are.
    pub kind: DriverKind,
    /// The outcome's probability when the factor is in its lowest fifth, in the state where the outcome is least probable, or
    /// where the event does not happen.
    #[schemars(with = "Option<f64>")]
    pub low: f64,
    /// The outcome's probability when the factor is in its highest fifth, in the state where the outcome is most probable, or
    /// where the event happens.
    #[schemars(with = "Option<f64>")]
    pub high: f64,
    /// `high` − `low`.
    #[serde(flatten)]
    pub swing: Swing,
    /// The correlation of the factor's rank with the outcome's probability; null where events or states have a part in the factor.
    #[schemars(with = "Option<f64>")]
    pub correlation: f64,
    /// How much of the variance of whether the outcome comes true is taken away by knowing the factor, a share of 1: drivers are
    /// ranked by it.
    #[serde(flatten)]
    pub share: Share,
    /// Where among the fifths the outcome is most and least probable; null for events and states.
    pub shape: Option<Shape>,
    /// The outcome's probability in each fifth from the lowest to the highest, without and with the event, or in each state.
    pub levels: Vec<Level>,
    /// Whether the draws can tell that it does anything.
    #[serde(skip)]
    pub is_told: bool,
}

/// What a driver's levels are.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DriverKind {
    /// Fifths of a value.
    Fifths,
    /// An event that does not happen and one that does.
    Event,
    /// The states of a factor.
    States,
}

/// How an outcome's probability goes from the lowest fifth of a value to the highest.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Shape {
    /// Nowhere, as far as the draws can tell.
    Flat,
    /// Up.
    Rising,
    /// Down.
    Falling,
    /// Up and down again: most probable in between.
    Hill,
    /// Down and up again: least probable in between.
    Valley,
}

/// A part of what a driver may be, and the outcome's probability in it.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Level {
    /// The number of the fifth, `false` or `true` of an event, or the name of the state.
    pub id: String,
    /// In words.
    pub label: String,
    /// The outcome's probability.
    #[serde(flatten)]
    pub probability: Probability,
}

/// What people call the fifths.
const FIFTHS: [&str; 5] = ["lowest fifth", "second fifth", "middle fifth", "fourth fifth", "highest fifth"];

/// How often something that does nothing is told to do something, in all that is looked at in a run.
const FALSE: f64 = 0.05;

/// The degrees of freedom that errors told from all draws have at least.
const FREEDOM: f64 = REPLICATES as f64 - 1.0;

/// How large a turn has to be beside the swing to be what a shape is called by.
const LARGE: f64 = 0.5;

impl Driver {
    /// That of a value. Its outcome is named later.
    pub(super) fn by_value(id: &str, label: &str, found: &Conditional, correlation: f64) -> Driver {
        let level = |(at, (label, estimate)): (usize, (&&str, &Estimate))| Level {
            id: (at + 1).to_string(),
            label: label.to_string(),
            probability: Probability(*estimate),
        };
        Driver {
            outcome: String::new(),
            id: id.into(),
            label: label.into(),
            name: label.into(),
            kind: DriverKind::Fifths,
            low: found.fifths[0].value,
            high: found.fifths[4].value,
            swing: Swing(found.swing),
            correlation,
            share: Share(found.share),
            shape: Some(shape(found)),
            levels: FIFTHS.iter().zip(&found.fifths).enumerate().map(level).collect(),
            is_told: true,
        }
    }

    /// That of an event or of states, one of so many things that are looked at.
    pub(super) fn among(self, looked: usize) -> Driver {
        // A printed error is an interval's half-width over that of a normal.
        let told = told(FREEDOM, looked) * NORMAL / student_t_quantile(0.95, FREEDOM);
        let swing = &self.swing.0;
        Driver { is_told: swing.exact || swing.value.abs() > told * swing.std_error, ..self }
    }

    /// How far it moves the outcome's probability: from one end to the other, of a hill or a valley from the ends to the
    /// farthest fifth between; 0 if the draws can't tell that it does.
    pub fn effect(&self) -> f64 {
        let inner = self.levels.iter().map(|one| one.probability.value);
        let inner = inner.skip(1).take(self.levels.len().saturating_sub(2));
        let ends = 0.5 * (self.low + self.high);
        match self.shape {
            Some(Shape::Flat) => 0.0,
            _ if !self.is_told => 0.0,
            Some(Shape::Hill) => inner.fold(f64::NEG_INFINITY, f64::max) - ends,
            Some(Shape::Valley) => inner.fold(f64::INFINITY, f64::min) - ends,
            Some(Shape::Rising | Shape::Falling) | None => self.swing.value,
        }
    }
}

/// How many errors something has to be from nothing to be told, where the errors have so many degrees of freedom and so many things
/// are looked at (Bonferroni; Dunn 1961, "Multiple comparisons among means", J. Am. Stat. Assoc. 56).
pub(in crate::analysis) fn told(freedom: f64, looked: usize) -> f64 {
    student_t_quantile(1.0 - 0.5 * FALSE / looked.max(1) as f64, freedom)
}

fn shape(found: &Conditional) -> Shape {
    let is_told = |one: &Estimate| one.value.abs() > found.told * one.std_error;
    let [above, below] = found.turns;
    let turn = if above.value > below.value { above } else { below };
    if turn.value > LARGE * found.swing.value.abs() && is_told(&turn) {
        return if above.value > below.value { Shape::Hill } else { Shape::Valley };
    }
    match found.swing.value {
        swing if !is_told(&found.swing) || swing == 0.0 => Shape::Flat,
        swing if swing > 0.0 => Shape::Rising,
        _ => Shape::Falling,
    }
}
