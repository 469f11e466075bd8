//! What can be found out, and what is asked of it.

use super::by_state::{ByReport, ByState};
use super::by_value::Draws;
use super::finding::{Item, ItemKind, Untold};
use super::measured::Measured;
use crate::analysis::Study;
use crate::analysis::estimated::{Bits, BitsBetween, Brier, LeaderChanges};
use crate::analysis::joint::Aspect;
use crate::analysis::round::{Inquiry, Told};
use crate::expression::Unary;
use crate::model::{CategoryId, EventId, Evidence, FactorId, Model, Term, Variable};
use crate::program::{QueryId, ValueId};

/// Something that can be found out.
pub(super) struct Candidate {
    of: Of,
    asked: Asked,
}

#[derive(Clone, Copy)]
enum Of {
    Variable(Variable),
    /// By its position.
    Report(usize),
}

enum Asked {
    Value(ValueId),
    States(ByState),
    Report(ByReport),
}

impl Candidate {
    /// Asks about all but what is to be told; `own` are the probabilities of the answers.
    pub(super) fn ask<'m>(
        of: &Aspect,
        own: &[QueryId],
        study: &Study<'m>,
        inquiry: &mut Inquiry<'m>,
    ) -> Vec<Candidate> {
        let model = study.model;
        let factors = (0..model.factors.len()).map(|at| Variable::Factor(FactorId(at)));
        let categories = (0..model.categories.len()).map(|at| Variable::Category(CategoryId(at)));
        let events = (0..model.events.len()).map(|at| Variable::Event(EventId(at)));
        let named = factors.chain(categories).chain(events).filter(|one| model.name(*one) != of.named.id);
        let mut all: Vec<Candidate> = named
            .map(|one| {
                let states = states(one, model);
                let asked = match states.is_empty() {
                    true => Asked::Value(inquiry.ask.value(inquiry.world, model.term_of(one))),
                    false => Asked::States(ByState::ask(&states, of, inquiry)),
                };
                Candidate { of: Of::Variable(one), asked }
            })
            .collect();
        let unseen = model.evidence.iter().enumerate().filter(|(_, one)| is_open(one) && !one.is_ratio);
        for (at, _) in unseen {
            let asked = Asked::Report(ByReport::ask(at, of, own, study, inquiry));
            all.push(Candidate { of: Of::Report(at), asked });
        }
        all
    }

    /// What finding it out would change; nothing of what is known already.
    pub(super) fn find(&self, draws: &Draws, top: Option<[usize; 2]>, told: &Told) -> Option<Item> {
        let found = match &self.asked {
            Asked::States(one) => one.find(top, told)?,
            Asked::Report(one) => one.find(top, told)?,
            Asked::Value(id) => {
                let output = told.program.value(*id)?;
                draws.find(told.kept().column(output), top)?
            }
        };
        Some(self.item(found, told.model()))
    }

    fn item(&self, found: Measured, model: &Model) -> Item {
        let (id, label, short, kind, cost) = match self.of {
            Of::Variable(one) => {
                let named = model.named(one);
                let kind = match one {
                    Variable::Category(_) => ItemKind::States,
                    Variable::Event(_) => ItemKind::Event,
                    Variable::Factor(_) | Variable::Derived(_) => ItemKind::Factor,
                };
                let short = named.short.as_ref().unwrap_or(&named.label);
                (named.id.clone(), named.label.clone(), short.clone(), kind, model.cost(one))
            }
            Of::Report(at) => {
                let item = &model.evidence[at];
                let text = item.text.clone();
                (item.id.clone(), text.clone(), text, ItemKind::Evidence, item.cost)
            }
        };
        let bits_per_cost = cost.map(|cost| found.bits.value / cost).filter(|one| one.is_finite());
        Item {
            id,
            label,
            short,
            kind,
            bits: Bits(found.bits),
            brier: Brier(found.brier),
            changes: LeaderChanges(found.changes),
            between: BitsBetween(found.between),
            cost,
            bits_per_cost,
        }
    }
}

/// The reports that don't count yet and of which nobody says how probable they are.
pub(super) fn untold(model: &Model) -> Vec<Untold> {
    let all = model.evidence.iter().filter(|one| is_open(one) && one.is_ratio);
    all.map(|one| Untold { id: one.id.clone(), label: one.text.clone() }).collect()
}

/// Whether a report is still to come.
fn is_open(one: &Evidence) -> bool {
    !one.active
}

/// The states of what has any: of an event that it happens, and that it does not.
fn states(one: Variable, model: &Model) -> Vec<Term> {
    match one {
        Variable::Category(id) => {
            let category = &model.categories[id.0];
            (0..category.states.len()).map(|at| Term::is(id, at, category.span)).collect()
        }
        Variable::Event(_) => {
            let happens = model.term_of(one);
            vec![happens.clone(), happens.unary(Unary::Not)]
        }
        Variable::Factor(_) | Variable::Derived(_) => Vec::new(),
    }
}
