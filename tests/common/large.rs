//! A scenario of any size, as a generator would write it.

use std::fmt::Write;

/// Each derived value goes on from the one before it, up to so many.
const CHAIN: usize = 50;

/// A scenario of `factors` factors of mixed families, no two with the same distribution; a derived value for every four of
/// them, in chains; a correlation for every ten; and four outcomes that weigh every factor.
pub fn scenario(factors: usize) -> String {
    let mut text = String::from("[factors]\n");
    for at in 0..factors {
        writeln!(text, "f{at} = {{ value = '{}', neutral = 0.5 }}", value(at)).expect("memory");
    }
    for at in (0..factors.saturating_sub(5)).step_by(10) {
        let pair = format!("\"f{at}\", \"f{}\"", at + 5);
        let normal = 0.1 + (at % 70) as f64 / 100.0;
        writeln!(text, "[[correlations]]\nbetween = [{pair}]\nnormal = {normal}").expect("memory");
    }
    text.push_str("[derived]\n");
    for at in 0..factors / 4 {
        let before = if at % CHAIN == 0 { "1".into() } else { format!("d{}", at - 1) };
        let (a, b) = (4 * at, 4 * at + 1);
        writeln!(text, "d{at} = {{ value = '0.5 * {before} + sqrt(f{a} * f{b})' }}").expect("memory");
    }
    for outcome in 0..4 {
        let weight = |at: usize| format!("f{at} = {}", 0.01 * (1 + (at + outcome) % 9) as f64);
        let weights: Vec<String> = (0..factors).map(weight).collect();
        writeln!(text, "[outcomes.o{outcome}]\nweights = {{ {} }}", weights.join(", ")).expect("memory");
    }
    text
}

/// A distribution of positive numbers that no other factor has.
fn value(at: usize) -> String {
    let own = 2.0 + at as f64 / 100.0;
    match at % 6 {
        0 | 5 => format!("beta({own}, 3)"),
        1 => format!("gamma({own}, 2)"),
        2 => format!("lognormal(0, {})", 0.2 + at as f64 / 1e5),
        3 => format!("triangular(0, {own}, {})", 2.0 * own),
        _ => format!("weibull({}, {own})", 1.5 + at as f64 / 1e4),
    }
}

/// As many factors as `factors`, each a beta that no other is, and four outcomes that weigh them all.
pub fn betas(factors: usize) -> String {
    let mut text = String::from("[factors]\n");
    for at in 0..factors {
        writeln!(text, "f{at} = {{ value = 'beta({}, 3)' }}", 2.0 + at as f64 / 100.0).expect("memory");
    }
    for outcome in 0..4 {
        let weight = |at: usize| format!("f{at} = 0.{}", 1 + (at + outcome) % 9);
        let weights: Vec<String> = (0..factors).map(weight).collect();
        writeln!(text, "[outcomes.o{outcome}]\nweights = {{ {} }}", weights.join(", ")).expect("memory");
    }
    text
}
