//! A network whose every distribution is whole.

use std::collections::BTreeMap;

use super::blocks::{Blocks, LeftOut, ProbabilityBlock, VariableBlock, Word};
use super::distribution::{self, Part, Parties, States};
use super::findings::{Findings, counted, shown, twice};
use super::influence::{self, Decision, Utility};
use super::variable::Variable;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Discrete variables, each with a distribution given its parents; no variable depends on itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// What the file calls it, if anything.
    pub name: Option<String>,
    /// In the order of the file.
    pub variables: Vec<Variable>,
    /// What is chosen, and what that pays.
    pub decisions: Vec<Decision>,
    /// What is to be gained besides.
    pub utilities: Vec<Utility>,
    /// How many rows did not sum to 1 and were divided by their sums.
    pub normalised: usize,
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
pub fn check(blocks: &Blocks) -> (Option<Network>, Diagnostics) {
    let states = blocks.variables.iter().map(distribution::states).collect();
    let mut checker = Checker { blocks, found: Findings::new(), names: BTreeMap::new(), states };
    checker.variables();
    checker.others();
    // The numbers of a distribution can be counted only if the states can.
    let are_sound = !checker.found.problems.has_errors();
    let mut parts: Vec<Option<Part>> = Vec::with_capacity(blocks.variables.len());
    for block in checker.distributions() {
        parts.push(block.filter(|_| are_sound).and_then(|block| checker.distribution(block)));
    }
    checker.cycles(&parts);
    let gains = checker.gains(are_sound);
    let known = checker.known();
    let mut found = checker.found;
    if found.problems.has_errors() {
        return (None, found.problems);
    }
    let diagram = influence::Diagram::of(blocks, &parts, gains, known);
    diagram.notes(&mut found);
    let network = Network {
        name: blocks.name.as_ref().map(|name| name.text.clone()),
        variables: diagram.variables(parts),
        decisions: diagram.decisions(),
        utilities: diagram.utilities(),
        normalised: found.normalised,
    };
    (Some(network), found.finish())
}

struct Checker<'b> {
    blocks: &'b Blocks,
    found: Findings,
    /// The first variable of each name.
    names: BTreeMap<&'b str, usize>,
    /// The number of each state of each variable.
    states: Vec<States<'b>>,
}

impl<'b> Checker<'b> {
    fn variables(&mut self) {
        if self.blocks.variables.is_empty() {
            self.found.push(
                Diagnostic::error("network-empty", "the file holds no variable").hint(
                    "write `variable Rain { type discrete [ 2 ] { no, yes }; }` and its `probability ( Rain ) { table 0.8, 0.2; }`",
                ),
            );
        }
        for (index, block) in self.blocks.variables.iter().enumerate() {
            if let Some(first) = self.names.get(block.name.text.as_str()) {
                let first = &self.blocks.variables[*first].name;
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
                Diagnostic::error("network-count", message)
                    .at(block.name.span, "no states")
                    .hint(self.blocks.format.states_lesson()),
            );
        }
        if let Some(count) = &block.count
            && count.text.parse() != Ok(block.states.len())
        {
            let states = counted(block.states.len(), "state");
            let message =
                format!("the variable {name} says [ {} ], but has {states}", count.text.escape_debug());
            self.found.push(
                Diagnostic::error("network-count", message)
                    .at(count.span, "not the number of its states")
                    .hint(format!("write [ {} ], or mend the list of states", block.states.len())),
            );
        }
        let mut seen: BTreeMap<&str, &Word> = BTreeMap::new();
        for state in block.states.iter().map(|one| &one.name) {
            match seen.get(state.text.as_str()) {
                Some(first) => self.found.push(twice(state, first, "state")),
                None => drop(seen.insert(&state.text, state)),
            }
        }
    }

    /// The first probability block of each variable.
    fn distributions(&mut self) -> Vec<Option<&'b ProbabilityBlock>> {
        let mut blocks: Vec<Option<&ProbabilityBlock>> = vec![None; self.blocks.variables.len()];
        for block in &self.blocks.probabilities {
            let Some(index) = self.resolve(&block.child) else { continue };
            match blocks[index] {
                Some(first) => self.found.push(twice(&block.child, &first.child, "distribution of")),
                None => blocks[index] = Some(block),
            }
        }
        for (name, index) in &self.names {
            if blocks[*index].is_none() && self.blocks.variables[*index].known.is_none() {
                let message = format!("the variable {} has no probabilities", shown(name));
                self.found.push(
                    Diagnostic::error("network-missing", message)
                        .at(self.blocks.variables[*index].name.span, "no distribution is about it")
                        .hint(self.blocks.format.distribution_lesson(name)),
                );
            }
        }
        blocks
    }

    /// Names of what is to be gained and of what is left out, which are no variable's.
    fn others(&mut self) {
        let blocks = self.blocks;
        for utility in &blocks.utilities {
            if let Some(first) = self.names.get(utility.name.text.as_str()) {
                let first = &blocks.variables[*first].name;
                self.found.push(twice(&utility.name, first, "name"));
            }
        }
        for one in &blocks.left_out {
            self.found.push(
                Diagnostic::warning("network-left-out", format!("{} is left out", shown(&one.name.text)))
                    .at(one.name.span, one.what.as_str())
                    .hint(one.hint),
            );
        }
    }

    /// The variable of a name; if there is none, a message.
    fn resolve(&mut self, name: &Word) -> Option<usize> {
        let found = self.names.get(name.text.as_str()).copied();
        if found.is_none() {
            let is_it = |one: &&LeftOut| one.name.text == name.text;
            let is_gain = self.blocks.utilities.iter().any(|one| one.name.text == name.text);
            let problem = match self.blocks.left_out.iter().find(is_it) {
                Some(one) => unsupported(name, &one.what, one.hint),
                None if is_gain => {
                    unsupported(name, "a utility", "only decisions and utilities depend on it")
                }
                None => self.unknown(name),
            };
            self.found.push(problem);
        }
        found
    }

    fn unknown(&mut self, name: &Word) -> Diagnostic {
        let near = self.found.suggest(name, self.names.keys().copied());
        let hint = near.unwrap_or_else(|| self.blocks.format.variable_lesson(&name.text).into());
        Diagnostic::error("network-unknown", format!("there is no variable {}", shown(&name.text)))
            .at(name.span, "not a variable of this file")
            .hint(hint)
    }

    /// All of several names, each once.
    fn resolve_all(&mut self, names: &[Word]) -> Option<Vec<usize>> {
        let found: Vec<Option<usize>> = names.iter().map(|name| self.resolve(name)).collect();
        let found: Vec<usize> = found.into_iter().collect::<Option<_>>()?;
        let mut seen: BTreeMap<usize, &Word> = BTreeMap::new();
        for (index, name) in found.iter().zip(names) {
            if let Some(first) = seen.insert(*index, name) {
                self.found.push(twice(name, first, "parent"));
                return None;
            }
        }
        Some(found)
    }

    /// What is to be gained, by the states of variables and decisions.
    fn gains(&mut self, are_sound: bool) -> Vec<influence::Gain> {
        let mut gains = Vec::new();
        for block in self.blocks.utilities.iter().filter(|_| are_sound) {
            let Some(parents) = self.resolve_all(&block.parents) else { continue };
            let counts = parents.iter().map(|parent| self.blocks.variables[*parent].states.len()).collect();
            match influence::Gain::of(block, parents, counts) {
                Ok(gain) => gains.push(gain),
                Err(problem) => self.found.push(problem),
            }
        }
        gains
    }

    /// What is known before each variable that is a decision is taken.
    fn known(&mut self) -> Vec<Vec<usize>> {
        let blocks = self.blocks;
        let known = |block: &'b VariableBlock| block.known.as_deref().unwrap_or_default();
        blocks.variables.iter().map(|block| self.resolve_all(known(block)).unwrap_or_default()).collect()
    }

    /// The parents and the whole table of one block, if nothing is wrong with it.
    fn distribution(&mut self, block: &'b ProbabilityBlock) -> Option<Part> {
        let parents = self.resolve_all(&block.parents);
        let child = self.resolve(&block.child)?;
        let parents = parents?;
        let variables = &self.blocks.variables;
        let parties = Parties::new(
            self.blocks.format,
            &variables[child],
            parents.iter().map(|index| (&variables[*index], &self.states[*index])),
        );
        let table = distribution::read(block, &parties, &mut self.found);
        Some((parents, table?))
    }

    /// Takes away variables whose parents are all taken away; what stays depends on itself.
    fn cycles(&mut self, parts: &[Option<Part>]) {
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
        let name = |index: &usize| self.blocks.variables[*index].name.text.as_str();
        let block = |index: &usize| {
            let mut blocks = self.blocks.probabilities.iter();
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
        let problem = Diagnostic::error("network-cycle", message)
            .hint("a network has no circle: take one of them out of the parents of the one before it");
        places.fold(problem, |problem, place| problem.at(place, "in the circle"))
    }
}

fn unsupported(name: &Word, what: &str, hint: &str) -> Diagnostic {
    Diagnostic::error(
        "network-unsupported",
        format!("{} is no parent of a distribution here", shown(&name.text)),
    )
    .at(name.span, what)
    .hint(hint)
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
