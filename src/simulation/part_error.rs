//! Why bytes are no part, or not one that can be taken in.

use std::collections::BTreeSet;
use std::ops::Range as Span;

use super::codec::Unreadable;
use super::consistency::Fault;
use super::plan::Plan;
use super::shard::{Shard, blocks};
use super::shards::Shards;

/// Why bytes are no part, or not one that can be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartError {
    /// They are something else.
    Foreign,
    /// They were changed or cut short.
    Damaged,
    /// They have a form that this version does not know.
    Form,
    /// Another build made them: the names of that one and of this one.
    Build(String, &'static str),
    /// They are of another run.
    Run,
    /// Their content does not fit the model.
    Misfit,
    /// Their content can't have come from draws, with what is wrong about it.
    Inconsistent(&'static str),
    /// Their draws are there already.
    Overlap,
    /// Draws are missing beside them.
    Gap(Missing),
}

impl std::fmt::Display for PartError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(match self {
            PartError::Foreign => "it is no part of a run",
            PartError::Damaged => "it is damaged or cut short",
            PartError::Form => "another version of foretell wrote it",
            PartError::Build(theirs, own) => {
                let short = |name: &str| name.chars().take(12).collect::<String>();
                return write!(f, "another build made it, {}, and this is {}", short(theirs), short(own));
            }
            PartError::Run => "it is of another run",
            PartError::Misfit => "its content does not fit the scenario",
            PartError::Inconsistent(what) => {
                return write!(f, "its content can't have come from draws: {what}");
            }
            PartError::Overlap => "its draws are there already",
            PartError::Gap(missing) => return missing.fmt(f),
        })
    }
}

impl std::error::Error for PartError {}

/// What no part of a run has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The blocks, counted through all replicates.
    pub blocks: Vec<Span<u64>>,
    /// Shares that hold them, and nothing besides wherever a number of shares allows that.
    pub shards: Shards,
}

impl Missing {
    /// What `held` lacks of a run; `None` if that is nothing. It is told in as many shares as those that are there are cut into, or in
    /// `counts`.
    pub fn beside(held: &[Shard], counts: impl Iterator<Item = u64>, plan: &Plan) -> Option<Missing> {
        let there = Shards::of(held.to_vec()).map(|all| all.blocks(plan)).unwrap_or_default();
        let ends = there.iter().map(|span| span.end);
        let starts = there.iter().map(|span| span.start).chain([blocks(plan)]);
        let gaps = std::iter::once(0).chain(ends).zip(starts).map(|(from, to)| from..to);
        let gaps: Vec<Span<u64>> = gaps.filter(|gap| !gap.is_empty()).collect();
        let counts: BTreeSet<u64> = held.iter().map(Shard::count).chain(counts).collect();
        let fills: Vec<Shards> = counts.iter().filter_map(|count| filling(&gaps, *count, plan)).collect();
        let exact = fills.iter().find(|one| one.blocks(plan) == gaps).or(fills.last());
        exact.cloned().map(|shards| Missing { blocks: gaps, shards })
    }
}

/// The shares of `count` that have something of the gaps.
fn filling(gaps: &[Span<u64>], count: u64, plan: &Plan) -> Option<Shards> {
    let all = (1..=count).filter_map(|number| Shard::new(number, count));
    let fills = |one: &Shard| {
        let own = one.blocks(plan);
        let next = gaps.partition_point(|gap| gap.end <= own.start);
        !own.is_empty() && gaps.get(next).is_some_and(|gap| gap.start < own.end)
    };
    Shards::of(all.filter(fills).collect())
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "shards {} are missing", self.shards)
    }
}

impl std::error::Error for Missing {}

impl From<Unreadable> for PartError {
    fn from(_: Unreadable) -> PartError {
        PartError::Misfit
    }
}

impl From<Fault> for PartError {
    fn from(fault: Fault) -> PartError {
        PartError::Inconsistent(fault)
    }
}
