//! Uniforms of each design, in columns of 4,096 values.

#![allow(clippy::disallowed_methods)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use foretell::design::{Design, Kind, Place, TABULATED_DIMENSIONS};

const COLUMN: usize = 4096;

fn fill_columns(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("uniforms");
    group.throughput(Throughput::Elements(COLUMN as u64));
    let cases = [
        ("independent", Kind::Independent, 1),
        ("lhs", Kind::LatinHypercube, 1),
        ("sobol", Kind::Sobol, 1),
        ("sobol beyond the table", Kind::Sobol, TABULATED_DIMENSIONS),
    ];
    for (name, kind, dimension) in cases {
        let design = Design { kind, seed: 1, points_per_replicate: 1_000_000 };
        let column = design.column(Place { replicate: 0, copy: 0, dimension, name: "factor" });
        let mut values = vec![0.0; COLUMN];
        group.bench_function(name, |bencher| {
            bencher.iter(|| column.fill(black_box(COLUMN as u64), black_box(&mut values)));
        });
    }
    group.finish();
}

criterion_group!(benches, fill_columns);
criterion_main!(benches);
