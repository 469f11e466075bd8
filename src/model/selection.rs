//! Which evidence counts, and what each item counts then.

use super::model::Model;
use crate::scenario::Date;

/// Which items of the evidence are to count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Names of items; all if there are none.
    pub ids: Vec<String>,
    /// The last day of which items count.
    pub until: Option<Date>,
}

impl Model {
    /// Which items count.
    pub fn active(&self) -> Vec<bool> {
        self.evidence.iter().map(|one| one.active).collect()
    }

    /// Makes those items count that `selection` asks for, and no others.
    pub fn select(&mut self, selection: &Selection) {
        for one in &mut self.evidence {
            let is_named = selection.ids.is_empty() || selection.ids.contains(&one.id);
            one.active = is_named && selection.until.is_none_or(|last| one.date <= last);
        }
    }

    /// The positions of all items by date; those of one day in the order of the file.
    pub fn timeline(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.evidence.len()).collect();
        order.sort_by_key(|at| (self.evidence[*at].date, *at));
        order
    }

    /// What an item counts by state where those items count that are `active`, as shares of the largest: after its
    /// reliability, to the power 1 − overlap if one of the items that it depends on counts too (a power likelihood; Ibrahim
    /// & Chen 2000). All 1 if it says nothing.
    pub fn likelihood(&self, at: usize, active: &[bool]) -> Vec<f64> {
        self.evidence[at].weighed(self.power(at, active))
    }

    /// The largest of these, before they become shares of it: how probable the item is where it is most probable.
    pub fn most_likely(&self, at: usize, active: &[bool]) -> f64 {
        self.evidence[at].most(self.power(at, active))
    }

    fn power(&self, at: usize, active: &[bool]) -> f64 {
        let item = &self.evidence[at];
        let has_overlap = item.depends_on.iter().any(|one| active[*one]);
        if has_overlap { 1.0 - item.overlap } else { 1.0 }
    }
}
