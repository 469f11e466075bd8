//! Which layer each node stands in.

/// The layer of each node, 0 first: every edge goes to a later layer, and the nodes that are `last`, to which nothing may lead back,
/// stand in the last. All else is as close to what it leads to as that allows; with `most` given, so many of them stand in a layer
/// at most. `topological` names every node once, each after those that lead to it.
///
/// A node's distance from the end is the longest path to it; where a node has more edges in than out it moves back to where they
/// come from, which shortens edges (Gansner, Koutsofios, North & Vo 1993, "A technique for drawing directed graphs", IEEE Trans.
/// Softw. Eng. 19, minimise their whole length). Layers of bounded width are those of Coffman & Graham 1972, "Optimal scheduling
/// for two-processor systems", Acta Inform. 1.
pub fn layers(
    topological: &[usize],
    edges: &[(usize, usize)],
    last: &[bool],
    most: Option<usize>,
) -> Vec<usize> {
    let (mut parents, mut children) = (vec![Vec::new(); last.len()], vec![Vec::new(); last.len()]);
    for (from, to) in edges {
        children[*from].push(*to);
        parents[*to].push(*from);
    }
    let after =
        |back: &[usize], node: usize| children[node].iter().map(|to| back[*to] + 1).max().unwrap_or(0);
    let mut back = vec![0; last.len()];
    for node in topological.iter().rev() {
        back[*node] = after(&back, *node);
    }
    let is_loose = |node: &&usize| parents[**node].len() > children[**node].len() && !last[**node];
    for node in topological.iter().filter(is_loose) {
        let latest = parents[*node].iter().map(|from| back[*from]).min().unwrap_or(0);
        back[*node] = back[*node].max(latest.saturating_sub(1));
    }
    if let Some(most) = most {
        narrow(topological, last, most, &mut back, after);
    }
    let deepest = back.iter().copied().max().unwrap_or(0);
    back.into_iter().map(|one| deepest - one).collect()
}

/// Moves nodes back until no layer holds more than `most` of them, those that are `last` apart.
fn narrow(
    topological: &[usize],
    last: &[bool],
    most: usize,
    back: &mut [usize],
    after: impl Fn(&[usize], usize) -> usize,
) {
    let mut order: Vec<usize> = topological.iter().rev().copied().filter(|node| !last[*node]).collect();
    order.sort_by_key(|node| back[*node]);
    let mut held = vec![0; 2 * last.len() + 1];
    for node in order {
        let from = after(back, node).max(back[node]);
        back[node] = (from..held.len()).find(|at| held[*at] < most.max(1)).unwrap_or(from);
        held[back[node]] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_last_is_last_and_all_edges_go_forward() {
        // 0 → 1 → 2 → 4, 0 → 4, 3 → 4, and 5, to which nothing leads on.
        let edges = [(0, 1), (1, 2), (2, 4), (0, 4), (3, 4), (2, 5)];
        let last = [false, false, false, false, true, false];
        let found = layers(&[0, 3, 1, 2, 5, 4], &edges, &last, None);
        assert_eq!(found, [0, 1, 2, 2, 3, 3]);
        assert!(edges.iter().all(|(from, to)| found[*from] < found[*to]));
        // What leads to nothing stands next to where it comes from.
        let edges = [(0, 1), (1, 2), (2, 3), (0, 4)];
        assert_eq!(
            layers(&[0, 1, 2, 3, 4], &edges, &[false, false, false, true, false], None),
            [0, 1, 2, 3, 1]
        );
    }

    #[test]
    fn layers_hold_no_more_than_they_may() {
        let edges: Vec<(usize, usize)> = (0..20).map(|from| (from, 20)).collect();
        let mut last = vec![false; 20];
        last.push(true);
        let order: Vec<usize> = (0..21).collect();
        let held = |found: &[usize], layer: usize| found.iter().filter(|one| **one == layer).count();
        let wide = layers(&order, &edges, &last, None);
        assert_eq!((held(&wide, 0), held(&wide, 1)), (20, 1));
        let narrow = layers(&order, &edges, &last, Some(6));
        assert_eq!((0..5).map(|layer| held(&narrow, layer)).collect::<Vec<_>>(), [2, 6, 6, 6, 1]);
    }
}
