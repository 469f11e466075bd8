//! Worlds of one program: what is held in them, what is void in them, and what they leave alone.

#![allow(clippy::disallowed_methods)]

mod common;

use common::{Asked, EVERYTHING, Found, assert_near, beside, model, model_with, program, run, run_of};
use common::{sample, settings, study, with_variants};
use foretell::analysis::run::Run;
use foretell::analysis::variants::VariantsFinding;
use foretell::design::Kind;
use foretell::model::{CategoryId, DerivedId, EventId, FactorId, Model, OutcomeId, Term, TheoryId, Variable};
use foretell::program::{Ask, Held, QueryId, Setting, SpreadId, Unholdable, World, WorldId};
use foretell::simulation::{
    Assembly, Header, Part, Rule, Sampled, Settings, Shard, Target, Watch, simulate_shard,
};
use foretell::statistics::Estimate;

const TEXT: &str = r#"
[factors.x]
value = 'uniform(0, 1)'
[factors.y]
value = 'normal(x, 1)'
[factors.mood]
states = ["calm", "tense", "wild"]
probabilities = { calm = 0.5, tense = 0.3, wild = 0.2 }
[factors.reply]
states = ["yes", "no", "silence"]
table = [
  { when = { mood = "calm" }, probabilities = { yes = 0.5, no = 0.25, silence = 0.25 } },
  { else = true, probabilities = { yes = 0.125, no = 0.375, silence = 0.5 } },
]
[derived.d]
value = 'x * y + (if reply == yes then 1 else 0)'
[events.e]
probability = 'if mood == calm then 0.2 * x else 0.5'
[outcomes.up]
base = 0.5
weights = { x = 1.5, d = 'normal(0.5, 0.1)', e = 0.7 }
[outcomes.same]
base = 0.3
[outcomes.down]
base = 0.2
weights = { y = -0.5, reply = { yes = 0.4, no = -0.3 } }
"#;

const THEORIES: &str = r#"
[factors.x]
value = 'uniform(0, 1)'
[outcomes.a]
[outcomes.b]
[theories.plain]
weight = 0.5
[theories.plain.outcomes.a]
base = 0.6
weights = { x = 1 }
[theories.plain.outcomes.b]
base = 0.4
[theories.harsh]
weight = 0.3
[theories.harsh.outcomes.a]
base = 0.2
weights = { x = -2 }
[theories.harsh.outcomes.b]
base = 0.8
[theories.mild]
weight = 0.2
[theories.mild.outcomes.a]
base = 0.5
[theories.mild.outcomes.b]
base = 0.5
"#;

/// Everything that a model answers, asked in a world.
struct Answers {
    queries: Vec<QueryId>,
    spreads: Vec<SpreadId>,
}

impl Answers {
    fn of<'m>(ask: &mut Ask<'m>, world: WorldId, model: &'m Model) -> Answers {
        let mut queries = Vec::new();
        queries.extend((0..model.outcomes.len()).map(|at| ask.outcome(world, OutcomeId(at))));
        for at in 0..model.events.len() {
            queries.push(ask.probability(world, model.term_of(Variable::Event(EventId(at)))));
        }
        for (at, category) in model.categories.iter().enumerate() {
            let states = 0..category.states.len();
            let is_so = |state| Term::is(CategoryId(at), state, category.span);
            queries.extend(states.map(|state| ask.probability(world, is_so(state))));
        }
        let factors = (0..model.factors.len()).map(|at| Variable::Factor(FactorId(at)));
        let derived = (0..model.derived.len()).map(|at| Variable::Derived(DerivedId(at)));
        let spreads = factors.chain(derived).map(|one| ask.spread(world, model.term_of(one))).collect();
        Answers { queries, spreads }
    }

    /// To the last bit: the shortest decimals that read back as the same numbers.
    fn bits(&self, sampled: &Sampled) -> String {
        let estimates = sampled.estimates();
        let probabilities: Vec<Estimate> =
            self.queries.iter().map(|query| estimates.probability(*query)).collect();
        let means: Vec<(Estimate, f64)> = self.spreads.iter().map(|id| estimates.mean(*id)).collect();
        let medians: Vec<f64> = self.spreads.iter().map(|id| estimates.quantile(*id, 0.5)).collect();
        format!("{probabilities:?} {means:?} {medians:?}")
    }
}

/// The answers in each of some worlds of one program.
fn bits(model: &Model, settings_of: &[Setting], kind: Kind) -> Vec<String> {
    let mut ask = Ask::new();
    let mut all = Vec::new();
    for setting in settings_of {
        let world = ask.world(World::made(model, setting.clone()));
        all.push(Answers::of(&mut ask, world, model));
    }
    let program = program(&ask);
    let sampled = sample(&program, &settings(kind, 5, Rule::Draws(3000)));
    all.iter().map(|one| one.bits(&sampled)).collect()
}

fn hold(model: &Model, what: Held, value: f64) -> Setting {
    Setting::new().hold(model, what, value).expect("a value that it can have")
}

/// The probability of the outcomes with a number held, after few draws.
fn outcomes(model: &Model, setting: Setting) -> Vec<f64> {
    let mut ask = Ask::new();
    let world = ask.world(World::made(model, setting));
    let asked: Vec<_> = (0..model.outcomes.len()).map(|at| ask.outcome(world, OutcomeId(at))).collect();
    let program = program(&ask);
    let sampled = sample(&program, &settings(Kind::Sobol, 5, Rule::Draws(3000)));
    asked.into_iter().map(|query| sampled.estimates().query(query).value).collect()
}

const X: Held = Held::Variable(Variable::Factor(FactorId(0)));
const E: Held = Held::Variable(Variable::Event(EventId(0)));
const D: Held = Held::Variable(Variable::Derived(DerivedId(0)));
const MOOD: Held = Held::Variable(Variable::Category(CategoryId(0)));
const FIRST: TheoryId = TheoryId(0);

// What is held.

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
    let ruled = common::model(
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
    let whole = common::model(TEXT);
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

// What is void.

/// P(yes) = E[x] = 1/2. In the first variant half of the draws are void, in the second one in two thousand: too many to be told
/// of, and few enough.
const ROOTED: &str = "
[factors.x]
value = 'uniform(0, 1)'
[derived.d]
value = 'x'
[events.e]
probability = 'd'
[outcomes.yes]
when = 'e'
[outcomes.no]
else = true
[variants.rooted]
set = { d = 'sqrt(x - 0.5)' }
[variants.nearly]
set = { d = 'sqrt(x - 0.00048828125)' }
[variants.sound]
set = { d = '1 - 0.5 * x' }
";

/// All that is said of the file itself, to the last bit.
fn own(run: &Found) -> String {
    let mut own = run.clone();
    own.finding.variants = VariantsFinding::default();
    own.finding.wanted = Run::default();
    own.course.worlds.truncate(1);
    format!("{own:?}")
}

/// As many of the draws are void in the second variant. Of the strata of a replicate it is a whole number: else the sound draws
/// would be one more or less than they should be in every replicate alike, which no error tells.
const SMALL: f64 = 1.0 / 2048.0;

/// E[√(x − a) | x > a] for a uniform x.
fn root_above(a: f64) -> f64 {
    2.0 / 3.0 * (1.0 - a).sqrt()
}

#[test]
fn a_difference_is_over_draws_that_are_sound_in_both_worlds() {
    let (model, variants) = with_variants(ROOTED);
    for kind in Kind::ALL {
        let mut ask = Ask::new();
        let worlds = [&model, &variants[0].model].map(|one| ask.world(World::of(one)));
        let [own, rooted] = worlds.map(|world| ask.outcome(world, OutcomeId(0)));
        ask.compare(&[own, rooted]);
        let program = program(&ask);
        let sampled = sample(&program, &settings(kind, 3, Rule::Draws(1 << 14)));
        let found = sampled.estimates();
        assert_near("own", found.probability(own), 0.5, 0.0025);
        assert_near("rooted", found.probability(rooted), root_above(0.5), 0.003);
        // Where both are sound, x is ¾ on average.
        let difference = found.difference(rooted, own);
        assert_near("difference", difference, root_above(0.5) - 0.75, 0.002);
        let apart = found.query(rooted).value - found.query(own).value;
        assert!((apart - difference.value).abs() > 0.2, "{apart} would be over other draws");
        // The draws are void in the second world alone.
        let expected = (1 << 13) as f64;
        let void = worlds.map(|world| sampled.sampling.void(world).draws as f64);
        assert!(void[0] == 0.0 && (void[1] - expected).abs() < 5.0 * (expected / 2.0).sqrt(), "{void:?}");
    }
}

#[test]
fn a_draw_that_is_void_in_a_variant_is_void_there_alone() {
    let (model, variants) = with_variants(ROOTED);
    let all = beside(&model, &variants);
    for kind in Kind::ALL {
        let found = run_of(&all, kind, 3, Rule::Draws(1 << 16));
        assert!(own(&found) == own(&run(&model, kind, 3, Rule::Draws(1 << 16))), "{kind:?}");
        let summary = &found.finding;
        assert_eq!(found.course.void().draws, 0);
        assert_near("own", *summary.outcomes[0].probability, 0.5, 0.0012);
        let [rooted, nearly, sound] = [0, 1, 2].map(|at| &summary.variants.variants[at]);
        for (one, a) in [(rooted, 0.5), (nearly, SMALL)] {
            let expected = found.course.plan.draws() as f64 * a;
            let z = (one.void.draws as f64 - expected) / (expected * (1.0 - a)).sqrt();
            assert!(one.void.draws > 0 && z.abs() < 5.0, "{kind:?}: {} of {expected}", one.void.draws);
            assert!(ROOTED[one.void.place.expect("a place").range()].starts_with("sqrt(x - "));
            assert!(one.void.example[0].1 < a, "{:?}", one.void.example);
        }
        // Of so many void draws nothing is told.
        assert!(rooted.answers[0].value.value.is_nan() && rooted.answers[0].difference.value.is_nan());
        let changed = &nearly.answers[0];
        assert_near("nearly", changed.value, root_above(SMALL), 0.0012);
        assert_near("difference", changed.difference, root_above(SMALL) - (1.0 + SMALL) / 2.0, 0.0012);
        // x is more by half of it on average where both are sound.
        let apart = changed.value.value - summary.outcomes[0].probability.value;
        let distance = apart - changed.difference.value;
        assert!((distance - SMALL / 2.0).abs() < 0.0001, "{kind:?}: {distance}");
        assert_eq!(sound.void.draws, 0);
        assert_near("sound", sound.answers[0].difference, 0.25, 0.005);
    }
}

#[test]
fn void_draws_of_variants_are_the_same_on_any_threads_and_from_shards() {
    let (model, variants) = with_variants(ROOTED);
    let all = beside(&model, &variants);
    for kind in Kind::ALL {
        let of = |threads| {
            let settings = Settings { threads, ..settings(kind, 3, Rule::Draws(200_001)) };
            let mut run = all.draw_by(&settings, &Watch::new()).expect("a run to its end");
            run.course.plan.threads = 0;
            format!("{run:?}")
        };
        let one = of(1);
        assert_eq!(one, of(2));
        assert_eq!(one, of(7));
        assert_eq!(one, from_shards(&all, kind, 200_001, 3), "{kind:?}");
    }
}

/// A run that is put together from as many parts.
fn from_shards(asked: &Asked, kind: Kind, draws: u64, count: u64) -> String {
    let header = |number| Header {
        version: "1".into(),
        scenario: String::new(),
        overrides: Vec::new(),
        seed: 3,
        kind,
        draws,
        shard: Shard::new(number, count).expect("a shard"),
    };
    let mut assembly = Assembly::new(asked.program(), &header(1));
    for number in 1..=count {
        let bytes = simulate_shard(asked.program(), &header(number), 1, &Watch::new()).expect("a part");
        assembly.add(&Part::open(&bytes).expect("a sound part")).expect("the next part");
    }
    let mut run = asked.find(&assembly.finish());
    run.course.plan.threads = 0;
    format!("{run:?}")
}

// What is asked.

#[test]
fn only_what_is_wanted_is_computed() {
    let model = model(TEXT);
    let few = Run { of: vec!["d".into()], ..EVERYTHING.clone() };
    let few = few.compile(&study(&model)).expect("a program");
    let all = common::asked(&model);
    assert!(few.program().len() < all.program().len(), "{} {}", few.program().len(), all.program().len());
    for kind in Kind::ALL {
        let [few, all] = [&few, &all].map(|one| run_of(one, kind, 4, Rule::Draws(3000)).finding);
        assert_eq!(format!("{:?}", few.derived), format!("{:?}", all.derived));
        assert_eq!(format!("{:?}", few.outcomes), format!("{:?}", all.outcomes));
        assert!(few.events.is_empty() && few.factors.is_empty());
        assert!(!all.events.is_empty() && all.numbers().count() == 2 && all.states().count() == 2);
    }
}

#[test]
fn an_added_factor_moves_no_drawn_state() {
    let text = r#"
[factors.x]
value = 'uniform(0, 1)'
[factors.mood]
states = ["calm", "tense"]
probabilities = { calm = 0.4, tense = 0.6 }
[events.storm]
probability = 'if mood == calm then 0.2 else x'
[outcomes.good]
base = 0.5
weights = { mood = { calm = 1 }, storm = -2 }
[outcomes.bad]
base = 0.5
"#;
    let before = text.find("[factors.mood]").expect("a factor");
    let added = format!("{}[factors.z]\nvalue = 'normal(5, 1)'\n{}", &text[..before], &text[before..]);
    let found = |text: &str, kind, seed| {
        let model = model(text);
        let summary = run_of(&common::drawn(&model), kind, seed, Rule::Draws(1 << 12)).finding;
        let states: Vec<_> = summary.states().collect();
        format!("{:?} {:?} {states:?}", summary.outcomes, summary.events)
    };
    for kind in Kind::ALL {
        assert_eq!(found(text, kind, 1), found(&added, kind, 1), "{kind:?}");
        assert_ne!(found(text, kind, 1), found(text, kind, 2), "{kind:?}");
    }
}

/// A probability, a state and a mean, each alone.
const ALONE: [&str; 3] = [
    "[factors.x]\nvalue = 'uniform(0, 1)'\n[events.e]\nprobability = 'x'\n",
    "[factors.x]\nvalue = 'uniform(0, 1)'\n[factors.mood]\nstates = [\"calm\", \"tense\"]\nprobabilities = { calm = 'x ^ 2', tense = '1 - x ^ 2' }\n",
    "[factors.x]\nvalue = 'uniform(0, 1)'\n[factors.y]\nvalue = 'uniform(0, 1)'\n[derived.d]\nvalue = 'x * y'\n",
];

#[test]
fn a_precision_is_that_of_whatever_is_shown() {
    for text in ALONE {
        let model = model(text);
        for kind in Kind::ALL {
            let until =
                |width, most| run(&model, kind, 2, Rule::Until { target: Target::HalfWidth(width), most });
            let missed = until(1e-7, 1 << 15);
            assert!(!missed.course.reached && !missed.course.exact, "{kind:?} {text}");
            let met = until(0.002, 1 << 24);
            assert!(met.course.reached && !met.course.exact, "{kind:?} {text}");
            let summary = &met.finding;
            let probabilities = summary.events.iter().map(|one| one.probability);
            let states = summary.states().flat_map(|one| &one.states).map(|one| one.probability);
            for one in probabilities.chain(states) {
                assert!(!one.exact && one.half_width() <= 0.002, "{kind:?}: {one:?}");
            }
            // Of a mean, a share of twice the deviation.
            for one in &summary.derived {
                assert!(one.mean.half_width() <= 0.002 * 2.0 * one.sd * 1.000_001, "{kind:?}: {one:?}");
            }
        }
    }
    // A factor's own numbers are known: there is nothing to wait for.
    let known = model("[factors.x]\nvalue = 'uniform(0, 1)'\n");
    let found = run(&known, Kind::Sobol, 2, Rule::Until { target: Target::HalfWidth(1e-9), most: 1 << 15 });
    assert!(found.course.reached && found.course.exact);
}

/// Whether every estimate that a run shows is exact.
fn is_all_exact(run: &Found) -> bool {
    let summary = &run.finding;
    let outcomes = summary.outcomes.iter().map(|one| one.probability);
    let events = summary.events.iter().map(|one| one.probability);
    let states = summary.states().flat_map(|one| &one.states).map(|one| one.probability);
    let means = summary.derived.iter().map(|one| *one.mean);
    let theories = summary.theories.iter().flat_map(|one| &one.outcomes).map(|one| one.probability);
    outcomes.chain(events).chain(states).chain(theories).map(|one| *one).chain(means).all(|one| one.exact)
}

#[test]
fn a_program_and_its_summary_agree_on_what_is_exact() {
    let mut texts: Vec<String> = (0..60).map(|seed| common::finite::random_model(seed).0).collect();
    let finite = texts.len();
    texts.extend(ALONE.map(String::from));
    texts.extend([TEXT.to_string(), THEORIES.to_string(), ROOTED.to_string()]);
    // Outcomes that are summed beside a derived value, an event or a state that is drawn.
    let summed = "[factors.x]\nvalue = 'uniform(0, 1)'\n[events.toss]\nprobability = 0.5\n\
                  [outcomes.a]\nwhen = 'toss'\n[outcomes.b]\nelse = true\n";
    let drawn = [
        "[derived.d]\nvalue = '2 * x * x'\n",
        "[events.e]\nprobability = 'x'\n",
        "[factors.s]\nstates = [\"p\", \"q\"]\nprobabilities = { p = 'x', q = '1 - x' }\n",
    ];
    texts.extend(drawn.map(|one| format!("{summed}{one}")));
    // No rule looks at a mean that does not exist; percentiles are drawn all the same.
    texts.push(format!("{summed}[factors.z]\nvalue = 'cauchy(0, 1)'\n[derived.d]\nvalue = '2 * z'\n"));
    texts.push(summed.to_string());
    for (at, text) in texts.iter().enumerate() {
        let model = model(text);
        let asked = common::asked(&model);
        let found = run_of(&asked, Kind::Sobol, 1, Rule::Draws(512));
        assert_eq!(asked.program().is_exact(), found.course.exact, "{text}");
        assert_eq!(found.course.exact, is_all_exact(&found), "{text}");
        let is_finite = at < finite || at + 1 == texts.len();
        assert_eq!(found.course.exact, is_finite, "{text}");
    }
}
