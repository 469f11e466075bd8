//! What leads to what, as a picture.

use std::collections::BTreeMap;

use super::sentences::lead;
use super::telling::telling;
use crate::analysis::correlations::Reached;
use crate::analysis::influence::{InfluenceFinding, Link, Node, NodeKind, Sign};
use crate::chart::theme;
use crate::chart::{Influence, InfluenceArrow, InfluenceKind, InfluenceNode, InfluenceSign, Wording};
use crate::report::finding::telling::most_telling;
use crate::report::finding::wording::wording;
use crate::report::number::{estimate, quantity, with_unit};
use crate::report::prose::named;
use crate::report::wrapping::plain;
use crate::session::Facts;
use crate::statistics::Estimate;

/// As many things as are shown at most, and as many as are shown even if nothing can be told of them.
const NODES: usize = 60;
const FEW: usize = 24;
/// As many outcomes as are shown.
const OUTCOMES: usize = 8;

/// The network of a model; nothing if nothing leads to anything.
pub fn figure(found: &InfluenceFinding, facts: &Facts) -> Option<Influence> {
    let shown = telling(found, FEW, NODES);
    let outcomes = outcomes(found);
    let is_kept =
        |at: &usize| shown[*at] && (found.nodes[*at].kind != NodeKind::Outcome || outcomes.contains_key(at));
    let kept: Vec<usize> = (0..found.nodes.len()).filter(is_kept).collect();
    let place = |at: usize| kept.iter().position(|one| *one == at);
    let arrow = |link: &Link| {
        let (from, to) = (place(link.start)?, place(link.end)?);
        Some(InfluenceArrow { from, to, strength: strength(link.share.value), sign: sign(link.sign) })
    };
    let arrows: Vec<InfluenceArrow> = found.links.iter().filter_map(arrow).collect();
    let named = |name: &String| found.nodes.iter().position(|node| node.id == *name).and_then(place);
    let link = |one: &Reached| {
        let [from, to] = [named(&one.between[0])?, named(&one.between[1])?];
        let value = one.reached.value;
        let sign = if value < 0.0 { InfluenceSign::Lowers } else { InfluenceSign::Raises };
        Some(InfluenceArrow { from, to, strength: strength(value * value), sign })
    };
    let figure = Influence {
        wording: words(found, kept.len(), facts),
        nodes: kept
            .iter()
            .map(|at| node(&found.nodes[*at], outcomes.get(at).copied().unwrap_or(0)))
            .collect(),
        arrows,
        links: found.correlations.iter().filter_map(link).collect(),
    };
    (!figure.arrows.is_empty()).then_some(figure)
}

/// The outcomes that are shown, by position, of many the most telling; with the hue of each.
fn outcomes(found: &InfluenceFinding) -> BTreeMap<usize, usize> {
    let all: Vec<usize> =
        (0..found.nodes.len()).filter(|at| found.nodes[*at].kind == NodeKind::Outcome).collect();
    let value = |at: usize| found.nodes[all[at]].value.value;
    let sizes: Vec<f64> = (0..all.len()).map(|at| value(at) * (1.0 - value(at))).collect();
    let leader = (0..all.len()).rev().max_by(|a, b| value(*a).total_cmp(&value(*b)));
    let kept = most_telling(&sizes, OUTCOMES);
    let leader = leader.and_then(|leader| kept.iter().position(|at| *at == leader));
    kept.iter().map(|at| all[*at]).zip(theme::turns(kept.len(), leader)).collect()
}

fn words(found: &InfluenceFinding, shown: usize, facts: &Facts) -> Wording {
    let part = match found.nodes.len() {
        count if count > shown => format!("; the {shown} most telling of {count} things"),
        _ => String::new(),
    };
    let what = "What enters what. The thicker a line, the more of the variance at its end is settled by knowing its start";
    wording(facts, lead(found), &format!("{what}{part}"))
}

fn node(node: &Node, outcome: usize) -> InfluenceNode {
    let (kind, is_number) = match node.kind {
        // What is always the same is known.
        NodeKind::Factor if node.value.exact => (InfluenceKind::Derived, true),
        NodeKind::Factor => (InfluenceKind::Factor, true),
        NodeKind::Derived => (InfluenceKind::Derived, true),
        NodeKind::States => (InfluenceKind::States, false),
        NodeKind::Event => (InfluenceKind::Event, false),
        NodeKind::Theories => (InfluenceKind::Theory, false),
        NodeKind::Outcome => (InfluenceKind::Outcome(outcome), false),
    };
    let value = match (&node.state, is_number) {
        _ if !node.value.value.is_finite() => String::new(),
        (_, true) if is_lost(&node.value) => with_unit("0", node.unit.as_deref()),
        (_, true) => with_unit(&quantity(&node.value), node.unit.as_deref()),
        (None, false) => estimate(&node.value, 0),
        (Some(state), false) => format!("{} {}", estimate(&node.value, 0), plain(state)),
    };
    InfluenceNode { label: named(&node.short), value, kind }
}

/// Whether a number is no farther from 0 than its error.
fn is_lost(value: &Estimate) -> bool {
    !value.exact && value.value.abs() <= value.half_width()
}

fn strength(share: f64) -> f64 {
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

fn sign(sign: Sign) -> InfluenceSign {
    match sign {
        Sign::Raises => InfluenceSign::Raises,
        Sign::Lowers => InfluenceSign::Lowers,
        Sign::Mixed => InfluenceSign::Mixed,
        Sign::Untold => InfluenceSign::Untold,
    }
}
