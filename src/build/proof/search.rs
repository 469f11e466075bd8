//! The search for a case in which the rules of outcomes leave a gap or overlap.

use std::collections::{BTreeMap, BTreeSet};

use super::affine::lone;
use super::cells::Cuts;
use super::facts::{Fact, Facts};
use super::support::{EITHER, Hull};
use super::witness::witness;
use crate::distribution::Truncated;
use crate::limits::Meter;
use crate::model::{FactorId, Model, Term, TheoryId, Variable, mentions};

/// As many cases as are looked at: more are left to the run.
const MOST_CASES: usize = 1 << 17;
/// As many examples as are tried of one case, and of all.
const MOST_ATTEMPTS: u64 = 64;
const MOST_EXAMPLES: u64 = 1 << 12;

/// A case in which not exactly one rule holds.
pub(super) struct Fault<'m> {
    /// The outcomes whose rules hold.
    pub(super) holding: Vec<usize>,
    /// The values and states in which they do.
    pub(super) point: Facts<'m>,
}

/// A walk through the states of events and factors and the cells of factors' values, causes first, that leaves out what can't
/// be: what has probability 0 by what is known of its causes.
pub(super) struct Search<'a, 'm> {
    rules: &'a [Option<Term>],
    meter: &'a Meter,
    held: &'a BTreeMap<FactorId, f64>,
    /// What is known where nothing is chosen, and what is known now.
    free: Facts<'m>,
    known: Facts<'m>,
    cuts: Cuts,
    /// What is chosen one after the other, and whether rules or what was learned look at it.
    open: Vec<(Variable, bool)>,
    /// Those of these that can be in each of their states, whatever their causes are.
    unbound: BTreeSet<Variable>,
    /// All that an example has values for.
    all: Vec<Variable>,
    cases: usize,
    examples: u64,
}

impl<'a, 'm> Search<'a, 'm> {
    pub(super) fn new(
        model: &'m Model,
        theory: TheoryId,
        rules: &'a [Option<Term>],
        held: &'a BTreeMap<FactorId, f64>,
        meter: &'a Meter,
    ) -> Search<'a, 'm> {
        let mut free = Facts::new(model, theory);
        for (id, value) in held {
            free.know(Variable::Factor(*id), Fact::Within((*value, *value)));
        }
        let seeds = || rules.iter().flatten().chain(&model.given);
        let seen = behind(seeds(), model, |variable| matches!(variable, Variable::Derived(_)));
        let opened = behind(seeds(), model, |variable| !is_unbound(variable, &free));
        let unbound = opened.iter().copied().filter(|variable| is_unbound(*variable, &free)).collect();
        let all = behind(seeds(), model, |_| true);
        let formulas = opened.iter().flat_map(|variable| model.formulas(*variable)).chain(seeds());
        let cuts = Cuts::of(formulas, &free);
        let ordered = |found: &BTreeSet<Variable>| {
            model.order.iter().copied().filter(|one| found.contains(one)).collect::<Vec<_>>()
        };
        Search {
            rules,
            meter,
            held,
            known: free.clone(),
            cuts,
            open: ordered(&opened).into_iter().map(|one| (one, seen.contains(&one))).collect(),
            unbound,
            all: ordered(&all),
            free,
            cases: 0,
            examples: 0,
        }
    }

    /// The first fault with an example. What neither bounds rule out nor an example shows is left to the run.
    pub(super) fn fault(&mut self) -> Option<Fault<'m>> {
        if self.is_settled() {
            return None;
        }
        let mut stack: Vec<Vec<Fact>> = Vec::new();
        loop {
            if stack.len() == self.open.len() {
                if let Some(fault) = self.example() {
                    return Some(fault);
                }
            } else {
                stack.push(self.choices(self.open[stack.len()].0));
            }
            if !self.advance(&mut stack) {
                return None;
            }
        }
    }

    /// Makes the next choice that leaves something to settle; false if there is none.
    fn advance(&mut self, stack: &mut Vec<Vec<Fact>>) -> bool {
        while let Some(choices) = stack.last_mut() {
            let choice = choices.pop();
            let (variable, is_seen) = self.open[stack.len() - 1];
            let Some(fact) = choice else {
                self.known.know(variable, self.free.of(variable));
                stack.pop();
                continue;
            };
            self.cases += 1;
            if self.cases > MOST_CASES || self.examples > MOST_EXAMPLES || !self.meter.goes_on() {
                return false;
            }
            self.known.know(variable, fact);
            if !(is_seen && self.is_settled()) {
                return true;
            }
        }
        false
    }

    /// What a variable can be, given what is known of its causes; the last is looked at first.
    fn choices(&self, variable: Variable) -> Vec<Fact> {
        let model = self.known.model;
        let hull = || self.known.hull(model.formula(variable));
        let is_unbound = self.unbound.contains(&variable);
        match variable {
            Variable::Derived(_) => vec![Fact::Within(hull())],
            Variable::Factor(id) if self.held.contains_key(&id) => vec![self.free.of(variable)],
            Variable::Factor(id) => {
                let cells = self.cuts.cells(id, hull()).into_iter().rev();
                cells.filter(|cell| self.has_mass(id, *cell)).map(Fact::Within).collect()
            }
            Variable::Event(_) => {
                let (low, high) = if is_unbound { EITHER } else { hull() };
                let happens = (high > 0.0).then_some(Fact::Within((1.0, 1.0)));
                happens.into_iter().chain((low < 1.0).then_some(Fact::Within((0.0, 0.0)))).collect()
            }
            Variable::Category(id) => {
                let shares = model.categories[id.0].probabilities.iter().enumerate().rev();
                let possible = shares.filter(|(_, share)| is_unbound || self.known.hull(share).1 > 0.0);
                possible.map(|(state, _)| Fact::State(Some(state))).collect()
            }
        }
    }

    /// Whether a factor can lie in a cell, as far as can be seen.
    fn has_mass(&self, id: FactorId, (low, high): Hull) -> bool {
        let factor = &self.known.model.factors[id.0];
        if let Some(law) = &factor.distribution {
            return Truncated::new(law.clone(), low, high).is_ok();
        }
        let shape = lone(&factor.value).map(|(id, _)| &self.known.model.quantities[id.0].shape);
        low < high || shape.is_none_or(|shape| shape.has_atoms())
    }

    /// Whether exactly one rule holds by what is known, or what was learned does not.
    fn is_settled(&self) -> bool {
        if self.known.model.given.iter().any(|given| self.known.hull(given).1 <= 0.0) {
            return true;
        }
        let (mut sure, mut possible) = (0, 0);
        for rule in self.rules.iter().flatten() {
            let (low, high) = self.known.hull(rule);
            sure += usize::from(low > 0.0);
            possible += usize::from(high > 0.0);
        }
        possible <= 1 && (sure == 1 || self.rules.iter().any(Option::is_none))
    }

    /// An example of a fault in the case that is known.
    fn example(&mut self) -> Option<Fault<'m>> {
        for attempt in 0..MOST_ATTEMPTS {
            self.examples += 1;
            let point = witness(&self.known, &self.all, self.held, attempt);
            let found = point.and_then(|point| self.fault_at(point));
            if found.is_some() || self.examples > MOST_EXAMPLES {
                return found;
            }
        }
        None
    }

    fn fault_at(&self, point: Facts<'m>) -> Option<Fault<'m>> {
        // What was learned of the outcome can't mend a rule: its value is not known here.
        if point.model.given.iter().any(|given| point.value(given).is_some_and(|truth| truth != 1.0)) {
            return None;
        }
        let value = |rule: &Option<Term>| rule.as_ref().map_or(Some(0.0), |rule| point.value(rule));
        let truths: Vec<f64> = self.rules.iter().map(value).collect::<Option<_>>()?;
        if truths.iter().any(|truth| truth.is_nan()) {
            return None;
        }
        let holding: Vec<usize> = (0..truths.len()).filter(|at| truths[*at] == 1.0).collect();
        let is_sound = holding.len() == 1 || (holding.is_empty() && self.rules.iter().any(Option::is_none));
        (!is_sound).then_some(Fault { holding, point })
    }
}

/// The variables that formulas depend on, directly or through those that are `passed`.
pub(super) fn behind<'t>(
    terms: impl IntoIterator<Item = &'t Term>,
    model: &'t Model,
    passed: impl Fn(Variable) -> bool,
) -> BTreeSet<Variable> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Term> = terms.into_iter().collect();
    while let Some(term) = open.pop() {
        for (variable, _) in mentions(term, &model.quantities) {
            if found.insert(variable) && passed(variable) {
                open.extend(model.formulas(variable));
            }
        }
    }
    found
}

/// Whether a variable can be in each of its states, whatever its causes are.
fn is_unbound(variable: Variable, free: &Facts) -> bool {
    let is_inside = |share: &Term| {
        let (low, high) = free.hull(share);
        low > 0.0 && high < 1.0
    };
    match variable {
        Variable::Event(_) | Variable::Category(_) => {
            free.model.formulas(variable).into_iter().all(is_inside)
        }
        Variable::Factor(_) | Variable::Derived(_) => false,
    }
}
