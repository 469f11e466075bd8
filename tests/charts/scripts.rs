//! Scripts: what is set in which direction, what is a box, what a label can do to its neighbours.

use foretell::chart::draw::Look;
use foretell::chart::*;

fn shown(words: &str) -> Picture {
    let text = |content: &str, baseline: f64| Mark::Text {
        x: 10.0,
        baseline,
        anchor: Anchor::Start,
        size: 16.0,
        weight: Weight::Regular,
        colour: theme::INK,
        content: content.into(),
    };
    let marks = vec![text(words, 20.0), text("48\u{a0}%", 50.0)];
    Picture { width: 720.0, height: 60.0, title: words.into(), description: words.into(), marks }
}

const LABELS: [(&str, &str); 9] = [
    ("Vietnamese", "Thống đốc ngân hàng trung ương"),
    ("Vietnamese, decomposed", "Tho\u{302}\u{301}ng đo\u{302}\u{301}c"),
    ("Greek and Cyrillic", "Η τράπεζα, Центральный банк"),
    ("Chinese", "中央银行加息"),
    ("Arabic", "البنك المركزي يرفع الفائدة 25 نقطة"),
    ("Hebrew", "הבנק המרכזי (48%) מעלה"),
    ("Hindi", "केंद्रीय बैंक ब्याज दर बढ़ाता है"),
    ("emoji", "cut 😀👨‍👩‍👧🇺🇦 hold"),
    ("marks upon marks", "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}"),
];

#[test]
fn every_script_is_drawn_in_every_format() {
    for (name, words) in LABELS {
        let picture = shown(words);
        draw::png(&picture, &Look::default()).unwrap();
        draw::pdf(&picture, &Look::default()).unwrap();
        let svg = draw::svg(&picture, &Look::default()).unwrap();
        assert!(svg.contains(&format!(">{words}</text>")), "{name}");
        let width = text_width(words, 16.0, Weight::Regular);
        assert!(width > 10.0 && width < 700.0, "{name}: {width}");
    }
}

#[test]
fn scripts_without_a_face_are_named() {
    let scripts = |words: &str| shown(words).unshown_scripts().into_iter().collect::<Vec<_>>();
    assert_eq!(scripts("Thống đốc, Η τράπεζα, Центральный банк → ≥ ▶ ✓"), [""; 0]);
    assert_eq!(scripts("中央 हि البنك 😀"), ["Arabic", "Chinese", "Devanagari", "symbols"]);
}

#[test]
fn a_mark_takes_no_room_and_composes() {
    let width = |text: &str| text_width(text, 1.0, Weight::Regular);
    for (composed, decomposed) in [("ố", "o\u{302}\u{301}"), ("é", "e\u{301}"), ("й", "и\u{306}")] {
        assert_eq!(width(composed), width(decomposed), "{composed}");
    }
}

#[test]
fn letters_are_kerned() {
    let width = |text: &str| text_width(text, 1.0, Weight::Bold);
    assert!(width("AV") < width("A") + width("V"));
    assert_eq!(width("HH"), 2.0 * width("H"));
    // Digits are tabular, whatever stands beside them.
    for digits in ["11", "17", "74", "08"] {
        assert!((width(digits) - 2.0 * width("0")).abs() < 1e-12, "{digits}");
    }
}

/// Where the ink of a line of the picture begins and ends, in pixels.
fn ink(picture: &Picture, rows: std::ops::Range<usize>) -> (usize, usize) {
    let image = super::formats::decoded(&draw::png(picture, &Look::default()).unwrap());
    let inked = |x: &usize| rows.clone().any(|y| image.at(*x, y) != theme::PAPER);
    let columns: Vec<usize> = (0..image.width).filter(inked).collect();
    (columns[0], columns[columns.len() - 1])
}

#[test]
fn no_label_turns_its_neighbours_round() {
    let hostile = "\u{202e}evil\u{2066}\u{2067}\u{202d}\u{2029}";
    let svg = draw::svg(&shown(hostile), &Look::default()).unwrap();
    for turn in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}').chain(['\u{2028}', '\u{2029}']) {
        assert!(!svg.contains(turn), "{turn:?}");
    }
    assert_eq!(ink(&shown(hostile), 60..120), ink(&shown("plain"), 60..120));
    assert_ne!(ink(&shown(hostile), 0..60), ink(&shown("plain"), 0..60), "the check can fail");
}

#[test]
fn right_to_left_lines_stand_where_they_were_laid_out() {
    let svg = draw::svg(&shown("הבנק המרכזי"), &Look::default()).unwrap();
    let tag = svg.split("<text ").find(|tag| tag.contains("הבנק המרכזי</text>")).unwrap();
    assert!(tag.contains("text-anchor=\"end\" direction=\"rtl\""), "{tag}");
    assert!(svg.contains("<text x=\"10\" y=\"50\" textLength"));
}

/// A text is as long as it was laid out, in whatever face it is shown.
#[test]
fn every_text_of_an_svg_says_its_length() {
    for (_, words) in LABELS {
        let svg = draw::svg(&shown(words), &Look::default()).unwrap();
        let length = format!("textLength=\"{:.2}", text_width(words, 16.0, Weight::Regular));
        assert!(svg.contains(length.trim_end_matches('0').trim_end_matches('.')), "{words} {length}");
        assert_eq!(svg.matches("lengthAdjust").count(), 2);
    }
}
