//! The outlines of strokes and circles, as polygons of one direction.

use crate::chart::mark::Point;

/// A mitre reaches at most so many times half the width; beyond that the corner is cut.
const MITRE: f64 = 3.0;
/// Sides of a circle; at a radius of 20 pixels they leave it by a fortieth of a pixel.
const SIDES: usize = 64;

/// The outline of a stroke: a polygon for each piece, another for the outside of each corner. All turn the same way.
pub(super) fn stroke(points: &[Point], width: f64) -> Vec<Vec<Point>> {
    let r = width / 2.0;
    let pieces: Vec<(Point, Point, Point)> = points
        .windows(2)
        .filter(|pair| pair[0] != pair[1])
        .map(|pair| {
            let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let length = (dx * dx + dy * dy).sqrt();
            (pair[0], pair[1], (dx / length, dy / length))
        })
        .collect();
    let body = |(from, to, d): &(Point, Point, Point)| {
        let n = (-d.1 * r, d.0 * r);
        vec![plus(*from, n), plus(*to, n), plus(*to, (-n.0, -n.1)), plus(*from, (-n.0, -n.1))]
    };
    let corners = pieces.windows(2).map(|pair| corner(pair[0].1, pair[0].2, pair[1].2, r));
    pieces.iter().map(body).chain(corners).map(one_way).collect()
}

/// The wedge outside a corner between two directions.
fn corner(at: Point, before: Point, after: Point, r: f64) -> Vec<Point> {
    let turn = before.0 * after.1 - before.1 * after.0;
    let along = before.0 * after.0 + before.1 * after.1;
    let side = if turn > 0.0 { -r } else { r };
    let outer = |d: Point| (-d.1 * side, d.0 * side);
    let (a, b) = (outer(before), outer(after));
    let mut wedge = vec![at, plus(at, a)];
    // The tip stands where the two outer edges meet, at r / cos(half the turn) from the corner.
    let reach = 1.0 + along;
    if reach > 2.0 / (MITRE * MITRE) {
        wedge.push(plus(at, ((a.0 + b.0) / reach, (a.1 + b.1) / reach)));
    }
    wedge.push(plus(at, b));
    wedge
}

/// A circle.
pub(super) fn circle(centre: Point, radius: f64) -> Vec<Point> {
    let at = |k: usize| {
        let angle = std::f64::consts::TAU * k as f64 / SIDES as f64;
        plus(centre, (radius * libm::cos(angle), radius * libm::sin(angle)))
    };
    (0..SIDES).map(at).collect()
}

fn plus(a: Point, b: Point) -> Point {
    (a.0 + b.0, a.1 + b.1)
}

/// The polygon with its corners in the order that makes its area positive.
fn one_way(mut corners: Vec<Point>) -> Vec<Point> {
    let next = corners.iter().cycle().skip(1);
    let area: f64 = corners.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    if area < 0.0 {
        corners.reverse();
    }
    corners
}
