//! Runs of indices between multiples of a length.

/// Cuts `out`, whose first element has index `start`, at the indices that are multiples of `length`, and calls
/// `fill` with each part and the index of its first element. A closure is not compiled for the caller's instruction set, so
/// that `fill` has to call a kernel.
pub(super) fn for_aligned_runs(
    start: u64,
    out: &mut [f64],
    length: u64,
    mut fill: impl FnMut(u64, &mut [f64]),
) {
    let (mut next, mut rest) = (start, out);
    while !rest.is_empty() {
        let count = (length - next % length).min(rest.len() as u64);
        let (run, later) = rest.split_at_mut(count as usize);
        fill(next, run);
        (next, rest) = (next.wrapping_add(count), later);
    }
}
