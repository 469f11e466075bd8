//! Decisions: what options pay and what knowing is worth, against closed forms and a recount of all cases.

#![allow(clippy::disallowed_methods)]

use crate::common;
mod rough;

use foretell::analysis::decide::{Decide, DecideFinding, DecisionFinding, Method};
use foretell::analysis::run::Run;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::Rule;
use foretell::statistics::Estimate;

fn found(text: &str, seed: u64, draws: u64) -> DecideFinding {
    let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
    let case = session.case(&Changes::default()).unwrap_or_else(|why| panic!("{text}\n{why:?}"));
    let settings = common::settings(Kind::Sobol, seed, Rule::Draws(draws));
    case.answer(&Decide, &settings).unwrap_or_else(|why| panic!("{text}\n{why:?}")).finding
}

fn first(text: &str, seed: u64, draws: u64) -> DecisionFinding {
    found(text, seed, draws).decisions.remove(0)
}

fn worth(found: &DecisionFinding, id: &str) -> Estimate {
    let one = found.information.iter().find(|one| one.id == id);
    one.unwrap_or_else(|| panic!("nothing about {id}: {:?}", found.information)).value.0
}

#[track_caller]
fn near(one: Estimate, truth: f64) {
    assert!((one.value - truth).abs() <= 4.0 * one.std_error, "{one:?} for {truth}");
}

fn phi(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// Φ by Simpson's rule, apart from the project's own.
fn level(z: f64) -> f64 {
    let steps = 2000;
    let h = z / f64::from(steps);
    let weight = |at: i32| if at == 0 || at == steps { 1.0 } else { f64::from(2 + 2 * (at % 2)) };
    0.5 + h / 3.0 * (0..=steps).map(|at| weight(at) * phi(h * f64::from(at))).sum::<f64>()
}

/// E max(X, 0) − max(E X, 0) of a normal X: σ L(|μ|/σ), L the unit normal loss integral (Raiffa & Schlaifer 1961, 5.4).
fn loss(mean: f64, sd: f64) -> f64 {
    let d = mean.abs() / sd;
    sd * (phi(d) - d * (1.0 - level(d)))
}

#[test]
fn the_oil_wildcatter_is_as_in_the_book() {
    let path = format!("{}/scenarios/oil-wildcatter.toml", env!("CARGO_MANIFEST_DIR"));
    let found = first(&std::fs::read_to_string(path).unwrap(), 1, 1 << 10);
    let exact = |one: Estimate, value: f64| {
        assert!(one.exact && (one.value - value).abs() < 1e-9, "{one:?} for {value}");
    };
    exact(found.options[0].expected.0, 20.0);
    exact(found.options[1].expected.0, 0.0);
    exact(found.options[0].best.0, 0.5);
    exact(found.options[0].regret.0, 35.0);
    exact(found.perfect_information.0, 35.0);
    exact(worth(&found, "oil"), 35.0);
    assert_eq!((found.best.as_deref(), found.first.as_deref()), (Some("drill"), Some("seismic")));
    let test = &found.tests[0];
    // 0.35 · 32.857 + 0.24 · 87.5 − 20.
    exact(test.value.0, 12.5);
    exact(test.net.0, 2.5);
    exact(test.limit.as_ref().unwrap().value.0, 35.0);
    let then: Vec<&str> = test.results.iter().filter_map(|one| one.then.as_deref()).collect();
    assert_eq!(then, ["leave", "drill", "drill"]);
    [(0.41, 0.0), (0.35, 11.5 / 0.35), (0.24, 87.5)].iter().zip(&test.results).for_each(
        |((p, pays), one)| {
            exact(one.probability.0, *p);
            exact(one.expected.0, *pays);
        },
    );
}

/// Costs stay costs after a result: a sign that is right with 0.9 or 0.8 about what is 0.3 probable, by hand.
#[test]
fn what_a_result_leaves_to_pay_is_a_cost() {
    let found = first(
        "events.wet.probability = 0.3\nevents.sign.probability = 'if wet then 0.9 else 0.2'\n[[decisions]]\nsense = 'minimize'\n\
         options.go.payoff = 'if wet then 10 else 60'\noptions.stay.payoff = 40\ntests.look.of = ['sign']\n",
        1,
        64,
    );
    let results = &found.tests[0].results;
    assert_eq!(results.len(), 2);
    let signed = 0.3 * 0.9 + 0.7 * 0.2;
    for (then, probability, cost) in
        [("go", signed, (0.27 * 10.0 + 0.14 * 60.0) / signed), ("stay", 1.0 - signed, 40.0)]
    {
        let one = results.iter().find(|one| one.then.as_deref() == Some(then)).expect("a result");
        assert!((one.probability.0.value - probability).abs() < 1e-12, "{one:?}");
        assert!(one.expected.0.exact && (one.expected.0.value - cost).abs() < 1e-9, "{one:?}");
    }
}

const NORMAL: &str = "
    factors.x.value = 'normal(0.4, 1)'
    factors.y.value = 'normal(-0.1, 2)'
    factors.idle.value = 'normal(0, 1)'
    [derived.noise]
    value = 'idle + y'
    [[decisions]]
    options.act.payoff = 'x + y'
    options.wait.payoff = 0
    groups = { both = ['x', 'y'], noisy = ['noise', 'x'] }
";

#[test]
fn two_options_with_normal_payoffs_have_unit_normal_losses() {
    for seed in 1..9 {
        let found = first(NORMAL, seed, 1 << 14);
        near(found.perfect_information.0, loss(0.3, 5f64.sqrt()));
        near(worth(&found, "x"), loss(0.3, 1.0));
        near(worth(&found, "y"), loss(0.3, 2.0));
        near(worth(&found, "both"), loss(0.3, 5f64.sqrt()));
        // Of y the noise tells 4 parts of 5 of its variance.
        near(worth(&found, "noisy"), loss(0.3, (1.0 + 16.0f64 / 5.0).sqrt()));
        near(found.options[0].expected.0, 0.3);
        near(found.options[0].best.0, level(0.3 / 5f64.sqrt()));
        let method = |id: &str| found.information.iter().find(|one| one.id == id).map(|one| one.method);
        assert!(["x", "y", "both"].iter().all(|one| method(one) == Some(Method::Formulas)));
        assert_eq!(method("noisy"), Some(Method::Regression));
        // A negative control: the wrong factor's loss is told apart.
        let x = worth(&found, "x");
        assert!((x.value - loss(0.3, 1.1)).abs() > 4.0 * x.std_error, "{x:?}");
    }
}

/// n trials of success probability θ ~ beta(2, 3); to act pays 10 θ − 5, to wait 0. After k successes the mean of θ is
/// (2 + k) / (5 + n), and k is beta-binomial.
#[test]
fn a_beta_binomial_test_is_worth_its_sum() {
    let n = 6;
    let choose = |n: i32, k: i32| (0..k).map(|i| f64::from(n - i) / f64::from(i + 1)).product::<f64>();
    let names: Vec<String> = (0..=n).map(|k| format!("\"k{k}\"")).collect();
    let chance = |k: i32| format!("k{k} = '{} * p^{k} * (1 - p)^{}'", choose(n, k), n - k);
    let chances: Vec<String> = (0..=n).map(chance).collect();
    let text = format!(
        "factors.p.value = 'beta(2, 3)'\n[factors.k]\nstates = [{}]\nprobabilities = {{ {} }}\n\
         [[decisions]]\noptions.act.payoff = '10 * p - 5'\noptions.wait.payoff = 0\n\
         tests.trials = {{ of = ['k'], cost = 0.1 }}\n",
        names.join(", "),
        chances.join(", ")
    );
    // B(2 + k, 3 + n − k) / B(2, 3), by rising factorials.
    let rising = |x: f64, k: i32| (0..k).map(|i| x + f64::from(i)).product::<f64>();
    let weight = |k: i32| choose(n, k) * rising(2.0, k) * rising(3.0, n - k) / rising(5.0, n);
    let gain = |k: i32| 10.0 * f64::from(2 + k) / f64::from(5 + n) - 5.0;
    let truth: f64 = (0..=n).map(|k| weight(k) * gain(k).max(0.0)).sum();
    for seed in 1..5 {
        let found = first(&text, seed, 1 << 14);
        let test = &found.tests[0];
        near(test.value.0, truth);
        near(test.net.0, truth - 0.1);
        test.results.iter().zip(0..).for_each(|(one, k)| near(one.probability.0, weight(k)));
        // E max(10 θ − 5, 0) of beta(2, 3): 10 ∫_½^1 (θ − ½) 12 θ (1 − θ)² dθ.
        near(worth(&found, "p"), 0.4375);
        assert!(test.value.value < test.limit.as_ref().unwrap().value.value);
    }
}

/// Numbers from 0 to 1 that look like nothing.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn payoff(&mut self) -> f64 {
        (200.0 * self.roll() - 100.0).round()
    }
}

/// Three states, an event that depends on them, and a test that depends on both; payoffs of three options in each of six cases.
struct Finite {
    states: [f64; 3],
    event: [f64; 3],
    test: [[f64; 2]; 3],
    payoffs: Vec<[[f64; 2]; 3]>,
}

impl Finite {
    fn random(dice: &mut Dice) -> Finite {
        let raw = [0; 3].map(|_| 0.05 + dice.roll());
        let sum: f64 = raw.iter().sum();
        Finite {
            states: raw.map(|one| one / sum),
            event: [0; 3].map(|_| dice.roll()),
            test: [0; 3].map(|_| [0; 2].map(|_| dice.roll())),
            payoffs: (0..3).map(|_| [0; 3].map(|_| [0; 2].map(|_| dice.payoff()))).collect(),
        }
    }

    fn text(&self, is_cost: bool) -> String {
        let [a, b, _] = self.states;
        let [x, y, z] = self.event;
        let row = |state: usize, event: usize| {
            format!(
                "{{ when = {{ s = \"{}\", e = {} }}, probability = {} }}",
                ["a", "b", "c"][state],
                event == 1,
                self.test[state][event]
            )
        };
        let rows: Vec<String> = (0..3).flat_map(|s| [row(s, 0), row(s, 1)]).collect();
        let option = |(at, pays): (usize, &[[f64; 2]; 3])| {
            let case = |s: usize| format!("(if e then {} else {})", pays[s][1], pays[s][0]);
            format!(
                "options.o{at}.payoff = 'if s == a then {} else if s == b then {} else {}'\n",
                case(0),
                case(1),
                case(2)
            )
        };
        let options: String = self.payoffs.iter().enumerate().map(option).collect();
        format!(
            "[factors.s]\nstates = ['a', 'b', 'c']\nprobabilities = {{ a = {a}, b = {b} }}\n\
             [events.e]\ntable = [{{ when = {{ s = 'a' }}, probability = {x} }}, {{ when = {{ s = 'b' }}, probability = {y} }}, \
             {{ when = {{ s = 'c' }}, probability = {z} }}]\n\
             [events.t]\ntable = [{}]\n[[decisions]]\nsense = '{}'\n{options}groups.both = ['s', 'e']\n\
             tests.look.of = ['t']\n",
            rows.join(", "),
            if is_cost { "minimize" } else { "maximize" }
        )
    }

    /// What knowing is worth that tells cases apart by `known`, each by its number, by listing all twelve.
    fn worth(&self, sign: f64, known: impl Fn(usize, usize, usize) -> usize) -> f64 {
        let mut gains = vec![vec![0.0; self.payoffs.len()]; 12];
        let mut whole = vec![0.0; self.payoffs.len()];
        for (s, e, t) in (0..12).map(|at| (at / 4, at / 2 % 2, at % 2)) {
            let chance = |p: f64, so: usize| if so == 1 { p } else { 1.0 - p };
            let p = self.states[s] * chance(self.event[s], e) * chance(self.test[s][e], t);
            for (at, pays) in self.payoffs.iter().enumerate() {
                gains[known(s, e, t)][at] += sign * p * pays[s][e];
                whole[at] += sign * p * pays[s][e];
            }
        }
        let most = |all: &Vec<f64>| all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        gains.iter().map(most).sum::<f64>() - most(&whole)
    }
}

#[test]
fn finite_models_are_exact_and_more_is_never_worth_less() {
    let mut dice = Dice(7);
    for at in 0..300 {
        let model = Finite::random(&mut dice);
        let sign = if at % 2 == 0 { 1.0 } else { -1.0 };
        let found = first(&model.text(sign < 0.0), 1, 1 << 10);
        let exact = |one: Estimate, value: f64| {
            assert!(one.exact && (one.value - value).abs() < 1e-9, "{one:?} for {value}");
            one.value
        };
        let all = exact(found.perfect_information.0, model.worth(sign, |s, e, _| 2 * s + e));
        let [s, e, t] = [
            exact(worth(&found, "s"), model.worth(sign, |s, _, _| s)),
            exact(worth(&found, "e"), model.worth(sign, |_, e, _| e)),
            exact(worth(&found, "t"), model.worth(sign, |_, _, t| t)),
        ];
        let both = exact(worth(&found, "both"), all);
        let test = exact(found.tests[0].value.0, t);
        let limit = found.tests[0].limit.as_ref().unwrap().value.value;
        let slack = 1e-9;
        assert!([s, e, t].iter().all(|one| *one >= 0.0 && *one <= both + slack) && test <= limit + slack);
        let regret = found.options.iter().map(|one| one.regret.value).fold(f64::INFINITY, f64::min);
        assert!((regret - all).abs() < 1e-9);
        assert!((found.options.iter().map(|one| one.best.value).sum::<f64>() - 1.0).abs() < 1e-9);
    }
}

#[test]
fn more_is_never_worth_less_where_draws_tell_it() {
    let mut dice = Dice(11);
    for seed in 0..200 {
        let mut number = || (2.0 * dice.roll() - 1.0).to_string();
        let [a, b, c, d, e, f, g] = [0; 7].map(|_| number());
        let text = format!(
            "factors.x.value = 'normal({a}, 1)'\nfactors.y.value = 'beta(2, 3)'\nfactors.z.value = 'uniform(-1, 1)'\n\
             events.e.probability = 'logistic({b} + {c} * x)'\nevents.t.probability = 'if e then 0.8 else 0.3 * y'\n\
             [[decisions]]\noptions.one.payoff = '{d} * x + {e} * y * z + (if e then 1 else -1)'\n\
             options.two.payoff = '{f} * x * y + {g} * z'\noptions.three.payoff = 0\n\
             groups = {{ xy = ['x', 'y'], xyz = ['x', 'y', 'z'], xe = ['x', 'e'], all = ['x', 'y', 'z', 'e'] }}\n\
             tests.look.of = ['t']\n"
        );
        let found = first(&text, seed, 1 << 11);
        let of = |id: &str| worth(&found, id).value;
        for (less, more) in [
            ("x", "xy"),
            ("y", "xy"),
            ("xy", "xyz"),
            ("z", "xyz"),
            ("x", "xe"),
            ("e", "xe"),
            ("xe", "all"),
            ("xyz", "all"),
        ] {
            assert!(of(less) <= of(more), "{less} {more}\n{text}");
        }
        let perfect = found.perfect_information.value;
        assert!(found.information.iter().all(|one| one.value.value >= 0.0 && one.value.value <= perfect));
        let test = &found.tests[0];
        assert!(test.value.value <= test.limit.as_ref().unwrap().value.value);
        // All that has a part in payoffs is as good as everything.
        near(worth(&found, "all"), perfect);
    }
}

/// How often intervals hold the truth, in standard errors of such a share from 90 %.
fn covered(text: &str, truths: &[(&str, f64)]) -> Vec<f64> {
    const SEEDS: u32 = 400;
    let mut hits = vec![0u32; truths.len()];
    for seed in 0..SEEDS {
        let found = first(text, u64::from(seed), 1 << 11);
        for (hit, (id, truth)) in hits.iter_mut().zip(truths) {
            let (low, high) = match *id {
                "" => found.perfect_information.interval,
                id => worth(&found, id).interval,
            };
            *hit += u32::from((low..=high).contains(truth));
        }
    }
    let share = |hit: u32| f64::from(hit) / f64::from(SEEDS);
    hits.into_iter().map(|hit| (share(hit) - 0.9) / (0.09 / f64::from(SEEDS)).sqrt()).collect()
}

/// A quarter of a circle in which acting pays 3, and outside of it costs 10: rough, so that errors vary from seed to seed.
#[test]
fn intervals_cover() {
    let rough = "
        factors.x.value = 'uniform(0, 1)'
        factors.y.value = 'uniform(0, 1)'
        events.e.probability = 'x'
        [[decisions]]
        options.act.payoff = 'if x * x + y * y < 1 then 3 else -10'
        options.wait.payoff = 0
    ";
    let quarter = std::f64::consts::FRAC_PI_4;
    let act = 13.0 * quarter - 10.0;
    // ∫ max(13 √(1 − x²) − 10, 0): up to where 13 √(1 − x²) is 10.
    let end = (1.0 - (10.0f64 / 13.0).powi(2)).sqrt();
    let x = 6.5 * (end * 10.0 / 13.0 + end.asin()) - 10.0 * end - act;
    // With e acting pays ∫ x (13 √(1 − x²) − 10) = 13/3 − 5, which is less than nothing.
    let truths = [("", 3.0 * quarter - act), ("x", x), ("y", x), ("e", 5.0 - 13.0 / 3.0)];
    for ((id, _), z) in truths.iter().zip(covered(rough, &truths)) {
        assert!(z.abs() < 4.0, "{id}: {z}");
    }
    let smooth = [("x", loss(0.3, 1.0)), ("y", loss(0.3, 2.0)), ("both", loss(0.3, 5f64.sqrt()))];
    for ((id, _), z) in smooth.iter().zip(covered(NORMAL, &smooth)) {
        assert!(z.abs() < 4.0, "{id}: {z}");
    }
    // A truth that is off by five parts in a hundred is not covered.
    let wrong = covered(NORMAL, &[("y", 1.05 * loss(0.3, 2.0))]);
    assert!(wrong[0] < -4.0, "{wrong:?}");
}

/// Of options that pay alike in expectation the luckier looks better: the estimates must not.
#[test]
fn ties_are_not_biased() {
    let text = "
        factors.x.value = 'uniform(-1, 1)'
        factors.y.value = 'normal(0, 1)'
        factors.u.value = 'uniform(0, 1)'
        [[decisions]]
        options.act.payoff = 'x + (if y * u > 0.2 * x * y then 3 else -3)'
        options.wait.payoff = '-x - (if y * u > 0.2 * x * y then 3 else -3)'
    ";
    let (mut sum, mut square) = (0.0, 0.0);
    let most = 100;
    let truth = first(text, 999, 1 << 20).perfect_information.value;
    for seed in 0..most {
        let found = first(text, seed, 1 << 9);
        let off = found.perfect_information.value - truth;
        sum += off;
        square += off * off;
    }
    let count = most as f64;
    let (mean, error) = (sum / count, (square / count / count).sqrt());
    assert!(mean.abs() < 4.0 * error, "{mean} ± {error}");
}

#[test]
fn payoffs_may_hang_on_the_outcome() {
    let text = "
        [outcomes.won]
        base = 0.3
        [outcomes.lost]
        base = 0.7
        [[decisions]]
        options.bet.payoff = { won = 100, lost = -20 }
        options.insure.payoff = 'if lost then 10 else 0'
        options.wait.payoff = 0
    ";
    let found = first(text, 1, 1 << 10);
    let expected: Vec<f64> = found.options.iter().map(|one| one.expected.value).collect();
    for (one, truth) in expected.iter().zip([16.0, 7.0, 0.0]) {
        assert!((one - truth).abs() < 1e-12, "{expected:?}");
    }
    // 0.3 · 100 + 0.7 · 10 − 16.
    assert!((worth(&found, "outcome").value - 21.0).abs() < 1e-12);
    assert!((found.perfect_information.value - 21.0).abs() < 1e-12);
}

/// What is learned is next to impossible, so that no tally has it: what no chance enters is told all the same.
#[test]
fn constants_are_told_whatever_was_learned() {
    let text = "[factors.x]
value = 'normal(10, 3)'
[events.rare]
probability = 'clamp(1e-12 * x / 20, 0, 1)'
[derived.seven]
value = 7
[[decisions]]
[decisions.options.no]
payoff = 0
[decisions.options.five]
payoff = '2 + 3'
";
    let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
    let given = vec!["rare".to_string()];
    let case = session.case(&Changes { given, ..Changes::default() }).expect("a sound scenario");
    let settings = common::settings(Kind::Sobol, 1, Rule::Draws(1 << 12));
    let found = case.answer(&Decide, &settings).expect("an answer").finding;
    let spreads: Vec<[f64; 5]> = found.decisions[0]
        .options
        .iter()
        .map(|one| {
            let spread = one.spread;
            [spread.p05, spread.p17, spread.p50, spread.p83, spread.p95]
        })
        .collect();
    assert_eq!(spreads, [[0.0; 5], [5.0; 5]]);
    assert!(found.decisions[0].options.iter().all(|one| one.expected.exact && one.sd == 0.0));
    let run = case.answer(&Run::default(), &settings).expect("an answer").finding;
    assert_eq!((run.derived[0].mean.value, run.derived[0].spread.all()), (7.0, [7.0; 3]));
}
