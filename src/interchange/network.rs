//! A network whose every distribution is whole.

use std::collections::BTreeMap;

use super::bif::{Bif, ProbabilityBlock, VariableBlock, Word};
use super::distribution::{self, ConditionalTable, Parties, States};
use super::findings::{Findings, counted, shown, twice};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Discrete variables, each with a distribution given its parents; no variable depends on itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// What the file calls it, if anything.
    pub name: Option<String>,
    /// In the order of the file.
    pub variables: Vec<Variable>,
    /// How many rows did not sum to 1 and were divided by their sums.
    pub normalised: usize,
}

/// A variable with its states.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// As the file writes it.
    pub name: String,
    /// As the file writes them; at least one.
    pub states: Vec<String>,
    /// Indices of the variables that it depends on.
    pub parents: Vec<usize>,
    /// The probabilities of its states.
    pub table: ConditionalTable,
}

impl Network {
    /// The states of a variable's parents in one row of its table, the last parent varying fastest.
    pub fn parent_states(&self, variable: &Variable, row: u64) -> Vec<usize> {
        let mut rest = row;
        let mut states: Vec<usize> = Vec::with_capacity(variable.parents.len());
        for parent in variable.parents.iter().rev() {
            let count = self.variables[*parent].states.len() as u64;
            states.push((rest % count) as usize);
            rest /= count;
        }
        states.reverse();
        states
    }

    /// The row of a variable's table in which its parents have these states.
    pub fn row(&self, variable: &Variable, states: &[usize]) -> u64 {
        let pairs = variable.parents.iter().zip(states);
        pairs
            .fold(0, |row, (parent, state)| row * self.variables[*parent].states.len() as u64 + *state as u64)
    }
}

/// Checks that blocks make a network. There is one if no error is among the diagnostics.
pub fn check(bif: &Bif) -> (Option<Network>, Diagnostics) {
    let states = bif.variables.iter().map(distribution::states).collect();
    let mut checker = Checker { bif, found: Findings::new(), names: BTreeMap::new(), states };
    checker.variables();
    // The numbers of a distribution can be counted only if the states can.
    let are_sound = !checker.found.problems.has_errors();
    let blocks = checker.blocks();
    let mut parts: Vec<Option<(Vec<usize>, ConditionalTable)>> = Vec::with_capacity(blocks.len());
    for block in blocks {
        parts.push(block.filter(|_| are_sound).and_then(|block| checker.distribution(block)));
    }
    checker.cycles(&parts);
    let found = checker.found;
    let normalised = found.normalised;
    if found.problems.has_errors() {
        return (None, found.problems);
    }
    let variables = bif.variables.iter().zip(parts).filter_map(|(block, part)| Some(variable(block, part?)));
    let name = bif.name.as_ref().map(|name| name.text.clone());
    (Some(Network { name, variables: variables.collect(), normalised }), found.finish())
}

fn variable(block: &VariableBlock, (parents, table): (Vec<usize>, ConditionalTable)) -> Variable {
    let states = block.states.iter().map(|state| state.text.clone()).collect();
    Variable { name: block.name.text.clone(), states, parents, table }
}

struct Checker<'b> {
    bif: &'b Bif,
    found: Findings,
    /// The first variable of each name.
    names: BTreeMap<&'b str, usize>,
    /// The number of each state of each variable.
    states: Vec<States<'b>>,
}

impl<'b> Checker<'b> {
    fn variables(&mut self) {
        if self.bif.variables.is_empty() {
            self.found.push(
                Diagnostic::error("bif-empty", "the file holds no variable").hint(
                    "write `variable Rain { type discrete [ 2 ] { no, yes }; }` and its `probability ( Rain ) { table 0.8, 0.2; }`",
                ),
            );
        }
        for (index, block) in self.bif.variables.iter().enumerate() {
            if let Some(first) = self.names.get(block.name.text.as_str()) {
                let first = &self.bif.variables[*first].name;
                self.found.push(twice(&block.name, first, "variable"));
            } else {
                self.names.insert(&block.name.text, index);
            }
            self.states(block);
        }
    }

    fn states(&mut self, block: &'b VariableBlock) {
        let name = shown(&block.name.text);
        if block.states.is_empty() {
            let message = format!("the variable {name} has no states");
            self.found.push(
                Diagnostic::error("bif-count", message)
                    .at(block.name.span, "no states")
                    .hint("write `type discrete [ 2 ] { no, yes };`"),
            );
        }
        if let Some(count) = &block.count
            && count.text.parse() != Ok(block.states.len())
        {
            let states = counted(block.states.len(), "state");
            let message =
                format!("the variable {name} says [ {} ], but has {states}", count.text.escape_debug());
            self.found.push(
                Diagnostic::error("bif-count", message)
                    .at(count.span, "not the number of its states")
                    .hint(format!("write [ {} ], or mend the list of states", block.states.len())),
            );
        }
        let mut seen: BTreeMap<&str, &Word> = BTreeMap::new();
        for state in &block.states {
            match seen.get(state.text.as_str()) {
                Some(first) => self.found.push(twice(state, first, "state")),
                None => drop(seen.insert(&state.text, state)),
            }
        }
    }

    /// The first probability block of each variable.
    fn blocks(&mut self) -> Vec<Option<&'b ProbabilityBlock>> {
        let mut blocks: Vec<Option<&ProbabilityBlock>> = vec![None; self.bif.variables.len()];
        for block in &self.bif.probabilities {
            let Some(index) = self.resolve(&block.child) else { continue };
            match blocks[index] {
                Some(first) => self.found.push(twice(&block.child, &first.child, "distribution of")),
                None => blocks[index] = Some(block),
            }
        }
        for (name, index) in &self.names {
            if blocks[*index].is_none() {
                let message = format!("the variable {} has no probabilities", shown(name));
                self.found.push(
                    Diagnostic::error("bif-missing", message)
                        .at(self.bif.variables[*index].name.span, "no `probability` block is about it")
                        .hint(format!("add `probability ( {name} ) {{ table …; }}`")),
                );
            }
        }
        blocks
    }

    /// The variable of a name; if there is none, a message.
    fn resolve(&mut self, name: &Word) -> Option<usize> {
        let found = self.names.get(name.text.as_str()).copied();
        if found.is_none() {
            let near = self.found.suggest(&name.text, self.names.keys().copied());
            let add = || format!("add `variable {} {{ type discrete [ 2 ] {{ no, yes }}; }}`", name.text);
            let hint = near.unwrap_or_else(add);
            self.found.push(
                Diagnostic::error("bif-unknown", format!("there is no variable {}", shown(&name.text)))
                    .at(name.span, "not a variable of this file")
                    .hint(hint),
            );
        }
        found
    }

    /// The parents and the whole table of one block, if nothing is wrong with it.
    fn distribution(&mut self, block: &'b ProbabilityBlock) -> Option<(Vec<usize>, ConditionalTable)> {
        let parents: Vec<Option<usize>> = block.parents.iter().map(|name| self.resolve(name)).collect();
        let parents: Vec<usize> = parents.into_iter().collect::<Option<_>>()?;
        let child = self.resolve(&block.child)?;
        let mut seen: BTreeMap<usize, &Word> = BTreeMap::new();
        for (parent, name) in parents.iter().zip(&block.parents) {
            if let Some(first) = seen.insert(*parent, name) {
                self.found.push(twice(name, first, "parent"));
                return None;
            }
        }
        let variables = &self.bif.variables;
        let parties = Parties::new(
            &variables[child],
            parents.iter().map(|index| (&variables[*index], &self.states[*index])),
        );
        let table = distribution::read(block, &parties, &mut self.found);
        Some((parents, table?))
    }

    /// Takes away variables whose parents are all taken away; what stays depends on itself.
    fn cycles(&mut self, parts: &[Option<(Vec<usize>, ConditionalTable)>]) {
        let parents = |index: usize| parts[index].iter().flat_map(|(parents, _)| parents.iter().copied());
        let mut waiting: Vec<usize> = (0..parts.len()).map(|index| parents(index).count()).collect();
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); parts.len()];
        for index in 0..parts.len() {
            parents(index).for_each(|parent| children[parent].push(index));
        }
        let mut free: Vec<usize> = (0..parts.len()).filter(|index| waiting[*index] == 0).collect();
        while let Some(index) = free.pop() {
            for child in &children[index] {
                waiting[*child] -= 1;
                if waiting[*child] == 0 {
                    free.push(*child);
                }
            }
        }
        let Some(start) = (0..parts.len()).find(|index| waiting[*index] > 0) else { return };
        let circle = circle(start, |index| parents(index).find(|parent| waiting[*parent] > 0));
        self.found.push(self.depends_on_itself(&circle));
    }

    fn depends_on_itself(&self, circle: &[usize]) -> Diagnostic {
        let name = |index: &usize| self.bif.variables[*index].name.text.as_str();
        let block = |index: &usize| {
            let mut blocks = self.bif.probabilities.iter();
            blocks.find(|block| block.child.text == name(index)).map(|block| block.child.span)
        };
        let mut shown: Vec<String> =
            circle.iter().take(8).map(|index| format!("`{}`", name(index))).collect();
        if circle.len() > shown.len() {
            shown.push("…".into());
        }
        shown.extend(circle.first().map(|index| format!("`{}`", name(index))));
        let message = format!("variables depend on themselves: {}", shown.join(" on "));
        let places = circle.iter().take(8).filter_map(block);
        let problem = Diagnostic::error("bif-cycle", message)
            .hint("a network has no circle: take one of them out of the parents of the one before it");
        places.fold(problem, |problem, place| problem.at(place, "in the circle"))
    }
}

/// Follows `next` from `start` until a variable comes again; the variables from there on.
fn circle(start: usize, next: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let mut path = vec![start];
    let mut place: BTreeMap<usize, usize> = BTreeMap::from([(start, 0)]);
    while let Some(index) = path.last().and_then(|last| next(*last)) {
        if let Some(first) = place.get(&index) {
            return path.split_off(*first);
        }
        place.insert(index, path.len());
        path.push(index);
    }
    path
}
