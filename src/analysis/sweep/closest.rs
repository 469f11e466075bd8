//! Where the lead is smallest.

use super::spot::{Seen, Spot};
use crate::statistics::Estimate;

/// The place at which the first answer leads the second by least, with both and by how much.
pub(super) fn closest(found: &[(Spot, Seen)]) -> Option<(&Spot, [usize; 2], Estimate)> {
    let all = found.iter().filter_map(|(spot, seen)| {
        let first = seen.lead(None)?;
        let second = seen.second(first)?;
        Some((spot, [first, second], seen.margin(first, second)))
    });
    all.reduce(|best, one| if one.2.value < best.2.value { one } else { best })
}
