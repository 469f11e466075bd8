//! Where uncertainty comes from.

use super::{run, shares, summary};
use crate::common::understood;
use foretell::design::Kind;

const TWO: &str = "
[factors.x]
value = 'uniform(0, 1)'
[events.e]
probability = 'x'
[events.f]
probability = 0.5
[outcomes.a]
[outcomes.b]
[theories.one]
weight = 0.6
[theories.one.outcomes.a]
when = 'e'
[theories.one.outcomes.b]
else = true
[theories.two]
weight = 0.4
[theories.two.outcomes.a]
when = 'f and not e'
[theories.two.outcomes.b]
else = true
";

#[test]
fn variance_is_split_as_by_hand() {
    // Under one: p(x) = x, of mean 1/2 and variance 1/12; under two: (1 − x) / 2, of mean 1/4 and variance 1/48.
    let total = 0.4 * 0.6;
    let (factors, theories) = (0.6 / 12.0 + 0.4 / 48.0, 0.6 * 0.4 * 0.25 * 0.25);
    let expected = [total - factors - theories, factors, theories].map(|one| one / total);
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let found = run(&understood::<&str>(TWO, &[], &[]), kind).expect("small").finding;
        for outcome in &found.outcomes {
            for (share, wanted) in shares(outcome).iter().zip(expected) {
                assert!(share.std_error > 0.0 && share.std_error < 0.02, "{kind:?}: {share:?}");
                assert!((share.value - wanted).abs() < 5.0 * share.std_error, "{kind:?}: {share:?} {wanted}");
            }
            // Taking one part for another is noticed.
            let [_, factors, theories] = shares(outcome);
            assert!((factors.value - theories.value).abs() > 5.0 * factors.std_error);
        }
    }
}

#[test]
fn variance_under_evidence_is_split_by_posterior_weights() {
    // Given `outcome == a or f`, P = x under one with f half the time: P(e or f) = (1 + x)/2; under two: P(f) = 1/2.
    // So P(a | x, one) = x / ((1 + x)/2), and P(a | x, two) = (1 − x), with weights (1 + x)/2 · 0.6 and 0.4/2.
    let found = run(&understood(TWO, &[], &["outcome == a or f"]), Kind::Sobol).expect("small").finding;
    let (learned, share) = (0.6 * 0.75 + 0.4 * 0.5, 0.6 * 0.5 + 0.4 * 0.25);
    // ∫ x² / ((1 + x)/2) dx = 2 (ln 2 − 1/2), ∫ (1 − x)² / 2 dx = 1/6.
    let square = (0.6 * 2.0 * (std::f64::consts::LN_2 - 0.5) + 0.4 / 6.0) / learned;
    let between = (0.6 * 0.5 * (0.5 / 0.75) + 0.4 * 0.25 * (0.25 / 0.5)) / learned;
    let mean = share / learned;
    let total = mean * (1.0 - mean);
    let expected = [mean - square, square - between, between - mean * mean].map(|one| one / total);
    for (share, wanted) in shares(&found.outcomes[0]).iter().zip(expected) {
        assert!((share.value - wanted).abs() < 5.0 * share.std_error + 1e-9, "{share:?} {wanted}");
    }
}

#[test]
fn variance_of_a_finite_model_is_split_exactly() {
    let text = TWO.replace(
        "[factors.x]\nvalue = 'uniform(0, 1)'",
        "[factors.x]\nstates = ['LOW', 'HIGH']\nprobabilities = { LOW = 0.5, HIGH = 0.5 }",
    );
    let text = text.replace("probability = 'x'", "probability = 'if x == HIGH then 0.9 else 0.1'");
    let found = summary(&text, &[], &[]);
    // Under one 0.9 or 0.1, under two 0.05 or 0.45.
    let total = 0.4 * 0.6;
    let (factors, theories) = (0.6 * 0.16 + 0.4 * 0.04, 0.6 * 0.4 * 0.0625);
    let expected = [total - factors - theories, factors, theories].map(|one| one / total);
    for (share, wanted) in shares(&found.outcomes[0]).iter().zip(expected) {
        assert!(share.exact && (share.value - wanted).abs() < 1e-14, "{share:?} {wanted}");
    }
}

#[test]
fn without_theories_none_of_the_variance_is_theirs() {
    // The law of total variance for p = x alone: 1/6 is chance and 1/12 the factor's, of 1/4.
    let text = "[factors.x]\nvalue = 'uniform(0, 1)'\n[events.e]\nprobability = 'x'\n[outcomes.a]\nwhen = 'e'\n[outcomes.b]\nelse = true\n";
    let [chance, factors, theories] = shares(&summary(text, &[], &[]).outcomes[0]);
    assert_eq!(theories.value, 0.0);
    assert!((chance.value - 2.0 / 3.0).abs() < 5.0 * chance.std_error + 1e-9, "{chance:?}");
    assert!((factors.value - 1.0 / 3.0).abs() < 5.0 * factors.std_error + 1e-9, "{factors:?}");
    // What is certain has no variance.
    let certain = "[events.e]\nprobability = 1\n[outcomes.a]\nwhen = 'e'\n[outcomes.b]\nelse = true\n";
    assert!(summary(certain, &[], &[]).outcomes.iter().all(|one| one.variance.is_none()));
}
