use super::node::Frame;
use super::*;
use crate::chart::Wording;
use crate::chart::{Mark, theme};

/// A network of so many things: each but the first few has one to three causes among those before it; the last three are outcomes.
fn network(count: usize) -> Influence {
    let mut state = 7u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    let (mut nodes, mut arrows) = (Vec::new(), Vec::new());
    for at in 0..count {
        let kind = match at {
            _ if at + 3 >= count => InfluenceKind::Outcome(at + 3 - count),
            _ if at < count / 5 => InfluenceKind::Factor,
            _ => [InfluenceKind::Event, InfluenceKind::Derived, InfluenceKind::States][draw(3)],
        };
        nodes.push(InfluenceNode { label: format!("Thing number {at}"), value: format!("{at} %"), kind });
        let open = at.min(count - 3);
        if at >= count / 5 {
            let mut causes: Vec<usize> = (0..1 + draw(3)).map(|_| open - 1 - draw(open.min(9))).collect();
            causes.sort_unstable();
            causes.dedup();
            for from in causes {
                let sign = [InfluenceSign::Raises, InfluenceSign::Lowers, InfluenceSign::Untold][draw(3)];
                arrows.push(InfluenceArrow { from, to: at, strength: draw(100) as f64 / 150.0, sign });
            }
        }
    }
    Influence {
        wording: Wording { title: "t".into(), ..Wording::default() },
        nodes,
        arrows,
        links: Vec::new(),
    }
}

/// The sides of every box, across and along: (left, right, begin, end).
fn boxes(figure: &Influence, plan: &Plan) -> Vec<[f64; 4]> {
    let side = |node| {
        let Frame { left, top, right, bottom } = plan.frame(node, &|(across, along)| (across, along));
        [left, right, top, bottom]
    };
    (0..figure.nodes.len()).map(side).collect()
}

/// Two boxes that meet, if any do.
fn meeting(boxes: &[[f64; 4]]) -> Option<(usize, usize)> {
    let meet = |a: &[f64; 4], b: &[f64; 4]| a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3];
    let pairs = (0..boxes.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    pairs.into_iter().find(|(a, b)| meet(&boxes[*a], &boxes[*b]))
}

/// A line that runs through a box, if any does.
fn pierced(routes: &[Vec<(f64, f64)>], boxes: &[[f64; 4]]) -> bool {
    let inside = |(x, y): &(f64, f64), b: &[f64; 4]| {
        *x > b[0] + 0.1 && *x < b[1] - 0.1 && *y > b[2] + 0.1 && *y < b[3] - 0.1
    };
    let between = |two: &[(f64, f64)]| {
        let [a, b] = [two[0], two[1]];
        (0..=20).map(|at| f64::from(at) / 20.0).map(move |t| (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)))
    };
    routes
        .iter()
        .flat_map(|route| route.windows(2).flat_map(between))
        .any(|point| boxes.iter().any(|one| inside(&point, one)))
}

#[test]
fn no_box_meets_another_and_no_line_runs_through_one() {
    for count in [5, 12, 40, 60] {
        let figure = network(count);
        let mut plan = Plan::of(&figure).unwrap();
        let sides = boxes(&figure, &plan);
        assert_eq!(meeting(&sides), None, "{count}");
        assert!(!pierced(&plan.routes(), &sides), "{count}");
        // A box put where another stands is seen, by both.
        plan.places.swap(0, count - 1);
        plan.places[count - 1] = plan.places[count - 2];
        let moved = boxes(&figure, &plan);
        assert!(meeting(&moved).is_some() && pierced(&plan.routes(), &[[-1e4, 1e4, -1e4, 1e4]]), "{count}");
    }
}

#[test]
fn every_arrow_goes_forward() {
    for count in [12, 40] {
        let figure = network(count);
        let routes = Plan::of(&figure).unwrap().routes();
        assert_eq!(routes.len(), figure.arrows.len());
        for route in routes {
            assert!(
                route.windows(2).all(|two| two[0].1 <= two[1].1) && route[0].1 < route[route.len() - 1].1
            );
        }
    }
}

#[test]
fn the_same_network_gives_the_same_picture() {
    assert_eq!(network(40).layout().unwrap(), network(40).layout().unwrap());
    let mut other = network(40);
    other.arrows.swap_remove(0);
    assert_ne!(network(40).layout().unwrap(), other.layout().unwrap());
}

#[test]
fn nothing_lies_off_the_canvas_whatever_labels_say() {
    let hostile = ["<script>alert(1)</script>", "\u{202e}gnorw", "🜁🜂 \u{7}\u{0}", &"W".repeat(300), ""];
    let mut figure = network(40);
    for (node, label) in figure.nodes.iter_mut().zip(hostile.iter().cycle()) {
        node.label = label.to_string();
        node.value = label.to_string();
    }
    figure.links.push(InfluenceArrow { from: 0, to: 1, strength: 0.3, sign: InfluenceSign::Lowers });
    let picture = figure.layout().unwrap();
    for mark in &picture.marks {
        let (left, top, right, bottom) = mark.bounds();
        assert!(left >= 0.0 && top >= 0.0 && right <= picture.width && bottom <= picture.height, "{mark:?}");
    }
}

#[test]
fn lines_are_as_thick_as_they_are_strong() {
    let mut figure = network(5);
    figure.arrows.truncate(1);
    let width = |strength: f64| {
        let mut figure = figure.clone();
        figure.arrows[0] = InfluenceArrow { strength, sign: InfluenceSign::Raises, ..figure.arrows[0] };
        let widths = figure.layout().unwrap().marks.into_iter().filter_map(|mark| match mark {
            Mark::Polyline { width, colour, .. } if colour == theme::RAISES => Some(width),
            _ => None,
        });
        widths.collect::<Vec<f64>>()[0]
    };
    // Beyond what is always there, four times the strength is twice the width.
    assert!((width(0.64) - width(0.0) - 2.0 * (width(0.16) - width(0.0))).abs() < 1e-9);
    figure.arrows.clear();
    assert!(figure.layout().is_err());
}
