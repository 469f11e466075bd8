//! Scenario files, changed by chance: they are refused with messages that help, or they answer.

use std::sync::Arc;

use foretell::analysis::run::{Run, RunFinding};
use foretell::design::Kind;
use foretell::diagnostic::{Diagnostic, Hint, SourceFile, SourceId};
use foretell::session::{Changes, Failure, Session};
use foretell::simulation::{Rule, Settings, Watch};

use crate::corpus::Corpus;
use crate::mutation::mutated;
use crate::networks::Chance;
use crate::reading::{ATTACHMENT, assert_placed, read};
use crate::walk::walk;

/// The most that tables may take.
const MEMORY: u64 = 64 << 20;

#[test]
fn scenarios() {
    let corpus = Corpus::of(&["tests/fixtures/diagnostics", "tests/fixtures/mistakes", "scenarios"], "toml");
    walk("scenarios", 10_000, |chance| {
        let text = mutated(&corpus, chance);
        let (model, found) = read(&text);
        let messages: Vec<&Diagnostic> = found.iter().collect();
        if !messages.is_empty() {
            assert_mends(&text, messages[chance.below(messages.len())], chance);
        }
        if model.is_some() {
            assert_answers(&text);
        }
    });
}

/// The edits of a message can be made, and make it go away.
fn assert_mends(text: &str, one: &Diagnostic, chance: &mut Chance) {
    let hints: Vec<&Hint> = one.hints.iter().filter(|hint| !hint.edits.is_empty()).collect();
    if hints.is_empty() {
        return;
    }
    let hint = hints[chance.below(hints.len())];
    let mut edits = hint.edits.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    // Sources begin behind a byte order mark.
    let (mark, rest) = text.split_at(if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 });
    let mut mended = rest.to_string();
    for edit in edits.iter().filter(|edit| edit.span.source == SourceId::FILE) {
        mended.replace_range(edit.span.range(), &edit.text);
    }
    assert_ne!(mended, rest, "{}: {} changes nothing", one.message, hint.text);
    let (_, after) = read(&format!("{mark}{mended}"));
    let same = |other: &&Diagnostic| {
        other.code == one.code && other.message == one.message && other.labels == one.labels
    };
    assert!(
        !after.iter().any(|other| same(&other)),
        "{}: {} mends nothing:\n{mended}",
        one.message,
        hint.text
    );
}

/// A sound scenario gives an answer that is one, or a reason in its place.
fn assert_answers(text: &str) {
    let attachment = |_: &str| Ok(ATTACHMENT.to_string());
    let watch = Arc::new(Watch::within(MEMORY));
    let session =
        Session::watched(SourceFile::new("fuzz.toml", text), attachment, watch).expect("no interruption");
    let settings = Settings { kind: Kind::Sobol, seed: 1, threads: 1, rule: Rule::Draws(256) };
    let answer = session.case(&Changes::default()).and_then(|case| case.answer(&Run::default(), &settings));
    match answer {
        Ok(answer) => assert_is_an_answer(&answer.finding),
        Err(Failure::No(sources, found)) => {
            assert!(found.has_errors(), "refused without a reason");
            assert_placed(&found, &sources);
        }
        Err(Failure::Interrupted) => panic!("nobody interrupted"),
    }
}

/// Probabilities are some, and those of all outcomes together are one.
pub fn assert_is_an_answer(found: &RunFinding) {
    let sum: f64 = found.outcomes.iter().map(|one| one.probability.value).sum();
    let told: Vec<f64> = found.outcomes.iter().map(|one| one.probability.value).collect();
    // A file may have factors alone.
    assert!(told.is_empty() || (sum - 1.0).abs() < 1e-8, "the outcomes' sum is {sum}: {told:?}");
    for one in &found.outcomes {
        let (estimate, spread) = (*one.probability, [one.spread.p05, one.spread.p50, one.spread.p95]);
        let (low, high) = estimate.interval;
        let all = spread.into_iter().chain([estimate.value, low, high]);
        assert!(all.into_iter().all(|value| (-1e-8..=1.0 + 1e-8).contains(&value)), "{one:?}");
        assert!(low <= estimate.value + 1e-12 && estimate.value <= high + 1e-12, "{one:?}");
    }
}
