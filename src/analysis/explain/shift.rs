//! How far things shift once it is known which outcome comes true.

use super::finding::{Shift, Tilt};
use crate::analysis::Study;
use crate::analysis::chances::Chance;
use crate::analysis::estimated::{Conditional, Difference, Figure, Probability, finite};
use crate::analysis::round::{Inquiry, Told};
use crate::expression::Binary;
use crate::model::{CategoryId, DerivedId, EventId, FactorId, Model, Named, OutcomeId, Term, Variable};
use crate::program::QueryId;
use crate::statistics::Estimate;

/// What is asked of all numbers, events and states, without and with each outcome.
pub(super) struct ShiftsAsked {
    numbers: Vec<NumberAsked>,
    chances: Vec<ChanceAsked>,
}

struct NumberAsked {
    variable: Variable,
    /// What is taken off before squares are formed.
    centre: f64,
    mean: QueryId,
    square: QueryId,
    /// The mean given each outcome.
    given: Vec<QueryId>,
}

struct ChanceAsked {
    chance: Chance,
    alone: QueryId,
    given: Vec<QueryId>,
}

impl ShiftsAsked {
    pub(super) fn ask(study: &Study, inquiry: &mut Inquiry) -> ShiftsAsked {
        let model = study.model;
        let factors = (0..model.factors.len()).map(|at| Variable::Factor(FactorId(at)));
        let derived = (0..model.derived.len()).map(|at| Variable::Derived(DerivedId(at)));
        let events = (0..model.events.len()).map(|at| Chance::Event(EventId(at)));
        let states = model.categories.iter().enumerate().flat_map(|(at, own)| {
            (0..own.states.len()).map(move |state| Chance::State(CategoryId(at), state))
        });
        ShiftsAsked {
            numbers: factors.chain(derived).map(|one| NumberAsked::ask(one, model, inquiry)).collect(),
            chances: events.chain(states).map(|one| ChanceAsked::ask(one, model, inquiry)).collect(),
        }
    }

    /// The numbers that shift with an outcome, farthest first; those that are the same in every draw are left out.
    pub(super) fn shifts(&self, outcome: usize, told: &Told) -> Vec<Shift> {
        let mut all: Vec<Shift> = self.numbers.iter().filter_map(|one| one.shift(outcome, told)).collect();
        let size = |one: &Shift| finite(one.shift.value).map_or(-1.0, f64::abs);
        all.sort_by(|a, b| size(b).total_cmp(&size(a)));
        all
    }

    /// Events and states, those whose probability changes most first.
    pub(super) fn tilts(&self, outcome: usize, told: &Told) -> Vec<Tilt> {
        let mut all: Vec<Tilt> = self.chances.iter().map(|one| one.tilt(outcome, told)).collect();
        let size = |one: &Tilt| finite(one.difference.value).map_or(-1.0, f64::abs);
        all.sort_by(|a, b| size(b).total_cmp(&size(a)));
        all
    }
}

fn outcomes(model: &Model) -> impl Iterator<Item = Term> + '_ {
    model.outcomes.iter().enumerate().map(|(at, one)| Term::outcome(OutcomeId(at), one.span))
}

impl NumberAsked {
    fn ask(variable: Variable, model: &Model, inquiry: &mut Inquiry) -> NumberAsked {
        let (world, value) = (inquiry.world, model.term_of(variable));
        let neutral = match variable {
            Variable::Factor(FactorId(at)) => model.factors[at].neutral,
            Variable::Derived(DerivedId(at)) => model.derived[at].neutral,
            Variable::Event(_) | Variable::Category(_) => 0.0,
        };
        let centre = finite(neutral).unwrap_or(0.0);
        let span = value.span;
        let apart = value.clone().binary(Binary::Subtract, Term::constant(centre, span), span);
        let ask = &mut inquiry.ask;
        let mean = ask.expectation(world, apart.clone(), None);
        let square =
            ask.expectation(world, apart.clone().binary(Binary::Multiply, apart.clone(), span), None);
        let given: Vec<QueryId> =
            outcomes(model).map(|one| ask.expectation(world, apart.clone(), Some(one))).collect();
        given.iter().for_each(|one| ask.compare(&[*one, mean, square]));
        NumberAsked { variable, centre, mean, square, given }
    }

    /// (E[x | outcome] − E[x]) / sd(x), with the error of its linear part (the delta method): the slopes in E[x | outcome], E[x]
    /// and E[x²] are 1/sd, ((E[x | outcome] − E[x]) E[x] / Var − 1) / sd and −(E[x | outcome] − E[x]) / (2 sd³).
    fn shift(&self, outcome: usize, told: &Told) -> Option<Shift> {
        let value = |id: QueryId| told.estimates.query(id).value;
        let (mean, square, given) = (value(self.mean), value(self.square), value(self.given[outcome]));
        let variance = square - mean * mean;
        // Of what hardly varies beside its size, rounding is all there is.
        if variance <= 1e-12 * square {
            return None;
        }
        let (sd, step) = (variance.sqrt(), given - mean);
        let slopes = [
            (1.0 / sd, self.given[outcome]),
            ((step * mean / variance - 1.0) / sd, self.mean),
            (-step / (2.0 * variance * sd), self.square),
        ];
        let linear = told.estimates.combination(0.0, &slopes);
        let shift = match linear {
            one if one.exact => Estimate::exact(step / sd),
            one if one.value.is_finite() => Estimate::from_error(step / sd, one.std_error),
            _ => Estimate::unknown(),
        };
        let model = told.model();
        let named = model.named(self.variable);
        Some(Shift {
            id: named.id.clone(),
            label: named.label.clone(),
            short: short(named),
            unit: model.unit(&named.id).map(String::from),
            is_derived: matches!(self.variable, Variable::Derived(_)),
            usual: finite(self.centre + mean),
            given: finite(self.centre + given),
            shift: Figure(shift),
        })
    }
}

impl ChanceAsked {
    fn ask(chance: Chance, model: &Model, inquiry: &mut Inquiry) -> ChanceAsked {
        let (world, ask) = (inquiry.world, &mut inquiry.ask);
        let what = chance.proposition(model);
        let alone = ask.probability(world, what.clone());
        let given: Vec<QueryId> =
            outcomes(model).map(|one| ask.conditional(world, what.clone(), one)).collect();
        given.iter().for_each(|one| ask.compare(&[*one, alone]));
        ChanceAsked { chance, alone, given }
    }

    fn tilt(&self, outcome: usize, told: &Told) -> Tilt {
        let model = told.model();
        let given = self.given[outcome];
        Tilt {
            id: self.chance.id(model),
            label: self.chance.label(model),
            short: self.chance.short(model),
            probability: Probability(told.estimates.probability(self.alone)),
            given: Conditional(told.estimates.probability(given)),
            difference: Difference(told.estimates.difference(given, self.alone)),
        }
    }
}

fn short(named: &Named) -> String {
    named.short.clone().unwrap_or_else(|| named.label.clone())
}
