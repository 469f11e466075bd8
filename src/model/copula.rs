//! Gaussian copulas: correlated factors drawn from correlated normals.
//!
//! The factors that correlations join directly or through others are a group. Its normals have the correlation matrix R
//! with the given pairs, and 0 for the others. With R = L Lᵀ (Cholesky) the normals are w = L z, where z are those of the
//! members' own uniforms, in the order of dimensions: the first member keeps its uniform.

use std::collections::BTreeSet;

use super::id::{FactorId, QuantityId};
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::Ident;
use crate::math::elementary::sin;
use crate::scenario::{Correlation, CorrelationKind};

/// A pivot of at most this share of a variance of 1 is taken as none: roundings make as much.
const LEAST_PIVOT: f64 = 1e-12;

/// A correlation between two factors of the file.
#[derive(Clone, Debug)]
pub(super) struct Pair<'a> {
    pub(super) factors: [FactorId; 2],
    given: &'a Correlation,
}

/// A factor that can be correlated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) factor: FactorId,
    pub(super) quantity: QuantityId,
    pub(super) dimension: usize,
    /// −1 if the factor falls as its quantity rises, else 1.
    pub(super) sign: f64,
}

impl<'a> Pair<'a> {
    pub(super) fn new(factors: [FactorId; 2], given: &'a Correlation) -> Pair<'a> {
        Pair { factors, given }
    }

    pub(super) fn span(&self) -> Span {
        let [first, second] = &self.given.between;
        first.span.to(second.span)
    }

    pub(super) fn names(&self) -> &'a [Ident; 2] {
        &self.given.between
    }

    /// The correlation of the normals if `share` of the given correlation held. Of Spearman's ρ it is 2 sin(π ρ / 6)
    /// (Kruskal 1958, section 8).
    fn normal(&self, share: f64) -> f64 {
        let given = share * self.given.value.value;
        match self.given.kind {
            CorrelationKind::Rank => 2.0 * sin(std::f64::consts::PI * given / 6.0),
            CorrelationKind::Pearson => given,
        }
    }

    fn joins(&self, a: FactorId, b: FactorId) -> bool {
        self.factors == [a, b] || self.factors == [b, a]
    }
}

/// The factors that pairs join, group by group.
pub(super) fn groups(pairs: &[Pair]) -> Vec<BTreeSet<FactorId>> {
    let mut groups: Vec<BTreeSet<FactorId>> = Vec::new();
    for pair in pairs {
        let touches = |group: &BTreeSet<FactorId>| pair.factors.iter().any(|one| group.contains(one));
        let (joined, mut apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(touches);
        apart.push(joined.into_iter().flatten().chain(pair.factors).collect());
        groups = apart;
    }
    groups
}

/// The normals of each member of a group but the first, in the order of dimensions.
pub(super) fn normals(pairs: &[Pair], mut members: Vec<Member>) -> Vec<(QuantityId, Vec<(QuantityId, f64)>)> {
    members.sort_by_key(|one| one.dimension);
    let Some(rows) = cholesky(&matrix(pairs, &members, 1.0)) else { return Vec::new() };
    let normals = |row: Vec<f64>| {
        let named = members.iter().map(|one| one.quantity).zip(row);
        named.filter(|(_, coefficient)| *coefficient != 0.0).collect::<Vec<_>>()
    };
    let mixed = members.iter().zip(rows).map(|(one, row)| (one.quantity, normals(row)));
    // A member that depends on none before it keeps its uniform.
    mixed.filter(|(_, normals)| normals.len() > 1).collect()
}

/// The error of a group whose correlations can't hold together, if they can't.
pub(super) fn contradiction(
    pairs: &[Pair],
    group: &BTreeSet<FactorId>,
    members: &[Member],
) -> Option<Diagnostic> {
    let fits = |share| cholesky(&matrix(pairs, members, share)).is_some();
    if fits(1.0) {
        return None;
    }
    let share = (1..100).rev().map(|one| f64::from(one) / 100.0).find(|share| fits(*share)).unwrap_or(0.0);
    let mut error = Diagnostic::error("correlations", "these correlations can't hold together");
    for pair in pairs.iter().filter(|pair| group.contains(&pair.factors[0])) {
        let [a, b] = pair.names();
        error = error.at(
            pair.span(),
            format!(
                "{} of `{}` and `{}` is {}",
                pair.given.kind.key(),
                a.text,
                b.text,
                pair.given.value.value
            ),
        );
    }
    Some(error.hint(format!(
        "pairs that are not given count as 0: give them, or weaken all of these to {share} times their values"
    )))
}

/// The correlation matrix of the members' normals, with `share` of each correlation.
fn matrix(pairs: &[Pair], members: &[Member], share: f64) -> Vec<Vec<f64>> {
    let entry = |a: &Member, b: &Member| {
        if a.factor == b.factor {
            return 1.0;
        }
        let pair = pairs.iter().find(|pair| pair.joins(a.factor, b.factor));
        pair.map_or(0.0, |pair| a.sign * b.sign * pair.normal(share))
    };
    members.iter().map(|a| members.iter().map(|b| entry(a, b)).collect()).collect()
}

/// The lower triangle L with L Lᵀ = `matrix`, row by row up to the diagonal (Golub & Van Loan 2013, section 4.2); `None`
/// if the matrix is not positive definite.
fn cholesky(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for (i, given) in matrix.iter().enumerate() {
        let mut row: Vec<f64> = Vec::new();
        for (j, above) in rows.iter().enumerate() {
            let known: f64 = row.iter().zip(above).map(|(a, b)| a * b).sum();
            row.push((given[j] - known) / above[j]);
        }
        let pivot = given[i] - row.iter().map(|one| one * one).sum::<f64>();
        if pivot <= LEAST_PIVOT {
            return None;
        }
        row.push(pivot.sqrt());
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_triangle_times_itself_is_the_matrix() {
        let matrix = vec![vec![1.0, 0.5, -0.3], vec![0.5, 1.0, 0.2], vec![-0.3, 0.2, 1.0]];
        let rows = cholesky(&matrix).unwrap();
        for i in 0..3 {
            for j in 0..=i {
                let product: f64 = rows[i].iter().zip(&rows[j]).map(|(a, b)| a * b).sum();
                assert!((product - matrix[i][j]).abs() < 1e-15, "{i} {j}: {product}");
            }
        }
    }

    #[test]
    fn a_matrix_without_an_inverse_has_no_triangle() {
        assert!(cholesky(&[vec![1.0, 1.0], vec![1.0, 1.0]]).is_none());
        let impossible = vec![vec![1.0, 0.9, 0.9], vec![0.9, 1.0, -0.9], vec![0.9, -0.9, 1.0]];
        assert!(cholesky(&impossible).is_none());
    }
}
