//! Sums over the states of variables whose tables are numbers: any joint distribution from one pass over a junction tree (Lauritzen &
//! Spiegelhalter 1988; Shafer & Shenoy 1990).

mod buckets;
mod given;
mod order;
mod propagation;
mod room;
mod table;
#[cfg(test)]
mod tests;
mod tree;

use crate::limits::Limits;
pub(crate) use buckets::{Buckets, Part, Take, Way, most, product};
use given::Given;
use propagation::Propagation;
pub(crate) use room::Refusal;
pub(crate) use table::{Table, place, times_power};

/// Variables whose tables are numbers, with what was learned of them.
pub(crate) struct Junction {
    all: Propagation,
    given: Given,
}

impl Junction {
    /// A tree for all of some tables, which takes the values of all its clusters from the room that there is for them.
    pub(crate) fn within(
        room: &mut f64,
        counts: Vec<usize>,
        tables: Vec<Table>,
        limits: &Limits,
    ) -> Result<Junction, Refusal> {
        let all = Propagation::within(room, counts, tables, limits)?;
        Ok(Junction { all, given: Given::default() })
    }

    /// The joint distribution of some variables with all that was learned: by their states, in their order.
    pub(crate) fn joint(&mut self, targets: &[usize], limits: &Limits) -> Result<Table, Refusal> {
        let open = self.all.open(targets);
        if self.all.is_far(&open)
            && let Some(found) = self.given.by_state(&self.all, &open, limits)?
        {
            return Ok(self.all.spread_out(found, targets));
        }
        self.all.joint(targets, limits)
    }
}
