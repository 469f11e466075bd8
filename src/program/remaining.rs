//! What is left of an elimination: potentials to be multiplied, variables to be summed over, the cheapest first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::potential::{Chance, Potential, union_of};

/// What is left to be multiplied, and what is left to be summed over.
pub(super) struct Remaining {
    /// By the order in which they came.
    potentials: BTreeMap<usize, Potential>,
    /// As many as ever came.
    came: usize,
    /// The potentials that hold each variable which is to be summed over.
    holders: HashMap<Chance, BTreeSet<usize>>,
    counts: HashMap<Chance, usize>,
    /// The variables by the size of the table that summing over them makes; each once.
    costs: BTreeSet<(usize, Chance)>,
    cost_of: HashMap<Chance, usize>,
}

impl Remaining {
    pub(super) fn new(potentials: Vec<Potential>, targets: &[(Chance, usize)]) -> Remaining {
        let mut remaining = Remaining {
            potentials: BTreeMap::new(),
            came: 0,
            holders: HashMap::new(),
            counts: HashMap::new(),
            costs: BTreeSet::new(),
            cost_of: HashMap::new(),
        };
        let kept: BTreeSet<Chance> = targets.iter().map(|(one, _)| *one).collect();
        for (chance, count) in potentials.iter().flat_map(|one| &one.scope) {
            if !kept.contains(chance) {
                remaining.holders.entry(*chance).or_default();
                remaining.counts.insert(*chance, *count);
            }
        }
        for potential in potentials {
            remaining.hold(potential);
        }
        let open: Vec<Chance> = remaining.counts.keys().copied().collect();
        open.into_iter().for_each(|one| remaining.price(one));
        remaining
    }

    /// The variable whose elimination makes the smallest table (min-weight; Kjærulff 1990).
    pub(super) fn cheapest(&mut self) -> Option<Chance> {
        let (_, chance) = self.costs.pop_first()?;
        self.cost_of.remove(&chance);
        Some(chance)
    }

    /// The potentials that hold a variable, which is left to nobody.
    pub(super) fn take(&mut self, chance: Chance) -> Vec<Potential> {
        let own = self.holders.remove(&chance).unwrap_or_default();
        let taken: Vec<Potential> = own.iter().filter_map(|at| self.potentials.remove(at)).collect();
        for (at, potential) in own.iter().zip(&taken) {
            for (other, _) in &potential.scope {
                if let Some(holders) = self.holders.get_mut(other) {
                    holders.remove(at);
                }
            }
        }
        taken
    }

    pub(super) fn put(&mut self, potential: Potential) {
        let near: Vec<Chance> = potential.scope.iter().map(|(one, _)| *one).collect();
        self.hold(potential);
        near.into_iter().for_each(|one| self.price(one));
    }

    /// What is left when nothing is to be summed over.
    pub(super) fn rest(self) -> Vec<Potential> {
        self.potentials.into_values().collect()
    }

    /// How many states a variable has that is or was to be summed over.
    pub(super) fn count(&self, chance: Chance) -> usize {
        self.counts[&chance]
    }

    fn hold(&mut self, potential: Potential) {
        for (chance, _) in &potential.scope {
            if let Some(holders) = self.holders.get_mut(chance) {
                holders.insert(self.came);
            }
        }
        self.potentials.insert(self.came, potential);
        self.came += 1;
    }

    /// Puts down how large the table is that summing over a variable makes; of one that is no longer to be, nothing.
    fn price(&mut self, chance: Chance) {
        let Some(holders) = self.holders.get(&chance) else { return };
        let scope = union_of(holders.iter().map(|at| &self.potentials[at]));
        let cost = scope.iter().fold(1usize, |size, (_, count)| size.saturating_mul(*count));
        if let Some(old) = self.cost_of.insert(chance, cost) {
            self.costs.remove(&(old, chance));
        }
        self.costs.insert((cost, chance));
    }
}
