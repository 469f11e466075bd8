//! Runs, as an analyst sees them.

use std::collections::BTreeSet;

use crate::common::{
    Found, QUARTER, asked, model, questions, reference, run_of, settings, verdicts, with_claims,
};
use foretell::analysis::claims::Agreement;
use foretell::design::Kind;
use foretell::model::OutcomeId;
use foretell::program::{Ask, Program, QueryId, World};
use foretell::simulation::{Estimates, Plan, Rule, Sampling, Target, Watch};
use foretell::statistics::Estimate;

const SEEDS: u64 = 400;
const TRUTH: f64 = 0.596_087_305_512_172_4;

/// How many standard errors a share of successes among `count` is from `expected`.
fn deviation(successes: usize, count: u64, expected: f64) -> f64 {
    let count = count as f64;
    (successes as f64 / count - expected) / (expected * (1.0 - expected) / count).sqrt()
}

fn covers(estimate: &Estimate, truth: f64) -> bool {
    estimate.interval.0 <= truth && truth <= estimate.interval.1
}

/// How far the coverage of `estimate`, a function of the seed, is from 90 %.
fn coverage(truth: f64, estimate: impl Fn(u64) -> Estimate) -> f64 {
    deviation((0..SEEDS).filter(|seed| covers(&estimate(*seed), truth)).count(), SEEDS, 0.9)
}

/// What `read` makes of the estimates of a run of `draws` draws in all.
fn estimates<T>(
    program: &Program,
    (kind, seed, draws): (Kind, u64, u64),
    read: impl Fn(&Estimates) -> T,
) -> T {
    let plan = Plan::new(kind, seed, draws, 8, 1);
    let mut sampling = Sampling::new(program, plan);
    sampling.grow(plan.draws_per_replicate, &Watch::new()).expect("a run to its end");
    let judges = if kind == Kind::Independent { 0..0 } else { 0..8 };
    read(&sampling.estimates(judges))
}

#[test]
fn intervals_of_a_probability_cover() {
    let model = model(&reference("logistic-normal"));
    let asked = asked(&model);
    for (kind, draws) in Kind::ALL.into_iter().flat_map(|kind| [(kind, 256), (kind, 2048)]) {
        let z = coverage(TRUTH, |seed| {
            *run_of(&asked, kind, seed, Rule::Draws(draws)).finding.outcomes[0].probability
        });
        assert!(z > -4.0, "{kind:?} {draws}: {z}");
    }
}

#[test]
fn intervals_cover_in_many_dimensions() {
    // Eight normals whose sum is the one normal of the reference problem, so that the truth is the same.
    let (mean, sd) = (0.5 / 8.0, 1.2 / 8f64.sqrt());
    let factors: String =
        (0..8).map(|at| format!("x{at} = {{ value = 'normal({mean}, {sd})' }}\n")).collect();
    let weights: Vec<String> = (0..8).map(|at| format!("x{at} = 1")).collect();
    let weights = weights.join(", ");
    let text = format!("[factors]\n{factors}[outcomes.yes]\nweights = {{ {weights} }}\n[outcomes.no]\n");
    let model = model(&text);
    let asked = asked(&model);
    for (kind, draws) in Kind::ALL.into_iter().flat_map(|kind| [(kind, 128), (kind, 1024)]) {
        let z = coverage(TRUTH, |seed| {
            *run_of(&asked, kind, seed, Rule::Draws(draws)).finding.outcomes[0].probability
        });
        assert!(z > -4.0, "{kind:?} {draws}: {z}");
    }
}

#[test]
fn the_error_of_independent_draws_is_wrong_for_stratified_ones() {
    // s/√n, as if the draws of a stratified design were independent, holds the truth almost always.
    let model = model(&reference("logistic-normal"));
    let asked = asked(&model);
    for kind in [Kind::LatinHypercube, Kind::Sobol] {
        let z = coverage(TRUTH, |seed| {
            let run = run_of(&asked, kind, seed, Rule::Draws(256));
            Estimate::from_moments(&foretell::statistics::Moments::of(&run.finding.drivers.shares[0]))
        });
        assert!(z > 5.0, "{kind:?}: {z}");
    }
}

#[test]
fn intervals_of_a_ratio_and_of_a_difference_cover() {
    // P(x > y | x > 0.3) = (1 − 0.09)/2 / 0.7 = 0.65; P(x > y) − P(x y > 0.3) = 1/2 − (0.7 + 0.3 ln 0.3).
    let text = with_claims(
        &reference("conditional-uniforms"),
        &["P(x > y | x > 0.3)", "P(x > y)", "P(x * y > 0.3)", "P(wide | x + y > 0.7)"],
    );
    let model = model(&text);
    let (program, asked) = questions(&model);
    let difference = 0.5 - (0.7 + 0.3 * 0.3f64.ln());
    // Of the two corners where |x − y| > ½, of area 1/8 each, x + y ≤ 0.7 holds in ∫_0^0.1 (0.2 − 2x) dx = 0.01 each.
    let wide = (0.25 - 2.0 * 0.01) / (1.0 - 0.245);
    for kind in Kind::ALL {
        let of = |seed, parts: &[(f64, QueryId)]| {
            estimates(&program, (kind, seed, 512), |all| all.combination(0.0, parts))
        };
        let ratio = coverage(0.65, |seed| of(seed, &[(1.0, asked[0])]));
        let between = coverage(difference, |seed| of(seed, &[(1.0, asked[1]), (-1.0, asked[2])]));
        let other = coverage(wide, |seed| of(seed, &[(1.0, asked[3])]));
        assert!([ratio, between, other].iter().all(|z| *z > -4.0), "{kind:?}: {ratio} {between} {other}");
    }
}

#[test]
fn intervals_of_means_cover() {
    let model = model(&reference("uniform-events"));
    let asked = asked(&model);
    for kind in Kind::ALL {
        let runs: Vec<Found> = (0..SEEDS).map(|seed| run_of(&asked, kind, seed, Rule::Draws(256))).collect();
        for (at, truth) in [0.75, 0.5, 0.25].into_iter().enumerate() {
            let z = coverage(truth, |seed| *runs[seed as usize].finding.derived[0].by_outcome[at].mean);
            assert!(z > -4.0, "{kind:?} {truth}: {z}");
        }
        let z = coverage(0.5, |seed| *runs[seed as usize].finding.derived[0].mean);
        assert!(z > -4.0, "{kind:?}: {z}");
    }
}

#[test]
fn intervals_of_runs_that_stop_by_themselves_cover() {
    let truth = std::f64::consts::FRAC_PI_4;
    let model = model(QUARTER);
    let asked = asked(&model);
    let plain = (truth * (1.0 - truth) / 16384.0).sqrt();
    for (kind, target) in
        [(Kind::Sobol, 0.000_35), (Kind::LatinHypercube, 0.0023), (Kind::Independent, plain)]
    {
        let rule = Rule::Until { target: Target::StandardError(target), most: 1 << 19 };
        let mut lengths = BTreeSet::new();
        let mut covered = 0;
        for seed in 0..SEEDS {
            let run = run_of(&asked, kind, seed, rule);
            lengths.insert(run.course.plan.draws());
            assert!(run.course.reached && run.finding.outcomes[0].probability.std_error <= target);
            covered += usize::from(covers(&run.finding.outcomes[0].probability, truth));
        }
        let z = deviation(covered, SEEDS, 0.9);
        assert!(lengths.len() > 1, "{kind:?}: every run took {lengths:?} draws");
        assert!(z > -4.0, "{kind:?}: {z}");
    }
}

#[test]
fn stopping_when_ones_own_error_looks_small_does_not_cover() {
    // The reason why some replicates decide and others judge: here the same eight do both.
    let truth = std::f64::consts::FRAC_PI_4;
    let model = model(QUARTER);
    let mut ask = Ask::new();
    let world = ask.world(World::of(&model));
    let query = ask.outcome(world, OutcomeId(0));
    let program = crate::common::program(&ask);
    let stopped = |seed| {
        let mut sampling = Sampling::new(&program, Plan::new(Kind::LatinHypercube, seed, 64, 8, 1));
        let mut draws = 8;
        loop {
            sampling.grow(draws, &Watch::new()).expect("a run to its end");
            let found = sampling.estimates(0..8).query(query);
            if found.std_error <= 0.01 || draws >= 8192 {
                return found;
            }
            draws *= 2;
        }
    };
    let seeds = 4 * SEEDS;
    let covered = (0..seeds).filter(|seed| covers(&stopped(*seed), truth)).count();
    assert!(deviation(covered, seeds, 0.9) < -5.0, "{covered} of {seeds}");
}

#[test]
fn what_never_or_always_happens_in_the_draws_still_has_an_error() {
    // One draw in ten thousand is above, so that many runs of 4,096 draws see none; the interval must not claim certainty.
    let text = "[factors]
        x = { value = 'uniform(0, 1)' }
        [outcomes.rare]
        when = 'x > 0.9999'
        [outcomes.common]
        else = true";
    let model = model(text);
    let asked = asked(&model);
    for kind in Kind::ALL {
        let mut none = 0;
        for seed in 0..SEEDS {
            let summary = run_of(&asked, kind, seed, Rule::Draws(4096)).finding;
            for (outcome, truth) in summary.outcomes.iter().zip([0.0001f64, 0.9999]) {
                let found = *outcome.probability;
                none += usize::from(found.value == 0.0);
                assert!(!found.exact && found.std_error > 1e-5, "{kind:?}: {found:?}");
                assert!(found.value != truth.round() || covers(&found, truth), "{kind:?}: {found:?}");
            }
        }
        assert!(none > SEEDS as usize / 2);
    }
}

#[test]
fn a_precision_is_not_reached_by_what_was_not_seen() {
    // With 32,768 draws, one more or less of what happens once in ten million changes 3e-5, which is more than is asked for.
    let text = "[factors]
        x = { value = 'uniform(0, 1)' }
        [outcomes.rare]
        when = 'x > 0.9999999'
        [outcomes.common]
        else = true";
    let model = model(text);
    for kind in Kind::ALL {
        let rule = Rule::Until { target: Target::StandardError(1e-6), most: 1 << 16 };
        let run = crate::common::run(&model, kind, 1, rule);
        assert!(!run.course.reached && run.finding.outcomes[0].probability.std_error > 1e-6, "{kind:?}");
    }
}

#[test]
fn an_error_that_is_not_known_is_infinite() {
    // The mean of x given an outcome that no draw saw, and any mean of a single draw.
    let text = "[factors]
        x = { value = 'uniform(0, 1)' }
        [derived]
        d = { value = 'x' }
        [outcomes.never]
        when = 'x > 0.9999999'
        [outcomes.always]
        else = true";
    let model = model(text);
    let asked = asked(&model);
    for kind in Kind::ALL {
        let found = run_of(&asked, kind, 1, Rule::Draws(1024)).finding.derived[0].by_outcome[0].mean;
        assert!(
            found.value.is_nan() && found.std_error == f64::INFINITY && !found.exact,
            "{kind:?}: {found:?}"
        );
    }
    let found = run_of(&asked, Kind::Independent, 1, Rule::Draws(1)).finding;
    assert_eq!(found.derived[0].mean.std_error, f64::INFINITY);
    assert_eq!(found.outcomes[0].probability.interval, (0.0, 1.0));
}

// Claims.

/// The answers to one claim about a text for many seeds: how many agree, disagree, can't be told.
fn answers(text: &str, claim: &str, kind: Kind, seeds: u64, draws: u64) -> [usize; 3] {
    let model = model(&format!("{text}\n[[claims]]\nexpect = '{claim}'\n"));
    let mut counts = [0; 3];
    for seed in 0..seeds {
        let found = verdicts(&model, settings(kind, seed, Rule::Draws(draws)));
        counts[match found.claims[0].agreement {
            Agreement::Agrees => 0,
            Agreement::Disagrees => 1,
            Agreement::CannotTell => 2,
        }] += 1;
    }
    counts
}

#[test]
fn verdicts_are_seldom_wrong() {
    // P(inside) = π/4 = 0.7853981…; bounds a little to either side and, the worst case, right at the truth, where any verdict
    // but "can't tell" is wrong of one kind or the other. At most 5 % may be wrong; with 200 seeds more than 22 would be
    // four standard errors above that.
    let truth = std::f64::consts::FRAC_PI_4;
    for (kind, step) in [(Kind::Sobol, 2e-4), (Kind::LatinHypercube, 2e-3), (Kind::Independent, 2e-3)] {
        for (bound, wrong) in [(truth - step, &[1][..]), (truth + step, &[0]), (truth, &[0, 1])] {
            let counts = answers(QUARTER, &format!("P(inside) > {bound}"), kind, SEEDS / 2, 1 << 15);
            let wrong: usize = wrong.iter().map(|agreement| counts[*agreement]).sum();
            assert!(wrong <= 22, "{kind:?} {bound}: {counts:?}");
        }
    }
}

#[test]
fn verdicts_on_rare_conditions_are_seldom_wrong() {
    // P(x < 0.93 | y > 0.999) = 0.93, told from about 33 of 32,768 draws, all of which are often below 0.93.
    let text = "[factors]
        x = { value = 'uniform(0, 1)' }
        y = { value = 'uniform(0, 1)' }
        [outcomes.a]
        when = 'x < 0.93'
        [outcomes.b]
        else = true";
    for kind in Kind::ALL {
        let counts = answers(text, "P(a | y > 0.999) > 0.94", kind, SEEDS / 2, 1 << 15);
        assert!(counts[0] <= 22, "{kind:?}: {counts:?}");
    }
}

#[test]
fn verdicts_are_told_where_the_truth_is_clear() {
    for kind in Kind::ALL {
        assert_eq!(answers(QUARTER, "P(inside) > 0.75", kind, 20, 1 << 15), [20, 0, 0]);
        assert_eq!(answers(QUARTER, "P(inside) < 0.75", kind, 20, 1 << 15), [0, 20, 0]);
    }
}
