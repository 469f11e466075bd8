//! Which correlations the draws have, beside those that were asked for.
//!
//! Spearman's is 12 E[(U − ½)(V − ½)] over the uniforms U and V that the two factors are drawn at, Pearson's E[w₁ w₂] over
//! their normals: both have known means and variances, so that nothing but the product is sampled.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::answered::Answered;
use super::course::Course;
use super::estimated::Correlation;
use super::question::Question;
use super::{Failure, Study};
use crate::design::{Column, Design, Kind, Place};
use crate::model::{Correlated, Model, Quantity, QuantityId, level, normal};
use crate::scenario::CorrelationKind;
use crate::simulation::{Plan, REPLICATES};
use crate::statistics::Estimate;

/// Draws in each replicate.
const DRAWS: u64 = 1 << 11;

/// A correlation as asked for and as reached.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Reached {
    /// The factors' names.
    pub between: [String; 2],
    /// What people call them.
    #[serde(skip)]
    pub labels: [String; 2],
    /// Which correlation it is: `rank` or `pearson`.
    #[serde(serialize_with = "as_key")]
    #[schemars(with = "String")]
    pub kind: CorrelationKind,
    /// The degrees of freedom of a t copula; null for a normal one.
    pub degrees: Option<f64>,
    /// What the file asks for.
    pub asked: f64,
    /// What 2^14 draws of the design have.
    #[serde(flatten)]
    pub reached: Correlation,
}

fn as_key<S: Serializer>(kind: &CorrelationKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.key())
}

/// Which correlations do the draws have?
#[derive(Clone, Copy, Debug, Default)]
pub struct Correlations;

/// The correlations of factors, as asked for and as reached.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct CorrelationsFinding {
    /// Every correlation in force, in the order of groups.
    pub correlations: Vec<Reached>,
}

impl Question for Correlations {
    type Finding = CorrelationsFinding;

    fn answer(&self, study: &Study) -> Result<Answered<CorrelationsFinding>, Failure> {
        let (kind, seed) = (study.settings.kind, study.settings.seed);
        let correlations = find(study.model, kind, seed);
        let draws = if correlations.is_empty() { 0 } else { DRAWS * u64::from(REPLICATES) };
        let plan = Plan::new(kind, seed, draws, REPLICATES, 1);
        let plan = if draws == 0 { Plan { draws_per_replicate: 0, ..plan } } else { plan };
        let course = Course { plan, exact: draws == 0, reached: true, worlds: Vec::new() };
        Ok(Answered::new(CorrelationsFinding { correlations }, course))
    }
}

/// Every correlation in force, in the order of groups.
pub(super) fn find(model: &Model, kind: Kind, seed: u64) -> Vec<Reached> {
    let design = Design { kind, seed, points_per_replicate: DRAWS };
    let mut sums = vec![Vec::new(); model.correlations.len()];
    for replicate in 0..if model.correlations.is_empty() { 0 } else { REPLICATES } {
        let means = replicate_means(model, &design, replicate);
        sums.iter_mut().zip(means).for_each(|(all, mean)| all.push(mean));
    }
    let reached = |(one, means): (&Correlated, Vec<f64>)| {
        let factors = one.factors.map(|id| &model.factors[id.0]);
        Reached {
            between: factors.map(|factor| factor.named.id.clone()),
            labels: factors.map(|factor| factor.named.label.clone()),
            kind: one.kind,
            degrees: one.degrees,
            asked: one.asked,
            reached: Correlation(Estimate::from_replicates(&means)),
        }
    };
    model.correlations.iter().zip(sums).map(reached).collect()
}

/// What each correlation is in one replicate.
fn replicate_means(model: &Model, design: &Design, replicate: u32) -> Vec<f64> {
    let mut columns: Vec<Option<Column>> = vec![None; model.dimensions];
    for quantity in &model.quantities {
        let place = Place { replicate, copy: 0, dimension: quantity.dimension as u32, name: &quantity.key };
        columns[quantity.dimension] = Some(design.column(place));
    }
    let (scores, pairs) = scores(model);
    let mut sums = vec![0.0; pairs.len()];
    for index in 0..DRAWS {
        let uniform = |dimension: usize| columns[dimension].as_ref().map_or(f64::NAN, |one| one.at(index));
        let values: Vec<f64> = scores.iter().map(|one| value(model, *one, &uniform)).collect();
        sums.iter_mut().zip(&pairs).for_each(|(sum, [a, b])| *sum += values[*a] * values[*b]);
    }
    let signed = sums.into_iter().zip(&model.correlations);
    signed.map(|(sum, one)| one.sign * sum / DRAWS as f64).collect()
}

/// What is computed in each draw, every one once, and the two of each correlation.
fn scores(model: &Model) -> (Vec<(QuantityId, CorrelationKind)>, Vec<[usize; 2]>) {
    let mut scores: Vec<(QuantityId, CorrelationKind)> = Vec::new();
    let mut place = |score: (QuantityId, CorrelationKind)| {
        scores.iter().position(|one| *one == score).unwrap_or_else(|| {
            scores.push(score);
            scores.len() - 1
        })
    };
    let pairs = model.correlations.iter().map(|one| one.quantities.map(|id| place((id, one.kind)))).collect();
    (scores, pairs)
}

/// A quantity's uniform or its normal, with mean 0 and variance 1.
fn value(model: &Model, (id, kind): (QuantityId, CorrelationKind), uniform: &dyn Fn(usize) -> f64) -> f64 {
    let quantity = &model.quantities[id.0];
    match kind {
        CorrelationKind::Rank => {
            let exact = |shared: &Quantity, values: &[f64], u: f64| shared.shape.quantile(values, u);
            12f64.sqrt() * (level(model, quantity, &exact, uniform) - 0.5)
        }
        CorrelationKind::Pearson => normal(model, quantity, uniform),
    }
}
