//! Layers with a place for every edge: where one crosses a layer without ending in it, a bend stands in for a node.

/// Nodes and bends in layers, with a chain of them for each edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chains {
    /// How many of the vertices are nodes; all from there on are bends.
    pub nodes: usize,
    /// The layer of each vertex.
    pub layer: Vec<usize>,
    /// The vertices that each edge goes through, one a layer, from its first node to its last.
    pub of_edge: Vec<Vec<usize>>,
    /// The vertices that each leads to in the next layer.
    pub next: Vec<Vec<usize>>,
    /// The vertices of the layer before that lead to each.
    pub before: Vec<Vec<usize>>,
}

impl Chains {
    /// Those of edges that go forward.
    pub fn new(layer: &[usize], edges: &[(usize, usize)]) -> Chains {
        let nodes = layer.len();
        let mut layer = layer.to_vec();
        let chain = |(from, to): &(usize, usize)| {
            let mut chain = vec![*from];
            for at in layer[*from] + 1..layer[*to] {
                chain.push(layer.len());
                layer.push(at);
            }
            chain.push(*to);
            chain
        };
        let of_edge: Vec<Vec<usize>> = edges.iter().map(chain).collect();
        let (mut next, mut before) = (vec![Vec::new(); layer.len()], vec![Vec::new(); layer.len()]);
        for pair in of_edge.iter().flat_map(|chain| chain.windows(2)) {
            next[pair[0]].push(pair[1]);
            before[pair[1]].push(pair[0]);
        }
        Chains { nodes, layer, of_edge, next, before }
    }

    /// Whether a vertex stands in for a node.
    pub fn is_bend(&self, vertex: usize) -> bool {
        vertex >= self.nodes
    }

    /// The vertices of each layer, in the order of their numbers.
    pub fn by_layer(&self) -> Vec<Vec<usize>> {
        let mut layers = vec![Vec::new(); self.layer.iter().max().map_or(0, |deepest| deepest + 1)];
        self.layer.iter().enumerate().for_each(|(vertex, layer)| layers[*layer].push(vertex));
        layers
    }
}
