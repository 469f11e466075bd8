//! Payoffs that jump, bend or are rare: values of information and their errors, against sums over a normal density.

use super::*;

const SEEDS: u64 = 60;
/// 90 % less four errors of a share of so many seeds.
const FEWEST: u32 = 45;

/// E f(X) of a standard normal X, by 200,000 midpoints.
fn expected(f: impl Fn(f64) -> f64) -> f64 {
    let step = 1e-4;
    let at = |at: i32| step * (f64::from(at) + 0.5);
    (-100_000..100_000).map(|one| f(at(one)) * phi(at(one))).sum::<f64>() * step
}

/// What knowing x is worth where acting pays f(x) in expectation given x, and waiting nothing.
fn worth_of(f: impl Fn(f64) -> f64) -> f64 {
    expected(|x| f(x).max(0.0)) - expected(&f).max(0.0)
}

fn text(payoff: &str) -> String {
    format!(
        "factors.x.value = 'normal(0, 1)'\nfactors.y.value = 'normal(0, 1)'\nevents.e.probability = 'if x > 0.3 then 0.9 else 0.1'\n\
         events.w.probability = 'if x > 1 and x < 1.2 then 0.9 else 0.02'\n\
         [[decisions]]\noptions.act.payoff = '{payoff}'\noptions.wait.payoff = 0\n"
    )
}

/// How many intervals of what knowing x is worth hold a truth.
fn hits(payoff: &str, truth: f64) -> u32 {
    let text = text(payoff);
    let holds = |seed: u64| {
        let (low, high) = worth(&first(&text, seed, 1 << 12), "x").interval;
        u32::from((low..=high).contains(&truth))
    };
    (0..SEEDS).map(holds).sum()
}

#[test]
fn what_a_number_is_worth_is_covered_where_payoffs_jump_or_bend() {
    type Case = (&'static str, fn(f64) -> f64);
    let cases: [Case; 11] = [
        ("(if x > 0.5 then 1 else -1) + y", |x| if x > 0.5 { 1.0 } else { -1.0 }),
        ("(if x > 2 then 40 else -1) + y", |x| if x > 2.0 { 40.0 } else { -1.0 }),
        ("(if x > 1 and x < 1.1 then 30 else -1) + y", |x| if x > 1.0 && x < 1.1 { 30.0 } else { -1.0 }),
        ("floor(4 * x) - 4 * x + 0.5 + y", |x| (4.0 * x).floor() - 4.0 * x + 0.5),
        ("10 * max(x - 2.5, 0) - 0.02 + y", |x| 10.0 * (x - 2.5).max(0.0) - 0.02),
        ("x^3 + y", |x| x.powi(3)),
        ("x^2 - 1.2 + y", |x| x * x - 1.2),
        (
            "if x > 1 and y > 0.5 then 9 else -1",
            |x| if x > 1.0 { 9.0 * 0.308_537_5 - 0.691_462_5 } else { -1.0 },
        ),
        ("x * y + abs(x) - 0.8", |x| x.abs() - 0.8),
        // What chance has a part in is told by a regression.
        ("(if e then 2 else -1) + y", |x| if x > 0.3 { 1.7 } else { -0.7 }),
        ("(if w then 10 else -1) + y", |x| if x > 1.0 && x < 1.2 { 8.9 } else { -0.78 }),
    ];
    for (payoff, f) in cases {
        let found = hits(payoff, worth_of(f));
        assert!(found >= FEWEST, "{payoff}: {found} of {SEEDS}");
    }
    // A truth that is off by a fifth is not covered.
    let wrong = hits(cases[0].0, 1.2 * worth_of(cases[0].1));
    assert!(wrong < FEWEST / 2, "{wrong}");
}

#[test]
fn what_decides_all_payoffs_is_worth_as_much_as_everything() {
    let text = "
        factors.x.value = 'normal(0, 1)'
        derived.twice.value = '2 * x'
        [[decisions]]
        options.act.payoff = 'if twice > 1 then 1 else -1'
        options.wait.payoff = 0
        tests.look = { of = ['x'], cost = 0.3 }
    ";
    for seed in 0..8 {
        let found = first(text, seed, 1 << 12);
        assert_eq!(worth(&found, "x"), found.perfect_information.0);
        near(found.perfect_information.0, 1.0 - level(0.5));
        assert_eq!(found.first.as_deref(), Some("look"));
    }
}

#[test]
fn what_is_rare_has_an_error() {
    for (from, pays) in [(4.5, 1e6), (4.0, 1e5)] {
        let text = format!(
            "factors.x.value = 'normal(0, 1)'\n[[decisions]]\noptions.act.payoff = 'if x > {from} then {pays:.1} else 0'\n\
             options.wait.payoff = 1\n"
        );
        let truth = pays * expected(|x| f64::from(u8::from(x > from)));
        let mut covered = 0;
        for seed in 0..SEEDS {
            let found = first(&text, seed, 1 << 14);
            let one = found.options[0].expected.0;
            assert!(one.std_error > 0.0, "{one:?}");
            covered += u32::from((one.interval.0..=one.interval.1).contains(&truth));
        }
        assert!(covered >= FEWEST, "{from}: {covered}");
    }
}

#[test]
fn counts_and_events_are_no_heavy_tail() {
    let text = "
        factors.k.value = 'poisson(3)'
        factors.b.value = 'bernoulli(0.01)'
        factors.y.value = 'normal(0, 1)'
        [[decisions]]
        options.act.payoff = '(if k == 5 then 8 else -1) + (if b == 1 then 20 else 0) + y'
        options.wait.payoff = 0
    ";
    for seed in 0..SEEDS {
        let found = first(text, seed, 1 << 14);
        // 9 · P(k = 5) − 1 + 0.2.
        near(found.options[0].expected.0, 9.0 * (-3.0f64).exp() * 243.0 / 120.0 - 0.8);
    }
}

/// A jump that next to no draw sees, of which knowing x tells nearly all.
#[test]
fn what_no_draw_saw_may_be_worth_as_much_as_everything() {
    let text = "
        factors.x.value = 'normal(0, 1)'
        factors.y.value = 'normal(0, 1)'
        [[decisions]]
        options.act.payoff = 'if x > 4 and y > 1 then 100000 else 0'
        options.wait.payoff = 1
    ";
    let [x, y] = [4.0, 1.0].map(|from| expected(|at| f64::from(u8::from(at > from))));
    let truth = x * (1e5 * y - 1.0);
    let holds = |seed: u64| {
        let (low, high) = worth(&first(text, seed, 1 << 14), "x").interval;
        u32::from((low..=high).contains(&truth))
    };
    let found: u32 = (0..SEEDS).map(holds).sum();
    assert!(found >= FEWEST, "{found}");
}
