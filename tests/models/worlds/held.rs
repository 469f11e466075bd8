//! What is held.

use super::{D, E, FIRST, MOOD, TEXT, THEORIES, X, bits, hold, outcomes};
use crate::common::{assert_near, model, model_with, program, sample, settings};
use foretell::design::Kind;
use foretell::model::{CategoryId, EventId, FactorId, OutcomeId, Term, TheoryId, Variable};
use foretell::program::{Ask, Held, Setting, Unholdable, World};
use foretell::simulation::Rule;
use foretell::statistics::Estimate;

#[test]
fn a_held_number_is_what_set_makes_of_it() {
    let whole = model(TEXT);
    let cases = [
        ("x=0.25", X, 0.25),
        ("y=-1.5", Held::Variable(Variable::Factor(FactorId(1))), -1.5),
        ("d=0.75", D, 0.75),
        ("e=true", E, 1.0),
        ("e=false", E, 0.0),
        ("mood=tense", MOOD, 1.0),
        ("reply=silence", Held::Variable(Variable::Category(CategoryId(1))), 2.0),
        ("events.e.probability=0.3", Held::Probability(EventId(0)), 0.3),
        ("outcomes.up.weights.x=-1", Held::Weight(FIRST, OutcomeId(0), 0), -1.0),
        ("outcomes.up.weights.d=2", Held::Weight(FIRST, OutcomeId(0), 1), 2.0),
        ("outcomes.up.weights.e=0", Held::Weight(FIRST, OutcomeId(0), 2), 0.0),
    ];
    for kind in Kind::ALL {
        for (change, what, value) in cases {
            let built = model_with(TEXT, &[change]);
            let by_hand = bits(&built, &[Setting::new()], kind);
            assert_eq!(bits(&whole, &[hold(&whole, what, value)], kind), by_hand, "{change} {kind:?}");
            // The control: the numbers are not those of the file.
            assert_ne!(bits(&whole, &[Setting::new()], kind), by_hand, "{change} {kind:?}");
        }
    }
}

/// The outcomes with a share held, and those of a file that says the same with other shares.
#[track_caller]
fn assert_shares(text: &str, what: Held, value: f64, by_hand: &str) {
    let (whole, other) = (model(text), model(by_hand));
    let (found, expected) = (outcomes(&whole, hold(&whole, what, value)), outcomes(&other, Setting::new()));
    assert!(found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-13), "{found:?} {expected:?}");
    let unmoved = outcomes(&whole, Setting::new());
    assert!(unmoved.iter().zip(&expected).any(|(a, b)| (a - b).abs() > 1e-3), "{unmoved:?} {expected:?}");
}

#[test]
fn shares_that_are_not_held_keep_their_proportions() {
    // q · (1 − p) / Σ q, each by hand.
    let [up, down] = [0.5, 0.2].map(|q| q * 0.4 / 0.7);
    let bases = TEXT
        .replace("base = 0.5", &format!("base = {up}"))
        .replace("base = 0.3", "base = 0.6")
        .replace("base = 0.2\n", &format!("base = {down}\n"));
    assert_shares(TEXT, Held::Base(FIRST, OutcomeId(1)), 0.6, &bases);
    let states = TEXT.replace("calm = 0.5, tense = 0.3, wild = 0.2", "calm = 0.8, tense = 0.12, wild = 0.08");
    assert_shares(TEXT, Held::Share(CategoryId(0), 0), 0.8, &states);
    // In a table the same in every row.
    let [no, silence] = [0.375, 0.5].map(|q| q * 0.75 / 0.875);
    let rows = TEXT
        .replace("yes = 0.5, no = 0.25, silence = 0.25", "yes = 0.25, no = 0.375, silence = 0.375")
        .replace(
            "yes = 0.125, no = 0.375, silence = 0.5",
            &format!("yes = 0.25, no = {no}, silence = {silence}"),
        );
    assert_shares(TEXT, Held::Share(CategoryId(1), 0), 0.25, &rows);
    let theories = THEORIES
        .replace("weight = 0.5\n", "weight = 0.7\n")
        .replace("weight = 0.3\n", "weight = 0.18\n")
        .replace("weight = 0.2\n", "weight = 0.12\n");
    assert_shares(THEORIES, Held::Theory(FIRST), 0.7, &theories);
    // What is held at 1 leaves nothing for the others.
    let (whole, alone) = (model(THEORIES), model_with(THEORIES, &["theory=plain"]));
    assert_eq!(outcomes(&whole, hold(&whole, Held::Theory(FIRST), 1.0)), outcomes(&alone, Setting::new()));
}

#[test]
fn shares_keep_their_proportions_draw_by_draw() {
    let text = r#"
[factors.x]
value = 'uniform(0, 1)'
[factors.mood]
states = ["calm", "tense", "wild"]
probabilities = { calm = '0.5 * x', tense = '0.5 - 0.5 * x', wild = 0.5 }
"#;
    let model = model(text);
    for kind in Kind::ALL {
        let mut ask = Ask::new();
        let setting = hold(&model, Held::Share(CategoryId(0), 0), 0.4);
        let world = ask.world(World::made(&model, setting));
        let [calm, tense] =
            [0, 1].map(|at| ask.probability(world, Term::is(CategoryId(0), at, Default::default())));
        let program = program(&ask);
        let sampled = sample(&program, &settings(kind, 5, Rule::Draws(1 << 14)));
        // 0.6 E[(0.5 − 0.5 x) / (1 − 0.5 x)]; the means' proportions would give 0.6 · 0.25 / 0.75 = 0.2.
        let found = sampled.estimates().probability(tense);
        assert_near("tense", found, 0.6 * (1.0 - 2f64.ln()), 0.002);
        assert!((found.value - 0.2).abs() > 5.0 * found.std_error, "{kind:?}");
        assert_eq!(sampled.estimates().probability(calm), Estimate::exact(0.4));
    }
}

#[test]
fn what_a_number_can_t_be_is_refused() {
    let text = TEXT.replace("'uniform(0, 1)'", "'uniform(0, 1)'\nrange = [0, 1]");
    let model = model(&text);
    let refused = |what: Held, values: &[f64]| {
        for value in values {
            let found = Setting::new().hold(&model, what, *value);
            assert!(found.is_err(), "{what:?} at {value}");
        }
    };
    let kept = |what: Held, values: &[f64]| {
        for value in values {
            assert_eq!(hold(&model, what, *value).get(what), Some(*value));
        }
    };
    refused(X, &[-0.001, 1.001, f64::NAN, f64::INFINITY]);
    kept(X, &[0.0, 0.5, 1.0]);
    refused(D, &[f64::NAN, f64::INFINITY]);
    kept(D, &[-1e300, 0.0]);
    refused(E, &[0.5, -1.0, 2.0, f64::NAN]);
    kept(E, &[0.0, 1.0]);
    refused(MOOD, &[-1.0, 0.5, 3.0, f64::NAN]);
    kept(MOOD, &[0.0, 2.0]);
    let shares = [Held::Probability(EventId(0)), Held::Share(CategoryId(0), 1), Held::Theory(TheoryId(0))];
    for what in shares {
        refused(what, &[-0.001, 1.001, f64::NAN]);
    }
    kept(shares[0], &[0.0, 1.0]);
    kept(shares[1], &[0.0, 1.0]);
    refused(Held::Base(FIRST, OutcomeId(0)), &[0.0, 1.0, -0.5, f64::NAN]);
    kept(Held::Base(FIRST, OutcomeId(0)), &[0.001, 0.999]);
    let error = Setting::new().hold(&model, MOOD, 3.0).expect_err("no such state");
    assert_eq!(error.to_string(), "3 can't be held: it must be the position of a state, from 0 to 2");
}

#[test]
fn what_a_model_does_not_have_can_t_be_held() {
    let model = model(TEXT);
    let here = Held::all(&model);
    assert!(here.iter().all(|one| Setting::new().hold(&model, *one, 0.5) != Err(Unholdable::Unknown(*one))));
    let absent = [
        Held::Variable(Variable::Factor(FactorId(9))),
        Held::Variable(Variable::Category(CategoryId(9))),
        Held::Probability(EventId(9)),
        Held::Share(CategoryId(0), 9),
        Held::Base(FIRST, OutcomeId(9)),
        Held::Base(TheoryId(9), OutcomeId(0)),
        Held::Weight(FIRST, OutcomeId(0), 9),
        Held::Theory(TheoryId(9)),
    ];
    for what in absent {
        assert_eq!(Setting::new().hold(&model, what, 0.5), Err(Unholdable::Unknown(what)));
    }
    // An outcome that a rule decides has no base.
    let ruled = crate::common::model(
        "[events.e]\nprobability = 0.5\n[outcomes.a]\nwhen = 'e'\n[outcomes.b]\nwhen = 'not e'\n",
    );
    let base = Held::Base(TheoryId(0), OutcomeId(0));
    assert_eq!(Setting::new().hold(&ruled, base, 0.5), Err(Unholdable::Unknown(base)));
}

#[test]
fn shares_that_leave_nothing_to_scale_are_refused() {
    let text = TEXT.replace("calm = 0.5, tense = 0.3, wild = 0.2", "calm = 1, tense = 0, wild = 0");
    let model = model(&text);
    // The others are 0, whatever they are scaled by: only 1 is left for the first.
    let calm = Held::Share(CategoryId(0), 0);
    assert!(Setting::new().hold(&model, calm, 0.5).is_err());
    assert!(Setting::new().hold(&model, calm, 1.0).is_ok());
    // Two that are held can't be more than the whole.
    let whole = crate::common::model(TEXT);
    let first = hold(&whole, calm, 0.75);
    assert!(first.clone().hold(&whole, Held::Share(CategoryId(0), 1), 0.5).is_err());
    assert!(first.clone().hold(&whole, Held::Share(CategoryId(0), 1), 0.25).is_ok());
    assert!(first.hold(&whole, Held::Share(CategoryId(0), 0), 0.25).is_ok());
    // All of them must be the whole.
    let two =
        hold(&whole, calm, 0.5).hold(&whole, Held::Share(CategoryId(0), 1), 0.25).expect("less than all");
    assert!(two.clone().hold(&whole, Held::Share(CategoryId(0), 2), 0.2).is_err());
    assert!(two.hold(&whole, Held::Share(CategoryId(0), 2), 0.25).is_ok());
}

#[test]
fn worlds_of_one_program_agree_with_programs_of_their_own() {
    let model = model(TEXT);
    let held = [(X, 0.2), (X, 0.8), (E, 1.0), (MOOD, 2.0), (D, -1.0), (Held::Share(CategoryId(1), 2), 0.1)];
    let mut all = vec![Setting::new()];
    all.extend(held.map(|(what, value)| hold(&model, what, value)));
    for kind in Kind::ALL {
        let together = bits(&model, &all, kind);
        for (setting, found) in all.iter().zip(&together) {
            assert_eq!(*found, bits(&model, std::slice::from_ref(setting), kind)[0], "{setting:?} {kind:?}");
        }
        assert_ne!(together[1], together[2]);
    }
}
