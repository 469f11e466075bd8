//! A picture of a figure with thirty rows: layout, and each format.
//!
//! `cargo bench --bench pictures`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use foretell::chart::draw::{self, Look};
use foretell::chart::{DrivenOutcome, DriverCell, DriverRow, Drivers, Figure, Wording};

fn figure() -> Drivers {
    let label = |k: u32| {
        format!("Driver {k}, of which a label tells in two lines what it is and when it has come about")
    };
    let cell = |k: u32, at: u32| DriverCell {
        levels: (0..5).map(|level| 0.33 + f64::from(level * (at + 1)) / f64::from(40 + k)).collect(),
        share: 0.03,
    };
    let row = |k: u32| DriverRow { label: label(k), cells: (0..3).map(|at| cell(k, at)).collect() };
    let outcome = |k: u32| DrivenOutcome {
        label: format!("Outcome {k}"),
        probability: 0.33,
        value: "33\u{a0}%".into(),
    };
    let wording = Wording {
        title: "Thirty drivers, of which the first moves the third outcome most".into(),
        subtitle: "How far each outcome's probability lies from its mean".into(),
        caption: "thirty.toml · 32 768 draws".into(),
    };
    Drivers {
        wording,
        outcomes: (0..3).map(outcome).collect(),
        leader: Some(0),
        rows: (0..30).map(row).collect(),
        ends: ["in its lowest fifth".into(), "in its highest fifth".into()],
    }
}

fn pictures(criterion: &mut Criterion) {
    let figure = figure();
    let picture = figure.layout().expect("the figure has rows");
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
