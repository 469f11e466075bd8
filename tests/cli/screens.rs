//! What stands on a first screen: 24 lines of 80 columns, with any scenario that is shipped and with one that is much too large.

use std::fmt::Write;

use crate::desk::Desk;

const VERBS: [&str; 11] = [
    "run",
    "check",
    "update",
    "sensitivity",
    "influence",
    "flip",
    "voi",
    "decide",
    "discover",
    "explain",
    "worlds",
];

/// What a verb says of a file; nothing where it does not fit.
fn screen(desk: &Desk, verb: &str) -> Option<String> {
    let mut arguments = vec![verb, "x.toml"];
    if verb == "run" {
        arguments.extend(["-o", "out", "--no-charts"]);
    }
    let said = desk.run(&arguments);
    let fits = !["no-decision", "no-evidence", "no-answers", "no-outcomes"]
        .iter()
        .any(|code| said.err.contains(code));
    assert!(!fits || said.code <= 1 && !said.out.is_empty(), "{verb}: {said:?}");
    fits.then_some(said.out)
}

fn is_one(text: &str) -> bool {
    text.lines().count() <= 24 && text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80)
}

#[test]
fn shipped_scenarios_answer_on_one_screen() {
    let mut seen = 0;
    let folder = format!("{}/scenarios", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|one| one != "toml") {
            continue;
        }
        let desk = Desk::with(&std::fs::read_to_string(&path).unwrap());
        for other in std::fs::read_dir(&folder).unwrap() {
            let other = other.unwrap().path();
            if other.extension().is_some_and(|one| one != "toml") {
                std::fs::copy(&other, desk.path(other.file_name().unwrap().to_str().unwrap())).unwrap();
            }
        }
        for verb in VERBS {
            let Some(text) = screen(&desk, verb) else { continue };
            assert!(is_one(&text), "{verb} {path:?}:\n{text}");
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

/// Forty factors, twelve events, eight outcomes, fourteen reports and twenty claims, all of them with names that are too long.
fn large() -> String {
    let long = "whose name goes on and on as if there were no end to it at all";
    let mut text = String::from("[scenario]\ntitle = 'Large'\nquestion = 'Which of eight?'\n");
    for at in 0..40 {
        writeln!(text, "[factors.f{at}]\nlabel = 'Factor {at} {long}'\nvalue = 'beta({}, 3)'", 1 + at % 5)
            .unwrap();
    }
    for at in 0..12 {
        writeln!(text, "[events.e{at}]\nlabel = 'Event {at} {long}'\nprobability = 'f{at}'").unwrap();
    }
    for at in 0..8 {
        let weights: Vec<String> =
            (0..40).filter(|one| one % 8 == at).map(|one| format!("f{one} = 2")).collect();
        let more = format!("e{at} = 1");
        writeln!(
            text,
            "[outcomes.o{at}]\nlabel = 'Outcome {at} {long}'\nweights = {{ {}, {more} }}",
            weights.join(", ")
        )
        .unwrap();
    }
    for at in 0..14 {
        let all: Vec<String> = (0..8).map(|one| format!("o{one} = 0.{}", 2 + (one + at) % 5)).collect();
        writeln!(text, "[[evidence]]\nid = 'r{at}'\ndate = 2024-01-{:02}\ntext = 'Report {at} {long}'\nlikelihood = {{ {} }}", at + 1, all.join(", "))
            .unwrap();
    }
    for at in 0..20 {
        writeln!(text, "[[claims]]\ntext = 'Claim {at} {long}'\nexpect = 'P(o{}) > {}%'", at % 8, 5 + at)
            .unwrap();
    }
    text
}

#[test]
fn what_is_too_large_for_a_screen_begins_with_what_tells_most() {
    let desk = Desk::with(&large());
    for verb in ["voi", "influence"] {
        let Some(text) = screen(&desk, verb) else { continue };
        assert!(is_one(&text), "{verb}:\n{text}");
        let points_on = text.contains("-v") || text.contains("--draw");
        assert!(points_on, "{verb}:\n{text}");
    }
}
