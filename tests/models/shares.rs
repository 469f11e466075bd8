//! Replacing some of several exclusive shares means one thing: the others keep their proportions; and a world in which a
//! number is held has the bits of the model in which it is set.

#![allow(clippy::disallowed_methods)]

use std::path::PathBuf;

use crate::common::{self, model_with as model};
use foretell::design::Kind;
use foretell::model::{CategoryId, Model, OutcomeId, Term, Variable, constant};
use foretell::program::{Ask, Held, Setting, World};
use foretell::simulation::Rule;

/// The probabilities of all outcomes and states in a world, and their errors.
fn answers(model: &Model, setting: Setting) -> Vec<u64> {
    let mut ask = Ask::new();
    let world = ask.world(World { setting, ..World::of(model) });
    let mut queries: Vec<_> = (0..model.outcomes.len()).map(|at| ask.outcome(world, OutcomeId(at))).collect();
    for (at, category) in model.categories.iter().enumerate() {
        let is = |state| Term::is(CategoryId(at), state, category.span);
        queries.extend((0..category.states.len()).map(|state| ask.probability(world, is(state))));
    }
    let program = common::program(&ask);
    let sampled = common::sample(&program, &common::settings(Kind::Sobol, 1, Rule::Draws(4_000)));
    let found = queries.into_iter().map(|query| sampled.estimates().query(query));
    found.flat_map(|one| [one.value.to_bits(), one.std_error.to_bits()]).collect()
}

/// Whether holding numbers in a world gives the bits of setting them, and setting them does something.
#[track_caller]
fn held_as_set(text: &str, numbers: &[(&str, f64)]) {
    let base = model(text, &[]);
    let mut setting = Setting::new();
    for (address, value) in numbers {
        let held = Held::find(&base, address).unwrap_or_else(|why| panic!("{why}"));
        setting = setting.hold(&base, held, *value).unwrap_or_else(|why| panic!("{why}"));
    }
    let set: Vec<String> = numbers.iter().map(|(address, value)| format!("{address}={value}")).collect();
    let set = model(text, &set.iter().map(String::as_str).collect::<Vec<_>>());
    let same = answers(&set, Setting::new());
    assert_eq!(answers(&base, setting), same, "{numbers:?}");
    assert_ne!(answers(&base, Setting::new()), same, "{numbers:?} say nothing");
}

const CONSTANT: &str = "
    [factors.x]
    value = 'beta(2, 3)'
    [factors.mood]
    states = ['calm', 'tense', 'wild']
    probabilities = { calm = 0.2, tense = 0.7, wild = 0.1 }
    [factors.luck]
    states = ['good', 'fair', 'bad']
    probabilities = { good = '0.5 * x', fair = '0.3 * x' }
    [factors.wind]
    states = ['none', 'mild', 'high']
    table = [
        { when = { mood = 'calm' }, probabilities = { none = 0.7, mild = 0.2, high = 0.1 } },
        { when = { mood = 'tense' }, probabilities = { none = 0.3, mild = '0.4 * x' } },
        { else = true, probabilities = { none = 0.1, mild = 0.3, high = 0.6 } },
    ]
    [events.storm]
    probability = 'if wind == high then x else 0.1'
    [outcomes.a]
    base = 0.1
    weights = { x = 1, wind = { high = 2 } }
    [outcomes.b]
    base = 0.7
    weights = { mood = { wild = 1 }, storm = 1 }
    [outcomes.c]
    base = 0.2
    weights = { luck = { good = -1 } }
";

/// The same with uncertain bases.
fn uncertain() -> String {
    CONSTANT.replace("base = 0.7", "base = '0.4 to 0.9'").replace("base = 0.2", "base = '0.2 + 0.1 * x'")
}

/// By theories, of which two are decided by the same part of the file.
fn theories() -> String {
    let own = |name: &str, base: f64| {
        format!("[theories.own.outcomes.{name}]\nbase = {base}\nweights = {{ x = {base} }}\n")
    };
    let weights =
        "[theories.one]\nweight = 0.2\n[theories.two]\nweight = 0.1\n[theories.own]\nweight = 0.7\n";
    format!("{CONSTANT}\n{weights}{}{}{}", own("a", 0.1), own("b", 0.6), own("c", 0.3))
}

#[test]
fn a_world_has_the_bits_of_what_is_set() {
    for text in [CONSTANT.to_string(), uncertain()] {
        held_as_set(&text, &[("outcomes.a.base", 0.3)]);
        held_as_set(&text, &[("outcomes.b.base", 0.35)]);
        held_as_set(&text, &[("outcomes.a.base", 0.25), ("outcomes.c.base", 0.3)]);
        held_as_set(&text, &[("outcomes.a.base", 0.3), ("outcomes.b.base", 0.5), ("outcomes.c.base", 0.2)]);
        held_as_set(&text, &[("outcomes.b.weights.mood.wild", 0.4), ("outcomes.a.weights.x", -1.0)]);
        held_as_set(&text, &[("factors.mood.probabilities.tense", 0.1)]);
        held_as_set(
            &text,
            &[("factors.mood.probabilities.calm", 0.3), ("factors.mood.probabilities.wild", 0.3)],
        );
        held_as_set(&text, &[("factors.luck.probabilities.good", 0.3)]);
        held_as_set(&text, &[("factors.luck.probabilities.bad", 0.9)]);
        held_as_set(&text, &[("factors.wind.probabilities.none", 0.25)]);
        held_as_set(&text, &[("factors.wind.probabilities.high", 1.0)]);
        held_as_set(
            &text,
            &[("factors.wind.probabilities.mild", 0.0), ("factors.wind.probabilities.high", 0.5)],
        );
    }
    held_as_set(&theories(), &[("theories.one.weight", 0.6)]);
    held_as_set(&theories(), &[("theories.own.weight", 0.0), ("theories.one.weight", 0.3)]);
    held_as_set(&theories(), &[("theories.own.outcomes.b.base", 0.2), ("outcomes.a.base", 0.5)]);
    held_as_set(&theories(), &[("theories.own.outcomes.b.weights.x", 3.0), ("outcomes.a.weights.x", -3.0)]);
}

#[test]
fn values_and_probabilities_are_held_as_they_are_set() {
    held_as_set(CONSTANT, &[("x", 0.9)]);
    held_as_set(CONSTANT, &[("storm", 0.75)]);
    let base = model(CONSTANT, &[]);
    let state = Held::find(&base, "mood").expect("a factor with states");
    let held = Setting::new().hold(&base, state, 2.0).expect("a state");
    assert_eq!(answers(&base, held), answers(&model(CONSTANT, &["mood=wild"]), Setting::new()));
}

/// The probabilities of a factor's states, if they are numbers.
fn shares(model: &Model, at: usize) -> Vec<f64> {
    model.categories[at].probabilities.iter().filter_map(constant).collect()
}

#[test]
fn the_others_keep_their_proportions() {
    let close = |found: Vec<f64>, wanted: &[f64]| {
        let is_near =
            found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-15);
        assert!(is_near, "{found:?} and {wanted:?}");
    };
    let mood = |set: &[&str]| shares(&model(CONSTANT, set), 0);
    close(mood(&["factors.mood.probabilities.wild=0.55"]), &[0.1, 0.35, 0.55]);
    close(mood(&["factors.mood.probabilities.tense=1"]), &[0.0, 1.0, 0.0]);
    close(
        mood(&["factors.mood.probabilities.calm=0.5", "factors.mood.probabilities.wild=0.5"]),
        &[0.5, 0.0, 0.5],
    );
    let weights =
        |set: &[&str]| model(&theories(), set).theories.iter().map(|one| one.weight).collect::<Vec<_>>();
    close(weights(&["theories.own.weight=0.4"]), &[0.4, 0.2, 0.4]);
    close(weights(&["theories.own.weight=0.4", "theories.one.weight=0.5"]), &[0.5, 0.1, 0.4]);
}

#[test]
fn a_row_of_a_table_is_a_whole_of_its_own() {
    let set = model(CONSTANT, &["factors.wind.table.1.probabilities.none=0.4"]);
    let by_hand = model(
        &CONSTANT.replace("none = 0.7, mild = 0.2, high = 0.1", "none = 0.4, mild = 0.4, high = 0.2"),
        &[],
    );
    let probabilities = |model: &Model| -> Vec<f64> {
        answers(model, Setting::new()).iter().step_by(2).map(|bits| f64::from_bits(*bits)).collect()
    };
    for (a, b) in probabilities(&set).iter().zip(probabilities(&by_hand)) {
        assert!((a - b).abs() < 1e-14, "{a} and {b}");
    }
    // The state that the row leaves out gives way too, and can be set itself.
    let expected = ["factors.wind.table.2.probabilities.mild", "factors.wind.table.2.probabilities.high"];
    assert_eq!(model(CONSTANT, &["factors.wind.table.2.probabilities.none=0.4"]).rescaled, expected);
    model(CONSTANT, &["factors.wind.table.2.probabilities.high=0.4"]);
}

#[test]
fn an_uncertain_share_scales_the_others_draw_by_draw() {
    let two = "[factors.x]\nvalue = 'beta(2, 3)'\n[factors.c]\nstates = ['u', 'v']\nprobabilities = { u = 0.3, v = 0.7 }\n";
    let set = model(two, &["factors.c.probabilities.v=x"]);
    let by_hand = model(&two.replace("u = 0.3, v = 0.7", "v = 'x'"), &[]);
    for (a, b) in answers(&set, Setting::new()).iter().zip(answers(&by_hand, Setting::new())).step_by(2) {
        assert!((f64::from_bits(*a) - f64::from_bits(b)).abs() < 1e-14);
    }
    assert_eq!(set.rescaled, ["factors.c.probabilities.u"]);
}

#[test]
fn what_gave_way_is_told() {
    let rescaled = |text: &str, set: &[&str]| model(text, set).rescaled;
    assert_eq!(rescaled(CONSTANT, &["outcomes.a.base=0.3"]), ["outcomes.b.base", "outcomes.c.base"]);
    assert_eq!(rescaled(CONSTANT, &["outcomes.a.base=0.1"]), [""; 0]);
    assert_eq!(rescaled(CONSTANT, &["x=0.1"]), [""; 0]);
    let whole = ["outcomes.a.base=0.2", "outcomes.b.base=0.3", "outcomes.c.base=0.5"];
    assert_eq!(rescaled(CONSTANT, &whole), [""; 0]);
    let own = rescaled(&theories(), &["theories.own.outcomes.a.base=0.5", "theories.two.weight=0.5"]);
    let wanted = [
        "theories.one.weight",
        "theories.own.weight",
        "theories.own.outcomes.b.base",
        "theories.own.outcomes.c.base",
    ];
    assert_eq!(own, wanted);
}

#[test]
fn shares_that_can_not_be_are_refused() {
    let refused = |text: &str, set: &[&str], says: &str| {
        let why = common::built(text, set, &[]).expect_err(says);
        assert!(why.contains(says), "{set:?} is answered\n{why}");
    };
    for value in ["-0.1", "1.1", "0 / 0"] {
        refused(CONSTANT, &[&format!("factors.mood.probabilities.calm={value}")], "between 0 and 1");
        refused(&theories(), &[&format!("theories.one.weight={value}")], "between 0 and 1");
    }
    for value in ["0", "1", "2", "-1"] {
        refused(CONSTANT, &[&format!("outcomes.a.base={value}")], "above 0 and below 1");
    }
    refused(CONSTANT, &["outcomes.a.base=0.5", "outcomes.b.base=0.5"], "sum to 1, which leaves nothing");
    refused(
        CONSTANT,
        &["outcomes.a.base=0.5", "outcomes.b.base=0.3", "outcomes.c.base=0.1"],
        "sum to 0.9, not to 1",
    );
    let mood = ["factors.mood.probabilities.calm=0.8", "factors.mood.probabilities.wild=0.3"];
    refused(CONSTANT, &mood, "sum to 1.1");
    let certain = CONSTANT.replace("calm = 0.2, tense = 0.7, wild = 0.1", "calm = 1, tense = 0, wild = 0");
    refused(
        &certain,
        &["factors.mood.probabilities.calm=0.5"],
        "the other states have shares of 0, and can't share what is left",
    );
    let table = "[factors.sky]\nstates = ['dry', 'wet']\nprobabilities = { dry = 0.5 }\n\
        [factors.mood]\nstates = ['calm', 'wild']\ntable = [\n\
        { when = { sky = 'dry' }, probabilities = { calm = 0.7 } },\n\
        { else = true, probabilities = { calm = 0.4 } },\n]\n";
    let (whole, row) = ("factors.mood.probabilities.calm=0.5", "factors.mood.table.1.probabilities.calm=0.8");
    refused(table, &[whole, row], "set in all rows of its table, and in one besides");
    refused(table, &[row, whole], "set in all rows of its table, and in one besides");
    model(table, &[whole]);
    model(table, &[row, "factors.mood.table.2.probabilities.calm=0.3"]);
    model(&certain, &["factors.mood.probabilities.calm=1"]);
    model(&certain, &["factors.mood.probabilities.calm=0.5", "factors.mood.probabilities.wild=0.5"])
        .theories
        .len();
}

#[test]
fn a_setting_refuses_the_same() {
    let base = model(CONSTANT, &[]);
    let hold = |numbers: &[(&str, f64)]| {
        numbers.iter().try_fold(Setting::new(), |setting, (address, value)| {
            setting.hold(&base, Held::find(&base, address).expect("an address"), *value)
        })
    };
    for (numbers, is_sound) in [
        (&[("outcomes.a.base", 1.0)][..], false),
        (&[("outcomes.a.base", 0.4), ("outcomes.b.base", 0.5)], true),
        (&[("outcomes.a.base", 0.5), ("outcomes.b.base", 0.5)], false),
        (&[("outcomes.a.base", 0.4), ("outcomes.b.base", 0.5), ("outcomes.c.base", 0.2)], false),
        (&[("factors.mood.probabilities.calm", 0.7), ("factors.mood.probabilities.wild", 0.4)], false),
        (&[("factors.mood.probabilities.calm", 0.7), ("factors.mood.probabilities.wild", 0.3)], true),
    ] {
        assert_eq!(hold(numbers).is_ok(), is_sound, "{numbers:?}");
    }
}

#[test]
fn addresses_lead_there_and_back() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let of =
        |folder: PathBuf| std::fs::read_dir(folder).expect("a folder").map(|one| one.expect("a file").path());
    let paths = of(folder.clone()).chain(of(folder.join("reference"))).filter(|path| path.is_file());
    let texts: Vec<String> = paths.map(|path| std::fs::read_to_string(path).expect("a scenario")).collect();
    let mut count = 0;
    for text in texts.into_iter().chain([CONSTANT.into(), uncertain(), theories()]) {
        let model = model(&text, &[]);
        for held in Held::all(&model) {
            let address = held.address(&model);
            assert_eq!(Held::find(&model, &address), Ok(held), "{address}");
            count += 1;
        }
    }
    assert!(count > 150, "only {count}");
    let base = model(CONSTANT, &[]);
    let storm = Held::find(&base, "storm").expect("an event");
    assert!(matches!(storm, Held::Probability(_)));
    assert!(matches!(Held::find(&base, "mood"), Ok(Held::Variable(Variable::Category(_)))));
    let unknown = Held::find(&base, "outcomes.a.bse").expect_err("a slip of the pen");
    assert_eq!(unknown.near[0], "outcomes.a.base");
    assert!(unknown.to_string().contains("did you mean"));
    assert!(Held::find(&base, "a").is_err() && Held::find(&base, "").is_err());
}
