//! What is told of things that have states, and of reports: they come or they don't.

use super::measured::Measured;
use super::table::{Sloped, Table, two_largest};
use crate::analysis::Study;
use crate::analysis::joint::Aspect;
use crate::analysis::round::{Inquiry, Told};
use crate::expression::Binary;
use crate::model::Term;
use crate::program::{QueryId, World};
use crate::statistics::Estimate;

/// As many joint probabilities as are compared with each other.
const MOST_COMPARED: usize = 64;

/// What is asked of something that has states.
pub(super) struct ByState {
    /// A row for each state, each with the probability of state and answer.
    joint: Vec<Vec<QueryId>>,
}

/// What is asked of a report.
pub(super) struct ByReport {
    /// How probable it is where it is most probable.
    most: f64,
    /// The probability of the report as a share of that.
    ratio: QueryId,
    /// Of each answer the probability without it and, given it.
    answers: Vec<[QueryId; 2]>,
}

/// Σ factor × query.
type Parts = Vec<(f64, QueryId)>;

impl ByState {
    pub(super) fn ask<'m>(states: &[Term], of: &Aspect, inquiry: &mut Inquiry<'m>) -> ByState {
        let world = inquiry.world;
        let row = |state: &Term, inquiry: &mut Inquiry<'m>| -> Vec<QueryId> {
            let both = |answer: &Term| answer.clone().binary(Binary::And, state.clone(), state.span);
            of.states.iter().map(|one| inquiry.ask.probability(world, both(&one.is_so))).collect()
        };
        let joint: Vec<Vec<QueryId>> = states.iter().map(|state| row(state, inquiry)).collect();
        let all: Vec<QueryId> = joint.concat();
        if all.len() <= MOST_COMPARED {
            inquiry.ask.compare(&all);
        } else {
            joint.iter().for_each(|row| inquiry.ask.compare(row));
        }
        ByState { joint }
    }

    /// Nothing where it is known which state holds.
    pub(super) fn find(&self, top: Option<[usize; 2]>, told: &Told) -> Option<Measured> {
        let value = |query: &QueryId| told.estimates.query(*query).value;
        let table = Table(self.joint.iter().map(|row| row.iter().map(value).collect()).collect());
        let parts = |found: &Sloped| -> Vec<Parts> {
            let row = |(row, slopes): (&Vec<QueryId>, &Vec<f64>)| -> Parts {
                slopes.iter().copied().zip(row.iter().copied()).collect()
            };
            let rows = self.joint.iter().zip(&found.slopes).map(row).collect::<Vec<Parts>>();
            if self.joint.concat().len() <= MOST_COMPARED { vec![rows.concat()] } else { rows }
        };
        let error = |x: usize, k: usize| told.estimates.query(self.joint[x][k]).std_error;
        let is_open = table.rows().into_iter().filter(|one| *one > 0.0).count() > 1;
        is_open.then(|| measured(&table, top, &error, &|found| of_parts(found.value, &parts(found), told)))
    }
}

impl ByReport {
    pub(super) fn ask<'m>(
        at: usize,
        of: &Aspect,
        own: &[QueryId],
        study: &Study<'m>,
        inquiry: &mut Inquiry<'m>,
    ) -> ByReport {
        let model = study.model;
        let mut active = model.active();
        active[at] = true;
        let most = model.most_likely(at, &active);
        let world = World { active, may_be_impossible: true, ..study.world() };
        let seen = inquiry.ask.world(world);
        let ratio = inquiry.ask.evidence_ratio(seen, inquiry.world);
        let answer = |(state, own): (&crate::analysis::joint::State, &QueryId)| {
            [*own, inquiry.ask.probability(seen, state.is_so.clone())]
        };
        let answers: Vec<[QueryId; 2]> = of.states.iter().zip(own).map(answer).collect();
        let all: Vec<QueryId> = answers.concat().into_iter().chain([ratio]).collect();
        inquiry.ask.compare(&all);
        ByReport { most, ratio, answers }
    }

    /// Nothing where likelihoods are no probabilities.
    pub(super) fn find(&self, top: Option<[usize; 2]>, told: &Told) -> Option<Measured> {
        let value = |query: QueryId| told.estimates.query(query).value;
        let comes = self.most * value(self.ratio);
        let known = |query: QueryId| if comes > 0.0 { value(query) } else { 0.0 };
        let joint: Vec<f64> = self.answers.iter().map(|[_, given]| comes * known(*given)).collect();
        let absent = |(own, joint): (&[QueryId; 2], &f64)| (value(own[0]) - joint).max(0.0);
        let rest: Vec<f64> = self.answers.iter().zip(&joint).map(absent).collect();
        let table = Table(vec![joint, rest]);
        // A joint probability is most × ratio × answer given the report; the other row is the rest of the answer's own.
        let parts = |found: &Sloped| -> Parts {
            let one = |(at, [own, given]): (usize, &[QueryId; 2])| {
                let [seen, rest] = [0, 1].map(|row: usize| found.slopes[row][at]);
                let slope = (seen - rest) * self.most;
                [(slope * known(*given), self.ratio), (slope * value(self.ratio), *given), (rest, *own)]
            };
            self.answers.iter().enumerate().flat_map(one).collect()
        };
        let is_chance = self.most <= 1.0 && comes <= 1.0;
        let error = |_: usize, k: usize| comes * told.estimates.query(self.answers[k][1]).std_error;
        let estimate = |found: &Sloped| of_parts(found.value, &[parts(found)], told);
        is_chance
            .then(|| measured(&table, top, &|x, k| if comes > 0.0 { error(x, k) } else { 0.0 }, &estimate))
    }
}

/// All measures of a table; `error` is that of a joint probability, `estimate` tells that of a measure by its slopes.
fn measured(
    table: &Table,
    top: Option<[usize; 2]>,
    error: &dyn Fn(usize, usize) -> f64,
    estimate: &dyn Fn(&Sloped) -> Estimate,
) -> Measured {
    let rows = table.rows();
    // What squares of errors add to a sum of squares, which is all of its error where it has no slope: off by √3 of its mean.
    let excess = |weight: &dyn Fn(usize, usize) -> f64| -> f64 {
        let cells = (0..rows.len()).flat_map(|x| (0..table.0[x].len()).map(move |k| (x, k)));
        let one = |(x, k): (usize, usize)| {
            let error = error(x, k);
            if error > 0.0 { error * error / weight(x, k) } else { 0.0 }
        };
        3f64.sqrt() * cells.map(one).filter(|one| one.is_finite()).sum::<f64>()
    };
    let nats = 0.5 * std::f64::consts::LOG2_E;
    // Where two answers are level in a row, as far as can be told, who leads there is as good as a coin.
    let level = |x: usize| {
        let mut sloped = Sloped { value: 0.0, slopes: vec![vec![0.0; table.0[x].len()]; rows.len()] };
        let [first, second] = two_largest(&table.0[x])?;
        (sloped.slopes[x][first], sloped.slopes[x][second]) = (1.0, -1.0);
        let gap = table.0[x][first] - table.0[x][second];
        let error = estimate(&sloped).std_error;
        (rows[x] > 0.0 && error > 0.0 && gap < 2.0 * error).then_some(0.5 * rows[x])
    };
    let unsure: f64 = (0..rows.len()).filter_map(level).sum();
    let bound = |found: Estimate, excess: f64| {
        let found = if found.exact { found } else { wider(found, excess) };
        found.within(0.0, f64::INFINITY)
    };
    let of_bits = nats * excess(&|x, k| table.0[x][k]);
    let pair = |top: [usize; 2]| table.answers()[top[0]] + table.answers()[top[1]];
    let changes = estimate(&table.changes());
    let changes = if changes.exact { changes } else { wider(changes, unsure) };
    Measured {
        bits: bound(estimate(&table.bits()), of_bits),
        brier: bound(estimate(&table.brier()), excess(&|x, _| rows[x])),
        changes: changes.within(0.0, 1.0),
        between: top.map_or_else(
            || Estimate::exact(0.0),
            |top| bound(estimate(&table.between(top)), of_bits / pair(top)),
        ),
    }
}

/// A value with a further error.
fn wider(found: Estimate, more: f64) -> Estimate {
    Estimate::from_error(found.value, libm::hypot(found.std_error, more))
}

/// A value with the error of its linear part (the delta method); parts that are not compared add up their errors.
fn of_parts(value: f64, parts: &[Parts], told: &Told) -> Estimate {
    let linear: Vec<Estimate> = parts.iter().map(|part| told.estimates.combination(0.0, part)).collect();
    match linear.iter().all(|one| one.exact) {
        // Bits that are rounding are none.
        true => Estimate::exact(if value.abs() < 1e-13 { 0.0 } else { value }),
        false => Estimate::from_error(value, linear.iter().map(|one| one.std_error).sum()),
    }
}
