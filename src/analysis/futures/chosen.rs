//! Which draws become futures, and how many each.

use crate::random::{Key, unit, word};

/// How many futures are made of each draw.
pub(super) enum Chosen {
    /// One of each up to a number.
    UpTo(u64),
    /// These, with how many each, in ascending order of the draws.
    These(Vec<(u64, u32)>),
}

impl Chosen {
    /// `count` of the draws, each about as often as its weight says (systematic resampling; Kitagawa 1996): at one step after the
    /// other along the sum of weights, from a random place in the first.
    pub(super) fn resampled(weights: &[(u64, f64)], count: usize, seed: u64) -> Chosen {
        let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
        let step = total / count as f64;
        let start = unit(word(Key::new(seed).named("resampling"), count as u64));
        let (mut passed, mut taken) = (0.0, 0);
        let mut chosen = Vec::new();
        for (draw, weight) in weights {
            passed += weight;
            let mut copies = 0;
            while taken < count && (taken as f64 + start) * step < passed {
                copies += 1;
                taken += 1;
            }
            if copies > 0 {
                chosen.push((*draw, copies));
            }
        }
        Chosen::These(chosen)
    }

    /// How many futures are made of a draw.
    pub(super) fn copies(&self, draw: u64) -> u32 {
        match self {
            Chosen::UpTo(most) => u32::from(draw <= *most),
            Chosen::These(all) => all.binary_search_by_key(&draw, |one| one.0).map_or(0, |at| all[at].1),
        }
    }

    /// The last draw that a future is made of.
    pub(super) fn last(&self) -> u64 {
        match self {
            Chosen::UpTo(most) => *most,
            Chosen::These(all) => all.last().map_or(0, |one| one.0),
        }
    }
}
