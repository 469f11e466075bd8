//! What layouts promise.

use super::{
    LABELS, all_words, answer, drivers, everything, futures, overlap, squeezed, ternary, theory_bars, wording,
};
use foretell::chart::*;

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
    let mut picture = answer().layout().unwrap();
    let mut copy = picture.marks.iter().find(|mark| matches!(mark, Mark::Text { .. })).unwrap().clone();
    if let Mark::Text { x, baseline, .. } = &mut copy {
        (*x, *baseline) = (*x + 5.0, *baseline + 5.0);
    }
    picture.marks.push(copy);
    assert!(overlap(&picture).is_some());
}

#[test]
fn labels_that_are_not_very_long_are_wrapped_and_not_cut() {
    for figure in [&answer() as &dyn Figure, &futures(), &ternary(), &drivers(), &theory_bars()] {
        let words = all_words(&figure.layout().unwrap());
        let around = wording();
        for text in
            LABELS.iter().map(|l| l.to_string()).chain([around.title, around.subtitle, around.caption])
        {
            assert!(words.contains(&squeezed(&text)), "{text}");
        }
    }
}
