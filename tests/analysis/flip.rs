//! What would change the answer: against closed forms, and put into the file by hand.

use crate::common;

use foretell::analysis::claims::{Agreement, Check};
use foretell::analysis::flip::{Fixed, FlipFinding, Flips};
use foretell::analysis::run::Run;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::{Rule, Settings};

fn session(text: &str) -> Session<'static> {
    Session::open(SourceFile::new("x.toml", text), |name| {
        std::fs::read_to_string(format!("{}/scenarios/{name}", env!("CARGO_MANIFEST_DIR")))
            .map_err(|error| error.to_string())
    })
    .expect("a text")
}

fn settings() -> Settings {
    common::settings(Kind::Sobol, 1, Rule::Draws(1 << 15))
}

fn found(text: &str, question: &Flips) -> FlipFinding {
    let session = session(text);
    let case = session.case(&Changes::default()).expect("a sound scenario");
    case.answer(question, &settings()).expect("an answer").finding
}

/// The outcome that leads with some numbers set.
fn leader(text: &str, set: Vec<String>) -> String {
    let session = session(text);
    let case = session.case(&Changes { set, ..Changes::default() }).expect("a sound scenario");
    let outcomes = case.answer(&Run::default(), &settings()).expect("an answer").finding.outcomes;
    let best = outcomes.iter().max_by(|a, b| a.probability.value.total_cmp(&b.probability.value));
    best.expect("an outcome").id.clone()
}

/// Won with the probability x, which is uniform up to 0.9: down leads as long as x is below ½, at Φ⁻¹(½ / 0.9) from the median.
const UNIFORM: &str = "
[factors.x]
value = 'uniform(0, 0.9)'
[events.won]
probability = 'x'
[outcomes.up]
when = 'won'
[outcomes.down]
else = true
";

#[test]
fn one_number_is_fixed_where_the_lead_changes() {
    let found = found(UNIFORM, &Flips::default());
    assert_eq!((found.leader.as_str(), found.tried), ("down", 2));
    let x = found.alone.iter().find(|one| one.fixed.id == "x").expect("x changes the lead");
    assert_eq!(x.leads, "up");
    // A value that is short to write, at most a tenth of a standard deviation beyond.
    assert!(x.fixed.at > 0.5 && x.fixed.at < 0.5 + 0.05, "{x:?}");
    let distance = x.fixed.distance.expect("a number");
    assert!((0.1397..0.1397 + 0.15).contains(&distance), "{distance}");
    assert!(x.outcomes[0].value > 0.5 && x.outcomes[0].exact);
    let won = found.alone.iter().find(|one| one.fixed.id == "won").expect("the event decides");
    assert_eq!((won.fixed.at, won.leads.as_str()), (1.0, "up"));
    assert!((won.fixed.probability.expect("an event") - 0.45).abs() < 1e-3);
}

/// Won with probability 0.3 + (a + b) / 20: neither number alone reaches 4, but both reach 2 at the distance √8.
const TWO: &str = "
[factors.a]
value = 'normal(0, 1)'
[factors.b]
value = 'normal(0, 1)'
[events.won]
probability = 'clamp(0.3 + 0.05 * (a + b), 0, 1)'
[outcomes.up]
when = 'won'
[outcomes.down]
else = true
";

#[test]
fn several_numbers_are_fixed_at_the_nearest_point() {
    let found = found(TWO, &Flips::default());
    assert!(found.alone.iter().all(|one| one.fixed.distance.is_none()), "{:?}", found.alone);
    let together = found.together.expect("both do it");
    assert!((8f64.sqrt()..1.05 * 8f64.sqrt() + 0.1).contains(&together.distance), "{together:?}");
    for one in &together.fixed {
        assert!((one.at - 2.0).abs() < 0.25, "{one:?}");
    }
    assert_eq!(leader(TWO, together.fixed.iter().map(set).collect()), "up");
}

fn set(one: &Fixed) -> String {
    format!("{}={}", one.id, one.at)
}

#[test]
fn numbers_put_into_shipped_files_do_what_they_are_said_to_do() {
    let mut tried = 0;
    for path in std::fs::read_dir(format!("{}/scenarios", env!("CARGO_MANIFEST_DIR"))).expect("a folder") {
        let path = path.expect("a file").path();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if path.extension().is_none_or(|one| one != "toml") || text.matches("[outcomes.").count() < 2 {
            continue;
        }
        let found = found(&text, &Flips::default());
        assert_eq!(leader(&text, Vec::new()), found.leader, "{path:?}");
        let numbers = found.alone.iter().filter(|one| one.fixed.distance.is_some());
        for one in numbers.take(4) {
            assert_ne!(one.leads, found.leader, "{path:?}");
            assert_eq!(leader(&text, vec![set(&one.fixed)]), one.leads, "{path:?} {one:?}");
            tried += 1;
        }
        if let Some(both) = &found.together {
            assert_eq!(leader(&text, both.fixed.iter().map(set).collect()), both.leads, "{path:?} {both:?}");
        }
    }
    assert!(tried > 10, "{tried}");
}

const CLAIMS: &str = "
[outcomes.a]
base = 0.4
[outcomes.b]
base = 0.6
[[claims]]
text = 'a is more probable than not'
expect = 'P(a) > 50%'
[[claims]]
text = 'b is more than a half'
expect = 'P(b) > 50%'
[[claims]]
text = 'a is no certainty'
expect = 'P(a) < 90%'
";

#[test]
fn a_claim_that_fails_is_told_the_number_that_would_mend_it() {
    let found = found(CLAIMS, &Flips::default());
    let [claim] = &found.claims[..] else { panic!("{:?}", found.claims) };
    assert_eq!((claim.claim, claim.verdict), (0, Agreement::Disagrees));
    let first = claim.numbers.first().expect("a base would do");
    assert!(first.address.ends_with(".base"), "{first:?}");
    assert_eq!(first.breaks, [1]);
    for one in &claim.numbers {
        let session = session(CLAIMS);
        let set = vec![format!("{}={}", one.address, one.to)];
        let case = session.case(&Changes { set, ..Changes::default() }).expect("a sound scenario");
        let check = case.answer(&Check::default(), &settings()).expect("an answer").finding;
        assert_eq!(check.claims[0].agreement, Agreement::Agrees, "{one:?}");
        // Halfway it does not hold yet.
        let half = format!("{}={}", one.address, 0.5 * (one.from + one.to));
        let case = session.case(&Changes { set: vec![half], ..Changes::default() }).expect("sound");
        let check = case.answer(&Check::default(), &settings()).expect("an answer").finding;
        assert_eq!(check.claims[0].agreement, Agreement::Disagrees, "{one:?}");
    }
}

/// x is uniform on 0.2 to 0.6: its mean is 0.4, and its own 90 % interval goes from 0.22 to 0.58.
#[test]
fn an_envelope_ends_where_means_or_claims_do() {
    let text = "
[factors.x]
value = 'uniform(0.2, 0.6)'
range = [0, 1]
[events.won]
probability = 'x'
[outcomes.up]
when = 'won'
[outcomes.down]
else = true
";
    let question = Flips { has_envelope: true, ..Flips::default() };
    let free = found(text, &question).envelope.expect("asked for");
    assert!((free[0].low.probability.value - 0.22).abs() < 2e-3, "{:?}", free[0]);
    assert!((free[0].high.probability.value - 0.58).abs() < 2e-3, "{:?}", free[0]);
    assert!(!free[0].low.held_back && !free[0].high.held_back);
    assert!((free[1].low.probability.value - 0.42).abs() < 2e-3, "{:?}", free[1]);
    let claim = format!("{text}[[claims]]\ntext = 'no even chance'\nexpect = 'P(up) < 45%'\n");
    let bound = found(&claim, &question).envelope.expect("asked for");
    let high = &bound[0].high;
    // The way is halved five times.
    assert!(
        high.held_back && high.probability.value < 0.4505 && high.probability.value > 0.45 - 0.18 / 16.0,
        "{high:?}"
    );
    assert!(!bound[0].low.held_back);
}

/// x = beta(1, 9) has the mean 0.1, above its median, and P95 = 1 − 0.05^(1/9): that is as far as its mean may go.
#[test]
fn of_a_skewed_factor_the_mean_stays_within_the_interval() {
    let text = UNIFORM.replace("uniform(0, 0.9)", "beta(1, 9)");
    let question = Flips { has_envelope: true, ..Flips::default() };
    let found = found(&text, &question).envelope.expect("asked for");
    let high = &found[0].high.probability;
    let end = 1.0 - libm::pow(0.05, 1.0 / 9.0);
    assert!((high.value - end).abs() < 2e-3, "{high:?} {end}");
}

#[test]
fn what_can_not_be_asked_is_told() {
    let session = session(UNIFORM);
    let case = session.case(&Changes::default()).expect("a sound scenario");
    for (name, said) in [("upp", "did you mean `up`?"), ("down", "leads already")] {
        let question = Flips { to: Some(name.into()), ..Flips::default() };
        let refused = case.answer(&question, &settings()).err().map(|error| format!("{error:?}"));
        assert!(refused.as_ref().is_some_and(|text| text.contains(said)), "{refused:?}");
    }
}
