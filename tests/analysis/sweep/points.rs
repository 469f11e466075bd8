//! Each point of a sweep is the run with its number set.

use super::*;

#[test]
fn a_point_is_so_under_theories_tables_and_copulas() {
    let settings = settings(Kind::Sobol, 5, 2000);
    for given in [&[][..], &["e or x > 0.2"]] {
        let changes = Changes { given: texts(given), ..Changes::default() };
        for (address, value) in OF_READINGS {
            let vary = through(address, value) + ":2";
            let words = Words { vary: &[&vary], changes: changes.clone(), ..Words::default() };
            let found = words.found(READINGS, &settings);
            let [first, last] = &found.points[..] else { panic!("{address}: {:?}", found.points) };
            assert_same(&found, last, &run(READINGS, &set(address, value, &changes), &settings), address);
            assert_ne!(bits(&first.answers[0]), bits(&last.answers[0]), "{address} moves nothing");
        }
    }
}

/// The flags of a sweep of an address through a value.
pub(crate) fn through(address: &str, value: f64) -> String {
    format!("{address}={}:{value}", value - 0.125)
}

#[track_caller]
fn assert_points(kind: Kind, changes: &Changes, of: &[&str]) {
    let settings = settings(kind, 5, 3000);
    for (address, value) in ADDRESSES {
        // A cut x can't be learned of.
        let vary = through(address, value) + ":3";
        let words = Words { vary: &[&vary], of, changes: changes.clone(), ..Words::default() };
        let found = words.found(WHOLE, &settings);
        let last = found.points.last().expect("points");
        assert_eq!((last.at, last.gap), (value, None), "{address}");
        let alone = run(WHOLE, &set(address, value, changes), &settings);
        assert_same(&found, last, &alone, &format!("{address} {kind:?}"));
        // The control: the number says something, to some answer.
        let first = &found.points[0];
        let moves = first.answers.iter().zip(&last.answers).any(|(a, b)| bits(a) != bits(b));
        let says_nothing = !of.is_empty()
            || address.starts_with("evidence") && changes.evidence.is_empty()
            || address.starts_with("correlations") && !changes.set.is_empty();
        assert!(moves || says_nothing, "{address} moves nothing");
    }
}

#[test]
fn a_point_is_the_run_with_the_number_set() {
    for kind in Kind::ALL {
        assert_points(kind, &Changes::default(), &[]);
    }
}

#[test]
fn a_point_is_so_under_whatever_else_is_changed() {
    let given = Changes { given: texts(&["z > -0.5", "not e or f"]), ..Changes::default() };
    let evidence = Changes { evidence: texts(&["all"]), ..Changes::default() };
    let variant = Changes { variants: texts(&["harsh"]), ..Changes::default() };
    let set = Changes { set: texts(&["outcomes.same.base=0.25", "z=0.3"]), ..Changes::default() };
    for changes in [given, evidence, variant, set] {
        let texts = ADDRESSES.map(|(address, _)| address);
        let is_beaten = |address: &str| changes.set.iter().any(|one| one.starts_with(&format!("{address}=")));
        assert!(!texts.iter().any(|address| is_beaten(address)));
        assert_points(Kind::Sobol, &changes, &[]);
    }
}

#[test]
fn a_point_is_so_for_every_kind_of_answer() {
    for of in [&["e", "f"][..], &["mood"], &["d"], &["up"], &["d", "e", "mood", "down"]] {
        assert_points(Kind::Sobol, &Changes::default(), of);
    }
}

#[test]
fn at_what_it_is_in_the_file_a_point_is_the_run() {
    let settings = settings(Kind::Sobol, 3, 3000);
    let base = run(WHOLE, &Changes::default(), &settings);
    let own = [
        ("level=0:1", 0.4),
        ("f=0.1:0.9", 0.35),
        ("outcomes.up.base=0.1:0.9:7", 0.5),
        ("outcomes.up.weights.d=-1:1:4", 0.4),
        ("factors.mood.probabilities.wild=0.1:0.4:5", 0.2),
        ("derived.d.value@2=0:1:4", 0.5),
        ("correlations.1.normal=-0.3:0.9:4", 0.5),
    ];
    for (vary, value) in own {
        let found = along(WHOLE, vary, &settings);
        let point = found.points.iter().find(|one| one.at == value).expect("a point at the file's own value");
        assert_eq!(found.axes[0].own, Some(value), "{vary}");
        assert_same(&found, point, &base, vary);
        let ascends = found.points.windows(2).all(|pair| pair[0].at < pair[1].at);
        assert!(ascends, "{vary}");
    }
    // What flags set is what it is.
    let changes = Changes { set: texts(&["level=0.7"]), ..Changes::default() };
    let found = Words { vary: &["level=0:1:3"], changes, ..Words::default() }.found(WHOLE, &settings);
    assert_eq!(found.axes[0].own, Some(0.7));
    // A distribution is no number.
    assert_eq!(along(WHOLE, "x=0:1:3", &settings).axes[0].own, None);
}

#[test]
fn states_and_happenings_are_taken_one_by_one() {
    let settings = settings(Kind::Sobol, 5, 2000);
    let found = along(WHOLE, "mood=calm:wild", &settings);
    assert_eq!(found.axes[0].states, ["calm", "tense", "wild"]);
    for (point, state) in found.points.iter().zip(["calm", "tense", "wild"]) {
        let changes = Changes { set: vec![format!("mood={state}")], ..Changes::default() };
        assert_same(&found, point, &run(WHOLE, &changes, &settings), state);
    }
    let found = along(WHOLE, "events.e.state=false:true", &settings);
    for (point, state) in found.points.iter().zip(["false", "true"]) {
        let changes = Changes { set: vec![format!("events.e.state={state}")], ..Changes::default() };
        assert_same(&found, point, &run(WHOLE, &changes, &settings), state);
    }
    assert!(found.crossings.is_empty());
}

#[test]
fn facets_are_runs_with_both_set() {
    let settings = settings(Kind::Sobol, 5, 2000);
    let cases = [("e", "e=true", 1.0), ("mood", "mood=wild", 2.0), ("level=0.5,1.5", "level=1.5", 1.5)];
    for (also, by_hand, value) in cases {
        let found =
            Words { vary: &["x=0:0.5:3"], also: Some(also), ..Words::default() }.found(WHOLE, &settings);
        let point =
            found.points.iter().find(|one| one.also == Some(value) && one.at == 0.5).expect("a point");
        let by_hand = by_hand.replace("e=true", "events.e.state=true");
        let changes = Changes { set: vec![by_hand, "x=0.5".into()], ..Changes::default() };
        assert_same(&found, point, &run(WHOLE, &changes, &settings), also);
    }
    // The percentiles of a uniform number.
    let found = Words { vary: &["y=0:1:3"], also: Some("x"), ..Words::default() }.found(WHOLE, &settings);
    let levels = found.also.expect("something held besides").values;
    assert!(levels.iter().zip([0.05, 0.5, 0.95]).all(|(a, b)| (a - b).abs() < 1e-12), "{levels:?}");
}

#[test]
fn cells_of_a_map_are_runs_with_both_set() {
    let settings = settings(Kind::Sobol, 5, 2000);
    let vary = ["x=0:1:3", "derived.d.value@1=-1:1:3"];
    let found = Words { vary: &vary, ..Words::default() }.found(WHOLE, &settings);
    assert_eq!(found.cells.len(), 9);
    let changes = Changes { set: texts(&["x=0.5", "derived.d.value@1=1"]), ..Changes::default() };
    let alone = run(WHOLE, &changes, &settings);
    let cell = found.cells.iter().find(|one| one.at == [0.5, 1.0]).expect("a cell");
    for (value, own) in cell.answers.iter().zip(&alone.outcomes) {
        assert_eq!(bits(value), bits(&own.probability));
    }
    let mut shares: Vec<f64> = cell.answers.iter().map(|one| one.value).collect();
    shares.sort_by(f64::total_cmp);
    assert!((cell.lead.value - (shares[2] - shares[1])).abs() < 1e-12);
    let whole: f64 = found.areas.iter().map(|one| one.share).sum();
    assert!((whole - 1.0).abs() < 1e-12);
}

#[test]
fn threads_change_nothing() {
    let one = settings(Kind::Sobol, 5, 1 << 14);
    let seven = Settings { threads: 7, ..one };
    for vary in ["x=0:1", "derived.d.value@1=-1:1:11"] {
        assert_eq!(along(WHOLE, vary, &one), along(WHOLE, vary, &seven));
    }
}
