//! Where the draw of a number stands in a design.

use crate::simulation::Plan;

/// Where the draw of a number stands, from 1: first come the first draws of all replicates, then the second ones, and so on, so that a
/// longer run begins with the draws of a shorter one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) struct Place {
    /// The replicate, from 0.
    pub(in crate::analysis) replicate: u32,
    /// The draw's index in the replicate, from 0.
    pub(in crate::analysis) index: u64,
}

impl Place {
    /// Of a draw, by its number from 1.
    pub(in crate::analysis) fn of(draw: u64, plan: &Plan) -> Place {
        let (at, replicates) = (draw.saturating_sub(1), u64::from(plan.replicates));
        Place { replicate: (at % replicates) as u32, index: at / replicates }
    }

    /// The number of the draw.
    pub(super) fn draw(self, plan: &Plan) -> u64 {
        self.index * u64::from(plan.replicates) + u64::from(self.replicate) + 1
    }
}
