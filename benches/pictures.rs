//! A picture of a figure with thirty rows: layout, and each format.
//!
//! `cargo bench --bench pictures`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use foretell::chart::draw::{self, Look};
use foretell::chart::{Figure, OutcomeBar, OutcomeBars, Whisker, Wording};

fn figure() -> OutcomeBars {
    let bar = |k: u32| OutcomeBar {
        label: format!(
            "Outcome {k}, of which a label tells in two lines what it is and when it has come about"
        ),
        probability: f64::from(k) / 40.0,
        spread: Some(Whisker {
            p05: f64::from(k) / 80.0,
            p50: f64::from(k) / 40.0,
            p95: f64::from(k) / 30.0,
        }),
        value: format!("{:.1}\u{a0}%", 2.5 * f64::from(k)),
        error: "± 0.01".into(),
    };
    let wording = Wording {
        title: "Thirty outcomes, none of which is more probable than three in four".into(),
        subtitle: "Probability of each outcome".into(),
        caption: "thirty.toml · 32 768 draws".into(),
    };
    OutcomeBars { wording, bars: (1..=30).map(bar).collect() }
}

fn pictures(criterion: &mut Criterion) {
    let figure = figure();
    let picture = figure.layout().expect("the figure has outcomes");
    let look = Look::default();
    let mut group = criterion.benchmark_group("pictures");
    group.bench_function("layout", |bench| bench.iter(|| black_box(&figure).layout()));
    group.bench_function("png", |bench| bench.iter(|| draw::png(black_box(&picture), &look)));
    group.bench_function("svg", |bench| bench.iter(|| draw::svg(black_box(&picture), &look)));
    group.bench_function("pdf", |bench| bench.iter(|| draw::pdf(black_box(&picture), &look)));
    group.finish();
}

criterion_group!(benches, pictures);
criterion_main!(benches);
