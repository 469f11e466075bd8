//! Which draws a run makes.

use crate::design::{Design, Kind};
use crate::math::instruction_set::InstructionSet;
use crate::statistics::LEVELS;

/// How many independent randomisations a stratified design has in a run of a fixed number of draws: few, because
/// splitting points costs accuracy, and enough for an error with seven degrees of freedom.
pub const REPLICATES: u32 = 8;

/// Draws in a block: the most in a leaf of the tree along which sums are folded.
pub const BLOCK: u64 = 4_096;

/// A number of draws under a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The kind of design.
    pub kind: Kind,
    /// The seed.
    pub seed: u64,
    /// Independent randomisations; 1 for independent draws.
    pub replicates: u32,
    /// Draws in each.
    pub draws_per_replicate: u64,
    /// Threads; 0 for one a core.
    pub threads: usize,
    /// The instructions that every loop uses: the same bits on each level.
    pub level: InstructionSet,
}

/// Draws `start..end` of a replicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The replicate, from 0.
    pub replicate: u32,
    /// First draw.
    pub start: u64,
    /// One past the last.
    pub end: u64,
}

impl Plan {
    /// The plan of at least `draws` draws: rounded up to replicates × a power of two under `sobol`, to a multiple of the
    /// replicates under `lhs`, exact under `independent`. It uses the widest instructions that the machine has.
    ///
    /// ```
    /// use foretell::{design::Kind, simulation::Plan};
    /// assert_eq!(Plan::new(Kind::Sobol, 1, 10_000, 8, 0).draws(), 16_384);
    /// assert_eq!(Plan::new(Kind::Independent, 1, 10_000, 8, 0).draws(), 10_000);
    /// ```
    pub fn new(kind: Kind, seed: u64, draws: u64, replicates: u32, threads: usize) -> Plan {
        let draws = draws.max(1);
        let replicates = if kind == Kind::Independent { 1 } else { replicates.max(2) };
        let each = draws.div_ceil(u64::from(replicates));
        let each = if kind == Kind::Sobol { each.next_power_of_two() } else { each };
        Plan { kind, seed, replicates, draws_per_replicate: each, threads, level: InstructionSet::best() }
    }

    /// Draws in all.
    pub fn draws(&self) -> u64 {
        u64::from(self.replicates) * self.draws_per_replicate
    }

    /// The design that gives the uniforms.
    pub fn design(&self) -> Design {
        Design { kind: self.kind, seed: self.seed, points_per_replicate: self.draws_per_replicate }
    }

    /// Draws in a leaf of the tree along which sums are folded: a block, or less where a 64th of a scrambled net is less.
    pub(super) fn leaf(&self) -> u64 {
        match self.kind {
            Kind::Sobol => (self.draws_per_replicate.next_power_of_two() >> LEVELS).clamp(1, BLOCK),
            _ => BLOCK,
        }
    }

    /// The level of the tree above which the sums of a replicate are kept apart, so that its nested nets can be compared.
    pub(super) fn highest(&self) -> u32 {
        match self.kind {
            Kind::Sobol => {
                (self.draws_per_replicate.next_power_of_two() >> LEVELS).max(BLOCK).ilog2() - BLOCK.ilog2()
            }
            _ => u32::MAX,
        }
    }

    /// All draws.
    pub fn whole(&self) -> Vec<Range> {
        self.from(0)
    }

    /// The draws of every replicate from number `start` on.
    pub fn from(&self, start: u64) -> Vec<Range> {
        (0..self.replicates)
            .map(|replicate| Range { replicate, start, end: self.draws_per_replicate })
            .collect()
    }
}
