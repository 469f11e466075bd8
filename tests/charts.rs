//! Pictures: what their layouts promise, and that both formats keep it.
#![cfg(feature = "charts")]

use std::path::PathBuf;

use foretell::chart::*;

fn wording() -> Wording {
    Wording {
        title: "A symbolic summit and a deal that China knows of are about as likely as each other".into(),
        subtitle: "Probability of each outcome of the Putin–Kim summit by 13 September 2024, judged on 15 September 2023".into(),
        caption: "scenarios/vladivostok-2023.toml · 65 536 draws in 8 Sobol replicates · seed 1 · foretell 0.1.0".into(),
    }
}

const LABELS: [&str; 3] = [
    "The summit was purely perfunctory",
    "Substantial cooperation with China's knowledge and approval",
    "Substantial cooperation without China's knowledge or approval",
];

fn outcome_bars() -> OutcomeBars {
    let rows = [
        (0.395, (0.121, 0.384, 0.711), "39.5 %", "± 0.01"),
        (0.402, (0.142, 0.396, 0.693), "40.2 %", "± 0.01"),
        (0.203, (0.043, 0.180, 0.449), "20.3 %", "± 0.01"),
    ];
    let bar = |(label, (probability, (p05, p50, p95), value, error)): (
        &&str,
        (f64, (f64, f64, f64), &str, &str),
    )| OutcomeBar {
        label: label.to_string(),
        probability,
        spread: Some(Spread { p05, p50, p95 }),
        value: value.into(),
        error: error.into(),
    };
    OutcomeBars { wording: wording(), bars: LABELS.iter().zip(rows).map(bar).collect() }
}

/// Where the pictures of a test run can be looked at.
fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("charts");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(name: &str, figure: &dyn Figure) {
    let picture = figure.layout().unwrap();
    std::fs::write(folder().join(format!("{name}.png")), draw::png(&picture).unwrap()).unwrap();
    std::fs::write(folder().join(format!("{name}.svg")), draw::svg(&picture).unwrap()).unwrap();
}

#[test]
fn samples() {
    write("outcome_bars", &outcome_bars());
}

/// Numbers between 0 and 1 from a fixed linear congruential generator (Knuth's MMIX constants).
fn uniforms(mut state: u64) -> impl Iterator<Item = f64> {
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    })
}

/// Draws of three probabilities around (0.4, 0.4, 0.2).
fn draws(count: usize) -> Vec<[f64; 3]> {
    let mut u = uniforms(7);
    let mut normal = || (0..12).map(|_| u.next().unwrap()).sum::<f64>() - 6.0;
    let draw = |_| {
        let scores = [0.1 + 0.75 * normal(), 0.1 + 0.7 * normal(), -0.7 + 0.8 * normal()].map(f64::exp);
        scores.map(|score| score / scores.iter().sum::<f64>())
    };
    (0..count).map(draw).collect()
}

fn mean_of(draws: &[[f64; 3]], k: usize) -> f64 {
    draws.iter().map(|p| p[k]).sum::<f64>() / draws.len() as f64
}

fn distributions() -> ProbabilityDistributions {
    let draws = draws(16384);
    let outcome = |k: usize| {
        let mut sorted: Vec<f64> = draws.iter().map(|p| p[k]).collect();
        sorted.sort_by(f64::total_cmp);
        let at = |p: f64| sorted[(p * sorted.len() as f64) as usize];
        let mean = mean_of(&draws, k);
        let count = |lo: f64, hi: f64| sorted.iter().filter(|p| **p >= lo && **p < hi).count() as f64;
        let ends: Vec<f64> = (0..=200).map(|i| f64::from(i) / 200.0).collect();
        OutcomeDistribution {
            label: LABELS[k].into(),
            mean,
            value: format!("{:.1} %", 100.0 * mean),
            spread: Some(Spread { p05: at(0.05), p50: at(0.5), p95: at(0.95) }),
            bins: ends.windows(2).map(|w| Bin { from: w[0], to: w[1], mass: count(w[0], w[1]) }).collect(),
        }
    };
    ProbabilityDistributions { wording: wording(), outcomes: (0..3).map(outcome).collect() }
}

fn ternary() -> Ternary {
    let draws = draws(16384);
    let mut bins = TriangleBins::new(30);
    draws.iter().for_each(|p| bins.add(*p, 1.0));
    let mean = [0, 1, 2].map(|k| mean_of(&draws, k));
    let values = mean.map(|p| format!("{:.1} %", 100.0 * p));
    Ternary { wording: wording(), labels: LABELS.map(String::from), values, mean, draws: bins }
}

fn drivers() -> Drivers {
    let factors = [
        "China approves of a Russia–DPRK deal",
        "Russia's need for artillery shells",
        "North Korea's stock and output of shells",
        "Bureaucratic inertia",
        "Concern about the reaction of the United States and South Korea",
        "Kim's wish for missile and satellite technology",
        "Weather",
        "Domestic politics in Russia",
        "Food shortage in the DPRK",
        "Rail capacity at the Tumangang crossing",
    ];
    let panel = |k: usize| DriverPanel {
        label: LABELS[k].into(),
        probability: [0.395, 0.402, 0.203][k],
        value: ["39.5 %", "40.2 %", "20.3 %"][k].into(),
        drivers: factors
            .iter()
            .enumerate()
            .map(|(i, label)| {
                let p = [0.395, 0.402, 0.203][k];
                let effect = 0.19 / (1.0 + i as f64) * if (i + k) % 3 == 0 { -1.0 } else { 1.0 };
                Driver { label: label.to_string(), low: p - effect, high: p + 0.9 * effect }
            })
            .collect(),
    };
    Drivers { wording: wording(), panels: (0..3).map(panel).collect() }
}

#[test]
fn more_samples() {
    write("distributions", &distributions());
    write("ternary", &ternary());
    write("drivers", &drivers());
}
