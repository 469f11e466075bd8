//! A box: a range of each number and a set of each thing's states.

use super::rows::{Field, Rows};

/// A box, with a limit for each field of its rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Region(pub(super) Vec<Limit>);

/// What a box allows of one field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Limit {
    /// Numbers from the first to the second, both included; infinite where there is no bound.
    Range(f64, f64),
    /// The states for which there is a true.
    States(Vec<bool>),
}

impl Limit {
    /// What allows everything.
    pub(super) fn open(field: &Field) -> Limit {
        match field {
            Field::Number(_) => Limit::Range(f64::NEG_INFINITY, f64::INFINITY),
            Field::States(_, count) => Limit::States(vec![true; *count]),
        }
    }

    /// Whether it allows everything.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Limit::Range(low, high) => *low == f64::NEG_INFINITY && *high == f64::INFINITY,
            Limit::States(all) => all.iter().all(|one| *one),
        }
    }

    /// Whether it allows what a field has in a row.
    pub(super) fn holds(&self, field: &Field, at: usize) -> bool {
        match (self, field) {
            (Limit::Range(low, high), Field::Number(values)) => (*low..=*high).contains(&values[at]),
            (Limit::States(allowed), Field::States(values, _)) => allowed[values[at]],
            _ => false,
        }
    }
}

impl Region {
    /// The box of everything.
    pub(super) fn open(rows: &Rows) -> Region {
        Region(rows.fields.iter().map(Limit::open).collect())
    }

    /// Whether a row is in it.
    pub(super) fn holds(&self, rows: &Rows, at: usize) -> bool {
        self.0.iter().zip(&rows.fields).all(|(limit, field)| limit.is_open() || limit.holds(field, at))
    }

    /// The fields that it restricts.
    pub(super) fn restricted(&self) -> Vec<usize> {
        (0..self.0.len()).filter(|at| !self.0[*at].is_open()).collect()
    }

    /// The same with another limit of one field.
    pub(super) fn with(&self, field: usize, limit: Limit) -> Region {
        let mut region = self.clone();
        region.0[field] = limit;
        region
    }

    /// The same without any limit of one field.
    pub(super) fn without(&self, field: usize, rows: &Rows) -> Region {
        self.with(field, Limit::open(&rows.fields[field]))
    }
}
