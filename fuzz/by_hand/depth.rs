//! Deep nesting.

use crate::reading::{accepted, read, refused};
use foretell::diagnostic::{Excerpt, SourceId};
use foretell::expression;

#[test]
fn deep_toml_is_refused() {
    for (open, close) in [("[", "]"), ("{a=", "}"), ("[{a=", "}]")] {
        let (deep, end) = (open.repeat(10_000), close.repeat(10_000));
        refused(&format!("[factors.a]\nvalue = {deep}1{end}\n"), "toml-syntax");
        refused(&format!("[factors.a]\nvalue = {deep}"), "toml-syntax");
    }
    let dotted = vec!["a"; 10_000].join(".");
    refused(&format!("{dotted} = 1\n"), "toml-syntax");
    refused(&format!("[{dotted}]\nb = 1\n"), "toml-syntax");
    read(&"[[a]]\n".repeat(10_000));
    read(&"[a]\n".repeat(10_000));
}

#[test]
fn deep_expressions_are_refused() {
    let times = 100_000;
    let nests = [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("-", "1", ""),
        ("not ", "true", ""),
        ("2 ^ ", "1", ""),
        ("1 + ", "1", ""),
        ("", "1", " * 2"),
        ("min(1, ", "1", ")"),
        ("min(", "1", ", 1)"),
        ("if 1 > 0 then 1 else ", "1", ""),
        ("if 1 > 0 then ", "1", " else 1"),
        ("if ", "true", " then true else false"),
        ("normal(", "1", ", 1)"),
        ("mixture(", "normal(0, 1)", ")"),
        ("truncate(", "normal(0, 1)", ", -1, 1)"),
        ("P(", "x", ")"),
        ("true and ", "true", ""),
        ("true or ", "true", ""),
        ("(1 + ", "1", ")"),
        ("a(a = ", "1", ")"),
        ("", "1", " ^ 2"),
        ("", "1", " to 2"),
        ("", "1", " < 2"),
        ("", "a", " is likely"),
    ];
    for (open, core, close) in nests {
        let text = format!("{}{core}{}", open.repeat(times), close.repeat(times));
        assert!(
            expression::parse(&Excerpt::verbatim(SourceId::FILE, 0, text.as_str())).is_err(),
            "{open}{core}{close}"
        );
        let claim = Excerpt::verbatim(SourceId::FILE, 0, text);
        assert!(expression::parse_claim(&claim).is_err(), "{open}{core}{close}");
    }
}

/// The deepest that is read must be fit for every later pass.
#[test]
fn the_deepest_expressions_survive_all_passes() {
    let many = vec!["1"; 999].join(", ");
    let nests = [
        ("(", "a", ")"),
        ("-", "a", ""),
        ("2 ^ ", "a", ""),
        ("1 + ", "a", ""),
        ("min(1, ", "a", ")"),
        ("if a > 0 then a else ", "a", ""),
        ("1 + (", "a", ")"),
        ("sqrt(1 + (", "a", "))"),
        ("logistic(", "a", ")"),
        ("geomean(a, ", "a", ", 1)"),
        (&format!("min({many}, "), "a", ")"),
        ("min(", "a", &format!(", {many})")),
        ("mean(", "a", &format!(", {many})")),
        ("geomean(", "a", &format!(", {many})")),
    ];
    for (open, core, close) in nests {
        let text = |times: usize| {
            let formula = format!("{}{core}{}", open.repeat(times), close.repeat(times));
            format!(
                "[factors.a]\nvalue = 'beta(2, 2)'\n[derived.b]\nvalue = '{formula}'\n[events.c]\nprobability = 'logistic(b)'\n\
                     [outcomes.x]\nweights = {{ b = 1, c = 'normal(b, 1)' }}\n[outcomes.y]\n"
            )
        };
        // Halving finds it: what is less deep than what is read is read.
        let depths: Vec<usize> = (1..=200).collect();
        let times = depths.partition_point(|times| read(&text(*times)).0.is_some());
        assert!(times > 0, "never accepted: {open}{core}{close}");
        let model = accepted(&text(times));
        drop(model.clone());
        crate::common::asked(&model);
    }
}

#[test]
fn deep_distributions_survive_all_passes() {
    for (open, core, close) in [
        ("mixture(", "normal(0, 1)", ", beta(2, 2), [a, 1])"),
        ("truncate(", "normal(0, 1)", ", -9, 9)"),
        ("1 + ", "normal(0, 1)", ""),
        ("truncate(", "normal(a, 1)", ", -9, 9)"),
        ("-", "normal(0, 1)", ""),
        ("truncate(2 * ", "normal(a, 1)", ", -9, 9)"),
    ] {
        for times in [3, 20, 60, 90, 150, 199] {
            let text = format!("{}{core}{}", open.repeat(times), close.repeat(times));
            read(&format!(
                "[factors.a]\nvalue = 'beta(2, 2)'\n[factors.b]\nvalue = '{text}'\n[outcomes.x]\n[outcomes.y]\n"
            ));
        }
    }
}
