//! Which draws become futures, and how many each.

use super::place::Place;
use crate::random::Key;
use crate::simulation::{BLOCK, Plan, Range, copies};

/// How many futures are made of each draw.
pub(super) enum Chosen {
    /// One of each up to a number.
    UpTo(u64),
    /// These, with how many each, in ascending order of the draws.
    These(Vec<(u64, u32)>),
}

impl Chosen {
    /// `count` of the draws, which ascend, each about as often as its weight says.
    pub(super) fn resampled(weights: &[(u64, f64)], count: usize, seed: u64) -> Chosen {
        let key = Key::new(seed).named("resampling");
        let own: Vec<f64> = weights.iter().map(|(_, weight)| *weight).collect();
        let copies = copies(&own, count, key);
        let draws = weights.iter().map(|(draw, _)| *draw).zip(copies);
        Chosen::These(draws.filter(|(_, copies)| *copies > 0).collect())
    }

    /// How many futures are made of a draw.
    pub(super) fn copies(&self, draw: u64) -> u32 {
        match self {
            Chosen::UpTo(most) => u32::from(draw <= *most),
            Chosen::These(all) => all.binary_search_by_key(&draw, |one| one.0).map_or(0, |at| all[at].1),
        }
    }

    /// The stretches of a plan in which these draws lie.
    pub(super) fn ranges(&self, plan: &Plan) -> Vec<Range> {
        let stretch = |replicate: u32| -> Option<Range> {
            let (first, last) = match self {
                Chosen::UpTo(most) => (0, Place::of(*most, plan).index),
                Chosen::These(all) => {
                    let places = all.iter().map(|one| Place::of(one.0, plan));
                    let own = places.filter(|one| one.replicate == replicate).map(|one| one.index);
                    own.fold(None, |ends: Option<(u64, u64)>, at| {
                        Some(ends.map_or((at, at), |(low, high)| (low.min(at), high.max(at))))
                    })?
                }
            };
            Some(Range { replicate, start: first / BLOCK * BLOCK, end: last + 1 })
        };
        (0..plan.replicates).filter_map(stretch).collect()
    }
}
