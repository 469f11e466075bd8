//! The answer.

use super::{answer, many, texts, tick};
use foretell::chart::*;

/// From a place to a probability.
fn probability_at(picture: &Picture) -> impl Fn(f64) -> f64 + use<> {
    let (zero, one) = (tick(picture, "0\u{a0}%"), tick(picture, "100\u{a0}%"));
    move |x| (x - zero) / (one - zero)
}

#[test]
fn rings_stand_at_their_probability() {
    let figure = answer();
    let picture = figure.layout().unwrap();
    let at = probability_at(&picture);
    for (row, hue) in figure.rows.iter().zip(theme::SERIES) {
        let is_ring = |mark: &&Mark| matches!(mark, Mark::Circle { fill, radius: 6.0, .. } if *fill == hue);
        let rings: Vec<&Mark> = picture.marks.iter().filter(is_ring).collect();
        let [Mark::Circle { centre, .. }] = rings[..] else { panic!("one ring") };
        assert!((at(centre.0) - row.probability).abs() < 1e-9);
    }
}

#[test]
fn lines_reach_over_two_thirds_and_nine_tenths() {
    let figure = answer();
    let picture = figure.layout().unwrap();
    let at = probability_at(&picture);
    for (row, hue) in figure.rows.iter().zip(theme::SERIES) {
        let spread = row.spread.as_ref().unwrap();
        for (thickness, ends) in [(2.0, (spread.p05, spread.p95)), (6.0, (spread.p17, spread.p83))] {
            let level = |mark: &&Mark| match mark {
                Mark::Line { from, to, width, colour } => {
                    let far = (at(from.0) - ends.0).abs() + (at(to.0) - ends.1).abs();
                    from.1 == to.1 && *width == thickness && *colour == hue && far < 1e-9
                }
                _ => false,
            };
            assert_eq!(picture.marks.iter().filter(level).count(), 1, "{thickness}");
        }
    }
}

#[test]
fn a_density_lies_where_its_draws_do_and_ends_at_the_axis() {
    let mut figure = answer();
    figure.rows.truncate(1);
    let place = |cells: Vec<f64>| {
        let mut figure = figure.clone();
        figure.rows[0].spread.as_mut().unwrap().cells = cells;
        let picture = figure.layout().unwrap();
        let at = probability_at(&picture);
        let areas = picture.marks.iter().filter_map(|mark| match mark {
            Mark::Polygon { points, fill } if *fill == theme::series(0).tint(0.76) => Some(points.clone()),
            _ => None,
        });
        let areas: Vec<_> = areas.collect();
        let [points] = &areas[..] else { panic!("one area") };
        let top = points.iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        (at(points[0].0), at(points[points.len() - 1].0), at(top.0))
    };
    let cell =
        |places: &[usize]| (0..400).map(|k| f64::from(u8::from(places.contains(&k)))).collect::<Vec<f64>>();
    let (from, to, top) = place(cell(&[199, 200]));
    assert!(from > 0.47 && to < 0.53 && (top - 0.5).abs() < 0.006, "{from} {to} {top}");
    // What lies at an end is highest there, and nothing lies beyond.
    let (from, to, top) = place(cell(&[0, 1]));
    assert!(from.abs() < 1e-9 && to < 0.03 && top.abs() < 0.006, "{from} {to} {top}");
}

#[test]
fn what_is_exact_is_a_ring_alone() {
    let picture = many(3).layout().unwrap();
    assert!(!picture.marks.iter().any(|mark| matches!(mark, Mark::Polygon { .. })));
    let words: Vec<&str> = texts(&picture).into_iter().map(|(_, words)| words).collect();
    assert!(words.contains(&"50") && !words.iter().any(|word| word.contains("of the draws")), "{words:?}");
}

#[test]
fn of_many_the_leader_alone_has_a_hue() {
    for (count, hues) in [(4, 4), (5, 1), (24, 1)] {
        let picture = many(count).layout().unwrap();
        let has = |hue: &theme::Colour| {
            picture.marks.iter().any(|mark| matches!(mark, Mark::Circle { fill, .. } if fill == hue))
        };
        assert_eq!(theme::SERIES[..4].iter().filter(|hue| has(hue)).count(), hues, "{count}");
    }
}

#[test]
fn the_axis_comes_nearer_where_all_is_small() {
    let mut figure = many(1);
    figure.rows[0].probability = 0.03;
    let picture = figure.layout().unwrap();
    let (zero, end) = (tick(&picture, "0\u{a0}%"), tick(&picture, "5\u{a0}%"));
    let ring = picture.marks.iter().find_map(|mark| match mark {
        Mark::Circle { centre, .. } => Some(centre.0),
        _ => None,
    });
    assert!((ring.unwrap() - (zero + 0.6 * (end - zero))).abs() < 1e-9);
}

#[test]
fn very_long_labels_end_after_four_lines() {
    let mut figure = answer();
    figure.rows[0].label = "words that go on ".repeat(20);
    let picture = figure.layout().unwrap();
    let lines: Vec<&str> =
        texts(&picture).into_iter().map(|(_, words)| words).filter(|words| words.contains("go on")).collect();
    assert!(lines.len() == 4 && lines[3].ends_with('…'), "{lines:?}");
}
