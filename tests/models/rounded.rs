//! Numbers with few digits: what is rounded is divided by its sum, what is not is refused.

use foretell::diagnostic::SourceFile;
use foretell::model::{Model, Outcomes, constant};
use foretell::{build, scenario};

fn built(text: &str) -> Result<Model, Vec<foretell::diagnostic::Diagnostic>> {
    let (document, found) = scenario::parse(&SourceFile::new("x.toml", text));
    assert!(!found.has_errors(), "{found:?}");
    let (model, found) = build::build(&document, &Default::default(), &[]);
    model.ok_or_else(|| found.into_iter().collect())
}

fn file(states: [&str; 3], bases: [&str; 3], weights: [&str; 2]) -> String {
    let [a, b, c] = states;
    let [x, y, z] = bases;
    let [first, second] = weights;
    format!(
        "[factors.wind]\nstates = [\"low\", \"mid\", \"high\"]\nprobabilities = {{ low = {a}, mid = {b}, high = {c} }}\n\
         [factors.rain]\nstates = [\"low\", \"mid\", \"high\"]\ntable = [\n\
         {{ when = {{ wind = \"low\" }}, probabilities = {{ low = {a}, mid = {b}, high = {c} }} }},\n\
         {{ when = {{ wind = \"mid\" }}, probabilities = {{ low = {b}, mid = {c}, high = {a} }} }},\n\
         {{ else = true, probabilities = {{ low = 0.2, mid = 0.3, high = 0.5 }} }},\n]\n\
         [outcomes.x]\nbase = {x}\n[outcomes.y]\nbase = {y}\n[outcomes.z]\nbase = {z}\n\
         [theories.one]\nweight = {first}\n[theories.two]\nweight = {second}\n\
         [theories.two.outcomes.x]\nscore = 0\n[theories.two.outcomes.y]\nscore = 0\n[theories.two.outcomes.z]\nscore = 1\n"
    )
}

#[test]
fn rounded_rows_are_divided_by_their_sums_and_told() {
    let text = file(["0.33", "0.33", "33%"], ["0.333", "0.333", "0.333"], ["0.3333", "0.6666"]);
    let text = text.replace("33%", "'33%'");
    let model = built(&text).expect("a sound file");
    let shares = |index: usize| -> Vec<f64> {
        model.categories[index].probabilities.iter().filter_map(constant).collect()
    };
    for share in shares(0) {
        assert!((share - 1.0 / 3.0).abs() < 1e-15, "{share}");
    }
    assert!((model.theories[0].weight - 0.3333 / 0.9999).abs() < 1e-15);
    let Outcomes::Weighted { bases, .. } = &model.theories[0].form else { panic!("no weights") };
    for base in bases.iter().filter_map(constant) {
        assert!((base - 1.0 / 3.0).abs() < 1e-15, "{base}");
    }
    let told: Vec<&str> =
        model.readings.iter().filter(|one| one.is_rounding).map(|one| one.text.as_str()).collect();
    assert_eq!(
        told,
        [
            "0.33, 0.33, 0.33 sum to 0.99, as rounded numbers do, and are divided by it",
            "0.33, 0.33, 0.33 sum to 0.99, as rounded numbers do: 2 rows are divided by their sums",
            "0.333, 0.333, 0.333 sum to 0.999, as rounded numbers do, and are divided by it",
            "0.3333, 0.6666 sum to 0.9999, as rounded numbers do, and are divided by it",
        ]
    );
    // Whole rows are left as they are, and nothing is told of them.
    let whole = built(&file(["0.2", "0.3", "0.5"], ["0.2", "0.3", "0.5"], ["0.4", "0.6"])).expect("sound");
    assert!(whole.readings.is_empty());
    let first = whole.categories[0].probabilities.iter().filter_map(constant).collect::<Vec<_>>();
    assert_eq!(first, [0.2, 0.3, 0.5]);
}

/// What is off by more than rounding is refused, and the numbers that the message says to write mend it.
#[test]
fn mistakes_are_mended_by_their_messages() {
    let sound = ["0.2", "0.3", "0.5"];
    for (text, code) in [
        (file(["0.333", "0.333", "0.331"], sound, ["0.4", "0.6"]), "probabilities"),
        (file(["0.3", "0.3", "0.3"], sound, ["0.4", "0.6"]), "probabilities"),
        (file(sound, ["0.333", "0.333", "0.331"], ["0.4", "0.6"]), "base"),
        (file(sound, sound, ["0.3333", "0.6665"]), "theories"),
    ] {
        let problems = built(&text).expect_err(&text);
        assert!(problems.iter().all(|one| one.code == code), "{problems:?}");
        let mut mended = text.clone();
        let mut edits: Vec<_> = problems.iter().flat_map(|one| &one.hints[0].edits).collect();
        edits.sort_by_key(|edit| edit.span.range().start);
        edits.dedup_by_key(|edit| edit.span.range().start);
        for edit in edits.into_iter().rev() {
            mended.replace_range(edit.span.range(), &edit.text);
        }
        assert!(built(&mended).is_ok(), "{mended}");
    }
}
