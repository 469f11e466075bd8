//! Where in its layer each vertex stands.

use super::chains::Chains;

/// How much vertices take up across their layer, and how far they stand apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Sizes {
    /// The size of each node.
    pub nodes: Vec<f64>,
    /// The gap between nodes.
    pub gap: f64,
    /// The gap between bends, and that between a bend and a node.
    pub bends: f64,
}

/// As many times as the layers are gone through.
const SWEEPS: usize = 60;

/// The place across its layer of the middle of each vertex: in the layers' order and apart from each other, between 0 and `width`,
/// unless a layer is wider than that. Ends of edges are close together: the sum of the squares of their distances is made small,
/// in which what is between bends counts eightfold and between a bend and a node twice, so that long edges are straight (Gansner et
/// al. 1993). Layer after layer is put where that sum is least, which is an isotonic regression (Barlow, Bartholomew, Bremner &
/// Brunk 1972).
pub fn across(chains: &Chains, layers: &[Vec<usize>], sizes: &Sizes, width: f64) -> Vec<f64> {
    let mut places = vec![0.0; chains.layer.len()];
    let offsets: Vec<Vec<f64>> = layers.iter().map(|layer| sizes.offsets(chains, layer)).collect();
    for (layer, offsets) in layers.iter().zip(&offsets) {
        let used = offsets.last().copied().unwrap_or(0.0) + sizes.ends(chains, layer).iter().sum::<f64>();
        let start = (width - used) / 2.0 + sizes.ends(chains, layer)[0];
        layer.iter().zip(offsets).for_each(|(vertex, offset)| places[*vertex] = start + offset);
    }
    for sweep in 0..SWEEPS {
        for step in 0..layers.len() {
            let at = if sweep % 2 == 0 { step } else { layers.len() - 1 - step };
            let (layer, offsets) = (&layers[at], &offsets[at]);
            let wanted: Vec<(f64, f64)> =
                layer.iter().map(|vertex| wanted(chains, &places, *vertex)).collect();
            let [before, after] = sizes.ends(chains, layer);
            let free = width - after - offsets.last().copied().unwrap_or(0.0);
            for ((vertex, offset), place) in layer.iter().zip(offsets).zip(isotonic(&wanted, offsets)) {
                places[*vertex] = place.min(free).max(before) + offset;
            }
        }
    }
    places
}

impl Sizes {
    fn of(&self, chains: &Chains, vertex: usize) -> f64 {
        if chains.is_bend(vertex) { 0.0 } else { self.nodes[vertex] }
    }

    /// Half of the first vertex and half of the last.
    fn ends(&self, chains: &Chains, layer: &[usize]) -> [f64; 2] {
        [layer.first(), layer.last()].map(|one| one.map_or(0.0, |one| self.of(chains, *one) / 2.0))
    }

    /// How far the middle of each vertex of a layer is from that of the first, at least.
    fn offsets(&self, chains: &Chains, layer: &[usize]) -> Vec<f64> {
        let mut sum = 0.0;
        let step = |pair: &[usize]| {
            let has_bend = pair.iter().any(|one| chains.is_bend(*one));
            let gap = if has_bend { self.bends } else { self.gap };
            sum += (self.of(chains, pair[0]) + self.of(chains, pair[1])) / 2.0 + gap;
            sum
        };
        let rest: Vec<f64> = layer.windows(2).map(step).collect();
        layer.first().map(|_| 0.0).into_iter().chain(rest).collect()
    }

    /// How wide a layer is at least.
    pub fn width(&self, chains: &Chains, layer: &[usize]) -> f64 {
        self.offsets(chains, layer).last().copied().unwrap_or(0.0)
            + self.ends(chains, layer).iter().sum::<f64>()
    }
}

/// The mean place of what a vertex is joined with, and how much that counts; where it stands if it is joined with nothing.
fn wanted(chains: &Chains, places: &[f64], vertex: usize) -> (f64, f64) {
    let joined = chains.before[vertex].iter().chain(&chains.next[vertex]);
    let (mut sum, mut total) = (0.0, 0.0);
    for other in joined {
        let weight = match (chains.is_bend(vertex), chains.is_bend(*other)) {
            (true, true) => 8.0,
            (false, false) => 1.0,
            _ => 2.0,
        };
        (sum, total) = (sum + weight * places[*other], total + weight);
    }
    if total > 0.0 { (sum / total, total) } else { (places[vertex], 1e-3) }
}

/// The places, less their offsets, that rise and are closest to those that are wanted, by squares with weights: neighbours that
/// would fall are pooled.
fn isotonic(wanted: &[(f64, f64)], offsets: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for ((place, weight), offset) in wanted.iter().zip(offsets) {
        let mut pool = (place - offset, *weight, 1);
        while let Some(last) = pools.pop_if(|last| last.0 >= pool.0) {
            let weight = last.1 + pool.1;
            pool = ((last.0 * last.1 + pool.0 * pool.1) / weight, weight, last.2 + pool.2);
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(place, _, count)| std::iter::repeat_n(place, count)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::order::order;
    use super::*;

    #[test]
    fn pooled_places_are_the_closest_that_rise() {
        assert_eq!(isotonic(&[(0.0, 1.0), (10.0, 1.0)], &[0.0, 4.0]), [0.0, 6.0]);
        // Both want the place 5 and stand 4 apart, the second counting three times as much: at 2 and 6.
        assert_eq!(isotonic(&[(5.0, 1.0), (5.0, 3.0)], &[0.0, 4.0]), [2.0, 2.0]);
    }

    #[test]
    fn a_chain_is_straight_and_a_long_edge_too() {
        let chains = Chains::new(&[0, 1, 2, 3], &[(0, 1), (1, 2), (2, 3), (0, 3)]);
        let layers = order(&chains);
        let sizes = Sizes { nodes: vec![100.0; 4], gap: 10.0, bends: 8.0 };
        let places = across(&chains, &layers, &sizes, 600.0);
        assert!((places[4] - places[5]).abs() < 1e-6 && (places[1] - places[2]).abs() < 1e-6, "{places:?}");
        for layer in &layers {
            assert!(layer.windows(2).all(|two| places[two[1]] - places[two[0]] >= 58.0 - 1e-9));
        }
    }
}
