//! Quantities: what is stated of them, how they lie, how probable more is, and how answers settle.

use super::{LABELS, long_label, texts, tick, wording};
use foretell::chart::*;

/// A hundred equal parts of a triangle from 0 to 20 with its top at 4.
fn bars() -> Vec<(f64, f64, f64)> {
    let up_to = |x: f64| if x < 4.0 { x * x / 80.0 } else { 1.0 - (20.0 - x) * (20.0 - x) / 320.0 };
    let edge = |at: usize| 0.2 * at as f64;
    (0..100).map(|at| (edge(at), edge(at + 1), up_to(edge(at + 1)) - up_to(edge(at)))).collect()
}

fn atoms() -> Vec<(f64, f64, f64)> {
    vec![(0.0, 0.0, 0.25), (1.0, 1.0, 0.5), (2.0, 2.0, 0.25)]
}

fn density(label: &str, bars: Vec<(f64, f64, f64)>) -> DensityPanel {
    DensityPanel {
        label: label.into(),
        unit: Some("days".into()),
        bars,
        levels: [2.0, 3.7, 7.4, 12.6, 16.0],
        values: ["7.4\u{a0}days".into(), "90\u{a0}%: 2 to 16".into()],
    }
}

fn densities() -> Densities {
    Densities { wording: wording(), panels: vec![density("", bars())] }
}

fn exceedance() -> Exceedance {
    let points = vec![(2.0, 0.95, "2 days".into()), (16.0, 0.05, "16 days".into())];
    let panel = ExceedancePanel { label: "How long".into(), unit: Some("days".into()), bars: bars(), points };
    let single =
        ExceedancePanel { bars: atoms(), points: vec![(0.0, 0.75, "75\u{a0}%".into())], ..panel.clone() };
    Exceedance { wording: wording(), panels: vec![panel, single] }
}

fn cell(label: &str) -> PriorCell {
    let shape = PriorShape::Number {
        prior: bars(),
        posterior: Vec::new(),
        levels: [2.0, 7.4, 16.0],
        values: ["7.4\u{a0}days".into(), "2\u{a0}to\u{a0}16".into()],
        neutral: Some(10.0),
    };
    PriorCell { label: label.into(), shape }
}

fn priors() -> Priors {
    let state = |label: &str, prior: f64, posterior: Option<f64>| PriorState {
        label: label.into(),
        prior,
        posterior,
        value: format!("{:.0}\u{a0}%", 100.0 * prior),
    };
    let states = PriorShape::States(vec![state("calm", 0.25, Some(0.5)), state(LABELS[1], 0.75, Some(0.5))]);
    let mut learned = cell("Learned");
    if let PriorShape::Number { posterior, .. } = &mut learned.shape {
        *posterior = bars().into_iter().map(|(a, b, share)| (a + 5.0, b + 5.0, share)).collect();
    }
    let states = PriorCell { label: "How it stands".into(), shape: states };
    Priors { wording: wording(), cells: vec![cell(LABELS[0]), states, learned, cell("Last")] }
}

fn settling() -> Settling {
    let point = |value: f64, at: usize| [value, value - 0.2 / (at + 1) as f64, value + 0.2 / (at + 1) as f64];
    let line = |k: usize| ConvergenceLine {
        name: LABELS[k].into(),
        value: format!("{:.1}\u{a0}%", 30.0 + k as f64),
        points: (0..10).map(|at| point(0.3 + 0.01 * k as f64, at)).collect(),
    };
    Settling {
        wording: wording(),
        is_probability: true,
        draws: (6..16).map(|power| 1 << power).collect(),
        lines: (0..3).map(line).collect(),
    }
}

/// With long names, numbers that are none, and quantities that do not vary.
fn odd() -> Vec<(&'static str, Box<dyn Figure>)> {
    let strange = vec![(0.0, 1.0, f64::NAN), (1.0, 2.0, f64::INFINITY), (2.0, 3.0, -1.0), (3.0, 4.0, 0.5)];
    let mut odd = density(&long_label(1), strange.clone());
    odd.levels = [f64::NAN, -1e300, 1e300, f64::INFINITY, 2.0];
    odd.unit = Some(long_label(2));
    odd.values = [long_label(3), long_label(4)];
    let always = density("always", vec![(3.0, 3.0, 1.0)]);
    let mut cells = vec![cell(&long_label(5)), cell(""), cell("x")];
    if let PriorShape::Number { prior, levels, values, neutral, .. } = &mut cells[0].shape {
        (*prior, *levels) = (strange.clone(), [f64::NAN, 1e308, f64::NEG_INFINITY]);
        (*values, *neutral) = ([long_label(6), "a to b".into()], Some(f64::NAN));
    }
    if let PriorShape::Number { prior, .. } = &mut cells[1].shape {
        *prior = vec![(2.0, 2.0, 1.0)];
    }
    let mut panels = exceedance().panels;
    panels[0].bars = strange;
    panels[0].points =
        vec![(f64::NAN, 0.5, long_label(7)), (2.0, 2.0, long_label(8)), (3.9, 0.01, "end".into())];
    let mut settling = settling();
    settling.lines[1].points[3] = [f64::NAN; 3];
    settling.lines[2].points[9] = [1e300, f64::NEG_INFINITY, f64::INFINITY];
    settling.is_probability = false;
    vec![
        (
            "odd densities",
            Box::new(Densities { wording: wording(), panels: vec![odd, always, density("b", atoms())] }),
        ),
        ("odd priors", Box::new(Priors { wording: wording(), cells })),
        ("odd exceedance", Box::new(Exceedance { wording: wording(), panels })),
        ("odd settling", Box::new(settling)),
    ]
}

pub fn all() -> Vec<(&'static str, Box<dyn Figure>)> {
    let mut all: Vec<(&'static str, Box<dyn Figure>)> = vec![
        ("densities", Box::new(densities())),
        ("exceedance", Box::new(exceedance())),
        ("priors", Box::new(priors())),
        ("settling", Box::new(settling())),
    ];
    all.extend(odd());
    all
}

#[test]
fn a_curve_of_more_is_where_the_shares_are() {
    let picture =
        Exceedance { panels: exceedance().panels[..1].to_vec(), wording: wording() }.layout().unwrap();
    let (zero, ten) = (tick(&picture, "0"), tick(&picture, "10"));
    let level = |words: &str| {
        let found = texts(&picture).into_iter().find(|(_, content)| *content == words).expect("a level");
        let Mark::Text { baseline, .. } = found.0 else { panic!("text") };
        baseline - 4.0
    };
    let (none, all) = (level("0\u{a0}%"), level("100\u{a0}%"));
    let curve = picture.marks.iter().find_map(|mark| match mark {
        Mark::Polyline { points, colour, .. } if *colour == theme::RAISES => Some(points),
        _ => None,
    });
    for (x, y) in curve.expect("a curve") {
        let value = 10.0 * (x - zero) / (ten - zero);
        let more = (y - none) / (all - none);
        let wanted =
            if value < 4.0 { 1.0 - value * value / 80.0 } else { (20.0 - value) * (20.0 - value) / 320.0 };
        assert!((more - wanted).abs() < 1e-9, "{value}: {more}, {wanted}");
    }
}

#[test]
fn single_values_are_columns_as_high_as_their_shares() {
    let figure = Densities { wording: wording(), panels: vec![density("", atoms())] };
    let picture = figure.layout().unwrap();
    let fill = theme::RAISES.tint(0.72);
    let columns: Vec<(f64, f64)> = picture
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Rect { x, width, height, fill: own, .. } if *own == fill && *height > 20.0 => {
                Some((x + width / 2.0, *height))
            }
            _ => None,
        })
        .collect();
    assert_eq!(columns.len(), 3);
    assert!(
        (columns[0].0 - tick(&picture, "0")).abs() < 1e-9
            && (columns[2].0 - tick(&picture, "2")).abs() < 1e-9
    );
    assert!((columns[1].1 - 2.0 * columns[0].1).abs() < 1e-9);
}

#[test]
fn doublings_are_equally_far_apart() {
    let picture = settling().layout().unwrap();
    let places: Vec<f64> = ["64", "128", "256", "512"].map(|words| tick(&picture, words)).to_vec();
    assert!(places.windows(3).all(|three| (three[2] - 2.0 * three[1] + three[0]).abs() < 1e-9), "{places:?}");
    assert!(Settling { draws: vec![64], ..settling() }.layout().is_err());
}

#[test]
fn what_does_not_vary_has_no_density() {
    let figure = Densities { wording: wording(), panels: vec![density("", vec![(3.0, 3.0, 1.0)])] };
    assert!(figure.layout().is_err());
    assert!(Priors { wording: wording(), cells: Vec::new() }.layout().is_err());
}
