//! Operations on columns, by instruction-set level and batch size.
//!
//! The loops are made by the macro and of the definitions that a program's own loops are made by and of.

#![allow(clippy::disallowed_methods)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use foretell::design::{Design, Kind, Place};
use foretell::distribution::{Family, NormalTable, QuantileTable};
use foretell::expression::{Binary, Unary};
use foretell::kernel;
use foretell::math::elementary;
use foretell::math::instruction_set::InstructionSet;

/// 1,024 is what a program uses.
const BATCHES: [usize; 3] = [128, 1024, 8192];

kernel! {
    fn exp(out: &mut [f64], a: &[f64]) {
        for (out, a) in out.iter_mut().zip(a) {
            *out = Unary::Exp.apply(*a);
        }
    }
}

kernel! {
    fn ln(out: &mut [f64], a: &[f64]) {
        for (out, a) in out.iter_mut().zip(a) {
            *out = Unary::Ln.apply(*a);
        }
    }
}

kernel! {
    fn multiply(out: &mut [f64], a: &[f64], b: &[f64]) {
        for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
            *out = Binary::Multiply.apply(*a, *b);
        }
    }
}

kernel! {
    fn add_two_weighted(out: &mut [f64], a: &[f64], b: &[f64], first: f64, second: f64) {
        for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
            *out = (*out + first * (*a - 0.5)) + second * (*b - 0.5);
        }
    }
}

kernel! {
    fn softmax(shares: [&mut [f64]; 3], scores: [&[f64]; 3]) {
        let [p, q, r] = shares;
        let length = p.len();
        let [q, r] = [q, r].map(|share| &mut share[..length]);
        let [a, b, c] = scores.map(|score| &score[..length]);
        for i in 0..length {
            let largest = Binary::Max.apply(Binary::Max.apply(a[i], b[i]), c[i]);
            p[i] = elementary::exp(a[i] - largest);
            q[i] = elementary::exp(b[i] - largest);
            r[i] = elementary::exp(c[i] - largest);
            let sum = p[i] + q[i] + r[i];
            p[i] /= sum;
            q[i] /= sum;
            r[i] /= sum;
        }
    }
}

/// Numbers in (0, 1), another column for each name.
fn column(name: &str, length: usize) -> Vec<f64> {
    let design = Design { kind: Kind::Independent, seed: 1, points_per_replicate: length as u64 };
    let mut values = vec![0.0; length];
    design.column(Place { replicate: 0, copy: 0, dimension: 0, name }).fill(0, &mut values);
    values
}

/// Times `work` on every level and batch size: it takes three columns and writes three.
fn operation(
    criterion: &mut Criterion,
    name: &str,
    mut work: impl FnMut(InstructionSet, [&mut [f64]; 3], [&[f64]; 3]),
) {
    let mut group = criterion.benchmark_group(name);
    for length in BATCHES {
        group.throughput(Throughput::Elements(length as u64));
        let columns = ["a", "b", "c"].map(|name| column(name, length));
        let mut out = [(); 3].map(|()| vec![0.0; length]);
        for level in InstructionSet::all() {
            group.bench_function(BenchmarkId::new(level.name(), length), |bencher| {
                bencher.iter(|| {
                    let [a, b, c] = black_box(&columns);
                    work(level, black_box(&mut out).each_mut().map(|one| &mut one[..]), [a, b, c]);
                });
            });
        }
    }
    group.finish();
}

fn operations(criterion: &mut Criterion) {
    operation(criterion, "exp", |level, [out, ..], [a, ..]| exp(level, out, a));
    operation(criterion, "ln", |level, [out, ..], [a, ..]| ln(level, out, a));
    operation(criterion, "multiply", |level, [out, ..], [a, b, _]| multiply(level, out, a, b));
    operation(criterion, "two terms of a weighted sum", |level, [out, ..], [a, b, _]| {
        add_two_weighted(level, out, a, b, 0.7, -0.3);
    });
    operation(criterion, "softmax of three", softmax);
    let beta = Family::Beta.build(&[8.0, 2.0]).expect("parameters in their ranges");
    let table = QuantileTable::build(&beta).expect("smooth and continuous");
    operation(criterion, "quantiles by table", |level, [out, ..], [a, ..]| table.fill_on(level, a, out));
    let table = NormalTable::build(&beta).expect("smooth and continuous");
    operation(criterion, "quantiles at Φ by table", |level, [out, ..], [a, ..]| {
        table.fill_on(level, a, out)
    });
    for kind in Kind::ALL {
        let design = Design { kind, seed: 1, points_per_replicate: 1 << 20 };
        let points = design.column(Place { replicate: 0, copy: 0, dimension: 1, name: "u" });
        operation(criterion, &format!("uniforms, {}", kind.name()), |level, [out, ..], _| {
            points.fill_on(level, 4096, out);
        });
    }
}

criterion_group!(benches, operations);
criterion_main!(benches);
