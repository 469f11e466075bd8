use super::*;

fn day(month: u8, day: u8) -> Date {
    Date { year: 2024, month, day }
}

fn line(label: &str, all: &[f64]) -> EvidenceLine {
    let point = |p: &f64| EvidencePoint { probability: *p, low: *p - 0.05, high: *p + 0.05 };
    EvidenceLine { label: label.into(), value: "x".into(), points: all.iter().map(point).collect() }
}

fn figure() -> Evidence {
    let item = |date: Date| EvidenceItem { date, text: "ships".into(), change: "−30".into() };
    Evidence {
        wording: Wording::default(),
        span: (day(1, 1), day(12, 31)),
        lines: vec![line("a", &[0.5, 0.8, 0.2]), line("b", &[0.5, 0.2, 0.8])],
        moved: 0,
        items: vec![item(day(7, 1)), item(day(7, 2))],
    }
}

#[test]
fn lines_step_on_the_days_of_the_items() {
    let figure = figure();
    let plot = Plot::new(&figure, 0.0);
    let lines: Vec<Mark> = figure.lines.iter().filter_map(|one| plot.line(one, theme::INK)).collect();
    let Mark::Polyline { points, .. } = &lines[0] else { panic!("a line") };
    let share = |x: f64| (x - plot.time.from) / (plot.time.to - plot.time.from) * 365.0;
    let steps: Vec<(f64, f64)> = points.iter().map(|(x, y)| (share(*x).round(), 1.0 - y / HEIGHT)).collect();
    let expected = [(0.0, 0.5), (182.0, 0.5), (182.0, 0.8), (183.0, 0.8), (183.0, 0.2), (365.0, 0.2)];
    for (found, expected) in steps.iter().zip(expected) {
        assert!(found.0 == expected.0 && (found.1 - expected.1).abs() < 1e-9, "{steps:?}");
    }
    assert_eq!(steps.len(), expected.len());
}

#[test]
fn numbers_of_days_that_follow_each_other_do_not_meet() {
    let marks = Plot::new(&figure(), 0.0).items();
    let circles: Vec<f64> = marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Circle { centre, .. } => Some(centre.0),
            _ => None,
        })
        .collect();
    assert!(circles.len() == 2 && circles[1] - circles[0] >= 2.0 * RADIUS, "{circles:?}");
}

#[test]
fn of_many_items_those_are_listed_that_moved_most() {
    let mut many = figure();
    many.items = vec![many.items[0].clone(); 30];
    let all: Vec<f64> =
        (0..=30).map(|at| if at < 12 { 0.5 } else { 0.5 + f64::from(at - 11) * 0.01 }).collect();
    many.lines = vec![line("a", &all)];
    let listed = many.listed();
    assert_eq!(listed.len(), Evidence::ITEMS);
    assert!((11..30).all(|at| listed.contains(&at)));
    assert!(many.layout().is_ok());
    many.items.clear();
    assert!(many.layout().is_err());
}
