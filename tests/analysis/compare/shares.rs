//! How much each edit adds: shares that sum to the move.

use super::*;

#[test]
fn shares_are_means_over_all_orders() {
    let (old, new) = ([0.3, 0.6, 2.0, 0.5], [0.6, 0.9, 3.0, -1.0]);
    let text = |done: &[bool]| {
        let at = |one: usize| if done[one] { new[one] } else { old[one] };
        finite(at(0), at(1), at(2), at(3))
    };
    // Weight and pull stand in one formula: it is one edit.
    let value = |done: &[bool]| exact(&text(&[done[0], done[1], done[2], done[2]]))[0];
    let expected = over_all_orders(3, &value);
    let found = compared(&text(&[false; 4]), &text(&[true; 4]), &settings(1 << 10, 1));
    let names = ["events.storm.probability", "events.strike.probability", "outcomes.late.score"];
    for (name, expected) in names.iter().zip(&expected) {
        assert!((share(&found, name, "late") - expected).abs() < 1e-12, "{name}");
    }
    let how = found.attribution.expect("edits");
    assert_eq!((how.method, how.models, how.permutations), (Method::Exact, 8, 6));
    assert!(gap(&found) < 1e-12 && found.answers.iter().all(|one| one.difference.exact));
    // Edits done one at a time from the first file do not sum to the move here: that would be another definition.
    let alone = |at: usize| {
        let done: Vec<bool> = (0..3).map(|one| one == at).collect();
        value(&done) - value(&[false; 3])
    };
    let sum: f64 = (0..3).map(alone).sum();
    assert!((sum - answer(&found, "late").difference.value).abs() > 0.01);
}

/// E(x²) of a uniform on (0, high): high² / 3.
fn high(high: f64) -> String {
    DRAWN.replace("uniform(0, 1)", &format!("uniform(0, {high})"))
}

#[test]
fn errors_of_differences_cover_and_are_small() {
    let truth = (1.2f64.powi(2) - 1.0) / 3.0;
    let (mut inside, mut ratio) = (0, 0.0);
    let seeds = 200;
    for seed in 0..seeds {
        let independent = Settings { kind: Kind::Independent, ..settings(1 << 11, seed) };
        let found = compared(&high(1.0), &high(1.2), &independent);
        let one = answer(&found, "square");
        inside += i32::from((one.difference.interval.0..=one.difference.interval.1).contains(&truth));
        let apart = [one.before, one.after].map(|end| end.expect("both have it").std_error);
        ratio += one.difference.std_error / apart[0].hypot(apart[1]) / f64::from(seeds as u32);
    }
    let expected = 0.9 * seeds as f64;
    let error = (seeds as f64 * 0.09).sqrt();
    assert!((f64::from(inside) - expected).abs() < 4.0 * error, "{inside} of {seeds}");
    // The difference is 0.44 x² and the two have 1 and 1.44 x²: 0.44 / √(1 + 1.44²) = 0.25 of the error.
    assert!((ratio - 0.44 / (1.0f64 + 1.44 * 1.44).sqrt()).abs() < 0.01, "{ratio}");
}

#[test]
fn shares_of_draws_sum_and_cover() {
    // E((a x)²) where a goes from 1 to 1.2 and x from U(0, 1) to U(0, 1.1).
    let text = |a: f64, b: f64| {
        format!(
            "[factors.x]\nvalue = 'uniform(0, {b})'\n[factors.a]\nvalue = {a}\n[derived.d]\nvalue = '(a * x) * (a * x)'\n"
        )
    };
    let mean = |a: f64, b: f64| (a * b) * (a * b) / 3.0;
    let truth = 0.5 * (mean(1.2, 1.0) - mean(1.0, 1.0) + mean(1.2, 1.1) - mean(1.0, 1.1));
    let (mut inside, seeds) = (0, 200);
    for seed in 0..seeds {
        let found = compared(
            &text(1.0, 1.0),
            &text(1.2, 1.1),
            &Settings { kind: Kind::Independent, ..settings(1 << 11, seed) },
        );
        assert!(gap(&found) < 1e-12);
        let effect = found.edits.iter().find(|one| one.addresses[0] == "factors.a.value").expect("an edit");
        let (low, high) = effect.effects[0].value.interval;
        inside += i32::from((low..=high).contains(&truth));
    }
    assert!((f64::from(inside) - 0.9 * seeds as f64).abs() < 4.0 * (seeds as f64 * 0.09).sqrt(), "{inside}");
}

/// An event as probable as a product of numbers.
pub(crate) fn product(numbers: &[f64]) -> String {
    let factors: String =
        numbers.iter().enumerate().map(|(at, one)| format!("[factors.f{at}]\nvalue = {one}\n")).collect();
    let names: Vec<String> = (0..numbers.len()).map(|at| format!("f{at}")).collect();
    format!("{factors}[events.all]\nprobability = '{}'\n", names.join(" * "))
}

/// The shares by the weights of sets, s! (n − 1 − s)! / n!.
fn by_sets(old: &[f64], new: &[f64]) -> Vec<f64> {
    let count = old.len();
    let factorial = |n: usize| (1..=n).map(|one| one as f64).product::<f64>();
    let value =
        |set: usize| (0..count).map(|at| if set >> at & 1 == 1 { new[at] } else { old[at] }).product::<f64>();
    let share = |at: usize| {
        let without = (0..1usize << count).filter(|set| set >> at & 1 == 0);
        let one = |set: usize| {
            let size = set.count_ones() as usize;
            factorial(size) * factorial(count - 1 - size) / factorial(count)
                * (value(set | 1 << at) - value(set))
        };
        without.map(one).sum()
    };
    (0..count).map(share).collect()
}

#[test]
fn shares_over_drawn_orders_sum_and_cover() {
    let old: Vec<f64> = (0..10).map(|at| 0.95 - 0.01 * f64::from(at)).collect();
    let new: Vec<f64> =
        (0..10).map(|at| if at % 3 == 0 { 0.5 + 0.04 * f64::from(at) } else { 0.99 }).collect();
    let expected = by_sets(&old, &new);
    let (mut inside, mut all) = (0, 0);
    for seed in 0..40 {
        let found = compared(&product(&old), &product(&new), &settings(1, seed));
        let how = found.attribution.expect("edits");
        assert_eq!(how.method, Method::Sampled);
        assert!(how.permutations >= 16 && gap(&found) < 1e-12, "{how:?}");
        for (edit, expected) in found.edits.iter().zip(&expected) {
            let effect = edit.effects[0].value;
            assert!(!effect.exact);
            // Seven degrees of freedom or more: six errors are as far as 4 of a normal.
            assert!(
                (effect.value - expected).abs() < 6.0 * effect.std_error.max(1e-9),
                "{effect:?} {expected}"
            );
            inside += i32::from((effect.interval.0..=effect.interval.1).contains(expected));
            all += 1;
        }
    }
    // Shares of one seed hang together: a seed is counted as one.
    let share = f64::from(inside) / f64::from(all);
    assert!((share - 0.9).abs() < 4.0 * (0.09f64 / 40.0).sqrt(), "{inside} of {all}");
    // The orders are those of the seed.
    let one = compared(&product(&old), &product(&new), &settings(1, 1));
    assert_eq!(one, compared(&product(&old), &product(&new), &settings(1, 1)));
    assert_ne!(one, compared(&product(&old), &product(&new), &settings(1, 2)));
    // Eight edits are shared out over all orders.
    let found = compared(&product(&old[..8]), &product(&new[..8]), &settings(1, 1));
    assert_eq!(found.attribution.map(|one| (one.method, one.models)), Some((Method::Exact, 256)));
    for (edit, expected) in found.edits.iter().zip(by_sets(&old[..8], &new[..8])) {
        assert!((edit.effects[0].value.value - expected).abs() < 1e-12);
    }
}
