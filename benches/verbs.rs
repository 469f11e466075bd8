//! The questions behind a forecast, each from the open text to the finding, on the scenarios that are shipped.
//!
//! ```console
//! cargo bench --bench verbs
//! ```

#![allow(clippy::disallowed_methods)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use foretell::analysis::Question;
use foretell::analysis::decide::Decide;
use foretell::analysis::discover::{Discover, Looking, Wanted};
use foretell::analysis::explain::Explain;
use foretell::analysis::flip::Flips;
use foretell::analysis::information::Information;
use foretell::analysis::worlds::Worlds;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::Settings;

fn open(name: &str) -> Session<'static> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let read = move |name: &str| std::fs::read_to_string(format!("{folder}/{name}"));
    let file = SourceFile::new(name, read(name).expect("a scenario"));
    Session::open(file, move |name| read(name).map_err(|error| error.to_string())).expect("a text")
}

/// Answers a question about a file, again and again.
fn measured<Q: Question>(bench: &mut Criterion, verb: &str, file: &str, question: impl Fn(&Session) -> Q) {
    let session = open(file);
    let question = question(&session);
    let settings = Settings { threads: 2, ..Settings::default() };
    let mut group = bench.benchmark_group(verb);
    group.sample_size(10);
    group.bench_function(file.trim_end_matches(".toml"), |bencher| {
        bencher.iter(|| {
            let case = session.case(&Changes::default()).expect("a sound scenario");
            black_box(case.answer(&question, &settings).expect("an answer").messages)
        });
    });
    group.finish();
}

const ARTICLE: &str = "vladivostok-2023.toml";

fn verbs(bench: &mut Criterion) {
    measured(bench, "voi", ARTICLE, |session| {
        let case = session.case(&Changes::default()).expect("a sound scenario");
        Information::about(&case.model, None).expect("outcomes")
    });
    measured(bench, "decide", "oil-wildcatter.toml", |_| Decide);
    measured(bench, "flip", ARTICLE, |_| Flips::default());
    measured(bench, "flip with an envelope", ARTICLE, |_| Flips { to: None, has_envelope: true });
    measured(bench, "flip with claims that fail", "vladivostok-2023-defiant.toml", |_| Flips::default());
    let looking = Looking::default();
    measured(bench, "discover", ARTICLE, |_| Discover { of: Wanted::Likeliest, by: Vec::new(), looking });
    measured(bench, "explain", ARTICLE, |_| Explain::default());
    measured(bench, "worlds", ARTICLE, |_| Worlds);
}

criterion_group!(benches, verbs);
criterion_main!(benches);
