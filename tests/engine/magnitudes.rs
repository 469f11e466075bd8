//! Quantities of any size: in won or in parts of a millimetre, what is told of them is the same.

#![allow(clippy::disallowed_methods)]

use crate::common;

use foretell::analysis::derived::DerivedFinding;
use foretell::analysis::influence::{Influence, Sign};
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::Rule;
use foretell::statistics::NORMAL;

const DRAWS: u64 = 1 << 17;

const FACTORS: &str = "[factors.u]\nvalue = 'uniform(0, 1)'\n[factors.n]\nvalue = 'normal(0, 1)'\n";

/// Formulas in units: even, on both sides of 0, with a lump, around one place, with a heavy tail, by states.
const SHAPES: [&str; 6] = [
    "u",
    "n",
    "(if u < 0.3 then n else 5)",
    "(2024 + u)",
    "(u + 1e-9)^-0.3",
    "(if happens then u else 3 + n)",
];

/// Those of all shapes, in a unit.
fn quantities(unit: f64, kind: Kind) -> Vec<DerivedFinding> {
    let derived = SHAPES.iter().enumerate();
    let derived: String =
        derived.map(|(at, shape)| format!("[derived.d{at}]\nvalue = '{unit:e} * {shape}'\n")).collect();
    let text = format!("{FACTORS}[events.happens]\nprobability = 0.3\n{derived}");
    common::summary(&common::model(&text), kind, 7, DRAWS).derived
}

/// All numbers of a finding, with their names.
fn numbers(one: &DerivedFinding) -> [(&'static str, f64); 10] {
    let (mean, spread) = (&one.mean.0, &one.spread);
    [
        ("mean", mean.value),
        ("error", mean.std_error),
        ("low", mean.interval.0),
        ("high", mean.interval.1),
        ("sd", one.sd),
        ("P5", spread.p05),
        ("P17", spread.p17),
        ("P50", spread.p50),
        ("P83", spread.p83),
        ("P95", spread.p95),
    ]
}

/// Powers of two round nothing: all that is told is as many times as large, but for the last digits of sums of squares.
#[test]
fn another_unit_is_a_factor_and_nothing_else() {
    for kind in [Kind::Independent, Kind::Sobol] {
        let plain = quantities(1.0, kind);
        for power in [-960, -400, -66, -20, 20, 47, 400, 960] {
            let unit = 2f64.powi(power);
            for (own, plain) in quantities(unit, kind).iter().zip(&plain) {
                for ((name, own_number), (_, number)) in numbers(own).into_iter().zip(numbers(plain)) {
                    let ratio = if number == 0.0 { own_number + 1.0 } else { own_number / unit / number };
                    assert!(
                        (ratio - 1.0).abs() < 1e-9,
                        "{}, 2^{power}: {name} {own_number:e} {number}",
                        own.id
                    );
                }
                let bars = |one: &DerivedFinding| one.histogram.iter().map(|bar| bar.2).collect::<Vec<f64>>();
                assert_eq!(bars(own), bars(plain), "{}, 2^{power}", own.id);
            }
        }
    }
}

/// The law is known: of the quantiles the errors of their levels, and of cells what lies within one.
#[test]
fn percentiles_are_those_of_the_law_in_any_unit() {
    for unit in [1.0, 1e14, 1e-20, 1e300, 1e-300] {
        let found = quantities(unit, Kind::Independent);
        for (level, at) in [(0.05, 5), (0.5, 7), (0.95, 9)] {
            let value = |shape: usize| numbers(&found[shape])[at].1 / unit;
            // Of independent draws, at five errors.
            let error: f64 = 5.0 * f64::sqrt(level * (1.0 - level) / DRAWS as f64);
            assert!((value(0) - level).abs() < error, "{unit:e}: {}", value(0));
            assert!((value(3) - 2024.0 - level).abs() < error, "{unit:e}: {}", value(3));
            let normal = NORMAL * (level - 0.5) / 0.45;
            let density = (-0.5 * normal * normal).exp() / (2.0 * std::f64::consts::PI).sqrt();
            // In a cell, which is 1/64 of the distance wide, a density may change by an eighth of its width.
            let blur = normal.abs() / 64.0 / 8.0;
            assert!((value(1) - normal).abs() < error / density + blur, "{unit:e}: {}", value(1));
        }
    }
}

/// exp(200 (u − ½)) has its quantiles at exp(200 (q − ½)), over 87 powers of ten.
#[test]
fn quantities_of_many_magnitudes_have_their_percentiles() {
    let text = format!("{FACTORS}[derived.wide]\nvalue = 'exp(200 * (u - 0.5))'\n");
    let found = common::summary(&common::model(&text), Kind::Independent, 7, DRAWS).derived.remove(0);
    for (level, at) in [(0.05, 5), (0.5, 7), (0.95, 9)] {
        let power = numbers(&found)[at].1.ln() / 200.0 + 0.5;
        let error = 5.0 * f64::sqrt(level * (1.0 - level) / DRAWS as f64) + 1.0 / 64.0 / 200.0;
        assert!((power - level).abs() < error, "{level}: {power}");
    }
}

#[test]
fn links_are_as_strong_in_any_unit() {
    for unit in [1.0, 1e300, 1e-300] {
        let text = format!("{FACTORS}[derived.x]\nvalue = '{unit:e} * (u + 0.1 * n)'\n");
        let session =
            Session::open(SourceFile::new("x.toml", &text), |_| Err(String::new())).expect("a text");
        let case = session.case(&Changes::default()).expect("a sound scenario");
        let settings = common::settings(Kind::Sobol, 1, Rule::Draws(1 << 15));
        let links = case.answer(&Influence, &settings).expect("an answer").finding.links;
        // The variance of u is 1/12, that of n / 10 is 1/100.
        for (link, variance) in links.iter().zip([1.0 / 12.0, 0.01]) {
            let truth = variance / (1.0 / 12.0 + 0.01);
            let share = &link.share;
            assert!((share.value - truth).abs() < 5.0 * share.std_error, "{unit:e}: {link:?}");
            assert_eq!(link.sign, Sign::Raises);
        }
    }
}
