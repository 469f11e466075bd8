//! Labels moved apart along a line, each as near to its place as can be.

/// Centres for things that want to stand at ascending `places` and take up `sizes`, so that none meets another and all lie
/// within `bounds` if these have the room; the squares of how far they are moved add to the least (isotonic regression by
/// pooling adjacent violators, Ayer et al. 1955).
pub(super) fn apart(places: &[f64], sizes: &[f64], bounds: (f64, f64)) -> Vec<f64> {
    let mut offsets = Vec::with_capacity(places.len());
    for (at, size) in sizes.iter().enumerate() {
        let before = if at == 0 { 0.0 } else { offsets[at - 1] + (sizes[at - 1] + size) / 2.0 };
        offsets.push(before);
    }
    // Without the room that each takes, places need only ascend.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (place, offset) in places.iter().zip(&offsets) {
        let mut pool = (place - offset, 1);
        while let Some((mean, count)) = pools.last().copied().filter(|(mean, _)| *mean > pool.0) {
            pools.pop();
            let whole = count + pool.1;
            pool = ((mean * count as f64 + pool.0 * pool.1 as f64) / whole as f64, whole);
        }
        pools.push(pool);
    }
    let (Some(first), Some(last), Some(end)) = (sizes.first(), sizes.last(), offsets.last()) else {
        return Vec::new();
    };
    let (low, high) = (bounds.0 + first / 2.0, bounds.1 - end - last / 2.0);
    let pooled = pools.iter().flat_map(|(mean, count)| std::iter::repeat_n(*mean, *count));
    pooled.zip(&offsets).map(|(place, offset)| place.min(high).max(low) + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_room_stays_and_what_meets_parts_evenly() {
        let bounds = (0.0, 100.0);
        assert_eq!(apart(&[20.0, 50.0, 80.0], &[10.0; 3], bounds), [20.0, 50.0, 80.0]);
        assert_eq!(apart(&[50.0, 50.0], &[10.0, 20.0], bounds), [42.5, 57.5]);
        assert_eq!(apart(&[0.0, 0.0, 100.0], &[10.0; 3], bounds), [5.0, 15.0, 95.0]);
        assert!(apart(&[], &[], bounds).is_empty());
    }

    #[test]
    fn none_meets_another_and_none_leaves_the_bounds() {
        for places in [[3.0, 4.0, 5.0, 90.0], [0.0; 4], [100.0; 4], [10.0, 48.0, 52.0, 56.0]] {
            let sizes = [12.0, 20.0, 8.0, 16.0];
            let found = apart(&places, &sizes, (0.0, 100.0));
            assert!(found[0] >= 6.0 && found[3] <= 92.0, "{found:?}");
            for at in 1..4 {
                assert!(found[at] - found[at - 1] >= (sizes[at] + sizes[at - 1]) / 2.0 - 1e-9, "{found:?}");
            }
        }
    }
}
