//! Futures: they have the model's frequencies, whatever was learned, and are those that `explain --draw` follows.

#![allow(clippy::disallowed_methods)]

use std::sync::LazyLock;

use crate::common;
use crate::common::finite::{Choices, condition, most_probable, random_model};

use foretell::analysis::explain::Explain;
use foretell::analysis::factors::FactorFinding;
use foretell::analysis::run::{Run, RunFinding};
use foretell::analysis::worlds::{Worlds, WorldsFinding};
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::random::Key;
use foretell::session::{Changes, Failure, Session};
use foretell::simulation::{Rule, Settings};

const FUTURES: u64 = 10_000;

/// Numbers of futures that a design of powers of two could fall in with.
const COUNTS: [u64; 3] = [FUTURES, 1 << 12, 1 << 14];

fn settings(seed: u64, count: u64) -> Settings {
    common::settings(Kind::Sobol, seed, Rule::Draws(count))
}

fn session(text: &str) -> Session<'static> {
    Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text")
}

fn changes(given: &[&str]) -> Changes {
    Changes { given: given.iter().map(|one| one.to_string()).collect(), ..Changes::default() }
}

fn worlds(text: &str, given: &[&str], settings: &Settings) -> WorldsFinding {
    session(text).case(&changes(given)).expect("sound").answer(&Worlds, settings).expect("futures").finding
}

fn run(text: &str, given: &[&str]) -> RunFinding {
    let run = Run::default();
    session(text)
        .case(&changes(given))
        .expect("sound")
        .answer(&run, &settings(1, 1 << 16))
        .expect("an answer")
        .finding
}

/// Every shipped scenario.
fn shipped() -> Vec<(String, String)> {
    let folder = format!("{}/scenarios", env!("CARGO_MANIFEST_DIR"));
    let mut all: Vec<(String, String)> = ["", "/reference"]
        .iter()
        .flat_map(|sub| std::fs::read_dir(format!("{folder}{sub}")).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|one| one == "toml"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a file")))
        .filter(|(_, text)| session(text).case(&Changes::default()).is_ok())
        .collect();
    all.sort();
    assert!(all.len() >= 7, "{}", all.len());
    all
}

/// Every shipped scenario, its name, its text and what a run tells of it.
static TOLD: LazyLock<Vec<(String, String, RunFinding)>> = LazyLock::new(|| {
    let told = |(name, text): (String, String)| {
        let told = run(&text, &[]);
        (name, text, told)
    };
    shipped().into_iter().map(told).collect()
});

/// What has a frequency: its name, how often it is so among the futures, and its probability with its error.
fn frequencies(found: &WorldsFinding, told: &RunFinding) -> Vec<(String, f64, f64, f64)> {
    let count = found.futures.len() as f64;
    let mut all = Vec::new();
    for one in &told.outcomes {
        let is_it = |future: &&foretell::analysis::worlds::FutureFinding| {
            future.outcome.as_ref().is_some_and(|own| own.id == one.id)
        };
        let share = found.futures.iter().filter(is_it).count() as f64 / count;
        all.push((one.id.clone(), share, one.probability.value, one.probability.std_error));
    }
    for one in &told.events {
        let happens = |future: &&foretell::analysis::worlds::FutureFinding| {
            future.events.0.iter().any(|(id, own)| *id == one.id && own.happens)
        };
        let share = found.futures.iter().filter(happens).count() as f64 / count;
        all.push((one.id.clone(), share, one.probability.value, one.probability.std_error));
    }
    for factor in &told.factors {
        let FactorFinding::States(states) = factor else { continue };
        for state in &states.states {
            let is_in = |future: &&foretell::analysis::worlds::FutureFinding| {
                future.states.0.iter().any(|(id, own)| *id == states.id && own.state == state.id)
            };
            let share = found.futures.iter().filter(is_in).count() as f64 / count;
            let p = &state.probability;
            all.push((format!("{}.{}", states.id, state.id), share, p.value, p.std_error));
        }
    }
    all
}

/// The largest |z| of all frequencies, with the name of what has it. Futures that are taken by weight tell no more than the draws
/// they are taken from.
fn worst(found: &WorldsFinding, told: &RunFinding) -> (String, f64) {
    let draws = 1.0 / found.futures.len() as f64 + found.effective_draws.map_or(0.0, |one| 1.0 / one);
    let z = |(name, share, p, error): (String, f64, f64, f64)| {
        let variance = (p * (1.0 - p)).max(0.0) * draws + error * error;
        let distance = (share - p).abs();
        let z = if variance > 1e-20 {
            distance / variance.sqrt()
        } else if distance < 1e-9 {
            0.0
        } else {
            99.0
        };
        (name, z)
    };
    let all = frequencies(found, told).into_iter().map(z);
    all.fold((String::new(), 0.0), |most, one| if one.1 > most.1 { one } else { most })
}

#[test]
fn futures_have_the_frequencies_of_the_model() {
    for (name, text, told) in TOLD.iter() {
        let (what, z) = worst(&worlds(text, &[], &settings(3, FUTURES)), told);
        assert!(z < 5.0, "{name}: {what} has |z| = {z}");
    }
}

/// Also where something was learned: of the outcome, of an event, of a number.
#[test]
fn futures_have_the_frequencies_given_what_was_learned() {
    for (name, text, told) in TOLD.iter() {
        let mut learned: Vec<String> = Vec::new();
        learned.extend(told.outcomes.last().map(|one| format!("outcome == {}", one.id)));
        learned.extend(told.events.first().map(|one| one.id.clone()));
        learned.extend(
            told.derived
                .first()
                .filter(|one| one.mean.value.is_finite())
                .map(|one| format!("{} > {}", one.id, one.mean.value)),
        );
        for given in learned {
            let given = [given.as_str()];
            let Ok(case) = session(text).case(&changes(&given)).map(drop) else { continue };
            let () = case;
            let told = run(text, &given);
            for count in COUNTS {
                let (what, z) = worst(&worlds(text, &given, &settings(5, count)), &told);
                assert!(z < 5.0, "{name} given {given:?}, {count} futures: {what} has |z| = {z}");
            }
        }
    }
}

/// Networks without a number: a chain far along which something was learned, and an event with more causes than a table of all could hold,
/// beside another that was learned too.
#[test]
fn futures_of_networks_have_the_frequencies_given_what_was_learned() {
    let mut chain = String::from("[events.e0]\nprobability = 0.3\n");
    for at in 1..120 {
        let before = at - 1;
        chain += &format!("[events.e{at}]\nprobability = 'if e{before} then 0.7 else 0.2'\n");
    }
    let mut causes = String::new();
    for at in 0..26 {
        causes += &format!("[events.c{at}]\nprobability = {}\n", 0.02 + 0.005 * at as f64);
    }
    for (name, step) in [("all", 1), ("few", 4)] {
        let list: Vec<String> =
            (0..26).step_by(step).map(|at| format!("c{at} = {}", 0.9 - 0.02 * at as f64)).collect();
        causes +=
            &format!("[events.{name}]\nnoisy_or = {{ leak = 0.02, causes = {{ {} }} }}\n", list.join(", "));
    }
    for (text, given) in
        [(&chain, &["e119", "not e60"][..]), (&causes, &["all", "few"]), (&causes, &["all", "not few"])]
    {
        let (what, z) = worst(&worlds(text, given, &settings(9, 2_000)), &run(text, given));
        assert!(z < 5.0, "{given:?}: {what} has |z| = {z}");
        assert!(worst(&worlds(text, &[], &settings(9, 2_000)), &run(text, given)).1 > 5.0, "{given:?}");
    }
}

/// The most probable combination of a finite model, and that with each outcome, is the greatest of all that there are, and as probable as
/// a run says of it.
#[test]
fn the_most_probable_combination_is_the_greatest_of_all() {
    let (mut compared, mut other) = (0, 0);
    for seed in 0..150 {
        let (text, nodes) = random_model(seed);
        let learned = condition(&nodes[0], &mut Choices { key: Key::new(seed), next: 900 });
        let given: Vec<&str> = [learned.as_str()].into_iter().take(seed as usize % 2).collect();
        let Ok(model) = common::built(&text, &[], &given) else { continue };
        let case = session(&text);
        let case = case.case(&changes(&given)).expect("sound");
        let Ok(found) = case.answer(&Worlds, &settings(1, 1)) else { continue };
        let (by_outcome, greatest) = most_probable(&model);
        let best = found.finding.most_probable.expect("states, and no draws");
        assert!((best.probability.value - greatest).abs() < 1e-12, "{seed}: {best:?} {greatest}");
        let chance = |given: &[&str]| run(&text, given).evidence.map_or(1.0, |one| one.probability.value);
        let with_it = chance(&[&given[..], &[best.expression.as_str()]].concat());
        assert!((with_it / chance(&given) - greatest).abs() < 1e-12, "{seed}");
        let stories =
            case.answer(&Explain::default(), &Settings::default()).expect("stories").finding.outcomes;
        for (story, greatest) in stories.iter().zip(by_outcome) {
            let Some(own) = &story.combination else { continue };
            let joint = own.probability.value * story.probability.value;
            assert!(
                own.counted_among.is_none() && (joint - greatest).abs() < 1e-12,
                "{seed}: {own:?} {greatest}"
            );
            other += usize::from(own.expression != best.expression);
            compared += 1;
        }
    }
    assert!(compared > 200 && other > 50, "{compared} {other}");
}

/// A negative control: futures without what was learned don't have the frequencies with it.
#[test]
fn other_frequencies_are_seen() {
    let path = format!("{}/scenarios/vladivostok-2023-stages.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a file");
    let told = run(&text, &[]);
    let given = format!("outcome == {}", told.outcomes[0].id);
    assert!(worst(&worlds(&text, &[], &settings(3, FUTURES)), &run(&text, &[&given])).1 > 5.0);
}

/// Weighted futures of a number have its mean given what was learned: x given that a report with odds e^x was right.
#[test]
fn futures_of_a_weighted_model_have_its_means() {
    let text = "[factors.x]\nvalue = 'normal(0, 1)'\n[events.e]\nprobability = 'logistic(2 * x - 2)'\n\
        [outcomes.a]\nwhen = 'e'\n[outcomes.b]\nelse = true\n";
    let told = run(text, &["e"]);
    let FactorFinding::Number(x) = &told.factors[0] else { panic!("a number") };
    for count in COUNTS {
        let found = worlds(text, &["e"], &settings(1, count));
        let values: Vec<f64> = found.futures.iter().map(|one| one.numbers.0[0].1.value).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let error = x.sd * (1.0 / values.len() as f64 + 1.0 / found.effective_draws.expect("weights")).sqrt();
        assert!((mean - x.mean.value).abs() < 5.0 * error, "{count}: {mean} for {}", x.mean.value);
        assert!(x.mean.value > 0.5 && found.futures.iter().all(|one| one.events.0[0].1.happens));
    }
}

/// What hardly a draw holds is refused, also where one draw is followed: there is nothing to tell what is usual by.
#[test]
fn what_hardly_a_draw_holds_is_refused() {
    let text = "[factors.x]\nvalue = 'normal(0, 1)'\n[outcomes.a]\nbase = 0.5\nweights = { x = 2 }\n\
        [outcomes.b]\nbase = 0.5\n";
    // Of 2^20 draws about one is above 4.8, and none above 8.
    for given in ["x + 1 > 9", "x + 1 > 5.8"] {
        let session = session(text);
        let case = session.case(&changes(&[given])).expect("sound");
        let refused = |failure: Option<Failure>| match failure {
            Some(Failure::No(_, list)) => list.iter().any(|one| one.code == "rare-evidence"),
            _ => false,
        };
        assert!(refused(case.answer(&Worlds, &settings(1, 100)).err()), "{given}");
        let explain = Explain { draw: Some((1, 1)) };
        assert!(refused(case.answer(&explain, &Settings::default()).err()), "{given}");
    }
    assert_eq!(worlds(text, &["x + 1 > 2"], &settings(1, 100)).futures.len(), 100);
}

#[test]
fn each_future_is_the_one_that_explain_follows() {
    for (name, text, told) in TOLD.iter() {
        let given = told.outcomes.last().map(|one| format!("outcome == {}", one.id));
        for given in [None, given] {
            let given: Vec<&str> = given.iter().map(String::as_str).collect();
            let found = worlds(text, &given, &settings(7, 4));
            assert_eq!(found.futures.len(), 4, "{name}");
            for future in &found.futures {
                let explain = Explain { draw: Some((future.draw, future.copy)) };
                let default = Settings { seed: 7, ..Settings::default() };
                let case = session(text);
                let case = case.case(&changes(&given)).expect("sound");
                let followed = case.answer(&explain, &default).expect("a draw").finding.draw.expect("a draw");
                assert_eq!(followed.world, *future, "{name}");
            }
        }
    }
}

#[test]
fn futures_do_not_depend_on_threads_but_on_the_seed() {
    let (_, text) = shipped().swap_remove(1);
    let found = |seed, threads| worlds(&text, &[], &Settings { threads, ..settings(seed, 200) });
    assert_eq!(found(1, 1), found(1, 7));
    assert_ne!(found(1, 1), found(2, 1));
    // Fewer are the first of more.
    let few = worlds(&text, &[], &settings(1, 20));
    assert_eq!(few.futures, found(1, 2).futures[..20]);
}

/// The share of futures that are less typical is uniform, and a world of the middle of a normal is more typical than one of its tail.
#[test]
fn typical_is_a_rank() {
    let text =
        "[factors.x]\nvalue = 'normal(0, 1)'\n[outcomes.a]\nwhen = 'x > 0'\n[outcomes.b]\nelse = true\n";
    let found = worlds(text, &[], &settings(1, FUTURES));
    let mean = found.futures.iter().map(|one| one.typical).sum::<f64>() / FUTURES as f64;
    // A mean of uniforms has the deviation 1/√12; the reference of 4096 has an error of its own.
    assert!(
        (mean - 0.5).abs() < 5.0 * (1.0f64 / 12.0).sqrt() * (1.0 / 1e4 + 1.0 / 4096.0f64).sqrt(),
        "{mean}"
    );
    for one in &found.futures {
        // P(|Z| > |x|), which is what is less typical.
        let x = one.numbers.0[0].1.value.abs();
        let expected = 2.0 * (1.0 - foretell::math::special::normal_cdf(x));
        assert!((one.typical - expected).abs() < 5.0 * (0.25f64 / 4096.0).sqrt(), "{x}: {}", one.typical);
    }
}
