//! What is void.

use super::ROOTED;
use crate::common::{
    Asked, Found, assert_near, beside, program, run, run_of, sample, settings, with_variants,
};
use foretell::analysis::run::Run;
use foretell::analysis::variants::VariantsFinding;
use foretell::design::Kind;
use foretell::model::OutcomeId;
use foretell::program::{Ask, World};
use foretell::simulation::{Assembly, BUILD, Header, Part, Rule, Settings, Shard, Watch, simulate_shard};

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
        build: BUILD.into(),
        machine: String::new(),
        scenario: String::new(),
        overrides: Vec::new(),
        seed: 3,
        kind,
        draws,
        shards: Shard::new(number, count).expect("a shard").into(),
    };
    let mut assembly = Assembly::new(asked.program(), &header(1));
    for number in 1..=count {
        let bytes = simulate_shard(asked.program(), &header(number), 1, &Watch::new()).expect("a part");
        assembly.add(&Part::open(&bytes).expect("a sound part")).expect("the next part");
    }
    let mut run = asked.find(&assembly.finish().expect("all parts"));
    run.course.plan.threads = 0;
    format!("{run:?}")
}
