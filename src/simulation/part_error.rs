//! Why bytes are no part, or not one that can be taken in.

use std::ops::Range as Span;

use super::codec::Unreadable;
use super::consistency::Fault;
use super::plan::Plan;
use super::shard::Shard;

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
    /// Draws before them are missing.
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
            PartError::Gap(missing) => return write!(f, "draws before it are missing: {missing}"),
        })
    }
}

impl std::error::Error for PartError {}

/// Blocks of a run that no part has, and the shards that have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The blocks, counted through all replicates.
    pub blocks: Span<u64>,
    /// The shards that hold some of them, in the order of blocks.
    pub shards: Vec<Shard>,
}

impl Missing {
    /// Blocks that some shards, as many as `shard` is one of, would fill.
    pub fn of(blocks: Span<u64>, plan: &Plan, shard: Shard) -> Missing {
        let all = (1..=shard.count()).filter_map(|number| Shard::new(number, shard.count()));
        let fills = |one: &Shard| {
            let own = one.blocks(plan);
            own.start.max(blocks.start) < own.end.min(blocks.end)
        };
        Missing { shards: all.filter(fills).collect(), blocks }
    }
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let names: Vec<String> = self.shards.iter().map(Shard::to_string).collect();
        write!(f, "shard {}", names.join(", "))
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
