//! What layouts promise.

use super::{
    LABELS, all_words, distributions, drivers, everything, extremes, long_label, outcome_bars, overlap,
    squeezed, ternary, theory_bars, tick, wording,
};
use foretell::chart::*;

#[test]
fn bars_start_at_zero_and_are_as_long_as_their_probability() {
    let figure = outcome_bars();
    let picture = figure.layout().unwrap();
    let (zero, one) = (tick(&picture, "0\u{a0}%"), tick(&picture, "100\u{a0}%"));
    let tall = |mark: &&Mark| matches!(mark, Mark::Rect { height, fill, .. } if *height > 20.0 && theme::SERIES.contains(fill));
    let bars: Vec<&Mark> = picture.marks.iter().filter(tall).collect();
    assert_eq!(bars.len(), figure.bars.len());
    for (mark, bar) in bars.iter().zip(&figure.bars) {
        let (left, _, right, _) = mark.bounds();
        assert_eq!(left, zero);
        assert!((right - left - bar.probability * (one - zero)).abs() < 1e-9);
    }
}

#[test]
fn whiskers_reach_from_the_5th_to_the_95th_percentile() {
    let figure = outcome_bars();
    let picture = figure.layout().unwrap();
    let (zero, one) = (tick(&picture, "0\u{a0}%"), tick(&picture, "100\u{a0}%"));
    let lines: Vec<_> = picture
        .marks
        .iter()
        .filter(|m| matches!(m, Mark::Line { colour, .. } if *colour == theme::INK))
        .collect();
    for spread in figure.bars.iter().filter_map(|bar| bar.spread) {
        let [p05, p95] = [spread.p05, spread.p95].map(|p| zero + p * (one - zero));
        let level = |mark: &&&Mark| matches!(mark, Mark::Line { from, to, .. } if (from.0 - p05).abs() + (to.0 - p95).abs() < 1e-9);
        let upright = |at: f64| {
            lines.iter().any(
                |m| matches!(m, Mark::Line { from, to, .. } if from.0 == to.0 && (from.0 - at).abs() < 1e-9),
            )
        };
        assert_eq!(lines.iter().filter(level).count(), 1);
        assert!(upright(p05) && upright(p95));
    }
}

#[test]
fn every_mark_lies_on_the_canvas() {
    for (name, figure) in everything() {
        let picture = figure.layout().unwrap();
        for mark in &picture.marks {
            let (left, top, right, bottom) = mark.bounds();
            assert!(left >= 0.0 && top >= 0.0, "{name}: {mark:?}");
            assert!(right <= picture.width && bottom <= picture.height, "{name}: {mark:?}");
        }
    }
}

#[test]
fn no_two_lines_of_text_meet() {
    for (name, figure) in everything() {
        assert_eq!(overlap(&figure.layout().unwrap()), None, "{name}");
    }
}

#[test]
fn the_overlap_check_can_fail() {
    let mut picture = outcome_bars().layout().unwrap();
    let mut copy = picture.marks.iter().find(|mark| matches!(mark, Mark::Text { .. })).unwrap().clone();
    if let Mark::Text { x, baseline, .. } = &mut copy {
        (*x, *baseline) = (*x + 5.0, *baseline + 5.0);
    }
    picture.marks.push(copy);
    assert!(overlap(&picture).is_some());
}

#[test]
fn labels_are_wrapped_but_never_cut() {
    for figure in [&outcome_bars() as &dyn Figure, &distributions(), &ternary(), &drivers(), &theory_bars()] {
        let words = all_words(&figure.layout().unwrap());
        let around = wording();
        for text in
            LABELS.iter().map(|l| l.to_string()).chain([around.title, around.subtitle, around.caption])
        {
            assert!(words.contains(&squeezed(&text)), "{text}");
        }
    }
    for (name, figure) in &extremes()[..3] {
        let words = all_words(&figure.layout().unwrap());
        (0..12).for_each(|k| assert!(words.contains(&squeezed(&long_label(k))), "{name} {k}"));
    }
}
