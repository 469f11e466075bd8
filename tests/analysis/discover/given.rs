//! What is printed of a box can be given to a run.

use super::*;

/// The shipped scenarios that have outcomes, with ways to look at each.
fn shipped() -> Vec<(String, String, Vec<Changes>)> {
    let given = |text: &str| Changes { given: vec![text.into()], ..Changes::default() };
    let set = |text: &str| Changes { set: vec![text.into()], ..Changes::default() };
    let variant = |name: &str| Changes { variants: vec![name.into()], ..Changes::default() };
    let evidence = || Changes { evidence: vec!["all".into()], ..Changes::default() };
    let article = vec![
        Changes::default(),
        variant("beijing_refuses"),
        set("trade_demand=0.7"),
        given("trade_demand > 0.6"),
        evidence(),
    ];
    let all = [
        ("vladivostok-2023", article),
        ("vladivostok-2023-stages", vec![Changes::default(), evidence()]),
        ("vladivostok-2023-theories", vec![Changes::default()]),
        ("netherlands-2023", vec![Changes::default(), evidence()]),
    ];
    let read = |name: &str| {
        let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("a file of the project")
    };
    all.into_iter().map(|(name, ways)| (name.to_string(), read(name), ways)).collect()
}

#[test]
fn what_a_box_asks_can_be_given_and_gives_its_density() {
    for (name, text, ways) in shipped() {
        let session = Session::open(SourceFile::new("x.toml", &text), |name| {
            std::fs::read_to_string(format!("{}/scenarios/{name}", env!("CARGO_MANIFEST_DIR")))
                .map_err(|error| error.to_string())
        });
        let session = session.expect("a text");
        for changes in ways {
            for kind in [Kind::Sobol, Kind::Independent] {
                let settings = common::settings(kind, 2, Rule::Draws(1 << 16));
                let question =
                    Discover { of: Wanted::Likeliest, by: Vec::new(), looking: Looking::default() };
                let case = session.case(&changes).expect("a sound scenario");
                let found = case.answer(&question, &settings).expect("an answer").finding;
                let one = &found.boxes[0];
                // A seed of its own, so that the errors are too.
                let settings = common::settings(kind, 3, Rule::Draws(1 << 16));
                let mut learned = changes.clone();
                learned.given.push(one.expression.clone());
                let case = session.case(&learned).unwrap_or_else(|_| panic!("{name}: {}", one.expression));
                let run = case.answer(&Run::default(), &settings).expect("an answer").finding;
                let given = run.outcomes.iter().find(|own| own.id == found.of.id).expect("the outcome");
                let (then, told) = (&given.probability, &one.measured.density);
                let error = then.std_error.hypot(told.std_error);
                let z = (then.value - told.value) / error.max(1e-9);
                assert!(z.abs() < 5.0, "{name} {changes:?} {kind:?}: {then:?} {told:?}");
                // A negative control: without it, it is another probability.
                let far = (found.probability.value - told.value).abs();
                assert!(far > 5.0 * error, "{name}: the box tells nothing");
            }
        }
    }
}

#[test]
fn what_no_box_of_the_path_has_is_told_with_what_there_is() {
    let text = planted(0.5, 3.0, "grey", 0.9);
    let session = Session::open(SourceFile::new("x.toml", &text), |_| Err(String::new())).unwrap();
    let case = session.case(&Changes::default()).unwrap();
    let settings = common::settings(Kind::Sobol, 1, Rule::Draws(1 << 14));
    let by = |wish: Wish| {
        let looking = Looking { wish, ..Looking::default() };
        case.answer(&Discover { looking, ..asked("won") }, &settings)
    };
    let Err(Failure::No(_, refused)) = by(Wish::Number(999)) else { panic!("there is no such box") };
    let refused = refused.iter().next().unwrap();
    assert!(
        refused.message.contains("no box 999") && refused.hints[0].text.contains("coverage"),
        "{refused:?}"
    );
    let wishes = [
        (Wish::Density(0.999), "happens in 99.9"),
        (Wish::Coverage(0.9999), "smaller box of the path holds"),
    ];
    for (wish, words) in wishes {
        let answer = by(wish).unwrap();
        let said = answer.messages.iter().find(|one| one.code == "no-box").expect("a warning");
        assert!(said.message.contains(words) && said.hints[0].text.contains("the path offers"), "{said:?}");
    }
    for wish in [Wish::Number(2), Wish::Density(0.5), Wish::Coverage(0.8), Wish::Explained] {
        assert!(by(wish).unwrap().messages.iter().all(|one| one.code != "no-box"), "{wish:?}");
    }
}
