//! Values with a probability of their own: percentiles that are such values, means of them, and probabilities that are certain.

#![allow(clippy::disallowed_methods)]

use crate::common::{self, assert_near, model, number, understood};
use foretell::analysis::run::{Run, RunFinding};
use foretell::design::Kind;
use foretell::simulation::Rule;

fn percentiles(value: &str, kind: Kind) -> [f64; 3] {
    let text = format!(
        "[factors]\nr = {{ value = 'exponential(0.5)' }}\nu = {{ value = 'uniform(0, 1)' }}\n\
         p = {{ value = 'poisson(r)' }}\nb = {{ value = 'binomial(10, u)' }}\ntens = {{ value = '10 * poisson(r)' }}\n\
         [derived.k]\nvalue = '{value}'\n"
    );
    common::summary(&model(&text), kind, 1, 1 << 14).derived[0].spread.all()
}

/// A Poisson count whose rate is exponential with rate 0.5 is geometric, P(K > k) = (2/3)^(k + 1): its percentiles are 0, 1 and
/// 7. A binomial count of 10 with an even probability is even on 0 to 10.
#[test]
fn percentiles_of_counts_are_counts() {
    for (value, truth) in [
        ("p", [0.0, 1.0, 7.0]),
        ("tens", [0.0, 10.0, 70.0]),
        ("10 * p", [0.0, 10.0, 70.0]),
        ("0.125 * p + 0.5", [0.5, 0.625, 1.375]),
        ("-p", [-7.0, -1.0, 0.0]),
        ("min(p, 5)", [0.0, 1.0, 5.0]),
        ("b", [0.0, 5.0, 10.0]),
        ("floor(5 * u)", [0.0, 2.0, 4.0]),
        ("if u < 0.3 then 1.37 else 2.51", [1.37, 2.51, 2.51]),
        ("(if u < 0.3 then 1.37 else 2.51) + (if r < 4 then 0 else 0.0625)", [1.37, 2.51, 2.51 + 0.0625]),
    ] {
        for kind in [Kind::Sobol, Kind::Independent] {
            assert_eq!(percentiles(value, kind), truth, "{value} {kind:?}");
        }
    }
}

/// Where a cell holds several counts, a percentile is one of them. With a rate of 0.001 the 95th percentile is 2997.
#[test]
fn percentiles_of_large_counts_are_whole() {
    let text = "[factors]\nr = { value = 'exponential(0.001)' }\nk = { value = 'poisson(r)' }\n";
    let all = number(&common::summary(&model(text), Kind::Sobol, 1, 1 << 14), 1).spread.all();
    assert!(all.iter().all(|one| one.fract() == 0.0), "{all:?}");
    assert!((all[2] - 2997.0).abs() < 64.0, "{all:?}");
}

/// A control: values without atoms are not rounded to any.
#[test]
fn percentiles_of_other_values_lie_between_points() {
    for value in ["u + p", "u * floor(2 * u)", "if u < 0.9 then u else 1"] {
        let [_, p50, _] = percentiles(value, Kind::Sobol);
        assert!(p50 == 0.0 || p50.fract() != 0.0, "{value}: {p50}");
    }
    let [p05, p50, _] = percentiles("1 + u", Kind::Sobol);
    assert!((p05 - 1.05).abs() < 0.02 && (p50 - 1.5).abs() < 0.02, "{p05} {p50}");
}

/// 38.235 % of each replicate's draws are in one state, as nearly as whole draws can be: the replicates agree, and are wrong by up
/// to a draw.
#[test]
fn the_error_of_a_drawn_share_is_at_least_a_draw() {
    let text = "[factors.c]\nstates = [\"a\", \"b\"]\nprobabilities = { a = 0.38235, b = 0.61765 }\n\
                [derived]\nk = { value = 'if c == a then 1 else 0' }\nsame = { value = 'if c == a then 2 else 2' }\n\
                [outcomes.x]\nwhen = 'c == a'\n[outcomes.y]\nelse = true\n";
    let model = model(text);
    for seed in 1..20 {
        let draws = 1 << 12;
        let rule = Rule::Draws(draws);
        let found = common::run_of(&common::drawn(&model), Kind::Sobol, seed, rule).finding;
        let [k, same] = [0, 1].map(|at| &found.derived[at]);
        assert!(k.mean.std_error >= 0.99 / draws as f64, "{k:?}");
        assert_near("k", *k.mean, 0.38235, 0.001);
        assert!(k.by_outcome[0].mean.std_error >= 0.99 / draws as f64, "{k:?}");
        // What is the same in every draw has no error.
        assert_eq!((same.mean.value, same.mean.std_error), (2.0, 0.0));
    }
}

/// No probability is rounded to above 1, and what was learned is certain.
#[test]
fn what_was_learned_is_exactly_certain() {
    let burglary = common::reference("burglar-alarm");
    let names = ["burglary", "earthquake", "alarm", "john", "mary"];
    for a in names {
        for b in names {
            let found = found(&burglary, &format!("{a} and {b}"));
            for event in &found.events {
                let p = *event.probability;
                assert!((0.0..=1.0).contains(&p.value) && p.interval.0 <= p.interval.1, "{p:?}");
                assert!(p.exact && (p.value == 1.0) == [a, b].contains(&event.id.as_str()), "{event:?}");
            }
        }
    }
    let drawn = "[factors]\nx = { value = 'uniform(0, 1)' }\ny = { value = 'uniform(0, 1)' }\n\
                 [factors.c]\nstates = [\"p\", \"q\"]\nprobabilities = { p = 'x', q = '1 - x' }\n\
                 [events.e]\nprobability = 'x * y'\n[events.f]\nprobability = 'if e then y else 0.3'\n\
                 [outcomes.a]\nscore = 'x'\n[outcomes.b]\nscore = 'y + (if f then 1 else 0)'\n";
    for given in ["e", "e and f", "e and x + y > 1", "e and outcome == a", "c == p and e and f"] {
        let found = found(drawn, given);
        common::assert_exact(given, *found.events[0].probability, 1.0);
        if given.contains("outcome") {
            common::assert_exact(given, *found.outcomes[0].probability, 1.0);
        }
    }
    // A control: P(e | e or f) is drawn. P(e) = 1/4, P(f and not e) = 0.3 · 3/4.
    let either = found(drawn, "e or f").events[0].probability;
    assert_near("e or f", *either, 0.25 / (0.25 + 0.225), 0.01);
}

fn found(text: &str, given: &str) -> RunFinding {
    common::summary(&understood(text, &[], &[given]), Kind::Sobol, 1, 1 << 12)
}

/// Half of the values are 0, and the rest is spread over all magnitudes.
#[test]
fn percentiles_among_equal_values_are_these() {
    let text = "[factors]\nx = { value = 'cauchy(0, 1)' }\ny = { value = 'uniform(0, 1)' }\n\
                [derived]\nd = { value = 'max(x, 0)' }\nu = { value = '1 / y' }\n";
    let found = common::summary(&model(text), Kind::Sobol, 1, 1 << 14);
    assert_eq!((found.derived[0].spread.p05, found.derived[0].spread.p50), (0.0, 0.0));
    // A control: where values are far apart but none is repeated, cells are no points.
    let tangent = (std::f64::consts::PI * 0.45).tan();
    assert!((found.derived[0].spread.p95 / tangent - 1.0).abs() < 1.0 / 64.0);
    assert!((found.derived[1].spread.p50 - 2.0).abs() < 0.005, "{}", found.derived[1].spread.p50);
}

/// Two fifths of the values are 0.4, which is no point that cells are told of, and the rest is spread: a percentile of 0.4 is off by its
/// place in a cell, and its error says so.
#[test]
fn the_error_of_a_percentile_in_a_lump_covers() {
    let text = "[factors]\nf = { value = 'beta(2, 2)' }\n[events.e]\nprobability = 0.6\n\
                [derived]\nd = { value = 'if e then 1 + 1.459 * f else 0.4' }\nw = { value = 'f' }\n";
    let asked = Run { percents: vec![20.0, 80.0], ..Run::default() };
    let found =
        common::answered(&asked, &model(text), common::settings(Kind::Sobol, 1, Rule::Draws(1 << 14)));
    let [lump, spread] = &found.finding.derived[0].percentiles[..] else { panic!("two percentiles") };
    let error = lump.std_error.expect("an error");
    assert!((lump.value - 0.4).abs() <= 2.0 * error + 1e-12, "{} ± {error}", lump.value);
    // A control: where values are spread, a cell's width is no error.
    assert!(spread.std_error.is_some_and(|error| error < 0.002), "{spread:?}");
}

/// A factor with few values, drawn under what was learned: its percentiles are among them.
#[test]
fn percentiles_of_few_values_are_these() {
    let text = "[factors]\nf = { value = 'categorical([0.33, 0.11, 0.41, 0.15])' }\n\
                [events.e]\nprobability = '0.2 + 0.1 * f'\n";
    let found = common::summary(&understood(text, &[], &["e"]), Kind::Sobol, 1, 1 << 14);
    for value in number(&found, 0).spread.all() {
        assert_eq!(value, value.round(), "{value}");
    }
}

/// A count with a rate that varies is drawn, and its mean, 2, carries an error; its rate is known.
#[test]
fn means_of_factors_that_were_drawn_carry_their_errors() {
    let text = "[factors]\nr = { value = 'exponential(0.5)' }\nk = { value = 'poisson(r)' }\n";
    let found = common::summary(&model(text), Kind::Independent, 1, 1 << 14);
    common::assert_exact("r", *number(&found, 0).mean, 2.0);
    assert_near("k", *number(&found, 1).mean, 2.0, 0.03);
    let json = serde_json::to_value(number(&found, 1)).expect("plain data");
    assert!(json["std_error"].as_f64().is_some_and(|error| error > 0.01), "{json}");
    assert_eq!((json["exact"].as_bool(), json["interval_level"].as_f64()), (Some(false), Some(0.9)));
    assert!(json["interval"][0].as_f64() < json["mean"].as_f64());
}
