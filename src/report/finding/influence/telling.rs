//! Which things of a large network are shown.

use crate::analysis::influence::{InfluenceFinding, Link, NodeKind, Sign};

/// Whether each node is among the `most` that tell most of the outcomes: by the strongest way to one, which is the product of the
/// roots of its links' shares. What is shown so leads to an outcome by what is shown too. In a file without outcomes, what leads to
/// nothing stands for them. Where there are more than `few`, what no told link leads from or to is left out too.
pub(super) fn telling(found: &InfluenceFinding, few: usize, most: usize) -> Vec<bool> {
    let count = found.nodes.len();
    let has_outcomes = found.nodes.iter().any(|node| node.kind == NodeKind::Outcome);
    let mut ways: Vec<f64> = (0..count)
        .map(|at| match has_outcomes {
            true => found.nodes[at].kind == NodeKind::Outcome,
            false => found.links.iter().all(|link| link.start != at),
        })
        .map(|is_end| if is_end { 1.0 } else { -1.0 })
        .collect();
    // Nodes stand after all that leads to them.
    let mut links: Vec<_> = found.links.iter().collect();
    links.sort_by_key(|link| std::cmp::Reverse(link.end));
    for link in links {
        if ways[link.end] < 0.0 {
            continue;
        }
        let share = if link.sign == Sign::Untold { 0.0 } else { link.share.value.max(0.0) };
        ways[link.start] = ways[link.start].max(share.sqrt() * ways[link.end]);
    }
    let mut order: Vec<usize> = (0..count).collect();
    // What is no stronger than what it leads to comes after it.
    order.sort_by(|a, b| ways[*b].total_cmp(&ways[*a]).then(b.cmp(a)));
    let mut shown = vec![false; count];
    let is_told = |at: &usize| {
        let told = |link: &Link| (link.start == *at || link.end == *at) && link.sign != Sign::Untold;
        count <= few || found.nodes[*at].kind == NodeKind::Outcome || found.links.iter().any(told)
    };
    order.into_iter().filter(is_told).take(most).for_each(|at| shown[at] = true);
    shown
}
