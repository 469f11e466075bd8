//! What may drive an outcome by its value: factors, derived values and uncertain weights.

use std::collections::{BTreeMap, BTreeSet};

use super::weights::{Weight, weights};
use crate::analysis::round::{Inquiry, Told};
use crate::model::{DerivedId, FactorId, Model, Term, TermKind, Variable};
use crate::program::{JointId, JointState, Output, ValueId};

/// Something with a value that may vary.
pub(super) struct Candidate {
    of: Of,
    value: ValueId,
    joint: JointId,
}

enum Of {
    Variable(Variable),
    Weight(Weight),
}

/// One that varies.
pub(super) struct Varying<'a> {
    /// A name or an address.
    pub(super) id: String,
    /// In words.
    pub(super) label: String,
    pub(super) values: Values<'a>,
    /// Whether it follows from other values and states alone.
    pub(super) is_derived: bool,
}

/// Where the values are.
pub(super) enum Values<'a> {
    /// In one column.
    Plain(Output),
    /// In one for each of the states that decide it.
    ByState(&'a [JointState]),
}

impl Candidate {
    /// Asks for the values of those that `is_wanted` says so of.
    pub(super) fn ask(
        model: &Model,
        inquiry: &mut Inquiry,
        is_wanted: impl Fn(Variable) -> bool,
    ) -> Vec<Candidate> {
        if model.outcomes.is_empty() {
            return Vec::new();
        }
        let factors = (0..model.factors.len()).map(|at| Variable::Factor(FactorId(at)));
        let derived = (0..model.derived.len()).map(|at| Variable::Derived(DerivedId(at)));
        let named = factors.chain(derived).filter(|one| is_wanted(*one));
        let mut all: Vec<(Of, Term)> = named.map(|one| (Of::Variable(one), model.term_of(one))).collect();
        all.extend(weights(model).into_iter().map(|(weight, term)| (Of::Weight(weight), term)));
        let ask = |(of, term): (Of, Term)| {
            let value = inquiry.ask.value(inquiry.world, term.clone());
            Candidate { of, value, joint: inquiry.ask.joint(inquiry.world, term) }
        };
        all.into_iter().map(ask).collect()
    }

    /// The variable that it is; `None` of a weight.
    pub(super) fn variable(&self) -> Option<Variable> {
        match self.of {
            Of::Variable(one) => Some(one),
            Of::Weight(_) => None,
        }
    }

    /// Those that vary, each once: one that follows from a single other one is named as that one, which tells as much.
    /// `is_open` says of events and factors with states whether they are told as drivers.
    pub(super) fn varying<'a>(
        all: &[&Candidate],
        told: &Told<'a>,
        is_open: impl Fn(Variable) -> bool,
    ) -> Vec<Varying<'a>> {
        let (model, program) = (told.model(), told.program);
        let values = |one: &Candidate| match (program.value(one.value), program.joint(one.joint)) {
            (Some(output), _) => Some(Values::Plain(output)),
            (None, []) => None,
            (None, states) => Some(Values::ByState(states)),
        };
        let varies = |one: &&&Candidate| values(one).is_some();
        let named: BTreeSet<Variable> = all.iter().filter(varies).filter_map(|one| one.variable()).collect();
        let twins = twins(model);
        let is_twin = |one: &Candidate| match one.of {
            Of::Variable(own) => twins.get(&own).is_some_and(|root| named.contains(root) || is_open(*root)),
            Of::Weight(_) => false,
        };
        let varying = |one: &&Candidate| {
            let (id, label, is_derived) = one.described(model);
            Some(Varying { id, label, values: values(one)?, is_derived })
        };
        all.iter().filter(|one| !is_twin(one)).filter_map(varying).collect()
    }

    fn described(&self, model: &Model) -> (String, String, bool) {
        match &self.of {
            Of::Variable(one) => {
                let is_derived = matches!(one, Variable::Derived(_));
                (model.name(*one).into(), model.label(*one).into(), is_derived)
            }
            Of::Weight(one) => {
                let (id, label) = one.described(model);
                (id, label, false)
            }
        }
    }
}

/// The variables that follow from a single other one alone, each with the last of those that they follow from.
pub(in crate::analysis) fn twins(model: &Model) -> BTreeMap<Variable, Variable> {
    let (mut open, mut twins) = (BTreeSet::new(), BTreeMap::new());
    for variable in &model.order {
        let (sources, is_drawn) = sources(&model.formulas(*variable));
        let sources: Vec<Variable> = sources.into_iter().filter(|one| open.contains(one)).collect();
        let is_number = matches!(variable, Variable::Factor(_) | Variable::Derived(_));
        let is_certain = |term: &&Term| matches!(term.as_constant(), Some(0.0 | 1.0));
        let is_chance = !is_number && !model.formulas(*variable).iter().all(is_certain);
        if is_chance || is_drawn || !sources.is_empty() {
            open.insert(*variable);
        }
        if let ([source], true, false) = (&sources[..], is_number, is_drawn) {
            twins.insert(*variable, twins.get(source).copied().unwrap_or(*source));
        }
    }
    twins
}

/// What formulas depend on directly, and whether something is drawn for them alone.
fn sources(formulas: &[&Term]) -> (BTreeSet<Variable>, bool) {
    let (mut found, mut is_drawn) = (BTreeSet::new(), false);
    for formula in formulas {
        formula.walk(&mut |term| match &term.kind {
            TermKind::Variable(one) => {
                found.insert(*one);
            }
            TermKind::Is(id, _) => {
                found.insert(Variable::Category(*id));
            }
            TermKind::Table(lookup) => found.extend(lookup.parents.iter().map(|(parent, _)| *parent)),
            TermKind::Draw(_) => is_drawn = true,
            _ => {}
        });
    }
    (found, is_drawn)
}
