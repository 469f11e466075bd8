//! Whatever is written, reading it ends: with a model or with messages, never with a panic, an exhausted stack or a
//! wait. Test threads have stacks of 2 MB, a quarter of the main thread's.

mod common;

use std::fmt::Write;
use std::time::{Duration, Instant};

use foretell::build;
use foretell::diagnostic::{Diagnostics, Excerpt, SourceFile, SourceId, Sources, Style, render_all};
use foretell::model::Model;
use foretell::{expression, scenario};
use proptest::prelude::*;

/// Reads a file to the end, its messages rendered as they would be shown.
fn read(text: &str) -> (Option<Model>, Diagnostics) {
    let sources = Sources::new(SourceFile::new("hostile.toml", text));
    let (document, mut found) = scenario::parse(sources.file());
    let csv = "usd,eur\n1,2\n3,4\n".to_string();
    let attachments = document.attachments.keys().map(|name| (name.clone(), Ok(csv.clone()))).collect();
    let (model, more) = build::build(&document, &attachments, &[]);
    found.extend(more);
    found.sort();
    for one in found.iter() {
        for label in &one.labels {
            let text = &sources.get(label.span.source).text;
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            assert!(start <= end && end <= text.len(), "{}: a place outside the text", one.message);
            assert!(
                text.is_char_boundary(start) && text.is_char_boundary(end),
                "{}: a split character",
                one.message
            );
        }
    }
    assert!(found.is_empty() || !render_all(&found, &sources, Style::Plain).is_empty());
    assert!(model.is_some() || found.has_errors(), "no model, and no reason:\n{text}");
    (model, found)
}

#[track_caller]
fn refused(text: &str, code: &str) {
    let (model, found) = read(text);
    assert!(model.is_none(), "accepted");
    assert!(
        found.iter().any(|one| one.code == code),
        "{:?}",
        found.iter().map(|one| one.code).collect::<Vec<_>>()
    );
}

#[track_caller]
fn accepted(text: &str) -> Model {
    let (model, found) = read(text);
    model.unwrap_or_else(|| panic!("{:?}", found.iter().next()))
}

fn value(expression: &str) -> String {
    format!("[factors.a]\nvalue = '{expression}'\n[outcomes.x]\n[outcomes.y]\n")
}

const VALID: &str = r#"
foretell = 2
[scenario]
title = "Ünïcode, \"quoted\" \u00e9"
as_of = 2023-09-15
by = 2024-09-15
source = { title = "T", author = "A", date = 2023-09-15 }
[factors.a]
label = "A"
value = 'beta(4, 4)'
range = [0, 1]
source = { where = "p. 1", kind = "stated", note = "n" }
[factors.b]
value = '2 * normal(a, 1 + a) - 3'
[factors.c]
value = '0.2 to 0.6'
neutral = 0.5
[factors.d]
value = 'mixture(truncate(normal(0, 1), -1, 1), beta(p5 = 0.1, p95 = 0.6), [0.3, 0.7])'
[factors.e]
value = 'empirical("prices.csv", "usd")'
[factors.f]
value = """discrete([0, 1, 5], \
    [0.5, 0.3, 0.2])"""
[derived.g]
value = '''
if a > 0.5 and not h then sqrt(a * c)
else min(a, b, clamp(c, 0, 1)) ^ 2'''
[events.h]
probability = 'logistic(-1 + 3 * a)'
[events.i]
probability = 'by_date(0.3 + 10%)'
[outcomes.x]
base = 0.5
weights = { a = 2.0, g = -1.5, h = '-1 to 0' }
[outcomes.y]
base = '30%'
weights = { i = 1 }
[outcomes.z]
base = 0.2
[[claims]]
text = "x"
expect = 'P(x | a > 0.3) > P(y) and P(z) is at least unlikely'
[[claims]]
expect = 'rank: x > y > z'
[[claims]]
expect = 'raises: a -> x'
"#;

const RULED: &str = r#"
[factors.a]
value = 'uniform(0, 1)'
[events.e]
probability = 'a'
[events.f]
probability = 'if e then 0.3 else 1e-3'
[outcomes.x]
when = 'e and not f'
[outcomes.y]
when = 'f'
[outcomes.z]
else = true
"#;

#[test]
fn the_valid_files_are_valid() {
    accepted(VALID);
    accepted(RULED);
}

#[test]
fn the_scenarios_of_the_project_raise_no_message() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["scenarios", "benches/models"].map(|folder| root.join(folder)) {
        for path in std::fs::read_dir(&folder)
            .expect("the folder can be read")
            .map(|entry| entry.expect("an entry").path())
        {
            if path.extension().is_none_or(|ending| ending != "toml") {
                continue;
            }
            let sources = Sources::new(SourceFile::new(
                "x.toml",
                std::fs::read_to_string(&path).expect("a scenario can be read"),
            ));
            let (document, found) = scenario::parse(sources.file());
            let content =
                |name: &String| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
            let attachments = document.attachments.keys().map(|name| (name.clone(), content(name))).collect();
            let (model, more) = build::build(&document, &attachments, &[]);
            let shown =
                render_all(&found, &sources, Style::Plain) + &render_all(&more, &sources, Style::Plain);
            assert!(model.is_some() && shown.is_empty(), "{}:\n{shown}", path.display());
            count += 1;
        }
    }
    assert!(count >= 2, "the scenarios were not found");
}

#[test]
fn files_of_nothing_are_refused_with_a_reason() {
    for text in [
        "",
        " ",
        "\n\n\n",
        "# only\n# comments",
        "\u{feff}",
        "\u{feff}# mark",
        "\r\n\r\n",
        "\0",
        "[",
        "]",
        "=",
        "'''",
    ] {
        read(text);
    }
}

#[test]
fn line_ends_and_marks_change_nothing() {
    let plain = accepted(VALID);
    let windows = accepted(&VALID.replace('\n', "\r\n"));
    let marked = accepted(&format!("\u{feff}{VALID}"));
    for other in [windows, marked] {
        assert_eq!(other.factors.len(), plain.factors.len());
        assert_eq!(
            other.quantities.iter().map(|one| &one.key).collect::<Vec<_>>(),
            plain.quantities.iter().map(|one| &one.key).collect::<Vec<_>>()
        );
    }
}

#[test]
fn every_cut_of_a_valid_file_is_read() {
    for text in [VALID, RULED] {
        for (end, _) in text.char_indices() {
            read(&text[..end]);
            read(&text[end..]);
        }
    }
}

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
        let deepest = (1..=200).rev().find(|times| read(&text(*times)).0.is_some());
        let times = deepest.unwrap_or_else(|| panic!("never accepted: {open}{core}{close}"));
        let model = accepted(&text(times));
        drop(model.clone());
        common::asked(&model);
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

#[test]
fn strange_numbers_are_read_or_refused() {
    let toml = [
        "0x10",
        "0o17",
        "0b11",
        "1_000",
        "1_000.5",
        "1e5_0",
        "inf",
        "-inf",
        "+inf",
        "nan",
        "-nan",
        "1e308",
        "-1e308",
        "1e309",
        "1e-400",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "123456789012345678901234567890",
        "0xFFFFFFFFFFFFFFFFFF",
        "-0.0",
        "5e-324",
        "01",
        "1.",
        ".5",
        "+1",
        "1__0",
        "0x",
        "1e",
        "--1",
        "1.7976931348623157e308",
    ];
    for number in toml {
        for key in ["value", "neutral", "foretell"] {
            read(&format!("[factors.a]\nvalue = 0.5\n{key} = {number}\n[outcomes.x]\n[outcomes.y]\n"));
            read(&format!("[factors.a]\n{key} = {number}\n[outcomes.x]\n[outcomes.y]\n"));
        }
        read(&format!("foretell = {number}\n"));
        read(&format!(
            "[factors.a]\nvalue = 0.5\nrange = [{number}, {number}]\n[outcomes.x]\nbase = {number}\n[outcomes.y]\nbase = 1\n"
        ));
        read(&format!(
            "[events.a]\nprobability = {number}\n[outcomes.x]\nscore = {number}\n[outcomes.y]\nscore = 0\n"
        ));
        read(&value(number));
    }
    assert_eq!(
        accepted("[factors.a]\nvalue = 0x10\n[outcomes.x]\n[outcomes.y]\n").factors[0].range.1,
        f64::INFINITY
    );
    accepted("[factors.a]\nvalue = 1_000.5\n[outcomes.x]\n[outcomes.y]\n");
}

#[test]
fn extreme_parameters_end() {
    let numbers = [
        "0",
        "-1",
        "1e-308",
        "1e308",
        "-1e308",
        "1e15",
        "9007199254740993",
        "0.5",
        "1 / 0",
        "ln(-1)",
        "-(1 / 0)",
        "1e-17",
        "3",
    ];
    let families = [
        "normal",
        "lognormal",
        "beta",
        "uniform",
        "gamma",
        "weibull",
        "cauchy",
        "logistic_dist",
        "student_t",
        "binomial",
        "negative_binomial",
    ];
    let started = Instant::now();
    for a in numbers {
        for family in ["exponential", "poisson", "geometric", "bernoulli", "student_t"] {
            read(&value(&format!("{family}({a})")));
            read(&value(&format!("truncate({family}({a}), 1, 3)")));
        }
        for b in numbers {
            for family in families {
                read(&value(&format!("{family}({a}, {b})")));
                read(&value(&format!("truncate({family}(1, 2), {a}, {b})")));
                read(&value(&format!("{family}(p5 = {a}, p95 = {b})")));
            }
            for c in ["0", "1", "1e308", "1 / 0", "7"] {
                for family in ["triangular", "pert", "hypergeometric", "student_t"] {
                    read(&value(&format!("{family}({a}, {b}, {c})")));
                }
            }
            read(&value(&format!("{a} to {b}")));
            read(&value(&format!("{a} * beta(2, 2) + {b}")));
            read(&value(&format!("truncate({a} * beta(2, 2) + {b}, 0, 1)")));
            read(&value(&format!("discrete([{a}, {b}], [{b}, {a}])")));
            read(&value(&format!("mixture(normal(0, 1), beta(2, 2), [{a}, {b}])")));
            read(&format!(
                "[factors.a]\nvalue = '0.2 to 0.6'\nrange = [-1e308, 1e308]\nneutral = 1e308\n[outcomes.x]\nbase = '{a}'\n[outcomes.y]\nbase = '{b}'\n"
            ));
        }
    }
    assert!(started.elapsed() < Duration::from_secs(60), "took {:?}", started.elapsed());
}

#[test]
fn long_chains_of_names_take_linear_time() {
    let chain = |length: usize| {
        let mut text = String::from("[factors.f0]\nvalue = 'beta(2, 2)'\n[derived.d0]\nvalue = 'f0'\n");
        for i in 1..length {
            // Backwards, so that the first formula needs all others.
            write!(text, "[derived.e{i}]\nvalue = '(e{} + f0) / 2'\n", i + 1).expect("a text");
            write!(text, "[derived.d{i}]\nvalue = '(d{} + f0) / 2'\n", i - 1).expect("a text");
        }
        write!(text, "[derived.e{length}]\nvalue = 'f0'\n[outcomes.x]\nweights = {{ d{} = 1, e1 = 1 }}\n[outcomes.y]\n", length - 1).expect("a text");
        text
    };
    let time = |length: usize| {
        let text = chain(length);
        let started = Instant::now();
        accepted(&text);
        started.elapsed()
    };
    time(500);
    let (short, long) = (time(1_000), time(5_000));
    assert!(long < short * 12 + Duration::from_millis(200), "{short:?} for 1 000, {long:?} for 5 000");
}

#[test]
fn a_long_circle_is_told_shortly() {
    let mut text = String::new();
    for i in 0..5_000 {
        write!(text, "[derived.d{i}]\nvalue = 'd{}'\n", (i + 1) % 5_000).expect("a text");
    }
    text.push_str("[outcomes.x]\n[outcomes.y]\n");
    let (_, found) = read(&text);
    let circle = found.iter().find(|one| one.code == "cycle").expect("the circle");
    assert!(circle.labels.len() <= 20 && circle.hints[0].len() < 1_000);
}

#[test]
fn ten_thousand_factors_are_weighed() {
    let mut text = String::new();
    let mut weights = String::new();
    for i in 0..10_000 {
        writeln!(text, "[factors.f{i}]\nvalue = 'beta(2, 2)'").expect("a text");
        write!(weights, "f{i} = 0.01, ").expect("a text");
    }
    writeln!(text, "[outcomes.x]\nweights = {{ {} }}\n[outcomes.y]", weights.trim_end_matches(", "))
        .expect("a text");
    let model = accepted(&text);
    drop(model.clone());
    common::asked(&model);
}

#[test]
fn two_thousand_factors_are_built_at_once() {
    let mut text = String::new();
    for i in 0..2_000 {
        writeln!(text, "[factors.f{i}]\nlabel = \"Factor {i}\"\nvalue = 'beta(2, {})'", i % 7 + 1)
            .expect("a text");
    }
    text.push_str("[outcomes.x]\nweights = { f1 = 1 }\n[outcomes.y]\n");
    let started = Instant::now();
    accepted(&text);
    let limit = if cfg!(debug_assertions) { 2_000 } else { 500 };
    assert!(started.elapsed() < Duration::from_millis(limit), "took {:?}", started.elapsed());
}

#[test]
fn ten_thousand_mistakes_are_told_in_time() {
    let mut text = String::new();
    for i in 0..10_000 {
        writeln!(text, "[factors.f{i}]\nvalue = 'g{i} + 1'\nlable = 3").expect("a text");
    }
    text.push_str("[outcomes.x]\n[outcomes.y]\n");
    let started = Instant::now();
    let (_, found) = read(&text);
    assert!(found.iter().count() >= 20_000);
    let limit = if cfg!(debug_assertions) { 60 } else { 20 };
    assert!(started.elapsed() < Duration::from_secs(limit), "took {:?}", started.elapsed());
}

#[test]
fn many_rules_over_many_events_end() {
    let mut text = String::new();
    for i in 0..16 {
        writeln!(text, "[events.e{i}]\nprobability = 0.5").expect("a text");
    }
    for i in 0..500 {
        let rule: Vec<String> =
            (0..16).map(|bit| format!("{}e{bit}", if i >> bit & 1 == 1 { "" } else { "not " })).collect();
        writeln!(text, "[outcomes.o{i}]\nwhen = '{}'", rule.join(" and ")).expect("a text");
    }
    text.push_str("[outcomes.rest]\nelse = true\n");
    let started = Instant::now();
    read(&text);
    assert!(started.elapsed() < Duration::from_secs(20), "took {:?}", started.elapsed());
}

/// Pieces of the language, sound and unsound.
const PIECES: [&str; 64] = [
    "a",
    "b",
    "h",
    "x",
    "nobody",
    "1",
    "0.5",
    "35%",
    "1e308",
    "1e-9",
    "(",
    ")",
    "[",
    "]",
    ",",
    "+",
    "-",
    "*",
    "/",
    "^",
    "<",
    "<=",
    "==",
    "!=",
    "=",
    "and",
    "or",
    "not",
    "if",
    "then",
    "else",
    "to",
    "is",
    "likely",
    "at least",
    "P(",
    "|",
    "true",
    "outcome",
    "\"t\"",
    "normal(",
    "beta(",
    "mixture(",
    "truncate(",
    "discrete(",
    "empirical(",
    "sqrt(",
    "min(",
    "by_date(",
    "mean =",
    "p5 =",
    "rank:",
    "raises:",
    "->",
    "%",
    "2x",
    "é",
    "“",
    "\\",
    "'",
    "poisson(",
    "uniform(",
    "pert(",
    "clamp(",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..24).prop_map(|pieces| pieces.join(" "))
}

/// Expressions that follow the grammar, of whatever kinds.
fn grammatical() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "a", "b", "c", "d", "g", "h", "i", "x", "y", "nobody", "true", "35%", "\"t\"", "[1, 2]"
        ])
        .prop_map(String::from),
        any::<f64>().prop_map(|value| format!("{:e}", value.abs())),
        (0..20_u32).prop_map(|value| value.to_string()),
    ];
    leaf.prop_recursive(6, 48, 4, |inner| {
        let some = prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            (
                inner.clone(),
                prop::sample::select(vec!["+", "-", "*", "/", "^", "and", "or", "<", "==", "to", "|"]),
                inner.clone()
            )
                .prop_map(|(a, sign, b)| format!("({a} {sign} {b})")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("(if {a} then {b} else {c})")),
            (prop::sample::select(vec!["-", "not "]), inner.clone())
                .prop_map(|(sign, a)| format!("{sign}{a}")),
            (
                prop::sample::select(vec![
                    "sqrt",
                    "min",
                    "geomean",
                    "normal",
                    "beta",
                    "gamma",
                    "poisson",
                    "binomial",
                    "uniform",
                    "discrete",
                    "mixture",
                    "truncate",
                    "lognormal",
                    "empirical",
                    "logistic",
                    "by_date",
                    "clamp",
                    "P",
                    "student_t",
                    "hypergeometric",
                    "categorical",
                    "weibull"
                ]),
                some.clone()
            )
                .prop_map(|(name, arguments)| format!("{name}({})", arguments.join(", "))),
            some.prop_map(|items| format!("[{}]", items.join(", "))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn any_words_are_read(words in text(), claim in text()) {
        let changed = VALID.replace("logistic(-1 + 3 * a)", &words.replace('\'', "")).replace("rank: x > y > z", &claim.replace('\'', ""));
        read(&changed);
    }

    #[test]
    fn any_formula_is_read(one in grammatical(), two in grammatical(), three in grammatical()) {
        let file = VALID
            .replace("2 * normal(a, 1 + a) - 3", &one)
            .replace("-1 to 0", &two)
            .replace("P(x | a > 0.3) > P(y)", &three);
        if let (Some(model), _) = read(&file) {
            let _ = common::compiled(&model);
        }
        read(&RULED.replace("e and not f", &one));
    }

    #[test]
    fn any_bytes_are_read(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..8), ruled in any::<bool>()) {
        let mut bytes = if ruled { RULED } else { VALID }.as_bytes().to_vec();
        for (place, byte, kind) in changes {
            let at = place.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => { let to = (at + usize::from(byte)).min(bytes.len()); let piece = bytes[at..to].to_vec(); bytes.splice(at..at, piece); }
            }
        }
        read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_text_is_read(text in "\\PC*", value in "[ -~\\n]{0,40}") {
        read(&text);
        read(&format!("[factors.a]\nvalue = '''{value}'''\n[outcomes.x]\n[outcomes.y]\n"));
        let flag = SourceFile::new("--set", text);
        let _ = scenario::parse_override(&flag, SourceId(1));
    }
}
