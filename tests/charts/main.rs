//! Pictures: what their layouts promise, and that both formats keep it.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "charts")]

mod answer;
mod drivers;
mod extremes;
mod formats;
mod layout;
mod moves;
mod painting;
mod quantities;
mod scripts;
mod sweep;
mod text;

use extremes::{extremes, long_label};
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

/// The distribution of one of three probabilities over draws.
fn spread(draws: &[[f64; 3]], k: usize) -> AnswerSpread {
    let mut sorted: Vec<f64> = draws.iter().map(|p| p[k]).collect();
    sorted.sort_by(f64::total_cmp);
    let at = |p: f64| sorted[(p * sorted.len() as f64) as usize];
    let mut cells = vec![0.0; 400];
    sorted.iter().for_each(|p| cells[((p * 400.0) as usize).min(399)] += 1.0 / sorted.len() as f64);
    AnswerSpread { p05: at(0.05), p17: at(0.17), p83: at(0.83), p95: at(0.95), cells }
}

fn answer() -> Answer {
    let draws = draws(16384);
    let row = |k: usize| {
        let (probability, spread) = (mean_of(&draws, k), spread(&draws, k));
        AnswerRow {
            label: LABELS[k].into(),
            probability,
            value: format!("{:.0}\u{a0}%", 100.0 * probability),
            odds: String::new(),
            range: format!("{:.0} to {:.0}", 100.0 * spread.p05, 100.0 * spread.p95),
            spread: Some(spread),
        }
    };
    Answer { wording: wording(), rows: (0..3).map(row).collect(), leader: Some(1) }
}

/// As many outcomes as are wanted, which are exact.
fn many(count: usize) -> Answer {
    let row = |k: usize| AnswerRow {
        label: format!("Outcome {k}"),
        probability: 1.0 / (k + 2) as f64,
        value: format!("{:.0}\u{a0}%", 100.0 / (k + 2) as f64),
        odds: String::new(),
        range: String::new(),
        spread: None,
    };
    Answer { wording: wording(), rows: (0..count).map(row).collect(), leader: Some(0) }
}

fn evidence() -> Evidence {
    use foretell::scenario::Date;
    let day = |year, month, day| Date { year, month, day };
    let items = [
        (day(2023, 10, 13), "1,000 containers of munitions shipped"),
        (day(2024, 1, 4), "North Korean missiles fired at Ukraine"),
        (
            day(2024, 1, 5),
            "A second report of the same, from another capital and at much greater length than the first",
        ),
        (day(2024, 6, 19), "Treaty signed in Pyongyang"),
    ];
    let paths =
        [[0.49, 0.19, 0.12, 0.06, 0.03], [0.49, 0.78, 0.84, 0.9, 0.93], [0.02, 0.03, 0.04, 0.04, 0.04]];
    let point = |p: &f64| EvidencePoint { probability: *p, low: 0.8 * p, high: 1.05 * p };
    let line = |(k, path): (usize, &[f64; 5])| EvidenceLine {
        label: LABELS[k].into(),
        value: format!("{:.0}\u{a0}%", 100.0 * path[4]),
        points: path.iter().map(point).collect(),
    };
    let item = |(k, (date, text)): (usize, &(Date, &str))| EvidenceItem {
        date: *date,
        text: text.to_string(),
        change: axis::points(paths[0][k + 1] - paths[0][k]),
    };
    Evidence {
        wording: wording(),
        span: (day(2023, 9, 15), day(2024, 9, 13)),
        lines: paths.iter().enumerate().map(line).collect(),
        moved: 0,
        items: items.iter().enumerate().map(item).collect(),
    }
}

fn variants() -> Variants {
    let row = |label: &str, p: f64| VariantRow {
        label: label.into(),
        probability: p,
        value: format!("{:.0}\u{a0}%", 100.0 * p),
        difference: axis::points(p - 0.4),
        error: String::new(),
    };
    let panel = |k: usize| VariantPanel {
        label: LABELS[k].into(),
        probability: 0.4,
        value: "40\u{a0}%".into(),
        rows: vec![row("China minds", 0.7), row("Russia is in need", 0.05), row(&long_label(k), 0.4)],
    };
    Variants { wording: wording(), panels: (0..3).map(panel).collect() }
}

fn futures() -> FutureDots {
    let group = |k: usize| DotGroup { label: LABELS[k].into(), count: [49, 49, 2][k] };
    FutureDots { wording: wording(), groups: (0..3).map(group).collect(), has_rest: false }
}

fn quantiles() -> QuantileDots {
    let values = (0..50).map(|k| 12.0 * (2.0 * (f64::from(k) / 49.0 - 0.5)).exp()).collect();
    QuantileDots { wording: wording(), values, unit: Some("days".into()) }
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
        leader: Some(1),
        rows: factors.iter().enumerate().map(row).collect(),
        ends: ["in its lowest fifth".into(), "in its highest fifth".into()],
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

fn everything() -> Vec<(&'static str, Box<dyn Figure>)> {
    let mut all: Vec<(&'static str, Box<dyn Figure>)> = vec![
        ("answer", Box::new(answer())),
        ("evidence", Box::new(evidence())),
        ("variants", Box::new(variants())),
        ("futures", Box::new(futures())),
        ("quantiles", Box::new(quantiles())),
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
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// All lines of text in order, without spaces.
fn all_words(picture: &Picture) -> String {
    texts(picture).iter().map(|(_, words)| squeezed(words)).collect()
}
