//! Which of many answers a page or a picture shows.

use crate::report::number::counted;

/// The positions of the `count` largest sizes, in their own order; of equal ones the first.
pub fn most_telling(sizes: &[f64], count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|a, b| sizes[*b].total_cmp(&sizes[*a]));
    order.truncate(count);
    order.sort_unstable();
    order
}

/// How many more there are, and how to see them; `None` if there are none.
pub fn left(more: usize, noun: &str) -> Option<String> {
    (more > 0).then(|| format!("And {} (-v shows all).", counted(more as u64, &format!("more {noun}"))))
}

/// "24 of 130 outcomes shown"; `None` if all are.
#[cfg(feature = "charts")]
pub fn shown(kept: usize, all: usize, what: &str) -> Option<String> {
    (kept < all).then(|| format!("{kept} of {all} {what} shown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_stay_in_their_order() {
        assert_eq!(most_telling(&[0.1, 0.4, 0.2, 0.4, 0.3], 3), [1, 3, 4]);
        assert_eq!(most_telling(&[0.2, 0.2, 0.2], 2), [0, 1]);
        assert_eq!(most_telling(&[0.2], 24), [0]);
    }

    #[cfg(feature = "charts")]
    #[test]
    fn what_is_left_out_is_said() {
        assert_eq!(shown(24, 130, "outcomes").as_deref(), Some("24 of 130 outcomes shown"));
        assert_eq!(shown(3, 3, "outcomes"), None);
    }
}
