//! Copulas: factors and events drawn from correlated normals.
//!
//! What correlations join directly or through others is a group. Its normals have the correlation matrix R with the given
//! pairs, and 0 for the others. With R = L Lᵀ (Cholesky) the normals of numbers are w = L z, where z are those of the
//! members' own uniforms, in the order of dimensions: the first member keeps its uniform. Events and factors with states
//! come last. What the numbers leave of their normals is C, correlations among themselves; with λ its least eigenvalue,
//! C = (C − λ I) + λ I: the first part is drawn, the second is a normal of each by itself, which is integrated. In a t
//! copula the normals of a draw are divided by one shared number.

use std::collections::{BTreeMap, BTreeSet};

use super::link::Link;
use super::member::{Member, Pair};
use crate::math::linear::{Matrix, cholesky, without_own};
use crate::model::{QuantityId, Variable};

/// Variables joined by correlations.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    /// Each with how it goes together with the correlation of the normals.
    pub(super) pairs: Vec<(Pair<'a>, Link)>,
    /// Numbers in the order of dimensions, then what has states.
    pub(super) members: Vec<Member>,
    /// The degrees of freedom of a t copula.
    pub(super) degrees: Option<f64>,
    /// What divides the normals of a t copula.
    pub(super) mixing: Option<QuantityId>,
}

/// The normal of a member: the coefficients of the members' drawn normals, and of one that is integrated.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) drawn: Vec<f64>,
    pub(super) own: f64,
}

impl<'a> Group<'a> {
    /// The pair of two members, by their positions.
    pub(super) fn pair(&self, i: usize, j: usize) -> Option<&(Pair<'a>, Link)> {
        let [a, b] = [i, j].map(|at| self.members[at].variable);
        self.pairs.iter().find(|(pair, _)| pair.joins(a, b))
    }

    /// The memory that the matrix and its roots take, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        let count = self.members.len() as u64;
        4 * count * count * size_of::<f64>() as u64
    }

    /// The correlation matrix of the variables' normals. A correlation that can't be had is told where its link is made.
    pub(super) fn matrix(&self) -> Matrix {
        let count = self.members.len();
        let place: BTreeMap<Variable, usize> =
            self.members.iter().enumerate().map(|(at, one)| (one.variable, at)).collect();
        let mut matrix: Matrix =
            (0..count).map(|i| (0..count).map(|j| f64::from(u8::from(i == j))).collect()).collect();
        for (pair, link) in &self.pairs {
            let [Some(&i), Some(&j)] = pair.between.map(|one| place.get(&one)) else { continue };
            matrix[i][j] = link.normal(pair.given.value.value).unwrap_or(0.0);
            matrix[j][i] = matrix[i][j];
        }
        matrix
    }

    /// The normal of each member; none if the matrix has a negative eigenvalue.
    pub(super) fn rows(&self) -> Vec<Row> {
        let mut matrix = self.matrix();
        for (row, a) in matrix.iter_mut().zip(&self.members) {
            row.iter_mut().zip(&self.members).for_each(|(one, b)| *one *= a.sign * b.sign);
        }
        let mut rows: Vec<Row> =
            cholesky(&matrix).unwrap_or_default().into_iter().map(|drawn| Row { drawn, own: 0.0 }).collect();
        let numbers = self.members.iter().filter(|one| !one.is_chance()).count();
        if let Some(chance) = rows.get_mut(numbers..) {
            integrate(chance, numbers);
        }
        rows
    }
}

/// Makes a normal of its own of what each row has beyond the first columns, as much as may be.
fn integrate(rows: &mut [Row], first: usize) {
    let rest: Vec<Vec<f64>> = rows.iter().map(|row| row.drawn[first..].to_vec()).collect();
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let sizes: Vec<f64> = rest.iter().map(|row| product(row, row).sqrt()).collect();
    let entry = |i: usize, j: usize| match i == j || sizes[i] == 0.0 || sizes[j] == 0.0 {
        true => f64::from(u8::from(i == j)),
        false => product(&rest[i], &rest[j]) / (sizes[i] * sizes[j]),
    };
    let matrix: Matrix = (0..rows.len()).map(|i| (0..rows.len()).map(|j| entry(i, j)).collect()).collect();
    let (shared, own) = without_own(&matrix);
    for (row, (size, shared)) in rows.iter_mut().zip(sizes.iter().zip(shared)) {
        row.drawn.truncate(first);
        row.drawn.extend(shared.into_iter().map(|one| size * one));
        row.own = size * own;
    }
}

/// The pairs, group by group, each with its variables; groups in the order of their last pairs.
pub(super) fn groups<'a>(pairs: &[Pair<'a>]) -> Vec<(BTreeSet<Variable>, Vec<Pair<'a>>)> {
    let mut near: BTreeMap<Variable, Vec<Variable>> = BTreeMap::new();
    for [a, b] in pairs.iter().map(|pair| pair.between) {
        near.entry(a).or_default().push(b);
        near.entry(b).or_default().push(a);
    }
    let mut groups: Vec<(usize, BTreeSet<Variable>, Vec<Pair>)> = Vec::new();
    let mut group_of: BTreeMap<Variable, usize> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        let first = pair.between[0];
        if !group_of.contains_key(&first) {
            let whole = reached(first, &near);
            whole.iter().for_each(|one| _ = group_of.insert(*one, groups.len()));
            groups.push((at, whole, Vec::new()));
        }
        let (last, _, own) = &mut groups[group_of[&first]];
        *last = at;
        own.push(pair.clone());
    }
    groups.sort_by_key(|one| one.0);
    groups.into_iter().map(|(_, variables, pairs)| (variables, pairs)).collect()
}

/// All that a variable is joined with, directly or through others, and itself.
fn reached(first: Variable, near: &BTreeMap<Variable, Vec<Variable>>) -> BTreeSet<Variable> {
    let (mut found, mut open) = (BTreeSet::from([first]), vec![first]);
    while let Some(one) = open.pop() {
        open.extend(near.get(&one).into_iter().flatten().filter(|other| found.insert(**other)));
    }
    found
}
