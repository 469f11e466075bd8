//! Correlated variables: normals by a Cholesky factor made here, and how far up they lie.

use std::f64::consts::PI;

use rand::Rng;
use rand_distr::{ChiSquared, Distribution as _, StandardNormal};

use super::cumulative::student;
use super::level::Level;
use crate::model::{Correlated, Draw, Latent, Mixing, Model, QuantityId, Variable};
use crate::scenario::CorrelationKind;

/// Below this a pivot counts as 0: the matrix has no more directions.
const PIVOT: f64 = 1e-12;

/// Variables that are drawn together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) members: Vec<Member>,
    /// The rows of the lower Cholesky factor.
    rows: Vec<Vec<f64>>,
    /// χ² with these degrees of freedom divides the normals of a t copula.
    degrees: Option<f64>,
}

/// One of them, with the coefficients that the model writes its normal in.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) what: Joined,
    normals: Vec<(QuantityId, f64)>,
}

/// What can be correlated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// An uncertain number.
    Number(QuantityId),
    /// An event or a factor with states.
    States(Variable),
}

/// The groups of a model, of which the numbers in `drawn` are drawn.
pub(super) fn groups(model: &Model, drawn: &[bool]) -> Vec<Group> {
    let all = members(model, drawn);
    let mut kinds: Vec<Option<Mixing>> = all.iter().map(|(_, mixing)| *mixing).collect();
    kinds.sort_by_key(|mixing| mixing.map(|one| one.quantity));
    kinds.dedup();
    kinds.into_iter().map(|kind| Group::new(model, &all, kind)).collect()
}

fn members(model: &Model, drawn: &[bool]) -> Vec<(Member, Option<Mixing>)> {
    let rows =
        model.quantities.iter().map(|one| &one.normals).chain(latents(model).map(|(_, one)| &one.normals));
    let named: Vec<QuantityId> = rows.flatten().map(|(id, _)| *id).collect();
    let number = |(at, is_drawn): (usize, &bool)| {
        let (id, quantity) = (QuantityId(at), &model.quantities[at]);
        let is_member = *is_drawn && (!quantity.normals.is_empty() || named.contains(&id));
        let normals = if quantity.normals.is_empty() { vec![(id, 1.0)] } else { quantity.normals.clone() };
        is_member.then_some((Member { what: Joined::Number(id), normals }, quantity.mixing))
    };
    let states = latents(model)
        .map(|(id, one)| (Member { what: Joined::States(id), normals: one.normals.clone() }, one.mixing));
    drawn.iter().enumerate().filter_map(number).chain(states).collect()
}

fn latents(model: &Model) -> impl Iterator<Item = (Variable, &Latent)> {
    model.order.iter().filter_map(|one| Some((*one, model.latent(*one)?)))
}

impl Group {
    fn new(model: &Model, all: &[(Member, Option<Mixing>)], kind: Option<Mixing>) -> Group {
        let members: Vec<Member> =
            all.iter().filter(|(_, mixing)| *mixing == kind).map(|(member, _)| member.clone()).collect();
        let matrix: Vec<Vec<f64>> = (0..members.len())
            .map(|i| {
                (0..=i)
                    .map(|j| if i == j { 1.0 } else { correlation(model, &members[i], &members[j]) })
                    .collect()
            })
            .collect();
        Group { members, rows: cholesky(&matrix), degrees: kind.map(|mixing| mixing.degrees) }
    }

    /// How far up each member lies.
    pub(super) fn draw(&self, rng: &mut impl Rng) -> Vec<Level> {
        let z: Vec<f64> = self.members.iter().map(|_| StandardNormal.sample(rng)).collect();
        let sum = |row: &Vec<f64>| row.iter().zip(&z).map(|(a, z)| a * z).sum::<f64>();
        let Some(degrees) = self.degrees else {
            return self.rows.iter().map(|row| Level::of_normal(sum(row))).collect();
        };
        let root = ChiSquared::new(degrees).map_or(f64::NAN, |one| (one.sample(rng) / degrees).sqrt());
        self.rows.iter().map(|row| student(degrees, sum(row) / root)).collect()
    }
}

/// The correlation of two members' normals: from what the file asks for where a formula leads there, else as the model has it.
fn correlation(model: &Model, a: &Member, b: &Member) -> f64 {
    let asked = model.correlations.iter().find_map(|one| by_formula(model, one, a, b));
    asked.unwrap_or_else(|| {
        let product = |(id, x): &(QuantityId, f64)| {
            b.normals.iter().find(|(other, _)| other == id).map_or(0.0, |(_, y)| x * y)
        };
        a.normals.iter().map(product).sum()
    })
}

/// sin(π τ / 2) of Kendall's τ in any elliptical copula (Lindskog, McNeil & Schmock 2003), 2 sin(π ρ / 6) of Spearman's ρ in a Gaussian
/// one without ties (Kruskal 1958).
fn by_formula(model: &Model, one: &Correlated, a: &Member, b: &Member) -> Option<f64> {
    let ends: Vec<(Joined, f64)> =
        one.between.iter().zip(&one.draws).map(|(id, draw)| joined(*id, draw)).collect();
    let [x, y] = [ends[0], ends[1]];
    if [x.0, y.0] != [a.what, b.what] && [y.0, x.0] != [a.what, b.what] {
        return None;
    }
    let normal = match one.kind {
        CorrelationKind::Normal => one.asked,
        CorrelationKind::Kendall => libm::sin(0.5 * PI * one.asked),
        CorrelationKind::Rank if one.degrees.is_none() && !has_ties(model, x.0) && !has_ties(model, y.0) => {
            2.0 * libm::sin(PI * one.asked / 6.0)
        }
        _ => return None,
    };
    Some(x.1 * y.1 * normal)
}

/// What draws a variable, and whether it rises or falls with that.
fn joined(variable: Variable, draw: &Draw) -> (Joined, f64) {
    match draw {
        Draw::Number(id, sign) => (Joined::Number(*id), *sign),
        Draw::States(..) => (Joined::States(variable), 1.0),
    }
}

fn has_ties(model: &Model, one: Joined) -> bool {
    match one {
        Joined::Number(id) => model.quantities[id.0].shape.has_atoms(),
        Joined::States(_) => true,
    }
}

/// The lower factor of a correlation matrix, row by row, of which the lower triangle is given.
fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for (i, given) in matrix.iter().enumerate() {
        let mut row: Vec<f64> = Vec::new();
        for (j, above) in rows.iter().enumerate() {
            let done: f64 = (0..j).map(|k| row[k] * above[k]).sum();
            row.push(if above[j] > 0.0 { (given[j] - done) / above[j] } else { 0.0 });
        }
        let left = given[i] - row.iter().map(|one| one * one).sum::<f64>();
        row.push(if left > PIVOT { left.sqrt() } else { 0.0 });
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::cholesky;

    #[test]
    fn the_factor_squared_is_the_matrix() {
        let matrix = [vec![1.0], vec![0.5, 1.0], vec![-0.3, 0.4, 1.0], vec![1.0, 0.5, -0.3, 1.0]];
        let rows = cholesky(&matrix);
        for (i, row) in matrix.iter().enumerate() {
            for (j, given) in row.iter().enumerate() {
                let product: f64 = rows[i].iter().zip(&rows[j]).map(|(a, b)| a * b).sum();
                assert!((product - given).abs() < 1e-12, "{i} {j}: {product} for {given}");
            }
        }
    }
}
