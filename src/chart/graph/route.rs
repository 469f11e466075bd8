//! The way of each edge through the layers.

use super::chains::Chains;

/// A place: across the layers, and along them.
pub type Place = (f64, f64);

/// Where layers begin and end along the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    /// Begin and end of each.
    pub ends: Vec<(f64, f64)>,
    /// How far an edge goes straight on before it reaches a node, so that there is room for an arrowhead.
    pub stub: f64,
}

/// As many pieces as a curve between two layers has.
const PIECES: usize = 14;

/// How far ends of edges stand apart at a node, at most.
const APART: f64 = 15.0;

/// The points of each edge, from the end of its first node's layer to the beginning of its last node's. Within layers it goes
/// straight through its bends, between them along a cubic that leaves and arrives in the direction of the drawing: so it can't meet a
/// node. Ends at one node stand apart from each other, in the order of where they come from.
pub fn routes(chains: &Chains, places: &[f64], sizes: &[f64], bands: &Bands) -> Vec<Vec<Place>> {
    let (starts, ends) = (ports(chains, places, sizes, true), ports(chains, places, sizes, false));
    let route = |(edge, chain): (usize, &Vec<usize>)| {
        let mut points = vec![(starts[edge], bands.ends[chains.layer[chain[0]]].1)];
        for pair in chain.windows(2) {
            let (begin, end) = bands.ends[chains.layer[pair[1]]];
            if chains.is_bend(pair[1]) {
                curve(&mut points, (places[pair[1]], begin));
                points.push((places[pair[1]], end));
            } else {
                curve(&mut points, (ends[edge], begin - bands.stub));
                points.push((ends[edge], begin));
            }
        }
        points
    };
    chains.of_edge.iter().enumerate().map(route).collect()
}

/// Where each edge leaves its first node, or arrives at its last.
fn ports(chains: &Chains, places: &[f64], sizes: &[f64], is_start: bool) -> Vec<f64> {
    let mut at_node: Vec<Vec<(f64, usize)>> = vec![Vec::new(); chains.nodes];
    for (edge, chain) in chains.of_edge.iter().enumerate() {
        let [node, other] = match is_start {
            true => [chain[0], chain[1]],
            false => [chain[chain.len() - 1], chain[chain.len() - 2]],
        };
        at_node[node].push((places[other], edge));
    }
    let mut found = vec![0.0; chains.of_edge.len()];
    for (node, edges) in at_node.iter_mut().enumerate() {
        edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let step = APART.min((sizes[node] - 10.0).max(0.0) / (edges.len().max(2) - 1) as f64);
        let first = places[node] - step * (edges.len().max(1) - 1) as f64 / 2.0;
        edges.iter().enumerate().for_each(|(at, (_, edge))| found[*edge] = first + step * at as f64);
    }
    found
}

/// A cubic from the last of some points to another, along the drawing at both ends.
fn curve(points: &mut Vec<Place>, to: Place) {
    let Some(from) = points.last().copied() else { return };
    let middle = (from.1 + to.1) / 2.0;
    let piece = |at: usize| {
        let t = at as f64 / PIECES as f64;
        let s = 1.0 - t;
        let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
        let across = (weights[0] + weights[1]) * from.0 + (weights[2] + weights[3]) * to.0;
        (across, weights[0] * from.1 + (weights[1] + weights[2]) * middle + weights[3] * to.1)
    };
    match from.0 == to.0 {
        true => points.push(to),
        false => points.extend((1..=PIECES).map(piece)),
    }
}
