//! Sweeps of the article's scenario: from the open text to the finding.
//!
//! ```console
//! cargo bench --bench sweep
//! ```

#![allow(clippy::disallowed_methods)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::Settings;

/// What is varied, what is held besides, and what the measurement is called.
const SWEEPS: [(&str, &[&str], Option<&str>); 6] = [
    ("a factor", &["china_approval=0:1"], None),
    ("a weight", &["weight_of_pattern=0:6"], None),
    ("a base", &["outcomes.perfunctory.base=0.2:0.9"], None),
    ("a number in a formula", &["derived.approval_by_conditions.value@1=0.5:1"], None),
    ("a factor, with another at three values", &["china_approval=0:1"], Some("trade_demand")),
    ("two factors", &["china_approval=0:1", "trade_demand=0:1"], None),
];

fn open() -> Session<'static> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/vladivostok-2023.toml");
    let file = SourceFile::new("vladivostok-2023.toml", std::fs::read_to_string(path).expect("a scenario"));
    Session::open(file, |name| Err(format!("no {name} here"))).expect("a text")
}

fn swept(session: &Session, vary: &[&str], also: Option<&str>) -> usize {
    let mut case = session.case(&Changes::default()).expect("a sound scenario");
    let vary: Vec<String> = vary.iter().map(|one| one.to_string()).collect();
    let sweep = case.sweep(&vary, also, &[]).expect("sound words");
    let settings = Settings { threads: 2, ..Settings::default() };
    let found = case.answer(&sweep, &settings).expect("a sweep").finding;
    found.points.len() + found.cells.len()
}

fn sweeps(bench: &mut Criterion) {
    let session = open();
    let mut group = bench.benchmark_group("sweep");
    group.sample_size(10);
    for (name, vary, also) in SWEEPS {
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(swept(&session, vary, also)));
        });
    }
    group.finish();
}

criterion_group!(benches, sweeps);
criterion_main!(benches);
