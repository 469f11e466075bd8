//! Chance variables, drawn one after the other: each by its probabilities given those before it and all that was learned.
//!
//! P(x₁, x₂, … | learned) is the product of P(xᵢ | x₁ … xᵢ₋₁, learned). What no report and no proposition bears on needs no more than
//! its own table (ancestral sampling; Henrion 1988); of what one bears on, the variables still open are summed out (variable
//! elimination; Zhang & Poole 1996), so that no world has to be thrown away.

use std::collections::BTreeSet;

use crate::program::{ChanceVariable, Network, Table};

/// The order in which the chance variables of a world are drawn.
pub(super) struct Chain {
    steps: Vec<Step>,
    /// Which tables a draw needs: what was learned, then the tables of the variables.
    tables: Vec<Table>,
    learned: usize,
    certain: Vec<(ChanceVariable, usize)>,
    /// Whether what was learned bears on any variable.
    bears: bool,
}

/// One variable, with the tables that decide it and what is summed out of them.
struct Step {
    variable: ChanceVariable,
    count: usize,
    tables: Vec<usize>,
    summed: Vec<ChanceVariable>,
}

/// What each variable is in; of those that are not drawn yet, nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct States(Vec<(ChanceVariable, usize)>);

/// The variables of a world as they were drawn.
pub(super) struct Drawn {
    /// The state of each.
    pub(super) states: States,
    /// How probable each variable's states were when it was drawn.
    pub(super) chances: Vec<(ChanceVariable, Vec<f64>)>,
    /// The logarithm of the probability of all of them together with what was learned.
    pub(super) log_probability: f64,
    /// The probability of what was learned, given what the draw knows.
    pub(super) weight: f64,
}

impl States {
    pub(super) fn of(&self, variable: ChanceVariable) -> Option<usize> {
        self.0.iter().find(|(one, _)| *one == variable).map(|(_, state)| *state)
    }
}

impl Chain {
    /// `order` has every variable after those that decide it.
    pub(super) fn new(network: &Network, order: &[ChanceVariable]) -> Chain {
        let tables: Vec<Table> = network.learned.iter().chain(&network.given).cloned().collect();
        let learned = network.learned.len();
        let is_open = |one: &ChanceVariable| network.certain.iter().all(|(certain, _)| certain != one);
        let open: Vec<ChanceVariable> = order.iter().copied().filter(is_open).collect();
        let bearing = ancestors(&tables, learned);
        let (first, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|one| bearing.contains(one));
        let of_bearing: Vec<usize> =
            (0..tables.len()).filter(|at| *at < learned || bearing.contains(&last(&tables[*at]))).collect();
        let mut known = BTreeSet::new();
        let mut steps = Vec::new();
        for variable in first {
            let others = bearing.iter().copied().filter(|one| *one != variable && !known.contains(one));
            let summed = cheapest_order(&tables, &of_bearing, &known, others.collect());
            steps.push(Step {
                variable,
                count: count(&tables, variable),
                tables: of_bearing.clone(),
                summed,
            });
            known.insert(variable);
        }
        steps.extend(rest.into_iter().map(|variable| by_itself(&tables, learned, variable)));
        Chain { steps, learned, certain: network.certain.clone(), tables, bears: !bearing.is_empty() }
    }

    /// All tables whose numbers are needed.
    pub(super) fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Draws every variable: `choose` takes one of several states by their probabilities, which sum to 1. `numbers` has the numbers
    /// of each table. Nothing where a number is missing, or where what was learned can't be.
    pub(super) fn draw(
        &self,
        numbers: &[Vec<f64>],
        mut choose: impl FnMut(ChanceVariable, &[f64]) -> Option<usize>,
    ) -> Option<Drawn> {
        let mut states = States(self.certain.clone());
        let mut chances = Vec::new();
        let mut weight = 1.0;
        for (at, step) in self.steps.iter().enumerate() {
            let (total, shares) = self.shares(step, numbers, &states)?;
            // The first step sums over all that was learned bears on.
            weight = if at == 0 { total } else { weight };
            let state = choose(step.variable, &shares)?;
            states.0.push((step.variable, state));
            chances.push((step.variable, shares));
        }
        let log_probability = self.log_probability(numbers, &states)?;
        Some(Drawn {
            states,
            chances,
            log_probability,
            weight: if self.bears { weight } else { self.plain(numbers) },
        })
    }

    /// How probable the states of a variable are by its own tables alone, given the states of what decides it.
    pub(super) fn own(&self, variable: ChanceVariable, numbers: &[Vec<f64>], states: &States) -> Vec<f64> {
        let mut others = states.clone();
        others.0.retain(|(one, _)| *one != variable);
        self.weights(&by_itself(&self.tables, self.learned, variable), numbers, &others)
    }

    fn shares(&self, step: &Step, numbers: &[Vec<f64>], states: &States) -> Option<(f64, Vec<f64>)> {
        let weights = self.weights(step, numbers, states);
        let total: f64 = weights.iter().sum();
        (total > 0.0 && total.is_finite()).then(|| (total, weights.iter().map(|one| one / total).collect()))
    }

    /// For each state of a step's variable, the sum of the product of its tables. Rounding may leave a little below 0 of what is
    /// between an event and its causes.
    fn weights(&self, step: &Step, numbers: &[Vec<f64>], states: &States) -> Vec<f64> {
        let mut factors: Vec<Factor> =
            step.tables.iter().map(|at| Factor::of(&self.tables[*at], &numbers[*at], states)).collect();
        for variable in &step.summed {
            let (own, rest): (Vec<Factor>, Vec<Factor>) =
                factors.into_iter().partition(|one| one.holds(*variable));
            factors = rest;
            factors.push(Factor::product(&own, *variable).summed());
        }
        let product = Factor::product(&factors, step.variable);
        let weights = match product.entries.len() {
            1 => vec![product.entries[0]; step.count],
            _ => product.entries,
        };
        weights.into_iter().map(|one| if one < 0.0 { 0.0 } else { one }).collect()
    }

    /// The probability of what was learned, where no variable has a part in it.
    fn plain(&self, numbers: &[Vec<f64>]) -> f64 {
        numbers[..self.learned].iter().flatten().product()
    }

    fn log_probability(&self, numbers: &[Vec<f64>], states: &States) -> Option<f64> {
        let learned = (0..self.learned).map(|at| Factor::of(&self.tables[at], &numbers[at], states));
        let learned: Option<Vec<f64>> = learned.map(|one| one.entries.first().copied()).collect();
        let own = |step: &Step| {
            let state = states.of(step.variable)?;
            self.own(step.variable, numbers, states).get(state).copied()
        };
        let given: Option<Vec<f64>> = self.steps.iter().map(own).collect();
        Some(learned?.into_iter().chain(given?).map(crate::math::elementary::ln).sum())
    }
}

/// The variable that a table tells the states of.
fn last(table: &Table) -> ChanceVariable {
    table.scope.last().map_or(ChanceVariable::Theory, |(one, _)| *one)
}

/// A variable by its own tables, without what was learned; what stands between an event and its causes is summed out.
fn by_itself(tables: &[Table], learned: usize, variable: ChanceVariable) -> Step {
    let own = own_tables(tables, learned, variable);
    let scopes = own.iter().flat_map(|at| &tables[*at].scope).map(|(one, _)| *one);
    let between: BTreeSet<ChanceVariable> =
        scopes.filter(|one| matches!(one, ChanceVariable::Causes(_))).collect();
    Step { variable, count: count(tables, variable), tables: own, summed: between.into_iter().collect() }
}

/// The tables of a variable, and of what stands between it and its causes.
fn own_tables(tables: &[Table], learned: usize, variable: ChanceVariable) -> Vec<usize> {
    let is_own = |table: &Table| match (last(table), variable) {
        (one, other) if one == other => true,
        (ChanceVariable::Causes(of), ChanceVariable::Event(id)) => of == id,
        _ => false,
    };
    (learned..tables.len()).filter(|at| is_own(&tables[*at])).collect()
}

/// What was learned bears on these: all that it is about, and all that decides that.
fn ancestors(tables: &[Table], learned: usize) -> BTreeSet<ChanceVariable> {
    let mut found = BTreeSet::new();
    let mut open: Vec<ChanceVariable> =
        tables[..learned].iter().flat_map(|table| &table.scope).map(|(one, _)| *one).collect();
    while let Some(variable) = open.pop() {
        if found.insert(variable) {
            let own = tables[learned..].iter().filter(|table| last(table) == variable);
            open.extend(own.flat_map(|table| &table.scope).map(|(one, _)| *one));
        }
    }
    found
}

fn count(tables: &[Table], variable: ChanceVariable) -> usize {
    let all = tables.iter().flat_map(|table| &table.scope);
    all.filter(|(one, _)| *one == variable).map(|(_, count)| *count).next().unwrap_or(1)
}

/// An order in which variables are summed out, each making the smallest table there is (min-weight; Kjærulff 1990).
fn cheapest_order(
    tables: &[Table],
    among: &[usize],
    known: &BTreeSet<ChanceVariable>,
    mut open: Vec<ChanceVariable>,
) -> Vec<ChanceVariable> {
    type Scope = BTreeSet<(ChanceVariable, usize)>;
    let scope = |at: &usize| -> Scope {
        tables[*at].scope.iter().copied().filter(|(one, _)| !known.contains(one)).collect()
    };
    let mut scopes: Vec<Scope> = among.iter().map(scope).collect();
    let holds = |scope: &Scope, variable: ChanceVariable| scope.iter().any(|(one, _)| *one == variable);
    let mut order = Vec::new();
    while !open.is_empty() {
        let union = |variable: ChanceVariable| -> Scope {
            scopes.iter().filter(|one| holds(one, variable)).flatten().copied().collect()
        };
        let cost = |variable: ChanceVariable| {
            union(variable).iter().fold(1usize, |size, (_, count)| size.saturating_mul(*count))
        };
        let best = (0..open.len()).min_by_key(|at| (cost(open[*at]), open[*at])).unwrap_or(0);
        let variable = open.swap_remove(best);
        let made = union(variable).into_iter().filter(|(one, _)| *one != variable).collect();
        scopes.retain(|one| !holds(one, variable));
        scopes.push(made);
        order.push(variable);
    }
    order
}

/// A table of numbers, of which what is known is taken out.
struct Factor {
    scope: Vec<(ChanceVariable, usize)>,
    entries: Vec<f64>,
}

impl Factor {
    fn of(table: &Table, numbers: &[f64], states: &States) -> Factor {
        let known: Vec<Option<usize>> = table.scope.iter().map(|(one, _)| states.of(*one)).collect();
        let scope: Vec<_> = table
            .scope
            .iter()
            .zip(&known)
            .filter(|(_, state)| state.is_none())
            .map(|(one, _)| *one)
            .collect();
        let size = scope.iter().map(|(_, count)| count).product();
        let mut entries = Vec::with_capacity(size);
        let mut open = vec![0; scope.len()];
        for _ in 0..size {
            let mut free = open.iter();
            let at = table.scope.iter().zip(&known).fold(0, |at, ((_, count), state)| {
                at * count + state.or_else(|| free.next().copied()).unwrap_or(0)
            });
            entries.push(numbers[at]);
            step(&mut open, &scope);
        }
        Factor { scope, entries }
    }

    fn holds(&self, variable: ChanceVariable) -> bool {
        self.scope.iter().any(|(one, _)| *one == variable)
    }

    /// The product of some, with the states of one variable changing fastest.
    fn product(all: &[Factor], fastest: ChanceVariable) -> Factor {
        let mut scope: Vec<(ChanceVariable, usize)> =
            all.iter().flat_map(|one| one.scope.iter().copied()).collect();
        scope.sort_by_key(|(one, _)| (*one == fastest, *one));
        scope.dedup();
        let strides: Vec<Vec<usize>> = all.iter().map(|one| one.strides(&scope)).collect();
        let size = scope.iter().map(|(_, count)| count).product();
        let mut states = vec![0; scope.len()];
        let mut entries = Vec::with_capacity(size);
        for _ in 0..size {
            // As in the engine: what can't be is 0, whatever stands beside it.
            let value = all.iter().zip(&strides).fold(1.0, |value, (one, strides)| {
                let at: usize = states.iter().zip(strides).map(|(state, stride)| state * stride).sum();
                if value == 0.0 || one.entries[at] == 0.0 { 0.0 } else { value * one.entries[at] }
            });
            entries.push(value);
            step(&mut states, &scope);
        }
        Factor { scope, entries }
    }

    fn strides(&self, scope: &[(ChanceVariable, usize)]) -> Vec<usize> {
        let stride = |variable: ChanceVariable| {
            let at = self.scope.iter().position(|(one, _)| *one == variable)?;
            Some(self.scope[at + 1..].iter().map(|(_, count)| count).product())
        };
        scope.iter().map(|(one, _)| stride(*one).unwrap_or(0)).collect()
    }

    /// Sums over the states of the last variable.
    fn summed(mut self) -> Factor {
        let count = self.scope.pop().map_or(1, |(_, count)| count);
        let entries = self.entries.chunks(count).map(|chunk| chunk.iter().sum()).collect();
        Factor { scope: self.scope, entries }
    }
}

/// The next combination of states, the last variable's changing fastest.
fn step(states: &mut [usize], scope: &[(ChanceVariable, usize)]) {
    for (state, (_, count)) in states.iter_mut().zip(scope).rev() {
        *state += 1;
        if *state < *count {
            return;
        }
        *state = 0;
    }
}
