//! Pictures: what their layouts promise, and that both formats keep it.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "charts")]

mod answer;
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
    let spread = |p: f64| AnswerSpread { p05: p, p17: p, p83: p, p95: p, cells: odd.to_vec() };
    let rows = odd.iter().enumerate().map(|(k, p)| AnswerRow {
        label: long_label(k),
        probability: *p,
        value: format!("{p:.1e}"),
        odds: String::new(),
        range: "−0.000 000 1 to 1e308".into(),
        spread: Some(spread(*p)),
    });
    let hostile = [
        "<script>alert(1)</script>".to_string(),
        "\u{202e}eman live eht".into(),
        "x".repeat(300),
        "very long ".repeat(30),
        "👩‍👩‍👧‍👦 \u{1}\u{0}".into(),
        String::new(),
    ];
    let hostile_rows: Vec<AnswerRow> =
        hostile.iter().map(|label| AnswerRow { label: label.clone(), ..answer().rows[0].clone() }).collect();
    let mut hostile_evidence = evidence();
    let lines =
        hostile.iter().map(|label| EvidenceLine { label: label.clone(), ..evidence().lines[0].clone() });
    hostile_evidence.lines = lines.collect();
    for (item, text) in hostile_evidence.items.iter_mut().zip(&hostile) {
        item.text = text.clone();
    }
    let mut crowded = evidence();
    crowded.items = vec![crowded.items[1].clone(); 40];
    for line in &mut crowded.lines {
        line.points =
            (0..41).map(|k| EvidencePoint { probability: f64::from(k) / 41.0, ..line.points[0] }).collect();
    }
    let mut odd_evidence = evidence();
    odd_evidence.lines[0].points =
        odd.iter().map(|p| EvidencePoint { probability: *p, low: *p, high: *p }).collect();
    let hostile_groups = hostile.iter().map(|label| DotGroup { label: label.clone(), count: 16 }).collect();
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
        leader: Some(99),
        rows: odd.iter().enumerate().map(odd_row).collect(),
        ends: hostile.clone()[2..4].to_vec().try_into().unwrap(),
    };
    let first = |at: usize| hostile[at].clone();
    let futures = hostile.iter().map(|text| FutureRow {
        number: text.clone(),
        told: hostile.to_vec(),
        outcome: text.clone(),
        probability: text.clone(),
        typical: f64::NAN,
        share: text.clone(),
    });
    let futures = Futures { wording: wording(), rows: futures.collect() };
    let options = hostile.iter().map(|text| OptionRow {
        label: text.clone(),
        mean: 1.0,
        levels: [0.0, 0.5, 1.0, 1.5, 2.0],
        value: text.clone(),
        best: text.clone(),
        is_leader: text.is_empty(),
    });
    let options = Options { wording: wording(), rows: options.collect(), unit: Some(first(3)) };
    let worth = |text: &String| WorthRow {
        label: text.clone(),
        worth: 1.0,
        cost: Some(0.5),
        value: text.clone(),
        is_whole: false,
    };
    let worths = Worths { wording: wording(), rows: hostile.iter().map(worth).collect() };
    let flip = |text: &String| FlipsRow {
        label: text.clone(),
        distance: 1.0,
        value: text.clone(),
        leads: text.clone(),
    };
    let flips = Flips { wording: wording(), rows: hostile.iter().map(flip).collect() };
    let information = hostile.iter().map(|text| InformationRow {
        label: text.clone(),
        bits: 0.1,
        interval: (0.09, 0.11),
        value: text.clone(),
        changes: text.clone(),
    });
    let information = Information { wording: wording(), rows: information.collect() };
    let shift = |text: &String| ShiftRow { label: text.clone(), shifts: vec![0.5, -0.5] };
    let shifts = Shifts {
        wording: wording(),
        outcomes: vec![(first(0), first(1)), (first(2), first(4))],
        rows: hostile.iter().map(shift).collect(),
    };
    let restrict = |text: &String| BoxRow {
        label: text.clone(),
        value: text.clone(),
        allowed: BoxShape::States(hostile.iter().map(|one| (one.clone(), one.is_empty())).collect()),
    };
    let boxes = Boxes {
        wording: wording(),
        rows: hostile.iter().map(restrict).collect(),
        path: vec![(1.0, 0.3), (0.5, 0.8)],
        own: (0.5, 0.8, first(0)),
        base: first(1),
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
        ("odd answer", Box::new(Answer { wording: heading.clone(), rows: rows.collect(), leader: Some(99) })),
        ("one outcome", Box::new(many(1))),
        ("24 outcomes", Box::new(many(24))),
        ("300 outcomes", Box::new(many(300))),
        ("hostile answer", Box::new(Answer { rows: hostile_rows, ..answer() })),
        ("hostile evidence", Box::new(hostile_evidence)),
        ("crowded evidence", Box::new(crowded)),
        ("odd evidence", Box::new(odd_evidence)),
        (
            "hostile futures",
            Box::new(FutureDots { wording: wording(), groups: hostile_groups, has_rest: false }),
        ),
        ("hostile worlds", Box::new(futures)),
        ("hostile options", Box::new(options)),
        ("hostile worths", Box::new(worths)),
        ("hostile flips", Box::new(flips)),
        ("hostile information", Box::new(information)),
        ("hostile shifts", Box::new(shifts)),
        ("hostile boxes", Box::new(boxes)),
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
    ]
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
