//! A truth counts 1 or 0 where a number is wanted, and is itself everywhere else.

use foretell::design::Kind;

use crate::common::{built, model, summary};

/// What is known besides: a number, a state, and two events that depend on nothing.
const HEAD: &str = "[factors.x]\nvalue = 'beta(2, 3)'\n[factors.mood]\nstates = ['calm', 'tense']\n\
                    probabilities = { calm = 0.4 }\n[events.a]\nprobability = 0.3\n[events.b]\nprobability = 0.6\n";

/// The shares of outcomes where `value` decides an event, and where it is a score.
#[track_caller]
fn answers(value: &str) -> Vec<f64> {
    let event = format!(
        "{HEAD}[derived.v]\nvalue = '{value}'\n[events.e]\nprobability = 'logistic(v)'\n[outcomes.yes]\nwhen = 'e'\n[outcomes.no]\nelse = true\n"
    );
    let score = format!("{HEAD}[outcomes.yes]\nscore = '{value}'\n[outcomes.no]\nscore = 0\n");
    [event, score]
        .iter()
        .flat_map(|text| {
            let found = summary(&model(text), Kind::Sobol, 1, 4096);
            found.outcomes.iter().map(|one| one.probability.value).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn a_truth_is_its_indicator_to_the_last_bit() {
    for (truth, indicator) in [
        ("x >= 0.3", "if x >= 0.3 then 1 else 0"),
        ("0.8 * a", "0.8 * (if a then 1 else 0)"),
        ("-a", "-(if a then 1 else 0)"),
        ("sqrt(a) + max(b, 0.2)", "sqrt(if a then 1 else 0) + max(if b then 1 else 0, 0.2)"),
        ("x + (mood == calm)", "x + (if mood == calm then 1 else 0)"),
        ("if x > 0.5 then 0.2 else a", "if x > 0.5 then 0.2 else (if a then 1 else 0)"),
        ("3 * (a == 1)", "3 * (if a then 1 else 0)"),
        ("a > b", "if a and not b then 1 else 0"),
        ("2 * (not a or x < 0.1)", "2 * (if not a or x < 0.1 then 1 else 0)"),
        ("true", "1"),
    ] {
        let (found, expected) = (answers(truth), answers(indicator));
        assert!(found.iter().all(|one| *one > 0.0 && *one < 1.0), "{truth}: {found:?}");
        assert_eq!(found, expected, "{truth}");
    }
    assert_ne!(answers("a > b"), answers("b > a"), "what is compared matters");
}

#[test]
fn probabilities_of_truths_are_those_of_probability_theory() {
    let exact = |probability: &str| {
        let text = format!(
            "{HEAD}[events.e]\nprobability = '{probability}'\n[outcomes.yes]\nwhen = 'e'\n[outcomes.no]\nelse = true\n"
        );
        let found = summary(&model(&text), Kind::Sobol, 1, 4096);
        assert!(found.outcomes[0].probability.exact, "{probability}");
        found.outcomes[0].probability.value
    };
    for (probability, expected) in [
        ("a and b", 0.3 * 0.6),
        ("a or b", 1.0 - 0.7 * 0.4),
        ("not a", 0.7),
        ("0.8 * a", 0.8 * 0.3),
        ("0.1 + 0.5 * a + 0.2 * (mood == calm)", 0.1 + 0.5 * 0.3 + 0.2 * 0.4),
        ("a == b", 0.3 * 0.6 + 0.7 * 0.4),
        ("true", 1.0),
    ] {
        let found = exact(probability);
        assert!((found - expected).abs() < 1e-15, "{probability}: {found} for {expected}");
    }
}

#[test]
fn a_derived_truth_stays_one_under_its_name() {
    let ruled = |head: &str, rule: &str| {
        let text =
            format!("{HEAD}{head}[outcomes.yes]\nwhen = '{rule}'\n[outcomes.no]\nwhen = 'not ({rule})'\n");
        summary(&model(&text), Kind::Sobol, 1, 4096).outcomes[0].probability.value
    };
    // In any order, through other names, through `if`.
    let named = "[derived]\nwarm = { value = 'if a then hot else x > 0.9' }\nhot = { value = 'x > 0.7' }\nsame = { value = 'warm' }\n";
    let plain = ruled("", "(a and x > 0.7 or not a and x > 0.9) and b");
    assert_eq!(ruled(named, "same and b"), plain);
    assert_eq!(ruled(named, "if same then b else false"), plain);
    assert!(plain > 0.0 && plain < 0.1, "{plain}");
    // It counts as well.
    let counted = "[derived]\nhot = { value = 'a and b' }\ntwice = { value = '2 * hot' }\n";
    assert!((ruled(counted, "twice > 1") - 0.18).abs() < 1e-15);
}

#[test]
fn a_number_is_never_taken_for_a_truth() {
    let refused = |head: &str, rule: &str, set: &[&str]| {
        let text = format!("{HEAD}{head}[outcomes.yes]\nwhen = '{rule}'\n[outcomes.no]\nelse = true\n");
        built::<&str>(&text, set, &[]).err().unwrap_or_default()
    };
    let derived = "[derived.hot]\nvalue = 'x > 0.7'\n[derived.level]\nvalue = 'x + 1'\n";
    for rule in ["x", "level", "a and x", "not level", "if a then 1 else b", "if x then a else b"] {
        assert!(refused(derived, rule, &[]).contains("error[wrong-type]"), "{rule}");
    }
    assert!(refused(derived, "0 < x < 1", &[]).contains("chained"));
    assert_eq!(refused(derived, "hot", &[]), "");
    // What is set decides as well.
    assert_eq!(refused(derived, "hot", &["hot=a or b"]), "");
    assert_eq!(refused(derived, "level", &["level=true"]), "");
    assert!(refused(derived, "hot", &["hot=0.7"]).contains("error[wrong-type]"));
}
