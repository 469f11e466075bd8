//! How a scenario file is read in tests, and what is held of its messages.

use foretell::build;
use foretell::diagnostic::{Diagnostics, SourceFile, Sources, Span, Style, render_all};
use foretell::model::Model;
use foretell::scenario;

/// What stands in every file that a scenario names.
pub const ATTACHMENT: &str = "usd,eur\n1,2\n3,4\n";

/// Reads a file to the end, its messages rendered as they would be shown.
pub fn read(text: &str) -> (Option<Model>, Diagnostics) {
    let sources = Sources::new(SourceFile::new("hostile.toml", text));
    let (document, mut found) = scenario::parse(sources.file());
    let attachments =
        document.attachments.keys().map(|name| (name.clone(), Ok(ATTACHMENT.to_string()))).collect();
    let (model, more) = build::build(&document, &attachments, &[]);
    found.extend(more);
    found.sort();
    assert_placed(&found, &sources);
    assert!(found.is_empty() || !render_all(&found, &sources, Style::Plain).is_empty());
    assert!(model.is_some() || found.has_errors(), "no model, and no reason:\n{text}");
    (model, found)
}

/// Each message has its places inside of texts, and its edits too, none of which touches another.
pub fn assert_placed(found: &Diagnostics, sources: &Sources) {
    for one in found.iter() {
        let labels = one.labels.iter().map(|label| label.span);
        for span in labels.chain(one.hints.iter().flat_map(|hint| &hint.edits).map(|edit| edit.span)) {
            let text = &sources.get(span.source).text;
            assert!(text.get(span.range()).is_some(), "{}: a place outside the text: {span:?}", one.message);
        }
        for hint in &one.hints {
            let mut places: Vec<_> = hint.edits.iter().map(|edit| edit.span).collect();
            places.sort();
            let touches = |pair: &[Span]| pair[0].source == pair[1].source && pair[0].end > pair[1].start;
            assert!(!places.windows(2).any(touches), "{}: edits that touch: {}", one.message, hint.text);
        }
    }
}

#[track_caller]
pub fn refused(text: &str, code: &str) {
    let (model, found) = read(text);
    assert!(model.is_none(), "accepted");
    assert!(
        found.iter().any(|one| one.code == code),
        "{:?}",
        found.iter().map(|one| one.code).collect::<Vec<_>>()
    );
}

#[track_caller]
pub fn accepted(text: &str) -> Model {
    let (model, found) = read(text);
    model.unwrap_or_else(|| panic!("{:?}", found.iter().next()))
}

pub fn value(expression: &str) -> String {
    format!("[factors.a]\nvalue = '{expression}'\n[outcomes.x]\n[outcomes.y]\n")
}

pub const VALID: &str = r#"
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

pub const RULED: &str = r#"
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
