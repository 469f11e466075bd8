//! Whatever is written, reading it ends: with a model or with messages, never with a panic, an exhausted stack or a
//! wait. Test threads have stacks of 2 MB, a quarter of the main thread's.

#[path = "../common/mod.rs"]
mod common;
mod depth;
mod extremes;
mod files;
mod words;

use foretell::build;
use foretell::diagnostic::{Diagnostics, SourceFile, Sources, Style, render_all};
use foretell::model::Model;
use foretell::scenario;

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
