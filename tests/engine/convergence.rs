//! How answers settle: nested looks, the last of which is the run.

use foretell::analysis::convergence::{Convergence, ConvergenceFinding, FIRST};
use foretell::analysis::run::Run;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Answer, Changes, Exactness, Session};
use foretell::simulation::{Rule, Settings};

/// Two events, of which one is decided by a number: 0.5 and 1/3 on average.
const TEXT: &str = "[factors.x]\nvalue = 'uniform(0, 1)'\n[events.even]\nprobability = 'x'\n[events.third]\nprobability = 'x ^ 2'\n\
                    [outcomes.both]\nwhen = 'even and third'\n[outcomes.other]\nelse = true\n";

fn ask(text: &str, settings: &Settings, of: &[&str]) -> Answer<ConvergenceFinding> {
    let session =
        Session::open(SourceFile::new("x.toml", text), |_| Err("none".into())).expect("a sound file");
    let case = session.case(&Changes::default()).expect("a sound file");
    let of = of.iter().map(|one| one.to_string()).collect();
    case.answer(&Convergence { of }, settings).expect("an answer")
}

fn settings(kind: Kind, seed: u64, rule: Rule) -> Settings {
    Settings { kind, seed, rule, ..Settings::default() }
}

#[test]
fn the_last_look_is_the_run_to_the_last_bit() {
    let session =
        Session::open(SourceFile::new("x.toml", TEXT), |_| Err("none".into())).expect("a sound file");
    let case = session.case(&Changes::default()).expect("a sound file");
    for kind in [Kind::Sobol, Kind::LatinHypercube, Kind::Independent] {
        for rule in [Rule::default(), Rule::Draws(10_000)] {
            // Independent draws would need millions for the default.
            if kind != Kind::Sobol && rule == Rule::default() {
                continue;
            }
            let settings = settings(kind, 7, rule);
            let run = case.answer(&Run::default(), &settings).expect("an answer");
            let found = case.answer(&Convergence::default(), &settings).expect("an answer");
            let last = found.finding.looks.last().expect("a look");
            assert_eq!((last.draws, found.facts.run.draws), (run.facts.run.draws, run.facts.run.draws));
            for (outcome, own) in run.finding.outcomes.iter().zip(&last.answers) {
                assert_eq!(outcome.probability.0, own.0, "{kind:?} {rule:?}");
            }
        }
    }
}

#[test]
fn looks_double_from_the_first_and_are_nested() {
    let short = ask(TEXT, &settings(Kind::Sobol, 3, Rule::Draws(1 << 10)), &[]);
    let long = ask(TEXT, &settings(Kind::Sobol, 3, Rule::Draws(1 << 12)), &[]);
    let draws: Vec<u64> = long.finding.looks.iter().map(|one| one.draws).collect();
    assert_eq!(draws, (6..=12).map(|power| 1 << power).collect::<Vec<u64>>());
    assert_eq!(draws[0], FIRST);
    // The same draws give the same answers, however many follow.
    for (one, other) in short.finding.looks.iter().zip(&long.finding.looks) {
        assert_eq!(one, other);
    }
    let other = ask(TEXT, &settings(Kind::Sobol, 4, Rule::Draws(1 << 10)), &[]);
    assert_ne!(other.finding.looks[0], short.finding.looks[0], "another seed has other draws");
}

#[test]
fn intervals_cover_the_exact_answer() {
    let (mut covered, mut beside, mut all) = (0u32, 0u32, 0u32);
    for seed in 1..=40 {
        let found = ask(TEXT, &settings(Kind::Sobol, seed, Rule::Draws(1 << 10)), &["even", "third"]);
        for look in &found.finding.looks {
            for (one, truth) in look.answers.iter().zip([0.5, 1.0 / 3.0]) {
                let covers = |value: f64| u32::from(one.interval.0 <= value && value <= one.interval.1);
                all += 1;
                covered += covers(truth);
                beside += covers(truth + 0.05);
            }
        }
    }
    let [share, beside] = [covered, beside].map(|count| f64::from(count) / f64::from(all));
    // 400 intervals that hang on each other: at least 0.9 but for four standard errors.
    assert!(share >= 0.84, "{share} of {all}");
    // What lies five points beside the truth is covered by the first looks alone.
    assert!(beside < 0.3, "{beside} of {all}");
}

#[test]
fn what_no_draw_enters_has_one_look() {
    let text =
        "[events.rain]\nprobability = 0.3\n[outcomes.wet]\nwhen = 'rain'\n[outcomes.dry]\nelse = true\n";
    let found = ask(text, &Settings::default(), &[]);
    assert_eq!(found.finding.looks.len(), 1);
    assert!(found.finding.looks[0].answers[0].exact && found.finding.looks[0].answers[0].value == 0.3);
    // Drawn, it settles.
    let session =
        Session::open(SourceFile::new("x.toml", text), |_| Err("none".into())).expect("a sound file");
    let case =
        session.case(&Changes { exact: Exactness::Never, ..Changes::default() }).expect("a sound file");
    let settings = settings(Kind::Sobol, 1, Rule::Draws(1 << 12));
    let drawn = case.answer(&Convergence::default(), &settings).expect("an answer").finding;
    assert_eq!(drawn.looks.len(), 7);
    assert!((drawn.looks[6].answers[0].value - 0.3).abs() < 0.01);
}
