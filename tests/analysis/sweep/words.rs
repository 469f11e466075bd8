//! What is written after flags.

use super::points::through;
use super::*;

#[test]
fn mistakes_teach() {
    let one = |vary: &str| Words { vary: &[vary], ..Words::default() }.refused(WHOLE);
    for (vary, code, hint) in [
        ("moood=0:1", "unknown-name", "did you mean `mood`?"),
        ("factors.x.valu=0:1", "unknown-name", "did you mean `factors.x.value`?"),
        ("x", "vary", "write ADDRESS=FROM:TO"),
        ("x=1:0", "vary", "write the lesser value first, as in x=0:1"),
        ("x=0.5:0.5", "vary", "write the lesser value first"),
        ("x=0:1:1", "vary", "a whole number from 2 to 10 000"),
        ("x=0:1:10001", "vary", "a whole number from 2 to 10 000"),
        ("x=0:1:2.5", "vary", "a whole number from 2 to 10 000"),
        ("x=0:nan", "vary", "not a finite number"),
        ("x=0:inf", "vary", "not a finite number"),
        ("x=0:2", "range", "a number from 0 to 1"),
        ("f=-1:1", "range", "a probability, from 0 to 1"),
        ("outcomes.up.base=0:1", "range", "a share above 0 and below 1"),
        ("mood=calm:wyld", "unknown-state", "`calm`, `tense` or `wild`"),
        ("mood=wild:calm", "vary", "the states are `calm`, `tense` and `wild`"),
        ("mood=calm:wild:3", "vary", "leave the number out"),
        ("up=0:1", "override", "is an outcome"),
        ("derived.d.value@7=0:1", "unknown-number", "states 2 numbers only"),
        ("correlations.1.normal=0:2", "correlation", "this is about correlations.1.normal=2"),
        ("factors.y.value@2=-1:1", "", "this is about factors.y.value@2=-1"),
    ] {
        let said = one(vary);
        assert!(said.contains(&format!("error[{code}")) && said.contains(hint), "{vary}: {said}");
        assert!(said.contains("--vary:1:"), "{vary}: {said}");
    }
}

#[test]
fn mistakes_of_flags_together_teach() {
    let refused = |vary: &[&str], also: Option<&str>, of: &[&str]| {
        Words { vary, also, of, ..Words::default() }.refused(WHOLE)
    };
    for (vary, also, of, hint) in [
        (&["x=0:1", "factors.x.value=0:1"][..], None, &[][..], "is varied twice"),
        (&["x=0:1", "y=0:1", "z=0:1"], None, &[], "one number or two"),
        (&[], None, &[], "one number or two"),
        (&["x=0:1:200", "y=0:1:200"], None, &[], "40 000 values are too many"),
        (&["x=0:1", "y=0:1"], Some("z"), &[], "no room for what is held besides"),
        (&["x=0:1"], Some("x"), &[], "can't be held besides"),
        (&["x=0:1"], Some("level"), &[], "write the values, as in --also level="),
        (&["x=0:1"], Some("level=5"), &[], "it must be a number from 0 to 2"),
        (&["x=0:1"], Some("nobody"), &[], "not defined in this file"),
        (&["x=0:1"], None, &["upp"], "did you mean `up`?"),
        (&["x=0:1", "y=0:1"], None, &["e"], "none has to come true"),
    ] {
        let said = refused(vary, also, of);
        assert!(said.contains(hint), "{vary:?} {also:?} {of:?}: {said}");
    }
}

#[test]
fn nothing_that_is_written_breaks_it() {
    let hostile = [
        "",
        "=",
        "==",
        ":",
        "x=:",
        "x=::",
        "=0:1",
        "x==0:1",
        "x=0:1=2",
        "x@=0:1",
        "x@0=0:1",
        "x@99=0:1",
        "x=0:1e999",
        "x=-0:1",
        "x=0:1:99999999999999999999",
        "é=0:1",
        "x=é:ü",
        "x=0:1:é",
        " x = 0 : 1 : 3 ",
        "x=0x1:1",
        "x=1_0:2_0",
        "x=10%:90%:3",
        "..=0:1",
        "factors.=0:1",
        "theory=0:1",
        "outcomes.up=0:1",
        "x=0:1:-3",
        "\u{0}=0:1",
        "x=0:1\n",
        "correlations.1.normal=-1:1:3",
        "y=-1e308:1e308:3",
        "y=0:5e-324:3",
    ];
    for vary in hostile {
        for also in [None, Some(vary)] {
            let words = Words { vary: &[vary], also, ..Words::default() };
            // An answer or a refusal, but no panic.
            let _ = words.ask(WHOLE, &settings(Kind::Sobol, 1, 64)).map(|found| found.points.len());
        }
    }
}

#[test]
fn numbers_that_can_be_held_are_not_built_again() {
    let session = open(WHOLE);
    let mut case = session.case(&Changes::default()).expect("a sound text");
    for (address, value) in ADDRESSES {
        let sweep = case.sweep(&[through(address, value)], None, &[]).expect("a sweep");
        let is_held = matches!(sweep.axes[0].hold, Hold::Setting(_));
        let is_part = address.contains('@')
            || address.contains("neutral")
            || address.contains("seen")
            || address.starts_with("correlations");
        assert_eq!(is_held, !is_part, "{address}");
    }
}

#[test]
fn the_article_s_lead_changes_with_approval() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/vladivostok-2023.toml");
    let text = std::fs::read_to_string(path).expect("the article");
    let found = along(&text, "china_approval=0:1", &Settings::default());
    let [change] = &found.crossings[..] else { panic!("{:?}", found.crossings) };
    assert_eq!((change.from.as_str(), change.to.as_str()), ("perfunctory", "sanctioned"));
    assert!(change.interval[0] <= change.at && change.at <= change.interval[1]);
    assert!(change.interval[1] - change.interval[0] < 0.005, "{change:?}");
}
