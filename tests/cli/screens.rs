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

/// Decisions with so many options, tests of six results and groups, with names that are long or not.
fn decisions([decisions, options, tests, groups]: [usize; 4], more: &str) -> String {
    let states = ["dry", "wet", "soaking", "gas", "mud", "rock"];
    let mut text = String::from(
        "[scenario]\ntitle = 'What to do about the pipeline'\nquestion = 'Which way shall it go?'\nas_of = 2024-01-01\n\
         [factors.price]\nvalue = 'normal(10, 3)'\n[factors.cost]\nvalue = 'normal(5, 1)'\n[factors.oil]\n\
         states = ['dry', 'wet', 'soaking', 'gas', 'mud', 'rock']\n\
         probabilities = { dry = 0.4, wet = 0.2, soaking = 0.1, gas = 0.1, mud = 0.1, rock = 0.1 }\n",
    );
    for at in 0..tests {
        let row = |own: &str| {
            let shares =
                states.iter().map(|one| format!("says_{one} = {}", if *one == own { 0.5 } else { 0.1 }));
            let shares = shares.collect::<Vec<_>>().join(", ");
            format!("{{ when = {{ oil = '{own}' }}, probabilities = {{ {shares} }} }}")
        };
        let rows = states.map(row).join(", ");
        let said = states.map(|one| format!("'says_{one}'")).join(", ");
        writeln!(text, "[factors.s{at}]\nlabel = 'Signal {at}{more}'\nstates = [{said}]\ntable = [{rows}]")
            .unwrap();
    }
    for decision in 0..decisions {
        let groups = (0..groups).map(|at| format!("g{at} = ['oil', 'price']")).collect::<Vec<_>>().join(", ");
        writeln!(text, "[[decisions]]\nid = 'd{decision}'\nunit = 'million EUR'\ngroups = {{ {groups} }}")
            .unwrap();
        for at in 0..options {
            let payoff =
                format!("price * {at} - cost * {} + (if oil == wet then {} else -{at})", at * at / 5, 3 * at);
            writeln!(text, "[decisions.options.o{at}]\nlabel = 'Option {at}{more}'\npayoff = '{payoff}'")
                .unwrap();
        }
        for at in 0..tests {
            writeln!(text, "[decisions.tests.t{at}]\nlabel = 'Test {at}{more}'\nof = ['s{at}']\ncost = 0.01")
                .unwrap();
        }
    }
    text
}

#[test]
fn decisions_of_any_size_are_told_on_one_screen() {
    let long = " with a name that goes on and on to the end";
    for (size, more) in [
        ([1, 2, 1, 1], ""),
        ([1, 5, 2, 0], ""),
        ([1, 9, 4, 2], ""),
        ([1, 2, 2, 2], long),
        ([1, 9, 4, 2], long),
        ([2, 3, 1, 0], long),
        ([4, 6, 3, 3], long),
    ] {
        let desk = Desk::with(&decisions(size, more));
        let said = desk.run(&["decide", "x.toml", "-n", "4096"]);
        assert!(said.code == 0 && is_one(&said.out), "{size:?}{more}: {said:?}");
        assert!(said.out.contains("-v") && said.out.contains("Option "), "{}", said.out);
        let whole = desk.run(&["decide", "x.toml", "-n", "4096", "-v"]);
        assert!((0..size[1]).all(|at| whole.out.contains(&format!("Option {at}"))), "{}", whole.out);
    }
}

#[test]
fn an_address_stands_whole_on_its_line() {
    let desk = Desk::with(
        "[factors.tolerance_of_neighbours]\nvalue = 'beta(2, 2)'\n\
         [outcomes.decisions_without_consent]\nbase = 0.5\nweights = { tolerance_of_neighbours = 1 }\n\
         [outcomes.no]\nbase = 0.5\n[[claims]]\ntext = 'A claim whose words go on for more than one line of a screen'\n\
         expect = 'P(decisions_without_consent | tolerance_of_neighbours > 0.9) > 0.7'\n",
    );
    let json = desk.run(&["flip", "x.toml", "--format", "json", "-q"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let address = json["claims"][0]["numbers"][0]["address"].as_str().expect("a number that mends the claim");
    assert!(address.len() > 36, "{address}");
    for flags in [&["flip", "x.toml"][..], &["flip", "x.toml", "-v"]] {
        let said = desk.run(flags);
        assert!(said.out.contains(address), "{flags:?}: {}", said.out);
    }
}

#[test]
fn reports_of_which_nothing_can_be_told_are_named() {
    let report = "[[evidence]]\nid = 'rumour'\ndate = 2024-02-01\ntext = 'They say so'\nlikelihood_ratio = { a = 4 }\n";
    let desk = Desk::with(&format!("{}\n{report}", crate::desk::SMALL));
    let brief = desk.run(&["voi", "x.toml", "-n", "4096"]).out;
    assert!(is_one(&brief) && brief.contains("Not told of 1 report"), "{brief}");
    let whole = desk.run(&["voi", "x.toml", "-n", "4096", "-v"]).out;
    assert!(whole.contains("Not told of the report “They say so”"), "{whole}");
}
