//! Models that are a little different on one side, and answers that are known.

use foretell::analysis::second_opinion::{Kind, SecondOpinion, against};
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};

use super::{opinion, settings};

const FILE: &str = "
[factors.x]
value = 'beta(2, 3)'
[factors.y]
value = 'gamma(2, 0.5)'
[factors.weather]
states = [\"calm\", \"rough\"]
probabilities = { calm = 0.6, rough = 0.4 }
[derived.both]
value = 'x + y'
[events.storm]
probability = 'if weather == rough then 0.5 else 0.1'
[[correlations]]
between = [\"x\", \"y\"]
rank = 0.5
[outcomes.a]
base = 0.5
weights = { x = 2, storm = -1 }
[outcomes.b]
base = 0.3
weights = { y = 1 }
[outcomes.c]
base = 0.2
";

/// The engine's answers to the file against worlds of a file in which one thing is written otherwise.
fn compared(from: &str, to: &str, draws: u64) -> SecondOpinion {
    assert!(FILE.contains(from), "{from}");
    let open = |text: &str| {
        Session::open(SourceFile::new("test.toml", text), |name| Err(name.into())).expect("a text")
    };
    let (own, other) = (open(FILE), open(&FILE.replacen(from, to, 1)));
    let changes = Changes::default();
    let (own, other) = (own.case(&changes).expect("a model"), other.case(&changes).expect("a model"));
    against(&own.study(&settings(draws, 4)), &other.model).expect("an answer").0
}

#[test]
fn the_same_model_agrees() {
    assert_eq!(compared("beta(2, 3)", "beta(2, 3)", 1 << 18).disagree, 0);
}

/// Changes of a few per cent in each kind of thing, of which each is seen where it stands.
#[test]
fn a_little_difference_is_seen() {
    let cases = [
        ("beta(2, 3)", "beta(2.04, 3)", Kind::Mean),
        ("gamma(2, 0.5)", "gamma(2, 0.51)", Kind::Percentile),
        ("calm = 0.6, rough = 0.4", "calm = 0.59, rough = 0.41", Kind::State),
        ("then 0.5 else", "then 0.52 else", Kind::Event),
        ("rank = 0.5", "rank = 0.4", Kind::Percentile),
        ("base = 0.5", "base = 0.49", Kind::Outcome),
        ("storm = -1", "storm = -1.15", Kind::Outcome),
        ("'x + y'", "'x + 1.01 * y'", Kind::Mean),
    ];
    for (from, to, kind) in cases {
        // Bases sum to 1.
        let found = match from {
            "base = 0.5" => compared(
                "base = 0.5\nweights = { x = 2, storm = -1 }\n[outcomes.b]\nbase = 0.3",
                "base = 0.49\nweights = { x = 2, storm = -1 }\n[outcomes.b]\nbase = 0.31",
                1 << 18,
            ),
            _ => compared(from, to, 1 << 18),
        };
        let seen = found.answers.iter().any(|one| one.kind == kind && one.agrees == Some(false));
        assert!(seen, "{to}: {found:#?}");
    }
}

#[test]
fn what_is_too_rare_is_not_told() {
    let changes = Changes { given: vec!["x > 0.99".into()], ..Changes::default() };
    let found = opinion(FILE, &changes, &settings(1 << 14, 1)).expect("an answer");
    assert!(found.is_too_few() && found.disagree == 0);
    let told: Vec<Kind> =
        found.answers.iter().filter(|one| one.agrees.is_some()).map(|one| one.kind).collect();
    assert_eq!(told, [Kind::Evidence]);
    assert!(found.answers.iter().all(|one| one.agrees.is_some() || one.reason == Some("too few worlds")));
}

#[test]
fn means_that_do_not_exist_are_left_to_percentiles() {
    let file = "[factors.x]\nvalue = 'cauchy(0, 1)'\n[factors.y]\nvalue = 'student_t(1.5)'\n[derived.z]\nvalue = '1 / x'\n";
    let found = opinion(file, &Changes::default(), &settings(1 << 16, 1)).expect("an answer");
    let means = found.answers.iter().filter(|one| one.kind == Kind::Mean);
    assert!(
        means.clone().count() == 3 && means.clone().all(|one| one.agrees.is_none() && one.reason.is_some())
    );
    let percentiles: Vec<_> = found.answers.iter().filter(|one| one.kind == Kind::Percentile).collect();
    assert!(
        percentiles.len() == 9 && percentiles.iter().all(|one| one.agrees == Some(true)),
        "{percentiles:#?}"
    );
}

/// The same seed draws the same worlds, whatever the threads; another seed others.
#[test]
fn worlds_follow_from_the_seed() {
    let one = |seed: u64, threads: usize| {
        let settings = foretell::simulation::Settings { threads, ..settings(1 << 13, seed) };
        opinion(FILE, &Changes::default(), &settings).expect("an answer")
    };
    assert_eq!(one(7, 1), one(7, 3));
    assert_ne!(one(7, 1).answers, one(8, 1).answers);
}

/// P(a) of two uniforms, a third way: ½ · 0.3² of the square lies below x + y = 0.3.
#[test]
fn a_closed_form_is_between_them() {
    let file = "[factors.x]\nvalue = 'uniform(0, 1)'\n[factors.y]\nvalue = 'uniform(0, 1)'\n[outcomes.a]\nwhen = 'x + y < 0.3'\n[outcomes.b]\nelse = true\n";
    let found = opinion(file, &Changes::default(), &settings(1 << 18, 1)).expect("an answer");
    let a = &found.answers[0];
    assert!(
        (a.plain.value - 0.045).abs() < 4.0 * a.plain.std_error
            && (a.integrated.value - 0.045).abs() < 4.0 * a.integrated.std_error
    );
}
