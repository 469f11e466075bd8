//! What many worlds say of one answer: counts and sums.

use super::target::{Asked, Target};
use super::world::World;
use crate::model::Variable;

/// What was seen of one answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tally {
    /// In how many worlds it holds.
    Share(Share),
    /// The powers of a number's distances from a point.
    Mean(Sums),
    /// In how many worlds a number lies at or below some points.
    Level(Points),
}

/// In how many worlds something holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Share {
    pub(super) hits: u64,
    pub(super) of: u64,
}

/// Sums of the powers of a number's distances from a point near its mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sums {
    pub(super) of: u64,
    pub(super) around: f64,
    sums: [f64; 3],
}

/// How many numbers lie below a point, at or below it, and at or below what its error makes of it on either side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Points {
    pub(super) of: u64,
    pub(super) below: u64,
    pub(super) through: u64,
    pub(super) early: u64,
    pub(super) late: u64,
    /// How many lie below, and how many at or below, all that the resolution of percentiles lumps together.
    pub(super) coarse: (u64, u64),
    /// How often two worlds in turn had the very same value there.
    pub(super) repeats: u64,
    last: f64,
    at: f64,
    error: f64,
    width: f64,
}

/// Rounding that two ways of computing a value may differ by, against its size.
const ROUNDING: f64 = 1e-9;

/// The most that percentiles are spread over, as a share of the distance from the neutral point or from 0 (docs/methods.md, "Histograms and their
/// resolution").
const RESOLUTION: f64 = 1.0 / 64.0;

impl Tally {
    pub(super) fn of(asked: &Asked) -> Tally {
        let sums = Sums { of: 0, around: finite(asked.integrated.value), sums: [0.0; 3] };
        match asked.target {
            Target::Mean(_) | Target::MeanGiven(..) => Tally::Mean(sums),
            Target::Percentile { at, error, neutral, .. } => {
                let width = (at - neutral).abs().max(at.abs()) * RESOLUTION;
                Tally::Level(Points { at, error, width, last: f64::NAN, ..Points::default() })
            }
            _ => Tally::Share(Share::default()),
        }
    }

    /// Adds a world that counts.
    pub(super) fn add(&mut self, target: Target, world: &World) {
        match (target, self) {
            (Target::Outcome(at), Tally::Share(share)) => share.add(world.outcome == Some(at)),
            (Target::State(variable, state), Tally::Share(share)) => {
                share.add(world.state(variable) == state)
            }
            (Target::Theory(at), Tally::Share(share)) => share.add(world.theory == at),
            (Target::Under { theory, outcome }, Tally::Share(share)) if world.theory == theory => {
                share.add(world.outcome == Some(outcome));
            }
            (Target::Learned, Tally::Share(share)) => share.hits += 1,
            (Target::Mean(variable), Tally::Mean(sums)) => sums.add(world.number(variable)),
            (Target::MeanGiven(variable, outcome), Tally::Mean(sums)) if world.outcome == Some(outcome) => {
                sums.add(world.number(variable));
            }
            (Target::Percentile { variable, .. }, Tally::Level(points)) => points.add(value(world, variable)),
            _ => {}
        }
    }
}

fn value(world: &World, variable: Variable) -> f64 {
    world.number(variable)
}

fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { 0.0 }
}

impl Share {
    fn add(&mut self, holds: bool) {
        self.hits += u64::from(holds);
        self.of += 1;
    }
}

impl Sums {
    fn add(&mut self, x: f64) {
        let d = x - self.around;
        self.of += 1;
        self.sums[0] += d;
        self.sums[1] += d * d;
        self.sums[2] += d * d * d;
    }

    /// Mean, standard deviation and third central moment.
    pub(super) fn moments(&self) -> (f64, f64, f64) {
        let [one, two, three] = self.sums.map(|sum| sum / self.of as f64);
        let variance = (two - one * one).max(0.0);
        (self.around + one, variance.sqrt(), three - 3.0 * one * two + 2.0 * one * one * one)
    }
}

impl Points {
    fn add(&mut self, x: f64) {
        let slack = ROUNDING * self.at.abs();
        self.of += 1;
        self.below += u64::from(x < self.at - slack);
        self.through += u64::from(x <= self.at + slack);
        self.early += u64::from(x <= self.at - self.error);
        self.late += u64::from(x <= self.at + self.error);
        self.coarse.0 += u64::from(x < self.at - self.width);
        self.coarse.1 += u64::from(x <= self.at + self.width);
        if (x - self.at).abs() <= self.width {
            self.repeats += u64::from(x == self.last);
            self.last = x;
        }
    }
}
