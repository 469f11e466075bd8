//! Copulas in another order: which of correlated factors are drawn first.

use std::collections::{BTreeMap, BTreeSet};

use super::Model;
use super::id::QuantityId;
use super::latent::Latent;
use crate::math::linear::{Matrix, cholesky};

impl Model {
    /// The same joint law with the normals of some quantities drawn before those of all others that they are correlated with: the
    /// uniforms of the others then say what these are given the first. `None` of t copulas and where a factor with states is
    /// correlated, which can't be drawn in any order.
    ///
    /// With the correlation matrix R in the new order it is R = L Lᵀ once more (Cholesky), and an event whose normal is a·z with
    /// z = L⁻¹ w gets the coefficients a′ with L′ a′ = L a, as its covariances with the normals w stay what they are.
    pub fn factorised(&self, first: &BTreeSet<QuantityId>) -> Option<Model> {
        if !self.has_orders() {
            return None;
        }
        let mut model = self.clone();
        for group in self.copulas() {
            let (before, after): (Vec<QuantityId>, Vec<QuantityId>) =
                group.iter().copied().partition(|one| first.contains(one));
            if !before.is_empty() && !after.is_empty() {
                model.draw_in_order(&[before, after].concat(), self)?;
            }
        }
        Some(model)
    }

    /// Whether copulas can be drawn in any order: no t copula, and no correlated factor with states.
    pub fn has_orders(&self) -> bool {
        let has_mixing = self.quantities.iter().any(|one| one.mixing.is_some());
        !has_mixing && self.categories.iter().all(|one| one.latent.is_none())
    }

    /// The quantities that copulas join, group by group.
    pub fn copulas(&self) -> Vec<BTreeSet<QuantityId>> {
        let quantities =
            self.quantities.iter().enumerate().map(|(at, one)| (Some(QuantityId(at)), &one.normals));
        let latents = self.latents().map(|one| (None, &one.normals));
        let mut groups: Vec<BTreeSet<QuantityId>> = Vec::new();
        for (own, normals) in quantities.chain(latents).filter(|(_, normals)| !normals.is_empty()) {
            let whole: BTreeSet<QuantityId> = normals.iter().map(|(id, _)| *id).chain(own).collect();
            let (tied, mut rest): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|one| !one.is_disjoint(&whole));
            rest.push(tied.into_iter().fold(whole, |all, one| &all | &one));
            groups = rest;
        }
        groups
    }

    fn latents(&self) -> impl Iterator<Item = &Latent> {
        self.events.iter().filter_map(|one| one.latent.as_ref())
    }

    /// Draws the normals of a group in an order, as they are correlated in `old`.
    fn draw_in_order(&mut self, order: &[QuantityId], old: &Model) -> Option<()> {
        let rows: Vec<Vec<f64>> = order.iter().map(|id| old.row(*id, order)).collect();
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let matrix: Matrix = rows.iter().map(|a| rows.iter().map(|b| product(a, b)).collect()).collect();
        let root = cholesky(&matrix)?;
        for (row, id) in root.iter().zip(order) {
            let normals = named(row, order);
            let is_its_own = normals == [(*id, 1.0)];
            self.quantities[id.0].normals = if is_its_own { Vec::new() } else { normals };
        }
        for latent in self.events.iter_mut().filter_map(|one| one.latent.as_mut()) {
            let own: BTreeMap<QuantityId, f64> = latent.normals.iter().copied().collect();
            let inside: Vec<f64> = order.iter().map(|id| own.get(id).copied().unwrap_or(0.0)).collect();
            let outside = latent.normals.iter().copied().filter(|(id, _)| !order.contains(id));
            let covariances: Vec<f64> = rows.iter().map(|row| product(row, &inside)).collect();
            latent.normals = outside.chain(named(&solved(&root, &covariances), order)).collect();
        }
        Some(())
    }

    /// The coefficients of a quantity's normal in the normals that are drawn, in some order.
    fn row(&self, id: QuantityId, order: &[QuantityId]) -> Vec<f64> {
        let normals = &self.quantities[id.0].normals;
        let own = BTreeMap::from([(id, 1.0)]);
        let known: BTreeMap<QuantityId, f64> =
            if normals.is_empty() { own } else { normals.iter().copied().collect() };
        order.iter().map(|one| known.get(one).copied().unwrap_or(0.0)).collect()
    }
}

fn named(row: &[f64], order: &[QuantityId]) -> Vec<(QuantityId, f64)> {
    let all = order.iter().copied().zip(row.iter().copied());
    all.filter(|(_, coefficient)| *coefficient != 0.0).collect()
}

/// The solution x of L x = b; 0 where a normal is decided by those before it.
fn solved(root: &Matrix, b: &[f64]) -> Vec<f64> {
    let mut x: Vec<f64> = Vec::new();
    for (row, b) in root.iter().zip(b) {
        let known: f64 = row.iter().zip(&x).map(|(a, x)| a * x).sum();
        let pivot = row.get(x.len()).copied().unwrap_or(0.0);
        x.push(if pivot == 0.0 { 0.0 } else { (b - known) / pivot });
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;

    fn model(text: &str) -> Model {
        let (document, _) = crate::scenario::parse(&SourceFile::new("x.toml", text));
        let (model, found) = crate::build::build(&document, &Default::default(), &[]);
        model.unwrap_or_else(|| panic!("{found:?}"))
    }

    const CORRELATED: &str = "[factors]\na = { value = 'normal(0, 1)' }\nb = { value = 'normal(0, 1)' }\nc = { value = 'normal(0, 1)' }\n\
        [events.e]\nprobability = 0.3\n\
        [[correlations]]\nbetween = ['a', 'b']\nnormal = 0.5\n[[correlations]]\nbetween = ['b', 'c']\nnormal = -0.3\n\
        [[correlations]]\nbetween = ['c', 'e']\nnormal = 0.4\n";

    /// The covariances of all normals with each other.
    fn covariances(model: &Model) -> Vec<f64> {
        let order: Vec<QuantityId> = (0..model.quantities.len()).map(QuantityId).collect();
        let mut rows: Vec<Vec<f64>> = order.iter().map(|id| model.row(*id, &order)).collect();
        for latent in model.latents() {
            let own: BTreeMap<QuantityId, f64> = latent.normals.iter().copied().collect();
            rows.push(order.iter().map(|id| own.get(id).copied().unwrap_or(0.0)).collect());
        }
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        rows.iter().flat_map(|a| rows.iter().map(|b| product(a, b)).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn every_order_has_the_same_correlations_and_draws_its_first_alone() {
        let old = model(CORRELATED);
        for first in 1..7u8 {
            let wanted = (0..3).filter(|at| first & (1 << at) != 0).map(QuantityId).collect();
            let new = old.factorised(&wanted).expect("a normal copula");
            let pairs = covariances(&old).into_iter().zip(covariances(&new));
            assert!(pairs.clone().all(|(a, b)| (a - b).abs() < 1e-12), "{:?}", pairs.collect::<Vec<_>>());
            for id in &wanted {
                let needs = new.quantities[id.0].normals.iter().map(|(one, _)| *one);
                assert!(needs.clone().all(|one| wanted.contains(&one)), "{first}: {id:?}");
            }
        }
        // A negative control: in the file's order the second needs the first.
        assert!(old.quantities[1].normals.iter().any(|(one, _)| *one == QuantityId(0)));
    }

    #[test]
    fn t_copulas_have_one_order() {
        let text = CORRELATED.replace("normal = 0.5", "normal = 0.5\ndegrees = 4");
        assert!(model(&text).factorised(&BTreeSet::from([QuantityId(1)])).is_none());
    }
}
