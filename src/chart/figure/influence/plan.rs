//! Where everything stands: which way the network runs, how large its boxes are, and the ways of its arrows.

use super::arrow::{self, Line};
use super::network::{Influence, InfluenceArrow, InfluenceKind};
use super::node::{self, Frame};
use crate::chart::graph::across::{Sizes, across};
use crate::chart::graph::chains::Chains;
use crate::chart::graph::layers::layers;
use crate::chart::graph::order::order;
use crate::chart::graph::route::{Bands, Place, routes};
use crate::chart::page::Page;
use crate::chart::{ChartError, Point, theme};

/// Room from side to side.
const WIDTH: f64 = theme::WIDTH - 2.0 * theme::MARGIN;

/// As many layers fit side by side, with labels that can be read.
const COLUMNS: usize = 5;

/// The narrowest box and the widest, and the least gap between layers side by side.
const NARROW: f64 = 88.0;
const WIDE: f64 = 180.0;
const GAP: f64 = 48.0;

/// The height of a box, how far boxes stand apart, and how far from what passes by.
const HEIGHT: f64 = 50.0;
const APART: f64 = 12.0;
const BEND: f64 = 9.0;

/// The gap between layers below each other, and how far an arrow goes straight on before its end.
const STOREY: f64 = 68.0;
const STUB: f64 = 20.0;

/// How far arrows stand apart at the box they reach, if there is room.
const PORT: f64 = 13.0;

/// Room for what goes together in the first layer, beside it.
const BULGE: f64 = 26.0;

/// A network laid out.
pub(super) struct Plan {
    /// Whether layers stand side by side.
    is_level: bool,
    chains: Chains,
    /// The middle of each vertex across its layer.
    pub(super) places: Vec<f64>,
    /// The size of each node across its layer.
    sizes: Vec<f64>,
    bands: Bands,
    /// The lines that are routed through the layers: all arrows, then links between layers.
    routed: Vec<InfluenceArrow>,
    /// Links within a layer.
    arcs: Vec<InfluenceArrow>,
}

impl Plan {
    /// Side by side if the layers are few, else below each other, with as many nodes in each as fit.
    pub(super) fn of(figure: &Influence) -> Result<Plan, ChartError> {
        let layer = figure.layers(None);
        if layer.iter().max().is_none_or(|deepest| *deepest < COLUMNS) {
            return Ok(Plan::level(figure, &layer));
        }
        // Boxes are as wide as their arrows need, if there is room.
        let narrow = |(most, port)| Plan::upright(figure, &figure.layers(Some(most)), port);
        let ways = [PORT, 0.0].into_iter().flat_map(|port| (2..=7).rev().map(move |most| (most, port)));
        ways.into_iter().find_map(narrow).ok_or(ChartError::TooMany("arrows side by side"))
    }

    fn level(figure: &Influence, layer: &[usize]) -> Plan {
        let (routed, arcs) = figure.lines(layer);
        let chains = Chains::new(layer, &ends(&routed));
        let layers = order(&chains);
        let nodes = busy(figure, &routed).map(|ends| HEIGHT.max(PORT * ends + 4.0)).collect();
        let sizes = Sizes { nodes, gap: APART, bends: BEND };
        let height = layers.iter().map(|layer| sizes.width(&chains, layer)).fold(0.0, f64::max);
        let places = across(&chains, &layers, &sizes, height);
        let start = if arcs.iter().any(|one| layer[one.from] == 0) { BULGE } else { 0.0 };
        let count = layers.len() as f64;
        let box_width =
            ((WIDTH - start - GAP * (count - 1.0)) / count).clamp(NARROW, WIDE).min(WIDTH / count);
        let step = if count > 1.0 { (WIDTH - start - box_width) / (count - 1.0) } else { 0.0 };
        let ends = (0..layers.len()).map(|at| start + step * at as f64).map(|from| (from, from + box_width));
        let bands = Bands { ends: ends.collect(), stub: STUB };
        Plan { is_level: true, chains, places, sizes: sizes.nodes, bands, routed, arcs }
    }

    /// None if a layer is too wide.
    fn upright(figure: &Influence, layer: &[usize], port: f64) -> Option<Plan> {
        let (routed, arcs) = figure.lines(layer);
        let chains = Chains::new(layer, &ends(&routed));
        let layers = order(&chains);
        let sizes = |width: f64| Sizes {
            nodes: busy(figure, &routed).map(|ends| width.max(port * ends + 4.0)).collect(),
            gap: APART,
            bends: BEND,
        };
        let fits = |width: f64| layers.iter().all(|layer| sizes(width).width(&chains, layer) <= WIDTH);
        let widths = (0..=8).map(|step| 132.0 - step as f64 * (132.0 - NARROW) / 8.0);
        let sizes = sizes(widths.into_iter().find(|width| fits(*width))?);
        let places = across(&chains, &layers, &sizes, WIDTH);
        let start = if arcs.iter().any(|one| layer[one.from] == 0) { BULGE } else { 0.0 };
        let ends = (0..layers.len()).map(|at| start + (HEIGHT + STOREY) * at as f64);
        let bands = Bands { ends: ends.map(|from| (from, from + HEIGHT)).collect(), stub: STUB };
        Some(Plan { is_level: false, chains, places, sizes: sizes.nodes, bands, routed, arcs })
    }

    /// Sets all marks below the page's fill line.
    pub(super) fn set(&self, figure: &Influence, page: &mut Page) {
        let top = page.below;
        let at = |(across, along): Place| match self.is_level {
            true => (theme::MARGIN + along, top + across),
            false => (theme::MARGIN + across, top + along),
        };
        let routes = self.routes();
        let arrows = figure.arrows.len();
        let routed = self.routed.iter().zip(routes).enumerate().map(|(edge, (arrow, route))| Line {
            points: route.into_iter().map(at).collect(),
            strength: arrow.strength,
            sign: arrow.sign,
            has_head: edge < arrows,
        });
        let arcs = self.arcs.iter().map(|arc| Line {
            points: self.arc(arc).into_iter().map(at).collect(),
            strength: arc.strength,
            sign: arc.sign,
            has_head: false,
        });
        let lines: Vec<Line> = routed.chain(arcs).collect();
        page.marks.extend(arrow::drawn(&lines));
        for (node, one) in figure.nodes.iter().enumerate() {
            page.marks.extend(node::drawn(one, &self.frame(node, &at)));
        }
        let last =
            |vertex: usize| self.places[vertex] + self.sizes.get(vertex).map_or(0.0, |size| size / 2.0);
        let bottom = match self.is_level {
            true => (0..self.places.len()).map(last).fold(0.0, f64::max),
            false => self.bands.ends.last().map_or(0.0, |band| band.1),
        };
        page.below = top + bottom + 8.0;
    }

    /// The ways of all arrows, then those of links between layers.
    pub(super) fn routes(&self) -> Vec<Vec<Place>> {
        routes(&self.chains, &self.places, &self.sizes, &self.bands)
    }

    /// The box of a node.
    pub(super) fn frame(&self, node: usize, at: &impl Fn(Place) -> Point) -> Frame {
        let (from, to) = self.bands.ends[self.chains.layer[node]];
        let half = self.sizes[node] / 2.0;
        let (left, top) = at((self.places[node] - half, from));
        let (right, bottom) = at((self.places[node] + half, to));
        Frame { left, top, right, bottom }
    }

    /// A curve beside a layer, from one of its nodes to another.
    fn arc(&self, arc: &InfluenceArrow) -> Vec<Place> {
        let (begin, _) = self.bands.ends[self.chains.layer[arc.from]];
        let [from, to] = [arc.from, arc.to].map(|node| self.places[node]);
        let point = |step: usize| {
            let t = step as f64 / 16.0;
            (from + (to - from) * t, begin - 4.0 * t * (1.0 - t) * (BULGE - 4.0))
        };
        (0..=16).map(point).collect()
    }
}

impl Influence {
    fn layers(&self, most: Option<usize>) -> Vec<usize> {
        let order: Vec<usize> = (0..self.nodes.len()).collect();
        let is_outcome =
            |node: &super::network::InfluenceNode| matches!(node.kind, InfluenceKind::Outcome(_));
        let outcomes = self.nodes.iter().filter(|node| is_outcome(node)).count();
        let is_one_layer = most.is_none_or(|most| outcomes <= most);
        let last: Vec<bool> = self.nodes.iter().map(|node| is_one_layer && is_outcome(node)).collect();
        layers(&order, &ends(&self.arrows), &last, most)
    }

    /// What is routed through the layers, and what goes together within one.
    fn lines(&self, layer: &[usize]) -> (Vec<InfluenceArrow>, Vec<InfluenceArrow>) {
        let (arcs, between): (Vec<_>, Vec<_>) =
            self.links.iter().copied().partition(|one| layer[one.from] == layer[one.to]);
        let forward = |one: InfluenceArrow| match layer[one.from] < layer[one.to] {
            true => one,
            false => InfluenceArrow { from: one.to, to: one.from, ..one },
        };
        (self.arrows.iter().copied().chain(between.into_iter().map(forward)).collect(), arcs)
    }
}

/// How many lines begin or end at each node, whichever is more.
fn busy<'a>(figure: &'a Influence, routed: &'a [InfluenceArrow]) -> impl Iterator<Item = f64> + 'a {
    (0..figure.nodes.len()).map(|node| {
        let count = |end: fn(&InfluenceArrow) -> usize| routed.iter().filter(|one| end(one) == node).count();
        count(|one| one.to).max(count(|one| one.from)) as f64
    })
}

fn ends(lines: &[InfluenceArrow]) -> Vec<(usize, usize)> {
    lines.iter().map(|one| (one.from, one.to)).collect()
}
