//! What two files say otherwise, and what they are called.

use super::*;

#[test]
fn answers_are_matched_by_what_they_are() {
    let before = "[factors.x]\nstates = ['low', 'high']\nprobabilities = { low = 0.4, high = 0.6 }\n[events.e]\nprobability = 0.5\n";
    let after = "[factors.x]\nstates = ['low', 'high']\nprobabilities = { low = 0.3, high = 0.7 }\n[events.f]\nprobability = 0.2\n";
    let found = compared(before, after, &settings(1, 1));
    let ends = |id: &str| (answer(&found, id).before.is_some(), answer(&found, id).after.is_some());
    assert_eq!((ends("x.low"), ends("e"), ends("f")), ((true, true), (true, false), (false, true)));
    assert!((answer(&found, "x.high").difference.value - 0.1).abs() < 1e-12);
    assert!(answer(&found, "e").difference.value.is_nan());
    assert!(found.edits.iter().all(|one| one.effects.len() == 2));
}

#[test]
fn elements_of_lists_are_known_by_what_they_say() {
    let items = |first: &str| {
        let one = "[[evidence]]\nid = 'ships'\ndate = 2024-01-01\ntext = 'Seen'\nlikelihood = { up = 0.8, down = 0.2 }\n";
        let two = "[[evidence]]\ndate = 2024-02-01\ntext = 'Heard'\nlikelihood = { up = 0.5, down = 0.6 }\n";
        let pair = "[[correlations]]\nbetween = ['x', 'y']\nrank = 0.5\n";
        format!(
            "{DRAWN}{}{pair}",
            if first == "ships" { format!("{one}{two}") } else { format!("{two}{one}") }
        )
    };
    let changes = Changes { evidence: vec!["all".into()], ..Changes::default() };
    let settings = settings(1 << 12, 1);
    let find = |after: &str, changes: &Changes| {
        attempt(&items("ships"), after, changes, &settings).unwrap_or_else(|why| panic!("{why}")).finding
    };
    let turned = items("heard").replace("['x', 'y']", "['y', 'x']");
    let found = find(&turned, &changes);
    assert_eq!(addresses(&found), [["correlations.1.between"]]);
    let effect = found.edits[0].effects[0].value;
    assert!(effect.value.abs() < 1e-9, "the order of a pair says nothing: {effect:?}");
    let told =
        find(&items("ships").replace("up = 0.8", "up = 0.9").replace("rank = 0.5", "rank = 0.6"), &changes);
    let mut names = addresses(&told);
    names.sort();
    assert_eq!(names, [["correlations.1.rank"], ["evidence.ships.likelihood.up"]]);
    assert!(gap(&told) < 1e-12);
    // Evidence that does not count is words.
    let silent = find(&items("ships").replace("up = 0.8", "up = 0.9"), &Changes::default());
    assert!(silent.same && silent.words.len() == 1);
    // What only one file has heard of counts there.
    let ships = Changes { evidence: vec!["ships".into()], ..Changes::default() };
    let heard =
        attempt(DRAWN, &items("ships"), &ships, &settings).unwrap_or_else(|why| panic!("{why}")).finding;
    assert!(heard.edits.iter().any(|one| one.addresses.concat().contains("evidence.ships")));
    assert!(gap(&heard) < 1e-12);
}

#[test]
fn variants_are_compared_setting_by_setting() {
    let text = format!(
        "{DRAWN}[variants.high]\nset = {{ x = 0.9, y = 'beta(3, 2)' }}\ngiven = ['x > 0.2']\n[variants.low]\nset = {{ x = 0.1, y = 'beta(3, 2)' }}\n"
    );
    let text = text.replace("given = ['x > 0.2']", "given = ['y > 0.2']");
    let session = Session::open(SourceFile::new("x.toml", text.as_str()), none).expect("a text");
    let find = |variants: [Option<&str>; 2]| {
        let comparison = Comparison::of_variants(&session, variants, &Changes::default());
        comparison
            .and_then(|one| one.answer(&[], &settings(1 << 12, 1)))
            .unwrap_or_else(|why| panic!("{why}"))
            .finding
    };
    let both = find([Some("high"), Some("low")]);
    assert_eq!(addresses(&both), [["x"], ["given"]]);
    assert_eq!(both.edits[0].changes[0].before.as_ref().map(|one| one.text.as_str()), Some("0.9"));
    let one = find([None, Some("high")]);
    assert_eq!(addresses(&one), [["x"], ["y"], ["given"]]);
    assert_eq!(one.edits[0].changes[0].before.as_ref().map(|one| one.text.as_str()), Some("uniform(0, 1)"));
    assert!(gap(&both) < 1e-12 && gap(&one) < 1e-12);
    assert!(find([Some("low"), Some("low")]).same);
    // As a run beside the file has it.
    let case = session.case(&Changes::default()).expect("sound");
    let run = Run { all_variants: true, ..Run::default() };
    let run = case.answer(&run, &settings(1 << 12, 1)).expect("a run").finding;
    let beside = run.variants.variants[0].answers[0].difference;
    assert!((beside.value - answer(&one, "up").difference.value).abs() < 1e-12);
}

#[test]
fn any_two_files_with_the_same_draws_give_the_same_bytes_on_any_threads() {
    let after = DRAWN.replace("beta(2, 3)", "beta(3, 3)").replace("x = 2", "x = 2.5");
    let on = |threads: usize| compared(DRAWN, &after, &Settings { threads, ..settings(1 << 15, 1) });
    assert_eq!(on(1), on(3));
}

#[test]
fn mistakes_are_told_of_the_file_that_has_them() {
    let refused =
        |before: &str, after: &str| match attempt(before, after, &Changes::default(), &settings(64, 1)) {
            Err(failure) => failure.to_string(),
            Ok(_) => panic!("{before}\n{after}"),
        };
    assert!(refused(DRAWN, "[factors.x\n").contains("new.toml:1:"));
    assert!(refused("[factors.x\n", DRAWN).contains("old.toml:1:"));
    let wrong = DRAWN.replace("x = 2", "q = 2");
    assert!(refused(DRAWN, &wrong).contains("new.toml:"));
    let both = refused(&wrong, &DRAWN.replace("y = 1", "r = 1"));
    assert!(both.contains("old.toml:") && both.contains("new.toml:"), "{both}");
    let void = DRAWN.replace("x * x", "1 / max(x - 0.5, 0)").replace("x = 2", "square = 1");
    assert!(refused(DRAWN, &void).contains("this is about new.toml"), "{}", refused(DRAWN, &void));
}

#[test]
fn scenarios_of_every_kind_can_be_compared() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let names = [
        "vladivostok-2023",
        "vladivostok-2023-stages",
        "vladivostok-2023-theories",
        "vladivostok-2023-defiant",
    ];
    let texts: BTreeMap<&str, String> = names
        .iter()
        .map(|name| (*name, std::fs::read_to_string(format!("{folder}/{name}.toml")).expect("a file")))
        .collect();
    for (one, before) in &texts {
        for (other, after) in &texts {
            let found = compared(before, after, &settings(1 << 10, 1));
            assert_eq!(found.same, one == other, "{one} {other}");
            assert!(gap(&found) < 1e-12, "{one} {other}");
        }
    }
}
