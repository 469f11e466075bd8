//! What knowing numbers is worth where formulas tell the expectation of every gain given the numbers, up to some means.
//!
//! An option gains Σ c(x) E[r] once x is known, with c decided by x and r independent of it. No regression has a part in it, so that it is
//! as right where a gain jumps or bends as anywhere. Each group of draws takes the options that the means of all others choose, and
//! gains by its own.

use std::ops::Range;

use super::sums::best;
use super::ties::reaching;
use crate::statistics::{Estimate, Tail};

/// A part of what an option gains: its factor draw by draw, and the rest; 1 where there is none.
pub(super) type Part = (Vec<f64>, Option<Vec<f64>>);

/// The draws.
pub(super) struct Separated {
    /// The parts of each option's gain.
    pub(super) options: Vec<Vec<Part>>,
    /// Independent parts of the draws.
    pub(super) groups: Vec<Range<usize>>,
    /// Whether a gain may jump.
    pub(super) jumps: bool,
}

impl Separated {
    /// The expected gain of the option that is chosen with the numbers known, less that of the best option without.
    pub(super) fn worth(&self) -> Estimate {
        let count = self.groups.last().map_or(0, |one| one.end);
        let is_whole = |(factor, rest): &Part| {
            factor.len() == count && rest.as_ref().is_none_or(|rest| rest.len() == count)
        };
        if self.groups.len() < 2 || !self.options.iter().flatten().all(is_whole) {
            return Estimate::unknown();
        }
        let mean = |one: &Vec<f64>| one.iter().sum::<f64>() / one.len() as f64;
        let groups: Vec<Vec<Vec<f64>>> = self.groups.iter().map(|group| self.gained(group)).collect();
        let each: Vec<f64> = groups.iter().map(|own| mean(&own[0])).collect();
        let beside: Vec<Vec<f64>> =
            (1..=self.options.len()).map(|at| groups.iter().map(|own| mean(&own[at])).collect()).collect();
        let gains: Vec<f64> = groups.iter().flat_map(|own| own[0].iter().copied()).collect();
        let floor = Floor::of(gains, self.groups.len(), self.jumps);
        reaching(floor.under(&each), &beside, |one| floor.under(one))
    }

    /// What is gained in each draw of a group beside the option that all others take without, then beside each option.
    fn gained(&self, group: &Range<usize>) -> Vec<Vec<f64>> {
        let sum = |rest: &Vec<f64>, range: Range<usize>| rest[range].iter().sum::<f64>();
        let own = |rest: &Option<Vec<f64>>| {
            rest.as_ref().map_or(1.0, |rest| sum(rest, group.clone()) / group.len() as f64)
        };
        let others = |rest: &Option<Vec<f64>>| {
            rest.as_ref().map_or(1.0, |rest| {
                let outside = rest.len() - group.len();
                (sum(rest, 0..rest.len()) - sum(rest, group.clone())) / outside as f64
            })
        };
        let means = |of: &dyn Fn(&Option<Vec<f64>>) -> f64| -> Vec<Vec<f64>> {
            self.options.iter().map(|parts| parts.iter().map(|(_, rest)| of(rest)).collect()).collect()
        };
        let (own, others) = (means(&own), means(&others));
        let at = |option: usize, draw: usize, means: &[Vec<f64>]| -> f64 {
            self.options[option]
                .iter()
                .zip(&means[option])
                .map(|((factor, _), mean)| factor[draw] * mean)
                .sum()
        };
        let count = self.groups.last().map_or(0, |one| one.end);
        let outside = |option: usize| {
            (0..group.start).chain(group.end..count).map(|draw| at(option, draw, &others)).sum::<f64>()
        };
        let before = best(&(0..self.options.len()).map(outside).collect::<Vec<f64>>());
        let after = |draw: usize| -> usize {
            best(&(0..self.options.len()).map(|option| at(option, draw, &others)).collect::<Vec<f64>>())
        };
        let chosen: Vec<usize> = group.clone().map(after).collect();
        let gain = |(draw, after): (usize, &usize), beside: usize| {
            if *after == beside { 0.0 } else { at(*after, draw, &own) - at(beside, draw, &own) }
        };
        let all = |beside: usize| group.clone().zip(&chosen).map(|one| gain(one, beside)).collect();
        [before].into_iter().chain(0..self.options.len()).map(all).collect()
    }
}

/// What an error is no less than: what a heavy tail adds, and what one draw more or less before a jump would change.
struct Floor {
    widening: f64,
    least: f64,
}

impl Floor {
    fn of(mut gains: Vec<f64>, groups: usize, jumps: bool) -> Floor {
        let (low, high) = gains.iter().fold((0.0f64, 0.0f64), |(low, high), x| (low.min(*x), high.max(*x)));
        let each = gains.len() as f64 / groups as f64;
        let middle = gains.len() / 2;
        let median = *gains.select_nth_unstable_by(middle, f64::total_cmp).1;
        gains.iter_mut().for_each(|one| *one = (*one - median).abs());
        // What no tail fits, as few draws beyond a jump, has the error of the jump.
        let tail = match Tail::of(gains) {
            Tail::Rare if jumps => Tail::Bounded,
            found => found,
        };
        let step = if jumps { 0.5 * (high - low) } else { 0.0 };
        let least = step.max(tail.last(each)) / each / (groups as f64).sqrt();
        Floor { widening: tail.widening().sqrt(), least }
    }

    /// The mean of groups' results.
    fn under(&self, each: &[f64]) -> Estimate {
        let found = Estimate::from_replicates(each);
        let error = (found.std_error * self.widening).max(self.least);
        Estimate::from_student(found.value, error, each.len() as f64 - 1.0)
    }
}
