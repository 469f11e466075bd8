//! How probable the states of a variable are by its own tables, given the states of what decides it.

use super::tables::{OPEN, Tables};
use crate::program::product;

/// The tables of one variable.
pub(super) struct Own {
    variable: usize,
    tables: Vec<usize>,
    /// What stands between it and its causes.
    between: Option<usize>,
}

impl Own {
    pub(super) fn of(tables: &Tables, variable: usize) -> Own {
        let own = tables.own(variable);
        let mut all = own.iter().flat_map(|at| &tables.all[*at].scope).map(|(one, _)| *one);
        let between = all.find(|one| tables.is_between(*one));
        Own { variable, tables: own, between }
    }

    /// The weight of each state, given those of the others; `states` is left as it was. Rounding may leave a little below 0 of what is
    /// between an event and its causes.
    pub(super) fn weights(&self, tables: &Tables, numbers: &[Vec<f64>], states: &mut [usize]) -> Vec<f64> {
        let before = states[self.variable];
        let weight = |state: usize| {
            states[self.variable] = state;
            let weight = match self.between {
                None => self.product(tables, numbers, states),
                Some(between) => {
                    let sum = (0..tables.counts[between]).map(|one| {
                        states[between] = one;
                        self.product(tables, numbers, states)
                    });
                    sum.sum()
                }
            };
            if weight < 0.0 { 0.0 } else { weight }
        };
        let weights = (0..tables.counts[self.variable]).map(weight).collect();
        states[self.variable] = before;
        if let Some(between) = self.between {
            states[between] = OPEN;
        }
        weights
    }

    fn product(&self, tables: &Tables, numbers: &[Vec<f64>], states: &[usize]) -> f64 {
        let values = self.tables.iter().map(|at| tables.at(*at, numbers, states));
        values.fold(1.0, product)
    }
}
