//! In which order vertices stand in each layer.

use super::chains::Chains;

/// As many times as the layers are gone through, forward and back.
const SWEEPS: usize = 24;

/// The vertices of each layer in an order with few crossings: layer by layer, each vertex goes to the mean or the median of those
/// that it is joined with in the layer before (Sugiyama, Tagawa & Toda 1981; Eades & Wormald 1994, "Edge crossings in drawings of
/// bipartite graphs", Algorithmica 11), and neighbours change places where that takes crossings away (Gansner et al. 1993). The best
/// order that is met is kept.
pub fn order(chains: &Chains) -> Vec<Vec<usize>> {
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    for is_reversed in [false, true] {
        let mut layers = first(chains, is_reversed);
        for sweep in 0..=SWEEPS {
            if sweep > 0 {
                sweep_over(chains, &mut layers, sweep);
            }
            exchange(chains, &mut layers);
            let count = crossings(chains, &layers);
            if best.as_ref().is_none_or(|(least, _)| count < *least) {
                best = Some((count, layers.clone()));
            }
            if count == 0 {
                break;
            }
        }
    }
    best.map(|(_, layers)| layers).unwrap_or_default()
}

/// How many pairs of edges cross between layers.
pub fn crossings(chains: &Chains, layers: &[Vec<usize>]) -> usize {
    let place = places(chains, layers);
    let between = |layer: &Vec<usize>| {
        let mut ends: Vec<usize> = Vec::new();
        let mut count = 0;
        for vertex in layer {
            let own: Vec<usize> = chains.next[*vertex].iter().map(|to| place[*to]).collect();
            count += own.iter().map(|own| ends.iter().filter(|end| *end > own).count()).sum::<usize>();
            ends.extend(own);
        }
        count
    };
    layers.iter().map(between).sum()
}

/// The order in which a walk along the edges meets vertices first.
fn first(chains: &Chains, is_reversed: bool) -> Vec<Vec<usize>> {
    let mut layers = chains.by_layer();
    let starts: Vec<usize> = match is_reversed {
        false => layers.iter().flatten().copied().collect(),
        true => layers.iter().rev().flat_map(|layer| layer.iter().rev()).copied().collect(),
    };
    let (mut met, mut count) = (vec![usize::MAX; chains.layer.len()], 0);
    for start in starts {
        let mut open = vec![start];
        while let Some(vertex) = open.pop() {
            if met[vertex] != usize::MAX {
                continue;
            }
            (met[vertex], count) = (count, count + 1);
            open.extend(chains.before[vertex].iter().chain(&chains.next[vertex]).rev());
        }
    }
    layers.iter_mut().for_each(|layer| layer.sort_by_key(|vertex| met[*vertex]));
    layers
}

/// The position of each vertex in its layer.
fn places(chains: &Chains, layers: &[Vec<usize>]) -> Vec<usize> {
    let mut places = vec![0; chains.layer.len()];
    for layer in layers {
        layer.iter().enumerate().for_each(|(at, vertex)| places[*vertex] = at);
    }
    places
}

/// Puts each layer in the order of what its vertices are joined with in the one before; every other time from the end.
fn sweep_over(chains: &Chains, layers: &mut [Vec<usize>], sweep: usize) {
    let is_back = sweep.is_multiple_of(2);
    let joined = if is_back { &chains.next } else { &chains.before };
    let is_median = sweep % 4 >= 2;
    let all: Vec<usize> =
        if is_back { (0..layers.len()).rev().collect() } else { (0..layers.len()).collect() };
    for at in all {
        let place = places(chains, layers);
        let key = |vertex: &usize| {
            let mut ends: Vec<usize> = joined[*vertex].iter().map(|one| place[*one]).collect();
            ends.sort_unstable();
            middle(&ends, is_median).unwrap_or(place[*vertex] as f64)
        };
        let mut keyed: Vec<(f64, usize)> = layers[at].iter().map(|vertex| (key(vertex), *vertex)).collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        layers[at] = keyed.into_iter().map(|(_, vertex)| vertex).collect();
    }
}

/// The mean or the median of places in their order.
fn middle(ends: &[usize], is_median: bool) -> Option<f64> {
    let count = ends.len();
    match is_median {
        _ if count == 0 => None,
        true => Some((ends[(count - 1) / 2] + ends[count / 2]) as f64 / 2.0),
        false => Some(ends.iter().sum::<usize>() as f64 / count as f64),
    }
}

/// Lets neighbours change places as long as that takes crossings away.
fn exchange(chains: &Chains, layers: &mut [Vec<usize>]) {
    let mut place = places(chains, layers);
    let mut is_better = true;
    while is_better {
        is_better = false;
        for layer in layers.iter_mut() {
            for at in 1..layer.len() {
                let [a, b] = [layer[at - 1], layer[at]];
                if crossed(chains, &place, [a, b]) > crossed(chains, &place, [b, a]) {
                    layer.swap(at - 1, at);
                    (place[a], place[b]) = (at, at - 1);
                    is_better = true;
                }
            }
        }
    }
}

/// How many edges of two neighbours cross, if the first stands before the second.
fn crossed(chains: &Chains, place: &[usize], [a, b]: [usize; 2]) -> usize {
    let of = |joined: &[Vec<usize>]| -> usize {
        joined[a].iter().map(|one| joined[b].iter().filter(|two| place[**two] < place[*one]).count()).sum()
    };
    of(&chains.before) + of(&chains.next)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Crossings of the first order and of the best.
    fn counts(layer: &[usize], edges: &[(usize, usize)]) -> (usize, usize) {
        let chains = Chains::new(layer, edges);
        (crossings(&chains, &chains.by_layer()), crossings(&chains, &order(&chains)))
    }

    #[test]
    fn what_can_be_drawn_without_crossings_is() {
        // A tree whose leaves stand in the order of chance, a ladder with its rungs turned, and a long edge around a chain.
        let tree: Vec<(usize, usize)> = vec![(0, 1), (0, 2), (1, 5), (2, 4), (1, 3), (2, 6)];
        assert_eq!(counts(&[0, 1, 1, 2, 2, 2, 2], &tree), (1, 0));
        let ladder = [(0, 3), (1, 2), (2, 5), (3, 4)];
        assert_eq!(counts(&[0, 0, 1, 1, 2, 2], &ladder), (2, 0));
        assert_eq!(counts(&[0, 1, 2, 3], &[(0, 1), (1, 2), (2, 3), (0, 3), (0, 2)]).1, 0);
    }

    #[test]
    fn what_must_cross_is_counted() {
        // Each of two with each of two crosses once; three with three, nine times: n (n − 1) / 2 squared.
        let all = |n: usize| -> Vec<(usize, usize)> {
            (0..n).flat_map(|from| (n..2 * n).map(move |to| (from, to))).collect()
        };
        assert_eq!(counts(&[0, 0, 1, 1], &all(2)).1, 1);
        assert_eq!(counts(&[0, 0, 0, 1, 1, 1], &all(3)).1, 9);
    }

    #[test]
    fn edges_that_meet_at_a_vertex_do_not_cross() {
        assert_eq!(counts(&[0, 1, 1], &[(0, 1), (0, 2)]), (0, 0));
        assert_eq!(counts(&[0, 0, 1, 1], &[(0, 3), (1, 2)]), (1, 0));
    }
}
