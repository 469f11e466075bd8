//! What drives outcomes.

use super::{texts, tick, wording};
use foretell::chart::*;

/// A picture of what drives one outcome of probability 0.3.
fn driven(rows: &[(&str, &[f64], f64)]) -> Picture {
    let row = |(label, levels, share): &(&str, &[f64], f64)| DriverRow {
        label: label.to_string(),
        cells: vec![DriverCell { levels: levels.to_vec(), share: *share }],
    };
    let outcome = DrivenOutcome { label: "It happens".into(), probability: 0.3, value: "30 %".into() };
    Drivers {
        wording: wording(),
        outcomes: vec![outcome],
        leader: None,
        rows: rows.iter().map(row).collect(),
        ends: ["low", "high"].map(String::from),
    }
    .layout()
    .unwrap()
}

#[test]
fn the_strongest_drivers_stand_on_top_and_the_weaker_ones_are_counted() {
    let names: Vec<String> = (0..8).map(|k| format!("middling{k}")).collect();
    let mut rows: Vec<(&str, &[f64], f64)> = vec![
        ("weak", &[0.3, 0.31], 0.001),
        ("strong", &[0.6, 0.1], 0.3),
        ("broken", &[f64::NAN, 0.9], f64::NAN),
    ];
    rows.extend(names.iter().map(|name| (name.as_str(), &[0.3, 0.4][..], 0.1)));
    let picture = driven(&rows);
    let words: Vec<&str> = texts(&picture).into_iter().map(|(_, words)| words).collect();
    let row = |label: &str| words.iter().position(|word| *word == label);
    assert!(row("strong") < row("middling0") && row("middling0") < row("middling1"));
    assert_eq!((row("middling7"), row("weak"), row("broken")), (None, None, None));
    assert!(words.contains(&"The 8 strongest of 11"));
}

/// The places of circles of a colour inside, in probability.
fn circles(picture: &Picture, is_paper: bool) -> Vec<f64> {
    let (zero, ten) = (tick(picture, "0"), tick(picture, "+20"));
    let inside = |mark: &Mark| match mark {
        Mark::Circle { centre, fill, radius } if *radius < 4.0 || !is_paper => {
            ((*fill == theme::PAPER) == is_paper && centre.0 > 200.0).then_some(centre.0)
        }
        _ => None,
    };
    picture.marks.iter().filter_map(inside).map(|x| 0.3 + 0.2 * (x - zero) / (ten - zero)).collect()
}

#[test]
fn a_driver_tells_its_direction_without_colour_and_a_hill_shows_its_top() {
    let near = |found: &[f64], wanted: f64| found.iter().any(|one| (one - wanted).abs() < 1e-9);
    let picture = driven(&[("it", &[0.6, 0.1], 0.3)]);
    assert!(near(&circles(&picture, true), 0.6) && !near(&circles(&picture, true), 0.1));
    assert!(near(&circles(&picture, false), 0.1));
    let picture = driven(&[("it", &[0.2, 0.4, 0.6, 0.4, 0.2], 0.3)]);
    let (zero, ten) = (tick(&picture, "0"), tick(&picture, "+20"));
    let top = zero + 0.3 / 0.2 * (ten - zero);
    let bar = |mark: &&Mark| {
        let (_, _, right, _) = mark.bounds();
        matches!(mark, Mark::Rect { height, .. } if *height == 5.0) && (right - top).abs() < 1e-9
    };
    assert_eq!(picture.marks.iter().filter(bar).count(), 1);
}

#[test]
fn a_small_outcome_says_that_its_scale_is_its_own() {
    let outcome = |label: &str, probability: f64| DrivenOutcome {
        label: label.into(),
        probability,
        value: format!("{probability}"),
    };
    let cells = [0.5, 0.01].map(|p: f64| DriverCell { levels: vec![0.5 * p, 1.5 * p], share: p });
    let figure = Drivers {
        wording: wording(),
        outcomes: vec![outcome("large", 0.5), outcome("small", 0.01)],
        leader: None,
        rows: vec![DriverRow { label: "it".into(), cells: cells.to_vec() }],
        ends: ["low", "high"].map(String::from),
    };
    let words: Vec<String> =
        texts(&figure.layout().unwrap()).into_iter().map(|(_, words)| words.to_string()).collect();
    assert_eq!(words.iter().filter(|word| *word == "own scale").count(), 1, "{words:?}");
}
