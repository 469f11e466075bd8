//! Two files open at once, and limits that reach into reading and understanding.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use foretell::build::{build, build_variant_within, build_within};
use foretell::diagnostic::{Diagnostics, SourceFile, SourceId, Sources, Span};
use foretell::distribution::Cache;
use foretell::limits::{Exceeded, Limits};
use foretell::scenario::{self, parse_within};

/// Outcomes of all that stands in these files.
const OUTCOMES: &str = "[outcomes.yes]\n[outcomes.no]\n";

/// A file of `count` correlated factors, all with the first.
fn correlated(count: usize) -> String {
    let mut text = OUTCOMES.to_string();
    for at in 0..count {
        let _ = writeln!(text, "[factors.f{at}]\nvalue = 'beta(2, 2)'");
    }
    for at in 1..count {
        let _ = writeln!(text, "[[correlations]]\nbetween = ['f0', 'f{at}']\nrank = 0.01");
    }
    text
}

/// A file with rules over `count` events.
fn ruled(count: usize) -> String {
    let mut text = String::new();
    for at in 0..count {
        let _ = writeln!(text, "[events.e{at}]\nprobability = 0.5");
    }
    let all: Vec<String> = (0..count).map(|at| format!("e{at}")).collect();
    let _ = writeln!(text, "[outcomes.yes]\nwhen = '{}'\n[outcomes.no]\nelse = true", all.join(" or "));
    text
}

/// A file with a table over `count` events.
fn table(count: usize) -> String {
    let mut text = OUTCOMES.to_string();
    for at in 0..count {
        let _ = writeln!(text, "[events.e{at}]\nprobability = 0.5");
    }
    let all: Vec<String> = (0..count).map(|at| format!("e{at} = true")).collect();
    let row = format!("{{ when = {{ {} }}, probability = 0.9 }}", all.join(", "));
    let _ = writeln!(text, "[events.any]\ntable = [{row}, {{ else = true, probability = 0.1 }}]");
    text
}

/// What becomes of the model of a text within limits, which is sound without.
fn understood(text: &str, limits: Limits) -> Result<(), Exceeded> {
    let (document, found) = scenario::parse(&SourceFile::new("x.toml", text));
    assert!(found.is_empty(), "{found:?}");
    let (model, found) = build_within(&document, &Default::default(), &[], &Cache::new(), &limits)?;
    assert!(model.is_some(), "{found:?}");
    assert_eq!((model, found), build(&document, &Default::default(), &[]));
    Ok(())
}

/// How often reading and understanding a text ask whether to stop; no stop is ever asked for once it was said.
fn asked(text: &str, after: usize) -> (usize, Result<(), Exceeded>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let stop = move || {
        let before = counted.fetch_add(1, Ordering::Relaxed);
        assert!(before <= after, "asked again after it was said");
        before + 1 > after
    };
    let end = understood(text, Limits { stop: Arc::new(stop), ..Limits::none() });
    (count.load(Ordering::Relaxed), end)
}

fn places(found: &Diagnostics) -> Vec<Span> {
    found.iter().flat_map(|one| one.labels.iter().map(|label| label.span)).collect()
}

#[test]
fn two_files_are_open_at_once() {
    let first = SourceFile::new("old.toml", "[factors.x]\nvalue = 'beta(2, 2'\n");
    let mistakes = "[factors.x]\nvalue = 'normal(0, y)'\nvlaue = 1\n[factors.x.source]\nkind = 'sated'\n\
                    [factors.z]\nstates = ['a', 'a']\n[events.e]\nnoisy_or = { causes = { 'x >' = 0.3 } }\n\
                    [variants.v]\nset = { q = 1 }\n[[evidence]]\nlikelihood = { a = 'lkely' }\n";
    let broken = "[factors.x]\nvalue = beta\n[factors.x]\nlabel = 'x\n";
    for (text, least) in [(mistakes, 8), (broken, 2), ("", 1)] {
        let second = SourceFile::new("new.toml", text);
        let mut sources = Sources::new(first.clone());
        let id = sources.add(second.clone());
        let (_, of_first) = parse_within(&first, SourceId::FILE, &Limits::none()).expect("no limits");
        assert!(!of_first.is_empty() && places(&of_first).iter().all(|one| one.source == SourceId::FILE));
        let (document, mut found) = parse_within(&second, id, &Limits::none()).expect("no limits");
        found.extend(build(&document, &Default::default(), &[]).1);
        assert!(found.iter().count() >= least, "{found:?}");
        for place in places(&found) {
            assert_eq!(place.source, id, "{found:?}");
            assert!(sources.place(place).starts_with("new.toml:"));
        }
    }
}

#[test]
fn nothing_is_asked_for_that_is_not_needed() {
    for text in [correlated(30), ruled(8), table(8)] {
        let (count, end) = asked(&text, usize::MAX);
        assert!(end.is_ok() && count > 8, "{count}");
    }
}

#[test]
fn a_stop_reaches_into_understanding() {
    for text in [correlated(30), ruled(8), table(8)] {
        let (count, _) = asked(&text, usize::MAX);
        for after in [0, 1, count / 2, count - 1] {
            assert_eq!(asked(&text, after), (after + 1, Err(Exceeded::Stopped)), "after {after} of {count}");
        }
    }
}

#[test]
fn a_stop_reaches_into_reading_and_variants() {
    let text = correlated(100) + "[variants.v]\nset = { f0 = 0.5 }\n";
    let file = SourceFile::new("x.toml", text);
    let count = AtomicUsize::new(0);
    let stop = move || count.fetch_add(1, Ordering::Relaxed) + 1 > 50;
    let limits = Limits { stop: Arc::new(stop), ..Limits::none() };
    assert_eq!(parse_within(&file, SourceId::FILE, &limits), Err(Exceeded::Stopped));
    let (document, _) = scenario::parse(&file);
    let variant = &document.variants[0];
    let end = build_variant_within(&document, &Default::default(), &[], variant, &Cache::new(), &limits);
    assert_eq!(end, Err(Exceeded::Stopped));
}

#[test]
fn memory_that_grows_faster_than_the_file_is_put_down() {
    let least = |text: &str| {
        let fits = |memory: u64| understood(text, Limits { memory, ..Limits::none() }).is_ok();
        (0..40).map(|power| 1 << power).find(|memory| fits(*memory)).expect("a limit that is enough")
    };
    // Twice the factors, four times the matrix; three more events, eight times the table.
    assert_eq!(least(&correlated(64)), 4 * least(&correlated(32)));
    assert_eq!(least(&table(9)), 8 * least(&table(6)));
    let end = understood(&table(12), Limits { memory: 1000, ..Limits::none() });
    assert!(matches!(end, Err(Exceeded::Memory { wanted, allowed: 1000 }) if wanted > 1 << 12), "{end:?}");
    let file = SourceFile::new("x.toml", correlated(10));
    let end = parse_within(&file, SourceId::FILE, &Limits { memory: 1000, ..Limits::none() });
    assert!(matches!(end, Err(Exceeded::Memory { .. })));
}
