//! Named what-ifs: their probabilities are those of the same changes by hand, and their differences from the file itself
//! have the errors of differences on common draws.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "cli")]

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{self, Found, beside, model_with, run_of, with_variants};
use foretell::analysis::variants::VariantAnswer;
use foretell::design::Kind;
use foretell::simulation::Rule;
use serde_json::Value;

/// P(yes) = E((0.5 + 0.4 z) x y) with x and y uniform: 0.7 / 4 as the file has it.
const KNOWN: &str = r#"
[factors.x]
value = 'uniform(0, 1)'
[factors.y]
value = 'uniform(0, 1)'
[factors.z]
range = [0, 1]
value = 0.5
[events.e]
probability = '(0.5 + 0.4 * z) * x * y'
[outcomes.yes]
when = 'e'
[outcomes.no]
else = true
[variants.fixed]
set = { x = 0.7 }
[variants.replaced]
set = { x = 'beta(2, 1)' }
[variants.narrowed]
given = ['y > 0.5']
[variants.weighed]
given = ['x + y > 1']
[variants.both]
label = "Both at once"
set = { z = 1 }
given = ['x > 0.5', 'y > 0.5']
[variants.nudged]
set = { z = 0.6 }
"#;

/// What each variant's P(yes) is; ∫∫ xy over x + y > 1 is 5/24, and half of the square lies there.
const ANSWERS: [(&str, f64); 6] = [
    ("fixed", 0.7 * 0.7 / 2.0),
    ("replaced", 0.7 * (2.0 / 3.0) / 2.0),
    ("narrowed", 0.7 * 0.5 * 0.75),
    ("weighed", 0.7 * (5.0 / 24.0) / 0.5),
    ("both", 0.9 * 0.75 * 0.75),
    ("nudged", 0.74 / 4.0),
];
const BASE: f64 = 0.7 / 4.0;

fn compared(text: &str, kind: Kind, seed: u64, rule: Rule) -> Found {
    let (model, variants) = with_variants(text);
    run_of(&beside(&model, &variants), kind, seed, rule)
}

#[test]
fn differences_are_those_of_the_known_answers() {
    let rules = [Rule::Draws(1 << 14), Rule::default()];
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        for rule in rules {
            let found = compared(KNOWN, kind, 7, rule).finding;
            for ((name, answer), variant) in ANSWERS.iter().zip(&found.variants.variants) {
                let VariantAnswer { value: probability, difference, .. } = variant.answers[0];
                let distance = (difference.value - (answer - BASE)).abs();
                assert!(!difference.exact && difference.std_error > 0.0, "{name}");
                assert!(distance < 5.0 * difference.std_error, "{name} {kind:?}: {difference:?}");
                assert!((probability.value - answer).abs() < 5.0 * probability.std_error, "{name} {kind:?}");
                let own = probability.value - found.outcomes[0].probability.value;
                assert!((difference.value - own).abs() < 1e-12, "{name}");
                assert!((difference.value + variant.answers[1].difference.value).abs() < 1e-12, "{name}");
            }
        }
    }
}

#[test]
fn common_draws_make_the_error_of_a_difference_small() {
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let found = compared(KNOWN, kind, 3, Rule::Draws(1 << 14)).finding;
        let (name, nudged) = (ANSWERS[5].0, &found.variants.variants[5].answers[0]);
        let apart = nudged.value.std_error.hypot(found.outcomes[0].probability.std_error);
        // (0.04 xy) against √2 times about (0.7 xy).
        assert!(20.0 * nudged.difference.std_error < apart, "{name} {kind:?}: {nudged:?}, apart {apart}");
        // Where the variant's draws are its own, nothing cancels.
        let other = compared(KNOWN, kind, 4, Rule::Draws(1 << 14)).finding;
        let far = other.variants.variants[5].answers[0].value.value - found.outcomes[0].probability.value;
        let near = nudged.difference.value;
        let truth = ANSWERS[5].1 - BASE;
        assert!((near - truth).abs() < (far - truth).abs(), "{kind:?}");
    }
}

/// The share of seeds whose intervals, made wider by a factor, hold the true differences: all but the constant one.
fn coverage(kind: Kind, rule: Rule, factor: f64) -> f64 {
    const SEEDS: u64 = 300;
    let (model, variants) = with_variants(KNOWN);
    let asked = beside(&model, &variants);
    let (mut held, mut all) = (0, 0);
    for seed in 0..SEEDS {
        let run = run_of(&asked, kind, seed, rule);
        for ((_, answer), variant) in ANSWERS.iter().zip(&run.finding.variants.variants) {
            let found = variant.answers[0].difference;
            held += u32::from((found.value - (answer - BASE)).abs() <= factor * found.half_width());
            all += 1;
        }
    }
    f64::from(held) / f64::from(all)
}

#[test]
fn intervals_of_differences_cover_what_they_say() {
    // 1,800 intervals, six to a seed; if the six were one, 300: a standard deviation of at most √(0.09/300) = 0.017.
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let found = coverage(kind, Rule::Draws(1 << 11), 1.0);
        assert!((found - 0.9).abs() < 5.0 * 0.0174, "{kind:?}: {found}");
    }
    // A control: intervals half as wide hold the truth far less often.
    let narrow = coverage(Kind::Independent, Rule::Draws(1 << 11), 0.5);
    assert!(narrow < 0.7, "{narrow}");
}

#[test]
fn a_variant_is_the_same_changes_by_hand() {
    let (_, variants) = with_variants(KNOWN);
    for (at, change) in [(0, "x=0.7"), (1, "x=beta(2, 1)"), (5, "z=0.6")] {
        let by_hand = model_with(KNOWN, &[change]);
        let rule = Rule::Draws(1 << 12);
        let [one, other] = [&variants[at].model, &by_hand]
            .map(|model| common::run(model, Kind::Sobol, 5, rule).finding.outcomes);
        assert_eq!(one, other, "{change}");
        let beside = compared(KNOWN, Kind::Sobol, 5, rule).finding;
        assert_eq!(beside.variants.variants[at].answers[0].value, *one[0].probability, "{change}");
    }
}

#[test]
fn finite_models_have_exact_differences() {
    let text = r#"
[factors.mood]
states = ["calm", "tense"]
probabilities = { calm = 0.4, tense = 0.6 }
[events.deal]
table = [{ when = { mood = "calm" }, probability = 0.5 }, { else = true, probability = 0.1 }]
[outcomes.yes]
when = 'deal'
[outcomes.no]
else = true
[variants.calm]
set = { mood = "calm" }
[variants.learned]
given = ['deal']
[variants.same]
set = { mood = "tense" }
given = ['mood == tense']
"#;
    let found = compared(text, Kind::Sobol, 1, Rule::default());
    let base = 0.4 * 0.5 + 0.6 * 0.1;
    for (variant, answer) in found.finding.variants.variants.iter().zip([0.5, 1.0, 0.1]) {
        let difference = variant.answers[0].difference;
        assert!(difference.exact && difference.std_error == 0.0);
        assert!((difference.value - (answer - base)).abs() < 1e-15, "{difference:?}");
    }
    assert!(found.course.exact);
    assert!(
        (found.finding.variants.variants[1].learned.expect("evidence").probability.value - base).abs()
            < 1e-15
    );
}

// The command line.

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("variants-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("known.toml"), KNOWN).expect("a file");
    folder
}

/// Exit code, standard output and standard error.
fn foretell(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_foretell"));
    let done = command.current_dir(folder).args(arguments).output().expect("foretell runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}

/// The JSON of a run without what depends on the clock, and without the names of chosen variants.
fn json(folder: &Path, arguments: &[&str]) -> Value {
    let all = [arguments, &["--format", "json"]].concat();
    let (code, shown, problems) = foretell(folder, &all);
    assert_eq!(code, 0, "{problems}");
    let mut value: Value = serde_json::from_str(&shown).expect("JSON");
    let run = value["run"].as_object_mut().expect("facts");
    run.remove("elapsed_seconds");
    run.remove("variants");
    value
}

const RUN: [&str; 4] = ["run", "known.toml", "-n", "4096"];

#[test]
fn a_variant_on_the_command_line_is_the_same_flags() {
    let folder = folder("flags");
    let run = |more: &[&str]| json(&folder, &[&RUN[..], more].concat());
    assert_eq!(run(&["--variant", "fixed"]), run(&["--set", "x=0.7"]));
    let by_hand = run(&["--set", "z=1", "--given", "x > 0.5", "--given", "y > 0.5"]);
    assert_eq!(run(&["--variant", "both"]), by_hand);
    assert_ne!(run(&["--variant", "fixed"]), run(&[]));
}

#[test]
fn flags_beat_variants_and_later_variants_earlier_ones() {
    let folder = folder("order");
    let outcomes = |more: &[&str]| json(&folder, &[&RUN[..], more].concat())["outcomes"].clone();
    assert_eq!(outcomes(&["--set", "x=0.2", "--variant", "fixed"]), outcomes(&["--set", "x=0.2"]));
    assert_eq!(
        outcomes(&["--variant", "fixed", "--variant", "replaced"]),
        outcomes(&["--variant", "replaced"])
    );
    assert_eq!(outcomes(&["--variant", "both", "--variant", "nudged"]).as_array().map(Vec::len), Some(2));
}

#[test]
fn all_variants_leave_the_file_s_own_answer_as_it_is() {
    let folder = folder("all");
    let mut all = json(&folder, &[&RUN[..], &["--all-variants"]].concat());
    let variants = all.as_object_mut().and_then(|all| all.remove("variants")).expect("variants");
    assert_eq!(all, json(&folder, &RUN));
    let variants = variants.as_array().expect("a list");
    assert_eq!(variants.len(), ANSWERS.len());
    assert_eq!(variants[4]["label"], "Both at once");
    assert_eq!(variants[4]["set"][0], "z=1");
    assert_eq!(variants[4]["given"], serde_json::json!(["x > 0.5", "y > 0.5"]));
    for (variant, (name, _)) in variants.iter().zip(ANSWERS) {
        assert_eq!(variant["id"], name);
        let alone = json(&folder, &[&RUN[..], &["--variant", name]].concat());
        for (one, other) in
            [("probability", "probability"), ("std_error", "std_error"), ("interval", "interval")]
        {
            assert_eq!(variant["outcomes"][0][one], alone["outcomes"][0][other], "{name}");
        }
    }
}

#[test]
fn every_form_and_the_folder_hold_the_variants() {
    let folder = folder("forms");
    let run = |more: &[&str]| foretell(&folder, &[&RUN[..], &["--all-variants"], more].concat());
    let (code, text, problems) = run(&["-o", "out"]);
    assert_eq!(code, 0, "{problems}");
    assert!(text.contains("Both at once") && text.contains("Difference"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    for file in ["charts/variants.png", "charts/variants.svg", "result.json", "result.csv", "report.md"] {
        assert!(folder.join("out").join(file).exists(), "{file}");
    }
    let report = std::fs::read_to_string(folder.join("out/report.md")).expect("a report");
    assert!(report.contains("| What if | Probability |") && report.contains("| Both at once |"), "{report}");
    let (_, csv, _) = run(&["--format", "csv"]);
    assert_eq!(csv.lines().count(), 1 + 2 * (1 + ANSWERS.len()), "{csv}");
    let cells = csv.lines().next().map_or(0, |line| line.split(',').count());
    assert!(csv.lines().all(|line| line.split(',').count() == cells), "{csv}");
}

#[test]
fn shards_put_together_are_the_whole() {
    let folder = folder("shards");
    for flags in [&["--variant", "weighed"][..], &["--all-variants"][..]] {
        for kind in ["sobol", "independent"] {
            let run = ["run", "known.toml", "-n", "65536", "--design", kind];
            let whole = json(&folder, &[&run[..], flags].concat());
            for (shard, part) in [("1/3", "1.part"), ("2/3", "2.part"), ("3/3", "3.part")] {
                let (code, _, problems) =
                    foretell(&folder, &[&run[..], flags, &["--shard", shard, "--part", part]].concat());
                assert_eq!(code, 0, "{problems}");
            }
            assert_eq!(json(&folder, &["merge", "known.toml", "1.part", "2.part", "3.part"]), whole);
        }
    }
}

#[test]
fn what_is_wrong_is_shown_at_its_place() {
    let folder = folder("wrong");
    let refused = |arguments: &[&str], words: &[&str]| {
        let (code, shown, problems) = foretell(&folder, arguments);
        assert_eq!((code, shown.as_str()), (2, ""), "{arguments:?}: {problems}");
        for word in words {
            assert!(problems.contains(word), "{arguments:?} does not say {word}:\n{problems}");
        }
    };
    refused(&["run", "known.toml", "--variant", "fixd"], &["did you mean `fixed`?", "--variant"]);
    refused(&["check", "known.toml", "--variant", "x"], &["the file's variants are `fixed`"]);
    refused(&["run", "known.toml", "--variant", "fixed", "--all-variants"], &["cannot be used with"]);
    let write =
        |name: &str, more: &str| std::fs::write(folder.join(name), format!("{KNOWN}{more}")).expect("a file");
    write("broken.toml", "[variants.broken]\nset = { x = 0.5, w = 1 }\n");
    for verb in ["check", "run"] {
        refused(&[verb, "broken.toml"], &["no factor, derived value or event is called `w`", "broken.toml:"]);
    }
    write("impossible.toml", "[variants.impossible]\nset = { x = 0.3 }\ngiven = ['x > 0.5']\n");
    refused(&["check", "impossible.toml"], &["impossible in this model", "the variant `impossible`"]);
    refused(&["run", "impossible.toml", "--all-variants"], &["the variant `impossible`"]);
    write("rare.toml", "[variants.rare]\ngiven = ['x * y > 0.999']\n");
    refused(&["run", "rare.toml", "-n", "4096", "--all-variants"], &["too few draws", "the variant `rare`"]);
    std::fs::write(folder.join("none.toml"), "[outcomes.a]\nbase = 0.5\n[outcomes.b]\nbase = 0.5\n")
        .expect("a file");
    refused(&["run", "none.toml", "--all-variants"], &["the file has no variants"]);
    refused(
        &["run", "none.toml", "--variant", "a"],
        &["the file has no variants: add `[variants.some_name]`"],
    );
}

#[test]
fn the_article_s_what_ifs_move_as_it_says() {
    let folder = folder("article");
    let rises = |(value, error): (f64, f64)| value > error;
    let falls = |(value, error): (f64, f64)| value < -error;
    for (name, variants) in [("vladivostok-2023.toml", 4), ("vladivostok-2023-stages.toml", 3)] {
        let file = format!("{}/scenarios/{name}", env!("CARGO_MANIFEST_DIR"));
        let found = json(&folder, &["run", &file, "-n", "16384", "--all-variants"]);
        let change = |variant: usize, outcome: usize| {
            let one = &found["variants"][variant]["outcomes"][outcome];
            let error = one["difference_std_error"].as_f64().expect("an error");
            (one["difference"].as_f64().expect("a difference"), 5.0 * error)
        };
        assert_eq!(found["variants"].as_array().map(Vec::len), Some(variants), "{name}");
        // Beijing approves, Beijing refuses, a show for Seoul; perfunctory, sanctioned, unsanctioned.
        assert!(falls(change(0, 0)) && rises(change(0, 1)) && falls(change(0, 2)), "{name}");
        assert!(rises(change(1, 0)) && falls(change(1, 1)) && rises(change(1, 2)), "{name}");
        assert!(rises(change(2, 0)) && falls(change(2, 1)) && falls(change(2, 2)), "{name}");
        // Little to trade.
        assert!(variants < 4 || rises(change(3, 0)) && falls(change(3, 1)) && falls(change(3, 2)), "{name}");
    }
}
