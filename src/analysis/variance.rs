//! Where an outcome's variance comes from: chance, what is not known of the factors, and which theory is right.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::estimated::finite;
use crate::program::{BeliefId, Output, Program, QueryId};
use crate::simulation::{Kept, constant_states};
use crate::statistics::{Estimate, jackknife_variance};

/// As many groups as independent draws are cut into for the error.
const GROUPS: usize = 16;

/// Shares of the variance of whether an outcome comes true. They sum to 1.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq)]
#[schemars(with = "Form")]
pub struct VarianceShares {
    /// What would be left if the factors and the theory were known.
    pub chance: Estimate,
    /// What not knowing the factors adds, under each theory.
    pub factors: Estimate,
    /// How far the theories differ.
    pub theories: Estimate,
}

/// The shares as they stand in JSON, with their standard errors.
#[derive(JsonSchema, Serialize)]
struct Form {
    #[serde(flatten)]
    shares: Trio,
    /// The standard error of each.
    std_error: Trio,
}

/// A number for each part.
#[derive(JsonSchema, Serialize)]
#[schemars(inline)]
struct Trio {
    /// What would be left if factors and theory were known.
    chance: Option<f64>,
    /// What not knowing the factors adds.
    factors: Option<f64>,
    /// How far the theories differ.
    theories: Option<f64>,
}

impl VarianceShares {
    fn parts(&self, number: fn(&Estimate) -> f64) -> Trio {
        let part = |one: &Estimate| finite(number(one));
        Trio { chance: part(&self.chance), factors: part(&self.factors), theories: part(&self.theories) }
    }
}

impl Serialize for VarianceShares {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = Form { shares: self.parts(|one| one.value), std_error: self.parts(|one| one.std_error) };
        form.serialize(serializer)
    }
}

/// The shares of an outcome's variance, from the first draws of a run; `None` where there is no variance, or where the
/// states of what is not known are too many to be listed.
///
/// With p(K) the probability given all that is not known, factors and theory, the law of total variance splits
/// Var = p (1 − p) into E[p(K) (1 − p(K))], the variance of E[p(K) | theory], and the rest (Weiss, Holmes & Hardy 2005,
/// chapter 9, for two levels of it).
pub(super) fn shares(parts: &Parts, program: &Program, kept: &Kept) -> Option<VarianceShares> {
    let groups = kept.groups(GROUPS);
    let (columns, exact) = columns(parts, program, kept)?;
    let sums: Vec<Vec<f64>> =
        groups.iter().map(|group| columns.iter().map(|one| one.sum(group)).collect()).collect();
    let whole = |without: Option<usize>| {
        let members = sums.iter().enumerate().filter(|(at, _)| Some(*at) != without);
        members.fold(vec![0.0; columns.len()], |total, (_, one)| {
            total.iter().zip(one).map(|(a, b)| a + b).collect()
        })
    };
    let values = split(&whole(None))?;
    let left_out: Vec<[f64; 3]> = (0..sums.len()).filter_map(|one| split(&whole(Some(one)))).collect();
    let estimate = |part: usize| match exact {
        true => Estimate::exact(values[part]),
        false => {
            let results: Vec<f64> = left_out.iter().map(|one| one[part]).collect();
            let freedom = results.len().saturating_sub(1) as f64;
            Estimate::from_student(values[part], jackknife_variance(&results).sqrt(), freedom)
                .within(0.0, 1.0)
        }
    };
    Some(VarianceShares { chance: estimate(0), factors: estimate(1), theories: estimate(2) })
}

/// What is needed of one outcome.
pub(super) struct Parts {
    /// Its probability.
    pub(super) outcome: QueryId,
    /// The distribution of its probability over what is not known.
    pub(super) belief: BeliefId,
    /// The same under each theory, if the file names any.
    pub(super) theories: Vec<ByTheory>,
}

/// What one theory says of the outcome.
pub(super) struct ByTheory {
    /// How probable the theory is, before anything was learned.
    pub(super) weight: f64,
    /// The outcome's probability under it.
    pub(super) outcome: QueryId,
    /// Whether the theory can be right.
    pub(super) is_possible: bool,
}

/// The values of something in the kept draws.
enum Column<'a> {
    Constant(f64),
    Values(&'a [f64]),
    /// Squares of values.
    Squares(&'a [f64]),
    /// A multiple of another.
    Multiple(f64, Box<Column<'a>>),
}

impl Column<'_> {
    fn sum(&self, group: &Range<usize>) -> f64 {
        match self {
            Column::Constant(value) => value * group.len() as f64,
            Column::Values(values) => values[group.clone()].iter().sum(),
            Column::Squares(values) => values[group.clone()].iter().map(|one| one * one).sum(),
            Column::Multiple(factor, inner) => factor * inner.sum(group),
        }
    }
}

/// The columns that [`split`] takes the sums of, and whether no draw enters them.
fn columns<'a>(parts: &Parts, program: &Program, kept: &'a Kept) -> Option<(Vec<Column<'a>>, bool)> {
    let spread = program.belief(parts.belief);
    let mut exact = true;
    let mut column = |output: Output| match program.constant(output) {
        Some(value) => Column::Constant(value),
        None => {
            exact = false;
            Column::Values(kept.column(output))
        }
    };
    let query = program.query(parts.outcome);
    let weight = query.weight.map_or(Column::Constant(1.0), &mut column);
    let share = column(query.numerator);
    let mut all = vec![weight, share];
    let mut theories = Vec::new();
    for theory in parts.theories.iter().filter(|one| one.is_possible) {
        let query = program.query(theory.outcome);
        let weight = query.weight.map_or(Column::Constant(1.0), &mut column);
        let both = [weight, column(query.numerator)];
        theories.extend(both.map(|one| Column::Multiple(theory.weight, Box::new(one))));
    }
    let square = match (constant_states(program, spread), &spread.states[..]) {
        (Some(states), _) => {
            Column::Constant(states.iter().map(|(value, weight)| weight * value * value).sum())
        }
        // Where the states are too many to be listed, the values are not kept.
        (None, [(value, None)]) if kept.column(*value).is_empty() => return None,
        (None, [(value, None)]) => Column::Squares(kept.column(*value)),
        _ => Column::Values(kept.squares(parts.belief)?),
    };
    exact &= matches!(square, Column::Constant(_));
    all.insert(2, square);
    all.extend(theories);
    Some((all, exact))
}

/// Chance, factors and theories, from the sums of what was learned, the outcome, its squares given all that is not known, and
/// the same two of each theory.
fn split(sums: &[f64]) -> Option<[f64; 3]> {
    let [weight, share, square, theories @ ..] = sums else { return None };
    let (mean, square) = (share / weight, square / weight);
    let total = mean * (1.0 - mean);
    if !(total.is_finite() && total > 0.0) {
        return None;
    }
    let between = match theories.len() {
        0 | 2 => mean * mean,
        _ => theories
            .chunks_exact(2)
            .map(|own| own[1] * (own[1] / own[0]) / weight)
            .filter(|one| !one.is_nan())
            .sum(),
    };
    let parts = [mean - square, square - between, between - mean * mean];
    // Rounding may leave a part a little below 0.
    let parts = parts.map(|part| part.max(0.0));
    let whole: f64 = parts.iter().sum();
    Some(parts.map(|part| part / whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_those_of_the_law_of_total_variance() {
        // Two theories of weight 1/2 that say 0.2 and 0.6, each for certain: p = 0.4, E[p²] = 0.2, between = 0.2.
        let parts = split(&[1.0, 0.4, 0.2, 0.5, 0.1, 0.5, 0.3]).expect("a variance");
        let expected = [0.2 / 0.24, 0.0, 0.04 / 0.24];
        assert!(parts.iter().zip(expected).all(|(one, other)| (one - other).abs() < 1e-15), "{parts:?}");
        assert_eq!(split(&[1.0, 0.0, 0.0]), None);
    }
}
