//! Looks at places: each is a world, and worlds share their draws.

use std::collections::{BTreeMap, BTreeSet};

use super::axis::{Also, Axis, Hold};
use super::gap::Gap;
use super::looks::{Look, Looks};
use super::spot::{Seen, Spot};
use crate::analysis::learned::Learned;
use crate::analysis::tails::Tails;
use crate::analysis::void::Void;
use crate::analysis::{Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::program::{Aim, Ask, Program, QueryId, Setting, SpreadId, World, WorldId};
use crate::scenario::Override;
use crate::simulation::{Estimates, Plan, Sampled};
use crate::statistics::Estimate;

/// As many worlds as one program holds.
const WORLDS: usize = 128;

/// As many answers as are compared each with each.
const COMPARED: usize = 12;

/// What is looked at, and how.
pub(super) struct Lookout<'a> {
    pub(super) study: Study<'a>,
    pub(super) axes: &'a [Axis],
    pub(super) also: Option<&'a Also>,
    pub(super) looks: &'a Looks,
    pub(super) tails: Tails,
}

/// What was seen at some places, and how the draws went.
pub(super) struct View {
    pub(super) seen: Vec<Seen>,
    pub(super) plan: Plan,
    pub(super) exact: bool,
    pub(super) reached: bool,
    /// See [`Course::drawn`](crate::analysis::Course::drawn).
    pub(super) drawn: Vec<String>,
}

struct Asked {
    world: WorldId,
    answers: Vec<Answer>,
    evidence: QueryId,
}

#[derive(Clone, Copy)]
enum Answer {
    Chance(QueryId),
    Mean(SpreadId, bool),
}

impl Lookout<'_> {
    /// Looks at some places, at least one; once time has run out, at no further ones.
    pub(super) fn look(&self, spots: &[Spot]) -> Result<View, Failure> {
        let mut views: Vec<View> = Vec::new();
        for some in spots.chunks(WORLDS) {
            if views.is_empty() || !self.study.watch.is_late() {
                views.push(self.look_at(some)?);
            }
        }
        let mut seen: Vec<Seen> = views.iter_mut().flat_map(|one| std::mem::take(&mut one.seen)).collect();
        seen.resize_with(spots.len(), || Seen::late(self.looks.all.len()));
        let drawn: BTreeSet<&String> = views.iter().flat_map(|one| &one.drawn).collect();
        // The plan of those that needed draws.
        let plan = views.iter().map(|one| one.plan).max_by_key(Plan::draws);
        Ok(View {
            seen,
            plan: plan
                .unwrap_or_else(|| Plan::new(self.study.settings.kind, self.study.settings.seed, 1, 1, 1)),
            exact: views.iter().all(|one| one.exact),
            reached: views.iter().all(|one| one.reached),
            drawn: drawn.into_iter().cloned().collect(),
        })
    }

    fn look_at(&self, spots: &[Spot]) -> Result<View, Failure> {
        let models = self.models(spots)?;
        let mut ask = Ask::new();
        let mut asked = Vec::new();
        for spot in spots {
            let model = models.get(&self.key(spot)).unwrap_or(self.study.model);
            asked.push(self.ask(spot, model, &mut ask)?);
        }
        let program = self.study.compile(&ask)?;
        let sampled = self.study.simulate(&program)?;
        let estimates = sampled.estimates();
        let seen = asked.iter().map(|one| self.see(one, &sampled, &estimates, &program)).collect();
        let (exact, drawn) = (program.is_exact(), program.drawn().to_vec());
        Ok(View { seen, plan: sampled.plan(), exact, reached: sampled.reached, drawn })
    }

    // The model and the world of a place.

    /// What is put into the file there, if anything is.
    fn changes(&self, spot: &Spot) -> Vec<Override> {
        self.moved(spot).filter_map(|(hold, value)| hold.change(value)).collect()
    }

    /// What differs from the model as it is.
    fn moved<'s>(&'s self, spot: &'s Spot) -> impl Iterator<Item = (&'s Hold, f64)> + 's {
        let also = self.also.zip(spot.also).map(|(also, value)| (&also.hold, also.own, value));
        let axes = self.axes.iter().zip(&spot.at).map(|(axis, value)| (&axis.hold, axis.own, *value));
        also.into_iter()
            .chain(axes)
            .filter(|(_, own, value)| *own != Some(*value))
            .map(|(hold, _, value)| (hold, value))
    }

    /// What tells models apart.
    fn key(&self, spot: &Spot) -> Vec<(String, u64)> {
        let number = |one: Override| match one.expr.node {
            crate::expression::Node::Number(value) => (one.address.text, value.to_bits()),
            _ => (one.address.text, 0),
        };
        self.changes(spot).into_iter().map(number).collect()
    }

    /// The models of places for which the file is changed.
    fn models(&self, spots: &[Spot]) -> Result<BTreeMap<Vec<(String, u64)>, Model>, Failure> {
        let mut models = BTreeMap::new();
        for spot in spots {
            let changes = self.changes(spot);
            let key = self.key(spot);
            if !changes.is_empty() && !models.contains_key(&key) {
                models.insert(key, self.remodel(&changes)?);
            }
        }
        Ok(models)
    }

    fn remodel(&self, changes: &[Override]) -> Result<Model, Failure> {
        let remodel = self.study.remodel.ok_or_else(|| {
            Failure::from(Diagnostic::error("vary", "the model can't be built again with other numbers"))
        })?;
        remodel.remodel(changes)
    }

    fn setting(&self, spot: &Spot) -> Result<Setting, Failure> {
        let mut setting = Setting::new();
        for (hold, value) in self.moved(spot) {
            if let Hold::Setting(held) = hold {
                setting = setting.hold(self.study.model, *held, value)?;
            }
        }
        Ok(setting)
    }

    // Questions and answers.

    fn ask<'m>(&self, spot: &Spot, model: &'m Model, ask: &mut Ask<'m>) -> Result<Asked, Failure> {
        let setting = self.setting(spot)?;
        let is_held = !setting.is_empty();
        let own = World { states: self.study.states, ..World::of(model) };
        let world = ask.world(World { setting, may_be_impossible: true, ..own });
        let answers: Vec<Answer> =
            self.looks.all.iter().map(|look| self.answer(*look, (world, is_held), model, ask)).collect();
        let queries: Vec<QueryId> = answers.iter().filter_map(|one| one.query()).collect();
        if self.looks.is_whole {
            ask.compare(&queries);
        }
        Ok(Asked { world, answers, evidence: ask.evidence(world) })
    }

    fn answer(&self, look: Look, (world, is_held): (WorldId, bool), model: &Model, ask: &mut Ask) -> Answer {
        match look {
            Look::Chance(chance) => {
                let query = ask.probability(world, chance.proposition(model));
                ask.aim(Aim::Probability(query));
                Answer::Chance(query)
            }
            Look::Mean(variable) => {
                let spread = ask.spread(world, model.term_of(variable));
                let lacks = !is_held && model.given.is_empty() && self.tails.lacks_mean(variable);
                ask.aim(if lacks { Aim::Values(spread) } else { Aim::Mean(spread) });
                Answer::Mean(spread, lacks)
            }
        }
    }

    fn see(&self, asked: &Asked, sampled: &Sampled, estimates: &Estimates, program: &Program) -> Seen {
        let void = Void::of(asked.world, &Vec::new(), &sampled.sampling);
        let gap = gap(asked, &void, sampled, estimates, program);
        let value = |one: &Answer| match *one {
            _ if gap.is_some() => Estimate::unknown(),
            Answer::Chance(query) => estimates.probability(query),
            Answer::Mean(_, true) => Estimate::unknown(),
            Answer::Mean(spread, false) => estimates.mean(spread).0,
        };
        let values: Vec<Estimate> = asked.answers.iter().map(value).collect();
        let margins = if gap.is_none() && self.looks.is_whole {
            margins(asked, &values, estimates)
        } else {
            BTreeMap::new()
        };
        Seen { values, margins, gap, void }
    }
}

impl Answer {
    fn query(self) -> Option<QueryId> {
        match self {
            Answer::Chance(query) => Some(query),
            Answer::Mean(..) => None,
        }
    }
}

/// The differences of each answer from each; of many answers only those from the first two.
fn margins(asked: &Asked, values: &[Estimate], estimates: &Estimates) -> BTreeMap<(usize, usize), Estimate> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].value.total_cmp(&values[*a].value));
    let first = if values.len() > COMPARED { &order[..2] } else { &order[..] };
    let mut found = BTreeMap::new();
    for (one, other) in first.iter().flat_map(|one| order.iter().map(move |other| (*one, *other))) {
        if let (Some(low), Some(high), true) =
            (asked.answers[one.min(other)].query(), asked.answers[one.max(other)].query(), one != other)
        {
            let key = (one.min(other), one.max(other));
            found.entry(key).or_insert_with(|| estimates.difference(low, high).within(-1.0, 1.0));
        }
    }
    found
}

/// Why nothing can be said of a world, if it can't.
fn gap(
    asked: &Asked,
    void: &Void,
    sampled: &Sampled,
    estimates: &Estimates,
    program: &Program,
) -> Option<Gap> {
    let learned = program.learned(asked.world);
    if !learned.is_possible {
        return Some(Gap::Impossible);
    }
    if void.is_too_many(sampled.sampling.plan().draws()) {
        return Some(Gap::Void);
    }
    let probability = estimates.probability(asked.evidence);
    if learned.is_conditional && probability.value == 0.0 {
        return Some(Gap::Impossible);
    }
    let is_rare = || Learned::of(asked.world, estimates, probability, &sampled.plan(), true).is_too_rare();
    (learned.is_conditional && is_rare()).then_some(Gap::Rare)
}
