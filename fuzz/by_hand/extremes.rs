//! Strange numbers, extreme parameters, and sizes.

use crate::reading::{accepted, read, value};
use std::fmt::Write;
use std::time::{Duration, Instant};

#[test]
fn strange_numbers_are_read_or_refused() {
    let toml = [
        "0x10",
        "0o17",
        "0b11",
        "1_000",
        "1_000.5",
        "1e5_0",
        "inf",
        "-inf",
        "+inf",
        "nan",
        "-nan",
        "1e308",
        "-1e308",
        "1e309",
        "1e-400",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "123456789012345678901234567890",
        "0xFFFFFFFFFFFFFFFFFF",
        "-0.0",
        "5e-324",
        "01",
        "1.",
        ".5",
        "+1",
        "1__0",
        "0x",
        "1e",
        "--1",
        "1.7976931348623157e308",
    ];
    for number in toml {
        for key in ["value", "neutral", "foretell"] {
            read(&format!("[factors.a]\nvalue = 0.5\n{key} = {number}\n[outcomes.x]\n[outcomes.y]\n"));
            read(&format!("[factors.a]\n{key} = {number}\n[outcomes.x]\n[outcomes.y]\n"));
        }
        read(&format!("foretell = {number}\n"));
        read(&format!(
            "[factors.a]\nvalue = 0.5\nrange = [{number}, {number}]\n[outcomes.x]\nbase = {number}\n[outcomes.y]\nbase = 1\n"
        ));
        read(&format!(
            "[events.a]\nprobability = {number}\n[outcomes.x]\nscore = {number}\n[outcomes.y]\nscore = 0\n"
        ));
        read(&value(number));
    }
    assert_eq!(
        accepted("[factors.a]\nvalue = 0x10\n[outcomes.x]\n[outcomes.y]\n").factors[0].range.1,
        f64::INFINITY
    );
    accepted("[factors.a]\nvalue = 1_000.5\n[outcomes.x]\n[outcomes.y]\n");
}

#[test]
fn extreme_parameters_end() {
    let numbers = [
        "0",
        "-1",
        "1e-308",
        "1e308",
        "-1e308",
        "1e15",
        "9007199254740993",
        "0.5",
        "1 / 0",
        "ln(-1)",
        "-(1 / 0)",
        "1e-17",
        "3",
    ];
    let families = [
        "normal",
        "lognormal",
        "beta",
        "uniform",
        "gamma",
        "weibull",
        "cauchy",
        "logistic_dist",
        "student_t",
        "binomial",
        "negative_binomial",
    ];
    let started = Instant::now();
    for a in numbers {
        for family in ["exponential", "poisson", "geometric", "bernoulli", "student_t"] {
            read(&value(&format!("{family}({a})")));
            read(&value(&format!("truncate({family}({a}), 1, 3)")));
        }
        for b in numbers {
            for family in families {
                read(&value(&format!("{family}({a}, {b})")));
                read(&value(&format!("truncate({family}(1, 2), {a}, {b})")));
                read(&value(&format!("{family}(p5 = {a}, p95 = {b})")));
            }
            for c in ["0", "1", "1e308", "1 / 0", "7"] {
                for family in ["triangular", "pert", "hypergeometric", "student_t"] {
                    read(&value(&format!("{family}({a}, {b}, {c})")));
                }
            }
            read(&value(&format!("{a} to {b}")));
            read(&value(&format!("{a} * beta(2, 2) + {b}")));
            read(&value(&format!("truncate({a} * beta(2, 2) + {b}, 0, 1)")));
            read(&value(&format!("discrete([{a}, {b}], [{b}, {a}])")));
            read(&value(&format!("mixture(normal(0, 1), beta(2, 2), [{a}, {b}])")));
            read(&format!(
                "[factors.a]\nvalue = '0.2 to 0.6'\nrange = [-1e308, 1e308]\nneutral = 1e308\n[outcomes.x]\nbase = '{a}'\n[outcomes.y]\nbase = '{b}'\n"
            ));
        }
    }
    assert!(started.elapsed() < Duration::from_secs(60), "took {:?}", started.elapsed());
}

#[test]
fn long_chains_of_names_take_linear_time() {
    let chain = |length: usize| {
        let mut text = String::from("[factors.f0]\nvalue = 'beta(2, 2)'\n[derived.d0]\nvalue = 'f0'\n");
        for i in 1..length {
            // Backwards, so that the first formula needs all others.
            write!(text, "[derived.e{i}]\nvalue = '(e{} + f0) / 2'\n", i + 1).expect("a text");
            write!(text, "[derived.d{i}]\nvalue = '(d{} + f0) / 2'\n", i - 1).expect("a text");
        }
        write!(text, "[derived.e{length}]\nvalue = 'f0'\n[outcomes.x]\nweights = {{ d{} = 1, e1 = 1 }}\n[outcomes.y]\n", length - 1).expect("a text");
        text
    };
    let time = |length: usize| {
        let text = chain(length);
        let started = Instant::now();
        accepted(&text);
        started.elapsed()
    };
    time(500);
    let (short, long) = (time(1_000), time(5_000));
    assert!(long < short * 12 + Duration::from_millis(200), "{short:?} for 1 000, {long:?} for 5 000");
}

#[test]
fn a_long_circle_is_told_shortly() {
    let mut text = String::new();
    for i in 0..5_000 {
        write!(text, "[derived.d{i}]\nvalue = 'd{}'\n", (i + 1) % 5_000).expect("a text");
    }
    text.push_str("[outcomes.x]\n[outcomes.y]\n");
    let (_, found) = read(&text);
    let circle = found.iter().find(|one| one.code == "cycle").expect("the circle");
    assert!(circle.labels.len() <= 20 && circle.hints[0].text.len() < 1_000);
}

#[test]
fn ten_thousand_factors_are_weighed() {
    let mut text = String::new();
    let mut weights = String::new();
    for i in 0..10_000 {
        writeln!(text, "[factors.f{i}]\nvalue = 'beta(2, 2)'").expect("a text");
        write!(weights, "f{i} = 0.01, ").expect("a text");
    }
    writeln!(text, "[outcomes.x]\nweights = {{ {} }}\n[outcomes.y]", weights.trim_end_matches(", "))
        .expect("a text");
    let model = accepted(&text);
    drop(model.clone());
    crate::common::asked(&model);
}

#[test]
fn two_thousand_factors_are_built_at_once() {
    let mut text = String::new();
    for i in 0..2_000 {
        writeln!(text, "[factors.f{i}]\nlabel = \"Factor {i}\"\nvalue = 'beta(2, {})'", i % 7 + 1)
            .expect("a text");
    }
    text.push_str("[outcomes.x]\nweights = { f1 = 1 }\n[outcomes.y]\n");
    let started = Instant::now();
    accepted(&text);
    let limit = if cfg!(debug_assertions) { 2_000 } else { 500 };
    assert!(started.elapsed() < Duration::from_millis(limit), "took {:?}", started.elapsed());
}

#[test]
fn ten_thousand_mistakes_are_told_in_time() {
    let mut text = String::new();
    for i in 0..10_000 {
        writeln!(text, "[factors.f{i}]\nvalue = 'g{i} + 1'\nlable = 3").expect("a text");
    }
    text.push_str("[outcomes.x]\n[outcomes.y]\n");
    let started = Instant::now();
    let (_, found) = read(&text);
    assert!(found.iter().count() >= 20_000);
    let limit = if cfg!(debug_assertions) { 60 } else { 20 };
    assert!(started.elapsed() < Duration::from_secs(limit), "took {:?}", started.elapsed());
}

#[test]
fn many_rules_over_many_events_end() {
    let mut text = String::new();
    for i in 0..16 {
        writeln!(text, "[events.e{i}]\nprobability = 0.5").expect("a text");
    }
    for i in 0..500 {
        let rule: Vec<String> =
            (0..16).map(|bit| format!("{}e{bit}", if i >> bit & 1 == 1 { "" } else { "not " })).collect();
        writeln!(text, "[outcomes.o{i}]\nwhen = '{}'", rule.join(" and ")).expect("a text");
    }
    text.push_str("[outcomes.rest]\nelse = true\n");
    let started = Instant::now();
    read(&text);
    assert!(started.elapsed() < Duration::from_secs(20), "took {:?}", started.elapsed());
}
