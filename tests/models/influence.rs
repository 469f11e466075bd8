//! Networks: what leads to what is what the file says, and how strongly is what can be computed by hand.

#![allow(clippy::disallowed_methods)]

use crate::common;

use foretell::analysis::influence::{Influence, InfluenceFinding, Link, Sign};
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::Rule;

fn found(text: &str, given: &[&str]) -> InfluenceFinding {
    let session = Session::open(SourceFile::new("x.toml", text), |_| Err(String::new())).expect("a text");
    let given = given.iter().map(|one| one.to_string()).collect();
    let case = session.case(&Changes { given, ..Changes::default() }).expect("a sound scenario");
    case.answer(&Influence, &common::settings(Kind::Sobol, 1, Rule::Draws(1 << 15)))
        .expect("an answer")
        .finding
}

fn link<'f>(found: &'f InfluenceFinding, from: &str, to: &str) -> &'f Link {
    let is_it = |link: &&Link| link.from == from && link.to == to;
    found.links.iter().find(is_it).unwrap_or_else(|| panic!("{from} does not lead to {to}"))
}

fn reference(name: &str) -> String {
    let path = format!("{}/scenarios/reference/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a file of the project")
}

/// The square of φ, the correlation of two things that happen or not (Yule 1912).
fn phi_squared(cause: f64, with: f64, without: f64) -> f64 {
    let p = cause * with + (1.0 - cause) * without;
    cause * (1.0 - cause) * (with - without).powi(2) / (p * (1.0 - p))
}

#[test]
fn links_of_a_finite_network_are_exact() {
    let found = found(&reference("burglar-alarm"), &[]);
    let names: Vec<(&str, &str)> = found.links.iter().map(|one| (&*one.from, &*one.to)).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    let with = 0.002 * 0.95 + 0.998 * 0.94;
    let without = 0.002 * 0.29 + 0.998 * 0.001;
    let alarm = 0.001 * with + 0.999 * without;
    let expected = [
        ("burglary", "alarm", phi_squared(0.001, with, without)),
        ("alarm", "john", phi_squared(alarm, 0.9, 0.05)),
        ("alarm", "mary", phi_squared(alarm, 0.7, 0.01)),
    ];
    for (from, to, share) in expected {
        let one = link(&found, from, to);
        assert!((one.share.value - share).abs() < 1e-9 && one.share.exact, "{one:?} for {share}");
        assert_eq!(one.sign, Sign::Raises);
    }
}

/// What is held leads nowhere; what does nothing is told to do nothing.
#[test]
fn what_does_nothing_is_told_so() {
    let text = "[factors]\nx = { value = 'normal(0, 1)' }\ny = { value = 'normal(0, 1)' }\n\
        z = { value = 3 }\n[derived.sum]\nvalue = 'x + 0 * y + z'\n[outcomes.a]\nweights = { sum = 1 }\n[outcomes.b]\n";
    let found = found(text, &[]);
    assert_eq!(link(&found, "x", "sum").sign, Sign::Raises);
    assert!(link(&found, "x", "sum").share.value > 0.99);
    for none in ["y", "z"] {
        let one = link(&found, none, "sum");
        assert!(one.sign == Sign::Untold && one.share.value < 0.02, "{one:?}");
    }
}

/// Shares of a sum of independent values are those of their variances; of a hill the ranks know nothing.
#[test]
fn links_of_values_are_correlation_ratios() {
    let text = "[factors]\nx = { value = 'normal(0, 1)' }\ny = { value = 'normal(0, 2)' }\n\
        [derived.sum]\nvalue = 'x - y'\n[derived.hill]\nvalue = '-x * x'\n\
        [events.e]\nprobability = 0.3\n[derived.mixed]\nvalue = 'sum + (if e then 5 else 0)'\n\
        [derived.last]\nvalue = '2 * mixed'\n";
    let found = found(text, &[]);
    let near = |from: &str, to: &str, share: f64, sign: Sign| {
        let one = link(&found, from, to);
        let error = 5.0 * one.share.std_error.max(1e-3);
        assert!((one.share.value - share).abs() < error, "{one:?} for {share}");
        assert_eq!(one.sign, sign, "{one:?}");
    };
    near("x", "sum", 0.2, Sign::Raises);
    near("y", "sum", 0.8, Sign::Lowers);
    near("x", "hill", 1.0, Sign::Mixed);
    // Where chance has a part: 5 is the variance of the sum, 0.21 × 25 that of what the event adds.
    near("e", "mixed", 5.25 / 10.25, Sign::Raises);
    near("sum", "mixed", 5.0 / 10.25, Sign::Raises);
    near("mixed", "last", 1.0, Sign::Raises);
}

/// A state makes a link without a direction: Goodman and Kruskal's τ by hand.
#[test]
fn states_have_shares_and_no_direction() {
    let text = "[factors]\nsky = { states = [\"clear\", \"grey\"], probabilities = { clear = 0.3, grey = 0.7 } }\n\
        [events.rain]\nprobability = 'if sky == grey then 0.5 else 0.1'\n\
        [outcomes.wet]\nwhen = 'rain'\n[outcomes.dry]\nelse = true\n";
    let found = found(text, &[]);
    let one = link(&found, "sky", "rain");
    assert!((one.share.value - phi_squared(0.7, 0.5, 0.1)).abs() < 1e-9 && one.share.exact, "{one:?}");
    assert_eq!(one.sign, Sign::Mixed);
    assert_eq!(
        (link(&found, "rain", "wet").sign, link(&found, "rain", "dry").sign),
        (Sign::Raises, Sign::Lowers)
    );
}
