//! Joint distributions of chance variables and of what was learned: in numbers where all that bears on them is numbers, else in nodes.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::elimination::{TooLarge, marginal};
use super::finite::Finite;
use super::lowering::{Lowering, chance};
use super::potential::{Chance, Potential};

/// Up to as many tables are multiplied as they come: a tree would take longer.
const FEW: usize = 16;

impl Lowering<'_> {
    /// The joint distribution of `targets` and of what was learned, given the factors.
    pub(super) fn joint(&mut self, targets: &BTreeSet<Chance>) -> Result<Rc<Potential>, TooLarge> {
        let key: Vec<Chance> = targets.iter().copied().collect();
        if let Some(known) = self.joints.get(&key) {
            return Ok(known.clone());
        }
        let found = Rc::new(match self.known_joint(targets)? {
            Some(found) => found,
            None => self.joint_anew(targets)?,
        });
        self.joints.insert(key, found.clone());
        Ok(found)
    }

    /// The same from the tables that bear on it. What takes too many states is not tried again, nor is what depends on it: that takes no
    /// fewer.
    fn joint_anew(&mut self, targets: &BTreeSet<Chance>) -> Result<Potential, TooLarge> {
        let tables = self.ancestry(targets)?;
        let known = tables.iter().flat_map(|table| &table.scope).find_map(|(one, _)| self.hard.get(one));
        if let Some(scope) = known {
            return Err(TooLarge::States { scope: scope.clone() });
        }
        let found = self.joint_of(targets, tables);
        if let (Err(TooLarge::States { scope }), Some(only), 1) = (&found, targets.first(), targets.len()) {
            self.hard.insert(*only, scope.clone());
        }
        found
    }

    /// The same in numbers if the tables are numbers and many, else in nodes.
    fn joint_of(
        &mut self,
        targets: &BTreeSet<Chance>,
        tables: Vec<Potential>,
    ) -> Result<Potential, TooLarge> {
        let (limits, counted) = (self.limits, self.counted(targets));
        if tables.len() <= FEW || !tables.iter().all(|one| one.is_numbers(self.graph())) {
            return marginal(self.graph(), tables, &counted, limits);
        }
        if self.finite.is_none() {
            self.finite = Some(self.all_finite()?);
            if let Some(found) = self.known_joint(targets)? {
                return Ok(found);
            }
        }
        let evidence = self.evidence.len();
        let mut room = std::mem::take(&mut self.room);
        let found = Finite::within(&mut room, &tables, evidence, self.graph(), limits);
        self.room = room;
        found?.joint(counted, self.graph(), limits)
    }

    /// Forgets the sums that were made before more was learned.
    pub(super) fn forget(&mut self) {
        self.joints.clear();
        self.hard.clear();
        self.finite = None;
    }

    /// 2 to this power times what sums stand for is how they are told.
    pub(super) fn power(&self) -> i32 {
        self.finite.iter().flatten().map(Finite::power).sum()
    }

    /// Tells all sums times a power of 2 where what was learned is too rare for a number, if all chance variables are in one tree;
    /// whether there is anything to be told.
    pub(super) fn raise(&mut self) -> Result<bool, TooLarge> {
        if self.finite.is_none() {
            self.finite = Some(self.all_finite()?);
        }
        let all = self.open_variables().into_iter().collect();
        let is_any = match &mut self.finite {
            Some(Some(finite)) if finite.holds(&all) => finite.raise(self.limits)?,
            _ => false,
        };
        if is_any {
            self.joints.clear();
        }
        Ok(is_any)
    }

    /// All that is in one of several states by chance and is summed over, in the order of the model.
    fn open_variables(&self) -> Vec<Chance> {
        let order = self.model.order.iter().filter_map(|one| chance(*one));
        let all = [Chance::Theory].into_iter().chain(order).chain([Chance::Outcome]);
        let is_open = |one: &Chance| {
            self.certain(*one).is_none() && !self.drawn.contains_key(one) && self.count(*one) > 0
        };
        all.filter(is_open).collect()
    }

    /// The joint distribution from the tree that was built, if it holds all of `targets`.
    fn known_joint(&mut self, targets: &BTreeSet<Chance>) -> Result<Option<Potential>, TooLarge> {
        let (limits, counted) = (self.limits, self.counted(targets));
        match &mut self.finite {
            Some(Some(finite)) if finite.holds(targets) => {
                finite.joint(counted, &mut self.ground.graph, limits).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// A tree of all variables whose tables are numbers, those of their ancestors among them; none where clusters would be too large.
    fn all_finite(&mut self) -> Result<Option<Finite>, TooLarge> {
        let mut found = BTreeSet::new();
        let mut tables = Vec::new();
        for one in self.open_variables() {
            // What is too large, or to be stopped, shows where it is asked for.
            let Ok(own) = self.potentials_of(one) else { continue };
            let is_own = |other: &Chance| *other == one || matches!(other, Chance::Causes(_));
            let scope = own.iter().flat_map(|table| &table.scope).map(|(other, _)| *other);
            let is_above = scope.filter(|other| !is_own(other)).all(|other| found.contains(&other));
            if is_above && own.iter().all(|table| table.is_numbers(self.graph())) {
                found.insert(one);
                tables.extend(own);
            }
        }
        // What was learned of anything else bears on all of it.
        let mut learned = self.evidence.iter().flat_map(|one| &one.scope);
        if !learned.all(|(one, _)| found.contains(one)) {
            return Ok(None);
        }
        tables.splice(0..0, self.evidence.clone());
        let evidence = self.evidence.len();
        if !tables[..evidence].iter().all(|one| one.is_numbers(self.graph())) {
            return Ok(None);
        }
        let limits = self.limits;
        let mut room = f64::INFINITY;
        match Finite::within(&mut room, &tables, evidence, self.graph(), limits) {
            Ok(found) => Ok(Some(found)),
            Err(TooLarge::Interrupted) => Err(TooLarge::Interrupted),
            Err(_) => Ok(None),
        }
    }
}
