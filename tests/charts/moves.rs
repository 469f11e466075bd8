//! What moves answers: from one end of a factor to the other, and from one file to the other.

use super::{LABELS, long_label, texts, tick, wording};
use foretell::chart::*;

fn row(label: &str, [low, middle, high]: [f64; 3]) -> TornadoRow {
    let printed = |value: f64| format!("{:.0}\u{a0}%", 100.0 * value);
    TornadoRow {
        label: label.into(),
        low,
        middle: Some(middle),
        high,
        values: [printed(low), printed(high)],
        turn: None,
    }
}

fn tornado(rows: Vec<TornadoRow>) -> Tornado {
    let panel = TornadoPanel {
        label: LABELS[0].into(),
        hue: theme::SERIES[0],
        answer: 0.4,
        value: "40\u{a0}%".into(),
        is_probability: true,
        rows,
    };
    Tornado { wording: wording(), panels: vec![panel] }
}

fn plain() -> Tornado {
    tornado(vec![row(LABELS[1], [0.2, 0.45, 0.8]), row("B", [0.6, 0.4, 0.3]), row("C", [0.4, 0.4, 0.4])])
}

fn waterfall(effects: &[f64]) -> Waterfall {
    let end = |value: f64| WaterfallEnd {
        label: "scenarios/a-file-of-some-length.toml".into(),
        value,
        printed: format!("{:.1}\u{a0}%", 100.0 * value),
    };
    let step = |(at, effect): (usize, &f64)| WaterfallStep {
        label: if at % 2 == 0 { "An edit".into() } else { long_label(at) },
        detail: "beta(2, 5) → beta(5, 2)".into(),
        effect: *effect,
        printed: format!("{:+.1}", 100.0 * effect),
        error: 0.01,
    };
    let panel = WaterfallPanel {
        label: LABELS[1].into(),
        before: end(0.4),
        steps: effects.iter().enumerate().map(step).collect(),
        after: end(0.4 + effects.iter().sum::<f64>()),
    };
    Waterfall { wording: wording(), panels: vec![panel] }
}

pub fn all() -> Vec<(&'static str, Box<dyn Figure>)> {
    let many =
        (0..30).map(|at| row(&long_label(at), [0.001 * at as f64, 0.4, 0.9 - 0.01 * at as f64])).collect();
    let odd = [f64::NAN, f64::INFINITY, 0.5];
    let turned = TornadoRow { turn: Some("90\u{a0}%".into()), ..row("turned", [0.2, 0.9, 0.3]) };
    let tiny = [1e-9, 2e-9, 3e-9];
    vec![
        ("tornado", Box::new(plain())),
        ("many levers", Box::new(tornado(many))),
        ("odd levers", Box::new(tornado(vec![row("a", odd), turned, row(&"x".repeat(300), tiny)]))),
        ("waterfall", Box::new(waterfall(&[0.2, -0.1, 0.05]))),
        ("small steps", Box::new(waterfall(&[1e-9, -1e-9, 0.3, 0.0, f64::MIN_POSITIVE]))),
    ]
}

#[test]
fn the_ends_of_a_lever_stand_at_their_values() {
    let picture = plain().layout().unwrap();
    let (low, high) = (tick(&picture, "20\u{a0}%"), tick(&picture, "80\u{a0}%"));
    let at = |value: f64| low + (value - 0.2) / 0.6 * (high - low);
    let dots: Vec<f64> = picture
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Circle { centre, radius, fill } if *radius == 5.0 && *fill == theme::series(0) => {
                Some(centre.0)
            }
            _ => None,
        })
        .collect();
    let wanted = [0.2, 0.8, 0.6, 0.3, 0.4, 0.4].map(at);
    assert_eq!(dots.len(), wanted.len());
    assert!(dots.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9), "{dots:?} {wanted:?}");
}

#[test]
fn steps_lead_from_the_one_end_to_the_other() {
    let picture = waterfall(&[0.2, -0.1, 0.05]).layout().unwrap();
    let bars: Vec<(f64, f64, bool)> = picture
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Rect { x, width, height, fill, .. } if *height == 14.0 => {
                Some((*x, x + width, *fill == theme::RAISES))
            }
            _ => None,
        })
        .collect();
    assert_eq!(bars.iter().map(|one| one.2).collect::<Vec<_>>(), [true, false, true]);
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    assert!(near(bars[0].1, bars[1].1) && near(bars[1].0, bars[2].0), "{bars:?}");
    let (low, high) = (tick(&picture, "40\u{a0}%"), tick(&picture, "60\u{a0}%"));
    assert!(near(bars[0].0, low) && near(bars[0].1, high), "{bars:?}");
}

#[test]
fn what_nothing_moves_has_no_picture() {
    assert!(tornado(Vec::new()).layout().is_err() && waterfall(&[]).layout().is_err());
    assert!(texts(&plain().layout().unwrap()).iter().any(|(_, words)| *words == "B"));
}
