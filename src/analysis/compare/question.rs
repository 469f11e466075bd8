//! What did an edit change, and which edit moved which answer?
//!
//! All scenarios, with and without each edit, are worlds of one program on the same draws, so that what they share cancels in the
//! error of every difference.

use std::collections::BTreeMap;

use super::answers::{self, Matched};
use super::finding::{Change, CompareFinding, Compared, ComparedAnswer, EditFinding, Effect, Measure};
use super::pool::{Build, FIRST, Pool, SECOND};
use super::shapley::{Shares, Sum};
use crate::analysis::answered::Answered;
use crate::analysis::chances::Chances;
use crate::analysis::estimated::Figure;
use crate::analysis::late::out_of_time;
use crate::analysis::question::Question;
use crate::analysis::round::Inquiry;
use crate::analysis::{Failure, Study};
use crate::design::Kind;
use crate::model::Model;
use crate::program::{Aim, Program, Query, QueryId};
use crate::simulation::Estimates;
use crate::statistics::{Estimate, NORMAL};

/// What did an edit change? The scenario of the study is compared with a second one.
pub struct Compare<'c> {
    /// What the two are called, and what they were read from.
    pub sides: [Compared; 2],
    /// The second scenario.
    pub after: &'c Model,
    /// What they say otherwise and answers can depend on.
    pub changes: &'c [Change],
    /// What they say otherwise in words only.
    pub words: &'c [Change],
    /// Makes the scenario in which some of the changes are done; nothing if that is no sound one.
    pub build: &'c Build<'c>,
    /// The answers that are wanted, by name; all if there are none.
    pub of: &'c [String],
}

impl Compare<'_> {
    /// The names by which answers of a model can be asked for.
    pub fn names(model: &Model) -> Vec<String> {
        answers::names(model)
    }
}

impl Question for Compare<'_> {
    type Finding = CompareFinding;

    fn answer(&self, study: &Study) -> Result<Answered<CompareFinding>, Failure> {
        let answers = Matched::all(study.model, self.after, self.of);
        let mut pool = Pool::new(study.model, self.after, self.changes.len(), self.build);
        let shares = match self.changes.is_empty() {
            true => None,
            false => Some(Shares::new(&mut pool, self.changes.len(), study.settings.seed, &|| {
                study.watch.is_late()
            })?),
        };
        let models = pool.into_models();
        let study = Study { model: &models[FIRST], ..*study };
        let (inquiry, worlds) = asked(&study, &models, &answers, shares.as_ref());
        let program = inquiry.compile(&study)?;
        let sampled = study.simulate(&program)?;
        let estimates = sampled.estimates();
        let course = inquiry.course(&sampled, &estimates);
        let told = Told { worlds: &worlds, program: &program, estimates: &estimates, answers: &answers };
        let finding = CompareFinding {
            before: self.sides[0].clone(),
            after: self.sides[1].clone(),
            same: self.changes.is_empty(),
            answers: (0..answers.len()).map(|at| told.answer(at)).collect(),
            edits: shares.iter().flat_map(|shares| told.edits(shares, self.changes)).collect(),
            words: self.words.to_vec(),
            attribution: shares.as_ref().map(|one| one.attribution),
        };
        let is_whole = finding.edits.len() == 1 && self.changes.len() > 1;
        let doubts = (is_whole && study.watch.is_late()).then(|| out_of_time("edits could be told apart"));
        Ok(Answered { finding, course, doubts: doubts.into_iter().collect() })
    }
}

/// What is asked of one scenario: of each answer its query, and whether it is a mean that does not exist.
struct OneAsked {
    queries: Vec<Option<QueryId>>,
    lacking: Vec<bool>,
}

/// The queries of all scenarios that count, by where they stand in the pool.
type Worlds = BTreeMap<usize, OneAsked>;

fn asked<'m>(
    study: &Study<'m>,
    models: &'m [Model],
    answers: &[Matched],
    shares: Option<&Shares>,
) -> (Inquiry<'m>, Worlds) {
    let mut inquiry = Inquiry::new(study);
    let mut worlds = Worlds::new();
    let first = inquiry.world;
    worlds.insert(FIRST, OneAsked::ask(&mut inquiry, first, &models[FIRST], answers));
    if let Some(shares) = shares {
        let (second, _) = inquiry.variant(study.world_of(&models[SECOND]), &models[SECOND], 0);
        worlds.insert(SECOND, OneAsked::ask(&mut inquiry, second, &models[SECOND], answers));
        for place in shares.sums.iter().flatten().flatten().map(|one| one.0) {
            if let std::collections::btree_map::Entry::Vacant(free) = worlds.entry(place) {
                let between =
                    crate::program::World { may_be_impossible: true, ..study.world_of(&models[place]) };
                let world = inquiry.ask.world(between);
                free.insert(OneAsked::ask(&mut inquiry, world, &models[place], answers));
            }
        }
    }
    compare(&mut inquiry, &worlds, answers, study.settings.kind);
    (inquiry, worlds)
}

/// Both scenarios' answers are to be precise and are compared. Of independent draws, what any two scenarios have in common has to be
/// summed while they are made.
fn compare(inquiry: &mut Inquiry, worlds: &Worlds, answers: &[Matched], kind: Kind) {
    for (at, answer) in answers.iter().enumerate() {
        let of = |place: &usize| worlds.get(place)?.queries[at];
        let both: Vec<QueryId> = [FIRST, SECOND].iter().filter_map(of).collect();
        if answer.measure == Measure::Probability {
            both.iter().for_each(|query| inquiry.ask.aim(Aim::Probability(*query)));
        }
        inquiry.ask.compare(&both);
        if kind == Kind::Independent {
            let all: Vec<QueryId> = worlds.keys().filter_map(of).collect();
            inquiry.ask.compare(&all);
        }
    }
}

impl OneAsked {
    fn ask<'m>(
        inquiry: &mut Inquiry<'m>,
        world: crate::program::WorldId,
        model: &'m Model,
        answers: &[Matched],
    ) -> OneAsked {
        let chances = Chances::of(model, |_| true);
        let queries = chances.ask(&mut inquiry.ask, world, model);
        let lacking = chances.lacking(model);
        let places: Vec<Option<usize>> = answers.iter().map(|one| one.position(&chances, model)).collect();
        OneAsked {
            queries: places.iter().map(|place| place.map(|at| queries[at])).collect(),
            lacking: places.iter().map(|place| place.is_some_and(|at| lacking[at])).collect(),
        }
    }
}

struct Told<'a> {
    worlds: &'a Worlds,
    program: &'a Program,
    estimates: &'a Estimates<'a>,
    answers: &'a [Matched],
}

impl Told<'_> {
    /// The query of an answer in the first or the second scenario: where nothing is said otherwise they are one.
    fn query(&self, place: usize, answer: usize) -> Option<QueryId> {
        self.worlds.get(&place).or_else(|| self.worlds.get(&FIRST))?.queries[answer]
    }

    fn lacks(&self, answer: usize) -> bool {
        self.worlds.values().any(|one| one.lacking[answer])
    }

    fn answer(&self, at: usize) -> ComparedAnswer {
        let own = &self.answers[at];
        let estimate = |place: usize| {
            let query = self.query(place, at)?;
            Some(match own.measure {
                _ if self.worlds.get(&place).is_some_and(|one| one.lacking[at]) => Estimate::unknown(),
                Measure::Probability => self.estimates.probability(query),
                Measure::Mean => self.estimates.query(query),
            })
        };
        let (before, after) =
            (estimate(FIRST).filter(|_| own.before), estimate(SECOND).filter(|_| own.after));
        ComparedAnswer {
            id: own.id.clone(),
            label: own.label.clone(),
            measure: own.measure,
            unit: own.unit.clone(),
            before: before.map(Figure),
            after: after.map(Figure),
            difference: self.difference(at),
        }
    }

    /// By how much an answer is more in the second scenario.
    fn difference(&self, at: usize) -> Estimate {
        let own = &self.answers[at];
        let queries = self.query(FIRST, at).zip(self.query(SECOND, at));
        let Some((before, after)) = queries.filter(|_| own.is_common() && !self.lacks_at_ends(at)) else {
            return Estimate::unknown();
        };
        let found = self.estimates.difference(after, before);
        let value = self.value(after) - self.value(before);
        let found = if found.exact { Estimate::exact(value) } else { moved(found, value) };
        match own.measure {
            Measure::Probability => found.within(-1.0, 1.0),
            Measure::Mean => found,
        }
    }

    fn lacks_at_ends(&self, at: usize) -> bool {
        [FIRST, SECOND].iter().filter_map(|place| self.worlds.get(place)).any(|one| one.lacking[at])
    }

    /// What a query says over the draws that are sound in its own world.
    fn value(&self, query: QueryId) -> f64 {
        self.estimates.query(query).value
    }

    fn edits(&self, shares: &Shares, changes: &[Change]) -> Vec<EditFinding> {
        let edit = |(block, sums): (&Vec<usize>, &Vec<Sum>)| EditFinding {
            addresses: block.iter().map(|at| changes[*at].address.clone()).collect(),
            changes: block.iter().map(|at| changes[*at].clone()).collect(),
            effects: self.effects(sums),
        };
        shares.blocks.iter().zip(&shares.sums).map(edit).collect()
    }

    fn effects(&self, sums: &[Sum]) -> Vec<Effect> {
        let common = (0..self.answers.len()).filter(|at| self.answers[*at].is_common());
        common
            .map(|at| Effect { id: self.answers[at].id.clone(), value: Figure(self.effect(at, sums)) })
            .collect()
    }

    /// An edit's share of an answer's move: the mean over the orders that were looked at. Its error is that of the draws and, where
    /// orders were drawn, that of these.
    fn effect(&self, answer: usize, sums: &[Sum]) -> Estimate {
        let all: Option<Vec<Vec<(QueryId, f64)>>> =
            sums.iter().map(|sum| self.reduced(answer, sum)).collect();
        let Some(all) = all.filter(|_| !self.lacks(answer)) else { return Estimate::unknown() };
        let of = |sum: &Vec<(QueryId, f64)>| {
            sum.iter().map(|(query, factor)| factor * self.value(*query)).sum::<f64>()
        };
        let values: Vec<f64> = all.iter().map(of).collect();
        let value = values.iter().sum::<f64>() / values.len() as f64;
        let mean: Sum =
            sums.iter().flatten().map(|(place, factor)| (*place, factor / values.len() as f64)).collect();
        let parts = self.reduced(answer, &mean).unwrap_or_default();
        if all.iter().all(Vec::is_empty) {
            return Estimate::exact(0.0);
        }
        let parts: Vec<(f64, QueryId)> = parts.into_iter().map(|(query, factor)| (factor, query)).collect();
        let drawn =
            if parts.is_empty() { Estimate::exact(0.0) } else { self.estimates.combination(0.0, &parts) };
        match values.len() {
            1 if drawn.exact => Estimate::exact(value),
            1 => moved(drawn, value),
            _ => {
                let orders = Estimate::from_replicates(&values).half_width() / NORMAL;
                Estimate::from_error(value, libm::hypot(drawn.std_error, orders))
            }
        }
    }

    /// A sum with one part for each query that differs from the others: what scenarios say alike is taken together, and left out
    /// where it cancels. `None` if a scenario does not have the answer.
    fn reduced(&self, answer: usize, sum: &Sum) -> Option<Vec<(QueryId, f64)>> {
        let mut parts: BTreeMap<Query, (QueryId, f64)> = BTreeMap::new();
        for (place, factor) in sum {
            let query = self.worlds.get(place)?.queries[answer]?;
            parts.entry(self.program.query(query)).or_insert((query, 0.0)).1 += factor;
        }
        // Rounding of a sum of at most some hundreds of factors.
        Some(parts.into_values().filter(|(_, factor)| factor.abs() > 1e-12).collect())
    }
}

/// An estimate whose value is another, that differs from it by what few void draws change.
fn moved(found: Estimate, value: f64) -> Estimate {
    let shift = value - found.value;
    let interval = (found.interval.0 + shift, found.interval.1 + shift);
    Estimate { value, interval, ..found }
}
