//! What a comparison costs: what differs, the scenarios between, and the draws of all.
//!
//! ```console
//! cargo bench --bench comparison
//! ```

#![allow(clippy::disallowed_methods)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Comparison, Session};
use foretell::simulation::{Rule, Settings};

fn file(name: &str) -> SourceFile {
    let path = format!("{}/scenarios/{name}", env!("CARGO_MANIFEST_DIR"));
    SourceFile::new(name, std::fs::read_to_string(path).expect("a scenario"))
}

fn none(name: &str) -> Result<String, String> {
    Err(format!("no {name} here"))
}

fn comparisons(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("compare");
    group.sample_size(20);
    let mut first = Session::open(file("vladivostok-2023.toml"), none).expect("a text");
    let second = first.beside(file("vladivostok-2023-defiant.toml"), none).expect("a text");
    let open = || Comparison::of_files(&first, &second, &Changes::default()).expect("sound scenarios");
    group.bench_function("edits", |bencher| bencher.iter(|| black_box(open()).before.model.factors.len()));
    let comparison = open();
    for draws in [1, 1 << 16] {
        let settings = Settings { threads: 1, rule: Rule::Draws(draws), ..Settings::default() };
        group.bench_function(format!("answer/{draws}"), |bencher| {
            bencher.iter(|| comparison.answer(&[], &settings).expect("an answer").finding.edits.len());
        });
    }
    group.finish();
}

criterion_group!(benches, comparisons);
criterion_main!(benches);
