//! Which correlations the draws have, beside those that were asked for.
//!
//! Each kind is measured as it is defined, on what is drawn: Pearson's and Spearman's on values and ranks, Kendall's on
//! pairs of draws, that of the normals on the normals. Events and factors with states are not drawn: given the draws their
//! states have probabilities, which stand for their values.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::answered::Answered;
use super::association::{Association, Drawn};
use super::course::Course;
use super::estimated::Correlation;
use super::question::Question;
use super::{Failure, Study};
use crate::design::{Column, Design, Kind, Place};
use crate::model::{Correlated, Draw, Model, Quantity, Variable, level, normal, scores, shares};
use crate::scenario::CorrelationKind;
use crate::simulation::{Plan, REPLICATES};

/// Draws in each replicate.
const DRAWS: u64 = 1 << 11;

/// A correlation as asked for and as reached.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reached {
    /// The names of what is correlated.
    pub between: [String; 2],
    /// What people call them.
    #[serde(skip)]
    pub labels: [String; 2],
    /// Which correlation it is: `rank`, `pearson`, `kendall` or `normal`.
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

/// The correlations of factors and events, as asked for and as reached.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
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
        let (worlds, drawn) = (Vec::new(), Vec::new());
        let course = Course { plan, exact: draws == 0, reached: true, missed: None, worlds, drawn };
        Ok(Answered::new(CorrelationsFinding { correlations }, course))
    }
}

/// Every correlation in force, in the order of groups.
pub(super) fn find(model: &Model, kind: Kind, seed: u64) -> Vec<Reached> {
    if model.correlations.is_empty() {
        return Vec::new();
    }
    let design = Design { kind, seed, points_per_replicate: DRAWS };
    let mut known: Vec<((Variable, What), Drawn)> = Vec::new();
    let mut place = |variable: Variable, draw: &Draw, kind: CorrelationKind| {
        let key = (variable, What::of(model, draw, kind));
        known.iter().position(|(one, _)| *one == key).unwrap_or_else(|| {
            known.push((key, columns(model, &design, draw, key.1)));
            known.len() - 1
        })
    };
    let places: Vec<[usize; 2]> = model
        .correlations
        .iter()
        .map(|one| [0, 1].map(|at| place(one.between[at], &one.draws[at], one.kind)))
        .collect();
    let mut association =
        Association::new(known.into_iter().map(|(_, drawn)| drawn).collect(), DRAWS as usize);
    let reached = |(one, pair): (&Correlated, [usize; 2])| Reached {
        between: one.between.map(|variable| model.name(variable).into()),
        labels: one.between.map(|variable| model.label(variable).into()),
        kind: one.kind,
        degrees: one.degrees,
        asked: one.asked,
        reached: Correlation(association.estimate(one.kind, pair)),
    };
    model.correlations.iter().zip(places).map(reached).collect()
}

/// What of a variable is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Value,
    /// The level that it is drawn at. Its ranks are those of the values; where the law differs from draw to draw, they are
    /// what is correlated.
    Level,
    Normal,
}

impl What {
    fn of(model: &Model, draw: &Draw, kind: CorrelationKind) -> What {
        let has_ties = match draw {
            Draw::Number(id, _) => model.quantities[id.0].shape.has_atoms(),
            Draw::States(..) => true,
        };
        match kind {
            CorrelationKind::Normal => What::Normal,
            CorrelationKind::Pearson => What::Value,
            CorrelationKind::Rank | CorrelationKind::Kendall if has_ties => What::Value,
            CorrelationKind::Rank | CorrelationKind::Kendall => What::Level,
        }
    }
}

/// What of a variable is looked at in all draws, replicate by replicate.
fn columns(model: &Model, design: &Design, draw: &Draw, what: What) -> Drawn {
    let (mut numbers, mut states) = (Vec::new(), Vec::new());
    for replicate in 0..REPLICATES {
        let uniforms = Uniforms::new(model, design, replicate);
        match draw {
            Draw::States(latent, own) if what == What::Value => {
                states.extend(uniforms.each(|uniform| shares(model, latent, own, &exact, uniform)));
            }
            Draw::States(latent, _) => {
                numbers
                    .extend(uniforms.each(|uniform| scores(model, &latent.normals, uniform).unwrap_or(0.0)));
            }
            Draw::Number(id, sign) => {
                let quantity = &model.quantities[id.0];
                numbers.extend(uniforms.each(|uniform| sign * number(model, quantity, what, uniform)));
            }
        }
    }
    if states.is_empty() { Drawn::Numbers(numbers) } else { Drawn::States(states) }
}

fn exact(quantity: &Quantity, parameters: &[f64], u: f64) -> f64 {
    quantity.shape.quantile(parameters, u)
}

fn number(model: &Model, quantity: &Quantity, what: What, uniform: &dyn Fn(usize) -> f64) -> f64 {
    match what {
        What::Normal => normal(model, quantity, uniform),
        What::Level => level(model, quantity, &exact, uniform),
        What::Value => quantity.shape.quantile(&[], level(model, quantity, &exact, uniform)),
    }
}

/// The uniforms of a replicate, by dimension.
struct Uniforms(Vec<Option<Column>>);

impl Uniforms {
    fn new(model: &Model, design: &Design, replicate: u32) -> Uniforms {
        let mut columns: Vec<Option<Column>> = vec![None; model.dimensions];
        for quantity in &model.quantities {
            let place =
                Place { replicate, copy: 0, dimension: quantity.dimension as u32, name: &quantity.key };
            columns[quantity.dimension] = Some(design.column(place));
        }
        Uniforms(columns)
    }

    /// What is computed from the uniforms of each draw.
    fn each<T>(&self, one: impl Fn(&dyn Fn(usize) -> f64) -> T) -> Vec<T> {
        let uniform = |index: u64| move |at: usize| self.0[at].as_ref().map_or(f64::NAN, |one| one.at(index));
        (0..DRAWS).map(|index| one(&uniform(index))).collect()
    }
}
