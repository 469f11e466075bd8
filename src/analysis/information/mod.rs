//! What should be found out next? What knowing each thing would change in the answer, before it is known what it will be.

mod by_state;
mod by_value;
mod finding;
mod item;
mod measured;
mod table;

pub use finding::{Answer, InformationFinding, Item, ItemKind, Untold};

use super::estimated::Probability;
use super::joint::Aspect;
use super::round::{Inquiry, Told, Topic};
use super::{Chance, Chances, Study};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::program::{Aim, QueryId};
use by_value::Draws;
use item::Candidate;
use table::{entropy, two_largest};

/// What should be found out next, of everything that is not known?
#[derive(Clone, Debug, PartialEq)]
pub struct Information {
    /// What is to be told: which outcome comes true, whether an event happens, in which state a factor is.
    pub of: Aspect,
}

impl Information {
    /// About an outcome, an event or a factor with states by its name; about which outcome comes true if none is named, or in a file
    /// without outcomes about its last event, else its last factor with states.
    ///
    /// # Errors
    /// A name that is none of these; a file that has none.
    pub fn about(model: &Model, name: Option<&str>) -> Result<Information, Diagnostic> {
        let aspect = |chance: &Chance| match *chance {
            Chance::Outcome(id) => Some(Aspect::one_outcome(model, id)),
            Chance::Event(id) => Some(Aspect::event(model, id)),
            Chance::State(id, _) => Some(Aspect::category(model, id)),
            Chance::Mean(_) => None,
        };
        let of = match name {
            None if !model.outcomes.is_empty() => Some(Aspect::outcome(model)),
            None => Chances::of(model, |_| true).all().iter().rev().find_map(aspect),
            Some("outcome") if !model.outcomes.is_empty() => Some(Aspect::outcome(model)),
            Some(name) => Chances::every(model, &[name.into()])?.all().first().and_then(aspect),
        };
        let nothing = || {
            Diagnostic::error(
                "no-answers",
                "there is no outcome, event or factor with states that could be told",
            )
            .hint("give the file `[outcomes.*]`, or name one of its events with `--of`")
        };
        of.map(|of| Information { of }).ok_or_else(nothing)
    }
}

/// What is asked to tell it.
pub struct InformationAsked {
    answers: Vec<QueryId>,
    candidates: Vec<Candidate>,
}

impl Topic for Information {
    type Asked = InformationAsked;
    type Finding = InformationFinding;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> InformationAsked {
        let world = inquiry.world;
        let mut answer = |one: &super::joint::State| {
            let query = inquiry.ask.probability(world, one.is_so.clone());
            inquiry.ask.aim(Aim::Probability(query));
            inquiry.ask.keep(query);
            query
        };
        let answers: Vec<QueryId> = self.of.states.iter().map(&mut answer).collect();
        let candidates = Candidate::ask(&self.of, &answers, study, inquiry);
        InformationAsked { answers, candidates }
    }

    fn find(&self, asked: &InformationAsked, told: &Told) -> InformationFinding {
        let found: Vec<_> = asked.answers.iter().map(|one| told.estimates.probability(*one)).collect();
        let values: Vec<f64> = found.iter().map(|one| one.value).collect();
        let top = two_largest(&values);
        let draws = Draws::of(&asked.answers, told);
        let mut items: Vec<Item> =
            asked.candidates.iter().filter_map(|one| one.find(&draws, top, told)).collect();
        // What can't be told comes last.
        let rank = |item: &Item| if item.bits.value.is_nan() { -1.0 } else { item.bits.value };
        items.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
        let named = |at: usize| &self.of.states[at].named;
        let answer = |(at, probability): (usize, &crate::statistics::Estimate)| Answer {
            id: named(at).id.clone(),
            label: named(at).label.clone(),
            short: named(at).short.clone().unwrap_or_else(|| named(at).label.clone()),
            probability: Probability(*probability),
        };
        InformationFinding {
            of: self.of.named.id.clone(),
            label: self.of.named.label.clone(),
            answers: found.iter().enumerate().map(answer).collect(),
            entropy: entropy(&values),
            brier: 1.0 - values.iter().map(|p| p * p).sum::<f64>(),
            top: top.map(|top| top.map(|at| named(at).id.clone())),
            items,
            untold: item::untold(told.model()),
        }
    }
}
