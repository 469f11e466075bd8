//! The documents say what the code does: every example of the file format is read as it stands, everything that the
//! format knows is named, and every module that is pointed to exists.
//!
//! Conventions of `docs/scenario-format.md`. A block marked `toml` is a scenario without a fault; one without outcomes
//! gets two equal ones, `yes` and `no`. A block marked `toml-error` holds at least one error, and names the code of
//! each. Files that a block names
//! have the contents that [`attachment`] gives.

#![allow(clippy::disallowed_methods)]

use crate::common;

use std::path::Path;

use foretell::diagnostic::{Diagnostics, SourceFile, Sources, Style, render_all};
use foretell::distribution::{Family, Signature};
use foretell::expression::{COMPOSITE_FAMILIES, Function, KEYWORDS, scale};
use foretell::program;
use foretell::scenario::{self, Attachments, OriginKind};
use foretell::simulation::{FEWEST, REPLICATES};
use foretell::{build, math, model};

const TAIL: &str = "\n[outcomes.yes]\n[outcomes.no]\n";

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file of the project")
}

fn format() -> String {
    read("docs/scenario-format.md")
}

/// A fenced block: its mark, the line on which it begins, and its text.
struct Block {
    mark: String,
    line: usize,
    text: String,
}

fn blocks(document: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in document.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(mark), None) => {
                open = Some(Block { mark: mark.into(), line: index + 1, text: String::new() })
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => block.text.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block does not end");
    found
}

fn marked(document: &str, mark: &str) -> Vec<Block> {
    let found: Vec<Block> = blocks(document).into_iter().filter(|block| block.mark == mark).collect();
    assert!(found.len() >= 5, "the blocks marked `{mark}` were not found");
    found
}

/// What the files that examples name hold.
fn attachment(path: &str) -> String {
    if path.ends_with(".csv") {
        "day,usd\n1,71.5\n2,68\n3,90.25\n".into()
    } else {
        "They met, and they agreed.".into()
    }
}

/// The model of a scenario and every message about it, as text.
fn build(text: &str) -> (Option<model::Model>, Diagnostics, String) {
    let file = SourceFile::new("example.toml", text);
    let (document, mut found) = scenario::parse(&file);
    let attachments: Attachments =
        document.attachments.keys().map(|path| (path.clone(), Ok(attachment(path)))).collect();
    let (model, more) = build::build(&document, &attachments, &[]);
    found.extend(more);
    for variant in &document.variants {
        let (_, more) = build::build_variant(&document, &attachments, &[], variant);
        let new: Vec<_> =
            more.iter().filter(|one| found.iter().all(|known| known != *one)).cloned().collect();
        found.extend(new);
    }
    let shown = render_all(&found, &Sources::new(file), Style::Plain);
    (model.filter(|_| !found.has_errors()), found, shown)
}

fn completed(block: &Block) -> String {
    let has_outcomes = block.text.contains("[outcomes");
    if has_outcomes { block.text.clone() } else { format!("{}{TAIL}", block.text) }
}

#[test]
fn every_example_is_a_sound_scenario() {
    for block in marked(&format(), "toml") {
        let (model, found, shown) = build(&completed(&block));
        assert!(found.is_empty(), "line {}:\n{shown}", block.line);
        let model = model.expect("a model, if there are no messages");
        assert!(common::compiled(&model).is_ok(), "line {}", block.line);
    }
}

#[test]
fn every_counterexample_is_refused() {
    for block in marked(&format(), "toml-error") {
        let (_, found, shown) = build(&completed(&block));
        assert!(found.has_errors(), "line {}: nothing is wrong here", block.line);
        for one in found.iter() {
            assert!(block.text.contains(one.code), "line {} does not name its error:\n{shown}", block.line);
        }
    }
}

/// The part of the document under the heading that begins with `heading`.
fn section<'d>(document: &'d str, heading: &str) -> &'d str {
    let start = document.find(&format!("\n{heading}")).unwrap_or_else(|| panic!("no heading {heading}"));
    let body = &document[start + heading.len() + 1..];
    &body[..body.find("\n## ").unwrap_or(body.len())]
}

/// The keys that the reader knows in a place, as it lists them when it meets one that it does not know.
fn known_keys(text: &str) -> Vec<String> {
    let (_, found) = scenario::parse(&SourceFile::new("example.toml", text));
    let hint = found
        .iter()
        .filter(|one| one.code == "unknown-key")
        .find_map(|one| one.hints.first().map(|hint| hint.text.clone()));
    let hint = hint.expect("a hint that lists the keys");
    let keys = hint.strip_prefix("known keys are ").expect("a list of keys");
    keys.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty() && *word != "and")
        .map(String::from)
        .collect()
}

#[test]
fn every_key_of_every_section_is_described() {
    let document = format();
    let stranger = "qqqqqqqqqqqq = 1\n";
    let places = [
        ("## The file", String::new(), 7),
        ("## `[scenario]`", "[scenario]\n".into(), 6),
        ("## `[scenario]`", "[scenario.source]\n".into(), 6),
        ("## `source`", "[factors.a.source]\n".into(), 4),
        ("## `[factors.NAME]`", "[factors.a]\nvalue = 1\n".into(), 5),
        ("## `[factors.NAME]` with states", "[factors.a]\nstates = [\"x\", \"y\"]\n".into(), 6),
        ("## `[derived.NAME]`", "[derived.a]\nvalue = 1\n".into(), 3),
        ("## `[events.NAME]`", "[events.a]\nprobability = 1\n".into(), 6),
        ("## `[outcomes.NAME]`", "[outcomes.a]\n".into(), 8),
        ("## `[theories.NAME]`", "[theories.a]\n".into(), 4),
        ("## `[theories.NAME]`", "[theories.a.outcomes.b]\n".into(), 6),
        ("## `[[evidence]]`", "[[evidence]]\ndate = 2023-10-13\nlikelihood_ratio = {}\n".into(), 12),
        ("## `[variants.NAME]`", "[variants.a]\nset = { x = 1 }\n".into(), 4),
        ("## `[[claims]]`", "[[claims]]\nexpect = 'P(a) > 0'\n".into(), 3),
    ];
    for (heading, start, least) in places {
        let keys = known_keys(&format!("{start}{stranger}"));
        assert!(keys.len() >= least, "{heading}: only {keys:?}");
        let section = section(&document, heading);
        for key in keys {
            let is_named = [format!("`{key}`"), format!("`[{key}"), format!("`[[{key}")];
            assert!(is_named.iter().any(|name| section.contains(name)), "{heading} does not name `{key}`");
        }
    }
}

/// A family's signature as the document writes it, such as `pert(low, mode, high, lambda = 4)`.
fn written(family: Family, signature: &Signature) -> String {
    let parameter = |one: &foretell::distribution::Parameter| match one.default {
        Some(default) => format!("{} = {default}", one.name),
        None => one.name.to_string(),
    };
    let parameters: Vec<String> = signature.parameters.iter().map(parameter).collect();
    format!("`{}({})`", family.name(), parameters.join(", "))
}

#[test]
fn every_word_of_the_language_is_described() {
    let document = format();
    let mut words: Vec<String> = Vec::new();
    words.extend(Function::names().filter_map(Function::from_name).map(|one| format!("`{}`", one.usage())));
    words.extend(
        Family::ALL.iter().flat_map(|family| family.signatures().iter().map(|one| written(*family, one))),
    );
    words.extend(COMPOSITE_FAMILIES.map(|name| format!("`{name}(")));
    words.extend(KEYWORDS.map(|word| format!("`{word}`")));
    words.extend(OriginKind::ALL.map(|kind| format!("`\"{}\"`", kind.name())));
    words.extend(scale::all_words().map(|word| format!("`{word}`")));
    words.extend(scale::ICD_203.iter().map(|band| format!("{}–{} %", percent(band.low), percent(band.high))));
    for word in words {
        assert!(document.contains(&word), "docs/scenario-format.md does not hold {word}");
    }
}

fn percent(share: f64) -> f64 {
    (share * 100.0).round()
}

#[test]
fn every_message_about_a_file_is_listed() {
    let document = format();
    let messages = section(&document, "## Messages");
    let mut codes: Vec<String> = Vec::new();
    for folder in ["src/scenario", "src/expression", "src/build", "src/build/proof"] {
        let entries =
            std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder");
        for entry in entries {
            let text = std::fs::read_to_string(entry.expect("an entry").path()).unwrap_or_default();
            let found = text.split("Diagnostic::error(\"").skip(1).filter_map(|rest| rest.split('"').next());
            codes.extend(found.map(String::from));
        }
    }
    assert!(codes.len() > 50, "the messages were not found");
    for code in codes {
        assert!(messages.contains(&format!("`{code}`")), "the message `{code}` is not listed");
    }
}

/// The weight, the factor on the odds, and what becomes of 50 %.
#[test]
fn the_table_of_weights_is_right() {
    let document = format();
    let rows = document.lines().filter_map(|line| line.strip_prefix("| ±"));
    let mut count = 0;
    for row in rows {
        let cells: Vec<f64> = row
            .split(['|', '/'])
            .filter_map(|cell| cell.trim().trim_start_matches("× ").trim_end_matches(" %").parse().ok())
            .collect();
        let [weight, odds, up, down, half_up, half_down] = cells[..] else { panic!("{row}") };
        let share = |log_odds: f64| (1000.0 * math::elementary::logistic(log_odds)).round() / 10.0;
        assert!((odds - math::elementary::exp(weight)).abs() < 0.06, "{row}");
        let expected = [weight, -weight, weight / 2.0, -weight / 2.0].map(share);
        assert_eq!([up, down, half_up, half_down], expected, "{row}");
        count += 1;
    }
    assert!(count >= 6, "the table was not found");
}

#[test]
fn the_methods_point_to_what_exists() {
    let document = read("docs/methods.md");
    let paths: Vec<&str> =
        document.split('`').filter(|word| word.starts_with("src/") || word.starts_with("tests/")).collect();
    assert!(paths.len() > 30, "the modules were not found");
    for path in paths {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "{path} does not exist");
    }
    let power = |number: u64| format!("2^{}", number.ilog2());
    let numbers = [
        power(program::MOST_STATES as u64),
        power(FEWEST),
        power(foretell::simulation::MOST),
        format!("R = {REPLICATES}"),
    ];
    for number in numbers {
        assert!(document.contains(&number), "docs/methods.md does not hold {number}");
    }
}

/// The distribution that an interval is read as, in a factor and in a weight.
#[test]
fn the_table_of_intervals_is_right() {
    use foretell::distribution::Distribution;
    let factor = |range: &str, value: &str| {
        let (model, _, shown) = build(&format!("[factors.a]\n{range}\nvalue = '{value}'\n{TAIL}"));
        model.unwrap_or_else(|| panic!("{shown}")).factors[0].distribution.clone().expect("a simple factor")
    };
    assert!(matches!(factor("range = [-30, 50]", "5 to 25"), Distribution::Scaled(_)));
    assert!(matches!(factor("", "10% to 40%"), Distribution::Beta(_)));
    assert!(matches!(factor("", "60 to 110"), Distribution::LogNormal(_)));
    assert!(matches!(factor("", "-5 to 12"), Distribution::Normal(_)));
    assert!(matches!(factor("", "0 to 4"), Distribution::Normal(_)));
    for touching in ["0 to 0.4", "0.5 to 1", "0 to 1"] {
        let (model, _, shown) = build(&format!("[factors.a]\nvalue = '{touching}'\n{TAIL}"));
        assert!(model.is_none() && shown.contains("error[interval]"), "{shown}");
    }
    let weight = |value: &str| {
        let outcomes = format!("[outcomes.yes]\nweights = {{ a = '{value}' }}\n[outcomes.no]\n");
        let (model, _, shown) = build(&format!("[factors.a]\nvalue = 0.5\n{outcomes}"));
        let model = model.unwrap_or_else(|| panic!("{shown}"));
        model.quantities[0].shape.fixed().expect("a distribution without other parameters").clone()
    };
    assert!(matches!(weight("0.2 to 0.6"), Distribution::LogNormal(_)));
    assert!(matches!(weight("-1 to 2"), Distribution::Normal(_)));
}

/// The table of operators: what binds how, told by values.
#[test]
fn the_table_of_operators_is_right() {
    let value = |formula: &str| {
        let (model, _, shown) = build(&format!("[derived.a]\nvalue = '{formula}'\n{TAIL}"));
        model.unwrap_or_else(|| panic!("{formula}: {shown}")).derived[0].neutral
    };
    for (formula, expected) in [
        ("2^3^2", 512.0),
        ("-2^2", -4.0),
        ("2^-1", 0.5),
        ("7 - 2 - 1", 4.0),
        ("8 / 2 / 2", 2.0),
        ("1 + 2 * 3", 7.0),
        ("35% + 1", 1.35),
        ("if not 1 > 2 and 1 < 2 or false then 1 else 0", 1.0),
        ("if true or false and false then 1 else 0", 1.0),
        ("if 1 + 1 > 1 then 1 else 0 + 5", 1.0),
        ("geomean(0, 4, 5)", 0.0),
        ("round(-2.5)", -3.0),
        ("clamp(7, 0, 1)", 1.0),
    ] {
        assert_eq!(value(formula), expected, "{formula}");
    }
}

/// The table of neutral points.
#[test]
fn the_table_of_neutral_points_is_right() {
    let text = "[factors]\na = { value = 'beta(2, 9)' }\nb = { range = [2, 10], value = 9 }\nc = { value = '60 to 110' }\n\
                d = { value = 'normal(5, 1)' }\ne = { value = 3, neutral = 4 }\n[derived.f]\nvalue = 'a + c'\n";
    let (model, _, shown) = build(&format!("{text}{TAIL}"));
    let model = model.unwrap_or_else(|| panic!("{shown}"));
    let neutrals: Vec<f64> = model.factors.iter().map(|factor| factor.neutral).collect();
    assert_eq!(neutrals, [0.5, 6.0, 1.0, 0.0, 4.0]);
    assert_eq!(model.derived[0].neutral, 1.5);
}
