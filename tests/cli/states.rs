//! Factors with states, what was learned, and files without outcomes.

use serde_json::{Value, json};

use crate::desk::Desk;

const CHINA: &str = "[factors.mood]
states = [\"calm\", \"tense\"]
probabilities = { calm = 0.75 }
[factors.need]
value = 'beta(4, 2)'
[factors.china]
states = [\"refuses\", \"approves\"]
state_labels = { refuses = \"says no\" }
table = [
  { when = { mood = \"calm\" }, probabilities = { refuses = 0.25 } },
  { else = true, probabilities = { refuses = 0.75 } },
]
[derived.push]
value = 'need * (if china == approves then 1 else 0.5)'
[outcomes.yes]
weights = { china = { approves = 1.5 }, need = 2 }
[outcomes.no]
";

#[test]
fn factors_with_states_stand_among_the_factors_in_the_order_of_the_file() {
    let answer = Desk::with(CHINA).json(&["-n", "4096"]);
    let factors = answer["factors"].as_array().unwrap();
    let ids: Vec<&Value> = factors.iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, ["mood", "need", "china"]);
    assert_eq!(factors[0]["states"], json!({ "calm": 0.75, "tense": 0.25 }));
    assert_eq!(factors[2]["states"], json!({ "refuses": 0.375, "approves": 0.625 }));
    assert_eq!(factors[2]["state_labels"]["refuses"], json!("says no"));
    assert_eq!((&factors[2]["exact"], &factors[2]["std_errors"]["refuses"]), (&json!(true), &json!(0.0)));
    let drivers = answer["drivers"].as_array().unwrap();
    let driver = drivers.iter().find(|one| one["factor"] == json!("china")).unwrap();
    assert!(driver["swing"].as_f64().unwrap() > 0.2);
}

#[test]
fn what_was_learned_is_in_every_output() {
    let desk = Desk::with(CHINA);
    let flags = ["--given", "china == approves", "--given", "push > 0.5", "-n", "16384"];
    let answer = desk.json(&flags);
    assert_eq!(answer["run"]["given"], json!(["china == approves", "push > 0.5"]));
    let probability = answer["evidence"]["probability"].as_f64().unwrap();
    // 0.625 times P(need > 0.5) = 13/16 for a beta of 4 and 2.
    let error = answer["evidence"]["std_error"].as_f64().unwrap();
    assert!(
        (probability - 0.625 * 0.8125).abs() <= 5.0 * error + 1e-12 && error < 1e-3,
        "{probability} {error}"
    );
    assert!(answer["evidence"]["effective_sample_size"].as_f64().unwrap() > 5000.0);
    assert_eq!(answer["factors"][2]["states"], json!({ "refuses": 0.0, "approves": 1.0 }));
    for format in ["text", "markdown"] {
        let said = desk.run(&[&["run", "x.toml", "--format", format, "-o", "out"], &flags[..]].concat());
        let words = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("effective draws"), "{words}");
    }
}

#[test]
fn flags_may_stand_in_any_order() {
    let desk = Desk::with(CHINA);
    let one = desk.json(&["--set", "mood=tense", "--given", "push > 0.4", "-n", "4096"]);
    let two = desk.json(&["-n", "4096", "--given", "push > 0.4", "--set", "mood=tense"]);
    assert_eq!((&one["outcomes"], &one["evidence"]), (&two["outcomes"], &two["evidence"]));
}

#[test]
fn a_file_without_outcomes_answers_for_its_states_and_events() {
    let text = "[factors.a]\nstates = [\"LOW\", \"HIGH\"]\nprobabilities = { LOW = 0.25 }\n\
                [events.b]\nprobability = 'if a == HIGH then 0.5 else 0.1'\n";
    let desk = Desk::with(text);
    let answer = desk.json(&[]);
    assert_eq!((&answer["outcomes"], &answer["run"]["exact"]), (&json!([]), &json!(true)));
    assert_eq!(answer["factors"][0]["states"], json!({ "LOW": 0.25, "HIGH": 0.75 }));
    assert_eq!(answer["events"][0]["probability"], json!(0.4));
    let asked = desk.json(&["--of", "b", "--given", "a == LOW"]);
    assert_eq!(asked["factors"], json!([]));
    assert_eq!(asked["events"][0]["probability"], json!(0.1));
    let csv = desk.run(&["run", "x.toml", "--format", "csv"]).out;
    assert!(csv.contains("\na.LOW,a: LOW,0.25,0,") && csv.contains("\nb,b,0.4,0,"), "{csv}");
}

#[test]
fn exactness_can_be_required_and_refused() {
    let text = "[events.b]\nprobability = 0.4\n";
    let desk = Desk::with(text);
    assert_eq!(desk.json(&["--exact", "require"])["events"][0]["exact"], json!(true));
    let drawn = desk.json(&["--exact", "never", "-n", "16384"]);
    assert_eq!(drawn["events"][0]["exact"], json!(false));
    let (value, error) = (&drawn["events"][0]["probability"], &drawn["events"][0]["std_error"]);
    let (value, error) = (value.as_f64().unwrap(), error.as_f64().unwrap());
    assert!((value - 0.4).abs() < 5.0 * error && error < 0.002, "{value} {error}");
    let drawn = Desk::with(&format!("{CHINA}[[claims]]\ntext = 'a'\nexpect = 'P(yes) > 0'\n"));
    for verb in [&["run"][..], &["check"], &["run", "--shard", "1/1", "--part", "a.part"]] {
        let refused = drawn.run(&[verb, &["x.toml", "--exact", "require", "-n", "2048"]].concat());
        assert!(refused.code == 2 && refused.err.contains("error[not-exact]"), "{}", refused.err);
    }
    let exact = Desk::with(&format!("{text}[[claims]]\ntext = 'a'\nexpect = 'P(b) > 0.3'\n"));
    assert_eq!(exact.run(&["check", "x.toml", "--exact", "require"]).code, 0);
}

#[test]
fn what_cannot_be_told_is_refused_with_its_part() {
    let desk = Desk::with(CHINA);
    for (given, words) in [
        ("push > 2", "error[rare-evidence]"),
        ("china == approves and china == refuses", "error[impossible-evidence]"),
        ("need > 0.9 and need < 0.8", "error[impossible-evidence]"),
        ("need == 0.5", "error[point-evidence]"),
    ] {
        let said = desk.run(&["run", "x.toml", "--given", given]);
        assert!(said.code == 2 && said.err.contains(words), "{given}: {}", said.err);
    }
}

#[test]
fn what_is_learned_of_a_finite_model_leaves_it_exact() {
    let text = "[factors.mood]\nstates = ['calm', 'tense']\nprobabilities = { calm = 0.6 }\n\
        [events.war]\nprobability = 'if mood == tense then 0.3 else 0.1'\n\
        [derived.cost]\nvalue = 'if war then 100 else 5'\n";
    let answer = Desk::with(text).json(&["--given", "mood == tense", "--exact", "require"]);
    let cost = &answer["derived"][0];
    assert_eq!((&answer["run"]["exact"], &cost["std_error"]), (&json!(true), &json!(0.0)));
    assert!((cost["mean"].as_f64().unwrap() - 33.5).abs() < 1e-12);
    assert_eq!([&cost["p05"], &cost["p50"], &cost["p95"]], [&json!(5.0), &json!(5.0), &json!(100.0)]);
}

#[test]
fn flags_do_not_meet_variants_that_nobody_asked_for() {
    let text = "[factors.mood]\nstates = ['calm', 'tense']\nprobabilities = { calm = 0.6, tense = 0.4 }\n\
        [variants.calmer]\nset = { 'factors.mood.probabilities.calm' = 0.9 }\n";
    let desk = Desk::with(text);
    let set = ["--set", "factors.mood.probabilities.tense=0.7"];
    for verb in ["run", "check"] {
        let said = desk.run(&[&[verb, "x.toml"], &set[..]].concat());
        assert_eq!(said.code, 0, "{}", said.err);
    }
    let both = desk.run(&[&["run", "x.toml", "--all-variants"], &set[..]].concat());
    assert!(both.code == 2 && both.err.contains("calmer"), "{}", both.err);
}

/// What people call a thing can be written wherever its name can.
#[test]
fn labels_stand_for_names_in_every_flag() {
    let text = "[factors.x]\nlabel = \"Oil price\"\nvalue = 'normal(0, 1)'\n\
        [factors.sky]\nlabel = \"The sky\"\nstates = [\"dry\", \"wet\"]\nstate_labels = { wet = \"Pouring rain\" }\n\
        probabilities = { dry = 0.7 }\n\
        [events.war]\nlabel = \"A war\"\nprobability = 'if sky == wet then 0.4 else 0.2'\n\
        [outcomes.up]\nlabel = \"Goes up\"\nweights = { x = 1, war = 1 }\n[outcomes.down]\nlabel = \"Goes down\"\n";
    let desk = Desk::with(text);
    desk.put("y.toml", &text.replace("0.4", "0.5"));
    for (labelled, named) in [
        (
            ["run", "--of=Oil price", "--joint=\"A war\",\"The sky\",\"Goes up\""],
            ["run", "--of=x", "--joint=war,sky,up"],
        ),
        (
            ["run", "--given=\"The sky\" == \"Pouring rain\"", "-n4096"],
            ["run", "--given=sky == wet", "-n4096"],
        ),
        (["compare", "y.toml", "--of=goes up"], ["compare", "y.toml", "--of=up"]),
        (["sweep", "--vary=Oil price=-1:1:3", "--of=Goes up"], ["sweep", "--vary=x=-1:1:3", "--of=up"]),
        (["sweep", "--vary=x=-1:1:3", "--also=A war"], ["sweep", "--vary=x=-1:1:3", "--also=war"]),
        (["flip", "--to=Goes down", "-n4096"], ["flip", "--to=down", "-n4096"]),
        (["voi", "--of=A war", "-n4096"], ["voi", "--of=war", "-n4096"]),
        (["sensitivity", "--of=Goes up", "-n4096"], ["sensitivity", "--of=up", "-n4096"]),
        (
            ["discover", "--outcome=A war", "--by=The sky,Oil price"],
            ["discover", "--outcome=war", "--by=sky,x"],
        ),
        (
            ["discover", "--state=The sky=Pouring rain", "--by=Oil price"],
            ["discover", "--state=sky=wet", "--by=x"],
        ),
    ] {
        let [labelled, named] = [labelled, named].map(|words| {
            let all = [&words[..1], &["x.toml"], &words[1..], &["--format=csv"]].concat();
            let said = desk.run(&all);
            assert_eq!(said.code, 0, "{all:?}: {}", said.err);
            said.out
        });
        assert_eq!(labelled, named);
    }
}

/// A label that is a number is what it is called, in every flag alike, and no position.
#[test]
fn labels_that_are_numbers_are_no_positions() {
    let desk = Desk::with(
        "[factors.missing]\nlabel = \"Nurses missing\"\nstates = [\"s0\", \"s1\", \"s2\"]\n\
        state_labels = { s0 = \"2\", s1 = \"1\", s2 = \"0\" }\nprobabilities = { s0 = 0.2, s1 = 0.3 }\n\
        [events.e]\nprobability = 0.5\n[outcomes.up]\nweights = { missing = { s0 = 2 }, e = 1 }\n[outcomes.down]\n",
    );
    let said = |words: &[&str]| {
        let said = desk.run(words);
        assert_eq!(said.code, 0, "{words:?}: {}", said.err);
        said.out
    };
    let sweep = |also: &str| said(&["sweep", "x.toml", "--vary=e=0:1:2", also, "--format=csv"]);
    assert_eq!(sweep("--also=Nurses missing=0"), sweep("--also=missing=s2"));
    assert_ne!(sweep("--also=Nurses missing=0"), sweep("--also=missing=s0"));
    // What no label has is a position still.
    let desk = Desk::with(CHINA);
    let sweep = |also: &str| desk.run(&["sweep", "x.toml", "--vary=need=0:1:2", also, "--format=csv"]).out;
    assert_eq!(sweep("--also=china=0"), sweep("--also=china=says no"));
}
