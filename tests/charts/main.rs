//! Pictures: what their layouts promise, and that both formats keep it.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "charts")]

mod drivers;
mod formats;
mod layout;
mod moves;
mod painting;
mod quantities;
mod scripts;
mod sweep;
mod text;

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
    let bar = |label: &str, probability: f64, [p05, p50, p95]: [f64; 3]| OutcomeBar {
        label: label.into(),
        probability,
        spread: Some(Whisker { p05, p50, p95 }),
        value: format!("{:.1} %", 100.0 * probability),
        error: "± 0.01".into(),
    };
    let bars = vec![
        bar(LABELS[0], 0.395, [0.121, 0.384, 0.711]),
        bar(LABELS[1], 0.402, [0.142, 0.396, 0.693]),
        bar(LABELS[2], 0.203, [0.043, 0.180, 0.449]),
    ];
    OutcomeBars { wording: wording(), bars }
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
            spread: Some(Whisker { p05: at(0.05), p50: at(0.5), p95: at(0.95) }),
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
    let means = [0.395, 0.402, 0.203];
    let outcome = |k: usize| DrivenOutcome {
        label: LABELS[k].into(),
        probability: means[k],
        value: ["39.5 %", "40.2 %", "20.3 %"][k].into(),
    };
    let cell = |i: usize, k: usize| {
        let effect = 0.19 / (1.0 + i as f64) * if (i + k).is_multiple_of(3) { -1.0 } else { 1.0 };
        let levels = [-1.0, -0.4, 0.0, 0.5, 0.9].map(|part| means[k] + part * effect);
        DriverCell { levels: levels.to_vec(), share: effect.abs() }
    };
    let row = |(i, label): (usize, &&str)| DriverRow {
        label: label.to_string(),
        cells: (0..3).map(|k| cell(i, k)).collect(),
    };
    Drivers {
        wording: wording(),
        outcomes: (0..3).map(outcome).collect(),
        rows: factors.iter().enumerate().map(row).collect(),
    }
}

fn theory_bars() -> TheoryBars {
    let printed = |p: f64| (p, format!("{:.1} %", 100.0 * p));
    let group = |k: usize| TheoryGroup {
        label: LABELS[k].into(),
        whole: printed([0.395, 0.402, 0.203][k]),
        under: [[0.2, 0.5, 0.3], [0.59, 0.304, 0.106]].iter().map(|one| printed(one[k])).collect(),
    };
    let theories = vec!["Interests decide (weight 50.0 %)".into(), "Beijing decides (weight 50.0 %)".into()];
    TheoryBars { wording: wording(), theories, groups: (0..3).map(group).collect() }
}

/// A label of 120 characters.
fn long_label(k: usize) -> String {
    let words = "A limited agreement on munitions, food and satellite know-how that both capitals deny";
    let label = format!("{words} by night: {k}");
    let filled = format!("{label}{}", "!".repeat(120 - label.chars().count()));
    assert_eq!(filled.chars().count(), 120);
    filled
}

/// Each figure at its hardest: 12 outcomes with long labels, tiny, certain and impossible numbers, point masses.
fn extremes() -> Vec<(&'static str, Box<dyn Figure>)> {
    let odd = [
        0.0,
        1e-9,
        1.0,
        1.0 - 1e-12,
        f64::NAN,
        f64::INFINITY,
        -0.5,
        1e308,
        0.5,
        5e-324,
        0.999,
        f64::NEG_INFINITY,
    ];
    let spread = |p: f64| Some(Whisker { p05: p, p50: p, p95: p });
    let bars = odd.iter().enumerate().map(|(k, p)| OutcomeBar {
        label: long_label(k),
        probability: *p,
        spread: spread(*p),
        value: format!("{p:.1e}"),
        error: "± 0.000 000 000 1 percentage points".into(),
    });
    let panels = odd.iter().enumerate().map(|(k, p)| OutcomeDistribution {
        label: long_label(k),
        mean: *p,
        value: format!("{p:.1e}"),
        spread: spread(*p),
        bins: odd
            .iter()
            .map(|q| Bin { from: *p, to: *q, mass: *q })
            .chain([Bin { from: *p, to: *p, mass: 1.0 }])
            .collect(),
    });
    let driven = odd.iter().enumerate().map(|(k, p)| DrivenOutcome {
        label: long_label(k),
        probability: *p,
        value: format!("{p:.1e}"),
    });
    let odd_cell = |q: f64, p: f64| DriverCell { levels: vec![p, q, q], share: q };
    let odd_row = |(j, q): (usize, &f64)| DriverRow {
        label: long_label(j),
        cells: odd.iter().map(|p| odd_cell(*q, *p)).collect(),
    };
    let odd_drivers = Drivers {
        wording: Wording::default(),
        outcomes: driven.collect(),
        rows: odd.iter().enumerate().map(odd_row).collect(),
    };
    let groups = odd.iter().enumerate().map(|(k, p)| TheoryGroup {
        label: long_label(k),
        whole: (*p, format!("{p:.1e}")),
        under: odd.iter().map(|q| (*q, format!("{q:.1e}"))).collect(),
    });
    let theories = (0..odd.len()).map(long_label).collect();
    let mut point = TriangleBins::new(30);
    point.add([1e-9, 1.0 - 1e-9, 0.0], 5.0);
    odd.iter().for_each(|p| point.add([*p, 1.0 - p, 0.0], *p));
    let unbroken = "Donaudampfschifffahrtsgesellschaft".repeat(6);
    let strange = "<b>&\"'\u{1}\u{7f}\u{fffe} 漢字 😀 \t\n end".to_string();
    let heading = Wording { title: "why ".repeat(200), subtitle: unbroken.clone(), caption: strange.clone() };
    vec![
        ("odd bars", Box::new(OutcomeBars { wording: heading.clone(), bars: bars.collect() })),
        ("odd panels", Box::new(ProbabilityDistributions { wording: wording(), outcomes: panels.collect() })),
        ("odd drivers", Box::new(odd_drivers)),
        (
            "odd theories",
            Box::new(TheoryBars { wording: Wording::default(), theories, groups: groups.collect() }),
        ),
        (
            "odd triangle",
            Box::new(Ternary {
                wording: heading,
                labels: [long_label(0), unbroken, strange],
                values: ["".into(), "<0.1 %".into(), ">99.9 %".into()],
                mean: [1e-9, 1.0 - 1e-9, 0.0],
                draws: point,
            }),
        ),
        (
            "two bars",
            Box::new(OutcomeBars {
                wording: wording(),
                bars: ["Yes", ""]
                    .map(|label| OutcomeBar {
                        label: label.into(),
                        probability: 0.5,
                        spread: None,
                        value: "50 %".into(),
                        error: String::new(),
                    })
                    .to_vec(),
            }),
        ),
    ]
}

fn everything() -> Vec<(&'static str, Box<dyn Figure>)> {
    let mut all: Vec<(&'static str, Box<dyn Figure>)> = vec![
        ("bars", Box::new(outcome_bars())),
        ("panels", Box::new(distributions())),
        ("triangle", Box::new(ternary())),
        ("drivers", Box::new(drivers())),
        ("theories", Box::new(theory_bars())),
    ];
    all.extend(sweep::all());
    all.extend(quantities::all());
    all.extend(moves::all());
    all.extend(extremes());
    all
}

fn texts(picture: &Picture) -> Vec<(&Mark, &str)> {
    picture
        .marks
        .iter()
        .filter(|mark| matches!(mark, Mark::Text { .. }))
        .map(|mark| (mark, content(mark)))
        .collect()
}

fn content(mark: &Mark) -> &str {
    if let Mark::Text { content, .. } = mark { content } else { "" }
}

/// The place of the middle of the first axis label with these words.
fn tick(picture: &Picture, words: &str) -> f64 {
    let found = texts(picture).into_iter().find(|(_, content)| *content == words).expect("an axis label");
    let Mark::Text { x, anchor: Anchor::Middle, .. } = found.0 else { panic!("axis labels are centred") };
    *x
}

/// A pair of lines of text whose boxes meet.
fn overlap(picture: &Picture) -> Option<(String, String)> {
    let boxes: Vec<_> = texts(picture).into_iter().map(|(mark, words)| (mark.bounds(), words)).collect();
    for (k, (a, one)) in boxes.iter().enumerate() {
        for (b, other) in &boxes[k + 1..] {
            if a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3 {
                return Some((one.to_string(), other.to_string()));
            }
        }
    }
    None
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() || *letter == '\u{a0}').collect()
}

/// All lines of text in order, without spaces.
fn all_words(picture: &Picture) -> String {
    texts(picture).iter().map(|(_, words)| squeezed(words)).collect()
}
