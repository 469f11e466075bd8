//! What a network says, in one sentence.

use std::collections::BTreeMap;

use crate::analysis::influence::{InfluenceFinding, Link, Node, NodeKind, Sign};
use crate::report::wrapping::plain;

/// What carries most of what enters the outcomes, or how it is shared; of a file without outcomes its strongest link. Shares of
/// several outcomes count by how open each is.
pub(super) fn lead(found: &InfluenceFinding) -> String {
    if !found.nodes.iter().any(|node| node.kind == NodeKind::Outcome) {
        return strongest(found);
    }
    let pulls = pulls(found);
    let name = |at: usize| plain(&found.nodes[at].short);
    let whole: f64 = pulls.iter().map(|pull| pull.size).sum();
    match &pulls[..] {
        [] => "Nothing can be told to lead to any outcome".into(),
        [only] => format!("{} alone is told to lead to the outcomes", name(only.node)),
        [first, ..] if first.size > 0.5 * whole => {
            format!("{} carries most of what leads to the outcomes", name(first.node))
        }
        [first, second, ..] if first.size - second.size <= first.error.max(second.error) => {
            format!("{} and {} weigh alike on the outcomes", name(first.node), name(second.node))
        }
        [first, second, ..] => {
            format!("{} weighs most on the outcomes, before {}", name(first.node), name(second.node))
        }
    }
}

fn strongest(found: &InfluenceFinding) -> String {
    let told = found.links.iter().filter(|link| link.sign != Sign::Untold);
    match told.max_by(|a, b| a.share.value.total_cmp(&b.share.value)) {
        None => "Nothing can be told to lead to anything".into(),
        Some(link) => {
            let [from, to] = [link.start, link.end].map(|at| plain(&found.nodes[at].short));
            format!("The strongest link goes from {from} to {to}")
        }
    }
}

/// How much one thing bears on the outcomes that it enters.
struct Pull {
    node: usize,
    size: f64,
    error: f64,
}

/// All that is told to bear on outcomes, strongest first.
fn pulls(found: &InfluenceFinding) -> Vec<Pull> {
    let mut all: BTreeMap<usize, Pull> = BTreeMap::new();
    let is_open = |node: &Node| node.kind == NodeKind::Outcome;
    let told = |link: &&Link| is_open(&found.nodes[link.end]) && link.sign != Sign::Untold;
    for link in found.links.iter().filter(told) {
        let p = found.nodes[link.end].value.value;
        let variance = p * (1.0 - p);
        let pull = all.entry(link.start).or_insert(Pull { node: link.start, size: 0.0, error: 0.0 });
        pull.size += variance * link.share.value;
        pull.error += variance * link.share.half_width();
    }
    let mut all: Vec<Pull> = all.into_values().collect();
    all.sort_by(|a, b| b.size.total_cmp(&a.size));
    all
}
