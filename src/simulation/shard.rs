//! Contiguous shares of a run's blocks.

use std::fmt;
use std::ops::Range as Span;

use super::plan::{BLOCK, Plan, Range};

/// The `number`-th of `count` contiguous shares of the blocks of a run, in the order of replicates and blocks, as even as
/// whole blocks allow. There may be more shares than blocks; then some are empty.
///
/// ```
/// use foretell::{design::Kind, simulation::{Plan, Shard}};
/// let plan = Plan::new(Kind::Independent, 1, 10_000, 8, 0);
/// let draws: Vec<u64> = (1..=2).map(|number| Shard::new(number, 2).unwrap().draws(&plan)).collect();
/// assert_eq!(draws, [4096, 10_000 - 4096]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    number: u64,
    count: u64,
}

impl Shard {
    /// The most shares.
    pub const MOST: u64 = 10_000;

    /// Share `number`, from 1 to `count`; `None` if there is no such share or there are too many.
    pub fn new(number: u64, count: u64) -> Option<Shard> {
        let exists = (1..=count).contains(&number) && count <= Shard::MOST;
        exists.then_some(Shard { number, count })
    }

    /// Which share, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Of how many.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The blocks of the share, counted through all replicates.
    pub fn blocks(&self, plan: &Plan) -> Span<u64> {
        let all = u128::from(blocks(plan));
        let edge = |number: u64| (all * u128::from(number) / u128::from(self.count)) as u64;
        edge(self.number - 1)..edge(self.number)
    }

    /// How many draws it has.
    pub fn draws(&self, plan: &Plan) -> u64 {
        ranges(plan, self.blocks(plan)).iter().map(|range| range.end - range.start).sum()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.count)
    }
}

/// How many blocks a run has, in all replicates.
pub fn blocks(plan: &Plan) -> u64 {
    u64::from(plan.replicates) * blocks_per_replicate(plan)
}

fn blocks_per_replicate(plan: &Plan) -> u64 {
    plan.draws_per_replicate.div_ceil(BLOCK)
}

/// The draws of blocks that are counted through all replicates.
pub fn ranges(plan: &Plan, blocks: Span<u64>) -> Vec<Range> {
    let each = blocks_per_replicate(plan).max(1);
    let range = |replicate: u64| {
        let own = |block: u64| block.clamp(replicate * each, (replicate + 1) * each) - replicate * each;
        Range {
            replicate: replicate as u32,
            start: own(blocks.start) * BLOCK,
            end: (own(blocks.end) * BLOCK).min(plan.draws_per_replicate),
        }
    };
    let touched = blocks.start / each..blocks.end.div_ceil(each);
    touched.map(range).filter(|range| range.start < range.end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Kind;

    #[test]
    fn shares_are_even_and_cover_every_draw_once() {
        for (kind, draws) in [(Kind::Independent, 100_001), (Kind::LatinHypercube, 70_000), (Kind::Sobol, 5)]
        {
            let plan = Plan::new(kind, 1, draws, 8, 1);
            for count in [1, 2, 5, 24, 25, 1000] {
                let shards: Vec<Shard> =
                    (1..=count).map(|number| Shard::new(number, count).unwrap()).collect();
                let sizes = shards.iter().map(|shard| shard.blocks(&plan)).map(|span| span.end - span.start);
                let (least, most) = (sizes.clone().min().unwrap(), sizes.max().unwrap());
                assert!(most - least <= 1);
                let all = shards.iter().flat_map(|shard| ranges(&plan, shard.blocks(&plan)));
                assert_eq!(joined(all.collect()), plan.whole());
            }
        }
    }

    /// Ranges with those joined that continue each other.
    fn joined(ranges: Vec<Range>) -> Vec<Range> {
        let mut joined: Vec<Range> = Vec::new();
        for range in ranges {
            match joined
                .last_mut()
                .filter(|last| last.replicate == range.replicate && last.end == range.start)
            {
                Some(last) => last.end = range.end,
                None => joined.push(range),
            }
        }
        joined
    }

    #[test]
    fn the_largest_run_has_shares() {
        let plan = Plan::new(Kind::Sobol, 1, 1 << 40, 8, 1);
        let last = Shard::new(Shard::MOST, Shard::MOST).unwrap();
        assert_eq!(last.blocks(&plan).end, blocks(&plan));
        assert_eq!((Shard::new(0, 5), Shard::new(6, 5), Shard::new(1, 10_001)), (None, None, None));
    }
}
