//! Answers along a number, and over two.

use super::{LABELS, long_label, texts, tick, wording};
use foretell::chart::*;

fn along(names: &[&str]) -> Along {
    let to = if names.is_empty() { 1.0 } else { names.len() as f64 - 1.0 };
    let names = names.iter().map(|one| one.to_string()).collect();
    Along { label: "China's approval of a deal (china_approval)".into(), from: 0.0, to, names }
}

/// The first falls from 0.8 to 0, the second rises from 0.1 to 0.9, the third stays at 0.1.
fn areas(panels: usize) -> SweepAreas {
    let column = |at: usize| {
        let x = at as f64 / 20.0;
        (x, vec![0.8 * (1.0 - x), 0.1 + 0.8 * x, 0.1])
    };
    let panel = |at: usize| AreaPanel {
        label: if panels == 1 {
            String::new()
        } else {
            format!("Trade demand that can be met at 0.{at} (P5)")
        },
        columns: (0..=20).map(column).collect(),
        changes: vec![(0.4375, "0.438".into())],
        own: Some((0.5, "the file: 0.5".into())),
    };
    SweepAreas {
        wording: wording(),
        along: along(&[]),
        names: LABELS.map(String::from).to_vec(),
        has_rest: false,
        panels: (0..panels).map(panel).collect(),
    }
}

fn stacks() -> SweepAreas {
    let states = ["calm", "tense", "wild"];
    let column = |at: usize| (at as f64, vec![0.25, 0.25 + 0.25 * at as f64, 0.5 - 0.25 * at as f64]);
    let columns = (0..3).map(column).collect();
    let panel = AreaPanel { label: String::new(), columns, changes: Vec::new(), own: None };
    SweepAreas { panels: vec![panel], along: along(&states), ..areas(1) }
}

fn lines() -> SweepLines {
    let line = |k: usize| SweepLine {
        name: LABELS[k % 3].into(),
        points: (0..=20)
            .map(|at| (at as f64 / 20.0, (at != 7).then_some([0.1 * k as f64 + 0.01 * at as f64, 0.0, 0.9])))
            .collect(),
    };
    let panel = |count: usize, is_probability: bool| LinePanel {
        label: "Probability".into(),
        is_probability,
        lines: (0..count).map(line).collect(),
    };
    let panels = vec![panel(3, true), panel(1, false), panel(9, true)];
    SweepLines { wording: wording(), along: along(&[]), own: Some((0.5, "the file: 0.5".into())), panels }
}

fn map() -> PhaseMap {
    let values: Vec<f64> = (0..=10).map(|at| at as f64 / 10.0).collect();
    let cell = |at: usize| {
        let (x, y) = (values[at / 11], values[at % 11]);
        (at != 60).then_some((
            usize::from(x + y > 1.05),
            (x + y - 1.05).abs().min(1.0),
            (x + y - 1.0).abs() > 0.01,
        ))
    };
    PhaseMap {
        wording: wording(),
        across: along(&[]),
        up: Along { label: "Trade demand (trade_demand)".into(), ..along(&[]) },
        names: vec![('A', LABELS[0].into()), ('B', LABELS[1].into())],
        cells: (0..121).map(cell).collect(),
        values: [values.clone(), values],
        own: Some((0.25, 0.5)),
    }
}

/// With long names, numbers that are none, and gaps.
fn odd() -> SweepAreas {
    let columns = vec![
        (0.0, vec![f64::NAN, 0.5, 0.5]),
        (0.25, vec![1.0, 0.0, 0.0]),
        (0.5, vec![0.2, 0.3, 0.5]),
        (0.75, vec![f64::INFINITY, -1.0, 0.5]),
        (1.0, vec![]),
    ];
    let changes = (0..30).map(|at| (at as f64 / 29.0, format!("0.{at:03}"))).collect();
    let panel = AreaPanel { label: long_label(1), columns, changes, own: Some((1.0, "the file: 1".into())) };
    let names = (0..3).map(long_label).collect();
    SweepAreas { names, panels: vec![panel; 4], ..areas(1) }
}

pub fn all() -> Vec<(&'static str, Box<dyn Figure>)> {
    vec![
        ("areas", Box::new(areas(1))),
        ("areas side by side", Box::new(areas(5))),
        ("stacks", Box::new(stacks())),
        ("odd areas", Box::new(odd())),
        ("lines", Box::new(lines())),
        ("map", Box::new(map())),
    ]
}

/// The corners of areas of a colour.
fn corners(picture: &Picture, colour: theme::Colour) -> Vec<Vec<Point>> {
    let area = |mark: &Mark| match mark {
        Mark::Polygon { points, fill } if *fill == colour => Some(points.clone()),
        _ => None,
    };
    picture.marks.iter().filter_map(area).collect()
}

#[test]
fn areas_are_as_high_as_their_probability_and_stand_on_each_other() {
    let picture = areas(1).layout().unwrap();
    let all: Vec<Vec<Point>> = (0..3).map(|at| corners(&picture, theme::series(at)).remove(0)).collect();
    let height = all[0][0].1 - all[2][all[2].len() - 1].1;
    for at in 0..21 {
        let x = at as f64 / 20.0;
        let mut below = all[0][0].1;
        for (area, share) in all.iter().zip([0.8 * (1.0 - x), 0.1 + 0.8 * x, 0.1]) {
            let (low, high) = (area[at], area[41 - at]);
            assert!(low.0 == high.0 && (low.1 - below).abs() < 1e-9);
            assert!((low.1 - high.1 - share * height).abs() < 1e-9);
            below = high.1;
        }
    }
}

#[test]
fn changes_stand_where_they_are() {
    let picture = areas(1).layout().unwrap();
    let (zero, one) = (tick(&picture, "0"), tick(&picture, "1"));
    let place = |words: &str| tick(&picture, words);
    assert!((place("0.438") - (zero + 0.4375 * (one - zero))).abs() < 1e-9);
    assert!((place("the file: 0.5") - (zero + 0.5 * (one - zero))).abs() < 1e-9);
}

#[test]
fn a_gap_is_left_open() {
    let picture = lines().layout().unwrap();
    let curves = |mark: &&Mark| matches!(mark, Mark::Polyline { colour, width, .. } if *colour == theme::series(0) && *width > 2.0);
    // Of the first answer in each of three pictures: a ninth answer has no hue that another has.
    assert_eq!(picture.marks.iter().filter(curves).count(), 2 * 3);
    let shares = odd().layout().unwrap();
    assert_eq!(corners(&shares, theme::series(0)).len(), 4);
}

#[test]
fn who_leads_is_told_by_letters_too() {
    let picture = map().layout().unwrap();
    let count = |letter: &str| texts(&picture).iter().filter(|(_, words)| *words == letter).count();
    let figure = map();
    let lead = |who: usize, told: bool| {
        figure.cells.iter().flatten().filter(|one| one.0 == who && one.2 == told).count()
    };
    assert_eq!((count("A"), count("B")), (lead(0, true), lead(1, true)));
    // One small letter stands in the legend.
    assert_eq!(count("a"), lead(0, false) + 1);
    let fills = |tint: &dyn Fn(theme::Colour) -> bool| {
        picture.marks.iter().filter(|mark| matches!(mark, Mark::Rect { fill, .. } if tint(*fill))).count()
    };
    // The least lead is lighter than the greatest.
    assert!(fills(&|fill| fill == theme::series(0)) > 0);
    assert!(fills(&|fill| fill != theme::series(0) && fill.2 > 220 && fill != theme::PAPER) > 0);
}

#[test]
fn nothing_to_show_is_no_picture() {
    let none = SweepAreas { panels: Vec::new(), ..areas(1) };
    assert!(none.layout().is_err());
    assert!(SweepLines { panels: Vec::new(), ..lines() }.layout().is_err());
    assert!(PhaseMap { cells: vec![None; 121], ..map() }.layout().is_err());
}
