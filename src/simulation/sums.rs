//! Sums of columns over the draws that are sound in each company of worlds.

use crate::statistics::{Comoments, Merge};

/// The sums of all columns: one for all companies as long as no draw was void, then one for each.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sums {
    each: Vec<Comoments>,
}

impl Sums {
    /// Over the sound draws of each company, or over those of all; `None` if there are neither.
    pub(super) fn of(each: Vec<Comoments>) -> Option<Sums> {
        (!each.is_empty()).then_some(Sums { each })
    }

    /// Over the sound draws of the company at this position.
    pub(super) fn at(&self, company: usize) -> &Comoments {
        self.each.get(company).unwrap_or(&self.each[0])
    }

    /// Those of all companies, or of each.
    pub(super) fn each(&self) -> &[Comoments] {
        &self.each
    }

    fn split(&mut self, companies: usize) {
        if self.each.len() < companies {
            self.each = vec![self.each[0].clone(); companies];
        }
    }
}

impl Merge for Sums {
    fn merge(&mut self, later: &Sums) {
        self.split(later.each.len());
        for (at, own) in self.each.iter_mut().enumerate() {
            own.merge(later.at(at));
        }
    }
}
