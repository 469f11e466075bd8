//! What dated evidence does to the answers: item by item, alone and in the order of dates.
//!
//! All answers come from the same draws under different weights, so that what two of them share cancels in the error of
//! their difference.

use super::finding::{Answer, ById, Item, Point, UpdateFinding};
use crate::analysis::answered::Answered;
use crate::analysis::chances::Chances;
use crate::analysis::course::{Course, WorldCourse};
use crate::analysis::estimated::Figure;
use crate::analysis::learned::Learned;
use crate::analysis::question::Question;
use crate::analysis::void::{Void, Witnesses, witnesses};
use crate::analysis::{Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::expression::scale;
use crate::math::elementary;
use crate::program::{Aim, Ask, QueryId, World, WorldId};
use crate::simulation::{Estimates, Plan};
use crate::statistics::Estimate;

/// What does the active evidence of the file change, item by item and over time?
#[derive(Clone, Copy, Debug, Default)]
pub struct Update;

impl Question for Update {
    type Finding = UpdateFinding;

    fn answer(&self, study: &Study) -> Result<Answered<UpdateFinding>, Failure> {
        let model = study.model;
        fits(study)?;
        let active = model.active();
        let order: Vec<usize> = model.timeline().into_iter().filter(|at| active[*at]).collect();
        let sets = sets(active.len(), &order);
        let chances = Chances::of(model, |_| true).probabilities();
        let (ask, asked) = asked(study, &chances, &sets, order.len());
        let program = study.compile(&ask)?;
        let sampled = study.simulate(&program)?;
        let void = Void::of(asked.sets[0].world, &asked.witnesses, &sampled.sampling);
        let estimates = sampled.estimates();
        let told =
            Told { asked: &asked, estimates: &estimates, plan: sampled.plan(), study, count: order.len() };
        let learned = told.learned();
        let items =
            order.iter().enumerate().map(|(step, at)| told.item(step, *at, &chances, &sets)).collect();
        let finding = UpdateFinding {
            answers: told.answers(&chances),
            items,
            timeline: told.timeline(&order, &chances),
            evidence: learned,
        };
        let world = WorldCourse { variant: None, void, learned: Some(learned) };
        let course = Course {
            plan: sampled.plan(),
            exact: program.is_exact(),
            reached: sampled.reached,
            missed: None,
            worlds: vec![world],
            drawn: program.drawn().to_vec(),
        };
        Ok(Answered::new(finding, course))
    }
}

/// Whether there is something that evidence could change, and it is not to be drawn.
fn fits(study: &Study) -> Result<(), Diagnostic> {
    let model = study.model;
    if !study.states.are_summed() {
        let message = "`update` sums over states and events and does not draw them";
        return Err(Diagnostic::error("not-exact", message).hint(
            "leave `--exact never` out, or hold the sums against draws in `run --evidence all --exact never`",
        ));
    }
    if model.outcomes.is_empty() && model.events.is_empty() && model.categories.is_empty() {
        let message = "the file has nothing whose probability evidence could change";
        return Err(
            Diagnostic::error("no-answers", message).hint("give it outcomes, events, or factors with states")
        );
    }
    Ok(())
}

/// What is asked of one set of items.
struct Set {
    world: WorldId,
    answers: Vec<QueryId>,
}

struct Asked {
    sets: Vec<Set>,
    /// How much as probable all items are as what was learned without them.
    learned: QueryId,
    witnesses: Witnesses,
}

/// Every set of items is a world; the first and the last are to be precise, and each is compared with the one before it and
/// with the first.
fn asked<'m>(study: &Study<'m>, chances: &Chances, sets: &[Vec<bool>], count: usize) -> (Ask<'m>, Asked) {
    let model = study.model;
    let mut ask = Ask::new();
    let mut all: Vec<Set> = Vec::new();
    for active in sets {
        let world = ask.world(World { active: active.clone(), states: study.states, ..World::of(model) });
        all.push(Set { world, answers: chances.ask(&mut ask, world, model) });
    }
    for at in 1..all.len() {
        for before in [at - 1, 0] {
            for (own, base) in all[at].answers.iter().zip(&all[before].answers) {
                ask.compare(&[*base, *own]);
            }
        }
    }
    for query in all[0].answers.iter().chain(&all[all.len() - 1].answers) {
        ask.aim(Aim::Probability(*query));
    }
    let learned = ask.evidence_ratio(all[count].world, all[0].world);
    let witnesses = witnesses(&mut ask, all[0].world, model);
    (ask, Asked { sets: all, learned, witnesses })
}

/// Which items count: none, the first, the first two, and so on to all; then each by itself.
fn sets(width: usize, order: &[usize]) -> Vec<Vec<bool>> {
    let of = |members: &[usize]| (0..width).map(|at| members.contains(&at)).collect();
    let grown = (0..=order.len()).map(|count| of(&order[..count]));
    let alone = order.iter().map(|at| of(&[*at]));
    // The last is the whole again, so that the precision of its answers is looked at.
    grown.chain(alone).chain([of(order)]).collect()
}

struct Told<'a> {
    asked: &'a Asked,
    estimates: &'a Estimates<'a>,
    plan: Plan,
    study: &'a Study<'a>,
    /// How many items there are.
    count: usize,
}

impl Told<'_> {
    /// How many answers there are.
    fn width(&self) -> usize {
        self.asked.sets[0].answers.len()
    }

    /// The ratio of an answer in a set.
    fn query(&self, set: usize, answer: usize) -> QueryId {
        self.asked.sets[set].answers[answer]
    }

    fn probabilities(&self, set: usize) -> Vec<Estimate> {
        (0..self.width()).map(|at| self.estimates.probability(self.query(set, at))).collect()
    }

    fn answers(&self, chances: &Chances) -> Vec<Answer> {
        let (prior, posterior) = (self.probabilities(0), self.probabilities(self.count));
        let change = |at: usize| {
            let parts = [(1.0, self.query(self.count, at)), (-1.0, self.query(0, at))];
            self.estimates.combination(0.0, &parts)
        };
        let names = chances.all().iter().enumerate();
        names
            .map(|(at, one)| Answer {
                id: one.id(self.study.model),
                label: one.label(self.study.model),
                short: one.short(self.study.model),
                prior: Figure(prior[at]),
                posterior: Figure(posterior[at]),
                change: Figure(change(at)),
                words: scale::words(posterior[at].value),
            })
            .collect()
    }

    /// Estimates with the names of the answers that they are of.
    fn by_id(&self, estimates: Vec<Estimate>, chances: &Chances) -> Vec<ById> {
        let named = chances.all().iter().zip(estimates);
        named.map(|(one, found)| ById { value: Figure(found), id: one.id(self.study.model) }).collect()
    }

    fn item(&self, step: usize, at: usize, chances: &Chances, sets: &[Vec<bool>]) -> Item {
        let all = |one: usize, other: usize| -> Vec<ById> {
            let answers = (0..self.width()).map(|answer| self.log_odds(one, other, answer)).collect();
            self.by_id(answers, chances)
        };
        let model = self.study.model;
        let likelihood = model.likelihood(at, &sets[step + 1]);
        let overlapped = likelihood != model.likelihood(at, &sets[self.count + 1 + step]);
        let evidence = &model.evidence[at];
        Item {
            id: evidence.id.clone(),
            date: evidence.date,
            text: evidence.text.clone(),
            publisher: evidence.publisher.clone(),
            url: evidence.url.clone(),
            place: self.study.sources.place(evidence.span),
            note: evidence.origin.as_ref().and_then(|origin| origin.note.clone()),
            about: evidence.about.map(|variable| model.name(variable).to_string()),
            likelihood,
            reliability: evidence.reliability,
            depends_on: evidence.depends_on.iter().map(|at| model.evidence[*at].id.clone()).collect(),
            overlap: evidence.overlap,
            overlapped,
            added: all(step, step + 1),
            alone: all(0, self.count + 1 + step),
            after: self.by_id(self.probabilities(step + 1), chances),
        }
    }

    /// The change in an answer's log-odds from one set to another. Its error follows from those of the two probabilities
    /// by the slope of the logit, 1 / (p (1 − p)) (the delta method).
    fn log_odds(&self, before: usize, after: usize, answer: usize) -> Estimate {
        let queries = [self.query(before, answer), self.query(after, answer)];
        if self.estimates.is_same(queries[0], queries[1]) {
            return Estimate::exact(0.0);
        }
        let [p, q] = queries.map(|query| self.estimates.query(query).value);
        let value = elementary::logit(q) - elementary::logit(p);
        let slope = |p: f64| 1.0 / (p * (1.0 - p));
        let parts = [(slope(q), queries[1]), (-slope(p), queries[0])];
        let linear = self.estimates.combination(0.0, &parts);
        if linear.exact {
            return Estimate::exact(value);
        }
        let half = linear.half_width();
        let interval = (value - half, value + half);
        Estimate { value, interval, ..linear }
    }

    /// The answers after the last item of each day.
    fn timeline(&self, order: &[usize], chances: &Chances) -> Vec<Point> {
        let evidence = |step: usize| &self.study.model.evidence[order[step]];
        let day = |step: usize| evidence(step).date;
        let ends = (0..order.len()).filter(|step| step + 1 == order.len() || day(step + 1) != day(*step));
        let point = |last: usize| Point {
            date: day(last),
            evidence: (0..order.len())
                .filter(|step| day(*step) == day(last))
                .map(|step| evidence(step).id.clone())
                .collect(),
            probabilities: self.by_id(self.probabilities(last + 1), chances),
            effective_draws: self.learned_in(last + 1).effective_draws,
        };
        ends.map(point).collect()
    }

    fn learned(&self) -> Learned {
        self.learned_in(self.count)
    }

    fn learned_in(&self, set: usize) -> Learned {
        let probability = self.estimates.probability(self.asked.learned);
        Learned::of(self.asked.sets[set].world, self.estimates, probability, &self.plan, true)
    }
}
