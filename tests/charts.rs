//! Pictures: what their layouts promise, and that both formats keep it.

#![allow(clippy::disallowed_methods)]
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

#[test]
fn bars_start_at_zero_and_are_as_long_as_their_probability() {
    let figure = outcome_bars();
    let picture = figure.layout().unwrap();
    let (zero, one) = (tick(&picture, "0\u{a0}%"), tick(&picture, "100\u{a0}%"));
    let tall = |mark: &&Mark| matches!(mark, Mark::Rect { height, fill, .. } if *height > 20.0 && theme::SERIES.contains(fill));
    let bars: Vec<&Mark> = picture.marks.iter().filter(tall).collect();
    assert_eq!(bars.len(), figure.bars.len());
    for (mark, bar) in bars.iter().zip(&figure.bars) {
        let (left, _, right, _) = mark.bounds();
        assert_eq!(left, zero);
        assert!((right - left - bar.probability * (one - zero)).abs() < 1e-9);
    }
}

#[test]
fn whiskers_reach_from_the_5th_to_the_95th_percentile() {
    let figure = outcome_bars();
    let picture = figure.layout().unwrap();
    let (zero, one) = (tick(&picture, "0\u{a0}%"), tick(&picture, "100\u{a0}%"));
    let lines: Vec<_> = picture
        .marks
        .iter()
        .filter(|m| matches!(m, Mark::Line { colour, .. } if *colour == theme::INK))
        .collect();
    for spread in figure.bars.iter().filter_map(|bar| bar.spread) {
        let [p05, p95] = [spread.p05, spread.p95].map(|p| zero + p * (one - zero));
        let level = |mark: &&&Mark| matches!(mark, Mark::Line { from, to, .. } if (from.0 - p05).abs() + (to.0 - p95).abs() < 1e-9);
        let upright = |at: f64| {
            lines.iter().any(
                |m| matches!(m, Mark::Line { from, to, .. } if from.0 == to.0 && (from.0 - at).abs() < 1e-9),
            )
        };
        assert_eq!(lines.iter().filter(level).count(), 1);
        assert!(upright(p05) && upright(p95));
    }
}

#[test]
fn every_mark_lies_on_the_canvas() {
    for (name, figure) in everything() {
        let picture = figure.layout().unwrap();
        for mark in &picture.marks {
            let (left, top, right, bottom) = mark.bounds();
            assert!(left >= 0.0 && top >= 0.0, "{name}: {mark:?}");
            assert!(right <= picture.width && bottom <= picture.height, "{name}: {mark:?}");
        }
    }
}

#[test]
fn no_two_lines_of_text_meet() {
    for (name, figure) in everything() {
        assert_eq!(overlap(&figure.layout().unwrap()), None, "{name}");
    }
}

#[test]
fn the_overlap_check_can_fail() {
    let mut picture = outcome_bars().layout().unwrap();
    let mut copy = picture.marks.iter().find(|mark| matches!(mark, Mark::Text { .. })).unwrap().clone();
    if let Mark::Text { x, baseline, .. } = &mut copy {
        (*x, *baseline) = (*x + 5.0, *baseline + 5.0);
    }
    picture.marks.push(copy);
    assert!(overlap(&picture).is_some());
}

#[test]
fn labels_are_wrapped_but_never_cut() {
    for figure in [&outcome_bars() as &dyn Figure, &distributions(), &ternary(), &drivers(), &theory_bars()] {
        let words = all_words(&figure.layout().unwrap());
        let around = wording();
        for text in
            LABELS.iter().map(|l| l.to_string()).chain([around.title, around.subtitle, around.caption])
        {
            assert!(words.contains(&squeezed(&text)), "{text}");
        }
    }
    for (name, figure) in &extremes()[..3] {
        let words = all_words(&figure.layout().unwrap());
        (0..12).for_each(|k| assert!(words.contains(&squeezed(&long_label(k))), "{name} {k}"));
    }
}

/// A picture of what drives one outcome of probability 0.3.
fn driven(rows: &[(&str, &[f64], f64)]) -> Picture {
    let row = |(label, levels, share): &(&str, &[f64], f64)| DriverRow {
        label: label.to_string(),
        cells: vec![DriverCell { levels: levels.to_vec(), share: *share }],
    };
    let outcome = DrivenOutcome { label: "It happens".into(), probability: 0.3, value: "30 %".into() };
    Drivers { wording: wording(), outcomes: vec![outcome], rows: rows.iter().map(row).collect() }
        .layout()
        .unwrap()
}

#[test]
fn the_strongest_drivers_stand_on_top_and_the_weaker_ones_are_counted() {
    let names: Vec<String> = (0..8).map(|k| format!("middling{k}")).collect();
    let mut rows: Vec<(&str, &[f64], f64)> = vec![
        ("weak", &[0.3, 0.31], 0.001),
        ("strong", &[0.6, 0.1], 0.3),
        ("broken", &[f64::NAN, 0.9], f64::NAN),
    ];
    rows.extend(names.iter().map(|name| (name.as_str(), &[0.3, 0.4][..], 0.1)));
    let picture = driven(&rows);
    let words: Vec<&str> = texts(&picture).into_iter().map(|(_, words)| words).collect();
    let row = |label: &str| words.iter().position(|word| *word == label);
    assert!(row("strong") < row("middling0") && row("middling0") < row("middling1"));
    assert_eq!((row("middling7"), row("weak"), row("broken")), (None, None, None));
    assert!(words.iter().any(|word| word.starts_with('3') && word.contains("weaker not shown")));
}

/// The places of circles of a colour inside, in probability.
fn circles(picture: &Picture, is_paper: bool) -> Vec<f64> {
    let (zero, ten) = (tick(picture, "0"), tick(picture, "+20"));
    let inside = |mark: &Mark| match mark {
        Mark::Circle { centre, fill, radius } if *radius < 5.0 || !is_paper => {
            ((*fill == theme::PAPER) == is_paper && centre.1 > 160.0).then_some(centre.0)
        }
        _ => None,
    };
    picture.marks.iter().filter_map(inside).map(|x| 0.3 + 0.2 * (x - zero) / (ten - zero)).collect()
}

#[test]
fn a_driver_tells_its_direction_without_colour_and_a_hill_shows_its_top() {
    let near = |found: &[f64], wanted: f64| found.iter().any(|one| (one - wanted).abs() < 1e-9);
    let picture = driven(&[("it", &[0.6, 0.1], 0.3)]);
    assert!(near(&circles(&picture, true), 0.6) && !near(&circles(&picture, true), 0.1));
    assert!(near(&circles(&picture, false), 0.1));
    let picture = driven(&[("it", &[0.2, 0.4, 0.6, 0.4, 0.2], 0.3)]);
    let (zero, ten) = (tick(&picture, "0"), tick(&picture, "+20"));
    let top = zero + 0.3 / 0.2 * (ten - zero);
    let bar = |mark: &&Mark| {
        let (_, _, right, _) = mark.bounds();
        matches!(mark, Mark::Rect { height, .. } if *height == 8.0) && (right - top).abs() < 1e-9
    };
    assert_eq!(picture.marks.iter().filter(bar).count(), 1);
}

#[test]
fn a_small_outcome_says_that_its_scale_is_its_own() {
    let outcome = |label: &str, probability: f64| DrivenOutcome {
        label: label.into(),
        probability,
        value: format!("{probability}"),
    };
    let cells = [0.5, 0.01].map(|p: f64| DriverCell { levels: vec![0.5 * p, 1.5 * p], share: p });
    let figure = Drivers {
        wording: wording(),
        outcomes: vec![outcome("large", 0.5), outcome("small", 0.01)],
        rows: vec![DriverRow { label: "it".into(), cells: cells.to_vec() }],
    };
    let words: Vec<String> =
        texts(&figure.layout().unwrap()).into_iter().map(|(_, words)| words.to_string()).collect();
    assert!(words.contains(&"0.5".into()) && words.contains(&"0.01, own scale".into()), "{words:?}");
}

#[test]
fn a_png_decodes_at_twice_the_size_and_shows_the_bars() {
    let figure = outcome_bars();
    let picture = figure.layout().unwrap();
    let bytes = draw::png(&picture).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(
        (f64::from(frame.width), f64::from(frame.height)),
        (2.0 * picture.width, 2.0 * picture.height)
    );
    let dots_per_inch = f64::from(reader.info().pixel_dims.unwrap().xppu) * 0.0254;
    assert!((dots_per_inch - 192.0).abs() < 0.02);
    let at = |x: f64, y: f64| {
        let first = ((2.0 * y) as usize * frame.width as usize + (2.0 * x) as usize) * 3;
        theme::Colour(pixels[first], pixels[first + 1], pixels[first + 2])
    };
    for mark in &picture.marks {
        if let Mark::Rect { x, y, width, height, fill } = mark
            && *height > 20.0
            && theme::SERIES.contains(fill)
        {
            assert_eq!(at(x + 2.0, y + 2.0), *fill);
            assert_eq!(at(x + width - 1.5, y + height - 1.5), *fill);
            assert_ne!(at(x + width + 1.5, y + height - 1.5), *fill);
        }
    }
}

/// Why a text is not well-formed XML of elements, attributes in double quotes and character data.
fn xml_fault(text: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let entities = ["amp;", "lt;", "gt;", "quot;", "apos;"];
    if text.split('&').skip(1).any(|rest| !entities.iter().any(|entity| rest.starts_with(entity))) {
        return Some("a stray ampersand".into());
    }
    if text.chars().any(|c| c.is_control() && c != '\n' || c == '\u{fffe}') {
        return Some("a forbidden character".into());
    }
    for piece in text.split('<').skip(1) {
        let Some((tag, _)) = piece.split_once('>') else { return Some(format!("an open tag: {piece}")) };
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("{name} closes nothing"));
            }
            continue;
        }
        if tag.matches('"').count() % 2 == 1 {
            return Some(format!("odd quotes: {tag}"));
        }
        if !tag.ends_with('/') {
            open.push(tag.split_whitespace().next().unwrap_or(""));
        }
    }
    open.pop().map(|name| format!("{name} stays open"))
}

#[test]
fn an_svg_is_well_formed_and_says_every_word() {
    for (name, figure) in everything() {
        let picture = figure.layout().unwrap();
        let svg = draw::svg(&picture).unwrap();
        assert_eq!(xml_fault(&svg), None, "{name}");
        let (width, height) = (picture.width, picture.height);
        let size =
            format!("width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\"", 8.0 * width, 8.0 * height);
        assert!(svg.lines().next().unwrap().contains(&size), "{name}");
        assert_eq!(svg.matches("<text").count(), texts(&picture).len(), "{name}");
        for (_, words) in
            texts(&picture).iter().filter(|(_, words)| words.chars().all(|c| c.is_alphanumeric() || c == ' '))
        {
            assert!(svg.contains(&format!(">\n{words}</text>")), "{name}: {words}");
        }
    }
}

#[test]
fn the_xml_check_can_fail() {
    for broken in ["<a><b></a></b>", "<a>&nbsp;</a>", "<a>", "<a b=\"></a>", "<a>\u{1}</a>", "<a"] {
        assert!(xml_fault(broken).is_some(), "{broken}");
    }
    assert_eq!(xml_fault("<a b=\"1\">x &amp; y<c/></a>"), None);
}

/// Renders everything twice, and leaves the pictures in the target's `tmp/charts` for looking at.
#[test]
fn the_same_data_gives_the_same_bytes() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("charts");
    std::fs::create_dir_all(&folder).unwrap();
    for ((name, figure), (_, again)) in everything().into_iter().zip(everything()) {
        let (one, two) = (figure.layout().unwrap(), again.layout().unwrap());
        assert_eq!(one, two);
        let (png, svg) = (draw::png(&one).unwrap(), draw::svg(&one).unwrap());
        assert!(png == draw::png(&two).unwrap() && svg == draw::svg(&two).unwrap(), "{name}");
        std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
        std::fs::write(folder.join(format!("{name}.svg")), svg).unwrap();
    }
}

#[test]
fn nothing_to_draw_is_an_error_that_says_so() {
    let empty: [(&dyn Figure, &str); 4] = [
        (&OutcomeBars { wording: wording(), bars: vec![] }, "no outcomes"),
        (&ProbabilityDistributions { wording: wording(), outcomes: vec![] }, "no outcomes"),
        (&Drivers { wording: wording(), outcomes: vec![], rows: vec![] }, "no outcomes"),
        (&Ternary { draws: TriangleBins::new(10), ..ternary() }, "no draws"),
    ];
    for (figure, what) in empty {
        assert_eq!(figure.layout(), Err(ChartError::Empty(what)));
    }
    let endless = Wording { title: "x ".repeat(100_000), ..wording() };
    assert!(matches!(
        OutcomeBars { wording: endless, ..outcome_bars() }.layout(),
        Err(ChartError::TooMany(_))
    ));
}

#[test]
fn marks_that_are_no_numbers_are_left_out() {
    let nowhere = (f64::NAN, f64::INFINITY);
    let colour = theme::INK;
    let clean = Picture { width: 40.0, height: 30.0, title: "t".into(), marks: vec![] };
    let marks = vec![
        Mark::Rect { x: f64::NAN, y: 0.0, width: 1.0, height: 1.0, fill: colour },
        Mark::Rect { x: 0.0, y: 0.0, width: 1e300, height: 1.0, fill: colour },
        Mark::Line { from: nowhere, to: (1.0, 1.0), width: 1.0, colour },
        Mark::Polyline { points: vec![], width: 1.0, colour },
        Mark::Polyline { points: vec![(3.0, 3.0), (3.0, 3.0)], width: 1.0, colour },
        Mark::Polygon { points: vec![(1.0, 1.0), nowhere, (2.0, 2.0)], fill: colour },
        Mark::Circle { centre: nowhere, radius: 3.0, fill: colour },
    ];
    let odd = Picture { marks, ..clean.clone() };
    assert_eq!(draw::svg(&odd), draw::svg(&clean));
    assert_eq!(draw::png(&odd), draw::png(&clean));
    for height in [0.0, f64::NAN, -1.0, 1e9] {
        assert!(draw::png(&Picture { height, ..clean.clone() }).is_err());
        assert!(draw::svg(&Picture { height, ..clean.clone() }).is_err());
    }
}

proptest::proptest! {
    #[test]
    fn any_range_becomes_one_that_can_be_drawn(a in proptest::num::f64::ANY, b in proptest::num::f64::ANY) {
        let (lo, hi) = axis::nice_range(a, b);
        assert!(lo.is_finite() && hi.is_finite() && lo < hi);
        assert!(lo.abs().max(hi.abs()) <= 2.0 * axis::LARGEST);
        assert!(hi - lo > axis::NARROWEST * lo.abs().max(hi.abs()));
        let ticks = axis::ticks(lo, hi, 5);
        assert!((2..=15).contains(&ticks.len()), "{lo} {hi} {ticks:?}");
        assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
        if a.is_finite() && b.is_finite() {
            let slack = 1e-12 * lo.abs().max(hi.abs());
            // Values too small to scale count as 0.
            let drawn = |v: f64| if v.abs() < 1e-290 { 0.0 } else { v.clamp(-axis::LARGEST, axis::LARGEST) };
            for value in [a, b].map(drawn) {
                assert!(lo - slack <= value && value <= hi + slack, "{a} {b} {lo} {hi}");
            }
        }
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_letter(text in "[a-zé ß\u{a0}\n<-]{0,200}", width in 5.0..400.0f64) {
        let lines = wrap::wrap(&text, width, 13.0, Weight::Regular);
        let all: String = lines.iter().map(|line| squeezed(line)).collect();
        assert_eq!(all, squeezed(&text));
        for line in lines {
            assert!(text_width(&line, 13.0, Weight::Regular) <= width || line.chars().count() == 1, "{line}");
        }
    }
}

#[test]
fn ranges_known_to_hang_or_break_plotters_are_tamed() {
    let ulp = f64::from_bits(0.1f64.to_bits() + 1);
    for (a, b) in
        [(0.0, f64::INFINITY), (-1e308, 1e308), (1e-300, 1e300), (1e15, 1e15 + 1.0), (0.1, ulp), (5.0, 5.0)]
    {
        let (lo, hi) = axis::nice_range(a, b);
        assert!(lo < hi && (2..=15).contains(&axis::ticks(lo, hi, 5).len()), "{a} {b}");
    }
    for (a, b) in [
        (0.0, f64::INFINITY),
        (f64::NAN, 1.0),
        (-1e308, 1e308),
        (1e15, 1e15 + 1.0),
        (0.1, ulp),
        (1.0, 1.0),
        (1.0, 0.0),
    ] {
        assert!(axis::ticks(a, b, 5).is_empty(), "{a} {b}");
    }
}

/// Widths in font units, by fontTools 4.68 from the advance widths and the kern table of the embedded fonts.
#[test]
fn text_is_as_wide_as_the_font_says() {
    let table = [
        ("Probability", 10826.0, 12652.0),
        ("AVATAR Ty.", 10852.0, 12510.0),
        ("39.5\u{a0}% ± 0.01", 14735.0, 16013.0),
        ("Москва–Пхеньян", 17998.0, 19615.0),
        ("Σ → ≥ ∞", 8385.0, 8676.0),
        ("", 0.0, 0.0),
    ];
    for (text, regular, bold) in table {
        assert_eq!(text_width(text, 2048.0, Weight::Regular), regular, "{text}");
        assert_eq!(text_width(text, 2048.0, Weight::Bold), bold, "{text}");
    }
}

#[test]
fn one_file_knows_the_drawing_library_and_one_the_font_library() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/chart");
    let knows = |what: &str| -> Vec<String> {
        let files = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let named = |path: &PathBuf| std::fs::read_to_string(path).unwrap().contains(what);
        files.filter(named).map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(knows("use plotters"), ["draw.rs"]);
    assert_eq!(knows("use ab_glyph"), ["font.rs"]);
    assert_eq!(knows("plotters::"), ["draw.rs"]);
}
