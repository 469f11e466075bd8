//! The tables of a world's chance variables, which know each other by their positions.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::{self, ChanceVariable, Entry, Network, Numbers};

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
        Tables {
            all: tables().map(|one| Table::of(one, &positions)).collect(),
            learned: network.learned.len(),
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
        let mut by_last: Vec<Vec<&Table>> = vec![Vec::new(); self.variables.len()];
        for table in &self.all[self.learned..] {
            if let Some((last, _)) = table.scope.last() {
                by_last[*last].push(table);
            }
        }
        let mut found = BTreeSet::new();
        while let Some(variable) = open.pop() {
            if found.insert(variable) {
                open.extend(by_last[variable].iter().copied().flat_map(Table::variables));
            }
        }
        found
    }

    /// The tables of what was learned, and of some variables.
    pub(super) fn of(&self, variables: &BTreeSet<usize>) -> Vec<usize> {
        let is_own = |at: &usize| {
            *at < self.learned || self.all[*at].last().is_some_and(|one| variables.contains(&one))
        };
        (0..self.all.len()).filter(is_own).collect()
    }

    /// The tables that tell the states of a variable, and what stands between it and its causes.
    pub(super) fn own(&self, variable: usize) -> Vec<usize> {
        let is_own = |last: usize| match (self.variables[last], self.variables[variable]) {
            (ChanceVariable::Causes(of), ChanceVariable::Event(id)) => of == id,
            _ => last == variable,
        };
        (self.learned..self.all.len()).filter(|at| self.all[*at].last().is_some_and(is_own)).collect()
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

    /// The variable that it tells the states of.
    fn last(&self) -> Option<usize> {
        self.scope.last().map(|(one, _)| *one)
    }

    fn sliced(&self, numbers: &[f64], states: &[usize]) -> Numbers {
        let all = Numbers::new(self.scope.clone(), numbers.to_vec());
        let known = self.variables().filter(|one| states[*one] != OPEN);
        known.fold(all, |all, one| all.sliced(one, states[one]))
    }
}

/// The position of a combination of states among a table's numbers.
fn place(scope: &[Counted], states: &[usize]) -> usize {
    scope.iter().fold(0, |at, (one, count)| at * count + states[*one])
}
