//! The session: one text, opened once, changed and asked as often as wanted; and questions of one's own.

#![allow(clippy::disallowed_methods)]

#[allow(dead_code)]
#[path = "../../examples/own_question.rs"]
mod own_question;

use std::cell::RefCell;

use foretell::analysis::correlations::Correlations;
use foretell::analysis::drivers::Drivers;
use foretell::analysis::run::Run;
use foretell::analysis::variants::Variants;
use foretell::diagnostic::SourceFile;
use foretell::program::States;
use foretell::report::form::json;
use foretell::session::{Answer, Changes, Exactness, Failure, Session};
use foretell::simulation::{Rule, Settings, Target};
use own_question::Lead;

fn file(path: &str) -> SourceFile {
    let whole = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    SourceFile::new(path, std::fs::read_to_string(whole).expect("a scenario"))
}

fn opened(text: &str) -> Session<'static> {
    let session = Session::open(SourceFile::new("x.toml", text), |name| Err(format!("no {name} here")));
    session.expect("nobody interrupts")
}

fn settings(draws: u64) -> Settings {
    Settings { threads: 1, rule: Rule::Draws(draws), ..Settings::default() }
}

fn set(changes: &[&str]) -> Changes {
    Changes { set: changes.iter().map(|one| one.to_string()).collect(), ..Changes::default() }
}

fn bytes<F: serde::Serialize>(answer: &Answer<F>) -> String {
    String::from_utf8(json::render(answer)).expect("text")
}

#[track_caller]
fn refusal<F>(answer: Result<Answer<F>, Failure>) -> String {
    match answer {
        Err(Failure::No(_, list)) => list.iter().map(|one| one.code).collect::<Vec<_>>().join(" "),
        Err(Failure::Interrupted) => panic!("nobody interrupts"),
        Ok(_) => panic!("an answer"),
    }
}

// Opening and changing.

#[test]
fn a_text_and_its_files_are_read_once() {
    let text = "[factors.price]\nvalue = 'empirical(\"prices.csv\", \"usd\")'\n[outcomes.up]\nweights = { price = 0.1 }\n[outcomes.down]\n";
    let read = RefCell::new(Vec::new());
    let session = Session::open(SourceFile::new("x.toml", text), |name| {
        read.borrow_mut().push(name.to_string());
        Ok("usd,eur\n60,50\n70,60\n80,75\n".into())
    });
    let session = session.expect("nobody interrupts");
    let mut answers = Vec::new();
    for price in ["price=65", "price=75", "price=empirical(\"others.csv\", \"eur\")"] {
        let case = session.case(&set(&[price])).expect("a sound scenario");
        answers.push(
            case.answer(&Run::default(), &settings(1024)).expect("a run").finding.outcomes[0]
                .probability
                .value,
        );
    }
    assert_eq!(*read.borrow(), ["prices.csv", "others.csv"]);
    assert!(answers[0] < answers[1] && answers[2] < answers[0], "{answers:?}");
}

#[test]
fn a_case_knows_nothing_of_the_one_before() {
    let path = "scenarios/vladivostok-2023-stages.toml";
    let session = Session::open(file(path), |_| Err(String::new())).expect("a text");
    let ask = |session: &Session, changes: &Changes| {
        bytes(
            &session
                .case(changes)
                .expect("a sound case")
                .answer(&Run::default(), &settings(4096))
                .expect("a run"),
        )
    };
    let changes = Changes {
        set: vec!["china_approval=0.9".into()],
        given: vec!["deal".into()],
        evidence: vec!["all".into()],
        ..Changes::default()
    };
    let first = ask(&session, &Changes::default());
    let changed = ask(&session, &changes);
    assert_ne!(first, changed);
    assert_eq!(ask(&session, &Changes::default()), first);
    let fresh = Session::open(file(path), |_| Err(String::new())).expect("a text");
    assert_eq!(ask(&fresh, &changes), changed);
}

#[test]
fn all_mistakes_of_text_and_changes_are_told_at_once() {
    let session = opened(
        "[factors.oil]\nvalue = 'beta(2, 5)'\n[outcomes.up]\nweights = { oli = 2 }\n[outcomes.down]\n",
    );
    let changes = Changes { given: vec!["oyl > 1".into()], ..set(&["gas=1"]) };
    let Err(Failure::No(sources, list)) = session.case(&changes) else { panic!("three mistakes") };
    let places: Vec<String> =
        list.iter().filter_map(|one| one.span()).map(|span| sources.place(span)).collect();
    assert_eq!(list.counts().0, 3, "{list:?}");
    for place in ["x.toml:4", "--set:1", "--given:1"] {
        assert!(places.iter().any(|one| one.starts_with(place)), "{places:?}");
    }
}

// Policies.

#[test]
fn too_many_void_draws_are_no_answer_and_few_are_a_warning() {
    let text = |bound: &str| {
        format!(
            "[factors.x]\nrange = [-1, 1]\nvalue = 'uniform(-{bound}, 1)'\n[derived.y]\nvalue = 'sqrt(x)'\n\
                 [outcomes.a]\nweights = {{ y = 1 }}\n[outcomes.b]\n"
        )
    };
    let ask = |bound: &str| {
        let session = opened(&text(bound));
        session.case(&Changes::default()).and_then(|case| case.answer(&Run::default(), &settings(1 << 14)))
    };
    assert_eq!(refusal(ask("0.1")), "void-draws");
    // Of 2^14 draws some eight are below 0: fewer than one in a thousand.
    let few = ask("0.0005").expect("an answer");
    assert!(few.facts.void.draws > 0 && few.facts.void.place.is_some(), "{:?}", few.facts.void);
    assert!(few.messages.iter().any(|one| one.code == "void-draws"), "{:?}", few.messages);
    assert!(ask("0").expect("an answer").messages.iter().all(|one| one.code != "void-draws"));
}

#[test]
fn evidence_that_leaves_too_few_draws_is_no_answer() {
    let text = "[factors]\nx = { value = 'normal(0, 1)' }\ny = { value = 'normal(0, 1)' }\n\
                [outcomes.a]\nweights = { x = 1 }\n[outcomes.b]\n";
    let session = opened(text);
    let ask = |given: &str| {
        let case = session.case(&Changes { given: vec![given.into()], ..Changes::default() })?;
        case.answer(&Run::default(), &settings(1 << 14))
    };
    assert_eq!(refusal(ask("x + y > 5.5")), "rare-evidence");
    assert!(ask("x + y > 1").is_ok());
}

#[test]
fn what_is_to_be_exact_is_not_drawn() {
    let session =
        opened("[factors.x]\nvalue = 'uniform(0, 1)'\n[outcomes.a]\nweights = { x = 1 }\n[outcomes.b]\n");
    let ask = |changes: Changes| {
        let case = session.case(&Changes { exact: Exactness::Require, ..changes }).expect("a sound scenario");
        case.answer(&Run::default(), &settings(1024))
    };
    assert_eq!(refusal(ask(Changes::default())), "not-exact");
    assert!(ask(set(&["x=0.5"])).expect("an answer").facts.run.exact);
}

#[test]
fn a_precision_that_is_not_reached_is_said() {
    let session = opened(
        "[factors.x]\nvalue = 'uniform(0, 1)'\n[outcomes.a]\nscore = 'if x < 0.3 then 2 else 0'\n[outcomes.b]\nscore = 0\n",
    );
    let case = session.case(&Changes::default()).expect("a sound scenario");
    let ask = |error: f64| {
        let rule = Rule::Until { target: Target::StandardError(error), most: 1 << 15 };
        case.answer(&Run::default(), &Settings { rule, ..settings(1) }).expect("an answer")
    };
    assert!(ask(1e-9).messages.iter().any(|one| one.code == "not-precise"));
    assert!(ask(1e-2).messages.is_empty());
}

#[test]
fn what_is_not_precise_enough_is_named() {
    let session = opened(
        "[factors.x]\nvalue = 'uniform(0, 1)'\n[derived.wide]\nvalue = 'exp(5 * x) * x'\n[events.rare]\nprobability = 0.3\n",
    );
    let case = session.case(&Changes::default()).expect("a sound scenario");
    let rule = Rule::Until { target: Target::StandardError(1e-12), most: 1 << 15 };
    let answer = case.answer(&Run::default(), &Settings { rule, ..settings(1) }).expect("an answer");
    let doubt = answer.messages.iter().find(|one| one.code == "not-precise").expect("a message");
    assert!(
        doubt.message.contains("the wanted precision was not reached by the mean of `wide`"),
        "{}",
        doubt.message
    );
    assert!(doubt.hints.iter().any(|hint| hint.text.contains("percentiles")), "{:?}", doubt.hints);
}

// Questions.

/// What is asked for alone is what a run tells of it: a run is nothing but its topics on common draws.
#[test]
fn a_topic_by_itself_is_that_of_a_run() {
    let session =
        Session::open(file("scenarios/vladivostok-2023.toml"), |_| Err(String::new())).expect("a text");
    let case = session.case(&Changes { all_variants: true, ..Changes::default() }).expect("a sound scenario");
    let settings = settings(1 << 15);
    let run = case.answer(&Run { all_variants: true, ..Run::default() }, &settings).expect("a run").finding;
    let drivers = case.answer(&Drivers::default(), &settings).expect("drivers").finding;
    assert!(!drivers.drivers.is_empty());
    assert_eq!(format!("{:?}", drivers.drivers), format!("{:?}", run.drivers.drivers));
    let variants = case.answer(&Variants::default(), &settings).expect("variants").finding;
    assert!(!variants.variants.is_empty());
    assert_eq!(format!("{variants:?}"), format!("{:?}", run.variants));

    let related = "[factors]\na = { value = 'normal(0, 1)' }\nb = { value = 'normal(0, 1)' }\n\
                   [[correlations]]\nbetween = [\"a\", \"b\"]\nrank = 0.5\n[outcomes.x]\nweights = { a = 1 }\n[outcomes.y]\n";
    let session = opened(related);
    let case = session.case(&Changes::default()).expect("a sound scenario");
    let run = case.answer(&Run::default(), &settings).expect("a run").finding;
    let alone = case.answer(&Correlations, &settings).expect("correlations").finding;
    assert_eq!(alone.correlations, run.correlations);
    assert_eq!(alone.correlations.len(), 1);
}

/// The example's question: an outcome leads where it is the most probable one given all that is not known.
#[test]
fn a_question_of_ones_own_finds_a_known_answer() {
    let text = "[factors]\nx = { value = 'uniform(0, 1)' }\ny = { value = 'uniform(0, 1)' }\n\
                [outcomes.a]\nscore = 'x - 0.3'\n[outcomes.b]\nscore = '0.2 * (y - y)'\n";
    let session = opened(text);
    let lead = |given: &[&str]| {
        let given = given.iter().map(|one| one.to_string()).collect();
        let case = session.case(&Changes { given, ..Changes::default() }).expect("a sound scenario");
        case.answer(&Lead, &settings(1 << 16)).expect("an answer").finding.leads[0].probability
    };
    // a leads where x > 0.3; of x + y > 1, where that has probability 1/2, x < 0.3 takes 0.3²/2.
    let near = |estimate: &foretell::statistics::Estimate, truth: f64| {
        let z = (estimate.value - truth) / estimate.std_error;
        assert!(!estimate.exact && estimate.std_error < 1e-3 && z.abs() < 5.0, "{estimate:?} for {truth}");
    };
    near(&lead(&[]), 0.7);
    near(&lead(&["x + y > 1"]), 1.0 - 0.3 * 0.3);
    // How probable it is is another question.
    let case = session.case(&Changes::default()).expect("a sound scenario");
    let run = case.answer(&Run::default(), &settings(1 << 14)).expect("a run").finding;
    assert!((run.outcomes[0].probability.value - 0.7).abs() > 0.1);
    let held = session.case(&set(&["x=0.4", "y=0.5"])).expect("a sound scenario");
    let held = held.answer(&Lead, &settings(1024)).expect("an answer").finding.leads[0].probability;
    assert!(held.exact && held.value == 1.0, "{held:?}");
}

#[test]
fn a_study_says_what_becomes_of_states() {
    let session = opened("[events.rain]\nprobability = 0.25\n");
    let ask =
        |exact: Exactness| session.case(&Changes { exact, ..Changes::default() }).expect("a sound scenario");
    assert_eq!(ask(Exactness::Allow).study(&settings(1)).states, States::Cut);
    assert_eq!(ask(Exactness::Require).study(&settings(1)).states, States::Summed);
    let drawn = ask(Exactness::Never);
    assert_eq!(drawn.study(&settings(1)).states, States::Drawn);
    let found = drawn.answer(&Run::default(), &settings(1 << 12)).expect("a run").finding;
    assert!(!found.events[0].probability.exact);
}
