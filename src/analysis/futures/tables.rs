//! The tables of a world's chance variables, which know each other by their positions.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::{self, ChanceVariable, Entry, Network, Numbers, place};

/// A state that is still open.
pub(super) const OPEN: usize = usize::MAX;

/// A variable by its position, with its number of states.
pub(super) type Counted = (usize, usize);

/// The tables of a world: those of what was learned, then those of the variables.
pub(super) struct Tables {
    pub(super) variables: Vec<ChanceVariable>,
    pub(super) counts: Vec<usize>,
    positions: BTreeMap<ChanceVariable, usize>,
    pub(super) all: Vec<Table>,
    /// The tables that tell the states of each variable.
    by_last: Vec<Vec<usize>>,
    learned: usize,
    certain: Vec<(usize, usize)>,
}

/// One table, the last of its variables being the one whose states it tells.
pub(super) struct Table {
    pub(super) scope: Vec<Counted>,
    /// The numbers, where no draw decides them.
    fixed: Option<Vec<f64>>,
    /// Those of which some are decided by draws; else none.
    pub(super) drawn: Vec<Entry>,
}

impl Tables {
    /// Those of all variables that are named in `order` or stand in a table.
    pub(super) fn new(network: &Network, order: &[ChanceVariable]) -> Tables {
        let tables = || network.learned.iter().chain(&network.given);
        let mut counted: BTreeMap<ChanceVariable, usize> = order.iter().map(|one| (*one, 1)).collect();
        counted.extend(network.certain.iter().map(|(one, _)| (*one, 1)));
        counted.extend(tables().flat_map(|one| one.scope.iter().copied()));
        let positions: BTreeMap<ChanceVariable, usize> =
            counted.keys().enumerate().map(|(at, one)| (*one, at)).collect();
        let all: Vec<Table> = tables().map(|one| Table::of(one, &positions)).collect();
        let learned = network.learned.len();
        let mut by_last = vec![Vec::new(); counted.len()];
        for (at, table) in all.iter().enumerate().skip(learned) {
            if let Some((last, _)) = table.scope.last() {
                by_last[*last].push(at);
            }
        }
        Tables {
            all,
            by_last,
            learned,
            certain: network.certain.iter().map(|(one, state)| (positions[one], *state)).collect(),
            variables: counted.keys().copied().collect(),
            counts: counted.into_values().collect(),
            positions,
        }
    }

    /// The variables of `order` that may be in several states.
    pub(super) fn open(&self, order: &[ChanceVariable]) -> impl Iterator<Item = usize> {
        let known = self.known();
        let positions: Vec<usize> = order.iter().map(|one| self.positions[one]).collect();
        positions.into_iter().filter(move |one| known[*one] == OPEN)
    }

    /// The states that are known before anything is drawn.
    pub(super) fn known(&self) -> Vec<usize> {
        let mut states = vec![OPEN; self.variables.len()];
        self.certain.iter().for_each(|(one, state)| states[*one] = *state);
        states
    }

    /// The states that are known, by name.
    pub(super) fn named(&self, states: &[usize]) -> BTreeMap<ChanceVariable, usize> {
        let all = self.variables.iter().copied().zip(states.iter().copied());
        all.filter(|(_, state)| *state != OPEN).collect()
    }

    pub(super) fn position(&self, variable: ChanceVariable) -> Option<usize> {
        self.positions.get(&variable).copied()
    }

    /// Whether a variable stands between an event and its causes: it has no probabilities, and is always summed over.
    pub(super) fn is_between(&self, variable: usize) -> bool {
        matches!(self.variables[variable], ChanceVariable::Causes(_))
    }

    /// What was learned bears on these: all that it is about, and all that decides that.
    pub(super) fn bearing(&self) -> BTreeSet<usize> {
        self.deciding(self.all[..self.learned].iter().flat_map(Table::variables).collect())
    }

    /// Some variables, and all that decides them.
    pub(super) fn deciding(&self, mut open: Vec<usize>) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        while let Some(variable) = open.pop() {
            if found.insert(variable) {
                open.extend(self.by_last[variable].iter().flat_map(|at| self.all[*at].variables()));
            }
        }
        found
    }

    /// The tables of what was learned, and of some variables.
    pub(super) fn of(&self, variables: &BTreeSet<usize>) -> Vec<usize> {
        let own = variables.iter().flat_map(|one| self.by_last[*one].iter().copied());
        let mut all: Vec<usize> = (0..self.learned).chain(own).collect();
        all.sort_unstable();
        all
    }

    /// The tables that tell the states of a variable, and what stands between it and its causes.
    pub(super) fn own(&self, variable: usize) -> Vec<usize> {
        let between = match self.variables[variable] {
            ChanceVariable::Event(id) => self.position(ChanceVariable::Causes(id)),
            _ => None,
        };
        let own = between.into_iter().chain([variable]).flat_map(|one| self.by_last[one].iter().copied());
        let mut all: Vec<usize> = own.collect();
        all.sort_unstable();
        all
    }

    /// What some tables depend on beside what is known.
    pub(super) fn scopes(&self, some: &[usize], states: &[usize]) -> Vec<Vec<Counted>> {
        let is_open = |one: &&Counted| states[one.0] == OPEN;
        some.iter().map(|at| self.all[*at].scope.iter().filter(is_open).copied().collect()).collect()
    }

    /// Some tables where what is known is so, if no draw decides their numbers.
    pub(super) fn fixed(&self, some: &[usize], states: &[usize]) -> Option<Vec<Numbers>> {
        some.iter().map(|at| Some(self.all[*at].sliced(self.all[*at].fixed.as_ref()?, states))).collect()
    }

    /// The numbers of a table where what is known is so. `numbers` has those of each table that draws decide.
    pub(super) fn given(&self, at: usize, numbers: &[Vec<f64>], states: &[usize]) -> Numbers {
        self.all[at].sliced(self.numbers(at, numbers), states)
    }

    /// The number of a table by the states of its variables.
    pub(super) fn at(&self, at: usize, numbers: &[Vec<f64>], states: &[usize]) -> f64 {
        self.numbers(at, numbers)[place(&self.all[at].scope, states)]
    }

    /// How probable each thing that was learned is, by the states of what it is about.
    pub(super) fn learned(&self, numbers: &[Vec<f64>], states: &[usize]) -> Vec<f64> {
        (0..self.learned).map(|at| self.at(at, numbers, states)).collect()
    }

    fn numbers<'n>(&'n self, at: usize, numbers: &'n [Vec<f64>]) -> &'n [f64] {
        self.all[at].fixed.as_ref().unwrap_or(&numbers[at])
    }
}

impl Table {
    fn of(table: &program::Table, positions: &BTreeMap<ChanceVariable, usize>) -> Table {
        let scope = table.scope.iter().map(|(one, count)| (positions[one], *count)).collect();
        let number = |one: &Entry| match one {
            Entry::Number(number) => Some(*number),
            Entry::Drawn(_) => None,
        };
        let fixed: Option<Vec<f64>> = table.entries.iter().map(number).collect();
        let drawn = if fixed.is_some() { Vec::new() } else { table.entries.clone() };
        Table { scope, fixed, drawn }
    }

    fn variables(&self) -> impl Iterator<Item = usize> + '_ {
        self.scope.iter().map(|(one, _)| *one)
    }

    fn sliced(&self, numbers: &[f64], states: &[usize]) -> Numbers {
        let all = Numbers::new(self.scope.clone(), numbers.to_vec());
        let known = self.variables().filter(|one| states[*one] != OPEN);
        known.fold(all, |all, one| all.sliced(one, states[one]))
    }
}
