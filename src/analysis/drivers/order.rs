//! Values in their order, by sorting.

/// For each value of several columns its place in the order of all: equal ones share the mean of their places.
pub(super) fn midranks(columns: &[&[f64]]) -> Vec<Vec<f64>> {
    let mut pairs: Vec<(i64, usize, usize)> = Vec::with_capacity(columns.iter().map(|one| one.len()).sum());
    for (column, values) in columns.iter().enumerate() {
        // Both zeros are one value.
        pairs.extend(values.iter().enumerate().map(|(at, value)| (ordinal(value + 0.0), column, at)));
    }
    pairs.sort_unstable();
    let mut ranks: Vec<Vec<f64>> = columns.iter().map(|one| vec![0.0; one.len()]).collect();
    let mut start = 0;
    for tie in pairs.chunk_by(|a, b| a.0 == b.0) {
        let shared = start as f64 + 0.5 * (tie.len() - 1) as f64;
        tie.iter().for_each(|(_, column, at)| ranks[*column][*at] = shared);
        start += tie.len();
    }
    ranks
}

/// A whole number that grows as the value does, in the order of [`f64::total_cmp`].
pub(super) fn ordinal(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_go_over_all_columns_and_ties_share_theirs() {
        let found = midranks(&[&[2.0, -1.0], &[0.0, -0.0, 2.0, 2.0]]);
        assert_eq!(found, [vec![4.0, 0.0], vec![1.5, 1.5, 4.0, 4.0]]);
    }

    #[test]
    fn ordinals_are_in_the_order_of_the_values() {
        let values = [f64::NEG_INFINITY, -1e300, -1.0, -5e-324, 0.0, 5e-324, 1.0, 1.5, f64::INFINITY];
        assert!(values.windows(2).all(|pair| ordinal(pair[0]) < ordinal(pair[1])));
    }
}
