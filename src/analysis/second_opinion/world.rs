//! One drawn world: a value for every factor, a state for everything that chance decides, a theory, an outcome.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::copula::{Group, Joined, groups};
use super::law::Law;
use super::level::Level;
use super::likelihood::{Report, reports};
use crate::math::elementary::{exp, ln};
use crate::model::{
    CategoryId, Model, OutcomeId, Outcomes, QuantityId, Shape, Term, TermKind, Variable, Weight, evaluate,
};

/// How far probabilities of states may be from summing to 1.
const SLACK: f64 = 1e-9;

/// What became of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// A formula gave no number in it.
    Void,
    /// It is not as what was learned says.
    Unlike,
    /// It counts.
    Like,
}

/// Draws worlds of a model, one after the other, and holds the last.
pub(super) struct World<'m> {
    model: &'m Model,
    /// The laws of quantities whose parameters are numbers.
    laws: Vec<Option<Law>>,
    groups: Vec<Group>,
    reports: Vec<Report>,
    /// The weights of the theories.
    theories: Vec<f64>,
    random: RefCell<ChaCha8Rng>,
    factors: Vec<f64>,
    derived: Vec<f64>,
    happens: Vec<bool>,
    states: Vec<usize>,
    pub(super) theory: usize,
    pub(super) outcome: Option<usize>,
    /// The values of quantities; NaN before they are needed.
    drawn: Vec<Cell<f64>>,
    /// How far up correlated numbers lie.
    levels: Vec<Option<Level>>,
    /// How far up correlated states lie.
    latents: BTreeMap<Variable, Level>,
}

impl<'m> World<'m> {
    /// None drawn yet; the same seed draws the same worlds.
    pub(super) fn new(model: &'m Model, seed: u64) -> World<'m> {
        let groups = groups(model, &needed(model));
        let is_joined = |id: usize| {
            let joined = Joined::Number(QuantityId(id));
            groups.iter().flat_map(|group| &group.members).any(|member| member.what == joined)
        };
        let law = |(at, quantity): (usize, &crate::model::Quantity)| {
            let law = Law::of(quantity.shape.fixed()?)?;
            Some(if is_joined(at) { law.for_levels() } else { law })
        };
        World {
            model,
            laws: model.quantities.iter().enumerate().map(law).collect(),
            reports: reports(model),
            theories: model.theories.iter().map(|one| one.weight).collect(),
            random: RefCell::new(ChaCha8Rng::seed_from_u64(seed)),
            factors: vec![f64::NAN; model.factors.len()],
            derived: vec![f64::NAN; model.derived.len()],
            happens: vec![false; model.events.len()],
            states: vec![0; model.categories.len()],
            theory: 0,
            outcome: None,
            drawn: vec![Cell::new(f64::NAN); model.quantities.len()],
            levels: vec![None; model.quantities.len()],
            latents: BTreeMap::new(),
            groups,
        }
    }

    /// Draws the next world.
    pub(super) fn draw(&mut self) -> Seen {
        self.drawn.iter().for_each(|one| one.set(f64::NAN));
        self.join();
        for variable in &self.model.order {
            if self.decide(*variable).is_none() {
                return Seen::Void;
            }
        }
        self.theory = self.choose(&self.theories);
        self.outcome = None;
        if !self.model.outcomes.is_empty() {
            let Some(outcome) = self.decided() else { return Seen::Void };
            self.outcome = Some(outcome);
        }
        self.judge()
    }

    /// The value of a factor or a derived value.
    pub(super) fn number(&self, variable: Variable) -> f64 {
        match variable {
            Variable::Factor(id) => self.factors[id.0],
            Variable::Derived(id) => self.derived[id.0],
            Variable::Event(id) => f64::from(u8::from(self.happens[id.0])),
            Variable::Category(_) => f64::NAN,
        }
    }

    /// The state of a factor with states, or of an event: 0 if it does not happen.
    pub(super) fn state(&self, variable: Variable) -> usize {
        match variable {
            Variable::Category(id) => self.states[id.0],
            Variable::Event(id) => usize::from(self.happens[id.0]),
            Variable::Factor(_) | Variable::Derived(_) => 0,
        }
    }

    /// Draws what is correlated.
    fn join(&mut self) {
        for group in &self.groups {
            let levels = group.draw(&mut *self.random.borrow_mut());
            for (member, level) in group.members.iter().zip(levels) {
                match member.what {
                    Joined::Number(id) => self.levels[id.0] = Some(level),
                    Joined::States(variable) => _ = self.latents.insert(variable, level),
                }
            }
        }
    }

    /// Gives a variable its value or state; nothing if there is no number.
    fn decide(&mut self, variable: Variable) -> Option<()> {
        match variable {
            Variable::Factor(id) => self.factors[id.0] = self.finite(&self.model.factors[id.0].value)?,
            Variable::Derived(id) => self.derived[id.0] = self.finite(&self.model.derived[id.0].value)?,
            Variable::Event(id) => {
                let chance = self.finite(&self.model.events[id.0].probability)?;
                self.happens[id.0] = match self.latents.get(&variable) {
                    Some(level) => level.upper < chance,
                    None => self.random.borrow_mut().random::<f64>() < chance,
                };
            }
            Variable::Category(id) => {
                let shares: Option<Vec<f64>> =
                    self.model.categories[id.0].probabilities.iter().map(|one| self.finite(one)).collect();
                let shares = shares.filter(|all| (all.iter().sum::<f64>() - 1.0).abs() < SLACK)?;
                self.states[id.0] = match self.latents.get(&variable) {
                    Some(level) => reached(&shares, level.lower),
                    None => self.choose(&shares),
                };
            }
        }
        Some(())
    }

    /// One of several, in proportion to their weights.
    fn choose(&self, weights: &[f64]) -> usize {
        if weights.len() == 1 {
            return 0;
        }
        let sum: f64 = weights.iter().sum();
        reached(weights, sum * self.random.borrow_mut().random::<f64>())
    }

    /// The outcome under the theory; nothing if a formula gives no number, or not one rule holds.
    fn decided(&self) -> Option<usize> {
        match &self.model.theories[self.theory].form {
            Outcomes::Weighted { bases, weights, .. } => {
                let scores = bases.iter().zip(weights).map(|(base, weights)| self.score(base, weights));
                self.by_scores(&scores.collect::<Vec<_>>())
            }
            Outcomes::Scored(scores) => {
                self.by_scores(&scores.iter().map(|one| self.value(one)).collect::<Vec<_>>())
            }
            Outcomes::Ruled(rules) => self.by_rules(rules),
        }
    }

    /// ln(base) + Σ weight · (value − neutral).
    fn score(&self, base: &Term, weights: &[Weight]) -> f64 {
        let part = |weight: &Weight| {
            let value = match (weight.variable, weight.state) {
                (Variable::Category(id), Some(state)) => self.is(id, state),
                (variable, _) => self.number(variable),
            };
            self.value(&weight.value) * (value - weight.neutral)
        };
        ln(self.value(base)) + weights.iter().map(part).sum::<f64>()
    }

    /// An outcome with the probability exp(score) / Σ exp(score).
    fn by_scores(&self, scores: &[f64]) -> Option<usize> {
        let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let is_sound = largest.is_finite() && scores.iter().all(|one| !one.is_nan());
        let powers: Vec<f64> = scores.iter().map(|one| exp(one - largest)).collect();
        is_sound.then(|| self.choose(&powers))
    }

    /// The outcome whose rule holds, or the one for all else.
    fn by_rules(&self, rules: &[Option<Term>]) -> Option<usize> {
        let truths: Vec<Option<f64>> =
            rules.iter().map(|rule| rule.as_ref().map(|rule| self.value(rule))).collect();
        if truths.iter().flatten().any(|one| one.is_nan()) {
            return None;
        }
        let mut holding = (0..rules.len()).filter(|at| truths[*at] == Some(1.0));
        let first = holding.next().or_else(|| truths.iter().position(Option::is_none));
        first.filter(|_| holding.next().is_none())
    }

    /// Whether the world is as what was learned says. A report is believed with its likelihood: worlds that it makes less probable
    /// are left out as often.
    fn judge(&self) -> Seen {
        for proposition in &self.model.given {
            match self.value(proposition) {
                truth if truth.is_nan() => return Seen::Void,
                0.0 => return Seen::Unlike,
                _ => {}
            }
        }
        let is_believed = |report: &Report| {
            let state = report.about.map_or(self.outcome, |variable| Some(self.state(variable)));
            let share = state.map_or(1.0, |state| report.shares[state]);
            self.random.borrow_mut().random::<f64>() < share
        };
        if self.reports.iter().all(is_believed) { Seen::Like } else { Seen::Unlike }
    }

    fn finite(&self, term: &Term) -> Option<f64> {
        Some(self.value(term)).filter(|value| value.is_finite())
    }

    fn value(&self, term: &Term) -> f64 {
        evaluate(term, &|leaf| Some(self.leaf(leaf))).unwrap_or(f64::NAN)
    }

    fn is(&self, id: CategoryId, state: usize) -> f64 {
        f64::from(u8::from(self.states[id.0] == state))
    }

    fn leaf(&self, leaf: &TermKind) -> f64 {
        match leaf {
            TermKind::Variable(variable) => self.number(*variable),
            TermKind::Is(id, state) => self.is(*id, *state),
            TermKind::Theory(id) => f64::from(u8::from(self.theory == id.0)),
            TermKind::Outcome(OutcomeId(at)) => f64::from(u8::from(self.outcome == Some(*at))),
            TermKind::Draw(id) => self.quantity(*id),
            _ => f64::NAN,
        }
    }

    /// The value of a quantity, drawn where it is first needed.
    fn quantity(&self, id: QuantityId) -> f64 {
        let known = self.drawn[id.0].get();
        if !known.is_nan() {
            return known;
        }
        let value = match &self.laws[id.0] {
            Some(law) => self.take(id, law),
            None => {
                let law = law(&self.model.quantities[id.0].shape, &|term| self.value(term));
                law.filter(Law::is_possible).map_or(f64::NAN, |law| self.take(id, &law))
            }
        };
        self.drawn[id.0].set(value);
        value
    }

    fn take(&self, id: QuantityId, law: &Law) -> f64 {
        match self.levels[id.0] {
            Some(level) => law.at(level),
            None => law.draw(&mut *self.random.borrow_mut()),
        }
    }
}

/// The first position up to which the shares sum to more than `level`.
fn reached(shares: &[f64], level: f64) -> usize {
    let mut sum = 0.0;
    let last = shares.iter().rposition(|one| *one > 0.0).unwrap_or(0);
    let is_above = |share: &f64| {
        sum += share;
        level < sum
    };
    shares.iter().position(is_above).unwrap_or(last)
}

/// The law that a shape is where its parameters have these values; nothing if they are impossible.
fn law(shape: &Shape, value: &dyn Fn(&Term) -> f64) -> Option<Law> {
    Some(match shape {
        Shape::Fixed(distribution) => Law::of(distribution)?,
        Shape::Family(family, signature, parameters) => {
            let values: Vec<f64> = parameters.iter().map(value).collect();
            Law::of(&family.build_with(*signature, &values).ok()?)?
        }
        Shape::Scaled(inner, scale, shift) => {
            Law::Scaled(Box::new(law(inner, value)?), value(scale), value(shift))
        }
        Shape::Truncated(inner, low, high) => {
            Law::Truncated(Box::new(law(inner, value)?), value(low), value(high))
        }
        Shape::Mixture(parts) => {
            let part = |(weight, part): &(Term, Shape)| {
                let weight = Some(value(weight)).filter(|one| *one > 0.0 && one.is_finite())?;
                Some((weight, law(part, value)?))
            };
            Law::mixture(parts.iter().map(part).collect::<Option<_>>()?)?
        }
    })
}

/// Which quantities any formula draws.
fn needed(model: &Model) -> Vec<bool> {
    let mut found = vec![false; model.quantities.len()];
    let mut open: Vec<&Term> = model.order.iter().flat_map(|one| model.formulas(*one)).collect();
    for theory in &model.theories {
        match &theory.form {
            Outcomes::Weighted { bases, weights, .. } => {
                open.extend(bases);
                open.extend(weights.iter().flatten().map(|one| &one.value));
            }
            Outcomes::Scored(_) | Outcomes::Ruled(_) => open.extend(theory.form.terms()),
        }
    }
    open.extend(&model.given);
    while let Some(term) = open.pop() {
        let mut more: Vec<&Term> = Vec::new();
        term.walk(&mut |one| {
            if let TermKind::Draw(id) = one.kind
                && !std::mem::replace(&mut found[id.0], true)
            {
                more.extend(model.quantities[id.0].shape.parameters());
            }
        });
        open.extend(more);
    }
    found
}
