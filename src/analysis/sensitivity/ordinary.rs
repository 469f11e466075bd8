//! What the ordinary run says: the answers, where what can be moved lies, and how far answers go along with it.

use super::associations::{Goes, Values, associations};
use super::subject::{Of, Subject, subjects};
use crate::analysis::chances::{Chance, Chances};
use crate::analysis::drivers::{Drivers, DriversAsked, DriversFinding};
use crate::analysis::round::{Inquiry, Told, Topic};
use crate::analysis::tails::Tails;
use crate::analysis::{Study, spread::Percentiles};
use crate::distribution::Distribution;
use crate::model::{DerivedId, Term, Variable};
use crate::program::{Aim, Held, QueryId, SpreadId, ValueId};
use crate::statistics::Estimate;

/// The drivers of the outcomes, whatever they are.
const DRIVERS: Drivers = Drivers { of: &[] };

/// What the ordinary run is asked.
pub(super) struct Ordinary<'a> {
    pub(super) chances: &'a Chances,
}

/// Handles to what was asked.
pub(super) struct OrdinaryAsked {
    answers: Vec<QueryId>,
    /// The spread of each mean.
    spreads: Vec<Option<SpreadId>>,
    subjects: Vec<(Subject, Asked)>,
    drivers: DriversAsked,
}

enum Asked {
    Number(SpreadId, ValueId),
    /// The probabilities of its states.
    States(Vec<QueryId>),
    Theory,
}

/// What the ordinary run says.
pub(super) struct OrdinaryFinding {
    pub(super) answers: Vec<Estimate>,
    /// Whether each answer is a mean whose variance can't be told.
    pub(super) lacks_variance: Vec<bool>,
    /// What can be moved, with where it lies.
    pub(super) subjects: Vec<(Subject, Range)>,
    /// By answer.
    pub(super) associations: Vec<Vec<Goes>>,
    pub(super) drivers: DriversFinding,
}

/// Where something that can be moved lies.
#[derive(Clone, Debug)]
pub(super) enum Range {
    /// Its P5, median and P95.
    Between(Percentiles),
    /// The probability of each state; of an event, that it does not happen and that it does.
    States(Vec<f64>),
    /// One of some theories.
    Theories,
    /// It can't be moved.
    Fixed,
}

impl Topic for Ordinary<'_> {
    type Asked = OrdinaryAsked;
    type Finding = OrdinaryFinding;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> OrdinaryAsked {
        let (model, world) = (study.model, inquiry.world);
        let answers = self.chances.ask(&mut inquiry.ask, world, model);
        let mut spreads = Vec::new();
        for (chance, query) in self.chances.all().iter().zip(&answers) {
            inquiry.ask.keep(*query);
            spreads.push(match chance {
                Chance::Mean(id) => {
                    let spread = inquiry.ask.spread(world, model.term_of(Variable::Derived(*id)));
                    inquiry.ask.aim(Aim::Values(spread));
                    Some(spread)
                }
                _ => {
                    inquiry.ask.aim(Aim::Probability(*query));
                    None
                }
            });
        }
        let one = |subject: Subject| {
            let ask = &mut inquiry.ask;
            let asked = match &subject.of {
                Of::Number(_, term) => {
                    Asked::Number(ask.spread(world, term.clone()), ask.value(world, term.clone()))
                }
                Of::Event(id) => {
                    let term = model.term_of(Variable::Event(*id));
                    Asked::States(vec![ask.probability(world, term)])
                }
                Of::States(id) => {
                    let states = 0..model.categories[id.0].states.len();
                    let is = |state| Term::is(*id, state, model.categories[id.0].span);
                    Asked::States(states.map(|state| ask.probability(world, is(state))).collect())
                }
                Of::Theory => Asked::Theory,
            };
            (subject, asked)
        };
        let subjects = subjects(model).into_iter().map(one).collect();
        OrdinaryAsked { answers, spreads, subjects, drivers: DRIVERS.ask(study, inquiry) }
    }

    fn find(&self, asked: &OrdinaryAsked, told: &Told) -> OrdinaryFinding {
        let all = self.chances.all().iter().zip(&asked.answers).enumerate();
        let tails = Tails::of(told.model());
        let lacks = |at: usize, chance: &Chance| match (chance, asked.spreads[at]) {
            (Chance::Mean(DerivedId(id)), Some(spread)) => {
                tails.lacks(Variable::Derived(DerivedId(*id)), told.estimates.tail(spread), told)
            }
            _ => (false, false),
        };
        let lacking: Vec<(bool, bool)> = all.clone().map(|(at, (chance, _))| lacks(at, chance)).collect();
        let answer = |(at, (_, query)): (usize, (&Chance, &QueryId))| match self.chances.is_probability(at) {
            true => told.estimates.probability(*query),
            false if lacking[at].0 => Estimate::unknown(),
            false => told.estimates.query(*query),
        };
        let subjects =
            asked.subjects.iter().map(|(subject, own)| (subject.clone(), own.find(subject, told))).collect();
        OrdinaryFinding {
            answers: all.map(answer).collect(),
            lacks_variance: lacking.iter().map(|one| one.1).collect(),
            subjects,
            associations: self.associations(asked, told),
            drivers: DRIVERS.find(&asked.drivers, told),
        }
    }
}

impl Ordinary<'_> {
    fn associations(&self, asked: &OrdinaryAsked, told: &Told) -> Vec<Vec<Goes>> {
        let values = asked.subjects.iter().filter_map(|(subject, own)| {
            let Asked::Number(_, value) = own else { return None };
            let output = told.program.value(*value)?;
            Some(Values { id: &subject.id, label: &subject.label, output })
        });
        let answers: Vec<_> =
            asked.answers.iter().map(|query| told.program.query(*query).numerator).collect();
        associations(told, &answers, &values.collect::<Vec<_>>(), |at, id| {
            self.chances.all()[at].id(told.model()) == id
        })
    }
}

/// The distribution of a factor that is known without draws.
fn known<'a>(subject: &Subject, told: &Told<'a>) -> Option<&'a Distribution> {
    let Of::Number(Held::Variable(Variable::Factor(id)), _) = subject.of else { return None };
    let is_conditional = told.program.learned(told.world).is_conditional;
    told.model().factors[id.0].distribution.as_ref().filter(|_| !is_conditional)
}

impl Asked {
    fn find(&self, subject: &Subject, told: &Told) -> Range {
        match self {
            Asked::Number(spread, _) => {
                let between = match known(subject, told) {
                    Some(law) => Percentiles::of(|level| law.quantile(level)),
                    None => Percentiles::of(|level| told.estimates.quantile(*spread, level)),
                };
                let varies = between.p95 > between.p05;
                if varies { Range::Between(between) } else { Range::Fixed }
            }
            Asked::States(queries) => {
                let mut all: Vec<f64> =
                    queries.iter().map(|query| told.estimates.probability(*query).value).collect();
                if let [happens] = all[..] {
                    all.insert(0, 1.0 - happens);
                }
                let possible = all.iter().filter(|p| **p > 0.0).count();
                if possible > 1 { Range::States(all) } else { Range::Fixed }
            }
            Asked::Theory => Range::Theories,
        }
    }
}
