//! What should be found out next: against closed forms, and with intervals that cover.

use crate::common;

use foretell::analysis::information::{Information, InformationFinding, Item};
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::{Rule, Settings};

fn asked(text: &str, given: &[&str], of: Option<&str>, settings: &Settings) -> InformationFinding {
    let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
    let given = given.iter().map(|one| one.to_string()).collect();
    let case = session.case(&Changes { given, ..Changes::default() }).expect("a sound scenario");
    let question = Information::about(&case.model, of).expect("an answer's name");
    case.answer(&question, settings).expect("an answer").finding
}

fn found(text: &str, given: &[&str]) -> InformationFinding {
    asked(text, given, None, &common::settings(Kind::Sobol, 1, Rule::Draws(1 << 15)))
}

fn item<'f>(found: &'f InformationFinding, id: &str) -> &'f Item {
    found.items.iter().find(|one| one.id == id).unwrap_or_else(|| panic!("{id} is not told"))
}

fn h(p: f64) -> f64 {
    -[p, 1.0 - p].iter().filter(|p| **p > 0.0).map(|p| p * libm::log2(*p)).sum::<f64>()
}

/// A state of the weather that is 0.3 probable, and a sensor that is right with 0.9 or 0.8.
const SENSOR: &str = "
[factors.weather]
states = ['storm', 'calm']
probabilities = { storm = 0.3, calm = 0.7 }

[events.siren]
cost = 4
table = [ { when = { weather = 'storm' }, probability = 0.9 }, { when = { weather = 'calm' }, probability = 0.2 } ]

[events.coin]
probability = 0.5

[outcomes.damage]
when = 'weather == storm'
[outcomes.none]
else = true

[[evidence]]
id = 'call'
date = 2024-01-01
text = 'They call'
cost = 0.5
likelihood = { damage = 0.9, none = 0.2 }
";

#[test]
fn a_finite_model_is_summed_to_its_mutual_information() {
    let found = found(SENSOR, &[]);
    assert!((found.entropy - h(0.3)).abs() < 1e-12);
    assert!((found.brier - 2.0 * 0.3 * 0.7).abs() < 1e-12);
    let comes = 0.3 * 0.9 + 0.7 * 0.2;
    let after = comes * h(0.27 / comes) + (1.0 - comes) * h(0.03 / (1.0 - comes));
    // A report with a sensor's likelihoods tells what the sensor does.
    for id in ["siren", "call"] {
        let one = item(&found, id);
        assert!(one.bits.exact, "{one:?}");
        assert!((one.bits.value - (h(0.3) - after)).abs() < 1e-12, "{one:?}");
        let score = |p: f64| 2.0 * p * (1.0 - p);
        let score = comes * score(0.27 / comes) + (1.0 - comes) * score(0.03 / (1.0 - comes));
        assert!((one.brier.value - (0.42 - score)).abs() < 1e-12, "{one:?}");
        // If it sounds, damage is 0.66 probable and leads.
        assert!((one.changes.value - comes).abs() < 1e-12, "{one:?}");
        assert!((one.between.value - one.bits.value).abs() < 1e-12, "{one:?}");
    }
    assert!(
        (item(&found, "siren").bits_per_cost.unwrap() * 4.0 - item(&found, "siren").bits.value).abs() < 1e-12
    );
    assert_eq!(item(&found, "call").cost, Some(0.5));
    // The state is the answer; the coin has nothing to do with it.
    assert!((item(&found, "weather").bits.value - h(0.3)).abs() < 1e-12);
    assert!(item(&found, "coin").bits.value.abs() < 1e-12);
    assert_eq!(found.items[0].id, "weather");
    assert_eq!(found.items[3].id, "coin");
}

#[test]
fn reports_by_ratio_alone_are_named_as_not_told() {
    assert_eq!(found(SENSOR, &[]).untold, []);
    let ratio = format!(
        "{SENSOR}\n[[evidence]]\nid = 'rumour'\ndate = 2024-01-02\ntext = 'They say'\nlikelihood_ratio = {{ damage = 4 }}\n"
    );
    let found = found(&ratio, &[]);
    assert!(
        found.items.iter().all(|one| one.id != "rumour") && found.items.iter().any(|one| one.id == "call")
    );
    let [untold] = &found.untold[..] else { panic!("{:?}", found.untold) };
    assert_eq!((untold.id.as_str(), untold.label.as_str()), ("rumour", "They say"));
    let json = serde_json::to_value(&found).expect("JSON");
    assert_eq!(json["untold"][0]["id"], "rumour");
}

#[test]
fn what_is_known_tells_nothing_more() {
    let given = found(SENSOR, &["siren"]);
    assert!(given.items.iter().all(|one| one.id != "siren"), "{:?}", given.items);
    let p = 0.27 / 0.41;
    assert!((item(&given, "weather").bits.value - h(p)).abs() < 1e-12);
    let certain = found(SENSOR, &["weather == calm"]);
    assert!(certain.entropy.abs() < 1e-12);
    assert!(certain.items.iter().all(|one| one.bits.value.abs() < 1e-12), "{:?}", certain.items);
}

#[test]
fn an_event_can_be_what_is_to_be_told() {
    let settings = common::settings(Kind::Sobol, 1, Rule::Draws(1 << 12));
    let found = asked(SENSOR, &[], Some("siren"), &settings);
    assert_eq!((found.of.as_str(), found.answers.len()), ("siren", 2));
    let expected = h(0.41) - (0.3 * h(0.9) + 0.7 * h(0.2));
    assert!((item(&found, "weather").bits.value - expected).abs() < 1e-12);
    assert!(found.items.iter().all(|one| one.id != "siren"));
}

/// An event whose probability is uniform.
const UNIFORM: &str = "
[factors.chance]
value = 'uniform(0, 1)'
[factors.other]
value = 'normal(0, 1)'
[events.won]
probability = 'chance'
[outcomes.up]
when = 'won'
[outcomes.down]
else = true
";

/// Bits 1 − ∫ h = 1 − log2(e) / 2, Brier score 2 Var, and another answer leads half of the time, on either side of ½.
#[test]
fn a_number_tells_what_integrals_say_under_every_design() {
    let bits = 1.0 - 0.5 * std::f64::consts::LOG2_E;
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let settings = common::settings(kind, 1, Rule::Draws(1 << 14));
        let found = asked(UNIFORM, &[], None, &settings);
        let one = item(&found, "chance");
        for (told, exact) in [(one.bits.0, bits), (one.brier.0, 1.0 / 6.0), (one.between.0, bits)] {
            assert!((told.value - exact).abs() < 4.0 * told.std_error, "{kind:?} {told:?} {exact}");
            assert!(told.std_error < 0.03 * exact, "{kind:?} {told:?}");
        }
        // Draws say of both answers that they lead by a hair: it is a half or, seen from the other side, that too.
        assert!((one.changes.value - 0.5).abs() < 4.0 * one.changes.std_error, "{:?}", one.changes);
        let other = item(&found, "other");
        assert!(other.bits.value < 4.0 * other.bits.std_error, "{kind:?} {:?}", other.bits);
    }
}

/// Given that it was won, chance has the density 2x: nothing is left to be told of `won`, but a second try has probability x too.
#[test]
fn what_was_learned_weighs_the_draws() {
    let text = UNIFORM.replace("when = 'won'", "when = 'again'") + "[events.again]\nprobability = 'chance'\n";
    let found = found(&text, &["won"]);
    // ∫ 2x h(x) dx = (3/2 − 1/2 …): by symmetry h(x) = h(1 − x), ∫ 2x h dx = ∫ h dx = log2(e) / 2.
    let expected = h(2.0 / 3.0) - 0.5 * std::f64::consts::LOG2_E;
    let one = item(&found, "chance");
    assert!((one.bits.value - expected).abs() < 4.0 * one.bits.std_error, "{:?} {expected}", one.bits);
}

#[test]
fn intervals_cover_over_400_seeds() {
    let bits = 1.0 - 0.5 * std::f64::consts::LOG2_E;
    let mut covered = [0; 2];
    for seed in 1..=400 {
        let settings = common::settings(Kind::Independent, seed, Rule::Draws(1 << 12));
        let found = asked(UNIFORM, &[], None, &settings);
        let one = item(&found, "chance");
        let holds = |interval: (f64, f64), exact: f64| i32::from(interval.0 <= exact && exact <= interval.1);
        covered[0] += holds(one.bits.interval, bits);
        covered[1] += holds(one.brier.interval, 1.0 / 6.0);
    }
    // 90 % of 400 is 360, with a standard deviation of 6.
    assert!(covered.iter().all(|count| *count >= 360 - 4 * 6), "{covered:?}");
}

#[test]
fn nothing_tells_more_than_all() {
    for name in ["vladivostok-2023", "red-sea-2023", "fed-2024", "netherlands-2023"] {
        let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let found = found(&std::fs::read_to_string(path).expect("a file of the project"), &[]);
        assert!(!found.items.is_empty(), "{name}");
        for one in &found.items {
            let is_within = |value: f64, most: f64| (0.0..=most + 1e-9).contains(&value);
            assert!(is_within(one.bits.value, found.entropy), "{name} {one:?}");
            assert!(is_within(one.brier.value, found.brier), "{name} {one:?}");
            assert!(is_within(one.changes.value, 1.0), "{name} {one:?}");
            assert!(is_within(one.between.value, 1.0), "{name} {one:?}");
        }
        let order: Vec<f64> = found.items.iter().map(|one| one.bits.value).collect();
        assert!(order.is_sorted_by(|a, b| a >= b), "{name} {order:?}");
    }
}

/// Two answers, level where x is 0 whatever y, and where y is 0.35 whatever x; many draws are few in each cell.
#[test]
fn a_place_where_lines_cross_has_an_error() {
    let text = "
        factors.x.value = 'normal(0.3, 1)'
        factors.y.value = 'uniform(0, 1)'
        outcomes.one = { base = 0.5, weights = { x = 2, y = 4 } }
        outcomes.two.base = 0.5
    ";
    // Φ(−0.3).
    for (id, truth) in [("x", 0.382_088_577_811), ("y", 0.35)] {
        for kind in [Kind::Independent, Kind::LatinHypercube] {
            let mut hits = 0;
            for seed in 0..100 {
                let settings = common::settings(kind, seed, Rule::Draws(1 << 12));
                let (low, high) = item(&asked(text, &[], None, &settings), id).changes.0.interval;
                hits += u32::from((low..=high).contains(&truth));
            }
            // 90 % less four errors.
            assert!(hits >= 78, "{id} {kind:?}: {hits}");
        }
    }
}

/// Which outcome comes true is asked by its own name, or where nothing is named.
#[test]
fn which_outcome_is_what_is_asked_first() {
    let settings = common::settings(Kind::Sobol, 1, Rule::Draws(64));
    let [named, first, other] =
        [Some("outcome"), None, Some("coin")].map(|of| format!("{:?}", asked(SENSOR, &[], of, &settings)));
    assert_eq!(named, first);
    assert_ne!(named, other);
}
