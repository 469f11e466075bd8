//! Which states are drawn so that the others can be summed over: a cutset (Pearl 1988, "Probabilistic reasoning in intelligent systems",
//! section 4.4.2), which holds whatever comes before one of its own, as states are drawn in the order of time. It depends on the model
//! and on what was asked and learned alone, so that a file gives the same answer on every machine.

use std::collections::BTreeSet;

use super::lowering::{Lowering, chance};
use super::potential::Chance;
use crate::model::Variable;

/// As many combinations of states may be left of those that have to be looked at together. Each is looked at in every draw.
const MOST_LEFT: usize = 1 << 10;

impl Lowering<'_> {
    /// What to draw so that these need not all be looked at together: one after the other what takes the fewest others with it, the first
    /// of the model first, until few combinations of their states are left; nothing where none of them can be drawn.
    pub(super) fn cutset(&self, together: &BTreeSet<Chance>) -> BTreeSet<Variable> {
        let mut found = BTreeSet::new();
        loop {
            let open: Vec<Variable> =
                self.model.order.iter().copied().filter(|one| self.is_open(*one, together, &found)).collect();
            let left: Vec<Chance> = open.iter().filter_map(|one| chance(*one)).collect();
            if self.size(left.iter()) <= MOST_LEFT && !found.is_empty() {
                return found;
            }
            let all = open.into_iter().map(|one| self.with_those_before(one, &found));
            let Some(least) = all.min_by_key(BTreeSet::len) else { return found };
            found.extend(least);
        }
    }

    /// All on whose states others depend, and what outcomes depend on where that is much: with these drawn, every other is looked at by
    /// itself. What nothing else depends on is better summed over, and weighs the draws where it was learned (likelihood weighting; Fung &
    /// Chang 1990).
    pub(super) fn all_that_matter(&self) -> BTreeSet<Variable> {
        let all = self.model.order.iter().filter(|one| chance(**one).is_some());
        let before = all.flat_map(|one| self.before(*one));
        let of_outcomes =
            self.outcome_scope.iter().filter(|_| self.size(self.outcome_scope.iter()) > MOST_LEFT);
        before.chain(of_outcomes.chain(self.drawn.keys()).copied().filter_map(variable_of)).collect()
    }

    /// The variables whose states decide on the probabilities of one.
    fn before(&self, variable: Variable) -> Vec<Variable> {
        let formulas = self.formulas.all_of(variable);
        formulas.iter().flat_map(|term| self.scope(term)).filter_map(variable_of).collect()
    }

    /// How many combinations of states there are.
    fn size<'c>(&self, mut of: impl Iterator<Item = &'c Chance>) -> usize {
        of.try_fold(1usize, |size, one| size.checked_mul(self.count(*one))).unwrap_or(usize::MAX)
    }

    fn is_open(&self, variable: Variable, together: &BTreeSet<Chance>, found: &BTreeSet<Variable>) -> bool {
        let is_one = |one: Chance| {
            together.contains(&one) && self.certain(one).is_none() && !self.drawn.contains_key(&one)
        };
        chance(variable).is_some_and(is_one) && !found.contains(&variable)
    }

    /// A variable and all on whose states its probabilities depend, but for those that are drawn already.
    fn with_those_before(&self, variable: Variable, found: &BTreeSet<Variable>) -> BTreeSet<Variable> {
        let mut all = BTreeSet::new();
        let mut open = vec![variable];
        while let Some(one) = open.pop() {
            if found.contains(&one) || !all.insert(one) {
                continue;
            }
            open.extend(self.before(one));
        }
        all
    }
}

fn variable_of(chance: Chance) -> Option<Variable> {
    match chance {
        Chance::Event(id) => Some(Variable::Event(id)),
        Chance::Category(id) => Some(Variable::Category(id)),
        // Causes are part of their event, and theories and outcomes are summed over.
        Chance::Causes(_) | Chance::Theory | Chance::Outcome => None,
    }
}
