//! What formulas tell of the values of nodes before any draw: their bounds, and whether they jump or are steep.

use super::graph::{Graph, Node, NodeId};
use super::route::Routes;
use crate::distribution::Distribution;
use crate::expression::{Binary, Unary};
use crate::model::Shape;

/// What is known of the values of a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reach {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether it can change by a step as the uniforms move a little.
    pub(super) jumps: bool,
    /// Whether it may change by all but a step: it is a level given normals that may all but decide it.
    pub(super) steep: bool,
}

impl Reach {
    const PROBABILITY: Reach = Reach { low: 0.0, high: 1.0, jumps: false, steep: false };

    fn anywhere(jumps: bool) -> Reach {
        Reach { low: f64::NEG_INFINITY, high: f64::INFINITY, jumps, steep: false }
    }

    /// From the least to the greatest of some values; anywhere if one of them is no number.
    fn hull(values: &[f64], jumps: bool) -> Reach {
        if values.iter().any(|value| value.is_nan()) {
            return Reach::anywhere(jumps);
        }
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Reach { low, high, jumps, steep: false }
    }

    pub(super) fn is_bounded(&self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }
}

/// Of each node, operands first.
pub(super) fn reaches(graph: &Graph, routes: &Routes) -> Vec<Reach> {
    let mut found: Vec<Reach> = Vec::with_capacity(graph.nodes.len());
    for node in &graph.nodes {
        let jumps = node.operands().iter().any(|id| found[id.0].jumps);
        let of = |id: &NodeId| found[id.0];
        let own = match node {
            Node::Constant(bits) => Reach::hull(&[f64::from_bits(*bits)], false),
            Node::Input(_) => Reach::PROBABILITY,
            Node::Quantile { shape, parameters, .. } => {
                let parameters: Vec<(f64, f64)> =
                    parameters.iter().map(of).map(|one| (one.low, one.high)).collect();
                drawn(routes.shape(*shape), &parameters, jumps)
            }
            Node::Unary(operation, a) => unary(*operation, of(a), jumps),
            Node::Binary(operation, a, b) => binary(*operation, of(a), of(b), jumps),
            Node::Compare(..) => Reach { jumps: true, ..Reach::PROBABILITY },
            Node::Select(_, a, b) => {
                // A draw that is void counts nowhere.
                let open = [a, b].into_iter().filter(|id| !is_void(&graph.nodes[id.0])).map(of);
                let ends: Vec<f64> = open.flat_map(|one| [one.low, one.high]).collect();
                if ends.is_empty() { Reach::anywhere(jumps) } else { Reach::hull(&ends, jumps) }
            }
            Node::Within(_, low, high) => Reach::hull(&[f64::from_bits(*low), f64::from_bits(*high)], jumps),
            Node::Softmax(_) | Node::Share(..) => Reach { jumps, ..Reach::PROBABILITY },
        };
        let is_level = matches!(node, Node::Unary(Unary::NormalLevel, _));
        let steep = is_level || node.operands().iter().any(|id| found[id.0].steep);
        found.push(Reach { steep, ..own });
    }
    found
}

fn is_void(node: &Node) -> bool {
    matches!(node, Node::Constant(bits) if f64::from_bits(*bits).is_nan())
}

fn unary(operation: Unary, a: Reach, jumps: bool) -> Reach {
    let ends = [operation.apply(a.low), operation.apply(a.high)];
    match operation {
        Unary::Floor | Unary::Ceil | Unary::Round => Reach::hull(&ends, true),
        Unary::Abs if a.low < 0.0 && a.high > 0.0 => Reach::hull(&[ends[0], ends[1], 0.0], jumps),
        _ => Reach::hull(&ends, jumps),
    }
}

fn binary(operation: Binary, a: Reach, b: Reach, jumps: bool) -> Reach {
    // A quotient or a power has no bounds where there is a pole inside.
    let is_safe = match operation {
        Binary::Divide => b.low > 0.0 || b.high < 0.0,
        Binary::Power => a.low > 0.0,
        _ => true,
    };
    match operation {
        _ if !is_safe => Reach::anywhere(jumps),
        Binary::StudentLevel => Reach { jumps, ..Reach::PROBABILITY },
        // Of truths and probabilities.
        Binary::And | Binary::Or => {
            let ends = [operation.apply(a.low, b.low), operation.apply(a.high, b.high)];
            Reach::hull(&ends.map(|end| end.clamp(0.0, 1.0)), jumps)
        }
        _ => {
            let corner = |x: f64, y: f64| operation.apply(x, y);
            let corners =
                [corner(a.low, b.low), corner(a.low, b.high), corner(a.high, b.low), corner(a.high, b.high)];
            Reach::hull(&corners, jumps)
        }
    }
}

/// The draws of a shape whose parameters lie within intervals.
fn drawn(shape: &Shape, parameters: &[(f64, f64)], jumps: bool) -> Reach {
    let jumps = jumps || shape.has_atoms() || has_gaps(shape);
    match shape {
        Shape::Fixed(law) => {
            let (low, high) = law.support();
            Reach::hull(&[low, high], jumps)
        }
        Shape::Family(family, signature, _) if *signature == 0 => {
            let (low, high) = family.support(parameters);
            Reach::hull(&[low, high], jumps)
        }
        // The bounds are the last two parameters.
        Shape::Truncated(..) => match parameters {
            [.., (low, _), (_, high)] => Reach::hull(&[*low, *high], jumps),
            _ => Reach::anywhere(jumps),
        },
        _ => Reach::anywhere(jumps),
    }
}

/// Whether the quantile function may jump, from one part of a mixture to another.
fn has_gaps(shape: &Shape) -> bool {
    match shape {
        Shape::Fixed(law) => has_parts(law),
        Shape::Scaled(inner, ..) | Shape::Truncated(inner, ..) => has_gaps(inner),
        Shape::Mixture(_) => true,
        Shape::Family(..) => false,
    }
}

fn has_parts(law: &Distribution) -> bool {
    match law {
        Distribution::Mixture(_) => true,
        Distribution::Scaled(scaled) => has_parts(scaled.inner()),
        Distribution::Truncated(truncated) => has_parts(truncated.inner()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least and the greatest |x| of intervals left of 0, right of it, around it and up to it; 1/|x| is bounded away from 0 only.
    #[test]
    fn what_is_away_from_zero_has_a_bounded_inverse() {
        let one = Reach::hull(&[1.0], false);
        for (low, high, least, most) in
            [(-3.0, -2.0, 2.0, 3.0), (2.0, 5.0, 2.0, 5.0), (-3.0, 2.0, 0.0, 3.0), (-3.0, 0.0, 0.0, 3.0)]
        {
            let size = unary(Unary::Abs, Reach::hull(&[low, high], false), false);
            assert_eq!((size.low, size.high), (least, most), "{low} {high}");
            let inverse = binary(Binary::Divide, one, size, false);
            assert_eq!(inverse.is_bounded(), least > 0.0, "{inverse:?}");
            if least > 0.0 {
                assert_eq!((inverse.low, inverse.high), (1.0 / most, 1.0 / least));
            }
        }
    }

    #[test]
    fn a_quotient_has_bounds_where_there_is_no_pole() {
        let over = |low: f64, high: f64| {
            let found =
                binary(Binary::Divide, Reach::hull(&[1.0], false), Reach::hull(&[low, high], false), false);
            (found.low, found.high)
        };
        assert_eq!((over(2.0, 4.0), over(-4.0, -2.0)), ((0.25, 0.5), (-0.5, -0.25)));
        assert_eq!(over(-1.0, 1.0), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn what_has_atoms_or_gaps_jumps() {
        use crate::distribution::Family;
        let jumps = |family: Family, parameters: &[f64]| {
            drawn(&Shape::Fixed(family.build(parameters).unwrap()), &[], false).jumps
        };
        assert!(jumps(Family::Poisson, &[3.0]) && jumps(Family::Bernoulli, &[0.5]));
        assert!(!jumps(Family::Normal, &[0.0, 1.0]) && !jumps(Family::Beta, &[2.0, 3.0]));
    }
}
