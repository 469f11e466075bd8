//! Pictures of what nobody would ask for: labels without end, shares that are none, texts that want to be more.

use super::*;

/// A label of 120 characters.
pub fn long_label(k: usize) -> String {
    let words = "A limited agreement on munitions, food and satellite know-how that both capitals deny";
    let label = format!("{words} by night: {k}");
    let filled = format!("{label}{}", "!".repeat(120 - label.chars().count()));
    assert_eq!(filled.chars().count(), 120);
    filled
}

/// Each figure at its hardest: 12 outcomes with long labels, tiny, certain and impossible numbers, point masses.
pub fn extremes() -> Vec<(&'static str, Box<dyn Figure>)> {
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
