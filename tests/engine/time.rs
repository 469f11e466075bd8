//! Time that may run out changes nothing, and time that has run out ends every question with what is known, which is said.

use std::sync::Arc;

use foretell::analysis::Question;
use foretell::analysis::claims::Check;
use foretell::analysis::decide::Decide;
use foretell::analysis::discover::{Discover, DiscoverRows, Looking, Test, Wanted};
use foretell::analysis::explain::Explain;
use foretell::analysis::flip::Flips;
use foretell::analysis::influence::Influence;
use foretell::analysis::information::Information;
use foretell::analysis::run::Run;
use foretell::analysis::sensitivity::{Others, Sensitivity};
use foretell::analysis::update::Update;
use foretell::analysis::worlds::Worlds;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::interchange::experiments::Experiments;
use foretell::session::{Changes, Comparison, Failure, Session};
use foretell::simulation::{Rule, Settings, Target, Watch};
use serde::Serialize;

const SCENARIO: &str = "
[factors.x]
value = 'uniform(0, 1)'
[factors.y]
value = 'normal(0, 1)'
[factors.sky]
states = ['clear', 'grey']
probabilities = { clear = 0.6, grey = 0.4 }
[events.won]
probability = 'if sky == clear then x else x / 2'
[outcomes.up]
when = 'won and y > 0'
[outcomes.even]
when = 'won and y <= 0'
[outcomes.down]
else = true
[[evidence]]
id = 'report'
date = 2024-01-01
text = 'It looks up'
likelihood = { up = 0.8, even = 0.5, down = 0.2 }
[[claims]]
text = 'up leads'
expect = 'P(up) > P(down)'
[[decisions]]
id = 'go'
[decisions.options.yes]
payoff = { up = 10, even = 0, down = -5 }
[decisions.options.no]
payoff = 0
";

/// How much time there is.
#[derive(Clone, Copy, PartialEq)]
enum Time {
    Any,
    Enough,
    Over,
}

impl Time {
    fn watch(self) -> Arc<Watch> {
        let watch = Arc::new(Watch::new());
        if self != Time::Any {
            watch.set_time();
        }
        if self == Time::Over {
            watch.hurry();
        }
        watch
    }
}

fn opened(text: &str, time: Time) -> Session<'static> {
    Session::watched(SourceFile::new("x.toml", text), |name| Err(name.into()), time.watch()).expect("a text")
}

fn settings(kind: Kind) -> Settings {
    Settings { kind, rule: Rule::Draws(1 << 16), ..Settings::default() }
}

/// The answer as JSON, and whether it says that time ran out.
fn told<Q: Question>(question: &Q, kind: Kind, time: Time) -> Result<(String, bool), Failure>
where
    Q::Finding: Serialize,
{
    let session = opened(SCENARIO, time);
    let evidence = vec!["all".to_string()];
    let case = session.case(&Changes { evidence, ..Changes::default() }).expect("a sound scenario");
    let answer = case.answer(question, &settings(kind))?;
    let says = answer.messages.iter().any(|one| one.code == "time");
    Ok((serde_json::to_string(&answer.finding).expect("JSON"), says))
}

fn holds<Q: Question>(name: &str, question: &Q, is_cut: bool)
where
    Q::Finding: Serialize,
{
    for kind in [Kind::Sobol, Kind::LatinHypercube, Kind::Independent] {
        let [any, enough] = [Time::Any, Time::Enough].map(|time| told(question, kind, time).expect(name));
        assert!(any.0 == enough.0 && !any.1 && !enough.1, "{name} under {kind:?} differs");
    }
    match told(question, Kind::Sobol, Time::Over) {
        Ok((_, says)) => assert_eq!(says, is_cut, "{name}"),
        Err(Failure::No(_, found)) => {
            assert!(is_cut && found.iter().all(|one| one.code == "time"), "{name}: {found:?}");
        }
        Err(other) => panic!("{name}: {other}"),
    }
}

#[test]
fn every_question_hears_the_clock_and_nothing_else_changes() {
    let discover = Discover { of: Wanted::Named("up".into()), by: Vec::new(), looking: Looking::default() };
    let sensitivity =
        Sensitivity { others: Others::Free, shapley: false, structure: Some(0.1), ..Sensitivity::default() };
    holds("run", &Run::default(), true);
    holds("check", &Check::default(), false);
    holds("update", &Update, true);
    holds("influence", &Influence, true);
    holds("sensitivity", &sensitivity, true);
    holds("flip", &Flips { to: None, has_envelope: true }, true);
    holds("decide", &Decide, true);
    holds("discover", &discover, true);
    holds("explain", &Explain { draw: None }, true);
    holds("worlds", &Worlds, false);
    let session = opened(SCENARIO, Time::Any);
    let case = session.case(&Changes::default()).expect("a sound scenario");
    holds("voi", &Information::about(&case.model, None).expect("outcomes"), true);
}

/// What a question finds, where some of the time is over from the beginning, and whether it says so.
fn found_at<Q: Question>(question: &Q, over: f64, rule: Rule) -> (Q::Finding, u64, bool) {
    let watch = Time::Enough.watch();
    let file = SourceFile::new("x.toml", SCENARIO);
    let session = Session::watched(file, |name| Err(name.into()), watch.clone()).expect("a text");
    let case = session.case(&Changes::default()).expect("a sound scenario");
    watch.pass(over);
    let answer = case.answer(question, &Settings { rule, ..settings(Kind::Sobol) }).expect("an answer");
    let says = answer.messages.iter().any(|one| one.code == "time" && one.message.contains("draws"));
    (answer.finding, answer.facts.run.draws, says)
}

#[test]
fn what_comes_first_leaves_time_for_what_is_asked() {
    let precise = Rule::Until { target: Target::StandardError(1e-12), most: 1 << 20 };
    for rule in [Rule::Draws(1 << 18), precise] {
        // Half of the time is over: the probabilities have had their part, what makes another outcome lead has not.
        let (flips, draws, says) = found_at(&Flips::default(), 0.5, rule);
        assert!(says && draws < 1 << 18, "{rule:?}: {draws}");
        assert!(flips.alone.iter().any(|one| one.fixed.id == "x"), "{rule:?}: {:?}", flips.alone);
    }
    let (moved, draws, says) = found_at(&Sensitivity::default(), 0.5, precise);
    assert!(says && draws < 1 << 20, "{draws}");
    assert!(moved.answers.iter().all(|one| !one.levers.is_empty() && !one.indices.is_empty()), "{moved:?}");
    let (told, _, says) = found_at(&Explain { draw: None }, 0.5, precise);
    assert!(says && told.is_whole);
    // What is done by then is as it is without a clock.
    let (any, ..) = found_at(&Flips::default(), 0.0, Rule::Draws(1 << 14));
    let (early, ..) = found_at(&Flips::default(), 0.3, Rule::Draws(1 << 14));
    assert_eq!(any, early);
}

#[test]
fn a_sweep_says_where_it_did_not_look_any_more() {
    for (vary, unseen) in [(&["x=0:1:401"][..], 401 - 128), (&["x=0:1:21", "y=-1:1:21"], 441 - 128)] {
        let found = |time: Time| {
            let session = opened(SCENARIO, time);
            let mut case = session.case(&Changes::default()).expect("a sound scenario");
            let vary: Vec<String> = vary.iter().map(|one| one.to_string()).collect();
            let sweep = case.sweep(&vary, None, &[]).expect("a sweep");
            case.answer(&sweep, &settings(Kind::Sobol)).expect("an answer")
        };
        let [any, enough, over] = [Time::Any, Time::Enough, Time::Over].map(found);
        let [any, enough] = [any, enough].map(|one| serde_json::to_string(&one.finding).expect("JSON"));
        assert!(any == enough, "the sweep differs");
        let late = |gap: &Option<_>| gap.as_ref().is_some_and(|one| format!("{one:?}") == "Late");
        let gaps = over.finding.points.iter().filter(|one| late(&one.gap)).count()
            + over.finding.cells.iter().filter(|one| late(&one.gap)).count();
        assert_eq!(gaps, unseen);
        assert!(over.messages.iter().any(|one| one.message.starts_with(&format!("{unseen} of "))));
    }
}

#[test]
fn edits_that_time_does_not_let_tell_apart_are_one() {
    let other = SCENARIO
        .replace("uniform(0, 1)", "uniform(0.2, 1)")
        .replace("x / 2", "x / 3")
        .replace("0.6, grey = 0.4", "0.5, grey = 0.5");
    let found = |time: Time| {
        let mut before = opened(SCENARIO, time);
        let after =
            before.beside(SourceFile::new("y.toml", &other), |name| Err(name.into())).expect("a text");
        let comparison = Comparison::of_files(&before, &after, &Changes::default()).expect("two scenarios");
        comparison.answer(&[], &settings(Kind::Sobol)).expect("an answer")
    };
    let [any, enough, over] = [Time::Any, Time::Enough, Time::Over].map(found);
    assert_eq!(any.finding, enough.finding);
    assert!(any.finding.edits.len() > 1, "{:?}", any.finding.edits);
    let [edit] = &over.finding.edits[..] else { panic!("{:?}", over.finding.edits) };
    for (answer, effect) in over.finding.answers.iter().zip(&edit.effects) {
        assert!((answer.difference.value - effect.value.value).abs() < 1e-12);
    }
    assert!(over.messages.iter().any(|one| one.message.contains("edits could be told apart")));
}

#[test]
fn a_table_without_time_is_refused_and_one_with_time_is_the_same() {
    let text = "a,b,won\n".to_string()
        + &(0..400)
            .map(|at| format!("{},{},{}\n", at % 20, at % 7, u8::from(at % 20 > 12)))
            .collect::<String>();
    let table = Experiments::read(&text).expect("a table");
    let question = DiscoverRows {
        of: "won".into(),
        test: Test::One,
        by: Vec::new(),
        looking: Looking::default(),
        seed: 1,
    };
    let found = |time: Time| question.find(&table, &time.watch());
    assert_eq!(found(Time::Any), found(Time::Enough));
    assert_eq!(found(Time::Over).expect_err("no box").code, "time");
}
