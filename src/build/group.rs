//! Copulas: correlated factors drawn from correlated normals.
//!
//! The factors that correlations join directly or through others are a group. Its normals have the correlation matrix R
//! with the given pairs, and 0 for the others. With R = L Lᵀ (Cholesky) the normals are w = L z, where z are those of the
//! members' own uniforms, in the order of dimensions: the first member keeps its uniform. In a t copula the normals of a
//! draw are divided by one shared number.

use std::collections::BTreeSet;

use crate::diagnostic::Span;
use crate::distribution::RankLaw;
use crate::expression::Ident;
use crate::math::elementary::{asin, sin};
use crate::math::linear::{Matrix, cholesky};
use crate::model::{FactorId, QuantityId};
use crate::scenario::{Correlation, CorrelationKind};

/// A correlation between two factors of the file.
#[derive(Clone, Debug)]
pub(super) struct Pair<'a> {
    pub(super) factors: [FactorId; 2],
    pub(super) given: &'a Correlation,
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

/// What joins a group.
#[derive(Clone, Debug)]
pub(super) enum Law {
    Gaussian,
    T(f64, RankLaw),
}

/// Factors joined by correlations.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    pub(super) pairs: Vec<Pair<'a>>,
    /// In the order of dimensions.
    pub(super) members: Vec<Member>,
    pub(super) law: Law,
    /// What divides the normals of a t copula.
    pub(super) mixing: Option<QuantityId>,
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

    pub(super) fn joins(&self, a: FactorId, b: FactorId) -> bool {
        self.factors == [a, b] || self.factors == [b, a]
    }
}

impl Law {
    /// The correlation of the normals that makes a given one. Of Spearman's ρ it is 2 sin(π ρ / 6) in a Gaussian copula
    /// (Kruskal 1958, section 8).
    pub(super) fn normal(&self, kind: CorrelationKind, given: f64) -> f64 {
        match (kind, self) {
            (CorrelationKind::Pearson, _) => given,
            (CorrelationKind::Rank, Law::Gaussian) => 2.0 * sin(std::f64::consts::PI * given / 6.0),
            (CorrelationKind::Rank, Law::T(_, law)) => law.normal(given),
        }
    }

    /// The correlation that normals with correlation r make.
    pub(super) fn given(&self, kind: CorrelationKind, r: f64) -> f64 {
        match (kind, self) {
            (CorrelationKind::Pearson, _) => r,
            (CorrelationKind::Rank, Law::Gaussian) => 6.0 / std::f64::consts::PI * asin(0.5 * r),
            (CorrelationKind::Rank, Law::T(_, law)) => law.rank(r).0,
        }
    }

    pub(super) fn degrees(&self) -> Option<f64> {
        match self {
            Law::Gaussian => None,
            Law::T(degrees, _) => Some(*degrees),
        }
    }
}

impl<'a> Group<'a> {
    /// The pair of two members, by their positions.
    pub(super) fn pair(&self, i: usize, j: usize) -> Option<&Pair<'a>> {
        let [a, b] = [i, j].map(|at| self.members[at].factor);
        self.pairs.iter().find(|pair| pair.joins(a, b))
    }

    /// The memory that the matrix and its roots take, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        let count = self.members.len() as u64;
        4 * count * count * size_of::<f64>() as u64
    }

    /// The correlation matrix of the factors' normals.
    pub(super) fn matrix(&self) -> Matrix {
        let count = self.members.len();
        let below = |i: usize, j: usize| match self.pair(i, j) {
            Some(pair) => self.law.normal(pair.given.kind, pair.given.value.value),
            None => f64::from(u8::from(i == j)),
        };
        let triangle: Matrix = (0..count).map(|i| (0..=i).map(|j| below(i, j)).collect()).collect();
        (0..count).map(|i| (0..count).map(|j| triangle[i.max(j)][i.min(j)]).collect()).collect()
    }

    /// The coefficients of the members' own normals in the normal of each: none if the matrix has a negative eigenvalue.
    pub(super) fn rows(&self) -> Matrix {
        let mut matrix = self.matrix();
        for (row, a) in matrix.iter_mut().zip(&self.members) {
            row.iter_mut().zip(&self.members).for_each(|(one, b)| *one *= a.sign * b.sign);
        }
        cholesky(&matrix).unwrap_or_default()
    }
}

/// The pairs, group by group, each with its factors.
pub(super) fn groups<'a>(pairs: &[Pair<'a>]) -> Vec<(BTreeSet<FactorId>, Vec<Pair<'a>>)> {
    let mut groups: Vec<(BTreeSet<FactorId>, Vec<Pair>)> = Vec::new();
    for pair in pairs {
        let touches =
            |group: &(BTreeSet<FactorId>, Vec<Pair>)| pair.factors.iter().any(|one| group.0.contains(one));
        let (joined, mut apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(touches);
        let mut whole = (BTreeSet::from(pair.factors), Vec::new());
        for (factors, pairs) in joined {
            whole.0.extend(factors);
            whole.1.extend(pairs);
        }
        whole.1.push(pair.clone());
        apart.push(whole);
        groups = apart;
    }
    groups
}
