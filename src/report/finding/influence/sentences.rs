//! What a network says, in one sentence.

use std::collections::BTreeMap;

use crate::analysis::influence::{InfluenceFinding, Link, Node, NodeKind, Sign};
use crate::report::prose::{self, capitalised, quoted};

/// What carries most of what enters the outcomes, or how it is shared; of a file without outcomes its strongest link. Shares of
/// several outcomes count by how open each is.
pub(super) fn lead(found: &InfluenceFinding) -> String {
    if !found.nodes.iter().any(|node| node.kind == NodeKind::Outcome) {
        return strongest(found);
    }
    let pulls = pulls(found);
    let name = |at: usize| named(&found.nodes[at]);
    let whole: f64 = pulls.iter().map(|pull| pull.size).sum();
    capitalised(&match &pulls[..] {
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
    })
}

/// What a thing is called in a sentence: what happens is a sentence itself, and stands in quotes.
fn named(node: &Node) -> String {
    match node.kind {
        NodeKind::Event | NodeKind::Outcome => quoted(&node.short),
        NodeKind::Theories => "which theory is right".into(),
        _ => prose::named(&node.short),
    }
}

fn strongest(found: &InfluenceFinding) -> String {
    let told = found.links.iter().filter(|link| link.sign != Sign::Untold);
    match told.max_by(|a, b| a.share.value.total_cmp(&b.share.value)) {
        None => "Nothing can be told to lead to anything".into(),
        Some(link) => {
            let [from, to] = [link.start, link.end].map(|at| named(&found.nodes[at]));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::estimated::{Figure, Share};
    use crate::statistics::Estimate;

    /// Some factors and an outcome of probability ½, with the share, its error and the sign of each.
    fn found(shares: &[(f64, f64, Sign)]) -> InfluenceFinding {
        let node = |id: String, kind| Node {
            label: id.clone(),
            short: id.clone(),
            id,
            kind,
            unit: None,
            value: Figure(Estimate::exact(0.5)),
            state: None,
        };
        let mut nodes: Vec<Node> =
            (0..shares.len()).map(|at| node(format!("x{at}"), NodeKind::Factor)).collect();
        nodes.push(node("won".into(), NodeKind::Outcome));
        let link = |(at, (share, error, sign)): (usize, &(f64, f64, Sign))| Link {
            from: format!("x{at}"),
            to: "won".into(),
            share: Share(Estimate::from_error(*share, *error)),
            sign: *sign,
            start: at,
            end: shares.len(),
        };
        InfluenceFinding {
            nodes,
            links: shares.iter().enumerate().map(link).collect(),
            correlations: Vec::new(),
        }
    }

    #[test]
    fn the_sentence_says_how_the_outcomes_are_decided() {
        let said = |shares: &[(f64, f64, Sign)]| lead(&found(shares));
        use Sign::{Lowers, Raises, Untold};
        assert_eq!(said(&[]), "Nothing can be told to lead to any outcome");
        assert_eq!(said(&[(0.1, 0.1, Untold)]), "Nothing can be told to lead to any outcome");
        assert_eq!(
            said(&[(0.1, 0.0, Raises), (0.1, 0.1, Untold)]),
            "X0 alone is told to lead to the outcomes"
        );
        assert_eq!(
            said(&[(0.2, 0.01, Raises), (0.1, 0.01, Lowers)]),
            "X0 carries most of what leads to the outcomes"
        );
        // Just a half of all is not most.
        let half = [(0.2, 0.01, Raises), (0.1, 0.01, Lowers), (0.1, 0.01, Raises)];
        assert_eq!(said(&half), "X0 weighs most on the outcomes, before x1");
        let level = [(0.2, 0.01, Raises), (0.1, 0.01, Lowers), (0.205, 0.01, Raises)];
        assert_eq!(said(&level), "X2 and x0 weigh alike on the outcomes");
    }
}
