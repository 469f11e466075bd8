//! The intervals of indices cover.

use super::published::published;
use super::{answer, index, moved, of, shapley};
use crate::common::{model, reference};
use foretell::analysis::sensitivity::Sensitivity;
use foretell::design::Kind;
use foretell::statistics::Estimate;

const SEEDS: u64 = 400;

/// At least as many of the intervals hold the truth as 90 % would, but for four errors of that count.
#[track_caller]
fn assert_covers(held: u64, what: &str) {
    let share = held as f64 / SEEDS as f64;
    assert!(share > 0.9 - 4.0 * (0.09 / SEEDS as f64).sqrt(), "{what}: {held} of {SEEDS}");
}

fn holds(one: Estimate, truth: f64) -> u64 {
    u64::from(one.interval.0 <= truth + 1e-12 && truth - 1e-12 <= one.interval.1)
}

#[test]
fn intervals_of_published_indices_cover() {
    for (name, points) in [("ishigami", 1 << 11), ("g-function", 1 << 11), ("pure-interaction", 1 << 11)] {
        let (model, truths) = (model(&reference(name)), published(name));
        let mut held = vec![[0; 2]; truths.len()];
        for seed in 1..=SEEDS {
            let found = moved(&model, &of("y"), Kind::Sobol, seed, points);
            for ((id, truth), held) in truths.iter().zip(&mut held) {
                let found = index(answer(&found, "y"), id);
                (0..2).for_each(|at| held[at] += holds(found[at], truth[at]));
            }
        }
        for ((id, _), [first, total]) in truths.iter().zip(held) {
            assert_covers(first, &format!("{name}: first of {id}"));
            assert_covers(total, &format!("{name}: total of {id}"));
        }
    }
}

#[test]
fn intervals_of_shapley_effects_cover_and_wrong_values_are_found_out() {
    let model = model(&reference("correlated-sum"));
    let question = Sensitivity { shapley: true, ..of("y") };
    let truth = [0.436467760180995, 0.12598779896574, 0.43754444085326];
    let (mut held, mut wrong) = ([0; 3], 0);
    for seed in 1..=SEEDS {
        let found = moved(&model, &question, Kind::Sobol, seed, 1 << 10);
        for (at, id) in ["a", "b", "c"].into_iter().enumerate() {
            held[at] += holds(shapley(answer(&found, "y"), id), truth[at]);
        }
        wrong += holds(shapley(answer(&found, "y"), "b"), truth[1] + 0.02);
    }
    held.into_iter().for_each(|one| assert_covers(one, "a Shapley effect"));
    assert!(wrong < SEEDS / 2, "a value that is 0.02 off is held by {wrong}");
}

/// A step is as large as the answer's values are apart: errors are those of seeds in any unit, and cover.
///
/// Of 1 where u < a and v < b, else 0, the mean is a·b, and the variance of the mean given u is b² a (1 − a).
#[test]
fn errors_of_answers_that_jump_are_as_wide_as_seeds_differ() {
    let (a, b) = (0.04, 0.5);
    let variance = a * b * (1.0 - a * b);
    let (first, total) = (b * b * a * (1.0 - a) / variance, b * a * (1.0 - a) / variance);
    let step = "(if u < 0.04 and v < 0.5 then 1 else 0)";
    let text = format!(
        "[factors.u]\nvalue = 'uniform(0, 1)'\n[factors.v]\nvalue = 'uniform(0, 1)'\n\
         [derived.one]\nvalue = '{step}'\n[derived.small]\nvalue = '0.0078125 * {step}'\n\
         [derived.large]\nvalue = '1048576 * {step}'\n"
    );
    let model = crate::common::model(&text);
    let (mut held, mut values, mut errors) = ([0; 2], [vec![], vec![]], [0.0; 2]);
    for seed in 1..=SEEDS {
        let found = moved(&model, &Sensitivity::default(), Kind::Sobol, seed, 1 << 12);
        let of_u = |name: &str| index(answer(&found, name), "u");
        let own = of_u("one");
        for other in [of_u("small"), of_u("large")] {
            for (one, other) in own.iter().zip(other) {
                assert!((one.value - other.value).abs() < 1e-9, "{one:?} {other:?}");
                assert!((one.std_error / other.std_error - 1.0).abs() < 1e-6, "{one:?} {other:?}");
            }
        }
        for (at, truth) in [first, total].into_iter().enumerate() {
            held[at] += holds(own[at], truth);
            values[at].push(own[at].value);
            errors[at] += own[at].std_error / SEEDS as f64;
        }
    }
    for at in 0..2 {
        assert_covers(held[at], ["first", "total"][at]);
        let mean = values[at].iter().sum::<f64>() / SEEDS as f64;
        let spread = values[at].iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (SEEDS - 1) as f64;
        // A floor of another unit's step would be 128 or a million times as wide as that of its own, which replicates outdo here.
        assert!(errors[at] < 2.0 * spread.sqrt(), "{} for {}", errors[at], spread.sqrt());
    }
}
