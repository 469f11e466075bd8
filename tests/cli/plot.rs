//! `plot`.

use crate::desk::{Desk, EXACT, SMALL};

const FEW: [&str; 2] = ["-n", "1024"];

fn plot(desk: &Desk, flags: &[&str]) -> crate::desk::Said {
    desk.run(&[&["plot", "x.toml"], flags, &FEW].concat())
}

#[test]
fn a_picture_has_the_form_of_its_ending() {
    let desk = Desk::with(SMALL);
    let said = plot(&desk, &["answer"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    assert!(said.err.contains("x-answer.png"), "{}", said.err);
    let bytes = |name: &str| std::fs::read(desk.path(name)).expect("a picture");
    assert!(bytes("x-answer.png").starts_with(b"\x89PNG"));
    for (name, start) in [("a.svg", &b"<svg"[..]), ("b.PDF", b"%PDF")] {
        assert_eq!(plot(&desk, &["drivers", "-o", name]).code, 0);
        assert!(bytes(name).starts_with(start), "{name}");
    }
    // A picture on standard output leaves nothing beside it.
    let said = plot(&desk, &["density", "-o", "-", "--form", "svg"]);
    assert!(said.code == 0 && said.out.starts_with("<svg") && said.err.is_empty(), "{}", said.err);
}

#[test]
fn size_and_theme_are_kept() {
    let desk = Desk::with(SMALL);
    let svg = |flags: &[&str]| plot(&desk, &[&["answer", "-o", "-", "--form", "svg"], flags].concat()).out;
    let sized = svg(&["--size", "1000x900"]);
    assert!(sized.contains("width=\"1000\"") && sized.contains("height=\"900\""), "{}", &sized[..200]);
    assert_ne!(svg(&["--theme", "dark"]), svg(&[]));
    assert_eq!(svg(&["--threads", "1"]), svg(&["--threads", "3"]));
}

#[test]
fn what_cannot_be_drawn_says_why_and_what_to_write() {
    let desk = Desk::with(SMALL);
    let refused = [
        (vec!["drivrs"], "'drivers'"),
        (vec!["theories"], "[theories.*]"),
        (vec!["sweep"], "--vary"),
        (vec!["map", "--vary", "x=0:1"], "twice"),
        (vec!["sweep", "--vary", "x=0:1", "--vary", "y=0:1"], "once"),
        (vec!["joint"], "--joint"),
        (vec!["waterfall"], "variant"),
        (vec!["density", "--of", "stromg"], "stromg"),
        (vec!["answer", "-o", "a.jpg"], ".png"),
        (vec!["answer", "-o", "-"], "--form"),
        (vec!["answer", "--size", "1000"], "1920x1080"),
        (vec!["answer", "-o", "x.toml", "--form", "png"], "read by the same command"),
    ];
    for (flags, hint) in refused {
        let said = plot(&desk, &flags);
        assert!(said.code == 2 && said.out.is_empty() && said.err.contains(hint), "{flags:?}: {}", said.err);
    }
    assert_eq!(desk.files("").len(), 1, "nothing but the file is there");
    let said = desk.run(&["plot", "y.toml", "convergence"]);
    assert_eq!(said.code, 2, "{}", said.err);
    desk.put("y.toml", EXACT);
    let said = desk.run(&["plot", "y.toml", "convergence"]);
    assert!(said.code == 2 && said.err.contains("exact"), "{}", said.err);
}

#[test]
fn a_picture_is_of_what_the_flags_say() {
    let desk = Desk::with(SMALL);
    let svg = |flags: &[&str]| {
        let said = plot(&desk, &[flags, &["-o", "-", "--form", "svg"]].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        said.out
    };
    assert_ne!(svg(&["priors"]), svg(&["priors", "--given", "outcome == a"]));
    assert!(svg(&["answer", "--set", "x=0.5"]).contains("x=0.5"));
    assert!(svg(&["sweep", "--vary", "x=0:1:5", "--of", "storm"]).contains("storm"));
    assert!(svg(&["joint", "--joint", "storm, outcome"]).contains("The first"));
}

#[test]
fn what_contradicts_itself_is_refused_with_what_to_write() {
    let desk = Desk::with(SMALL);
    desk.put("made/one.txt", "");
    let cases: [(&[&str], [&str; 2]); 4] = [
        (&["-o", "x.png", "--form", "svg"], ["the ending of another form", "end the name in .svg"]),
        (&["-o", "made"], ["`made` is a folder", "made/answer.png"]),
        (&["--size", "1x1"], ["so few pixels", "64 or more"]),
        (&["--of", "nothing_there"], ["no factor, derived value or event", "nothing_there"]),
    ];
    for (flags, words) in cases {
        let said = plot(&desk, &[&["answer"], flags].concat());
        assert_ne!(said.code, 0, "{flags:?}");
        assert!(words.iter().all(|word| said.err.contains(word)), "{}", said.err);
    }
    // The same without the contradiction is drawn; a device takes what it is given.
    assert_eq!(plot(&desk, &["answer", "-o", "x.svg", "--form", "svg", "--size", "64x64"]).code, 0);
    assert_eq!(plot(&desk, &["answer", "-o", "/dev/null"]).code, 0);
}

#[test]
fn fewer_draws_than_replicates_are_told() {
    let desk = Desk::with(SMALL);
    let told = |count: &str| desk.run(&["run", "x.toml", "-n", count]).err.contains("8 are made");
    assert_eq!(["1", "7", "8"].map(told), [true, true, false]);
    // Futures are told and not measured by; what is exact needs no draws.
    for arguments in [&["worlds", "x.toml", "-n", "2"][..], &["explain", "x.toml", "--draw", "1", "-n", "2"]]
    {
        let said = desk.run(arguments);
        assert!(said.code == 0 && !said.err.contains("are made"), "{arguments:?}: {}", said.err);
    }
    desk.put(
        "y.toml",
        "[events.e]\nprobability = 0.3\n[outcomes.a]\nwhen = 'e'\n[outcomes.b]\nelse = true\n",
    );
    for verb in ["flip", "voi"] {
        let said = desk.run(&[verb, "y.toml", "-n", "2"]);
        assert!(said.code == 0 && !said.err.contains("are made"), "{verb}: {}", said.err);
    }
}
