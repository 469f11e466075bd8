//! Indices without draws: where all that is not known is a choice among states and theories.

use std::collections::BTreeSet;

use super::subject::THEORY;
use crate::analysis::chances::Chances;
use crate::analysis::{Failure, Study};
use crate::expression::Binary;
use crate::model::{CategoryId, Term, TermKind, TheoryId};
use crate::program::{Ask, QueryId};

/// As many combinations of states and theories as are listed.
const MOST: usize = 1 << 10;

/// How far a product of probabilities may be from the probability of both before they are said to depend on each other.
const ROUNDING: f64 = 1e-12;

/// Something that is in one of several states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) label: String,
    of: Of,
    states: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    State(CategoryId),
    Theory,
}

/// Every combination of states: how probable it is, and every answer in it.
pub(super) struct Table {
    pub(super) choices: Vec<Choice>,
    /// The choices as sets that do not depend on each other.
    pub(super) independent: Vec<BTreeSet<usize>>,
    probabilities: Vec<f64>,
    /// By answer and combination.
    answers: Vec<Vec<f64>>,
}

/// The choices that a model leaves open: factors with states, and theories.
pub(super) fn choices(study: &Study) -> Vec<Choice> {
    let model = study.model;
    let states = model.categories.iter().enumerate().map(|(at, one)| Choice {
        id: one.named.id.clone(),
        label: one.named.label.clone(),
        of: Of::State(CategoryId(at)),
        states: one.states.len(),
    });
    let theories = model.has_theories().then(|| Choice {
        id: THEORY.0.into(),
        label: THEORY.1.into(),
        of: Of::Theory,
        states: model.theories.len(),
    });
    states.chain(theories).collect()
}

impl Choice {
    /// That it is in a state.
    fn is(&self, state: usize) -> Term {
        let span = Default::default();
        match self.of {
            Of::State(id) => Term::is(id, state, span),
            Of::Theory => Term { kind: TermKind::Theory(TheoryId(state)), span },
        }
    }
}

impl Table {
    /// The table of a model of which nothing else is open; `None` if there are too many combinations.
    ///
    /// # Errors
    /// See [`compile`](crate::program::compile).
    pub(super) fn of(study: &Study, chances: &Chances) -> Result<Option<Table>, Failure> {
        let choices = choices(study);
        let count = choices.iter().try_fold(1usize, |all, one| all.checked_mul(one.states));
        let Some(count) = count.filter(|count| *count <= MOST && !choices.is_empty()) else {
            return Ok(None);
        };
        let mut ask = Ask::new();
        let world = ask.world(study.world());
        let mut asked: Vec<(QueryId, Vec<QueryId>)> = Vec::new();
        for at in 0..count {
            let parts: Vec<Term> =
                choices.iter().zip(states(&choices, at)).map(|(one, state)| one.is(state)).collect();
            let all = Term::join(parts, Binary::And, |term| term.span);
            let answers = chances.ask_given(&mut ask, world, study.model, &all);
            asked.push((ask.probability(world, all), answers));
        }
        let program = study.compile(&ask)?;
        let known = |query: &QueryId| program.known(program.query(*query));
        let mut table = Table {
            choices,
            independent: Vec::new(),
            probabilities: Vec::new(),
            answers: vec![Vec::new(); chances.all().len()],
        };
        for (probability, answers) in &asked {
            let Some(probability) = known(probability) else { return Ok(None) };
            table.probabilities.push(probability);
            for (own, query) in table.answers.iter_mut().zip(answers) {
                match known(query) {
                    // What can't be has no answer, and no weight.
                    _ if probability == 0.0 => own.push(0.0),
                    Some(value) if value.is_finite() => own.push(value),
                    _ => return Ok(None),
                }
            }
        }
        table.independent = table.find_independent();
        Ok(Some(table))
    }

    /// The variance of an answer.
    pub(super) fn variance(&self, answer: usize) -> f64 {
        self.explained(answer, &(0..self.choices.len()).collect())
    }

    /// The variance of an answer's mean given the states of some choices.
    pub(super) fn explained(&self, answer: usize, given: &BTreeSet<usize>) -> f64 {
        let own = &self.answers[answer];
        let mean: f64 = self.probabilities.iter().zip(own).map(|(p, value)| p * value).sum();
        let groups = self.groups(given);
        let mut sums = vec![(0.0, 0.0); self.probabilities.len()];
        for (at, group) in groups.iter().enumerate() {
            sums[*group].0 += self.probabilities[at];
            sums[*group].1 += self.probabilities[at] * (own[at] - mean);
        }
        sums.iter().filter(|(p, _)| *p > 0.0).map(|(p, sum)| sum * sum / p).sum()
    }

    /// Finds the sets of choices that do not depend on each other.
    fn find_independent(&self) -> Vec<BTreeSet<usize>> {
        let mut sets: Vec<BTreeSet<usize>> = Vec::new();
        for choice in 0..self.choices.len() {
            let own = BTreeSet::from([choice]);
            let (tied, mut rest): (Vec<_>, Vec<_>) = sets.into_iter().partition(|set| self.depend(&own, set));
            rest.push(tied.into_iter().fold(own, |all, set| &all | &set));
            sets = rest;
        }
        let all = |sets: &[BTreeSet<usize>]| sets.iter().flatten().copied().collect::<BTreeSet<usize>>();
        let are_apart = (1..sets.len()).all(|at| !self.depend(&sets[at], &all(&sets[..at])));
        if !are_apart {
            sets = vec![all(&sets)];
        }
        sets.sort();
        sets
    }

    fn depend(&self, one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> bool {
        let (joint, a, b) = (self.marginal(&(one | other)), self.marginal(one), self.marginal(other));
        (0..self.probabilities.len()).any(|at| (joint[at] - a[at] * b[at]).abs() > ROUNDING)
    }

    /// For each combination the probability of what it says of some choices.
    fn marginal(&self, of: &BTreeSet<usize>) -> Vec<f64> {
        let groups = self.groups(of);
        let mut sums = vec![0.0; self.probabilities.len()];
        groups.iter().zip(&self.probabilities).for_each(|(group, p)| sums[*group] += p);
        groups.iter().map(|group| sums[*group]).collect()
    }

    /// For each combination the first that says the same of some choices.
    fn groups(&self, of: &BTreeSet<usize>) -> Vec<usize> {
        let key = |at: usize| -> Vec<usize> {
            let states = states(&self.choices, at);
            of.iter().map(|choice| states[*choice]).collect()
        };
        let mut seen = std::collections::BTreeMap::new();
        (0..self.probabilities.len()).map(|at| *seen.entry(key(at)).or_insert(at)).collect()
    }
}

/// The state of each choice in a combination.
fn states(choices: &[Choice], combination: usize) -> Vec<usize> {
    let mut left = combination;
    let state = |one: &Choice| {
        let state = left % one.states;
        left /= one.states;
        state
    };
    choices.iter().map(state).collect()
}
